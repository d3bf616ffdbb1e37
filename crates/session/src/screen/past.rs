//! Lines that have left the top of the terminal, compactly; and the time and mark of those that have not.

use crate::query::{Colour, Mark, Run, ScreenLine};
use avt::observer::{Observation, Observer};
use avt::{Cell, Color, Line, Pen};
use std::collections::VecDeque;
use store::Time;

/// When a row was last printed to, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) time: Time,
    pub(super) mark: Mark,
}

const FRESH: Row = Row { time: Time(0), mark: Mark::Received };

/// One line: its text, and how many bytes of it have which look; no entry for a line of the default look.
struct Kept {
    row: Row,
    /// Whether it goes on with the line before it.
    continued: bool,
    text: Box<str>,
    looks: Box<[(u16, Pen)]>,
}

impl Kept {
    fn bytes(&self) -> usize {
        size_of::<Kept>().saturating_add(self.text.len()).saturating_add(size_of_val(&*self.looks))
    }
}

/// Scrollback, numbered from the first line ever, and the rows' times and marks.
pub(super) struct Past {
    kept: VecDeque<Kept>,
    /// Number of the oldest line kept.
    oldest: u64,
    bytes: usize,
    max_lines: usize,
    max_bytes: usize,
    rows: VecDeque<Row>,
    /// Whether the terminal's topmost row goes on with the last line kept.
    wrapped: bool,
}

impl Past {
    pub(super) fn new(rows: usize, max_lines: usize, max_bytes: usize) -> Self {
        let rows = std::iter::repeat_n(FRESH, rows).collect();
        Past { kept: VecDeque::new(), oldest: 0, bytes: 0, max_lines, max_bytes, rows, wrapped: false }
    }

    pub(super) fn oldest(&self) -> u64 {
        self.oldest
    }

    /// Number of the terminal's topmost row.
    pub(super) fn next(&self) -> u64 {
        self.oldest.saturating_add(self.kept.len() as u64)
    }

    /// Memory held by the lines kept.
    #[cfg(test)]
    pub(super) fn memory(&self) -> usize {
        self.bytes
    }

    pub(super) fn touch(&mut self, row: usize, to: Row) {
        if let Some(row) = self.rows.get_mut(row) {
            *row = to;
        }
    }

    /// Marks lines by number, the last 64 of them at most: a frame longer than that is marked at its end.
    pub(super) fn mark(&mut self, first: u64, last: u64, mark: Mark) {
        let end = self.next();
        for number in first.max(last.saturating_sub(63))..=last {
            let row = if number >= end {
                usize::try_from(number.saturating_sub(end)).ok().and_then(|row| self.rows.get_mut(row))
            } else {
                let index = number.checked_sub(self.oldest).and_then(|index| usize::try_from(index).ok());
                index.and_then(|index| self.kept.get_mut(index)).map(|kept| &mut kept.row)
            };
            if let Some(row) = row {
                row.mark = mark;
            }
        }
    }

    /// Lines by number, those kept.
    pub(super) fn lines(&self, from: u64, until: u64) -> Vec<ScreenLine> {
        let skip = usize::try_from(from.saturating_sub(self.oldest)).unwrap_or(usize::MAX).min(self.kept.len());
        let take = usize::try_from(until.saturating_sub(from)).unwrap_or(0);
        let mut before = skip.checked_sub(1).and_then(|index| self.kept.get(index)).map(|kept| kept.row.mark);
        let line = |kept: &Kept| kept.line(before.replace(kept.row.mark));
        self.kept.range(skip..).take(take).map(line).collect()
    }

