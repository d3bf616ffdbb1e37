//! Fields that the profile computes from those a message has: power from voltage and current, a rate of change, a
//! filtered reading.
//!
//! They are samples of a message of their own, "MESSAGE derived", beside the one they come from: what the device said
//! stays as it said it.

mod expression;
mod function;

use crate::profile::suggest;
use crate::words::{Said, hint};
use codec::{Cells, Field, Kind, Sample, Samples, Schema, Value};
use expression::Operation;
pub use expression::{Expression, ExpressionError};
use store::Time;

/// A derived field, as the profile declares it.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// The message whose fields it reads.
    pub message: String,
    /// Its name.
    pub name: String,
    /// Its unit as UCUM text, or empty.
    pub unit: String,
    /// How it is computed.
    pub expression: Expression,
}

/// The name of the message that the derived fields of a message stand in.
#[must_use]
pub fn message(of: &str) -> String {
    format!("{of} derived")
}

/// A decoder's schemas are small and dense; those of derived messages come from the other end of what a store takes.
const LAST_SCHEMA: usize = 4095;

/// Groups, at most: as many as there are numbers for.
const MOST_GROUPS: usize = 512;

/// The derived fields of one message.
struct Group {
    message: String,
    name: String,
    /// Name and unit of each field, and its expression.
    fields: Vec<(String, String, Expression)>,
    /// By field and by name in its expression, where that is found.
    places: Vec<Vec<Place>>,
    /// The source's number of fields when that was looked up.
    known: usize,
    /// The values of one sample.
    results: Vec<f64>,
    /// Samples of the message, counted up to [`ENOUGH`].
    seen: usize,
    /// A name that the message has no field of, and the nearest that it has.
    missing: Option<(String, Option<String>)>,
    /// The names that the message has, as many as a sentence takes.
    has: String,
}

/// Samples after which a name that was in none of them is told of.
const ENOUGH: usize = 10;

/// Names of fields in a sentence.
const NAMED: usize = 8;

#[derive(Clone, Copy)]
enum Place {
    /// A field of the message, by its index.
    Source(usize),
    /// A derived field before this one.
    Derived(usize),
    /// The message has none of that name (yet).
    Nowhere,
}

/// All derived fields of a profile, and what they remember.
#[derive(Default)]
pub struct Derive {
    groups: Vec<Group>,
    stack: Vec<f64>,
    columns: Vec<Vec<f64>>,
}

impl std::fmt::Debug for Derive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.groups.iter().map(|group| &group.name)).finish()
    }
}

