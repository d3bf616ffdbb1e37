//! Separated numbers, a row to a line: `21.5,40,1013`.

use crate::protocol::declaration;
use crate::protocol::discover::{Discovered, any_number, is_missing, read, sample, set, text};
use crate::protocol::line::Line;
use crate::protocol::pairs::separator;
use crate::protocol::scratch::Scratch;
use crate::{DecodeError, Decoder, Parameter, Protocol, Sample, SettingError, Settings, Value};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The row of the table.
pub(crate) const PROTOCOL: Protocol = Protocol {
    name: "csv",
    summary: "Lines of separated values, with or without a first line of names; a quoted value ends with its line.",
    source: "RFC 4180",
    framing: "lines",
    parameters: &[
        Parameter {
            name: "separator",
            summary: "The text between two values; \"auto\" is what the line has: a tab, else a semicolon, else a \
                      comma, else spaces. Where it is no comma, 21,5 is a number as well.",
            default: "auto",
        },
        Parameter {
            name: "header",
            summary: "Whether a line names the columns: \"yes\" (the first does), \"no\", or \"auto\" (a line without a \
                      number right before a row of as many values; columns that have had values get other names only from single \
                      words, spaced as the rows are).",
            default: "auto",
        },
        Parameter { name: "names", summary: "A list of names; c1, c2, … where nothing names them.", default: "" },
        Parameter { name: "message", summary: "The name of the message.", default: "csv" },
    ],
    declare: |settings| declaration(parts(settings)),
};

/// Its two ends.
pub(super) fn parts(settings: &Settings) -> Result<(Csv, Line), SettingError> {
    Ok((Csv::new(settings)?, Line))
}

#[derive(Clone, Copy, PartialEq)]
enum Header {
    /// A line of names is, right before a row of as many values.
    Auto,
    /// The next line is.
    Next,
    Done,
}

/// Lines that may be a header at most; and rows that none of them fits, until none of them is one.
const CANDIDATES: usize = 8;
const UNFIT: usize = 4;

/// A line that may be a header.
struct Candidate {
    separator: String,
    names: Vec<String>,
    /// Whether there are blanks in its cells.
    sentence: bool,
    /// Whether a space follows its separators.
    spaced: bool,
}

pub(super) struct Csv {
    separator: Option<String>,
    header: Header,
    /// Names that the settings or a header gave.
    names: Vec<String>,
    /// Lines that may be a header, the last one last: the rows tell.
    candidates: Vec<Candidate>,
    /// Rows that none of them fitted.
    unfit: usize,
    /// Whether a space follows the separators of the last row.
    spaced: bool,
    /// By column, the field; a column without a name gets one when it is first seen.
    fields: Vec<usize>,
    message: Discovered,
    scratch: Scratch,
}

impl Csv {
    fn new(settings: &Settings) -> Result<Self, SettingError> {
        let columns = settings.list("names")?.iter().enumerate();
        let names = columns.map(|(index, name)| Ok(name.text(&format!("names[{index}]"))?.to_string()));
        let names = names.collect::<Result<Vec<_>, SettingError>>()?;
        let usual = if names.is_empty() { Header::Auto } else { Header::Done };
        let choices = [("auto", Header::Auto), ("yes", Header::Next), ("no", Header::Done)];
        let header = settings.choice("header", &choices)?.unwrap_or(usual);
        Ok(Self {
            separator: separator(settings, "separator")?,
            header,
            names,
            candidates: Vec::new(),
            unfit: 0,
            spaced: false,
            fields: Vec::new(),
            message: Discovered::new(settings.text("message")?.unwrap_or("csv")),
            scratch: Scratch::default(),
        })
    }

    /// The text between two values of a line.
    fn separator_of(&self, line: &str) -> &str {
        match &self.separator {
            Some(text) => text.as_str(),
            None => ["\t", ";", ","].into_iter().find(|text| line.contains(text)).unwrap_or(" "),
        }
    }

