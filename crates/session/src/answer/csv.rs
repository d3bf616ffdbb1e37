//! Rows as comma-separated values (RFC 4180), for other programs.

use super::MAX_FIELDS;
use crate::Session;
use crate::order::clock::Times;
use crate::query::{Cell, Csv, FieldId};
use codec::Value;
use std::fmt::Write as _;
use std::ops::Range;
use store::{Row, Table, Time, TimeBase};

/// Characters of a piece, about.
const PIECE: usize = 256 << 10;

/// The fields of one table that are wanted, with the columns they stand in.
struct Part<'a> {
    table: &'a Table,
    columns: Vec<(usize, usize)>,
    row: u64,
    end: u64,
}

impl Session {
    /// A piece of the rows of the fields' tables, in order of time by one clock or the other. A row has a cell for every
    /// field; those of other tables are empty. Where the device's time is kept, both times stand in front.
    pub(super) fn csv(&self, base: TimeBase, fields: &[FieldId], span: Range<Time>, next: &[u64]) -> Csv {
        let fields = fields.get(..fields.len().min(MAX_FIELDS)).unwrap_or_default();
        let tables = self.data.store.tables();
        let table_of = |id: &FieldId| tables.get(usize::from(id.table));
        let clocked = fields.iter().filter_map(table_of).any(Table::is_clocked).then(|| self.times());
        let heads = next.is_empty().then(|| self.csv_heads(fields, clocked));
        rows_as_text(fields, &table_of, (base, span), next, heads.unwrap_or_default(), clocked)
    }

    /// What the device's times are.
    fn times(&self) -> Times {
        let clock = self.profile.clock.as_ref();
        clock.map_or(Times::Instants, |clock| clock.times(self.profile.link.is_file()))
    }

    /// "time", or both times, and, for each field, "message.name [unit]".
    fn csv_heads(&self, fields: &[FieldId], clocked: Option<Times>) -> String {
        let tables = self.data.store.tables();
        let mut heads = String::from(match clocked {
            None => "time",
            Some(Times::Instants) => "arrival time,device time",
            Some(Times::Since) => "arrival time,seconds",
            Some(Times::Rows) => "arrival time,row",
        });
        for id in fields {
            heads.push(',');
            let table = tables.get(usize::from(id.table));
            if let Some((table, field)) = table.and_then(|table| Some((table, table.field(usize::from(id.field))?))) {
                let unit = self.data.unit(usize::from(id.table), field.name).unwrap_or(field.unit);
                let unit = if unit.is_empty() { String::new() } else { format!(" [{unit}]") };
                write_text(&mut heads, &format!("{}.{}{unit}", table.name(), field.name));
            }
        }
        heads.push_str("\r\n");
        heads
    }
}

/// The first line of such text for these columns.
#[must_use]
pub fn csv_heads(columns: &[String]) -> String {
    let mut heads = String::from("time");
    for column in columns {
        heads.push(',');
        write_text(&mut heads, column);
    }
    heads + "\r\n"
}

