//! Servers on loopback for the network links: the console's own, a WebSocket device, an HTTP device.

mod broker;
mod console;
mod files;
mod ftp;
mod gateway;
mod http;
mod node;
mod peer;
mod proxy;
mod rude;
mod socket;

use std::sync::atomic::{AtomicU16, Ordering};

pub use broker::Broker;
pub use console::Served;
pub use files::Files;
pub use ftp::RudeFtp;
pub use gateway::{Gateway, target};
pub use http::HttpDevice;
pub use node::Node;
pub use peer::Peer;
pub use proxy::Proxy;
pub use rude::Rude;
pub use socket::{Kind, SocketDevice};

/// A port of loopback where nothing listens. None is told twice, and none is one that the system gives to whoever asks for
/// any: lanes side by side must not take each other's.
pub fn closed_port() -> Result<u16, crate::failure::Failure> {
    /// From above the well known ones up to where Linux begins to give away.
    const FROM: u16 = 20_000;
    const COUNT: u16 = 12_000;
    static TOLD: AtomicU16 = AtomicU16::new(0);
    let begin = (std::process::id() % u32::from(COUNT)) as u16;
    for _ in 0..COUNT {
        let port = FROM + (begin + TOLD.fetch_add(1, Ordering::Relaxed) % COUNT) % COUNT;
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err("no port of loopback is free".into())
}
