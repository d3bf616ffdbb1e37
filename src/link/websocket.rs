//! WebSocket endpoints (RFC 6455): binary and text messages, in the order they come.

mod stream;

use super::clock::within;
use super::socket::{Report, Socket};
use super::{End, LinkError, LinkErrorKind, LinkInfo, Outgoing, Work, page};
use crate::words::link as words;
use futures::{FutureExt, StreamExt};
use js_sys::{ArrayBuffer, JsString, Uint8Array};
use session::Input;
use session::address::Address;
use session::link::{Family, Link as Settings, WebSocket as Endpoint};
use wasm_bindgen::prelude::*;

/// How long an endpoint may take to accept, in milliseconds.
pub(super) const CONNECT_MILLIS: f64 = 10_000.0;
/// The largest piece of a message that is copied at once: bounds the buffer, whatever the message.
pub(super) const PIECE_BYTES: u32 = 1 << 20;

pub(super) const INFO: LinkInfo = LinkInfo {
    kind: "websocket",
    summary: "A device that answers at a ws:// or wss:// address.",
    family: Family::Network,
    supported: || Ok(()),
    open,
};

fn open(settings: &Settings, end: End) -> Option<Work> {
    let Settings::WebSocket(endpoint) = settings else { return None };
    Some(run(endpoint.clone(), end).boxed_local())
}

async fn run(mut endpoint: Endpoint, end: End) -> Result<(), LinkError> {
    for typed in end.memory.typed() {
        endpoint = endpoint.with_credentials(&typed.password);
    }
    if let Some(wanted) = endpoint.missing() {
        return Err(super::http::missing(&wanted, &end));
    }
    if stream::is_there() {
        return end.until_dropped(stream::run(&endpoint, &end)).await;
    }
    let address = Address::new(&endpoint.url);
    let (hearing, mut buffer) = (end.clone(), Vec::new());
    let hear = move |data: &JsValue| deliver(data, &mut buffer, &hearing);
    let (socket, mut reports) = Socket::open(address, &endpoint.subprotocols, hear)?;
    let work = async {
        match within(CONNECT_MILLIS, reports.next()).await {
            Some(Some(Report::Open)) => {}
            Some(_) => return Err(refused(address, &endpoint.subprotocols).await),
            None => return Err(LinkError::new(LinkErrorKind::Refused, silent(address))),
        }
        end.deliver(Input::Opened);
        say_chosen(&endpoint, &socket.subprotocol(), &end);
        let closed = async {
            match reports.next().await {
                Some(Report::Closed { code, reason }) => {
                    Err(LinkError::new(LinkErrorKind::Lost, ended(address, code, &reason)))
                }
                _ => Ok(()),
            }
        };
        let (closed, sending) = (std::pin::pin!(closed), std::pin::pin!(send(&endpoint, &socket, &end)));
        futures::future::select(closed, sending).map(|either| either.factor_first().0).await
    };
    end.until_dropped(work).await
}

/// Sends what is queued; waits while the browser holds more than it should.
async fn send(endpoint: &Endpoint, socket: &Socket, end: &End) -> Result<(), LinkError> {
    loop {
        let Outgoing::Bytes(bytes) = end.outgoing().await else { continue };
        socket.room().await?;
        let sent = as_text(endpoint, &bytes).map_or_else(|| socket.send(&bytes), |text| socket.send_text(text));
        let incoming = match sent {
            Ok(()) => Input::Transmitted(bytes.len()),
            Err(why) => Input::NotTransmitted { len: bytes.len(), why },
        };
        end.deliver(incoming);
    }
}

/// What is sent as text, where the profile has it so; what is none goes as bytes all the same.
fn as_text<'a>(endpoint: &Endpoint, bytes: &'a [u8]) -> Option<&'a str> {
    std::str::from_utf8(bytes).ok().filter(|_| endpoint.text)
}

/// Of several subprotocols, the device's choice decides how it speaks.
fn say_chosen(endpoint: &Endpoint, chosen: &str, end: &End) {
    if endpoint.subprotocols.len() > 1 {
        end.deliver(Input::Remark(&words::socket_chosen(chosen)));
    }
}

