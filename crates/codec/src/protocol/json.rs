//! JSON: an object is a sample, an array of objects as many.
//!
//! RFC 8259 leaves the range of numbers to whoever reads (section 6). Here a number that is too large for a double is
//! infinite, as in ECMAScript's `JSON.parse` and as in the other text protocols, and the rest of the frame is good.

mod huge;

use crate::protocol::declaration;
use crate::protocol::discover::{Discovered, negative, sample, set, text, whole};
use crate::protocol::line::Line;
use crate::protocol::scratch::Scratch;
use crate::{DecodeError, Decoder, Parameter, Protocol, Sample, SettingError, Settings, Value};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "json",
    summary: "One JSON document to a frame: an object is a sample, an array of objects as many.",
    source: "RFC 8259",
    framing: "lines",
    parameters: &[Parameter { name: "message", summary: "The name of the message.", default: "json" }],
    declare: |settings| declaration(parts(settings)),
};

/// Its two ends.
pub(super) fn parts(settings: &Settings) -> Result<(Json, Line), SettingError> {
    let message = Discovered::new(settings.text("message")?.unwrap_or("json"));
    Ok((Json { message, scratch: Scratch::default() }, Line))
}

/// Objects and arrays within one another, at most.
const DEPTH: usize = 64;

/// Values in a frame, at most.
const CELLS: usize = 65_536;

pub(super) struct Json {
    message: Discovered,
    scratch: Scratch,
}

/// A value as JSON has it.
enum Cell<'a> {
    Null,
    Bool(bool),
    Number(Value<'static>),
    Text(Cow<'a, str>),
}

impl Cell<'_> {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(value) => *value,
            Self::Text(text) => Value::Text(text),
        }
    }
}

/// What a document says, before any of it is a sample.
struct Reading<'r, 'a> {
    message: &'r mut Discovered,
    /// Field and value, sample after sample.
    cells: Vec<(usize, Cell<'a>)>,
    /// Where in `cells` each sample ends.
    ends: Vec<usize>,
    /// The dotted name of the value that is being read.
    path: String,
    limit: bool,
    /// Numbers met so far, and which of them stand for infinite ones; see [`huge`].
    numbers: usize,
    huge: huge::Huge,
}

impl<'a> Reading<'_, 'a> {
    fn put<E: Error>(&mut self, cell: Cell<'a>) -> Result<(), E> {
        let name = if self.path.is_empty() { "value" } else { &self.path };
        // The fields mostly come in the order they had before.
        let start = self.ends.last().copied().unwrap_or(0);
        let guess = match self.cells.get(start..).and_then(<[_]>::last) {
            Some((before, _)) => before.saturating_add(1),
            None => 0,
        };
        match self.message.index(name, guess, &cell.value()) {
            Ok(Some(_)) if self.cells.len() >= CELLS => return self.refuse(),
            Ok(Some(field)) => self.cells.push((field, cell)),
            Ok(None) => {}
            Err(_) => return self.refuse(),
        }
        Ok(())
    }

    fn number<E: Error>(&mut self, value: Value<'static>) -> Result<(), E> {
        let infinite = self.huge.get(self.numbers);
        self.numbers = self.numbers.saturating_add(1);
        self.put(Cell::Number(infinite.map_or(value, Value::F64)))
    }

    fn refuse<E: Error>(&mut self) -> Result<(), E> {
        self.limit = true;
        Err(E::custom("limit"))
    }
}

/// One value at the path of the reading, `depth` levels down.
struct Node<'n, 'r, 'a> {
    reading: &'n mut Reading<'r, 'a>,
    depth: usize,
}

