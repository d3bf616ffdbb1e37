//! How it is with a session: its link, what was counted, what is under way.

use super::Reached;
use crate::input::CloseKind;
use crate::link::Line;
use serde::{Deserialize, Serialize};

/// Whether the device is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkState {
    /// Being opened.
    Opening,
    /// Open.
    Connected,
    /// Gone; will be opened again at this time (nanoseconds since the Unix epoch), or when it is plugged in (`None`).
    Waiting {
        /// When.
        until_nanos: Option<i64>,
        /// Why it went: what happened and what to do, as a sentence.
        why: String,
    },
    /// Closed, and stays so until asked.
    Closed {
        /// Why, as a sentence; empty when the user closed it.
        why: String,
    },
    /// Everything there was has come, as of a file that was read to its end.
    Done,
}

/// The nameplate and the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Whether the device is there.
    pub state: LinkState,
    /// Since when: nanoseconds since the Unix epoch.
    pub since_nanos: i64,
    /// Everything counted.
    pub counters: Counters,
    /// Bytes per second received, over the last second or so.
    pub bytes_per_second: f64,
    /// Good frames per second.
    pub frames_per_second: f64,
    /// When the first byte came, in nanoseconds since the Unix epoch; `None` before it.
    pub first_byte_nanos: Option<i64>,
    /// When the last byte came, in nanoseconds since the Unix epoch; `None` before the first.
    pub last_byte_nanos: Option<i64>,
    /// Memory held by the store, in bytes.
    pub store_bytes: u64,
    /// The store's budget, in bytes.
    pub budget_bytes: u64,
    /// Samples held, all tables.
    pub samples: u64,
    /// Lines in the terminal since the start.
    pub terminal_lines: u64,
    /// The profile in force.
    pub profile: String,
    /// Its protocol.
    pub protocol: String,
    /// A sentence about what looks wrong ("Framing errors: is the baud rate right?"), or none.
    pub hint: Option<String>,
    /// What kind of ending the link's last one was; `None` while it is open, or before it first was.
    pub ended: Option<CloseKind>,
    /// What is known of a device behind a gateway, while its link is open.
    pub reached: Option<Reached>,
    /// Whether the device asks for a password.
    pub asks_secret: bool,
    /// The settings that the port was opened with last, where it is one of this computer.
    pub line: Option<Line>,
    /// The protocol that finds numbers in the lines, where the profile takes them as plain text.
    pub reads_as: Option<String>,
}

/// Everything counted since the session began. `bytes_in = bytes_good + bytes_rejected + bytes_skipped + bytes_pending`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Bytes received.
    pub bytes_in: u64,
    /// In good frames, or taken by a file transfer.
    pub bytes_good: u64,
    /// In frames that were rejected.
    pub bytes_rejected: u64,
    /// Passed over while looking for a frame.
    pub bytes_skipped: u64,
    /// Of a frame that is not complete yet.
    pub bytes_pending: u64,
    /// Bytes sent.
    pub bytes_out: u64,
    /// Good frames.
    pub frames: u64,
    /// Samples decoded.
    pub samples: u64,
    /// Frames rejected by the framer: check sequence.
    pub bad_checksum: u64,
    /// Frames rejected by the framer: rules broken.
    pub bad_malformed: u64,
    /// Frames rejected by the framer: too long.
    pub bad_oversize: u64,
    /// Frames the decoder could not understand.
    pub undecodable: u64,
    /// Gaps: reopened links, overruns, line errors.
    pub gaps: u64,
    /// Break conditions seen (Web Serial `BreakError`).
    pub line_breaks: u64,
    /// Framing errors of the line (`FramingError`).
    pub line_framing: u64,
    /// Parity errors of the line (`ParityError`).
    pub line_parity: u64,
    /// Overruns (`BufferOverrunError`): bytes lost before the browser gave them to us.
    pub line_overruns: u64,
    /// Other read errors that were survived (`UnknownError`).
    pub line_other: u64,
    /// Samples given up to stay within the byte budget.
    pub evicted_samples: u64,
    /// Raw bytes given up to stay within the byte budget.
    pub evicted_bytes: u64,
    /// Lines the terminal gave up to stay within its bounds.
    pub evicted_lines: u64,
    /// Times the browser refused more memory; the budget was lowered instead.
    pub memory_refused: u64,
    /// Sends refused because the transmit queue was full or the link closed.
    pub refused: u64,
    /// Commands whose reply did not come in time.
    pub expired: u64,
    /// Bytes received by file transfers; they are part of `bytes_good`.
    pub bytes_transferred: u64,
    /// Times the device's clock began again at 0, as it must.
    pub clock_wrapped: u64,
    /// Times it told the time it had told before.
    pub clock_repeated: u64,
    /// Times it went back.
    pub clock_back: u64,
    /// Times it jumped ahead.
    pub clock_ahead: u64,
    /// Samples from before it was set: at 0, or in 1970.
    pub clock_unset: u64,
    /// Times sequence numbers were missing.
    pub sequence_gaps: u64,
    /// Sequence numbers missing, without those that came late.
    pub sequence_missing: u64,
    /// Samples that came after one with a higher number.
    pub sequence_late: u64,
    /// Samples whose number had come before; those with the same content are kept once.
    pub sequence_repeated: u64,
    /// Times the device counted anew.
    pub sequence_restarts: u64,
    /// Bytes of the device that the gateway gave up, since neither could the device be held back nor this side keep up.
    pub given_up: u64,
    /// Telnet questions beyond those that are answered within a second (RFC 854; faults F48).
    pub telnet_flood: u64,
    /// Subnegotiations of Telnet that were too long, without an end, or could not be read (RFC 855).
    pub telnet_unreadable: u64,
    /// Messages that a broker had kept; they are no fresh samples.
    pub retained: u64,
    /// Messages of topics that there was no room for; their bytes are skipped.
    pub topics_over: u64,
    /// How many topics those are.
    pub topics_untabled: u64,
    /// Answers of an HTTP device that said that nothing has changed; they are no samples.
    pub unchanged: u64,
    /// Answers in which there was nothing where the profile looks.
    pub not_selected: u64,
    /// Events that were longer than may be.
    pub events_over: u64,
}

impl Counters {
    /// Whether the conservation law holds. It always does; if it ever does not, the ledger says so.
    #[must_use]
    pub fn balanced(&self) -> bool {
        let parts = [self.bytes_good, self.bytes_rejected, self.bytes_skipped, self.bytes_pending];
        parts.iter().fold(0u64, |sum, part| sum.saturating_add(*part)) == self.bytes_in
    }

    /// Frames rejected, whatever the reason.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        [self.bad_checksum, self.bad_malformed, self.bad_oversize, self.undecodable]
            .iter()
            .fold(0u64, |sum, n| sum.saturating_add(*n))
    }
}

/// A macro that is running.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningMacro {
    /// What it is called.
    pub name: String,
    /// The line it has come to, from 1.
    pub line: u32,
    /// The round of the innermost loop, from 1.
    pub round: Option<u32>,
    /// How many rounds that has; `None` for without end.
    pub rounds: Option<u32>,
    /// What the device is expected to say.
    pub expects: Option<String>,
}

/// A file transfer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transferring {
    /// How far it is.
    pub progress: transfer::Progress,
    /// Bytes of files per second, over the last second or so.
    pub bytes_per_second: f64,
    /// For how long it has been going on, or went on, in milliseconds.
    pub millis: u64,
}
