//! The long way: characters, one at a time, through the terminal proper.

use super::{MAX_REPEAT, MAX_STRING, Mark, Part, Row, Screen, style, visible};
use avt::ScreenKind;
use avt::parser::{EdScope, Function, State};
use std::fmt::Write;
use store::Time;

impl Screen {
    pub(super) fn put_part(&mut self, now: Time, part: Part<'_>) {
        match part {
            Part::Text(text) if self.controls => self.put_visibly(now, text),
            Part::Text(text) => self.put(now, text),
            Part::Broken(bytes) if self.controls => {
                let mut shown = String::new();
                for byte in bytes {
                    let _ = write!(shown, "‹{byte:02X}›");
                }
                shown.chars().for_each(|ch| self.print(now, ch));
            }
            Part::Broken(_) => self.put(now, "\u{fffd}"),
        }
    }

    /// Every character shown, none obeyed; a line feed is shown and ends the line.
    fn put_visibly(&mut self, now: Time, text: &str) {
        self.allowance.earn(text.len());
        for ch in text.chars() {
            match visible::stand_in(ch) {
                Some(shown) => shown.chars().for_each(|ch| self.print(now, ch)),
                None => self.print(now, ch),
            }
            if ch == '\n' {
                self.new_line();
            }
        }
    }

    pub(super) fn put(&mut self, now: Time, mut text: &str) {
        while let Some(first) = text.chars().next() {
            let ground = self.parser.state == State::Ground;
            let plain = if ground { text.bytes().take_while(|byte| (b' '..=b'~').contains(byte)).count() } else { 0 };
            let (head, rest) = text.split_at_checked(plain.max(first.len_utf8())).unwrap_or((text, ""));
            text = rest;
            // A line break earns nothing, here or where lines are put by.
            if first != '\n' && first != '\r' {
                self.allowance.earn(head.len());
            }
            match first {
                _ if plain > 0 => self.print_plain(now, head),
                _ if !ground => self.sequence(now, first),
                '\u{1b}' | '\u{7}'..='\u{d}' => self.interpret(first),
                _ => match visible::stand_in(first) {
                    Some(shown) => shown.chars().for_each(|ch| self.print(now, ch)),
                    None => self.print(now, first),
                },
            }
        }
    }

    /// Characters one column wide, as many at once as fit in the line: most of what devices send.
    fn print_plain(&mut self, now: Time, mut text: &str) {
        let columns = self.terminal.size().0;
        while !text.is_empty() {
            let room = columns.saturating_sub(self.terminal.cursor().col).max(1);
            let (head, rest) = text.split_at_checked(room).unwrap_or((text, ""));
            text = rest;
            let column = self.terminal.cursor().col;
            self.terminal.execute_with(head.chars().map(Function::Print), &mut self.past);
            self.printed(now, column);
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
        self.brackets.see(ch);
        let Some(function) = self.parser.feed(ch) else { return };
        if !self.allowance.take(&function) {
            return;
        }
        self.modes.see(&function, self.rows);
        self.see_place(&function);
        match function {
            Function::Lf if self.terminal.active_screen_kind() == ScreenKind::Primary => self.new_line(),
            // A count of 65,535 for five bytes would be a lever to stall the worker with.
            Function::Rep(n) => self.execute(Function::Rep(n.min(MAX_REPEAT))),
            Function::Decaln => {}
            // The screen is kept as history, as erasing it is.
            Function::Ris => {
                self.execute(Function::Ed(EdScope::All));
                self.style = style::Style::default();
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
    pub(super) fn new_line(&mut self) {
        self.execute(Function::Cr);
        self.execute(Function::Lf);
    }

    pub(super) fn print(&mut self, now: Time, ch: char) {
        let column = self.terminal.cursor().col;
        self.execute(Function::Print(ch));
        self.printed(now, column);
    }

    /// The cursor's line was printed to, from that column on. What goes on in a line keeps its mark.
    fn printed(&mut self, now: Time, column: usize) {
        let row = self.terminal.cursor().row;
        let begins = column == 0 || column >= self.terminal.size().0;
        let known = self.past.rows.get(row).map_or(Mark::Received, |row| row.mark);
        let mark = if self.mark == Mark::Received && !begins { known } else { self.mark };
        self.past.touch(row, Row { time: now, mark });
        if !self.aside {
            let number = self.line_of(row);
            self.past.pages.span.see(number);
        }
    }

    pub(super) fn execute(&mut self, function: Function) {
        self.terminal.execute_with(function, &mut self.past);
    }
}
