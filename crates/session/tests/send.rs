//! The way out: what is sent, what is refused, and replies.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod common;

use common::*;
use session::query::{Cell, Mark};
use session::wire::Event;
use session::{CloseKind, Input, Output};

const COMMANDS: &str = r#"
[terminal]
ending = "crlf"
[[commands]]
name = "Set speed"
text = "speed {speed} {{{mode}}}"
args = [{ name = "speed", min = 0, max = 3000 }, { name = "mode", kind = "text" }]
reply = { contains = "ok", within_millis = 500 }
[[commands]]
name = "Stop"
text = "stop"
[[commands]]
name = "Count"
text = "count {n} {on}"
args = [{ name = "n", kind = "integer" }, { name = "on", kind = "bool" }]
[[commands]]
name = "Wrong"
message = "line"
"#;

fn bench() -> Bench {
    let mut profile = profile(SERIAL, "name = \"text\"", COMMANDS);
    // Its text is refused (tests/profile.rs); whoever makes a profile otherwise is told when it is sent.
    if let Some(wrong) = profile.commands.iter_mut().find(|command| command.name == "Wrong") {
        wrong.body = session::profile::Body::Message("NoSuch".into());
    }
    Bench::open(&profile)
}

fn command(bench: &mut Bench, name: &str, args: &[Cell]) -> Vec<Output> {
    bench.input(Input::Command { name, args })
}

fn refused(outputs: &[Output], reason: &str) {
    let [Output::Event(Event::Refused { why, .. })] = outputs else { panic!("{outputs:?}") };
    assert!(why.contains(reason), "{why}");
}

#[test]
fn what_is_typed_goes_out_as_it_is_and_is_shown_once_it_does() {
    let mut bench = bench();
    let outputs = bench.input(Input::Send { bytes: b"hello\r\n", wrap: false });
    assert_eq!(outputs, [Output::Transmit(b"hello\r\n".to_vec())]);
    assert_eq!(bench.session.counters().bytes_out, 0);
    bench.input(Input::Transmitted(7));
    assert_eq!(bench.session.counters().bytes_out, 7);
    bench.input(Input::Send { bytes: &[0, 1, 0xfe], wrap: false });
    assert_eq!(bench.lines(), [(Mark::Sent, "hello".into()), (Mark::Sent, "00 01 fe".into())]);
}

#[test]
fn a_payload_is_wrapped_by_the_framer() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"text\"\nframing = \"cobs\"", ""));
    let payload: Vec<u8> = (0..=255).chain(0..=255).collect();
    let outputs = bench.input(Input::Send { bytes: &payload, wrap: true });
    assert_eq!(outputs, [Output::Transmit(cobs(&payload))]);
}

#[test]
fn a_command_fills_its_text_and_waits_for_its_reply() {
    let mut bench = bench();
    let outputs = command(&mut bench, "Set speed", &[Cell::F64(1500.0), Cell::Text("fast".into())]);
    assert_eq!(outputs, [Output::Transmit(b"speed 1500 {fast}\r\n".to_vec())]);
    assert_eq!(bench.session.poll_timeout(), Some(millis(500)));
    assert_eq!(bench.at(120).bytes(b"somewhere an o"), []);
    let outputs = bench.at(130).bytes(b"k came\n");
    assert_eq!(
        outputs,
        [Output::Event(Event::Replied { name: "Set speed".into(), millis: 130, text: "ok came".into() })]
    );
    assert_eq!(bench.session.poll_timeout(), None);
    assert_eq!(bench.bytes(b"ok\n"), []);
    let outputs = command(&mut bench, "Count", &[Cell::F64(1e6), Cell::Bool(true)]);
    assert_eq!(outputs, [Output::Transmit(b"count 1000000 true\r\n".to_vec())]);
}

#[test]
fn a_reply_that_does_not_come_expires_and_is_counted() {
    let mut bench = bench();
    command(&mut bench, "Set speed", &[Cell::F64(0.5), Cell::Text("x".into())]);
    bench.at(499).bytes(b"not it\n");
    let outputs = bench.at(500).input(Input::Timeout);
    assert_eq!(outputs, [Output::Event(Event::Expired { name: "Set speed".into() })]);
    command(&mut bench, "Set speed", &[Cell::F64(0.5), Cell::Text("x".into())]);
    let outputs = bench.closed(CloseKind::Lost, "gone");
    assert_eq!(outputs[0], Output::Event(Event::Expired { name: "Set speed".into() }));
    assert_eq!(bench.session.counters().expired, 2);
}

