//! Sentences of NMEA 0183 (IEC 61162-1): `$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47`.
//!
//! Each kind of sentence is a message, whoever talks: a receiver of several systems says `GN` where it means all of them.
//! What a sentence leaves empty is missing. Other sentences, and lines that are none, are good and say nothing.

mod satellites;

use crate::checksum::Checksum;
use crate::frame::SummedLines;
use crate::protocol::declaration;
use crate::protocol::discover::text;
use crate::protocol::line::Line;
use crate::{DecodeError, Decoder, Field, Kind, Protocol, Sample, Schema, SettingError, Settings, Value};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "nmea",
    summary: "Sentences of satellite receivers (NMEA 0183): GGA, RMC, VTG, GLL, GSA and GSV are parted, others are a log.",
    source: "IEC 61162-1, 8.3; gpsd, \"NMEA Revealed\" (gpsd.gitlab.io/gpsd/NMEA.html)",
    framing: "lines",
    parameters: &[],
    declare: |_| declaration(Ok((Nmea, Line))),
};

/// Its two ends. A sum that is written must agree.
pub(super) fn parts(_: &Settings) -> Result<(SummedLines, Line), SettingError> {
    let checksum =
        Checksum::find("xor8").ok_or_else(|| SettingError::new("name", crate::setting::Refusal::NoProtocol))?;
    Ok((SummedLines { decoder: Box::new(Nmea), checksum, optional: true }, Line))
}

struct Nmea;

/// How a field is written, from the field of this number on; that behind the name of the sentence is number 1.
#[derive(Clone, Copy)]
enum Written {
    /// A decimal number.
    Number(usize),
    /// A decimal number, then a letter for the side: west is below 0.
    Turned(usize),
    /// Degrees and minutes in one number, then a letter for the side.
    Angle(usize),
    /// Hours, minutes and seconds of UTC in one number.
    Time(usize),
    /// Day, month and the last two digits of the year.
    Date(usize),
    /// One of these words, by its letter or digit.
    Word(usize, &'static [(&'static str, &'static str)]),
    /// Satellites of a system: see [`satellites`].
    Satellites(satellites::System),
}

/// A kind of sentence: its name, its fields, and how each is written.
struct Sentence {
    schema: Schema<'static>,
    written: &'static [Written],
}

const fn number(name: &'static str, unit: &'static str) -> Field<'static> {
    Field { name, kind: Kind::F64, unit }
}

