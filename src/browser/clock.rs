//! The page's clock, and its animation frames.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// The wall clock: nanoseconds since the Unix epoch.
#[must_use]
pub fn now_nanos() -> i64 {
    let millis = performance().map_or_else(js_sys::Date::now, |clock| clock.time_origin() + clock.now());
    (millis * 1e6) as i64
}

fn performance() -> Option<web_sys::Performance> {
    web_sys::window().and_then(|window| window.performance())
}

/// The offset of the local time zone at this moment, in seconds east of UTC.
#[must_use]
pub fn zone_seconds() -> i64 {
    -(js_sys::Date::new_0().get_timezone_offset() as i64) * 60
}

/// The same at another instant: in summer it is another one.
#[must_use]
pub fn zone_seconds_at(nanos: i64) -> i64 {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(nanos.div_euclid(1_000_000) as f64));
    -(date.get_timezone_offset() as i64) * 60
}

/// An instant in local time, to the second, as ISO 8601 writes it without its zone: "2026-11-27T23:59:59".
#[must_use]
pub fn date_time(nanos: i64) -> String {
    let local = nanos.saturating_add(zone_seconds_at(nanos).saturating_mul(1_000_000_000));
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
type Tick = std::rc::Rc<std::cell::RefCell<Option<Closure<dyn FnMut(f64)>>>>;

/// Calls `tick` in every animation frame from now on, with the moment at which the frame began: nanoseconds since the Unix
/// epoch. A busy page is called a while after that. A hidden tab has no frames.
pub fn every_frame(tick: impl FnMut(i64) + 'static) {
    begin(Box::new(tick));
}

fn begin(mut tick: Box<dyn FnMut(i64)>) {
    let origin = performance().map_or(0.0, |clock| clock.time_origin());
    let again = Tick::default();
    let holder = Tick::clone(&again);
    *holder.borrow_mut() = Some(Closure::new(move |stamp: f64| {
        tick(((origin + stamp) * 1e6) as i64);
        request(&again);
    }));
    request(&holder);
}

fn request(callback: &Tick) {
    if let (Some(window), Some(callback)) = (web_sys::window(), callback.borrow().as_ref()) {
        let _ = window.request_animation_frame(callback.as_ref().unchecked_ref());
    }
}
