//! Finished lines, compactly: text and looks of many lines in one piece of memory each, with a small head for each line.
//! The oldest page goes first, as a whole.

use super::look::Look;
use super::past::Row;
use crate::query::{Mark, Run};
use std::collections::VecDeque;
use store::Time;

/// Bytes of text of one page.
const PAGE: usize = 64 << 10;

/// Bytes of text of one line: what is longer goes on in a line of its own.
pub(super) const LINE: usize = 1024;

/// Changes of look of one page; what a head can count to is above it.
const LOOKS: usize = 60_000;

/// Lines of one page.
const HEADS: usize = 8192;

#[derive(Clone, Copy)]
struct Head {
    /// Nanoseconds since the Unix epoch.
    time: i64,
    /// Where the line's text ends in the page; it begins where the one before ends.
    text: u32,
    /// Where its looks end.
    looks: u16,
    mark: Mark,
    /// Whether it goes on with the line before it.
    continued: bool,
}

/// A run of a line: so many bytes of that look.
#[derive(Clone, Copy)]
struct Stretch {
    len: u16,
    look: Look,
}

struct Page {
    /// Number of its first line.
    first: u64,
    text: String,
    heads: Vec<Head>,
    looks: Vec<Stretch>,
}

impl Page {
    fn heap(&self) -> usize {
        let heads = self.heads.capacity().saturating_mul(size_of::<Head>());
        let looks = self.looks.capacity().saturating_mul(size_of::<Stretch>());
        self.text.capacity().saturating_add(heads).saturating_add(looks).saturating_add(size_of::<Page>())
    }

    fn line(&self, index: usize) -> Option<Line<'_>> {
        let head = self.heads.get(index)?;
        let before = index.checked_sub(1).and_then(|before| self.heads.get(before));
        let from = before.map_or(0, |head| head.text);
        let text = self.text.get(at(from)..at(head.text))?;
        let looks = self.looks.get(before.map_or(0, |head| head.looks).into()..head.looks.into())?;
        let row = Row { time: Time(head.time), mark: head.mark };
        let number = self.first.saturating_add(index as u64);
        Some(Line { number, row, continued: head.continued, text, looks })
    }
}

fn at(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// A finished line.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// Counted from the first line ever.
    pub(super) number: u64,
    pub(super) row: Row,
    /// Whether it goes on with the line before it, which was too long for one.
    pub(super) continued: bool,
    pub(super) text: &'a str,
    looks: &'a [Stretch],
}

impl Line<'_> {
    /// Its text in runs of equal look.
    pub(super) fn runs(&self) -> Vec<Run> {
        let mut rest = self.text;
        let mut runs = Vec::with_capacity(self.looks.len().max(1));
        for stretch in self.looks {
            let Some((text, after)) = rest.split_at_checked(stretch.len.into()) else { break };
            runs.push(stretch.look.run(text));
            rest = after;
        }
        if !rest.is_empty() {
            runs.push(Look::default().run(rest));
        }
        runs
    }
}

/// The lines that a frame was printed to, whether they are finished or not.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    pub(super) first: Option<u64>,
    pub(super) last: u64,
}

impl Span {
    pub(super) fn see(&mut self, number: u64) {
        self.last = number;
        self.first = self.first.or(Some(number));
    }

    /// A line became two: those after it have other numbers now, and it ends in the second.
    fn split(&mut self, number: u64) {
        self.first = self.first.map(|first| first.saturating_add(u64::from(first > number)));
        self.last = self.last.saturating_add(u64::from(self.last >= number));
    }
}

/// Finished lines, numbered from the first ever.
pub(super) struct Pages {
    pages: VecDeque<Page>,
    /// Number of the oldest line held, and of the next.
    oldest: u64,
    next: u64,
    /// How many go on with the line before them: since the first ever, and of those held.
    wrapped: (u64, u64),
    /// Memory of all pages but the last.
    sealed: usize,
    max_lines: u64,
    max_bytes: usize,
    pub(super) span: Span,
}

impl Pages {
    pub(super) fn new(max_lines: u64, max_bytes: usize) -> Pages {
        let (pages, span) = (VecDeque::new(), Span::default());
        Pages { pages, oldest: 0, next: 0, wrapped: (0, 0), sealed: 0, max_lines, max_bytes, span }
    }

    pub(super) fn oldest(&self) -> u64 {
        self.oldest
    }

