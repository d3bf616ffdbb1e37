//! What a sketch prints beside its readings: lines of a log, and what stands around the pairs.

use crate::Value;
use crate::protocol::discover::read;

/// What no text has: what is left of bytes that were none, and controls other than a tab.
pub(super) fn is_noise(ch: char) -> bool {
    ch == char::REPLACEMENT_CHARACTER || (ch.is_control() && ch != '\t')
}

/// Whether a line without readings is a line of a log: it begins with a word, or with what loggers put before one.
pub(super) fn is_log(line: &str) -> bool {
    let line = line.trim();
    let begins = |ch: char| ch.is_alphabetic() || matches!(ch, '[' | '(' | '<' | '*' | '#' | '=' | '-' | '/');
    let words = line.chars().any(char::is_alphabetic);
    words && line.starts_with(begins) && !line.contains(is_noise)
}

/// The lines of ESP-IDF's logger have a colon behind who says it: `I (312) boot: v1.2` (esp_log.h, `LOG_FORMAT`).
pub(super) fn is_esp_idf_log(line: &str) -> bool {
    let time = line.trim_start().strip_prefix(['E', 'W', 'I', 'D', 'V']).and_then(|rest| rest.strip_prefix(" ("));
    let rest = time.map(|rest| rest.trim_start_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, ':' | '.')));
    time.is_some_and(|time| time.starts_with(|ch: char| ch.is_ascii_digit()))
        && rest.is_some_and(|rest| rest.starts_with(") "))
}

/// The lines of the logger of Arduino on an ESP32 tell the milliseconds, the level and the place in the source:
/// `[  1234][I][main.cpp:42] setup(): ready` (arduino-esp32, esp32-hal-log.h, `ARDUHAL_LOG_FORMAT`).
pub(super) fn is_arduino_esp32_log(line: &str) -> bool {
    let parts = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]["));
    parts.is_some_and(|(time, rest)| {
        let level = rest.strip_prefix(['E', 'W', 'I', 'D', 'V']);
        !time.is_empty()
            && time.bytes().all(|byte| byte == b' ' || byte.is_ascii_digit())
            && level.is_some_and(|rest| rest.starts_with("]["))
    })
}

/// How grave a line is, as logs say it in front of a colon, in English and in German.
const LEVELS: [&str; 19] = [
    "fatal", "panic", "critical", "crit", "error", "err", "warning", "warn", "wrn", "notice", "note", "info", "debug",
    "dbg", "trace", "verbose", "fehler", "warnung", "hinweis",
];

/// Whether a line is one of a log that begins with its level: `Warning: low voltage`. A number behind such a word is a reading,
/// as a controller's `error: 0.5`, and so is the whole line where another of its pairs is one.
pub(super) fn is_levelled(line: &str) -> bool {
    let is_number = |text: &str| !matches!(read(text.trim()), Value::Text(_) | Value::Null);
    let Some((level, said)) = line.split_once(':') else { return false };
    let mut pieces = said.split([',', ';', '\t']);
    let first = pieces.next().unwrap_or_default();
    let level = level.trim();
    LEVELS.iter().any(|known| known.eq_ignore_ascii_case(level))
        && !is_number(first)
        && !pieces.any(|piece| piece.split_once([':', '=']).is_some_and(|(_, value)| is_number(value)))
}

/// A line without the colour that it begins and ends with (ECMA-48, section 8.3.117), and without blanks.
pub(super) fn plain(line: &str) -> &str {
    let line = line.trim();
    let is_code = |code: &str| code.bytes().all(|byte| byte.is_ascii_digit() || byte == b';');
    let coloured = line.strip_prefix("\u{1b}[").and_then(|rest| rest.split_once('m')).filter(|(code, _)| is_code(code));
    let line = coloured.map_or(line, |(_, rest)| rest);
    line.strip_suffix("\u{1b}[0m").or_else(|| line.strip_suffix("\u{1b}[m")).unwrap_or(line)
}

/// The text that the boot ROM of an ESP32 prints at each reset, up to where the program is entered:
/// `ets Jul 29 2019 12:21:46`, `rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)`, `load:0x3fff0030,len:1184`,
/// `entry 0x400805e4` (ESP-IDF Programming Guide, "Fatal Errors" and "Boot mode").
#[derive(Default)]
pub(super) struct BootRom {
    /// Lines of it that may follow.
    left: u8,
}

impl BootRom {
    /// Lines that the text has at most.
    const LINES: u8 = 24;

    /// Whether a line is of that text.
    pub(super) fn says(&mut self, line: &str) -> bool {
        let line = line.trim_start();
        let begins = line.starts_with("rst:0x")
            || line.strip_prefix("ets ").is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_uppercase()))
            || line.starts_with("ESP-ROM:");
        if begins {
            self.left = Self::LINES;
            return true;
        }
        if self.left == 0 {
            return false;
        }
        self.left = if line.starts_with("entry 0x") { 0 } else { self.left.saturating_sub(1) };
        let words = [
            "configsip:",
            "clk_drv:",
            "mode:",
            "load:",
            "ho ",
            "tail ",
            "chksum ",
            "csum ",
            "SPIWP:",
            "Saved PC:",
            "entry 0x",
        ];
        let is_of_it = line.is_empty() || words.iter().any(|word| line.starts_with(word));
        if !is_of_it {
            self.left = 0;
        }
        is_of_it
    }
}

