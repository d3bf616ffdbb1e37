//! The terminal: bytes from the device in, lines with a time and a mark out.
//!
//! The `avt` crate is the terminal proper (ECMA-48, xterm's extensions); lines that leave its top are kept here,
//! numbered from the first line ever. A line is what stands between two line breaks, however many rows of the terminal
//! it takes. What a device sends can colour, move and erase, but never answers: there is no way from here back to the
//! line, so no report, no clipboard, no title (faults S20). What cannot be seen is shown by a visible stand-in.

mod allowance;
mod find;
mod look;
mod modes;
mod pages;
mod past;
mod print;
mod put;
mod read;
mod sgr;
mod style;
mod tail;
mod times;
mod utf8;
mod visible;
mod width;
pub(crate) use times::Times;
pub(crate) use visible::plain;
pub use visible::visible;

use allowance::Allowance;
use avt::parser::{Function, State};
use avt::{Parser, ScreenKind, Terminal};
use find::Search;
use modes::{Brackets, Modes};
use pages::Span;
use past::{Past, Reflow, Row};
use store::Time;
use style::Style;
use tail::{Piece, Tail};
use utf8::{Part, Utf8};
use width::Width;

pub use crate::query::Mark;

/// Width in columns until somebody looks.
pub const COLUMNS: usize = 132;

/// Repetitions of a character at most, for one control sequence.
const MAX_REPEAT: u16 = 132;

/// Rows that a device can still reach and change, until somebody looks.
pub const ROWS: usize = 24;

/// Lines kept.
pub const MAX_LINES: u64 = 1_000_000;

/// Memory for lines kept, where they are long or many-coloured.
const MAX_BYTES: usize = 96 << 20;

/// Lines put by before the first of them are put where the terminal would have scrolled them.
const PUT_BY: usize = 128;

/// Characters of an operating system command, device control string or the like before it is given up (faults S23).
const MAX_STRING: usize = 4096;

/// Characters of one note.
const MAX_NOTE: usize = 1024;

/// A terminal with its scrollback.
pub struct Screen {
    terminal: Terminal,
    parser: Parser,
    utf8: Utf8,
    style: Style,
    saved_style: Style,
    modes: Modes,
    brackets: Brackets,
    width: Width,
    /// Characters of the control string that is being read.
    string: usize,
    allowance: Allowance,
    past: Past,
    tail: Tail,
    /// Whether what is printed belongs to no frame, or was counted to its own before.
    aside: bool,
    /// Rows that a device can still reach and change.
    rows: usize,
    /// What is being printed.
    mark: Mark,
    /// Whether everything is shown and nothing obeyed.
    controls: bool,
    /// Whether lines that are sent are not shown.
    silent: bool,
    searches: Vec<Search>,
    generation: u64,
    /// Lent out where a line is taken apart.
    line: Vec<u8>,
}

impl Screen {
    /// An empty terminal; `None` is never returned for the size used here.
    #[must_use]
    pub fn new() -> Option<Screen> {
        Some(Screen {
            terminal: Terminal::new(COLUMNS, ROWS).ok()?,
            parser: Parser::new(),
            utf8: Utf8::default(),
            style: Style::default(),
            saved_style: Style::default(),
            modes: Modes::default(),
            brackets: Brackets::default(),
            width: Width::default(),
            string: 0,
            allowance: Allowance::default(),
            past: Past::new(ROWS, MAX_LINES, MAX_BYTES),
            tail: Tail::default(),
            aside: false,
            rows: ROWS,
            mark: Mark::Received,
            controls: false,
            silent: false,
            searches: Vec::new(),
            generation: 0,
            line: Vec::new(),
        })
    }

    /// Changes whenever the answer to a query may.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Bytes from the device.
    pub fn receive(&mut self, now: Time, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.generation = self.generation.wrapping_add(1);
        self.allowance.pass(now);
        let mut rest = bytes;
        loop {
            let taken = self.put_by(now, rest);
            rest = rest.get(taken..).unwrap_or_default();
            if rest.is_empty() {
                return;
            }
            self.settle();
            // The next line may be a simple one again.
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at.saturating_add(1));
            let (line, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            let mut utf8 = std::mem::take(&mut self.utf8);
            utf8.feed(line, |part| self.put_part(now, part));
            self.utf8 = utf8;
            rest = after;
        }
    }

    /// A line of text that is complete in itself.
    pub fn receive_line(&mut self, now: Time, text: &str) {
        self.receive(now, text.as_bytes());
        self.end_line(now);
    }

    /// Bytes that are complete in themselves.
    pub fn receive_bytes_line(&mut self, now: Time, bytes: &[u8]) {
        self.receive(now, bytes);
        self.end_line(now);
    }

    /// The message ended: what comes next begins a new line.
    pub fn end_line(&mut self, now: Time) {
        self.flush(now);
        self.generation = self.generation.wrapping_add(1);
        if self.tail.open_len() > 0 {
            self.tail.end_line();
        } else if self.tail.is_empty() && self.terminal.cursor().col > 0 {
            self.new_line();
        }
    }

    /// The stream was interrupted: half a character or half an escape sequence will not be completed.
    pub fn interrupt(&mut self, now: Time) {
        self.settle();
        self.flush(now);
        self.parser.state = State::Ground;
        self.string = 0;
    }

