//! Devices that tell their time and number their samples: what is made of it when they do it badly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Bench, SERIAL, profile};

use session::logfile::Zone;
use session::order::clock::{CountsFrom, DeviceClock};
use session::wire::Event;
use session::{Input, Output};

use session::query::{Answer, Cell, Counters, Envelope, FieldId, Mark, Query, Span};

/// A binary protocol whose samples tell number, time and value; frames of equal length go the fast way.
fn binary(clock: &str) -> session::Profile {
    let protocol = "name = \"layout\"\nframing = \"cobs\"\nendian = \"little\"\n[[protocol.messages]]\nname = \"imu\"\n\
        fields = [ { name = \"n\", type = \"u8\" }, { name = \"ms\", type = \"u32\" }, { name = \"x\", type = \"u16\" } ]";
    profile(SERIAL, protocol, clock)
}

const CLOCK: &str = "[clock]\nfield = \"ms\"\nbits = 32\n";
const SEQUENCE: &str = "[sequence]\nfield = \"n\"\nbits = 8\n";

/// One frame (COBS, as Cheshire and Baker have it).
fn frame(n: u8, ms: u32, x: u16) -> Vec<u8> {
    let mut payload = vec![n];
    payload.extend(ms.to_le_bytes());
    payload.extend(x.to_le_bytes());
    let mut wire = Vec::new();
    for part in payload.split(|byte| *byte == 0) {
        wire.push(u8::try_from(part.len() + 1).unwrap());
        wire.extend(part);
    }
    wire.push(0);
    wire
}

fn counters(bench: &Bench) -> Counters {
    let counters = bench.session.counters();
    assert!(counters.balanced());
    counters
}

fn asked(bench: &mut Bench, query: Query) -> Answer {
    let now = bench.now;
    bench.session.answer(now, &[(77, query)]).answers.remove(0).1
}

fn envelope(bench: &mut Bench, device: bool, width: u16) -> Envelope {
    let query = Query::Envelope { fields: vec![FieldId { table: 0, field: 2 }], span: Span::All, width };
    let query = if device { Query::Device(Box::new(query)) } else { query };
    let Answer::Envelope(envelope) = asked(bench, query) else { panic!("an envelope") };
    envelope
}

fn notes(bench: &mut Bench) -> Vec<String> {
    bench.lines().into_iter().filter(|(mark, _)| *mark == Mark::Gap).map(|(_, text)| text).collect()
}

#[test]
fn f22_the_plot_by_the_devices_clock_has_the_samples_where_they_were_made() {
    let mut bench = Bench::open(&binary(CLOCK));
    // A tenth of a second in one chunk, over the end of the 32 bits.
    let at = |ms: u32| (u32::MAX - 49).wrapping_add(ms);
    let burst: Vec<u8> = (0..100).flat_map(|ms| frame(1, at(ms), 7)).collect();
    bench.at(100).bytes(&burst);
    let (arrival, device) = (envelope(&mut bench, false, 50), envelope(&mut bench, true, 50));
    assert_eq!(arrival.series[0].columns.len(), 1, "all of it arrived at once");
    assert_eq!(device.series[0].columns.len(), 50, "and was made one by one");
    assert_eq!(device.to_nanos - device.from_nanos, 99_000_001);
    assert!(device.series[0].columns.iter().skip(1).all(|column| !column.broken) && device.gaps.is_empty());
    let counted = counters(&bench);
    assert_eq!((counted.clock_wrapped, counted.clock_back, counted.samples), (1, 0, 100));
}

