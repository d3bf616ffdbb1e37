//! Numbers, times and units as people read them: a thin space between thousands, a true minus sign, SI units.

mod unit;

pub use unit::unit;

use session::query::{Cell, Reading};

const THIN: char = '\u{2009}';
const MINUS: char = '\u{2212}';

/// A whole number with its thousands apart.
#[must_use]
pub fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// A count with its noun, in the number it needs.
#[must_use]
pub fn plural(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", count(number as u64), if number == 1 { "" } else { "s" })
}

/// Digits with their thousands apart; a sign in front stays in front.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("\u{2212}", rest));
    let mut out = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 && digits.len() > 4 {
            out.push(THIN);
        }
        out.push(digit);
    }
    out
}

/// A reading with a sensible number of digits.
#[must_use]
pub fn reading(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { format!("{MINUS}∞") };
    }
    let size = value.abs();
    match size {
        // Up to 2^53 a double that is whole is exactly that number.
        _ if value == value.trunc() && size <= 9_007_199_254_740_992.0 => grouped(&format!("{value:.0}")),
        _ if PLAIN.contains(&size) => fixed(value, decimals(size)),
        _ => format!("{value:.4e}").replace('-', "\u{2212}"),
    }
}

/// Sizes that are written without a power of ten.
const PLAIN: std::ops::Range<f64> = 1e-4..1e12;
/// Decimals that are told exactly, at most; what needs more has none that are its own.
const EXACT: u8 = 9;

/// What the readings of a field are like: its extremes, and the decimals that they ever needed. Each is written with the
/// same number of decimals, so that a column of them does not jump and a whole one between fractions keeps its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Like {
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
    /// Decimals needed, as [`Reading::decimals`].
    pub decimals: u8,
}

impl Like {
    /// What the readings of this field are like; `None` where it is no number.
    #[must_use]
    pub fn of(reading: &Reading) -> Option<Like> {
        let (low, high) = reading.min.zip(reading.max)?;
        Some(Like { low, high, decimals: reading.decimals })
    }

    /// A value of this field, as text: extremes that differ read differently.
    #[must_use]
    pub fn reading(self, value: f64) -> String {
        // Seldom, and the extremes are written for it.
        if self.high - self.low < self.low.abs().max(self.high.abs()) * 1e-3 {
            return told_apart(value, self.low, self.high, |value| self.usual(value));
        }
        self.usual(value)
    }

    fn usual(self, value: f64) -> String {
        let size = self.low.abs().max(self.high.abs()).max(value.abs());
        match self.decimals {
            0 => reading(value),
            exact @ 1..=EXACT if size < PLAIN.end => fixed(value, usize::from(exact)),
            _ if PLAIN.contains(&size) => fixed(value, decimals(size)),
            _ => reading(value),
        }
    }
}

/// A reading with as many decimals as others of its size, where it is not known what they need: none where it and its
/// extremes are whole.
#[must_use]
pub fn reading_among(value: f64, low: f64, high: f64) -> String {
    let whole = [value, low, high].iter().all(|value| *value == value.trunc());
    let like = Like { low, high, decimals: if whole { 0 } else { u8::MAX } };
    like.reading(value)
}

/// A reading with the digits that tell its extremes apart, where they would read alike otherwise and a double knows more.
#[must_use]
pub fn told_apart(value: f64, low: f64, high: f64, usual: impl Fn(f64) -> String) -> String {
    let (size, apart) = (low.abs().max(high.abs()), high - low);
    // Of a fraction and a whole number one may have a zero more.
    let bare = |text: String| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    if bare(usual(low)) != bare(usual(high)) || apart <= size * 1e-14 || !apart.is_finite() || !value.is_finite() {
        return usual(value);
    }
    let digits = |of: f64| (1.0 - apart.log10() + of).ceil().clamp(0.0, 17.0) as usize;
    if PLAIN.contains(&size) {
        fixed(value, digits(0.0))
    } else {
        format!("{value:.*e}", digits(size.log10())).replace('-', "\u{2212}")
    }
}

fn decimals(size: f64) -> usize {
    match size {
        _ if size >= 1000.0 => 1,
        _ if size >= 10.0 => 2,
        _ if size >= 0.1 || size <= 0.0 => 3,
        // Three digits that are not 0.
        _ => (2.0 - size.log10().floor()) as usize,
    }
}

fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    // What is rounded to nothing has no sign.
    let text = if text.bytes().all(|byte| b"-0.".contains(&byte)) { text.trim_start_matches('-') } else { &text };
    match text.split_once('.') {
        Some((whole, part)) => format!("{}.{part}", grouped(whole)),
        None => grouped(text),
    }
}

