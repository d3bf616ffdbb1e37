//! A device that says what it likes, byte by byte, to whoever connects; what it was sent is kept.

use super::closed_port;
use crate::failure::Failure;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// The device.
pub struct Rude {
    /// Its port on loopback.
    pub port: u16,
    received: Arc<Mutex<Vec<u8>>>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Rude {
    /// Starts it; it says these bytes, in pieces of one byte at first.
    pub fn start(says: Vec<u8>) -> Result<Rude, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", closed_port()?))?;
        let rude = Rude { port: listener.local_addr()?.port(), received: Arc::default(), open: Arc::default() };
        let (received, open) = (Arc::clone(&rude.received), Arc::clone(&rude.open));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (says, received) = (says.clone(), Arc::clone(&received));
                open.lock().unwrap_or_else(PoisonError::into_inner).extend(stream.try_clone());
                std::thread::spawn(move || drop(serve(stream, &says, &received)));
            }
        });
        Ok(rude)
    }

    /// What it was sent so far.
    pub fn received(&self) -> Vec<u8> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Closes every connection, as one does who has said all.
    pub fn hang_up(&self) {
        for stream in self.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }

    /// Says more to whoever is connected.
    pub fn say(&self, bytes: &[u8]) {
        for stream in self.open.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
            let _ = stream.write_all(bytes);
        }
    }
}

fn serve(mut stream: TcpStream, says: &[u8], received: &Mutex<Vec<u8>>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (slow, rest) = says.split_at(says.len().min(64));
    for byte in slow {
        stream.write_all(&[*byte])?;
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    stream.write_all(rest)?;
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        let mut received = received.lock().unwrap_or_else(PoisonError::into_inner);
        received.extend_from_slice(&buffer[..count]);
    }
}
