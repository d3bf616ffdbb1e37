//! Walking a frame along its type; fields are found as the walk meets them.

use super::kind::{Scalar, Type, Variant};
use crate::protocol::discover::{Discovered, FIELDS, NAME};
use crate::{DecodeError, Kind, Value};
use alloc::boxed::Box;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A value before it is lent out.
pub(super) enum Cell<'a> {
    Value(Value<'a>),
    Label(Rc<str>),
    Text(String),
}

impl Cell<'_> {
    pub(super) fn value(&self) -> Value<'_> {
        match self {
            Self::Value(value) => *value,
            Self::Label(label) => Value::Text(label),
            Self::Text(text) => Value::Text(text),
        }
    }
}

/// A type at its place in a message: every field it has so far.
pub(super) enum Node {
    Scalar(Scalar, usize),
    Unit,
    /// `Option<()>`: whether it is there.
    Presence(usize),
    Option(Box<Node>),
    All(Vec<Node>),
    /// The label's field, and the data of each variant once it has been met.
    Enum {
        variants: Rc<Vec<Variant>>,
        field: usize,
        path: String,
        data: Vec<Option<Node>>,
    },
    Seq {
        of: Rc<Type>,
        path: String,
        items: Vec<Node>,
    },
    Map {
        key: Scalar,
        of: Rc<Type>,
        path: String,
        items: Vec<(String, Node)>,
    },
}

impl Node {
    /// The beginnings of names whose fields only the data tell.
    pub(super) fn open(&self, each: &mut dyn FnMut(&str)) {
        match self {
            Self::Scalar(..) | Self::Unit | Self::Presence(_) => {}
            Self::Option(of) => of.open(each),
            Self::All(parts) => parts.iter().for_each(|part| part.open(each)),
            Self::Enum { path, .. } | Self::Seq { path, .. } | Self::Map { path, .. } => each(path),
        }
    }
}

/// The node of a type whose fields begin with `path`. As deep as the type, which the declaration has bounded.
pub(super) fn node(kind: &Type, path: &str, message: &mut Discovered) -> Result<Node, DecodeError> {
    message.spend().map_err(|excess| excess.at(0))?;
    let mut field = |kind, unit: &str| {
        let name = if path.is_empty() { "value" } else { path };
        match message.find(name, usize::MAX) {
            Some(field) => Ok(field),
            None => message.add(name, kind, unit).map_err(|excess| excess.at(0)),
        }
    };
    Ok(match kind {
        Type::Scalar(scalar, unit) => Node::Scalar(*scalar, field(scalar.kind(), unit)?),
        Type::Unit => Node::Unit,
        Type::Option(of) if of.is_empty() => Node::Presence(field(Kind::Bool, "")?),
        Type::Option(of) => Node::Option(Box::new(node(of, path, message)?)),
        Type::Seq(of) => Node::Seq { of: of.clone(), path: path.to_string(), items: Vec::new() },
        Type::Map(key, of) => Node::Map { key: *key, of: of.clone(), path: path.to_string(), items: Vec::new() },
        Type::Tuple(parts) => {
            let parts = parts.iter().enumerate();
            let node = |(index, part): (usize, &Type)| node(part, &join(path, &index.to_string()), message);
            Node::All(parts.map(node).collect::<Result<_, _>>()?)
        }
        Type::Struct(parts) => {
            let node = |(name, part): &(String, Type)| node(part, &join(path, name), message);
            Node::All(parts.iter().map(node).collect::<Result<_, _>>()?)
        }
        Type::Enum(variants) => Node::Enum {
            field: field(Kind::Text, "")?,
            data: variants.iter().map(|_| None).collect(),
            variants: variants.clone(),
            path: path.to_string(),
        },
    })
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_string() } else { format!("{path}.{name}") }
}

