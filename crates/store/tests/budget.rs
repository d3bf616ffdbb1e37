//! The byte budget: F11, F15, F43 and speed P14.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use codec::{Field, Kind, Sample, Schema, Value};
use proptest::prelude::*;
use store::{Direction, Store, Time};

fn field(name: &'static str, kind: Kind) -> Field<'static> {
    Field { name, kind, unit: "" }
}

#[derive(Clone, Debug)]
enum Act {
    Rows { table: usize, count: usize, text: usize },
    Log { count: usize, len: usize },
    Gap,
    Epoch,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let rows =
        (0..9_usize, 1..2000_usize, 0..300_usize).prop_map(|(table, count, text)| Act::Rows { table, count, text });
    let log = (1..60_usize, 0..9000_usize).prop_map(|(count, len)| Act::Log { count, len });
    proptest::collection::vec(prop_oneof![5 => rows, 3 => log, 1 => Just(Act::Gap), 1 => Just(Act::Epoch)], 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    /// Held + evicted = appended, for rows and for bytes, and never more memory than the budget.
    #[test]
    fn conservation_within_the_budget(acts in acts(), budget in 20_000..2_000_000_usize) {
        let mut store = Store::new(budget);
        let (mut rows, mut bytes, mut clock) = (0_u64, 0_u64, 0_i64);
        let fields = [field("a", Kind::F64), field("b", Kind::Text), field("c", Kind::Bool), field("d", Kind::Bytes)];
        let names = ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8"];
        for act in &acts {
            match *act {
                Act::Rows { table, count, text } => {
                    let schema = Schema { index: table, name: names[table], fields: &fields[..1 + table % 4] };
                    for i in 0..count {
                        clock += 1;
                        let text = format!("{i:text$}");
                        let a = if i % 50 == 49 { Value::Text("not a number") } else { Value::F64(i as f64) };
                        let values = [a, Value::Text(&text), Value::Null, Value::Bytes(text.as_bytes())];
                        store.append(Time(clock), &Sample { schema, values: &values[..schema.fields.len()] });
                        rows += 1;
                        prop_assert!(store.memory() <= budget, "{} of {budget} after a row", store.memory());
                    }
                }
                Act::Log { count, len } => {
                    for i in 0..count {
                        clock += 1;
                        store.log(Time(clock), Direction::Received, &vec![i as u8; len]);
                        bytes += len as u64;
                        prop_assert!(store.memory() <= budget, "{} of {budget} after bytes", store.memory());
                    }
                }
                Act::Gap => store.mark_gap(Time(clock), Time(clock + 1)),
                Act::Epoch => store.new_epoch(),
            }
            let held = store.bytes_held();
            prop_assert_eq!(store.rows_held() + store.evicted().rows, rows);
            prop_assert_eq!(held.end, bytes);
            prop_assert_eq!(held.end - held.start + store.evicted().bytes, bytes);
            // What is said to be held can be read.
            let read: usize = store.bytes(0..u64::MAX).map(|piece| piece.bytes.len()).sum();
            prop_assert_eq!(read as u64, held.end - held.start);
            for table in store.tables() {
                let numbers: Vec<u64> = table.rows_until(None).map(|row| row.number).collect();
                prop_assert!(numbers.iter().rev().copied().eq(table.rows()));
            }
            prop_assert_eq!(store.evicted().refusals, 0);
        }
    }
}

/// F11: the memory stays what it is, however much comes; what was given up is the oldest.
#[test]
fn memory_is_flat_under_endless_append() {
    let budget = 2 << 20;
    let mut store = Store::new(budget);
    let fields = [field("a", Kind::F32), field("b", Kind::U64)];
    let schema = Schema { index: 0, name: "m", fields: &fields };
    let mut lowest = usize::MAX;
    for i in 0..2_000_000_i64 {
        let values = [Value::F32(i as f32), Value::U64(i as u64)];
        store.append(Time(i), &Sample { schema, values: &values });
        if i % 10 == 0 {
            store.log(Time(i), Direction::Received, &[0; 40]);
        }
        if i > 500_000 {
            lowest = lowest.min(store.memory());
        }
    }
    assert!(store.memory() <= budget);
    assert!(lowest > budget * 7 / 8, "{lowest}");
    let table = &store.tables()[0];
    assert_eq!(table.rows().end, 2_000_000);
    assert_eq!(table.rows().start, store.evicted().rows);
    assert_eq!(table.row(table.rows().start).unwrap().value(1), Value::U64(table.rows().start));
    assert!(table.row(table.rows().start - 1).is_none());
    // Rows and raw bytes reach back about as far.
    let rows = table.span().unwrap().0.0;
    let bytes = store.bytes(0..u64::MAX).next().unwrap().time.0;
    assert!((rows - bytes).abs() < 50_000, "{rows} and {bytes}");
}

/// A message that came once outlives a flood of others.
#[test]
fn a_rare_message_stays() {
    let mut store = Store::new(1 << 20);
    let fields = [field("version", Kind::Text)];
    let rare = Schema { index: 0, name: "hello", fields: &fields };
    store.append(Time(0), &Sample { schema: rare, values: &[Value::Text("v1.2")] });
    let fields = [field("a", Kind::F64)];
    let schema = Schema { index: 1, name: "m", fields: &fields };
    for i in 0..500_000_i64 {
        store.append(Time(i), &Sample { schema, values: &[Value::F64(0.0)] });
        store.log(Time(i), Direction::Received, b"12345678");
    }
    assert!(store.evicted().rows > 0 && store.evicted().bytes > 0);
    assert_eq!(store.tables()[0].reading(0), Some((Time(0), Value::Text("v1.2"))));
}

/// F15, F18: one cell larger than everything is given up, counted, and nothing else breaks.
#[test]
fn larger_than_the_budget() {
    let mut store = Store::new(100_000);
    let fields = [field("text", Kind::Text)];
    let schema = Schema { index: 0, name: "m", fields: &fields };
    let huge = "x".repeat(1 << 20);
    for text in ["a", &huge, "b", &huge, &huge, "c"] {
        store.append(Time(0), &Sample { schema, values: &[Value::Text(text)] });
        store.log(Time(0), Direction::Sent, text.as_bytes());
        assert!(store.memory() <= store.budget());
    }
    assert_eq!(store.rows_held() + store.evicted().rows, 6);
    assert_eq!(store.tables()[0].rows().end, 6);
    assert_eq!(store.tables()[0].latest().unwrap().value(0), Value::Text("c"));
    assert_eq!(store.bytes_held().end, (3 << 20) + 3);
    assert_eq!(store.bytes(store.bytes_held()).last().unwrap().bytes.last(), Some(&b'c'));
}

/// More kinds of message, and wider ones, than the store accepts: counted as given up.
#[test]
fn too_many_tables() {
    let mut store = Store::new(8 << 20);
    for i in 0..5000_usize {
        let name = format!("m{i}");
        store.append(Time(0), &Sample { schema: Schema { index: i, name: &name, fields: &[] }, values: &[] });
    }
    store.append(Time(0), &Sample { schema: Schema { index: usize::MAX, name: "far", fields: &[] }, values: &[] });
    let names: Vec<String> = (0..70_000).map(|i| i.to_string()).collect();
    let fields: Vec<_> = names.iter().map(|name| Field { name, kind: Kind::Bool, unit: "" }).collect();
    store.append(Time(0), &Sample { schema: Schema { index: 0, name: "wide", fields: &fields }, values: &[] });
    assert_eq!(store.rows_held() + store.evicted().rows, 5002);
    assert!(store.tables().len() <= 4096);
    assert!(store.memory() <= store.budget());
}

/// A smaller budget evicts at once; a larger one is used.
#[test]
fn the_budget_changes() {
    let mut store = Store::new(4 << 20);
    for i in 0..200 {
        store.log(Time(i), Direction::Received, &[1; 10_000]);
    }
    assert_eq!(store.evicted().bytes, 0);
    store.set_budget(500_000);
    assert!(store.memory() <= 500_000);
    let held = store.bytes_held();
    assert_eq!(held.start, store.evicted().bytes);
    assert!(held.end - held.start > 300_000);
}

/// Smallest and largest of what is held, while the oldest goes.
#[test]
fn extents_follow_eviction() {
    let mut store = Store::new(16 << 20);
    let fields = [field("down", Kind::F64), field("up", Kind::I64), field("saw", Kind::U64)];
    let schema = Schema { index: 0, name: "m", fields: &fields };
    for i in 0..1_500_000_i64 {
        // The third field comes later.
        let width = if i < 100_000 { 2 } else { 3 };
        let values = [Value::F64(-(i as f64)), Value::I64(i), Value::U64(i as u64 % 1000)];
        let schema = Schema { fields: &fields[..width], ..schema };
        store.append(Time(i), &Sample { schema, values: &values[..width] });
        if i % 977 == 0 {
            let table = &store.tables()[0];
            let oldest = table.rows().start as f64;
            assert_eq!(table.extent(0), Some((-(i as f64), -oldest)), "at {i}");
            assert_eq!(table.extent(1), Some((oldest, i as f64)), "at {i}");
            let saw = if i > 102_000 { Some((0.0, 999.0)) } else { table.extent(2) };
            assert_eq!(table.extent(2), saw, "at {i}");
        }
    }
    assert!(store.evicted().rows > 900_000);
}
