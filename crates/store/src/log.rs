//! The raw bytes of both directions, as they came.

use crate::Time;
use alloc::collections::{TryReserveError, VecDeque};
use alloc::vec::Vec;
use core::ops::Range;

/// Bytes of a full page.
const PAGE: usize = 64 * 1024;
const SMALLEST: usize = 1024;

/// Bytes of a row.
pub const ROW: usize = 16;

/// After a rest of so long, in nanoseconds, bytes begin a row: they are another burst.
const REST: i64 = 10_000_000;

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

/// A row of the log: bytes of one burst, one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// Offset of its first byte since the store began, both directions counted.
    pub at: u64,
    /// When its first byte came or went.
    pub time: Time,
    /// Which way.
    pub direction: Direction,
    /// Where its first byte is in the stream of what was received; none where that is not known, or it was sent.
    pub received: Option<u64>,
    /// The bytes, at most [`ROW`].
    pub bytes: Vec<u8>,
}

/// Chunks of both directions in the order they came, addressed by absolute byte offset.
#[derive(Debug, Default)]
pub(crate) struct ByteLog {
    pages: VecDeque<Page>,
    /// Number of the next row.
    next_row: u64,
    /// Bytes received, held or not.
    received: u64,
    /// Whether some were never held: nobody knows any more which were received when.
    missed: bool,
    rows: Rows,
    /// Offset of the next byte.
    end: u64,
    page_bytes: usize,
}

#[derive(Debug)]
struct Page {
    at: u64,
    /// Number of its first row, which begins with the page, and bytes received before it.
    first_row: u64,
    received: u64,
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

/// Cuts pieces into rows.
#[derive(Clone, Copy, Debug, Default)]
struct Rows {
    /// Bytes of the row under way.
    fill: usize,
    last: Option<(i64, Direction)>,
}

impl Rows {
    /// How many bytes of a piece belong to the row under way.
    fn goes_on(&mut self, time: i64, direction: Direction, len: usize) -> usize {
        let same = self.last.is_some_and(|(last, way)| way == direction && time.saturating_sub(last) < REST);
        self.last = Some((time, direction));
        if !same || self.fill >= ROW {
            self.fill = 0;
        }
        let room = if self.fill == 0 { 0 } else { ROW.saturating_sub(self.fill) };
        len.min(room)
    }

    /// Takes a piece; returns the rows that begin in it.
    fn take(&mut self, time: i64, direction: Direction, len: usize) -> usize {
        let on = self.goes_on(time, direction, len);
        let rest = len.saturating_sub(on);
        self.fill =
            if rest > 0 { rest.saturating_sub(1) % ROW } else { self.fill.saturating_add(on).saturating_sub(1) };
        self.fill = self.fill.saturating_add(1);
        rest.div_ceil(ROW)
    }
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
        let begun = self.rows.take(time.0, direction, piece.len());
        self.next_row = self.next_row.saturating_add(begun as u64);
        if direction == Direction::Received {
            self.received = self.received.saturating_add(piece.len() as u64);
        }
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
            let (first_row, received) = (self.next_row, self.received);
            self.pages.push_back(Page { at: self.end, first_row, received, bytes: Vec::new(), heads: Vec::new() });
            self.rows = Rows::default();
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
        self.missed = true;
    }

    /// Numbers of the rows held.
    pub(crate) fn row_range(&self) -> Range<u64> {
        self.pages.front().map_or(self.next_row, |page| page.first_row)..self.next_row
    }

