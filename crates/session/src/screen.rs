//! The terminal: bytes from the device in, lines with a time and a mark out.
//!
//! The `avt` crate is the terminal proper (ECMA-48, xterm's extensions); lines that leave its top are kept here,
//! numbered from the first line ever. What a device sends can colour, move and erase, but never answers: there is no
//! way from here back to the line, so no report, no clipboard, no title (faults S20). What cannot be seen is shown by a
//! visible stand-in.

mod allowance;
mod past;
mod style;
mod utf8;
mod visible;
pub(crate) use visible::visible;

use crate::query;
use allowance::Allowance;
use avt::parser::{EdScope, Function, State};
use avt::{Parser, ScreenKind, Terminal};
use past::{Past, Row};
use store::Time;
use style::Style;
use utf8::Utf8;

pub use crate::query::Mark;

/// Width in columns; longer lines go on in the next.
pub const COLUMNS: usize = 132;

/// Repetitions of a character at most, for one control sequence.
const MAX_REPEAT: u16 = 132;

/// Lines a device can still reach and change.
pub const ROWS: usize = 24;

/// Lines kept.
pub const MAX_LINES: usize = 20_000;

/// Memory for lines kept, where they are long or many-coloured.
const MAX_BYTES: usize = 16 << 20;

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
    /// Characters of the control string that is being read.
    string: usize,
    allowance: Allowance,
    past: Past,
    /// First line printed to since [`Screen::begin_span`].
    span: Option<u64>,
    /// Last line printed to.
    last: u64,
    generation: u64,
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
            string: 0,
            allowance: Allowance::default(),
            past: Past::new(ROWS, MAX_LINES, MAX_BYTES),
            span: None,
            last: 0,
            generation: 0,
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
        let mut utf8 = std::mem::take(&mut self.utf8);
        utf8.feed(bytes, |text| self.put(now, text));
        self.utf8 = utf8;
    }

    /// A line of text that is complete in itself.
    pub fn receive_line(&mut self, now: Time, text: &str) {
        self.generation = self.generation.wrapping_add(1);
        self.put(now, text);
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
        if self.terminal.cursor().col > 0 {
            self.new_line();
        }
    }

    /// The stream was interrupted: half a character or half an escape sequence will not be completed.
    pub fn interrupt(&mut self, now: Time) {
        self.flush(now);
        self.parser.state = State::Ground;
        self.string = 0;
    }

    fn flush(&mut self, now: Time) {
        let mut utf8 = std::mem::take(&mut self.utf8);
        utf8.finish(|text| self.put(now, text));
    }

    /// A line of ours: something sent, rejected, or a gap. Not written over a full-screen program.
    pub fn note(&mut self, now: Time, mark: Mark, text: &str) {
        let cursor = self.terminal.cursor();
        if self.terminal.active_screen_kind() == ScreenKind::Alternate || cursor.row.saturating_add(1) < self.used() {
            return;
        }
        self.generation = self.generation.wrapping_add(1);
        if cursor.col > 0 {
            self.new_line();
        }
        self.execute(Function::Sgr(style::reset()));
        let (span, last) = (self.span, self.last);
        for ch in text.chars().take(MAX_NOTE) {
            let shown = visible::stand_in(ch);
            let whole = shown.is_none().then_some(ch);
            for ch in shown.iter().flat_map(|shown| shown.chars()).chain(whole) {
                self.print(now, mark, ch);
            }
        }
        (self.span, self.last) = (span, last);
        self.new_line();
        if let Some(pen) = self.style.pen() {
            self.execute(Function::Sgr(pen));
        }
    }

    /// What is printed from now on belongs to another frame.
    pub fn begin_span(&mut self) {
        self.span = None;
    }

    /// Marks the lines printed to since [`Screen::begin_span`].
    pub fn mark_span(&mut self, mark: Mark) {
        if let Some(first) = self.span {
            self.generation = self.generation.wrapping_add(1);
            self.past.mark(first, self.last, mark);
        }
    }

    /// Lines since the start.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.past.next().saturating_add(self.used() as u64)
    }

    /// Lines given up since the start, the oldest each time, to stay within the bounds.
    #[must_use]
    pub fn given_up(&self) -> u64 {
        self.past.oldest()
    }

    /// Lines wanted, from one or up to the end.
    #[must_use]
    pub fn lines(&self, from: Option<u64>, rows: u16) -> query::Screen {
        let total = self.total();
        let oldest = self.past.oldest();
        let from = from.unwrap_or_else(|| total.saturating_sub(u64::from(rows))).clamp(oldest, total);
        let until = from.saturating_add(u64::from(rows)).min(total);
        let end = self.past.next();
        let mut lines = self.past.lines(from, until.min(end));
        let visible = self.past.visible(self.terminal.screen().visible_lines());
        let skip = usize::try_from(from.saturating_sub(end)).unwrap_or(usize::MAX);
        let take = usize::try_from(until.saturating_sub(end.max(from))).unwrap_or(0);
        lines.extend(visible.into_iter().skip(skip).take(take));
        let cursor = self.terminal.cursor();
        let column = u16::try_from(cursor.col).unwrap_or(u16::MAX);
        let cursor = cursor.visible.then(|| (end.saturating_add(cursor.row as u64), column));
        query::Screen { from, oldest, total, lines, cursor }
    }

    /// Visible lines in use: down to the last that is not blank, or the cursor if it stands in a line begun.
    fn used(&self) -> usize {
        let lines = self.terminal.screen().visible_lines();
        let written = lines.enumerate().filter(|(_, line)| !past::blank(line)).map(|(row, _)| row.saturating_add(1));
        let cursor = self.terminal.cursor();
        let begun = if cursor.col > 0 { cursor.row.saturating_add(1) } else { 0 };
        written.max().unwrap_or(0).max(begun)
    }

    fn put(&mut self, now: Time, mut text: &str) {
        while let Some(first) = text.chars().next() {
            let ground = self.parser.state == State::Ground;
            let plain = if ground { text.bytes().take_while(|byte| (b' '..=b'~').contains(byte)).count() } else { 0 };
            let (head, rest) = text.split_at_checked(plain.max(first.len_utf8())).unwrap_or((text, ""));
            text = rest;
            self.allowance.earn(head.len());
            match first {
                _ if plain > 0 => self.print_plain(now, head),
                _ if !ground => self.sequence(now, first),
                '\u{1b}' | '\u{7}'..='\u{d}' => self.interpret(first),
                _ => match visible::stand_in(first) {
                    Some(shown) => shown.chars().for_each(|ch| self.print(now, Mark::Received, ch)),
                    None => self.print(now, Mark::Received, first),
                },
            }
        }
    }

    /// Characters one column wide, as many at once as fit in the line: most of what devices send.
    fn print_plain(&mut self, now: Time, mut text: &str) {
        while !text.is_empty() {
            let room = COLUMNS.saturating_sub(self.terminal.cursor().col).max(1);
            let (head, rest) = text.split_at_checked(room).unwrap_or((text, ""));
            text = rest;
            self.terminal.execute_with(head.chars().map(Function::Print), &mut self.past);
            self.printed(now, Mark::Received);
        }
    }

    /// One character of an escape sequence or control string.
    fn sequence(&mut self, now: Time, ch: char) {
        match self.parser.state {
            State::OscString | State::SosPmApcString | State::DcsPassthrough | State::DcsIgnore => {
                self.string = self.string.saturating_add(1);
                // Text goes on after a line break, whatever noise began the string.
                let broken = ch == '\n' && self.parser.state != State::DcsPassthrough;
                if broken || self.string > MAX_STRING {
                    self.parser.state = State::Ground;
                    self.string = 0;
                    let mut buffer = [0; 4];
                    return self.put(now, ch.encode_utf8(&mut buffer));
                }
            }
            _ => self.string = 0,
        }
        self.interpret(ch);
    }

    fn interpret(&mut self, ch: char) {
        let Some(function) = self.parser.feed(ch) else { return };
        if !self.allowance.take(&function) {
            return;
        }
        match function {
            Function::Lf if self.terminal.active_screen_kind() == ScreenKind::Primary => self.new_line(),
            // A count of 65,535 for five bytes would be a lever to stall the worker with.
            Function::Rep(n) => self.execute(Function::Rep(n.min(MAX_REPEAT))),
            Function::Decaln => {}
            // The screen is kept as history, as erasing it is.
            Function::Ris => {
                self.execute(Function::Ed(EdScope::All));
                self.style = Style::default();
                self.execute(Function::Ris);
            }
            Function::Sgr(ops) => {
                self.style.apply(ops.as_slice());
                self.execute(Function::Sgr(ops));
            }
            Function::Decsc | Function::Scosc => {
                self.saved_style = self.style;
                self.execute(function);
            }
            Function::Decrc | Function::Scorc => {
                self.style = self.saved_style;
                self.execute(function);
            }
            other => self.execute(other),
        }
    }

    /// Devices on a line often send LF alone and mean a new line.
    fn new_line(&mut self) {
        self.execute(Function::Cr);
        self.execute(Function::Lf);
    }

    fn print(&mut self, now: Time, mark: Mark, ch: char) {
        self.execute(Function::Print(ch));
        self.printed(now, mark);
    }

    /// The cursor's line was printed to.
    fn printed(&mut self, now: Time, mark: Mark) {
        let row = self.terminal.cursor().row;
        self.past.touch(row, Row { time: now, mark });
        self.last = self.past.next().saturating_add(row as u64);
        if self.span.is_none() {
            self.span = Some(self.last);
        }
    }

    fn execute(&mut self, function: Function) {
        self.terminal.execute_with(function, &mut self.past);
    }
}

#[cfg(test)]
mod tests;
