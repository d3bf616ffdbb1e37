//! A data logger's files: a folder of days, each a CSV file with a line for every ten seconds, and today's, which grows.

use crate::random::Random;
use std::f64::consts::TAU;
use std::fmt::Write;

const DAY_S: i64 = 86_400;
/// Seconds from one line to the next.
const PERIOD_S: i64 = 10;
/// How many days are kept besides today.
const DAYS: i64 = 14;
const README: &str = "Water level logger WL-2, simulated.\r\n\
                      TODAY.CSV is still written; whole days are in ARCHIVE.\r\n\
                      Columns: seconds since 1970, degrees Celsius, metres, volts.\r\n";

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its bytes; `None` for a folder.
    pub size: Option<u64>,
    /// When it was changed, in seconds since 1970.
    pub modified: i64,
}

/// The logger.
#[derive(Clone, Copy, Debug)]
pub struct Logger {
    seed: u64,
}

impl Logger {
    /// Equal seeds give equal files.
    #[must_use]
    pub fn new(seed: u64) -> Logger {
        Logger { seed }
    }

    /// What a folder (`/` or `/ARCHIVE`) holds at `now`, in seconds since 1970; `None` where there is none.
    #[must_use]
    pub fn list(&self, folder: &str, now: i64) -> Option<Vec<Entry>> {
        let file = |path: &str, name: String, modified: i64| {
            let size = self.read(path, now).and_then(|bytes| u64::try_from(bytes.len()).ok());
            Entry { name, size: Some(size.unwrap_or(0)), modified }
        };
        let today = now.div_euclid(DAY_S);
        match folder {
            "/" => Some(vec![
                Entry { name: "ARCHIVE".into(), size: None, modified: today * DAY_S },
                file("/README.TXT", "README.TXT".into(), 0),
                file("/TODAY.CSV", "TODAY.CSV".into(), now - now.rem_euclid(PERIOD_S)),
            ]),
            "/ARCHIVE" => {
                let day = |ago: i64| {
                    let name = format!("{}.CSV", date(today - ago));
                    file(&format!("/ARCHIVE/{name}"), name, (today - ago + 1) * DAY_S)
                };
                Some((1..=DAYS).rev().map(day).collect())
            }
            _ => None,
        }
    }

    /// What a file holds; `None` where there is none.
    #[must_use]
    pub fn read(&self, path: &str, now: i64) -> Option<Vec<u8>> {
        let today = now.div_euclid(DAY_S);
        match path {
            "/README.TXT" => Some(README.into()),
            "/TODAY.CSV" => Some(self.lines(today * DAY_S, now)),
            _ => {
                let name = path.strip_prefix("/ARCHIVE/")?.strip_suffix(".CSV")?;
                let day = (1..=DAYS).map(|ago| today - ago).find(|day| date(*day) == name)?;
                Some(self.lines(day * DAY_S, (day + 1) * DAY_S - 1))
            }
        }
    }

    fn lines(&self, from: i64, to: i64) -> Vec<u8> {
        let mut text = String::from("time,temperature,level,battery\r\n");
        let mut at = from;
        while at <= to {
            let mut random = Random::new(self.seed ^ u64::try_from(at).unwrap_or(0));
            let of_day = f64::from(u32::try_from(at.rem_euclid(DAY_S)).unwrap_or(0)) / 86_400.0;
            let week = f64::from(u32::try_from(at.rem_euclid(7 * DAY_S)).unwrap_or(0)) / (7.0 * 86_400.0);
            let temperature = 8.0 - 3.0 * (of_day * TAU).cos() + (week * TAU).sin() + 0.05 * random.noise();
            let level = 2.4 + 0.35 * (of_day * 2.0 * TAU).sin() + 0.2 * (week * TAU).cos() + 0.004 * random.noise();
            let battery = 12.4 - 0.4 * (of_day * TAU).cos() + 0.01 * random.noise();
            let _ = write!(text, "{at},{temperature:.2},{level:.3},{battery:.2}\r\n");
            at += PERIOD_S;
        }
        text.into_bytes()
    }
}

/// The date of a day since 1970 (Richards' algorithm, Explanatory Supplement to the Astronomical Almanac, 3rd edition,
/// section 15.11).
fn date(day: i64) -> String {
    let f = day + 2_440_588 + 1401 + ((4 * (day + 2_440_588) + 274_277) / 146_097) * 3 / 4 - 38;
    let e = 4 * f + 3;
    let h = 5 * (e % 1461 / 4) + 2;
    let (day, month) = (h % 153 / 5 + 1, (h / 153 + 2) % 12 + 1);
    let year = e / 1461 - 4716 + (14 - month) / 12;
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_have_their_dates() {
        // `date -u -d @$((DAY * 86400)) +%F`
        for (day, expected) in
            [(0, "1970-01-01"), (11_016, "2000-02-29"), (20_515, "2026-03-03"), (20_785, "2026-11-28")]
        {
            assert_eq!(date(day), expected);
        }
    }
}
