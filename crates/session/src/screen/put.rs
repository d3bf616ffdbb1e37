//! The short way: lines of simple text are put by as they came, and go through the terminal proper only where that shows.

use super::{Mark, PUT_BY, Piece, Row, Screen, pages, sgr, style};
use avt::parser::{Function, State};
use store::Time;

impl Screen {
    /// Puts the front of some bytes by, as far as it is simple; returns how much of it.
    pub(super) fn put_by(&mut self, now: Time, bytes: &[u8]) -> usize {
        let fresh = self.tail.is_empty();
        let able = !self.controls
            && self.parser.state == State::Ground
            && !self.utf8.is_within()
            && self.modes.are_plain()
            && (!fresh || self.tail.clean || self.is_at_end());
        if !able {
            return 0;
        }
        if fresh {
            self.tail.base = self.line_of(self.terminal.cursor().row);
        }
        let mut taken = 0usize;
        while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
            let piece = Piece::of(rest);
            if piece.taken == 0 {
                break;
            }
            if piece.prints {
                self.past.pages.span.see(self.tail.current());
            }
            let row = piece.prints.then_some(Row { time: now, mark: Mark::Received });
            self.tail.push(rest.get(..piece.text).unwrap_or_default(), row);
            taken = taken.saturating_add(piece.taken);
            if piece.ends {
                self.tail.end_line();
                if self.tail.complete() > PUT_BY {
                    self.put_away();
                }
            } else if self.tail.open_len() > pages::LINE {
                self.settle();
                return taken;
            }
        }
        taken
    }

    /// Puts lines that were put by where the terminal would have scrolled them by now.
    fn put_away(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if !self.tail.clean {
            // Rows are blank in the look of their time.
            if self.style.look().shows_blanks() {
                self.line = line;
                return self.settle();
            }
            if let Some(row) = self.tail.pop(&mut line) {
                self.aside = true;
                self.put_line(row, &line);
                self.aside = false;
            }
            for _ in 1..self.rows {
                self.execute(Function::Lf);
            }
            self.execute(Function::Cup(1, 1));
            self.tail.clean = true;
        }
        while self.tail.complete() >= self.rows
            && let Some(row) = self.tail.pop(&mut line)
        {
            self.keep_line(row, &line);
        }
        // A long line is several by now.
        self.tail.base = self.past.pages.next();
        self.line = line;
    }

    /// Shows the terminal what was put by.
    pub(super) fn settle(&mut self) {
        if self.tail.is_empty() {
            return;
        }
        self.aside = true;
        let mut line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.tail.clean) {
            self.execute(Function::Sgr(style::reset()));
            self.restore_style();
        }
        while let Some(row) = self.tail.pop(&mut line) {
            self.put_line(row, &line);
        }
        let row = self.tail.pop_open(&mut line);
        self.put_simple(row, &line);
        self.line = line;
        self.aside = false;
    }

    fn put_line(&mut self, row: Row, line: &[u8]) {
        self.put_simple(row, line);
        self.new_line();
    }

    fn put_simple(&mut self, row: Row, line: &[u8]) {
        self.mark = row.mark;
        self.put(row.time, std::str::from_utf8(line).unwrap_or_default());
        self.mark = Mark::Received;
        // Nothing was printed, and it is marked all the same.
        let at = self.terminal.cursor().row;
        if row.mark != Mark::Received
            && let Some(known) = self.past.rows.get_mut(at)
        {
            known.mark = row.mark;
        }
    }

    /// Keeps a simple line that nobody will see on the terminal.
    fn keep_line(&mut self, row: Row, line: &[u8]) {
        let mut rest = std::str::from_utf8(line).unwrap_or_default();
        self.allowance.earn(rest.len());
        self.past.pages.begin(row, false);
        let mut look = self.style.look();
        loop {
            let plain = memchr::memchr(0x1b, rest.as_bytes()).unwrap_or(rest.len());
            let (text, sequence) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            let text = if sequence.is_empty() && !look.shows_blanks() { text.trim_end_matches(' ') } else { text };
            self.past.pages.push(text, look);
            let after = sequence.get(2..).unwrap_or_default();
            let Some(taken) = sgr::read(after.as_bytes(), |op| self.style.apply(&[op])) else { return };
            look = self.style.look();
            rest = after.get(taken..).unwrap_or_default();
        }
    }
}