    /// Rows from a number on.
    pub(crate) fn rows(&self, from: u64, count: usize) -> Vec<LogRow> {
        let first = self.pages.partition_point(|page| page.first_row <= from).saturating_sub(1);
        let mut rows: Vec<LogRow> = Vec::new();
        for page in self.pages.range(first.min(self.pages.len())..) {
            let mut number = page.first_row;
            let mut received = page.received;
            let mut cut = Rows::default();
            for piece in page.pieces(page.at, page.end()) {
                let mut bytes = piece.bytes;
                let mut at = piece.at;
                let mut on = cut.goes_on(piece.time.0, piece.direction, bytes.len());
                while !bytes.is_empty() {
                    let begins = on == 0;
                    let len = if begins { bytes.len().min(ROW) } else { on };
                    on = 0;
                    let (head, rest) = bytes.split_at_checked(len).unwrap_or((bytes, &[]));
                    if begins {
                        if rows.len() >= count && number >= from {
                            return rows;
                        }
                        number = number.saturating_add(1);
                    }
                    cut.fill = if begins { len } else { cut.fill.saturating_add(len) };
                    let is_in = piece.direction == Direction::Received;
                    if number > from {
                        if begins {
                            rows.push(LogRow {
                                at,
                                time: piece.time,
                                direction: piece.direction,
                                received: (is_in && !self.missed).then_some(received),
                                bytes: head.to_vec(),
                            });
                        } else if let Some(row) = rows.last_mut() {
                            row.bytes.extend_from_slice(head);
                        }
                    }
                    at = at.saturating_add(len as u64);
                    received = received.saturating_add(if is_in { len as u64 } else { 0 });
                    bytes = rest;
                }
            }
        }
        rows
    }

    /// The number of the row that holds a byte.
    pub(crate) fn row_of(&self, offset: u64) -> Option<u64> {
        let index = self.pages.partition_point(|page| page.at <= offset).checked_sub(1)?;
        let page = self.pages.get(index).filter(|page| offset < page.end())?;
        let mut cut = Rows::default();
        let mut rows = 0u64;
        for piece in page.pieces(page.at, offset.saturating_add(1)) {
            rows = rows.saturating_add(cut.take(piece.time.0, piece.direction, piece.bytes.len()) as u64);
        }
        Some(page.first_row.saturating_add(rows.saturating_sub(1)))
    }

    /// Where bytes are, from an offset on, or before it.
    pub(crate) fn find(&self, needle: &[u8], from: u64, back: bool) -> Option<u64> {
        // Pages follow each other: what is looked for may begin in one and end in the next.
        let overlap = needle.len().checked_sub(1)?;
        let search = |index: usize| {
            let page = self.pages.get(index)?;
            let mut bytes = page.bytes.clone();
            if let Some(next) = self.pages.get(index.saturating_add(1)) {
                bytes.extend_from_slice(next.bytes.get(..overlap.min(next.bytes.len())).unwrap_or_default());
            }
            let place = |at: usize| page.at.saturating_add(at as u64);
            let hits = memchr::memmem::find_iter(&bytes, needle).map(place);
            if back { hits.take_while(|at| *at < from).last() } else { hits.into_iter().find(|at| *at >= from) }
        };
        let at = self.pages.partition_point(|page| page.at <= from).saturating_sub(1);
        if back { (0..=at).rev().find_map(search) } else { (at..self.pages.len()).find_map(search) }
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

    /// The pieces that hold a range of the stream of what was received, as far as they are held; none where nobody knows
    /// any more which bytes those are.
    pub(crate) fn received(&self, range: Range<u64>) -> Vec<Piece<'_>> {
        let mut found = Vec::new();
        if self.missed {
            return found;
        }
        let first = self.pages.partition_point(|page| page.received <= range.start).saturating_sub(1);
        for page in self.pages.range(first.min(self.pages.len())..) {
            if page.received >= range.end {
                break;
            }
            let mut at = page.received;
            for piece in page.pieces(page.at, page.end()).filter(|piece| piece.direction == Direction::Received) {
                let clip = |place: u64| usize::try_from(place.saturating_sub(at)).unwrap_or(usize::MAX);
                let (from, to) = (clip(range.start), clip(range.end).min(piece.bytes.len()));
                if let Some(bytes) = piece.bytes.get(from..to).filter(|bytes| !bytes.is_empty()) {
                    found.push(Piece { at: piece.at.saturating_add(from as u64), bytes, ..piece });
                }
                at = at.saturating_add(piece.bytes.len() as u64);
            }
        }
        found
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

#[cfg(test)]
mod tests;
