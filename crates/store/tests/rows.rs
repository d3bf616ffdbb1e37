//! Rows as they were appended: F19 to F22.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::panic)]

use codec::{Cells, Field, Kind, Sample, Samples, Schema, Value};
use store::{Store, Table, Time};

fn field<'a>(name: &'a str, kind: Kind) -> Field<'a> {
    Field { name, kind, unit: "" }
}

fn put(store: &mut Store, time: i64, index: usize, name: &str, fields: &[Field<'_>], values: &[Value<'_>]) {
    store.append(Time(time), &Sample { schema: Schema { index, name, fields }, values });
}

fn names(store: &Store) -> Vec<&str> {
    store.tables().iter().map(Table::name).collect()
}

fn row(table: &Table, number: u64) -> Vec<Value<'_>> {
    table.row(number).unwrap().values().collect()
}

/// F21: every bit is kept, in every kind, in the open segment and in full ones.
#[test]
fn values_are_exact() {
    let fields = [
        field("f32", Kind::F32),
        field("f64", Kind::F64),
        field("i64", Kind::I64),
        field("u64", Kind::U64),
        field("bool", Kind::Bool),
        field("text", Kind::Text),
        field("bytes", Kind::Bytes),
    ];
    let signalling = f64::from_bits(0x7ff0_0000_0000_0001);
    let odd: Vec<[Value<'_>; 7]> = vec![
        [
            Value::F32(-0.0),
            Value::F64(signalling),
            Value::I64(i64::MIN),
            Value::U64(u64::MAX),
            Value::Bool(true),
            Value::Text("µ\u{202e}\0"),
            Value::Bytes(&[0xff, 0x00, 0xfe]),
        ],
        [
            Value::F32(f32::NAN),
            Value::F64(-0.0),
            Value::I64(i64::MAX),
            Value::U64((1 << 53) + 1),
            Value::Bool(false),
            Value::Text(""),
            Value::Bytes(&[]),
        ],
        [Value::Null; 7],
        [
            Value::F32(f32::NEG_INFINITY),
            Value::F64(f64::from_bits(1)),
            Value::I64(-1),
            Value::U64(0),
            Value::Null,
            Value::Null,
            Value::Null,
        ],
    ];
    let same = |a: Value<'_>, b: Value<'_>| match (a, b) {
        (Value::F32(a), Value::F32(b)) => a.to_bits() == b.to_bits(),
        (Value::F64(a), Value::F64(b)) => a.to_bits() == b.to_bits(),
        (a, b) => a == b,
    };
    let mut store = Store::new(64 << 20);
    for i in 0..10_000_usize {
        put(&mut store, i as i64, 0, "m", &fields, &odd[i % 4]);
    }
    for i in 0..10_000_usize {
        let row = store.tables()[0].row(i as u64).unwrap();
        assert_eq!((row.number, row.time), (i as u64, Time(i as i64)));
        assert!(row.values().zip(odd[i % 4]).all(|(a, b)| same(a, b)), "row {i}");
    }
    let table = &store.tables()[0];
    assert_eq!(table.extent(2), Some((i64::MIN as f64, i64::MAX as f64)));
    assert_eq!(table.extent(0), Some((f64::from(f32::NEG_INFINITY), -0.0)));
    assert_eq!(table.extent(5), None);
    assert_eq!(table.reading(6), Some((Time(9997), Value::Bytes(&[]))));
}

