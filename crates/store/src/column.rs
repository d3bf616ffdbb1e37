//! One field's cells in one segment: a typed vector per kind.

mod blob;
mod mixed;
mod number;

pub(crate) use blob::Blobs;
pub(crate) use mixed::Mixed;
pub(crate) use number::{Extent, Number, Numbers, is_odd};

use crate::segment::{BLOCK, BLOCKS};
use alloc::{boxed::Box, collections::TryReserveError};
use codec::{Cells, Kind, Value};
use core::ops::Range;

/// The cells, by kind.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Bool(Numbers<bool>),
    I64(Numbers<i64>),
    U64(Numbers<u64>),
    F32(Numbers<f32>),
    F64(Numbers<f64>),
    Text(Blobs),
    Bytes(Blobs),
    Mixed(Box<Mixed>),
}

/// Runs the same code for whatever type of number the body holds, or the last arm where it holds none.
macro_rules! with_numbers {
    ($body:expr, $numbers:ident => $then:expr, $else:expr) => {
        match $body {
            $crate::column::Body::Bool($numbers) => $then,
            $crate::column::Body::I64($numbers) => $then,
            $crate::column::Body::U64($numbers) => $then,
            $crate::column::Body::F32($numbers) => $then,
            $crate::column::Body::F64($numbers) => $then,
            $crate::column::Body::Mixed(mixed) => {
                let $numbers = &mixed.numbers;
                $then
            }
            $crate::column::Body::Text(_) | $crate::column::Body::Bytes(_) => $else,
        }
    };
}
pub(crate) use with_numbers;

/// One field's cells in one segment.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) body: Body,
    /// A bit for every row that has nothing to draw: Null, or no number in a mixed column. `None` while there is none.
    pub(crate) nulls: Option<Box<[u64; BLOCKS]>>,
    /// A bit for every complete block with a bit in `nans` or in `nulls`.
    pub(crate) holes: u64,
    /// A bit for every complete block with a number that cannot be drawn: NaN, or an infinite one.
    pub(crate) nans: u64,
}

impl Column {
    pub(crate) fn new(kind: Kind) -> Self {
        let body = match kind {
            Kind::Bool => Body::Bool(Numbers::new()),
            Kind::I64 => Body::I64(Numbers::new()),
            Kind::U64 => Body::U64(Numbers::new()),
            Kind::F32 => Body::F32(Numbers::new()),
            Kind::F64 => Body::F64(Numbers::new()),
            Kind::Text => Body::Text(Blobs::default()),
            Kind::Bytes => Body::Bytes(Blobs::default()),
        };
        Self { body, nulls: None, holes: 0, nans: 0 }
    }

    /// Appends one cell as row `row`. Never allocates: `false` where that, or another kind of body, is needed.
    #[inline]
    pub(crate) fn push(&mut self, row: usize, value: &Value<'_>) -> bool {
        match (&mut self.body, value) {
            (Body::F32(to), Value::F32(v)) => to.push(*v),
            (Body::F64(to), Value::F64(v)) => to.push(*v),
            (Body::I64(to), Value::I64(v)) => to.push(*v),
            (Body::U64(to), Value::U64(v)) => to.push(*v),
            (Body::Bool(to), Value::Bool(v)) => to.push(*v),
            (Body::Text(to), Value::Text(v)) => to.push(v.as_bytes()),
            (Body::Bytes(to), Value::Bytes(v)) => to.push(v),
            (_, value) => self.push_other(row, value),
        }
    }

    /// Null, and whatever a mixed column is given.
    #[inline(never)]
    fn push_other(&mut self, row: usize, value: &Value<'_>) -> bool {
        let number = !matches!(value, Value::Null | Value::Text(_) | Value::Bytes(_));
        if !number && !self.mark_null(row) {
            return false;
        }
        match (&mut self.body, value) {
            (Body::Mixed(to), value) => to.push(*value),
            (Body::Bool(to), Value::Null) => to.push(false),
            (Body::I64(to), Value::Null) => to.push(0),
            (Body::U64(to), Value::Null) => to.push(0),
            (Body::F32(to), Value::Null) => to.push(0.0),
            (Body::F64(to), Value::Null) => to.push(0.0),
            (Body::Text(to) | Body::Bytes(to), Value::Null) => to.push_null(),
            _ => false,
        }
    }

