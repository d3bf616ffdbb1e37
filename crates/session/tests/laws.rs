//! R1: every byte is accounted for at every instant. R3: chunks may be cut anywhere.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod common;

use common::*;
use proptest::prelude::*;
use session::query::{Answer, Mark, Query};
use session::transfer::{File, Protocol};
use session::{CloseKind, Input, LineError, Profile};

/// Every framer under every protocol that goes with any of them.
fn profiles() -> Vec<Profile> {
    let mut profiles = vec![layout()];
    for framer in codec::frame::FRAMERS {
        for variant in codec::check::framer_settings(framer.name) {
            let set = variant.0.iter().map(|(key, value)| format!("{key} = '{}'\n", value.text(key).unwrap()));
            let set = format!("framing = \"{}\"\nlimit_bytes = 300\n{}", framer.name, set.collect::<String>());
            for protocol in ["text", "pairs", "csv", "json"] {
                profiles.push(profile(SOCKET, &format!("name = \"{protocol}\"\n{set}"), ""));
            }
        }
    }
    profiles
}

#[derive(Clone, Debug)]
enum Act {
    Bytes(Vec<u8>, bool),
    Line(LineError),
    Lost,
    Wait(i64),
    Profile(usize),
    Transfer(usize, bool),
    Cancel,
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => any::<u8>().prop_map(|byte| vec![byte]),
        2 => Just(b"\n".to_vec()),
        2 => Just(vec![0]),
        1 => prop::sample::select(vec![&b"C"[..], &[6], &[21], &[24, 24], b"**\x18B0100000023be50\r\x8a\x11"]).prop_map(<[u8]>::to_vec),
        3 => "temp:[0-9]{1,3},hum:[0-9]{1,3}\n".prop_map(String::into_bytes),
        2 => "[0-9]{1,3},[0-9]{1,3}\r\n".prop_map(String::into_bytes),
        2 => "\\{\"a\":[0-9]{1,4}\\}\n".prop_map(String::into_bytes),
        3 => (any::<i16>(), any::<f32>()).prop_map(|(speed, torque)| drive(speed, torque)),
        1 => "[ -~]{0,12}".prop_map(|text| log(0, &text)),
        1 => (0..700usize).prop_map(|len| vec![b'x'; len]),
        1 => "\\PC{0,6}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn act() -> impl Strategy<Value = Act> {
    let error = prop_oneof![
        Just(LineError::Break),
        Just(LineError::Framing),
        Just(LineError::Parity),
        Just(LineError::Overrun),
        Just(LineError::Other)
    ];
    prop_oneof![
        8 => (bytes(), any::<bool>()).prop_map(|(bytes, end)| Act::Bytes(bytes, end)),
        1 => error.prop_map(Act::Line),
        1 => Just(Act::Lost),
        1 => (0..5000i64).prop_map(Act::Wait),
        1 => any::<prop::sample::Index>().prop_map(|index| Act::Profile(index.index(256))),
    ]
}

/// With transfers: when bytes are taken in other pieces, a sender sends in other pieces.
fn act_or_transfer() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => act(),
        1 => (0..Protocol::ALL.len(), any::<bool>()).prop_map(|(protocol, sends)| Act::Transfer(protocol, sends)),
        1 => Just(Act::Cancel),
    ]
}

fn run(bench: &mut Bench, acts: &[Act], cuts: &[usize]) {
    let profiles = profiles();
    let mut cuts = cuts.iter().cycle();
    let mut now = 0;
    for act in acts {
        match act {
            Act::Bytes(bytes, end) => {
                let mut rest = bytes.as_slice();
                while let Some(cut) = cuts.next().filter(|cut| **cut < rest.len()) {
                    bench.bytes(&rest[..*cut]);
                    rest = &rest[*cut..];
                }
                bench.input(Input::Bytes { bytes: rest, message_end: *end });
            }
            Act::Line(error) => drop(bench.input(Input::LineError(*error))),
            Act::Lost => {
                bench.closed(CloseKind::Lost, "lost");
                bench.input(Input::Open);
                bench.input(Input::Opened);
            }
            Act::Wait(millis) => {
                now += millis;
                bench.at(now).input(Input::Timeout);
            }
            Act::Transfer(protocol, sends) => {
                let protocol = Protocol::ALL[*protocol];
                let files = vec![File { name: "x".into(), bytes: vec![7; 3000], modified: None }];
                bench.input(match sends {
                    true => Input::SendFiles { protocol, files },
                    false => Input::ReceiveFiles { protocol, name: "x" },
                });
            }
            Act::Cancel => drop(bench.input(Input::CancelTransfer)),
            Act::Profile(index) => {
                let now = bench.now;
                bench.session.set_profile(&profiles[index % profiles.len()], now).unwrap();
            }
        }
    }
}

