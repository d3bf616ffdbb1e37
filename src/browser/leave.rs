//! Leaving the page: the browser asks first, while something would be lost by it.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

thread_local! {
    /// The words are the browser's own; it takes none of a page.
    static ASKS: Closure<dyn FnMut(web_sys::Event)> = Closure::new(|event: web_sys::Event| {
        event.prevent_default();
        // For browsers that do not go by that alone yet (HTML, section 7.5.9, *unloading documents*).
        let _ = js_sys::Reflect::set(&event, &"returnValue".into(), &true.into());
    });
}

/// Has the browser ask before the page is closed, reloaded or left, from now on or no longer. It is listened for only
/// while that is wanted: some browsers keep no page for *Back* that listens.
pub fn ask_first(wanted: bool) {
    let Some(window) = web_sys::window() else { return };
    ASKS.with(|asks| {
        let asks = asks.as_ref().unchecked_ref();
        let _ = match wanted {
            true => window.add_event_listener_with_callback("beforeunload", asks),
            false => window.remove_event_listener_with_callback("beforeunload", asks),
        };
    });
}
