//! From a frame to samples, and from a command to a payload.

use crate::run::{Frames, Samples};
use crate::schema::{Sample, Schema, Value};
use core::fmt;

/// Turns frames into samples.
pub trait Decoder {
    /// Decodes one frame; calls `emit` for each sample in it.
    ///
    /// # Errors
    /// Where the frame cannot be understood. Then `emit` was not called at all: a frame is good or rejected.
    fn decode(&mut self, frame: &[u8], emit: &mut dyn FnMut(Sample<'_>)) -> Result<(), DecodeError>;

    /// Decodes good frames of one message from frame `from` of the run on; calls `emit` at most once, with one sample
    /// a frame. Returns how many frames that were; 0 where [`Decoder::decode`] must go on (the next frame is bad, or
    /// its message has no fixed layout). Exactly what as many calls of `decode` would have emitted.
    fn decode_many(&mut self, frames: &Frames<'_>, from: usize, emit: &mut dyn FnMut(Samples<'_>)) -> usize {
        let _ = (frames, from, emit);
        0
    }

    /// Which bytes of a frame are a field of its message: the message by its name, the field by its index. `None` where
    /// the frame is no such message, or only the data tell.
    fn bytes_of(&self, frame: &[u8], message: &str, field: usize) -> Option<core::ops::Range<usize>> {
        let _ = (frame, message, field);
        None
    }

    /// Names every field that can come, by its message. Returns whether they are declared; false, and none named, where
    /// they are found in the data.
    fn declared(&self, each: &mut dyn FnMut(Declared<'_>)) -> bool {
        let _ = each;
        false
    }

    /// Whether the device asks that a field, by the names of its message and its own, be plotted only where somebody
    /// chooses it.
    fn unplotted(&self, message: &str, field: &str) -> bool {
        let _ = (message, field);
        false
    }
}

/// A field that can come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared<'a> {
    /// The message's name.
    pub message: &'a str,
    /// The field's name; for a list or the like the beginning of its fields' names, without the dot that follows.
    pub field: &'a str,
    /// Whether only the data tell which fields begin so.
    pub open: bool,
}

/// Why a frame could not be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The frame ended before the message did.
    TooShort {
        /// Bytes needed at least.
        need: usize,
        /// Bytes in the frame.
        got: usize,
    },
    /// The message ended before the frame did.
    TooLong {
        /// Bytes that were understood.
        need: usize,
        /// Bytes in the frame.
        got: usize,
    },
    /// The text or the encoding breaks its grammar.
    Syntax {
        /// Offset in the frame.
        at: usize,
    },
    /// The check sequence inside the frame does not agree.
    Checksum {
        /// As computed.
        expected: u64,
        /// As received.
        got: u64,
        /// Bytes it takes in the frame.
        bytes: u8,
    },
    /// There is no check sequence, where there must be one.
    NoChecksum,
    /// The discriminator names no message of the schema.
    UnknownMessage {
        /// What it said.
        id: u64,
    },
    /// More items, or deeper nesting, than this program accepts.
    Limit {
        /// Offset in the frame.
        at: usize,
    },
    /// One more field than a message can have, where fields are found in the data.
    Fields {
        /// How many it can have.
        most: usize,
        /// Offset in the frame.
        at: usize,
    },
    /// A field found in the data has too long a name.
    Name {
        /// Bytes that a name can have.
        most: usize,
        /// Offset in the frame.
        at: usize,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::TooShort { need, got } => {
                write!(f, "too short: {got} bytes, at least {need} needed")
            }
            Self::TooLong { need, got } => write!(f, "too long: {got} bytes, {need} understood"),
            Self::Syntax { at } => write!(f, "not understood at byte {at}"),
            Self::Checksum { expected, got, bytes } => {
                // As many digits as it has; the one wider than these numbers is told by its low 64 bits.
                let digits = usize::from(bytes.min(8)) * 2;
                write!(f, "checksum {got:0digits$x}, expected {expected:0digits$x}")
            }
            Self::NoChecksum => f.write_str("no checksum, where there must be one"),
            Self::UnknownMessage { id } => write!(f, "unknown message {id}"),
            Self::Limit { at } => write!(f, "too many items or too deep at byte {at}"),
            Self::Fields { most, at } => write!(f, "one field more than the {most} a message can have, at byte {at}"),
            Self::Name { most, at } => write!(f, "a name longer than {most} bytes, at byte {at}"),
        }
    }
}

/// Turns commands into payloads; the framer then wraps them.
pub trait Encoder {
    /// The commands this encoder knows; a command's arguments are fields.
    fn commands(&self) -> &[Schema<'_>];

    /// Writes the payload of one command and returns its length.
    ///
    /// # Errors
    /// Where the command or an argument does not fit, with the fact that shows it.
    fn encode(&self, command: &str, args: &[Value<'_>], payload: &mut [u8]) -> Result<usize, EncodeError>;
}

/// Why a command could not be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// No command of that name.
    UnknownCommand,
    /// The argument at this index has the wrong kind or does not fit.
    Argument {
        /// Index among the arguments.
        index: usize,
    },
    /// The payload buffer is too small.
    BufferTooSmall {
        /// Bytes needed, as far as known.
        need: usize,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::UnknownCommand => f.write_str("no such command"),
            Self::Argument { index } => {
                write!(f, "argument {} does not fit", index.saturating_add(1))
            }
            Self::BufferTooSmall { need } => write!(f, "the command needs {need} bytes"),
        }
    }
}
