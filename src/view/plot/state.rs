//! What a plot shows: plain data with methods, free of the browser.

use session::query::{FieldId, Query, Span, Together};
use session::wire::SessionId;
use std::collections::{BTreeMap, BTreeSet};

/// The window of time of a plot, which series are hidden, and where the cursor is.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotState {
    /// The window.
    pub window: Window,
    /// Series switched off in the legend.
    pub hidden: BTreeSet<FieldId>,
    /// The cursor, as a fraction of the width from the left.
    pub cursor: Option<f64>,
    /// The cursors that stay where they were set, A and B: nanoseconds since the Unix epoch.
    pub marks: [Option<i64>; 2],
    /// What is being selected on the time's axis: from where to where, as fractions of the width.
    pub selecting: Option<(f64, f64)>,
    /// Ranges that were fixed, by lane ([`super::lanes::Lane::key`]).
    pub ranges: BTreeMap<String, (f64, f64)>,
    /// What is drawn.
    pub mode: Mode,
    /// The field drawn upwards where only one can be; of two, the one upwards.
    pub up: Option<FieldId>,
    /// The field drawn across against another.
    pub across: Option<FieldId>,
    /// Whether its time is that of the device's clock, not that of arrival.
    pub by_device: bool,
    /// Whose fields it shows, where it is not one session's: their places are part of the fields' tables.
    pub together: Option<Vec<SessionId>>,
}

/// What a plot draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Fields over time.
    #[default]
    Time,
    /// One field against another.
    Xy,
    /// The amplitudes of a field by frequency.
    Spectrum,
    /// How often a field has which values.
    Histogram,
}

impl Mode {
    /// Every mode, in the order in which they are offered.
    pub const ALL: [Mode; 4] = [Mode::Time, Mode::Xy, Mode::Spectrum, Mode::Histogram];

    /// Its short name, for forms.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Mode::Time => "time",
            Mode::Xy => "xy",
            Mode::Spectrum => "spectrum",
            Mode::Histogram => "histogram",
        }
    }
}

/// A window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Follows the newest data.
    Live {
        /// Its length in nanoseconds.
        nanos: i64,
    },
    /// Stands still, in nanoseconds since the Unix epoch.
    Paused {
        /// Its start.
        from: i64,
        /// Its end.
        to: i64,
    },
    /// Everything held, still growing.
    Everything,
}

const SHORTEST: i64 = 1_000_000;
const LONGEST: i64 = 30 * 86_400_000_000_000;

impl PlotState {
    /// Follows the newest data with a window of that length.
    #[must_use]
    pub fn live(nanos: i64) -> PlotState {
        PlotState {
            window: Window::Live { nanos: nanos.clamp(SHORTEST, LONGEST) },
            hidden: BTreeSet::new(),
            cursor: None,
            marks: [None; 2],
            selecting: None,
            ranges: BTreeMap::new(),
            mode: Mode::Time,
            up: None,
            across: None,
            by_device: false,
            together: None,
        }
    }

    /// The span that is wanted, where that is known before it is drawn.
    #[must_use]
    pub fn now(&self, drawn: (i64, i64)) -> (i64, i64) {
        match self.window {
            Window::Paused { from, to } => (from, to),
            Window::Live { .. } | Window::Everything => drawn,
        }
    }

    /// The instant at a fraction of the width.
    #[must_use]
    pub fn instant(&self, fraction: f64, drawn: (i64, i64)) -> i64 {
        let (from, _) = self.now(drawn);
        from.saturating_add((width(self.now(drawn)) as f64 * fraction) as i64)
    }

    /// Stands still at a span.
    pub fn show(&mut self, from: i64, to: i64) {
        let nanos = to.saturating_sub(from).clamp(SHORTEST, LONGEST);
        self.window = Window::Paused { from, to: from.saturating_add(nanos) };
    }

    /// Moves the cursor to an instant; the window follows where it is not in it, and stands still.
    pub fn go_to(&mut self, at: i64, drawn: (i64, i64)) {
        let (mut from, to) = self.now(drawn);
        let wide = width((from, to));
        if at < from || at >= to {
            from = at.saturating_sub(wide / 2);
        }
        self.window = Window::Paused { from, to: from.saturating_add(wide) };
        self.cursor = Some((at.saturating_sub(from) as f64 / wide as f64).clamp(0.0, 1.0));
    }

    /// Keeps the times under two fingers, of which one moved from `was` to `is` while the other stays at `other`; all are
    /// fractions of the width.
    pub fn pinch(&mut self, was: f64, is: f64, other: f64, drawn: (i64, i64)) {
        let before = self.now(drawn);
        let factor = ((was - other).abs().max(0.01) / (is - other).abs().max(0.01)).clamp(0.2, 5.0);
        let wide = ((width(before) as f64 * factor) as i64).clamp(SHORTEST, LONGEST);
        let held = self.instant(other, drawn);
        let from = held.saturating_sub((wide as f64 * other) as i64);
        self.window = Window::Paused { from, to: from.saturating_add(wide) };
    }