impl Derive {
    /// Before the first sample.
    #[must_use]
    pub fn new(derived: &[Derived]) -> Derive {
        let mut groups: Vec<Group> = Vec::new();
        for Derived { message, name, unit, expression } in derived {
            let index = groups.iter().position(|group| group.message == *message).unwrap_or_else(|| {
                groups.push(Group {
                    message: message.clone(),
                    name: self::message(message),
                    fields: Vec::new(),
                    places: Vec::new(),
                    known: usize::MAX,
                    results: Vec::new(),
                    seen: 0,
                    missing: None,
                    has: String::new(),
                });
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(index) {
                group.fields.push((name.clone(), unit.clone(), expression.clone()));
            }
        }
        Derive { groups, stack: Vec::new(), columns: Vec::new() }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// What a field of a message of derived ones is computed of: the message, and the names of its fields or of derived ones.
    pub(crate) fn inputs(&self, message: &str, field: usize) -> Option<(&str, &[String])> {
        let group = self.groups.iter().find(|group| group.name == message)?;
        let (.., expression) = group.fields.get(field)?;
        Some((&group.message, &expression.fields))
    }

    /// A sentence about a name in an expression that has not come, though its message has come again and again: where
    /// fields are found in the data, a profile cannot be refused for it.
    #[must_use]
    pub(crate) fn missing(&self) -> Option<Said> {
        let (group, (name, near)) = self
            .groups
            .iter()
            .filter(|group| group.seen >= ENOUGH)
            .find_map(|group| Some((group, group.missing.as_ref()?)))?;
        let near = near.as_ref().map_or_else(|| hint::it_has(&group.has), |near| hint::did_you_mean(near));
        Some(hint::missing(name, &group.message, &near))
    }

    /// Data is missing: what a function remembers is of another time.
    pub(crate) fn restart(&mut self) {
        for (.., expression) in self.groups.iter_mut().flat_map(|group| &mut group.fields) {
            expression.memories.fill_with(Default::default);
        }
    }

    /// What follows from a sample that came at `now`, where that is known: another sample, or nothing where no derived field
    /// is a number.
    pub fn sample(&mut self, now: Option<Time>, sample: &Sample<'_>, emit: &mut dyn FnMut(Sample<'_>)) {
        self.sample_of(now, sample.schema.name, sample, emit);
    }

    /// The same for a sample whose message the profile calls `bare`: what is remembered of one topic is not mixed with that
    /// of another.
    pub(crate) fn sample_of(
        &mut self,
        now: Option<Time>,
        bare: &str,
        sample: &Sample<'_>,
        emit: &mut dyn FnMut(Sample<'_>),
    ) {
        let Derive { groups, stack, .. } = self;
        let name = sample.schema.name;
        if bare != name && groups.len() < MOST_GROUPS && groups.iter().all(|group| group.message != name) {
            let fresh = groups.iter().find(|group| group.message == bare).map(|group| group.named(name));
            groups.extend(fresh);
        }
        let found = groups.iter_mut().enumerate().find(|(_, group)| group.message == sample.schema.name);
        let Some((index, group)) = found else { return };
        group.look_up(&sample.schema, 1);
        let source = |field: usize| sample.values.get(field).map_or(f64::NAN, number);
        if group.compute(now.map_or(f64::NAN, seconds), stack, source) {
            let values: Vec<Value<'_>> = group.results.iter().map(|result| Value::F64(*result)).collect();
            let fields = group.schema_fields();
            emit(Sample {
                schema: Schema { index: LAST_SCHEMA - index, name: &group.name, fields: &fields },
                values: &values,
            });
        }
    }

    /// The same for many samples of one message.
    pub(crate) fn samples(&mut self, now: Time, samples: &Samples<'_>, emit: &mut dyn FnMut(Samples<'_>)) {
        let Derive { groups, stack, columns } = self;
        let found = groups.iter_mut().enumerate().find(|(_, group)| group.message == samples.schema.name);
        let Some((index, group)) = found else { return };
        group.look_up(&samples.schema, samples.rows);
        columns.resize_with(group.fields.len(), Vec::new);
        columns.iter_mut().for_each(Vec::clear);
        let mut any = false;
        for row in 0..samples.rows {
            let source = |field: usize| samples.columns.get(field).map_or(f64::NAN, |cells| cell(cells, row));
            any |= group.compute(seconds(now), stack, source);
            for (column, result) in columns.iter_mut().zip(&group.results) {
                column.push(*result);
            }
        }
        // As for one sample: what is no number at all is nothing to keep, or to plot.
        if !any {
            return;
        }
        let cells: Vec<Cells<'_>> = columns.iter().map(|column| Cells::F64(column)).collect();
        let fields = group.schema_fields();
        let schema = Schema { index: LAST_SCHEMA - index, name: &group.name, fields: &fields };
        emit(Samples { schema, rows: samples.rows, columns: &cells });
    }
}

impl Group {
    /// A group of its own for a message of another name, with nothing remembered.
    fn named(&self, name: &str) -> Group {
        let mut fields = self.fields.clone();
        for (.., expression) in &mut fields {
            expression.memories.fill_with(Default::default);
        }
        Group {
            message: name.to_owned(),
            name: message(name),
            fields,
            places: Vec::new(),
            known: usize::MAX,
            results: Vec::new(),
            seen: 0,
            missing: None,
            has: String::new(),
        }
    }

    fn schema_fields(&self) -> Vec<Field<'_>> {
        self.fields.iter().map(|(name, unit, _)| Field { name, kind: Kind::F64, unit }).collect()
    }

    /// Finds the fields that the expressions name, again when the message has got more.
    fn look_up(&mut self, schema: &Schema<'_>, samples: usize) {
        self.seen = self.seen.saturating_add(samples).min(ENOUGH);
        if self.known == schema.fields.len() {
            return;
        }
        self.known = schema.fields.len();
        let place = |name: &String, before: usize| {
            let source = schema.fields.iter().position(|field| field.name == name).map(Place::Source);
            let derived = || self.fields.iter().take(before).position(|(known, ..)| known == name).map(Place::Derived);
            source.or_else(derived).unwrap_or(Place::Nowhere)
        };
        let fields = self.fields.iter().enumerate();
        self.places = fields
            .map(|(index, (.., expression))| expression.fields.iter().map(|name| place(name, index)).collect())
            .collect();
        let nowhere = self.fields.iter().zip(&self.places).find_map(|((.., expression), places)| {
            let found = expression.fields.iter().zip(places).find(|(_, place)| matches!(place, Place::Nowhere));
            found.map(|(name, _)| name.clone())
        });
        let names: Vec<String> =
            schema.fields.iter().take(NAMED).map(|field| crate::screen::visible(field.name)).collect();
        self.has = names.join(", ") + if schema.fields.len() > NAMED { ", …" } else { "" };
        self.missing = nowhere.map(|name| {
            let near = schema.fields.iter().find(|field| suggest::near(&name, field.name));
            (name, near.map(|field| crate::screen::visible(field.name)))
        });
    }

    /// Computes each field; whether any of them is a number.
    fn compute(&mut self, seconds: f64, stack: &mut Vec<f64>, source: impl Fn(usize) -> f64) -> bool {
        let Group { fields, places, results, .. } = self;
        results.clear();
        for ((.., expression), places) in fields.iter_mut().zip(places.iter()) {
            let value = |name: usize| match places.get(name) {
                Some(Place::Source(field)) => source(*field),
                Some(Place::Derived(field)) => results.get(*field).copied().unwrap_or(f64::NAN),
                Some(Place::Nowhere) | None => f64::NAN,
            };
            let result = expression.compute(seconds, stack, value);
            results.push(result);
        }
        results.iter().any(|result| !result.is_nan())
    }
}

impl Expression {
    fn compute(&mut self, seconds: f64, stack: &mut Vec<f64>, value: impl Fn(usize) -> f64) -> f64 {
        stack.clear();
        let mut memories = self.memories.iter_mut();
        for operation in &self.operations {
            let result = match operation {
                Operation::Number(number) => *number,
                Operation::Field(name) => value(*name),
                Operation::Negate => -stack.pop().unwrap_or(f64::NAN),
                Operation::Not => expression::not(stack.pop().unwrap_or(f64::NAN)),
                Operation::Binary(act) => {
                    let (right, left) = (stack.pop(), stack.pop());
                    left.zip(right).map_or(f64::NAN, |(left, right)| act(left, right))
                }
                Operation::Call(function) => {
                    let from = stack.len().saturating_sub(function.takes);
                    let given = stack.get(from..).unwrap_or_default();
                    let result = memories.next().map_or(f64::NAN, |memory| function.call(given, seconds, memory));
                    stack.truncate(from);
                    result
                }
            };
            stack.push(result);
        }
        stack.pop().unwrap_or(f64::NAN)
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds since the epoch, to the microsecond")]
fn seconds(time: Time) -> f64 {
    time.0 as f64 / 1e9
}

/// A value as a double; NaN for what is no number.
#[expect(clippy::cast_precision_loss, reason = "expressions compute with doubles")]
fn number(value: &Value<'_>) -> f64 {
    match *value {
        Value::Bool(truth) => expression::truth(truth),
        Value::I64(number) => number as f64,
        Value::U64(number) => number as f64,
        Value::F32(number) => f64::from(number),
        Value::F64(number) => number,
        Value::Null | Value::Text(_) | Value::Bytes(_) => f64::NAN,
    }
}

#[expect(clippy::cast_precision_loss, reason = "expressions compute with doubles")]
fn cell(cells: &Cells<'_>, row: usize) -> f64 {
    match cells {
        Cells::Bool(cells) => cells.get(row).map(|truth| expression::truth(*truth)),
        Cells::I64(cells) => cells.get(row).map(|number| *number as f64),
        Cells::U64(cells) => cells.get(row).map(|number| *number as f64),
        Cells::F32(cells) => cells.get(row).map(|number| f64::from(*number)),
        Cells::F64(cells) => cells.get(row).copied(),
    }
    .unwrap_or(f64::NAN)
}
