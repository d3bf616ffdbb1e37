//! A declared binary layout: what a C struct on the wire looks like.

mod declare;
mod flow;
mod many;
mod plan;
mod write;

use crate::protocol::scratch::Scratch;
use crate::protocol::{Parameter, Protocol, declaration};
use crate::setting::Refusal;
use crate::{DecodeError, Decoder, Sample, SettingError, Settings, Value};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use many::Columns;
use plan::{At, Plan, Read, Sum};

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "layout",
    summary: "Binary messages whose fields, types and places are declared.",
    source: "ISO/IEC 9899:2018, 6.7.2.1 (structures, packed); IEEE 754; Catalogue of parametrised CRC algorithms",
    framing: "cobs",
    parameters: &[
        Parameter {
            name: "messages",
            summary: "A list of tables { name, id, endian, fields }. A field: { name, type, unit, scale, offset, enum, \
                      count, length, until, endian }, its type u8 to u64 and i8 to i64 in steps of 8 bits, f32, f64, bool, text, bytes \
                      (the rest, or `count` of them, or as many as the number of the type `length` in front of them says, or up to \
                      the bytes of `until`); `count` is a number, the name of an integer that stands before, or \"rest\"; \
                      an integer may have `bits`, a list of { name, width, at, signed, \
                      unit, scale, offset, enum } from the least significant bit on; or { name, type = \"group\", \
                      count, fields }, { type = \"pad\", count }, { type = \"const\", value = \
                      \"0xAA55\" }, { type = \"checksum\", algorithm, endian, from, to }.",
            default: "",
        },
        Parameter { name: "commands", summary: "Messages that are only sent, declared like `messages`.", default: "" },
        Parameter { name: "endian", summary: "\"little\" or \"big\": the order of bytes.", default: "little" },
        Parameter {
            name: "discriminator",
            summary: "The type of an integer in front of every message; the message's `id` is its value.",
            default: "",
        },
        Parameter {
            name: "header",
            summary: "Fields in front of every message; one of them may have `discriminator = true`.",
            default: "",
        },
        Parameter {
            name: "crc",
            summary: "A checksum at the end of every message, over all of it, by its catalogue name.",
            default: "",
        },
        Parameter {
            name: "crc_endian",
            summary: "The order of its bytes; that of `endian` if not given.",
            default: "",
        },
    ],
    declare: |settings| declaration(parts(settings)),
};

/// Its two ends.
pub(super) fn parts(settings: &Settings) -> Result<(Layout, write::Writer), SettingError> {
    let messages = declare(settings, "messages")?;
    if messages.is_empty() {
        return Err(SettingError::new("messages", Refusal::NoMessage));
    }
    let mut sent = declare(settings, "commands")?;
    for (index, command) in sent.iter().enumerate() {
        if command.flow.as_ref().is_some_and(|flow| !flow.open.is_empty()) {
            return Err(SettingError::new(format!("commands[{index}].fields"), Refusal::CountSent));
        }
    }
    for message in declare(settings, "messages")? {
        let fixed = message.flow.as_ref().is_none_or(|flow| flow.open.is_empty());
        if fixed && !sent.iter().any(|command| command.name == message.name) {
            sent.push(message);
        }
    }
    let encoder = write::Writer::new(sent, trailer(settings)?);
    Ok((Layout::new(messages, trailer(settings)?), encoder))
}

fn declare(settings: &Settings, key: &str) -> Result<Vec<Plan>, SettingError> {
    declare::messages(settings, key, settings.list("header")?)
}

/// The checksum at the end of every message.
fn trailer(settings: &Settings) -> Result<Option<Sum>, SettingError> {
    let big = declare::endian(settings, "crc_endian", declare::endian(settings, "endian", false)?)?;
    let checksum = declare::checksum(settings, "crc")?;
    Ok(checksum.map(|checksum| Sum { at: At::End(checksum.bytes()), checksum, big, from: 0, to: None }))
}

pub(super) struct Layout {
    messages: Vec<Plan>,
    /// Id and message, in order of the ids.
    ids: Vec<(u64, usize)>,
    trailer: Option<Sum>,
    scratch: Scratch,
    columns: Columns,
    /// Text that is not in the frame as it is: labels of unknown values, repaired UTF-8.
    spill: Vec<String>,
}

impl Layout {
    fn new(messages: Vec<Plan>, trailer: Option<Sum>) -> Self {
        let mut ids: Vec<_> = messages.iter().enumerate().map(|(index, message)| (message.id, index)).collect();
        ids.sort_unstable();
        Self { messages, ids, trailer, scratch: Scratch::default(), columns: Columns::default(), spill: Vec::new() }
    }

    /// The message without the trailing checksum, which agrees.
    #[inline]
    fn body<'a>(&self, frame: &'a [u8]) -> Result<&'a [u8], DecodeError> {
        let Some(sum) = &self.trailer else { return Ok(frame) };
        let need = sum.checksum.bytes();
        let len = frame.len().checked_sub(need).ok_or(DecodeError::TooShort { need, got: frame.len() })?;
        sum.check(frame)?;
        Ok(frame.get(..len).unwrap_or_default())
    }

    /// The number of the message that the discriminator selects.
    #[inline]
    fn select(&self, body: &[u8]) -> Result<usize, DecodeError> {
        let Some((at, number)) = self.messages.first().and_then(|message| message.discriminator) else { return Ok(0) };
        let need = at.saturating_add(number.width());
        if body.len() < need {
            return Err(DecodeError::TooShort { need, got: body.len() });
        }
        let id = number.bits(body, at);
        let place = self.ids.binary_search_by_key(&id, |(id, _)| *id);
        let found = place.ok().and_then(|place| self.ids.get(place));
        found.map(|(_, index)| *index).ok_or(DecodeError::UnknownMessage { id })
    }
}