#[test]
fn f22_a_clock_that_jumps_back_is_a_gap_and_no_line_runs_backwards() {
    let mut bench = Bench::open(&binary(CLOCK));
    bench.at(0).bytes(&(0..50).flat_map(|i| frame(1, 500_000 + i * 10, 7)).collect::<Vec<_>>());
    // It restarted.
    bench.at(3000).bytes(&(0..50).flat_map(|i| frame(1, i * 10, 9)).collect::<Vec<_>>());
    let device = envelope(&mut bench, true, 200);
    let columns = &device.series[0].columns;
    assert!(columns.windows(2).all(|pair| pair[0].x < pair[1].x));
    let broken: Vec<f64> = columns.iter().skip(1).filter(|column| column.broken).map(|column| column.last).collect();
    assert_eq!(broken, [9.0], "once, where the second run begins");
    assert_eq!(device.gaps.len(), 1);
    assert_eq!(counters(&bench).clock_back, 1);
    assert_eq!(notes(&mut bench), ["imu: the device's clock went back by 500.490 s"]);

    // Both times are kept, and each row stays where it came.
    let query = Query::Device(Box::new(Query::Rows { table: 0, until_nanos: None, count: 400 }));
    let Answer::Rows(rows) = asked(&mut bench, query) else { panic!("rows") };
    assert_eq!((rows.rows.len(), rows.device_nanos.len()), (100, 100));
    assert!(rows.device_nanos.is_sorted_by(|newer, older| newer >= older));
    let told: Vec<Cell> = rows.rows.iter().rev().map(|(_, cells)| cells[1].clone()).collect();
    assert_eq!([&told[0], &told[50], &told[99]], [&Cell::U64(500_000), &Cell::U64(0), &Cell::U64(490)]);
    let csv = |device: bool, bench: &mut Bench| {
        let fields = vec![FieldId { table: 0, field: 2 }];
        let query = Query::Csv { fields, from_nanos: i64::MIN / 4, to_nanos: i64::MAX / 2, next: Vec::new() };
        let query = if device { Query::Device(Box::new(query)) } else { query };
        let Answer::Csv(csv) = asked(bench, query) else { panic!("rows as text") };
        csv
    };
    let csv = csv(true, &mut bench);
    assert!(csv.text.starts_with("arrival time,device time,imu.x\r\n"), "{}", &csv.text[..60]);
    assert_eq!(csv.rows, 100);
}

#[test]
fn f22_a_clock_at_zero_or_in_1970_is_counted() {
    let mut bench = Bench::open(&binary(CLOCK));
    bench.bytes(&(0..10).flat_map(|_| frame(1, 0, 7)).collect::<Vec<_>>());
    assert_eq!(counters(&bench).clock_unset, 9, "it stands at 0");
    let mut bench = Bench::open(&binary("[clock]\nfield = \"ms\"\nunit = \"s\"\ncounts_from = \"1970\"\n"));
    bench.bytes(&(0..10).flat_map(|i| frame(1, 40 + i, 7)).collect::<Vec<_>>());
    let counted = counters(&bench);
    assert_eq!((counted.clock_unset, counted.clock_repeated), (10, 0));
}

#[test]
fn f22_each_line_of_teleplot_that_tells_its_time_is_plotted_by_it() {
    let text = "[clock]\nfield = \"*.time\"\n[layout]\ntime = \"device\"\n";
    let profile = profile(SERIAL, "name = \"teleplot\"", text);
    assert!(profile.layout.device_time);
    let mut bench = Bench::open(&profile);
    bench.at(50).bytes(b">a:1000:1\n>b:1000:2\n>a:1100:3\n>b:1100:4\n");
    assert_eq!([0, 1].map(|table| told(&mut bench, table)), [[50, 150]; 2]);
}

/// When the samples of a table were made, in milliseconds since the bench began, oldest first.
fn told(bench: &mut Bench, table: u16) -> Vec<i64> {
    let Answer::Rows(rows) = asked(bench, Query::Rows { table, until_nanos: None, count: 400 }) else { panic!("rows") };
    rows.device_nanos.iter().rev().map(|nanos| (nanos - common::millis(0).0) / 1_000_000).collect()
}

