//! Lines that have left the top of the terminal; and the time and mark of the rows that have not.

use super::look::Look;
use super::pages::Pages;
use crate::query::Mark;
use avt::observer::{Observation, Observer};
use avt::{Cell, Line};
use std::collections::VecDeque;
use store::Time;

/// When a row was last printed to, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) time: Time,
    pub(super) mark: Mark,
}

pub(super) const FRESH: Row = Row { time: Time(0), mark: Mark::Received };

/// Scrollback, numbered from the first line ever, and the rows' times and marks.
pub(super) struct Past {
    pub(super) pages: Pages,
    pub(super) rows: VecDeque<Row>,
    /// Whether the terminal's topmost row goes on with the newest line here.
    pub(super) wrapped: bool,
}

impl Past {
    pub(super) fn new(rows: usize, max_lines: u64, max_bytes: usize) -> Self {
        let rows = std::iter::repeat_n(FRESH, rows).collect();
        Past { pages: Pages::new(max_lines, max_bytes), rows, wrapped: false }
    }

    /// Number of the line that the terminal's topmost row belongs to.
    pub(super) fn top(&self) -> u64 {
        self.pages.next().saturating_sub(u64::from(self.wrapped))
    }

    pub(super) fn touch(&mut self, row: usize, to: Row) {
        if let Some(row) = self.rows.get_mut(row) {
            *row = to;
        }
    }

    fn keep(&mut self, line: &Line, row: Row) {
        if self.wrapped {
            self.pages.set_newest(row);
        } else {
            self.pages.begin(row, false);
        }
        self.wrapped = line.is_wrapped();
        runs(line, |text, look| self.pages.push(text, look));
    }
}

impl Observer for Past {
    type Output = ();

    fn evicted(&mut self, _: &mut Observation<'_>, line: &Line) {
        let row = self.rows.pop_front().unwrap_or(FRESH);
        self.rows.push_back(FRESH);
        self.keep(line, row);
    }

    fn end(&mut self, _: &mut Observation<'_>) {}
}

/// Takes lines that leave while the terminal gets another width: each line keeps its time and mark, however many rows it
/// has by now.
pub(super) struct Reflow<'a> {
    pub(super) past: &'a mut Past,
    /// Of each line, from the top.
    pub(super) rows: VecDeque<Row>,
}

impl Reflow<'_> {
    /// The time and mark of the next row, which this is.
    pub(super) fn next(&mut self, line: &Line) -> Row {
        let row = self.rows.front().copied().unwrap_or(FRESH);
        if !line.is_wrapped() {
            self.rows.pop_front();
        }
        row
    }
}

impl Observer for Reflow<'_> {
    type Output = ();

    fn evicted(&mut self, _: &mut Observation<'_>, line: &Line) {
        let row = self.next(line);
        self.past.keep(line, row);
    }

    fn end(&mut self, _: &mut Observation<'_>) {}
}

/// Whether nothing on the line can be seen.
pub(super) fn blank(line: &Line) -> bool {
    line.cells().iter().all(unseen)
}

/// Whether nothing of a cell can be seen, whatever look it was erased in.
fn unseen(cell: &Cell) -> bool {
    cell.char() == ' ' && !Look::from(cell.pen()).shows_blanks()
}

/// Calls `each` with the runs of equal look of a row, without trailing blanks unless the line goes on.
pub(super) fn runs(line: &Line, mut each: impl FnMut(&str, Look)) {
    let cells = line.cells();
    let seen = if line.is_wrapped() {
        cells.len()
    } else {
        let seen = cells.iter().rposition(|cell| !unseen(cell));
        seen.map_or(0, |last| last.saturating_add(1))
    };
    let cells = cells.get(..seen).unwrap_or_default();
    let Some(mut pen) = cells.first().map(Cell::pen) else { return };
    let mut text = String::with_capacity(cells.len());
    // A cell of no width is the right half of a wide character.
    for cell in cells.iter().filter(|cell| cell.width() > 0) {
        if cell.pen() != pen {
            each(&text, pen.into());
            text.clear();
            pen = cell.pen();
        }
        text.push(cell.char());
    }
    each(&text, pen.into());
}
