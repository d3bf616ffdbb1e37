//! What a decoder says about a message: its schema, and the values of one sample.

#[cfg(feature = "alloc")]
mod owned;

#[cfg(feature = "alloc")]
pub use owned::OwnedSchema;

/// How the values of a field are kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// True or false.
    Bool,
    /// A signed integer of up to 64 bits.
    I64,
    /// An unsigned integer of up to 64 bits.
    U64,
    /// IEEE 754 binary32.
    F32,
    /// IEEE 754 binary64.
    F64,
    /// UTF-8 text; also the label of an enumeration.
    Text,
    /// Raw bytes.
    Bytes,
}

/// One column of a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field<'a> {
    /// The device's own name; parts of a nested field are joined by dots ("imu.ax").
    pub name: &'a str,
    /// How its values are kept.
    pub kind: Kind,
    /// The unit as UCUM text ("m/s2", "Cel"), or empty.
    pub unit: &'a str,
}

/// A kind of message. Its fields only ever grow, at the end: an index is an identity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schema<'a> {
    /// The decoder's number for this kind of message: small, dense, stable while the decoder lives.
    pub index: usize,
    /// The message's name.
    pub name: &'a str,
    /// Its columns.
    pub fields: &'a [Field<'a>],
}

impl Schema<'_> {
    /// Names its fields.
    #[cfg(feature = "alloc")]
    pub(crate) fn declared(&self, each: &mut dyn FnMut(crate::Declared<'_>)) {
        for field in self.fields {
            each(crate::Declared { message: self.name, field: field.name, open: false });
        }
    }
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// The message did not say.
    Null,
    /// See [`Kind::Bool`].
    Bool(bool),
    /// See [`Kind::I64`].
    I64(i64),
    /// See [`Kind::U64`].
    U64(u64),
    /// See [`Kind::F32`].
    F32(f32),
    /// See [`Kind::F64`].
    F64(f64),
    /// See [`Kind::Text`].
    Text(&'a str),
    /// See [`Kind::Bytes`].
    Bytes(&'a [u8]),
}

/// One decoded message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample<'a> {
    /// What kind of message it is.
    pub schema: Schema<'a>,
    /// One value per field, in the order of the fields; may be shorter, never longer. A value has its
    /// field's kind, save where the device itself changes its mind: a decoder that discovers fields gives
    /// each the kind of its first value, and what comes later is passed on as it is (text in a field of
    /// numbers; an integer beyond 2^53, exact, in a field of kind `F64`).
    pub values: &'a [Value<'a>],
}
