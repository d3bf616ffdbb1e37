//! The clipboard.

use wasm_bindgen_futures::JsFuture;

/// Puts text on the clipboard; whether the browser allowed it.
pub async fn write(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Without a secure context there is none.
    let clipboard = js_sys::Reflect::get(&window.navigator(), &"clipboard".into());
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
