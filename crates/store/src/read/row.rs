//! Rows as they were appended.

use crate::segment::Segment;
use crate::{Table, Time, TimeBase};
use codec::Value;
use core::ops::Range;

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    segment: &'a Segment,
    index: usize,
    width: usize,
    /// Its number in the table.
    pub number: u64,
    /// When it arrived.
    pub time: Time,
    /// When it was made by the device's clock, where that is kept.
    pub device: Option<Time>,
}

impl<'a> Row<'a> {
    fn new(table: &'a Table, segment: &'a Segment, index: usize) -> Option<Self> {
        let time = Time(*segment.times.get(index)?);
        let number = segment.first_row.saturating_add(index as u64);
        let device = segment.device.get(index).copied().map(Time);
        Some(Self { segment, index, width: table.fields().len(), number, time, device })
    }

    /// Its time by one clock or the other.
    #[must_use]
    pub fn time_by(&self, base: TimeBase) -> Time {
        match base {
            TimeBase::Arrival => self.time,
            TimeBase::Device => self.device.unwrap_or(self.time),
        }
    }

    /// The value of a field, in the kind and with the bits it was appended with.
    #[must_use]
    pub fn value(&self, field: usize) -> Value<'a> {
        self.segment.columns.get(field).map_or(Value::Null, |column| column.get(self.index))
    }

    /// One value for every field of the table.
    pub fn values(self) -> impl ExactSizeIterator<Item = Value<'a>> {
        (0..self.width).map(move |field| self.value(field))
    }
}

impl Table {
    /// The newest row.
    #[must_use]
    pub fn latest(&self) -> Option<Row<'_>> {
        self.rows_until(None).next()
    }

    /// The row of a number, if it is held.
    #[must_use]
    pub fn row(&self, number: u64) -> Option<Row<'_>> {
        let segment = self.segments(number).next()?;
        let index = usize::try_from(number.checked_sub(segment.first_row)?).ok()?;
        Row::new(self, segment, index)
    }

    /// The rows not later than an instant (`None`: all), newest first.
    pub fn rows_until(&self, until: Option<Time>) -> impl Iterator<Item = Row<'_>> {
        self.rows_until_by(TimeBase::Arrival, until)
    }

    /// The same by one clock or the other.
    pub fn rows_until_by(&self, base: TimeBase, until: Option<Time>) -> impl Iterator<Item = Row<'_>> {
        let segments = self.segments(0).rev().skip_while(move |segment| match (until, segment.first_time(base)) {
            (Some(until), Some(first)) => first > until.0,
            (_, first) => first.is_none(),
        });
        segments.flat_map(move |segment| {
            let end = match until {
                Some(until) => segment.times_by(base).partition_point(|time| *time <= until.0),
                None => segment.rows(),
            };
            (0..end).rev().filter_map(move |index| Row::new(self, segment, index))
        })
    }

    /// How many of the rows that arrived in a span have a value of a field; `None` where all of them have.
    #[must_use]
    pub fn present(&self, field: usize, span: Range<Time>) -> Option<u64> {
        let (mut rows, mut present) = (0usize, 0usize);
        let held =
            self.segments(0).rev().skip_while(|segment| segment.times.first().is_none_or(|time| *time >= span.end.0));
        for segment in held.take_while(|segment| segment.times.last().is_some_and(|time| *time >= span.start.0)) {
            let at = |time: Time| segment.times.partition_point(|row| *row < time.0);
            let within = at(span.start)..at(span.end);
            rows = rows.saturating_add(within.len());
            present = present.saturating_add(segment.columns.get(field).map_or(0, |column| column.present(within)));
        }
        (present < rows).then_some(present as u64)
    }

    /// A field's newest value that is not Null, with its time.
    #[must_use]
    pub fn reading(&self, field: usize) -> Option<(Time, Value<'_>)> {
        self.segments(0).rev().find_map(|segment| {
            let column = segment.columns.get(field)?;
            let row = column.last_value(segment.rows())?;
            Some((Time(*segment.times.get(row)?), column.get(row)))
        })
    }
}