    pub(super) fn next(&self) -> u64 {
        self.next
    }

    /// How many lines are no lines of the device's, but go on with the one before: since the first ever, and of those held.
    pub(super) fn wrapped(&self) -> (u64, u64) {
        self.wrapped
    }

    /// Memory held.
    #[cfg(test)]
    pub(super) fn memory(&self) -> usize {
        self.sealed.saturating_add(self.pages.back().map_or(0, Page::heap))
    }

    /// Begins a line.
    pub(super) fn begin(&mut self, row: Row, continued: bool) {
        let full = |page: &Page| {
            page.text.len().saturating_add(LINE) > PAGE || page.looks.len() > LOOKS || page.heads.len() >= HEADS
        };
        if self.pages.back().is_none_or(full) {
            self.turn();
        }
        let Some(page) = self.pages.back_mut() else { return };
        let (text, looks) = (page.text.len(), page.looks.len());
        let (Ok(text), Ok(looks)) = (u32::try_from(text), u16::try_from(looks)) else { return };
        page.heads.push(Head { time: row.time.0, text, looks, mark: row.mark, continued });
        self.next = self.next.saturating_add(1);
        let (ever, held) = self.wrapped;
        let more = u64::from(continued);
        self.wrapped = (ever.saturating_add(more), held.saturating_add(more));
    }

    /// Adds text of one look to the newest line; where it gets too long, another line goes on.
    pub(super) fn push(&mut self, mut text: &str, look: Look) {
        while !text.is_empty() {
            let room = LINE.saturating_sub(self.newest_len());
            let cut = floor(text, room);
            if cut == 0 {
                let Some(Line { number, row, .. }) = self.newest() else { return };
                self.span.split(number);
                self.begin(row, true);
                continue;
            }
            let Some((head, rest)) = text.split_at_checked(cut) else { return };
            self.extend(head, look);
            text = rest;
        }
    }

    fn extend(&mut self, text: &str, look: Look) {
        let full = self.pages.back().is_some_and(|page| page.looks.len() >= usize::from(u16::MAX));
        let look = if full { Look::default() } else { look };
        let Some(page) = self.pages.back_mut() else { return };
        let Some((head, before)) = page.heads.split_last_mut() else { return };
        let begun = before.last().map_or((0, 0), |head| (head.text, head.looks));
        let plain = head.looks == begun.1;
        if !(full || plain && look.is_default()) {
            if plain && head.text > begun.0 {
                let len = u16::try_from(head.text.saturating_sub(begun.0)).unwrap_or(u16::MAX);
                page.looks.push(Stretch { len, look: Look::default() });
                head.looks = head.looks.saturating_add(1);
            }
            let len = u16::try_from(text.len()).unwrap_or(u16::MAX);
            match page.looks.last_mut().filter(|last| head.looks > begun.1 && last.look == look) {
                Some(last) => last.len = last.len.saturating_add(len),
                None => {
                    page.looks.push(Stretch { len, look });
                    head.looks = head.looks.saturating_add(1);
                }
            }
        }
        page.text.push_str(text);
        head.text = u32::try_from(page.text.len()).unwrap_or(u32::MAX);
    }

    /// What the newest line is, where it ends: a line is of the time of its last character.
    pub(super) fn set_newest(&mut self, row: Row) {
        if let Some(head) = self.pages.back_mut().and_then(|page| page.heads.last_mut()) {
            head.time = row.time.0;
            if row.mark != Mark::Received {
                head.mark = row.mark;
            }
        }
    }

    /// Marks a line.
    pub(super) fn mark(&mut self, number: u64, mark: Mark) {
        let Some(page) = self.page(number).and_then(|index| self.pages.get_mut(index)) else { return };
        let index = usize::try_from(number.saturating_sub(page.first)).unwrap_or(usize::MAX);
        if let Some(head) = page.heads.get_mut(index) {
            head.mark = mark;
        }
    }

