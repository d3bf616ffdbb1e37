//! JSON (RFC 8259): an object is a sample, and nested values are fields with dotted names.

use crate::protocol::discover::{Discovered, negative, sample, set, text, whole};
use crate::protocol::line::Line;
use crate::{DecodeError, Decoder, Parameter, Protocol, Sample, SettingError, Settings, Value};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write as _};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "json",
    summary: "A JSON document per frame: an object is a sample, an array of objects is several; nested values are \
              fields with dotted names.",
    source: "RFC 8259; one document a line is also called NDJSON or JSON Lines",
    framing: "lines",
    parameters: &[Parameter { name: "message", summary: "The name of the message.", default: "json" }],
    build: |settings| Ok((Box::new(Json::new(settings)?), Box::new(Line))),
};

/// How deep values may nest.
const DEPTH: usize = 64;

/// How many values one frame may hold.
const LEAVES: usize = 65_536;

struct Json {
    message: Discovered,
}

impl Json {
    fn new(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self { message: Discovered::new(settings.text("message")?.unwrap_or("json")) })
    }
}

impl Decoder for Json {
    /// A blank frame is good and says nothing.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let document = text(frame);
        if document.trim().is_empty() {
            return Ok(());
        }
        let mut walk = Walk::default();
        let mut reader = serde_json::Deserializer::from_str(&document);
        let read = Node { walk: &mut walk, depth: 0 }.deserialize(&mut reader).and_then(|()| reader.end());
        if let Err(error) = read {
            let at = offset(&document, &error);
            return Err(if walk.limit { DecodeError::Limit { at } } else { DecodeError::Syntax { at } });
        }
        walk.close();
        // Fields are added before anything is emitted: a frame is good or rejected as a whole.
        let mut samples = Vec::with_capacity(walk.samples.len());
        for leaves in &walk.samples {
            let mut values = Vec::with_capacity(leaves.len());
            for (name, leaf) in leaves {
                let value = leaf.value();
                let index = self.message.index(name, values.len(), &value);
                if let Some(index) = index.map_err(|_| DecodeError::Limit { at: 0 })? {
                    set(&mut values, index, value);
                }
            }
            samples.push(values);
        }
        for values in samples.iter().filter(|values| !values.is_empty()) {
            emit(sample(self.message.schema(), values));
        }
        Ok(())
    }
}

/// Where in the text an error lies: serde_json counts lines and columns from 1.
fn offset(document: &str, error: &serde_json::Error) -> usize {
    let before: usize = document.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    before.saturating_add(error.column().saturating_sub(1)).min(document.len())
}

/// A value that is neither an object nor an array.
enum Leaf {
    Null,
    Bool(bool),
    Number(Value<'static>),
    Text(String),
}

impl Leaf {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(value) => *value,
            Self::Text(value) => Value::Text(value),
        }
    }
}

/// What was found on the way through a document.
#[derive(Default)]
struct Walk {
    /// Finished samples.
    samples: Vec<Vec<(String, Leaf)>>,
    /// The sample at hand.
    leaves: Vec<(String, Leaf)>,
    /// The dotted name so far.
    path: String,
    /// Whether the document is an array.
    array: bool,
    count: usize,
    limit: bool,
}

impl Walk {
    fn leaf(&mut self, leaf: Leaf) {
        let name = if self.path.is_empty() { "value".to_string() } else { self.path.clone() };
        self.leaves.push((name, leaf));
    }

    /// Ends the sample at hand.
    fn close(&mut self) {
        if !self.leaves.is_empty() {
            self.samples.push(core::mem::take(&mut self.leaves));
        }
    }

    /// Appends a part to the name; returns the length to go back to.
    fn enter(&mut self, part: impl fmt::Display) -> usize {
        let length = self.path.len();
        let dot = if length > 0 { "." } else { "" };
        // Writing to a string does not fail.
        let _ = write!(self.path, "{dot}{part}");
        length
    }
}

