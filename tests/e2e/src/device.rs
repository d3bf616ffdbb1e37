//! The device at the far end of a pty: the simulated drive in a thread, or the real firmware in QEMU.

use crate::failure::Failure;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::OwnedFd;
use rustix::fs::{Mode, OFlags};
use rustix::{io, pty, termios};
use sim::Drive;
use sim::uart::received;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{JoinHandle, sleep};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

mod far;
mod firmware;
mod program;

pub use far::Far;
pub use firmware::Firmware;
pub use program::Program;

/// What the device has done so far.
#[derive(Default)]
pub struct Sent {
    bytes: AtomicU64,
    frames: AtomicU64,
    at_rest: AtomicBool,
    received: Mutex<Vec<u8>>,
}

enum Order {
    Go(bool),
    Rate(u32),
    Raw(Vec<u8>),
    Deaf(bool),
    SpeaksAt(u32),
    End,
}

/// A simulated drive on a pty. It says nothing until told to; while nobody reads it waits, as a USB device does.
pub struct Device {
    path: PathBuf,
    orders: Sender<Order>,
    sent: Arc<Sent>,
    thread: Option<JoinHandle<()>>,
    /// Held open, so that the line is there before and after the browser opens it.
    line: Option<OwnedFd>,
}

impl Device {
    /// Makes a pty and switches the device on.
    pub fn new(seed: u64) -> Result<Self, Failure> {
        let end = end_of_a_pty()?;
        let (path, line) = slave(&end)?;
        io::ioctl_fionbio(&end, true)?;
        let (orders, taken) = channel();
        let sent = Arc::new(Sent::default());
        let shared = Arc::clone(&sent);
        let thread = std::thread::spawn(move || run(&end, seed, &taken, &shared));
        Ok(Self { path, orders, sent, thread: Some(thread), line: Some(line) })
    }

    /// The line, to plug in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Starts sending telemetry.
    pub fn go(&self) {
        let _ = self.orders.send(Order::Go(true));
    }

    /// Frames per second.
    pub fn rate(&self, hertz: u32) {
        let _ = self.orders.send(Order::Rate(hertz));
    }

    /// Sends these bytes as they are.
    pub fn raw(&self, bytes: &[u8]) {
        let _ = self.orders.send(Order::Raw(bytes.to_vec()));
    }

    /// Takes nothing of what is sent to it, as a device whose flow control holds the line.
    pub fn deaf(&self, deaf: bool) {
        let _ = self.orders.send(Order::Deaf(deaf));
    }

    /// Speaks at this speed and no other: whoever reads the line at another one takes its bits for others. A byte without its
    /// stop bit is lost; a pty cannot tell of it.
    pub fn speaks_at(&self, baud: u32) {
        let _ = self.orders.send(Order::SpeaksAt(baud));
    }

    /// Stops sending and waits until the last byte has been handed over. Returns bytes and frames sent in all.
    pub fn rest(&self) -> Result<(u64, u64), Failure> {
        self.sent.at_rest.store(false, SeqCst);
        let _ = self.orders.send(Order::Go(false));
        let limit = Instant::now() + Duration::from_secs(60);
        while !self.sent.at_rest.load(SeqCst) {
            if Instant::now() > limit {
                return Err("the browser has not taken what the device sent for 60 s".into());
            }
            sleep(Duration::from_millis(5));
        }
        Ok((self.bytes(), self.sent.frames.load(SeqCst)))
    }

    /// Bytes handed over so far.
    pub fn bytes(&self) -> u64 {
        self.sent.bytes.load(SeqCst)
    }

    /// What has been received so far.
    pub fn received(&self) -> String {
        let received = self.sent.received.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&received).into_owned()
    }
}

impl Drop for Device {
    /// Switches off: both ends of the pty are closed.
    fn drop(&mut self) {
        let _ = self.orders.send(Order::End);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        drop(self.line.take());
    }
}

/// The device's end of a new pty.
fn end_of_a_pty() -> Result<OwnedFd, Failure> {
    let end = pty::openpt(pty::OpenptFlags::RDWR | pty::OpenptFlags::NOCTTY)?;
    pty::grantpt(&end)?;
    pty::unlockpt(&end)?;
    Ok(end)
}

/// The browser's end of it: its path, and itself, held open and without a terminal's ways.
fn slave(end: &OwnedFd) -> Result<(PathBuf, OwnedFd), Failure> {
    let path = PathBuf::from(String::from_utf8(pty::ptsname(end, Vec::new())?.into_bytes())?);
    let line = rustix::fs::open(&path, OFlags::RDWR | OFlags::NOCTTY, Mode::empty())?;
    let mut settings = termios::tcgetattr(&line)?;
    settings.make_raw();
    termios::tcsetattr(&line, termios::OptionalActions::Now, &settings)?;
    Ok((path, line))
}

/// Another program's hold of a device's line: exclusive (TIOCEXCL), as terminal programs take it.
pub struct Held {
    line: OwnedFd,
}

impl Held {
    /// Takes it.
    pub fn take(device: &Device) -> Result<Self, Failure> {
        let line = rustix::fs::open(device.path(), OFlags::RDWR | OFlags::NOCTTY, Mode::empty())?;
        termios::ioctl_tiocexcl(&line)?;
        Ok(Self { line })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = termios::ioctl_tiocnxcl(&self.line);
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

fn run(end: &OwnedFd, seed: u64, orders: &Receiver<Order>, sent: &Sent) {
    let mut drive = Drive::new(seed);
    let (mut running, mut deaf, mut pending, mut done) = (false, false, Vec::new(), 0);
    let mut speaks_at = None;
    let mut buffer = [0; 4096];
    loop {
        while let Ok(order) = orders.try_recv() {
            match order {
                Order::Go(go) => running = go,
                Order::Rate(hertz) => drive.set_rate(hertz),
                Order::Raw(bytes) => pending.extend_from_slice(&bytes),
                Order::Deaf(now) => deaf = now,
                Order::SpeaksAt(baud) => speaks_at = Some(baud),
                Order::End => return,
            }
        }
        if done == pending.len() {
            (pending, done) = (Vec::new(), 0);
            sent.frames.store(drive.frames(), SeqCst);
            if running {
                drive.poll(now(), &mut pending);
                if let Some(sent) = speaks_at {
                    // Both ends of a pty have one set of settings: this is the speed that the browser set.
                    let read = termios::tcgetattr(end).map_or(sent, |settings| settings.output_speed());
                    let taken = received(&pending, sent, read, 0).into_iter();
                    pending = taken.filter(|taken| !taken.framing_error).map(|taken| taken.byte).collect();
                }
            }
            // Orders may have come meanwhile: at rest means that a whole round found nothing to do.
            sent.at_rest.store(!running && pending.is_empty(), SeqCst);
        }
        while let Some(rest) = pending.get(done..).filter(|rest| !rest.is_empty()) {
            let Ok(count) = io::write(end, rest) else { break };
            done += count;
            sent.bytes.fetch_add(count as u64, SeqCst);
        }
        while !deaf && let Ok(count @ 1..) = io::read(end, &mut buffer) {
            drive.receive(now(), &buffer[..count]);
            sent.received.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&buffer[..count]);
        }
        let wanted = if deaf { PollFlags::empty() } else { PollFlags::IN };
        let wanted = if done < pending.len() { wanted | PollFlags::OUT } else { wanted };
        let wait = Timespec { tv_sec: 0, tv_nsec: 2_000_000 };
        let _ = poll(&mut [PollFd::new(end, wanted)], Some(&wait));
    }
}
