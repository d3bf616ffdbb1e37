//! Smallest and largest of 64 segments at once, so that those of a whole table are found quickly.

use crate::segment::Segment;
use alloc::{boxed::Box, collections::VecDeque};

/// Segments in a group.
const GROUP: u64 = 64;

/// Smallest and largest number; `None` where there is none.
type Extent = Option<(f64, f64)>;

/// The summaries of a table's sealed segments, group by group.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// Of every group whose segments are all held, one entry per field.
    complete: VecDeque<Box<[Extent]>>,
    /// The first of them is group number `first`: segments `first * GROUP` and on.
    first: u64,
    /// The number of the oldest segment held.
    oldest: u64,
    bytes: usize,
}

impl Groups {
    /// A segment was added at the end of `segments`.
    pub(super) fn sealed(&mut self, segments: &VecDeque<Segment>, fields: usize) {
        let end = self.oldest.saturating_add(segments.len() as u64);
        let Some(first) = end.checked_sub(GROUP).filter(|first| end.is_multiple_of(GROUP) && *first >= self.oldest)
        else {
            return;
        };
        let from = usize::try_from(first.saturating_sub(self.oldest)).unwrap_or(usize::MAX);
        let of = |field| segments.iter().skip(from).map(|segment| extent(segment, field)).fold(None, join);
        let group: Box<[Extent]> = (0..fields).map(of).collect();
        if self.complete.is_empty() {
            self.first = first / GROUP;
        }
        self.bytes = self.bytes.saturating_add(size_of_val(&*group));
        self.complete.push_back(group);
    }

    /// The oldest segment was given up, and with it the group it was in.
    pub(super) fn evicted(&mut self) {
        if !self.complete.is_empty() && self.oldest >= self.first.saturating_mul(GROUP) {
            let group = self.complete.pop_front();
            self.bytes = self.bytes.saturating_sub(group.map_or(0, |group| size_of_val(&*group)));
            self.first = self.first.saturating_add(1);
        }
        self.oldest = self.oldest.saturating_add(1);
    }

    /// Smallest and largest of a field in all sealed segments.
    pub(super) fn extent(&self, segments: &VecDeque<Segment>, field: usize) -> Extent {
        let index = |number: u64| usize::try_from(number.saturating_sub(self.oldest)).unwrap_or(usize::MAX);
        let held = self.complete.len() as u64;
        let (from, to) = match held {
            0 => (segments.len(), segments.len()),
            _ => {
                (index(self.first.saturating_mul(GROUP)), index(self.first.saturating_add(held).saturating_mul(GROUP)))
            }
        };
        let groups = self.complete.iter().map(|group| group.get(field).copied().flatten());
        let single = segments.iter().take(from).chain(segments.iter().skip(to));
        single.map(|segment| extent(segment, field)).chain(groups).fold(None, join)
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes.saturating_add(self.complete.capacity().saturating_mul(size_of::<Box<[Extent]>>()))
    }
}

/// Smallest and largest of a field in a segment.
pub(super) fn extent(segment: &Segment, field: usize) -> Extent {
    segment.columns.get(field)?.extent(segment.rows())
}

/// Smallest and largest of both.
pub(super) fn join(a: Extent, b: Extent) -> Extent {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}
