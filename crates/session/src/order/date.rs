//! Dates and times as they are written in files: ISO 8601, also with a space or slashes, and `28.11.2026 12:00`.

const SECOND: i128 = 1_000_000_000;
/// Nanoseconds of a day.
const DAY: i128 = 86_400 * SECOND;

/// Nanoseconds since 1970, and whether the text says itself how far it is from UTC; `None` for what is no date.
///
/// Of `3/4/2026` nobody knows which number is the month: it is none.
#[must_use]
pub fn date(text: &str) -> Option<(i128, bool)> {
    let text = text.trim();
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at_checked(end)?;
    let day = days(day)? * DAY;
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

/// Nanoseconds since midnight: `12:00`, `12:00:01`, `12:00:01.5` or `12:00:01,5`.
#[must_use]
pub fn time_of_day(text: &str) -> Option<i128> {
    let mut parts = text.trim().split(':');
    let (hour, minute) = (number(parts.next()?, 23)?, number(parts.next()?, 59)?);
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
fn days(text: &str) -> Option<i128> {
    let separator = text.find(['-', '/', '.']).and_then(|at| text.get(at..)?.chars().next())?;
    let mut parts = text.split(separator);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, day) = match (first.len(), last.len()) {
        (4, 1 | 2) => (first, last),
        (1 | 2, 4) if separator == '.' => (last, first),
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
        date(text).map(|(nanos, zone)| (nanos / SECOND, zone))
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
        assert_eq!(date("1970-01-01T00:00:00.25Z"), Some((SECOND / 4, true)));
        assert_eq!(time_of_day("00:00:01,5"), Some(SECOND * 3 / 2));
    }

    #[test]
    fn what_is_no_date_or_is_not_clear_is_none() {
        for text in
            ["", "21.5", "3/4/2026", "2026-13-01", "2026-00-01", "12:00", "28.11.26", "2026-11-28 25:00", "a-b-c"]
        {
            assert_eq!(date(text), None, "{text}");
        }
        for text in ["", "24:00", "12", "12:60", "12:00:61", "1:2:3:4", "12:00:01.x"] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }
}
