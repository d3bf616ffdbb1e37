//! Separated values, one line a sample: `21.5,40,1013`, with or without a line of names.

use crate::protocol::discover::{Discovered, read, sample, set, text};
use crate::protocol::line::Line;
use crate::protocol::pairs::separator;
use crate::setting::Setting;
use crate::{DecodeError, Decoder, Kind, Parameter, Protocol, Sample, SettingError, Settings, Value};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "csv",
    summary: "Lines of separated values; columns are named by a line of names, by the settings, or c1, c2, …",
    source: "RFC 4180, with any separator and without line breaks inside quotes",
    framing: "lines",
    parameters: &[
        Parameter {
            name: "separator",
            summary: "The text between two values; \"auto\" is a tab, a semicolon or a comma, whichever the line has \
                      first in this order, else spaces.",
            default: "auto",
        },
        Parameter {
            name: "header",
            summary: "Whether a line names the columns: \"yes\" (the first does), \"no\", or \"auto\" (a line without \
                      a number does, first of all or after lines with numbers).",
            default: "auto",
        },
        Parameter {
            name: "names",
            summary: "The names of the columns, as a list; there is no header then.",
            default: "",
        },
        Parameter { name: "message", summary: "The name of the message.", default: "csv" },
    ],
    build: |settings| Ok((Box::new(Csv::new(settings)?), Box::new(Line))),
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Header {
    Yes,
    No,
    Auto,
}

struct Csv {
    /// `None`: found out line by line.
    separator: Option<String>,
    header: Header,
    /// The names of the columns, as far as known.
    names: Vec<String>,
    /// Whether a line with something on it has come.
    begun: bool,
    message: Discovered,
}

impl Csv {
    fn new(settings: &Settings) -> Result<Self, SettingError> {
        let mut names = Vec::new();
        for (index, name) in settings.list("names")?.iter().enumerate() {
            names.push(Setting::text(name, &format!("names[{index}]"))?.to_string());
        }
        let choices = [("auto", Header::Auto), ("yes", Header::Yes), ("no", Header::No)];
        let header = settings.choice("header", &choices)?;
        let usual = if names.is_empty() { Header::Auto } else { Header::No };
        Ok(Self {
            separator: separator(settings, "separator")?,
            header: header.unwrap_or(usual),
            names,
            begun: false,
            message: Discovered::new(settings.text("message")?.unwrap_or("csv")),
        })
    }

    fn is_header(&self, cells: &[Cow<'_, str>]) -> bool {
        let named = cells.iter().all(|cell| matches!(read(cell), Value::Text(_)));
        match self.header {
            Header::No => false,
            Header::Yes => {
                !self.begun || (named && self.names.iter().map(String::as_str).eq(cells.iter().map(AsRef::as_ref)))
            }
            Header::Auto => named && (!self.begun || self.has_number()),
        }
    }

    /// Whether any column has held a number: then a line without one is not data.
    fn has_number(&self) -> bool {
        self.message.schema().fields.iter().any(|field| !matches!(field.kind, Kind::Text | Kind::Bytes))
    }

    fn name(&self, column: usize) -> Cow<'_, str> {
        match self.names.get(column).filter(|name| !name.is_empty()) {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(format!("c{}", column.saturating_add(1))),
        }
    }
}

impl Decoder for Csv {
    /// A blank line is good and says nothing; so is a line of names.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let line = text(frame);
        if line.trim().is_empty() {
            return Ok(());
        }
        let cells = split(&line, self.separator.as_deref())?;
        let header = self.is_header(&cells);
        self.begun = true;
        if header {
            self.names = cells.iter().map(|cell| cell.to_string()).collect();
            return Ok(());
        }
        let mut values = Vec::with_capacity(cells.len());
        for (column, cell) in cells.iter().enumerate() {
            let value = read(cell);
            let name = self.name(column).into_owned();
            let index = self.message.index(&name, column, &value).map_err(|_| DecodeError::Limit { at: 0 })?;
            if let Some(index) = index {
                set(&mut values, index, value);
            }
        }
        if !values.is_empty() {
            emit(sample(self.message.schema(), &values));
        }
        Ok(())
    }
}