const fn word(name: &'static str) -> Field<'static> {
    Field { name, kind: Kind::Text, unit: "" }
}

/// GGA, field 6.
const QUALITY: &[(&str, &str)] = &[
    ("0", "no fix"),
    ("1", "GNSS"),
    ("2", "differential"),
    ("3", "PPS"),
    ("4", "RTK fixed"),
    ("5", "RTK float"),
    ("6", "dead reckoning"),
    ("7", "manual"),
    ("8", "simulated"),
];
/// RMC, field 2, and GLL, field 6.
const STATUS: &[(&str, &str)] = &[("A", "valid"), ("V", "warning")];
/// GSA, fields 1 and 2.
const SELECTION: &[(&str, &str)] = &[("M", "manual"), ("A", "automatic")];
const DIMENSIONS: &[(&str, &str)] = &[("1", "no fix"), ("2", "2D"), ("3", "3D")];

/// The sentences that are parted, in the order of their numbers.
const SENTENCES: &[Sentence] = &[
    Sentence {
        schema: Schema {
            index: 0,
            name: "GGA",
            fields: &[
                word("time"),
                number("lat", "deg"),
                number("lon", "deg"),
                word("quality"),
                number("satellites", ""),
                number("hdop", ""),
                number("altitude", "m"),
                number("geoid", "m"),
                number("correction_age", "s"),
            ],
        },
        written: &[
            Written::Time(1),
            Written::Angle(2),
            Written::Angle(4),
            Written::Word(6, QUALITY),
            Written::Number(7),
            Written::Number(8),
            Written::Number(9),
            Written::Number(11),
            Written::Number(13),
        ],
    },
    Sentence {
        schema: Schema {
            index: 1,
            name: "RMC",
            fields: &[
                word("time"),
                word("status"),
                number("lat", "deg"),
                number("lon", "deg"),
                number("speed", "[kn_i]"),
                number("course", "deg"),
                word("date"),
                number("variation", "deg"),
            ],
        },
        written: &[
            Written::Time(1),
            Written::Word(2, STATUS),
            Written::Angle(3),
            Written::Angle(5),
            Written::Number(7),
            Written::Number(8),
            Written::Date(9),
            Written::Turned(10),
        ],
    },
    Sentence {
        schema: Schema {
            index: 2,
            name: "VTG",
            fields: &[
                number("course", "deg"),
                number("course_magnetic", "deg"),
                number("speed", "[kn_i]"),
                number("speed_kmh", "km/h"),
            ],
        },
        written: &[Written::Number(1), Written::Number(3), Written::Number(5), Written::Number(7)],
    },
    Sentence {
        schema: Schema {
            index: 3,
            name: "GLL",
            fields: &[number("lat", "deg"), number("lon", "deg"), word("time"), word("status")],
        },
        written: &[Written::Angle(1), Written::Angle(3), Written::Time(5), Written::Word(6, STATUS)],
    },
    Sentence {
        schema: Schema {
            index: 4,
            name: "GSA",
            fields: &[
                word("selection"),
                word("fix"),
                number("pdop", ""),
                number("hdop", ""),
                number("vdop", ""),
                number("GPS", ""),
                number("GLONASS", ""),
                number("Galileo", ""),
                number("BeiDou", ""),
                number("other", ""),
            ],
        },
        written: &[
            Written::Word(1, SELECTION),
            Written::Word(2, DIMENSIONS),
            Written::Number(15),
            Written::Number(16),
            Written::Number(17),
            Written::Satellites(satellites::System::Gps),
            Written::Satellites(satellites::System::Glonass),
            Written::Satellites(satellites::System::Galileo),
            Written::Satellites(satellites::System::BeiDou),
            Written::Satellites(satellites::System::Other),
        ],
    },
    Sentence {
        schema: Schema {
            index: 5,
            name: "GSV",
            fields: &[
                number("GPS", ""),
                number("GLONASS", ""),
                number("Galileo", ""),
                number("BeiDou", ""),
                number("other", ""),
            ],
        },
        written: &[
            Written::Satellites(satellites::System::Gps),
            Written::Satellites(satellites::System::Glonass),
            Written::Satellites(satellites::System::Galileo),
            Written::Satellites(satellites::System::BeiDou),
            Written::Satellites(satellites::System::Other),
        ],
    },
];

/// A cell as it is read.
enum Cell {
    Nothing,
    Number(f64),
    Word(&'static str),
    Text(String),
}

impl Cell {
    fn value(&self) -> Value<'_> {
        match self {
            Cell::Nothing => Value::Null,
            Cell::Number(number) => Value::F64(*number),
            Cell::Word(word) => Value::Text(word),
            Cell::Text(text) => Value::Text(text),
        }
    }
}

impl Written {
    /// The cell; where it cannot be understood, the number of the field that is wrong.
    fn read(self, talker: &str, kind: &str, parts: &[&str]) -> Result<Cell, usize> {
        let part = |at: usize| parts.get(at).map_or("", |part| part.trim());
        let known = |at: usize, cell: Option<Cell>| match part(at) {
            "" => Ok(Cell::Nothing),
            _ => cell.ok_or(at),
        };
        match self {
            Written::Number(at) => known(at, decimal(part(at)).map(Cell::Number)),
            Written::Turned(at) => {
                let sign = if part(at.saturating_add(1)) == "W" { -1.0 } else { 1.0 };
                known(at, decimal(part(at)).map(|number| Cell::Number(sign * number)))
            }
            Written::Angle(at) => known(at, angle(part(at), part(at.saturating_add(1))).map(Cell::Number)),
            Written::Time(at) => known(at, time(part(at)).map(Cell::Text)),
            Written::Date(at) => known(at, date(part(at)).map(Cell::Text)),
            Written::Word(at, words) => {
                let word = words.iter().find(|(letter, _)| *letter == part(at)).map(|(_, word)| *word);
                Ok(match word {
                    Some(word) => Cell::Word(word),
                    None if part(at).is_empty() => Cell::Nothing,
                    // A later edition of the standard has more.
                    None => Cell::Text(part(at).into()),
                })
            }
            Written::Satellites(system) => {
                Ok(satellites::count(system, talker, kind, parts)?.map_or(Cell::Nothing, Cell::Number))
            }
        }
    }
}

/// A number without an exponent.
fn decimal(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    text.parse().ok().filter(|_| plain)
}

/// `4807.038`, `N`: degrees, south and west below 0. They have two decimals more than the minutes, which is all that those
/// tell; nine at most, a tenth of a millimetre.
fn angle(text: &str, side: &str) -> Option<f64> {
    let (sign, most) = match side {
        "N" => (1.0, 90.0),
        "S" => (-1.0, 90.0),
        "E" => (1.0, 180.0),
        "W" => (-1.0, 180.0),
        _ => return None,
    };
    let point = text.find('.').unwrap_or(text.len());
    let (degrees, minutes) = text.split_at_checked(point.checked_sub(2)?)?;
    let degrees: u16 = if degrees.is_empty() { 0 } else { degrees.parse().ok()? };
    let written = u32::try_from(minutes.len().saturating_sub(3)).ok()?.saturating_add(2).min(9);
    let minutes = decimal(minutes).filter(|minutes| (0.0..60.0).contains(minutes))?;
    let one = f64::from(10_u32.pow(written));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most a degree of 10^9, and rounded"
    )]
    let part = (minutes / 60.0 * one + 0.5) as u32;
    let angle = (f64::from(degrees) * one + f64::from(part)) / one;
    (angle <= most).then_some(sign * angle)
}