    /// Makes a lane's range `factor` times as long around a value of it.
    pub fn zoom_lane(&mut self, key: &str, (low, high): (f64, f64), factor: f64, around: f64) {
        let (low, high) = (around + (low - around) * factor, around + (high - around) * factor);
        if low.is_finite() && high.is_finite() && high - low > around.abs() * 1e-14 + 1e-300 {
            self.ranges.insert(key.to_owned(), (low, high));
        }
    }

    /// The span to ask for.
    #[must_use]
    pub fn span(&self) -> Span {
        match self.window {
            Window::Live { nanos } => Span::Last { nanos },
            Window::Paused { from, to } => Span::Fixed { from_nanos: from, to_nanos: to },
            Window::Everything => Span::All,
        }
    }

    /// The question as it is asked by the clock in force, of whom it concerns.
    #[must_use]
    pub fn asked(&self, query: Query) -> Query {
        match &self.together {
            Some(sessions) => Query::Together(Box::new(Together { sessions: sessions.clone(), query })),
            None if self.by_device => Query::Device(Box::new(query)),
            None => query,
        }
    }

    /// Draws by the other clock: what was set or stood still by the one before means nothing in it.
    pub fn go_by(&mut self, device: bool, drawn: (i64, i64)) {
        if self.by_device != device {
            self.by_device = device;
            (self.marks, self.cursor) = ([None; 2], None);
            if !self.is_live() {
                self.toggle_live(drawn);
            }
        }
    }

    /// Whether it follows the newest data.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !matches!(self.window, Window::Paused { .. })
    }

    /// Stands still at what is drawn, or follows again with the length of what is drawn.
    pub fn toggle_live(&mut self, drawn: (i64, i64)) {
        self.window = if self.is_live() {
            Window::Paused { from: drawn.0, to: drawn.1 }
        } else {
            Window::Live { nanos: drawn.1.saturating_sub(drawn.0).clamp(SHORTEST, LONGEST) }
        };
    }

    /// Moves the window by a fraction of its width, later if positive; leaves the live edge.
    pub fn pan(&mut self, fraction: f64, drawn: (i64, i64)) {
        let drawn = self.now(drawn);
        let by = (width(drawn) as f64 * fraction) as i64;
        self.window = Window::Paused { from: drawn.0.saturating_add(by), to: drawn.1.saturating_add(by) };
    }

    /// Makes the window `factor` times as long around the moment at that fraction of the width; at the live edge the
    /// newest data stay in place.
    pub fn zoom(&mut self, factor: f64, at: f64, drawn: (i64, i64)) {
        let drawn = self.now(drawn);
        let now = width(drawn);
        let nanos = ((now as f64 * factor) as i64).clamp(SHORTEST, LONGEST);
        self.window = if self.is_live() {
            Window::Live { nanos }
        } else {
            let from = drawn.0.saturating_add(((now - nanos) as f64 * at.clamp(0.0, 1.0)) as i64);
            Window::Paused { from, to: from.saturating_add(nanos) }
        };
    }

    /// Moves the cursor by a fraction of the width; appears in the middle.
    pub fn move_cursor(&mut self, by: f64) {
        self.cursor = Some(self.cursor.map_or(0.5, |cursor| (cursor + by).clamp(0.0, 1.0)));
    }

    /// Sets a cursor that stays: A is 0, B is 1.
    pub fn mark(&mut self, which: usize, at: i64) {
        if let Some(mark) = self.marks.get_mut(which) {
            *mark = Some(at);
        }
    }

    /// What it showed is gone, and fields may have other numbers: it follows with a window as long as before.
    pub fn begin_again(&mut self) {
        let window = match self.window {
            Window::Paused { from, to } => PlotState::live(to.saturating_sub(from)).window,
            window => window,
        };
        let (ranges, together) = (std::mem::take(&mut self.ranges), self.together.take());
        let (mode, by_device) = (self.mode, self.by_device);
        *self = PlotState { window, ranges, mode, by_device, together, ..PlotState::live(0) };
    }

    /// Shows a series or hides it.
    pub fn toggle(&mut self, field: FieldId) {
        if !self.hidden.remove(&field) {
            self.hidden.insert(field);
        }
    }
}

