//! What a link said, kept for the test.

use ferrule_web::link::clock::{now, sleep};
use ferrule_web::link::{Link, LinkInfo};
use session::link::Link as Settings;
use session::signal::Signals;
use session::{CloseReason, Input, LineError};
use std::cell::RefCell;
use std::rc::Rc;

/// Everything a link said so far.
#[derive(Debug, Default)]
pub struct Heard {
    pub opened: usize,
    pub bytes: Vec<u8>,
    pub chunks: usize,
    pub messages: usize,
    pub line_errors: Vec<LineError>,
    pub transmitted: usize,
    pub refused: Vec<(usize, String)>,
    pub closed: Vec<CloseReason>,
    pub signals: Vec<Signals>,
}

/// Opens a link and listens.
pub fn open(settings: &Settings) -> (Link, Rc<RefCell<Heard>>) {
    let heard = Rc::new(RefCell::new(Heard::default()));
    let ear = Rc::clone(&heard);
    let deliver = move |input: Input<'_>| {
        let mut heard = ear.borrow_mut();
        match input {
            Input::Opened => heard.opened += 1,
            Input::Bytes { bytes, message_end } => {
                heard.bytes.extend_from_slice(bytes);
                heard.chunks += 1;
                heard.messages += usize::from(message_end);
            }
            Input::LineError(error) => heard.line_errors.push(error),
            Input::Transmitted(len) | Input::Published { len, .. } => heard.transmitted += len,
            Input::NotTransmitted { len, why } => heard.refused.push((len, why.to_owned())),
            Input::NotPublished { len, why, .. } => heard.refused.push((len, why.to_owned())),
            Input::Closed(reason) => heard.closed.push(reason),
            Input::Signals(signals) => heard.signals.push(signals),
            other => panic!("not a link's to say: {other:?}"),
        }
    };
    (Link::open(settings, Rc::new(deliver)), heard)
}

/// Waits until `done`; the test fails if that takes longer than any browser needs.
pub async fn until(heard: &RefCell<Heard>, done: impl Fn(&Heard) -> bool) {
    let begun = now();
    while !done(&heard.borrow()) {
        assert!(now().nanos_since(begun) < 20_000_000_000, "waited in vain; so far: {:?}", heard.borrow());
        sleep(5.0).await;
    }
}

/// The row of the table.
pub fn info(kind: &str) -> &'static LinkInfo {
    LinkInfo::find(kind).expect("a row of LINKS")
}
