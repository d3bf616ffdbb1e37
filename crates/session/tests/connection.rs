//! Opening, losing and opening again, by a clock that jumps.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod common;

use common::*;
use session::query::{Answer, Cell, FieldId, LinkState, Mark, Query, Span};
use session::signal::{Inputs, Signals};
use session::wire::Event;
use session::{CloseKind, CloseReason, Input, Output, Time};

fn waiting(bench: &mut Bench) -> Option<Time> {
    match bench.status().state {
        LinkState::Waiting { until_nanos, .. } => until_nanos.map(Time),
        other => panic!("{other:?}"),
    }
}

#[test]
fn f25_a_network_link_backs_off_with_jitter_from_half_a_second_to_thirty() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"text\"", ""));
    let mut now = 1000;
    let outputs = bench.at(now).closed(CloseKind::Lost, "The server closed the connection.");
    assert_eq!(outputs, [Output::Event(Event::Closed { why: "The server closed the connection.".into() })]);
    let mut delays = Vec::new();
    for _ in 0..20 {
        let until = waiting(&mut bench).unwrap();
        assert_eq!(bench.session.poll_timeout(), Some(until));
        let delay = until.nanos_since(millis(now)) / 1_000_000;
        delays.push(delay);
        // A moment before nothing happens; then it opens, once.
        assert_eq!(bench.at(now + delay - 1).input(Input::Timeout), []);
        now += delay;
        assert_eq!(bench.at(now).input(Input::Timeout), [Output::Open]);
        assert_eq!(bench.input(Input::Timeout), []);
        // Refused again: the page is not told twenty times.
        assert_eq!(bench.closed(CloseKind::Refused, "Connection refused."), []);
    }
    assert!(delays.iter().all(|delay| (500..=30_000).contains(delay)), "{delays:?}");
    for (n, delay) in delays.iter().enumerate() {
        let longest = 500i64 << n.min(10);
        assert!(*delay <= longest && *delay >= (longest / 2).min(15_000), "{n}: {delays:?}");
    }
    // Jittered: at the longest delay not always the same.
    assert!(delays[10..].iter().any(|delay| *delay != delays[10]), "{delays:?}");
}

#[test]
fn the_last_line_of_what_has_come_as_a_whole_need_not_have_its_end() {
    let file = b"time,a\n1790000000,1\n1790000010,2\n1790000020,3";
    for ends in [true, false] {
        let mut bench = Bench::open(&profile(SOCKET, "name = \"csv\"", ""));
        bench.bytes(file);
        assert_eq!((bench.value("a"), bench.session.counters().bytes_pending), (Cell::F64(2.0), 12));
        if ends {
            bench.input(Input::EndOfInput);
        } else {
            bench.closed(CloseKind::Done, "");
        }
        assert_eq!((bench.value("a"), bench.session.counters().bytes_pending), (Cell::F64(3.0), 0));
        assert_eq!(bench.session.counters().frames, 4, "with the line of names");
    }
    // What broke off is not whole.
    let mut bench = Bench::open(&profile(SOCKET, "name = \"csv\"", ""));
    bench.bytes(file);
    bench.closed(CloseKind::Lost, "gone");
    assert_eq!((bench.value("a"), bench.session.counters().bytes_skipped), (Cell::F64(2.0), 12));
}

#[test]
fn f25_f26_a_server_that_accepts_and_closes_at_once_is_not_stormed() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"text\"", ""));
    let mut now = 0;
    for _ in 0..8 {
        bench.at(now).closed(CloseKind::Lost, "closed");
        now = waiting(&mut bench).unwrap().nanos_since(millis(0)) / 1_000_000;
        bench.at(now).input(Input::Timeout);
        bench.input(Input::Opened);
        now += 10;
    }
    bench.at(now).closed(CloseKind::Lost, "closed");
    assert!(waiting(&mut bench).unwrap().nanos_since(millis(now)) >= 15_000_000_000);
    // One that was well for a while starts over.
    bench.input(Input::Open);
    bench.input(Input::Opened);
    now += 60_000;
    bench.at(now).closed(CloseKind::Lost, "closed");
    assert_eq!(waiting(&mut bench), Some(millis(now + 500)));
}