/// A piece of the rows of fields, each in the table that is said of it, in order of time by one clock or the other, after these
/// heads. `next` says where the tables go on after the piece before; both times of a row stand in it where there is a clock.
pub(crate) fn rows_as_text<'a>(
    fields: &[FieldId],
    table_of: &dyn Fn(&FieldId) -> Option<&'a Table>,
    (base, span): (TimeBase, Range<Time>),
    next: &[u64],
    heads: String,
    clocked: Option<Times>,
) -> Csv {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (column, id) in fields.iter().enumerate() {
        let Some(table) = table_of(id) else { continue };
        let entry = (column, usize::from(id.field));
        match parts.iter_mut().find(|part| std::ptr::eq(part.table, table)) {
            Some(part) => part.columns.push(entry),
            None => {
                let rows = table.rows_within_by(base, span.clone());
                parts.push(Part { table, columns: vec![entry], row: rows.start, end: rows.end });
            }
        }
    }
    let mut csv = Csv { text: heads, ..Csv::default() };
    for (part, next) in parts.iter_mut().zip(next) {
        // What was given up meanwhile is missing, and said to be.
        csv.missed = csv.missed.saturating_add(part.table.rows().start.saturating_sub(*next));
        part.row = part.row.max(*next);
    }
    let mut cells = vec![String::new(); fields.len()];
    while csv.text.len() < PIECE {
        let earliest = parts.iter_mut().filter_map(|part| Some((part.current()?, part)));
        let Some((row, part)) = earliest.min_by_key(|(row, _)| row.time_by(base)) else { return csv };
        cells.iter_mut().for_each(String::clear);
        for (column, field) in &part.columns {
            if let Some(cell) = cells.get_mut(*column) {
                write_cell(cell, &row.value(*field));
            }
        }
        part.row = part.row.saturating_add(1);
        csv.rows = csv.rows.saturating_add(1);
        write_time(&mut csv.text, row.time.0);
        if let Some(times) = clocked {
            csv.text.push(',');
            if let Some(device) = row.device {
                write_told(&mut csv.text, device.0, times);
            }
        }
        for cell in &cells {
            csv.text.push(',');
            csv.text.push_str(cell);
        }
        csv.text.push_str("\r\n");
    }
    csv.next = Some(parts.iter().map(|part| part.row).collect());
    csv
}

impl<'a> Part<'a> {
    fn current(&self) -> Option<Row<'a>> {
        if self.row < self.end { self.table.row(self.row) } else { None }
    }
}

/// Whether a number would have a row of zeros without a power of ten: 1e300 has three hundred.
fn is_long(number: f64) -> bool {
    let size = number.abs();
    size.is_finite() && size != 0.0 && !(1e-6..1e16).contains(&size)
}

/// A value, exactly: a reader gets the same number back. Bytes are pairs of hexadecimal digits.
fn write_cell(cell: &mut String, value: &Value<'_>) {
    // Writing to a string does not fail.
    let _ = match value {
        Value::Null => Ok(()),
        Value::Bool(truth) => write!(cell, "{truth}"),
        Value::I64(number) => write!(cell, "{number}"),
        Value::U64(number) => write!(cell, "{number}"),
        Value::F32(number) if is_long(f64::from(*number)) => write!(cell, "{number:e}"),
        Value::F32(number) => write!(cell, "{number}"),
        Value::F64(number) if is_long(*number) => write!(cell, "{number:e}"),
        Value::F64(number) => write!(cell, "{number}"),
        Value::Bytes(bytes) => bytes.iter().try_for_each(|byte| write!(cell, "{byte:02x}")),
        Value::Text(text) => {
            write_text(cell, text);
            Ok(())
        }
    };
}

/// The same of a cell.
pub(crate) fn write_value(text: &mut String, cell: &Cell) {
    let value = match cell {
        Cell::Null => Value::Null,
        Cell::Bool(truth) => Value::Bool(*truth),
        Cell::I64(number) => Value::I64(*number),
        Cell::U64(number) => Value::U64(*number),
        Cell::F32(number) => Value::F32(*number),
        Cell::F64(number) => Value::F64(*number),
        Cell::Text(said) => Value::Text(said),
        Cell::Bytes(bytes) => Value::Bytes(bytes),
    };
    write_cell(text, &value);
}

/// Text, between quotes where it needs them. What a spreadsheet would run as a formula has an apostrophe in front: a
/// device must not compute on the reader's machine.
pub(crate) fn write_text(cell: &mut String, text: &str) {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.contains([',', '"', '\r', '\n']);
    if quoted {
        cell.push('"');
    }
    if formula {
        cell.push('\'');
    }
    for c in text.chars() {
        if c == '"' {
            cell.push('"');
        }
        cell.push(c);
    }
    if quoted {
        cell.push('"');
    }
}

