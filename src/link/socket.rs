//! A browser's WebSocket, for every link that goes over one.

use super::clock::sleep;
use super::{LinkError, LinkErrorKind, page};
use crate::words::link as words;
use futures::channel::mpsc;
use js_sys::Array;
use session::address::Address;
use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

/// How long the peer may take nothing before what is queued counts as stuck, in milliseconds.
pub(super) const STUCK_MILLIS: f64 = 5_000.0;
/// What the browser may hold unsent before we wait, in bytes.
const UNSENT_BYTES: u32 = 1 << 20;

/// What the browser reports besides messages.
pub(super) enum Report {
    /// It is open.
    Open,
    /// It is closed, or did not open: the code of RFC 6455, section 7.4.
    Closed { code: u16, reason: String },
}

/// The browser's socket with its listeners; closed when dropped.
pub(super) struct Socket {
    socket: WebSocket,
    _opened: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Begins to open one. Messages go to `hear` as the browser has them: text, or bytes in one array buffer.
    ///
    /// # Errors
    /// The browser does not even try.
    pub(super) fn open(
        address: Address<'_>,
        subprotocols: &[String],
        mut hear: impl FnMut(&JsValue) + 'static,
    ) -> Result<(Socket, mpsc::Receiver<Report>), LinkError> {
        let offered: Array = subprotocols.iter().map(|name| JsValue::from_str(name)).collect();
        let socket =
            WebSocket::new_with_str_sequence(address.whole(), &offered).map_err(|error| not_begun(address, &error))?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        // One report of opening and one of closing: two places are enough, so none is ever refused.
        let (reports_tx, reports) = mpsc::channel(2);
        let (mut opened_tx, mut closed_tx) = (reports_tx.clone(), reports_tx);
        let opened = Closure::new(move || drop(opened_tx.try_send(Report::Open)));
        let closed = Closure::new(move |event: CloseEvent| {
            let _ = closed_tx.try_send(Report::Closed { code: event.code(), reason: event.reason() });
        });
        let message = Closure::new(move |event: MessageEvent| hear(&event.data()));
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Ok((Socket { socket, _opened: opened, _message: message, _closed: closed }, reports))
    }

    /// Waits while the browser holds more than it should.
    ///
    /// # Errors
    /// The peer takes nothing any more.
    pub(super) async fn room(&self) -> Result<(), LinkError> {
        let mut waited = 0.0;
        let mut unsent = self.socket.buffered_amount();
        while unsent > UNSENT_BYTES {
            sleep(20.0).await;
            let now = self.socket.buffered_amount();
            waited = if now < unsent { 0.0 } else { waited + 20.0 };
            unsent = now;
            if waited > STUCK_MILLIS {
                return Err(LinkError::new(LinkErrorKind::Lost, words::socket_stuck()));
            }
        }
        Ok(())
    }

    /// The subprotocol that the peer has chosen; empty for none.
    pub(super) fn subprotocol(&self) -> String {
        self.socket.protocol()
    }

    /// Sends one text message.
    ///
    /// # Errors
    /// A sentence: the socket is closing.
    pub(super) fn send_text(&self, text: &str) -> Result<(), &'static str> {
        self.socket.send_with_str(text).map_err(|_| words::socket_closing())
    }

    /// Sends one binary message.
    ///
    /// # Errors
    /// A sentence: the socket is closing.
    pub(super) fn send(&self, bytes: &[u8]) -> Result<(), &'static str> {
        self.socket.send_with_u8_array(bytes).map_err(|_| words::socket_closing())
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
    }
}

pub(super) fn not_begun(address: Address<'_>, error: &JsValue) -> LinkError {
    if page::is_mixed_content(address) {
        return LinkError::new(LinkErrorKind::Denied, page::mixed_content(address));
    }
    let said = page::error_text(error);
    LinkError::new(LinkErrorKind::Settings, words::not_opened(address, page::refusal(&said)))
}