#[test]
fn f25_the_gap_is_marked_from_the_last_byte_until_it_is_open_again() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"pairs\"", ""));
    bench.at(100).bytes(b"temp:1\nte");
    bench.at(4000).closed(CloseKind::Lost, "no answer for 10 s");
    let span = Span::Fixed { from_nanos: millis(0).0, to_nanos: millis(10_000).0 };
    let query = Query::Envelope { fields: vec![FieldId { table: 0, field: 0 }], span, width: 10 };
    let Answer::Envelope(envelope) = bench.ask(query.clone()) else { panic!() };
    assert_eq!(envelope.gaps, [(millis(100).0, millis(10_000).0)], "not over yet");
    bench.at(4500).input(Input::Timeout);
    assert_eq!(bench.at(4600).input(Input::Opened), [Output::Event(Event::Opened)]);
    bench.at(4700).bytes(b"temp:2\n");
    let Answer::Envelope(envelope) = bench.ask(query) else { panic!() };
    assert_eq!(envelope.gaps, [(millis(100).0, millis(4600).0)]);
    assert!(envelope.series[0].columns[1].broken);
    let counters = bench.session.counters();
    assert_eq!((counters.gaps, counters.bytes_skipped, counters.frames), (1, 2, 2));
    let notes: Vec<String> = bench.lines().into_iter().filter(|(mark, _)| *mark == Mark::Gap).map(|(_, l)| l).collect();
    assert_eq!(notes, ["connection lost: no answer for 10 s", "connected again, 4.5 s without data"]);
}

#[test]
fn f5_f6_a_serial_port_lost_in_mid_frame_waits_for_a_plug_and_tries_for_ten_seconds() {
    let mut bench = Bench::open(&pairs());
    bench.at(10).bytes(b"temp:21.5\nhalf a fra");
    let outputs = bench.at(20).closed(CloseKind::Lost, "The device has been lost.");
    assert_eq!(outputs, [Output::Event(Event::Closed { why: "The device has been lost.".into() })]);
    assert_eq!(waiting(&mut bench), None);
    assert_eq!(bench.session.poll_timeout(), None, "nothing to do until something is plugged in");
    assert_eq!(bench.session.counters().bytes_skipped, 10);
    assert_eq!(bench.value("temp"), Cell::F64(21.5), "panels keep their data");
    // It re-enumerates: there, not openable yet, tried every 250 ms.
    assert_eq!(bench.at(60_000).input(Input::Plugged), [Output::Open]);
    let mut now = 60_000;
    let mut tries = 0;
    loop {
        assert_eq!(bench.at(now).closed(CloseKind::Absent, "The device is not there."), []);
        let Some(until) = waiting(&mut bench) else { break };
        assert_eq!(until, millis(now + 250));
        now += 250;
        assert_eq!(bench.at(now).input(Input::Timeout), [Output::Open]);
        tries += 1;
    }
    assert_eq!((tries, now), (40, 70_000));
    // Plugged in again: open, without anyone asked.
    assert_eq!(bench.at(80_000).input(Input::Plugged), [Output::Open]);
    assert_eq!(bench.at(80_040).input(Input::Opened), [Output::Event(Event::Opened)]);
    bench.bytes(b"temp:22.5\n");
    assert_eq!(bench.value("temp"), Cell::F64(22.5));
    assert_eq!(bench.session.counters().rejected(), 0);
}

#[test]
fn f6_a_plug_that_is_heard_before_the_loss_is_not_missed() {
    let mut bench = Bench::open(&pairs());
    assert_eq!(bench.at(100).input(Input::Plugged), []);
    bench.at(110).closed(CloseKind::Lost, "lost");
    assert_eq!(waiting(&mut bench), Some(millis(360)));
}

#[test]
fn f42_a_port_that_is_still_being_let_go_of_is_tried_for_some_seconds() {
    let mut bench = Bench::new(&pairs());
    assert_eq!(bench.input(Input::Open), [Output::Open]);
    // What the page says after it started another worker: as if the port had just been plugged in.
    assert_eq!(bench.input(Input::Plugged), []);
    bench.at(30).closed(CloseKind::InUse, "The port cannot be opened.");
    assert_eq!(waiting(&mut bench), Some(millis(280)));
    assert_eq!(bench.at(280).input(Input::Timeout), [Output::Open]);
    assert_eq!(bench.at(300).input(Input::Opened), [Output::Event(Event::Opened)]);
}

#[test]
fn a_port_that_is_busy_or_not_permitted_is_not_tried_again() {
    for (kind, retry) in [(CloseKind::InUse, true), (CloseKind::Unusable, false), (CloseKind::Refused, true)] {
        let mut bench = Bench::new(&pairs());
        bench.input(Input::Open);
        let reason = CloseReason { kind, why: "Another tab holds the port.".into(), retry, after_millis: 0 };
        let outputs = bench.input(Input::Closed(reason));
        assert_eq!(outputs, [Output::Event(Event::Closed { why: "Another tab holds the port.".into() })]);
        assert_eq!(bench.status().state, LinkState::Closed { why: "Another tab holds the port.".into() });
        assert_eq!(bench.input(Input::Plugged), []);
        // The user asks again.
        assert_eq!(bench.input(Input::Open), [Output::Open]);
    }
}

