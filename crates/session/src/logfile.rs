//! What the head of a file of separated numbers says about when its rows were made: a file that is opened is to be seen
//! in the plot at once, without a profile that names its column of time.

use crate::order::date::{date, time_of_day};
use crate::profile::edit::{self, New};
use crate::{Profile, session};
use codec::Value;

/// Bytes of a file that are looked at.
pub const HEAD_BYTES: usize = 8 << 10;
/// Rows that are looked at.
const ROWS: usize = 200;
/// Numbers from 2001 on, in seconds, are times since 1970; a thousand times that are milliseconds, and so on.
const SINCE_1970: f64 = 1e9;
/// Words that a column of time is called by, in lower case: alone, or followed by what is no letter.
const TIME: [&str; 17] = [
    "time",
    "timestamp",
    "datetime",
    "date",
    "t",
    "ts",
    "epoch",
    "unix",
    "utc",
    "uptime",
    "elapsed",
    "seconds",
    "millis",
    "ms",
    "zeit",
    "zeitstempel",
    "datum",
];

/// A column as far as it was looked at.
struct Column {
    name: String,
    texts: Vec<String>,
    numbers: Vec<f64>,
}

impl Column {
    /// Whether all of its cells are texts of which that is true.
    fn all(&self, is: fn(&str) -> bool) -> bool {
        self.numbers.is_empty() && !self.texts.is_empty() && self.texts.iter().all(|text| is(text))
    }

    /// Whether it counts up, and never back.
    fn rises(&self) -> bool {
        let pairs = || self.numbers.iter().zip(self.numbers.iter().skip(1));
        let there = self.texts.is_empty() && self.numbers.iter().all(|number| number.is_finite());
        there && pairs().all(|(a, b)| a <= b) && (self.numbers.len() == 1 || pairs().any(|(a, b)| a < b))
    }

    /// Whether it is called as columns of time are.
    fn is_called_time(&self) -> bool {
        let name = self.name.to_lowercase();
        let word = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        TIME.contains(&word)
    }

    /// Whether its numbers are times since 1970, in whatever unit.
    fn is_since_1970(&self) -> bool {
        self.numbers.first().is_some_and(|first| unit_since_1970(*first).is_some())
    }

    /// The unit of what counts from the start: as its name says, else by how it counts.
    fn unit(&self) -> &'static str {
        let name = self.name.to_lowercase();
        let says = |words: &[&str]| name.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word));
        if says(&["ms", "millis", "milliseconds", "millisekunden"]) {
            "ms"
        } else if says(&["us", "µs", "μs", "micros", "microseconds", "mikrosekunden"]) {
            "us"
        } else if says(&["ns", "nanos", "nanoseconds"]) {
            "ns"
        } else if says(&["s", "sec", "secs", "second", "seconds", "sekunden"]) {
            "s"
        } else {
            // Whole numbers with steps of ten and more are what a `millis()` prints.
            let whole = self.numbers.iter().all(|number| number.fract() == 0.0);
            let steps = || self.numbers.iter().zip(self.numbers.iter().skip(1)).map(|(a, b)| b - a);
            if whole && steps().all(|step| step >= 10.0) && self.numbers.len() > 1 { "ms" } else { "s" }
        }
    }
}

/// The unit in which a number is a time from 2001 to 2286.
fn unit_since_1970(number: f64) -> Option<&'static str> {
    let units = [("s", 1.0), ("ms", 1e3), ("us", 1e6), ("ns", 1e9)];
    units
        .into_iter()
        .find(|(_, scale)| (SINCE_1970 * scale..SINCE_1970 * 10.0 * scale).contains(&number))
        .map(|(unit, _)| unit)
}

/// The profile with the `[clock]` that the head of a file calls for; the profile as it is where it names one, or where no
/// rows of numbers are in the head. `utc_offset_min` is where dates are from that do not say so.
#[must_use]
pub fn with_clock(text: &str, head: &[u8], utc_offset_min: i16) -> Option<String> {
    let profile = Profile::parse(text).ok()?;
    if profile.protocol != "csv" || profile.clock.is_some() {
        return None;
    }
    let columns = columns(&profile, head)?;
    let mut keys = Vec::new();
    let (field, from) = match told(&columns) {
        Some(Told::Dates { day, time }) => {
            keys.push(("unit", New::Text("date".to_owned())));
            if let Some(time) = time {
                keys.push(("time_of_day", New::Text(time.name.clone())));
            }
            if utc_offset_min != 0 {
                keys.push(("utc_offset_min", New::Number(utc_offset_min.to_string())));
            }
            (day, "1970")
        }
        Some(Told::Numbers { column, unit, since_1970 }) => {
            keys.push(("unit", New::Text(unit.to_owned())));
            (column, if since_1970 { "1970" } else { "start" })
        }
        None => (columns.first()?, "rows"),
    };
    keys.insert(0, ("field", New::Text(field.name.clone())));
    keys.push(("counts_from", New::Text(from.to_owned())));
    let made = keys.iter().try_fold(text.to_owned(), |text, (key, value)| edit::set(&text, "clock", key, Some(value)));
    made.ok().filter(|made| Profile::parse(made).is_ok())
}

/// What tells the time.
enum Told<'a> {
    /// Dates, and the times of day beside them where those have a column of their own.
    Dates { day: &'a Column, time: Option<&'a Column> },
    /// Numbers.
    Numbers { column: &'a Column, unit: &'static str, since_1970: bool },
}

