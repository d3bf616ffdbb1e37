//! What views ask, and what they get. All answers for one animation frame make a [`Batch`].

mod bytes;
mod figures;
mod terminal;

pub use bytes::{ByteKind, ByteRow, Bytes, Stretch};
pub use figures::{Csv, Happening, HappeningKind, Histogram, Spectrum, Statistics, Xy};

use crate::evidence::Evidence;
use crate::input::CloseKind;
use crate::signal::Signals;
use serde::{Deserialize, Serialize};
use store::TimeBase;

pub use terminal::{Colour, Find, Found, Mark, Reader, Run, Screen, ScreenLine, Text};

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
    /// One field against another of the same table.
    Xy {
        /// The table.
        table: u16,
        /// The field across.
        x: u16,
        /// The field upwards.
        y: u16,
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
    /// To [`Query::Evidence`].
    Evidence(Evidence),
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
}

/// All answers for one animation frame.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// When it was made: nanoseconds since the Unix epoch.
    pub time_nanos: i64,
    /// An answer for each query.
    pub answers: Vec<(QueryId, Answer)>,
}

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

/// One kind of message and its fields' latest readings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The table.
    pub table: u16,
    /// The message's name.
    pub name: String,
    /// Samples per second, over the last second or so.
    pub rate: f64,
    /// Samples since the start.
    pub count: u64,
    /// Its fields.
    pub fields: Vec<Reading>,
}

/// One field's latest reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The field.
    pub field: u16,
    /// Its name.
    pub name: String,
    /// Its unit, as UCUM text; empty if none.
    pub unit: String,
    /// The latest value.
    pub value: Cell,
    /// The smallest value held, if numeric.
    pub min: Option<f64>,
    /// The largest value held, if numeric.
    pub max: Option<f64>,
    /// When the latest value came: nanoseconds since the Unix epoch.
    pub time_nanos: i64,
    /// Whether it can be plotted.
    pub numeric: bool,
    /// The decimals that its readings have ever needed, at most six; 0 where they are no fractions.
    pub decimals: u8,
}

/// One value, owned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A signed integer.
    I64(i64),
    /// An unsigned integer.
    U64(u64),
    /// IEEE 754 binary32: shown with the digits that identify it among its like.
    F32(f32),
    /// IEEE 754 binary64.
    F64(f64),
    /// Text, at most 4 KiB of it.
    Text(String),
    /// Bytes, at most 1 KiB of them.
    Bytes(Vec<u8>),
}

/// Minimum and maximum per pixel column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// The span drawn: nanoseconds since the Unix epoch.
    pub from_nanos: i64,
    /// Its end.
    pub to_nanos: i64,
    /// One series per field asked for, in that order.
    pub series: Vec<Series>,
    /// Gaps within the span, as (from, to) in nanoseconds since the Unix epoch; at most 256.
    pub gaps: Vec<(i64, i64)>,
}

/// One field's pixel columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// The field.
    pub id: FieldId,
    /// One entry per column that holds samples, in order.
    pub columns: Vec<Column>,
    /// The last number before the span, where the line comes from: time in nanoseconds since the Unix epoch, and value.
    pub before: Option<(i64, f64)>,
    /// The first number after the span, where the line leads to.
    pub after: Option<(i64, f64)>,
    /// Whether the line to the number after the span is broken: a gap, or NaN, lies between.
    pub after_broken: bool,
}

/// One pixel column of one series (Jugel et al., "M4", VLDB 2014: first, minimum, maximum, last).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The pixel column, from the left.
    pub x: u16,
    /// The first value in it.
    pub first: f32,
    /// The smallest.
    pub min: f32,
    /// The largest.
    pub max: f32,
    /// The last, exact: it is read as well as drawn.
    pub last: f64,
    /// Whether the line from the column before is broken: a gap, or NaN, lies between.
    pub broken: bool,
}

impl From<store::EnvelopeColumn> for Column {
    fn from(column: store::EnvelopeColumn) -> Column {
        #[expect(clippy::cast_possible_truncation, reason = "drawn, not read; and none becomes infinite")]
        let drawn = |value: f64| value.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32;
        Column {
            x: column.x,
            first: drawn(column.first),
            min: drawn(column.min),
            max: drawn(column.max),
            last: column.last,
            broken: column.broken,
        }
    }
}

/// Rows of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// The table.
    pub table: u16,
    /// Names and units of its fields.
    pub fields: Vec<(String, String)>,
    /// Time of arrival and values, newest first.
    pub rows: Vec<(i64, Vec<Cell>)>,
    /// The time of each by the device's clock; empty where that is not kept.
    pub device_nanos: Vec<i64>,
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
