//! The one boundary format: what the page says to the worker, and the answer. Encoded with postcard.

mod bytes;

pub use bytes::{WireError, decode, encode};

use crate::evidence::Heard;
use crate::link::{Line, Link, Port, Publication};
use crate::order::clock::DeviceClock;
use crate::query::{Batch, Cell, Query, QueryId};
use crate::signal::Signal;
use serde::{Deserialize, Serialize};
use transfer::{File, Offer, Progress, Protocol};

/// A session, numbered by the page.
pub type SessionId = u32;

/// Who is asked what concerns several sessions at once: no session has this number.
pub const TOGETHER: SessionId = 0;

/// From the page to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// The first message: which build the page is.
    Hello {
        /// Identifies one build of the whole console.
        build: String,
    },
    /// Begin a session.
    Open {
        /// Its number from now on.
        session: SessionId,
        /// The profile, as TOML text.
        profile: String,
        /// The link to open; may differ from the profile's (another port, another address).
        link: Link,
        /// Whether to open it at once; else it stays closed until [`Request::Reopen`].
        connect: bool,
    },
    /// Open a closed or waiting session's link again, now.
    Reopen {
        /// Which.
        session: SessionId,
    },
    /// Close the link; what was received stays.
    Disconnect {
        /// Which.
        session: SessionId,
    },
    /// Close the link and forget the session.
    Close {
        /// Which.
        session: SessionId,
    },
    /// Send a line of text; the ending is part of the bytes.
    Send {
        /// Which.
        session: SessionId,
        /// What to send.
        bytes: Vec<u8>,
        /// Whether the protocol's framer wraps it first.
        wrap: bool,
    },
    /// Send a command of the profile.
    Command {
        /// Which.
        session: SessionId,
        /// Its name in the profile.
        name: String,
        /// Its arguments, in the profile's order.
        args: Vec<Cell>,
    },
    /// Put another profile in force.
    SetProfile {
        /// Which.
        session: SessionId,
        /// TOML text.
        profile: String,
    },
    /// Ask the demo device to misbehave.
    Fault {
        /// Which.
        session: SessionId,
        /// What it shall do: a name from `sim::FAULTS`.
        fault: String,
    },
    /// Everything the mounted panels want for this animation frame.
    Answer {
        /// Which session.
        session: SessionId,
        /// Their questions.
        queries: Vec<(QueryId, Query)>,
    },
    /// A serial port was plugged in: links that wait for it may try.
    Plugged,
    /// Send files.
    SendFiles {
        /// Which session.
        session: SessionId,
        /// By which protocol.
        protocol: Protocol,
        /// Which.
        files: Vec<File>,
    },
    /// Receive files.
    ReceiveFiles {
        /// Which session.
        session: SessionId,
        /// By which protocol.
        protocol: Protocol,
        /// What the file is called, where the protocol does not say.
        name: String,
    },
    /// Break the transfer off.
    CancelTransfer {
        /// Which session's.
        session: SessionId,
    },
    /// Let the device's offer of a transfer pass.
    DismissOffer {
        /// Which session's.
        session: SessionId,
    },
    /// Speak this language from now on.
    Language {
        /// Its tag after BCP 47 (RFC 5646).
        tag: String,
    },
    /// Set a control signal of a serial line.
    Signal {
        /// Whose.
        session: SessionId,
        /// What to do.
        signal: Signal,
    },
    /// Set a serial session's line otherwise; a port of this computer is opened anew for it.
    SetLine {
        /// Whose.
        session: SessionId,
        /// How; its speed is not 0.
        line: Line,
    },
    /// Listen for a while at each of these speeds, then open the port again as it was. Nothing is sent meanwhile.
    TrySpeeds {
        /// Whose.
        session: SessionId,
        /// Symbols per second.
        bauds: Vec<u32>,
    },
    /// Leave off with it.
    StopTrying {
        /// Whose.
        session: SessionId,
    },
    /// Send many lines, one after the other.
    SendLines {
        /// Which.
        session: SessionId,
        /// The lines, each with its ending.
        lines: Vec<Vec<u8>>,
        /// The pause after each, in milliseconds.
        pause_millis: u32,
        /// The text that the device says when it is ready for the next; empty where it says none.
        prompt: String,
    },
    /// Send no more of them.
    StopLines {
        /// Which.
        session: SessionId,
    },
    /// Send what was typed, as it is.
    Keys {
        /// Which.
        session: SessionId,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Open a serial session by this one of the ports that look alike.
    UsePort {
        /// Whose.
        session: SessionId,
        /// Which.
        port: Port,
    },
    /// Run a macro.
    RunMacro {
        /// In which session.
        session: SessionId,
        /// What it is called.
        name: String,
        /// Its lines ([`crate::script`]).
        steps: String,
    },
    /// Stop the macro that is running.
    StopMacro {
        /// In which session.
        session: SessionId,
    },
    /// The token for a gateway; it is kept in memory only.
    Token {
        /// The gateway's origin.
        origin: String,
        /// The token; an empty one takes it back.
        token: String,
    },
    /// Publish a message.
    Publish {
        /// In which session.
        session: SessionId,
        /// Where to, and what.
        publication: Publication,
    },
    /// Say who asks, and open the link again. The worker keeps it for as long as the session is there, and tells nobody else.
    LogIn {
        /// In which session.
        session: SessionId,
        /// The user's name.
        username: String,
        /// The password.
        password: String,
    },
    /// Send a command of the profile to many devices of a fleet.
    CommandMany {
        /// In which session.
        session: SessionId,
        /// Its name in the profile.
        name: String,
        /// Its arguments, in the profile's order.
        args: Vec<Cell>,
        /// The devices' numbers, in the order in which it is sent.
        devices: Vec<u32>,
    },
    /// Send no more of it; when nothing is left to be sent, forget what came of it.
    StopCommandMany {
        /// In which session.
        session: SessionId,
    },
    /// Say what a command would send, by [`Event::DryRun`], and send nothing.
    DryRun {
        /// In which session.
        session: SessionId,
        /// The asker's own number, which comes back with the answer.
        number: u32,
        /// Its name in the profile.
        name: String,
        /// Its arguments, in the profile's order.
        args: Vec<Cell>,
    },
    /// List the granted serial ports, by [`Reply::Ports`].
    ListPorts {
        /// How they were listed last, by another worker: ports that look alike keep their places. Empty where none were.
        before: Vec<Port>,
    },
    /// Take the permission for a serial port back.
    ForgetPort {
        /// Which.
        port: Port,
    },
    /// Send a line that is shown and kept nowhere: a password.
    SendSecret {
        /// In which session.
        session: SessionId,
        /// What to send, its ending included.
        bytes: Vec<u8>,
    },
}

