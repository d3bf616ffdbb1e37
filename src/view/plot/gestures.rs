//! Pointer, wheel and keys on the plot.

use super::paint::{AXIS, Drawn, FOOT};
use super::shared::Shared;
use super::state::{PlotState, Window};
use crate::browser::canvas::{self, units};
use crate::view::shortcuts::single_keys;
use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::prelude::*;
use session::query::{Answer, Envelope};
use std::sync::Arc;
use std::time::Duration;

/// What moves the plot. Copies act on the same plot.
#[derive(Clone, Copy)]
pub struct Gestures {
    /// The plot's state.
    pub plot: RwSignal<PlotState>,
    /// The canvas' size in CSS pixels.
    pub size: RwSignal<(u16, u16)>,
    /// What is drawn now.
    pub envelope: RwSignal<Option<Arc<Answer>>>,
    /// The lanes as they are drawn now.
    pub lanes: StoredValue<Vec<Drawn>>,
    /// When something happened: nanoseconds since the Unix epoch, in order.
    pub happenings: RwSignal<Option<Arc<Answer>>>,
    /// Pointers that are down, and what they do.
    hands: StoredValue<Hands>,
}

/// The pointers that are down on the plot.
#[derive(Default)]
struct Hands {
    /// Each with its last place.
    down: Vec<(i32, f64)>,
    /// Where the first one went down.
    began: f64,
    /// Whether it moved since.
    moved: bool,
    /// Whether it went down on the time's axis.
    on_axis: bool,
    /// Whether it is a finger, which moves the cursor and sets none.
    finger: bool,
    /// Counts what goes down, moves or is lifted: whether a finger has rested since.
    changes: u32,
    /// The cursors as they were before the first of two clicks.
    marks: [Option<i64>; 2],
    /// Where was clicked last, as a fraction of the width.
    clicked: Option<f64>,
}

/// Pixels that a click may move.
const STEADY: f64 = 4.0;
/// Pixels that a finger at rest may move: it rolls.
const ROLL: f64 = 10.0;
/// How long a finger rests to set a cursor.
const PRESS: Duration = Duration::from_millis(500);

impl Gestures {
    /// For the plot that is shared.
    pub fn new(shared: Shared, size: RwSignal<(u16, u16)>, envelope: RwSignal<Option<Arc<Answer>>>) -> Gestures {
        Gestures {
            plot: shared.plot,
            size,
            envelope,
            lanes: StoredValue::new(Vec::new()),
            happenings: shared.happenings,
            hands: StoredValue::new(Hands::default()),
        }
    }

    /// The span that is drawn now, in nanoseconds since the Unix epoch.
    #[must_use]
    pub fn drawn(self) -> (i64, i64) {
        self.shown(|envelope| (envelope.from_nanos, envelope.to_nanos)).unwrap_or((0, super::SECOND))
    }

    fn shown<T>(self, read: impl FnOnce(&Envelope) -> T) -> Option<T> {
        self.envelope.with_untracked(|answer| match answer.as_deref() {
            Some(Answer::Envelope(envelope)) => Some(read(envelope)),
            _ => None,
        })
    }

    /// A pointer went down: it may drag, or select on the axis.
    pub fn down(self, event: &PointerEvent) {
        let (x, y) = (units(event.offset_x()), units(event.offset_y()));
        let on_axis = y > units(self.size.get_untracked().1) - FOOT;
        let mut rests = None;
        self.hands.update_value(|hands| {
            hands.down.push((event.pointer_id(), x));
            hands.changes = hands.changes.wrapping_add(1);
            if hands.down.len() == 1 {
                (hands.began, hands.moved, hands.on_axis) = (x, false, on_axis);
                hands.finger = event.pointer_type() == "touch";
                rests = (hands.finger && !on_axis).then_some(hands.changes);
            }
        });
        self.cursor_to(x);
        if let Some(since) = rests {
            set_timeout(move || self.rested(since), PRESS);
        }
    }

    /// A finger has rested where it went down, unless something changed since: it sets cursor A, and the next one B.
    fn rested(self, since: u32) {
        let place = self.hands.try_with_value(|hands| (hands.changes == since).then_some(hands.began)).flatten();
        let at = place.map(|x| self.fraction(x)).filter(|at| (0.0..=1.0).contains(at));
        if let Some(at) = at {
            let which = usize::from(self.plot.with_untracked(|plot| plot.marks.first().is_some_and(Option::is_some)));
            self.set(which, at);
        }
    }

    /// A finger at rest opens no menu: it sets a cursor.
    pub fn menu(self, event: &MouseEvent) {
        if self.hands.with_value(|hands| hands.finger && !hands.down.is_empty()) {
            event.prevent_default();
        }
    }

