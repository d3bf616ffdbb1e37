//! Teleplot lines: `>name:1234`, `>name:1627551892437:21.5§°C`, `>track:12.3:45.6|xy`. Of the flags `t` (text), `xy` and `np` (not
//! to be plotted by itself) mean something; others, such as `g`, are those of statsd and say nothing.
//!
//! What tells no time is a field of one message. A name whose first line tells a time is a message of its own, since its
//! samples are in an order of their own: a device may send a second of one series, and then the same second of another.

use crate::protocol::declaration;
use crate::protocol::discover::{Discovered, Excess, NAME, read, sample, set, text};
use crate::protocol::line::Line;
use crate::protocol::scratch::Scratch;
use crate::{DecodeError, Decoder, Kind, Parameter, Protocol, Sample, SettingError, Settings, Value};
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
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

/// Names with messages of their own, at most; further ones are fields of the common message.
const OWN: usize = 1024;

/// What follows a name in that of the field that tells its time.
const TIME: &str = ".time";

pub(super) struct Teleplot {
    prefix: String,
    /// The common message is the first.
    messages: Vec<Message>,
    /// Names with messages of their own.
    own: BTreeMap<String, usize>,
    scratch: Scratch,
}

struct Message {
    found: Discovered,
    /// By field: it is not to be plotted by itself.
    unplotted: Vec<bool>,
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

/// What becomes of a point of a line.
type Each<'e> = &'e mut dyn FnMut(&mut Message, &Telemetry<'_>, &Point<'_>) -> Result<(), Excess>;

/// A value, the second one of an XY point, and the device's time in milliseconds.
type Point<'a> = (Value<'a>, Option<Value<'a>>, Option<Value<'a>>);

impl Teleplot {
    fn new(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            prefix: settings.text("prefix")?.unwrap_or(">").to_string(),
            messages: vec![Message::numbered(0, settings.text("message")?.unwrap_or("teleplot"))],
            own: BTreeMap::new(),
            scratch: Scratch::default(),
        })
    }

    /// The message of a line: the common one, or the name's own if that told a time when it came first.
    fn message(&mut self, line: &Telemetry<'_>, point: &Point<'_>) -> usize {
        if let Some(own) = self.own.get(line.name) {
            return *own;
        }
        let (name, index) = (line.name, self.messages.len());
        let Some(common) = self.messages.first().map(|message| &message.found) else { return 0 };
        let known = || common.find(name, 0).or_else(|| common.find(&format!("{name}.x"), 0)).is_some();
        let one_more = point.2.is_some() && index <= OWN && name.len() + TIME.len() <= NAME;
        if !one_more || name.is_empty() || common.schema().name == name || known() {
            return 0;
        }
        self.messages.push(Message::numbered(index, name));
        self.own.insert(name.to_string(), index);
        index
    }

    /// Each point of each line, and the message that it is of.
    fn each(&mut self, text: &str, of: Each<'_>) -> Result<(), DecodeError> {
        let prefix = core::mem::take(&mut self.prefix);
        let told = |line: &'_ str| line.strip_prefix(prefix.as_str()).is_some_and(|rest| !rest.trim().is_empty());
        let mut done = Ok(());
        for line in text.split('\n').filter(|line| told(line)) {
            done = done.and_then(|()| self.points(line.get(prefix.len()..).unwrap_or_default(), of));
        }
        self.prefix = prefix;
        done
    }

    fn points(&mut self, line: &str, of: Each<'_>) -> Result<(), DecodeError> {
        let Some(line) = Telemetry::read(line)? else { return Ok(()) };
        for point in line.points() {
            point?;
        }
        let Some(first) = line.points().next().transpose()? else { return Ok(()) };
        let message = self.message(&line, &first);
        let Some(message) = self.messages.get_mut(message) else { return Ok(()) };
        line.points().try_for_each(|point| of(message, &line, &point?).map_err(|excess| excess.at(0)))
    }
}

impl Message {
    fn numbered(index: usize, name: &str) -> Message {
        Message { found: Discovered::numbered(index, name), unplotted: Vec::new() }
    }

    /// Where the values of a line stand in its samples: value, second value, time.
    fn fields(&mut self, line: &Telemetry<'_>, point: &Point<'_>) -> Result<[Option<usize>; 3], Excess> {
        let (value, second, time) = point;
        let name = line.name;
        let Message { found, unplotted } = self;
        let mut field = |name: &str, value: &Value<'_>, unit: &str, quiet: bool| match found.find(name, 0) {
            Some(field) => Ok(field),
            None => {
                let kind = if matches!(value, Value::Text(_)) { Kind::Text } else { Kind::F64 };
                let field = found.add(name, kind, unit)?;
                // Whether it is plotted is settled when it comes first.
                unplotted.push(quiet || line.unplotted);
                Ok(field)
            }
        };
        Ok(match second {
            Some(second) => [
                Some(field(&format!("{name}.x"), value, line.unit, false)?),
                Some(field(&format!("{name}.y"), second, line.unit, false)?),
                time.map(|time| field(&format!("{name}{TIME}"), &time, "ms", true)).transpose()?,
            ],
            None => [
                Some(field(name, value, line.unit, false)?),
                None,
                time.map(|time| field(&format!("{name}{TIME}"), &time, "ms", true)).transpose()?,
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
    /// Each point is a sample. A line without the prefix is good and says nothing. What is no stream, such as a message of
    /// a broker, may hold several lines.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let text = text(frame);
        // All of it is looked at before any of it is told: a frame is good as a whole or rejected as a whole.
        self.each(&text, &mut |message, line, point| message.fields(line, point).map(drop))?;
        let mut scratch = core::mem::take(&mut self.scratch);
        let done = self.each(&text, &mut |message, line, point| {
            let fields = message.fields(line, point)?;
            let mut values = scratch.take();
            for (field, value) in fields.into_iter().zip([Some(point.0), point.1, point.2]) {
                if let (Some(field), Some(value)) = (field, value) {
                    set(&mut values, field, value);
                }
            }
            emit(sample(message.found.schema(), &values));
            scratch.put(values);
            Ok(())
        });
        self.scratch = scratch;
        done
    }

    fn unplotted(&self, message: &str, field: &str) -> bool {
        let own = self.own.get(message).copied();
        let message = self.messages.get(own.unwrap_or(0)).filter(|known| known.found.schema().name == message);
        let quiet = message.and_then(|known| known.unplotted.get(known.found.find(field, 0)?));
        quiet.is_some_and(|quiet| *quiet)
    }
}
