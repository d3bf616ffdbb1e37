//! Messages in which the data say how long a part is, or how often it comes: they are walked from their front on.

mod read;
mod write;

pub(super) use write::encode;

use super::plan::{Read, Sum};
use crate::DecodeError;
use crate::protocol::discover::Discovered;
use crate::protocol::number::Number;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;
use core::ops::Range;

/// How long a part is in bytes, or how often it comes.
#[derive(Debug)]
pub(super) enum Size {
    Fixed(usize),
    /// As the number right before it says.
    Prefix(Number),
    /// Up to these bytes, which are no part of it.
    Until(Vec<u8>),
    /// As an integer before it said.
    Said(usize),
    /// All but so many bytes that follow.
    Rest(usize),
}

/// A field's name within what it stands in, and its unit.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) name: String,
    pub(super) unit: String,
}

/// One part of a message, in the order of the wire.
#[derive(Debug)]
pub(super) enum Step {
    /// A number, whether its value is kept for a [`Size::Said`], and how far the next part is.
    Number {
        leaf: Leaf,
        read: Read,
        kept: Option<usize>,
        advance: usize,
    },
    /// Text, or bytes.
    Span {
        leaf: Leaf,
        text: bool,
        size: Size,
    },
    Skip(Size),
    Constant(Vec<u8>),
    Sum(Sum),
    /// Parts under one name; each time under a number, if that is `numbered`. `least` is how short they can be.
    Group {
        name: String,
        numbered: bool,
        count: Size,
        steps: Vec<Step>,
        least: usize,
    },
}

/// A message that is walked.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) steps: Vec<Step>,
    /// Integers that are kept while it is walked.
    pub(super) kept: usize,
    /// Its fields, as many as have come.
    pub(super) message: Discovered,
    /// The names of what comes as often as the data say.
    pub(super) open: Vec<String>,
}

/// What a walk meets: a field's full name, its step, its bytes.
type Met<'m, 's> = &'m mut dyn FnMut(&str, &'s Step, Range<usize>);

struct Walk<'a, 'm, 's> {
    body: &'a [u8],
    at: usize,
    kept: Vec<u64>,
    name: String,
    met: Met<'m, 's>,
}

impl Flow {
    /// Every part, from the first byte to the last.
    fn walk<'s>(&'s self, body: &[u8], met: Met<'_, 's>) -> Result<(), DecodeError> {
        walk(&self.steps, self.kept, body, met)
    }

    /// Which bytes are the field of this name.
    pub(super) fn bytes_of(&self, body: &[u8], field: usize) -> Option<Range<usize>> {
        let name = self.message.schema().fields.get(field)?.name;
        let mut found = None;
        self.walk(body, &mut |known, _, bytes| {
            if known == name {
                found = Some(bytes);
            }
        })
        .ok()?;
        found
    }
}

fn walk<'s>(steps: &'s [Step], kept: usize, body: &[u8], met: Met<'_, 's>) -> Result<(), DecodeError> {
    let mut walk = Walk { body, at: 0, kept: alloc::vec![0; kept], name: String::new(), met };
    walk.steps(steps)?;
    let (need, got) = (walk.at, body.len());
    if got > need { Err(DecodeError::TooLong { need, got }) } else { Ok(()) }
}

impl<'s> Walk<'_, '_, 's> {
    fn steps(&mut self, steps: &'s [Step]) -> Result<(), DecodeError> {
        steps.iter().try_for_each(|step| self.step(step))
    }

