//! A run of rows of one table: the unit of memory and of eviction.

use crate::TimeBase;
use crate::column::Column;
use alloc::{collections::TryReserveError, vec::Vec};
use codec::{Kind, Value};

/// Rows that are summarised together.
pub(crate) const BLOCK: usize = 64;
/// Blocks in a segment.
pub(crate) const BLOCKS: usize = 64;
/// Rows in a full segment. Fewer where the budget is small or the rows are wide.
pub(crate) const ROWS: usize = BLOCK * BLOCKS;

#[derive(Clone, Debug)]
pub(crate) struct Segment {
    /// The table's number of the first row.
    pub(crate) first_row: u64,
    /// Arrival times, never decreasing.
    pub(crate) times: Vec<i64>,
    /// Times by the device's own clock, never decreasing; empty where the table keeps none.
    pub(crate) device: Vec<i64>,
    /// Fields that came later than this segment have no column here: they are Null.
    pub(crate) columns: Vec<Column>,
    /// Rows it will have when it is full.
    pub(crate) limit: usize,
}

impl Segment {
    pub(crate) fn new(first_row: u64) -> Self {
        Self { first_row, times: Vec::new(), device: Vec::new(), columns: Vec::new(), limit: 0 }
    }

    pub(crate) fn rows(&self) -> usize {
        self.times.len()
    }

    pub(crate) fn end_row(&self) -> u64 {
        self.first_row.saturating_add(self.times.len() as u64)
    }

    /// The times by one clock or the other; those of arrival where no other is kept.
    #[inline]
    pub(crate) fn times_by(&self, base: TimeBase) -> &[i64] {
        match base {
            TimeBase::Device if !self.device.is_empty() => &self.device,
            TimeBase::Device | TimeBase::Arrival => &self.times,
        }
    }

    pub(crate) fn first_time(&self, base: TimeBase) -> Option<i64> {
        self.times_by(base).first().copied()
    }

    pub(crate) fn last_time(&self, base: TimeBase) -> Option<i64> {
        self.times_by(base).last().copied()
    }

    /// Appends a row. Never allocates: `false`, and nothing changed, where that is needed first.
    #[inline]
    pub(crate) fn push(&mut self, time: i64, values: &[Value<'_>]) -> bool {
        let row = self.times.len();
        if row >= self.limit || row == self.times.capacity() {
            return false;
        }
        let mut values = values.iter();
        let mut done = true;
        for column in &mut self.columns {
            done &= column.push(row, values.next().unwrap_or(&Value::Null));
        }
        if !done {
            self.columns.iter_mut().for_each(|column| column.truncate(row));
            return false;
        }
        self.times.push(time);
        if row % BLOCK == BLOCK - 1 {
            self.columns.iter_mut().for_each(|column| column.end_block(row));
        }
        true
    }

    /// Appends as many rows of a run as there is room for, from its sample `from` on. Never allocates.
    pub(crate) fn extend(&mut self, time: i64, columns: &[codec::Cells<'_>], from: usize, count: usize) -> usize {
        let row = self.times.len();
        let room = self.limit.min(self.times.capacity()).saturating_sub(row);
        let count = count.min(room);
        if columns.len() > self.columns.len() || count == 0 {
            return 0;
        }
        let mut given = columns.iter();
        let done = self.columns.iter_mut().all(|column| match given.next() {
            Some(cells) => column.extend(cells, from, count),
            // A field the run does not know.
            None => (row..row.saturating_add(count)).all(|row| column.push(row, &Value::Null)),
        });
        if !done {
            self.columns.iter_mut().for_each(|column| column.truncate(row));
            return 0;
        }
        let end = row.saturating_add(count);
        self.times.resize(end, time);
        let ended = (row / BLOCK..end / BLOCK).map(|block| block.saturating_mul(BLOCK).saturating_add(BLOCK - 1));
        for column in &mut self.columns {
            ended.clone().for_each(|last| column.end_block(last));
        }
        count
    }

    /// Makes room for `capacity` rows, the next of them `values`, and a column for each of `kinds`; `clocked`, for times
    /// by the device's clock too.
    pub(crate) fn reserve(
        &mut self,
        capacity: usize,
        clocked: bool,
        kinds: impl Iterator<Item = Kind>,
        values: &[Value<'_>],
    ) -> Result<(), TryReserveError> {
        let rows = self.times.len();
        self.times.try_reserve_exact(capacity.saturating_sub(rows))?;
        if clocked {
            self.device.try_reserve_exact(capacity.saturating_sub(rows))?;
        }
        for kind in kinds.skip(self.columns.len()) {
            self.columns.try_reserve(1)?;
            let mut column = Column::new(kind);
            if rows > 0 {
                column.adapt(0, capacity, &Value::Null)?;
                column.reserve(capacity, &Value::Null)?;
            }
            for row in 0..rows {
                column.push(row, &Value::Null);
                if row % BLOCK == BLOCK - 1 {
                    column.end_block(row);
                }
            }
            self.columns.push(column);
        }
        let mut values = values.iter();
        for column in &mut self.columns {
            let value = values.next().unwrap_or(&Value::Null);
            column.adapt(rows, capacity, value)?;
            column.reserve(capacity, value)?;
        }
        Ok(())
    }

    /// No more rows will come.
    pub(crate) fn seal(&mut self) {
        self.columns.iter_mut().for_each(Column::seal);
    }

    /// Bytes of text and byte strings in it.
    pub(crate) fn arena_bytes(&self) -> usize {
        self.columns.iter().fold(0, |sum: usize, column| sum.saturating_add(column.arena_bytes()))
    }

    /// Memory it occupies, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let times = self.times.capacity().saturating_add(self.device.capacity());
        let own = size_of::<Self>().saturating_add(times.saturating_mul(size_of::<i64>()));
        let columns = self.columns.capacity().saturating_mul(size_of::<Column>());
        let cells = self.columns.iter().fold(0, |sum: usize, column| sum.saturating_add(column.bytes()));
        own.saturating_add(columns).saturating_add(cells)
    }
}
