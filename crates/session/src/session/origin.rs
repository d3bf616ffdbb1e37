//! Which frame the latest sample of each message was in.

use store::Store;

/// A frame in the stream of what was received: where it begins, and its length in bytes; of no length where none came.
pub(crate) type Frame = (u64, u64);

/// The latest frame of each message.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    /// The frame that is being decoded.
    pub(super) frame: Frame,
    /// By the decoder's numbers of its messages.
    messages: Vec<Frame>,
    /// By table, of decoders that are no longer in force.
    tables: Vec<Frame>,
}

impl Origins {
    /// A sample of this message is in the frame.
    #[inline]
    pub(super) fn note(&mut self, schema: usize) {
        match self.messages.get_mut(schema) {
            Some(known) => *known = self.frame,
            None => put(&mut self.messages, schema, self.frame),
        }
    }

    /// Goes on by so many frames of the same length.
    pub(super) fn skip(&mut self, frames: usize) {
        self.frame.0 = self.frame.0.saturating_add(self.frame.1.saturating_mul(frames as u64));
    }

    /// The decoder is to be replaced.
    pub(super) fn retire(&mut self, store: &Store) {
        for (schema, frame) in std::mem::take(&mut self.messages).into_iter().enumerate() {
            if let Some(table) = store.table_of(schema) {
                put(&mut self.tables, table, frame);
            }
        }
    }

    /// The latest frame of a table.
    pub(crate) fn of(&self, store: &Store, table: usize) -> Option<Frame> {
        let schema = (0..self.messages.len()).find(|schema| store.table_of(*schema) == Some(table));
        let now = schema.and_then(|schema| self.messages.get(schema)).filter(|frame| frame.1 > 0);
        now.or_else(|| self.tables.get(table)).copied().filter(|frame| frame.1 > 0)
    }
}

#[cold]
fn put(frames: &mut Vec<Frame>, at: usize, frame: Frame) {
    if frames.len() <= at {
        frames.resize(at.saturating_add(1), (0, 0));
    }
    if let Some(place) = frames.get_mut(at) {
        *place = frame;
    }
}
