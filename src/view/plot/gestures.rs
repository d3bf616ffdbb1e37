//! Pointer, wheel and keys on the plot.

use super::paint::AXIS;
use super::state::{PlotState, Window};
use leptos::ev::{KeyboardEvent, PointerEvent, WheelEvent};
use leptos::prelude::*;

/// What moves the plot. Copies act on the same plot.
#[derive(Clone, Copy)]
pub struct Gestures {
    /// The plot's state.
    pub plot: RwSignal<PlotState>,
    /// The canvas' size in CSS pixels.
    pub size: RwSignal<(u16, u16)>,
    /// The span that is drawn now, in nanoseconds since the Unix epoch.
    pub drawn: Callback<(), (i64, i64)>,
}

thread_local! {
    /// The pointers that are down on the plot: id and last place.
    static DOWN: std::cell::RefCell<Vec<(i32, f64)>> = const { std::cell::RefCell::new(Vec::new()) };
}

impl Gestures {
    /// A pointer went down: it may drag.
    pub fn down(self, event: &PointerEvent) {
        DOWN.with_borrow_mut(|down| down.push((event.pointer_id(), f64::from(event.offset_x()))));
        self.cursor_to(f64::from(event.offset_x()));
    }

    /// A pointer moved: one mouse drags, one finger moves the cursor, two fingers pan and zoom.
    pub fn moved(self, event: &PointerEvent) {
        let x = f64::from(event.offset_x());
        let before = DOWN.with_borrow_mut(|down| {
            let before = down.clone();
            if let Some(pointer) = down.iter_mut().find(|(id, _)| *id == event.pointer_id()) {
                pointer.1 = x;
            }
            before
        });
        let was = before.iter().find(|(id, _)| *id == event.pointer_id()).map(|(_, was)| *was);
        let other = before.iter().find(|(id, _)| *id != event.pointer_id()).map(|(_, place)| *place);
        match (was, other) {
            (Some(was), Some(other)) => {
                let factor = ((was - other).abs().max(8.0) / (x - other).abs().max(8.0)).clamp(0.2, 5.0);
                self.plot.update(|plot| plot.zoom(factor, self.fraction(other), self.drawn.run(())));
            }
            (Some(was), None) if event.pointer_type() != "touch" => {
                if (x - was).abs() >= 1.0 {
                    self.plot.update(|plot| plot.pan((was - x) / self.area(), self.drawn.run(())));
                }
                self.cursor_to(x);
            }
            _ => self.cursor_to(x),
        }
    }

    /// A pointer was lifted.
    pub fn up(self, event: &PointerEvent) {
        DOWN.with_borrow_mut(|down| down.retain(|(id, _)| *id != event.pointer_id()));
    }

    /// The pointer went away, and the cursor with it.
    pub fn left(self, event: &PointerEvent) {
        self.up(event);
        if event.pointer_type() != "touch" {
            self.plot.update(|plot| plot.cursor = None);
        }
    }

    /// The wheel zooms around the pointer; with Shift, or turned sideways, it pans.
    pub fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let (x, y) = (event.delta_x(), event.delta_y());
        let (area, at) = (self.area(), self.fraction(f64::from(event.offset_x())));
        let pan = sideways(x, y, event.shift_key()).map(|by| by * unit_pixels(event.delta_mode(), area) / area);
        self.plot.update(|plot| match pan {
            Some(by) => plot.pan(by, self.drawn.run(())),
            None => plot.zoom((y * 0.002).clamp(-1.0, 1.0).exp(), at, self.drawn.run(())),
        });
    }

    /// Single keys act while the plot has focus.
    pub fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let step = if event.shift_key() { 20.0 } else { 1.0 } / self.area();
        match event.key().as_str() {
            " " => self.toggle_live(),
            "ArrowLeft" => self.plot.update(|plot| plot.move_cursor(-step)),
            "ArrowRight" => self.plot.update(|plot| plot.move_cursor(step)),
            "PageUp" => self.plot.update(|plot| plot.pan(-0.5, self.drawn.run(()))),
            "PageDown" => self.plot.update(|plot| plot.pan(0.5, self.drawn.run(()))),
            "+" | "=" => self.zoom(0.5),
            "-" => self.zoom(2.0),
            "0" => self.fit(),
            "Escape" => self.plot.update(|plot| plot.cursor = None),
            _ => return,
        }
        event.prevent_default();
    }

    /// Zooms around the cursor, or the middle.
    pub fn zoom(self, factor: f64) {
        self.plot.update(|plot| plot.zoom(factor, plot.cursor.unwrap_or(0.5), self.drawn.run(())));
    }

    /// Shows everything that is held.
    pub fn fit(self) {
        self.plot.update(|plot| plot.window = Window::Everything);
    }

    /// Stands still, or follows again.
    pub fn toggle_live(self) {
        self.plot.update(|plot| plot.toggle_live(self.drawn.run(())));
    }

    fn cursor_to(self, x: f64) {
        let fraction = self.fraction(x);
        self.plot.update(|plot| plot.cursor = (0.0..=1.0).contains(&fraction).then_some(fraction));
    }

    fn fraction(self, x: f64) -> f64 {
        (x - AXIS) / self.area()
    }

    fn area(self) -> f64 {
        (f64::from(self.size.get_untracked().0) - AXIS).max(1.0)
    }
}

/// How far a turn of the wheel goes sideways; `None` where it goes up or down. With Shift some browsers turn it
/// themselves, others leave that to the page.
fn sideways(x: f64, y: f64, shift: bool) -> Option<f64> {
    if x.abs() > y.abs() { Some(x) } else { shift.then_some(y) }
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
    use super::{sideways, unit_pixels};

    #[test]
    fn shift_or_a_sideways_wheel_pans() {
        assert_eq!(sideways(0.0, 120.0, false), None);
        assert_eq!(sideways(3.0, -120.0, false), None, "a touchpad is never quite straight");
        assert_eq!(sideways(0.0, 120.0, true), Some(120.0), "left to the page");
        assert_eq!(sideways(120.0, 0.0, true), Some(120.0), "turned by the browser");
        assert_eq!(sideways(-40.0, 5.0, false), Some(-40.0));
        assert_eq!([0, 1, 2].map(|mode| unit_pixels(mode, 600.0)), [1.0, 16.0, 600.0]);
    }
}