/// Whether something may stand before the first name of a line.
pub(super) fn begins_otherwise(line: &str) -> bool {
    line.trim_start().starts_with(|ch: char| ch.is_ascii_digit() || matches!(ch, '[' | '(' | '#' | '<' | '{'))
}

/// What stands before the first pair of each line: a time, which is none of its name, or a number, which is none where it
/// counts up, and tells readings apart where it does not: `#1 temp: 21`, `#2 temp: 30`.
#[derive(Default)]
pub(super) struct Count {
    last: Option<f64>,
    /// How many times in a row it was more than before.
    rises: u32,
    /// It tells readings apart.
    is_name: bool,
}

impl Count {
    /// So many times a number rises before it is one that counts, and so many before a fall is a new start.
    const RISES: u32 = 2;
    const LONG: u32 = 8;
    /// A number that begins here or above is one that counts until it shows otherwise.
    const FAR: f64 = 100.0;

    /// A line without the time or the count that stands before its first pair, and without the brackets around all of it:
    /// `[1021] w=3`, `12:00:13 w=3`, `<w=3, t=4>`.
    pub(super) fn bare<'a>(&mut self, line: &'a str) -> &'a str {
        let mut rest = line.trim();
        for (open, close) in [('<', '>'), ('{', '}')] {
            if let Some(inner) = rest.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
                rest = inner.trim();
            }
        }
        let (mut arrow, mut counted) = (false, false);
        // A date, a time of day behind it, and an arrow behind that.
        for _ in 0..3 {
            let Some((token, after)) = token(rest) else { break };
            if matches!(token, "->" | ">") && rest.len() < line.trim().len() {
                arrow = true;
            } else if !is_time(token) {
                // One number of a line counts: a second one is another.
                if counted || !self.counts(token) {
                    break;
                }
                counted = true;
            }
            rest = after;
        }
        let begins = |ch: char| ch.is_ascii_digit() || matches!(ch, '+' | '-' | '.');
        if arrow && rest.starts_with(begins) {
            return rest;
        }
        // What is left is a reading by its name, or the line is as it was.
        let Some(at) = rest.find([':', '=']) else { return line };
        let (name, value) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let named = name.starts_with(|ch: char| ch.is_alphabetic() || ch == '_');
        let number = value.get(1..).is_some_and(|value| value.trim_start().starts_with(begins));
        // Words behind a colon are those of a log.
        if named && (number || value.starts_with('=')) { rest } else { line }
    }

    /// Whether a number counts up from line to line.
    fn counts(&mut self, token: &str) -> bool {
        let bare = token.trim_matches(|ch: char| matches!(ch, '[' | ']' | '(' | ')' | '#' | ':' | ' '));
        let bare = ["ms", "us", "s"].iter().find_map(|unit| bare.strip_suffix(unit)).unwrap_or(bare);
        let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let Some(now) = bare.parse::<f64>().ok().filter(|_| digits) else { return false };
        match self.last.replace(now) {
            None if now >= Self::FAR => self.rises = Self::RISES,
            None => {}
            Some(last) if now > last => self.rises = self.rises.saturating_add(1),
            // A device that starts anew counts from the beginning.
            Some(_) if self.rises >= Self::LONG => self.rises = Self::RISES,
            Some(_) => self.is_name = true,
        }
        !self.is_name && self.rises >= Self::RISES
    }
}

/// The first word of a line, or what is in brackets there, and what follows it.
fn token(line: &str) -> Option<(&str, &str)> {
    let close = match line.chars().next()? {
        '[' => line.find(']'),
        '(' => line.find(')'),
        _ => None,
    };
    let end = match close {
        Some(close) => close.saturating_add(1),
        None => line.find(char::is_whitespace)?,
    };
    let (token, after) = line.split_at_checked(end)?;
    let after = after.strip_prefix(':').unwrap_or(after).trim_start();
    (!after.is_empty()).then_some((token, after))
}

/// Whether a word is a time of day or a date: `12:00:13.103`, `[12:00:13]`, `2026-11-29T12:00:13Z`, `2026/11/29`.
fn is_time(token: &str) -> bool {
    let token = token.trim_matches(|ch: char| matches!(ch, '[' | ']' | '(' | ')' | ' '));
    let of_it = |ch: char| ch.is_ascii_digit() || matches!(ch, ':' | '.' | ',' | '-' | '+' | '/' | 'T' | 'Z');
    let parts = |mark: char| token.split(mark).filter(|part| !part.is_empty()).count();
    token.starts_with(|ch: char| ch.is_ascii_digit())
        && token.chars().all(of_it)
        && (parts(':') > 2
            || token.contains('T') && parts(':') > 1
            || (parts('-') == 3 || parts('/') == 3) && token.len() >= 8 && !token.contains('.'))
}
