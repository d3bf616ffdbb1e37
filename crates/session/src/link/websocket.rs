//! A WebSocket endpoint (RFC 6455).

use super::Address;
use super::http::is_token;
use crate::words::{Said, link as words};
use serde::{Deserialize, Serialize};

/// A WebSocket endpoint. Its messages are either a stream of bytes or frames of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WebSocket {
    /// `ws://` or `wss://`.
    pub url: String,
    /// Subprotocols to offer.
    pub subprotocols: Vec<String>,
    /// Whether what is sent goes in text messages; binary ones else.
    pub text: bool,
    /// The device's own sign of life, where it has one.
    pub ping: Option<Ping>,
}

/// A message that asks the device whether it is still there: a page cannot send the ping of the protocol itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ping {
    /// What is sent.
    pub says: String,
    /// What a message says that is an answer to it and nothing else; empty where there is none.
    pub answer: String,
    /// Seconds from one to the next.
    pub every_s: u32,
}

/// Seconds between two pings, where the profile does not say.
pub const PING_S: u32 = 10;

impl WebSocket {
    /// An endpoint at an address, with what is usual.
    #[must_use]
    pub fn new(url: String) -> WebSocket {
        WebSocket { url, subprotocols: Vec::new(), text: false, ping: None }
    }

    /// The key that is wrong, and why.
    pub(crate) fn check(&self) -> Result<(), (&'static str, Said)> {
        let address = Address::new(&self.url);
        if !["ws", "wss"].iter().any(|scheme| address.is(scheme)) {
            return Err(("url", words::websocket(&address.to_string())));
        }
        for (at, name) in self.subprotocols.iter().enumerate() {
            if !is_token(name) || self.subprotocols.iter().take(at).any(|other| other == name) {
                return Err(("subprotocols", words::subprotocol(&crate::screen::visible(name))));
            }
        }
        Ok(())
    }
}
