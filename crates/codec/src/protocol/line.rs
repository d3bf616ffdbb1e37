//! The encoder of text protocols: a command is a line.

use crate::{EncodeError, Encoder, Field, Kind, Schema, Value};

const FIELDS: &[Field<'static>] = &[Field { name: "line", kind: Kind::Text, unit: "" }];
const COMMANDS: &[Schema<'static>] = &[Schema { index: 0, name: "line", fields: FIELDS }];

/// Sends a line as it is. Its one command is `line`, with the text as its argument.
pub(crate) struct Line;

impl Encoder for Line {
    fn commands(&self) -> &[Schema<'_>] {
        COMMANDS
    }

    fn encode(&self, command: &str, args: &[Value<'_>], payload: &mut [u8]) -> Result<usize, EncodeError> {
        if command != "line" {
            return Err(EncodeError::UnknownCommand);
        }
        let bytes = match args {
            [Value::Text(text)] => text.as_bytes(),
            [Value::Bytes(bytes)] => bytes,
            [_] | [] => return Err(EncodeError::Argument { index: 0 }),
            [..] => return Err(EncodeError::Argument { index: 1 }),
        };
        let need = bytes.len();
        payload.get_mut(..need).ok_or(EncodeError::BufferTooSmall { need })?.copy_from_slice(bytes);
        Ok(need)
    }
}
