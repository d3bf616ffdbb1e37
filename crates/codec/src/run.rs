//! Runs: many frames at once, and many samples of one schema at once, column by column.
//!
//! The fast path of a busy stream. [`Framer::feed_many`](crate::Framer::feed_many) cuts whole good frames of equal
//! length into a [`Frames`]; [`Decoder::decode_many`](crate::Decoder::decode_many) turns those of one fixed layout into
//! [`Samples`]. Both may always decline; then the one-at-a-time calls do the work, with the same result.

#[cfg(feature = "alloc")]
pub(crate) mod planes;

use crate::schema::{Kind, Schema};

/// A run of good frames of equal length, in memory the caller lends. They stand there at a constant stride, perhaps
/// with bytes in between that are no payload.
#[derive(Debug)]
pub struct Frames<'a> {
    bytes: &'a mut [u8],
    limit: usize,
    run: Run,
}

/// How the frames of a [`Frames`] stand in its memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// How many.
    pub count: usize,
    /// Where the first payload begins.
    pub start: usize,
    /// Bytes from the start of one payload to the start of the next; at least `len`, and at least 1.
    pub stride: usize,
    /// Bytes of each payload.
    pub len: usize,
    /// Bytes of each on the wire, delimiters and stuffing included.
    pub wire: usize,
}

impl<'a> Frames<'a> {
    /// An empty run. `limit` is the frame limit: the length of the buffer that
    /// [`Framer::feed`](crate::Framer::feed) is lent.
    #[must_use]
    pub fn new(bytes: &'a mut [u8], limit: usize) -> Self {
        Frames { bytes, limit, run: Run::default() }
    }

    /// The longest payload that is a frame.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// The whole memory, for the framer to fill; what it said before is forgotten.
    pub fn memory(&mut self) -> &mut [u8] {
        self.run = Run::default();
        self.bytes
    }

    /// Says how the frames stand in the memory. Nothing is kept of a run that does not fit in it.
    pub fn set(&mut self, run: Run) {
        let last = run.count.saturating_sub(1).saturating_mul(run.stride);
        let end = run.start.saturating_add(last).saturating_add(run.len);
        let fits = end <= self.bytes.len() && run.len <= run.stride && run.stride > 0;
        self.run = if fits { run } else { Run::default() };
    }

    /// How the frames stand in the memory.
    #[must_use]
    pub fn run(&self) -> Run {
        self.run
    }

    /// The payload of frame `index`.
    #[must_use]
    pub fn payload(&self, index: usize) -> Option<&[u8]> {
        self.payloads(index).next()
    }

    /// The memory from the payload of frame `index` on.
    #[must_use]
    pub fn bytes(&self, index: usize) -> &[u8] {
        let Run { start, stride, .. } = self.run;
        let from = start.saturating_add(index.saturating_mul(stride));
        self.bytes.get(from..).unwrap_or_default()
    }

    /// The payloads from frame `index` on.
    #[inline]
    pub fn payloads(&self, index: usize) -> impl ExactSizeIterator<Item = &[u8]> {
        let Run { count, stride, len, .. } = self.run;
        let bytes = self.bytes(index);
        // The last chunk may lack the bytes after its payload.
        let chunks = bytes.chunks(stride.max(1)).take(count.saturating_sub(index));
        chunks.map(move |chunk| chunk.get(..len).unwrap_or_default())
    }
}

/// The values of one field in a run of samples, in order. No cell is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cells<'a> {
    /// See [`Kind::Bool`].
    Bool(&'a [bool]),
    /// See [`Kind::I64`].
    I64(&'a [i64]),
    /// See [`Kind::U64`].
    U64(&'a [u64]),
    /// See [`Kind::F32`].
    F32(&'a [f32]),
    /// See [`Kind::F64`].
    F64(&'a [f64]),
}

impl Cells<'_> {
    /// What kind of field they are the values of.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Cells::Bool(_) => Kind::Bool,
            Cells::I64(_) => Kind::I64,
            Cells::U64(_) => Kind::U64,
            Cells::F32(_) => Kind::F32,
            Cells::F64(_) => Kind::F64,
        }
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Cells::Bool(cells) => cells.len(),
            Cells::I64(cells) => cells.len(),
            Cells::U64(cells) => cells.len(),
            Cells::F32(cells) => cells.len(),
            Cells::F64(cells) => cells.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A run of samples of one schema, column by column: one per frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Samples<'a> {
    /// What kind of message they are.
    pub schema: Schema<'a>,
    /// How many samples.
    pub rows: usize,
    /// One entry per field, in the order of the fields, each `rows` long and of the field's kind.
    pub columns: &'a [Cells<'a>],
}
