//! `name:value` pairs, several to a line: `temp:21.5,hum:40`; and numbers without names: `21.5,40`.

mod log;

use crate::protocol::declaration;
use crate::protocol::discover::{Discovered, is_missing, measure, read, sample, set, text};
use crate::protocol::line::Line;
use crate::protocol::scratch::Scratch;
use crate::setting::{Refusal, unescape};
use crate::{DecodeError, Decoder, Parameter, Protocol, Sample, SettingError, Settings, Value};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use log::{
    BootRom, Count, begins_otherwise, is_arduino_esp32_log, is_esp_idf_log, is_levelled, is_log, is_noise, plain,
};

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "pairs",
    summary: "Lines of `name:value` pairs; each name is a field, found as it comes, and a unit behind a number is its. Numbers \
              without a name are `value 1`, `value 2` and so on, by their place in the line. A line of words is a log for the terminal.",
    source: "The Arduino IDE's serial plotter protocol (arduino-serial-plotter-webapp), \"label:value\" and \"value\"",
    framing: "lines",
    parameters: &[
        Parameter {
            name: "separator",
            summary: "The text between two pairs; \"auto\" is a comma, a semicolon, a tab, or spaces before \
                      another pair.",
            default: "auto",
        },
        Parameter {
            name: "assign",
            summary: "The text between a name and its value; \"auto\" is a colon or an equals sign. Where it is set, each value \
                      needs a name.",
            default: "auto",
        },
        Parameter { name: "message", summary: "The name of the message.", default: "pairs" },
    ],
    declare: |settings| declaration(parts(settings)),
};

/// Its two ends.
pub(super) fn parts(settings: &Settings) -> Result<(Pairs, Line), SettingError> {
    Ok((Pairs::new(settings)?, Line))
}

pub(super) struct Pairs {
    /// `None`: found out.
    separator: Option<String>,
    assign: Option<String>,
    message: Discovered,
    scratch: Scratch,
    boot: BootRom,
    count: Count,
}

/// The text of a parameter, with escapes; `None` for "auto".
pub(crate) fn separator(settings: &Settings, key: &str) -> Result<Option<String>, SettingError> {
    match settings.text(key)? {
        None | Some("auto") => Ok(None),
        Some(text) => match unescape(text).and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(text) if !text.is_empty() => Ok(Some(text)),
            _ => Err(SettingError::new(key, Refusal::Separator)),
        },
    }
}

impl Pairs {
    fn new(settings: &Settings) -> Result<Self, SettingError> {
        Ok(Self {
            separator: separator(settings, "separator")?,
            assign: separator(settings, "assign")?,
            message: Discovered::new(settings.text("message")?.unwrap_or("pairs")),
            scratch: Scratch::default(),
            boot: BootRom::default(),
            count: Count::default(),
        })
    }

    /// Where the first separator begins, and where it ends.
    fn separator(&self, line: &str, bars: bool) -> Option<(usize, usize)> {
        match &self.separator {
            Some(text) => line.find(text.as_str()).map(|at| (at, at + text.len())),
            None if bars => line.find([',', ';', '\t', '|']).map(|at| (at, at + 1)),
            None => line.find([',', ';', '\t']).map(|at| (at, at + 1)),
        }
    }

