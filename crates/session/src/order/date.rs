//! Dates and times as they are written in files: ISO 8601, also with a space or slashes, `28.11.2026 12:00`, and
//! `11/28/2026 12:00 PM`.

use serde::{Deserialize, Serialize};

const SECOND: i128 = 1_000_000_000;
/// Nanoseconds of a day.
const DAY: i128 = 86_400 * SECOND;

/// What stands first in a date whose year is last and whose parts are not told apart by full stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// The month, as in the United States: `11/28/2026`.
    #[default]
    Month,
    /// The day: `28/11/2026`.
    Day,
}

/// Nanoseconds since 1970, and whether the text says itself how far it is from UTC; `None` for what is no date in that
/// order.
#[must_use]
pub fn date(text: &str, order: DateOrder) -> Option<(i128, bool)> {
    let text = text.trim();
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at_checked(end)?;
    let day = days(day, order)? * DAY;
    let clock = rest.get(1..).unwrap_or_default().trim();
    if clock.is_empty() {
        return rest.is_empty().then_some((day, false));
    }
    let zone = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at_checked(zone)?;
    let at = day.saturating_add(time_of_day(clock)?);
    match zone.trim() {
        "" => Some((at, false)),
        "Z" | "z" => Some((at, true)),
        zone => Some((at.saturating_sub(offset(zone)?), true)),
    }
}

/// Nanoseconds since midnight: `12:00`, `12:00:01`, `12:00:01.5` or `12:00:01,5`; with `AM` or `PM` behind it, of half a
/// day.
#[must_use]
pub fn time_of_day(text: &str) -> Option<i128> {
    let text = text.trim();
    let (plain, half) = text.split_at_checked(text.len().saturating_sub(2)).unwrap_or((text, ""));
    let half = ["am", "pm"].iter().position(|word| half.eq_ignore_ascii_case(word));
    let mut parts = if half.is_some() { plain.trim_end() } else { text }.split(':');
    let (hour, minute) = (number(parts.next()?, 23)?, number(parts.next()?, 59)?);
    let hour = match half {
        None => hour,
        // Twelve is the hour before one.
        Some(after) if (1..=12).contains(&hour) => hour % 12 + if after == 0 { 0 } else { 12 },
        Some(_) => return None,
    };
    let second = parts.next().map_or(Some(0), seconds)?;
    if parts.next().is_some() {
        return None;
    }
    Some((hour * 3600 + minute * 60).saturating_mul(SECOND).saturating_add(second))
}

/// Seconds, in nanoseconds; a leap second counts as the next one.
fn seconds(text: &str) -> Option<i128> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Nine digits of it are nanoseconds.
    let part = part.bytes().chain(std::iter::repeat(b'0')).take(9);
    let nanos = part.fold(0_i128, |nanos, digit| nanos * 10 + i128::from(digit.saturating_sub(b'0')));
    Some(number(whole, 60)? * SECOND + nanos)
}

/// `+01:00`, `+0100` or `+01`, in nanoseconds.
fn offset(text: &str) -> Option<i128> {
    let (sign, text) = text.split_at_checked(1)?;
    let digits = text.replace(':', "");
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { number(minutes, 59)? };
    let nanos = (number(hours, 23)? * 60 + minutes) * 60 * SECOND;
    Some(if sign == "-" { -nanos } else { nanos })
}

/// Days since 1970 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`).
fn days(text: &str, order: DateOrder) -> Option<i128> {
    let separator = text.find(['-', '/', '.']).and_then(|at| text.get(at..)?.chars().next())?;
    let mut parts = text.split(separator);
    let (first, second, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, month, day) = match (first.len(), last.len()) {
        (4, 1 | 2) => (first, second, last),
        (1 | 2, 4) if separator == '.' || order == DateOrder::Day => (last, second, first),
        (1 | 2, 4) => (last, first, second),
        _ => return None,
    };
    let (year, month, day) = (number(year, 9999)?, number(month, 12)?, number(day, 31)?);
    if parts.next().is_some() || month == 0 || day == 0 {
        return None;
    }
    // Years that begin in March end with the leap day.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, month) = (year.div_euclid(400), (month + 9) % 12);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn number(text: &str, most: i128) -> Option<i128> {
    let plain = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| plain && *number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds_of(text: &str) -> Option<(i128, bool)> {
        date(text, DateOrder::Month).map(|(nanos, zone)| (nanos / SECOND, zone))
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        // As `date -u -d … +%s` has them.
        assert_eq!(seconds_of("2026-11-28T23:05:07Z"), Some((1_795_907_107, true)));
        assert_eq!(seconds_of("2026-11-28 23:05:07"), Some((1_795_907_107, false)));
        assert_eq!(seconds_of("28.11.2026 23:05"), Some((1_795_907_100, false)));
        assert_eq!(seconds_of("2026/11/28 23:05:07+01:00"), Some((1_795_903_507, true)));
        assert_eq!(seconds_of("2000-02-29"), Some((951_782_400, false)));
        assert_eq!(seconds_of("1969-12-31T23:59:59Z"), Some((-1, true)));
        assert_eq!(date("1970-01-01T00:00:00.25Z", DateOrder::Month), Some((SECOND / 4, true)));
        assert_eq!(time_of_day("00:00:01,5"), Some(SECOND * 3 / 2));
    }

    #[test]
    fn which_number_is_the_month_goes_by_the_order_where_the_year_is_last() {
        let day = |text: &str, order| date(text, order).map(|(nanos, _)| nanos / SECOND);
        assert_eq!(seconds_of("11/28/2026 11:05:07 PM"), Some((1_795_907_107, false)));
        assert_eq!(day("28/11/2026 23:05:07", DateOrder::Day), Some(1_795_907_107));
        assert_eq!(day("28-11-2026 23:05:07", DateOrder::Day), Some(1_795_907_107));
        assert_eq!((day("28/11/2026", DateOrder::Month), day("11/28/2026", DateOrder::Day)), (None, None));
        // A full stop is German, and so is its order; a year in front has one order only.
        for text in ["28.11.2026", "2026/11/28"] {
            assert_eq!([DateOrder::Month, DateOrder::Day].map(|order| day(text, order)), [Some(1_795_824_000); 2]);
        }
        let hour = 3600 * SECOND;
        let hours = ["12:00 AM", "1:00am", "12:00 PM", "11:00 pm"].map(time_of_day);
        assert_eq!(hours, [Some(0), Some(hour), Some(12 * hour), Some(23 * hour)]);
    }

    #[test]
    fn what_is_no_date_or_is_not_clear_is_none() {
        for text in
            ["", "21.5", "13/14/2026", "2026-13-01", "2026-00-01", "12:00", "28.11.26", "2026-11-28 25:00", "a-b-c"]
        {
            assert_eq!(date(text, DateOrder::Month), None, "{text}");
        }
        for text in ["", "24:00", "12", "12:60", "12:00:61", "1:2:3:4", "12:00:01.x", "13:00 PM", "0:30 AM"] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }
}