    /// A pointer moved: one mouse drags, one finger moves the cursor, two fingers pan and zoom; on the axis, one selects.
    pub fn moved(self, event: &PointerEvent) {
        let x = units(event.offset_x());
        let mut now = (None, None, false, 0.0);
        self.hands.update_value(|hands| {
            let was = hands.down.iter().find(|(id, _)| *id == event.pointer_id()).map(|(_, was)| *was);
            let other = hands.down.iter().find(|(id, _)| *id != event.pointer_id()).map(|(_, place)| *place);
            if let Some(pointer) = hands.down.iter_mut().find(|(id, _)| *id == event.pointer_id()) {
                pointer.1 = x;
            }
            let far = (x - hands.began).abs();
            hands.moved |= was.is_some() && far >= STEADY;
            if far >= ROLL {
                hands.changes = hands.changes.wrapping_add(1);
            }
            now = (was, other, hands.on_axis && hands.moved, hands.began);
        });
        let (was, other, selects, began) = now;
        match (was, other) {
            (Some(was), Some(other)) => {
                let [was, is, other] = [was, x, other].map(|x| self.fraction(x));
                self.plot.update(|plot| plot.pinch(was, is, other, self.drawn()));
            }
            (Some(_), None) if selects => {
                let span = (self.fraction(began).clamp(0.0, 1.0), self.fraction(x).clamp(0.0, 1.0));
                self.plot.update(|plot| plot.selecting = Some(span));
            }
            (Some(was), None) if event.pointer_type() != "touch" && self.hands.with_value(|hands| hands.moved) => {
                if (x - was).abs() >= 1.0 {
                    self.plot.update(|plot| plot.pan((was - x) / self.area(), self.drawn()));
                }
                self.cursor_to(x);
            }
            _ => self.cursor_to(x),
        }
    }

    /// A pointer was lifted: what was selected is shown.
    pub fn up(self, event: &PointerEvent) {
        self.hands.update_value(|hands| {
            hands.down.retain(|(id, _)| *id != event.pointer_id());
            hands.changes = hands.changes.wrapping_add(1);
        });
        let Some((from, to)) = self.plot.with_untracked(|plot| plot.selecting) else { return };
        let drawn = self.drawn();
        self.plot.update(|plot| {
            plot.selecting = None;
            let (from, to) = (plot.instant(from.min(to), drawn), plot.instant(from.max(to), drawn));
            plot.show(from, to);
        });
    }

    /// The pointer went away, and the cursor with it.
    pub fn left(self, event: &PointerEvent) {
        self.up(event);
        if event.pointer_type() != "touch" {
            self.plot.update(|plot| plot.cursor = None);
        }
    }

    /// A click sets cursor A, with Shift B. The second of two is a double click's, which sets none.
    pub fn click(self, event: &MouseEvent) {
        let elsewhere = self.hands.with_value(|hands| hands.moved || hands.on_axis || hands.finger);
        if event.detail() != 1 || elsewhere {
            return;
        }
        let at = self.fraction(units(event.offset_x()));
        if (0.0..=1.0).contains(&at) {
            self.clicked(usize::from(event.shift_key()), at);
        }
    }

    /// A click at a fraction of the width sets cursor A (0) or B (1).
    fn clicked(self, which: usize, at: f64) {
        let marks = self.plot.with_untracked(|plot| plot.marks);
        self.hands.update_value(|hands| (hands.marks, hands.clicked) = (marks, Some(at)));
        self.set(which, at);
    }

    /// A double click shows everything; its first click set nothing.
    pub fn double_click(self) {
        let marks = self.hands.with_value(|hands| hands.marks);
        self.plot.update(|plot| plot.marks = marks);
        self.fit();
    }

