//! Another schema in mid-session (faults F20): what came before keeps the names, kinds and units it came with.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common;

use common::{Bench, SERIAL, profile};
use session::Profile;
use session::query::{Answer, Cell, Envelope, FieldId, Message, Query, Span};

/// A message "drive" of one number in one byte or two.
fn drive(kind: &str, name: &str, rest: &str) -> Profile {
    let protocol = format!(
        "name = \"layout\"\nframing = \"cobs\"\n[[protocol.messages]]\nname = \"drive\"\n\
         fields = [ {{ name = \"{name}\", type = \"{kind}\", unit = \"A\" }} ]"
    );
    profile(SERIAL, &protocol, rest)
}

fn unit(unit: &str) -> String {
    format!("[[fields]]\nname = \"drive.amp\"\nunit = \"{unit}\"\n")
}

fn change(bench: &mut Bench, to: &Profile) {
    let now = bench.now;
    bench.session.set_profile(to, now).unwrap();
}

/// Name, unit and value of the first field of each message, with the number of its rows.
fn told(messages: &[Message]) -> Vec<(&str, &str, &str, &Cell, u64)> {
    messages
        .iter()
        .map(|m| (m.name.as_str(), m.fields[0].name.as_str(), m.fields[0].unit.as_str(), &m.fields[0].value, m.count))
        .collect()
}

fn asked(bench: &mut Bench, query: Query) -> Answer {
    let now = bench.now;
    bench.session.answer(now, &[(77, query)]).answers.remove(0).1
}

fn envelope(bench: &mut Bench, fields: &[FieldId]) -> Envelope {
    let query = Query::Envelope { fields: fields.to_vec(), span: Span::All, width: 100 };
    let Answer::Envelope(envelope) = asked(bench, query) else { panic!("an envelope") };
    envelope
}

const ONE: FieldId = FieldId { table: 0, field: 0 };
const TWO: FieldId = FieldId { table: 1, field: 0 };

#[test]
fn f20_a_number_of_another_kind_or_name_goes_to_another_table() {
    let mut bench = Bench::open(&drive("u8", "amp", ""));
    bench.at(0).bytes(&[2, 7, 0]);
    change(&mut bench, &drive("u16", "amp", ""));
    bench.at(1000).bytes(&[3, 1, 1, 0]);
    change(&mut bench, &drive("f32", "amp", ""));
    bench.at(2000).bytes(&[3, 0x01, 0x01, 2, 0x3f, 0]);
    let values = bench.values();
    let told = told(&values);
    assert_eq!(told[0], ("drive", "amp", "A", &Cell::U64(257), 2), "of one kind, and so of one table");
    assert_eq!((told[1].0, told[1].4), ("drive#2", 1));
    assert!(matches!(told[1].3, Cell::F32(_)), "{told:?}");
}

#[test]
fn f20_a_unit_is_part_of_what_a_number_means() {
    let mut bench = Bench::open(&drive("u8", "amp", &unit("mA")));
    bench.at(0).bytes(&[2, 7, 0]);
    change(&mut bench, &drive("u8", "amp", &unit("kA")));
    bench.at(1000).bytes(&[2, 9, 0]);
    let values = bench.values();
    let expected = [("drive", "amp", "mA", &Cell::U64(7), 1), ("drive#2", "amp", "kA", &Cell::U64(9), 1)];
    assert_eq!(told(&values), expected);
    let query = Query::Csv { fields: vec![ONE, TWO], from_nanos: 0, to_nanos: i64::MAX, next: Vec::new() };
    let Answer::Csv(csv) = asked(&mut bench, query) else { panic!("rows as text") };
    let lines: Vec<&str> = csv.text.lines().collect();
    assert_eq!(lines[0], "time,drive.amp [mA],drive#2.amp [kA]");
    assert!(lines[1].ends_with("Z,7,") && lines[2].ends_with("Z,,9"), "{lines:?}");
    // And back: it is an epoch of its own.
    change(&mut bench, &drive("u8", "amp", &unit("mA")));
    bench.at(2000).bytes(&[2, 8, 0]);
    assert_eq!(told(&bench.values())[2], ("drive#3", "amp", "mA", &Cell::U64(8), 1));
}

#[test]
fn f20_what_another_protocol_left_behind_is_told_from_what_goes_on() {
    let lines = |name: &str| profile(SERIAL, &format!("name = \"{name}\""), "");
    let mut bench = Bench::open(&lines("text"));
    bench.at(0).bytes(b"T=20.1 H=41\n");
    let ended = |bench: &mut Bench| bench.values().iter().map(|m| (m.name.clone(), m.ended)).collect::<Vec<_>>();
    assert_eq!(ended(&mut bench), [("text".into(), false)]);
    change(&mut bench, &lines("pairs"));
    bench.at(1000).bytes(b"T=20.2 H=41\n");
    assert_eq!(ended(&mut bench), [("text".into(), true), ("pairs".into(), false)]);
    // It goes on where its profile is in force again.
    change(&mut bench, &lines("text"));
    bench.at(2000).bytes(b"T=20.3 H=41\n");
    assert_eq!(ended(&mut bench), [("text".into(), false), ("pairs".into(), true)]);
}

