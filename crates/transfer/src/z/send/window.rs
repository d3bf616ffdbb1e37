//! How much is sent without the receiver's word: a sender that only streams pours a whole file into the shell of a device
//! whose receiver has died.

use super::{ANSWER, Send, State, end};
use crate::Millis;
use crate::line::Line;
use alloc::vec::Vec;

/// Bytes after which the receiver is asked how far it is (section 8.2: ZCRCQ).
pub(super) const ASK_EVERY: usize = 2 << 10;
/// The most bytes that may be on their way to it without its word. Into a device whose receiver is gone no more is poured
/// than that.
const WINDOW: usize = 8 << 10;
/// The least: it is asked, and there is something to send until it answers.
const WINDOW_AT_LEAST: usize = 3 << 10;
/// What may be on its way is what the line takes in that part of a second, within these bounds: enough for the answer to
/// come back, and no more than that into the shell of a slow board.
const PART_OF_A_SECOND: u64 = 4;
/// Over what time at least that is measured, in milliseconds.
const MEASURED: Millis = 100;

/// How much may be on its way, by how quickly it is confirmed.
#[derive(Debug)]
pub(super) struct Window {
    pub(super) bytes: usize,
    /// Where it was measured last: when, and how far the receiver was.
    mark: Option<(Millis, usize)>,
}

impl Window {
    pub(super) fn new() -> Window {
        Window { bytes: WINDOW_AT_LEAST, mark: None }
    }

    /// A file begins, or goes on elsewhere.
    pub(super) fn begin(&mut self, now: Millis, at: usize) {
        self.mark = Some((now, at));
    }

    fn confirmed(&mut self, now: Millis, at: usize) {
        let Some((since, from)) = self.mark else { return self.begin(now, at) };
        let (millis, bytes) = (now.saturating_sub(since), at.saturating_sub(from) as u64);
        if millis >= MEASURED {
            let fits = bytes.saturating_mul(1000 / PART_OF_A_SECOND) / millis;
            self.bytes = usize::try_from(fits).unwrap_or(WINDOW).clamp(WINDOW_AT_LEAST, WINDOW);
            self.begin(now, at);
        }
    }
}
/// Letters in a row that are no header: a shell may be speaking, where a receiver was.
const SHELL_SPEAKS: u8 = 4;

impl Send {
    /// Something that is no header. If it goes on, the receiver has to show that it is there before more is sent.
    pub(super) fn letter(&mut self, now: Millis, byte: u8, line: &mut Line) {
        if !self.parser.idle() || !matches!(byte, b' '..=b'~') {
            return;
        }
        self.letters = self.letters.saturating_add(1);
        if self.letters >= SHELL_SPEAKS && self.state == (State::Streaming { begin: false }) {
            let mut out = Vec::new();
            self.writer.subpacket(&[], end::ZCRCW, &mut out);
            line.out.push_back(out);
            self.spoken_to = true;
            self.pause(now, true, line);
        }
    }

    /// Waits for the receiver's word.
    pub(super) fn pause(&mut self, now: Millis, whole: bool, line: &mut Line) {
        self.state = State::Paused { whole };
        line.wait(now, ANSWER);
    }

    /// The receiver says that it has taken everything up to there.
    pub(super) fn confirm(&mut self, now: Millis, position: usize, line: &mut Line) {
        if position > self.at {
            return;
        }
        self.confirmed = self.confirmed.max(position);
        self.window.confirmed(now, position);
        line.progress.unconfirmed = self.at.saturating_sub(self.confirmed) as u64;
        self.errors = 0;
        let State::Paused { whole } = self.state else { return };
        let left = self.at.saturating_sub(self.confirmed);
        if left == 0 || !whole && left < self.window.bytes {
            // After a whole one the next frame begins.
            self.state = State::Streaming { begin: whole };
            line.until = None;
        } else {
            line.wait(now, ANSWER);
        }
    }
}
