//! Which bytes made a value.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod common;

use common::*;
use session::query::{Answer, ByteKind, FieldId, Mark, Origin, Query};
use session::{Input, Profile};

fn field_id(bench: &mut Bench, name: &str) -> FieldId {
    let messages = bench.values();
    let find = |message: &session::query::Message| {
        let at = message.fields.iter().position(|field| format!("{}.{}", message.name, field.name) == name)?;
        Some(FieldId { table: message.table, field: at as u16 })
    };
    messages.iter().rev().find_map(find).unwrap_or_else(|| panic!("no {name}"))
}

fn origin(bench: &mut Bench, name: &str) -> Origin {
    let field = field_id(bench, name);
    let Answer::Origin(origin) = bench.ask(Query::Origin { field }) else { panic!() };
    origin
}

fn logged(bench: &mut Bench, (from, to): (u64, u64)) -> Vec<u8> {
    let Answer::Stretch(stretch) = bench.ask(Query::Stretch { from, to, find: from }) else { panic!() };
    stretch.bytes
}

/// The bytes of the frame, and those of the field.
fn bytes(bench: &mut Bench, name: &str) -> (Vec<u8>, Option<Vec<u8>>) {
    match origin(bench, name) {
        Origin::Held { frame, field, .. } => (logged(bench, frame), field.map(|field| logged(bench, field))),
        other => panic!("{name}: {other:?}"),
    }
}

fn one(framing: &str) -> Profile {
    let protocol = format!(
        "name = \"layout\"\n{framing}\n[[protocol.messages]]\nname = \"m\"\nfields = [ {{ name = \"a\", type = \"u8\" }}, \
         {{ name = \"b\", type = \"u16\", endian = \"big\" }}, {{ name = \"c\", type = \"u8\" }} ]"
    );
    profile(SERIAL, &protocol, "[[derived]]\nmessage = \"m\"\nname = \"twice\"\nexpression = \"b * 2\"\n")
}

#[test]
fn a_field_of_a_layout_has_its_bytes_within_the_latest_frame_of_its_message() {
    let mut bench = Bench::open(&layout());
    let told = log(0, "late");
    // Zeros become codes in COBS, one by one, so that every byte stays one behind its place.
    for (speed, torque) in [(0x0a0b, 1.0), (0, 0.0), (-256, -0.0), (0x00ff, 2.5)] {
        let frame = drive(speed, torque);
        bench.at(10).bytes(&told);
        bench.at(20).bytes(&frame);
        let (whole, field) = bytes(&mut bench, "drive.speed");
        assert_eq!((whole, field.as_deref()), (frame.clone(), Some(&frame[2..4])), "{speed}");
        let (whole, field) = bytes(&mut bench, "drive.torque");
        assert_eq!((whole, field.as_deref()), (frame.clone(), Some(&frame[4..8])), "{torque}");
        assert_eq!(bytes(&mut bench, "log.text"), (told.clone(), Some(b"late".to_vec())));
    }
}

#[test]
fn the_last_of_many_frames_in_one_chunk_is_meant_and_half_a_frame_is_not() {
    let mut bench = Bench::open(&layout());
    let frames: Vec<Vec<u8>> = (1..200).map(|n| drive(n * 3 + 0x0101, 1.5)).collect();
    let mut stream = frames.concat();
    stream.extend_from_slice(&frames[0][..4]);
    bench.at(10).bytes(&stream);
    let (whole, field) = bytes(&mut bench, "drive.speed");
    assert_eq!((&whole, field.as_deref()), (frames.last().unwrap(), Some(&frames.last().unwrap()[2..4])));
    // What was sent in between counts in the log, and not in what was received.
    bench.input(Input::Send { bytes: b"hello", wrap: false });
    bench.bytes(&frames[0][4..]);
    let (whole, _) = bytes(&mut bench, "drive.torque");
    assert_eq!(whole, [&frames[0][..4], b"hello", &frames[0][4..]].concat());
}

#[test]
fn bytes_that_a_framing_writes_as_two_are_two() {
    // RFC 1055: 0xC0 goes as DB DC, 0xDB as DB DD.
    let mut bench = Bench::open(&one("framing = \"slip\""));
    bench.at(10).bytes(&[0xc0, 1, 0xdb, 0xdc, 0xdb, 0xdd, 5, 0xc0]);
    assert_eq!(bytes(&mut bench, "m.b").1, Some(vec![0xdb, 0xdc, 0xdb, 0xdd]));
    assert_eq!(bytes(&mut bench, "m.c").1, Some(vec![5]));
    assert_eq!(bytes(&mut bench, "m.a").1, Some(vec![1]));
}