#[test]
fn f20_the_line_breaks_where_another_profile_begins() {
    let mut bench = Bench::open(&drive("u8", "amp", ""));
    let run = |from: i64, bench: &mut Bench| (0..10).for_each(|i| drop(bench.at(from + i * 10).bytes(&[2, 7, 0])));
    run(0, &mut bench);
    // What is decoded is the same, and yet it is another device's perhaps.
    change(&mut bench, &drive("u8", "amp", "[memory]\nbudget_mib = 64\n"));
    run(100, &mut bench);
    let broken = |envelope: &Envelope| envelope.series[0].columns.iter().skip(1).filter(|c| c.broken).count();
    let envelope = envelope(&mut bench, &[ONE]);
    assert_eq!((bench.values().len(), broken(&envelope)), (1, 1));
}

#[test]
fn f20_a_device_with_another_program_says_other_things_under_the_same_names() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"json\"", ""));
    bench.bytes(b"{\"level\":5,\"v\":1.5}\n{\"level\":\"high\",\"v\":2.5,\"w\":true}\n");
    let Answer::Rows(rows) = asked(&mut bench, Query::Rows { table: 0, until_nanos: None, count: 9 }) else { panic!() };
    let cells: Vec<&Cell> = rows.rows.iter().rev().map(|(_, cells)| &cells[0]).collect();
    assert_eq!(cells, [&Cell::F64(5.0), &Cell::Text("high".into())], "each as it was said");
    assert_eq!(rows.rows[1].1[2], Cell::Null, "what was not known yet is not there");

    let mut bench = Bench::open(&profile(SERIAL, "name = \"csv\"", ""));
    bench.bytes(b"a,b\n1,2\n3,4\nb,c\n5,6\n");
    let values = bench.values();
    let told: Vec<(&str, &Cell)> = values[0].fields.iter().map(|f| (f.name.as_str(), &f.value)).collect();
    assert_eq!(told, [("a", &Cell::F64(3.0)), ("b", &Cell::F64(5.0)), ("c", &Cell::F64(6.0))]);
}

#[test]
fn f20_f22_a_clock_that_is_named_later_leaves_the_rows_before_without() {
    let mut bench = Bench::open(&drive("u8", "amp", ""));
    bench.at(0).bytes(&[2, 7, 0]);
    change(&mut bench, &drive("u8", "amp", "[clock]\nfield = \"amp\"\nunit = \"s\"\n"));
    bench.at(1000).bytes(&[2, 9, 0, 2, 10, 0]);
    let rows = |table, bench: &mut Bench| {
        let Answer::Rows(rows) = asked(bench, Query::Rows { table, until_nanos: None, count: 9 }) else { panic!() };
        (rows.rows.len(), rows.device_nanos.len())
    };
    assert_eq!([rows(0, &mut bench), rows(1, &mut bench)], [(1, 0), (2, 2)]);
    let query = Query::Envelope { fields: vec![ONE, TWO], span: Span::All, width: 100 };
    let Answer::Envelope(envelope) = asked(&mut bench, Query::Device(Box::new(query))) else { panic!() };
    assert_eq!(envelope.series[1].columns.len(), 2);
}

#[test]
fn f20_half_a_frame_is_not_lost_where_nothing_else_tells_where_the_next_begins() {
    let fixed = |rest: &str| {
        let protocol = "name = \"layout\"\nframing = \"fixed\"\nlength = 4\nendian = \"little\"\n[[protocol.messages]]\n\
             name = \"drive\"\nfields = [ { name = \"a\", type = \"u16\" }, { name = \"b\", type = \"u16\" } ]";
        profile(SERIAL, protocol, rest)
    };
    let mut bench = Bench::open(&fixed(""));
    bench.at(0).bytes(&[1, 0, 49, 0, 2, 0]);
    change(&mut bench, &fixed("[[fields]]\nname = \"a\"\nunit = \"A\"\n"));
    bench.at(10).bytes(&[50, 0, 3, 0, 51, 0]);
    let last: Vec<Vec<Cell>> =
        bench.values().iter().map(|message| message.fields.iter().map(|field| field.value.clone()).collect()).collect();
    assert_eq!(last.last(), Some(&vec![Cell::U64(3), Cell::U64(51)]));
    let counters = bench.session.counters();
    assert_eq!((counters.frames, counters.bytes_skipped, counters.bytes_pending, counters.bytes_in), (3, 0, 0, 12));
    assert_eq!(counters.bytes_good, 12);
}
