//! Files in and out, by the user's hand.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Reads the first file chosen in a file field as text, and forgets the choice so that the same file can be chosen
/// again. `None` when nothing was chosen or it cannot be read.
pub async fn read_chosen(event: web_sys::Event) -> Option<(String, String)> {
    let field = event.target()?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    let file = field.files()?.get(0)?;
    let text = JsFuture::from(file.text()).await.ok()?.as_string()?;
    field.set_value("");
    Some((file.name(), text))
}

/// Offers a text as a download.
pub fn save_text(name: &str, kind: &str, text: &str) {
    save_parts(name, kind, &[text]);
}

/// Offers a text that comes in parts as a download.
pub fn save_parts(name: &str, kind: &str, parts: &[impl AsRef<str>]) {
    let parts: js_sys::Array = parts.iter().map(|part| JsValue::from_str(part.as_ref())).collect();
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
        save_blob(name, &blob);
    }
}

/// Offers what the browser holds as a download.
pub fn save_blob(name: &str, blob: &web_sys::Blob) {
    let Ok(url) = web_sys::Url::create_object_url_with_blob(blob) else { return };
    let anchor = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    let _ = web_sys::Url::revoke_object_url(&url);
}
