//! Every question a view can ask.

mod cuts;
mod envelope;
mod lane;
mod live;
mod numbers;
mod row;

pub use envelope::EnvelopeColumn;
pub use live::{Envelope, Sides, snap};
pub use numbers::{Moments, Tally};
pub use row::Row;

use crate::{Piece, Store, Table, Time, TimeBase};
use core::ops::Range;

impl Store {
    /// From the time of the oldest row or byte held to that of the newest; `None` where nothing is held.
    #[must_use]
    pub fn span(&self) -> Option<(Time, Time)> {
        self.span_by(TimeBase::Arrival)
    }

    /// The same by one clock or the other; by the device's, of the tables that have it, where there are any.
    #[must_use]
    pub fn span_by(&self, base: TimeBase) -> Option<(Time, Time)> {
        let join = |a: (Time, Time), b: (Time, Time)| (a.0.min(b.0), a.1.max(b.1));
        if base == TimeBase::Device {
            let clocked = self.tables.iter().filter(|table| table.is_clocked());
            let span = clocked.filter_map(|table| table.span_by(base)).reduce(join);
            if span.is_some() {
                return span;
            }
        }
        let tables = self.tables.iter().filter_map(Table::span);
        tables.chain(self.log.span()).reduce(join)
    }

    /// The pieces of the log that hold a range of offsets, oldest first, as far as they are held.
    pub fn bytes(&self, range: Range<u64>) -> impl Iterator<Item = Piece<'_>> {
        self.log.pieces(range)
    }

    /// Offsets of the bytes held: the end is how many were ever logged, both directions counted.
    #[must_use]
    pub fn bytes_held(&self) -> Range<u64> {
        self.log.range()
    }

    /// The gaps that touch a span of time, as (from, to), oldest first.
    pub fn gaps(&self, span: Range<Time>) -> impl Iterator<Item = (Time, Time)> {
        self.gaps.within(span)
    }
}
