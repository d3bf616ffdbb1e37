//! What the head of a file of separated numbers says about when its rows were made: a file that is opened is to be seen
//! in the plot at once, without a profile that names its column of time.

use crate::order::clock::{CountsFrom, DeviceClock};
use crate::order::date::{DateOrder, date, time_of_day};
use crate::profile::Outline;
use crate::profile::edit::{self, New};
use crate::{Profile, session};
use codec::Value;

/// Bytes of a file that are looked at.
pub const HEAD_BYTES: usize = 8 << 10;
/// Rows that are looked at.
const ROWS: usize = 200;
/// Numbers from 2001 on, in seconds, are times since 1970; a thousand times that are milliseconds, and so on.
const SINCE_1970: f64 = 1e9;
/// Units, in nanoseconds.
const SECOND: u32 = 1_000_000_000;
const MILLI: u32 = 1_000_000;
const MICRO: u32 = 1_000;
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

/// Minutes by which local time is ahead of UTC, at a moment of local time in nanoseconds since 1970: it is another in summer.
#[derive(Clone, Copy, Debug)]
pub struct Zone(pub fn(i64) -> i16);

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        (self.0)(0) == (other.0)(0)
    }
}

/// A column as far as it was looked at.
struct Column {
    name: String,
    texts: Vec<String>,
    numbers: Vec<f64>,
}

impl Column {
    /// Whether all of its cells are texts of which that is true.
    fn all(&self, is: impl Fn(&str) -> bool) -> bool {
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

    /// The unit of what counts from the start, in nanoseconds: as its name says, else by how it counts.
    fn unit(&self) -> u32 {
        let name = self.name.to_lowercase();
        let says = |words: &[&str]| name.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word));
        if says(&["ms", "millis", "milliseconds", "millisekunden"]) {
            MILLI
        } else if says(&["us", "µs", "μs", "micros", "microseconds", "mikrosekunden"]) {
            MICRO
        } else if says(&["ns", "nanos", "nanoseconds"]) {
            1
        } else if says(&["s", "sec", "secs", "second", "seconds", "sekunden"]) {
            SECOND
        } else {
            // Whole numbers with steps of ten and more are what a `millis()` prints.
            let whole = self.numbers.iter().all(|number| number.fract() == 0.0);
            let steps = || self.numbers.iter().zip(self.numbers.iter().skip(1)).map(|(a, b)| b - a);
            if whole && steps().all(|step| step >= 10.0) && self.numbers.len() > 1 { MILLI } else { SECOND }
        }
    }
}

/// The unit in which a number is a time from 2001 to 2286, in nanoseconds.
fn unit_since_1970(number: f64) -> Option<u32> {
    let units = [(SECOND, 1.0), (MILLI, 1e3), (MICRO, 1e6), (1, 1e9)];
    units
        .into_iter()
        .find(|(_, scale)| (SINCE_1970 * scale..SINCE_1970 * 10.0 * scale).contains(&number))
        .map(|(unit, _)| unit)
}

/// The clock that the head of a file calls for; `None` where the profile names one that the file has, or where no rows of
/// numbers are in the head. A column that is not there, or has texts in place of the numbers that the profile speaks of, is
/// none. The zone is that of dates that do not say theirs; the first row's holds for all.
#[must_use]
pub fn clock(profile: &Profile, head: &[u8], zone: Zone) -> Option<DeviceClock> {
    if profile.protocol != "csv" {
        return None;
    }
    let columns = columns(profile, head)?;
    if let Some(named) = &profile.clock {
        let fits = |column: &Column| column.name == named.field && !column.all(|_| named.unit_nanos > 0);
        if columns.iter().any(fits) {
            return None;
        }
    }
    let first = &columns.first()?.name;
    Some(told(&columns, zone).unwrap_or_else(|| plain(first, MILLI, CountsFrom::Rows)))
}

/// The profile with that clock in it; `None` where it cannot be written there.
#[must_use]
pub fn with_clock(text: &str, clock: &DeviceClock) -> Option<String> {
    let word = |word: &str| Some(New::Text(word.to_owned()));
    let unit = match clock.unit_nanos {
        0 => "date",
        1 => "ns",
        MICRO => "us",
        MILLI => "ms",
        _ => "s",
    };
    let from = match clock.counts_from {
        CountsFrom::Start => "start",
        CountsFrom::Unix => "1970",
        CountsFrom::Rows => "rows",
    };
    let offset = (clock.utc_offset_min != 0).then(|| New::Number(clock.utc_offset_min.to_string()));
    let keys = [
        ("field", word(&clock.field)),
        ("unit", word(unit).filter(|_| clock.counts_from != CountsFrom::Rows)),
        ("time_of_day", clock.time_of_day.as_deref().and_then(word)),
        ("date_order", word("day").filter(|_| clock.date_order == DateOrder::Day)),
        ("utc_offset_min", offset),
        ("counts_from", word(from)),
        // Of a clock that does not fit nothing stays.
        ("message", None),
        ("bits", None),
    ];
    let outline = Outline::read(text).unwrap_or_default();
    let mut keys = keys.iter().filter(|(key, value)| value.is_some() || outline.get(&format!("clock.{key}")).is_some());
    let made = keys.try_fold(text.to_owned(), |text, (key, value)| edit::set(&text, "clock", key, value.as_ref()));
    made.ok().filter(|made| Profile::parse(made).is_ok_and(|profile| profile.clock.as_ref() == Some(clock)))
}

