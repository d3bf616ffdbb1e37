//! What is said of a transfer: which, how far, how it ended.

use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// A file transfer protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Protocol {
    /// Blocks of 128 bytes; the receiver chooses between a sum and a CRC. One file, without name or size.
    Xmodem,
    /// Blocks of 1024 bytes with a CRC.
    Xmodem1k,
    /// Any number of files, with names and sizes.
    Ymodem,
    /// YMODEM without acknowledgements, for lines that lose nothing. A sender follows what the receiver asks for.
    YmodemG,
    /// A stream with positions: what was spoilt is sent again from there.
    Zmodem,
}

impl Protocol {
    /// Every protocol, the most capable first.
    pub const ALL: [Protocol; 5] =
        [Protocol::Zmodem, Protocol::Ymodem, Protocol::YmodemG, Protocol::Xmodem, Protocol::Xmodem1k];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Protocol::Xmodem => "XMODEM",
            Protocol::Xmodem1k => "XMODEM-1K",
            Protocol::Ymodem => "YMODEM",
            Protocol::YmodemG => "YMODEM-g",
            Protocol::Zmodem => "ZMODEM",
        }
    }
}

/// A file, as it is sent or was received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name. Of a received one: without folders, control characters and what no file system takes.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
    /// When it was changed: seconds since the Unix epoch.
    pub modified: Option<u64>,
}

/// The beginning of a file that was broken off, to be resumed when the same file is offered again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The file, with the bytes that came of it.
    pub file: File,
    /// Its size, as it was announced.
    pub size: u64,
}

impl Part {
    /// Whether it is of this file: by its name, size and time of change, which is none where none was said.
    #[must_use]
    pub fn is_of(&self, file: &File, size: Option<u64>) -> bool {
        let known = (self.file.name.as_str(), self.file.modified, Some(self.size));
        known == (file.name.as_str(), file.modified, size)
    }
}

/// Which way the files go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// To the far end.
    Send,
    /// From the far end.
    Receive,
}

/// How far a transfer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The protocol.
    pub protocol: Protocol,
    /// Which way.
    pub direction: Direction,
    /// The file under way; empty before the first.
    pub file: String,
    /// Its size in bytes, where it is known.
    pub size: Option<u64>,
    /// Bytes of it that are done.
    pub done: u64,
    /// Bytes of it that were here before it began: it was resumed from there.
    pub resumed: u64,
    /// Bytes of it that are kept although it was broken off: it can be resumed from there.
    pub kept: u64,
    /// Bytes of it that were sent and not confirmed, where the protocol confirms them.
    pub unconfirmed: u64,
    /// Files that are done.
    pub files_done: u32,
    /// Files there are, where that is known.
    pub files: Option<u32>,
    /// Files the far end did not want.
    pub skipped: u32,
    /// Errors of the line that were noticed and mended by sending again.
    pub corrected: u32,
    /// Whether the far end has been heard.
    pub heard: bool,
    /// How it ended.
    pub ending: Option<Ending>,
}

/// How a transfer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// Everything arrived.
    Complete,
    /// Broken off here.
    Cancelled,
    /// Broken off by the far end.
    CancelledByDevice,
    /// The far end did not answer.
    NoAnswer,
    /// The line spoilt the same piece again and again.
    TooManyErrors,
    /// Blocks came that were not the next ones.
    OutOfStep,
    /// A file, or all of them, larger than is accepted.
    TooLarge,
    /// A file ended before its announced size.
    Short,
    /// The far end reported an error of its own.
    Refused,
    /// The link closed.
    LinkClosed,
    /// The device did not take what was sent.
    NotTaken,
    /// Every file that was begun arrived, but the sender did not say that there is no more.
    NotClosed,
}
