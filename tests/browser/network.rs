//! WebSocket and HTTP, as far as a browser alone can have them: what refuses, and what a Blob answers.

use crate::heard::{info, open, until};
use session::CloseKind;
use session::link::{Family, Http, Link, WebSocket};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn websocket(url: &str) -> Link {
    Link::WebSocket(WebSocket::new(url.into()))
}

fn http(url: &str) -> Link {
    Link::Http(Http { interval_millis: 20, ..Http::new(url.into()) })
}

#[wasm_bindgen_test]
async fn a_websocket_nobody_listens_at_is_refused_in_words() {
    // Port 1 (tcpmux) is closed, and browsers do not even try it: refused either way.
    let (_link, heard) = open(&websocket("ws://127.0.0.1:1/"));
    until(&heard, |heard| !heard.closed.is_empty()).await;
    let heard = heard.borrow();
    assert_eq!((heard.opened, heard.closed.len()), (0, 1));
    let reason = &heard.closed[0];
    assert!(matches!(reason.kind, CloseKind::Refused | CloseKind::Unusable), "{reason:?}");
    assert!(reason.why.contains("ws://127.0.0.1:1/"), "{}", reason.why);
}

#[wasm_bindgen_test]
async fn f25_a_websocket_that_refuses_is_worth_another_try() {
    let (_link, heard) = open(&websocket("ws://127.0.0.1:9/nobody"));
    until(&heard, |heard| !heard.closed.is_empty()).await;
    let reason = heard.borrow().closed[0].clone();
    assert_eq!((reason.kind, reason.retry), (CloseKind::Refused, true), "{}", reason.why);
    assert!(reason.why.starts_with("Could not connect to ws://127.0.0.1:9/nobody:"), "{}", reason.why);
}

#[wasm_bindgen_test]
async fn an_address_that_is_none_is_not_tried() {
    for wrong in [websocket("127.0.0.1:9001"), http("ftp://a/b"), http("http://")] {
        let (_link, heard) = open(&wrong);
        until(&heard, |heard| !heard.closed.is_empty()).await;
        let reason = heard.borrow().closed[0].clone();
        assert_eq!((reason.kind, reason.retry), (CloseKind::Unusable, false), "{wrong:?}: {}", reason.why);
    }
}

#[wasm_bindgen_test]
async fn http_that_nobody_answers_is_refused_in_words() {
    let (_link, heard) = open(&http("http://127.0.0.1:9/data"));
    until(&heard, |heard| !heard.closed.is_empty()).await;
    let reason = heard.borrow().closed[0].clone();
    assert_eq!(reason.kind, CloseKind::Refused);
    assert!(reason.why.starts_with("http://127.0.0.1:9/data could not be reached"), "{}", reason.why);
}

#[wasm_bindgen(inline_js = "
export function origin() { return self.location.origin; }
")]
extern "C" {
    fn origin() -> String;
}

#[wasm_bindgen_test]
async fn http_status_is_said_in_words() {
    // The test runner itself is a server of this origin, and has no such file.
    let url = format!("{}/no-such-file.json", origin());
    let (_link, heard) = open(&http(&url));
    until(&heard, |heard| !heard.closed.is_empty()).await;
    let reason = heard.borrow().closed[0].clone();
    assert!(reason.why.starts_with(&format!("{url} said 404")), "{}", reason.why);
    assert!(reason.retry && reason.why.ends_with("It is tried again by itself."), "{}", reason.why);
}

#[wasm_bindgen_test]
async fn http_is_polled_and_every_answer_is_one_message() {
    let url = format!("{}/", origin());
    let (link, heard) = open(&http(&url));
    until(&heard, |heard| heard.messages >= 3).await;
    assert_eq!((heard.borrow().opened, heard.borrow().closed.len()), (1, 0));
    assert!(String::from_utf8_lossy(&heard.borrow().bytes).contains("<"));
    drop(link);
    let before = heard.borrow().messages;
    ferrule_web::link::clock::sleep(200.0).await;
    assert_eq!(heard.borrow().messages, before, "a dropped link says nothing more");
}

#[wasm_bindgen_test]
fn the_family_is_told() {
    assert_eq!(info("websocket").family, Family::Network);
    assert_eq!(info("http").family, Family::Network);
    assert_eq!(info("serial").family, Family::PointToPoint);
    assert_eq!(info("demo").family, Family::PointToPoint);
}