    /// How many of these rows have a value.
    pub(crate) fn present(&self, rows: Range<usize>) -> usize {
        let Some(nulls) = &self.nulls else { return rows.len() };
        if let Body::Mixed(_) = self.body {
            return rows.filter(|row| self.get(*row) != Value::Null).count();
        }
        let mut absent = 0usize;
        for (block, word) in nulls.iter().enumerate() {
            let first = block.saturating_mul(BLOCK);
            let last = first.saturating_add(BLOCK);
            let (from, to) = (rows.start.clamp(first, last), rows.end.clamp(first, last));
            if from < to {
                let mask = (u64::MAX >> (BLOCK - (to - from))) << (from - first);
                absent = absent.saturating_add((word & mask).count_ones() as usize);
            }
        }
        rows.len().saturating_sub(absent)
    }

    fn mark_null(&mut self, row: usize) -> bool {
        let word = self.nulls.as_mut().and_then(|words| words.get_mut(row / BLOCK));
        word.is_some_and(|word| {
            *word |= 1 << (row % BLOCK);
            true
        })
    }

    /// Appends a run of cells of the body's kind. Never allocates: `false`, and nothing done, where it does not fit.
    pub(crate) fn extend(&mut self, cells: &Cells<'_>, from: usize, count: usize) -> bool {
        fn copy<T: Number>(to: &mut Numbers<T>, cells: &[T], from: usize, count: usize) -> bool {
            let Some(run) = cells.get(from..from.saturating_add(count)) else { return false };
            let room = to.cells.capacity().saturating_sub(to.cells.len()) >= count;
            if room {
                to.cells.extend_from_slice(run);
            }
            room
        }
        match (&mut self.body, *cells) {
            (Body::Bool(to), Cells::Bool(run)) => copy(to, run, from, count),
            (Body::I64(to), Cells::I64(run)) => copy(to, run, from, count),
            (Body::U64(to), Cells::U64(run)) => copy(to, run, from, count),
            (Body::F32(to), Cells::F32(run)) => copy(to, run, from, count),
            (Body::F64(to), Cells::F64(run)) => copy(to, run, from, count),
            _ => false,
        }
    }

    /// Makes room for `rows` rows in all, of which the next is `value`.
    pub(crate) fn reserve(&mut self, rows: usize, value: &Value<'_>) -> Result<(), TryReserveError> {
        let more = match value {
            Value::Text(text) => text.len(),
            Value::Bytes(bytes) => bytes.len(),
            _ => 0,
        };
        match &mut self.body {
            Body::Bool(to) => to.reserve(rows),
            Body::I64(to) => to.reserve(rows),
            Body::U64(to) => to.reserve(rows),
            Body::F32(to) => to.reserve(rows),
            Body::F64(to) => to.reserve(rows),
            Body::Text(to) | Body::Bytes(to) => to.reserve(rows, more),
            Body::Mixed(to) => to.reserve(rows, more),
        }
    }

    /// Makes the body one that can hold `value` as row `row`: a place for Null, or a mixed body.
    pub(crate) fn adapt(&mut self, row: usize, capacity: usize, value: &Value<'_>) -> Result<(), TryReserveError> {
        let fits = matches!(
            (&self.body, value),
            (Body::F32(_), Value::F32(_))
                | (Body::F64(_), Value::F64(_))
                | (Body::I64(_), Value::I64(_))
                | (Body::U64(_), Value::U64(_))
                | (Body::Bool(_), Value::Bool(_))
                | (Body::Text(_), Value::Text(_))
                | (Body::Bytes(_), Value::Bytes(_))
                | (Body::Mixed(_), _)
                | (_, Value::Null)
        );
        if !fits {
            self.mix(row, capacity)?;
        }
        if self.nulls.is_none() && matches!(value, Value::Null | Value::Text(_) | Value::Bytes(_)) {
            let plain =
                matches!((&self.body, value), (Body::Text(_), Value::Text(_)) | (Body::Bytes(_), Value::Bytes(_)));
            if !plain {
                self.nulls = Some(Box::new([0; BLOCKS]));
            }
        }
        Ok(())
    }

