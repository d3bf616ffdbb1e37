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

/// A file that the user chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// When it was changed: seconds since the Unix epoch.
    pub modified: u64,
    /// Its contents; `None` if they cannot be read.
    pub bytes: Result<Vec<u8>, Unread>,
}

/// Why a chosen file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is larger than what was asked for.
    TooLarge,
    /// The browser could not read it.
    Unreadable,
}

/// Reads every file chosen in a file field that is not larger than `limit` bytes, and forgets the choice so that the same
/// files can be chosen again.
pub async fn read_all_chosen(event: web_sys::Event, limit: u64) -> Vec<Chosen> {
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some((field, list)) = field.and_then(|field| field.files().map(|files| (field, files))) else {
        return Vec::new();
    };
    let files: Vec<web_sys::File> = (0..list.length()).filter_map(|index| list.get(index)).collect();
    let mut chosen = Vec::new();
    for file in files {
        let bytes = if file.size() > limit as f64 {
            Err(Unread::TooLarge)
        } else {
            let read = JsFuture::from(file.array_buffer()).await;
            read.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec()).map_err(|_| Unread::Unreadable)
        };
        let modified = (file.last_modified() / 1000.0).max(0.0) as u64;
        chosen.push(Chosen { name: file.name(), modified, bytes });
    }
    field.set_value("");
    chosen
}

/// Offers bytes as a download.
pub fn save_bytes(name: &str, bytes: &[u8]) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    // Whatever a device calls it, a browser shall save it and not show it.
    options.set_type("application/octet-stream");
    if let Ok(blob) = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        save_blob(name, &blob);
    }
}
