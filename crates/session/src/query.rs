//! What views ask, and what they get. All answers for one animation frame make a [`Batch`].

mod bytes;
mod envelope;
mod figures;
mod fleet;
mod reached;
mod status;
mod terminal;
mod together;
mod values;

pub use bytes::{ByteKind, ByteRow, Bytes, Origin, Part, Stretch};
pub use envelope::{Column, Envelope, Series};
pub use figures::{Csv, Happening, HappeningKind, Histogram, Spectrum, Statistics, Xy};
pub use fleet::{
    BulkStatus, Counts, FleetColumn, FleetLine, FleetQuery, FleetRow, FleetTable, GroupKey, Outcome, OutcomeKind,
    SortKey, State,
};
pub use reached::{MAX_REFUSED, Reached, Terms};
pub use status::{Counters, LinkState, RunningMacro, Status, Transferring};
pub use terminal::{Colour, Find, Found, Mark, Reader, Run, Screen, ScreenLine, Text};
pub use together::{MAX_TOGETHER, Merge, Merged, Start, Together, own_table, table_of};
pub use values::{Cell, Message, Reading, Rows};

use crate::evidence::Evidence;
use crate::signal::Signals;
use serde::{Deserialize, Serialize};
use store::TimeBase;

/// A mounted panel's question, numbered by the page.
pub type QueryId = u32;

/// A column: which table, which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldId {
    /// The table, by the order in which its first sample came.
    pub table: u16,
    /// The field's index in its schema.
    pub field: u16,
}

/// What a view wants to draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Query {
    /// State, counters, rates: the nameplate and the ledger.
    Status,
    /// Every field's latest reading with what is known of it.
    Values,
    /// Minimum and maximum per pixel column of some fields over a span of time.
    Envelope {
        /// Which fields; at most 64.
        fields: Vec<FieldId>,
        /// The span.
        span: Span,
        /// Pixel columns, at most 8192.
        width: u16,
    },
    /// Lines of the terminal, scrollback included.
    Screen {
        /// First line wanted, counted from the first line ever; `None` follows the end.
        from: Option<u64>,
        /// How many lines, at most 400.
        rows: u16,
    },
    /// The newest rows of a table up to a time, newest first: the text form of a plot.
    Rows {
        /// Which table.
        table: u16,
        /// Not later than this; `None` for now. Nanoseconds since the Unix epoch.
        until_nanos: Option<i64>,
        /// How many, at most 400.
        count: u16,
    },
    /// The latest rejected frames with their reasons and bytes, newest first.
    Rejected {
        /// How many, at most 100.
        count: u16,
    },
    /// The file transfer: under way, or the last one.
    Transfer,
    /// The macro that is running.
    Macro,
    /// The control signals of a serial line. Asking has the link look at them.
    Signals,
    /// What was counted of a serial line since it was opened.
    Evidence,
    /// What is told of some fields' numbers over a span.
    Statistics {
        /// Which fields; at most 64.
        fields: Vec<FieldId>,
        /// The span.
        span: Span,
        /// Pixel columns of the plot beside it: a span that follows the data is the plot's.
        width: u16,
    },
    /// The numbers of some fields at some instants: the last ones not later.
    Marks {
        /// Which fields; at most 64.
        fields: Vec<FieldId>,
        /// Nanoseconds since the Unix epoch; at most 8.
        at_nanos: Vec<i64>,
    },
    /// When gaps began and frames were rejected, of those remembered.
    Happenings,
    /// One field against another: of the same rows, or else each with the newest of the other not later than it.
    Xy {
        /// The field across.
        x: FieldId,
        /// The field upwards.
        y: FieldId,
        /// The span.
        span: Span,
    },
    /// The spectrum of a field.
    Spectrum {
        /// Which.
        field: FieldId,
        /// The span.
        span: Span,
    },
    /// The distribution of a field's values.
    Histogram {
        /// Which.
        field: FieldId,
        /// The span.
        span: Span,
        /// How many bins, 1 to 512.
        bins: u16,
    },
    /// Rows as CSV, piece by piece.
    Csv {
        /// The columns after the time; at most 64.
        fields: Vec<FieldId>,
        /// The first instant: nanoseconds since the Unix epoch.
        from_nanos: i64,
        /// The instant after the last.
        to_nanos: i64,
        /// Where the piece begins, as the one before said; empty for the first.
        next: Vec<u64>,
    },
    /// Lines of the terminal as a reader has it; the answer is a [`Answer::Screen`].
    Terminal(Box<Reader>),
    /// Lines of the terminal as plain text, from that number on: to be saved, a part at a time.
    Text {
        /// First line wanted.
        from: u64,
        /// Where to stop, if before the end.
        until: Option<u64>,
        /// Only lines in which this is found.
        only: Option<Find>,
    },
    /// Bytes of both directions, in rows.
    Bytes {
        /// First row wanted, counted from the first ever; `None` follows the end.
        from: Option<u64>,
        /// How many, at most 400.
        rows: u16,
    },
    /// Where bytes are among those held.
    FindBytes {
        /// What is looked for.
        bytes: Vec<u8>,
        /// The offset from which on, both directions counted.
        from: u64,
        /// Whether the nearest one before that is meant.
        back: bool,
    },
    /// The same question by the device's clock: every instant and span in it, and in its answer, is the device's time,
    /// in nanoseconds since the Unix epoch. Messages without such a time have that of arrival.
    Device(Box<Query>),
    /// Bytes from one offset to another, both directions counted, in sight or not.
    Stretch {
        /// The first.
        from: u64,
        /// The last.
        to: u64,
        /// The offset whose row is to be found.
        find: u64,
    },
    /// The bytes that made a field's latest value.
    Origin {
        /// Which.
        field: FieldId,
    },
    /// The bytes of a rejected frame, answered as [`Query::Origin`] is: the one at that offset in what was received, else
    /// the first that was rejected at that time or later.
    RejectedFrame {
        /// Its offset, as [`Rejected::at`].
        at: Option<u64>,
        /// Nanoseconds since the Unix epoch.
        time_nanos: i64,
    },
    /// The last bytes of a kind, answered as [`Query::Origin`] is; of those that are [`ByteKind::Unknown`], those that
    /// wait for the rest of their frame.
    LastBytes {
        /// Which.
        kind: ByteKind,
    },
    /// Where in the terminal the last gap is.
    LastGap,
    /// A part of a fleet's table.
    Fleet(Box<FleetQuery>),
    /// All of a fleet's table as text, without the heads of groups; the answer is a [`Answer::Csv`].
    FleetText {
        /// Which rows, in which order.
        query: Box<FleetQuery>,
        /// Which columns.
        columns: Vec<u16>,
        /// Whether tabs stand between cells, for the clipboard; else commas (RFC 4180).
        tabs: bool,
    },
    /// A question to several sessions, asked of [`TOGETHER`](crate::wire::TOGETHER).
    Together(Box<Together>),
    /// Lines of several sessions, asked of [`TOGETHER`](crate::wire::TOGETHER).
    Merge(Box<Merge>),
}

