//! Commands in postcard.

use super::declare::Message;
use super::kind::{Scalar, Type};
use super::{Discriminator, Trailer};
use crate::protocol::commands::Commands;
use crate::protocol::discover::Discovered;
use crate::protocol::number::{Meaning, Number, integer, truth};
use crate::schema::OwnedSchema;
use crate::{EncodeError, Encoder, Schema, Value};
use alloc::vec::Vec;

pub(in crate::protocol) struct Writer {
    messages: Vec<Message>,
    discriminator: Option<Discriminator>,
    trailer: Option<Trailer>,
    commands: Commands,
}

impl Writer {
    /// Only messages with a fixed list of fields can be sent: what has a sequence, a map or an enum with data cannot.
    pub(super) fn new(messages: Vec<Message>, discriminator: Option<Discriminator>, trailer: Option<Trailer>) -> Self {
        let fixed = |message: &Message| leaves(&message.fields).is_some();
        let messages: Vec<Message> = messages.into_iter().filter(fixed).collect();
        let schema = |(index, message): (usize, &Message)| -> OwnedSchema {
            let mut fields = Discovered::new(&message.name);
            // It cannot have too many: the same type was a message before.
            let _ = super::read::node(&message.fields, "", &mut fields);
            fields.copy(index)
        };
        let schemas = messages.iter().enumerate().map(schema).collect();
        Self { messages, discriminator, trailer, commands: Commands::list(schemas) }
    }
}

impl Encoder for Writer {
    fn commands(&self) -> &[Schema<'_>] {
        self.commands.schemas()
    }

    fn encode(&self, command: &str, args: &[Value<'_>], payload: &mut [u8]) -> Result<usize, EncodeError> {
        let found = self.messages.iter().find(|message| message.name == command);
        let message = found.ok_or(EncodeError::UnknownCommand)?;
        let want = leaves(&message.fields).unwrap_or(0);
        if args.len() != want {
            return Err(EncodeError::Argument { index: args.len().min(want) });
        }
        let mut output = Output { bytes: Vec::new(), args, index: 0 };
        match self.discriminator {
            None => {}
            Some(Discriminator::Varint) => output.varint(message.id.into()),
            Some(Discriminator::Fixed(number)) => {
                output.bytes.resize(number.width(), 0);
                number.put(message.id, &mut output.bytes, 0).ok_or(EncodeError::UnknownCommand)?;
            }
        }
        output.write(&message.fields)?;
        let mut bytes = output.bytes;
        if let Some(trailer) = &self.trailer {
            trailer.append(&mut bytes);
        }
        let need = bytes.len();
        payload.get_mut(..need).ok_or(EncodeError::BufferTooSmall { need })?.copy_from_slice(&bytes);
        Ok(need)
    }
}

/// The arguments a type takes; `None` where that is not fixed.
fn leaves(kind: &Type) -> Option<usize> {
    match kind {
        Type::Scalar(..) => Some(1),
        Type::Unit => Some(0),
        Type::Option(of) if of.is_empty() => Some(1),
        Type::Option(of) => leaves(of),
        Type::Tuple(parts) => parts.iter().map(leaves).sum(),
        Type::Struct(parts) => parts.iter().map(|(_, part)| leaves(part)).sum(),
        Type::Enum(variants) => variants.iter().all(|variant| variant.data.is_empty()).then_some(1),
        Type::Seq(_) | Type::Map(..) => None,
    }
}

struct Output<'a> {
    bytes: Vec<u8>,
    args: &'a [Value<'a>],
    index: usize,
}

impl<'a> Output<'a> {
    fn varint(&mut self, mut value: u128) {
        loop {
            let low = (value & 0x7F) as u8;
            value >>= 7;
            if value == 0 {
                return self.bytes.push(low);
            }
            self.bytes.push(low | 0x80);
        }
    }

    fn arg(&mut self) -> Option<&'a Value<'a>> {
        let arg = self.args.get(self.index);
        self.index += 1;
        arg
    }

    fn write(&mut self, kind: &Type) -> Result<(), EncodeError> {
        let index = self.index;
        self.part(kind)?.ok_or(EncodeError::Argument { index })
    }

    /// `None`: the present argument does not fit.
    fn part(&mut self, kind: &Type) -> Result<Option<()>, EncodeError> {
        match kind {
            Type::Scalar(scalar, _) => Ok(self.arg().and_then(|arg| self.scalar(*scalar, arg))),
            Type::Unit | Type::Seq(_) | Type::Map(..) => Ok(Some(())),
            Type::Option(of) => {
                let own = self.args.get(self.index..).unwrap_or_default().iter().take(leaves(kind).unwrap_or(0));
                let there = if of.is_empty() {
                    self.arg().and_then(truth)
                } else {
                    Some(own.clone().any(|arg| *arg != Value::Null))
                };
                let Some(there) = there else { return Ok(None) };
                self.bytes.push(there.into());
                match (there, of.is_empty()) {
                    (true, _) => self.part(of),
                    (false, true) => Ok(Some(())),
                    (false, false) => {
                        self.index += own.len();
                        Ok(Some(()))
                    }
                }
            }
            Type::Tuple(parts) => {
                for part in parts {
                    self.write(part)?;
                }
                Ok(Some(()))
            }
            Type::Struct(parts) => {
                for (_, part) in parts {
                    self.write(part)?;
                }
                Ok(Some(()))
            }
            Type::Enum(variants) => {
                let number = match self.arg() {
                    Some(Value::Text(text)) => variants.iter().position(|variant| *variant.name == **text),
                    Some(arg) => integer(arg).and_then(|number| usize::try_from(number).ok()),
                    None => None,
                };
                let number =
                    number.filter(|number| *number < variants.len()).and_then(|number| u128::try_from(number).ok());
                Ok(number.map(|number| self.varint(number)))
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar, arg: &Value<'_>) -> Option<()> {
        let number = |meaning, width| Number { meaning, width, big: false, slice: None };
        let fixed = |bytes: &mut Vec<u8>, number: Number| {
            let bits = number.bits_of(arg)?.to_le_bytes();
            bytes.extend_from_slice(bits.get(..number.width())?);
            Some(())
        };
        match scalar {
            Scalar::Bool => self.bytes.push(truth(arg)?.into()),
            Scalar::U8 => fixed(&mut self.bytes, number(Meaning::Unsigned, 1))?,
            Scalar::I8 => fixed(&mut self.bytes, number(Meaning::Signed, 1))?,
            Scalar::F32 => fixed(&mut self.bytes, number(Meaning::Float, 4))?,
            Scalar::F64 => fixed(&mut self.bytes, number(Meaning::Float, 8))?,
            Scalar::Unsigned(bits) => {
                let value = u128::try_from(integer(arg)?).ok()?;
                if bits < 128 && value >> bits != 0 {
                    return None;
                }
                self.varint(value);
            }
            Scalar::Signed(bits) => {
                let value = integer(arg)?;
                let rest = value >> bits.saturating_sub(1);
                if rest != 0 && rest != -1 {
                    return None;
                }
                self.varint(((value << 1) ^ (value >> 127)).cast_unsigned());
            }
            Scalar::Char | Scalar::Str | Scalar::Bytes => {
                let bytes = match arg {
                    Value::Text(text) if scalar != Scalar::Char || text.chars().count() == 1 => text.as_bytes(),
                    Value::Bytes(bytes) if scalar == Scalar::Bytes => bytes,
                    _ => return None,
                };
                self.varint(u128::try_from(bytes.len()).ok()?);
                self.bytes.extend_from_slice(bytes);
            }
        }
        Some(())
    }
}