    fn flush(&mut self, now: Time) {
        if self.utf8.is_within() {
            let mut utf8 = std::mem::take(&mut self.utf8);
            utf8.finish(|part| self.put_part(now, part));
            self.utf8 = utf8;
        }
    }

    /// A line of ours: something sent, rejected, or a gap. Not written over a full-screen program.
    pub fn note(&mut self, now: Time, mark: Mark, text: &str) {
        self.settle();
        let cursor = self.terminal.cursor();
        let hidden = self.silent && mark == Mark::Sent;
        if hidden || self.terminal.active_screen_kind() == ScreenKind::Alternate || self.has_more_below() {
            return;
        }
        self.generation = self.generation.wrapping_add(1);
        if cursor.col > 0 {
            self.new_line();
        }
        self.execute(Function::Sgr(style::reset()));
        self.aside = true;
        self.mark = mark;
        for ch in text.chars().take(MAX_NOTE) {
            let shown = visible::stand_in(ch);
            let whole = shown.is_none().then_some(ch);
            for ch in shown.iter().flat_map(|shown| shown.chars()).chain(whole) {
                self.print(now, ch);
            }
        }
        self.mark = Mark::Received;
        self.aside = false;
        self.new_line();
        self.restore_style();
    }

    /// What is printed from now on belongs to another frame.
    pub fn begin_span(&mut self) {
        self.past.pages.span.first = None;
    }

    /// Marks the lines printed to since [`Screen::begin_span`], the last 64 of them at most: a frame longer than that is
    /// marked at its end.
    pub fn mark_span(&mut self, mark: Mark) {
        let Span { first: Some(first), last } = self.past.pages.span else { return };
        self.generation = self.generation.wrapping_add(1);
        for number in first.max(last.saturating_sub(63))..=last {
            // The first line put by may have begun on the terminal.
            if self.tail.is_empty() || !self.tail.mark(number, mark) || number == self.tail.base {
                self.mark_line(number, mark);
            }
        }
    }

    fn mark_line(&mut self, number: u64, mark: Mark) {
        let top = self.past.top();
        if number < self.past.pages.next() {
            self.past.pages.mark(number, mark);
        }
        let mut line = top;
        let lines = self.terminal.screen().visible_lines();
        for (row, text) in self.past.rows.iter_mut().zip(lines) {
            if line == number {
                row.mark = mark;
            }
            line = line.saturating_add(u64::from(!text.is_wrapped()));
        }
    }

    /// Lines given up since the start, the oldest each time, to stay within the bounds.
    #[must_use]
    pub fn given_up(&self) -> u64 {
        self.past.pages.oldest()
    }

    /// Whether what is printed now comes after all there is.
    fn is_at_end(&self) -> bool {
        self.terminal.active_screen_kind() == ScreenKind::Primary && !self.has_more_below()
    }

    fn has_more_below(&self) -> bool {
        let row = self.terminal.cursor().row;
        self.terminal.screen().visible_lines().skip(row.saturating_add(1)).any(|line| !past::blank(line))
    }

    fn restore_style(&mut self) {
        if let Some(pen) = self.style.pen() {
            self.execute(Function::Sgr(pen));
        }
    }

    /// The number of the line that a row belongs to.
    fn line_of(&self, row: usize) -> u64 {
        let ends = self.terminal.screen().visible_lines().take(row).filter(|line| !line.is_wrapped()).count();
        self.past.top().saturating_add(ends as u64)
    }

    /// Columns and rows.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        let (columns, rows) = self.terminal.size();
        (narrow(columns), narrow(rows))
    }

    /// Lays out what is on the terminal in another width.
    pub fn set_columns(&mut self, columns: u16) {
        self.set_size(columns, narrow(self.rows));
    }

    /// Lays out what is on the terminal in another size. Lines that have no room any more are scrollback.
    pub fn set_size(&mut self, columns: u16, rows: u16) {
        let (columns, count) = (usize::from(columns.clamp(20, 500)), usize::from(rows.clamp(4, 120)));
        if self.terminal.size() == (columns, count) {
            return;
        }
        self.settle();
        self.generation = self.generation.wrapping_add(1);
        // A line is of the time of its last row, and of any mark that one of its rows has.
        let mut rows: std::collections::VecDeque<Row> = std::collections::VecDeque::new();
        let mut goes_on = false;
        for (line, row) in self.terminal.screen().visible_lines().zip(&self.past.rows) {
            match rows.back_mut().filter(|_| goes_on) {
                Some(last) => *last = merged(*last, *row),
                None => rows.push_back(*row),
            }
            goes_on = line.is_wrapped();
        }
        let mut reflow = Reflow { past: &mut self.past, rows };
        self.terminal.resize_with(columns, count, &mut reflow);
        self.rows = count;
        let rows = self.terminal.screen().visible_lines().map(|line| reflow.next(line)).collect();
        self.past.rows = rows;
    }
}

fn narrow(size: usize) -> u16 {
    u16::try_from(size).unwrap_or(u16::MAX)
}

/// Of a line that goes on in another row.
fn merged(first: Row, then: Row) -> Row {
    let time = if then.time.0 == 0 { first.time } else { then.time };
    Row { time, mark: if then.mark == Mark::Received { first.mark } else { then.mark } }
}

#[cfg(test)]
mod tests;
