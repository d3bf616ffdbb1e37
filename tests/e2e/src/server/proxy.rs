//! A network between the page and a server: it can be cut off without a word.

use super::closed_port;
use crate::failure::Failure;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

/// The network.
pub struct Proxy {
    /// Its port on loopback.
    pub port: u16,
    mute: Arc<AtomicBool>,
}

impl Proxy {
    /// Leads to that port.
    pub fn start(to: u16) -> Result<Proxy, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", closed_port()?))?;
        let proxy = Proxy { port: listener.local_addr()?.port(), mute: Arc::default() };
        let mute = Arc::clone(&proxy.mute);
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if let Ok(far) = TcpStream::connect(("127.0.0.1", to)) {
                    carry(&near, &far, &mute);
                    carry(&far, &near, &mute);
                }
            }
        });
        Ok(proxy)
    }

    /// From now on, or no more, everything is swallowed: nobody is told that the other is gone.
    pub fn mute(&self, on: bool) {
        self.mute.store(on, SeqCst);
    }
}

fn carry(from: &TcpStream, to: &TcpStream, mute: &Arc<AtomicBool>) {
    let (Ok(mut from), Ok(mut to), mute) = (from.try_clone(), to.try_clone(), Arc::clone(mute)) else { return };
    std::thread::spawn(move || {
        let mut buffer = [0; 16 << 10];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            if !mute.load(SeqCst) && to.write_all(&buffer[..count]).is_err() {
                return;
            }
        }
        if !mute.load(SeqCst) {
            let _ = to.shutdown(std::net::Shutdown::Write);
        }
    });
}