/// Devices that speak frames often answer a command in plain text: it is heard, whatever the framing makes of it.
#[test]
fn a_reply_outside_of_every_frame_is_found() {
    let rest = "[[commands]]\nname = \"Set\"\ntext = \"SP 5\"\nreply = { contains = \"OK\", within_millis = 500 }\n";
    for protocol in [
        "name = \"layout\"\nframing = \"cobs\"\n[[protocol.messages]]\nname = \"m\"\nfields = [{ name = \"x\", type = \"u8\" }]",
        "name = \"layout\"\nframing = \"length\"\nsync = \"aa 55\"\n[[protocol.messages]]\nname = \"m\"\nfields = [{ name = \"x\", type = \"u8\" }]",
    ] {
        let mut bench = Bench::open(&profile(SERIAL, protocol, rest));
        bench.input(Input::Command { name: "Set", args: &[] });
        let outputs = bench.bytes(b"OK\r\n");
        assert!(
            outputs.iter().any(|output| matches!(output, Output::Event(Event::Replied { text, .. }) if text == "OK")),
            "{protocol}: {outputs:?}"
        );
        assert!(bench.session.counters().balanced());
    }
}

/// The line that answers a command is text that was waited for, not a faulty frame.
#[test]
fn a_reply_that_is_no_frame_is_no_fault() {
    let rest = "[[commands]]\nname = \"Set\"\ntext = \"SP 5\"\nreply = { contains = \"OK\", within_millis = 500 }\n";
    // By a rule of one's own there is no log among the pairs.
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"\nassign = \":\"", rest));
    bench.input(Input::Command { name: "Set", args: &[] });
    bench.bytes(b"O");
    bench.bytes(b"K\nx:1\n");
    assert_eq!((bench.session.counters().frames, bench.session.counters().rejected()), (2, 0));
    bench.bytes(b"OK\n");
    assert_eq!(bench.session.counters().rejected(), 1, "nobody waited for this one");
    assert!(bench.session.counters().balanced());
    // A reply that was part of a sample has vouched for that frame alone.
    bench.input(Input::Command { name: "Set", args: &[] });
    bench.bytes(b"OK:1\n");
    bench.bytes(b"x:2\nOK, spoilt\n");
    assert_eq!(bench.session.counters().rejected(), 2, "a line that came later");
}

#[test]
fn a_reply_inside_a_frame_is_found() {
    let rest = "[[commands]]\nname = \"Stop\"\ntext = \"stop\"\nreply = { contains = \"ok stopping\" }\n";
    let mut bench = Bench::open(&profile(SERIAL, "name = \"text\"\nframing = \"cobs\"", rest));
    command(&mut bench, "Stop", &[]);
    let frame = cobs(b"now ok stopping");
    let (a, b) = frame.split_at(9);
    assert_eq!(bench.bytes(a), []);
    let outputs = bench.at(3).bytes(b);
    assert_eq!(outputs, [Output::Event(Event::Replied { name: "Stop".into(), millis: 3, text: "ok stopping".into() })]);
}

#[test]
fn what_does_not_fit_the_command_is_refused_and_counted() {
    let mut bench = bench();
    let text = |text: &str| Cell::Text(text.into());
    let cases: Vec<(&str, Vec<Cell>, &str)> = vec![
        ("Nothing", vec![], "no command \"Nothing\""),
        ("Stop", vec![Cell::Null], "0 arguments"),
        ("Set speed", vec![Cell::F64(5.0)], "2 arguments"),
        ("Set speed", vec![Cell::F64(3001.0), text("x")], "at most 3000"),
        ("Set speed", vec![Cell::F64(-0.1), text("x")], "at least 0"),
        ("Set speed", vec![Cell::F64(f64::NAN), text("x")], "must be a number"),
        ("Set speed", vec![text("5"), text("x")], "must be a number"),
        ("Set speed", vec![Cell::F64(5.0), text("x\r\nformat flash")], "control characters"),
        ("Set speed", vec![Cell::F64(5.0), Cell::Bool(true)], "must be text"),
        ("Count", vec![Cell::F64(0.5), Cell::Bool(true)], "whole number"),
        ("Wrong", vec![], "no message \"NoSuch\""),
    ];
    for (name, args, reason) in &cases {
        refused(&command(&mut bench, name, args), reason);
    }
    assert_eq!(bench.session.counters().refused, cases.len() as u64);
    assert!(bench.lines().is_empty());
}

