//! The one device that is meant, among others that look alike.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use session::query::{Answer, Cell, LinkState, Query};
use session::transfer::{File, Protocol};
use session::wire::Event;
use session::{CloseKind, Input, Output, Profile};

fn asking() -> Profile {
    profile(SERIAL, "name = \"text\"", "[identity]\nprobe = \"id?\"\nexpect = \"ID=7\"\nwithin_millis = 500\n")
}

/// Another port is wanted, and the sentence should there be none.
fn is_another(outputs: &[Output], at_last: bool, begins: &str) {
    let [Output::OpenAnother { last, why }] = outputs else { panic!("{outputs:?}") };
    assert!(*last == at_last && why.starts_with(begins), "{outputs:?}");
}

#[test]
fn f8_a_device_that_says_who_it_is_may_be_sent_to() {
    let mut bench = Bench::new(&asking());
    bench.input(Input::Open);
    let asked = bench.input(Input::Opened);
    assert_eq!(asked, [Output::Event(Event::Opened), Output::Transmit(b"id?\n".to_vec())]);
    let refused = bench.input(Input::Send { bytes: b"go\n", wrap: false });
    let [Output::Event(Event::Refused { why, line: true })] = &refused[..] else { panic!("{refused:?}") };
    assert!(why.contains("has not said yet whether it is the one"), "{why}");
    // The answer comes in pieces.
    bench.bytes(b"hello\nI");
    let known = bench.input(Input::Bytes { bytes: b"D=7\n", message_end: false });
    assert_eq!(known, [Output::Event(Event::Accepted)], "what was said of the refusal goes");
    assert_eq!(bench.input(Input::Send { bytes: b"go\n", wrap: false })[0], Output::Transmit(b"go\n".to_vec()));
    assert_eq!(bench.at(10_000).input(Input::Timeout), [], "it is known for as long as the link is open");
    assert!(bench.session.counters().balanced());
}

#[test]
fn f7_another_device_at_the_same_place_is_left_again_and_sent_nothing() {
    let mut bench = Bench::new(&asking());
    bench.input(Input::Open);
    bench.input(Input::Opened);
    bench.bytes(b"ID=8\n");
    assert_eq!(bench.session.poll_timeout(), Some(millis(500)));
    is_another(
        &bench.at(500).input(Input::Timeout),
        false,
        "The device said \"ID=8\", and [identity] in the profile expects",
    );
    assert_eq!(bench.status().state, LinkState::Opening);
    bench.input(Input::Opened);
    bench.bytes(b"ID=7\n");
    assert!(bench.lines().iter().any(|(_, line)| line.contains("it is the device that is meant")));
    assert!(bench.session.counters().balanced());
}

#[test]
fn f7_nothing_that_another_device_says_is_this_devices() {
    let identity = "[identity]\nprobe = \"id?\"\nexpect = \"ID twin-B\"\nwithin_millis = 500\n";
    let mut bench = Bench::new(&profile(SERIAL, "name = \"pairs\"", identity));
    bench.input(Input::Open);
    bench.input(Input::Opened);
    bench.bytes(b"v:1\nID twin-A\nv:1\n");
    // What it said is quoted, and not what it measured.
    let outputs = bench.at(500).input(Input::Timeout);
    is_another(&outputs, false, "The device said \"ID twin-A\"");
    let counters = bench.session.counters();
    assert_eq!((counters.frames, counters.rejected(), counters.bytes_skipped), (0, 0, 18));
    assert!(counters.balanced());
    bench.at(600).input(Input::Opened);
    bench.bytes(b"v:2\n");
    bench.at(700).bytes(b"ID twin-B\nv:2\n");
    let Answer::Rows(rows) = bench.ask(Query::Rows { table: 0, until_nanos: None, count: 100 }) else { panic!() };
    let values: Vec<_> = rows.rows.iter().map(|(_, cells)| cells[0].clone()).collect();
    assert_eq!(values, [Cell::F64(2.0), Cell::F64(2.0)], "what it said while it was asked is its own");
    assert!(bench.session.counters().balanced());
    // Gone before it answered.
    bench.closed(CloseKind::Lost, "It is gone.");
    bench.input(Input::Opened);
    bench.bytes(b"v:3\n");
    bench.closed(CloseKind::Lost, "It is gone.");
    assert!(bench.session.counters().balanced());
    assert_eq!(bench.session.counters().frames, 3);
}

