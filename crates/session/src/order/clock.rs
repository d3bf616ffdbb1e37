//! The device's own clock: its times made to go on where they wrap, and to start afresh where they jump.

use super::{Told, named};
use codec::Value;
use store::Time;

/// A step of the device's clock that is longer than that of arrival by more than this is a jump. A device may send at
/// once what it recorded over minutes; that is none.
const AHEAD: i128 = 3_600_000_000_000;
/// A clock that goes with that of arrival is known to do so after this long, and a step of it that is longer by more than
/// [`APART`] and an eighth of the time that passed is a jump, too. What a device sends at once or was held up on its way
/// does not go with arrival; drift and jitter are far below.
const KNOWN: i128 = 2_000_000_000;
const APART: i128 = 5_000_000_000;
/// For so long a time stands still where the clock begins afresh a little earlier; it never goes back.
const STANDS: i64 = 60_000_000_000;
/// A step back by less than this is a sample that comes late; by more, a clock that was set or a device that restarted.
const LATE: i128 = 1_000_000_000;
/// A clock that counts from 1970 and tells a time before 2000 was not set yet.
const UNSET: i128 = 946_684_800_000_000_000;
/// A sample that tells no time is as old as the one that told it last, for so long.
const OWN: i64 = 2_000_000_000;
/// How far a clock that counts from 1970 may be from ours and still be believed.
const BELIEVED: u128 = 86_400_000_000_000;

/// Which field tells the device's time, and how; from the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceClock {
    /// The message it stands in; `None` for every message that has the field.
    pub message: Option<String>,
    /// The field. `*.time` means whatever ends so.
    pub field: String,
    /// Nanoseconds of one unit of it.
    pub unit_nanos: u32,
    /// After how many bits it begins again at 0; 0 where it does not.
    pub bits: u8,
    /// Whether it counts from 1970-01-01 UTC, not from when the device started.
    pub unix: bool,
}

impl DeviceClock {
    /// Whether this field of this message tells it.
    pub(crate) fn is_told_by(&self, message: &str, field: &str) -> bool {
        named(self.message.as_ref(), &self.field, message, field)
    }
}

/// What a clock did that was out of the ordinary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClockEvent {
    /// It began again at 0, as it must.
    Wrapped,
    /// It told the same time twice.
    Repeated,
    /// It went back by so many nanoseconds.
    Back(i64),
    /// It jumped ahead by so many nanoseconds.
    Ahead(i64),
    /// It was never set: it stands at 0, or is in 1970.
    Unset,
}

/// The sample told last that no later one is before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    told: i128,
    device: i64,
    arrival: i64,
    /// Since when the clock goes with that of arrival: what it told and when that came.
    steady: (i128, i64),
}

/// What a clock is put back to.
pub(super) type ClockMark = (Option<Reference>, bool, (usize, usize), i64);

/// A clock as it goes.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    declared: DeviceClock,
    reference: Option<Reference>,
    /// Whether the sample before came late.
    late: bool,
    /// Schema and field that told the time last: what several of them tell at once is no repeat.
    teller: (usize, usize),
    /// The latest time so far.
    latest: i64,
}

impl Clock {
    pub(crate) fn new(declared: DeviceClock) -> Clock {
        Clock { declared, reference: None, late: false, teller: (usize::MAX, 0), latest: i64::MIN }
    }

    pub(super) fn tells(&self, message: &str, field: &str) -> bool {
        self.declared.is_told_by(message, field)
    }

    /// What a value says, in nanoseconds; `None` for what is no time.
    pub(super) fn nanos(&self, value: &Value<'_>) -> Option<i128> {
        let unit = i128::from(self.declared.unit_nanos);
        #[expect(clippy::cast_possible_truncation, reason = "saturates, and so does all that follows")]
        let float = |number: f64| number.is_finite().then_some((number * f64::from(self.declared.unit_nanos)) as i128);
        match *value {
            Value::U64(number) => Some(i128::from(number).saturating_mul(unit)),
            Value::I64(number) => Some(i128::from(number).saturating_mul(unit)),
            Value::F32(number) => float(f64::from(number)),
            Value::F64(number) => float(number),
            Value::Bool(_) | Value::Null | Value::Text(_) | Value::Bytes(_) => None,
        }
    }

    pub(super) fn mark(&self) -> ClockMark {
        (self.reference, self.late, self.teller, self.latest)
    }

    pub(super) fn back_to(&mut self, before: ClockMark) {
        (self.reference, self.late, self.teller, self.latest) = before;
    }