#[test]
fn the_user_closes_and_it_stays_closed() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"text\"", ""));
    let outputs = bench.at(10).input(Input::Disconnect);
    assert_eq!(outputs, [Output::Close, Output::Event(Event::Closed { why: String::new() })]);
    assert_eq!(bench.closed(CloseKind::User, "closed"), [], "the link says so too");
    assert_eq!(bench.at(100_000).input(Input::Timeout), []);
    assert_eq!(bench.status().state, LinkState::Closed { why: String::new() });
    assert_eq!(bench.input(Input::Disconnect), []);
    // While it waits to open again, too.
    bench.input(Input::Open);
    bench.closed(CloseKind::Lost, "lost");
    waiting(&mut bench);
    bench.input(Input::Disconnect);
    assert_eq!(bench.status().state, LinkState::Closed { why: String::new() });
    assert_eq!(bench.session.poll_timeout(), None);
}

#[test]
fn opening_by_hand_while_it_waits_opens_at_once() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"text\"", ""));
    bench.at(10).closed(CloseKind::Lost, "lost");
    assert_eq!(bench.at(20).input(Input::Open), [Output::Open]);
    assert_eq!(bench.input(Input::Open), []);
    assert_eq!(bench.input(Input::Opened), [Output::Event(Event::Opened)]);
    assert_eq!(bench.input(Input::Opened), []);
}

#[test]
fn f25_a_connection_gone_without_a_word_is_opened_again_where_the_profile_says_when() {
    let socket = format!("{SOCKET}\nsilence_s = 20");
    let mut bench = Bench::open(&profile(&socket, "name = \"pairs\"", ""));
    bench.at(100).bytes(b"temp:1\nte");
    assert_eq!(bench.session.poll_timeout(), Some(millis(20_100)));
    bench.at(15_000).bytes(b"mp:2\n");
    assert_eq!(bench.session.poll_timeout(), Some(millis(35_000)), "each byte begins the time anew");
    assert_eq!(bench.at(34_999).input(Input::Timeout), []);
    let outputs = bench.at(35_000).input(Input::Timeout);
    let [Output::Close, Output::Event(Event::Closed { why })] = &outputs[..] else { panic!("{outputs:?}") };
    assert!(why.starts_with("Nothing has come for 20 s"), "{why}");
    let until = waiting(&mut bench).unwrap();
    assert_eq!(until, millis(35_500), "it lived long, so the shortest delay");
    assert_eq!(bench.closed(CloseKind::Lost, "closed"), [], "the link says so too");
    bench.now = until;
    assert_eq!(bench.input(Input::Timeout), [Output::Open]);
    bench.input(Input::Opened);
    assert_eq!(bench.session.counters().gaps, 1);
    // One that says nothing at all after it was opened is no better.
    let opened = bench.now;
    assert_eq!(bench.session.poll_timeout(), Some(opened.plus_millis(20_000)));
    bench.now = opened.plus_millis(20_000);
    assert!(bench.input(Input::Timeout).contains(&Output::Close));
}

#[test]
fn f25_where_it_does_not_say_an_unusual_silence_is_told_and_nothing_is_closed() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"pairs\"", ""));
    assert_eq!(bench.session.poll_timeout(), None, "a device that never spoke may be one that only listens");
    bench.at(100).bytes(b"temp:1\n");
    bench.at(8100).bytes(b"temp:2\n");
    // It was silent for eight seconds before; four times that is unusual.
    assert_eq!(bench.session.poll_timeout(), Some(millis(40_100)));
    assert_eq!(bench.at(40_099).status().hint, None);
    assert_eq!(bench.at(40_100).input(Input::Timeout), []);
    let status = bench.status();
    assert_eq!(status.state, LinkState::Connected);
    assert!(status.hint.unwrap().starts_with("Nothing comes any more although the connection stands"));
    assert_eq!(bench.session.poll_timeout(), None, "said once");
    bench.at(60_000).bytes(b"temp:3\n");
    assert_eq!(bench.status().hint, None);
    // A wire has no such doubt.
    let mut bench = Bench::open(&pairs());
    bench.at(100).bytes(b"temp:1\n");
    assert_eq!(bench.session.poll_timeout(), None);
}

