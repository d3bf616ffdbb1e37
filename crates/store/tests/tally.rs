//! Statistics over spans, against all numbers at once; and single numbers at instants.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use codec::{Field, Kind, Sample, Schema, Value};
use store::{Moments, Store, Tally, Time};

const FIELDS: [Field<'static>; 2] =
    [Field { name: "f", kind: Kind::F64, unit: "" }, Field { name: "i", kind: Kind::I64, unit: "" }];

fn filled(rows: i64) -> Store {
    let mut store = Store::new(64 << 20);
    let schema = Schema { index: 0, name: "m", fields: &FIELDS };
    for row in 0..rows {
        let float = match row % 97 {
            5 => Value::F64(f64::NAN),
            6 => Value::F64(f64::NEG_INFINITY),
            7 => Value::Null,
            _ => Value::F64(1e6 + ((row * 7919) % 1000) as f64 * 0.25),
        };
        store.append(Time(row * 10), &Sample { schema, values: &[float, Value::I64(-row)] });
    }
    store
}

/// By the definition.
fn all(store: &Store, field: usize, from: i64, to: i64) -> (u64, f64, f64, f64, f64) {
    let table = &store.tables()[0];
    let mut numbers = Vec::new();
    table.numbers(field, table.rows().clone(), |_, time, number| {
        if (from..to).contains(&time.0) {
            numbers.push(number);
        }
    });
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    let squares = numbers.iter().map(|number| (number - mean) * (number - mean)).sum();
    let min = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let max = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (numbers.len() as u64, min, max, mean, squares)
}

#[test]
fn moments_of_segments_are_those_of_all_numbers() {
    let store = filled(50_000);
    let mut tally = Tally::new();
    for (from, to) in [(0, 500_000), (123_456, 400_000), (123_470, 400_010), (5, 6), (7, 3), (0, i64::MAX)] {
        let told = tally.refresh(&store, &[(0, 0), (0, 1), (0, 9), (4, 0)], &(Time(from)..Time(to)), 1000).unwrap();
        assert_eq!(told[2..], [Moments::NONE; 2], "no such field, no such table");
        for (field, moments) in told.iter().take(2).enumerate() {
            let (count, min, max, mean, squares) = all(&store, field, from, to);
            assert_eq!((moments.count, moments.min, moments.max), (count, min, max), "field {field}, {from}..{to}");
            if count > 0 {
                assert!((moments.mean - mean).abs() <= mean.abs() * 1e-12, "{} {mean}", moments.mean);
                assert!((moments.squares - squares).abs() <= squares * 1e-6 + 1e-6, "{} {squares}", moments.squares);
            }
        }
    }
}

#[test]
fn a_long_span_is_counted_bit_by_bit_and_full_segments_once() {
    let mut store = filled(50_000);
    let span = Time(0)..Time(500_000);
    let mut tally = Tally::new();
    let asked = (0..20).take_while(|_| tally.refresh(&store, &[(0, 0)], &span, 3).is_none()).count();
    assert_eq!(asked, 3, "twelve full segments, three at a time: the fourth answer is whole");
    let told = tally.refresh(&store, &[(0, 0)], &span, 0);
    assert_eq!(told.map(|told| told[0].count), Some(all(&store, 0, 0, 500_000).0), "none is read again");
    // Segments that are given up are no longer counted.
    store.set_budget(600_000);
    let told = tally.refresh(&store, &[(0, 0)], &span, 0).unwrap();
    assert_eq!(told[0].count, all(&store, 0, 0, 500_000).0);
    assert!(told[0].count < 40_000);
}

#[test]
fn the_number_at_an_instant_is_the_last_not_later() {
    let store = filled(1000);
    let table = &store.tables()[0];
    assert_eq!(table.number_at(1, Time(-1)), None);
    assert_eq!(table.number_at(1, Time(0)), Some((Time(0), 0.0)));
    assert_eq!(table.number_at(1, Time(99)), Some((Time(90), -9.0)));
    assert_eq!(table.number_at(1, Time(i64::MAX)), Some((Time(9990), -999.0)));
    // Rows 5 to 7 have nothing to draw.
    assert_eq!(table.number_at(0, Time(75)).map(|(time, _)| time), Some(Time(40)));
    assert_eq!(table.number_at(7, Time(75)), None);
    assert_eq!(table.rows_within(Time(15)..Time(50)), 2..5);
}

#[test]
fn f21_the_spread_of_numbers_whose_squares_are_beyond_a_double() {
    // More than one segment of them, after a segment of ordinary ones.
    let mut store = Store::new(1 << 24);
    let fields = [Field { name: "x", kind: Kind::F64, unit: "" }];
    let schema = Schema { index: 0, name: "wide", fields: &fields };
    let number = |row: i64| if row < 4096 { 1.0 } else { [-1e300, 1e300, 3e300][usize::try_from(row % 3).unwrap()] };
    for row in 0..12_288 {
        store.append(Time(row), &Sample { schema, values: &[Value::F64(number(row))] });
    }
    let told = Tally::new().refresh(&store, &[(0, 0)], &(Time(0)..Time(12_288)), 99).unwrap();
    let scaled: Vec<f64> = (0..12_288).map(|row| number(row) / 1e300).collect();
    let mean = scaled.iter().sum::<f64>() / 12_288.0;
    let squares = scaled.iter().map(|number| (number - mean) * (number - mean)).sum::<f64>();
    let found = told[0].squares.sqrt() * told[0].unit / 1e300;
    assert!((found / squares.sqrt() - 1.0).abs() < 1e-9, "{found} {}", squares.sqrt());
    assert!((told[0].mean / 1e300 - mean).abs() < 1e-9);
    // As far apart as numbers can be.
    let one = |number: f64| Moments { count: 1, min: number, max: number, mean: number, ..Moments::NONE };
    let (low, high) =
        (Moments { unit: 2f64.powi(600), ..one(f64::MIN) }, Moments { unit: 2f64.powi(600), ..one(f64::MAX) });
    let both = low.join(high);
    assert!(both.mean.abs() < 1e300 && both.squares.is_finite(), "{both:?}");
}
