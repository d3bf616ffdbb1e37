//! What framings need of a session: time, and the bytes of a frame that was none.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use session::query::{Answer, Query};
use session::wire::Event;
use session::{Input, Output};

fn texts(bench: &mut Bench) -> Vec<String> {
    let Answer::Rows(rows) = bench.ask(Query::Rows { table: 0, until_nanos: None, count: 10 }) else { panic!() };
    rows.rows.iter().map(|(_, cells)| format!("{:?}", cells[0])).collect()
}

/// A frame is over once the line was at rest for so long, whether the clock says so or the bytes that come after.
#[test]
fn a_rest_ends_a_frame() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"text\"\nframing = \"gap\"\ngap_ms = 20", ""));
    bench.at(0).bytes(b"one ");
    bench.at(15).bytes(b"frame");
    assert_eq!(bench.session.poll_timeout(), Some(millis(35)));
    bench.at(34).input(Input::Timeout);
    assert_eq!(bench.session.counters().frames, 0);
    bench.at(35).input(Input::Timeout);
    assert_eq!(bench.session.poll_timeout(), None);
    bench.at(100).bytes(b"late");
    bench.at(130).bytes(b"later");
    bench.at(150).input(Input::Timeout);
    let mut rows = texts(&mut bench);
    rows.sort();
    assert_eq!(rows, ["Text(\"late\")", "Text(\"later\")", "Text(\"one frame\")"]);
}

/// F17, F18: what is shown of a rejected frame are its own bytes, at their place, though what follows had come already.
#[test]
fn bytes_of_a_false_beginning() {
    let settings = "name = \"text\"\nframing = \"length\"\nsync = \"A\"\nchecksum = \"xor8\"";
    let mut bench = Bench::open(&profile(SERIAL, settings, ""));
    bench.bytes(b"A\x02hi\x03A\x05A");
    bench.bytes(b"\x02hi\x03zA\x02");
    bench.bytes(b"ho\x05");
    assert_eq!(texts(&mut bench).len(), 3);
    let Answer::Rejected(rejected) = bench.ask(Query::Rejected { count: 5 }) else { panic!() };
    assert_eq!(rejected.len(), 1);
    assert_eq!((rejected[0].at, rejected[0].len, &rejected[0].bytes[..]), (5, 2, &b"A\x05"[..]));
    assert_eq!(rejected[0].why, "checksum 7a, expected 44");
}

/// What a framing cannot carry is refused with its reason.
#[test]
fn a_line_of_a_length_that_does_not_fit() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"text\"\nframing = \"fixed\"\nlength = 4", ""));
    let refused = bench.input(Input::Send { bytes: b"hello", wrap: true });
    let why = "Nothing was sent: a frame carries 4 bytes, no more and no less.".to_owned();
    assert_eq!(refused, [Output::Event(Event::Refused { why, line: true })]);
    assert_eq!(bench.input(Input::Send { bytes: b"four", wrap: true })[0], Output::Transmit(b"four".to_vec()));
}

/// F15: after a second without a byte, frames behind a length that was spoilt are not waited for any longer; half a frame
/// is still waited for.
#[test]
fn a_second_of_silence_ends_a_false_beginning() {
    let settings = "name = \"text\"\nframing = \"length\"\nsync = \"A\"\nchecksum = \"xor8\"";
    let mut bench = Bench::open(&profile(SERIAL, settings, ""));
    bench.at(0).bytes(b"A\x02hi\x03A\xf0hi\x03A\x02ho\x05A\x02h");
    assert_eq!(bench.session.counters().frames, 1);
    assert_eq!(bench.session.poll_timeout(), Some(millis(1000)));
    bench.at(1000).input(Input::Timeout);
    let counters = bench.session.counters();
    assert_eq!((counters.frames, counters.bad_malformed, counters.bytes_pending), (2, 1, 3));
    assert_eq!(bench.session.poll_timeout(), None, "once for each rest");
    bench.at(9000).bytes(b"a\x0b");
    assert_eq!(bench.session.counters().frames, 3);
}

/// A device that was understood and is not any more: said after a while, and not after the next good frame.
#[test]
fn frames_that_are_rejected_of_late() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"", ""));
    let hint = |bench: &mut Bench| {
        let Answer::Status(status) = bench.ask(Query::Status) else { panic!() };
        status.hint
    };
    (0..100).for_each(|_| drop(bench.bytes(b"a:1\n")));
    for at in 1..=3 {
        bench.at(at * 1000).bytes(b"3 rows\n3 rows\n");
        assert_eq!(hint(&mut bench), None);
    }
    bench.at(4100).bytes(b"3 rows\n");
    assert_eq!(hint(&mut bench).as_deref(), Some("Nothing that has come lately could be decoded: Rejected tells why."));
    bench.at(4200).bytes(b"a:2\n");
    assert_eq!(hint(&mut bench), None);
}

/// Text that comes in frames is a line for each in the terminal, and what frames it is no text.
#[test]
fn frames_of_text_are_lines_and_their_framing_is_not_shown() {
    for framing in ["cobs", "slip"] {
        let mut bench = Bench::open(&profile(SERIAL, &format!("name = \"text\"\nframing = \"{framing}\""), ""));
        let wire = |text: &[u8]| if framing == "cobs" { cobs(text) } else { [b"\xc0", text, b"\xc0"].concat() };
        bench.bytes(&wire(b"one"));
        // A frame ends a line whether its text does or not.
        bench.bytes(&wire(b"two")[..2]);
        assert_eq!(bench.lines().len(), 1, "half a frame is not shown: {:?}", bench.lines());
        bench.bytes(&wire(b"two")[2..]);
        let lines: Vec<String> = bench.lines().into_iter().map(|(_, line)| line).collect();
        assert_eq!(lines, ["one", "two"], "{framing}");
        assert_eq!(bench.session.counters().frames, 2);
    }
}

/// The same text in lines is shown as it comes, before its line has ended.
#[test]
fn lines_are_shown_as_they_come() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"text\"", ""));
    bench.bytes(b"half");
    assert_eq!(bench.lines().last().map(|(_, line)| line.clone()).as_deref(), Some("half"));
}
