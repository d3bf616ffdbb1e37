//! Envelopes against brute force: P6, F3 and F21 (gaps and NaN break the line).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use codec::{Cells, Field, Kind, Sample, Samples, Schema, Value};
use proptest::prelude::*;
use std::ops::Range;
use store::{Envelope, EnvelopeColumn, Sides, Store, Time, snap};

const FIELDS: [Field<'static>; 6] = [
    Field { name: "f32", kind: Kind::F32, unit: "" },
    Field { name: "f64", kind: Kind::F64, unit: "" },
    Field { name: "i64", kind: Kind::I64, unit: "" },
    Field { name: "u64", kind: Kind::U64, unit: "" },
    Field { name: "bool", kind: Kind::Bool, unit: "" },
    Field { name: "text", kind: Kind::Text, unit: "" },
];
const SCHEMA: Schema<'static> = Schema { index: 0, name: "m", fields: &FIELDS };

#[derive(Clone, Debug)]
enum Step {
    /// So many rows, each so many nanoseconds after the one before; values drawn from a generator of this seed.
    Rows {
        count: usize,
        every: i64,
        seed: u64,
        holes: u8,
    },
    /// The same as a run: one time, whole columns.
    Run {
        count: usize,
        seed: u64,
    },
    Gap,
    Budget {
        bytes: usize,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let rows = (1..3000_usize, prop_oneof![Just(0), 0..40_i64, Just(-5)], any::<u64>(), 0..4_u8)
        .prop_map(|(count, every, seed, holes)| Step::Rows { count, every, seed, holes });
    let run = (1..3000_usize, any::<u64>()).prop_map(|(count, seed)| Step::Run { count, seed });
    let budget = (40_000..400_000_usize).prop_map(|bytes| Step::Budget { bytes });
    proptest::collection::vec(prop_oneof![6 => rows, 2 => run, 2 => Just(Step::Gap), 1 => budget], 1..8)
}

/// What the store should hold: every row ever appended, and whether a gap comes before it.
#[derive(Default)]
struct Model {
    rows: Vec<(i64, Vec<Option<f64>>, bool)>,
    gap: bool,
    time: i64,
    clock: i64,
}

/// xorshift64 (Marsaglia 2003).
fn next(seed: &mut u64) -> u64 {
    *seed |= 1;
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

fn cell(seed: &mut u64, holes: u8, kind: Kind) -> Value<'static> {
    let r = next(seed);
    let n = (r >> 16) % 1000;
    match (holes, r % 8) {
        (1 | 3, 0..=1) => return Value::Null,
        (2 | 3, 2) if kind == Kind::F32 => return Value::F32(f32::NAN),
        (2 | 3, 2) if kind == Kind::F64 => return Value::F64(f64::NAN),
        (3, 3) if kind == Kind::F64 => return Value::F64(f64::INFINITY),
        (3, 4) if kind == Kind::I64 => return Value::I64(i64::MIN),
        (3, 4) if kind == Kind::U64 => return Value::Text("a word among numbers"),
        _ => {}
    }
    match kind {
        Kind::F32 => Value::F32(n as f32 - 500.0),
        Kind::F64 => Value::F64(n as f64 * 0.5),
        Kind::I64 => Value::I64(n as i64 - 300),
        Kind::U64 => Value::U64(u64::MAX - n),
        Kind::Bool => Value::Bool(n.is_multiple_of(2)),
        _ => Value::Text("word"),
    }
}

fn number(value: Value<'_>) -> Option<f64> {
    match value {
        Value::Bool(v) => Some(f64::from(u8::from(v))),
        Value::I64(v) => Some(v as f64),
        Value::U64(v) => Some(v as f64),
        Value::F32(v) => Some(f64::from(v)),
        Value::F64(v) => Some(v),
        _ => None,
    }
}

impl Model {
    fn push(&mut self, numbers: Vec<Option<f64>>) {
        self.time = self.rows.last().map_or(self.clock, |row| row.0.max(self.clock));
        let gap = std::mem::take(&mut self.gap) && !self.rows.is_empty();
        self.rows.push((self.time, numbers, gap));
    }

