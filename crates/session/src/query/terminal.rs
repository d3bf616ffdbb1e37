//! What the terminal shows, and how it is asked for.

use crate::words::Said;
use serde::{Deserialize, Serialize};

/// How the terminal is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// First line wanted, counted from the first line ever, or among those found where only these are shown; `None`
    /// follows the end.
    pub from: Option<u64>,
    /// How many lines, at most 400.
    pub rows: u16,
    /// How many columns what comes is laid out in, 20 to 500; `None` leaves that as it is.
    pub columns: Option<u16>,
    /// Whether it is never more columns than that. Else a program that places its text has 80 at least: on a wire it
    /// asks nobody, and believes in those.
    pub exact: bool,
    /// How many rows a device's program has that takes the whole screen, 4 to 120; `None` leaves that as it is.
    pub screen_rows: Option<u16>,
    /// Whether what comes is shown byte by byte, controls and all, and not obeyed.
    pub controls: bool,
    /// Whether lines that are sent are not written between those that come.
    pub silent: bool,
    /// What is sought.
    pub find: Option<Find>,
    /// Only lines in which it is found; all, where it cannot be sought ([`Found::wrong`]).
    pub only_found: bool,
    /// Where only these are shown: from this line on, counted from the first ever.
    pub since: u64,
    /// Where only these are shown: up to this line, counted alike; `None` for all that come.
    pub until: Option<u64>,
    /// The line from which the next one found is counted.
    pub current: Option<u64>,
}

/// What is sought in lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Find {
    /// The text or the pattern, at most 256 bytes.
    pub text: String,
    /// Whether it is a regular expression (the syntax of the `regex` crates); a search takes time in proportion to the
    /// text, whatever the pattern.
    pub pattern: bool,
    /// Whether capitals count. In a text sought, that concerns the letters of ASCII.
    pub case: bool,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Lines in which it is, so far.
    pub lines: u64,
    /// Which of them the current line is, from 1; none where it is not one.
    pub place: Option<u64>,
    /// The line found before the current one; the last, before the first.
    pub previous: Option<u64>,
    /// The line found after the current one; the first, after the last.
    pub next: Option<u64>,
    /// How much has been looked at, in percent.
    pub percent: u8,
    /// Why it cannot be sought.
    pub wrong: Option<Said>,
}

/// Lines of the terminal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Screen {
    /// Place of the first line in `lines`: its number, or its place among those found where only these are shown.
    pub from: u64,
    /// Place of the oldest line still held.
    pub oldest: u64,
    /// The place after the last line.
    pub total: u64,
    /// Lines since the first ever, whichever are shown.
    pub ever: u64,
    /// The lines.
    pub lines: Vec<ScreenLine>,
    /// Cursor: line number and column, where it is shown.
    pub cursor: Option<(u64, u16)>,
    /// When the line before the first came: nanoseconds since the Unix epoch; 0 if there is none.
    pub before_nanos: i64,
    /// What was found, where something is sought.
    pub found: Option<Found>,
    /// Whether a program of the device has the whole screen (xterm's alternate screen).
    pub full_screen: bool,
    /// Whether arrow keys are to be sent as the application mode has them (DECCKM).
    pub application_keys: bool,
    /// Columns and rows.
    pub size: (u16, u16),
    /// How many of all its lines only go on with the one before, which was too long: since the first ever, and of those held.
    pub wrapped: (u64, u64),
    /// Whether what is pasted is to stand between marks (xterm's mode 2004).
    pub bracketed_paste: bool,
}

/// One line of the terminal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScreenLine {
    /// Counted from the first line ever.
    pub number: u64,
    /// When its last character came: nanoseconds since the Unix epoch; 0 if never.
    pub time_nanos: i64,
    /// What it is.
    pub mark: Mark,
    /// Whether it goes on with the line before it, which was too long for one.
    pub continued: bool,
    /// Runs of equal look.
    pub runs: Vec<Run>,
    /// Where what is sought is in its text: bytes from and to.
    pub matches: Vec<(u16, u16)>,
}

/// What a line of the terminal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Text from the device.
    Received,
    /// A line that was sent.
    Sent,
    /// A rejected frame.
    Rejected,
    /// A gap.
    Gap,
}

/// A run of characters of equal look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// Foreground: an index of the 256-colour palette, or true colour, or the default.
    pub fg: Colour,
    /// Background.
    pub bg: Colour,
    /// Bold.
    pub bold: bool,
    /// Faint.
    pub faint: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Foreground and background exchanged.
    pub inverse: bool,
}

/// A colour a device asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Colour {
    /// The screen's own.
    #[default]
    Default,
    /// Index of the 256-colour palette.
    Indexed(u8),
    /// True colour.
    Rgb(u8, u8, u8),
}

/// A part of the terminal's lines as plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Number of the first line in it.
    pub from: u64,
    /// Number of the line after the last in it.
    pub next: u64,
    /// Number of the line after the last there is.
    pub total: u64,
    /// How many lines are in it: fewer than were gone through where only those found are wanted.
    pub lines: u64,
    /// The lines, each with its line break; a line that was too long for one is one again.
    pub text: String,
}
