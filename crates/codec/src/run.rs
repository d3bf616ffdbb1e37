//! Runs: many frames at once, and many samples of one schema at once, column by column.
//!
//! The fast path of a busy stream. [`Framer::feed_many`](crate::Framer::feed_many) cuts whole good frames into a
//! [`Frames`]; [`Decoder::decode_many`](crate::Decoder::decode_many) turns those of one fixed layout into [`Samples`].
//! Both may always decline; then the one-at-a-time calls do the work, with the same result.

use crate::schema::Schema;

/// One frame of a run: where its payload ends in the run's memory, and its bytes on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameEnd {
    /// Where the payload ends; it begins where the one before ended.
    pub end: usize,
    /// Bytes on the wire, delimiters and stuffing included.
    pub wire: usize,
}

/// A run of good frames, payloads back to back, in memory the caller lends.
#[derive(Debug)]
pub struct Frames<'a> {
    bytes: &'a mut [u8],
    ends: &'a mut [FrameEnd],
    limit: usize,
    used: usize,
    count: usize,
}

impl<'a> Frames<'a> {
    /// An empty run. `bytes` holds the payloads, `ends` one entry a frame. `limit` is the frame limit: the length of
    /// the buffer that [`Framer::feed`](crate::Framer::feed) is lent.
    #[must_use]
    pub fn new(bytes: &'a mut [u8], ends: &'a mut [FrameEnd], limit: usize) -> Self {
        Frames { bytes, ends, limit, used: 0, count: 0 }
    }

    /// Frames in the run.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The memory for the next payload: what is left, at most the frame limit; `None` once the run has no room for
    /// another frame.
    #[inline]
    pub fn free(&mut self) -> Option<&mut [u8]> {
        if self.count >= self.ends.len() {
            return None;
        }
        let free = self.bytes.get_mut(self.used..)?;
        let len = free.len().min(self.limit);
        free.get_mut(..len)
    }

    /// Adds the frame whose payload was written to the first `len` bytes of [`Frames::free`].
    #[inline]
    pub fn push(&mut self, len: usize, wire: usize) {
        if let Some(slot) = self.ends.get_mut(self.count) {
            self.used = self.used.saturating_add(len).min(self.bytes.len());
            *slot = FrameEnd { end: self.used, wire };
            self.count = self.count.saturating_add(1);
        }
    }

    /// The ends of the frames, in order.
    #[must_use]
    #[inline]
    pub fn ends(&self) -> &[FrameEnd] {
        self.ends.get(..self.count).unwrap_or_default()
    }

    /// Where the payload of frame `index` begins.
    fn start(&self, index: usize) -> usize {
        index.checked_sub(1).and_then(|before| self.ends().get(before)).map_or(0, |frame| frame.end)
    }

    /// The payload of frame `index`.
    #[must_use]
    pub fn payload(&self, index: usize) -> Option<&[u8]> {
        let end = self.ends().get(index)?.end;
        self.bytes.get(self.start(index)..end)
    }

    /// The payloads from frame `index` on that are all `len` bytes long, back to back.
    #[must_use]
    pub fn equal(&self, index: usize, len: usize) -> &[u8] {
        let start = self.start(index);
        let mut end = start;
        for frame in self.ends().get(index..).unwrap_or_default() {
            if frame.end.wrapping_sub(end) != len {
                break;
            }
            end = frame.end;
        }
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Bytes on the wire of `count` frames from `index` on.
    #[must_use]
    pub fn wire(&self, index: usize, count: usize) -> usize {
        let frames = self.ends().get(index..index.saturating_add(count)).unwrap_or_default();
        frames.iter().fold(0usize, |sum, frame| sum.saturating_add(frame.wire))
    }
}

/// The values of one field in a run of samples, in order. No cell is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cells<'a> {
    /// See [`Kind::Bool`](crate::Kind::Bool).
    Bool(&'a [bool]),
    /// See [`Kind::I64`](crate::Kind::I64).
    I64(&'a [i64]),
    /// See [`Kind::U64`](crate::Kind::U64).
    U64(&'a [u64]),
    /// See [`Kind::F32`](crate::Kind::F32).
    F32(&'a [f32]),
    /// See [`Kind::F64`](crate::Kind::F64).
    F64(&'a [f64]),
}

impl Cells<'_> {
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