    fn play(&mut self, store: &mut Store, step: &Step) {
        match *step {
            Step::Rows { count, every, mut seed, holes } => {
                for _ in 0..count {
                    self.clock += every;
                    let values: Vec<_> = FIELDS.iter().map(|f| cell(&mut seed, holes, f.kind)).collect();
                    // A sample may be shorter than its schema.
                    let len = if holes == 1 && seed % 16 == 0 { 2 } else { values.len() };
                    store.append(Time(self.clock), &Sample { schema: SCHEMA, values: &values[..len] });
                    self.push(values.iter().enumerate().map(|(i, v)| number(*v).filter(|_| i < len)).collect());
                }
            }
            Step::Run { count, mut seed } => {
                self.clock += 100;
                let fields = &FIELDS[..5];
                let f: Vec<f32> =
                    (0..count).map(|i| if i % 700 == 3 { f32::NAN } else { next(&mut seed) as f32 }).collect();
                let d: Vec<f64> = f.iter().map(|v| f64::from(*v) * 2.0).collect();
                let i: Vec<i64> = (0..count).map(|_| next(&mut seed).cast_signed()).collect();
                let u: Vec<u64> = (0..count).map(|_| next(&mut seed)).collect();
                let b: Vec<bool> = u.iter().map(|v| v % 3 == 0).collect();
                // The text column has no place in a run: as often as not this takes the way of rows.
                let columns = [Cells::F32(&f), Cells::F64(&d), Cells::I64(&i), Cells::U64(&u), Cells::Bool(&b)];
                let schema = Schema { index: 1, name: "run", fields };
                store.append_many(Time(self.clock), &Samples { schema, rows: count, columns: &columns });
                let schema = Schema { fields, ..SCHEMA };
                store.append_many(Time(self.clock), &Samples { schema, rows: count, columns: &columns });
                for r in 0..count {
                    let b = f64::from(u8::from(b[r]));
                    let row = [f64::from(f[r]), d[r], i[r] as f64, u[r] as f64, b].map(Some);
                    self.push(row.into_iter().chain([None]).collect());
                }
            }
            Step::Gap => {
                store.mark_gap(Time(self.clock), Time(self.clock + 3));
                self.gap = true;
            }
            Step::Budget { bytes } => store.set_budget(bytes),
        }
    }

