//! A command as such a message: what says how long a text is, is filled in.

use super::super::plan::{Plan, Read};
use super::super::write::{bytes, field};
use super::{Size, Step};
use crate::{EncodeError, Value};
use alloc::vec::Vec;

struct Writing<'a> {
    out: Vec<u8>,
    at: usize,
    kept: Vec<u64>,
    args: core::iter::Enumerate<core::slice::Iter<'a, Value<'a>>>,
    /// Check sequences, and where they stand.
    sums: Vec<(&'a super::Sum, usize)>,
}

/// The body of a command; `None` where its message is not walked.
pub(in super::super) fn encode(plan: &Plan, args: &[Value<'_>]) -> Option<Result<Vec<u8>, EncodeError>> {
    let flow = plan.flow.as_ref()?;
    let kept = alloc::vec![0; flow.kept];
    let args = args.iter().enumerate();
    let mut writing = Writing { out: Vec::new(), at: 0, kept, args, sums: Vec::new() };
    Some(writing.steps(&flow.steps).and_then(|()| {
        let Writing { mut out, sums, .. } = writing;
        let small = EncodeError::BufferTooSmall { need: out.len() };
        if let Some((at, number)) = plan.discriminator {
            number.put(plan.id, &mut out, at).ok_or(small)?;
        }
        for (sum, at) in sums {
            sum.put_at(&mut out, at).ok_or(small)?;
        }
        Ok(out)
    }))
}

impl<'a> Writing<'a> {
    fn steps(&mut self, steps: &'a [Step]) -> Result<(), EncodeError> {
        steps.iter().try_for_each(|step| self.step(step))
    }

    fn step(&mut self, step: &'a Step) -> Result<(), EncodeError> {
        match step {
            Step::Number { read, kept, advance, .. } => {
                let (index, arg) = self.arg()?;
                let (Read::Number(number) | Read::Scaled(number, _) | Read::Label(number, _)) = read else {
                    return Ok(());
                };
                self.room(number.width());
                field(read, arg, &mut self.out, self.at, 0).ok_or(EncodeError::Argument { index })?;
                if let Some(kept) = kept.and_then(|kept| self.kept.get_mut(kept)) {
                    *kept = number.bits(&self.out, self.at);
                }
                self.at = self.at.saturating_add(*advance);
            }
            Step::Span { size, .. } => {
                let (index, arg) = self.arg()?;
                let wrong = EncodeError::Argument { index };
                let bytes = bytes(arg).ok_or(wrong)?;
                match size {
                    Size::Fixed(len) if bytes.len() <= *len => {
                        self.put(bytes);
                        self.room(len.saturating_sub(bytes.len()));
                        self.at = self.out.len();
                    }
                    Size::Said(kept) if self.kept.get(*kept).copied() == u64::try_from(bytes.len()).ok() => {
                        self.put(bytes);
                    }
                    Size::Rest(_) => self.put(bytes),
                    Size::Prefix(number) => {
                        let len = u64::try_from(bytes.len()).map_err(|_| wrong)?;
                        let len = number.bits_of(&Value::U64(len)).ok_or(wrong)?;
                        self.room(number.width());
                        number.put(len, &mut self.out, self.at).ok_or(wrong)?;
                        self.at = self.out.len();
                        self.put(bytes);
                    }
                    // It would end there.
                    Size::Until(end) if !bytes.windows(end.len().max(1)).any(|part| part == end.as_slice()) => {
                        self.put(bytes);
                        self.put(end);
                    }
                    _ => return Err(wrong),
                }
            }
            Step::Skip(size) => {
                self.room(self.times(size));
                self.at = self.out.len();
            }
            Step::Constant(constant) => self.put(constant),
            Step::Sum(sum) => {
                self.sums.push((sum, self.at));
                self.room(sum.checksum.bytes());
                self.at = self.out.len();
            }
            Step::Group { count, steps, .. } => {
                for _ in 0..self.times(count) {
                    self.steps(steps)?;
                }
            }
        }
        Ok(())
    }

    fn times(&self, size: &Size) -> usize {
        match size {
            Size::Fixed(times) => *times,
            Size::Said(kept) => {
                self.kept.get(*kept).and_then(|said| usize::from(u16::try_from(*said).ok()?).into()).unwrap_or(0)
            }
            Size::Prefix(_) | Size::Until(_) | Size::Rest(_) => 0,
        }
    }

    fn arg(&mut self) -> Result<(usize, &'a Value<'a>), EncodeError> {
        let index = self.args.len();
        self.args.next().ok_or(EncodeError::Argument { index })
    }

    /// Zeros, as far as there are none yet.
    fn room(&mut self, len: usize) {
        let end = self.at.saturating_add(len).max(self.out.len());
        self.out.resize(end, 0);
    }

    fn put(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
        self.at = self.out.len();
    }
}