    /// The time of a sample that came now and tells this, in that field of that schema.
    pub(super) fn read(&mut self, now: Time, told: Option<i128>, teller: (usize, usize)) -> Told {
        let same = std::mem::replace(&mut self.teller, teller) == teller;
        let unset = told.is_some_and(|told| self.declared.unix && told < UNSET);
        let (device, event, broken) = self.follow(now, told, same);
        self.latest = self.latest.max(device);
        let event = event.or(unset.then_some(ClockEvent::Unset));
        Told { device: Time(self.latest), event, unset: unset || event == Some(ClockEvent::Unset), broken }
    }

    /// The time, which may be before the latest; what the clock did; whether the line is broken.
    fn follow(&mut self, now: Time, told: Option<i128>, same: bool) -> (i64, Option<ClockEvent>, bool) {
        let Some(told) = told else {
            // It is as old as the one before; where none came for a while, time has gone on with that of arrival.
            let since = |known: Reference| now.0.saturating_sub(known.arrival).saturating_sub(OWN).max(0);
            let device = |known: Reference| known.device.saturating_add(since(known));
            return (self.reference.map_or(now.0, device), None, false);
        };
        let Some(known) = self.reference else {
            return (self.begin(now, told), None, false);
        };
        let passed = i128::from(now.0).saturating_sub(i128::from(known.arrival));
        let step = self.step(known.told, told, passed);
        let was_late = std::mem::take(&mut self.late);
        let jumped = step < -LATE || step.saturating_sub(passed) > self.ahead(&known, passed);
        if jumped || (step < 0 && was_late) {
            let by = clamped(told.saturating_sub(known.told)).saturating_abs();
            let jump = if told < known.told { ClockEvent::Back(by) } else { ClockEvent::Ahead(by) };
            return (self.begin(now, told), Some(jump), true);
        }
        if step < 0 {
            self.late = true;
            return (known.device, Some(ClockEvent::Back(clamped(step.saturating_neg()))), true);
        }
        let device = known.device.saturating_add(clamped(step));
        // What was steady until now is so no longer where the two clocks went apart, at once or by and by.
        let since = |from: (i128, i64), told: i128| {
            let (went, passed) = (told.saturating_sub(from.0), i128::from(now.0).saturating_sub(i128::from(from.1)));
            went.saturating_sub(passed).abs() <= apart(passed)
        };
        let told_on = known.told.saturating_add(step);
        let goes_with = since((known.told, known.arrival), told_on) && since(known.steady, told_on);
        let steady = if goes_with && told >= known.told { known.steady } else { (told, now.0) };
        self.reference = Some(Reference { told, device, arrival: now.0, steady });
        let event = match step {
            0 if told == 0 => Some(ClockEvent::Unset),
            0 if same => Some(ClockEvent::Repeated),
            _ if told < known.told => Some(ClockEvent::Wrapped),
            _ => None,
        };
        (device, event, was_late)
    }

    /// Starts afresh: the device's time is its own where it can be believed, else that of arrival; where both are much
    /// before the latest, it goes on from there.
    fn begin(&mut self, now: Time, told: i128) -> i64 {
        let near = self.declared.unix && told.abs_diff(i128::from(now.0)) < BELIEVED;
        let own = near.then(|| clamped(told));
        let earliest = self.latest.saturating_sub(STANDS);
        let device = own.into_iter().chain([now.0]).find(|device| *device >= earliest).unwrap_or(self.latest);
        self.reference = Some(Reference { told, device, arrival: now.0, steady: (told, now.0) });
        device
    }

    /// How much further than arrival a step may go. Little, where the clock went with arrival until now; and where it
    /// wraps soon, what goes around by much more than the time that passed is a device that has started again.
    fn ahead(&self, known: &Reference, passed: i128) -> i128 {
        if i128::from(known.arrival).saturating_sub(i128::from(known.steady.1)) >= KNOWN {
            return apart(passed);
        }
        if self.declared.bits == 0 { AHEAD } else { AHEAD.min(self.around() / 4) }
    }

    /// Nanoseconds after which it begins again.
    fn around(&self) -> i128 {
        i128::from(self.declared.unit_nanos) << self.declared.bits.min(64)
    }

    /// How far the clock went from one time to another, while so much time passed here. Where it wraps, the way that is
    /// nearest to that: it may have gone around more than once while the link was away.
    fn step(&self, from: i128, to: i128, passed: i128) -> i128 {
        let straight = to.saturating_sub(from);
        if self.declared.bits == 0 {
            return straight;
        }
        let around = self.around();
        let once = straight.rem_euclid(around);
        // Rounded to the nearest number of turns.
        let turns =
            passed.saturating_sub(once).saturating_mul(2).saturating_add(around).div_euclid(around.saturating_mul(2));
        once.saturating_add(turns.saturating_mul(around))
    }
}

/// By how much a clock and that of arrival may differ over some time and still go together.
fn apart(passed: i128) -> i128 {
    APART.saturating_add(passed.max(0) / 8)
}

fn clamped(nanos: i128) -> i64 {
    i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests;
