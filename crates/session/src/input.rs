//! What goes into a session and what comes out.

use crate::link::{Properties, Publication, Request};
use crate::logfile::Zone;
use crate::query::{Cell, Reached};
use crate::signal::Signals;
use crate::wire::Event;
use serde::{Deserialize, Serialize};
use transfer::{File, Protocol};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input<'a> {
    /// The user wants the link open, now.
    Open,
    /// The user wants the link closed.
    Disconnect,
    /// The link is being opened; needed only where nobody was told to by [`Output::Open`].
    Opening,
    /// The link is open.
    Opened,
    /// The device sent bytes.
    Bytes {
        /// The bytes.
        bytes: &'a [u8],
        /// Whether a message of the transport ends with them.
        message_end: bool,
    },
    /// What the far end had to send has come as a whole: what is pending need not have its delimiter. A link that closes
    /// with [`CloseKind::Done`] says so, too.
    EndOfInput,
    /// The line had an error that it survived: bytes are missing here.
    LineError(LineError),
    /// The link closed, or could not be opened.
    Closed(CloseReason),
    /// The user sends bytes.
    Send {
        /// What to send, its ending included.
        bytes: &'a [u8],
        /// Whether the protocol's framer wraps it first.
        wrap: bool,
    },
    /// The user sends a line that is not to be seen: a password.
    SendSecret(&'a [u8]),
    /// The user sends a command of the profile.
    Command {
        /// Its name.
        name: &'a str,
        /// Its arguments, in the profile's order.
        args: &'a [Cell],
    },
    /// The user asks what a command would send.
    DryRun {
        /// The asker's own number, which comes back with the answer.
        number: u32,
        /// Its name.
        name: &'a str,
        /// Its arguments, in the profile's order.
        args: &'a [Cell],
    },
    /// So many bytes of [`Output::Transmit`] have left.
    Transmitted(usize),
    /// So many bytes of [`Output::Transmit`] will not leave.
    NotTransmitted {
        /// How many.
        len: usize,
        /// Why, as a sentence with the next step.
        why: &'a str,
    },
    /// So many bytes of a request left, and were answered by a status that is no success (RFC 9110, section 15).
    Declined {
        /// How many.
        len: usize,
        /// The status.
        status: u16,
        /// What that means, as a sentence with the next step.
        why: &'a str,
    },
    /// A serial port was plugged in.
    Plugged,
    /// The time of `poll_timeout` has come.
    Timeout,
    /// The user sends files.
    SendFiles {
        /// By which protocol.
        protocol: Protocol,
        /// Which; XMODEM sends the first.
        files: Vec<File>,
    },
    /// The user receives files.
    ReceiveFiles {
        /// By which protocol.
        protocol: Protocol,
        /// What the file is called, where the protocol does not say.
        name: &'a str,
    },
    /// The user breaks the transfer off.
    CancelTransfer,
    /// The user does not want what the device offers.
    DismissOffer,
    /// What the link knows of its control signals: after one was set, and whenever they were looked at.
    Signals(Signals),
    /// The user sends many lines.
    SendLines {
        /// The lines, each with its ending.
        lines: &'a [Vec<u8>],
        /// The pause after each, in milliseconds.
        pause_millis: u32,
        /// The text that the device says when it is ready for the next; empty where it says none.
        prompt: &'a str,
    },
    /// The user wants no more of them sent.
    StopLines,
    /// The user typed: sent as it is, and not written in the terminal.
    Keys(&'a [u8]),
    /// The user runs a macro.
    RunMacro {
        /// What it is called.
        name: &'a str,
        /// Its lines ([`crate::script`]).
        steps: &'a str,
    },
    /// The user stops it.
    StopMacro,
    /// What is known of a device behind a gateway: when the link has opened, and whenever something of it has changed.
    Reached(Reached),
    /// The gateway gave up so many bytes of the device.
    GivenUp(u64),
    /// Things of Telnet's own that were left out.
    TelnetLeftOut {
        /// Questions beyond those that are answered within a second.
        flood: u64,
        /// Subnegotiations that cannot be read.
        unreadable: u64,
    },
    /// A message came on a topic. It is a frame of its own, or as many as its framing finds in it.
    Message(Message<'a>),
    /// The user publishes a message.
    Publish(Publication),
    /// The broker has what was published to this topic; as [`Input::Transmitted`].
    Published {
        /// Where it went.
        topic: &'a str,
        /// What it counted for ([`Publication::len`]); 0 where [`Input::Transmitted`] said so before.
        len: usize,
    },
    /// What was published to this topic will not leave, or the broker refused it; as [`Input::NotTransmitted`].
    NotPublished {
        /// Where it should have gone.
        topic: &'a str,
        /// What it counted for ([`Publication::len`]).
        len: usize,
        /// Why, as a sentence with the next step.
        why: &'a str,
    },
    /// The user sends a command of the profile to many devices of a fleet.
    CommandMany {
        /// Its name.
        name: &'a str,
        /// Its arguments, in the profile's order.
        args: &'a [Cell],
        /// The devices' numbers, in the order in which it is sent ([`crate::query::FleetRow::device`]).
        devices: &'a [u32],
    },
    /// The user wants no more of it sent; when nothing is left to be sent, what came of it is forgotten.
    StopCommandMany,
    /// The far end said something that is no data.
    Answered(Answered),
    /// The computer was asleep for so many seconds.
    Woke {
        /// How many.
        seconds: i64,
    },
    /// The link has something to say of itself, as a sentence for the terminal.
    Remark(&'a str),
    /// Some of what was asked for will not come, as the sentence for terminal and notice says.
    NotSubscribed(&'a str),
    /// What a file begins with, before its bytes come ([`crate::logfile`]).
    Head {
        /// At most [`crate::logfile::HEAD_BYTES`] are looked at.
        bytes: &'a [u8],
        /// That of dates in it which do not say theirs.
        zone: Zone,
    },
}

/// What an HTTP device says beside its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is there, and has nothing to say.
    Alive,
    /// Nothing has changed since its last answer (status 304).
    Unchanged,
    /// The answer has nothing where the profile looks for it.
    NothingSelected,
    /// An event was longer than may be.
    TooLong,
}

/// A message of a broker, or an event of an HTTP device: its name is the topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// Its topic.
    pub topic: &'a str,
    /// What it says.
    pub payload: &'a [u8],
    /// Whether the broker had kept it: then it says how things were, and not since when.
    pub retained: bool,
    /// Whether the broker says that it may have come before.
    pub duplicate: bool,
    /// What stands beside it.
    pub properties: &'a Properties,
}

/// Read errors of a serial line that end the stream, not the port (W3C Web Serial API, section 4.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineError {
    /// A break condition.
    Break,
    /// A framing error: the stop bit was missing.
    Framing,
    /// A parity error.
    Parity,
    /// Bytes came faster than they were taken.
    Overrun,
    /// Something else that the operating system reported.
    Other,
}

/// Why a link closed or could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseReason {
    /// What kind of ending it is.
    pub kind: CloseKind,
    /// What happened and what to do next, as sentences.
    pub why: String,
    /// Whether opening the same link again, later and unchanged, could succeed.
    pub retry: bool,
    /// How long the far end wants to be left alone, in milliseconds; 0 where it did not say.
    pub after_millis: u32,
}