    /// The definition, row by row, over the rows held.
    fn envelope(&self, held: Range<u64>, field: usize, span: &Range<Time>, width: u16) -> (Vec<EnvelopeColumn>, Sides) {
        let (mut out, mut sides): (Vec<EnvelopeColumn>, Sides) = Default::default();
        let mut broken = true;
        let length = i128::from(span.end.0) - i128::from(span.start.0);
        for (time, numbers, gap) in &self.rows[held.start as usize..held.end as usize] {
            broken |= gap;
            let Some(v) = numbers[field] else { continue };
            if !v.is_finite() {
                broken = true;
                continue;
            }
            if *time < span.start.0 {
                sides.before = Some((Time(*time), v));
            } else if *time >= span.end.0 {
                if sides.after.is_none() {
                    (sides.after, sides.after_broken) = (Some((Time(*time), v)), broken);
                }
            } else {
                let x = ((i128::from(*time) - i128::from(span.start.0)) * i128::from(width) / length) as u16;
                match out.last_mut().filter(|column| column.x == x) {
                    Some(c) => (c.min, c.max, c.last) = (c.min.min(v), c.max.max(v), v),
                    None => out.push(EnvelopeColumn { x, broken, first: v, min: v, max: v, last: v }),
                }
            }
            broken = false;
        }
        (out, sides)
    }
}

fn pick(part: f64, from: i64, to: i64) -> i64 {
    from + ((to - from) as f64 * part) as i64
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn equals_brute_force(
        steps in steps(),
        spans in proptest::collection::vec((-0.1..1.1, -0.1..1.1, 1..400_u16), 12),
    ) {
        let mut store = Store::new(64 << 20);
        let mut model = Model::default();
        let (mut live, mut still) = (Envelope::new(), Envelope::new());
        let all: Vec<(usize, usize)> = (0..FIELDS.len()).map(|field| (0, field)).collect();
        let mut out = Vec::new();
        for step in &steps {
            model.play(&mut store, step);
            let Some(table) = store.tables().iter().position(|table| table.name() == "m") else { continue };
            let all: Vec<_> = all.iter().map(|(_, field)| (table, *field)).collect();
            let held = store.tables()[table].rows();
            prop_assert_eq!(held.end, model.rows.len() as u64);
            for (a, b, width) in &spans {
                let (a, b) = (pick(*a, 0, model.time + 1), pick(*b, 0, model.time + 1));
                let span = Time(a.min(b))..Time(a.max(b));
                for field in 0..FIELDS.len() {
                    store.envelope(table, field, span.clone(), *width, &mut out);
                    let expected = model.envelope(held.clone(), field, &span, *width).0;
                    prop_assert_eq!(&out, &expected, "field {} of {:?} in {:?}", field, held.clone(), &span);
                }
            }
            // Pictures that are kept: one follows the data, one stands still.
            let follow = snap(Time(model.time), 2000, 97);
            live.refresh(&store, &all, follow.clone(), 97);
            let stand = Time(0)..Time(5000);
            still.refresh(&store, &all, stand.clone(), 60);
            for field in 0..FIELDS.len() {
                for (kept, span, width) in [(&live, &follow, 97), (&still, &stand, 60)] {
                    let (expected, sides) = model.envelope(held.clone(), field, span, width);
                    prop_assert_eq!(kept.columns(field).collect::<Vec<_>>(), expected, "kept, field {}", field);
                    prop_assert_eq!(kept.sides(field), sides);
                }
            }
        }
    }

    #[test]
    fn a_snapped_span_holds_the_newest_and_moves_by_whole_columns(
        newest in -1_000_000_000_000_i64..1_000_000_000_000, nanos in 1..1_000_000_000_000_i64, width in 1..8192_u16,
    ) {
        let span = snap(Time(newest), nanos, width);
        prop_assert!(span.start.0 <= newest && newest < span.end.0);
        let length = span.end.0 - span.start.0;
        prop_assert_eq!(length % i64::from(width), 0);
        prop_assert!(length >= nanos && length < nanos + i64::from(width));
        let step = length / i64::from(width);
        prop_assert_eq!(span.start.0.rem_euclid(step), 0);
        prop_assert!(span.end.0 - newest <= step);
    }
}

/// P6: a spike of one sample is seen at every zoom.
#[test]
fn one_sample_in_a_million_is_seen() {
    let mut store = Store::new(256 << 20);
    let fields = &FIELDS[..1];
    let schema = Schema { index: 0, name: "m", fields };
    for i in 0..1_000_000_i64 {
        let value = [Value::F32(if i == 765_432 { 9.0 } else { 0.0 })];
        store.append(Time(i * 1000), &Sample { schema, values: &value });
    }
    let mut out = Vec::new();
    for width in [1, 7, 640, 1600, 8192] {
        store.envelope(0, 0, Time(0)..Time(1_000_000_000), width, &mut out);
        let spikes: Vec<u16> = out.iter().filter(|column| column.max == 9.0).map(|column| column.x).collect();
        assert_eq!(spikes, [(765_432 * u64::from(width) / 1_000_000) as u16]);
    }
}

/// F3, F21: the line is broken where data is missing and where the device said NaN, and nowhere else.
#[test]
fn gaps_and_nan_break_the_line() {
    let mut store = Store::new(1 << 20);
    let schema = Schema { index: 0, name: "m", fields: &FIELDS[..1] };
    let put = |store: &mut Store, time: i64, value: f32| {
        store.append(Time(time), &Sample { schema, values: &[Value::F32(value)] });
    };
    put(&mut store, 0, 1.0);
    put(&mut store, 10, 2.0);
    store.mark_gap(Time(10), Time(20));
    put(&mut store, 20, 3.0);
    put(&mut store, 30, f32::NAN);
    put(&mut store, 40, 4.0);
    put(&mut store, 50, f32::NEG_INFINITY);
    assert_eq!(store.tables()[0].extent(0), Some((f64::NEG_INFINITY, 4.0)), "and yet it is known");
    let mut out = Vec::new();
    store.envelope(0, 0, Time(0)..Time(60), 6, &mut out);
    let drawn: Vec<_> = out.iter().map(|column| (column.x, column.broken, column.last)).collect();
    let expected = [(0, true, 1.0), (1, false, 2.0), (2, true, 3.0), (4, true, 4.0)];
    assert_eq!(drawn, expected, "neither NaN nor an infinite number is drawn");
    assert_eq!(store.gaps(Time(0)..Time(60)).collect::<Vec<_>>(), [(Time(10), Time(20))]);
    assert_eq!(store.gaps(Time(21)..Time(60)).count(), 0);
    // From the middle on: joined to a sample left of the span.
    store.envelope(0, 0, Time(10)..Time(15), 1, &mut out);
    assert!(!out[0].broken);
}

/// Questions that make no sense are answered with nothing.
#[test]
fn empty_questions() {
    let mut store = Store::new(1 << 20);
    store.append(Time(5), &Sample { schema: SCHEMA, values: &[Value::F32(1.0)] });
    let mut out = Vec::new();
    let all = Time(i64::MIN)..Time(i64::MAX);
    for (table, field, span, width) in [
        (1, 0, all.clone(), 100),
        (0, 99, all.clone(), 100),
        (0, 5, all.clone(), 100),
        (0, 0, all.clone(), 0),
        (0, 0, Time(5)..Time(5), 10),
        (0, 0, Time(9)..Time(2), 10),
    ] {
        store.envelope(table, field, span, width, &mut out);
        assert_eq!(out, []);
    }
    store.envelope(0, 0, all, u16::MAX, &mut out);
    assert_eq!(out.len(), 1);
}
