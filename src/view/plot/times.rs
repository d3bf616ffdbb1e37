//! The times of a plot as text: those of clocks, or in a file that tells no instants its seconds or rows.

use super::measures::{hertz, interval};
use super::{SECOND, scale};
use crate::browser::clock;
use crate::view::format;
use crate::words::plot as words;
pub use session::order::clock::Times;

/// What the times by the clock of a profile are; `None` where it names no clock.
#[must_use]
pub fn of_profile(profile: &str, file: bool) -> Option<Times> {
    session::Profile::parse(profile).ok()?.clock.map(|clock| clock.times(file))
}

/// What the clock that tells them is called, in a choice and as a column's head.
#[must_use]
pub fn clock_name(times: Times) -> &'static str {
    match times {
        Times::Instants => words::device_time(),
        Times::Since => words::time_in_file(),
        Times::Rows => words::row_number(),
    }
}

/// A moment, with so many decimals of a second.
#[must_use]
pub fn moment(times: Times, nanos: i64, decimals: usize) -> String {
    match times {
        Times::Instants => format::clock(nanos, clock::zone_seconds_at(nanos), decimals),
        Times::Since => format!("{} s", plain(nanos, decimals)),
        Times::Rows => words::row(&plain(nanos, 0)),
    }
}

/// What is between two ends of a plot.
#[must_use]
pub fn span(times: Times, from: i64, to: i64) -> String {
    match times {
        Times::Rows => {
            let rows = to.div_euclid(SECOND).saturating_sub(from.saturating_sub(1).div_euclid(SECOND));
            words::rows(&format::count(rows.unsigned_abs()))
        }
        _ => format::duration(to.saturating_sub(from)),
    }
}

/// How far two moments are apart, and how often that is in a second.
pub(super) fn apart(times: Times, nanos: i64) -> (String, String) {
    let often = 1e9 / nanos.unsigned_abs() as f64;
    match times {
        Times::Rows => (words::rows(&plain(nanos, 0)), "–".to_owned()),
        _ if nanos == 0 => (interval(0), "–".to_owned()),
        _ => (interval(nanos), hertz(often)),
    }
}

/// A frequency.
pub(super) fn frequency(times: Times, per_second: f64) -> String {
    match times {
        Times::Rows => words::per_row(&format::reading((per_second * 1e6).round() / 1e6)),
        _ => hertz(per_second),
    }
}

/// The moments to label between two instants, at most about so many, and their decimals.
pub(super) fn moments(times: Times, from: i64, to: i64, about: f64) -> (Vec<i64>, usize) {
    let about = match times {
        Times::Rows => about.min(to.saturating_sub(from) as f64 / SECOND as f64),
        _ => about,
    };
    scale::moments(from, to, (times == Times::Instants).then(|| clock::zone_seconds_at(from)), about)
}

/// Seconds without what they have of a day.
fn plain(nanos: i64, decimals: usize) -> String {
    let exact = nanos as f64 / SECOND as f64;
    let text = format!("{:.decimals$}", exact.abs());
    if exact < 0.0 { format!("\u{2212}{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_tells_no_instants_has_seconds_and_rows() {
        let said = |times| (moment(times, 12_250 * SECOND / 1000, 2), span(times, SECOND, 300 * SECOND));
        assert_eq!(said(Times::Since), ("12.25 s".to_owned(), "4 min 59 s".to_owned()));
        assert_eq!(said(Times::Rows), ("row 12".to_owned(), "300 rows".to_owned()), "the first row is number 1");
        assert_eq!(apart(Times::Rows, -3 * SECOND), ("\u{2212}3 rows".to_owned(), "–".to_owned()));
        assert_eq!(frequency(Times::Rows, 0.125), "0.125 per row");
        let (at, _) = moments(Times::Rows, SECOND, 4 * SECOND, 20.0);
        assert_eq!(at, [2, 3].map(|row| row * SECOND), "half a row is none");
        let (at, _) = moments(Times::Since, 0, 250 * SECOND, 3.0);
        assert_eq!(at, [100, 200].map(|second| second * SECOND), "and no minutes of a clock");
    }

    #[test]
    fn what_a_profiles_times_are_depends_on_whether_a_file_tells_them() {
        let with =
            |clock: &str| format!("name = \"Log\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"csv\"\n{clock}");
        let rows = with("[clock]\nfield = \"t\"\ncounts_from = \"rows\"\n");
        assert_eq!((of_profile(&rows, true), of_profile(&rows, false)), (Some(Times::Rows), Some(Times::Instants)));
        assert_eq!(of_profile(&with("[clock]\nfield = \"t\"\n"), true), Some(Times::Since));
        assert_eq!(of_profile(&with(""), true), None);
    }
}
