//! R1 and R3: the conservation law at every instant, and the same outcome for every split of the input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;
use session::query::{Answer, Counters, Query};
use session::{CloseKind, CloseReason, Input, LineError, Profile, Session, Time};

const PROTOCOLS: &[&str] = &[
    "name = \"text\"",
    "name = \"pairs\"",
    "name = \"csv\"",
    "name = \"json\"",
    "name = \"text\"\nframing = \"cobs\"",
    "name = \"pairs\"\nframing = \"lines\"\ndelimiter = \";\"\nlimit_bytes = 16",
    "name = \"json\"\nframing = \"whole\"\nlimit_bytes = 40",
    "name = \"layout\"\nframing = \"cobs\"\ncrc = \"CRC-8/SMBUS\"\n[[protocol.messages]]\nname = \"m\"\n\
     fields = [{ name = \"a\", type = \"u8\" }, { name = \"b\", type = \"i16\" }]",
];

fn open(protocol: &str) -> Session {
    let text = format!("name = \"test\"\n[link]\nkind = \"serial\"\n[protocol]\n{protocol}\n");
    let profile = Profile::parse(&text).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
    let mut session = Session::new(&profile, Time(0)).unwrap();
    session.handle_input(Time(1), Input::Open);
    session.handle_input(Time(2), Input::Opened);
    session
}

fn drain(session: &mut Session) {
    while session.poll_output().is_some() {}
}

/// Whatever may befall a session.
#[derive(Clone, Debug)]
enum Event {
    Bytes(Vec<u8>),
    Line(LineError),
    Lost,
    Opened,
    Timeout,
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    // Shaped like what comes: text with delimiters, zeros now and then, valid COBS frames, and anything at all.
    let frame = prop::collection::vec(any::<u8>(), 0..6).prop_map(|payload| {
        let mut wire = Vec::new();
        for block in payload.split(|byte| *byte == 0) {
            wire.push(block.len() as u8 + 1);
            wire.extend_from_slice(block);
        }
        wire.push(0);
        wire
    });
    let text = "[a-c:,;0-9{}\"\\[\\] \r\n]{0,24}".prop_map(String::into_bytes);
    prop_oneof![text, frame, prop::collection::vec(any::<u8>(), 0..64)]
}

fn event() -> impl Strategy<Value = Event> {
    let line = prop::sample::select(vec![LineError::Break, LineError::Framing, LineError::Parity, LineError::Overrun]);
    prop_oneof![
        8 => bytes().prop_map(Event::Bytes),
        1 => line.prop_map(Event::Line),
        1 => Just(Event::Lost),
        1 => Just(Event::Opened),
        1 => Just(Event::Timeout),
    ]
}

fn counters(session: &mut Session, now: Time) -> Counters {
    let batch = session.answer(now, &[(1, Query::Status)]);
    match batch.answers.into_iter().next() {
        Some((1, Answer::Status(status))) => status.counters,
        other => panic!("{other:?}"),
    }
}

/// All that a user sees of what was decoded, but for the times.
fn outcome(session: &mut Session, now: Time) -> (Counters, Vec<String>, Vec<String>) {
    let status = counters(session, now);
    let queries =
        [(2, Query::Screen { from: Some(0), rows: 400 }), (3, Query::Rows { table: 0, until_nanos: None, count: 400 })];
    let mut lines = Vec::new();
    let mut rows = Vec::new();
    for (_, answer) in session.answer(now, &queries).answers {
        match answer {
            Answer::Screen(screen) => {
                let text = |line: &session::query::ScreenLine| {
                    line.runs.iter().map(|run| run.text.as_str()).collect::<String>()
                };
                lines = screen.lines.iter().map(|line| format!("{:?} {}", line.mark, text(line))).collect();
            }
            Answer::Rows(found) => rows = found.rows.iter().map(|(_, cells)| format!("{cells:?}")).collect(),
            _ => {}
        }
    }
    (status, lines, rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn r1_every_byte_is_good_rejected_skipped_or_pending_at_every_instant(
        protocol in prop::sample::select(PROTOCOLS),
        events in prop::collection::vec(event(), 1..40),
        message_ends in any::<bool>(),
    ) {
        let mut session = open(protocol);
        let mut sent = 0u64;
        for (step, event) in events.iter().enumerate() {
            let now = Time(1_000_000 * (step as i64 + 3));
            match event {
                Event::Bytes(bytes) => {
                    sent += bytes.len() as u64;
                    session.handle_input(now, Input::Bytes { bytes, message_end: message_ends });
                }
                Event::Line(error) => session.handle_input(now, Input::LineError(*error)),
                Event::Lost => session.handle_input(
                    now,
                    Input::Closed(CloseReason { kind: CloseKind::Lost, why: "The device is gone.".into(), retry: true }),
                ),
                Event::Opened => session.handle_input(now, Input::Opened),
                Event::Timeout => session.handle_input(now, Input::Timeout),
            }
            drain(&mut session);
            let counters = counters(&mut session, now);
            prop_assert!(counters.balanced(), "{counters:?}");
            prop_assert_eq!(counters.bytes_in, sent);
        }
    }

    #[test]
    fn r3_any_split_of_the_input_gives_the_same_samples_terminal_and_counters(
        protocol in prop::sample::select(PROTOCOLS),
        pieces in prop::collection::vec(bytes(), 1..20),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
    ) {
        let all = pieces.concat();
        let now = Time(1_000_000_000);
        let mut whole = open(protocol);
        whole.handle_input(now, Input::Bytes { bytes: &all, message_end: false });
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(all.len() + 1)).collect();
        cuts.push(all.len());
        cuts.sort_unstable();
        let mut split = open(protocol);
        let mut from = 0;
        for cut in cuts {
            split.handle_input(now, Input::Bytes { bytes: &all[from..cut], message_end: false });
            from = cut;
        }
        prop_assert_eq!(outcome(&mut whole, now), outcome(&mut split, now));
    }
}
