//! Files over a byte stream: XMODEM, YMODEM and ZMODEM, both ways, sans-IO and without a clock.
//!
//! Bytes from the far end and the time go in; bytes for the far end, received files and a deadline come out. Nothing
//! here begins by itself, executes anything, or believes a name that the far end gives: names are stripped of their
//! folders ([`File`]), sizes are bounded, commands of ZMODEM (`ZCOMMAND`) are refused.
//!
//! Sources: Chuck Forsberg, *XMODEM/YMODEM Protocol Reference* (1988) and *The ZMODEM Inter Application File Transfer
//! Protocol* (1988); where they leave room, what lrzsz does.
//!
//! ```
//! use transfer::{Ending, File, Protocol, Transfer};
//!
//! let file = File { name: "notes.txt".into(), bytes: b"hello".to_vec(), modified: None };
//! let mut sender = Transfer::send(Protocol::Zmodem, vec![file], 0);
//! let mut receiver = Transfer::receive(Protocol::Zmodem, "", 0);
//! while sender.ending().is_none() || receiver.ending().is_none() {
//!     while let Some(bytes) = sender.poll_bytes(0) {
//!         receiver.handle_bytes(0, &bytes);
//!     }
//!     while let Some(bytes) = receiver.poll_bytes(0) {
//!         sender.handle_bytes(0, &bytes);
//!     }
//! }
//! assert_eq!(receiver.ending(), Some(Ending::Complete));
//! assert_eq!(receiver.poll_file().map(|file| file.bytes), Some(b"hello".to_vec()));
//! ```

#![no_std]

extern crate alloc;

mod aftermath;
mod line;
mod name;
mod progress;
mod x;
mod z;

pub use aftermath::Aftermath;
pub use progress::{Direction, Ending, File, Part, Progress, Protocol};
pub use z::hail::{Hail, Offer};

use alloc::vec::Vec;
use line::Line;

/// Milliseconds on a clock that does not go back; where it began does not matter.
pub type Millis = u64;

/// The largest file received or sent: 64 MiB.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// The most bytes received in one transfer: 128 MiB.
pub const MAX_TOTAL_BYTES: u64 = 128 << 20;

/// The most files received in one transfer.
pub const MAX_FILES: u32 = 1000;

/// For how long the line must be at rest after a transfer was broken off, and how long that is waited for at most.
const REST: Millis = 400;
const REST_AT_MOST: Millis = 3000;

/// One transfer, from its first byte to its last.
///
/// The rule of use: after each input, take [`Transfer::poll_bytes`] as far as the line has room, and bring
/// [`Transfer::handle_timeout`] when [`Transfer::poll_timeout`] says so.
#[derive(Debug)]
pub struct Transfer {
    machine: Machine,
    line: Line,
    begun: Millis,
}

#[derive(Debug)]
enum Machine {
    XSend(x::send::Send),
    XReceive(x::receive::Receive),
    ZSend(z::send::Send),
    ZReceive(z::receive::Receive),
}

impl Transfer {
    /// Begins to send files. XMODEM sends the first alone: it knows neither names nor sizes.
    #[must_use]
    pub fn send(protocol: Protocol, mut files: Vec<File>, now: Millis) -> Transfer {
        if matches!(protocol, Protocol::Xmodem | Protocol::Xmodem1k) {
            files.truncate(1);
        }
        let mut line = Line::new(protocol, Direction::Send);
        line.progress.files = u32::try_from(files.len()).ok();
        let machine = match protocol {
            Protocol::Zmodem => Machine::ZSend(z::send::Send::begin(files, now, &mut line)),
            _ => Machine::XSend(x::send::Send::begin(protocol, files, now, &mut line)),
        };
        Transfer { machine, line, begun: now }
    }

    /// Begins to receive. XMODEM does not say what the file is called: `name` is taken.
    #[must_use]
    pub fn receive(protocol: Protocol, name: &str, now: Millis) -> Transfer {
        let mut line = Line::new(protocol, Direction::Receive);
        let machine = match protocol {
            Protocol::Zmodem => Machine::ZReceive(z::receive::Receive::begin(now, &mut line)),
            _ => Machine::XReceive(x::receive::Receive::begin(protocol, name, now, &mut line)),
        };
        Transfer { machine, line, begun: now }
    }

    /// Gives it the beginning of a file, to be resumed if the same one is offered; only ZMODEM can.
    pub fn resume(&mut self, part: Part) {
        if let Machine::ZReceive(machine) = &mut self.machine {
            machine.rest.part = Some(part);
        }
    }