/// Teleplot's README, "Publishing multiple points": a device sends what it measured of one name, and then of another for
/// the same time.
#[test]
fn f22_names_of_teleplot_whose_times_come_one_after_the_other_are_each_in_order() {
    let profile = session::Profile::parse(include_str!("../../../profiles/teleplot.toml")).unwrap();
    let batch = |name: &str, from: u32| -> String {
        (0..50).map(|i| format!(">{name}:{}:{}\n", from + i * 10, i % 7)).collect()
    };
    let several = |name: &str, from: u32| -> String {
        let points: Vec<String> = (0..50).map(|i| format!("{}:{}", from + i * 10, i % 7)).collect();
        format!(">{name}:{}\n", points.join(";"))
    };
    let mut bench = Bench::open(&profile);
    for second in 0..3_u32 {
        let from = second * 500;
        bench.at(500 + i64::from(from)).bytes(batch("a", from).as_bytes());
        bench.at(530 + i64::from(from)).bytes(batch("b", from).as_bytes());
        bench.at(560 + i64::from(from)).bytes(several("c", from).as_bytes());
    }
    let counted = counters(&bench);
    assert_eq!((counted.samples, counted.clock_back, counted.clock_ahead, counted.clock_repeated), (450, 0, 0, 0));
    assert_eq!(notes(&mut bench), [""; 0], "nothing is late");
    // Each is drawn by its stamps, and what has one stamp stands at one place.
    let stamps: Vec<i64> = (0..150).map(|i| 500 + i * 10).collect();
    assert_eq!([0, 1, 2].map(|table| told(&mut bench, table)), [stamps.clone(), stamps.clone(), stamps]);
    let fields = [0, 1, 2].map(|table| FieldId { table, field: 0 }).to_vec();
    let query = Query::Envelope { fields, span: Span::All, width: 150 };
    let Answer::Envelope(envelope) = asked(&mut bench, Query::Device(Box::new(query))) else { panic!("an envelope") };
    assert!(envelope.gaps.is_empty());
    for series in &envelope.series {
        let broken = series.columns.iter().skip(1).filter(|column| column.broken).count();
        assert_eq!((series.columns.len(), broken), (150, 0));
    }
    // What is late is so within its own name.
    bench.at(3000).bytes(b">a:1500:1\n>b:1510:1\n>a:1495:1\n>b:1520:1\n");
    assert_eq!(counters(&bench).clock_back, 1);
}

#[test]
fn f22_a_restart_is_said_once_and_breaks_the_line_of_every_message() {
    let profile = profile(SERIAL, "name = \"teleplot\"", "[clock]\nfield = \"*.time\"\n");
    let mut bench = Bench::open(&profile);
    for at in (0..1000).step_by(100) {
        bench.at(at).bytes(format!(">a:{0}:1\n>b:{0}:2\n", 700_000 + at).as_bytes());
    }
    for at in (0..1000).step_by(100) {
        bench.at(3000 + at).bytes(format!(">a:{at}:1\n>b:{at}:2\n").as_bytes());
    }
    assert_eq!(counters(&bench).clock_back, 1);
    assert_eq!(notes(&mut bench), ["a: the device's clock went back by 700.900 s"]);
    let stamps: Vec<i64> = (0..10).chain(30..40).map(|tenth| tenth * 100).collect();
    assert_eq!([0, 1].map(|table| told(&mut bench, table)), [stamps.clone(), stamps]);
    let fields = [0, 1].map(|table| FieldId { table, field: 0 }).to_vec();
    let query = Query::Envelope { fields, span: Span::All, width: 390 };
    let Answer::Envelope(envelope) = asked(&mut bench, Query::Device(Box::new(query))) else { panic!("an envelope") };
    let broken = |series: usize| envelope.series[series].columns.iter().skip(1).filter(|column| column.broken).count();
    assert_eq!([broken(0), broken(1)], [1, 1]);
}

