//! Columnar, typed, bounded memory for decoded samples and raw bytes.
//!
//! A [`Store`] keeps what one session received: decoded samples in a [`Table`] per message, raw bytes in a log, and
//! where data is missing. Everything lives under **one byte budget**. When it is used up, the oldest segment of any
//! table or page of the log is given up, and its rows or bytes are counted: held + [evicted](Store::evicted) =
//! appended, at every instant. The segment a table is still filling goes last, so that a message that came once is
//! still there after a flood of others.
//!
//! - *Rows and bytes keep their numbers.* A row's number in its table and a byte's offset in the log are absolute and
//!   never used again.
//! - *Time* is when a chunk arrived, stamped once by the link. Within a table it never decreases: a row that claims to
//!   be earlier than the one before is given that one's time. A second time, by the device's own clock, is kept beside
//!   it where that is asked for ([`Store::keep_device_time`]), and every question can be asked by it ([`TimeBase`]).
//! - *Values keep their kind and every bit* ([`Row::values`]); only what is drawn is converted to `f64`. A value whose
//!   kind is not its field's is kept as it is, beside the others.
//! - *A schema that changes* ([`Store::new_epoch`]) begins a new table, "name#2", unless the fields both know are the
//!   same in name, kind and unit; then the table goes on. Rows are never reinterpreted. Fields that appear later are
//!   Null in the rows before.
//! - *Drawing costs pixels*: [`Store::envelope`] answers first, smallest, largest and last value per pixel column
//!   (Jugel et al., "M4", VLDB 2014) from summaries of 64 and 4,096 rows, and [`Envelope`] remembers the columns that
//!   cannot change any more.
//!
//! ```
//! use codec::{Field, Kind, Sample, Schema, Value};
//! use store::{Direction, Store, Time};
//!
//! let fields = [Field { name: "temp", kind: Kind::F32, unit: "Cel" }];
//! let schema = Schema { index: 0, name: "climate", fields: &fields };
//! let mut store = Store::new(256 << 20);
//! for i in 0..1000_u16 {
//!     let time = Time(i64::from(i) * 1_000_000);
//!     store.log(time, Direction::Received, b"temp:21.5\n");
//!     store.append(time, &Sample { schema, values: &[Value::F32(20.0 + f32::from(i % 10))] });
//! }
//! let table = &store.tables()[0];
//! assert_eq!((table.name(), table.rows()), ("climate", 0..1000));
//! assert_eq!(table.latest().map(|row| row.value(0)), Some(Value::F32(29.0)));
//!
//! let mut columns = Vec::new();
//! store.envelope(0, 0, Time(0)..Time(1_000_000_000), 100, &mut columns);
//! assert_eq!((columns.len(), columns[7].min, columns[7].max), (100, 20.0, 29.0));
//! assert_eq!(store.bytes(5..9).next().map(|piece| piece.bytes), Some(&b"21.5"[..]));
//! ```
#![no_std]
extern crate alloc;

mod bind;
mod budget;
mod column;
mod gap;
mod log;
mod read;
mod segment;
mod table;
mod time;

pub use log::{Direction, LogRow, Piece, ROW};
pub use read::{Envelope, EnvelopeColumn, Moments, Row, Sides, Tally, snap};
pub use table::Table;
pub use time::{Time, TimeBase};

use alloc::vec::Vec;
use codec::{Sample, Samples};
use gap::Gaps;
use log::ByteLog;

/// What was given up to stay within the byte budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evicted {
    /// Rows of all tables.
    pub rows: u64,
    /// Bytes of the log.
    pub bytes: u64,
    /// How often the system had no more memory although the budget did; the budget was lowered each time.
    pub refusals: u64,
}

/// All data of a session, under one byte budget.
#[derive(Debug)]
pub struct Store {
    tables: Vec<Table>,
    /// Whether rows get a time by the device's clock.
    clocked: bool,
    /// Tables before this one take no more rows.
    retired: usize,
    /// By the schema's index in this epoch, the table.
    bound: Vec<usize>,
    log: ByteLog,
    gaps: Gaps,
    budget: usize,
    /// Bytes of tables, log and gaps.
    memory: usize,
    /// Bytes of that which name tables and fields.
    names: usize,
    evicted: Evicted,
}

impl Store {
    /// An empty store that keeps its memory within `budget` bytes.
    #[must_use]
    pub fn new(budget: usize) -> Self {
        Self {
            tables: Vec::new(),
            clocked: false,
            retired: 0,
            bound: Vec::new(),
            log: ByteLog::default(),
            gaps: Gaps::default(),
            budget,
            memory: 0,
            names: 0,
            evicted: Evicted::default(),
        }
    }

    /// Keeps one sample, in the table of its schema.
    #[inline]
    pub fn append(&mut self, time: Time, sample: &Sample<'_>) {
        self.append_at(time, time, sample);
    }

    /// Keeps one sample with its time by the device's clock, where that is kept ([`Store::keep_device_time`]).
    #[inline]
    pub fn append_at(&mut self, time: Time, device: Time, sample: &Sample<'_>) {
        let table = self.bound.get(sample.schema.index).and_then(|index| self.tables.get_mut(*index));
        if !table.is_some_and(|table| table.push(time.0, device.0, sample)) {
            self.append_slowly(time, device, sample);
        }
    }

    /// Keeps a run of samples that arrived at one time.
    pub fn append_many(&mut self, time: Time, samples: &Samples<'_>) {
        self.append_many_at(time, &[], samples);
    }

