//! Servers on loopback for the network links: the console's own, a WebSocket device, an HTTP device.

mod console;
mod http;
mod socket;

pub use console::Served;
pub use http::HttpDevice;
pub use socket::{Kind, SocketDevice};

/// A port of loopback where nothing listens.
pub fn closed_port() -> Result<u16, crate::failure::Failure> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