#[test]
fn f22_the_profile_for_teleplot_draws_by_the_times_its_lines_tell() {
    let profile = session::Profile::parse(include_str!("../../../profiles/teleplot.toml")).unwrap();
    assert!(profile.layout.device_time && profile.clock.as_ref().is_some_and(|clock| clock.field == "*.time"));
    let mut bench = Bench::open(&profile);
    // Half a second of a wave, sent at once.
    let burst: String = (0..50).map(|i| format!(">s:{}:{}\n", 1_627_551_892_437_u64 + i * 10, i % 7)).collect();
    bench.at(500).bytes(burst.as_bytes());
    let columns = |device, bench: &mut Bench| {
        let query = Query::Envelope { fields: vec![FieldId { table: 0, field: 0 }], span: Span::All, width: 50 };
        let query = if device { Query::Device(Box::new(query)) } else { query };
        let Answer::Envelope(envelope) = asked(bench, query) else { panic!("an envelope") };
        envelope.series[0].columns.len()
    };
    assert_eq!((columns(false, &mut bench), columns(true, &mut bench)), (1, 50));
    // Where only others come that tell no time, time does not stand still.
    for second in 1..20 {
        bench.at(500 + second * 1000).bytes(b">temp:21.5\n");
    }
    let temp = told(&mut bench, 1);
    assert_eq!((temp.len(), temp[18] - temp[9]), (19, 9000));
}

#[test]
fn f23_missing_late_and_repeated_numbers_are_counted_and_no_frame_is_lost() {
    let mut bench = Bench::open(&binary(SEQUENCE));
    let numbers = [254, 255, 0, 1, 5, 6, 3, 7, 7, 8];
    let bytes: Vec<u8> =
        numbers.iter().zip(0..).flat_map(|(n, i)| frame(*n, u32::from(*n), i.min(8) + u16::from(i == 9))).collect();
    bench.bytes(&bytes);
    // The eighth and the ninth have the same number, and another content: the counter stood still, nothing is left out.
    let counted = counters(&bench);
    assert_eq!((counted.frames, counted.sequence_gaps, counted.sequence_missing), (10, 1, 2));
    assert_eq!((counted.sequence_late, counted.sequence_repeated, counted.sequence_restarts), (1, 1, 0));
    assert_eq!(bench.values()[0].count, 10);
    assert_eq!(notes(&mut bench), ["imu: 3 numbers are missing before 5", "imu: number 3 came late"]);
}

#[test]
fn f23_what_came_twice_is_kept_once_with_a_mark() {
    let mut bench = Bench::open(&binary(SEQUENCE));
    let bytes =
        [frame(1, 1, 1), frame(2, 2, 2), frame(3, 3, 3), frame(2, 2, 2), frame(3, 3, 3), frame(4, 4, 4)].concat();
    bench.bytes(&bytes);
    let counted = counters(&bench);
    assert_eq!((counted.frames, counted.sequence_repeated), (6, 2));
    assert_eq!(bench.values()[0].count, 4);
    assert_eq!(notes(&mut bench)[0], "imu: number 2 came again with the same content, and is kept once");
    // And it is the same where the frames come one by one.
    let mut slow = Bench::open(&binary(SEQUENCE));
    bytes.iter().for_each(|byte| drop(slow.bytes(&[*byte])));
    assert_eq!((counters(&slow).sequence_repeated, slow.values()[0].count), (2, 4));
}

#[test]
fn f23_a_gap_in_the_numbers_breaks_the_line() {
    let mut bench = Bench::open(&binary(SEQUENCE));
    for n in (0..20).chain(24..40) {
        bench.at(i64::from(n) * 10).bytes(&frame(n, 0, 7));
    }
    let envelope = envelope(&mut bench, false, 390);
    let broken: Vec<u16> = envelope.series[0].columns.iter().filter(|c| c.broken).map(|c| c.x).collect();
    assert_eq!(broken.len(), 2, "at its beginning, and where four are missing: {broken:?}");
    assert_eq!(envelope.gaps.len(), 1);
    assert_eq!(envelope.gaps[0].1 - envelope.gaps[0].0, 50_000_000);
}