    /// The wheel zooms the time around the pointer; with Shift, the lane's values; turned sideways it pans.
    pub fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let (x, y) = (event.delta_x(), event.delta_y());
        let (area, at) = (self.area(), self.fraction(units(event.offset_x())));
        let drawn = self.drawn();
        match turn(x, y, event.shift_key()) {
            Turn::Sideways(by) => {
                let by = units(by) * unit_pixels(event.delta_mode(), area) / area;
                self.plot.update(|plot| plot.pan(by, drawn));
            }
            Turn::Time(by) => self.plot.update(|plot| plot.zoom(strength(by), at, drawn)),
            Turn::Values(by) => {
                let height = units(event.offset_y());
                let lane = self.lanes.with_value(|lanes| lanes.iter().find(|lane| lane.holds(height)).cloned());
                if let Some(lane) = lane {
                    let around = lane.value_at(height);
                    self.plot.update(|plot| plot.zoom_lane(&lane.key, (lane.low, lane.high), strength(by), around));
                }
            }
        }
    }

    /// Single keys act while the plot has focus.
    pub fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        if event.key().chars().count() == 1 && !single_keys() {
            return;
        }
        let step = 1.0 / self.area();
        let shift = event.shift_key();
        match event.key().as_str() {
            " " => self.toggle_live(),
            "ArrowLeft" if shift => self.to_sample(false),
            "ArrowRight" if shift => self.to_sample(true),
            "ArrowLeft" => self.plot.update(|plot| plot.move_cursor(-step)),
            "ArrowRight" => self.plot.update(|plot| plot.move_cursor(step)),
            "PageUp" => self.plot.update(|plot| plot.pan(-0.5, self.drawn())),
            "PageDown" => self.plot.update(|plot| plot.pan(0.5, self.drawn())),
            "+" | "=" => self.zoom(0.5),
            "-" => self.zoom(2.0),
            "0" => self.fit(),
            "[" => self.to_happening(false),
            "]" => self.to_happening(true),
            "c" | "C" => self.set(usize::from(shift), self.cursor()),
            "Escape" => self.plot.update(|plot| {
                if plot.cursor.take().is_none() {
                    plot.marks = [None; 2];
                }
            }),
            _ => return,
        }
        event.prevent_default();
    }

    /// Zooms around the cursor, or the middle.
    pub fn zoom(self, factor: f64) {
        self.plot.update(|plot| plot.zoom(factor, plot.cursor.unwrap_or(0.5), self.drawn()));
    }

    /// Shows everything that is held.
    pub fn fit(self) {
        self.plot.update(|plot| plot.window = Window::Everything);
    }

    /// Stands still, or follows again.
    pub fn toggle_live(self) {
        self.plot.update(|plot| plot.toggle_live(self.drawn()));
    }

    /// Where the moving cursor is; where the mouse took it away with it, the place that was clicked last, else the middle.
    #[must_use]
    pub fn cursor(self) -> f64 {
        let clicked = || self.hands.with_value(|hands| hands.clicked);
        self.plot.with_untracked(|plot| plot.cursor).or_else(clicked).unwrap_or(0.5)
    }

    /// A button sets cursor A (0) or B (1) where the moving cursor is, or where was clicked last. That click, which had set A,
    /// was B's then.
    pub fn press(self, which: usize) {
        let (before, clicked) = self.hands.with_value(|hands| (hands.marks, hands.clicked));
        let at = self.cursor();
        if which == 1 && clicked.is_some() && self.plot.with_untracked(|plot| plot.cursor.is_none()) {
            self.plot.update(|plot| plot.marks[0] = before[0]);
        }
        self.set(which, at);
        let now = self.plot.with_untracked(|plot| plot.marks);
        self.hands.update_value(|hands| hands.marks = now);
    }

    /// Sets cursor A (0) or B (1) at a fraction of the width.
    pub fn set(self, which: usize, at: f64) {
        let drawn = self.drawn();
        self.plot.update(|plot| {
            let at = plot.instant(at, drawn);
            plot.mark(which, at);
        });
    }

    /// Moves the cursor to the next column, or the one before, in which a series has a sample.
    fn to_sample(self, forward: bool) {
        let width = super::paint::columns(canvas::units(self.size.get_untracked().0), canvas::ratio());
        let at = self.plot.with_untracked(|plot| plot.cursor).unwrap_or(if forward { 0.0 } else { 1.0 });
        let at = (at * f64::from(width)) as i32;
        let to = self.shown(|envelope| {
            let all = envelope.series.iter().flat_map(|series| &series.columns).map(|column| i32::from(column.x));
            if forward { all.filter(|x| *x > at).min() } else { all.filter(|x| *x < at).max() }
        });
        if let Some(to) = to.flatten() {
            // The middle of the column, so that the next step begins in it.
            let cursor = (f64::from(to) + 0.5) / f64::from(width.max(1));
            self.plot.update(|plot| plot.cursor = Some(cursor));
        }
    }

    /// Moves to the next gap or rejected frame, or the one before.
    fn to_happening(self, forward: bool) {
        let drawn = self.drawn();
        let at = self
            .plot
            .with_untracked(|plot| plot.instant(plot.cursor.unwrap_or(if forward { 0.0 } else { 1.0 }), drawn));
        // A column is as near as the cursor comes.
        let near = (drawn.1.saturating_sub(drawn.0) as f64 / self.area()) as i64 + 1;
        let to = self.happenings.with_untracked(|answer| match answer.as_deref() {
            Some(Answer::Happenings(all)) => {
                let mut times = all.iter().map(|happening| happening.time_nanos);
                if forward {
                    times.find(|time| *time > at.saturating_add(near))
                } else {
                    times.rev().find(|time| *time < at.saturating_sub(near))
                }
            }
            _ => None,
        });
        if let Some(to) = to {
            self.plot.update(|plot| plot.go_to(to, drawn));
        }
    }

    fn cursor_to(self, x: f64) {
        let fraction = self.fraction(x);
        self.plot.update(|plot| plot.cursor = (0.0..=1.0).contains(&fraction).then_some(fraction));
    }

    fn fraction(self, x: f64) -> f64 {
        (x - AXIS) / self.area()
    }

    fn area(self) -> f64 {
        (units(self.size.get_untracked().0) - AXIS).max(1.0)
    }
}

