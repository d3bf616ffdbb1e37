//! Whether an element is in sight: what is scrolled away need not be kept up to the moment.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

/// Watches one element for as long as it lives.
pub struct Sight {
    observer: Option<IntersectionObserver>,
    _heard: Closure<dyn FnMut(js_sys::Array)>,
}

impl Sight {
    /// Calls `changed` with whether the element is in sight, now and whenever that changes.
    #[must_use]
    pub fn of(element: &web_sys::Element, mut changed: impl FnMut(bool) + 'static) -> Sight {
        let heard = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            // The last entry is the newest.
            if let Some(entry) = entries.iter().last() {
                changed(entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting());
            }
        });
        let observer = IntersectionObserver::new(heard.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Sight { observer, _heard: heard }
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