/// From the worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The first message: which build the worker is.
    Hello {
        /// Identifies one build of the whole console.
        build: String,
    },
    /// To [`Request::Answer`].
    Batch {
        /// Which session.
        session: SessionId,
        /// The answers.
        batch: Batch,
    },
    /// Something happened.
    Event {
        /// To which session.
        session: SessionId,
        /// What.
        event: Event,
    },
    /// The worker's program failed and does nothing more; a new one must be started.
    Panicked {
        /// What it said, with its place in the source.
        message: String,
    },
    /// The granted serial ports that are plugged in, whenever that changes or a session has opened one.
    Ports {
        /// In the browser's order, each with the session that has it open.
        ports: Vec<(Port, Option<SessionId>)>,
    },
}

/// Rare things that the page hears at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The link opened.
    Opened,
    /// The link closed or could not be opened; a sentence with the next step.
    Closed {
        /// Why.
        why: String,
    },
    /// The profile could not be used; the one before stays in force.
    ProfileRefused {
        /// Line in its text, from 1; 0 if it concerns the whole.
        line: u32,
        /// What is wrong, as a sentence.
        reason: String,
    },
    /// The profile is in force.
    ProfileAccepted,
    /// A file tells the time like this: the profile in force has this clock from now on, as it named none.
    Clock(Box<DeviceClock>),
    /// A send was refused; a sentence.
    Refused {
        /// Why, and what to do.
        why: String,
        /// Whether it was a whole [`Request::Send`], of which not a byte left, or the last [`Request::Publish`], which the
        /// broker does not take; else a command, or what a link gave up.
        line: bool,
    },
    /// A command's reply came.
    Replied {
        /// The command.
        name: String,
        /// After so many milliseconds.
        millis: u32,
        /// The line it stands in, at most 200 characters of it.
        text: String,
    },
    /// A command's reply did not come in time.
    Expired {
        /// The command.
        name: String,
    },
    /// The device offers a file transfer, or has ceased to. Nothing begins by that.
    Offered {
        /// What it offers.
        offer: Option<Offer>,
    },
    /// A file was received whole. It is the page's now.
    Received {
        /// The file; its name is no path.
        file: File,
    },
    /// A transfer has ended.
    TransferEnded {
        /// How far it came, and how it ended.
        progress: Progress,
    },
    /// A speed is being listened at, as [`Request::TrySpeeds`] asked.
    Trying {
        /// Symbols per second.
        baud: u32,
    },
    /// What came at a speed.
    Tried {
        /// The speed, and what was counted.
        heard: Heard,
        /// The first bytes, at most 96.
        first: Vec<u8>,
    },
    /// No further speed is listened at.
    TriedAll {
        /// Why not all of them were, as a sentence; empty if they were, or if the user left off.
        why: String,
    },
    /// How far [`Request::SendLines`] is.
    Sending {
        /// Lines sent.
        sent: u32,
        /// Lines in all.
        total: u32,
        /// Why no more are sent, where that is so before the last.
        stopped: Option<String>,
    },
    /// A macro has ended.
    MacroEnded {
        /// What it is called.
        name: String,
        /// The line it had come to, from 1; 0 if it was through.
        line: u32,
        /// How it ended.
        ending: MacroEnding,
    },
    /// A file transfer has begun.
    TransferBegan,
    /// The speed is about to be changed, and what came at the one before made sense.
    MadeSense {
        /// The speed before, in symbols per second.
        baud: u32,
    },
    /// What a command would send: to [`Request::DryRun`].
    DryRun {
        /// The asker's number.
        number: u32,
        /// The command.
        name: String,
        /// Bytes that it would send; 0 where it cannot be put together.
        len: u64,
        /// The first of them, at most 64.
        first: Vec<u8>,
        /// Where they would be published; empty where the link has no topics.
        topic: String,
        /// Why it would be refused now, as a sentence; empty if it would not be.
        why: String,
    },
    /// A command's request was answered by a status that is no success.
    Declined {
        /// The command.
        name: String,
        /// The status.
        status: u16,
        /// What that means, as a sentence with the next step.
        why: String,
    },
    /// What the user sent is on its way, after [`Event::Refused`]; or nothing of what it was refused for holds any more.
    Accepted,
}

/// How a macro ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MacroEnding {
    /// Every step was done.
    Done,
    /// The user stopped it.
    Stopped,
    /// The device did not say in time what was expected.
    NotSaid {
        /// What was.
        what: String,
    },
    /// Something could not be sent.
    Refused {
        /// Why, as a sentence.
        why: String,
    },
    /// The link closed.
    LinkClosed,
}
