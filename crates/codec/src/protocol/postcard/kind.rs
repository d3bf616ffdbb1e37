//! The types of the postcard data model (The Postcard Wire Specification, "Serde Data Model Types").

use crate::Kind;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

/// A type of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    Bool,
    /// One byte as it is.
    U8,
    I8,
    /// A varint of at most this many bits.
    Unsigned(u32),
    /// The same, zigzag.
    Signed(u32),
    F32,
    F64,
    Char,
    Str,
    Bytes,
}

impl Scalar {
    pub(super) const NAMES: &[(&str, Self)] = &[
        ("bool", Self::Bool),
        ("u8", Self::U8),
        ("i8", Self::I8),
        ("u16", Self::Unsigned(16)),
        ("u32", Self::Unsigned(32)),
        ("u64", Self::Unsigned(64)),
        ("u128", Self::Unsigned(128)),
        ("usize", Self::Unsigned(64)),
        ("i16", Self::Signed(16)),
        ("i32", Self::Signed(32)),
        ("i64", Self::Signed(64)),
        ("i128", Self::Signed(128)),
        ("isize", Self::Signed(64)),
        ("f32", Self::F32),
        ("f64", Self::F64),
        ("char", Self::Char),
        ("str", Self::Str),
        ("string", Self::Str),
        ("bytes", Self::Bytes),
    ];

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, scalar)| *scalar)
    }

    /// Integers of 128 bits are kept as decimal text.
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Bool => Kind::Bool,
            Self::U8 | Self::Unsigned(..=64) => Kind::U64,
            Self::I8 | Self::Signed(..=64) => Kind::I64,
            Self::F32 => Kind::F32,
            Self::F64 => Kind::F64,
            Self::Char | Self::Str | Self::Unsigned(_) | Self::Signed(_) => Kind::Text,
            Self::Bytes => Kind::Bytes,
        }
    }
}

/// A variant of an enum; its number is its place.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub(super) name: Rc<str>,
    pub(super) data: Type,
}

/// Any type. A newtype is what it holds, so it needs no entry.
#[derive(Clone, Debug)]
pub(super) enum Type {
    /// With its unit.
    Scalar(Scalar, String),
    Unit,
    Option(Box<Type>),
    Seq(Rc<Type>),
    /// Tuples and arrays.
    Tuple(Vec<Type>),
    Struct(Vec<(String, Type)>),
    Enum(Rc<Vec<Variant>>),
    Map(Scalar, Rc<Type>),
}

impl Type {
    /// Whether a value of this type takes no bytes.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Unit => true,
            Self::Tuple(parts) => parts.iter().all(Self::is_empty),
            Self::Struct(parts) => parts.iter().all(|(_, part)| part.is_empty()),
            _ => false,
        }
    }
}
