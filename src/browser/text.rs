//! How large text is. A browser's own size of text is its user's choice, and the style sheets measure all that holds text
//! by it; what the page measures itself asks here.

use super::size::Size;
use std::cell::Cell;
use wasm_bindgen::JsCast as _;

/// The size of text that browsers begin with, in CSS pixels.
const USUAL: f64 = 16.0;

thread_local! {
    static SCALE: Cell<Option<f64>> = const { Cell::new(None) };
}

/// How large text is, in parts of its usual size: 2 where the user has it twice as large.
#[must_use]
pub fn scale() -> f64 {
    SCALE.get().unwrap_or_else(|| {
        let scale = measured().unwrap_or(1.0).clamp(0.25, 8.0);
        SCALE.set(Some(scale));
        scale
    })
}

/// Calls `changed` whenever text becomes larger or smaller, for as long as the page lives.
pub fn on_scale(mut changed: impl FnMut() + 'static) {
    // Nothing tells of the user's choice but what is as wide as a letter then.
    let Some(probe) = probe() else { return };
    std::mem::forget(Size::of(&probe, move || {
        let before = SCALE.take();
        if before != Some(scale()) {
            changed();
        }
    }));
}

fn measured() -> Option<f64> {
    let window = web_sys::window()?;
    let style = window.get_computed_style(&window.document()?.document_element()?).ok()??;
    let size = style.get_property_value("font-size").ok()?;
    Some(size.trim_end_matches("px").parse::<f64>().ok()? / USUAL)
}

/// An element that nobody sees, as wide as text is large.
fn probe() -> Option<web_sys::HtmlElement> {
    let document = web_sys::window()?.document()?;
    let probe = document.create_element("div").ok()?.dyn_into::<web_sys::HtmlElement>().ok()?;
    for (name, value) in [("position", "fixed"), ("visibility", "hidden"), ("width", "1rem")] {
        probe.style().set_property(name, value).ok()?;
    }
    document.body()?.append_child(&probe).ok()?;
    Some(probe)
}