/// F13: what waits for a device that takes nothing is bounded, and said.
#[test]
fn the_transmit_queue_is_bounded_and_empties_as_bytes_leave() {
    let mut bench = bench();
    let kib = [b'x'; 1024];
    for _ in 0..64 {
        assert_eq!(bench.input(Input::Send { bytes: &kib, wrap: false }).len(), 1);
    }
    refused(&bench.input(Input::Send { bytes: b"one more", wrap: false }), "flow control");
    bench.input(Input::Transmitted(1024));
    let outputs = bench.input(Input::Send { bytes: b"one more", wrap: false });
    assert!(matches!(&outputs[..], [Output::Transmit(_), Output::Event(Event::Accepted)]), "{outputs:?}");
    refused(&bench.input(Input::NotTransmitted { len: 8, why: "The device did not take it." }), "did not take it");
    // A lost link takes the queue with it.
    bench.closed(CloseKind::Lost, "gone");
    refused(&bench.input(Input::Send { bytes: b"x", wrap: false }), "the link is waiting for the device");
    bench.input(Input::Open);
    bench.input(Input::Opened);
    for _ in 0..64 {
        assert!(matches!(bench.input(Input::Send { bytes: &kib, wrap: false })[0], Output::Transmit(_)));
    }
}

#[test]
fn what_finds_no_open_link_is_told_with_the_next_step_and_a_line_apart_from_a_command() {
    let mut bench = bench();
    let refusal = |bench: &mut Bench, input: Input<'_>| match bench.input(input).pop() {
        Some(Output::Event(Event::Refused { why, line })) => (why, line),
        other => panic!("{other:?}"),
    };
    let hello = |bench: &mut Bench| refusal(bench, Input::Send { bytes: b"hello\n", wrap: false });
    bench.input(Input::Disconnect);
    let closed = "Nothing was sent: the link is closed. Connect again, then send it.".to_owned();
    assert_eq!(hello(&mut bench), (closed.clone(), true));
    assert_eq!(refusal(&mut bench, Input::Command { name: "Stop", args: &[] }), (closed, false));
    bench.input(Input::Open);
    assert!(hello(&mut bench).0.contains("still being opened"));
}

fn lines(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|n| format!("line {n}\n").into_bytes()).collect()
}

