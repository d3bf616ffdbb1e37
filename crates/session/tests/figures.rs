//! Statistics, spectra, distributions, pairs of fields, marks and CSV, as the page asks for them; against NumPy.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

mod common;

use common::{Bench, SERIAL, millis, profile};
use session::CloseKind;
use session::query::{Answer, Cell, Csv, FieldId, HappeningKind, Query, Span};

const VECTORS: &str = include_str!("../../../tests/vectors/numpy/figures.toml");

const FIELD: FieldId = FieldId { table: 0, field: 0 };

fn floats(case: &toml::Table, name: &str) -> Vec<f64> {
    case[name].as_array().unwrap().iter().map(|v| v.as_float().or(v.as_integer().map(|v| v as f64)).unwrap()).collect()
}

/// A session that received these numbers, one each millisecond.
fn fed(numbers: &[f64]) -> Bench {
    let mut bench = Bench::open(&common::pairs());
    for (index, number) in numbers.iter().enumerate() {
        bench.at(index as i64).bytes(format!("x:{number:?}\n").as_bytes());
    }
    bench.at(numbers.len() as i64);
    bench
}

fn close(found: f64, expected: f64, scale: f64) -> bool {
    (found - expected).abs() <= scale * 1e-6
}

#[test]
fn spectra_distributions_and_statistics_are_those_of_numpy() {
    let vectors: toml::Table = VECTORS.parse().unwrap();
    for case in vectors["case"].as_array().unwrap() {
        let case = case.as_table().unwrap();
        let (name, numbers) = (case["name"].as_str().unwrap(), floats(case, "numbers"));
        let mut bench = fed(&numbers);

        let Answer::Spectrum(Some(spectrum)) = bench.ask(Query::Spectrum { field: FIELD, span: Span::All }) else {
            panic!("{name}: no spectrum")
        };
        let amplitudes = floats(case, "amplitudes");
        let top = amplitudes.iter().copied().fold(0.0, f64::max);
        assert!((spectrum.rate_hz - 1000.0).abs() < 1e-6, "{name}: {} samples/s", spectrum.rate_hz);
        assert_eq!((spectrum.used, spectrum.unused), (numbers.len() as u64, 0), "{name}");
        assert_eq!(spectrum.amplitudes.len(), amplitudes.len(), "{name}");
        let differ = spectrum.amplitudes.iter().zip(&amplitudes).find(|(a, b)| !close(**a, **b, top));
        assert_eq!(differ, None, "{name}");

        let histogram = Query::Histogram { field: FIELD, span: Span::All, bins: 20 };
        let Answer::Histogram(Some(histogram)) = bench.ask(histogram) else { panic!("{name}: no histogram") };
        let bins: Vec<u64> = floats(case, "bins").iter().map(|count| *count as u64).collect();
        assert_eq!((histogram.bins, [histogram.low, histogram.high].to_vec()), (bins, floats(case, "edges")), "{name}");

        let statistics = Query::Statistics { fields: vec![FIELD], span: Span::All, width: 100 };
        let Answer::Statistics(Some(statistics)) = bench.ask(statistics) else { panic!("{name}: no statistics") };
        let expected = floats(case, "statistics");
        let told = &statistics[0];
        assert_eq!(told.count, numbers.len() as u64, "{name}");
        assert_eq!([told.min, told.max], [Some(expected[0]), Some(expected[1])], "{name}");
        assert!(close(told.mean.unwrap(), expected[2], expected[2].abs().max(1e-6) * 1e-6), "{name}: {told:?}");
        assert!(close(told.deviation.unwrap(), expected[3], expected[3]), "{name}: {told:?}");
    }
}

#[test]
fn f21_what_is_no_number_is_left_out_and_breaks_a_spectrum() {
    let mut numbers: Vec<f64> = (0..100).map(|n| f64::from(n % 10)).collect();
    (numbers[3], numbers[40]) = (f64::NAN, f64::INFINITY);
    let mut bench = fed(&numbers);
    let statistics = Query::Statistics { fields: vec![FIELD], span: Span::All, width: 1 };
    let Answer::Statistics(Some(statistics)) = bench.ask(statistics) else { panic!() };
    assert_eq!((statistics[0].count, statistics[0].max), (98, Some(9.0)));
    let Answer::Spectrum(Some(spectrum)) = bench.ask(Query::Spectrum { field: FIELD, span: Span::All }) else {
        panic!()
    };
    assert_eq!((spectrum.used, spectrum.unused), (59, 39), "what came after the infinite number");
    let Answer::Histogram(Some(histogram)) = bench.ask(Query::Histogram { field: FIELD, span: Span::All, bins: 10 })
    else {
        panic!()
    };
    assert_eq!(histogram.bins.iter().sum::<u64>(), 98);
}