impl<'a> DeserializeSeed<'a> for Node<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, input: D) -> Result<(), D::Error> {
        if self.depth > DEPTH {
            return self.reading.refuse();
        }
        input.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Node<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.reading.put(Cell::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.reading.put(Cell::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.reading.number(whole(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.reading.number(negative(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.reading.number(Value::F64(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'a str) -> Result<(), E> {
        self.reading.put(Cell::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.reading.put(Cell::Text(Cow::Owned(value.into())))
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        let outer = self.reading.path.len();
        while map.next_key_seed(Key { path: &mut self.reading.path })?.is_some() {
            map.next_value_seed(Node { reading: self.reading, depth: self.depth + 1 })?;
            self.reading.path.truncate(outer);
        }
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'a>>(self, mut seq: S) -> Result<(), S::Error> {
        let outer = self.reading.path.len();
        let mut index = 0usize;
        loop {
            let dot = if outer == 0 { "" } else { "." };
            let _ = write!(self.reading.path, "{dot}{index}");
            let more = seq.next_element_seed(Node { reading: self.reading, depth: self.depth + 1 })?.is_some();
            self.reading.path.truncate(outer);
            if !more {
                return Ok(());
            }
            index += 1;
        }
    }
}

/// A key, added to the path.
struct Key<'p> {
    path: &'p mut String,
}

impl<'a> DeserializeSeed<'a> for Key<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<(), E> {
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(key);
        Ok(())
    }
}

/// The document: an array of objects is several samples, anything else one.
struct Document<'n, 'r, 'a>(&'n mut Reading<'r, 'a>);

/// Whether the next value is an object cannot be asked of a deserializer; the text tells.
fn several(text: &str) -> bool {
    let mut tokens = text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    tokens.next() == Some(b'[') && tokens.next() == Some(b'{')
}

impl<'a> Visitor<'a> for Document<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<S: SeqAccess<'a>>(self, mut seq: S) -> Result<(), S::Error> {
        while seq.next_element_seed(Node { reading: self.0, depth: 2 })?.is_some() {
            self.0.ends.push(self.0.cells.len());
        }
        Ok(())
    }
}

/// The cells of a reading, and where each sample ends among them.
type Said<'a> = (Vec<(usize, Cell<'a>)>, Vec<usize>);

fn read<'a>(message: &mut Discovered, text: &'a str, huge: huge::Huge) -> Result<Said<'a>, DecodeError> {
    let (cells, ends, path) = (Vec::new(), Vec::new(), String::new());
    let mut reading = Reading { message, cells, ends, path, limit: false, numbers: 0, huge };
    match parse(text, &mut reading) {
        Ok(()) => Ok((reading.cells, reading.ends)),
        Err(error) => {
            let at = offset(text, error.line(), error.column());
            Err(if reading.limit { DecodeError::Limit { at } } else { DecodeError::Syntax { at } })
        }
    }
}

fn parse<'a>(text: &'a str, reading: &mut Reading<'_, 'a>) -> Result<(), serde_json::Error> {
    let mut input = serde_json::Deserializer::from_str(text);
    if several(text) {
        (&mut input).deserialize_seq(Document(reading))?;
    } else {
        Node { reading, depth: 1 }.deserialize(&mut input)?;
        reading.ends.push(reading.cells.len());
    }
    input.end()
}

/// The offset of a line and column, both counted from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before.saturating_add(column.saturating_sub(1)).min(text.len())
}

impl Decoder for Json {
    /// An empty frame is good and says nothing; so is an object without fields.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let text = text(frame);
        if text.trim().is_empty() {
            return Ok(());
        }
        let tame;
        let read_once = read(&mut self.message, &text, huge::Huge::default());
        let (cells, ends) = match read_once {
            Err(DecodeError::Syntax { at }) => {
                // Rare, and then the frame is read once more: a number beyond a double's range among good ones.
                let Some((text, huge)) = huge::tamed(&text) else { return Err(DecodeError::Syntax { at }) };
                tame = text;
                read(&mut self.message, &tame, huge)?
            }
            other => other?,
        };
        let mut values = self.scratch.take();
        let mut from = 0;
        for end in ends {
            values.clear();
            for (field, cell) in cells.get(from..end).unwrap_or_default() {
                set(&mut values, *field, cell.value());
            }
            from = end;
            if !values.is_empty() {
                emit(sample(self.message.schema(), &values));
            }
        }
        self.scratch.put(values);
        Ok(())
    }
}