impl Decoder for Layout {
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let body = self.body(frame)?;
        let index = self.select(body)?;
        let Some(plan) = self.messages.get_mut(index) else { return Ok(()) };
        if let Some(flow) = &mut plan.flow {
            return flow.decode(body, &mut self.scratch, &mut self.spill, emit);
        }
        plan.check(body)?;
        self.spill.clear();
        self.spill.extend(plan.reads.iter().filter_map(|(at, read)| spilled(plan, *at, read, body)));
        let mut spill = self.spill.iter();
        let mut values = self.scratch.take();
        for (at, read) in &plan.reads {
            values.push(value(plan, *at, read, body, &mut spill));
        }
        emit(Sample { schema: plan.schema.schema(), values: &values });
        self.scratch.put(values);
        Ok(())
    }

    fn decode_many(
        &mut self,
        frames: &crate::Frames<'_>,
        from: usize,
        emit: &mut dyn FnMut(crate::Samples<'_>),
    ) -> usize {
        many::decode(self, frames, from, emit)
    }

    fn bytes_of(&self, frame: &[u8], message: &str, field: usize) -> Option<core::ops::Range<usize>> {
        let body = self.body(frame).ok()?;
        let plan = self.messages.get(self.select(body).ok()?).filter(|plan| plan.name == message)?;
        if let Some(flow) = &plan.flow {
            return flow.bytes_of(body, field);
        }
        plan.check(body).ok()?;
        let (at, read) = plan.reads.get(field)?;
        let from = at.of(body.len());
        let len = match read {
            Read::Number(number) | Read::Scaled(number, _) | Read::Label(number, _) => number.width(),
            Read::Text(len) | Read::Bytes(len) => part(plan, *at, *len, body).len(),
        };
        Some(from..from.saturating_add(len).min(body.len()))
    }

    fn declared(&self, each: &mut dyn FnMut(crate::Declared<'_>)) -> bool {
        for message in &self.messages {
            message.schema.schema().declared(each);
            for field in message.flow.iter().flat_map(|flow| &flow.open) {
                each(crate::Declared { message: &message.name, field, open: true });
            }
        }
        true
    }
}

/// The bytes of a text or bytes field.
fn part<'a>(plan: &Plan, at: At, len: Option<usize>, body: &'a [u8]) -> &'a [u8] {
    let at = at.of(body.len());
    let len = len.unwrap_or(body.len().saturating_sub(plan.len));
    body.get(at..at.saturating_add(len)).unwrap_or_default()
}

/// Text up to the first NUL, where its length is fixed and the rest of it padding.
fn chars(bytes: &[u8], len: Option<usize>) -> &[u8] {
    match len.and_then(|_| memchr::memchr(0, bytes)) {
        Some(end) => bytes.get(..end).unwrap_or_default(),
        None => bytes,
    }
}

fn label(labels: &[(u64, String)], bits: u64) -> Option<&str> {
    let place = labels.binary_search_by_key(&bits, |(bits, _)| *bits).ok()?;
    labels.get(place).map(|(_, label)| label.as_str())
}

/// Text that must be made for this field.
fn spilled(plan: &Plan, at: At, read: &Read, body: &[u8]) -> Option<String> {
    match read {
        Read::Text(len) => {
            let bytes = chars(part(plan, at, *len, body), *len);
            core::str::from_utf8(bytes).is_err().then(|| String::from_utf8_lossy(bytes).to_string())
        }
        _ => made(read, body, at.of(body.len())),
    }
}

/// The label that must be made for a number at a place.
fn made(read: &Read, body: &[u8], at: usize) -> Option<String> {
    let Read::Label(number, labels) = read else { return None };
    let bits = number.bits(body, at);
    label(labels, bits).is_none().then(|| match number.value(bits) {
        Value::I64(value) => format!("unknown ({value})"),
        _ => format!("unknown ({bits})"),
    })
}

/// The value of a number at a place.
fn number_value<'a>(read: &'a Read, body: &[u8], at: usize, spill: &mut core::slice::Iter<'a, String>) -> Value<'a> {
    match read {
        Read::Number(number) => number.value(number.bits(body, at)),
        Read::Scaled(number, scale) => Value::F64(scale.apply(number.double(number.bits(body, at)))),
        Read::Label(number, labels) => {
            let label = label(labels, number.bits(body, at));
            Value::Text(label.unwrap_or_else(|| spill.next().map_or("", String::as_str)))
        }
        Read::Text(_) | Read::Bytes(_) => Value::Null,
    }
}

fn value<'a>(
    plan: &'a Plan,
    at: At,
    read: &'a Read,
    body: &'a [u8],
    spill: &mut core::slice::Iter<'a, String>,
) -> Value<'a> {
    match read {
        Read::Text(len) => {
            let text = core::str::from_utf8(chars(part(plan, at, *len, body), *len));
            Value::Text(text.unwrap_or_else(|_| spill.next().map_or("", String::as_str)))
        }
        Read::Bytes(len) => Value::Bytes(part(plan, at, *len, body)),
        _ => number_value(read, body, at.of(body.len()), spill),
    }
}
