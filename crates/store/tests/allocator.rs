//! What the store says of its memory against what the allocator says, and what happens when there is no more: F43.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use cap::Cap;
use codec::{Field, Kind, Sample, Schema, Value};
use std::alloc::System;
use store::{Direction, Store, Time};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

const FIELDS: [Field<'static>; 4] = [
    Field { name: "a", kind: Kind::F32, unit: "V" },
    Field { name: "b", kind: Kind::U64, unit: "" },
    Field { name: "label", kind: Kind::Text, unit: "" },
    Field { name: "raw", kind: Kind::Bytes, unit: "" },
];

fn fill(store: &mut Store, rows: i64) {
    for i in 0..rows {
        let index = usize::try_from(i % 3).unwrap();
        let schema = Schema { index, name: ["x", "y", "z"][index], fields: &FIELDS };
        let label = if i % 5 == 0 { Value::Null } else { Value::Text(["idle", "run", "fault"][index]) };
        let raw = i.to_le_bytes();
        let values = [Value::F32(1.0), Value::U64(7), label, Value::Bytes(&raw[..index])];
        store.append(Time(i), &Sample { schema, values: &values });
        store.log(Time(i), Direction::Received, &raw);
        if i % 1000 == 0 {
            store.mark_gap(Time(i), Time(i));
        }
    }
}

/// One test, because the allocator is the whole process's.
#[test]
fn f43_memory_is_what_the_allocator_says_and_its_end_is_survived() {
    for (budget, rows) in [(64 << 20, 1000), (64 << 20, 300_000), (3 << 20, 300_000)] {
        let before = ALLOCATOR.allocated();
        let mut store = Store::new(budget);
        fill(&mut store, rows);
        let real = ALLOCATOR.allocated() - before;
        let said = store.memory();
        assert!(said.abs_diff(real) * 50 < real, "says {said}, is {real}");
    }

    // F43: the system gives 6 MiB where the budget says 64.
    let mut store = Store::new(64 << 20);
    ALLOCATOR.set_limit(ALLOCATOR.allocated() + (6 << 20)).unwrap();
    fill(&mut store, 1_000_000);
    ALLOCATOR.set_limit(usize::MAX).unwrap();
    let evicted = store.evicted();
    assert!(evicted.refusals > 0);
    assert_eq!(store.rows_held() + evicted.rows, 1_000_000);
    let held = store.bytes_held();
    assert_eq!(held.end - held.start + evicted.bytes, 8_000_000);
    assert!(store.budget() < 6 << 20 && store.memory() <= store.budget());
    assert!(store.memory() > 3 << 20, "{} held", store.memory());
}
