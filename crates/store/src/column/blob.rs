//! Cells of any length: text and bytes.
//!
//! An arena, with the short cells seen lately found again: labels of enumerations cost four bytes a row, log lines
//! their own length and eight.

use alloc::{boxed::Box, collections::TryReserveError, vec::Vec};

/// Longest cell that is looked for among those seen lately.
const SHORT: usize = 64;
const SLOTS: usize = 64;

#[derive(Clone, Debug, Default)]
pub(crate) struct Blobs {
    /// For every row, which entry.
    rows: Vec<u32>,
    /// For every entry, where it ends in the arena; it begins where the one before ends.
    ends: Vec<u32>,
    arena: Vec<u8>,
    /// By hash, the entry seen last, plus one.
    lately: Option<Box<[u32; SLOTS]>>,
}

impl Blobs {
    /// Makes room for `rows` rows in all, and for one more cell of `more` bytes.
    pub(crate) fn reserve(&mut self, rows: usize, more: usize) -> Result<(), TryReserveError> {
        self.rows.try_reserve_exact(rows.saturating_sub(self.rows.len()))?;
        if self.ends.len() == self.ends.capacity() {
            self.ends.try_reserve(1)?;
        }
        if self.arena.capacity().saturating_sub(self.arena.len()) < more {
            self.arena.try_reserve(more)?;
        }
        if self.lately.is_none() {
            self.lately = Some(Box::new([0; SLOTS]));
        }
        Ok(())
    }

    /// Appends if there is room; never allocates.
    pub(crate) fn push(&mut self, cell: &[u8]) -> bool {
        let slot = slot(cell);
        if self.rows.len() == self.rows.capacity() {
            return false;
        }
        if cell.len() <= SHORT
            && let Some(seen) = self.lately.as_ref().and_then(|lately| lately.get(slot)).copied()
            && let Some(entry) = seen.checked_sub(1)
            && self.entry(entry) == Some(cell)
        {
            self.rows.push(entry);
            return true;
        }
        let room = self.arena.capacity().saturating_sub(self.arena.len());
        if room < cell.len() || self.ends.len() == self.ends.capacity() {
            return false;
        }
        let Ok(end) = u32::try_from(self.arena.len().saturating_add(cell.len())) else { return false };
        let Ok(entry) = u32::try_from(self.ends.len()) else { return false };
        self.arena.extend_from_slice(cell);
        self.ends.push(end);
        self.rows.push(entry);
        if let Some(seen) = self.lately.as_mut().and_then(|lately| lately.get_mut(slot)) {
            *seen = entry.saturating_add(1);
        }
        true
    }

    /// A row without a cell: refers to no entry.
    pub(crate) fn push_null(&mut self) -> bool {
        let room = self.rows.len() < self.rows.capacity();
        if room {
            self.rows.push(u32::MAX);
        }
        room
    }

    pub(crate) fn get(&self, row: usize) -> Option<&[u8]> {
        self.entry(*self.rows.get(row)?)
    }

    fn entry(&self, entry: u32) -> Option<&[u8]> {
        let entry = usize::try_from(entry).ok()?;
        let end = usize::try_from(*self.ends.get(entry)?).ok()?;
        let start = match entry.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.arena.get(start..end)
    }

    /// Keeps the first rows only. What the arena holds of the others stays until the segment goes.
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// No more rows will come: gives back what was reserved for them.
    pub(crate) fn seal(&mut self) {
        self.lately = None;
        self.ends.shrink_to_fit();
        self.arena.shrink_to_fit();
    }

    pub(crate) fn arena_bytes(&self) -> usize {
        self.arena.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        let words = self.rows.capacity().saturating_add(self.ends.capacity());
        let lately = if self.lately.is_some() { SLOTS } else { 0 };
        words.saturating_add(lately).saturating_mul(size_of::<u32>()).saturating_add(self.arena.capacity())
    }
}

/// FNV-1a (draft-eastlake-fnv), folded to a slot.
fn slot(cell: &[u8]) -> usize {
    let hash =
        cell.iter().take(SHORT).fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    usize::try_from(hash ^ (hash >> 16)).unwrap_or(0) % SLOTS
}
