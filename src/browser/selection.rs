//! Text that the user selected, and text that is pasted.

use wasm_bindgen::JsCast as _;

/// What is selected within the element with that id; none where nothing is, or not there.
#[must_use]
pub fn within(id: &str) -> Option<String> {
    let selection = web_sys::window()?.get_selection().ok().flatten()?;
    let inside = super::dom::by_id(id)?.contains(selection.anchor_node().as_ref());
    (inside && !selection.is_collapsed()).then(|| selection.to_string().into())
}

/// The text that a paste brings.
#[must_use]
pub fn pasted(event: &web_sys::Event) -> Option<String> {
    event.dyn_ref::<web_sys::ClipboardEvent>()?.clipboard_data()?.get_data("text/plain").ok()
}