#[test]
fn f23_one_counter_goes_through_all_messages_unless_one_is_named() {
    let lines = b"{\"n\":1,\"a\":1}\n{\"n\":2,\"a\":2}\n{\"n\":5,\"a\":3}\n";
    let text = "[sequence]\nfield = \"n\"\nmodulus = 1000\n";
    let mut bench = Bench::open(&profile(SERIAL, "name = \"json\"", text));
    bench.bytes(lines);
    assert_eq!(counters(&bench).sequence_missing, 2);
    let mut bench = Bench::open(&profile(SERIAL, "name = \"json\"", &text.replace("]\n", "]\nmessage = \"other\"\n")));
    bench.bytes(lines);
    assert_eq!(counters(&bench).sequence_missing, 0);
}

/// Whichever way the frames take, together or one by one, the same is kept.
#[test]
fn f22_f23_pieces_make_no_difference() {
    let numbers = [1u8, 2, 3, 4, 4, 5, 9, 8, 10, 11, 11, 12, 13, 3, 4, 5];
    let frames = || {
        numbers
            .iter()
            .zip(0u32..)
            .map(|(n, i)| frame(*n, if i == 9 { 3 } else { 100 + u32::from(*n) * 10 }, u16::from(*n)))
    };
    let both = format!("{CLOCK}{SEQUENCE}");
    let told = |bench: &mut Bench| {
        let Answer::Rows(rows) = asked(bench, Query::Rows { table: 0, until_nanos: None, count: 99 }) else { panic!() };
        let counted = bench.session.counters();
        (rows.rows.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(), rows.device_nanos, counted)
    };
    let mut at_once = Bench::open(&binary(&both));
    at_once.bytes(&frames().flatten().collect::<Vec<_>>());
    let mut singly = Bench::open(&binary(&both));
    frames().for_each(|frame| drop(singly.bytes(&frame)));
    assert_eq!(told(&mut at_once), told(&mut singly));
}

#[test]
fn f22_f23_a_profile_that_names_what_is_not_there_is_refused_with_its_line() {
    let refused = |rest: &str| {
        let text = format!("{}{rest}", binary("").to_toml());
        session::Profile::parse(&text).expect_err("refused").reason.to_string()
    };
    assert!(
        refused("[clock]\nfield = \"mss\"\n").contains("did you mean"),
        "{}",
        refused("[clock]\nfield = \"mss\"\n")
    );
    assert!(refused("[clock]\nfield = \"ms\"\nunit = \"min\"\n").contains("ms"));
    assert!(refused("[sequence]\nfield = \"n\"\nbits = 8\nmodulus = 256\n").contains("leave one"));
    assert!(refused("[layout]\ntime = \"device\"\n").contains("[clock]"));
}

#[test]
fn f23_a_number_that_comes_again_with_another_content_is_no_new_beginning() {
    let mut bench = Bench::open(&binary(SEQUENCE));
    for (n, ms) in [(1, 10), (2, 20), (3, 30), (4, 40), (5, 50), (3, 55), (6, 60), (7, 70)] {
        bench.bytes(&frame(n, ms, 7));
    }
    let counted = counters(&bench);
    assert_eq!((counted.sequence_repeated, counted.sequence_restarts, counted.sequence_missing), (1, 0, 0));
    assert_eq!(notes(&mut bench), ["imu: number 3 came again with another content"]);
    // Two in order are one.
    for (n, ms) in [(1, 5), (2, 15), (3, 25)] {
        bench.bytes(&frame(n, ms, 8));
    }
    let counted = counters(&bench);
    assert_eq!((counted.sequence_repeated, counted.sequence_restarts, counted.sequence_missing), (2, 1, 0));
}

/// A session whose link delivers a file of separated numbers, and what it is asked for as text.
fn file(head: &[u8]) -> (Bench, Option<DeviceClock>) {
    file_with("", head)
}

fn file_with(clock: &str, head: &[u8]) -> (Bench, Option<DeviceClock>) {
    let link = "kind = \"ftp\"\ntarget = \"logger\"";
    let mut profile = profile(link, "name = \"csv\"", clock);
    let session::link::Link::Tunnel(tunnel) = &mut profile.link else { panic!("a tunnel") };
    tunnel.file = Some("/a.csv".into());
    let mut bench = Bench::open(&profile);
    let told = bench.input(Input::Head { bytes: head, zone: Zone(|_| 0) });
    let clock = told.into_iter().find_map(|output| match output {
        Output::Event(Event::Clock(clock)) => Some(*clock),
        _ => None,
    });
    bench.message(head);
    (bench, clock)
}

