//! When each line came: to find a place among the lines of several terminals without reading them.

use super::Screen;
use super::pages::Pages;
use avt::ScreenKind;

/// Lines looked at beside one that nothing was printed to.
const BESIDE: u64 = 64;

/// The lines' times. Lines that a device can still reach may come and go until the next question.
pub(crate) struct Times<'a> {
    pages: &'a Pages,
    /// The first line of those that may still change.
    top: u64,
    visible: Vec<i64>,
    /// Whether a program of the device has the whole screen: what that shows is no lines.
    pub(crate) full_screen: bool,
}

impl Screen {
    /// The times of the lines.
    pub(crate) fn times(&mut self) -> Times<'_> {
        self.settle();
        let full_screen = self.terminal.active_screen_kind() == ScreenKind::Alternate;
        let visible = if full_screen { Vec::new() } else { self.visible_times() };
        Times { pages: &self.past.pages, top: self.past.top(), visible, full_screen }
    }
}

impl Times<'_> {
    /// The oldest line held.
    pub(crate) fn oldest(&self) -> u64 {
        self.pages.oldest()
    }

    /// The number after the last.
    pub(crate) fn total(&self) -> u64 {
        self.top.saturating_add(self.visible.len() as u64).max(self.oldest())
    }

    /// When a line came: nanoseconds since the Unix epoch. One that nothing was printed to came with the line before it.
    pub(crate) fn at(&self, line: u64) -> i64 {
        let before = (line.saturating_sub(BESIDE).max(self.oldest())..=line).rev();
        before.map(|line| self.printed(line)).find(|time| *time != 0).unwrap_or(0)
    }

    fn printed(&self, line: u64) -> i64 {
        let visible = line.checked_sub(self.top).and_then(|index| usize::try_from(index).ok());
        match visible {
            Some(index) => self.visible.get(index).copied().unwrap_or(0),
            None => self.pages.line(line).map_or(0, |line| line.row.time.0),
        }
    }
}