    /// Turns the body into a mixed one with the same cells.
    fn mix(&mut self, rows: usize, capacity: usize) -> Result<(), TryReserveError> {
        let mut mixed = Mixed::new();
        let mut nulls = Box::new([0u64; BLOCKS]);
        let (mut holes, mut nans) = (0u64, 0u64);
        for row in 0..rows {
            let value = self.get(row);
            if !mixed.push(value) {
                let more = match value {
                    Value::Text(text) => text.len(),
                    Value::Bytes(bytes) => bytes.len(),
                    _ => 0,
                };
                mixed.reserve(capacity, more)?;
                if !mixed.push(value) {
                    break;
                }
            }
            if let Some(word) = nulls.get_mut(row / BLOCK) {
                if matches!(value, Value::Null | Value::Text(_) | Value::Bytes(_)) {
                    *word |= 1 << (row % BLOCK);
                }
                if row % BLOCK == BLOCK - 1 {
                    let nan = mixed.numbers.end_block(*word);
                    nans |= u64::from(nan) << (row / BLOCK);
                    holes |= u64::from(nan || *word != 0) << (row / BLOCK);
                }
            }
        }
        *self = Self { body: Body::Mixed(Box::new(mixed)), nulls: Some(nulls), holes, nans };
        Ok(())
    }

    /// Summarises the block that row `row` completed.
    pub(crate) fn end_block(&mut self, row: usize) {
        let block = row / BLOCK;
        let nulls = self.nulls.as_ref().and_then(|words| words.get(block)).copied().unwrap_or(0);
        let nan = match &mut self.body {
            Body::Bool(numbers) => numbers.end_block(nulls),
            Body::I64(numbers) => numbers.end_block(nulls),
            Body::U64(numbers) => numbers.end_block(nulls),
            Body::F32(numbers) => numbers.end_block(nulls),
            Body::F64(numbers) => numbers.end_block(nulls),
            Body::Mixed(mixed) => mixed.numbers.end_block(nulls),
            Body::Text(_) | Body::Bytes(_) => false,
        };
        self.nans |= u64::from(nan) << block;
        self.holes |= u64::from(nan || nulls != 0) << block;
    }

