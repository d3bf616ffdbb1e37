//! What is asked of the terminal: lines, from one on or up to the end, all of them or those found.

use super::find::Search;
use super::look::Look;
use super::pages::Line;
use super::past::{self, Row};
use super::{Screen, merged};
use crate::query::{self, Mark, Reader, ScreenLine, Text};
use avt::ScreenKind;
use store::Time;

/// Searches kept.
const SEARCHES: usize = 3;

/// Lines after the beginning of a gap among which is the one that tells of it.
const NEAR: u16 = 400;

/// Bytes of one part of the text.
const TEXT: usize = 1 << 20;

/// A line that may still change: rows of the terminal put together.
struct Visible {
    row: Row,
    continued: bool,
    runs: Vec<(String, Look)>,
}

impl Visible {
    fn push(&mut self, text: &str, look: Look) {
        match self.runs.last_mut().filter(|(_, last)| *last == look) {
            Some((run, _)) => run.push_str(text),
            None => self.runs.push((text.into(), look)),
        }
    }

    fn text(&self) -> String {
        self.runs.iter().map(|(text, _)| text.as_str()).collect()
    }

    fn line(&self, number: u64) -> ScreenLine {
        let runs = self.runs.iter().map(|(text, look)| look.run(text)).collect();
        line(number, self.row, self.continued, runs)
    }
}

fn line(number: u64, row: Row, continued: bool, runs: Vec<query::Run>) -> ScreenLine {
    ScreenLine { number, time_nanos: row.time.0, mark: row.mark, continued, runs, matches: Vec::new() }
}

impl From<Line<'_>> for ScreenLine {
    fn from(kept: Line<'_>) -> ScreenLine {
        line(kept.number, kept.row, kept.continued, kept.runs())
    }
}

impl Screen {
    /// Lines since the start.
    #[must_use]
    pub fn total(&self) -> u64 {
        if !self.tail.is_empty() {
            return self.tail.base.saturating_add(self.tail.count());
        }
        let used = self.used();
        let lines = self.terminal.screen().visible_lines().take(used);
        let (ends, open) = lines.fold((0u64, false), |(ends, _), line| {
            (ends.saturating_add(u64::from(!line.is_wrapped())), line.is_wrapped())
        });
        let begun = if used == 0 { u64::from(self.past.wrapped) } else { ends.saturating_add(u64::from(open)) };
        self.past.top().saturating_add(begun)
    }

    /// Does as a reader wants it from now on.
    pub fn obey(&mut self, reader: &Reader) {
        self.width.wanted = reader.columns.unwrap_or(self.width.wanted);
        self.width.exact = reader.exact;
        let rows = reader.screen_rows.unwrap_or_else(|| self.size().1);
        self.set_size(self.columns(), rows);
        if self.controls != reader.controls {
            self.settle();
            self.controls = reader.controls;
        }
        self.silent = reader.silent;
    }

    /// Changes while what a reader seeks is still being sought.
    pub fn searched(&self, reader: &Reader) -> i64 {
        let find = reader.find.as_ref();
        let search = self.searches.iter().find(|search| Some(&search.find) == find);
        search.map_or(0, |search| search.at.cast_signed().saturating_add(1))
    }

    /// Lines wanted, from one or up to the end.
    #[must_use]
    pub fn lines(&mut self, from: Option<u64>, rows: u16) -> query::Screen {
        self.read(&Reader { from, rows, ..Reader::default() }, rows)
    }

    /// The first line that tells of a gap, of those that came at an instant or soon after; the lines are in order of time.
    #[must_use]
    pub fn gap_since(&mut self, since: Time) -> Option<u64> {
        let all = self.lines(None, 1);
        let (mut low, mut high) = (all.oldest, all.total);
        while low < high {
            let middle = low.saturating_add(high.saturating_sub(low) / 2);
            let line = self.lines(Some(middle), 1).lines.into_iter().next()?;
            let before = line.time_nanos != 0 && line.time_nanos < since.0;
            if before { low = middle.saturating_add(1) } else { high = middle }
        }
        let near = self.lines(Some(low), NEAR).lines;
        near.into_iter().find(|line| line.number >= low && line.mark == Mark::Gap).map(|line| line.number)
    }