/// What is left of a frame.
pub(super) struct Input<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Input<'a> {
    pub(super) fn take(&mut self, len: usize) -> Result<&'a [u8], DecodeError> {
        let need = self.at.saturating_add(len);
        let taken = self.bytes.get(self.at..need).ok_or(DecodeError::TooShort { need, got: self.bytes.len() })?;
        self.at = need;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        Ok(self.take(N)?.first_chunk().copied().unwrap_or([0; N]))
    }

    fn byte(&mut self) -> Result<u8, DecodeError> {
        let [byte] = self.array()?;
        Ok(byte)
    }

    /// A varint: seven bits a byte, lowest first; longer than its type allows is an error (F18).
    pub(super) fn varint(&mut self, bits: u32) -> Result<u128, DecodeError> {
        let start = self.at;
        let mut value = 0u128;
        let mut shift = 0u32;
        loop {
            let byte = self.byte()?;
            let part = u128::from(byte & 0x7F);
            if shift >= bits || (shift + 7 > bits && part >> (bits - shift) != 0) {
                return Err(DecodeError::Syntax { at: start });
            }
            value |= part << shift;
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    /// A length; `each` is the least that one of that many takes, so that a lie is found before anything is done.
    fn length(&mut self, each: usize) -> Result<usize, DecodeError> {
        let at = self.at;
        let len = usize::try_from(self.varint(64)?).map_err(|_| DecodeError::Limit { at })?;
        let need = self.at.saturating_add(len.saturating_mul(each));
        if need > self.bytes.len() {
            return Err(DecodeError::TooShort { need, got: self.bytes.len() });
        }
        if each == 0 && len > FIELDS {
            return Err(DecodeError::Limit { at });
        }
        Ok(len)
    }

    fn flag(&mut self) -> Result<bool, DecodeError> {
        let at = self.at;
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(DecodeError::Syntax { at }),
        }
    }

    fn text(&mut self) -> Result<Cell<'a>, DecodeError> {
        let len = self.length(1)?;
        let bytes = self.take(len)?;
        Ok(match core::str::from_utf8(bytes) {
            Ok(text) => Cell::Value(Value::Text(text)),
            Err(_) => Cell::Text(String::from_utf8_lossy(bytes).to_string()),
        })
    }

    fn scalar(&mut self, scalar: Scalar) -> Result<Cell<'a>, DecodeError> {
        let at = self.at;
        Ok(Cell::Value(match scalar {
            Scalar::Bool => Value::Bool(self.flag()?),
            Scalar::U8 => Value::U64(self.byte()?.into()),
            Scalar::I8 => Value::I64(self.byte()?.cast_signed().into()),
            Scalar::Unsigned(bits) => {
                let value = self.varint(bits)?;
                match u64::try_from(value) {
                    Ok(value) if bits <= 64 => Value::U64(value),
                    _ => return Ok(Cell::Text(value.to_string())),
                }
            }
            Scalar::Signed(bits) => {
                let coded = self.varint(bits)?;
                let value = (coded >> 1).cast_signed() ^ -(coded & 1).cast_signed();
                match i64::try_from(value) {
                    Ok(value) if bits <= 64 => Value::I64(value),
                    _ => return Ok(Cell::Text(value.to_string())),
                }
            }
            Scalar::F32 => Value::F32(f32::from_le_bytes(self.array()?)),
            Scalar::F64 => Value::F64(f64::from_le_bytes(self.array()?)),
            Scalar::Char => match self.text()? {
                Cell::Value(Value::Text(text)) if text.chars().count() == 1 => Value::Text(text),
                _ => return Err(DecodeError::Syntax { at }),
            },
            Scalar::Str => return self.text(),
            Scalar::Bytes => {
                let len = self.length(1)?;
                Value::Bytes(self.take(len)?)
            }
        }))
    }
}

/// The values of one frame, with their fields.
pub(super) type Cells<'a> = Vec<(usize, Cell<'a>)>;

/// Reads what a node stands for. As deep as its type.
pub(super) fn read<'a>(
    node: &mut Node,
    input: &mut Input<'a>,
    message: &mut Discovered,
    cells: &mut Cells<'a>,
) -> Result<(), DecodeError> {
    let at = input.at;
    match node {
        Node::Scalar(scalar, field) => cells.push((*field, input.scalar(*scalar)?)),
        Node::Unit => {}
        Node::Presence(field) => cells.push((*field, Cell::Value(Value::Bool(input.flag()?)))),
        Node::Option(of) => {
            if input.flag()? {
                read(of, input, message, cells)?;
            }
        }
        Node::All(parts) => {
            for part in parts {
                read(part, input, message, cells)?;
            }
        }
        Node::Enum { variants, field, path, data } => {
            let number = u64::try_from(input.varint(32)?).map_err(|_| DecodeError::Syntax { at })?;
            let place = usize::try_from(number).unwrap_or(usize::MAX);
            let (Some(variant), Some(data)) = (variants.get(place), data.get_mut(place)) else {
                // Where no variant has data, an unknown one has none either; else what follows cannot be known (F19).
                if variants.iter().any(|variant| !variant.data.is_empty()) {
                    return Err(DecodeError::UnknownMessage { id: number });
                }
                cells.push((*field, Cell::Text(format!("unknown ({number})"))));
                return Ok(());
            };
            cells.push((*field, Cell::Label(variant.name.clone())));
            let data = match data {
                Some(data) => data,
                None => data.insert(self::node(&variant.data, &join(path, &variant.name), message)?),
            };
            read(data, input, message, cells)?;
        }
        Node::Seq { of, path, items } => {
            let len = input.length(usize::from(!of.is_empty()))?;
            if len > FIELDS {
                return Err(DecodeError::Limit { at });
            }
            for index in 0..len {
                if index >= items.len() {
                    items.push(self::node(of, &join(path, &index.to_string()), message)?);
                }
                if let Some(item) = items.get_mut(index) {
                    read(item, input, message, cells)?;
                }
            }
        }
        Node::Map { key, of, path, items } => {
            for _ in 0..input.length(1)? {
                let name = match input.scalar(*key)?.value() {
                    Value::Text(text) => text.to_string(),
                    Value::U64(value) => value.to_string(),
                    Value::I64(value) => value.to_string(),
                    Value::Bool(value) => value.to_string(),
                    _ => return Err(DecodeError::Syntax { at }),
                };
                if name.len() > NAME || items.len() > FIELDS {
                    return Err(DecodeError::Limit { at });
                }
                let known = items.binary_search_by(|(known, _)| known.cmp(&name));
                let place = match known {
                    Ok(place) => place,
                    Err(place) => {
                        let node = self::node(of, &join(path, &name), message)?;
                        items.insert(place, (name, node));
                        place
                    }
                };
                if let Some((_, item)) = items.get_mut(place) {
                    read(item, input, message, cells)?;
                }
            }
        }
    }
    Ok(())
}
