//! The latest value of every field of every device.

use super::MAX_COLUMNS;
use crate::answer::{Exact, cell, needed};
use crate::profile::{FieldUnit, unit_among};
use crate::query::{Cell, FleetColumn};
use crate::screen::visible;
use codec::{Kind, Sample, Value};

/// One field.
#[derive(Debug)]
struct Column {
    message: String,
    field: String,
    unit: String,
    numeric: bool,
    /// Whether its numbers are IEEE 754 binary32, and shown with the digits of those.
    single: bool,
    decimals: u8,
    /// By device; NaN where there is none, or where `other` has it.
    numbers: Vec<f64>,
    /// What is no number, or is one that a double cannot hold.
    other: Vec<Cell>,
}

/// Every column, and where the fields of each schema are among them.
#[derive(Debug, Default)]
pub(super) struct Columns {
    all: Vec<Column>,
    /// By protocol, by schema, by field; `None` for one there was no room for.
    places: Vec<Vec<Vec<Option<u16>>>>,
    left_out: u64,
}

impl Columns {
    pub(super) fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Takes what a device says. Returns the number that came for the column which is followed.
    pub(super) fn take(
        &mut self,
        protocol: usize,
        device: u32,
        sample: &Sample<'_>,
        units: &[FieldUnit],
        followed: Option<u16>,
    ) -> Option<f64> {
        self.look_up(protocol, sample, units);
        let Columns { all, places, .. } = self;
        let places = places.get(protocol).and_then(|schemas| schemas.get(sample.schema.index));
        let mut told = None;
        for (place, value) in places.into_iter().flatten().zip(sample.values) {
            if let Some(column) = place.and_then(|place| all.get_mut(usize::from(place))) {
                let number = column.put(device as usize, *value);
                told = if *place == followed { number.or(told) } else { told };
            }
        }
        told
    }

    /// Finds the columns of a schema's fields, those that it has grown by.
    fn look_up(&mut self, protocol: usize, sample: &Sample<'_>, units: &[FieldUnit]) {
        let schema = &sample.schema;
        if self.places.len() <= protocol {
            self.places.resize_with(protocol.saturating_add(1), Vec::new);
        }
        let Some(schemas) = self.places.get_mut(protocol) else { return };
        // A decoder's numbers are dense; this bounds what a wrong one could cost.
        if schemas.len() <= schema.index && schema.index < MAX_COLUMNS {
            schemas.resize_with(schema.index.saturating_add(1), Vec::new);
        }
        let Some(places) = schemas.get_mut(schema.index) else { return };
        for field in schema.fields.iter().skip(places.len()) {
            let known = self.all.iter().position(|column| column.message == schema.name && column.field == field.name);
            let place = known.or_else(|| {
                if self.all.len() >= MAX_COLUMNS {
                    self.left_out = self.left_out.saturating_add(1);
                    return None;
                }
                self.all.push(Column {
                    message: schema.name.to_owned(),
                    field: field.name.to_owned(),
                    unit: unit_among(units, schema.name, field.name).unwrap_or(field.unit).to_owned(),
                    numeric: !matches!(field.kind, Kind::Text | Kind::Bytes | Kind::Bool),
                    single: field.kind == Kind::F32,
                    decimals: 0,
                    numbers: Vec::new(),
                    other: Vec::new(),
                });
                self.all.len().checked_sub(1)
            });
            places.push(place.and_then(|place| u16::try_from(place).ok()));
        }
    }

    /// The column of a level of the topics.
    pub(super) fn level(&mut self, name: &str) -> Option<u16> {
        let known = self.all.iter().position(|column| column.message.is_empty() && column.field == name);
        if known.is_none() && self.all.len() < MAX_COLUMNS {
            self.all.push(Column {
                message: String::new(),
                field: name.to_owned(),
                unit: String::new(),
                numeric: false,
                single: false,
                decimals: 0,
                numbers: Vec::new(),
                other: Vec::new(),
            });
        }
        u16::try_from(known.or_else(|| self.all.len().checked_sub(1))?).ok()
    }

    /// What it says for a device. It is the same with each message, as a rule.
    pub(super) fn place(&mut self, column: u16, device: u32, text: &str) {
        let Some(column) = self.all.get_mut(usize::from(column)) else { return };
        let same = matches!(column.other.get(device as usize), Some(Cell::Text(known)) if known == text);
        if !same {
            put(&mut column.other, device as usize, Cell::Text(text.to_owned()), Cell::Null);
        }
    }

