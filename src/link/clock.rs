//! The browser's clock, and waiting.

use futures::channel::oneshot;
use session::Time;
use std::cell::Cell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: f64;
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
    #[wasm_bindgen(js_namespace = Math, js_name = random)]
    fn random() -> f64;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &JsValue, millis: f64) -> f64;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: f64);
}

/// The present: monotonic within one page load, in nanoseconds since the Unix epoch.
#[must_use]
#[allow(clippy::cast_possible_truncation)] // Milliseconds since 1970 times a million fit into i64 until 2262.
pub fn now() -> Time {
    // Converted apart and added as integers: as one f64 the sum would be coarser than a microsecond.
    let since = (performance_now() * 1e6) as i64 + SLEPT.get();
    Time((TIME_ORIGIN.with(|origin| *origin) * 1e6) as i64 + since)
}

thread_local! {
    /// Nanoseconds that the monotonic clock has missed: not every system has it go on while the computer sleeps.
    static SLEPT: Cell<i64> = const { Cell::new(0) };
}

/// How often it is looked at whether the computer was asleep, in milliseconds.
const LOOK_MILLIS: f64 = 5_000.0;
/// A timer that comes so much too late was asleep: no load and no throttling holds a worker's back for that long.
const ASLEEP_MILLIS: f64 = 25_000.0;

/// Calls `woke` each time that the computer was asleep, with for how many seconds; never ends.
pub async fn watch_sleep(mut woke: impl FnMut(i64)) {
    loop {
        let before = (date_now(), performance_now());
        sleep(LOOK_MILLIS).await;
        if let Some((seconds, missed)) = slept(date_now() - before.0, performance_now() - before.1) {
            SLEPT.set(SLEPT.get().saturating_add(missed));
            woke(seconds);
        }
    }
}

/// For how many seconds the computer slept, where `passed` milliseconds have passed by the calendar and `counted` by the
/// monotonic clock in what was to be [`LOOK_MILLIS`]; and how many nanoseconds that clock lacks.
#[allow(clippy::cast_possible_truncation)] // Seconds between two looks.
fn slept(passed: f64, counted: f64) -> Option<(i64, i64)> {
    let asleep = passed.max(counted) - LOOK_MILLIS;
    let missed = (passed - counted).max(0.0);
    (asleep > ASLEEP_MILLIS).then_some(((asleep / 1e3) as i64, (missed * 1e6) as i64))
}

/// Eight characters drawn by lot: a name that nobody else has, and no secret.
#[must_use]
pub fn lot() -> String {
    const SIGNS: &[u8] = b"0123456789abcdefghijkmnpqrstuvwx";
    let sign = |_| {
        let at = (random() * SIGNS.len() as f64).floor();
        SIGNS.iter().zip(0..).find(|(_, n)| f64::from(*n) >= at).map_or('0', |(sign, _): (&u8, i32)| char::from(*sign))
    };
    (0..8).map(sign).collect()
}

/// A function that the browser calls once, later; dropping it calls that off.
pub struct Timer {
    id: f64,
    _then: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `then` after so many milliseconds, not earlier.
    pub fn after(millis: f64, then: impl FnOnce() + 'static) -> Timer {
        let then = Closure::once(then);
        Timer { id: set_timeout(then.as_ref(), millis), _then: then }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(self.id);
    }
}

/// Waits so many milliseconds, at least.
pub async fn sleep(millis: f64) {
    let (done, elapsed) = oneshot::channel::<()>();
    let _timer = Timer::after(millis, move || {
        let _ = done.send(());
    });
    let _ = elapsed.await;
}

/// Waits for `work`, at most so many milliseconds; `None` if that was not enough.
pub async fn within<T>(millis: f64, work: impl Future<Output = T>) -> Option<T> {
    let work = std::pin::pin!(work);
    let elapsed = std::pin::pin!(sleep(millis));
    match futures::future::select(work, elapsed).await {
        futures::future::Either::Left((value, _)) => Some(value),
        futures::future::Either::Right(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::slept;

    #[test]
    fn f35_a_computer_that_slept_is_known_by_its_clocks() {
        // Neither load nor the clock's own corrections are sleep.
        assert_eq!((slept(5_003.0, 5_003.0), slept(19_000.0, 19_000.0), slept(5_400.0, 5_000.0)), (None, None, None));
        // A clock that goes on meanwhile, and one that stands still and is set right.
        assert_eq!(slept(3_605_000.0, 3_605_000.0), Some((3_600, 0)));
        assert_eq!(slept(3_605_000.0, 5_010.0), Some((3_600, 3_599_990_000_000)));
        // A calendar that is set back.
        assert_eq!(slept(-3_595_000.0, 5_000.0), None);
    }
}
