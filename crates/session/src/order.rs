//! In which order a device made its samples: what its clock and its sequence numbers say, where the profile names them.
//!
//! Rows stay in the order of their arrival. The clock gives each a second time, and both tell where a line must not be
//! drawn.

pub mod clock;
pub mod date;
pub mod sequence;

use crate::profile::Profile;
use clock::{Clock, ClockEvent};
use codec::{Cells, Sample, Samples, Schema, Value};
use sequence::{Sequence, Step};
use store::Time;

/// Schemas that are looked at, by their numbers.
const NUMBERED: usize = 4096;

/// Where the fields are in the samples of one schema, found again when it grows.
#[derive(Clone, Debug, Default)]
struct Places {
    /// Fields the schema had when that was looked up, and one more.
    known: usize,
    /// Fields that tell the time; the first that has a value does.
    clock: Vec<usize>,
    /// The field that tells the time of day, where that of the clock tells the day.
    of_day: Option<usize>,
    sequence: Option<usize>,
}

/// What a sample's time is by the device's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// When it was made, in nanoseconds since the Unix epoch; never before the sample before it.
    pub(crate) device: Time,
    /// What the clock did, if that was out of the ordinary.
    pub(crate) event: Option<ClockEvent>,
    /// Whether it was never set: it stands at 0, or is in 1970.
    pub(crate) unset: bool,
    /// Whether the line from the sample before is broken.
    pub(crate) broken: bool,
}

/// The times of a run of samples, and how often the clock did what breaks no line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ticks {
    pub(crate) wrapped: u64,
    pub(crate) repeated: u64,
    pub(crate) unset: u64,
}

impl Ticks {
    fn count(&mut self, event: ClockEvent) {
        let counter = match event {
            ClockEvent::Wrapped => &mut self.wrapped,
            ClockEvent::Repeated => &mut self.repeated,
            ClockEvent::Unset | ClockEvent::Back(_) | ClockEvent::Ahead(_) => return,
        };
        *counter = counter.saturating_add(1);
    }
}

/// The clock and the sequence numbers of a device, and where they are in its messages.
#[derive(Debug, Default)]
pub(crate) struct Order {
    clock: Option<Clock>,
    sequence: Option<Sequence>,
    places: Vec<Places>,
    /// Times of a run of samples.
    times: Vec<i64>,
    /// The number that came again last, with another content.
    other: Option<u64>,
    /// What the profile calls the message of the next sample, where its schema is called otherwise.
    message: Option<String>,
}

impl Order {
    pub(crate) fn new(profile: &Profile) -> Order {
        Order {
            clock: profile.clock.clone().map(|clock| Clock::new(clock, profile.link.is_file())),
            sequence: profile.sequence.clone().map(Sequence::new),
            ..Order::default()
        }
    }

    /// Whether the profile names neither.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.clock.is_none() && self.sequence.is_none()
    }

    /// The profile calls the message of the next samples so.
    pub(crate) fn name_message(&mut self, name: &str) {
        if !self.is_empty() && self.message.as_deref() != Some(name) {
            self.message = Some(name.to_owned());
        }
    }

    /// Where the fields of a schema are, looked up again when it has grown.
    fn look_up(&mut self, schema: &Schema<'_>) {
        if schema.index >= NUMBERED {
            return;
        }
        if self.places.len() <= schema.index {
            self.places.resize(schema.index.saturating_add(1), Places::default());
        }
        let known = schema.fields.len().saturating_add(1);
        let Some(places) = self.places.get_mut(schema.index).filter(|places| places.known != known) else { return };
        let fields = || schema.fields.iter().enumerate();
        let message = self.message.as_deref().unwrap_or(schema.name);
        let clock = self.clock.as_ref().map(|clock| {
            let telling = fields().filter(|(_, field)| clock.tells(message, field.name));
            telling.map(|(index, _)| index).collect()
        });
        let sequence = self.sequence.as_ref().and_then(|sequence| {
            fields().find(|(_, field)| sequence.is_of(message, field.name)).map(|(index, _)| index)
        });
        let of_day = self.clock.as_ref().and_then(|clock| {
            fields().find(|(_, field)| clock.tells_time_of_day(message, field.name)).map(|(index, _)| index)
        });
        *places = Places { known, clock: clock.unwrap_or_default(), of_day, sequence };
    }

    /// What the number of a sample says, if it has one.
    pub(crate) fn step(&mut self, sample: &Sample<'_>) -> Option<(Step, u64)> {
        self.look_up(&sample.schema);
        let Order { sequence, places, .. } = self;
        let field = places.get(sample.schema.index)?.sequence?;
        let number = sample.values.get(field).and_then(whole)?;
        Some((sequence.as_mut()?.step(number), number))
    }

    /// What the time of a sample is; that of arrival where the device tells none in this message.
    pub(crate) fn time(&mut self, now: Time, sample: &Sample<'_>) -> Told {
        self.look_up(&sample.schema);
        let Order { clock, places, .. } = self;
        match (clock, places.get(sample.schema.index)) {
            (Some(clock), Some(places)) if !places.clock.is_empty() => {
                let told =
                    places.clock.iter().find_map(|field| Some((*field, clock.nanos(sample.values.get(*field)?)?)));
                let field = told.map_or(0, |(field, _)| field);
                let of_day = Clock::of_day(places.of_day.and_then(|field| sample.values.get(field)));
                let told = told.map(|(_, told)| told.saturating_add(of_day));
                clock.read(now, told, (sample.schema.index, field))
            }
            (clock, _) => {
                let device = clock.as_ref().map_or(now, |clock| clock.untold(now));
                Told { device, event: None, unset: false, broken: false }
            }
        }
    }

    /// The times of a run of samples that arrived at once, if all of it is in order; else `None`, nothing has changed and
    /// they are to be taken one by one. The times are empty where the device tells none in this message. `row` is where
    /// the first will be kept.
    pub(crate) fn run(&mut self, now: Time, samples: &Samples<'_>, row: u64) -> Option<(&[i64], Ticks)> {
        self.look_up(&samples.schema);
        let Order { clock, sequence, places, times, .. } = self;
        let none = Places::default();
        let places = places.get(samples.schema.index).unwrap_or(&none);
        times.clear();
        let numbered = places.sequence.and_then(|field| samples.columns.get(field)).zip(sequence.as_mut());
        if let Some((cells, sequence)) = numbered {
            let before = sequence.mark();
            let follows = |index| whole(&value(cells, index)).is_some_and(|number| sequence.follows(number));
            if !(0..samples.rows).all(follows) {
                sequence.back_to(before);
                return None;
            }
            // Only now: what was remembered before must still be there where the run is taken one by one.
            if let Some(ticks) = tick(clock, places, now, samples, times) {
                sequence.keep_run(samples.schema.index, row, samples.rows);
                return Some((times, ticks));
            }
            sequence.back_to(before);
            return None;
        }
        let ticks = tick(clock, places, now, samples, times)?;
        Some((times, ticks))
    }

    /// A sample was kept in this row of its schema's table.
    pub(crate) fn kept(&mut self, schema: usize, row: u64) {
        if let Some(sequence) = &mut self.sequence {
            sequence.keep((schema, row));
        }
    }

    /// Where a number that came before was kept: its schema and row.
    pub(crate) fn earlier(&self, number: u64) -> Option<(usize, u64)> {
        self.sequence.as_ref()?.earlier(number)
    }

    /// Whether a number is the highest so far.
    pub(crate) fn is_highest(&self, number: u64) -> bool {
        self.sequence.as_ref().is_some_and(|sequence| sequence.is_highest(number))
    }

    /// Whether a number that came again with another content is followed by one that does so too: then the device counts
    /// anew.
    pub(crate) fn is_anew(&mut self, number: u64) -> bool {
        let before = self.other.replace(number);
        before.is_some_and(|before| before.saturating_add(1) == number)
    }

    /// The device counts anew from this number on.
    pub(crate) fn restart_at(&mut self, number: u64) {
        if let Some(sequence) = &mut self.sequence {
            sequence.restart(number);
        }
    }
}