/// Everything that can be asked; memory is left out, for it depends on when room was made.
fn everything(bench: &mut Bench) -> Vec<Answer> {
    let mut queries = vec![
        Query::Values,
        Query::Screen { from: Some(0), rows: 400 },
        Query::Screen { from: None, rows: 400 },
        Query::Rejected { count: 100 },
    ];
    queries.extend((0..8).map(|table| Query::Rows { table, until_nanos: None, count: 400 }));
    queries.into_iter().map(|query| bench.ask(query)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn r1_the_ledger_balances_after_every_input(
        start in any::<prop::sample::Index>(),
        acts in prop::collection::vec(act_or_transfer(), 0..20),
        cuts in prop::collection::vec(1..60usize, 1..8),
    ) {
        let profiles = profiles();
        // `Bench::input` asserts the law after each input.
        let mut bench = Bench::open(start.get(&profiles));
        run(&mut bench, &acts, &cuts);
        let sent: u64 = acts.iter().map(|act| if let Act::Bytes(bytes, _) = act { bytes.len() as u64 } else { 0 }).sum();
        prop_assert_eq!(bench.session.counters().bytes_in, sent);
        let status = bench.status();
        prop_assert_eq!(status.samples + status.counters.evicted_samples, status.counters.samples);
    }

    #[test]
    fn r3_however_the_chunks_are_cut_the_answers_are_the_same(
        start in any::<prop::sample::Index>(),
        acts in prop::collection::vec(act(), 0..12),
        cuts in prop::collection::vec(1..40usize, 1..8),
    ) {
        let profiles = profiles();
        let mut whole = Bench::open(start.get(&profiles));
        let mut split = Bench::open(start.get(&profiles));
        run(&mut whole, &acts, &[usize::MAX]);
        run(&mut split, &acts, &cuts);
        prop_assert_eq!(whole.session.counters(), split.session.counters());
        let (a, b) = (everything(&mut whole), everything(&mut split));
        // NaN is not equal to itself, but to its own words.
        prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
        prop_assert_eq!(whole.outputs, split.outputs);
    }
}

#[test]
fn r3_one_byte_at_a_time_is_the_whole_for_every_profile() {
    let bytes = [
        b"temp:21.5,hum:40\n1,2\r\n{\"a\":5}\nboot \xe2\x82\xac \x1b[31mred\x1b[0m\n".to_vec(),
        log(2, "hot"),
        drive(5, 1.0),
        drive(6, f32::NAN),
        vec![b'y'; 1000],
        drive(7, 2.0),
    ]
    .concat();
    for profile in profiles() {
        let mut whole = Bench::open(&profile);
        whole.bytes(&bytes);
        let mut split = Bench::open(&profile);
        for byte in &bytes {
            split.bytes(std::slice::from_ref(byte));
        }
        assert_eq!(whole.session.counters(), split.session.counters(), "{}", profile.to_toml());
        assert_eq!(format!("{:?}", everything(&mut whole)), format!("{:?}", everything(&mut split)));
    }
}

/// The lines of the terminal and their marks, of a session that got these inputs whole, and of one that got them byte by byte.
fn marks_of(profile: &Profile, chunks: &[&[u8]], then: Option<(&Profile, &[u8])>) -> [Vec<(u64, Mark, String)>; 2] {
    [usize::MAX, 1].map(|cut| {
        let mut bench = Bench::open(profile);
        for chunk in chunks.iter().flat_map(|chunk| chunk.chunks(cut)) {
            bench.bytes(chunk);
        }
        if let Some((profile, bytes)) = then {
            let now = bench.now;
            bench.session.set_profile(profile, now).unwrap();
            bytes.chunks(cut).for_each(|chunk| drop(bench.bytes(chunk)));
        }
        let Answer::Screen(screen) = bench.ask(Query::Screen { from: Some(0), rows: 400 }) else { panic!() };
        let text = |runs: Vec<session::query::Run>| runs.into_iter().map(|run| run.text).collect::<String>();
        screen.lines.into_iter().map(|line| (line.number, line.mark, text(line.runs))).collect()
    })
}

#[test]
fn r3_a_long_line_that_becomes_two_above_the_terminal_moves_no_mark() {
    let profile = profile(SOCKET, "name = \"pairs\"\nlimit_bytes = 300", "");
    // The first line leaves the terminal while the last is written, and is too long to be kept as one.
    let first = [&[b'x'; 1453][..], b"\n\nt:0\nt:0\nt:0\nt:0\nt:0\nt:0\n\nt:0\nt:0\n"].concat();
    let then =
        [&b"t:0\n"[..], &[b'x'; 37], &[0], &[b'x'; 500], b"\nt:0\n\n\x01\r\x01\x14`hN\t\xcc\0nonsense\n"].concat();
    let [whole, split] = marks_of(&profile, &[&first, &then], None);
    assert_eq!(whole, split);
    let (_, mark, text) = whole.last().unwrap();
    assert_eq!((*mark, text.contains('\u{fffd}')), (Mark::Rejected, true));
    assert_eq!(whole[whole.len() - 2].1, Mark::Received);
}

#[test]
fn r3_frames_taken_many_at_once_leave_their_lines_to_themselves() {
    let text = profile(SOCKET, "name = \"pairs\"", "");
    let [whole, split] = marks_of(&layout(), &[&log(0, "boot")], Some((&text, b"1,x\n")));
    assert_eq!(whole, split);
    let marks: Vec<_> = whole.iter().map(|(_, mark, text)| (*mark, text.as_str())).collect();
    let expected = [(Mark::Received, "info boot"), (Mark::Gap, "profile \"test\" in force"), (Mark::Rejected, "1,x")];
    assert_eq!(marks, expected);
}