    /// Name and value of a piece.
    fn assign<'a>(&self, piece: &'a str) -> Option<(&'a str, &'a str)> {
        match &self.assign {
            Some(text) => piece.split_once(text.as_str()),
            None => piece.split_once([':', '=']),
        }
    }

    /// Where the present pair ends, if spaces and another pair follow within the same piece.
    fn spaced(&self, value: &str) -> Option<usize> {
        if self.separator.is_some() || self.assign.as_deref().is_some_and(|text| text.trim().is_empty()) {
            return None;
        }
        if self.assign.is_some() {
            let (before, _) = self.assign(value)?;
            return before.trim_end().rfind(' ');
        }
        // Colons within a value, as of a time of day, have no blank before the word that they stand behind.
        let (mut cut, mut blank, mut digits) = (None, None, true);
        let mut time = false;
        for (at, byte) in value.bytes().enumerate() {
            match byte {
                // Nor is the hour behind a date a name; that of a numbered reading, `1:20 2:30`, is one.
                b':' if time || digits && minutes(value, at) => time = true,
                b':' | b'=' if cut.is_some() => return cut,
                b' ' => blank = Some(at),
                b':' | b'=' => {}
                _ => {
                    digits = byte.is_ascii_digit() && (blank.is_some() || digits);
                    time = time && blank.is_none();
                    cut = blank.take().or(cut);
                }
            }
        }
        None
    }

    fn pair<'a>(
        &mut self,
        name: &str,
        value: &'a str,
        at: usize,
        values: &mut Vec<Value<'a>>,
    ) -> Result<(), DecodeError> {
        let name = name.trim();
        // A bracket that is open is that of a time of day: `[12:00:01] heap low`.
        if name.is_empty() || name.contains(is_noise) || (name.starts_with('[') && !name.contains(']')) {
            return Err(DecodeError::Syntax { at });
        }
        let text = value.trim();
        let (value, unit, doubtful) = if is_missing(text) { (Value::Null, "", false) } else { measure(text) };
        let known = self.message.find(name, values.len());
        let known = known.and_then(|index| self.message.schema().fields.get(index)).map(|field| field.unit == unit);
        let (value, unit) = if doubtful && known != Some(true) { (Value::Text(text), "") } else { (value, unit) };
        // Of another unit it is another reading.
        let other = (known == Some(false) && !unit.is_empty()).then(|| format!("{name} [{unit}]"));
        let name = other.as_deref().unwrap_or(name);
        let index = self.message.one_more(name, values.len(), &value, unit).map_err(|excess| excess.at(at))?;
        if let Some(index) = index {
            set(values, index, value);
        }
        Ok(())
    }

    fn line<'a>(&mut self, line: &'a str, values: &mut Vec<Value<'a>>) -> Result<(), DecodeError> {
        // A bar is a separator where a pair begins behind each.
        let begins = |(name, _): (&str, &str)| !name.contains([',', ';', '\t']);
        let pair = |piece: &str| piece.trim().is_empty() || self.assign(piece).is_some_and(begins);
        let bars =
            self.separator.is_none() && memchr::memchr(b'|', line.as_bytes()).is_some() && line.split('|').all(pair);
        let (mut at, mut place) = (0, 0);
        while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
            let (end, next) = self.separator(rest, bars).unwrap_or((rest.len(), rest.len()));
            let piece = rest.get(..end).unwrap_or_default();
            // Between two commas a value may be missing, and keeps its place; tabs are set to align.
            if piece.trim().is_empty() && rest.get(end..next) != Some("\t") {
                place += 1;
            }
            self.piece(piece, at, &mut place, values)?;
            at += next;
        }
        Ok(())
    }

    /// The pairs between two separators: one, or several with spaces between them, or numbers without a name. Each byte is
    /// looked at once.
    fn piece<'a>(
        &mut self,
        piece: &'a str,
        at: usize,
        place: &mut usize,
        values: &mut Vec<Value<'a>>,
    ) -> Result<(), DecodeError> {
        let mut rest = piece;
        while !rest.trim().is_empty() {
            let at = at + (piece.len() - rest.len());
            let Some((name, value)) = self.assign(rest.trim_start()) else {
                return self.unlabelled(rest, at, place, values);
            };
            *place += 1;
            // The value's own leading space belongs to it: "temp: 21 hum: 40".
            let value = value.trim_start();
            let (value, after) = match self.spaced(value) {
                Some(cut) => value.split_at_checked(cut).unwrap_or((value, "")),
                None => (value, ""),
            };
            self.pair(name, value, at, values)?;
            rest = after;
        }
        Ok(())
    }
}

impl Pairs {
    /// Numbers without a name. What is no number is no reading either.
    fn unlabelled<'a>(
        &mut self,
        rest: &'a str,
        at: usize,
        place: &mut usize,
        values: &mut Vec<Value<'a>>,
    ) -> Result<(), DecodeError> {
        if self.assign.is_some() {
            return Err(DecodeError::Syntax { at });
        }
        for word in rest.split_whitespace() {
            *place += 1;
            let value = read(word);
            if matches!(value, Value::Text(_) | Value::Bool(_) | Value::Null) {
                return Err(DecodeError::Syntax { at });
            }
            self.pair(&format!("value {place}"), word, at, values)?;
        }
        Ok(())
    }
}

/// Whether minutes and seconds stand behind the colon there.
fn minutes(value: &str, colon: usize) -> bool {
    matches!(value.as_bytes().get(colon..), Some([_, a, b, b':', ..]) if a.is_ascii_digit() && b.is_ascii_digit())
}

impl Decoder for Pairs {
    /// A line without a pair (empty, blanks, or words) is good and says nothing.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let line = text(frame);
        let own = self.separator.is_none() && self.assign.is_none();
        // A colour around readings is none of their names'.
        let line = if own && line.contains('\u{1b}') { plain(&line) } else { &line };
        let log = || is_esp_idf_log(line) || is_arduino_esp32_log(line) || is_levelled(line);
        if own && (self.boot.says(line) || log()) {
            return Ok(());
        }
        let line = if own && begins_otherwise(line) { self.count.bare(line) } else { line };
        let mut values = self.scratch.take();
        self.message.begin_sample();
        let result = self.line(line, &mut values);
        if result.is_ok() && !values.is_empty() {
            emit(sample(self.message.schema(), &values));
        }
        self.scratch.put(values);
        match result {
            Err(DecodeError::Syntax { .. }) if own && is_log(line) => Ok(()),
            result => result,
        }
    }
}