#[test]
fn a_computed_field_leads_to_the_fields_that_it_is_made_of() {
    let derived = |name: &str, expression: &str| {
        format!("[[derived]]\nmessage = \"m\"\nname = \"{name}\"\nexpression = \"{expression}\"\n")
    };
    let all =
        [derived("twice", "b * 2"), derived("sum", "twice + a + b"), derived("slope", "rate(c)"), derived("one", "1")];
    let protocol = "name = \"layout\"\nframing = \"slip\"\n[[protocol.messages]]\nname = \"m\"\nfields = [ { name = \"a\", \
         type = \"u8\" }, { name = \"b\", type = \"u16\", endian = \"big\" }, { name = \"c\", type = \"u8\" } ]";
    let mut bench = Bench::open(&profile(SERIAL, protocol, &all.concat()));
    bench.at(10).bytes(&[0xc0, 1, 0xdb, 0xdc, 0, 5, 0xc0]);
    bench.at(20).bytes(&[0xc0, 1, 0xdb, 0xdc, 0xdb, 0xdd, 5, 0xc0]);
    let mut made = |name: &str| match origin(&mut bench, &format!("m derived.{name}")) {
        Origin::Computed { frame, steps, parts, remembers, .. } => {
            let parts: Vec<_> =
                parts.iter().map(|part| (part.name.clone(), logged(&mut bench, part.bytes.unwrap()))).collect();
            (logged(&mut bench, frame), steps, parts, remembers)
        }
        other => panic!("{name}: {other:?}"),
    };
    let step = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let (a, b) = (("a".to_owned(), vec![1]), ("b".to_owned(), vec![0xdb, 0xdc, 0xdb, 0xdd]));
    let (frame, steps, parts, remembers) = made("twice");
    assert_eq!(frame, [0xc0, 1, 0xdb, 0xdc, 0xdb, 0xdd, 5, 0xc0], "the latest frame");
    assert_eq!((steps, parts, remembers), (vec![step("twice", "b * 2")], vec![b.clone()], false));
    let (_, steps, parts, _) = made("sum");
    assert_eq!(steps, [step("sum", "twice + a + b"), step("twice", "b * 2")]);
    assert_eq!(parts, [a, b], "each once");
    let (_, _, parts, remembers) = made("slope");
    assert_eq!((parts, remembers), (vec![("c".to_owned(), vec![5])], true), "the frame before counts, too");
    assert_eq!(made("one").2, [], "made of nothing");
}

#[test]
fn a_header_and_a_checksum_around_a_payload_are_not_the_fields() {
    let mut bench = Bench::open(&one("framing = \"length\"\nsync = \"0xaa55\"\nchecksum = \"sum8\""));
    // Sync, length, payload, sum over what the framing says: whatever the sum covers, one of these is right.
    let payload = [7_u8, 1, 2, 9];
    for sum in 0..=255 {
        bench.at(10).bytes(&[&[0xaa, 0x55, 4][..], &payload, &[sum]].concat());
    }
    assert_eq!(bytes(&mut bench, "m.b").1, Some(vec![1, 2]));
    assert_eq!(bytes(&mut bench, "m.b").0[..2], [0xaa, 0x55]);
    // A frame that is nothing but its payload.
    let mut bench = Bench::open(&one("framing = \"fixed\"\nlength = 4"));
    bench.at(10).bytes(&[3, 3, 3, 3]);
    assert_eq!(bytes(&mut bench, "m.c"), (vec![3; 4], Some(vec![3])));
}

#[test]
fn what_tells_no_places_shows_the_frame_and_what_is_given_up_is_said() {
    let mut bench = Bench::open(&pairs());
    bench.at(10).bytes(b"temp:21.5\nhum:40\n");
    let temp = bench.values().iter().flat_map(|m| m.fields.iter().map(|f| format!("{}.{}", m.name, f.name))).next();
    let temp = temp.unwrap();
    assert_eq!(bytes(&mut bench, &temp).1, None);
    let missing = Query::Origin { field: FieldId { table: 900, field: 0 } };
    assert_eq!(bench.ask(missing), Answer::Origin(Origin::Unknown));

    let mut small = layout();
    small.budget_mib = 1;
    let mut bench = Bench::open(&small);
    bench.at(5).bytes(&log(0, "early"));
    for n in 0..400 {
        let frames: Vec<u8> = (0..400).flat_map(|m| drive(n + m, 1.0)).collect();
        bench.at(10 + i64::from(n)).bytes(&frames);
    }
    assert_eq!(origin(&mut bench, "log.text"), Origin::GivenUp);
    assert!(matches!(origin(&mut bench, "drive.speed"), Origin::Held { field: Some(_), .. }));
}