/// One message: copied once, into a buffer that is used again.
fn deliver(data: &JsValue, buffer: &mut Vec<u8>, end: &End) {
    let array = match data.dyn_ref::<ArrayBuffer>() {
        Some(data) => Some(Uint8Array::new(data)),
        None => data.dyn_ref::<Uint8Array>().cloned(),
    };
    if let Some(array) = array {
        super::copy_pieces(&array, PIECE_BYTES, buffer, |bytes, message_end| {
            end.deliver(Input::Bytes { bytes, message_end });
        });
    } else if let Some(text) = data.dyn_ref::<JsString>() {
        // Text is UTF-8 on the wire; lone surrogates cannot come in, the browser checks (RFC 6455, section 8.1).
        end.deliver(Input::Bytes { bytes: String::from(text).as_bytes(), message_end: true });
    }
}

pub(super) async fn refused(address: Address<'_>, subprotocols: &[String]) -> LinkError {
    if let Some(error) = page::in_the_way(address).await {
        return error;
    }
    let mut why = words::socket_refused(address);
    if !subprotocols.is_empty() {
        // Browsers give up a socket whose server chooses none of those that were offered (WHATWG WebSockets, section 3.1).
        why += &words::socket_subprotocols(&subprotocols.join(", "));
    }
    why += &page::of_certificate(address);
    LinkError::new(LinkErrorKind::Refused, why)
}

fn silent(address: Address<'_>) -> String {
    words::socket_silent(address, CONNECT_MILLIS / 1000.0)
}

/// A close code in words (RFC 6455, section 7.4.1, and the IANA registry of close codes), and what to do.
pub(super) fn ended(address: Address<'_>, code: u16, reason: &str) -> String {
    let what = match code {
        1001 => words::socket_1001(),
        1002 => words::socket_1002(),
        1003 => words::socket_1003(),
        1005 => words::socket_1005(),
        1006 => words::socket_1006(),
        1007 => words::socket_1007(),
        1008 => words::socket_1008(),
        1009 => words::socket_1009(),
        1011 => words::socket_1011(),
        1012 => words::socket_1012(),
        1013 => words::socket_1013(),
        1014 => words::socket_1014(),
        1015 => words::socket_1015(),
        3000 => words::socket_3000(),
        3003 => words::socket_3003(),
        3008 => words::socket_3008(),
        _ => words::socket_1000(),
    };
    let next = match code {
        1002 | 1003 | 1007 | 1009 => words::socket_check_sent(),
        1008 | 3000 | 3003 => words::socket_check_policy(),
        1015 => words::socket_check_certificate(),
        _ => "",
    };
    let reason = if reason.is_empty() { String::new() } else { format!(": {}", session::screen::visible(reason)) };
    words::socket_ended(what, &reason, address, code, next)
}

#[cfg(test)]
mod tests {
    use super::{Address, ended, silent};

    #[test]
    fn f25_close_codes_are_said_in_words() {
        let broken = ended(Address::new("ws://a/"), 1006, "");
        assert_eq!(broken, "The connection broke off (ws://a/, code 1006).");
        assert!(
            ended(Address::new("ws://a/"), 4321, "out of cheese")
                .starts_with("The device closed the connection: out of cheese")
        );
        let hidden = ended(Address::new("ws://a/"), 4001, "tok\u{202e}en");
        assert!(!hidden.contains('\u{202e}'), "S24: {hidden}");
        let forbidden = ended(Address::new("ws://a/"), 1008, "no token");
        assert!(forbidden.ends_with("this: no token (ws://a/, code 1008). Check what the device allows, and to whom."));
    }

    #[test]
    fn s35_what_is_said_of_an_address_has_no_secret() {
        let said = silent(Address::new("ws://user:secret@host/?token=secret"));
        assert!(said.starts_with("ws://host/?token=… did not answer"), "{said}");
    }
}