    /// The cell, in the very kind it was appended.
    pub(crate) fn get(&self, row: usize) -> Value<'_> {
        if !matches!(self.body, Body::Mixed(_)) && self.null(row) {
            return Value::Null;
        }
        let value = match &self.body {
            Body::Bool(from) => from.cells.get(row).copied().map(Value::Bool),
            Body::I64(from) => from.cells.get(row).copied().map(Value::I64),
            Body::U64(from) => from.cells.get(row).copied().map(Value::U64),
            Body::F32(from) => from.cells.get(row).copied().map(Value::F32),
            Body::F64(from) => from.cells.get(row).copied().map(Value::F64),
            Body::Text(from) => Some(text(from.get(row))),
            Body::Bytes(from) => from.get(row).map(Value::Bytes),
            Body::Mixed(from) => Some(from.get(row)),
        };
        value.unwrap_or(Value::Null)
    }

    /// Whether there is nothing to draw in this row.
    #[inline]
    pub(crate) fn null(&self, row: usize) -> bool {
        let word = self.nulls.as_ref().and_then(|words| words.get(row / BLOCK)).copied().unwrap_or(0);
        (word >> (row % BLOCK)) & 1 == 1
    }

    /// The last row before `end` that holds a value.
    pub(crate) fn last_value(&self, end: usize) -> Option<usize> {
        if matches!(self.body, Body::Mixed(_)) {
            return (0..end).rev().find(|row| !matches!(self.get(*row), Value::Null));
        }
        let Some(words) = &self.nulls else { return end.checked_sub(1) };
        let mut end = end;
        while let Some(last) = end.checked_sub(1) {
            let word = words.get(last / BLOCK).copied().unwrap_or(0);
            // Bits above `last` count as Null, then the highest clear bit is what is looked for.
            let word = word | (u64::MAX << (last % BLOCK) << 1);
            let block = last / BLOCK * BLOCK;
            match usize::try_from(word.leading_ones()).unwrap_or(BLOCK) {
                BLOCK => end = block,
                ones => return Some(block.saturating_add(BLOCK - 1).saturating_sub(ones)),
            }
        }
        None
    }

    /// Smallest and largest number, NaN left out; `None` where there is none.
    pub(crate) fn extent(&self, rows: usize) -> Option<(f64, f64)> {
        fn of<T: Number>(numbers: &Numbers<T>, column: &Column, rows: usize) -> Option<(f64, f64)> {
            let mut extent = numbers.whole;
            let start = numbers.blocks.len().saturating_mul(BLOCK);
            for (i, cell) in numbers.cells.get(start..rows).unwrap_or_default().iter().enumerate() {
                if !column.null(start.saturating_add(i)) {
                    extent.add(*cell);
                }
            }
            (!extent.is_empty()).then(|| (extent.min.to_f64(), extent.max.to_f64()))
        }
        with_numbers!(&self.body, numbers => of(numbers, self, rows), None)
    }

    /// Keeps the first rows only; they are not fewer than those of the complete blocks.
    pub(crate) fn truncate(&mut self, rows: usize) {
        match &mut self.body {
            Body::Bool(to) => to.cells.truncate(rows),
            Body::I64(to) => to.cells.truncate(rows),
            Body::U64(to) => to.cells.truncate(rows),
            Body::F32(to) => to.cells.truncate(rows),
            Body::F64(to) => to.cells.truncate(rows),
            Body::Text(to) | Body::Bytes(to) => to.truncate(rows),
            Body::Mixed(to) => to.truncate(rows),
        }
        let words = self.nulls.iter_mut().flat_map(|words| words.iter_mut().skip(rows / BLOCK));
        for (i, word) in words.enumerate() {
            *word &= if i == 0 { !(u64::MAX << (rows % BLOCK)) } else { 0 };
        }
    }

    /// No more rows will come.
    pub(crate) fn seal(&mut self) {
        match &mut self.body {
            Body::Text(to) | Body::Bytes(to) => to.seal(),
            Body::Mixed(to) => to.seal(),
            _ => {}
        }
    }

    /// Bytes of text in it.
    pub(crate) fn arena_bytes(&self) -> usize {
        match &self.body {
            Body::Text(from) | Body::Bytes(from) => from.arena_bytes(),
            Body::Mixed(from) => from.arena_bytes(),
            _ => 0,
        }
    }

    /// Memory it occupies on the heap, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let body = match &self.body {
            Body::Bool(from) => from.bytes(),
            Body::I64(from) => from.bytes(),
            Body::U64(from) => from.bytes(),
            Body::F32(from) => from.bytes(),
            Body::F64(from) => from.bytes(),
            Body::Text(from) | Body::Bytes(from) => from.bytes(),
            Body::Mixed(from) => from.bytes().saturating_add(size_of::<Mixed>()),
        };
        body.saturating_add(if self.nulls.is_some() { size_of::<[u64; BLOCKS]>() } else { 0 })
    }
}

/// Text out of an arena, which was text when it went in.
fn text(bytes: Option<&[u8]>) -> Value<'_> {
    bytes.and_then(|bytes| core::str::from_utf8(bytes).ok()).map_or(Value::Null, Value::Text)
}