#[test]
fn f5_what_is_sent_to_a_device_that_is_gone_is_refused_in_words() {
    let mut bench = Bench::open(&pairs());
    bench.input(Input::Send { bytes: &[b'x'; 60_000], wrap: false });
    bench.at(10).closed(CloseKind::Lost, "The device has been lost.");
    let outputs = bench.input(Input::Send { bytes: b"help\n", wrap: false });
    let why = "Nothing was sent: the link is waiting for the device. Send it again when it is back.".into();
    assert_eq!(outputs, [Output::Event(Event::Refused { why, line: true })]);
    assert_eq!(bench.session.counters().refused, 1);
    // What waited for the device that went does not count against the one that comes.
    bench.input(Input::Plugged);
    bench.input(Input::Opened);
    let outputs = bench.input(Input::Send { bytes: &[b'y'; 60_000], wrap: false });
    assert!(matches!(&outputs[..], [Output::Transmit(_), Output::Event(Event::Accepted)]), "{outputs:?}");
}

#[test]
fn f12_silence_is_no_loss() {
    let mut bench = Bench::open(&pairs());
    bench.at(10).bytes(b"temp:1\n");
    bench.at(3_600_000);
    let status = bench.status();
    assert_eq!((status.state, status.last_byte_nanos), (LinkState::Connected, Some(millis(10).0)));
    assert_eq!((status.bytes_per_second, bench.session.poll_timeout()), (0.0, None));
}

#[test]
fn why_a_link_does_not_open_stays_readable_while_it_is_tried_again() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"text\"", ""));
    assert_eq!(bench.status().hint, None);
    bench.closed(CloseKind::Refused, "Nobody answers there.");
    let until = waiting(&mut bench).unwrap().nanos_since(millis(0)) / 1_000_000;
    bench.at(until).input(Input::Timeout);
    let status = bench.status();
    assert_eq!((status.state, status.hint.as_deref()), (LinkState::Opening, Some("Nobody answers there.")));
    bench.input(Input::Opened);
    assert_eq!(bench.status().hint, None);
}

#[test]
fn an_http_answer_without_an_end_is_told() {
    let http = "kind = \"http\"\nurl = \"http://127.0.0.1:9/\"";
    let mut bench = Bench::open(&profile(http, "name = \"json\"\nframing = \"whole\"", ""));
    for second in 0..10 {
        bench.at(second * 1000).input(Input::Bytes { bytes: b"[", message_end: false });
        assert_eq!(bench.status().hint, None, "an answer may take a while");
    }
    bench.at(10_000).input(Input::Bytes { bytes: b"[", message_end: false });
    assert!(bench.status().hint.unwrap().starts_with("The first answer goes on and on: name an address"));
}

#[test]
fn what_this_side_of_a_line_does_is_told_once_and_forgotten_with_the_link() {
    let mut bench = Bench::open(&pairs());
    assert_eq!(signals(&mut bench), None, "nobody has looked yet");
    let inputs = Some(Inputs { cts: true, ..Inputs::default() });
    let seen = Signals { inputs, ..Signals::default() };
    bench.input(Input::Signals(seen.clone()));
    assert_eq!(signals(&mut bench), Some(seen.clone()));
    let set = Signals { dtr: Some(false), breaking: true, ..seen };
    bench.input(Input::Signals(set.clone()));
    bench.input(Input::Signals(set.clone()));
    bench.input(Input::Signals(Signals { breaking: false, ..set }));
    let sent: Vec<String> =
        bench.lines().into_iter().filter(|(mark, _)| *mark == Mark::Sent).map(|(_, line)| line).collect();
    assert_eq!(sent, ["DTR off, break", "break over"]);
    bench.closed(CloseKind::Lost, "gone");
    assert_eq!(signals(&mut bench), None);
}

fn signals(bench: &mut Bench) -> Option<Signals> {
    match bench.session.answer(bench.now, &[(1, Query::Signals)]).answers.pop() {
        Some((_, Answer::Signals(signals))) => signals,
        other => panic!("{other:?}"),
    }
}

#[test]
fn json_over_several_lines_taken_line_by_line_says_what_to_set() {
    let http = "kind = \"http\"\nurl = \"http://127.0.0.1:9/\"";
    let answer = b"{\n  \"temp\": 21.5\n}\n";
    let mut bench = Bench::open(&profile(http, "name = \"json\"", ""));
    bench.message(answer);
    assert!(bench.status().hint.unwrap().contains("set framing = \"whole\""));
    let mut bench = Bench::open(&profile(http, "name = \"json\"\nframing = \"whole\"", ""));
    bench.message(answer);
    assert_eq!((bench.status().hint, bench.status().counters.frames), (None, 1));
}
