//! The rows of one schema.

mod group;

use crate::segment::{BLOCK, ROWS, Segment};
use crate::{Time, TimeBase};
use alloc::collections::{TryReserveError, VecDeque};
use alloc::{string::String, vec::Vec};
use codec::{Field, Kind, Sample, Samples, Schema, Value};
use core::ops::Range;
use group::{Groups, join};

/// The rows of one schema, oldest first. A row's number is its identity: it stays when older rows are evicted.
#[derive(Debug)]
pub struct Table {
    name: String,
    /// The schema's own name, without the "#2" of a later table of that name.
    schema: String,
    fields: Vec<Owned>,
    pub(crate) sealed: VecDeque<Segment>,
    pub(crate) open: Segment,
    /// Numbers of the rows before which there is a gap.
    pub(crate) breaks: VecDeque<u64>,
    last_time: i64,
    /// Whether each row has a time by the device's clock too; then that of the last.
    clocked: bool,
    last_device: i64,
    /// Bytes of the sealed segments.
    sealed_bytes: usize,
    groups: Groups,
}

/// A [`Field`] that owns its text.
#[derive(Clone, Debug)]
struct Owned {
    name: String,
    kind: Kind,
    unit: String,
}

impl Owned {
    fn of(field: &Field<'_>) -> Self {
        Self { name: field.name.into(), kind: field.kind, unit: field.unit.into() }
    }

    fn field(&self) -> Field<'_> {
        Field { name: &self.name, kind: self.kind, unit: &self.unit }
    }
}

impl Table {
    pub(crate) fn new(name: String, schema: &str, clocked: bool) -> Self {
        Self {
            name,
            schema: schema.into(),
            fields: Vec::new(),
            sealed: VecDeque::new(),
            open: Segment::new(0),
            breaks: VecDeque::new(),
            last_time: i64::MIN,
            clocked,
            last_device: i64::MIN,
            sealed_bytes: 0,
            groups: Groups::default(),
        }
    }