#[test]
fn the_frames_of_before_a_change_of_profile_stay_those_of_their_tables() {
    let mut bench = Bench::open(&layout());
    let frame = drive(300, 1.0);
    bench.at(10).bytes(&frame);
    let field = field_id(&mut bench, "drive.speed");
    let other = profile(SERIAL, "name = \"pairs\"", "");
    bench.session.set_profile(&other, millis(20)).unwrap();
    bench.at(30).bytes(b"temp:21.5\n");
    // The bytes are there; which of them are the field's the protocol in force cannot tell.
    let Answer::Origin(Origin::Held { frame: at, field, .. }) = bench.ask(Query::Origin { field }) else { panic!() };
    assert_eq!((logged(&mut bench, at), field), (frame, None));
}

/// The bytes of the frame that a line of the terminal says was rejected, by the line's time and by the frame's offset.
#[test]
fn a_rejected_line_shows_its_frame() {
    let mut spoilt = drive(700, 1.0);
    spoilt[3] ^= 0x40;
    let mut bench = Bench::open(&layout());
    bench.at(10).bytes(&drive(1, 1.0));
    bench.input(Input::Send { bytes: b"sent in between", wrap: false });
    bench.at(20).bytes(&spoilt);
    bench.at(30).bytes(&drive(2, 1.0));
    let shown = |bench: &mut Bench, spoilt: &[u8]| {
        let Answer::Screen(screen) = bench.ask(Query::Screen { from: None, rows: 50 }) else { panic!() };
        let line = screen.lines.iter().find(|line| line.mark == Mark::Rejected).unwrap();
        let Answer::Rejected(frames) = bench.ask(Query::Rejected { count: 5 }) else { panic!() };
        for at in [None, Some(frames[0].at)] {
            let asked = Query::RejectedFrame { at, time_nanos: line.time_nanos };
            let Answer::Origin(Origin::Held { frame, field: None, .. }) = bench.ask(asked) else { panic!("{at:?}") };
            assert_eq!(logged(bench, frame), spoilt);
        }
    };
    shown(&mut bench, &spoilt);
    // Where the device's text is shown as it came, its own line is marked.
    let mut bench = Bench::open(&profile(SERIAL, "name = \"json\"", ""));
    let bad = b"{\"a\":1,oh no}\n";
    bench.at(10).bytes(b"{\"a\":1}\n");
    bench.at(20).bytes(&bad[..9]);
    bench.at(30).bytes(&bad[9..]);
    bench.at(40).bytes(b"{\"a\":2}\n");
    shown(&mut bench, bad);
    let asked = Query::RejectedFrame { at: None, time_nanos: i64::MAX };
    assert_eq!(bench.ask(asked), Answer::Origin(Origin::Unknown));
}

/// F1: the ledger's terms lead to what they count: the last bytes passed over, those that wait, the line of the last gap.
#[test]
fn f1_what_the_ledger_counts_is_found() {
    let mut bench = Bench::open(&layout());
    let last = |bench: &mut Bench, kind| match bench.ask(Query::LastBytes { kind }) {
        Answer::Origin(Origin::Held { frame, field: None, .. }) => Some(logged(bench, frame)),
        Answer::Origin(Origin::Unknown) => None,
        other => panic!("{other:?}"),
    };
    let good = drive(1, 1.0);
    bench.at(1).bytes(&good);
    assert_eq!((last(&mut bench, ByteKind::Skipped), last(&mut bench, ByteKind::Unknown)), (None, None));
    assert_eq!(bench.ask(Query::LastGap), Answer::Line(None));
    for n in 0..300 {
        bench.at(10 + n).bytes(&log(0, &format!("line {n}")));
    }
    bench.at(400).bytes(&good[..6]);
    assert_eq!(last(&mut bench, ByteKind::Unknown), Some(good[..6].to_vec()), "they wait");
    bench.at(500).input(Input::LineError(session::LineError::Break));
    assert_eq!(last(&mut bench, ByteKind::Unknown), None);
    assert_eq!(last(&mut bench, ByteKind::Skipped), Some(good[..6].to_vec()), "the break made them nothing");
    for n in 0..300 {
        bench.at(600 + n).bytes(&log(0, &format!("line {n}")));
    }
    let Answer::Line(Some(line)) = bench.ask(Query::LastGap) else { panic!("no line") };
    let Answer::Screen(screen) = bench.ask(Query::Screen { from: Some(line), rows: 1 }) else { panic!() };
    assert_eq!((screen.lines[0].number, screen.lines[0].mark), (line, Mark::Gap));
    assert_eq!(screen.lines[0].time_nanos, millis(500).0);
}