    /// Lines still in the terminal.
    pub(super) fn visible<'a>(&self, lines: impl Iterator<Item = &'a Line>) -> Vec<ScreenLine> {
        let mut before = self.kept.back().map(|kept| kept.row.mark);
        let mut wrapped = self.wrapped;
        let line = |(line, row): (&Line, &Row)| {
            let continued = std::mem::replace(&mut wrapped, line.is_wrapped());
            let (text, looks) = compact(line);
            Kept { row: *row, continued, text, looks }.line(before.replace(row.mark))
        };
        lines.zip(&self.rows).map(line).collect()
    }

    fn push(&mut self, kept: Kept) {
        self.bytes = self.bytes.saturating_add(kept.bytes());
        self.kept.push_back(kept);
        while self.kept.len() > self.max_lines || self.bytes > self.max_bytes {
            let Some(gone) = self.kept.pop_front() else { break };
            self.bytes = self.bytes.saturating_sub(gone.bytes());
            self.oldest = self.oldest.saturating_add(1);
        }
    }
}

impl Observer for Past {
    type Output = ();

    fn evicted(&mut self, _: &mut Observation<'_>, line: &Line) {
        let row = self.rows.pop_front().unwrap_or(FRESH);
        self.rows.push_back(FRESH);
        let (text, looks) = compact(line);
        let continued = std::mem::replace(&mut self.wrapped, line.is_wrapped());
        self.push(Kept { row, continued, text, looks });
    }

    fn end(&mut self, _: &mut Observation<'_>) {}
}

/// Whether nothing on the line can be seen.
pub(super) fn blank(line: &Line) -> bool {
    line.cells().iter().all(|cell| cell.char() == ' ' && cell.pen().is_default())
}

/// Text without trailing blanks, and its looks.
fn compact(line: &Line) -> (Box<str>, Box<[(u16, Pen)]>) {
    let cells = line.cells();
    let seen = cells.iter().rposition(|cell| cell.char() != ' ' || !cell.pen().is_default());
    let cells = cells.get(..seen.map_or(0, |last| last.saturating_add(1))).unwrap_or_default();
    let mut text = String::with_capacity(cells.len());
    let mut looks: Vec<(u16, Pen)> = Vec::new();
    let Some(mut pen) = cells.first().map(Cell::pen) else { return Default::default() };
    let mut begun = 0;
    let len = |from: usize, to: usize| u16::try_from(to.saturating_sub(from)).unwrap_or(u16::MAX);
    // A cell of no width is the right half of a wide character.
    for cell in cells.iter().filter(|cell| cell.width() > 0) {
        if cell.pen() != pen {
            looks.push((len(begun, text.len()), *pen));
            (begun, pen) = (text.len(), cell.pen());
        }
        text.push(cell.char());
    }
    if !looks.is_empty() || !pen.is_default() {
        looks.push((len(begun, text.len()), *pen));
    }
    (text.into_boxed_str(), looks.into_boxed_slice())
}

impl Kept {
    /// As it is shown after a line of that mark.
    fn line(&self, before: Option<Mark>) -> ScreenLine {
        let mut rest = &*self.text;
        let mut runs = Vec::with_capacity(self.looks.len().max(1));
        for (len, pen) in &self.looks {
            let Some((text, after)) = rest.split_at_checked(usize::from(*len)) else { break };
            runs.push(run(text, pen));
            rest = after;
        }
        if !rest.is_empty() {
            runs.push(run(rest, &Pen::default()));
        }
        let Row { time, mark } = self.row;
        ScreenLine { time_nanos: time.0, mark, continued: self.continued && before == Some(mark), runs }
    }
}

fn run(text: &str, pen: &Pen) -> Run {
    Run {
        text: text.into(),
        fg: colour(pen.foreground()),
        bg: colour(pen.background()),
        bold: pen.is_bold(),
        faint: pen.is_faint(),
        italic: pen.is_italic(),
        underline: pen.is_underline(),
        inverse: pen.is_inverse(),
    }
}

fn colour(colour: Option<Color>) -> Colour {
    match colour {
        None => Colour::Default,
        Some(Color::Indexed(index)) => Colour::Indexed(index),
        Some(Color::RGB(rgb)) => Colour::Rgb(rgb.r, rgb.g, rgb.b),
    }
}
