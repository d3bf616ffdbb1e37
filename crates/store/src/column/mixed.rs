//! Cells of a field whose values do not all have the kind it declared: each keeps its own, exactly.

use super::{Blobs, Numbers};
use alloc::{collections::TryReserveError, vec::Vec};
use codec::Value;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Tag {
    Null,
    Bool,
    I64,
    U64,
    F32,
    F64,
    Text,
    Bytes,
}

#[derive(Clone, Debug)]
pub(crate) struct Mixed {
    tags: Vec<Tag>,
    /// The bits of a number.
    bits: Vec<u64>,
    blobs: Blobs,
    /// For drawing.
    pub(crate) numbers: Numbers<f64>,
}

impl Mixed {
    pub(crate) fn new() -> Self {
        Self { tags: Vec::new(), bits: Vec::new(), blobs: Blobs::default(), numbers: Numbers::new() }
    }

    pub(crate) fn reserve(&mut self, rows: usize, more: usize) -> Result<(), TryReserveError> {
        self.tags.try_reserve_exact(rows.saturating_sub(self.tags.len()))?;
        self.bits.try_reserve_exact(rows.saturating_sub(self.bits.len()))?;
        self.blobs.reserve(rows, more)?;
        self.numbers.reserve(rows)
    }

    /// Appends if there is room; never allocates.
    pub(crate) fn push(&mut self, value: Value<'_>) -> bool {
        let (tag, bits, number) = match value {
            Value::Null => (Tag::Null, 0, 0.0),
            Value::Bool(v) => (Tag::Bool, u64::from(v), f64::from(u8::from(v))),
            Value::I64(v) => (Tag::I64, v.cast_unsigned(), v as f64),
            Value::U64(v) => (Tag::U64, v, v as f64),
            Value::F32(v) => (Tag::F32, u64::from(v.to_bits()), f64::from(v)),
            Value::F64(v) => (Tag::F64, v.to_bits(), v),
            Value::Text(_) => (Tag::Text, 0, 0.0),
            Value::Bytes(_) => (Tag::Bytes, 0, 0.0),
        };
        let room = self.tags.len() < self.tags.capacity() && self.bits.len() < self.bits.capacity();
        let room = room
            && match value {
                Value::Text(text) => self.blobs.push(text.as_bytes()),
                Value::Bytes(bytes) => self.blobs.push(bytes),
                _ => self.blobs.push_null(),
            };
        if !room || !self.numbers.push(number) {
            return false;
        }
        self.tags.push(tag);
        self.bits.push(bits);
        true
    }

    pub(crate) fn get(&self, row: usize) -> Value<'_> {
        let (Some(tag), Some(&bits)) = (self.tags.get(row), self.bits.get(row)) else { return Value::Null };
        match tag {
            Tag::Null => Value::Null,
            Tag::Bool => Value::Bool(bits != 0),
            Tag::I64 => Value::I64(bits.cast_signed()),
            Tag::U64 => Value::U64(bits),
            Tag::F32 => Value::F32(f32::from_bits(u32::try_from(bits).unwrap_or(0))),
            Tag::F64 => Value::F64(f64::from_bits(bits)),
            Tag::Text => super::text(self.blobs.get(row)),
            Tag::Bytes => self.blobs.get(row).map_or(Value::Null, Value::Bytes),
        }
    }

    pub(crate) fn truncate(&mut self, rows: usize) {
        self.tags.truncate(rows);
        self.bits.truncate(rows);
        self.blobs.truncate(rows);
        self.numbers.cells.truncate(rows);
    }

    pub(crate) fn seal(&mut self) {
        self.blobs.seal();
    }

    pub(crate) fn arena_bytes(&self) -> usize {
        self.blobs.arena_bytes()
    }

    pub(crate) fn bytes(&self) -> usize {
        let own = self.tags.capacity().saturating_add(self.bits.capacity().saturating_mul(size_of::<u64>()));
        own.saturating_add(self.blobs.bytes()).saturating_add(self.numbers.bytes())
    }
}