/// Reads the clock of every sample of a run; `None`, and the clock as it was, where a line is broken among them.
fn tick(
    clock: &mut Option<Clock>,
    places: &Places,
    now: Time,
    samples: &Samples<'_>,
    times: &mut Vec<i64>,
) -> Option<Ticks> {
    let mut ticks = Ticks::default();
    let (Some(clock), &[field]) = (&mut *clock, places.clock.as_slice()) else {
        if let Some(told) = clock.as_ref().and_then(Clock::untold_in_file).filter(|_| places.clock.is_empty()) {
            times.resize(samples.rows, told.0);
        }
        // Which of several fields tells the time is another for each sample.
        return places.clock.is_empty().then_some(ticks);
    };
    let Some(cells) = samples.columns.get(field) else { return Some(ticks) };
    let before = clock.mark(samples.schema.index);
    times.reserve(samples.rows);
    for index in 0..samples.rows {
        let told = clock.read(now, clock.nanos(&value(cells, index)), (samples.schema.index, field));
        if told.broken {
            clock.back_to(before);
            return None;
        }
        if let Some(event) = told.event {
            ticks.count(event);
        }
        ticks.unset = ticks.unset.saturating_add(u64::from(told.unset));
        times.push(told.device.0);
    }
    Some(ticks)
}

/// A whole number that is not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at before")]
pub(crate) fn whole(value: &Value<'_>) -> Option<u64> {
    let float = |number: f64| ((0.0..1.8e19).contains(&number) && number.fract() == 0.0).then_some(number as u64);
    match *value {
        Value::U64(number) => Some(number),
        Value::I64(number) => u64::try_from(number).ok(),
        Value::F32(number) => float(f64::from(number)),
        Value::F64(number) => float(number),
        Value::Bool(_) | Value::Null | Value::Text(_) | Value::Bytes(_) => None,
    }
}

/// One cell of a run.
pub(crate) fn value(cells: &Cells<'_>, row: usize) -> Value<'static> {
    match *cells {
        Cells::Bool(run) => run.get(row).copied().map_or(Value::Null, Value::Bool),
        Cells::I64(run) => run.get(row).copied().map_or(Value::Null, Value::I64),
        Cells::U64(run) => run.get(row).copied().map_or(Value::Null, Value::U64),
        Cells::F32(run) => run.get(row).copied().map_or(Value::Null, Value::F32),
        Cells::F64(run) => run.get(row).copied().map_or(Value::Null, Value::F64),
    }
}

/// Whether a field is the one a profile names, in the message it names or in any.
fn named(message: Option<&String>, field: &str, of: &str, name: &str) -> bool {
    message.is_none_or(|message| message == of)
        && field.strip_prefix('*').map_or(name == field, |end| !end.is_empty() && name.ends_with(end))
}
