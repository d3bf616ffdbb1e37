//! The browser's clock, and waiting.

use futures::channel::oneshot;
use session::Time;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: f64;
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
    Time((TIME_ORIGIN.with(|origin| *origin) * 1e6) as i64 + (performance_now() * 1e6) as i64)
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