/// A clock of numbers.
fn plain(field: &str, unit_nanos: u32, counts_from: CountsFrom) -> DeviceClock {
    DeviceClock {
        message: None,
        field: field.to_owned(),
        unit_nanos,
        bits: 0,
        counts_from,
        time_of_day: None,
        date_order: DateOrder::default(),
        utc_offset_min: 0,
    }
}

/// The column that tells the time, and how.
fn told(columns: &[Column], zone: Zone) -> Option<DeviceClock> {
    // What can be read in either order is in the first one.
    let order_of = |column: &Column| {
        let orders = [DateOrder::Month, DateOrder::Day];
        orders.into_iter().find(|order| column.all(|text| date(text, *order).is_some()))
    };
    if let Some((day, date_order)) = columns.iter().find_map(|column| Some((column, order_of(column)?))) {
        let bare = day.all(|text| !text.contains(':'));
        let time = columns.iter().find(|column| bare && column.all(|text| time_of_day(text).is_some()));
        let time_of_day = time.map(|time| time.name.clone());
        let first = day.texts.first().and_then(|text| date(text, date_order));
        let utc_offset_min = first.map_or(0, |(nanos, _)| (zone.0)(i64::try_from(nanos).unwrap_or_default()));
        return Some(DeviceClock { date_order, time_of_day, utc_offset_min, ..plain(&day.name, 0, CountsFrom::Unix) });
    }
    let rising = || columns.iter().filter(|column| column.rises());
    let first = rising().find(|column| column.is_called_time());
    let column = first.or_else(|| rising().find(|column| column.is_since_1970() && column.numbers.len() > 1))?;
    let since_1970 = column.numbers.first().and_then(|first| unit_since_1970(*first));
    let from = if since_1970.is_some() { CountsFrom::Unix } else { CountsFrom::Start };
    Some(plain(&column.name, since_1970.unwrap_or_else(|| column.unit()), from))
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

    /// An hour ahead, and two in the summer of 2026.
    const ZONE: Zone =
        Zone(|nanos| if (1_775_000_000..1_793_000_000).contains(&(nanos / 1_000_000_000)) { 120 } else { 60 });
    const CSV: &str = "name = \"Separated numbers\"\n\n[link]\nkind = \"serial\"\n\n[protocol]\nname = \"csv\"\n";

    /// The clock as it stands in the profile afterwards.
    fn clock(head: &str) -> Option<DeviceClock> {
        let clock = super::clock(&Profile::parse(CSV).unwrap(), head.as_bytes(), ZONE)?;
        let written = Profile::parse(&with_clock(CSV, &clock).unwrap()).unwrap().clock;
        assert_eq!(written.as_ref(), Some(&clock), "it is written as it is");
        written
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
        let summer = clock("when,v\n2026-07-01 12:00:00,1\n2026-07-01 12:00:10,2\n").unwrap();
        assert_eq!(summer.utc_offset_min, 120, "as it was then, whenever it is read");
        let one = clock("no,when,v\n1,2026-11-28T23:05:07Z,2\n2,2026-11-28T23:05:08Z,3\n").unwrap();
        assert_eq!((one.field.as_str(), one.time_of_day), ("when", None));
    }

    #[test]
    fn which_of_two_numbers_is_the_month_is_seen_in_the_whole_file_and_else_it_is_the_first() {
        let order = |head: &str| clock(head).filter(|clock| clock.unit_nanos == 0).map(|clock| clock.date_order);
        assert_eq!(order("date,v\n11/09/2026 23:05,1\n11/28/2026 00:05,2\n"), Some(DateOrder::Month));
        assert_eq!(order("date,v\n09/11/2026 23:05,1\n28/11/2026 00:05,2\n"), Some(DateOrder::Day));
        assert_eq!(order("date,v\n3/4/2026,1\n3/5/2026,2\n"), Some(DateOrder::Month));
        assert_eq!(order("date,v\n11/28/2026,1\n28/11/2026,2\n"), None, "in no order all of them are dates");
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
        let clocked = Profile::parse(&format!("{CSV}\n[clock]\nfield = \"at\"\n")).unwrap();
        assert_eq!(super::clock(&clocked, b"at,v\n1,2\n2,3\n", ZONE), None);
        let other = super::clock(&clocked, b"time,v\n1,2\n2,3\n", ZONE).unwrap();
        assert_eq!(
            (other.field.as_str(), other.counts_from),
            ("time", CountsFrom::Start),
            "the file has no such column"
        );
        // It takes the place of the one that did not fit, whole.
        let logger = include_str!("../../../profiles/logger.toml");
        for head in ["temp,hum\n1,2\n0,3\n", "when,v\n2026-11-28 12:00,1\n", "ms,v\n10,1\n30,2\n"] {
            let other = super::clock(&Profile::parse(logger).unwrap(), head.as_bytes(), ZONE).unwrap();
            let written = Profile::parse(&with_clock(logger, &other).unwrap()).unwrap().clock;
            assert_eq!(written, Some(other), "{head}");
        }
    }
}
