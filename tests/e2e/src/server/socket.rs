//! A device behind a WebSocket, speaking in binary or text messages. It can be lost in every way there is, and comes back.

use crate::failure::Failure;
use sim::Drive;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tungstenite::Message;
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;

/// What the device says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The drive's own bytes, in binary messages cut without regard to frames.
    Binary,
    /// A JSON object in each text message.
    Text,
    /// The same, with twenty names in each that never came before.
    Names,
    /// A JSON object with a number and a time of its own: the time wraps at 32 bits and is set back later; of a hundred
    /// messages three are missing and one comes twice.
    Numbered,
    /// Nothing: it closes by its policy, code 1008.
    Forbids,
}

/// The device.
pub struct SocketDevice {
    /// Its port on loopback.
    pub port: u16,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    open: Mutex<Vec<TcpStream>>,
    accepted: AtomicUsize,
    resets: AtomicUsize,
    mutes: AtomicUsize,
    away: AtomicBool,
    received: Mutex<String>,
}

impl SocketDevice {
    /// Starts it on a port: 0 for a free one.
    pub fn start(kind: Kind, port: u16) -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let device = Self { port: listener.local_addr()?.port(), shared: Arc::default() };
        let shared = Arc::clone(&device.shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.away.load(SeqCst) {
                    continue;
                }
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || drop(serve(stream, kind, &shared)));
            }
        });
        Ok(device)
    }

    /// Ends every connection (FIN), without a closing handshake of the WebSocket.
    pub fn cut(&self) {
        for stream in self.shared.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Ends every connection, and every one that is tried from now on.
    pub fn leave(&self) {
        self.shared.away.store(true, SeqCst);
        self.cut();
    }

    /// Takes connections again.
    pub fn come_back(&self) {
        self.shared.away.store(false, SeqCst);
    }

    /// Resets every connection (RST), as a device that restarts.
    pub fn reset(&self) -> Result<(), Failure> {
        for stream in self.shared.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // No time to linger: closing gives up what is unsent and says so by a reset (tcp(7), SO_LINGER).
            rustix::net::sockopt::set_socket_linger(&stream, Some(Duration::ZERO))?;
        }
        self.shared.resets.fetch_add(1, SeqCst);
        Ok(())
    }

    /// Says and hears nothing any more on every connection, which stays open: what is left of one when the network
    /// or the device's power went.
    pub fn mute(&self) {
        self.shared.mutes.fetch_add(1, SeqCst);
    }

    /// How often somebody connected.
    pub fn accepted(&self) -> usize {
        self.shared.accepted.load(SeqCst)
    }

    /// Everything received.
    pub fn received(&self) -> String {
        self.shared.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(stream: TcpStream, kind: Kind, shared: &Shared) -> Result<(), Failure> {
    stream.set_nodelay(true)?;
    let handle = stream.try_clone()?;
    let mut socket = tungstenite::accept(stream).map_err(|why| Failure(why.to_string()))?;
    shared.accepted.fetch_add(1, SeqCst);
    shared.open.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
    socket.get_ref().set_read_timeout(Some(Duration::from_millis(20)))?;
    let (mut drive, mut count) = (Drive::new(9), 0u32);
    let (resets, mutes) = (shared.resets.load(SeqCst), shared.mutes.load(SeqCst));
    while shared.resets.load(SeqCst) == resets {
        if shared.mutes.load(SeqCst) != mutes {
            std::thread::sleep(Duration::from_millis(20));
            continue;
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(since.as_nanos()).unwrap_or(i64::MAX);
        match kind {
            Kind::Binary => {
                let mut bytes = Vec::new();
                drive.poll(now, &mut bytes);
                for piece in bytes.chunks(13) {
                    socket.send(Message::binary(piece.to_vec()))?;
                }
            }
            Kind::Text => {
                count += 1;
                let text =
                    format!(r#"{{"count":{count},"temp":{},"note":"<b>text</b>"}}"#, 20.0 + f64::from(count % 7) * 0.5);
                socket.send(Message::text(text))?;
            }
            Kind::Numbered => {
                // Its clock has 32 bits, wraps at its hundredth message, and later goes back by 2.4 s.
                let before = if count < 300 { 100 } else { 220 };
                let (number, millis) = (count % 256, count.wrapping_sub(before).wrapping_mul(20));
                let text = format!(r#"{{"n":{number},"ms":{millis},"v":{}}}"#, count % 7);
                for _ in 0..1 + usize::from(count % 100 == 20) {
                    socket.send(Message::text(text.clone()))?;
                }
                count += if count % 100 == 60 { 4 } else { 1 };
            }
            Kind::Forbids => {
                let reason = CloseFrame { code: CloseCode::Policy, reason: "no token".into() };
                socket.close(Some(reason))?;
            }
            Kind::Names => {
                let names = (0..20).map(|name| format!("\"name_{}\":{count}", count * 20 + name));
                socket.send(Message::text(format!("{{{}}}", names.collect::<Vec<_>>().join(","))))?;
                count += 1;
            }
        }
        let message = match socket.read() {
            Ok(message) => message,
            Err(tungstenite::Error::Io(why))
                if matches!(why.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
            {
                continue;
            }
            Err(why) => return Err(why.into()),
        };
        if message.is_text() || message.is_binary() {
            let bytes = message.into_data();
            drive.receive(now, &bytes);
            shared.received.lock().unwrap_or_else(PoisonError::into_inner).push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    Ok(())
}
