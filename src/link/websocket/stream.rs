//! The browser's WebSocketStream, where it has one: a device that sends faster than it is read is held back by the network's
//! own flow control, instead of filling the browser's memory (WICG WebSocketStream; faults F29).

use super::{CONNECT_MILLIS, End, Endpoint, LinkError, LinkErrorKind, Outgoing, deliver, ended, refused, silent};
use crate::link::clock::within;
use crate::link::{page, socket};
use crate::words::link as words;
use futures::future::{Either, select};
use js_sys::{Array, Object, Reflect, Uint8Array};
use session::Input;
use session::address::Address;
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, WritableStreamDefaultWriter};

#[wasm_bindgen]
extern "C" {
    type WebSocketStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(url: &str, options: &Object) -> Result<WebSocketStream, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn opened(this: &WebSocketStream) -> js_sys::Promise;
    #[wasm_bindgen(method, getter)]
    fn closed(this: &WebSocketStream) -> js_sys::Promise;
    #[wasm_bindgen(method, catch)]
    fn close(this: &WebSocketStream) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = getReader, js_class = "ReadableStream")]
    fn reader(this: &JsStream) -> Result<ReadableStreamDefaultReader, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getWriter, js_class = "WritableStream")]
    fn writer(this: &JsStream) -> Result<WritableStreamDefaultWriter, JsValue>;
    /// Either half of an open one.
    type JsStream;
}

/// Whether this browser has it.
pub(super) fn is_there() -> bool {
    Reflect::has(&js_sys::global(), &"WebSocketStream".into()).unwrap_or(false)
}

/// Closed when dropped.
struct Guard(WebSocketStream);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.close();
    }
}

pub(super) async fn run(endpoint: &Endpoint, end: &End) -> Result<(), LinkError> {
    let address = Address::new(&endpoint.url);
    let offered: Array = endpoint.subprotocols.iter().map(|name| JsValue::from_str(name)).collect();
    let options = Object::new();
    let _ = Reflect::set(&options, &"protocols".into(), &offered);
    let stream = WebSocketStream::new(address.whole(), &options).map_err(|error| socket::not_begun(address, &error))?;
    // From the start, so that neither outcome is one that nobody waits for.
    let (opened, closed) = (JsFuture::from(stream.opened()), JsFuture::from(stream.closed()));
    let _guard = Guard(stream);
    let opened = match within(CONNECT_MILLIS, opened).await {
        Some(Ok(opened)) => opened,
        Some(Err(_)) => return Err(refused(address, &endpoint.subprotocols).await),
        None => return Err(LinkError::new(LinkErrorKind::Refused, silent(address))),
    };
    let half = |name: &str| Reflect::get(&opened, &name.into()).map(JsCast::unchecked_into::<JsStream>);
    let halves = half("readable").and_then(|half| half.reader()).and_then(|reader| {
        let writer = half("writable")?.writer()?;
        Ok((reader, writer))
    });
    let Ok((reader, writer)) = halves else { return Err(refused(address, &endpoint.subprotocols).await) };
    end.deliver(Input::Opened);
    super::say_chosen(endpoint, &page::text(&opened, "protocol").unwrap_or_default(), end);
    let over = Cell::new(false);
    let heard = async {
        let mut buffer = Vec::new();
        // One message after the other: what is not asked for yet stays with its sender.
        while let Ok(piece) = JsFuture::from(reader.read()).await {
            let value = Reflect::get(&piece, &"value".into()).unwrap_or(JsValue::UNDEFINED);
            if value.is_undefined() {
                break;
            }
            deliver(&value, &mut buffer, end);
        }
        over.set(true);
        let (code, reason) = match closed.await {
            Ok(info) | Err(info) => (number(&info, "closeCode"), page::text(&info, "reason").unwrap_or_default()),
        };
        Err(LinkError::new(LinkErrorKind::Lost, ended(address, code.unwrap_or(1006), &reason)))
    };
    let sent = async {
        loop {
            let Outgoing::Bytes(bytes) = end.outgoing().await else { continue };
            let message = match super::as_text(endpoint, &bytes) {
                Some(text) => JsValue::from_str(text),
                None => Uint8Array::from(bytes.as_slice()).into(),
            };
            let taken = within(socket::STUCK_MILLIS, JsFuture::from(writer.write_with_chunk(&message))).await;
            let incoming = match taken {
                Some(Ok(_)) => Input::Transmitted(bytes.len()),
                Some(Err(_)) => Input::NotTransmitted { len: bytes.len(), why: words::socket_closing() },
                None if over.get() => continue,
                None => return Err(LinkError::new(LinkErrorKind::Lost, words::socket_stuck())),
            };
            end.deliver(incoming);
        }
    };
    let (heard, sent) = (std::pin::pin!(heard), std::pin::pin!(sent));
    match select(heard, sent).await {
        Either::Left((outcome, _)) | Either::Right((outcome, _)) => outcome,
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A close code has 16 bits.
fn number(of: &JsValue, key: &str) -> Option<u16> {
    let number = Reflect::get(of, &key.into()).ok()?.as_f64()?;
    (0.0..65_536.0).contains(&number).then_some(number as u16)
}