fn sent(outputs: &[Output]) -> Vec<String> {
    let text = |output: &Output| match output {
        Output::Transmit(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => None,
    };
    outputs.iter().filter_map(text).collect()
}

fn send_lines(bench: &mut Bench, lines: &[Vec<u8>], pause_millis: u32, prompt: &str) -> Vec<Output> {
    bench.input(Input::SendLines { lines, pause_millis, prompt })
}

#[test]
fn s25_many_lines_go_one_at_a_time_with_a_pause_and_can_be_stopped() {
    let mut bench = Bench::open(&pairs());
    let first = send_lines(&mut bench, &lines(4), 50, "");
    assert_eq!(sent(&first), ["line 0\n"]);
    assert!(first.contains(&Output::Event(Event::Sending { sent: 1, total: 4, stopped: None })));
    assert_eq!(bench.session.poll_timeout(), Some(millis(50)));
    assert_eq!(sent(&bench.at(49).input(Input::Timeout)), [""; 0]);
    assert_eq!(sent(&bench.at(50).input(Input::Timeout)), ["line 1\n"]);
    // Others wait for these.
    refused(&send_lines(&mut bench, &lines(1), 0, ""), "still being sent");
    let stopped = bench.input(Input::StopLines);
    assert_eq!(stopped, [Output::Event(Event::Sending { sent: 2, total: 4, stopped: Some("Stopped.".into()) })]);
    assert_eq!(sent(&bench.at(500).input(Input::Timeout)), [""; 0]);
    assert_eq!(bench.lines().iter().filter(|(mark, _)| *mark == Mark::Sent).count(), 2);
}

#[test]
fn s25_each_line_waits_for_the_prompt_where_one_is_named() {
    let mut bench = Bench::open(&pairs());
    assert_eq!(sent(&send_lines(&mut bench, &lines(3), 0, "> ")), ["line 0\n"]);
    assert_eq!(sent(&bench.at(100).bytes(b"echo >")), [""; 0]);
    assert_eq!(sent(&bench.at(101).bytes(b" ")), ["line 1\n"], "the prompt came in two pieces");
    assert_eq!(sent(&bench.at(102).bytes(b"ok> ")), ["line 2\n"]);
    // It does not come: what has not gone is told.
    send_lines(&mut bench, &lines(3), 0, "> ");
    let stopped = bench.at(102 + 30_000).input(Input::Timeout);
    let why = stopped.iter().find_map(|output| match output {
        Output::Event(Event::Sending { sent: 1, total: 3, stopped: Some(why) }) => Some(why.clone()),
        _ => None,
    });
    assert!(why.is_some_and(|why| why.contains("did not come")), "{stopped:?}");
}

#[test]
fn many_lines_fill_the_transmit_queue_and_go_on_when_it_empties() {
    let mut bench = Bench::open(&pairs());
    let long = vec![vec![b'x'; 20_000]; 5];
    let outputs = send_lines(&mut bench, &long, 0, "");
    assert_eq!(sent(&outputs).len(), 3);
    bench.input(Input::Transmitted(40_000));
    assert_eq!(sent(&bench.at(20).input(Input::Timeout)).len(), 2);
    assert_eq!(bench.session.counters().refused, 0);
}

#[test]
fn f49_more_short_lines_than_a_link_holds_wait_and_none_is_lost() {
    let mut bench = Bench::open(&pairs());
    let (mut gone, mut now) = (sent(&send_lines(&mut bench, &lines(5_000), 0, "")), 0);
    let mut all = gone.len();
    while !gone.is_empty() {
        assert!(gone.len() <= 1024, "a link holds no more");
        // It takes them in pieces of its own.
        let bytes: usize = gone.iter().map(String::len).sum();
        bench.input(Input::Transmitted(bytes / 3));
        bench.input(Input::Transmitted(bytes - bytes / 3));
        now += 20;
        gone = sent(&bench.at(now).input(Input::Timeout));
        all += gone.len();
    }
    assert_eq!(all, 5_000);
    assert_eq!(bench.session.counters().refused, 0);
}

#[test]
fn f49_what_a_link_does_not_take_stops_the_lines_after_it() {
    let mut bench = Bench::open(&pairs());
    send_lines(&mut bench, &lines(5_000), 0, "");
    let stopped = bench.input(Input::NotTransmitted { len: 7, why: "the port takes nothing" });
    let told = |output: &Output| matches!(output, Output::Event(Event::Sending { total: 5_000, stopped: Some(_), .. }));
    assert!(stopped.iter().any(told), "{stopped:?}");
    assert_eq!(sent(&bench.at(100).input(Input::Timeout)), [""; 0]);
}

#[test]
fn lines_end_with_the_link_and_keys_are_sent_as_typed_without_a_line_in_the_terminal() {
    let mut bench = Bench::open(&pairs());
    send_lines(&mut bench, &lines(3), 50, "");
    bench.closed(CloseKind::Lost, "unplugged");
    let outputs = bench.at(60).input(Input::Timeout);
    assert!(
        outputs.iter().any(|output| matches!(output, Output::Event(Event::Sending { sent: 1, stopped: Some(_), .. }))),
        "{outputs:?}"
    );
    let mut bench = Bench::open(&pairs());
    assert_eq!(bench.input(Input::Keys(b"\x1b[A")), [Output::Transmit(b"\x1b[A".to_vec())]);
    assert!(bench.lines().is_empty());
}

/// From a form, from the palette or from a macro's loop: a second between any two of them, and the rest goes on.
#[test]
fn s37_dangerous_commands_keep_a_second_between_them() {
    let rest = "[[commands]]\nname = \"Erase\"\ntext = \"erase\"\ndangerous = true\n[[commands]]\nname = \"Reset\"\n\
                text = \"reset\"\ndangerous = true\n[[commands]]\nname = \"Read\"\ntext = \"read\"\n";
    let mut bench = Bench::open(&profile(SERIAL, "name = \"text\"", rest));
    assert_eq!(command(&mut bench, "Erase", &[]), [Output::Transmit(b"erase\n".to_vec())]);
    refused(&command(bench.at(1), "Erase", &[]), "less than a second ago");
    refused(&command(bench.at(999), "Reset", &[]), "Reset is marked as dangerous");
    assert_eq!(command(&mut bench, "Read", &[])[0], Output::Transmit(b"read\n".to_vec()), "that does no harm");
    assert_eq!(bench.session.counters().refused, 2);
    assert_eq!(command(bench.at(1000), "Reset", &[]), [Output::Transmit(b"reset\n".to_vec())]);
    // What was refused begins no new wait; a clock that was set back holds nobody up for ever.
    assert_eq!(command(bench.at(2000), "Erase", &[]), [Output::Transmit(b"erase\n".to_vec())]);
    let steps = "repeat 3 times\ncommand Erase\nend";
    let outputs = bench.at(4000).input(Input::RunMacro { name: "m", steps });
    let sent = outputs.iter().filter(|output| matches!(output, Output::Transmit(_))).count();
    assert_eq!(sent, 1, "a macro's loop: {outputs:?}");
    let steps = "repeat 2 times\ncommand Erase\nwait 1 s\nend";
    let mut outputs = bench.at(6000).input(Input::RunMacro { name: "m", steps });
    for at in [7000, 8000, 9000] {
        outputs.extend(bench.at(at).input(Input::Timeout));
    }
    let sent = outputs.iter().filter(|output| matches!(output, Output::Transmit(_))).count();
    assert_eq!(sent, 2, "one that waits: {outputs:?}");
}

#[test]
fn f49_a_line_longer_than_may_wait_for_the_device_says_so_and_not_that_the_device_holds_the_line() {
    let mut bench = Bench::open(&pairs());
    let outputs = send_lines(&mut bench, &[vec![b'a'; 1_000_000], b"b".to_vec()], 0, "");
    let why = outputs.iter().find_map(|output| match output {
        Output::Event(Event::Sending { sent: 0, stopped: Some(why), .. }) => Some(why.clone()),
        _ => None,
    });
    let why = why.unwrap();
    assert!(why.contains("at once are more than the 65536") && !why.contains("flow control"), "{why}");
}

#[test]
fn s37_a_dry_run_shows_what_would_be_sent_and_sends_nothing() {
    let commands = r#"
[terminal]
ending = "crlf"
[[commands]]
name = "Erase"
text = "erase {from}"
dangerous = true
args = [{ name = "from", kind = "integer", min = 0, max = 9 }]
reply = { contains = "ok" }
[[commands]]
name = "Raw"
hex = "01 {data} 03"
args = [{ name = "data", kind = "bytes" }]
"#;
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"", commands));
    let before = bench.session.counters();
    let run = |bench: &mut Bench, name: &str, args: &[Cell]| match &bench.input(Input::DryRun { number: 7, name, args })
        [..]
    {
        [Output::Event(Event::DryRun { number: 7, len, first, topic, why, .. })] => {
            (*len, first.clone(), topic.clone(), why.clone())
        }
        other => panic!("{other:?}"),
    };
    let (none, fine) = (String::new(), String::new());
    let erase = run(&mut bench, "Erase", &[Cell::I64(3)]);
    assert_eq!(erase, (9, b"erase 3\r\n".to_vec(), none.clone(), fine.clone()));
    // A second one is no matter of rest, and no reply is waited for.
    assert_eq!(run(&mut bench, "Erase", &[Cell::I64(3)]), erase);
    let long = Cell::Bytes(vec![0xAA; 100]);
    let (len, first, ..) = run(&mut bench, "Raw", &[long]);
    assert_eq!((len, first.len(), &first[..2]), (102, 64, &[0x01, 0xAA][..]));
    // What cannot be put together, and what would be refused now, is said, and is no refusal.
    assert!(run(&mut bench, "Erase", &[Cell::I64(10)]).3.contains("from"));
    assert!(run(&mut bench, "Nothing", &[]).3.contains("no command"));
    assert_eq!(bench.session.counters(), before);
    bench.closed(session::CloseKind::Lost, "gone");
    let (len, .., why) = run(&mut bench, "Erase", &[Cell::I64(3)]);
    assert!(len == 9 && why.contains("Nothing was sent"), "{why}");
    // Armed and sent, it is what the dry run showed.
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"", commands));
    let sent = bench.input(Input::Command { name: "Erase", args: &[Cell::I64(3)] });
    assert!(sent.contains(&Output::Transmit(erase.1)), "{sent:?}");
}