fn told(columns: &[Column]) -> Option<Told<'_>> {
    let is_day = |text: &str| date(text).is_some();
    if let Some(day) = columns.iter().find(|column| column.all(is_day)) {
        let bare = day.all(|text| !text.contains(':'));
        let time = columns.iter().find(|column| bare && column.all(|text| time_of_day(text).is_some()));
        return Some(Told::Dates { day, time });
    }
    let rising = || columns.iter().filter(|column| column.rises());
    let first = rising().find(|column| column.is_called_time());
    let column = first.or_else(|| rising().find(|column| column.is_since_1970() && column.numbers.len() > 1))?;
    let since_1970 = column.numbers.first().and_then(|first| unit_since_1970(*first));
    let unit = since_1970.unwrap_or_else(|| column.unit());
    Some(Told::Numbers { column, unit, since_1970: since_1970.is_some() })
}

/// The columns of the first rows, as the profile's protocol reads them; `None` where none of them has a number.
fn columns(profile: &Profile, head: &[u8]) -> Option<Vec<Column>> {
    let mut codec = session::open(profile).ok()?;
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    let mut columns: Vec<Column> = Vec::new();
    let mut rows = 0_usize;
    // The last line may be cut off; it is looked at only where it is the only one.
    let lines = head.split(|byte| *byte == b'\n');
    let whole = lines.clone().count().saturating_sub(1).max(1);
    for line in lines.take(whole) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let _ = codec.decoder.decode(line, &mut |sample| {
            rows = rows.saturating_add(1);
            for (index, field) in sample.schema.fields.iter().enumerate() {
                if columns.len() <= index {
                    columns.push(Column { name: field.name.to_owned(), texts: Vec::new(), numbers: Vec::new() });
                }
                let Some(column) = columns.get_mut(index) else { continue };
                match sample.values.get(index) {
                    Some(Value::Text(text)) => column.texts.push((*text).to_owned()),
                    Some(value) => column.numbers.extend(number(value)),
                    None => {}
                }
            }
        });
        if rows >= ROWS {
            break;
        }
    }
    columns.iter().any(|column| !column.numbers.is_empty()).then_some(columns)
}

#[expect(clippy::cast_precision_loss, reason = "which unit a time has, its last digits do not tell")]
fn number(value: &Value<'_>) -> Option<f64> {
    match *value {
        Value::F64(number) => Some(number),
        Value::F32(number) => Some(f64::from(number)),
        Value::U64(number) => Some(number as f64),
        Value::I64(number) => Some(number as f64),
        Value::Bool(_) | Value::Null | Value::Text(_) | Value::Bytes(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::order::clock::{CountsFrom, DeviceClock};

    const CSV: &str = "name = \"Separated numbers\"\n\n[link]\nkind = \"serial\"\n\n[protocol]\nname = \"csv\"\n";

    fn clock(head: &str) -> Option<DeviceClock> {
        Profile::parse(&with_clock(CSV, head.as_bytes(), 60)?).unwrap().clock
    }

    /// The field, nanoseconds of its unit, from when it counts.
    fn short(head: &str) -> Option<(String, u32, CountsFrom)> {
        clock(head).map(|clock| (clock.field, clock.unit_nanos, clock.counts_from))
    }

    #[test]
    fn the_column_of_time_is_found_by_its_name_and_its_numbers() {
        let told = |name: &str, unit, from| Some((name.to_owned(), unit, from));
        assert_eq!(
            short("timestamp,temp\n1795907107,21.5\n1795907117,21.6\n"),
            told("timestamp", 1_000_000_000, CountsFrom::Unix)
        );
        assert_eq!(short("1795907107000,21.5\n1795907117000,21.6\n"), told("c1", 1_000_000, CountsFrom::Unix));
        assert_eq!(short("temp,Time (ms)\n21,100\n22,150\n"), told("Time (ms)", 1_000_000, CountsFrom::Start));
        assert_eq!(short("t;u\n0,0;1,5\n0,1;1,6\n"), told("t", 1_000_000_000, CountsFrom::Start));
        assert_eq!(short("time,u\n0,1.5\n250,1.6\n500,1.7\n"), told("time", 1_000_000, CountsFrom::Start));
    }

    #[test]
    fn dates_are_found_whatever_they_are_called() {
        let both = clock("Datum;Uhrzeit;Temp\n28.11.2026;23:05:07;21,5\n28.11.2026;23:05:17;21,6\n").unwrap();
        assert_eq!((both.field.as_str(), both.time_of_day.as_deref()), ("Datum", Some("Uhrzeit")));
        assert_eq!((both.counts_from, both.utc_offset_min), (CountsFrom::Unix, 60));
        let one = clock("no,when,v\n1,2026-11-28T23:05:07Z,2\n2,2026-11-28T23:05:08Z,3\n").unwrap();
        assert_eq!((one.field.as_str(), one.time_of_day), ("when", None));
    }

    #[test]
    fn without_a_column_of_time_rows_are_counted() {
        let rows = |name: &str| Some((name.to_owned(), 1_000_000, CountsFrom::Rows));
        assert_eq!(short("temp,hum\n15.5,40\n16.5,41\n"), rows("temp"));
        assert_eq!(short("21.5 40\n21.4 41\n"), rows("c1"));
        // What goes back is no time, whatever it is called.
        assert_eq!(short("time,hum\n5,40\n4,41\n"), rows("time"));
    }

    #[test]
    fn what_is_no_table_or_has_a_clock_stays_as_it_is() {
        for head in ["", "Water level logger\nsimulated\n", "\0\u{1}\u{2}"] {
            assert_eq!(clock(head), None, "{head:?}");
        }
        let clocked = format!("{CSV}\n[clock]\nfield = \"at\"\n");
        assert_eq!(with_clock(&clocked, b"time,v\n1,2\n2,3\n", 0), None);
    }
}