/// A cell as text: whole numbers exactly, whatever their size.
#[must_use]
pub fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Null => "–".to_owned(),
        Cell::Bool(value) => if *value { "true" } else { "false" }.to_owned(),
        Cell::I64(value) => grouped(&value.to_string()),
        Cell::U64(value) => count(*value),
        Cell::F32(value) => reading(f64::from(*value)),
        Cell::F64(value) => reading(*value),
        Cell::Text(value) => value.clone(),
        Cell::Bytes(bytes) => hex(bytes),
    }
}

/// A cell among its like: a fraction has as many decimals as they have.
#[must_use]
pub fn cell_among(cell: &Cell, like: Option<Like>) -> String {
    match (cell, like) {
        (Cell::F32(value), Some(like)) => like.reading(f64::from(*value)),
        (Cell::F64(value), Some(like)) => like.reading(*value),
        _ => self::cell(cell),
    }
}

/// The same as it is read by people: what a profile has words for is said in them.
#[must_use]
pub fn cell_in_words(cell: &Cell, like: Option<Like>) -> String {
    match cell {
        Cell::Text(text) => session::screen::visible(&crate::words::device::word(text)),
        other => cell_among(other, like),
    }
}

/// A cell as a number, where it is one.
#[must_use]
pub fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Bool(value) => Some(f64::from(u8::from(*value))),
        Cell::I64(value) => Some(*value as f64),
        Cell::U64(value) => Some(*value as f64),
        Cell::F32(value) => Some(f64::from(*value)),
        Cell::F64(value) => Some(*value),
        Cell::Null | Cell::Text(_) | Cell::Bytes(_) => None,
    }
}

/// Bytes as pairs of hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

/// A number of bytes per second.
#[must_use]
pub fn byte_rate(per_second: f64) -> String {
    match per_second {
        rate if rate >= 1e6 => format!("{:.1} MB/s", rate / 1e6),
        rate if rate >= 1e3 => format!("{:.1} kB/s", rate / 1e3),
        rate => format!("{rate:.0} B/s"),
    }
}

/// A number of bytes held.
#[must_use]
pub fn bytes(number: u64) -> String {
    match number as f64 {
        size if size >= 1024.0 * 1024.0 => format!("{:.1} MiB", size / 1024.0 / 1024.0),
        size if size >= 1024.0 => format!("{:.1} KiB", size / 1024.0),
        size => format!("{size:.0} B"),
    }
}

/// A rate of samples.
#[must_use]
pub fn rate(per_second: f64) -> String {
    match per_second {
        rate if rate <= 0.0 => "0".to_owned(),
        rate if rate < 10.0 => format!("{rate:.1}"),
        rate => grouped(&format!("{rate:.0}")),
    }
}

/// A length of time in one unit or two.
#[must_use]
pub fn duration(nanos: i64) -> String {
    let millis = nanos.max(0) / 1_000_000;
    let seconds = millis / 1000;
    match seconds {
        0 => format!("{millis} ms"),
        1..60 => format!("{seconds} s"),
        60..3600 => two((seconds / 60, "min"), (seconds % 60, "s")),
        _ => two((seconds / 3600, "h"), (seconds % 3600 / 60, "min")),
    }
}

/// What there is nothing of is not said.
fn two((large, of): (i64, &str), (small, of_small): (i64, &str)) -> String {
    if small == 0 { format!("{large} {of}") } else { format!("{large} {of} {small} {of_small}") }
}

/// An age in a table: coarse, so that it does not flicker, and short.
#[must_use]
pub fn age(nanos: i64) -> String {
    let tenths = nanos.max(0) / 100_000_000;
    match tenths {
        0 => crate::words::page::now().to_owned(),
        1..100 => format!("{}.{} s", tenths / 10, tenths % 10),
        100..600 => format!("{} s", tenths / 10),
        600..36_000 => format!("{} min", tenths / 600),
        _ => format!("{} h", count(tenths as u64 / 36_000)),
    }
}

