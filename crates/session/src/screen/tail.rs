//! Lines that need no terminal: printable ASCII, colours, and a line break. They are most of what devices send.
//!
//! They are put by as they come. Only the last of them are ever seen on the terminal proper, and only when somebody looks
//! or something else than such a line comes; those before go straight to where the terminal would have scrolled them.

use super::past::{FRESH, Row};
use super::sgr;
use std::collections::VecDeque;

/// A line that was put by.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Bytes of it, without the line break.
    len: usize,
    row: Row,
}

/// Lines put by, oldest first, and the beginning of one more.
#[derive(Default)]
pub(super) struct Tail {
    bytes: Vec<u8>,
    /// Where the oldest line begins.
    from: usize,
    lines: VecDeque<Entry>,
    /// Bytes of the line that has no end yet.
    open: usize,
    open_row: Option<Row>,
    /// Number of the oldest line.
    pub(super) base: u64,
    /// Whether the terminal is blank and its cursor at home: what was on it has been scrolled away.
    pub(super) clean: bool,
}

/// The front of some bytes, as far as it is simple.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of text and colours.
    pub(super) text: usize,
    /// Bytes in all, the line break included.
    pub(super) taken: usize,
    /// Whether the line ends.
    pub(super) ends: bool,
    /// Whether anything is printed.
    pub(super) prints: bool,
}

impl Piece {
    /// Finds it.
    pub(super) fn of(bytes: &[u8]) -> Piece {
        let (mut text, mut prints) = (0usize, false);
        loop {
            let rest = bytes.get(text..).unwrap_or_default();
            let plain = printable(rest);
            prints |= plain > 0;
            text = text.saturating_add(plain);
            let end = |breaks: usize| Piece { text, taken: text.saturating_add(breaks), ends: breaks > 0, prints };
            match rest.get(plain..).unwrap_or_default() {
                [b'\n', ..] => return end(1),
                [b'\r', b'\n', ..] => return end(2),
                [0x1b, b'[', more @ ..] => match sgr::read(more, |_| {}) {
                    Some(len) => text = text.saturating_add(len).saturating_add(2),
                    None => return end(0),
                },
                _ => return end(0),
            }
        }
    }
}

/// How many bytes are printable ASCII.
fn printable(bytes: &[u8]) -> usize {
    let is = |byte: u8| byte.wrapping_sub(b' ') < 0x5f;
    let mut done = 0usize;
    for chunk in bytes.chunks_exact(16) {
        if !chunk.iter().fold(true, |all, byte| all & is(*byte)) {
            break;
        }
        done = done.saturating_add(16);
    }
    let rest = bytes.get(done..).unwrap_or_default();
    done.saturating_add(rest.iter().position(|byte| !is(*byte)).unwrap_or(rest.len()))
}

impl Tail {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.open == 0
    }

    /// Lines, the one begun included.
    pub(super) fn count(&self) -> u64 {
        (self.lines.len() as u64).saturating_add(u64::from(self.open > 0))
    }

    /// Lines that are complete.
    pub(super) fn complete(&self) -> usize {
        self.lines.len()
    }

    /// Bytes of the line begun.
    pub(super) fn open_len(&self) -> usize {
        self.open
    }

    /// Number of the line that is being written.
    pub(super) fn current(&self) -> u64 {
        self.base.saturating_add(self.lines.len() as u64)
    }

    pub(super) fn push(&mut self, bytes: &[u8], printed: Option<Row>) {
        self.bytes.extend_from_slice(bytes);
        self.open = self.open.saturating_add(bytes.len());
        // What goes on in a line keeps its mark.
        if let Some(row) = printed {
            let mark = self.open_row.map_or(row.mark, |open| open.mark);
            self.open_row = Some(Row { mark, ..row });
        }
    }

    /// The line begun ends.
    pub(super) fn end_line(&mut self) {
        let row = self.open_row.take().unwrap_or(FRESH);
        self.lines.push_back(Entry { len: std::mem::take(&mut self.open), row });
    }

    /// The oldest line that is complete.
    pub(super) fn pop(&mut self, into: &mut Vec<u8>) -> Option<Row> {
        let Entry { len, row } = self.lines.pop_front()?;
        self.move_out(len, into);
        self.base = self.base.saturating_add(1);
        Some(row)
    }

    /// What there is of the line begun.
    pub(super) fn pop_open(&mut self, into: &mut Vec<u8>) -> Row {
        let len = std::mem::take(&mut self.open);
        self.move_out(len, into);
        self.open_row.take().unwrap_or(FRESH)
    }

    fn move_out(&mut self, len: usize, into: &mut Vec<u8>) {
        let to = self.from.saturating_add(len);
        into.clear();
        into.extend_from_slice(self.bytes.get(self.from..to).unwrap_or_default());
        self.from = to;
        if self.from >= self.bytes.len() {
            self.bytes.clear();
            self.from = 0;
        } else if self.from > 1 << 16 {
            self.bytes.drain(..self.from);
            self.from = 0;
        }
    }

    /// Marks a line; whether it is one of these.
    pub(super) fn mark(&mut self, number: u64, mark: crate::query::Mark) -> bool {
        let Some(index) = number.checked_sub(self.base).and_then(|index| usize::try_from(index).ok()) else {
            return false;
        };
        if index == self.lines.len()
            && let Some(row) = &mut self.open_row
        {
            row.mark = mark;
            return true;
        }
        self.lines.get_mut(index).map(|entry| entry.row.mark = mark).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_as_long_as_it_is_simple() {
        let piece = |bytes: &[u8]| {
            let Piece { text, taken, ends, prints } = Piece::of(bytes);
            (text, taken, ends, prints)
        };
        assert_eq!(piece(b"abc\r\nd"), (3, 5, true, true));
        assert_eq!(piece(b"\nd"), (0, 1, true, false));
        assert_eq!(piece(b"ab\x1b[0;32mc"), (10, 10, false, true));
        assert_eq!(piece(b"\x1b[38;5;44m\x1b[38;2;7;7;7mx\n"), (24, 25, true, true));
        for shows in ["7", "4", "44", "1;44", "48;5;1", "100", "38;5;1;44"] {
            assert_eq!(piece(format!("\x1b[{shows}mx\n").as_bytes()).1, 0, "{shows}");
        }
        assert_eq!(piece(b"\x1b[m\n"), (3, 4, true, false));
        assert_eq!(piece(b"ab\x1b[2Jc\n"), (2, 2, false, true));
        assert_eq!(piece(b"ab\x1b[3"), (2, 2, false, true));
        assert_eq!(piece(b"50 %\r60 %\n"), (4, 4, false, true));
        assert_eq!(piece(b"ab\r"), (2, 2, false, true));
        assert_eq!(piece("20 °C and a long text that follows\n".as_bytes()), (3, 3, false, true));
        assert_eq!(piece(&[b'x'; 100]), (100, 100, false, true));
    }
}