/// F20: a device that is flashed anew while we listen. Rows before keep their schema.
#[test]
fn a_schema_that_changes_begins_a_new_table() {
    let mut store = Store::new(1 << 20);
    let old = [field("t", Kind::F32), field("n", Kind::U64)];
    put(&mut store, 1, 0, "m", &old, &[Value::F32(1.5), Value::U64(7)]);

    // The same decoder anew, as after a reconnect: the table goes on.
    store.new_epoch();
    put(&mut store, 2, 5, "m", &old, &[Value::F32(2.5), Value::U64(8)]);
    assert_eq!((names(&store), store.table_of(5), store.table_of(0)), (vec!["m"], Some(0), None));

    // Another kind; another unit; another order: new tables.
    for (number, (name, new, value)) in [
        ("m#2", [field("t", Kind::Text), field("n", Kind::U64)], Value::Text("hot")),
        ("m#3", [Field { name: "t", kind: Kind::F32, unit: "Cel" }, field("n", Kind::U64)], Value::F32(3.5)),
        ("m#4", [field("n", Kind::U64), field("t", Kind::F32)], Value::U64(3)),
    ]
    .into_iter()
    .enumerate()
    {
        store.new_epoch();
        put(&mut store, 3, 0, "m", &new, &[value]);
        let table = store.tables().last().unwrap();
        assert_eq!((table.name(), store.tables().len(), store.table_of(0)), (name, number + 2, Some(number + 1)));
        assert_eq!(row(table, 0), [value, Value::Null]);
        assert_eq!(table.field(0), Some(new[0]));
    }
    // Back to the first firmware: its table goes on, with a field more.
    store.new_epoch();
    let more = [old[0], old[1], field("late", Kind::Bool)];
    put(&mut store, 9, 0, "m", &more, &[Value::F32(9.5), Value::U64(9), Value::Bool(true)]);
    let table = &store.tables()[0];
    assert_eq!((store.tables().len(), table.rows()), (4, 0..3));
    assert_eq!(row(table, 0), [Value::F32(1.5), Value::U64(7), Value::Null]);
    assert_eq!(row(table, 2), [Value::F32(9.5), Value::U64(9), Value::Bool(true)]);
}

/// F20, in one epoch: a declared kind that changes under the same index.
#[test]
fn a_kind_that_changes_under_its_index() {
    let mut store = Store::new(1 << 20);
    put(&mut store, 1, 0, "m", &[field("a", Kind::I64)], &[Value::I64(1)]);
    put(&mut store, 2, 0, "m", &[field("a", Kind::Text)], &[Value::Text("one")]);
    put(&mut store, 3, 0, "m", &[field("a", Kind::Text)], &[Value::Text("two")]);
    assert_eq!(names(&store), ["m", "m#2"]);
    assert_eq!(row(&store.tables()[1], 1), [Value::Text("two")]);
    assert_eq!(row(&store.tables()[0], 0), [Value::I64(1)]);
}

/// Two messages of one name in one decoder are two tables.
#[test]
fn namesakes() {
    let mut store = Store::new(1 << 20);
    for _ in 0..3 {
        put(&mut store, 1, 0, "m", &[field("a", Kind::Bool)], &[Value::Bool(true)]);
        put(&mut store, 1, 1, "m", &[field("a", Kind::Bool)], &[Value::Bool(false)]);
    }
    assert_eq!(names(&store), ["m", "m#2"]);
    assert_eq!(store.tables()[1].rows(), 0..3);
}

/// Values that are not of their field's kind ({"a":1}, {"a":1.5}, {"a":"n/a"}) stay what they are.
#[test]
fn values_of_another_kind_are_kept_exactly() {
    let fields = [field("a", Kind::I64), field("b", Kind::Text)];
    let odd = [
        Value::I64(i64::MAX),
        Value::F64(1.5),
        Value::Text("n/a"),
        Value::U64(u64::MAX),
        Value::F32(f32::MAX),
        Value::Bool(true),
        Value::Bytes(&[1, 2]),
        Value::Null,
    ];
    let mut store = Store::new(64 << 20);
    let value = |i: usize| if (500..9000).contains(&i) { odd[i % 8] } else { Value::I64(i as i64) };
    for i in 0..10_000 {
        put(&mut store, i as i64, 0, "m", &fields, &[value(i), value(i / 2)]);
    }
    assert_eq!(names(&store), ["m"]);
    for i in 0..10_000 {
        assert_eq!(row(&store.tables()[0], i as u64), [value(i), value(i / 2)], "row {i}");
    }
    let mut out = Vec::new();
    store.envelope(0, 0, Time(1000)..Time(1008), 8, &mut out);
    let drawn: Vec<_> = out.iter().map(|column| (column.x, column.first)).collect();
    let max = i64::MAX as f64;
    let expected = [(0, max), (1, 1.5), (3, u64::MAX as f64), (4, f64::from(f32::MAX)), (5, 1.0)];
    assert_eq!(drawn, expected);
}

