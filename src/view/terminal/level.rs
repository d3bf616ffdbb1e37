//! The level of a log line, by what logs look like: ESP-IDF and its Arduino core, Zephyr, Rust's tracing, Python's logging,
//! and `[LEVEL]`, `LEVEL:` or `<LEVEL>` in front, as syslog-like logs have it.

/// How grave a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Error,
    Warning,
    Info,
    Debug,
}

impl Level {
    /// Its class.
    pub(super) fn class(self) -> &'static str {
        match self {
            Level::Error => "term-text level-error",
            Level::Warning => "term-text level-warning",
            Level::Info => "term-text",
            Level::Debug => "term-text level-debug",
        }
    }

    /// The level of a line, if it says one.
    pub(super) fn of(line: &str) -> Option<Level> {
        let line = line.trim_start();
        let words = || line.split_whitespace().take(6);
        let known = esp(line).or_else(|| arduino(line)).or_else(|| words().take(5).find_map(bracketed));
        known.or_else(|| leading(line)).or_else(|| stamped(words()))
    }

    fn named(name: &str) -> Option<Level> {
        const NAMES: [(&str, Level); 20] = [
            ("emerg", Level::Error),
            ("alert", Level::Error),
            ("crit", Level::Error),
            ("critical", Level::Error),
            ("fatal", Level::Error),
            ("panic", Level::Error),
            ("err", Level::Error),
            ("error", Level::Error),
            ("e", Level::Error),
            ("warn", Level::Warning),
            ("wrn", Level::Warning),
            ("warning", Level::Warning),
            ("notice", Level::Info),
            ("info", Level::Info),
            ("inf", Level::Info),
            ("debug", Level::Debug),
            ("dbg", Level::Debug),
            ("trace", Level::Debug),
            ("verbose", Level::Debug),
            ("vrb", Level::Debug),
        ];
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, level)| *level)
    }
}

/// `E (1234) tag: …`, as ESP-IDF's `esp_log` writes it.
fn esp(line: &str) -> Option<Level> {
    let (letter, rest) = line.split_at_checked(1)?;
    let stamp = rest.strip_prefix(" (")?.split_once(')')?.0;
    if stamp.is_empty() || !stamp.bytes().all(|byte| byte.is_ascii_digit() || b":. ".contains(&byte)) {
        return None;
    }
    letters(letter)
}

/// `[  3146][E][WiFiSTA.cpp:123] begin(): …`, as the Arduino core for ESP32 writes it.
fn arduino(line: &str) -> Option<Level> {
    let (stamp, rest) = line.strip_prefix('[')?.split_once("][")?;
    let of_time = !stamp.trim().is_empty() && stamp.trim().bytes().all(|byte| byte.is_ascii_digit());
    let (letter, _) = rest.split_once(']').filter(|_| of_time)?;
    letters(letter)
}

fn letters(letter: &str) -> Option<Level> {
    match letter {
        "E" => Some(Level::Error),
        "W" => Some(Level::Warning),
        "I" => Some(Level::Info),
        "D" | "V" => Some(Level::Debug),
        _ => None,
    }
}

/// `2024-05-01T12:00:00Z  WARN app: …` and `12:00:01,5 - root - ERROR - …`: in capitals, after nothing but stamps, or after a
/// dash or a bar.
fn stamped<'a>(words: impl Iterator<Item = &'a str>) -> Option<Level> {
    let (mut stamps, mut before) = (true, "");
    for word in words {
        let name = word.trim_end_matches(':');
        let loud = name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        if loud && !before.is_empty() && (stamps || matches!(before, "-" | "|")) {
            return Level::named(name);
        }
        stamps &= word.bytes().any(|byte| byte.is_ascii_digit());
        before = word;
    }
    None
}

/// `<inf>`, as Zephyr writes it, or `[ERROR]`.
fn bracketed(word: &str) -> Option<Level> {
    let word = word.trim_end_matches(':');
    let inner = word.strip_prefix('<').and_then(|word| word.strip_suffix('>'));
    let inner = inner.or_else(|| word.strip_prefix('[').and_then(|word| word.strip_suffix(']')));
    inner.filter(|inner| inner.len() > 1).and_then(Level::named)
}

/// `ERROR: …` or `WARN …` in capitals.
fn leading(line: &str) -> Option<Level> {
    let word = line.split([' ', ':', '\t']).next()?;
    let said = line.get(word.len()..).is_some_and(|rest| rest.starts_with(':'));
    let loud = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    (word.len() > 1 && (said || loud)).then(|| Level::named(word)).flatten()
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn levels_are_read_as_the_systems_write_them() {
        let cases = [
            ("I (1234) wifi: connected", Some(Level::Info)),
            ("E (99) i2c: no ack", Some(Level::Error)),
            ("W (00:00:12.345) app: low", Some(Level::Warning)),
            ("[00:00:01.250,000] <wrn> sensor: late", Some(Level::Warning)),
            ("[00:00:01.250,000] <dbg> sensor: read", Some(Level::Debug)),
            ("2024-05-01 12:00:00 [ERROR] disk", Some(Level::Error)),
            ("ERROR: no such device", Some(Level::Error)),
            ("error: no such device", Some(Level::Error)),
            ("WARN low", Some(Level::Warning)),
            ("[  3146][E][WiFiSTA.cpp:123] begin(): no", Some(Level::Error)),
            ("[123][V][a.cpp:1] x", Some(Level::Debug)),
            ("[12][5] plain", None),
            ("2024-05-01T12:00:00.000Z ERROR app: no", Some(Level::Error)),
            ("2024-05-01T12:00:00Z  WARN app: low", Some(Level::Warning)),
            ("2024-05-01 12:00:00,123 - root - WARNING - low", Some(Level::Warning)),
            ("12:00:01 WARN bar", Some(Level::Warning)),
            ("24.5 A TRACE", None),
            ("there is no ERROR here", None),
            ("error rate is 5 %", None),
            ("I am here", None),
            ("E (x) y", None),
            ("[12] plain", None),
            ("", None),
        ];
        for (line, level) in cases {
            assert_eq!(Level::of(line), level, "{line}");
        }
    }
}