/// Kinds of ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CloseKind {
    /// It was open and is gone.
    Lost,
    /// The device is not plugged in.
    Absent,
    /// The far end could not be reached or said no.
    Refused,
    /// Another program, tab or session holds the device.
    InUse,
    /// The user closed it.
    User,
    /// Not permitted, not supported, or settings that cannot work.
    Unusable,
    /// Several devices look alike, and the user must say which is meant.
    Ambiguous,
    /// The devices that look alike answered, and none of them is the one that is meant.
    Stranger,
    /// The gateway wants a token that it knows.
    Token,
    /// The far end wants to know who asks: a user name and a password.
    Credentials,
    /// A secret of the profile that is not kept is missing: nothing was asked of the far end yet.
    Secret,
    /// Everything there was has come: a file was read to its end.
    Done,
    /// Another client has taken its place.
    TakenOver,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send these bytes to the device; then say [`Input::Transmitted`].
    Transmit(Vec<u8>),
    /// Open the link; then say [`Input::Opened`] or [`Input::Closed`].
    Open,
    /// Close the link. Nothing need be said.
    Close,
    /// The device at the end of the link is not the one that is meant. As [`Output::Open`], by another port that looks alike;
    /// `last` if no further one will be wanted.
    OpenAnother {
        /// Whether that is the last try.
        last: bool,
        /// The sentence for it, should there be no other.
        why: String,
    },
    /// Publish this; then say [`Input::Published`] with its length ([`Publication::len`]) once the broker has it.
    Publish(Publication),
    /// Make this request; then say [`Input::Transmitted`] with its length ([`Request::len`]) once it was taken.
    Request(Request),
    /// Tell the page.
    Event(Event),
    /// The terminal has this size; a Telnet device that wants to know is told (RFC 1073).
    Window {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
}
