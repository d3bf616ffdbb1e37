//! Opening what a tunnel leads to.

mod address;
mod broker;
mod network;
mod serial;

pub(crate) use address::{Reach, reach};
pub(crate) use network::{Resolve, alive, connect, connect_to, system};
pub(crate) use serial::{Held, Ports};

use super::config::Place;
use super::ftp::Server;
use session::tunnel::{Ending, TargetKind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Why a target could not be opened, or ended: for the console, and in words for the log alone (faults S41).
#[derive(Debug)]
pub(crate) struct Refusal {
    /// What the console is told.
    pub(crate) why: Ending,
    /// What the log says besides.
    pub(crate) detail: String,
}

impl Refusal {
    pub(crate) fn new(why: Ending, detail: impl Into<String>) -> Refusal {
        Refusal { why, detail: detail.into() }
    }
}

/// An open target.
pub(crate) struct Device {
    /// What it says.
    pub(crate) read: Box<dyn AsyncRead + Send + Unpin>,
    /// What is said to it.
    pub(crate) write: Box<dyn AsyncWrite + Send + Unpin>,
    /// Whether it waits while nobody reads. What does not is read always, and what the console cannot take in time is lost.
    pub(crate) waits: bool,
    /// Whether it is on this machine.
    pub(crate) local: bool,
    /// Whether something can be said to it here.
    pub(crate) talks: bool,
    /// Bytes of messages that are too long to pass, of which the console hears only that they came.
    pub(crate) left_out: Arc<AtomicU64>,
    /// Nobody else opens the same serial port meanwhile.
    _held: Option<Held>,
}

/// What the console is told a place is.
pub(crate) fn kind(place: &Place) -> TargetKind {
    match place {
        Place::Network { telnet: false, .. } => TargetKind::Tcp,
        Place::Network { telnet: true, .. } => TargetKind::Telnet,
        Place::Serial(_) => TargetKind::Serial,
        Place::Ftp(_) => TargetKind::Ftp,
        Place::Broker(_) => TargetKind::Mqtt,
    }
}

/// Says nothing and never ends.
struct Silence;

impl AsyncRead for Silence {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        Poll::Pending
    }
}

/// Opens a place; of a broker's topics the console asks for these.
///
/// # Errors
/// Why it cannot be.
pub(crate) async fn open(place: &Place, asked: &[String], resolve: &Resolve, ports: &Ports) -> Result<Device, Refusal> {
    match place {
        Place::Network { host, port, local, .. } => {
            let stream = network::connect(host, *port, *local, resolve).await?;
            let local = stream.peer_addr().is_ok_and(|address| address.ip().is_loopback());
            let (read, write) = stream.into_split();
            let (read, write) = (Box::new(read), Box::new(write));
            Ok(Device { read, write, waits: true, local, talks: true, left_out: Arc::default(), _held: None })
        }
        Place::Ftp(place) => {
            let server = Server::enter(place, resolve).await?;
            let local = server.local;
            server.leave().await;
            let (read, write) = (Box::new(Silence), Box::new(tokio::io::sink()));
            Ok(Device { read, write, waits: true, local, talks: false, left_out: Arc::default(), _held: None })
        }
        Place::Broker(place) => {
            let stream = network::connect(&place.host, place.port, place.local, resolve).await?;
            let local = stream.peer_addr().is_ok_and(|address| address.ip().is_loopback());
            let left_out = Arc::<AtomicU64>::default();
            let (read, write) = tokio::io::split(broker::enter(place, asked, stream, Arc::clone(&left_out)).await?);
            let (read, write) = (Box::new(read), Box::new(write));
            Ok(Device { read, write, waits: true, local, talks: true, left_out, _held: None })
        }
        Place::Serial(line) => {
            let (stream, held) = serial::open(line, ports)?;
            let (read, write) = tokio::io::split(stream);
            Ok(Device {
                read: Box::new(read),
                write: Box::new(write),
                waits: false,
                local: true,
                talks: true,
                left_out: Arc::default(),
                _held: Some(held),
            })
        }
    }
}