    pub(super) fn is_numeric(&self, column: u16) -> bool {
        self.all.get(usize::from(column)).is_some_and(|column| column.numeric)
    }

    /// The latest number of a device in a column.
    pub(super) fn number(&self, column: u16, device: u32) -> Option<f64> {
        let number = self.all.get(usize::from(column))?.numbers.get(device as usize)?;
        Some(*number).filter(|number| !number.is_nan())
    }

    /// The latest value of a device in a column.
    pub(super) fn cell(&self, column: u16, device: u32) -> Cell {
        self.all.get(usize::from(column)).map_or(Cell::Null, |column| column.cell(device as usize))
    }

    /// A device's cells, one for each column; the decimals that they need are noted.
    pub(super) fn cells(&mut self, device: u32) -> Vec<Cell> {
        let told = |column: &mut Column| {
            let value = column.cell(device as usize);
            let exact = if column.single { Exact::SINGLE } else { Exact::DOUBLE };
            if let Some(number) = column.numbers.get(device as usize).filter(|number| !number.is_nan()) {
                column.decimals = needed(*number, exact, column.decimals);
            }
            value
        };
        self.all.iter_mut().map(told).collect()
    }

    /// The column of a name, as it is shown or without its message's.
    pub(super) fn find(&self, name: &str) -> Option<u16> {
        let by = |named: &dyn Fn(&Column) -> bool| self.all.iter().position(named);
        let at =
            by(&|column| self.name(column) == name).or_else(|| by(&|column| column.field.eq_ignore_ascii_case(name)));
        at.and_then(|at| u16::try_from(at).ok())
    }

    /// Its field's name, after its message's where another message has one of that name.
    fn name(&self, column: &Column) -> String {
        let alike = |other: &&Column| other.field == column.field && other.message != column.message;
        let plain = self.all.iter().filter(alike).count() == 0;
        visible(&if plain { column.field.clone() } else { format!("{}.{}", column.message, column.field) })
    }

    /// The names of all.
    pub(super) fn names(&self) -> Vec<String> {
        self.all.iter().map(|column| self.name(column)).collect()
    }

    /// What the page is told of them.
    pub(super) fn told(&self) -> Vec<FleetColumn> {
        let told = |column: &Column| FleetColumn {
            name: self.name(column),
            unit: column.unit.clone(),
            numeric: column.numeric,
            decimals: column.decimals,
        };
        self.all.iter().map(told).collect()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}

impl Column {
    /// Takes a value; returns it if it is a number.
    fn put(&mut self, device: usize, value: Value<'_>) -> Option<f64> {
        let number = match value {
            Value::Null => return None,
            Value::F32(number) => Some(f64::from(number)),
            Value::F64(number) => Some(number),
            Value::I64(number) => exact(i128::from(number)),
            Value::U64(number) => exact(i128::from(number)),
            Value::Bool(_) | Value::Text(_) | Value::Bytes(_) => None,
        };
        // NaN is said by the device, too: it is kept as what is no number.
        let number = number.filter(|number| !number.is_nan());
        if let Some(number) = number {
            put(&mut self.numbers, device, number, f64::NAN);
            if let Some(other) = self.other.get_mut(device) {
                *other = Cell::Null;
            }
        } else {
            put(&mut self.other, device, cell(value), Cell::Null);
            if let Some(number) = self.numbers.get_mut(device) {
                *number = f64::NAN;
            }
        }
        number
    }

    fn cell(&self, device: usize) -> Cell {
        match self.numbers.get(device) {
            #[expect(clippy::cast_possible_truncation, reason = "it was a binary32 before")]
            Some(number) if !number.is_nan() && self.single => Cell::F32(*number as f32),
            Some(number) if !number.is_nan() => Cell::F64(*number),
            _ => self.other.get(device).cloned().unwrap_or(Cell::Null),
        }
    }
}

/// A whole number as a double, if it is one.
#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
fn exact(number: i128) -> Option<f64> {
    (number.unsigned_abs() <= 1 << 53).then_some(number as f64)
}

/// Puts something at a place of a list that may be too short for it.
fn put<T: Clone>(list: &mut Vec<T>, at: usize, value: T, none: T) {
    if list.len() <= at {
        list.resize(at.saturating_add(1), none);
    }
    if let Some(place) = list.get_mut(at) {
        *place = value;
    }
}
