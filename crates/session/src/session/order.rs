//! What becomes of samples that tell their time or number.

use super::data::{Data, more};
use crate::order::clock::ClockEvent;
use crate::order::sequence::Step;
use crate::query::Mark;
use crate::words::note;
use codec::{Cells, Sample, Samples, Value};
use store::Time;

impl Data {
    /// The time of a sample by the device's clock; `None` for one that came before and is not kept again. What is out of
    /// order is counted and said, and breaks the line of its message.
    pub(super) fn in_order(&mut self, now: Time, sample: &Sample<'_>) -> Option<Time> {
        let step = self.order.step(sample);
        let mut broken = false;
        if let Some((step, number)) = step {
            broken = self.counted(now, sample, step, number)?;
        }
        let told = self.order.time(now, sample);
        if let Some(event) = told.event {
            let late = matches!(step, Some((Step::Late { .. }, _)));
            self.ticked(now, sample.schema.name, event, late);
        }
        more(&mut self.counters.clock_unset, u64::from(told.unset));
        if broken || told.broken {
            self.store.mark_break(sample.schema.index);
            self.derive.restart();
        }
        if step.is_some() {
            let table = self.store.table_of(sample.schema.index).and_then(|table| self.store.tables().get(table));
            self.order.kept(sample.schema.index, table.map_or(0, |table| table.rows().end));
        }
        Some(told.device)
    }

    /// Takes what a number says. Whether the line is broken; `None` for a sample that is not kept again.
    fn counted(&mut self, now: Time, sample: &Sample<'_>, step: Step, number: u64) -> Option<bool> {
        let name = crate::screen::visible(sample.schema.name);
        match step {
            Step::Next => Some(false),
            Step::Gap { missing } => {
                more(&mut self.counters.sequence_gaps, 1);
                more(&mut self.counters.sequence_missing, missing);
                self.limited_note(now, Mark::Gap, &note::missing(&name, missing, number));
                Some(true)
            }
            Step::Late { missed } => {
                more(&mut self.counters.sequence_late, 1);
                let missing = &mut self.counters.sequence_missing;
                *missing = missing.saturating_sub(u64::from(missed));
                self.limited_note(now, Mark::Gap, &note::late(&name, number));
                Some(false)
            }
            Step::Restart => {
                more(&mut self.counters.sequence_restarts, 1);
                self.limited_note(now, Mark::Gap, &note::counts_anew(&name, number));
                Some(true)
            }
            Step::Again if self.is_known(sample, number) => {
                more(&mut self.counters.sequence_repeated, 1);
                self.limited_note(now, Mark::Gap, &note::again(&name, number));
                None
            }
            // A counter that stands still: nothing is missing, and nothing is left out.
            Step::Again if self.order.is_highest(number) => {
                more(&mut self.counters.sequence_repeated, 1);
                Some(false)
            }
            Step::Again if self.order.is_anew(number) => {
                self.order.restart_at(number);
                self.counted(now, sample, Step::Restart, number)
            }
            Step::Again => {
                more(&mut self.counters.sequence_repeated, 1);
                self.limited_note(now, Mark::Gap, &note::other(&name, number));
                Some(false)
            }
        }
    }

    /// Whether the sample of that number that is kept says the same.
    fn is_known(&self, sample: &Sample<'_>, number: u64) -> bool {
        let row =
            self.order.earlier(number).filter(|(schema, _)| *schema == sample.schema.index).and_then(|(_, row)| {
                let table = self.store.tables().get(self.store.table_of(sample.schema.index)?)?;
                table.row(row)
            });
        row.is_some_and(|row| {
            let given = sample.values.iter().chain(std::iter::repeat(&Value::Null));
            row.values().zip(given).all(|(kept, given)| same(&kept, given))
        })
    }

    /// Takes what the clock did.
    fn ticked(&mut self, now: Time, name: &str, event: ClockEvent, late: bool) {
        let counters = &mut self.counters;
        let (counter, moved) = match event {
            ClockEvent::Wrapped => (&mut counters.clock_wrapped, None),
            ClockEvent::Repeated => (&mut counters.clock_repeated, None),
            ClockEvent::Unset => return,
            ClockEvent::Back(by) => (&mut counters.clock_back, Some((false, by))),
            ClockEvent::Ahead(by) => (&mut counters.clock_ahead, Some((true, by))),
        };
        more(counter, 1);
        if let Some((ahead, by)) = moved.filter(|_| !late) {
            let seconds = format!("{}.{:03}", by / 1_000_000_000, by / 1_000_000 % 1000);
            let name = crate::screen::visible(name);
            let text = if ahead { note::clock_ahead(&name, &seconds) } else { note::clock_back(&name, &seconds) };
            self.limited_note(now, Mark::Gap, &text);
        }
    }

    /// A run of samples: together where all of it is in order, else one by one.
    pub(super) fn samples_in_order(&mut self, now: Time, samples: &Samples<'_>) {
        let Data { store, derive, order, counters, sample_generation, origins, .. } = self;
        let table = store.table_of(samples.schema.index).and_then(|table| store.tables().get(table));
        let end = table.map_or(0, |table| table.rows().end);
        let Some((times, ticks)) = order.run(now, samples, end) else {
            return (0..samples.rows).for_each(|row| self.one(now, samples, row));
        };
        origins.skip(samples.rows.saturating_sub(1));
        origins.note(samples.schema.index);
        more(&mut counters.samples, samples.rows as u64);
        *sample_generation = sample_generation.wrapping_add(1);
        more(&mut counters.clock_wrapped, ticks.wrapped);
        more(&mut counters.clock_repeated, ticks.repeated);
        more(&mut counters.clock_unset, ticks.unset);
        store.append_many_at(now, times, samples);
        if !derive.is_empty() {
            derive.samples(now, samples, &mut |derived| store.append_many_at(now, times, &derived));
        }
    }

    fn one(&mut self, now: Time, samples: &Samples<'_>, row: usize) {
        let cell = |cells: &Cells<'_>| crate::order::value(cells, row);
        let values: Vec<Value<'_>> = samples.columns.iter().map(cell).collect();
        self.sample(now, &Sample { schema: samples.schema, values: &values });
        self.origins.skip(1);
    }
}

/// Whether two values are the same, bit by bit.
fn same(a: &Value<'_>, b: &Value<'_>) -> bool {
    match (a, b) {
        (Value::F64(a), Value::F64(b)) => a.to_bits() == b.to_bits(),
        (Value::F32(a), Value::F32(b)) => a.to_bits() == b.to_bits(),
        _ => a == b,
    }
}