/// A clock time in a zone, with as many decimals of the second as asked for.
#[must_use]
pub fn clock(nanos: i64, zone_seconds: i64, decimals: usize) -> String {
    let local = nanos.saturating_add(zone_seconds.saturating_mul(1_000_000_000));
    let of_day = local.rem_euclid(86_400_000_000_000);
    let seconds = of_day / 1_000_000_000;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = format!("{:09}", of_day % 1_000_000_000);
    let point = if decimals == 0 { "" } else { "." };
    format!("{hour:02}:{minute:02}:{second:02}{point}{}", fraction.get(..decimals.min(9)).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(count(1234), "1234");
        assert_eq!(count(48_211_804), "48\u{2009}211\u{2009}804");
        assert_eq!(reading(-0.04), "\u{2212}0.0400");
        assert_eq!(reading(91.4), "91.40");
        assert_eq!(reading(2200.0), "2200");
        assert_eq!(reading(1e-9), "1.0000e\u{2212}9");
    }

    #[test]
    fn a_column_keeps_its_decimals() {
        let among = |value, low, high, decimals| Like { low, high, decimals }.reading(value);
        assert_eq!(among(1200.0, 0.7, 1842.8, 1), "1200.0");
        assert_eq!(among(24.0, 23.7, 24.1, 1), "24.0");
        assert_eq!(
            among(24.0, 23.7, 24.1, u8::MAX),
            "24.00",
            "of a computation no more than a reading of that size needs"
        );
        assert_eq!(among(50.123_456, 50.0, 50.2, 6), "50.123456", "what the device says is not rounded");
        assert_eq!(among(0.000_123_45, 0.0, 0.001, 8), "0.00012345");
        assert_eq!(among(0.000_95, 0.0, 0.000_95, u8::MAX), "0.000950");
        assert_eq!(among(12_345_678.9, 0.0, 12_345_678.9, 1), "12\u{2009}345\u{2009}678.9");
        assert_eq!(among(7.0, 0.0, 1410.0, 0), "7");
        assert_eq!(among(-0.001, -0.5, 20.0, 2), "0.00");
        assert_eq!(among(f64::NAN, 0.0, 1.5, 1), "NaN");
        assert_eq!(reading(9_007_199_254_740_992.0).replace('\u{2009}', ""), "9007199254740992");
    }

    #[test]
    fn f21_extremes_that_would_read_alike_are_told_apart() {
        let told = |value, low, high| told_apart(value, low, high, reading);
        assert_eq!(told(5.0, 5.0 - 1e-12, 5.0 + 1e-12), "5.0000000000000");
        assert_eq!(told(5.0 + 1e-12, 5.0 - 1e-12, 5.0 + 1e-12), "5.0000000000010");
        assert_eq!(told(1.000_001e300, 1e300, 1.000_001e300), "1.00000100e300");
        assert_eq!(told(5.0, 5.0, 5.0), "5", "no digits of nothing");
        assert_eq!(told(0.5, -1.0, 1.0), "0.500");
        assert_eq!(told(1e300, -1e300, 1e300), "1.0000e300");
    }

    #[test]
    fn f21_a_small_change_of_a_large_number_is_read() {
        let like = Like { low: 1e9, high: 1e9 + 0.0006, decimals: 0 };
        let [low, middle, high] = [1e9, 1e9 + 0.0003, 1e9 + 0.0006].map(|value| like.reading(value));
        assert!(
            low != middle && middle != high && middle.replace('\u{2009}', "").starts_with("1000000000.0003"),
            "{middle}"
        );
    }

    #[test]
    fn a_whole_reading_keeps_the_decimals_of_its_field() {
        let like = Some(Like { low: 20.0, high: 20.0, decimals: 2 });
        assert_eq!(cell_among(&Cell::F64(20.0), like), "20.00", "though nothing that is held has a fraction");
        assert_eq!(cell_among(&Cell::F32(20.0), like), "20.00");
        assert_eq!(cell_among(&Cell::F64(20.0), None), "20");
        assert_eq!(cell_among(&Cell::U64(20), like), "20");
        assert_eq!(cell_among(&Cell::Null, like), "–");
    }

    #[test]
    fn f21_integers_beyond_2_to_the_53_and_odd_numbers_stay_exact() {
        assert_eq!(cell(&Cell::U64(u64::MAX)).replace('\u{2009}', ""), "18446744073709551615");
        assert_eq!(cell(&Cell::I64(i64::MIN)).replace('\u{2009}', ""), "\u{2212}9223372036854775808");
        assert_eq!(cell(&Cell::F64(f64::NAN)), "NaN");
        assert_eq!(cell(&Cell::F64(f64::NEG_INFINITY)), "\u{2212}∞");
    }

    #[test]
    fn f50_times_are_of_the_zone_shown() {
        assert_eq!(clock(0, 3600, 3), "01:00:00.000");
        assert_eq!(clock(-1_000_000, 0, 3), "23:59:59.999");
        assert_eq!(clock(1_500_000_000, 0, 0), "00:00:01");
    }

    #[test]
    fn durations_use_at_most_two_units() {
        assert_eq!(duration(62_000_000), "62 ms");
        assert_eq!(duration(803_000_000_000), "13 min 23 s");
        assert_eq!((duration(60_000_000_000), duration(7_200_000_000_000)), ("1 min".to_owned(), "2 h".to_owned()));
    }

    #[test]
    fn what_moves_a_cursor_is_seen_where_it_moves_none() {
        assert_eq!(cell_in_words(&Cell::Text("\u{1b}[2Jon\n".to_owned()), None), "␛[2Jon␊");
    }
}
