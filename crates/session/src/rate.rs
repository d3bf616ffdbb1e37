//! How many a second, over about the last second.

use std::ops::Range;
use store::Time;

/// Nanoseconds of one slot.
const SLOT: i64 = 100_000_000;
const SLOTS: usize = 11;

/// Counts in slots of 100 ms: the one under way and the ten before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rate {
    /// Number of the slot under way, since the Unix epoch.
    now: i64,
    slots: [u64; SLOTS],
    /// Slots that have passed since the first count, at most ten.
    passed: u8,
    begun: bool,
    /// Counted since the beginning: one alone has no rate.
    counted: u64,
}

/// The number of the slot a time is in: what a rate was computed from changes at most this often.
pub(crate) fn slot(now: Time) -> i64 {
    now.0.div_euclid(SLOT)
}

impl Rate {
    fn advance(&mut self, now: Time) {
        let slot = slot(now);
        // A clock that was set back starts over, as does a silence of more than a second.
        let steps = slot.saturating_sub(self.now);
        if !self.begun || steps < 0 {
            *self = Rate { now: slot, begun: true, ..Rate::default() };
            return;
        }
        let shift = usize::try_from(steps).unwrap_or(SLOTS).min(SLOTS);
        self.slots.rotate_right(shift % SLOTS);
        self.slots.iter_mut().take(shift).for_each(|slot| *slot = 0);
        self.passed = self.passed.saturating_add(u8::try_from(shift).unwrap_or(u8::MAX)).min(10);
        self.now = slot;
    }

    /// Counts some more.
    pub(crate) fn add(&mut self, now: Time, count: u64) {
        self.advance(now);
        let [first, ..] = &mut self.slots;
        *first = first.saturating_add(count);
        self.counted = self.counted.saturating_add(count);
    }

    /// The time that [`Rate::per_second`] counts in, and what makes a count in it one of a second; `None` where it gives 0.
    pub(crate) fn window(&mut self, now: Time) -> Option<(Range<Time>, f64)> {
        if self.per_second(now) == 0.0 {
            return None;
        }
        let at = |slot: i64| Time(slot.saturating_mul(SLOT));
        Some((at(self.now.saturating_sub(10))..at(self.now), 10.0 / f64::from(self.passed)))
    }

    /// A second's count: what the last ten full slots hold, or as many as have passed since counting began.
    pub(crate) fn per_second(&mut self, now: Time) -> f64 {
        if self.counted < 2 {
            return 0.0;
        }
        self.advance(now);
        let full = self.slots.iter().skip(1).fold(0u64, |sum, slot| sum.saturating_add(*slot));
        #[expect(clippy::cast_precision_loss, reason = "a rate, to be read by people")]
        let full = full as f64;
        if self.passed == 0 { 0.0 } else { full * 10.0 / f64::from(self.passed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_stream_has_its_rate_and_silence_has_none() {
        let mut rate = Rate::default();
        assert_eq!(rate.per_second(Time(5)), 0.0);
        for millis in 0..3000 {
            rate.add(Time(0).plus_millis(millis), 2);
        }
        assert_eq!(rate.per_second(Time(0).plus_millis(3000)), 2000.0);
        assert_eq!(rate.per_second(Time(0).plus_millis(3500)), 1000.0);
        assert_eq!(rate.per_second(Time(0).plus_millis(4101)), 0.0);
    }

    #[test]
    fn one_alone_has_no_rate() {
        let mut rate = Rate::default();
        rate.add(Time(0), 1);
        assert_eq!(rate.per_second(Time(0).plus_millis(850)), 0.0);
        rate.add(Time(0).plus_millis(1000), 1);
        assert_eq!(rate.per_second(Time(0).plus_millis(1150)), 1.0);
    }

    #[test]
    fn a_stream_just_begun_has_its_rate_and_a_clock_set_back_starts_over() {
        let mut rate = Rate::default();
        for millis in 0..300 {
            rate.add(Time(0).plus_millis(millis), 1);
        }
        assert_eq!(rate.per_second(Time(0).plus_millis(300)), 1000.0);
        assert_eq!(rate.per_second(Time(0).plus_millis(-5000)), 0.0);
    }
}