    /// What a reader wants to see.
    #[must_use]
    pub fn read(&mut self, reader: &Reader, most: u16) -> query::Screen {
        self.settle();
        let rows = u64::from(reader.rows.min(most));
        let (visible, cursor) = self.visible();
        let top = self.past.top();
        let (oldest, total) = (self.past.pages.oldest(), top.saturating_add(visible.len() as u64));
        let search = reader.find.as_ref().filter(|find| !find.text.is_empty()).map(|find| self.search(find, top));
        let full_screen = self.terminal.active_screen_kind() == ScreenKind::Alternate;
        let mut screen = query::Screen {
            from: 0,
            oldest,
            total,
            ever: total,
            lines: Vec::new(),
            cursor: self.terminal.cursor().visible.then_some(cursor),
            before_nanos: 0,
            found: None,
            full_screen,
            application_keys: self.terminal.cursor_key_app_mode(),
            bracketed_paste: self.brackets.are_wanted(),
            size: self.size(),
            wrapped: self.past.pages.wrapped(),
        };
        let number = |index: usize| top.saturating_add(index as u64);
        let seen = |index: u64| usize::try_from(index.saturating_sub(top)).ok().and_then(|index| visible.get(index));
        let one = |number: u64| match seen(number).filter(|_| number >= top) {
            Some(visible) => Some(visible.line(number)),
            None => self.past.pages.line(number).map(ScreenLine::from),
        };
        match &search {
            Some(search) => {
                let fresh: Vec<u64> = visible
                    .iter()
                    .enumerate()
                    .filter(|(_, visible)| search.is_in(&visible.text()))
                    .map(|(index, _)| number(index))
                    .collect();
                screen.found = Some(search.found(reader.current, oldest, top, &fresh));
                // By a pattern that is none nothing is found, and nothing is hidden.
                if reader.only_found && search.can_find() {
                    let wanted = |line: &u64| *line >= reader.since && reader.until.is_none_or(|until| *line < until);
                    let fresh: Vec<u64> = fresh.into_iter().filter(wanted).collect();
                    let (first, end) = search.range(reader.since, reader.until);
                    (screen.oldest, screen.total) = (first, end.saturating_add(fresh.len() as u64));
                    let (from, count) = screen.window(reader.from, rows);
                    let late = usize::try_from(from.saturating_sub(end)).unwrap_or(usize::MAX);
                    let early = usize::try_from(end.saturating_sub(from)).unwrap_or(usize::MAX);
                    let numbers = search.hits_from(from).take(early).chain(fresh.into_iter().skip(late));
                    screen.lines = numbers.take(count).filter_map(one).collect();
                } else {
                    let (from, count) = screen.window(reader.from, rows);
                    screen.lines = (from..).take(count).filter_map(one).collect();
                }
                for line in &mut screen.lines {
                    let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
                    line.matches = search.matches(&text);
                }
            }
            None => {
                let (from, count) = screen.window(reader.from, rows);
                let kept = usize::try_from(top.saturating_sub(from)).unwrap_or(usize::MAX).min(count);
                screen.lines = self.past.pages.from(from).take(kept).map(ScreenLine::from).collect();
                let rest = from.max(top)..from.saturating_add(count as u64);
                screen.lines.extend(rest.filter_map(one));
            }
        }
        let before = screen.lines.first().and_then(|line| line.number.checked_sub(1)).and_then(one);
        screen.before_nanos = before.map_or(0, |line| line.time_nanos);
        if let Some(search) = search {
            self.searches.push(search);
        }
        screen
    }

    /// The search for that, gone on with by a slice. It is put back when it has been asked.
    fn search(&mut self, find: &query::Find, until: u64) -> Search {
        let known = self.searches.iter().position(|search| search.find == *find);
        let mut search = known.map_or_else(|| Search::new(find), |index| self.searches.remove(index));
        if self.searches.len() >= SEARCHES {
            self.searches.remove(0);
        }
        search.go_on(&self.past.pages, until);
        search
    }