    /// The newest line.
    pub(super) fn newest(&self) -> Option<Line<'_>> {
        let page = self.pages.back()?;
        page.line(page.heads.len().checked_sub(1)?)
    }

    fn newest_len(&self) -> usize {
        let Some((head, before)) = self.pages.back().and_then(|page| page.heads.split_last()) else { return 0 };
        at(head.text.saturating_sub(before.last().map_or(0, |head| head.text)))
    }

    fn page(&self, number: u64) -> Option<usize> {
        self.pages.partition_point(|page| page.first <= number).checked_sub(1)
    }

    /// The line of that number.
    pub(super) fn line(&self, number: u64) -> Option<Line<'_>> {
        let page = self.pages.get(self.page(number)?)?;
        page.line(usize::try_from(number.checked_sub(page.first)?).ok()?)
    }

    /// Lines from a number on.
    pub(super) fn from(&self, number: u64) -> impl Iterator<Item = Line<'_>> {
        let number = number.max(self.oldest);
        let first = self.page(number).unwrap_or(0);
        let pages = self.pages.range(first.min(self.pages.len())..);
        pages.flat_map(move |page| {
            let skip = usize::try_from(number.saturating_sub(page.first)).unwrap_or(usize::MAX);
            (skip..page.heads.len()).map_while(|index| page.line(index))
        })
    }

    /// The text of the page that a line is in, from that line on, with the number of the line after its last; and the
    /// line that a place in that text belongs to, with where that line ends there.
    pub(super) fn text_from(&self, number: u64) -> Option<Block<'_>> {
        let number = number.max(self.oldest);
        let page = self.pages.get(self.page(number)?)?;
        let index = usize::try_from(number.saturating_sub(page.first)).ok()?;
        let heads = page.heads.get(index..).filter(|heads| !heads.is_empty())?;
        let begins = index.checked_sub(1).and_then(|before| page.heads.get(before)).map_or(0, |head| head.text);
        Some(Block { first: number, text: page.text.get(at(begins)..)?, begins, heads })
    }

    /// Begins a page, and gives up the oldest ones where that is needed.
    fn turn(&mut self) {
        if let Some(page) = self.pages.back_mut() {
            page.heads.shrink_to_fit();
            page.looks.shrink_to_fit();
            page.text.shrink_to_fit();
            self.sealed = self.sealed.saturating_add(page.heap());
        }
        self.pages.push_back(Page { first: self.next, text: String::new(), heads: Vec::new(), looks: Vec::new() });
        // Room is left for the page that now begins: it can hold no more than this.
        let most = PAGE.saturating_add(usize::from(u16::MAX).saturating_mul(size_of::<Stretch>()).saturating_mul(2));
        while self.pages.len() > 1 {
            let Some(second) = self.pages.get(1) else { break };
            let without = self.next.saturating_sub(second.first);
            if without < self.max_lines && self.sealed.saturating_add(most) <= self.max_bytes {
                break;
            }
            self.oldest = second.first;
            if let Some(gone) = self.pages.pop_front() {
                self.sealed = self.sealed.saturating_sub(gone.heap());
                let wrapped = gone.heads.iter().filter(|head| head.continued).count();
                self.wrapped.1 = self.wrapped.1.saturating_sub(wrapped as u64);
            }
        }
    }
}

/// Text of several lines in one piece, to be searched at once. Lines follow each other without a break.
pub(super) struct Block<'a> {
    /// Number of the line that it begins with.
    pub(super) first: u64,
    pub(super) text: &'a str,
    begins: u32,
    heads: &'a [Head],
}

impl Block<'_> {
    /// How many lines.
    pub(super) fn lines(&self) -> u64 {
        self.heads.len() as u64
    }

    /// The line that holds a byte of the text, counted within the block, and where it ends.
    pub(super) fn line_at(&self, offset: usize) -> (u64, usize) {
        let end = |head: &Head| at(head.text.saturating_sub(self.begins));
        let index = self.heads.partition_point(|head| end(head) <= offset);
        (self.first.saturating_add(index as u64), self.heads.get(index).map_or(self.text.len(), end))
    }
}

/// The greatest boundary between characters that is not after `most`.
fn floor(text: &str, most: usize) -> usize {
    if text.len() <= most {
        return text.len();
    }
    (0..=most).rev().find(|cut| text.is_char_boundary(*cut)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_with_a_line_that_was_given_up_is_no_line_of_those_held() {
        let mut pages = Pages::new(1000, 1 << 20);
        for _ in 0..100 {
            pages.begin(Row { time: Time(1), mark: Mark::Received }, false);
            pages.push(&"x".repeat(65_535), Look::default());
        }
        let (ever, held) = pages.wrapped();
        assert!(pages.oldest() > 0, "nothing was given up");
        assert_eq!((pages.next() - ever, pages.from(0).filter(|line| line.continued).count() as u64), (100, held));
    }
}