    fn step(&mut self, step: &'s Step) -> Result<(), DecodeError> {
        match step {
            Step::Number { leaf, read, kept, advance } => {
                let (Read::Number(number) | Read::Scaled(number, _) | Read::Label(number, _)) = read else {
                    return Ok(());
                };
                let bytes = self.need(self.at, number.width())?;
                if let Some(kept) = kept.and_then(|kept| self.kept.get_mut(kept)) {
                    *kept = number.bits(self.body, self.at);
                }
                self.meet(leaf, step, bytes);
                self.at = self.at.saturating_add(*advance);
            }
            Step::Span { leaf, size, .. } => {
                let (bytes, next) = self.extent(size)?;
                self.meet(leaf, step, bytes);
                self.at = next;
            }
            Step::Skip(size) => self.at = self.extent(size)?.1,
            Step::Constant(constant) => {
                let bytes = self.need(self.at, constant.len())?;
                if self.body.get(bytes) != Some(constant) {
                    return Err(DecodeError::Syntax { at: self.at });
                }
                self.at = self.at.saturating_add(constant.len());
            }
            Step::Sum(sum) => {
                self.need(self.at, sum.checksum.bytes())?;
                sum.check_at(self.body, self.at)?;
                self.at = self.at.saturating_add(sum.checksum.bytes());
            }
            Step::Group { name, numbered, count, steps, least } => {
                let outer = self.name.len();
                // What is announced must fit before anything is made of it.
                let times = match count {
                    Size::Rest(_) => usize::MAX,
                    Size::Fixed(times) => *times,
                    Size::Said(kept) => self.said(*kept),
                    Size::Prefix(_) | Size::Until(_) => 0,
                };
                let end = match count {
                    Size::Rest(after) => self.body.len().saturating_sub(*after),
                    _ => {
                        self.need(self.at, times.saturating_mul(*least))?;
                        usize::MAX
                    }
                };
                for number in 0..times {
                    let before = self.at;
                    if before >= end {
                        break;
                    }
                    self.name.push_str(name);
                    if *numbered {
                        let _ = write!(self.name, ".{number}");
                    }
                    self.name.push('.');
                    self.steps(steps)?;
                    self.name.truncate(outer);
                    // What takes no bytes could come without end.
                    if self.at == before && !matches!(count, Size::Fixed(_)) {
                        return Err(DecodeError::Syntax { at: before });
                    }
                }
            }
        }
        Ok(())
    }

    /// Tells of a field. One without a name of its own is an element of an array.
    fn meet(&mut self, leaf: &Leaf, step: &'s Step, bytes: Range<usize>) {
        let outer = self.name.len();
        self.name.push_str(&leaf.name);
        let name = if leaf.name.is_empty() { self.name.strip_suffix('.').unwrap_or_default() } else { &self.name };
        (self.met)(name, step, bytes);
        self.name.truncate(outer);
    }

    fn said(&self, kept: usize) -> usize {
        let said = self.kept.get(kept).copied().unwrap_or(0);
        usize::try_from(said).unwrap_or(usize::MAX)
    }

    /// So many bytes from there on, if there are.
    fn need(&self, from: usize, len: usize) -> Result<Range<usize>, DecodeError> {
        let (need, got) = (from.saturating_add(len), self.body.len());
        if need > got { Err(DecodeError::TooShort { need, got }) } else { Ok(from..need) }
    }

    /// Where a part of this size stands, and where the next begins.
    fn extent(&self, size: &Size) -> Result<(Range<usize>, usize), DecodeError> {
        let (from, len, after) = match size {
            Size::Fixed(len) => (self.at, *len, 0),
            Size::Said(kept) => (self.at, self.said(*kept), 0),
            Size::Rest(after) => {
                let end = self.body.len().checked_sub(*after).and_then(|end| end.checked_sub(self.at));
                let need = self.at.saturating_add(*after);
                (self.at, end.ok_or(DecodeError::TooShort { need, got: self.body.len() })?, 0)
            }
            Size::Prefix(number) => {
                let from = self.need(self.at, number.width())?.end;
                (from, usize::try_from(number.bits(self.body, self.at)).unwrap_or(usize::MAX), 0)
            }
            Size::Until(end) => {
                let rest = self.body.get(self.at..).unwrap_or_default();
                let len = rest.windows(end.len().max(1)).position(|bytes| bytes == end.as_slice());
                (self.at, len.unwrap_or(rest.len()), end.len())
            }
        };
        let end = self.need(from, len.saturating_add(after))?.end;
        Ok((from..end.saturating_sub(after), end))
    }
}
