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
            || line.strip_prefix("ESP-ROM:").is_some();
        if begins {
            self.left = Self::LINES;
            return true;
        }
        if self.left == 0 {
            return false;
        }
        self.left = if line.starts_with("entry 0x") { 0 } else { self.left.saturating_sub(1) };
        let words =
            ["configsip:", "clk_drv:", "mode:", "load:", "ho ", "tail ", "chksum ", "csum ", "SPIWP:", "entry 0x"];
        let is_of_it =
            line.is_empty() || words.iter().any(|word| line.starts_with(word)) || line.starts_with("Saved PC:");
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

/// A line without the time or the number that stands before its first pair, `[1021] w=3`, `12:00:13 w=3`, `#3 w: 3`, and
/// without the brackets around all of it, `<w=3, t=4>`.
pub(super) fn bare(line: &str, is_assign: impl Fn(char) -> bool) -> &str {
    let mut rest = line.trim();
    for (open, close) in [('<', '>'), ('{', '}')] {
        if let Some(inner) = rest.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            rest = inner.trim();
        }
    }
    // A time of day and a date are two, an arrow behind them is a third.
    for _ in 0..3 {
        let Some((token, after)) = rest.split_once(char::is_whitespace) else { break };
        let counts = token.bytes().any(|byte| byte.is_ascii_digit()) && token.chars().all(is_of_time);
        let arrow = matches!(token, "->" | ">" | "-" | "|") && rest.len() < line.trim().len();
        if !(counts || arrow) {
            break;
        }
        rest = after.trim_start();
    }
    // What is left is a reading by its name, or the line is as it was.
    let (name, value) = rest.split_once(is_assign).unwrap_or((rest, ""));
    let named = name.starts_with(|ch: char| ch.is_alphabetic() || ch == '_');
    let number = value.trim_start().starts_with(|ch: char| ch.is_ascii_digit() || matches!(ch, '+' | '-' | '.'));
    if named && number { rest } else { line }
}

/// Whether a character may be of a time, or of a number of the line.
fn is_of_time(ch: char) -> bool {
    ch.is_ascii_digit() || matches!(ch, '[' | ']' | '(' | ')' | '#' | ':' | '.' | '-' | '/' | 'T' | 'Z')
}