/// What a turn of the wheel does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Turn {
    Time(f64),
    Values(f64),
    Sideways(f64),
}

/// With Shift some browsers turn the wheel sideways themselves, others leave that to the page.
fn turn(x: f64, y: f64, shift: bool) -> Turn {
    match (shift, x.abs() > y.abs()) {
        (true, sideways) => Turn::Values(if sideways { x } else { y }),
        (false, true) => Turn::Sideways(x),
        (false, false) => Turn::Time(y),
    }
}

/// By how much a turn of the wheel makes a range longer.
fn strength(by: f64) -> f64 {
    (by * 0.002).clamp(-1.0, 1.0).exp()
}

/// Pixels in what a wheel counts: pixels, lines or pages (UI Events, `deltaMode`).
fn unit_pixels(mode: u32, page: f64) -> f64 {
    match mode {
        1 => 16.0,
        2 => page,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Gestures, Hands, PlotState, Turn, turn, unit_pixels};
    use leptos::prelude::*;

    /// Those of a plot that shows a millisecond, the shortest time that it shows.
    fn gestures() -> Gestures {
        let mut plot = PlotState::live(1_000_000);
        plot.window = super::Window::Paused { from: 0, to: 1_000_000 };
        Gestures {
            plot: RwSignal::new(plot),
            size: RwSignal::new((0, 0)),
            envelope: RwSignal::new(None),
            lanes: StoredValue::new(Vec::new()),
            happenings: RwSignal::new(None),
            hands: StoredValue::new(Hands::default()),
        }
    }

    fn marks(gestures: Gestures) -> [Option<i64>; 2] {
        gestures.plot.with_untracked(|plot| plot.marks)
    }

    #[test]
    fn set_a_and_set_b_take_the_place_that_was_clicked_and_the_click_is_theirs() {
        let owner = Owner::new();
        owner.set();
        // The mouse takes the moving cursor away with it on its way to the button.
        let plot = gestures();
        plot.clicked(0, 0.25);
        assert_eq!(marks(plot), [Some(250_000), None], "a click sets A");
        plot.press(1);
        assert_eq!(marks(plot), [None, Some(250_000)], "it was for B");
        plot.clicked(0, 0.5);
        plot.press(0);
        assert_eq!(marks(plot), [Some(500_000), Some(250_000)]);
        plot.clicked(0, 0.75);
        plot.press(1);
        assert_eq!(marks(plot), [Some(500_000), Some(750_000)], "A stands where it stood before that click");
        plot.press(1);
        assert_eq!(marks(plot), [Some(500_000), Some(750_000)], "a second press takes nothing away");
    }

    #[test]
    fn set_a_and_set_b_take_the_moving_cursor_where_there_is_one() {
        let owner = Owner::new();
        owner.set();
        let plot = gestures();
        plot.press(0);
        assert_eq!(marks(plot), [Some(500_000), None], "the middle, where nothing was pointed at");
        plot.clicked(0, 0.25);
        plot.plot.update(|plot| plot.cursor = Some(0.125));
        plot.press(1);
        assert_eq!(marks(plot), [Some(250_000), Some(125_000)], "the click stays that of A");
    }

    #[test]
    fn the_wheel_zooms_time_with_shift_values_and_sideways_pans() {
        assert_eq!(turn(0.0, 120.0, false), Turn::Time(120.0));
        assert_eq!(turn(3.0, -120.0, false), Turn::Time(-120.0), "a touchpad is never quite straight");
        assert_eq!(turn(0.0, 120.0, true), Turn::Values(120.0), "left to the page");
        assert_eq!(turn(120.0, 0.0, true), Turn::Values(120.0), "turned by the browser");
        assert_eq!(turn(-40.0, 5.0, false), Turn::Sideways(-40.0));
        assert_eq!([0, 1, 2].map(|mode| unit_pixels(mode, 600.0)), [1.0, 16.0, 600.0]);
    }
}