#[test]
fn f21_neither_a_wide_range_nor_a_small_change_is_lost_on_the_way_to_the_plot() {
    for (low, high) in [(-1e300, 1e300), (5.0 - 1e-12, 5.0 + 1e-12), (f64::MIN, f64::MAX), (1e39, 2e39)] {
        let numbers: Vec<f64> = (0..64).map(|n| if n % 2 == 0 { low } else { high }).collect();
        let mut bench = fed(&numbers);
        let query = Query::Envelope { fields: vec![FIELD], span: Span::All, width: 4 };
        let Answer::Envelope(envelope) = bench.ask(query) else { panic!() };
        let columns = &envelope.series[0].columns;
        assert!(columns.iter().all(|column| (column.min, column.max) == (low, high)), "{columns:?}");
        assert_eq!(columns.last().map(|column| column.last), Some(high));
        assert_eq!(columns.first().map(|column| column.first), Some(low));

        let statistics = Query::Statistics { fields: vec![FIELD], span: Span::All, width: 100 };
        let Answer::Statistics(Some(statistics)) = bench.ask(statistics) else { panic!() };
        // Half of them as far above the mean as the others are below: √(n / (n − 1)) times that.
        let spread = statistics[0].deviation.unwrap() / (high / 2.0 - low / 2.0);
        assert!((spread - (64.0f64 / 63.0).sqrt()).abs() < 1e-2, "{low} {high}: {spread}");
        let Answer::Spectrum(Some(spectrum)) = bench.ask(Query::Spectrum { field: FIELD, span: Span::All }) else {
            panic!()
        };
        let (hertz, amplitude) = spectrum.peak.unwrap();
        assert!((hertz / spectrum.rate_hz - 0.5).abs() < 0.02, "{low} {high}: {hertz} Hz");
        assert!(amplitude.is_finite() && amplitude > (high / 2.0 - low / 2.0) * 0.9, "{low} {high}: {amplitude}");
    }
}

#[test]
fn a_field_that_was_words_at_first_is_drawn_once_it_has_numbers() {
    for (protocol, lines) in [
        ("pairs", ["T=ERR H=1\n", "T=21.5 H=2\n", "T=22 H=3\n", "T=ERR H=4\n"]),
        ("json", ["{\"T\":\"ERR\"}\n", "{\"T\":21.5}\n", "{\"T\":22}\n", "{\"T\":\"ERR\"}\n"]),
        ("csv", ["ERR,1\n", "21.5,2\n", "22,3\n", "ERR,4\n"]),
    ] {
        let mut bench = Bench::open(&profile(SERIAL, &format!("name = \"{protocol}\"\nframing = \"lines\""), ""));
        for (at, line) in (0..).zip(lines) {
            bench.at(at * 100).bytes(line.as_bytes());
        }
        let values = bench.values();
        let field = &values[0].fields[0];
        assert!(field.numeric, "{protocol}: {field:?}");
        assert_eq!((field.min, field.max), (Some(21.5), Some(22.0)), "{protocol}");
        assert_eq!(field.value, Cell::Text("ERR".into()), "{protocol}: its last word is shown as it is");
        let query = Query::Envelope { fields: vec![FieldId { table: 0, field: 0 }], span: Span::All, width: 100 };
        let Answer::Envelope(envelope) = bench.ask(query) else { panic!("an envelope") };
        let drawn: Vec<f64> = envelope.series[0].columns.iter().map(|column| column.last).collect();
        assert_eq!(drawn, [21.5, 22.0], "{protocol}");
    }
}

#[test]
fn marks_are_the_last_numbers_not_later() {
    let mut bench = Bench::open(&common::pairs());
    bench.at(10).bytes(b"x:1.5,y:7\n");
    bench.at(20).bytes(b"x:2.5\n");
    let at = |at: i64| millis(at).0;
    let fields = vec![FIELD, FieldId { table: 0, field: 1 }, FieldId { table: 9, field: 0 }];
    let marks = bench.ask(Query::Marks { fields, at_nanos: vec![at(9), at(10), at(19), at(500)] });
    let (x1, x2, y) = (Some((at(10), 1.5)), Some((at(20), 2.5)), Some((at(10), 7.0)));
    let expected = [[None, None, None], [x1, y, None], [x1, y, None], [x2, y, None]];
    assert_eq!(marks, Answer::Marks(expected.map(|row| row.to_vec()).to_vec()));
}

#[test]
fn one_field_against_another_takes_rows_that_have_both() {
    let mut bench = Bench::open(&common::pairs());
    bench.bytes(b"x:1,y:10\nx:2\ny:30\nx:4,y:nan\nx:5,y:50\n");
    let Answer::Xy(xy) =
        bench.ask(Query::Xy { x: FieldId { table: 0, field: 0 }, y: FieldId { table: 0, field: 1 }, span: Span::All })
    else {
        panic!()
    };
    assert_eq!((xy.points, xy.total, xy.held), (vec![(1.0, 10.0), (5.0, 50.0)], 2, false));
}