    /// The message's name; from the second table of one name on with "#2", "#3" …
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its fields, in the order of their indices.
    pub fn fields(&self) -> impl ExactSizeIterator<Item = Field<'_>> {
        self.fields.iter().map(Owned::field)
    }

    /// The field at an index.
    #[must_use]
    pub fn field(&self, index: usize) -> Option<Field<'_>> {
        self.fields.get(index).map(Owned::field)
    }

    /// Numbers of the rows held. The end is how many were ever appended, the start how many of them were evicted.
    #[must_use]
    pub fn rows(&self) -> Range<u64> {
        self.sealed.front().unwrap_or(&self.open).first_row..self.open.end_row()
    }

    /// From the time of the oldest row held to that of the newest; `None` where none is held.
    #[must_use]
    pub fn span(&self) -> Option<(Time, Time)> {
        self.span_by(TimeBase::Arrival)
    }

    /// The same by one clock or the other.
    #[must_use]
    pub fn span_by(&self, base: TimeBase) -> Option<(Time, Time)> {
        let first = self.segments(0).find_map(|segment| segment.first_time(base))?;
        let last = self.open.last_time(base).or_else(|| self.sealed.back()?.last_time(base))?;
        Some((Time(first), Time(last)))
    }

    /// Whether each row has a time by the device's clock beside that of its arrival.
    #[must_use]
    pub fn is_clocked(&self) -> bool {
        self.clocked
    }

    /// The schema's own name, without the number of a later table of that name.
    #[must_use]
    pub fn schema(&self) -> &str {
        &self.schema
    }

    /// The gaps in the line of this table's rows that touch a span, each from the row before to the row after.
    pub fn breaks_by(&self, base: TimeBase, span: Range<Time>) -> impl Iterator<Item = (Time, Time)> {
        let rows = self.rows_within_by(base, span);
        let from = self.breaks.partition_point(|row| *row < rows.start);
        self.breaks.range(from..).take_while(move |row| **row <= rows.end).filter_map(move |row| {
            let at = |row: u64| self.row(row).map(|row| row.time_by(base));
            Some((at(row.checked_sub(1)?)?, at(*row)?))
        })
    }

    /// Whether rows of this schema can go on in this table: the fields both know are the same.
    pub(crate) fn accepts(&self, schema: &Schema<'_>, clocked: bool) -> bool {
        self.clocked == clocked
            && self.schema == schema.name
            && self.fields.iter().zip(schema.fields).all(|(own, new)| own.field() == *new)
    }

    /// Bytes that describe the fields it does not have yet.
    pub(crate) fn names_of(&self, schema: &Schema<'_>) -> usize {
        schema.fields.iter().skip(self.fields.len()).fold(0, |sum: usize, field| {
            sum.saturating_add(size_of::<Owned>()).saturating_add(field.name.len()).saturating_add(field.unit.len())
        })
    }

    /// Adds the fields it does not have yet.
    pub(crate) fn widen(&mut self, schema: &Schema<'_>) {
        self.fields.reserve(schema.fields.len().saturating_sub(self.fields.len()));
        for field in schema.fields.iter().skip(self.fields.len()) {
            self.fields.push(Owned::of(field));
        }
    }

    /// Appends a row. Never allocates: `false`, and nothing changed, where [`Table::reserve`] must be called first.
    #[inline]
    pub(crate) fn push(&mut self, time: i64, device: i64, sample: &Sample<'_>) -> bool {
        let time = time.max(self.last_time);
        let done = sample.schema.fields.len() <= self.fields.len() && self.open.push(time, sample.values);
        if done {
            self.last_time = time;
            if self.clocked {
                self.last_device = self.last_device.max(device);
                self.open.device.push(self.last_device);
            }
        }
        done
    }

    /// Appends a run's samples from `from` on, as many as there is room for; returns how many. Never allocates. `device`
    /// has a time for each, or is empty: then that of arrival stands for it.
    pub(crate) fn extend(&mut self, time: i64, device: &[i64], samples: &Samples<'_>, from: usize) -> usize {
        let time = time.max(self.last_time);
        let count = samples.rows.saturating_sub(from);
        let done = self.open.extend(time, samples.columns, from, count);
        if done > 0 {
            self.last_time = time;
        }
        if self.clocked {
            for row in from..from.saturating_add(done) {
                self.last_device = self.last_device.max(device.get(row).copied().unwrap_or(time));
                self.open.device.push(self.last_device);
            }
        }
        done
    }

    /// Makes room for one more row, `values`; a segment is to hold `share` bytes at most.
    pub(crate) fn reserve(&mut self, values: &[Value<'_>], share: usize) -> Result<(), TryReserveError> {
        let rows = self.open.rows();
        if rows > 0 && (rows >= self.open.limit || self.open.arena_bytes() > share) {
            self.sealed.try_reserve(1)?;
            let next = Segment::new(self.open.end_row());
            let mut full = core::mem::replace(&mut self.open, next);
            full.seal();
            self.sealed_bytes = self.sealed_bytes.saturating_add(full.bytes());
            self.sealed.push_back(full);
            self.groups.sealed(&self.sealed, self.fields.len());
        }
        let rows = self.open.rows();
        if rows == 0 {
            let times = size_of::<i64>() << usize::from(self.clocked);
            let width = self.fields.iter().fold(times, |sum, field| sum.saturating_add(width(field.kind)));
            self.open.limit = (share / width.max(1) / BLOCK).saturating_mul(BLOCK).clamp(BLOCK, ROWS);
        }
        let capacity = match self.open.times.capacity() {
            // A table that filled a segment will fill another.
            _ if rows == 0 && !self.sealed.is_empty() => self.open.limit,
            capacity if rows < capacity => capacity,
            _ => rows.saturating_mul(2).clamp(BLOCK, self.open.limit),
        };
        self.open.reserve(capacity, self.clocked, self.fields.iter().map(|field| field.kind), values)
    }

    /// A gap in the data: the line between the last row and the next is broken.
    pub(crate) fn mark_break(&mut self) {
        let next = self.open.end_row();
        if self.breaks.back() != Some(&next) && !self.rows().is_empty() {
            self.breaks.push_back(next);
        }
    }

    /// Gives up the oldest sealed segment; returns its rows.
    pub(crate) fn evict_sealed(&mut self) -> u64 {
        let Some(segment) = self.sealed.pop_front() else { return 0 };
        self.sealed_bytes = self.sealed_bytes.saturating_sub(segment.bytes());
        self.groups.evicted();
        self.forget_breaks();
        segment.rows() as u64
    }

    /// Gives up the open segment; returns its rows.
    pub(crate) fn evict_open(&mut self) -> u64 {
        let next = Segment::new(self.open.end_row());
        let segment = core::mem::replace(&mut self.open, next);
        self.forget_breaks();
        segment.rows() as u64
    }

    /// Counts rows that were never held: numbers go on after them.
    pub(crate) fn skip_rows(&mut self, count: u64) {
        self.evict_open();
        self.open.first_row = self.open.first_row.saturating_add(count);
    }

    fn forget_breaks(&mut self) {
        let oldest = self.rows().start;
        while self.breaks.front().is_some_and(|row| *row <= oldest) {
            self.breaks.pop_front();
        }
    }

    /// The smallest and the largest number of a field in the rows held, NaN left out; `None` where there is none.
    #[must_use]
    pub fn extent(&self, field: usize) -> Option<(f64, f64)> {
        join(self.groups.extent(&self.sealed, field), group::extent(&self.open, field))
    }

    /// The segments from the one that holds `row` on.
    pub(crate) fn segments(&self, row: u64) -> impl DoubleEndedIterator<Item = &Segment> {
        let from = self.sealed.partition_point(|segment| segment.end_row() <= row);
        self.sealed.range(from..).chain(core::iter::once(&self.open))
    }

    /// Memory it occupies, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let texts = self.fields.iter().fold(0, |sum: usize, field| {
            sum.saturating_add(field.name.capacity()).saturating_add(field.unit.capacity())
        });
        let fields = self.fields.capacity().saturating_mul(size_of::<Owned>());
        let spare = self.sealed.capacity().saturating_sub(self.sealed.len()).saturating_mul(size_of::<Segment>());
        let breaks = self.breaks.capacity().saturating_mul(size_of::<u64>());
        [
            size_of::<Self>(),
            self.name.capacity(),
            self.schema.capacity(),
            texts,
            fields,
            spare,
            breaks,
            self.groups.bytes(),
        ]
        .iter()
        .fold(self.sealed_bytes.saturating_add(self.open.bytes()), |sum, part| sum.saturating_add(*part))
    }
}

/// Bytes a row takes in a column of this kind, without what text is long.
fn width(kind: Kind) -> usize {
    match kind {
        Kind::Bool => 1,
        Kind::F32 => 4,
        Kind::I64 | Kind::U64 | Kind::F64 | Kind::Text | Kind::Bytes => 8,
    }
}