/// An instant as ISO 8601 in UTC, to the nanosecond.
pub(crate) fn write_time(text: &mut String, nanos: i64) {
    let (seconds, nanos) = (nanos.div_euclid(1_000_000_000), nanos.rem_euclid(1_000_000_000));
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let _ = write!(text, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanos:09}Z");
}

/// A device's time: an instant, seconds or a row.
fn write_told(text: &mut String, nanos: i64, times: Times) {
    if times == Times::Instants {
        return write_time(text, nanos);
    }
    let (sign, size) = (if nanos < 0 { "-" } else { "" }, nanos.unsigned_abs());
    let decimals = format!("{:09}", size % 1_000_000_000);
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    let _ = write!(text, "{sign}{}{point}{decimals}", size / 1_000_000_000);
}

/// The Gregorian date of a day counted from 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(nanos: i64) -> String {
        let mut text = String::new();
        write_time(&mut text, nanos);
        text
    }

    fn cell(value: &Value<'_>) -> String {
        let mut text = String::new();
        write_cell(&mut text, value);
        text
    }

    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(time(0), "1970-01-01T00:00:00.000000000Z");
        assert_eq!(time(-1), "1969-12-31T23:59:59.999999999Z");
        assert_eq!(time(951_782_400_000_000_000), "2000-02-29T00:00:00.000000000Z");
        assert_eq!(time(1_709_251_199_123_456_789), "2024-02-29T23:59:59.123456789Z");
        assert_eq!(time(i64::MAX), "2262-04-11T23:47:16.854775807Z");
    }

    #[test]
    fn seconds_and_rows_of_a_file_are_plain_numbers() {
        let told = |nanos: i64, times| {
            let mut text = String::new();
            write_told(&mut text, nanos, times);
            text
        };
        assert_eq!(told(2_000_000_000, Times::Rows), "2");
        assert_eq!(told(-500_000_001, Times::Since), "-0.500000001");
        assert_eq!(told(12_250_000_000, Times::Since), "12.25");
    }

    #[test]
    fn f21_numbers_come_back_as_they_were() {
        assert_eq!(cell(&Value::U64(u64::MAX)), "18446744073709551615");
        assert_eq!(cell(&Value::F32(0.1)), "0.1");
        assert_eq!(cell(&Value::F64(1.0 / 3.0)).parse(), Ok(1.0_f64 / 3.0));
        assert_eq!(cell(&Value::F64(f64::NAN)), "NaN");
        let long = [1e300, -1e300, 5e-324, 1.234_567_890_123_456_7e16, 1e-7, f64::MAX, f64::MIN];
        for number in long {
            let text = cell(&Value::F64(number));
            assert_eq!(text.parse(), Ok(number));
            assert!(text.len() < 26 && text.contains('e'), "{text}");
        }
        assert_eq!([0.0, 1e15, 1e-6].map(|number| cell(&Value::F64(number))), ["0", "1000000000000000", "0.000001"]);
        assert_eq!(cell(&Value::F32(1e30)), "1e30");
        assert_eq!(cell(&Value::F64(f64::NEG_INFINITY)), "-inf");
        assert_eq!(cell(&Value::F64(-1.5)), "-1.5", "a number is no formula");
    }

    #[test]
    fn s5_no_text_of_a_device_becomes_a_formula_or_another_cell() {
        assert_eq!(cell(&Value::Text("=HYPERLINK(\"http://x\")")), "\"'=HYPERLINK(\"\"http://x\"\")\"");
        for text in ["+1", "-1", "@x", "\t=1"] {
            assert_eq!(cell(&Value::Text(text)), format!("'{text}"));
        }
        assert_eq!(cell(&Value::Text("\r=1")), "\"'\r=1\"");
        assert_eq!(cell(&Value::Text("a,b")), "\"a,b\"");
        assert_eq!(cell(&Value::Text("two\nlines")), "\"two\nlines\"");
        assert_eq!(cell(&Value::Text("plain = text")), "plain = text");
    }
}