    /// What came of a file that was broken off, or the part that was given and not asked for. To be taken after the end.
    pub fn take_part(&mut self) -> Option<Part> {
        let Machine::ZReceive(machine) = &mut self.machine else { return None };
        let broken = !matches!(self.line.ending(), None | Some(Ending::Complete | Ending::TooLarge | Ending::Short));
        let begun = if broken { machine.take_begun() } else { None };
        self.line.progress.kept = begun.as_ref().map_or(0, |part| part.file.bytes.len() as u64);
        begun.or_else(|| machine.rest.part.take())
    }

    /// Takes bytes of the far end; returns how many of them belong to the transfer. The rest came after its end.
    pub fn handle_bytes(&mut self, now: Millis, bytes: &[u8]) -> usize {
        for (taken, byte) in bytes.iter().enumerate() {
            if self.line.ending().is_some() {
                return taken;
            }
            if self.line.rests() {
                self.line.until = Some(now.saturating_add(REST));
                continue;
            }
            match &mut self.machine {
                Machine::XSend(machine) => machine.byte(now, *byte, &mut self.line),
                Machine::XReceive(machine) => machine.byte(now, *byte, &mut self.line),
                Machine::ZSend(machine) => machine.byte(now, *byte, &mut self.line),
                Machine::ZReceive(machine) => machine.byte(now, *byte, &mut self.line),
            }
            if self.line.give_back {
                return taken;
            }
        }
        self.settle(now);
        bytes.len()
    }

    /// The time of [`Transfer::poll_timeout`] has come; earlier, nothing happens.
    pub fn handle_timeout(&mut self, now: Millis) {
        if self.line.ending().is_some() || self.poll_timeout().is_none_or(|until| now < until) {
            return;
        }
        if self.line.rests() {
            return self.line.rested(now);
        }
        self.line.until = None;
        match &mut self.machine {
            Machine::XSend(machine) => machine.timeout(now, &mut self.line),
            Machine::XReceive(machine) => machine.timeout(now, &mut self.line),
            Machine::ZSend(machine) => machine.timeout(now, &mut self.line),
            Machine::ZReceive(machine) => machine.timeout(now, &mut self.line),
        }
        self.settle(now);
    }

    /// The line has taken bytes of [`Transfer::poll_bytes`] only now, as a slow one does: the far end has its whole time to
    /// answer from here on.
    pub fn handle_taken(&mut self, now: Millis) {
        if self.line.goes_on() {
            self.line.taken(now);
        }
    }

    /// Breaks it off and tells the far end so. What the far end still sends belongs to the transfer until the line is at
    /// rest.
    pub fn cancel(&mut self, now: Millis) {
        self.line.fail(Ending::Cancelled);
        self.settle(now);
    }

    /// The link is gone, or takes nothing: so is the transfer, and nobody is told.
    pub fn abandon(&mut self, why: Ending) {
        self.line.end(why);
        self.line.out.clear();
    }

    /// Bytes for the far end, some hundred to some thousand at a time; `None` if there are none now. A transfer that has
    /// ended may still have its farewell to say.
    pub fn poll_bytes(&mut self, now: Millis) -> Option<Vec<u8>> {
        if self.line.out.is_empty() && self.line.goes_on() {
            match &mut self.machine {
                Machine::XSend(machine) => machine.more(now, &mut self.line),
                Machine::ZSend(machine) => machine.more(now, &mut self.line),
                Machine::XReceive(_) | Machine::ZReceive(_) => {}
            }
        }
        self.line.out.pop_front()
    }

    /// When [`Transfer::handle_timeout`] is wanted.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Millis> {
        if self.line.ending().is_some() {
            return None;
        }
        match (self.line.until, self.line.rest_until) {
            (Some(until), Some(end)) => Some(until.min(end)),
            (until, end) => until.or(end),
        }
    }

    /// A file that was received whole.
    pub fn poll_file(&mut self) -> Option<File> {
        self.line.files.pop_front()
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.line.progress
    }

    /// How it ended; `None` while it goes on.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        self.line.ending()
    }

    /// What is to be watched for after it ended: only where it was broken off here, or for want of an answer.
    #[must_use]
    pub fn aftermath(&self, now: Millis) -> Option<Aftermath> {
        let Progress { protocol, direction, ending, heard, .. } = self.line.progress;
        let here = !matches!(
            ending?,
            Ending::Complete
                | Ending::CancelledByDevice
                | Ending::Refused
                | Ending::LinkClosed
                | Ending::NotTaken
                | Ending::NotClosed
        );
        // A far end that was there all the while and not heard is due to ask.
        let asked = if heard { now } else { self.begun };
        here.then(|| Aftermath::new(protocol, direction, asked, now))
    }

    /// Where it was broken off: from now on the line is awaited to be at rest.
    fn settle(&mut self, now: Millis) {
        if self.line.rests() && self.line.rest_until.is_none() {
            self.line.until = Some(now.saturating_add(REST));
            self.line.rest_until = Some(now.saturating_add(REST_AT_MOST));
        }
    }
}
