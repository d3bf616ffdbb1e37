//! How much is sent without the receiver's word: a sender that only streams pours a whole file into the shell of a device
//! whose receiver has died.

use super::{ANSWER, Send, State, end};
use crate::Millis;
use crate::line::Line;
use alloc::vec::Vec;

/// Bytes after which the receiver is asked how far it is (section 8.2: ZCRCQ).
pub(super) const ASK_EVERY: usize = 2 << 10;
/// Bytes that may be on their way to it without its word. Into a device whose receiver is gone no more is poured than
/// that.
pub(super) const WINDOW: usize = 8 << 10;
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
        self.errors = 0;
        let State::Paused { whole } = self.state else { return };
        let left = self.at.saturating_sub(self.confirmed);
        if left == 0 || !whole && left < WINDOW {
            // After a whole one the next frame begins.
            self.state = State::Streaming { begin: whole };
            line.until = None;
        } else {
            line.wait(now, ANSWER);
        }
    }
}