/// The next value of the document.
struct Node<'w> {
    walk: &'w mut Walk,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.walk.count = self.walk.count.saturating_add(1);
        if self.depth > DEPTH || self.walk.count > LEAVES {
            self.walk.limit = true;
            return Err(D::Error::custom("too deep or too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.walk.leaf(Leaf::Null);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.walk.leaf(Leaf::Bool(value));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.walk.leaf(Leaf::Number(whole(value)));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.walk.leaf(Leaf::Number(negative(value)));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.walk.leaf(Leaf::Number(Value::F64(value)));
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.walk.leaf(Leaf::Text(value.to_string()));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // In an array on top, each object is a sample of its own, named by its keys alone.
        let own = (self.depth == 1 && self.walk.array).then(|| {
            let path = core::mem::take(&mut self.walk.path);
            (path, core::mem::take(&mut self.walk.leaves))
        });
        while let Some(key) = map.next_key::<String>()? {
            let length = self.walk.enter(key);
            map.next_value_seed(Node { walk: self.walk, depth: self.depth.saturating_add(1) })?;
            self.walk.path.truncate(length);
        }
        if let Some((path, leaves)) = own {
            self.walk.close();
            self.walk.path = path;
            self.walk.leaves = leaves;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.walk.array |= self.depth == 0;
        let mut index = 0usize;
        loop {
            let length = self.walk.enter(index);
            let item = items.next_element_seed(Node { walk: self.walk, depth: self.depth.saturating_add(1) })?;
            self.walk.path.truncate(length);
            if item.is_none() {
                return Ok(());
            }
            index = index.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
    use super::*;
    use alloc::format;
    use alloc::vec;

    fn decode(document: &str) -> Result<Vec<Vec<(String, String)>>, DecodeError> {
        let mut json = Json::new(&Settings::default()).unwrap();
        let mut samples = Vec::new();
        json.decode(document.as_bytes(), &mut |sample| {
            let fields = sample.schema.fields.iter().zip(sample.values);
            let said = fields.filter(|(_, value)| **value != Value::Null);
            samples.push(said.map(|(field, value)| (field.name.to_string(), format!("{value:?}"))).collect());
        })
        .map(|()| samples)
    }

    fn field(name: &str, value: &str) -> (String, String) {
        (name.to_string(), value.to_string())
    }

    #[test]
    fn nested_values_have_dotted_names() {
        let samples = decode(r#"{"a":{"b":[1,2.5]},"c":"x\u00e9","d":null,"e":true}"#).unwrap();
        let fields = [("a.b.0", "F64(1.0)"), ("a.b.1", "F64(2.5)"), ("c", "Text(\"xé\")"), ("e", "Bool(true)")];
        assert_eq!(samples, [fields.map(|(name, value)| field(name, value)).to_vec()]);
    }

    #[test]
    fn an_array_of_objects_is_several_samples_and_what_else_it_holds_is_one() {
        let samples = decode(r#"[{"a":1},7,{"a":2,"b":{"c":3}}]"#).unwrap();
        let second = vec![field("a", "F64(2.0)"), field("b.c", "F64(3.0)")];
        assert_eq!(samples, [vec![field("a", "F64(1.0)")], second, vec![field("1", "F64(7.0)")]]);
    }

    #[test]
    fn f21_integers_beyond_2_to_the_53_are_exact() {
        let samples = decode(r#"{"u":18446744073709551615,"i":-9223372036854775808,"z":-0.0}"#).unwrap();
        assert_eq!(samples[0][0].1, "U64(18446744073709551615)");
        assert_eq!(samples[0][1].1, "I64(-9223372036854775808)");
        assert_eq!(samples[0][2].1, "F64(-0.0)");
    }

    #[test]
    fn what_is_not_json_is_refused_where_it_breaks_and_depth_has_an_end() {
        assert_eq!(decode(r#"{"a":1,}"#), Err(DecodeError::Syntax { at: 7 }));
        assert!(matches!(decode("{} x"), Err(DecodeError::Syntax { .. })));
        assert!(matches!(decode(&"[".repeat(100)), Err(DecodeError::Limit { .. })));
        assert_eq!(decode(" \r"), Ok(vec![]));
    }
}
