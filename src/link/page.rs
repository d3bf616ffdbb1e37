//! What the page's origin and policy allow, and errors in words.

use super::clock::sleep;
use js_sys::Reflect;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// Addresses that the content security policy blocked, newest last; at most this many.
const REMEMBERED: usize = 8;

thread_local! {
    static BLOCKED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = addEventListener)]
    fn add_event_listener(kind: &str, listener: &JsValue);
}

/// Remembers what the content security policy blocks from now on. Called once, when the worker starts.
pub fn watch_policy() {
    let remember = Closure::<dyn FnMut(JsValue)>::new(|event: JsValue| {
        let Some(blocked) = text(&event, "blockedURI") else { return };
        BLOCKED.with_borrow_mut(|list| {
            if list.len() >= REMEMBERED {
                list.remove(0);
            }
            list.push(blocked);
        });
    });
    add_event_listener("securitypolicyviolation", remember.as_ref());
    // For as long as the worker lives.
    remember.forget();
}

/// Whether the content security policy blocked this address. Its report comes as a task of its own.
pub(super) async fn blocked_by_policy(url: &str) -> bool {
    sleep(0.0).await;
    BLOCKED.with_borrow_mut(|list| {
        let before = list.len();
        list.retain(|blocked| !same_address(blocked, url));
        list.len() != before
    })
}

/// The report may leave out the path; scheme and host are what the policy is about.
fn same_address(blocked: &str, url: &str) -> bool {
    !blocked.is_empty() && url.trim_end_matches('/').starts_with(blocked.trim_end_matches('/'))
}

/// The sentence for an address that the policy blocked.
pub(super) fn policy(url: &str) -> String {
    format!(
        "This console was served with a policy that does not let it reach {url}. \
         Serve it with that address allowed (Content-Security-Policy: connect-src), or go through a gateway."
    )
}

/// Whether a page from https:// asks for an unencrypted address elsewhere, which browsers block.
pub(super) fn is_mixed_content(url: &str) -> bool {
    let secure_page = Reflect::get(&js_sys::global(), &"location".into())
        .ok()
        .and_then(|location| text(&location, "protocol"))
        .is_some_and(|protocol| protocol == "https:");
    secure_page && is_unencrypted_elsewhere(url)
}

/// Loopback addresses count as secure (W3C Secure Contexts, section 3.1).
fn is_unencrypted_elsewhere(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("ws://").or_else(|| url.strip_prefix("http://")) else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let loopback = host.starts_with("127.") || host.starts_with("[::1]");
    let name = host.split(':').next().unwrap_or_default();
    !(loopback || name == "localhost" || name.ends_with(".localhost"))
}

/// The sentence for mixed content.
pub(super) fn mixed_content(url: &str, secure: &str) -> String {
    format!(
        "This console came over https://, so the browser does not let it open {url}, which is not encrypted. \
         Use an address that begins with {secure}, or open the console from the device's own network without https."
    )
}

/// What a thrown value says, without its final stop.
pub(super) fn error_text(error: &JsValue) -> String {
    let said = text(error, "message").filter(|message| !message.is_empty());
    let said = said.or_else(|| error.as_string()).or_else(|| text(error, "name"));
    said.unwrap_or_else(|| "no reason given".into()).trim_end_matches('.').to_owned()
}

/// A thrown value's name: `NetworkError`, `TypeError` …; empty if it has none.
pub(super) fn error_name(error: &JsValue) -> String {
    text(error, "name").unwrap_or_default()
}

fn text(of: &JsValue, key: &str) -> Option<String> {
    Reflect::get(of, &key.into()).ok().and_then(|value| value.as_string())
}

#[cfg(test)]
mod tests {
    use super::{is_unencrypted_elsewhere, same_address};

    #[test]
    fn loopback_counts_as_secure() {
        for near in
            ["ws://127.0.0.1:9001/", "ws://localhost/x", "http://[::1]:8080/", "ws://pico.localhost:1", "wss://a/"]
        {
            assert!(!is_unencrypted_elsewhere(near), "{near}");
        }
        for far in ["ws://192.168.4.1/", "http://esp.local/data", "ws://localhost.example/", "ws://127.evil:1@far/"] {
            assert!(is_unencrypted_elsewhere(far), "{far}");
        }
    }

    #[test]
    fn a_policy_report_names_the_host_or_the_whole() {
        assert!(same_address("ws://far:9/", "ws://far:9/data"));
        assert!(same_address("http://far/x", "http://far/x"));
        assert!(!same_address("http://near/x", "http://far/x"));
    }
}
