//! Where data is missing.

use crate::Time;
use alloc::collections::VecDeque;
use core::ops::Range;

/// Gaps kept at most; then the oldest are forgotten, as pictures only (the tables still know where lines break).
const GAPS: usize = 65_536;

#[derive(Debug, Default)]
pub(crate) struct Gaps {
    list: VecDeque<(i64, i64)>,
    /// Rows and bytes there were at the last gap.
    seen: u64,
}

impl Gaps {
    /// Adds a gap; where nothing came since the last one, that one becomes longer.
    pub(crate) fn mark(&mut self, from: Time, to: Time, seen: u64) {
        let (from, to) = (from.0.min(to.0), from.0.max(to.0));
        match self.list.back_mut() {
            Some(last) if self.seen == seen => *last = (last.0.min(from), last.1.max(to)),
            _ => {
                if self.list.len() >= GAPS {
                    self.list.pop_front();
                }
                self.list.push_back((from, to));
            }
        }
        self.seen = seen;
    }

    /// Forgets the gaps that ended before `oldest`.
    pub(crate) fn forget(&mut self, oldest: Time) {
        while self.list.front().is_some_and(|gap| gap.1 < oldest.0) {
            self.list.pop_front();
        }
    }

    pub(crate) fn within(&self, span: Range<Time>) -> impl Iterator<Item = (Time, Time)> {
        let touches = move |gap: &&(i64, i64)| gap.0 < span.end.0 && gap.1 >= span.start.0;
        self.list.iter().filter(touches).map(|gap| (Time(gap.0), Time(gap.1)))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.list.capacity().saturating_mul(size_of::<(i64, i64)>())
    }
}
