//! Bytes as they came and went.

use serde::{Deserialize, Serialize};

/// Rows of the byte log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes {
    /// Number of the first row in `rows`.
    pub from: u64,
    /// Oldest row still held.
    pub oldest: u64,
    /// Rows since the start.
    pub total: u64,
    /// The rows.
    pub rows: Vec<ByteRow>,
}

/// A stretch of the bytes held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// First offset asked for.
    pub from: u64,
    /// Last offset asked for.
    pub to: u64,
    /// The bytes from the first on, as far as they are held, at most 65,536; empty where the first is not held.
    pub bytes: Vec<u8>,
    /// Number of the row with the offset that was to be found, if it is held.
    pub row: Option<u64>,
    /// Offsets held: the first, and the one after the last.
    pub held: (u64, u64),
}

/// Which bytes made a field's latest value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// That is not known: no sample of it came, or its bytes were never held.
    Unknown,
    /// Its bytes are no longer held: the oldest are given up.
    GivenUp,
    /// They are held. Offsets count both directions; what was sent in between is among them.
    Held {
        /// Offsets of the frame's first and last byte.
        frame: (u64, u64),
        /// Those of the field's own bytes, where the protocol can tell.
        field: Option<(u64, u64)>,
        /// Number of the row that the first of them is in.
        row: u64,
    },
    /// The field is computed from others, whose frame is held.
    Computed {
        /// Offsets of the frame's first and last byte.
        frame: (u64, u64),
        /// Number of the row that the first of them is in.
        row: u64,
        /// How: names and expressions, first the field's own, then those of the computed fields that it reads.
        steps: Vec<(String, String)>,
        /// The fields of the frame that go into it, each once.
        parts: Vec<Part>,
        /// Whether a function in it remembers frames before this one.
        remembers: bool,
    },
}

/// A field that another is computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Offsets of its first and last byte, where the protocol can tell.
    pub bytes: Option<(u64, u64)>,
    /// Number of the row that the first of them is in; without them, that of the frame's first.
    pub row: u64,
}

/// A row: at most 16 bytes of one burst in one direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByteRow {
    /// Offset of its first byte since the session began, both directions counted.
    pub at: u64,
    /// When its first byte came or went: nanoseconds since the Unix epoch.
    pub time_nanos: i64,
    /// Whether it was sent.
    pub sent: bool,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What each of them is part of, and whether a span begins with it.
    pub spans: Vec<(ByteKind, bool)>,
}

/// What a byte is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ByteKind {
    /// Nothing that is known: it was sent, waits for the rest of its frame, or came too long ago.
    Unknown,
    /// A good frame.
    Good,
    /// A rejected frame.
    Rejected,
    /// Bytes passed over.
    Skipped,
}
