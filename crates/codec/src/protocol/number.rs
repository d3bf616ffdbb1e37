//! Numbers in binary: where a value becomes bytes and bytes a value.

use crate::{Kind, Value};

/// What the bytes of a number mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Unsigned,
    Signed,
    /// IEEE 754, binary32 or binary64 by its width.
    Float,
    /// Zero is false, anything else true.
    Bool,
}

/// A number of 1 to 8 bytes, or some bits of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) meaning: Meaning,
    /// In bytes, 1 to 8.
    pub(crate) width: u8,
    pub(crate) big: bool,
    /// The number is only these bits of the bytes.
    pub(crate) slice: Option<Slice>,
}

/// Some bits of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slice {
    /// Bits below it.
    pub(crate) at: u8,
    /// How many, 1 to 64.
    pub(crate) bits: u8,
}

impl Slice {
    fn mask(self) -> u64 {
        u64::MAX.checked_shr(64u32.saturating_sub(u32::from(self.bits))).unwrap_or(0)
    }

    fn of(self, raw: u64) -> u64 {
        raw.checked_shr(u32::from(self.at)).unwrap_or(0) & self.mask()
    }

    /// The integer with these bits replaced.
    fn within(self, raw: u64, bits: u64) -> u64 {
        let place = |bits: u64| bits.checked_shl(u32::from(self.at)).unwrap_or(0);
        raw & !place(self.mask()) | place(bits & self.mask())
    }
}

impl Number {
    /// "u8" to "u64", "i8" to "i64" in steps of 8 bits, "f32", "f64", "bool".
    pub(crate) fn parse(name: &str, big: bool) -> Option<Self> {
        let number = |meaning, width| Some(Self { meaning, width, big, slice: None });
        match name {
            "bool" => return number(Meaning::Bool, 1),
            "f32" => return number(Meaning::Float, 4),
            "f64" => return number(Meaning::Float, 8),
            _ => {}
        }
        let (sign, bits) = name.split_at_checked(1)?;
        let bits = bits.parse::<u8>().ok().filter(|bits| bits % 8 == 0 && (8..=64).contains(bits))?;
        match sign {
            "u" => number(Meaning::Unsigned, bits / 8),
            "i" => number(Meaning::Signed, bits / 8),
            _ => None,
        }
    }

    pub(crate) fn width(self) -> usize {
        usize::from(self.width)
    }

    pub(crate) fn kind(self) -> Kind {
        match (self.meaning, self.width) {
            (Meaning::Unsigned, _) => Kind::U64,
            (Meaning::Signed, _) => Kind::I64,
            (Meaning::Float, 4) => Kind::F32,
            (Meaning::Float, _) => Kind::F64,
            (Meaning::Bool, _) => Kind::Bool,
        }
    }

    /// The bits of the number at `at`, extended to 64 by its sign if it has one. 0 beyond the end, which the
    /// caller has ruled out by the length of the frame.
    #[inline]
    pub(crate) fn bits(self, bytes: &[u8], at: usize) -> u64 {
        let raw = self.raw(bytes, at);
        let raw = self.slice.map_or(raw, |slice| slice.of(raw));
        if self.meaning == Meaning::Signed {
            let unused = 64u32.saturating_sub(self.significant());
            return ((raw << unused).cast_signed() >> unused).cast_unsigned();
        }
        raw
    }

    #[inline]
    fn raw(self, bytes: &[u8], at: usize) -> u64 {
        let bytes = bytes.get(at..at.saturating_add(self.width())).unwrap_or_default();
        let join = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        if self.big { bytes.iter().fold(0, join) } else { bytes.iter().rev().fold(0, join) }
    }

    /// Bits that the number has.
    #[inline]
    fn significant(self) -> u32 {
        self.slice.map_or(u32::from(self.width).saturating_mul(8), |slice| u32::from(slice.bits))
    }