fn width(drawn: (i64, i64)) -> i64 {
    drawn.1.saturating_sub(drawn.0).max(SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: (i64, i64) = (1_000_000_000, 3_000_000_000);

    #[test]
    fn zoom_keeps_the_moment_under_the_pointer() {
        let mut state = PlotState::live(2_000_000_000);
        state.toggle_live(DRAWN);
        state.zoom(0.5, 0.25, DRAWN);
        assert_eq!(state.window, Window::Paused { from: 1_250_000_000, to: 2_250_000_000 });
    }

    #[test]
    fn zoom_at_the_live_edge_stays_live_and_panning_leaves_it() {
        let mut state = PlotState::live(2_000_000_000);
        state.zoom(2.0, 0.1, DRAWN);
        assert_eq!(state.window, Window::Live { nanos: 4_000_000_000 });
        state.pan(-0.5, DRAWN);
        assert_eq!(state.window, Window::Paused { from: 0, to: 2_000_000_000 });
        state.toggle_live((0, 2_000_000_000));
        assert_eq!(state.window, Window::Live { nanos: 2_000_000_000 });
    }

    #[test]
    fn f42_a_plot_that_lost_its_data_follows_with_the_same_length() {
        let mut state = PlotState::live(2_000_000_000);
        state.toggle(FieldId { table: 0, field: 0 });
        state.move_cursor(0.1);
        state.pan(-0.5, DRAWN);
        state.begin_again();
        assert_eq!(state, PlotState::live(2_000_000_000));
        state.window = Window::Everything;
        state.begin_again();
        assert_eq!(state.window, Window::Everything);
    }

    #[test]
    fn f22_by_another_clock_what_stood_still_goes_on_and_what_was_set_is_gone() {
        let mut state = PlotState::live(2_000_000_000);
        state.pan(-0.5, DRAWN);
        state.mark(0, 5);
        state.go_by(false, DRAWN);
        assert_eq!(state.marks, [Some(5), None], "the clock in force changes nothing");
        state.go_by(true, DRAWN);
        assert_eq!((state.marks, state.window), ([None; 2], Window::Live { nanos: 2_000_000_000 }));
        assert!(matches!(state.asked(Query::Happenings), Query::Device(_)));
        state.begin_again();
        assert!(state.by_device, "it stays the user's choice");
    }

    #[test]
    fn no_window_is_shorter_than_a_millisecond_or_overflows() {
        let mut state = PlotState::live(0);
        assert_eq!(state.window, Window::Live { nanos: SHORTEST });
        state.pan(1e300, (i64::MAX - 5, i64::MAX));
        state.zoom(1e300, 0.5, (i64::MIN, i64::MAX));
        assert!(matches!(state.window, Window::Paused { from, to } if to >= from));
    }

    #[test]
    fn two_fingers_keep_the_times_under_them() {
        let mut state = PlotState::live(2_000_000_000);
        // From 0.75 to 1.0, the other at 0.5: half as long, around the middle.
        state.pinch(0.75, 1.0, 0.5, DRAWN);
        assert_eq!(state.window, Window::Paused { from: 1_500_000_000, to: 2_500_000_000 });
        // Both a tenth to the left, one after the other: what is seen moves by a tenth.
        state.pinch(0.4, 0.3, 0.8, DRAWN);
        state.pinch(0.8, 0.7, 0.3, DRAWN);
        let Window::Paused { from, to } = state.window else { panic!("it stands still") };
        assert!(
            (from - 1_600_000_000).abs() < 10_000_000 && (to - from - 1_000_000_000).abs() < 10_000_000,
            "{from} {to}"
        );
    }

    #[test]
    fn the_cursor_goes_to_an_instant_and_the_window_with_it() {
        let mut state = PlotState::live(2_000_000_000);
        state.go_to(1_500_000_000, DRAWN);
        assert_eq!((state.window, state.cursor), (Window::Paused { from: DRAWN.0, to: DRAWN.1 }, Some(0.25)));
        state.go_to(9_000_000_000, DRAWN);
        assert_eq!(
            (state.window, state.cursor),
            (Window::Paused { from: 8_000_000_000, to: 10_000_000_000 }, Some(0.5))
        );
        assert_eq!(state.instant(0.25, DRAWN), 8_500_000_000);
    }

    #[test]
    fn a_lane_is_zoomed_around_a_value_and_never_to_nothing() {
        let mut state = PlotState::live(2_000_000_000);
        state.zoom_lane("V", (0.0, 10.0), 0.5, 2.0);
        assert_eq!(state.ranges.get("V"), Some(&(1.0, 6.0)));
        state.zoom_lane("V", (1.0, 1.0), 0.5, 1.0);
        state.zoom_lane("V", (f64::MIN, f64::MAX), 2.0, 0.0);
        assert_eq!(state.ranges.get("V"), Some(&(1.0, 6.0)));
    }
}
