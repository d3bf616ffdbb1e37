//! The device's own clock: its times made to go on where they wrap, and to start afresh where they jump.

use super::date::{DateOrder, date, time_of_day};
use super::{NUMBERED, Told, named};
use codec::Value;
use serde::{Deserialize, Serialize};
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
/// How far a clock may be from ours and still be believed to count from 1970.
const BELIEVED: u128 = 86_400_000_000_000;

/// Which field tells the device's time, and how; from the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceClock {
    /// The message it stands in; `None` for every message that has the field.
    pub message: Option<String>,
    /// The field. `*.time` means whatever ends so.
    pub field: String,
    /// Nanoseconds of one unit of it; 0 where it is a text with a date.
    pub unit_nanos: u32,
    /// After how many bits it begins again at 0; 0 where it does not.
    pub bits: u8,
    /// From when it counts. In a file that is opened its times stay what they are: the time since there, or the number of
    /// the row in place of seconds.
    pub counts_from: CountsFrom,
    /// The field with the time of day, where `field` is a text that tells the day only.
    pub time_of_day: Option<String>,
    /// What stands first in such a text, where it does not show.
    pub date_order: DateOrder,
    /// Minutes by which what is written as a date is ahead of UTC, where it does not say so itself.
    pub utc_offset_min: i16,
}

/// From when a clock counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CountsFrom {
    /// From when the device started.
    Start,
    /// From 1970-01-01 UTC; a text is a date.
    Unix,
    /// There is none: each sample is a second after the one before, whatever the field says.
    Rows,
}

/// What the times of a clock are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Instants: nanoseconds since the Unix epoch.
    Instants,
    /// Nanoseconds since where a file begins to count.
    Since,
    /// Numbers of a file's rows, from 1, times a thousand million.
    Rows,
}

impl DeviceClock {
    /// What its times are; in a file that is opened no instants, unless it tells some.
    #[must_use]
    pub fn times(&self, in_file: bool) -> Times {
        match self.counts_from {
            CountsFrom::Start if in_file => Times::Since,
            CountsFrom::Rows if in_file => Times::Rows,
            _ => Times::Instants,
        }
    }

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
struct Reference {
    told: i128,
    device: i64,
    arrival: i64,
    /// Since when the clock goes with that of arrival: what it told and when that came.
    steady: (i128, i64),
}

/// The clock as one message tells it. Each has an order of its own: a device may send what it measured of one thing, and
/// then of another for the same time.
#[derive(Clone, Copy, Debug)]
struct Lane {
    reference: Option<Reference>,
    /// Which beginning of the clock it counts from; see [`Clock::begun`].
    begun: u64,
    /// Whether the sample before came late.
    late: bool,
    /// The field that told the time last: what several of them tell at once is no repeat.
    teller: usize,
    /// The latest time so far.
    latest: i64,
    /// Samples so far, where those are what is counted.
    rows: u64,
}

impl Default for Lane {
    fn default() -> Lane {
        Lane { reference: None, begun: 0, late: false, teller: usize::MAX, latest: i64::MIN, rows: 0 }
    }
}

/// What a clock is put back to: the lane of a message, and what it shares with others.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClockMark {
    schema: usize,
    lane: Lane,
    shared: Option<Reference>,
    begun: u64,
}

/// A clock as it goes.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    declared: DeviceClock,
    /// Whether it is read from a file: then when its samples arrive says nothing about when they were made.
    recorded: bool,
    /// By the number of its schema.
    lanes: Vec<Lane>,
    /// What was told last since the clock began anew: whoever begins after that counts from there, so that what was
    /// made at once is drawn at once.
    shared: Option<Reference>,
    /// How often it began anew.
    begun: u64,
}

impl Clock {
    pub(crate) fn new(declared: DeviceClock, recorded: bool) -> Clock {
        Clock { declared, recorded, lanes: Vec::new(), shared: None, begun: 0 }
    }

    pub(super) fn tells(&self, message: &str, field: &str) -> bool {
        self.declared.is_told_by(message, field)
    }