    /// The same with the time of each by the device's clock, in nanoseconds since the Unix epoch; empty for that of
    /// arrival.
    pub fn append_many_at(&mut self, time: Time, device: &[i64], samples: &Samples<'_>) {
        let mut from = 0;
        while from < samples.rows {
            let table = self.bound.get(samples.schema.index).and_then(|index| self.tables.get_mut(*index));
            let done = table.map_or(0, |table| table.extend(time.0, device, samples, from));
            if done == 0 {
                // One row the long way makes room for many.
                self.append_one(time, device.get(from).copied().map_or(time, Time), samples, from);
            }
            from = from.saturating_add(done.max(1));
        }
    }

    /// Keeps raw bytes of one chunk.
    pub fn log(&mut self, time: Time, direction: Direction, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let done = self.log.push(time, direction, rest);
            if done == 0 && !self.reserve_log(rest.len()) {
                return;
            }
            rest = rest.get(done..).unwrap_or_default();
        }
    }

    /// Data is missing between two instants: an overrun, a reopened link. What comes after is not joined to what came
    /// before.
    pub fn mark_gap(&mut self, from: Time, to: Time) {
        let before = self.gaps.bytes();
        let rows = self.tables.iter().fold(self.log.range().end, |sum, table| sum.saturating_add(table.rows().end));
        self.gaps.mark(from, to, rows);
        self.account(before, self.gaps.bytes());
        for table in &mut self.tables {
            let before = table.bytes();
            table.mark_break();
            self.memory = self.memory.saturating_add(table.bytes()).saturating_sub(before);
        }
        self.trim(None);
    }

    /// The decoder was replaced: schema indices mean something else from now on, and what comes is not joined to what
    /// came before.
    pub fn new_epoch(&mut self) {
        self.bound.clear();
        for table in &mut self.tables {
            let before = table.bytes();
            table.mark_break();
            self.memory = self.memory.saturating_add(table.bytes()).saturating_sub(before);
        }
        self.trim(None);
    }

    /// No table there is goes on in this epoch: what their fields mean was said otherwise.
    pub fn retire(&mut self) {
        self.retired = self.tables.len();
    }

    /// Whether rows get a time by the device's clock, beside that of arrival. Tables of the other sort go on no longer.
    pub fn keep_device_time(&mut self, keep: bool) {
        self.clocked = keep;
    }

    /// Samples of one schema are missing before the next: its line is broken there, and those of other schemas are not.
    pub fn mark_break(&mut self, schema: usize) {
        let Some(table) = self.bound.get(schema).and_then(|index| self.tables.get_mut(*index)) else { return };
        let before = table.bytes();
        table.mark_break();
        let after = table.bytes();
        self.account(before, after);
    }

    /// Numbers of the rows of the byte log that are held. A row is at most [`ROW`] bytes of one burst in one direction.
    #[must_use]
    pub fn log_rows(&self) -> core::ops::Range<u64> {
        self.log.row_range()
    }

    /// Rows of the byte log from a number on.
    #[must_use]
    pub fn log_rows_from(&self, from: u64, count: usize) -> alloc::vec::Vec<LogRow> {
        self.log.rows(from, count)
    }

    /// Offsets of the bytes of the log that are held, both directions counted.
    #[must_use]
    pub fn log_range(&self) -> core::ops::Range<u64> {
        self.log.range()
    }

    /// The bytes of the log in a range of offsets, as far as they are held.
    #[must_use]
    pub fn log_bytes(&self, range: core::ops::Range<u64>) -> alloc::vec::Vec<u8> {
        self.log.pieces(range).flat_map(|piece| piece.bytes.iter().copied()).collect()
    }

    /// The pieces of the log that hold a range of the stream of what was received, as far as they are held; each with its
    /// offset in the log, which counts both directions. None where some bytes were never held: nobody knows any more which
    /// were received when.
    #[must_use]
    pub fn log_received(&self, range: core::ops::Range<u64>) -> alloc::vec::Vec<Piece<'_>> {
        self.log.received(range)
    }

    /// The number of the row that has the byte at that offset, if it is held.
    #[must_use]
    pub fn log_row_of(&self, offset: u64) -> Option<u64> {
        self.log.row_of(offset)
    }

    /// Where bytes are in the log, from an offset on or, `back`, before it; with the number of the row.
    #[must_use]
    pub fn find_in_log(&self, needle: &[u8], from: u64, back: bool) -> Option<(u64, u64)> {
        let at = self.log.find(needle, from, back)?;
        Some((at, self.log.row_of(at)?))
    }

    /// The tables, in the order of their first samples.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The index in [`Store::tables`] of the table that a schema's samples go to now.
    #[must_use]
    pub fn table_of(&self, schema: usize) -> Option<usize> {
        self.bound.get(schema).copied().filter(|index| *index < self.tables.len())
    }

    /// Whether samples of this epoch have gone to the table at an index of [`Store::tables`].
    #[must_use]
    pub fn goes_on(&self, table: usize) -> bool {
        self.bound.contains(&table)
    }

    /// Rows held, of all tables.
    #[must_use]
    pub fn rows_held(&self) -> u64 {
        self.tables.iter().map(Table::rows).fold(0, |sum, rows| sum.saturating_add(rows.end.saturating_sub(rows.start)))
    }

    /// What was given up so far.
    #[must_use]
    pub fn evicted(&self) -> Evicted {
        self.evicted
    }

    /// Memory occupied, in bytes.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.memory
    }

    /// The byte budget.
    #[must_use]
    pub fn budget(&self) -> usize {
        self.budget
    }

    /// Changes the byte budget; a smaller one evicts at once.
    pub fn set_budget(&mut self, budget: usize) {
        self.budget = budget;
        self.trim(None);
    }
}
