//! The one device that is meant, among others that look alike.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use session::query::LinkState;
use session::wire::Event;
use session::{CloseKind, Input, Output, Profile};

fn asking() -> Profile {
    profile(SERIAL, "name = \"text\"", "[identity]\nprobe = \"id?\"\nexpect = \"ID=7\"\nwithin_millis = 500\n")
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
    bench.bytes(b"D=7\n");
    assert_eq!(bench.input(Input::Send { bytes: b"go\n", wrap: false }), [Output::Transmit(b"go\n".to_vec())]);
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
    assert_eq!(bench.at(500).input(Input::Timeout), [Output::OpenAnother { last: false }]);
    assert_eq!(bench.status().state, LinkState::Opening);
    bench.input(Input::Opened);
    bench.bytes(b"ID=7\n");
    assert!(bench.lines().iter().any(|(_, line)| line.contains("it is the device that is meant")));
    assert!(bench.session.counters().balanced());
}

#[test]
fn f8_devices_are_not_asked_without_end() {
    let mut bench = Bench::new(&asking());
    bench.input(Input::Open);
    for round in 1..=8 {
        bench.input(Input::Opened);
        let outputs = bench.at(round * 500).input(Input::Timeout);
        assert_eq!(outputs, [Output::OpenAnother { last: round == 8 }]);
    }
    bench.closed(CloseKind::Absent, "None of them is the one.");
    assert!(matches!(bench.status().state, LinkState::Waiting { .. }));
}

#[test]
fn an_identity_that_expects_nothing_is_a_mistake_with_its_line() {
    let text = "name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"text\"\n[identity]\nexpect = \"\"\n";
    let error = Profile::parse(text).unwrap_err();
    assert_eq!(error.line, 7);
}