impl Query {
    /// The question itself, and by which clock it is asked.
    #[must_use]
    pub fn plain(&self) -> (&Query, TimeBase) {
        match self {
            Query::Device(inner) if !matches!(**inner, Query::Device(_)) => (inner, TimeBase::Device),
            query => (query, TimeBase::Arrival),
        }
    }
}

/// A span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// The last so many nanoseconds before the newest data (or the clock, while connected).
    Last {
        /// Its length.
        nanos: i64,
    },
    /// From one instant to another, in nanoseconds since the Unix epoch.
    Fixed {
        /// Its start.
        from_nanos: i64,
        /// Its end.
        to_nanos: i64,
    },
    /// Everything held.
    All,
}

/// What a query gets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The same as in the last batch for this id and query.
    Unchanged,
    /// To [`Query::Status`].
    Status(Box<Status>),
    /// To [`Query::Values`].
    Values(Vec<Message>),
    /// To [`Query::Envelope`].
    Envelope(Envelope),
    /// To [`Query::Screen`].
    Screen(Screen),
    /// To [`Query::Rows`].
    Rows(Rows),
    /// To [`Query::Rejected`].
    Rejected(Vec<Rejected>),
    /// To [`Query::Transfer`]; `None` before the first.
    Transfer(Option<Box<Transferring>>),
    /// To [`Query::Macro`]; `None` while none is running.
    Macro(Option<RunningMacro>),
    /// To [`Query::Signals`]; `None` where the link has none, or is not open.
    Signals(Option<Signals>),
    /// To [`Query::Evidence`]: what was counted since the link was opened, and of that the last of it.
    Evidence(Evidence, Evidence),
    /// To [`Query::Statistics`]; `None` while a long span is still being counted: ask again.
    Statistics(Option<Vec<Statistics>>),
    /// To [`Query::Marks`]: for each instant, for each field, the time and the number, if there is one.
    Marks(Vec<Vec<Option<(i64, f64)>>>),
    /// To [`Query::Happenings`], oldest first.
    Happenings(Vec<Happening>),
    /// To [`Query::Xy`].
    Xy(Xy),
    /// To [`Query::Spectrum`]; `None` where the span has fewer than 8 samples.
    Spectrum(Option<Spectrum>),
    /// To [`Query::Histogram`]; `None` where the span has no number.
    Histogram(Option<Histogram>),
    /// To [`Query::Csv`].
    Csv(Csv),
    /// To [`Query::Text`].
    Text(Text),
    /// To [`Query::Bytes`].
    Bytes(Bytes),
    /// To [`Query::FindBytes`]: the offset and the number of the row, if they are there.
    FoundBytes(Option<(u64, u64)>),
    /// To [`Query::Stretch`].
    Stretch(Stretch),
    /// To [`Query::Origin`].
    Origin(Origin),
    /// To [`Query::LastGap`]: the number of its line; `None` where there is none, or it is no longer held.
    Line(Option<u64>),
    /// To [`Query::Fleet`], where the session is a fleet.
    Fleet(Box<FleetTable>),
    /// To [`Query::Merge`].
    Merged(Box<Merged>),
}

/// All answers for one animation frame.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// When it was made: nanoseconds since the Unix epoch.
    pub time_nanos: i64,
    /// An answer for each query.
    pub answers: Vec<(QueryId, Answer)>,
}

/// A rejected frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// When: nanoseconds since the Unix epoch.
    pub time_nanos: i64,
    /// Offset of its first byte since the session began.
    pub at: u64,
    /// Its length on the wire.
    pub len: u64,
    /// Why, as words.
    pub why: String,
    /// Its first bytes, at most 256.
    pub bytes: Vec<u8>,
}