    /// Whether a search has not seen every line yet.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        let top = self.past.top();
        self.searches.last().is_some_and(|search| search.is_behind(top))
    }

    /// A part of the text, of all lines or of those found.
    #[must_use]
    pub fn text(&mut self, from: u64, until: Option<u64>, only: Option<&query::Find>) -> Text {
        self.settle();
        let (visible, _) = self.visible();
        let top = self.past.top();
        let total = top.saturating_add(visible.len() as u64);
        let until = until.map_or(total, |until| until.min(total));
        let from = from.max(self.past.pages.oldest()).min(until);
        let search = only.map(Search::new).filter(Search::can_find);
        let mut part = Text { from, next: from, total, lines: 0, text: String::new() };
        let mut last = None;
        let mut add = |line: &str, continued: bool, part: &mut Text| {
            let number = part.next;
            part.next = number.saturating_add(1);
            if search.as_ref().is_some_and(|search| !search.is_in(line)) {
                return;
            }
            if continued && last == number.checked_sub(1) && part.text.ends_with('\n') {
                part.text.pop();
            }
            last = Some(number);
            part.lines = part.lines.saturating_add(1);
            part.text.push_str(line);
            part.text.push('\n');
        };
        // What is looked through for one question is bounded, whatever is found.
        let mut budget = search.as_ref().and_then(Search::slice).unwrap_or(usize::MAX);
        let kept = usize::try_from(until.min(top).saturating_sub(from)).unwrap_or(usize::MAX);
        for line in self.past.pages.from(from).take(kept) {
            // A line that is one with the last of this part is not torn from it.
            if (part.text.len() >= TEXT || budget == 0) && !line.continued {
                return part;
            }
            budget = budget.saturating_sub(line.text.len().max(16));
            add(line.text, line.continued, &mut part);
        }
        let skip = usize::try_from(from.saturating_sub(top)).unwrap_or(usize::MAX);
        let take = usize::try_from(until.saturating_sub(from.max(top))).unwrap_or(usize::MAX);
        for line in visible.iter().skip(skip).take(take) {
            add(&line.text(), line.continued, &mut part);
        }
        part
    }

    /// The lines that may still change, the first of which may have begun among those kept; and where the cursor is.
    fn visible(&self) -> (Vec<Visible>, (u64, u16)) {
        let used = self.used();
        let at = self.terminal.cursor();
        let mut lines: Vec<Visible> = Vec::new();
        let mut goes_on = false;
        if self.past.wrapped
            && let Some(newest) = self.past.pages.newest()
        {
            let mut line = Visible { row: newest.row, continued: newest.continued, runs: Vec::new() };
            for run in newest.runs() {
                let flags = Look::flags(run.bold, run.faint, run.italic, run.underline, run.inverse);
                line.push(&run.text, Look { fg: run.fg, bg: run.bg, flags });
            }
            lines.push(line);
            goes_on = true;
        }
        let mut cursor = None;
        let rows = self.terminal.screen().visible_lines().zip(&self.past.rows);
        for (index, (row, known)) in rows.take(used.max(at.row.saturating_add(1))).enumerate() {
            let begun = if goes_on { lines.len().saturating_sub(1) } else { lines.len() };
            if index == at.row {
                let before = lines.last().filter(|_| goes_on).map_or(0, |line| line.text().chars().count());
                let column = u16::try_from(before.saturating_add(at.col)).unwrap_or(u16::MAX);
                cursor = Some((self.past.top().saturating_add(begun as u64), column));
            }
            if index >= used {
                continue;
            }
            match lines.last_mut().filter(|_| goes_on) {
                Some(line) => line.row = merged(line.row, *known),
                None => lines.push(Visible { row: *known, continued: false, runs: Vec::new() }),
            }
            if let Some(line) = lines.last_mut() {
                past::runs(row, |text, look| line.push(text, look));
            }
            goes_on = row.is_wrapped();
        }
        (lines, cursor.unwrap_or_default())
    }

    /// When those that may still change came.
    pub(super) fn visible_times(&self) -> Vec<i64> {
        self.visible().0.iter().map(|line| line.row.time.0).collect()
    }

    /// Rows in use: down to the last that is not blank, or the cursor if it stands in a line begun.
    fn used(&self) -> usize {
        let cursor = self.terminal.cursor();
        let begun = if cursor.col > 0 { cursor.row.saturating_add(1) } else { 0 };
        let lines = self.terminal.screen().visible_lines();
        let written = lines.enumerate().filter(|(_, line)| !past::blank(line)).map(|(row, _)| row.saturating_add(1));
        written.max().unwrap_or(0).max(begun)
    }
}

impl query::Screen {
    /// Sets where the window begins; returns that, and how many lines are in it.
    fn window(&mut self, from: Option<u64>, rows: u64) -> (u64, usize) {
        let from = from.unwrap_or_else(|| self.total.saturating_sub(rows)).clamp(self.oldest, self.total);
        self.from = from;
        (from, usize::try_from(rows.min(self.total.saturating_sub(from))).unwrap_or(0))
    }
}
