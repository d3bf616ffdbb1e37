//! What the console and its gateway say to each other over one WebSocket (RFC 6455): one tunnel, one target.
//!
//! The console opens `/link/NAME` with the subprotocol [`SUBPROTOCOL`] and says [`ToGateway::Hello`] first. Every message
//! is binary and holds one value or several, one after the other, each in postcard with nothing between them: many small
//! chunks of a device travel in one message. The gateway understands nothing of what the device says.
//!
//! ```
//! use session::tunnel::{FromGateway, decode, encode};
//!
//! let mut message = Vec::new();
//! encode(&FromGateway::Sent(4), &mut message);
//! encode(&FromGateway::Bytes { at_nanos: 1_000, bytes: b"ok\r\n".to_vec() }, &mut message);
//! let mut heard = Vec::new();
//! decode::<FromGateway>(&message, |value| heard.push(value)).unwrap();
//! assert_eq!(heard.len(), 2);
//! ```

pub mod broker;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The WebSocket subprotocol; a gateway that speaks another one does not accept it.
pub const SUBPROTOCOL: &str = "ferrule.1";
/// The largest message either side accepts, in bytes.
pub const MAX_MESSAGE: usize = 1 << 20;
/// How many bytes of a device may be under way before the console has said [`ToGateway::Taken`].
pub const WINDOW: u32 = 4 << 20;
/// How many bytes for the device may be under way before the gateway has said [`FromGateway::Sent`]. A device that takes
/// nothing must not keep the console from saying that it has taken what came, so the gateway reads on and keeps this much;
/// whoever sends more is cut off ([`Ending::Protocol`]).
pub const UNSENT: u32 = 1 << 20;

/// From the console to the gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToGateway {
    /// The first message, within five seconds.
    Hello {
        /// The token that lets one in; empty where the gateway wants none.
        token: String,
    },
    /// Bytes for the device.
    Bytes(#[serde(with = "serde_bytes")] Vec<u8>),
    /// The console has taken so many of the device's bytes; the gateway may send as many more. Said at least once a second
    /// while bytes come: it is also how the gateway knows that somebody is there behind a slow network.
    Taken(u32),
    /// Asks whether the gateway is still there, which a page's script cannot ask by the WebSocket's own means; the gateway
    /// says [`FromGateway::Pong`] at once. It is no sign of life of the user's: an idle tunnel stays idle.
    Ping,
}

/// From the gateway to the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromGateway {
    /// The target is open.
    Opened {
        /// What it is.
        kind: TargetKind,
        /// Whether bytes for the device are accepted.
        write: bool,
        /// Whether the device is on the gateway's own machine, so that what it says crosses no network behind the gateway.
        local: bool,
    },
    /// The device sent bytes.
    Bytes {
        /// When they arrived at the gateway, in nanoseconds since 1970 by its own clock.
        at_nanos: i64,
        /// The bytes.
        #[serde(with = "serde_bytes")]
        bytes: Vec<u8>,
    },
    /// So many of the device's bytes were given up here, since neither could the device be held back nor the console keep up.
    Dropped(u64),
    /// So many bytes of [`ToGateway::Bytes`] have gone to the device.
    Sent(u32),
    /// The tunnel ends; nothing follows.
    Closed {
        /// Why.
        why: Ending,
        /// The number under which the gateway's own log tells more.
        id: u64,
    },
    /// Answers [`ToGateway::Ping`].
    Pong,
}

/// What a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// A plain TCP connection (RFC 9293).
    Tcp,
    /// TCP with Telnet (RFC 854) on it, which the console speaks.
    Telnet,
    /// A serial port of the gateway's own machine.
    Serial,
    /// An FTP server (RFC 959).
    Ftp,
    /// An MQTT broker that the gateway has subscribed to; [`broker`] says what passes.
    Mqtt,
}

/// Why a tunnel ended. What the gateway knows beyond that stays in its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The device closed the connection.
    ByDevice,
    /// The device did not accept the connection.
    Refused,
    /// The device did not answer.
    Silent,
    /// Its name leads nowhere.
    NoSuchName,
    /// Its address is one that the gateway does not reach.
    Forbidden,
    /// The connection broke.
    Broken,
    /// The port is held by another program, or by another tunnel.
    InUse,
    /// The port is not there.
    Absent,
    /// The token is missing, wrong, or has run out.
    Token,
    /// The token does not let one do that.
    Verb,
    /// There are as many tunnels as the gateway lets one have.
    TooMany,
    /// Nothing was said for as long as the gateway waits.
    Idle,
    /// What the console sent makes no sense.
    Protocol,
    /// The gateway stops.
    Stopping,
    /// The gateway has no target of that name, or none that the token names.
    NoSuchTarget,
    /// The FTP server does not let in whom the gateway's file names.
    Login,
    /// The FTP server has no place for another connection.
    Busy,
    /// The FTP server has no such file or folder, or does not let it be read.
    NoSuchFile,
    /// The FTP server does not store that.
    NotStored,
    /// There is a file of that name already.
    Exists,
    /// The FTP server has no room for it.
    Full,
    /// A name that no file has: with `..`, or with control characters.
    Name,
    /// The FTP server says what it may not, or does not do what is needed.
    Server,
}

/// A message that makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Appends a value to a message.
pub fn encode<T: Serialize>(value: &T, message: &mut Vec<u8>) {
    let given = core::mem::take(message);
    let len = given.len();
    // It fails for want of room alone, and a vector grows.
    *message = postcard::to_extend(value, given).unwrap_or_default();
    debug_assert!(message.len() > len);
}

/// Hands out the values of a message, in order.
///
/// # Errors
/// Something in it is no value; what came before was handed out.
pub fn decode<T: DeserializeOwned>(mut message: &[u8], mut each: impl FnMut(T)) -> Result<(), Unreadable> {
    while !message.is_empty() {
        let (value, rest) = postcard::take_from_bytes(message).map_err(|_| Unreadable)?;
        each(value);
        message = rest;
    }
    Ok(())
}
