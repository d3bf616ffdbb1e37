//! An endpoint that is asked again and again. Who may ask conditionally does (RFC 9110, section 13): an answer that nothing
//! has changed is counted, and is no sample.

use super::exchange::{Asked, Exchange};
use super::{End, LinkError};
use crate::link::clock::sleep;
use crate::words::link as words;
use session::address::Address;
use session::link::{Http as Endpoint, Mode};
use session::pointer::Pointer;
use session::{Answered, Input, Message};
use std::cell::{Cell, RefCell};

/// What of an endpoint's answer the next request tells it.
#[derive(Default)]
struct Known {
    /// Entity tag and date of the last answer, as they came.
    validators: Vec<(String, String)>,
    /// It lets no other page's requests be conditional, or does not let them see by what.
    no: bool,
}

/// Whose turn it is: whether the endpoint is in the middle of an answer to us, and what it said to commands meanwhile. Each
/// is a message of its own.
#[derive(Default)]
pub(super) struct Turn(Cell<bool>, RefCell<Vec<Vec<u8>>>);

impl Turn {
    /// Delivers what an endpoint said to a command, as soon as it is in nobody's middle.
    pub(super) fn take(&self, endpoint: &Endpoint, answer: Vec<u8>, end: &End) {
        if self.0.get() { self.1.borrow_mut().push(answer) } else { deliver(endpoint, &answer, end) }
    }
}

/// Asks again and again; ends with the first answer that is none.
pub(super) async fn run(endpoint: &Endpoint, end: &End, turn: &Turn) -> Result<(), LinkError> {
    let (mut opened, mut known, mut buffer, mut whole) = (false, Known::default(), Vec::new(), Vec::new());
    let pointer = Pointer::parse(&endpoint.select).ok().filter(|_| !endpoint.select.is_empty());
    let body = (!endpoint.body.is_empty()).then_some(endpoint.body.as_bytes());
    let mut open = || {
        if !std::mem::replace(&mut opened, true) {
            end.deliver(Input::Opened);
        }
    };
    loop {
        let exchange = {
            let method = endpoint.method.as_str();
            let asked = Asked { method, headers: &endpoint.headers, body, ..Asked::at(&endpoint.url) };
            ask(&asked, &mut known, end).await?
        };
        if exchange.status() == 304 {
            open();
            end.deliver(Input::Answered(Answered::Unchanged));
        } else {
            if endpoint.method == "GET" {
                known.validators = exchange.validators();
            }
            match &pointer {
                None => {
                    turn.0.set(true);
                    exchange
                        .body(&mut buffer, &mut open, |bytes| end.deliver(Input::Bytes { bytes, message_end: false }))
                        .await?;
                    end.deliver(Input::Bytes { bytes: &[], message_end: true });
                    turn.0.set(false);
                    turn.1.take().iter().for_each(|answer| deliver(endpoint, answer, end));
                }
                Some(pointer) => {
                    whole.clear();
                    exchange.body(&mut buffer, &mut open, |bytes| whole.extend_from_slice(bytes)).await?;
                    end.deliver(match pointer.find(&whole) {
                        Some(bytes) => Input::Bytes { bytes, message_end: true },
                        None => Input::Answered(Answered::NothingSelected),
                    });
                }
            }
        }
        sleep(f64::from(endpoint.interval_millis)).await;
    }
}

/// Asks, conditionally where that is possible. Of another origin a condition needs a permission of its own (WHATWG Fetch,
/// section 4.9): where there is none it is asked plainly, and that is said once.
async fn ask<'u>(asked: &Asked<'u, '_>, known: &mut Known, end: &End) -> Result<Exchange<'u>, LinkError> {
    if known.no || known.validators.is_empty() {
        return Exchange::begin(asked, !known.validators.is_empty()).await;
    }
    let conditional = Asked { more: &known.validators, ..*asked };
    match Exchange::begin(&conditional, true).await {
        Err(error) if error.status == 0 => {
            let exchange = Exchange::begin(asked, true).await?;
            known.no = true;
            end.deliver(Input::Remark(&words::http_unconditional(Address::new(asked.url))));
            Ok(exchange)
        }
        other => other,
    }
}

/// What an endpoint says to a command is a message like any other.
fn deliver(endpoint: &Endpoint, bytes: &[u8], end: &End) {
    if endpoint.mode == Mode::Poll {
        return end.deliver(Input::Bytes { bytes, message_end: true });
    }
    if !bytes.is_empty() {
        let properties = session::link::Properties::default();
        let (topic, retained, duplicate) = ("answer", false, false);
        end.deliver(Input::Message(Message { topic, payload: bytes, retained, duplicate, properties: &properties }));
    }
}
