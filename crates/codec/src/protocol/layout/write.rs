//! Commands in a declared layout: constants, discriminator and checksums are filled in.

use super::flow;
use super::plan::{At, Plan, Read, Sum};
use crate::protocol::commands::Commands;
use crate::protocol::number::float;
use crate::{EncodeError, Encoder, Schema, Value};
use alloc::vec::Vec;

pub(in crate::protocol) struct Writer {
    plans: Vec<Plan>,
    trailer: Option<Sum>,
    commands: Commands,
}

impl Writer {
    pub(super) fn new(plans: Vec<Plan>, trailer: Option<Sum>) -> Self {
        let schemas = plans.iter().enumerate().map(|(index, plan)| plan.schema.copy(index)).collect();
        Self { plans, trailer, commands: Commands::list(schemas) }
    }
}

impl Writer {
    /// The body of a command and the check sequence behind it, if there is one.
    fn sealed(&self, body: &[u8], payload: &mut [u8]) -> Result<usize, EncodeError> {
        let need = body.len().saturating_add(self.trailer.as_ref().map_or(0, |sum| sum.checksum.bytes()));
        let small = EncodeError::BufferTooSmall { need };
        let frame = payload.get_mut(..need).ok_or(small)?;
        copy(body, frame, 0, body.len()).ok_or(small)?;
        if let Some(sum) = &self.trailer {
            sum.put(frame).ok_or(small)?;
        }
        Ok(need)
    }
}

impl Encoder for Writer {
    fn commands(&self) -> &[Schema<'_>] {
        self.commands.schemas()
    }

    fn encode(&self, command: &str, args: &[Value<'_>], payload: &mut [u8]) -> Result<usize, EncodeError> {
        let plan = self.plans.iter().find(|plan| plan.name == command).ok_or(EncodeError::UnknownCommand)?;
        let fields = plan.schema.len();
        if args.len() != fields {
            return Err(EncodeError::Argument { index: args.len().min(fields) });
        }
        if let Some(body) = flow::encode(plan, args) {
            return self.sealed(&body?, payload);
        }
        let rest = |((_, read), arg): (&(At, Read), &Value<'_>)| match read {
            Read::Text(None) | Read::Bytes(None) => bytes(arg).map(<[u8]>::len),
            _ => None,
        };
        let rest = plan.reads.iter().zip(args).find_map(rest).unwrap_or(0);
        let len = plan.len.saturating_add(rest);
        let sum_len = self.trailer.as_ref().map_or(0, |sum| sum.checksum.bytes());
        let need = len.saturating_add(sum_len);
        let small = EncodeError::BufferTooSmall { need };
        let frame = payload.get_mut(..need).ok_or(small)?;
        frame.fill(0);
        let body = frame.get_mut(..len).ok_or(small)?;
        if let Some((at, number)) = plan.discriminator {
            number.put(plan.id, body, at).ok_or(small)?;
        }
        for (at, constant) in &plan.constants {
            copy(constant, body, at.of(len), constant.len()).ok_or(small)?;
        }
        for (index, ((at, read), arg)) in plan.reads.iter().zip(args).enumerate() {
            field(read, arg, body, at.of(len), rest).ok_or(EncodeError::Argument { index })?;
        }
        for sum in &plan.sums {
            sum.put(body).ok_or(small)?;
        }
        if let Some(sum) = &self.trailer {
            sum.put(frame).ok_or(small)?;
        }
        Ok(need)
    }
}

pub(super) fn bytes<'a>(value: &Value<'a>) -> Option<&'a [u8]> {
    match *value {
        Value::Text(text) => Some(text.as_bytes()),
        Value::Bytes(bytes) => Some(bytes),
        _ => None,
    }
}

/// Copies into a part of at most `len` bytes.
fn copy(from: &[u8], to: &mut [u8], at: usize, len: usize) -> Option<()> {
    let to = to.get_mut(at..at.saturating_add(len))?;
    to.get_mut(..from.len())?.copy_from_slice(from);
    Some(())
}

pub(super) fn field(read: &Read, arg: &Value<'_>, body: &mut [u8], at: usize, rest: usize) -> Option<()> {
    match read {
        Read::Number(number) => number.put(number.bits_of(arg)?, body, at),
        Read::Scaled(number, scale) => {
            let raw = scale.undo(float(arg)?);
            let raw =
                if number.kind() == crate::Kind::F64 || number.kind() == crate::Kind::F32 { raw } else { round(raw) };
            number.put(number.bits_of(&Value::F64(raw))?, body, at)
        }
        Read::Label(number, labels) => {
            let named = match arg {
                Value::Text(text) => labels.iter().find(|(_, label)| label == text).map(|(bits, _)| *bits),
                _ => None,
            };
            number.put(named.or_else(|| number.bits_of(arg))?, body, at)
        }
        Read::Text(len) | Read::Bytes(len) => copy(bytes(arg)?, body, at, len.unwrap_or(rest)),
    }
}

/// To the nearest whole number, halves away from zero; `core` has no `round`.
#[expect(clippy::cast_possible_truncation, reason = "beyond 2^53 a double is whole already")]
#[expect(clippy::cast_precision_loss, reason = "beyond 2^53 a double is whole already")]
fn round(value: f64) -> f64 {
    if value.is_nan() || value.abs() >= 9_007_199_254_740_992.0 {
        return value;
    }
    let half = if value < 0.0 { -0.5 } else { 0.5 };
    (value + half) as i64 as f64
}