/// The cells of a line, without the blanks around them; quotes as in RFC 4180, section 2.
fn split<'a>(line: &'a str, separator: Option<&str>) -> Result<Vec<Cow<'a, str>>, DecodeError> {
    let found = ["\t", ";", ","].into_iter().find(|separator| line.contains(separator));
    let Some(separator) = separator.or(found) else {
        return Ok(line.split_whitespace().map(Cow::Borrowed).collect());
    };
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let at = line.len().saturating_sub(rest.len());
        let (cell, after) = match rest.trim_start_matches(' ').strip_prefix('"') {
            Some(quoted) => unquote(quoted, separator).ok_or(DecodeError::Syntax { at })?,
            None => {
                let (cell, after) =
                    rest.split_once(separator).map_or((rest, None), |(cell, after)| (cell, Some(after)));
                (Cow::Borrowed(cell.trim()), after)
            }
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return Ok(cells),
        }
    }
}

/// A quoted cell, from behind its first quote, and what follows its separator; `None` if the quotes do not close.
fn unquote<'a>(quoted: &'a str, separator: &str) -> Option<(Cow<'a, str>, Option<&'a str>)> {
    let mut cell = String::new();
    let mut rest = quoted;
    loop {
        let (part, after) = rest.split_once('"')?;
        cell.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None if after.trim().is_empty() => return Some((Cow::Owned(cell), None)),
            None => return Some((Cow::Owned(cell), Some(after.trim_start_matches(' ').strip_prefix(separator)?))),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
    use super::*;

    fn lines(settings: Settings, lines: &[&str]) -> Vec<Result<Option<String>, DecodeError>> {
        let mut csv = Csv::new(&settings).unwrap();
        let one = |line: &&str| {
            let mut said = None;
            let result = csv.decode(line.as_bytes(), &mut |sample| {
                let fields = sample.schema.fields.iter().zip(sample.values).filter(|(_, value)| **value != Value::Null);
                said = Some(fields.map(|(field, value)| format!("{}={value:?} ", field.name)).collect::<String>());
            });
            result.map(|()| said)
        };
        lines.iter().map(one).collect()
    }

    #[test]
    fn columns_have_numbers_until_a_line_names_them() {
        let said = lines(Settings::default(), &["1,2.5", "temp,hum", "3,4", "", "5"]);
        assert_eq!(said[0], Ok(Some("c1=F64(1.0) c2=F64(2.5) ".into())));
        assert_eq!(said[1], Ok(None));
        assert_eq!(said[2], Ok(Some("temp=F64(3.0) hum=F64(4.0) ".into())));
        assert_eq!(said[3], Ok(None));
        assert_eq!(said[4], Ok(Some("temp=F64(5.0) ".into())));
    }

    #[test]
    fn quotes_are_those_of_rfc_4180() {
        // RFC 4180, section 2, rules 5 to 7.
        let settings = Settings(alloc::vec![("header".into(), Setting::Text("no".into()))]);
        let said = lines(settings, &[r#""aaa","b,bb","c""c",1"#, r#""open,1"#, r#""a"b,1"#]);
        assert_eq!(said[0], Ok(Some(r#"c1=Text("aaa") c2=Text("b,bb") c3=Text("c\"c") c4=F64(1.0) "#.into())));
        assert_eq!(said[1], Err(DecodeError::Syntax { at: 0 }));
        assert_eq!(said[2], Err(DecodeError::Syntax { at: 0 }));
    }

    #[test]
    fn any_of_the_usual_separators_is_found() {
        for line in ["1\t2", "1;2", "1, 2", "1  2"] {
            assert_eq!(lines(Settings::default(), &[line])[0], Ok(Some("c1=F64(1.0) c2=F64(2.0) ".into())), "{line}");
        }
    }
}
