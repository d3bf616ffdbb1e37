//! JSON: an object is a sample, an array of objects as many.
//!
//! RFC 8259 leaves to whoever reads what some documents mean. Here:
//!
//! - A number that is too large for a double (section 6) is infinite, as in ECMAScript's `JSON.parse` and as in the
//!   other text protocols.
//! - A name that comes twice (section 4), whether as two equal keys or as `"a.b"` beside `{"a": {"b": …}}`, is a field
//!   each time, `a.b` and `a.b.2`. An empty key is named `value`.
//! - Half of a surrogate pair (section 8.2) is U+FFFD, as invalid UTF-8 is.
//!
//! In each case every other value of the frame is kept too.

mod huge;
mod mend;
mod reading;
mod surrogate;

use crate::protocol::declaration;
use crate::protocol::discover::{Discovered, sample, set, text};
use crate::protocol::line::Line;
use crate::protocol::scratch::Scratch;
use crate::{DecodeError, Decoder, Parameter, Protocol, Sample, SettingError, Settings};
use alloc::vec::Vec;
use reading::{Cell, Document, Node, Reading};
use serde::de::{DeserializeSeed, Deserializer};

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "json",
    summary: "One JSON document to a frame: an object is a sample, an array of objects as many.",
    source: "RFC 8259",
    framing: "lines",
    parameters: &[Parameter { name: "message", summary: "The name of the message.", default: "json" }],
    declare: |settings| declaration(parts(settings)),
};

/// Its two ends.
pub(super) fn parts(settings: &Settings) -> Result<(Json, Line), SettingError> {
    let message = Discovered::new(settings.text("message")?.unwrap_or("json"));
    Ok((Json { message, scratch: Scratch::default() }, Line))
}

pub(super) struct Json {
    message: Discovered,
    scratch: Scratch,
}

/// Whether the next value is an object cannot be asked of a deserializer; the text tells.
fn several(text: &str) -> bool {
    let mut tokens = text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    tokens.next() == Some(b'[') && tokens.next() == Some(b'{')
}

/// The cells of a reading, and where each sample ends among them.
type Said<'a> = (Vec<(usize, Cell<'a>)>, Vec<usize>);

fn read<'a>(message: &mut Discovered, text: &'a str, huge: huge::Huge) -> Result<Said<'a>, DecodeError> {
    let mut reading = Reading::new(message, huge);
    match parse(text, &mut reading) {
        Ok(()) => Ok((reading.cells, reading.ends)),
        Err(error) => {
            let at = offset(text, error.line(), error.column());
            Err(reading.excess.map_or(DecodeError::Syntax { at }, |excess| excess.at(at)))
        }
    }
}

fn parse<'a>(text: &'a str, reading: &mut Reading<'_, 'a>) -> Result<(), serde_json::Error> {
    let mut input = serde_json::Deserializer::from_str(text);
    if several(text) {
        (&mut input).deserialize_seq(Document(reading))?;
    } else {
        Node { reading, depth: 1 }.deserialize(&mut input)?;
        reading.end_sample();
    }
    input.end()
}

/// The offset of a line and column, both counted from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    before.saturating_add(column.saturating_sub(1)).min(text.len())
}

impl Decoder for Json {
    /// An empty frame is good and says nothing; so is an object without fields.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let text = text(frame);
        if text.trim().is_empty() {
            return Ok(());
        }
        let mended;
        let read_once = read(&mut self.message, &text, huge::Huge::default());
        let (cells, ends) = match read_once {
            Err(DecodeError::Syntax { at }) => {
                // Rare, and then the frame is read once more: what the parser refuses and the grammar permits.
                let Some((text, huge)) = mend::mended(&text) else { return Err(DecodeError::Syntax { at }) };
                mended = text;
                read(&mut self.message, &mended, huge)?
            }
            other => other?,
        };
        let mut values = self.scratch.take();
        let mut from = 0;
        for end in ends {
            values.clear();
            for (field, cell) in cells.get(from..end).unwrap_or_default() {
                set(&mut values, *field, cell.value());
            }
            from = end;
            if !values.is_empty() {
                emit(sample(self.message.schema(), &values));
            }
        }
        self.scratch.put(values);
        Ok(())
    }
}
