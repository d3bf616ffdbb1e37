//! The conservation law: every byte is counted in the class of its span, once.

use super::data::{Data, more};
use crate::query::{ByteKind, Counters};
use store::Time;

impl Data {
    /// Bytes went into the framer.
    pub(super) fn pend(&mut self, taken: usize) {
        more(&mut self.counters.bytes_pending, taken as u64);
        more(&mut self.offset, taken as u64);
    }

    /// Bytes that are not the end of a span: they are kept, should it be rejected.
    pub(super) fn remember(&mut self, now: Time, raw: &[u8]) {
        self.show(now, raw);
        self.head.extend_from_slice(raw);
    }

    /// A span has ended that began with the bytes kept; `raw` are those that came since. What is left over begins the
    /// next.
    pub(super) fn forget(&mut self, wire: usize, raw: &[u8]) {
        if self.counters.bytes_pending == 0 {
            return self.head.clear();
        }
        self.head.extend_from_slice(raw);
        self.head.drain(..wire.min(self.head.len()));
    }

    /// A span of so many bytes has ended and is about to be put into its class.
    pub(super) fn settle(&mut self, wire: usize) {
        self.counters.bytes_pending = self.counters.bytes_pending.saturating_sub(wire as u64);
    }

    /// Good frames that never were pending.
    pub(super) fn passed(&mut self, wire: usize) {
        more(&mut self.offset, wire as u64);
    }

    /// Bytes of all spans so far: where the next begins.
    pub(super) fn settled(&self) -> u64 {
        let Counters { bytes_good, bytes_rejected, bytes_skipped, .. } = self.counters;
        bytes_good.saturating_add(bytes_rejected).saturating_add(bytes_skipped)
    }

    pub(super) fn good(&mut self, frames: u64, wire: u64) {
        self.bad_run.0 = 0;
        self.spans.push(self.settled(), wire, frames, ByteKind::Good);
        more(&mut self.counters.frames, frames);
        more(&mut self.counters.bytes_good, wire);
    }

    /// Bytes that a file transfer took: they never were a frame's.
    pub(super) fn transferred(&mut self, len: usize) {
        self.passed(len);
        more(&mut self.counters.bytes_good, len as u64);
        more(&mut self.counters.bytes_transferred, len as u64);
    }

    pub(super) fn skip(&mut self, wire: u64) {
        self.spans.push(self.settled(), wire, 1, ByteKind::Skipped);
        more(&mut self.counters.bytes_skipped, wire);
    }

    /// What is pending, which counts as not received until it is given back.
    pub(super) fn take_pending(&mut self) -> Vec<u8> {
        let half = std::mem::take(&mut self.head);
        self.counters.bytes_pending = 0;
        self.offset = self.offset.saturating_sub(half.len() as u64);
        half
    }

    /// What was pending will not be completed.
    pub(super) fn skip_pending(&mut self, dropped: u64) {
        let dropped = dropped.min(self.counters.bytes_pending);
        self.counters.bytes_pending = self.counters.bytes_pending.saturating_sub(dropped);
        self.skip(dropped);
        self.head.clear();
        self.outgrown = None;
    }
}
