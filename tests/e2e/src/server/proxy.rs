//! A network between the page and a server, as bad as is wanted: slow, uneven, in slices, cut off with a word or without one.

use super::closed_port;
use crate::failure::{Failure, Outcome};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

/// The network.
pub struct Proxy {
    /// Its port on loopback.
    pub port: u16,
    weather: Arc<Weather>,
}

/// What it does to all that passes, both ways.
#[derive(Default)]
struct Weather {
    /// Everything is swallowed.
    mute: AtomicBool,
    /// Each piece is held back for so many milliseconds.
    delay: AtomicUsize,
    /// Now and then for up to so many more.
    jitter: AtomicUsize,
    /// Pieces have at most so many bytes; 0 for as they come.
    slice: AtomicUsize,
    /// So many bytes a second pass; 0 for all.
    rate: AtomicUsize,
    open: Mutex<Vec<TcpStream>>,
}

impl Proxy {
    /// Leads to that port.
    pub fn start(to: u16) -> Result<Proxy, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", closed_port()?))?;
        let proxy = Proxy { port: listener.local_addr()?.port(), weather: Arc::default() };
        let weather = Arc::clone(&proxy.weather);
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if let Ok(far) = TcpStream::connect(("127.0.0.1", to)) {
                    for stream in [&near, &far] {
                        let _ = stream.set_nodelay(true);
                        weather.open.lock().unwrap_or_else(PoisonError::into_inner).extend(stream.try_clone());
                    }
                    carry(&near, &far, &weather);
                    carry(&far, &near, &weather);
                }
            }
        });
        Ok(proxy)
    }

    /// From now on, or no more, everything is swallowed: nobody is told that the other is gone.
    pub fn mute(&self, on: bool) {
        self.weather.mute.store(on, SeqCst);
    }

    /// Each piece comes so many milliseconds later, and up to `jitter` more.
    pub fn slow(&self, delay: usize, jitter: usize) {
        self.weather.delay.store(delay, SeqCst);
        self.weather.jitter.store(jitter, SeqCst);
    }

    /// Everything comes in slices of so many bytes, and no more than `rate` bytes a second; 0 for no such bound.
    pub fn narrow(&self, slice: usize, rate: usize) {
        self.weather.slice.store(slice, SeqCst);
        self.weather.rate.store(rate, SeqCst);
    }

    /// Every connection ends here and now, in the middle of whatever is on its way.
    pub fn cut(&self) {
        for stream in self.weather.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// The same with a reset (RST).
    pub fn reset(&self) -> Outcome {
        for stream in self.weather.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // What is unsent is given up when it closes, which is said by a reset (tcp(7), SO_LINGER).
            rustix::net::sockopt::set_socket_linger(&stream, Some(Duration::ZERO))?;
            let _ = stream.shutdown(Shutdown::Read);
        }
        Ok(())
    }
}

fn carry(from: &TcpStream, to: &TcpStream, weather: &Arc<Weather>) {
    let (Ok(mut from), Ok(mut to), weather) = (from.try_clone(), to.try_clone(), Arc::clone(weather)) else { return };
    std::thread::spawn(move || {
        let (mut buffer, mut turn) = ([0; 16 << 10], 0_usize);
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            turn = turn.wrapping_mul(31).wrapping_add(count);
            let jitter = weather.jitter.load(SeqCst);
            let held = weather.delay.load(SeqCst) + if jitter == 0 { 0 } else { turn % jitter };
            sleep(Duration::from_millis(held as u64));
            let mut rest = &buffer[..count];
            while !rest.is_empty() {
                let slice = match weather.slice.load(SeqCst) {
                    0 => rest.len(),
                    most => most.min(rest.len()),
                };
                if !weather.mute.load(SeqCst) && to.write_all(&rest[..slice]).is_err() {
                    return;
                }
                rest = &rest[slice..];
                let rate = weather.rate.load(SeqCst);
                if let Some(micros) = (slice * 1_000_000).checked_div(rate) {
                    sleep(Duration::from_micros(micros as u64));
                }
            }
        }
        if !weather.mute.load(SeqCst) {
            let _ = to.shutdown(Shutdown::Write);
        }
    });
}
