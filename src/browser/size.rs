//! Watches how large an element is.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

/// Watches one element for as long as it lives.
pub struct Size {
    observer: Option<ResizeObserver>,
    _heard: Closure<dyn FnMut()>,
}

impl Size {
    /// Calls `changed` once, and whenever the element has become larger or smaller.
    #[must_use]
    pub fn of(element: &web_sys::Element, changed: impl FnMut() + 'static) -> Size {
        let heard = Closure::<dyn FnMut()>::new(changed);
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Size { observer, _heard: heard }
    }
}

impl Drop for Size {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
