//! What every state machine needs: bytes to send, a deadline, how far it is, how it ended.

use crate::progress::{Direction, Ending, File, Progress, Protocol};
use crate::{MAX_FILES, MAX_TOTAL_BYTES, Millis, REST, REST_AT_MOST};
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;

/// CAN (ASCII): two of them in a row break a transfer off.
pub(crate) const CAN: u8 = 0x18;
/// Eight cancels (ZMODEM document, section 8.4: five in a row break a transfer off), and ten backspaces that take what a
/// terminal made of them away.
pub(crate) const CANCEL: [u8; 18] = [24, 24, 24, 24, 24, 24, 24, 24, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8];

/// How often a receiver is told again that it is broken off.
const AGAIN: u8 = 2;

#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) out: VecDeque<Vec<u8>>,
    pub(crate) until: Option<Millis>,
    /// For how long it was to be waited.
    patience: Millis,
    /// Times that the far end has yet to be told that it is broken off.
    again: u8,
    /// When waiting for the line to be at rest ends at the latest.
    pub(crate) rest_until: Option<Millis>,
    pub(crate) progress: Progress,
    pub(crate) files: VecDeque<File>,
    total: u64,
    /// The byte that ended it was not its own any more.
    pub(crate) give_back: bool,
    /// How it will have ended once the line is at rest.
    failed: Option<Ending>,
}

impl Line {
    pub(crate) fn new(protocol: Protocol, direction: Direction) -> Line {
        let progress = Progress {
            protocol,
            direction,
            file: String::new(),
            size: None,
            done: 0,
            resumed: 0,
            kept: 0,
            unconfirmed: 0,
            files_done: 0,
            files: None,
            skipped: 0,
            corrected: 0,
            heard: false,
            ending: None,
        };
        let (out, files) = (VecDeque::new(), VecDeque::new());
        Line {
            out,
            until: None,
            patience: 0,
            again: 0,
            rest_until: None,
            progress,
            files,
            total: 0,
            give_back: false,
            failed: None,
        }
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.out.push_back(bytes.to_vec());
    }

    pub(crate) fn wait(&mut self, now: Millis, millis: Millis) {
        self.until = Some(now.saturating_add(millis));
        self.patience = millis;
    }

    /// The line has taken bytes: only now can the far end begin to answer.
    pub(crate) fn taken(&mut self, now: Millis) {
        let until = now.saturating_add(self.patience);
        self.until = self.until.map(|known| known.max(until));
    }

    /// An error that will be mended.
    pub(crate) fn error(&mut self) {
        self.progress.corrected = self.progress.corrected.saturating_add(1);
    }

    pub(crate) fn ending(&self) -> Option<Ending> {
        self.progress.ending
    }

    /// Whether it was broken off and the line is not at rest yet.
    pub(crate) fn rests(&self) -> bool {
        self.failed.is_some() && self.progress.ending.is_none()
    }

    pub(crate) fn goes_on(&self) -> bool {
        self.failed.is_none() && self.progress.ending.is_none()
    }

    /// The line is at rest: it is over, or the far end is told once more.
    pub(crate) fn rested(&mut self, now: Millis) {
        if self.again == 0 {
            self.progress.ending = self.failed;
            return;
        }
        self.again = self.again.saturating_sub(1);
        self.send(&CANCEL);
        self.until = Some(now.saturating_add(REST));
        self.rest_until = Some(now.saturating_add(REST_AT_MOST));
    }

    /// It is over; the first ending stays.
    pub(crate) fn end(&mut self, ending: Ending) {
        if self.progress.ending.is_none() {
            self.progress.ending = Some(ending);
            self.until = None;
        }
    }

    /// Breaks it off: the far end is told, unless it was the one.
    pub(crate) fn fail(&mut self, ending: Ending) {
        if !self.goes_on() {
            return;
        }
        self.out.clear();
        if ending != Ending::CancelledByDevice {
            self.send(&CANCEL);
            // A receiver that clears its input, as when it begins or asks for something again, loses it.
            self.again = if self.progress.direction == Direction::Send { AGAIN } else { 0 };
        }
        self.failed = Some(ending);
    }

    /// A file begins.
    pub(crate) fn begin_file(&mut self, name: &str, size: Option<u64>) {
        self.progress.file = name.into();
        self.progress.size = size;
        (self.progress.done, self.progress.resumed, self.progress.unconfirmed) = (0, 0, 0);
    }

    pub(crate) fn file_done(&mut self) {
        self.progress.files_done = self.progress.files_done.saturating_add(1);
    }

    /// A file was received whole.
    pub(crate) fn received(&mut self, file: File) {
        self.total = self.total.saturating_add(file.bytes.len() as u64);
        self.files.push_back(file);
        self.file_done();
    }

    /// Whether so much more may be received.
    pub(crate) fn fits(&self, bytes: u64) -> bool {
        bytes <= crate::MAX_FILE_BYTES
            && self.total.saturating_add(bytes) <= MAX_TOTAL_BYTES
            && self.progress.files_done < MAX_FILES
    }
}
