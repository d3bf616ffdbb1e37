//! Lines of text, as they are.

use crate::protocol::declaration;
use crate::protocol::discover::{sample, text};
use crate::protocol::line::Line;
use crate::{DecodeError, Decoder, Field, Kind, Protocol, Sample, Schema, SettingError, Settings, Value};

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "text",
    summary: "Each line is a sample with the one field `line`.",
    source: "The Unicode Standard, section 3.9, U+FFFD Substitution of Maximal Subparts",
    framing: "lines",
    parameters: &[],
    declare: |settings| declaration(parts(settings)),
};

/// Its two ends.
pub(super) fn parts(_: &Settings) -> Result<(Text, Line), SettingError> {
    Ok((Text, Line))
}

const FIELDS: &[Field<'static>] = &[Field { name: "line", kind: Kind::Text, unit: "" }];

pub(super) struct Text;

impl Decoder for Text {
    /// Every line is good, an empty one too. Invalid UTF-8 becomes U+FFFD.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let schema = Schema { index: 0, name: "text", fields: FIELDS };
        emit(sample(schema, &[Value::Text(&text(frame))]));
        Ok(())
    }
}
