//! Fields that are found in the data: names to columns, and text to values.

use crate::schema::OwnedSchema;
use crate::{DecodeError, Field, Kind, Sample, Schema, Value};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The most fields a message may grow to; a frame that would add more is refused.
pub(crate) const FIELDS: usize = 4096;

/// The most places of a nested message; see [`Discovered::spend`].
const PLACES: usize = 65_536;

/// The longest name of a field that is found in the data, in bytes.
pub(crate) const NAME: usize = 256;

/// A message whose fields are found in the data.
#[derive(Debug)]
pub(crate) struct Discovered {
    schema: OwnedSchema,
    /// Field indices in the order of their names.
    sorted: Vec<usize>,
    /// See [`Discovered::spend`].
    spent: usize,
    /// The number of the sample under way; see [`Discovered::one_more`].
    sample: u64,
    /// By field, the last sample that gave it a value, and the number to try for another value of its name.
    given: Vec<(u64, u32)>,
}

/// Of what a frame has more than a message can.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Excess {
    /// Different fields.
    Fields,
    /// Bytes in a name.
    Name,
    /// Values, or levels.
    Items,
}

impl Excess {
    /// As the reason for a frame's rejection, found at this offset.
    pub(crate) fn at(self, at: usize) -> DecodeError {
        match self {
            Self::Fields => DecodeError::Fields { most: FIELDS, at },
            Self::Name => DecodeError::Name { most: NAME, at },
            Self::Items => DecodeError::Limit { at },
        }
    }
}

impl Discovered {
    pub(crate) fn new(name: &str) -> Self {
        Self::numbered(0, name)
    }

    /// The message of this number, where a protocol has several.
    pub(crate) fn numbered(index: usize, name: &str) -> Self {
        Self { schema: OwnedSchema::new(index, name), sorted: Vec::new(), spent: 0, sample: 0, given: Vec::new() }
    }

    /// Counts a place in the message that holds memory without being a field (a list that is empty so far), since
    /// lists of lists have many more places than fields.
    pub(crate) fn spend(&mut self) -> Result<(), Excess> {
        self.spent += 1;
        if self.spent > PLACES { Err(Excess::Items) } else { Ok(()) }
    }

    /// Its schema as it is now, under another number.
    pub(crate) fn copy(&self, index: usize) -> OwnedSchema {
        self.schema.copy(index)
    }

    pub(crate) fn schema(&self) -> Schema<'_> {
        self.schema.schema()
    }

    /// The field of this name. `guess` is tried first: the next field of the frame is mostly the next of the schema.
    pub(crate) fn find(&self, name: &str, guess: usize) -> Option<usize> {
        let fields = self.schema.schema().fields;
        if fields.get(guess).is_some_and(|field| field.name == name) {
            return Some(guess);
        }
        let at = self.place(name).ok()?;
        self.sorted.get(at).copied()
    }

    /// The field of this name, added with the kind of this value and with this unit if need be. Nothing is added for
    /// [`Value::Null`].
    pub(crate) fn index_of(
        &mut self,
        name: &str,
        guess: usize,
        value: &Value<'_>,
        unit: &str,
    ) -> Result<Option<usize>, Excess> {
        if let Some(index) = self.find(name, guess) {
            return Ok(Some(index));
        }
        let Some(kind) = kind(value) else { return Ok(None) };
        self.add(name, kind, unit).map(Some)
    }

    /// No field has a value yet.
    pub(crate) fn begin_sample(&mut self) {
        self.sample = self.sample.wrapping_add(1);
    }

    /// The field for one more value of the sample. A name that has a value in it already gets another field for this one,
    /// `name.2`, `name.3` and so on, so that no value is lost for another. [`Value::Null`] takes nobody's place. A field that
    /// is added has this unit.
    pub(crate) fn one_more(
        &mut self,
        name: &str,
        guess: usize,
        value: &Value<'_>,
        unit: &str,
    ) -> Result<Option<usize>, Excess> {
        let Some(first) = self.index_of(name, guess, value, unit)? else { return Ok(None) };
        if *value == Value::Null {
            return Ok(self.free(first).then_some(first));
        }
        if self.take(first) {
            return Ok(Some(first));
        }
        loop {
            let number = match self.given.get_mut(first) {
                Some((_, next)) => core::mem::replace(next, next.saturating_add(1)),
                None => 2,
            };
            // A field may be called so by its own right.
            match self.index_of(&format!("{name}.{number}"), guess.saturating_add(1), value, unit)? {
                Some(field) if self.take(field) => return Ok(Some(field)),
                Some(_) => {}
                None => return Ok(None),
            }
        }
    }

    /// Whether a field has no value in this sample.
    fn free(&self, field: usize) -> bool {
        self.given.get(field).is_none_or(|(sample, _)| *sample != self.sample)
    }

    /// Gives a field its value in this sample; false if it has one.
    fn take(&mut self, field: usize) -> bool {
        let free = self.free(field);
        if field >= self.given.len() {
            self.given.resize(field.saturating_add(1), (0, 0));
        }
        if let (true, Some(given)) = (free, self.given.get_mut(field)) {
            *given = (self.sample, 2);
        }
        free
    }

    /// Adds a field.
    pub(crate) fn add(&mut self, name: &str, kind: Kind, unit: &str) -> Result<usize, Excess> {
        let index = self.schema.len();
        if name.len() > NAME {
            return Err(Excess::Name);
        }
        if index >= FIELDS {
            return Err(Excess::Fields);
        }
        let at = self.place(name).unwrap_or_else(|at| at);
        self.schema.extend([(name.to_string(), kind, unit.to_string())]);
        self.sorted.insert(at, index);
        Ok(index)
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        let fields = self.schema.schema().fields;
        self.sorted.binary_search_by(|&index| fields.get(index).map_or("", |field| field.name).cmp(name))
    }
}

