//! Servers on loopback for the network links: the console's own, a WebSocket device, an HTTP device.

mod broker;
mod console;
mod files;
mod gateway;
mod http;
mod peer;
mod proxy;
mod rude;
mod socket;

pub use broker::Broker;
pub use console::Served;
pub use files::Files;
pub use gateway::{Gateway, target};
pub use http::HttpDevice;
pub use peer::Peer;
pub use proxy::Proxy;
pub use rude::Rude;
pub use socket::{Kind, SocketDevice};

/// A port of loopback where nothing listens.
pub fn closed_port() -> Result<u16, crate::failure::Failure> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
