//! Postcard by a declared schema.

mod declare;
mod kind;
mod read;
mod write;

use crate::checksum::Checksum;
use crate::protocol::discover::{Discovered, set};
use crate::protocol::number::Number;
use crate::protocol::scratch::Scratch;
use crate::protocol::{Parameter, Protocol, declaration};
use crate::setting::{Named, Refusal, unknown};
use crate::{DecodeError, Decoder, Kind, Sample, SettingError, Settings};
use alloc::vec::Vec;
use read::{Cells, Input, Node, node, read};

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "postcard",
    summary: "Messages of Rust's postcard format, by their declared types.",
    source: "The Postcard Wire Specification, version 1",
    framing: "cobs",
    parameters: &[
        Parameter {
            name: "messages",
            summary: "A list of tables { name, id, fields }. A field: { name, type, unit }, its type bool, u8 to u128, \
                      i8 to i128, f32, f64, char, str, bytes or unit; or { type = \"option\" or \"seq\", of }, { type = \
                      \"array\", of, len }, { type = \"tuple\", of = [types] }, { type = \"struct\", fields }, { type = \
                      \"enum\", variants = [\"name\", { name, fields or of }] }, { type = \"map\", key, of }.",
            default: "",
        },
        Parameter { name: "commands", summary: "Messages that are only sent, declared like `messages`.", default: "" },
        Parameter {
            name: "discriminator",
            summary: "What stands in front of every message and is its `id`: \"varint\" (an enum of messages), or \"u8\", \
                      \"u16\", \"u32\", \"u64\" of fixed width, little-endian.",
            default: "",
        },
        Parameter {
            name: "crc",
            summary: "A checksum at the end of every message, over all of it, by its catalogue name.",
            default: "",
        },
        Parameter { name: "crc_endian", summary: "The order of its bytes: \"little\" or \"big\".", default: "little" },
    ],
    declare: |settings| declaration(parts(settings)),
};

/// What stands in front of every message.
#[derive(Clone, Copy)]
enum Discriminator {
    Varint,
    Fixed(Number),
}

/// The checksum at the end of every message.
struct Trailer {
    checksum: Checksum,
    big: bool,
}

impl Trailer {
    fn parse(settings: &Settings) -> Result<Option<Self>, SettingError> {
        let big = settings.choice("crc_endian", &[("little", false), ("big", true)])?.unwrap_or(false);
        let Some(name) = settings.text("crc")? else { return Ok(None) };
        let checksum = Checksum::find(name);
        let checksum =
            checksum.ok_or_else(|| SettingError::new("crc", unknown(Named::Checksum, name, Checksum::names())))?;
        Ok(Some(Self { checksum, big }))
    }

    fn append(&self, bytes: &mut Vec<u8>) {
        let start = bytes.len();
        let sum = self.checksum.compute(bytes).to_le_bytes();
        bytes.extend(sum.iter().take(self.checksum.bytes()));
        if let (true, Some(sum)) = (self.big, bytes.get_mut(start..)) {
            sum.reverse();
        }
    }

    /// The frame without it, if it agrees.
    fn strip<'a>(&self, frame: &'a [u8]) -> Result<&'a [u8], DecodeError> {
        let (need, got) = (self.checksum.bytes(), frame.len());
        let split = frame.len().checked_sub(need).and_then(|at| frame.split_at_checked(at));
        let (body, sum) = split.ok_or(DecodeError::TooShort { need, got })?;
        let join = |value: u128, byte: &u8| value << 8 | u128::from(*byte);
        let got = if self.big { sum.iter().fold(0, join) } else { sum.iter().rev().fold(0, join) };
        let expected = self.checksum.compute(body);
        if got == expected {
            return Ok(body);
        }
        #[expect(clippy::cast_possible_truncation, reason = "the low 64 bits tell enough of the one wider CRC")]
        Err(DecodeError::Checksum { expected: expected as u64, got: got as u64, bytes: self.checksum.bytes() as u8 })
    }
}

fn discriminator(settings: &Settings) -> Result<Option<Discriminator>, SettingError> {
    let fixed = |name: &str| Number::parse(name, false).filter(|number| number.kind() == Kind::U64);
    match settings.text("discriminator")? {
        None => Ok(None),
        Some("varint") => Ok(Some(Discriminator::Varint)),
        Some(name) => match fixed(name) {
            Some(number) => Ok(Some(Discriminator::Fixed(number))),
            None => {
                let known = ["varint", "u8", "u16", "u32", "u64"].into_iter();
                Err(SettingError::new("discriminator", unknown(Named::Type, name, known)))
            }
        },
    }
}

/// Its two ends.
pub(super) fn parts(settings: &Settings) -> Result<(Postcard, write::Writer), SettingError> {
    let discriminator = discriminator(settings)?;
    let declare = |key| declare::messages(settings, key, discriminator.is_some());
    let mut messages = Vec::new();
    for (index, message) in declare("messages")?.into_iter().enumerate() {
        let mut fields = Discovered::numbered(index, &message.name);
        let many = |_| SettingError::new(alloc::format!("messages[{index}].fields"), Refusal::FieldsOrNames);
        let node = node(&message.fields, "", &mut fields).map_err(many)?;
        messages.push(Known { id: message.id, node, fields });
    }
    if messages.is_empty() {
        return Err(SettingError::new("messages", Refusal::NoMessage));
    }
    let mut sent = declare("commands")?;
    for message in declare("messages")? {
        if !sent.iter().any(|command| command.name == message.name) {
            sent.push(message);
        }
    }
    let encoder = write::Writer::new(sent, discriminator, Trailer::parse(settings)?);
    let trailer = Trailer::parse(settings)?;
    Ok((Postcard { messages, discriminator, trailer, scratch: Scratch::default() }, encoder))
}

struct Known {
    id: u64,
    node: Node,
    fields: Discovered,
}

pub(super) struct Postcard {
    messages: Vec<Known>,
    discriminator: Option<Discriminator>,
    trailer: Option<Trailer>,
    scratch: Scratch,
}

impl Decoder for Postcard {
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let body = match &self.trailer {
            Some(trailer) => trailer.strip(frame)?,
            None => frame,
        };
        let mut input = Input { bytes: body, at: 0 };
        let id = match self.discriminator {
            None => 0,
            Some(Discriminator::Varint) => {
                u64::try_from(input.varint(64)?).map_err(|_| DecodeError::Syntax { at: 0 })?
            }
            Some(Discriminator::Fixed(number)) => number.bits(input.take(number.width())?, 0),
        };
        let known = self.messages.iter_mut().find(|message| message.id == id);
        let message = known.ok_or(DecodeError::UnknownMessage { id })?;
        let mut cells = Cells::new();
        read(&mut message.node, &mut input, &mut message.fields, &mut cells)?;
        if input.at < body.len() {
            return Err(DecodeError::TooLong { need: input.at, got: body.len() });
        }
        let mut values = self.scratch.take();
        for (field, cell) in &cells {
            set(&mut values, *field, cell.value());
        }
        emit(Sample { schema: message.fields.schema(), values: &values });
        self.scratch.put(values);
        Ok(())
    }

    fn declared(&self, each: &mut dyn FnMut(crate::Declared<'_>)) -> bool {
        for message in &self.messages {
            let schema = message.fields.schema();
            schema.declared(each);
            let mut open = |field: &str| each(crate::Declared { message: schema.name, field, open: true });
            message.node.open(&mut open);
        }
        true
    }
}
