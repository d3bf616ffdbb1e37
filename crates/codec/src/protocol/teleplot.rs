//! Teleplot lines: `>name:1234`, `>name:1627551892437:21.5§°C`, `>track:12.3:45.6|xy`. Of the flags `t` (text), `xy` and `np` (not
//! to be plotted by itself) mean something; others, such as `g`, are those of statsd and say nothing.

use crate::protocol::declaration;
use crate::protocol::discover::{Discovered, Excess, read, sample, set, text};
use crate::protocol::line::Line;
use crate::protocol::scratch::Scratch;
use crate::{DecodeError, Decoder, Kind, Parameter, Protocol, Sample, SettingError, Settings, Value};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "teleplot",
    summary: "Teleplot lines, `>name:value`, with unit, time, text and XY points; what has no `>` is a log for the terminal.",
    source: "Teleplot, README, \"Telemetry Format\" (github.com/nesnes/teleplot)",
    framing: "lines",
    parameters: &[
        Parameter {
            name: "prefix",
            summary: "What a line of telemetry begins with; \"\" where every line is one, as over UDP.",
            default: ">",
        },
        Parameter { name: "message", summary: "The name of the message.", default: "teleplot" },
    ],
    declare: |settings| declaration(parts(settings)),
};

/// Its two ends.
pub(super) fn parts(settings: &Settings) -> Result<(Teleplot, Line), SettingError> {
    Ok((Teleplot::new(settings)?, Line))
}

pub(super) struct Teleplot {
    prefix: String,
    message: Discovered,
    /// By field: it is not to be plotted by itself.
    unplotted: Vec<bool>,
    scratch: Scratch,
}

/// A line of telemetry, apart into what stands in it.
struct Telemetry<'a> {
    name: &'a str,
    points: &'a str,
    unit: &'a str,
    shape: Shape,
    /// The flag `np`, "no plot".
    unplotted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Number,
    Text,
    Xy,
}

/// A value, the second one of an XY point, and the device's time in milliseconds.
type Point<'a> = (Value<'a>, Option<Value<'a>>, Option<Value<'a>>);

impl Teleplot {
    fn new(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            prefix: settings.text("prefix")?.unwrap_or(">").to_string(),
            message: Discovered::new(settings.text("message")?.unwrap_or("teleplot")),
            unplotted: Vec::new(),
            scratch: Scratch::default(),
        })
    }

    /// Where the values of a line stand in its samples: value, second value, time.
    fn fields(&mut self, line: &Telemetry<'_>, point: &Point<'_>) -> Result<[Option<usize>; 3], Excess> {
        let (value, second, time) = point;
        let name = line.name;
        let (message, unplotted) = (&mut self.message, &mut self.unplotted);
        let mut field = |name: &str, value: &Value<'_>, unit: &str, quiet: bool| match message.find(name, 0) {
            Some(field) => Ok(field),
            None => {
                let kind = if matches!(value, Value::Text(_)) { Kind::Text } else { Kind::F64 };
                let field = message.add(name, kind, unit)?;
                // Whether it is plotted is settled when it comes first.
                unplotted.push(quiet || line.unplotted);
                Ok(field)
            }
        };
        Ok(match second {
            Some(second) => [
                Some(field(&format!("{name}.x"), value, line.unit, false)?),
                Some(field(&format!("{name}.y"), second, line.unit, false)?),
                time.map(|time| field(&format!("{name}.time"), &time, "ms", true)).transpose()?,
            ],
            None => [
                Some(field(name, value, line.unit, false)?),
                None,
                time.map(|time| field(&format!("{name}.time"), &time, "ms", true)).transpose()?,
            ],
        })
    }
}

impl<'a> Telemetry<'a> {
    /// None for a line that is a log: `>:text`, `>1627551892437:text`.
    fn read(line: &'a str) -> Result<Option<Self>, DecodeError> {
        let (name, rest) = line.split_once(':').ok_or(DecodeError::Syntax { at: 0 })?;
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        let (rest, flags) = rest.rsplit_once('|').unwrap_or((rest, ""));
        let (points, unit) = rest.split_once('§').unwrap_or((rest, ""));
        let has = |wanted: &str| flags.split(',').any(|flag| flag.trim() == wanted);
        let shape = if has("t") || name.starts_with("3D|") {
            Shape::Text
        } else if has("xy") {
            Shape::Xy
        } else {
            Shape::Number
        };
        Ok(Some(Self { name: name.trim(), points, unit: unit.trim(), shape, unplotted: has("np") }))
    }

    fn points(&self) -> impl Iterator<Item = Result<Point<'a>, DecodeError>> {
        let (shape, start) = (self.shape, self.points);
        let pieces = self.points.split(';').map(str::trim).filter(|piece| !piece.is_empty());
        pieces.map(move |piece| {
            let at = piece.as_ptr().addr().saturating_sub(start.as_ptr().addr());
            point(shape, piece).ok_or(DecodeError::Syntax { at })
        })
    }
}

fn point(shape: Shape, piece: &str) -> Option<Point<'_>> {
    let number = |text: &str| text.trim().parse().ok().map(Value::F64);
    if shape == Shape::Text {
        let timed = piece.split_once(':').filter(|(time, _)| time.bytes().all(|byte| byte.is_ascii_digit()));
        return Some(match timed {
            Some((time, text)) => (Value::Text(text), None, number(time)),
            None => (Value::Text(piece), None, None),
        });
    }
    let mut parts = piece.split(':');
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    match (shape, second, third) {
        (Shape::Xy, Some(second), None) => Some((number(first)?, Some(number(second)?), None)),
        (Shape::Xy, Some(second), Some(time)) => Some((number(first)?, Some(number(second)?), Some(number(time)?))),
        (Shape::Number, None, None) => Some((read(first.trim()), None, None)),
        (Shape::Number, Some(second), None) => Some((read(second.trim()), None, Some(number(first)?))),
        _ => None,
    }
}

impl Decoder for Teleplot {
    /// Each point is a sample. A line without the prefix is good and says nothing.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let line = text(frame);
        let Some(rest) = line.strip_prefix(self.prefix.as_str()).filter(|rest| !rest.trim().is_empty()) else {
            return Ok(());
        };
        let Some(line) = Telemetry::read(rest)? else { return Ok(()) };
        // All of it is looked at before any of it is told: a line is good as a whole or rejected as a whole.
        for point in line.points() {
            self.fields(&line, &point?).map_err(|excess| excess.at(0))?;
        }
        for point in line.points() {
            let point = point?;
            let fields = self.fields(&line, &point).map_err(|excess| excess.at(0))?;
            let mut values = self.scratch.take();
            for (field, value) in fields.into_iter().zip([Some(point.0), point.1, point.2]) {
                if let (Some(field), Some(value)) = (field, value) {
                    set(&mut values, field, value);
                }
            }
            emit(sample(self.message.schema(), &values));
            self.scratch.put(values);
        }
        Ok(())
    }

    fn unplotted(&self, message: &str, field: &str) -> bool {
        let found = if self.message.schema().name == message { self.message.find(field, 0) } else { None };
        found.and_then(|field| self.unplotted.get(field)).is_some_and(|quiet| *quiet)
    }
}