/// Fields that a decoder discovers on the way are Null in the rows before.
#[test]
fn fields_that_come_later() {
    let all: Vec<String> = (0..30).map(|i| format!("f{i}")).collect();
    let mut store = Store::new(64 << 20);
    for i in 0..9000_usize {
        let fields: Vec<_> = all.iter().take(1 + i / 300).map(|name| field(name, Kind::F64)).collect();
        let values: Vec<_> = (0..fields.len()).map(|f| Value::F64((i * 100 + f) as f64)).collect();
        put(&mut store, i as i64, 0, "m", &fields, &values);
    }
    let table = &store.tables()[0];
    assert_eq!((table.name(), table.fields().len()), ("m", 30));
    for i in 0..9000_usize {
        for (f, value) in table.row(i as u64).unwrap().values().enumerate() {
            let expected = if f < 1 + i / 300 { Value::F64((i * 100 + f) as f64) } else { Value::Null };
            assert_eq!(value, expected, "row {i}, field {f}");
        }
    }
    assert_eq!(table.extent(29), Some((870_029.0, 899_929.0)));
}

/// F22: a clock that jumps back does not turn the table round; the rows stay in the order they came.
#[test]
fn times_never_decrease() {
    let mut store = Store::new(1 << 20);
    let given = [1970, 5000, 4000, 4999, 5000, 5001, i64::MIN, 6000];
    for (i, time) in given.into_iter().enumerate() {
        put(&mut store, time, 0, "m", &[field("i", Kind::U64)], &[Value::U64(i as u64)]);
    }
    let table = &store.tables()[0];
    let rows = |until: Option<i64>| -> Vec<(i64, Value<'_>)> {
        table.rows_until(until.map(Time)).map(|row| (row.time.0, row.value(0))).collect()
    };
    let kept = [1970, 5000, 5000, 5000, 5000, 5001, 5001, 6000];
    let newest_first: Vec<_> = kept.iter().enumerate().rev().map(|(i, t)| (*t, Value::U64(i as u64))).collect();
    assert_eq!(rows(None), newest_first);
    assert_eq!(rows(Some(5000)), newest_first[3..]);
    assert_eq!(rows(Some(1969)), []);
    assert_eq!(table.span(), Some((Time(1970), Time(6000))));
}

/// A field's newest value, however long ago it came.
#[test]
fn the_latest_reading_of_a_rare_field() {
    let fields = [field("often", Kind::F64), field("rare", Kind::I64), field("never", Kind::F32)];
    let mut store = Store::new(64 << 20);
    for i in 0..30_000_i64 {
        let rare = if i % 7000 == 77 { Value::I64(i) } else { Value::Null };
        put(&mut store, i, 0, "m", &fields, &[Value::F64(0.5), rare]);
        let expected = (i >= 77).then(|| (i - 77) / 7000 * 7000 + 77);
        let expected = expected.map(|at| (Time(at), Value::I64(at)));
        if i % 61 == 0 || rare != Value::Null {
            assert_eq!(store.tables()[0].reading(1), expected, "at {i}");
        }
    }
    let table = &store.tables()[0];
    assert_eq!((table.extent(1), table.extent(2)), (Some((77.0, 28_077.0)), None));
    assert_eq!((table.reading(2), table.reading(9)), (None, None));
    assert_eq!(table.latest().unwrap().value(1), Value::Null);
    assert!(table.row(30_000).is_none());
}