/// The kind of a field whose first value is this.
fn kind(value: &Value<'_>) -> Option<Kind> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => Kind::Bool,
        Value::I64(_) => Kind::I64,
        Value::U64(_) => Kind::U64,
        Value::F32(_) => Kind::F32,
        Value::F64(_) => Kind::F64,
        Value::Text(_) => Kind::Text,
        Value::Bytes(_) => Kind::Bytes,
    })
}

/// What a written value means: a number, a truth value, nothing, or text.
///
/// Numbers are [`Value::F64`], also whole ones, since a field that says 3 will say 3.5 next; only an
/// integer beyond 2^53, which a double cannot hold, stays an integer.
pub(crate) fn read(text: &str) -> Value<'_> {
    match text.as_bytes() {
        [] => Value::Null,
        b"true" => Value::Bool(true),
        b"false" => Value::Bool(false),
        [b'+' | b'-' | b'.' | b'0'..=b'9' | b'n' | b'N' | b'i' | b'I', ..] => number(text).unwrap_or(Value::Text(text)),
        _ => Value::Text(text),
    }
}

/// Whether it is what devices write where a sensor has no reading.
pub(crate) fn is_missing(text: &str) -> bool {
    matches!(text, "-" | "--" | "---" | "N/A" | "n/a" | "NA" | "null" | "NULL")
}

/// The longest text behind a number that is its unit, in characters.
const UNIT: usize = 8;

/// What is read of a value: a number that a unit follows, as `22.5°C` or `3 m/s`, is one of that unit; and whether that is
/// in doubt, as `1A` may be hexadecimal.
pub(crate) fn measure(text: &str) -> (Value<'_>, &str, bool) {
    let whole = read(text);
    if !matches!(whole, Value::Text(_)) {
        return (whole, "", false);
    }
    let digits = |from: usize| {
        let of_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'+' | b'-');
        from + text.bytes().skip(from).take_while(|byte| of_number(byte)).count()
    };
    let mut end = digits(0);
    // An exponent, where digits follow.
    if text.as_bytes().get(end).is_some_and(|byte| matches!(byte, b'e' | b'E')) && digits(end + 1) > end + 1 {
        end = digits(end + 1);
    }
    let (number, unit) = text.split_at_checked(end).unwrap_or((text, ""));
    let attached = !unit.starts_with(' ');
    // What stands for the sign that many keyboards and displays have not.
    let unit = match unit.trim_start() {
        "*C" | "ºC" => "°C",
        "*F" | "ºF" => "°F",
        unit => unit,
    };
    let of_unit = |ch: char| ch.is_alphabetic() || matches!(ch, '°' | '%' | '/' | '²' | '³' | '·');
    let is_unit = (1..=UNIT).contains(&unit.chars().count()) && unit.chars().all(of_unit);
    // 0xFF is no number of "xFF".
    let hexadecimal = number == "0" && unit.starts_with(['x', 'X']);
    match read(number) {
        value @ (Value::F64(_) | Value::I64(_) | Value::U64(_)) if is_unit && !hexadecimal => {
            let digits = attached && number.bytes().all(|byte| byte.is_ascii_digit());
            (value, unit, digits && unit.bytes().all(|byte| byte.is_ascii_hexdigit()))
        }
        _ => (whole, "", false),
    }
}

/// A number as it is written: see [`read`].
pub(crate) fn number(text: &str) -> Option<Value<'static>> {
    // Sixteen digits reach beyond 2^53; fewer are a double whatever they are.
    if text.len() > 15 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+')) {
        if let Ok(value) = text.parse::<u64>() {
            return Some(whole(value));
        }
        if let Ok(value) = text.parse::<i64>() {
            return Some(negative(value));
        }
    }
    text.parse().ok().map(Value::F64)
}

/// The largest integer up to which every integer is a double.
const EXACT: u64 = 1 << 53;

#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
pub(crate) fn whole(value: u64) -> Value<'static> {
    if value <= EXACT { Value::F64(value as f64) } else { Value::U64(value) }
}

#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
pub(crate) fn negative(value: i64) -> Value<'static> {
    if value.unsigned_abs() <= EXACT { Value::F64(value as f64) } else { Value::I64(value) }
}

/// A frame as text: invalid UTF-8 becomes U+FFFD; a byte order mark is dropped.
pub(crate) fn text(frame: &[u8]) -> alloc::borrow::Cow<'_, str> {
    String::from_utf8_lossy(frame.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(frame))
}

/// Sets one value of a sample whose values may still be short of it.
pub(crate) fn set<'a>(values: &mut Vec<Value<'a>>, index: usize, value: Value<'a>) {
    if index >= values.len() {
        values.resize(index.saturating_add(1), Value::Null);
    }
    if let Some(cell) = values.get_mut(index) {
        *cell = value;
    }
}

/// Whether any field keeps numbers.
pub(crate) fn any_number(fields: &[Field<'_>]) -> bool {
    fields.iter().any(|field| !matches!(field.kind, Kind::Text | Kind::Bytes))
}

/// A sample of these values.
pub(crate) fn sample<'a>(schema: Schema<'a>, values: &'a [Value<'a>]) -> Sample<'a> {
    Sample { schema, values }
}