fn csv_of(bench: &mut Bench) -> String {
    let fields = vec![FieldId { table: 0, field: 1 }];
    let query = Query::Csv { fields, from_nanos: i64::MIN / 4, to_nanos: i64::MAX / 2, next: Vec::new() };
    let Answer::Csv(csv) = asked(bench, Query::Device(Box::new(query))) else { panic!("rows as text") };
    // When it was read says nothing.
    csv.text.lines().map(|line| line.split_once(',').unwrap().1.to_owned() + "\n").collect()
}

#[test]
fn the_rows_of_a_file_without_times_are_numbered_and_are_no_instants() {
    let (mut bench, clock) = file(b"temp,hum\n15.5,40\n16.5,41\n15.5,42\n");
    assert_eq!(clock.map(|clock| clock.counts_from), Some(CountsFrom::Rows), "the page is told");
    assert_eq!(csv_of(&mut bench), "row,csv.hum\n1,40\n2,41\n3,42\n");
}

#[test]
fn a_file_whose_column_of_time_has_dates_is_drawn_by_them_though_the_profile_speaks_of_seconds() {
    let seconds = "[clock]\nfield = \"time\"\nunit = \"s\"\ncounts_from = \"1970\"\n";
    let dates = b"time,hum\n2026-09-21T14:13:20Z,40\n2026-09-21T14:13:30Z,41\n2026-09-21T14:13:40Z,42\n";
    let (mut bench, clock) = file_with(seconds, dates);
    let clock = clock.unwrap();
    assert_eq!((clock.field.as_str(), clock.unit_nanos, clock.counts_from), ("time", 0, CountsFrom::Unix));
    // date -u -d 2026-09-21T14:13:20Z +%s
    let from = 1_790_000_000_000_000_000;
    assert_eq!(envelope_of_field(&mut bench), (from, from + 20_000_000_001));
    // What has the numbers that the profile speaks of is left to it.
    assert_eq!(file_with(seconds, b"time,hum\n1790000000,40\n1790000010,41\n").1, None);
    // Where that column is not there, or tells no time, the file's own or its rows count.
    let from = |head: &[u8]| file_with(seconds, head).1.map(|clock| (clock.field, clock.counts_from));
    assert_eq!(
        from(b"Date,hum\n11/28/2026 08:00:00,40\n11/28/2026 08:00:10,41\n"),
        Some(("Date".into(), CountsFrom::Unix))
    );
    assert_eq!(from(b"temp,hum\n15.5,40\n14.5,41\n").map(|(_, from)| from), Some(CountsFrom::Rows));
    assert_eq!(from(b"time,hum\nsoon,40\nlater,41\n").map(|(_, from)| from), Some(CountsFrom::Rows));
}

#[test]
fn the_times_of_a_file_that_counts_from_its_start_stay_as_they_are() {
    let (mut bench, _) = file(b"t,hum\n0.25,40\n7200.5,41\n90000,42\n");
    assert_eq!(csv_of(&mut bench), "seconds,csv.hum\n0.25,40\n7200.5,41\n90000,42\n");
    assert_eq!(envelope_of_field(&mut bench), (250_000_000, 90_000_000_000_001));
    // Opened again it has its clock.
    let head = bench.input(Input::Head { bytes: b"a,b\n1,2\n", zone: Zone(|_| 0) });
    assert_eq!(head, [], "what it was drawn by stays");
}

/// From when to when the field is drawn by the file's own time.
fn envelope_of_field(bench: &mut Bench) -> (i64, i64) {
    let query = Query::Envelope { fields: vec![FieldId { table: 0, field: 1 }], span: Span::All, width: 50 };
    let Answer::Envelope(envelope) = asked(bench, Query::Device(Box::new(query))) else { panic!("an envelope") };
    (envelope.from_nanos, envelope.to_nanos)
}
