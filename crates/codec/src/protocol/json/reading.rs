//! A document read value by value: which field each is of, and which sample.

use super::huge::Huge;
use crate::Value;
use crate::protocol::discover::{Discovered, Excess, negative, whole};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Objects and arrays within one another, at most.
const DEPTH: usize = 64;

/// Values in a frame, at most.
const CELLS: usize = 65_536;

/// What a value is called that the document gives no name, or an empty one.
const UNNAMED: &str = "value";

/// A value as JSON has it.
pub(super) enum Cell<'a> {
    Null,
    Bool(bool),
    Number(Value<'static>),
    Text(Cow<'a, str>),
}

impl Cell<'_> {
    pub(super) fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(value) => *value,
            Self::Text(text) => Value::Text(text),
        }
    }
}

/// What a document says, before any of it is a sample.
pub(super) struct Reading<'r, 'a> {
    message: &'r mut Discovered,
    /// Field and value, sample after sample.
    pub(super) cells: Vec<(usize, Cell<'a>)>,
    /// Where in `cells` each sample ends.
    pub(super) ends: Vec<usize>,
    /// The dotted name of the value that is being read.
    path: String,
    /// Why it was refused, where that is not the grammar.
    pub(super) excess: Option<Excess>,
    /// Numbers met so far, and which of them stand for infinite ones; see [`huge`].
    numbers: usize,
    huge: Huge,
}

impl<'r, 'a> Reading<'r, 'a> {
    pub(super) fn new(message: &'r mut Discovered, huge: Huge) -> Self {
        message.begin_sample();
        Reading { message, cells: Vec::new(), ends: Vec::new(), path: String::new(), excess: None, numbers: 0, huge }
    }

    /// The sample has all its cells.
    pub(super) fn end_sample(&mut self) {
        self.ends.push(self.cells.len());
        self.message.begin_sample();
    }

    fn put<E: Error>(&mut self, cell: Cell<'a>) -> Result<(), E> {
        let name = if self.path.is_empty() { UNNAMED } else { &self.path };
        // The fields mostly come in the order they had before.
        let start = self.ends.last().copied().unwrap_or(0);
        let guess = match self.cells.get(start..).and_then(<[_]>::last) {
            Some((before, _)) => before.saturating_add(1),
            None => 0,
        };
        match self.message.one_more(name, guess, &cell.value(), "") {
            Ok(Some(_)) if self.cells.len() >= CELLS => return self.refuse(Excess::Items),
            Ok(Some(field)) => self.cells.push((field, cell)),
            Ok(None) => {}
            Err(excess) => return self.refuse(excess),
        }
        Ok(())
    }

    fn number<E: Error>(&mut self, value: Value<'static>) -> Result<(), E> {
        let infinite = self.huge.get(self.numbers);
        self.numbers = self.numbers.saturating_add(1);
        self.put(Cell::Number(infinite.map_or(value, Value::F64)))
    }

    fn refuse<E: Error>(&mut self, excess: Excess) -> Result<(), E> {
        self.excess = Some(excess);
        Err(E::custom("too much"))
    }
}

/// One value at the path of the reading, `depth` levels down.
pub(super) struct Node<'n, 'r, 'a> {
    pub(super) reading: &'n mut Reading<'r, 'a>,
    pub(super) depth: usize,
}

impl<'a> DeserializeSeed<'a> for Node<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, input: D) -> Result<(), D::Error> {
        if self.depth > DEPTH {
            return self.reading.refuse(Excess::Items);
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
        // A field must have a name to be pointed at.
        self.path.push_str(if key.is_empty() { UNNAMED } else { key });
        Ok(())
    }
}

/// The document: an array of objects is several samples, anything else one.
pub(super) struct Document<'n, 'r, 'a>(pub(super) &'n mut Reading<'r, 'a>);

impl<'a> Visitor<'a> for Document<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<S: SeqAccess<'a>>(self, mut seq: S) -> Result<(), S::Error> {
        while seq.next_element_seed(Node { reading: self.0, depth: 2 })?.is_some() {
            self.0.end_sample();
        }
        Ok(())
    }
}