    /// Whether a field of this message tells the time of day, beside one that tells the day.
    pub(super) fn tells_time_of_day(&self, message: &str, field: &str) -> bool {
        let DeviceClock { message: of, time_of_day, .. } = &self.declared;
        time_of_day.as_ref().is_some_and(|name| named(of.as_ref(), name, message, field))
    }

    /// The nanoseconds of a day that are over at the time of day that a value tells; 0 for what is none.
    pub(super) fn of_day(value: Option<&Value<'_>>) -> i128 {
        match value {
            Some(Value::Text(text)) => time_of_day(text).unwrap_or(0),
            _ => 0,
        }
    }

    /// What a value says, in nanoseconds; `None` for what is no time.
    pub(super) fn nanos(&self, value: &Value<'_>) -> Option<i128> {
        let unit = i128::from(self.declared.unit_nanos);
        #[expect(clippy::cast_possible_truncation, reason = "saturates, and so does all that follows")]
        let float = |number: f64| number.is_finite().then_some((number * f64::from(self.declared.unit_nanos)) as i128);
        match *value {
            Value::Text(text) if unit == 0 => {
                let (nanos, says_zone) = date(text, self.declared.date_order)?;
                let ahead = if says_zone { 0 } else { i128::from(self.declared.utc_offset_min) * 60_000_000_000 };
                Some(nanos.saturating_sub(ahead))
            }
            // A date is none of these.
            _ if unit == 0 => None,
            Value::U64(number) => Some(i128::from(number).saturating_mul(unit)),
            Value::I64(number) => Some(i128::from(number).saturating_mul(unit)),
            Value::F32(number) => float(f64::from(number)),
            Value::F64(number) => float(number),
            Value::Bool(_) | Value::Null | Value::Text(_) | Value::Bytes(_) => None,
        }
    }

    /// Whether its times are counted from where a file begins, and are no instants: then nothing in the file has one, since
    /// when it was read says nothing.
    fn is_from_the_beginning(&self) -> bool {
        self.declared.times(self.recorded) != Times::Instants
    }

    /// The time of what tells none: that of arrival, or in a file the one that was told last.
    pub(super) fn untold(&self, now: Time) -> Time {
        match self.shared {
            Some(known) if self.is_from_the_beginning() => Time(known.device),
            None if self.is_from_the_beginning() => Time(0),
            _ => now,
        }
    }

    /// The same, where it is not that of arrival.
    pub(super) fn untold_in_file(&self) -> Option<Time> {
        self.is_from_the_beginning().then(|| self.untold(Time(0)))
    }

    fn lane(&self, schema: usize) -> Lane {
        self.lanes.get(schema).copied().unwrap_or_default()
    }

    fn put(&mut self, schema: usize, lane: Lane) {
        if self.lanes.len() <= schema && schema < NUMBERED {
            self.lanes.resize(schema.saturating_add(1), Lane::default());
        }
        if let Some(known) = self.lanes.get_mut(schema) {
            *known = lane;
        }
    }

    pub(super) fn mark(&self, schema: usize) -> ClockMark {
        ClockMark { schema, lane: self.lane(schema), shared: self.shared, begun: self.begun }
    }

    pub(super) fn back_to(&mut self, before: ClockMark) {
        self.put(before.schema, before.lane);
        (self.shared, self.begun) = (before.shared, before.begun);
    }

    /// The time of a sample that came now and tells this, in that field of that schema.
    pub(super) fn read(&mut self, now: Time, told: Option<i128>, (schema, field): (usize, usize)) -> Told {
        let mut lane = self.lane(schema);
        let told = if self.declared.counts_from == CountsFrom::Rows {
            lane.rows = lane.rows.saturating_add(1);
            Some(i128::from(lane.rows) * 1_000_000_000)
        } else {
            told
        };
        let unix = self.declared.counts_from == CountsFrom::Unix;
        let same = std::mem::replace(&mut lane.teller, field) == field;
        let unset = told.is_some_and(|told| unix && told < UNSET);
        let (device, event, broken) = self.follow(&mut lane, now, told, same);
        lane.latest = lane.latest.max(device);
        if lane.begun == self.begun {
            self.shared = lane.reference.or(self.shared);
        }
        self.put(schema, lane);
        let event = event.or(unset.then_some(ClockEvent::Unset));
        Told { device: Time(lane.latest), event, unset: unset || event == Some(ClockEvent::Unset), broken }
    }

