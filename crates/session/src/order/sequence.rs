//! Sequence numbers: what is missing, late or twice (RFC 4303, section 3.4.3, has the window that tells late from twice).

use super::named;

/// Numbers before the highest that are remembered.
const WINDOW: u64 = 64;

/// Which field counts a device's samples; from the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SequenceNumber {
    /// The message it stands in; `None` where all messages that have the field are counted together.
    pub message: Option<String>,
    /// The field.
    pub field: String,
    /// How many numbers there are before it begins again at 0; 0 where it does not.
    pub modulus: u64,
}

impl SequenceNumber {
    /// Whether a field of a message is the one.
    pub(crate) fn is_of(&self, message: &str, field: &str) -> bool {
        named(self.message.as_ref(), &self.field, message, field)
    }
}

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It follows the one before, or is the first.
    Next,
    /// So many are missing before it.
    Gap {
        /// How many.
        missing: u64,
    },
    /// It comes after a higher one.
    Late {
        /// Whether it was counted as missing; not, where it is before the first that came.
        missed: bool,
    },
    /// It was there before.
    Again,
    /// It is far behind: the device counts from anew.
    Restart,
}

/// Numbers as they come.
#[derive(Clone, Debug)]
pub(crate) struct Sequence {
    declared: SequenceNumber,
    /// The highest, counted on where it wraps; `None` before the first.
    highest: Option<u64>,
    /// The first, counted on.
    first: u64,
    /// Which of those before it came: the lowest bit is the highest itself.
    seen: u64,
    /// The one that came last, counted on.
    last: u64,
    /// Where the last [`WINDOW`] are kept, if any is.
    rows: Vec<Option<(usize, u64)>>,
}

/// A longer run of numbers that did not come is none: the device counts anew.
const MOST_MISSING: u64 = 1 << 20;

/// What a sequence is put back to.
pub(super) type SequenceMark = (Option<u64>, u64, u64);

/// The first number counts as this: there is room before it.
const FIRST: u64 = 1 << 32;

impl Sequence {
    pub(crate) fn new(declared: SequenceNumber) -> Sequence {
        Sequence { declared, highest: None, first: FIRST, seen: 0, last: 0, rows: Vec::new() }
    }

    pub(super) fn is_of(&self, message: &str, field: &str) -> bool {
        self.declared.is_of(message, field)
    }

    pub(super) fn mark(&self) -> SequenceMark {
        (self.highest, self.seen, self.last)
    }

    pub(super) fn back_to(&mut self, (highest, seen, last): SequenceMark) {
        (self.highest, self.seen, self.last) = (highest, seen, last);
    }

    /// The number, reduced to those there are.
    fn reduced(&self, number: u64) -> u64 {
        number.checked_rem(self.declared.modulus).unwrap_or(number)
    }

    /// The number counted on: the nearest to the highest that looks so on the wire.
    fn counted(&self, number: u64, highest: u64) -> i128 {
        let number = i128::from(self.reduced(number));
        let modulus = i128::from(self.declared.modulus);
        let highest = i128::from(highest);
        let base = i128::from(FIRST);
        if modulus == 0 {
            return number.saturating_add(base);
        }
        let ahead = number.saturating_sub(highest.saturating_sub(base)).rem_euclid(modulus);
        // One that is half of all away is ahead.
        let back = ahead > modulus / 2;
        highest.saturating_add(ahead).saturating_sub(if back { modulus } else { 0 })
    }

    fn begin(&mut self, number: u64) {
        let at = self.reduced(number).saturating_add(FIRST);
        (self.highest, self.seen, self.last, self.first) = (Some(at), 1, at, at);
    }

    /// Counts from anew.
    pub(super) fn restart(&mut self, number: u64) {
        self.rows.fill(None);
        self.begin(number);
    }

    /// Takes the next number, if it is the one that follows; else nothing is said.
    #[inline]
    pub(super) fn follows(&mut self, number: u64) -> bool {
        let Some(highest) = self.highest else {
            self.begin(number);
            return true;
        };
        let next = highest.saturating_add(1);
        let done = self.counted(number, highest) == i128::from(next);
        if done {
            (self.highest, self.last) = (Some(next), next);
            self.seen = self.seen << 1 | 1;
        }
        done
    }

    /// Takes the next number.
    pub(crate) fn step(&mut self, number: u64) -> Step {
        let Some(highest) = self.highest else {
            self.begin(number);
            return Step::Next;
        };
        let at = self.counted(number, highest);
        let ahead = at.saturating_sub(i128::from(highest));
        let window = match self.declared.modulus {
            0 => WINDOW,
            modulus => WINDOW.min(modulus / 2),
        };
        if ahead > 0 {
            let ahead = u64::try_from(ahead).unwrap_or(u64::MAX);
            if ahead > MOST_MISSING {
                self.restart(number);
                return Step::Restart;
            }
            let at = highest.saturating_add(ahead);
            self.seen = u32::try_from(ahead).ok().and_then(|by| self.seen.checked_shl(by)).unwrap_or(0) | 1;
            (self.highest, self.last) = (Some(at), at);
            return match ahead {
                1 => Step::Next,
                _ => Step::Gap { missing: ahead.saturating_sub(1) },
            };
        }
        let Some(behind) = u64::try_from(ahead.saturating_neg()).ok().filter(|behind| *behind < window) else {
            self.restart(number);
            return Step::Restart;
        };
        self.last = highest.saturating_sub(behind);
        let bit = 1_u64 << behind;
        if self.seen & bit != 0 {
            return Step::Again;
        }
        self.seen |= bit;
        Step::Late { missed: self.last > self.first }
    }

    fn slot(&mut self, counted: u64) -> Option<&mut Option<(usize, u64)>> {
        let at = usize::try_from(counted % WINDOW).ok()?;
        if self.rows.len() <= at {
            self.rows.resize(at.saturating_add(1), None);
        }
        self.rows.get_mut(at)
    }

    /// The sample of the number taken last is kept there: schema and row.
    #[inline]
    pub(super) fn keep(&mut self, place: (usize, u64)) {
        let last = self.last;
        if let Some(slot) = self.slot(last) {
            *slot = Some(place);
        }
    }

    /// A run of samples, each with the next number, is kept from this row on; the last has the number taken last.
    pub(super) fn keep_run(&mut self, schema: usize, first_row: u64, rows: usize) {
        let rows = rows as u64;
        for row in rows.saturating_sub(WINDOW)..rows {
            let counted = self.last.saturating_sub(rows.saturating_sub(1)).saturating_add(row);
            if let Some(slot) = self.slot(counted) {
                *slot = Some((schema, first_row.saturating_add(row)));
            }
        }
    }

    /// Whether a number is the highest.
    pub(super) fn is_highest(&self, number: u64) -> bool {
        self.highest.is_some_and(|highest| self.counted(number, highest) == i128::from(highest))
    }

    /// Where the sample of a number is kept that came again.
    pub(super) fn earlier(&self, number: u64) -> Option<(usize, u64)> {
        let counted = u64::try_from(self.counted(number, self.highest?)).ok()?;
        *self.rows.get(usize::try_from(counted % WINDOW).ok()?)?
    }
}

#[cfg(test)]
mod tests;