#[test]
fn f8_devices_are_not_asked_without_end() {
    let mut bench = Bench::new(&asking());
    bench.input(Input::Open);
    for round in 1..=8 {
        bench.input(Input::Opened);
        let outputs = bench.at(round * 500).input(Input::Timeout);
        is_another(&outputs, round == 8, "No device answered");
    }
    bench.closed(CloseKind::Stranger, "None of them is the one.");
    assert!(matches!(bench.status().state, LinkState::Waiting { .. }));
}

/// What proves it is no faulty frame, and stands before the line that says so.
#[test]
fn the_answer_is_no_rejected_frame() {
    let identity = "[identity]\nprobe = \"id?\"\nexpect = \"7 HEATER\"\nwithin_millis = 500\n";
    let mut bench = Bench::new(&profile(SERIAL, "name = \"pairs\"", identity));
    bench.input(Input::Open);
    bench.input(Input::Opened);
    bench.bytes(b"7 HEATER\nx:1\n");
    let counters = bench.session.counters();
    assert_eq!((counters.frames, counters.rejected()), (2, 0));
    assert!(counters.balanced());
    let lines = bench.lines();
    let place = |what: &str| lines.iter().position(|(_, line)| line.starts_with(what)).unwrap();
    assert!(place("waiting for \"7 HEATER\"") < place("7 HEATER"), "{lines:?}");
    assert!(place("7 HEATER") < place("it is the device that is meant"), "{lines:?}");
    // Unasked, the same line says nothing to the protocol.
    bench.bytes(b"7 HEATER\n");
    assert_eq!(bench.session.counters().rejected(), 1);
}

#[test]
fn an_identity_that_expects_nothing_is_a_mistake_with_its_line() {
    let wrong = |line: &str| {
        let text =
            format!("name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"text\"\n[identity]\n{line}\n");
        let error = Profile::parse(&text).unwrap_err();
        (error.line, error.reason.to_string())
    };
    for line in ["expect = \"\"", "expect_hex = \"\"", "match = \"x*\""] {
        let (at, why) = wrong(line);
        assert!(at == 7 && why.contains("every answer would do"), "{line}: {why}");
    }
    assert_eq!(wrong("expect = \"a\"\nmatch = \"a\"").1, "[identity] needs one of `expect`, `expect_hex` and `match`");
    assert_eq!(wrong("").1, "[identity] needs one of `expect`, `expect_hex` and `match`");
    assert_eq!(
        wrong("probe = \"a\"\nprobe_hex = \"01\"\nexpect = \"a\"").1,
        "[identity] has either `probe` or `probe_hex`"
    );
    assert!(wrong("expect_hex = \"0g\"").1.contains("no hexadecimal number"));
    assert!(wrong("expect = 'a\\q'").1.contains("is no escape"));
    assert!(wrong("match = \"(\"").1.contains("no regular expression"));
}

#[test]
fn f8_a_device_is_known_by_bytes_by_escapes_or_by_an_expression() {
    let cases: [(&str, [&[u8]; 3]); 4] = [
        ("probe = '\\x05'\nexpect = '\\x06\\0'", [b"\x05\n", b"..\x06", b"\x00"]),
        ("probe_hex = \"aa 01\"\nexpect_hex = \"aa 81 ff\"", [b"\xaa\x01", b"\xaa\x81", b"\xff.."]),
        ("probe = \"id?\"\nmatch = '^ID=[0-9]{2}7$'", [b"id?\n", b"x\nID=1", b"27\n"]),
        ("probe = \"id?\"\nexpect = 'ID\\t7'", [b"id?\n", b"ID\t", b"7"]),
    ];
    for (identity, [asked, first, then]) in cases {
        let profile = profile(SERIAL, "name = \"text\"", &format!("[identity]\n{identity}\n"));
        let mut bench = Bench::new(&profile);
        bench.input(Input::Open);
        assert_eq!(bench.input(Input::Opened)[1], Output::Transmit(asked.to_vec()), "{identity}");
        let sent = |bench: &mut Bench| bench.input(Input::Send { bytes: b"go\n", wrap: false });
        bench.bytes(first);
        assert_ne!(sent(&mut bench)[0], Output::Transmit(b"go\n".to_vec()), "{identity}: it has not said all of it");
        bench.bytes(then);
        assert_eq!(sent(&mut bench)[0], Output::Transmit(b"go\n".to_vec()), "{identity}");
    }
}

