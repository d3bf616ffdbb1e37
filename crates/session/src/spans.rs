//! Where spans were in the stream of what was received, as far back as is remembered: for those who look at bytes.

use crate::query::ByteKind;
use std::collections::VecDeque;

/// Runs remembered.
const RUNS: usize = 65_536;

/// Spans of equal length and kind, one after the other.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: u64,
    len: u64,
    count: u64,
    kind: ByteKind,
}

impl Run {
    fn end(&self) -> u64 {
        self.at.saturating_add(self.len.saturating_mul(self.count))
    }
}

/// Spans, oldest first; the oldest are forgotten.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    runs: VecDeque<Run>,
}

impl Spans {
    /// So many spans of together so many bytes begin at an offset.
    pub(crate) fn push(&mut self, at: u64, wire: u64, count: u64, kind: ByteKind) {
        let Some(len) = wire.checked_div(count).filter(|len| *len > 0) else { return };
        if let Some(last) = self.runs.back_mut()
            && last.end() == at
            && last.kind == kind
            && last.len == len
        {
            last.count = last.count.saturating_add(count);
            return;
        }
        if self.runs.len() >= RUNS {
            self.runs.pop_front();
        }
        self.runs.push_back(Run { at, len, count, kind });
    }

    /// The last span of a kind: where it begins, and its length.
    pub(crate) fn last_of(&self, kind: ByteKind) -> Option<(u64, u64)> {
        let run = self.runs.iter().rev().find(|run| run.kind == kind)?;
        Some((run.end().saturating_sub(run.len), run.len))
    }

    /// What a byte is part of, and whether a span begins with it.
    pub(crate) fn of(&self, offset: u64) -> (ByteKind, bool) {
        let index = self.runs.partition_point(|run| run.end() <= offset);
        match self.runs.get(index).filter(|run| run.at <= offset) {
            Some(run) => (run.kind, offset.saturating_sub(run.at).checked_rem(run.len) == Some(0)),
            None => (ByteKind::Unknown, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_knows_its_span() {
        let mut spans = Spans::default();
        spans.push(10, 20, 2, ByteKind::Good);
        spans.push(30, 10, 1, ByteKind::Good);
        spans.push(40, 3, 1, ByteKind::Rejected);
        let of = |offset| spans.of(offset);
        assert_eq!(spans.runs.len(), 2);
        assert_eq!(of(9), (ByteKind::Unknown, false));
        assert_eq!(of(10), (ByteKind::Good, true));
        assert_eq!(of(19), (ByteKind::Good, false));
        assert_eq!(of(30), (ByteKind::Good, true));
        assert_eq!(of(40), (ByteKind::Rejected, true));
        assert_eq!(of(43), (ByteKind::Unknown, false));
        let last = [ByteKind::Good, ByteKind::Rejected, ByteKind::Skipped].map(|kind| spans.last_of(kind));
        assert_eq!(last, [Some((30, 10)), Some((40, 3)), None]);
    }
}