/// `123519.25`: as a clock shows it.
fn time(text: &str) -> Option<String> {
    let (hour, minute, second) = (text.get(..2)?, text.get(2..4)?, text.get(4..)?);
    let two = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = decimal(second).filter(|seconds| (0.0..61.0).contains(seconds));
    (two(hour) && two(minute) && seconds.is_some()).then(|| format!("{hour}:{minute}:{second}"))
}

/// `230394`: 1994-03-23. Two digits tell no century: from 80 on it is the last one (GPS began in 1980).
fn date(text: &str) -> Option<String> {
    let digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let (day, month, year) = (text.get(..2)?, text.get(2..4)?, text.get(4..)?);
    digits.then(|| format!("{}{year}-{month}-{day}", if year >= "80" { "19" } else { "20" }))
}

/// Talker and kind of a sentence's name; one that a maker made up, `PUBX`, has none.
fn named(name: &str) -> Option<(&str, &str)> {
    let is_name = name.len() == 5 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    name.split_at_checked(2).filter(|_| is_name && !name.starts_with('P'))
}

impl Decoder for Nmea {
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let line = text(frame);
        let line = line.trim();
        let parts: Vec<&str> = line.split(',').collect();
        let Some((talker, kind)) = parts.first().and_then(|name| named(name)) else { return Ok(()) };
        let Some(sentence) = SENTENCES.iter().find(|sentence| sentence.schema.name == kind) else { return Ok(()) };
        let mut cells = Vec::with_capacity(sentence.written.len());
        for written in sentence.written {
            let cell = written.read(talker, kind, &parts).map_err(|part| {
                let before = parts.iter().take(part).map(|part| part.len().saturating_add(1));
                DecodeError::Syntax { at: before.sum() }
            })?;
            cells.push(cell);
        }
        let values: Vec<Value<'_>> = cells.iter().map(Cell::value).collect();
        if values.iter().any(|value| *value != Value::Null) {
            emit(Sample { schema: sentence.schema, values: &values });
        }
        Ok(())
    }

    fn declared(&self, each: &mut dyn FnMut(crate::Declared<'_>)) -> bool {
        SENTENCES.iter().for_each(|sentence| sentence.schema.declared(each));
        true
    }
}