#[test]
fn f8_no_file_goes_to_a_device_before_it_has_said_who_it_is() {
    let file = || vec![File { name: "a.bin".into(), bytes: vec![1, 2, 3], modified: None }];
    let mut bench = Bench::new(&asking());
    bench.input(Input::Open);
    bench.input(Input::Opened);
    for input in [
        Input::SendFiles { protocol: Protocol::Zmodem, files: file() },
        Input::ReceiveFiles { protocol: Protocol::Xmodem, name: "b" },
    ] {
        let refused = bench.input(input);
        let [Output::Event(Event::Refused { why, line: false })] = &refused[..] else { panic!("{refused:?}") };
        assert!(why.starts_with("The transfer was not begun: the device has not said yet"), "{why}");
    }
    bench.bytes(b"ID=7\n");
    let begun = bench.input(Input::SendFiles { protocol: Protocol::Zmodem, files: file() });
    assert!(matches!(&begun[..], [Output::Event(Event::TransferBegan), Output::Transmit(_)]), "{begun:?}");
}

/// What waited to leave to a device that was not the one leaves to nobody, and takes no room of what the next is sent.
#[test]
fn f8_bytes_that_wait_while_it_is_asked_are_not_counted_against_the_next() {
    let mut bench = Bench::new(&asking());
    bench.input(Input::Open);
    for round in 1..=4 {
        // The probe is never taken: no word that it left.
        bench.input(Input::Opened);
        bench.at(round * 500).input(Input::Timeout);
    }
    bench.input(Input::Opened);
    bench.bytes(b"ID=7\n");
    let whole = vec![b'x'; (64 << 10) - b"id?\n".len()];
    let sent = bench.input(Input::Send { bytes: &whole, wrap: false });
    assert_eq!(sent, [Output::Transmit(whole)], "only the probe to this device waits");
    let refused = bench.input(Input::Send { bytes: b"x", wrap: false });
    let [Output::Event(Event::Refused { why, line: true })] = &refused[..] else { panic!("{refused:?}") };
    assert!(why.contains("65536 bytes still wait"), "{why}");
}

/// Nor does half a line of another device become the beginning of a line of this one.
#[test]
fn f8_half_a_line_of_another_device_is_skipped() {
    let mut bench = Bench::new(&asking());
    bench.input(Input::Open);
    bench.input(Input::Opened);
    bench.bytes(b"ID=8\nhalf");
    bench.at(500).input(Input::Timeout);
    let counters = bench.session.counters();
    assert_eq!((counters.bytes_pending, counters.bytes_skipped), (0, 9));
    bench.input(Input::Opened);
    bench.bytes(b"ID=7\n");
    let counters = bench.session.counters();
    assert_eq!((counters.frames, counters.bytes_good), (1, 5));
    assert!(counters.balanced());
}

/// However much a device says before its answer, and wherever that is cut.
#[test]
fn f8_an_answer_after_much_else_is_heard() {
    let mut bench = Bench::new(&asking());
    bench.input(Input::Open);
    bench.input(Input::Opened);
    for _ in 0..100 {
        bench.bytes(&[b'.'; 99]);
    }
    bench.bytes(b"ID");
    bench.bytes(b"=7\n");
    assert_eq!(bench.input(Input::Send { bytes: b"go\n", wrap: false }), [Output::Transmit(b"go\n".to_vec())]);
}