    /// What the bits mean.
    #[inline]
    pub(crate) fn value(self, bits: u64) -> Value<'static> {
        match (self.meaning, self.width) {
            (Meaning::Unsigned, _) => Value::U64(bits),
            (Meaning::Signed, _) => Value::I64(bits.cast_signed()),
            #[expect(clippy::cast_possible_truncation, reason = "read from four bytes")]
            (Meaning::Float, 4) => Value::F32(f32::from_bits(bits as u32)),
            (Meaning::Float, _) => Value::F64(f64::from_bits(bits)),
            (Meaning::Bool, _) => Value::Bool(bits != 0),
        }
    }

    /// The same as a double, for scaling.
    #[inline]
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a scaled number is a double")]
    pub(crate) fn double(self, bits: u64) -> f64 {
        match (self.meaning, self.width) {
            (Meaning::Unsigned | Meaning::Bool, _) => bits as f64,
            (Meaning::Signed, _) => bits.cast_signed() as f64,
            (Meaning::Float, 4) => f64::from(f32::from_bits(bits as u32)),
            (Meaning::Float, _) => f64::from_bits(bits),
        }
    }

    /// The bits of a value, if it fits exactly (a float takes the nearest it has).
    pub(crate) fn bits_of(self, value: &Value<'_>) -> Option<u64> {
        let bits = self.significant();
        match self.meaning {
            Meaning::Unsigned => u64::try_from(integer(value)?).ok().filter(|value| bits == 64 || value >> bits == 0),
            Meaning::Signed => {
                let value = i64::try_from(integer(value)?).ok()?;
                let top = bits.saturating_sub(1);
                ((value >> top) == 0 || (value >> top) == -1).then_some(value.cast_unsigned())
            }
            #[expect(clippy::cast_possible_truncation, reason = "rounding to the nearest is what is meant")]
            Meaning::Float if self.width == 4 => Some(u64::from(match value {
                Value::F32(value) => value.to_bits(),
                other => (float(other)? as f32).to_bits(),
            })),
            Meaning::Float => Some(float(value)?.to_bits()),
            Meaning::Bool => Some(u64::from(truth(value)?)),
        }
    }

    /// Writes the bits at `at`.
    pub(crate) fn put(self, bits: u64, to: &mut [u8], at: usize) -> Option<()> {
        let bits = self.slice.map_or(bits, |slice| slice.within(self.raw(to, at), bits));
        let to = to.get_mut(at..at.saturating_add(self.width()))?;
        let bytes = bits.to_le_bytes();
        let low = bytes.get(..self.width())?;
        to.copy_from_slice(low);
        if self.big {
            to.reverse();
        }
        Some(())
    }
}

/// A value as an integer, if it is one.
pub(crate) fn integer(value: &Value<'_>) -> Option<i128> {
    match value {
        Value::Bool(value) => Some(i128::from(*value)),
        Value::I64(value) => Some(i128::from(*value)),
        Value::U64(value) => Some(i128::from(*value)),
        Value::F32(value) => whole(f64::from(*value)),
        Value::F64(value) => whole(*value),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Null | Value::Bytes(_) => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and the range is checked")]
#[expect(clippy::cast_precision_loss, reason = "a double that is whole comes back the same")]
fn whole(value: f64) -> Option<i128> {
    let cut = value as i128;
    (cut as f64 == value && value.abs() < 1e30).then_some(cut)
}

/// A value as a double.
#[expect(clippy::cast_precision_loss, reason = "the nearest double is what is meant")]
pub(crate) fn float(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        Value::I64(value) => Some(*value as f64),
        Value::U64(value) => Some(*value as f64),
        Value::F32(value) => Some(f64::from(*value)),
        Value::F64(value) => Some(*value),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Null | Value::Bytes(_) => None,
    }
}

/// A value as true or false.
pub(crate) fn truth(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::Text("true") => Some(true),
        Value::Text("false") => Some(false),
        other => integer(other).map(|value| value != 0),
    }
}
