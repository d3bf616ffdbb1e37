//! Where lines stand: as many as there are, and only those in sight as elements.
//!
//! A line has its place by its number, as if each took one row. Those in sight stand at their place and take the rows they
//! need. Where there are more than a browser's scroll bar can measure, the places move together.

use super::lines::{self, Look, Whose};
use leptos::prelude::*;
use session::query::{Screen, ScreenLine};

/// Browsers measure no more, in CSS pixels, each with its own limit a little above.
const MOST: f64 = 16e6;

/// Which lines there are to show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::view) struct Extent {
    /// The first.
    pub(in crate::view) oldest: u64,
    /// The one after the last.
    pub(in crate::view) total: u64,
    /// Whether there are others before the first.
    pub(super) cleared: bool,
    /// Height of a row in CSS pixels.
    row: f64,
}

impl Extent {
    /// None, in rows so high.
    pub(in crate::view) fn none(row: f64) -> Extent {
        Extent { oldest: 0, total: 0, cleared: false, row }
    }

    /// Those of an answer, up to where the view stands still, from where it was cleared, in rows so high.
    pub(in crate::view) fn new(screen: &Screen, held: Option<u64>, cleared: u64, row: f64) -> Extent {
        let total = held.map_or(screen.total, |held| held.clamp(screen.oldest, screen.total));
        let oldest = screen.oldest.max(cleared.min(total));
        Extent { oldest, total, cleared: oldest > screen.oldest, row }
    }

    /// Height of a row in CSS pixels.
    pub(in crate::view) fn row(self) -> f64 {
        self.row
    }

    pub(in crate::view) fn count(self) -> u64 {
        self.total.saturating_sub(self.oldest)
    }

    fn pitch(self) -> f64 {
        self.row.min(MOST / self.count().max(1) as f64)
    }

    /// Height of them all.
    pub(in crate::view) fn height(self) -> f64 {
        self.count() as f64 * self.pitch()
    }

    /// Where a line begins.
    pub(in crate::view) fn top(self, line: u64) -> f64 {
        line.saturating_sub(self.oldest) as f64 * self.pitch()
    }

    /// The line at a height.
    pub(in crate::view) fn line_at(self, top: f64) -> u64 {
        self.oldest + (top / self.pitch()) as u64
    }
}

/// The lines of an answer that are to be shown, and the place of the first.
fn shown(screen: &Screen, extent: Extent) -> (&[ScreenLine], u64) {
    let skip = extent.oldest.saturating_sub(screen.from);
    let end = extent.total.saturating_sub(screen.from);
    let clip = |count: u64| usize::try_from(count).unwrap_or(usize::MAX).min(screen.lines.len());
    let lines = screen.lines.get(clip(skip)..clip(end).max(clip(skip))).unwrap_or_default();
    (lines, screen.from + skip)
}

/// The lines of a screen, for a reader who follows the end or has `from` as the first line in sight.
pub(in crate::view) fn view(
    screen: &Screen,
    extent: Extent,
    from: Option<u64>,
    look: Look,
    whose: Whose<'_>,
) -> AnyView {
    let (all, first) = shown(screen, extent);
    let before = |lines: &[ScreenLine], rest: &[ScreenLine]| {
        let skipped = rest.len().checked_sub(lines.len()).and_then(|skip| skip.checked_sub(1));
        skipped.and_then(|index| rest.get(index)).map_or(screen.before_nanos, |line| line.time_nanos)
    };
    // All there are stand one below the other.
    if all.len() as u64 >= extent.count() {
        return view! { <div class="term-lines">{lines::view(all, before(all, all), look, whose)}</div> }.into_any();
    }
    match from {
        None => view! {
            <div class="term-lines term-placed term-end">{lines::view(all, before(all, all), look, whose)}</div>
        }
        .into_any(),
        // What is above the first line in sight ends where that begins.
        Some(from) => {
            let cut = usize::try_from(from.saturating_sub(first)).unwrap_or(usize::MAX).min(all.len());
            let (above, below) = all.split_at_checked(cut).unwrap_or((&[], all));
            let top = extent.top(from);
            view! {
                <div class="term-lines term-placed" style:bottom=format!("{}px", extent.height() - top)>
                    {lines::view(above, before(all, all), look, whose)}
                </div>
                <div class="term-lines term-placed" style:top=format!("{top}px")>
                    {lines::view(below, before(below, all), look, whose)}
                </div>
            }
            .into_any()
        }
    }
}

/// The text of the lines in sight, and how many they are.
pub(super) fn text_in_sight(screen: &Screen, extent: Extent, from: Option<u64>, rows: usize) -> (String, u64) {
    let (all, first) = shown(screen, extent);
    let lines = match from {
        Some(from) => {
            let skip = usize::try_from(from.saturating_sub(first)).unwrap_or(usize::MAX).min(all.len());
            all.iter().skip(skip).take(rows)
        }
        None => all.iter().skip(all.len().saturating_sub(rows)).take(rows),
    };
    let mut text = String::new();
    let mut count = 0;
    for line in lines {
        if line.continued && text.ends_with('\n') {
            text.pop();
        }
        line.runs.iter().for_each(|run| text.push_str(&run.text));
        text.push('\n');
        count += 1;
    }
    (text, count)
}

#[cfg(test)]
mod tests {
    use super::Extent;

    #[test]
    fn a_million_lines_fit_a_scroll_bar_and_every_line_is_found_again() {
        for (total, row) in
            [10, 1000, 1_000_000, 5_000_000].into_iter().flat_map(|total| [(total, 18.0), (total, 36.0)])
        {
            let extent = Extent { oldest: 7, total, cleared: false, row };
            assert!(extent.height() < 16e6 + 1.0, "{total}");
            for line in [7, 8, total / 2, total - 1] {
                let line = line.max(7);
                assert_eq!(extent.line_at(extent.top(line) + 0.5), line, "{total}");
            }
        }
    }
}
