//! What a gateway has to offer, and the tokens that let one in. Tokens live as long as the tab and are written nowhere.

use super::clock::within;
use gloo_net::http::RequestBuilder;
use js_sys::Reflect;
use serde::Deserialize;
use session::address::Address;
use session::tunnel::TargetKind;
use std::cell::RefCell;
use std::collections::BTreeMap;
use web_sys::RequestCache;

/// How long a gateway may take to list its targets, in milliseconds.
const ANSWER_MILLIS: f64 = 10_000.0;

thread_local! {
    static TOKENS: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// A target, as the gateway tells it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Target {
    /// Its name, by which it is opened.
    pub name: String,
    /// What it is called; empty where the gateway's file does not say.
    #[serde(default)]
    pub title: String,
    /// What is spoken with it.
    pub kind: TargetKind,
    /// What one may do with it: `read`, `write`, `files`.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// The profile that describes it, by its file's name without ending.
    #[serde(default)]
    pub profile: Option<String>,
}

/// Why there is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// The gateway wants a token that it knows.
    Token,
    /// What answers there is no gateway.
    Gateway,
    /// Nothing answers there, or nothing that this page may read.
    Answer,
}

/// The origin of the console itself.
#[must_use]
pub fn own_origin() -> String {
    let location = Reflect::get(&js_sys::global(), &"location".into()).ok();
    let origin = location.and_then(|location| Reflect::get(&location, &"origin".into()).ok());
    origin.and_then(|origin| origin.as_string()).unwrap_or_default()
}

/// Keeps the token for a gateway's origin until the tab is closed; an empty one takes it back.
pub fn keep_token(origin: &str, token: String) {
    TOKENS.with_borrow_mut(|tokens| {
        if token.is_empty() {
            tokens.remove(origin);
        } else {
            tokens.insert(origin.to_owned(), token);
        }
    });
}

/// The token for a gateway's origin; empty if there is none.
#[must_use]
pub fn token(origin: &str) -> String {
    TOKENS.with_borrow(|tokens| tokens.get(origin).cloned().unwrap_or_default())
}

/// Every token there is, with the origin it is for.
#[must_use]
pub fn tokens() -> Vec<(String, String)> {
    TOKENS.with_borrow(|tokens| tokens.iter().map(|(origin, token)| (origin.clone(), token.clone())).collect())
}

/// The targets of a gateway that its token lets one use; of the console's own origin where none is named.
///
/// # Errors
/// Why there is no list.
pub async fn list(gateway: Option<&str>) -> Result<Vec<Target>, Without> {
    let origin = gateway.map_or_else(own_origin, |gateway| gateway.trim_end_matches('/').to_owned());
    let token = token(&origin);
    let mut request = RequestBuilder::new(&format!("{origin}/targets")).cache(RequestCache::NoStore);
    if !token.is_empty() {
        request = request.header("Authorization", &format!("Bearer {token}"));
    }
    let text = async {
        let response = request.send().await.map_err(|_| Without::Answer)?;
        match response.status() {
            200 => response.text().await.map_err(|_| Without::Answer),
            401 | 403 => Err(Without::Token),
            _ => Err(Without::Gateway),
        }
    };
    let text = within(ANSWER_MILLIS, text).await.ok_or(Without::Answer)??;
    read(&text)
}

/// The profiles of devices that the console's host simulates, if it does. Only a host on this machine is asked.
pub async fn demo() -> Vec<String> {
    let origin = own_origin();
    let address = Address::new(&origin);
    if !address.is("http") || address.is_unencrypted_elsewhere() {
        return Vec::new();
    }
    let answer = async {
        let response = RequestBuilder::new(&format!("{origin}/demo")).send().await.ok()?;
        serde_json::from_str(&response.text().await.ok()?).ok()
    };
    answer.await.unwrap_or_default()
}

/// A static host may answer anything with its page.
fn read(text: &str) -> Result<Vec<Target>, Without> {
    serde_json::from_str(text).map_err(|_| Without::Gateway)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_whatever_else_stands_in_it() {
        let text = r#"[{"name":"lab","title":"Lab","kind":"telnet","verbs":["read"],"profile":null,"more":1},{"name":"b","kind":"tcp"}]"#;
        let targets = read(text).unwrap();
        assert_eq!((targets[0].name.as_str(), targets[0].kind), ("lab", TargetKind::Telnet));
        assert_eq!((targets[1].title.as_str(), targets[1].kind), ("", TargetKind::Tcp));
        assert_eq!(read("<!doctype html>"), Err(Without::Gateway));
    }

    #[test]
    fn f26_a_token_is_kept_for_its_gateway_only() {
        keep_token("https://a", "one".into());
        keep_token("https://b", "two".into());
        keep_token("https://b", String::new());
        assert_eq!([token("https://a"), token("https://b")], ["one".to_owned(), String::new()]);
        assert_eq!(tokens(), [("https://a".to_owned(), "one".to_owned())]);
    }
}
