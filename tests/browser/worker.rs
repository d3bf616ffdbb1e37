//! The worker's body: requests in, replies out, with the demo device at the far end.

use ferrule_web::host::Host;
use ferrule_web::link::clock::{now, sleep};
use session::link::{Demo, Link};
use session::query::{Answer, LinkState, Query, Status};
use session::wire::{Event, Reply, Request, decode, encode};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

const DEMO: &str = include_str!("../../profiles/demo.toml");

/// A host, and what it replied. Every message crosses as bytes, as between page and worker.
struct Page {
    host: Host,
    replies: Rc<RefCell<Vec<Reply>>>,
    /// Numbers of questions already asked: the same one again may be answered with `Unchanged`.
    asked: Cell<u32>,
}

impl Page {
    fn new() -> Page {
        let replies = Rc::new(RefCell::new(Vec::new()));
        let inbox = Rc::clone(&replies);
        let host = Host::new(move |reply| {
            let bytes = encode(reply, Vec::new());
            inbox.borrow_mut().push(decode(&bytes).expect("a reply"));
        });
        Page { host, replies, asked: Cell::new(0) }
    }

    fn ask(&self, request: &Request) {
        self.host.handle(decode(&encode(request, Vec::new())).expect("a request"));
    }

    fn demo(rate_hz: u32) -> Page {
        let page = Page::new();
        page.ask(&open(rate_hz, true));
        page
    }

    fn answer(&self, query: Query) -> Answer {
        self.replies.borrow_mut().clear();
        let id = self.asked.get() + 1;
        self.asked.set(id);
        self.ask(&Request::Answer { session: 1, queries: vec![(id, query)] });
        let mut replies = self.replies.borrow_mut();
        let Some(Reply::Batch { session: 1, batch }) = replies.pop() else { panic!("no batch: {replies:?}") };
        let [(answered, answer)] = <[_; 1]>::try_from(batch.answers).expect("one answer");
        assert_eq!(answered, id);
        answer
    }

    fn status(&self) -> Status {
        match self.answer(Query::Status) {
            Answer::Status(status) => *status,
            other => panic!("not a status: {other:?}"),
        }
    }

    fn heard(&self, event: impl Fn(&Event) -> bool) -> bool {
        self.replies.borrow().iter().any(|reply| matches!(reply, Reply::Event { event: e, .. } if event(e)))
    }

    async fn until(&self, done: impl Fn(&Page) -> bool) {
        let begun = now();
        while !done(self) {
            assert!(now().nanos_since(begun) < 20_000_000_000, "in vain: {:?}", self.replies.borrow());
            sleep(20.0).await;
        }
    }
}

/// The demo device as session 1.
fn open(rate_hz: u32, connect: bool) -> Request {
    Request::Open { session: 1, profile: DEMO.into(), link: Link::Demo(Demo { rate_hz }), connect }
}

#[wasm_bindgen_test]
async fn a_session_may_begin_with_its_link_closed() {
    let page = Page::new();
    page.ask(&open(100, false));
    sleep(200.0).await;
    assert_eq!(page.status().state, LinkState::Closed { why: String::new() });
    // Nor does a port that is plugged in open what nobody asked for.
    page.ask(&Request::Plugged);
    assert_eq!(page.status().state, LinkState::Closed { why: String::new() });
    page.ask(&Request::Reopen { session: 1 });
    page.until(|page| page.status().counters.frames > 10).await;
}

#[wasm_bindgen_test]
fn the_first_message_names_the_build() {
    let page = Page::new();
    page.ask(&Request::Hello { build: ferrule_web::BUILD.into() });
    assert_eq!(page.replies.borrow().len(), 0, "alike: nothing to say");
    page.ask(&Request::Hello { build: "an older one".into() });
    assert_eq!(*page.replies.borrow(), [Reply::Hello { build: ferrule_web::BUILD.into() }]);
}

