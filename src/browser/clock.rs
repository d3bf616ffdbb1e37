//! The page's clock, and its animation frames.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// The wall clock: nanoseconds since the Unix epoch.
#[must_use]
pub fn now_nanos() -> i64 {
    let millis = web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(js_sys::Date::now, |performance| performance.time_origin() + performance.now());
    (millis * 1e6) as i64
}

/// The offset of the local time zone at this moment, in seconds east of UTC.
#[must_use]
pub fn zone_seconds() -> i64 {
    -(js_sys::Date::new_0().get_timezone_offset() as i64) * 60
}

/// An instant in local time, to the second, as ISO 8601 writes it without its zone: "2026-11-27T23:59:59".
#[must_use]
pub fn date_time(nanos: i64) -> String {
    let local = nanos.saturating_add(zone_seconds().saturating_mul(1_000_000_000));
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(local.div_euclid(1_000_000) as f64));
    let text = date.to_iso_string().as_string().unwrap_or_default();
    text.get(..19).unwrap_or(&text).to_owned()
}

/// How often something is done that need not be done in every animation frame.
pub struct Pace {
    every_nanos: i64,
    last: std::cell::Cell<i64>,
}

impl Pace {
    /// Every so many nanoseconds at most; the first time at once.
    #[must_use]
    pub fn every(nanos: i64) -> Pace {
        Pace { every_nanos: nanos, last: std::cell::Cell::new(i64::MIN) }
    }

    /// For what a person reads: nobody reads more than ten numbers a second.
    #[must_use]
    pub fn of_reading() -> Pace {
        Pace::every(100_000_000)
    }

    /// Whether it is time again; if so, the pause begins.
    pub fn due(&self) -> bool {
        let now = now_nanos();
        let due = now.saturating_sub(self.last.get()) >= self.every_nanos;
        if due {
            self.last.set(now);
        }
        due
    }
}

/// A callback that can be named by itself, to ask for the next frame.
type Tick = std::rc::Rc<std::cell::RefCell<Option<Closure<dyn FnMut()>>>>;

/// Calls `tick` in every animation frame from now on. A hidden tab has none.
pub fn every_frame(tick: impl FnMut() + 'static) {
    begin(Box::new(tick));
}

fn begin(mut tick: Box<dyn FnMut()>) {
    let again = Tick::default();
    let holder = Tick::clone(&again);
    *holder.borrow_mut() = Some(Closure::new(move || {
        tick();
        request(&again);
    }));
    request(&holder);
}

fn request(callback: &std::cell::RefCell<Option<Closure<dyn FnMut()>>>) {
    if let (Some(window), Some(callback)) = (web_sys::window(), callback.borrow().as_ref()) {
        let _ = window.request_animation_frame(callback.as_ref().unchecked_ref());
    }
}