    /// The time, which may be before the latest; what the clock did; whether the line is broken.
    fn follow(
        &mut self,
        lane: &mut Lane,
        now: Time,
        told: Option<i128>,
        same: bool,
    ) -> (i64, Option<ClockEvent>, bool) {
        let Some(told) = told else {
            // It is as old as the one before; where none came for a while, time has gone on with that of arrival.
            let since = |known: Reference| now.0.saturating_sub(known.arrival).saturating_sub(OWN).max(0);
            let device = |known: Reference| known.device.saturating_add(since(known));
            return (lane.reference.map_or(self.untold(now).0, device), None, false);
        };
        let Some(known) = lane.reference else {
            let device = self.join(lane, now, told).unwrap_or_else(|| self.begin(lane, now, told));
            return (device, None, false);
        };
        let passed = i128::from(now.0).saturating_sub(i128::from(known.arrival));
        let step = self.step(known.told, told, passed);
        let was_late = std::mem::take(&mut lane.late);
        let jumped = step < -LATE || step.saturating_sub(passed) > self.ahead(&known, passed);
        if jumped || (step < 0 && was_late) {
            // Where another message told of the same jump before, it is counted already.
            if let Some(device) = self.join(lane, now, told) {
                return (device, None, true);
            }
            let by = clamped(told.saturating_sub(known.told)).saturating_abs();
            let jump = if told < known.told { ClockEvent::Back(by) } else { ClockEvent::Ahead(by) };
            return (self.begin(lane, now, told), Some(jump), true);
        }
        if step < 0 {
            lane.late = true;
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
        lane.reference = Some(Reference { told, device, arrival: now.0, steady });
        let event = match step {
            0 if told == 0 => Some(ClockEvent::Unset),
            0 if same => Some(ClockEvent::Repeated),
            _ if told < known.told => Some(ClockEvent::Wrapped),
            _ => None,
        };
        (device, event, was_late)
    }

    /// Counts from where another message began; `None` where it does so already, or where what it tells is none of that
    /// clock's times.
    fn join(&self, lane: &mut Lane, now: Time, told: i128) -> Option<i64> {
        let shared = self.shared.filter(|_| lane.begun != self.begun)?;
        let passed = i128::from(now.0).saturating_sub(i128::from(shared.arrival));
        let step = self.step(shared.told, told, passed);
        if step < -AHEAD || step.saturating_sub(passed) > AHEAD {
            return None;
        }
        let device = shared.device.saturating_add(clamped(step));
        lane.begun = self.begun;
        lane.reference = Some(Reference { told, device, arrival: now.0, steady: (told, now.0) });
        Some(device)
    }

    /// Starts afresh: the device's time is its own where it can be believed, else that of arrival; where both are much
    /// before the latest, it goes on from there.
    fn begin(&mut self, lane: &mut Lane, now: Time, told: i128) -> i64 {
        // Whatever the profile says: nothing has been running since 1970. What a file tells may be long ago.
        let told_in_file = self.recorded && self.declared.counts_from == CountsFrom::Unix && told >= UNSET;
        let near = told_in_file || self.is_from_the_beginning() || told.abs_diff(i128::from(now.0)) < BELIEVED;
        let own = near.then(|| clamped(told));
        let earliest = lane.latest.saturating_sub(STANDS);
        // What comes after something of a file is not from now.
        let arrival = (!self.recorded || lane.latest == i64::MIN).then(|| self.untold(now).0);
        let device = own.into_iter().chain(arrival).find(|device| *device >= earliest).unwrap_or(lane.latest);
        self.begun = self.begun.saturating_add(1);
        lane.begun = self.begun;
        lane.reference = Some(Reference { told, device, arrival: now.0, steady: (told, now.0) });
        device
    }

    /// How much further than arrival a step may go. Little, where the clock went with arrival until now; and where it
    /// wraps soon, what goes around by much more than the time that passed is a device that has started again.
    fn ahead(&self, known: &Reference, passed: i128) -> i128 {
        if self.recorded {
            return i128::MAX;
        }
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