#[wasm_bindgen_test]
async fn the_demo_device_is_decoded_and_answers() {
    let page = Page::demo(200);
    page.until(|page| page.heard(|event| *event == Event::Opened)).await;
    page.until(|page| page.status().counters.frames > 100).await;
    let status = page.status();
    assert_eq!((status.state.clone(), status.counters.rejected()), (LinkState::Connected, 0), "{:?}", status.counters);
    assert!(status.counters.balanced(), "{:?}", status.counters);
    let Answer::Values(values) = page.answer(Query::Values) else { panic!("no values") };
    assert!(values.iter().any(|message| message.name == "drive" && message.count > 50), "{values:?}");
    page.ask(&Request::Send { session: 1, bytes: b"get limits\n".to_vec(), wrap: false });
    let limits = |page: &Page| format!("{:?}", page.answer(Query::Screen { from: None, rows: 100 })).contains("3000");
    page.until(limits).await;
    assert_eq!(page.status().counters.bytes_out, 11);
}

#[wasm_bindgen_test]
async fn f25_a_device_that_goes_is_opened_again() {
    let page = Page::demo(100);
    page.until(|page| page.heard(|event| *event == Event::Opened)).await;
    page.replies.borrow_mut().clear();
    page.ask(&Request::Fault { session: 1, fault: "disconnect".into() });
    page.until(|page| page.heard(|event| matches!(event, Event::Closed { .. }))).await;
    page.until(|page| page.heard(|event| *event == Event::Opened)).await;
    assert!(page.status().counters.gaps > 0);
    page.ask(&Request::Disconnect { session: 1 });
    page.until(|page| page.status().state == LinkState::Closed { why: String::new() }).await;
    page.ask(&Request::Reopen { session: 1 });
    page.until(|page| page.status().state == LinkState::Connected).await;
}

#[wasm_bindgen_test]
async fn a_fault_nobody_knows_is_refused() {
    let page = Page::demo(100);
    page.until(|page| page.heard(|event| *event == Event::Opened)).await;
    page.ask(&Request::Fault { session: 1, fault: "meteorite".into() });
    page.until(|page| page.heard(|event| matches!(event, Event::Refused { .. }))).await;
}

#[wasm_bindgen_test]
fn a_profile_with_a_mistake_leaves_the_one_before_in_force() {
    let page = Page::demo(100);
    page.ask(&Request::SetProfile { session: 1, profile: "name = \"x\"\nnonsense = 1\n".into() });
    assert!(page.heard(|event| matches!(event, Event::ProfileRefused { line: 2, .. })), "{:?}", page.replies);
    assert_eq!(page.status().profile, "Motor drive");
    page.ask(&Request::SetProfile { session: 1, profile: DEMO.replace("Motor drive", "Other drive") });
    assert!(page.heard(|event| *event == Event::ProfileAccepted));
    assert_eq!(page.status().profile, "Other drive");
}

#[wasm_bindgen_test]
fn a_session_never_moves_from_the_wire_to_a_network() {
    let page = Page::demo(100);
    let (head, rest) = DEMO.split_once("kind = \"demo\"").unwrap_or_default();
    let elsewhere = rest.trim_start().strip_prefix("rate_hz = 100").unwrap_or_default();
    let profile = format!("{head}kind = \"http\"\nurl = \"http://127.0.0.1:1/\"\n{elsewhere}");
    page.ask(&Request::SetProfile { session: 1, profile });
    let refused = |event: &Event| matches!(event, Event::ProfileRefused { reason, .. } if reason.contains("leads somewhere else"));
    assert!(page.heard(refused), "{:?}", page.replies);
    // Other settings of the same link are taken.
    page.ask(&Request::SetProfile { session: 1, profile: DEMO.replace("rate_hz = 100", "rate_hz = 50") });
    assert!(page.heard(|event| *event == Event::ProfileAccepted));
}

#[wasm_bindgen_test]
fn a_session_that_is_closed_still_gets_its_batch() {
    let page = Page::demo(100);
    page.ask(&Request::Close { session: 1 });
    page.replies.borrow_mut().clear();
    page.ask(&Request::Answer { session: 1, queries: vec![(1, Query::Status)] });
    assert!(matches!(&page.replies.borrow()[..], [Reply::Batch { session: 1, batch }] if batch.answers.is_empty()));
}