#[test]
fn fields_that_never_come_together_stand_by_their_times() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"teleplot\"", ""));
    for (at, line) in [(1, ">b:9\n"), (2, ">a:1\n"), (3, ">b:10\n>b:20\n"), (4, ">a:2\n"), (5, ">a:3\n>b:30\n")] {
        bench.at(at).bytes(line.as_bytes());
    }
    let Answer::Values(tables) = bench.ask(Query::Values) else { panic!() };
    let of = |name: &str| {
        let found = tables.iter().find_map(|table| {
            let field = table.fields.iter().find(|field| field.name == name)?;
            Some(FieldId { table: table.table, field: field.field })
        });
        found.unwrap()
    };
    let Answer::Xy(xy) = bench.ask(Query::Xy { x: of("a"), y: of("b"), span: Span::All }) else { panic!() };
    // Nothing is known of the first: it came before any of the other.
    assert_eq!((xy.points, xy.held), (vec![(1.0, 10.0), (1.0, 20.0), (3.0, 30.0)], true));
}

#[test]
fn happenings_are_gaps_and_rejected_frames_in_order() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"json\"", ""));
    bench.at(5).bytes(b"{\"a\":1}\n{broken\n");
    bench.at(9).closed(CloseKind::Lost, "gone");
    bench.at(2000).input(session::Input::Open);
    bench.at(2001).input(session::Input::Opened);
    bench.at(2002).bytes(b"{\"a\":2}\n");
    let Answer::Happenings(all) = bench.ask(Query::Happenings) else { panic!() };
    // The gap begins with the last byte, which the rejected frame ended with.
    let of = |kind| all.iter().filter(|happening| happening.kind == kind).map(|it| it.time_nanos).collect::<Vec<_>>();
    assert_eq!(of(HappeningKind::Rejected), [millis(5).0]);
    assert_eq!(of(HappeningKind::Gap).len(), 1);
    assert!(all.is_sorted_by_key(|happening| happening.time_nanos));
}

/// Everything from the first piece to the last.
fn csv(bench: &mut Bench, fields: &[FieldId], from: i64, to: i64) -> (String, usize, Csv) {
    let (mut text, mut pieces, mut next) = (String::new(), 0, Vec::new());
    loop {
        let query = Query::Csv { fields: fields.to_vec(), from_nanos: millis(from).0, to_nanos: millis(to).0, next };
        let Answer::Csv(piece) = bench.ask(query) else { panic!() };
        text += &piece.text;
        pieces += 1;
        match piece.next.clone() {
            Some(rows) => next = rows,
            None => return (text, pieces, piece),
        }
    }
}

#[test]
fn s5_rows_of_several_tables_come_as_one_csv_in_order_of_time() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"csv\"", ""));
    bench.at(0).bytes(b"=cmd|x,b\n");
    bench.at(1).bytes(b"1.5,2\n");
    bench.at(2).bytes(b"-3,4\n");
    let fields = [FIELD, FieldId { table: 0, field: 1 }];
    let (text, _, _) = csv(&mut bench, &fields, 0, 100);
    let mut lines = text.split("\r\n");
    assert!(lines.next().unwrap().starts_with("time,"), "{text}");
    assert_eq!(lines.next(), Some("2023-11-14T22:13:20.001000000Z,1.5,2"));
    assert_eq!(lines.next(), Some("2023-11-14T22:13:20.002000000Z,-3,4"));
    assert_eq!(lines.next(), Some(""), "the last line is ended");
    assert!(!text.contains(",="), "a head must not be a formula: {text}");
}

#[test]
fn a_long_csv_comes_in_pieces_without_a_row_twice_or_missing() {
    let mut bench = Bench::open(&common::layout());
    for index in 0..20_000_i64 {
        bench.at(index / 7).bytes(&common::drive(index as i16, 0.5));
        if index % 5 == 0 {
            bench.bytes(&common::log(0, "=1+1"));
        }
    }
    bench.at(100_000);
    let fields = [FIELD, FieldId { table: 0, field: 1 }, FieldId { table: 1, field: 1 }];
    let (text, pieces, last) = csv(&mut bench, &fields, 0, 100_000);
    assert!(pieces > 2, "{pieces} pieces");
    assert_eq!(last.missed, 0);
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 1 + 24_000);
    assert_eq!(lines[0], "time,drive.speed [r/min],drive.torque,log.text");
    assert!(lines[1..].iter().all(|line| line.split(',').count() == 4));
    assert!(lines[1..].is_sorted_by_key(|line| line.split(',').next()));
    assert_eq!(lines.iter().filter(|line| line.ends_with(",,,'=1+1")).count(), 4000);
    // Only what is within the span.
    let (text, ..) = csv(&mut bench, &[FIELD], 10, 11);
    assert_eq!(text.lines().count(), 8);
}