/// A run is the same as its samples one by one.
#[test]
fn runs_are_rows() {
    let fields = [field("b", Kind::Bool), field("i", Kind::I64), field("u", Kind::U64), field("d", Kind::F64)];
    let schema = Schema { index: 3, name: "m", fields: &fields };
    let (mut one, mut many) = (Store::new(3 << 19), Store::new(3 << 19));
    for (time, rows) in [1_usize, 63, 64, 65, 4000, 9000, 1, 4095, 20_000, 30_000].into_iter().enumerate() {
        let b: Vec<bool> = (0..rows).map(|i| i % 3 == 0).collect();
        let i: Vec<i64> = (0..rows).map(|i| -(i as i64)).collect();
        let u: Vec<u64> = (0..rows as u64).collect();
        let d: Vec<f64> = (0..rows).map(|i| if i % 100 == 0 { f64::INFINITY } else { i as f64 }).collect();
        let columns = [Cells::Bool(&b), Cells::I64(&i), Cells::U64(&u), Cells::F64(&d)];
        let time = Time(time as i64);
        many.append_many(time, &Samples { schema, rows, columns: &columns });
        for r in 0..rows {
            let values = [Value::Bool(b[r]), Value::I64(i[r]), Value::U64(u[r]), Value::F64(d[r])];
            one.append(time, &Sample { schema, values: &values });
        }
        assert_eq!((one.evicted(), one.memory()), (many.evicted(), many.memory()));
        let (a, b) = (&one.tables()[0], &many.tables()[0]);
        assert_eq!(a.rows(), b.rows());
        let values = |table: &Table| -> Vec<Vec<u64>> {
            let bits = |value| match value {
                Value::Bool(v) => u64::from(v),
                Value::I64(v) => v.cast_unsigned(),
                Value::U64(v) => v,
                Value::F64(v) => v.to_bits(),
                _ => panic!("{value:?}"),
            };
            table.rows_until(None).map(|row| row.values().map(bits).chain([row.time.0 as u64]).collect()).collect()
        };
        assert_eq!(values(a), values(b));
        assert_eq!(a.extent(3), b.extent(3));
    }
    assert!(one.evicted().rows > 0);
}

/// A run of a decoder that knows fewer fields than the table: the others are Null.
#[test]
fn a_run_may_be_narrower_than_its_table() {
    let fields = [field("a", Kind::I64), field("b", Kind::F64), field("c", Kind::Text)];
    let mut store = Store::new(64 << 20);
    put(&mut store, 0, 0, "m", &fields, &[Value::I64(-1), Value::F64(0.5), Value::Text("x")]);
    store.new_epoch();
    let a: Vec<i64> = (0..9999).collect();
    let schema = Schema { index: 4, name: "m", fields: &fields[..1] };
    store.append_many(Time(1), &Samples { schema, rows: a.len(), columns: &[Cells::I64(&a)] });
    put(&mut store, 2, 4, "m", &fields[..1], &[Value::I64(-2)]);
    store.new_epoch();
    put(&mut store, 3, 0, "m", &fields, &[Value::I64(-3), Value::F64(1.5), Value::Text("y")]);
    let table = &store.tables()[0];
    assert_eq!((store.tables().len(), table.rows()), (1, 0..10_002));
    for i in 0..9999 {
        assert_eq!(row(table, i + 1), [Value::I64(i as i64), Value::Null, Value::Null]);
    }
    assert_eq!(row(table, 0), [Value::I64(-1), Value::F64(0.5), Value::Text("x")]);
    assert_eq!(row(table, 10_001), [Value::I64(-3), Value::F64(1.5), Value::Text("y")]);
    assert_eq!((table.extent(0), table.extent(1)), (Some((-3.0, 9998.0)), Some((0.5, 1.5))));
}

/// How many rows of a span have a value, against each row looked at: across segments, words of 64 rows and kinds.
#[test]
fn rows_that_have_a_value_are_counted() {
    let fields = [field("a", Kind::F64), field("b", Kind::Text), field("c", Kind::F64)];
    let mut store = Store::new(64 << 20);
    let mut random = 1u64;
    for time in 0..9000 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let a = if random >> 61 == 0 { Value::Null } else { Value::F64(1.0) };
        let b = if random >> 60 & 1 == 0 { Value::Null } else { Value::Text("t") };
        // A field with a number here and a text there, and one that comes late.
        let c = [Value::Null, Value::F64(2.0), Value::Text("x")][(random >> 40) as usize % 3];
        let width = if time < 5000 { 2 } else { 3 };
        put(&mut store, time, 0, "m", &fields[..width], &[a, b, c][..width]);
    }
    let table = &store.tables()[0];
    for (from, to) in [(0, 9000), (0, 1), (63, 65), (100, 4200), (4090, 4100), (4999, 5001), (8999, 9000), (9000, 9100)]
    {
        for field in 0..3 {
            let rows: Vec<_> = (from..to).filter_map(|row: i64| table.row(row as u64)).collect();
            let held = rows.iter().filter(|row| row.value(field) != Value::Null).count();
            let told = table.present(field, Time(from)..Time(to));
            assert_eq!(told, (held < rows.len()).then_some(held as u64), "field {field}, {from}..{to}");
        }
    }
}
