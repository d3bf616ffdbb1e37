//! The raw bytes of both directions, as they came.

use crate::Time;
use alloc::collections::{TryReserveError, VecDeque};
use alloc::vec::Vec;
use core::ops::Range;

/// Bytes of a full page.
const PAGE: usize = 64 * 1024;
const SMALLEST: usize = 1024;

/// Which way bytes went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the device.
    Received,
    /// To the device.
    Sent,
}

/// A piece of the log: bytes of one chunk. A chunk that crosses a page of the log comes as two pieces of one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// When the chunk came or went.
    pub time: Time,
    /// Which way.
    pub direction: Direction,
    /// Offset of its first byte since the store began, both directions counted.
    pub at: u64,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// Chunks of both directions in the order they came, addressed by absolute byte offset.
#[derive(Debug, Default)]
pub(crate) struct ByteLog {
    pages: VecDeque<Page>,
    /// Offset of the next byte.
    end: u64,
    page_bytes: usize,
}

#[derive(Debug)]
struct Page {
    at: u64,
    bytes: Vec<u8>,
    heads: Vec<Head>,
}

#[derive(Clone, Copy, Debug)]
struct Head {
    time: i64,
    /// Where the piece ends in the page; it begins where the one before ends.
    end: u32,
    direction: Direction,
}

impl ByteLog {
    /// Appends the first bytes of a chunk, as many as fit in the page; returns how many. Never allocates.
    pub(crate) fn push(&mut self, time: Time, direction: Direction, bytes: &[u8]) -> usize {
        let Some(page) = self.pages.back_mut() else { return 0 };
        let room = page.bytes.capacity().saturating_sub(page.bytes.len());
        let Some(piece) = bytes.get(..bytes.len().min(room)) else { return 0 };
        let Ok(end) = u32::try_from(page.bytes.len().saturating_add(piece.len())) else { return 0 };
        if piece.is_empty() || page.heads.len() == page.heads.capacity() {
            return 0;
        }
        page.bytes.extend_from_slice(piece);
        page.heads.push(Head { time: time.0, end, direction });
        self.end = self.end.saturating_add(piece.len() as u64);
        piece.len()
    }

    /// Makes room for at least one byte; a page is to hold `share` bytes at most.
    pub(crate) fn reserve(&mut self, more: usize, share: usize) -> Result<(), TryReserveError> {
        let limit = share.clamp(SMALLEST, PAGE);
        if self.pages.back().is_none_or(|page| page.bytes.len() >= limit) {
            if let Some(page) = self.pages.back_mut() {
                page.heads.shrink_to_fit();
                self.page_bytes = self.page_bytes.saturating_add(page.heap());
            }
            self.pages.try_reserve(1)?;
            self.pages.push_back(Page { at: self.end, bytes: Vec::new(), heads: Vec::new() });
        }
        let first = self.pages.len() == 1;
        let Some(page) = self.pages.back_mut() else { return Ok(()) };
        if page.bytes.len() == page.bytes.capacity() {
            let grown = page.bytes.len().saturating_mul(2).max(more).clamp(SMALLEST, limit);
            let capacity = if first { grown } else { limit };
            page.bytes.try_reserve_exact(capacity.saturating_sub(page.bytes.len()))?;
        }
        if page.heads.len() == page.heads.capacity() {
            page.heads.try_reserve(1)?;
        }
        Ok(())
    }

    /// Counts bytes that were never held: offsets go on after them.
    pub(crate) fn skip(&mut self, count: u64) {
        self.end = self.end.saturating_add(count);
    }

    /// When the newest byte of the oldest page came; `sealed` leaves out the page that still grows.
    pub(crate) fn oldest(&self, sealed: bool) -> Option<i64> {
        if sealed && self.pages.len() < 2 {
            return None;
        }
        self.pages.front()?.heads.last().map(|head| head.time)
    }

    /// When the oldest and the newest chunk held came or went.
    pub(crate) fn span(&self) -> Option<(Time, Time)> {
        let first = self.pages.iter().find_map(|page| page.heads.first())?;
        let last = self.pages.iter().rev().find_map(|page| page.heads.last())?;
        Some((Time(first.time), Time(last.time)))
    }

    /// Whether a byte can be pushed.
    pub(crate) fn has_room(&self) -> bool {
        self.pages
            .back()
            .is_some_and(|page| page.bytes.len() < page.bytes.capacity() && page.heads.len() < page.heads.capacity())
    }

    /// Gives up the oldest page; returns its bytes.
    pub(crate) fn evict(&mut self) -> u64 {
        let Some(page) = self.pages.pop_front() else { return 0 };
        if !self.pages.is_empty() {
            self.page_bytes = self.page_bytes.saturating_sub(page.heap());
        }
        page.bytes.len() as u64
    }

    pub(crate) fn range(&self) -> Range<u64> {
        self.pages.front().map_or(self.end, |page| page.at)..self.end
    }

    /// The pieces that hold a range of offsets, as far as they are held.
    pub(crate) fn pieces(&self, range: Range<u64>) -> impl Iterator<Item = Piece<'_>> {
        let from = self.pages.partition_point(|page| page.end() <= range.start);
        let pages = self.pages.range(from..).take_while(move |page| page.at < range.end);
        let (start, end) = (range.start, range.end);
        pages.flat_map(move |page| page.pieces(start, end))
    }

    pub(crate) fn bytes(&self) -> usize {
        let open = self.pages.back().map_or(0, Page::heap);
        let pages = self.pages.capacity().saturating_mul(size_of::<Page>());
        self.page_bytes.saturating_add(open).saturating_add(pages)
    }
}

impl Page {
    fn end(&self) -> u64 {
        self.at.saturating_add(self.bytes.len() as u64)
    }

    fn heap(&self) -> usize {
        self.bytes.capacity().saturating_add(self.heads.capacity().saturating_mul(size_of::<Head>()))
    }

    fn pieces(&self, start: u64, end: u64) -> impl Iterator<Item = Piece<'_>> {
        let clip = move |offset: u64| usize::try_from(offset.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let (start, end) = (clip(start), clip(end).min(self.bytes.len()));
        let first = self.heads.partition_point(|head| usize::try_from(head.end).unwrap_or(usize::MAX) <= start);
        let before = first.checked_sub(1).and_then(|i| self.heads.get(i)).map_or(0, |head| head.end);
        let mut from = usize::try_from(before).unwrap_or(usize::MAX);
        self.heads.get(first..).unwrap_or_default().iter().map_while(move |head| {
            let to = usize::try_from(head.end).unwrap_or(usize::MAX);
            let (a, b) = (from.max(start), to.min(end));
            from = to;
            let bytes = self.bytes.get(a..b).filter(|bytes| !bytes.is_empty())?;
            let at = self.at.saturating_add(a as u64);
            Some(Piece { time: Time(head.time), direction: head.direction, at, bytes })
        })
    }
}
