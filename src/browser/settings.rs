//! What the page remembers from visit to visit: never device data, never a secret.

/// Reads a remembered text.
#[must_use]
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(&full(key)).ok().flatten()
}

/// Remembers a text. Whether the browser kept it.
pub fn write(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&full(key), value).is_ok())
}

fn full(key: &str) -> String {
    format!("ferrule.{key}")
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