    /// The cells of a line, trimmed and unquoted; where no comma separates them, one in a number is its decimal mark.
    fn cells<'a>(&self, line: &'a str) -> Vec<Cow<'a, str>> {
        let separator = self.separator_of(line);
        let decimal = !separator.contains(',') && line.contains(',');
        let mut cells = Vec::new();
        let mut rest = Some(line);
        while let Some(line) = rest {
            let (cell, after) = cell(line, separator);
            let cell = if decimal { with_point(cell) } else { cell };
            // Spaces are a separator however many there are.
            if separator != " " || !cell.is_empty() || cells.is_empty() && after.is_none() {
                cells.push(cell);
            }
            rest = after;
        }
        cells
    }

    /// Whether the line is a header, which is good and says nothing.
    fn header(&mut self, line: &str, cells: &[Cow<'_, str>]) -> Result<bool, DecodeError> {
        // A separator at the end makes an empty cell of either.
        let filled = match cells.split_last() {
            Some((last, rest)) if last.is_empty() && !rest.is_empty() => rest,
            _ => cells,
        };
        let words = filled.iter().all(|cell| matches!(read_cell(cell), Value::Text(_)));
        if words && cells.iter().map(AsRef::as_ref).eq(self.names.iter().map(String::as_str)) {
            // A device that starts anew repeats its header.
            return Ok(true);
        }
        let names = || cells.iter().map(|cell| cell.to_string()).collect();
        // Words where there were numbers: other names for as many columns, or a line of a log in between.
        let numbers = words && any_number(self.message.schema().fields);
        let separated = self.separator.is_some() || line.contains(['\t', ';', ',']);
        let alike = self.spaced == self.is_spaced(line) && !cells.iter().any(|cell| cell.contains(' '));
        let named = self.fields.len() == cells.len() && separated && alike;
        match self.header {
            Header::Next => {
                self.names = names();
                self.fields.clear();
                self.header = Header::Done;
                return Ok(true);
            }
            Header::Auto if words && (self.fields.is_empty() || numbers && named) => {
                let separator = self.separator_of(line).to_string();
                let sentence = separator != " " && cells.iter().any(|cell| cell.contains(' '));
                let spaced = self.is_spaced(line);
                if self.candidates.len() >= CANDIDATES {
                    self.candidates.remove(0);
                }
                self.candidates.push(Candidate { separator, names: names(), sentence, spaced });
                self.unfit = 0;
                return Ok(true);
            }
            _ if numbers => return Err(DecodeError::Syntax { at: 0 }),
            _ => {}
        }
        self.spaced = self.is_spaced(line);
        if !self.candidates.is_empty() {
            self.choose(line, cells.len());
        }
        Ok(false)
    }

    /// The header of a row of so many cells, if one of the lines before it is. What a board says at its start has seldom as
    /// many words as its rows have values, and stands otherwise.
    fn choose(&mut self, line: &str, cells: usize) {
        let separator = self.separator_of(line);
        let fits = |one: &&Candidate| one.names.len() == cells && one.separator == separator;
        let names = |one: &&Candidate| !one.sentence && one.spaced == self.spaced;
        let fitting = || self.candidates.iter().rev().filter(fits);
        let header = fitting().find(names).or_else(|| fitting().next()).map(|one| one.names.clone());
        self.unfit = self.unfit.saturating_add(1);
        if header.is_some() || self.unfit >= UNFIT {
            self.candidates.clear();
        }
        if let Some(names) = header {
            self.names = names;
            self.fields.clear();
        }
    }

    /// Whether a space follows a separator.
    fn is_spaced(&self, line: &str) -> bool {
        let separator = self.separator_of(line);
        line.split(separator).skip(1).any(|cell| cell.starts_with(' '))
    }

    fn row<'a>(&mut self, cells: &'a [Cow<'_, str>], values: &mut Vec<Value<'a>>) -> Result<(), DecodeError> {
        for (column, cell) in cells.iter().enumerate() {
            let value = read_cell(cell);
            let field = match self.fields.get(column) {
                Some(field) => *field,
                None => {
                    // The first value of a column decides its kind; numbers, where it is empty.
                    let first = if value == Value::Null { Value::F64(0.0) } else { value };
                    let index = self.message.index_of(&self.name(column), column, &first, "");
                    let field = index.map_err(|excess| excess.at(0))?.unwrap_or(column);
                    self.fields.push(field);
                    field
                }
            };
            set(values, field, value);
        }
        Ok(())
    }

    /// A name no other column has: of two columns with one name, the second adds its number.
    fn name(&self, column: usize) -> String {
        let number = column.saturating_add(1);
        match self.names.get(column).filter(|name| !name.is_empty()) {
            None => format!("c{number}"),
            Some(name) if self.names.iter().take(column).any(|other| other == name) => format!("{name}.{number}"),
            Some(name) => name.clone(),
        }
    }
}

/// What a cell means.
fn read_cell(cell: &str) -> Value<'_> {
    if is_missing(cell) { Value::Null } else { read(cell) }
}

/// The first cell of a line, and what follows its separator (RFC 4180, section 2).
fn cell<'a>(line: &'a str, separator: &str) -> (Cow<'a, str>, Option<&'a str>) {
    if let Some(quoted) = line.trim_start().strip_prefix('"')
        && let Some(end) = closing(quoted)
    {
        let (inside, after) = (quoted.get(..end).unwrap_or_default(), quoted.get(end..).unwrap_or_default());
        let text = if inside.contains('"') { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) };
        return (text, after.split_once(separator).map(|(_, after)| after));
    }
    match line.split_once(separator) {
        Some((cell, after)) => (Cow::Borrowed(cell.trim()), Some(after)),
        None => (Cow::Borrowed(line.trim()), None),
    }
}

/// A number with a decimal comma as one with a point (ISO 80000-1, 7.3.2); anything else as it is.
fn with_point(cell: Cow<'_, str>) -> Cow<'_, str> {
    let of_number = |byte: u8| matches!(byte, b'0'..=b'9' | b',' | b'-' | b'+' | b'e' | b'E');
    let (mut bytes, commas) = (cell.bytes(), cell.bytes().filter(|byte| *byte == b',').count());
    if commas != 1 || !bytes.all(of_number) {
        return cell;
    }
    let number = cell.replace(',', ".");
    if matches!(read(&number), Value::F64(_)) { Cow::Owned(number) } else { cell }
}

/// Where the quote is that closes a cell: one that is not doubled.
fn closing(quoted: &str) -> Option<usize> {
    let bytes = quoted.as_bytes();
    let mut at = 0;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

impl Decoder for Csv {
    /// Empty lines and headers are good and say nothing.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError> {
        let line = text(frame);
        if line.trim().is_empty() {
            return Ok(());
        }
        let cells = self.cells(&line);
        if self.header(&line, &cells)? {
            return Ok(());
        }
        let mut values = self.scratch.take();
        let result = self.row(&cells, &mut values);
        if result.is_ok() {
            emit(sample(self.message.schema(), &values));
        }
        self.scratch.put(values);
        result
    }

    /// Where the settings name the columns and no header can rename them.
    fn declared(&self, each: &mut dyn FnMut(crate::Declared<'_>)) -> bool {
        if self.header != Header::Done || self.names.is_empty() {
            return false;
        }
        let message = self.message.schema().name;
        for column in 0..self.names.len() {
            each(crate::Declared { message, field: &self.name(column), open: false });
        }
        true
    }
}
