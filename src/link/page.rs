//! What the page's origin and policy allow, and errors in words.

use super::clock::sleep;
use super::{LinkError, LinkErrorKind};
use crate::words::link as words;
use js_sys::Reflect;
use session::address::Address;
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
    #[wasm_bindgen(catch, js_namespace = ["navigator", "permissions"], js_name = query)]
    fn query_permission(wanted: &JsValue) -> Result<js_sys::Promise, JsValue>;
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
pub(super) async fn blocked_by_policy(address: Address<'_>) -> bool {
    sleep(0.0).await;
    BLOCKED.with_borrow_mut(|list| {
        let before = list.len();
        list.retain(|blocked| !same_address(blocked, address.whole()));
        list.len() != before
    })
}

/// The report may leave out the path; scheme and host are what the policy is about.
fn same_address(blocked: &str, url: &str) -> bool {
    !blocked.is_empty() && url.trim_end_matches('/').starts_with(blocked.trim_end_matches('/'))
}

/// What there is to say of the certificate of an address that did not answer; nothing where it has none.
pub(super) fn of_certificate(address: Address<'_>) -> String {
    if address.is("wss") || address.is("https") { words::certificate(address) } else { String::new() }
}

/// What stands between this page and an address, as far as a browser lets one know.
pub(super) async fn in_the_way(address: Address<'_>) -> Option<LinkError> {
    let denied = |why| Some(LinkError::new(LinkErrorKind::Denied, why));
    if is_mixed_content(address) {
        return denied(mixed_content(address));
    }
    if blocked_by_policy(address).await {
        return denied(words::policy(address));
    }
    if local_network_denied().await && address.is_near() {
        return denied(words::local_network(address));
    }
    let offline = Reflect::get(&js_sys::global(), &"navigator".into())
        .and_then(|navigator| Reflect::get(&navigator, &"onLine".into()))
        .is_ok_and(|online| online == JsValue::FALSE);
    // What is on this computer is reached without any network.
    let far = offline && !address.is_loopback() && !address.host().is_empty();
    far.then(|| LinkError::new(LinkErrorKind::Refused, words::offline(address)))
}

/// Whether the user has denied this page the devices of the local network (Local Network Access; its permission has had
/// several names). A browser that does not know it denies nothing.
async fn local_network_denied() -> bool {
    for name in ["local-network-access", "loopback-network", "local-network"] {
        let wanted = js_sys::Object::new();
        let set = Reflect::set(&wanted, &"name".into(), &name.into());
        let Ok(asked) = set.and_then(|_| query_permission(&wanted)) else { continue };
        let state = wasm_bindgen_futures::JsFuture::from(asked).await.ok().and_then(|state| text(&state, "state"));
        if state.as_deref() == Some("denied") {
            return true;
        }
    }
    false
}

/// Whether a page from https:// asks for an unencrypted address elsewhere, which browsers block.
pub fn is_mixed_content(address: Address<'_>) -> bool {
    let secure_page = Reflect::get(&js_sys::global(), &"location".into())
        .ok()
        .and_then(|location| text(&location, "protocol"))
        .is_some_and(|protocol| protocol == "https:");
    secure_page && address.is_unencrypted_elsewhere()
}

/// The sentence for mixed content.
#[must_use]
pub fn mixed_content(address: Address<'_>) -> String {
    let secure = if address.is("ws") { "wss://" } else { "https://" };
    words::mixed_content(address, secure)
}

/// What the browser says of an address that it does not accept; some repeat the address with its secrets, which is left out.
pub(super) fn refusal(said: &str) -> &str {
    if said.contains("://") { words::not_accepted() } else { said }
}

/// What a thrown value says, without its final stop.
pub(super) fn error_text(error: &JsValue) -> String {
    let said = text(error, "message").filter(|message| !message.is_empty());
    let said = said.or_else(|| error.as_string()).or_else(|| text(error, "name"));
    said.unwrap_or_else(|| words::no_reason().into()).trim_end_matches('.').to_owned()
}

/// A thrown value's name: `NetworkError`, `TypeError` …; empty if it has none.
pub(super) fn error_name(error: &JsValue) -> String {
    text(error, "name").unwrap_or_default()
}

pub(super) fn text(of: &JsValue, key: &str) -> Option<String> {
    Reflect::get(of, &key.into()).ok().and_then(|value| value.as_string())
}

#[cfg(test)]
mod tests {
    use super::{refusal, same_address};

    #[test]
    fn s35_a_browser_that_repeats_the_address_is_not_quoted() {
        let chromium = "Request cannot be constructed from a URL that includes credentials: http://user:secret@host/";
        assert_eq!(refusal(chromium), "the browser does not accept it");
        assert_eq!(refusal("The subprotocol 'a b' is invalid"), "The subprotocol 'a b' is invalid");
    }

    #[test]
    fn a_policy_report_names_the_host_or_the_whole() {
        assert!(same_address("ws://far:9/", "ws://far:9/data"));
        assert!(same_address("http://far/x", "http://far/x"));
        assert!(!same_address("http://near/x", "http://far/x"));
    }
}
