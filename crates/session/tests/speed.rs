//! Which speed a device speaks at, from what a receiver at each usual speed makes of its bits.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod common;

use common::*;
use session::evidence::{Evidence, Heard, USUAL, Verdict, judge};
use session::link::{Line, Link, Parity, Serial};
use session::{Input, LineError, Profile, Session};
use sim::Drive;
use sim::uart::{Taken, received};

/// What a session counts of bytes as a receiver took them. A byte with a framing error is lost, and the error told.
fn listen(profile: &Profile, taken: &[Taken]) -> (Evidence, bool) {
    let mut bench = Bench::open(profile);
    for (n, run) in taken.chunk_by(|one, other| one.framing_error == other.framing_error).enumerate() {
        bench.at(n as i64);
        if run[0].framing_error {
            // A read ends with its first error, and the next reader comes a moment later: few of a run are told.
            bench.input(Input::LineError(LineError::Framing));
        } else {
            let bytes: Vec<u8> = run.iter().map(|taken| taken.byte).collect();
            bench.bytes(&bytes);
        }
    }
    (bench.session.evidence(), bench.session.textual())
}

/// What is concluded for a device that speaks at `sent`: each usual speed is listened at for a second.
fn conclude(profile: &Profile, bytes: &[u8], sent: u32, idle_bits: usize) -> (Verdict, Vec<Heard>) {
    let mut textual = false;
    let heard: Vec<Heard> = USUAL
        .iter()
        .map(|baud| {
            let taken = received(bytes, sent, *baud, idle_bits);
            let (evidence, lines) = listen(profile, &taken);
            textual = lines;
            Heard { baud: *baud, evidence }
        })
        .collect();
    (judge(&heard, textual), heard)
}

/// Sentences of a GNSS receiver (NMEA 0183), as in the standard's own examples.
const SENTENCES: &str = "$GPGGA,143107.00,5231.2034,N,01324.6790,E,1,09,0.92,38.4,M,44.8,M,,*65\r\n\
                         $GPRMC,143107.00,A,5231.2034,N,01324.6790,E,0.021,,231125,,,A*79\r\n";

#[test]
fn the_speed_of_a_text_device_is_found_from_its_bits() {
    let profile = profile(SERIAL, "name = \"text\"", "");
    let bytes = SENTENCES.repeat(4);
    for sent in USUAL {
        for idle in [0, 3] {
            let (verdict, heard) = conclude(&profile, bytes.as_bytes(), sent, idle);
            assert_eq!(verdict, Verdict::Fits(sent), "{idle} bits of rest: {heard:?}");
        }
    }
}

#[test]
fn the_speed_of_a_binary_device_is_found_by_its_check_sequences() {
    let text = include_str!("../../../profiles/demo.toml").replace("kind = \"demo\"\nrate_hz = 100", SERIAL);
    let profile = Profile::parse(&text).unwrap();
    let mut drive = Drive::new(3);
    let mut bytes = Vec::new();
    for n in 0..100 {
        drive.poll(millis(n * 10).0, &mut bytes);
    }
    assert!(bytes.len() > 1000);
    for sent in USUAL {
        let (verdict, heard) = conclude(&profile, &bytes, sent, 0);
        assert_eq!(verdict, Verdict::Fits(sent), "{heard:?}");
    }
}

#[test]
fn f2_a_speed_that_is_not_among_the_usual_ones_is_not_guessed() {
    let profile = profile(SERIAL, "name = \"text\"", "");
    let (verdict, heard) = conclude(&profile, SENTENCES.repeat(4).as_bytes(), 31_250, 0);
    assert_eq!(verdict, Verdict::Unclear, "{heard:?}");
}

#[test]
fn what_a_line_shows_is_counted_from_its_opening_on() {
    let mut session = Session::new(&profile(SERIAL, "name = \"text\"", ""), millis(0)).unwrap();
    session.handle_input(millis(0), Input::Opened);
    session.handle_input(millis(1), Input::Bytes { bytes: b"ok\n\xff", message_end: false });
    let evidence = session.evidence();
    assert_eq!((evidence.bytes, evidence.printable, evidence.frames), (4, 3, 1));
    session.handle_input(millis(2), Input::Disconnect);
    session.handle_input(millis(3), Input::Opened);
    assert_eq!(session.evidence(), Evidence::default());
}

#[test]
fn another_speed_counts_from_the_next_opening_on_and_is_written_down() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"text\"", ""));
    let link = |baud| Link::Serial(Serial { line: Line { baud, ..Line::default() }, ..Serial::default() });
    bench.session.set_link(bench.now, &link(9600)).unwrap();
    assert!(bench.session.set_link(bench.now, &link(0)).is_err(), "0 baud is no speed");
    assert_eq!(bench.session.profile().link, link(9600));
    let meter = Line { baud: 9600, data_bits: 7, parity: Parity::Even, hardware_flow: true, ..Line::default() };
    bench.session.set_link(bench.now, &Link::Serial(Serial { line: meter, ..Serial::default() })).unwrap();
    for said in ["9600 baud from here on, 115200 before", "9600 baud 7E1 RTS/CTS from here on, 9600 baud 8N1 before"] {
        assert!(bench.lines().iter().any(|(_, line)| line.contains(said)), "{said}");
    }
}
