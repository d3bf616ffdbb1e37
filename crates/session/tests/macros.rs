//! Macros: steps one after the other, with waits that end; commands with choices and bytes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use session::query::{Answer, Cell, Query, RunningMacro};
use session::wire::{Event, MacroEnding};
use session::{CloseKind, Input, Output, Profile};

const COMMANDS: &str = r#"
[[commands]]
name = "Set speed"
text = "speed {speed}"
args = [ { name = "speed", kind = "integer", max = 100 } ]
reply = { contains = "ok", within_millis = 500 }
[[commands]]
name = "Mode"
text = "mode {mode}"
args = [ { name = "mode", kind = "text", choices = ["slow", "fast"] } ]
[[commands]]
name = "Write"
hex = "02 {data} 03"
args = [ { name = "data", kind = "bytes", default = "0a 0b" } ]
"#;

fn bench() -> Bench {
    Bench::open(&profile(SERIAL, "name = \"text\"", COMMANDS))
}

fn run(bench: &mut Bench, steps: &str) -> Vec<Output> {
    bench.input(Input::RunMacro { name: "m", steps })
}

/// What was sent, and how it ended.
fn said(outputs: &[Output]) -> (Vec<String>, Option<(u32, MacroEnding)>) {
    let sent = outputs.iter().filter_map(|output| match output {
        Output::Transmit(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => None,
    });
    let ended = outputs.iter().find_map(|output| match output {
        Output::Event(Event::MacroEnded { line, ending, .. }) => Some((*line, ending.clone())),
        _ => None,
    });
    (sent.collect(), ended)
}

fn running(bench: &mut Bench) -> Option<RunningMacro> {
    match bench.ask(Query::Macro) {
        Answer::Macro(running) => running,
        other => panic!("{other:?}"),
    }
}

#[test]
fn steps_are_done_in_order_and_each_waits_for_its_own() {
    let mut bench = bench();
    let steps =
        "# first\nsend hello\ntext +++\nbytes 01 41\nwait 200 ms\nexpect ready\ncommand \"Set speed\" 5\nsend done";
    let (sent, ended) = said(&run(&mut bench, steps));
    assert_eq!((sent, ended), (vec!["hello\n".into(), "+++".into(), "\u{1}A".into()], None));
    assert_eq!(running(&mut bench).unwrap().line, 5);
    // What is said while it waits was said since the last step that sent.
    bench.at(100).bytes(b"boot rea");
    assert_eq!(bench.session.poll_timeout(), Some(millis(200)));
    bench.at(200).input(Input::Timeout);
    assert_eq!(running(&mut bench).unwrap().expects.as_deref(), Some("ready"));
    let (sent, _) = said(&bench.at(250).bytes(b"dy\nok\n"));
    assert_eq!(sent, ["speed 5\n"], "the \"ok\" before it was no reply to it");
    assert_eq!(running(&mut bench).unwrap().line, 7);
    let (sent, ended) = said(&bench.at(300).bytes(b"ok\n"));
    assert_eq!((sent, ended), (vec!["done\n".into()], Some((0, MacroEnding::Done))));
    assert_eq!(running(&mut bench), None);
}

#[test]
fn f12_what_is_not_said_in_time_ends_it_at_its_line() {
    let mut bench = bench();
    run(&mut bench, "send a\nmatch within 300 ms: ^ok \\d+$\nsend b");
    bench.at(100).bytes(b"ok x\n");
    let (sent, ended) = said(&bench.at(300).input(Input::Timeout));
    assert_eq!((sent, ended), (vec![], Some((2, MacroEnding::NotSaid { what: "^ok \\d+$".into() }))));
    run(&mut bench, "send a\nmatch within 300 ms: ^ok \\d+$\nsend b");
    let (sent, ended) = said(&bench.at(310).bytes(b"ok 12\n"));
    assert_eq!((sent, ended), (vec!["b\n".into()], Some((0, MacroEnding::Done))));
}

#[test]
fn loops_go_round_and_one_without_an_end_can_be_stopped() {
    let mut bench = bench();
    let (sent, ended) = said(&run(&mut bench, "repeat 3\nsend x\nrepeat 2\nsend y\nend\nend"));
    assert_eq!(sent.concat(), "x\ny\ny\n".repeat(3));
    assert_eq!(ended, Some((0, MacroEnding::Done)));
    run(&mut bench, "repeat\nsend z\nwait 10 ms\nend");
    for round in 1..=5 {
        assert_eq!(running(&mut bench).unwrap().round, Some(round));
        bench.at(i64::from(round) * 10).input(Input::Timeout);
    }
    let (_, ended) = said(&bench.input(Input::StopMacro));
    assert_eq!(ended.unwrap().1, MacroEnding::Stopped);
    assert_eq!(bench.session.poll_timeout(), None);
}

#[test]
fn a_loop_that_waits_for_nothing_neither_hangs_nor_floods() {
    let mut bench = bench();
    let outputs = run(&mut bench, "repeat\nend");
    assert_eq!(outputs, []);
    assert_eq!(bench.session.poll_timeout(), Some(millis(1)));
    bench.input(Input::StopMacro);
    run(&mut bench, "repeat\nsend 0123456789012345678901234567890123456789\nend");
    for after in 1..2000 {
        bench.at(after).input(Input::Timeout);
    }
    let sent: usize = said(&bench.outputs).0.iter().map(String::len).sum();
    assert!((16_000..20_000).contains(&sent), "{sent} bytes wait for a device that takes nothing");
    let before = said(&bench.outputs).0.len();
    bench.input(Input::Transmitted(10_000));
    assert!(said(&bench.outputs).0.len() > before, "it goes on as bytes leave");
}

#[test]
fn mistakes_and_a_closed_link_are_said_and_only_one_runs() {
    let mut bench = bench();
    for (steps, part) in [
        ("snd a", "line 1: there is no step `snd`"),
        ("wait 1 s\ncommand \"Stop\"", "line 2: the profile has no command \"Stop\""),
        ("command \"Set speed\"", "takes 1 arguments, 0 are given"),
        ("command \"Set speed\" 101", "speed must be at most 100"),
        ("command \"Mode\" medium", "mode must be one of slow, fast"),
    ] {
        let outputs = run(&mut bench, steps);
        assert!(
            matches!(&outputs[..], [Output::Event(Event::Refused { why, .. })] if why.contains(part)),
            "{outputs:?}"
        );
    }
    run(&mut bench, "wait 1 s");
    let outputs = run(&mut bench, "wait 2 s");
    assert!(matches!(&outputs[..], [Output::Event(Event::Refused { why, .. })] if why.contains("still running")));
    let (_, ended) = said(&bench.closed(CloseKind::Lost, "gone"));
    assert_eq!(ended.unwrap().1, MacroEnding::LinkClosed);
    let (_, ended) = said(&run(&mut bench, "send a"));
    assert!(matches!(ended.unwrap().1, MacroEnding::Refused { why } if why.contains("the link is")));
}

#[test]
fn a_macro_that_is_edited_interrupts_nothing_that_is_decoded() {
    let with = |rest: &str| profile(SERIAL, "name = \"pairs\"", rest);
    let mut bench = Bench::open(&with(""));
    bench.bytes(b"temp:1\ntemp:");
    let now = bench.now;
    bench.session.set_profile(&with("[[macros]]\nname = \"a\"\nsteps = \"send x\"\n"), now).unwrap();
    bench.bytes(b"2\n");
    assert_eq!(bench.value("temp"), Cell::F64(2.0));
    let counters = bench.session.counters();
    assert_eq!((counters.samples, counters.bytes_skipped, counters.gaps), (2, 0, 0));
    assert_eq!(bench.session.profile().macros.len(), 1);
}

#[test]
fn bytes_and_choices_of_commands() {
    let mut bench = bench();
    let command = |name, arg: Cell| Input::Command { name, args: Box::leak(Box::new([arg])) };
    assert_eq!(bench.input(command("Write", Cell::Bytes(vec![1, 2]))), [Output::Transmit(vec![2, 1, 2, 3])]);
    assert_eq!(bench.input(command("Mode", Cell::Text("fast".into()))), [Output::Transmit(b"mode fast\n".to_vec())]);
    let outputs = bench.input(command("Mode", Cell::Text("warp".into())));
    assert!(matches!(&outputs[..], [Output::Event(Event::Refused { why, .. })] if why.contains("one of slow, fast")));
}

#[test]
fn mistakes_in_a_profile_have_their_lines() {
    let wrong = |rest: &str| {
        let text = format!("name = \"t\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"text\"\n{COMMANDS}{rest}");
        let error = Profile::parse(&text).unwrap_err();
        let line = text.lines().nth(error.line as usize - 1).unwrap_or_default().to_owned();
        (line, error.reason)
    };
    let (line, reason) = wrong("[[macros]]\nname = \"a\"\nsteps = \"\"\"\nsend x\nwiat 5\n\"\"\"\n");
    assert_eq!(line, "wiat 5");
    assert!(reason.to_string().contains("no step `wiat`"), "{reason}");
    let (line, _) = wrong("[[macros]]\nname = \"a\"\nsteps = '''send x\ncommand \"No\"'''\n");
    assert_eq!(line, "command \"No\"'''");
    let (_, reason) = wrong("[[macros]]\nname = \"a\"\nsteps = \"send\"\n[[macros]]\nname = \"a\"\nsteps = \"send\"\n");
    assert!(reason.to_string().contains("two macros"), "{reason}");
    let (_, reason) = wrong("[[commands]]\nname = \"h\"\nhex = \"0g\"\n");
    assert!(reason.to_string().contains("no hexadecimal"), "{reason}");
    let (_, reason) =
        wrong("[[commands]]\nname = \"h\"\ntext = \"{a}\"\nargs = [{ name = \"a\", choices = [1, \"b\"] }]\n");
    assert!(reason.to_string().contains("each of `choices` must be a number"), "{reason}");
    let (_, reason) =
        wrong("[[commands]]\nname = \"h\"\ntext = \"{a}\"\nargs = [{ name = \"a\", choices = [1, 2], default = 3 }]\n");
    assert!(reason.to_string().contains("one of 1, 2"), "{reason}");
    let (_, reason) = wrong("[[commands]]\nname = \"h\"\nhex = \"01\"\ntext = \"x\"\n");
    assert!(reason.to_string().contains("either `text`, `message` or `hex`"), "{reason}");
}

#[test]
fn what_is_expected_is_heard_however_much_follows_at_once() {
    let mut bench = bench();
    run(&mut bench, "send go\nexpect ready\nsend done");
    // A boot log of many lines in one piece: what was said at its beginning is given up right after.
    let mut log = b"ready\n".to_vec();
    log.extend(b"a line of what the device says when it starts\n".repeat(400));
    let (sent, ended) = said(&bench.input(Input::Bytes { bytes: &log, message_end: false }));
    assert_eq!(sent, ["done\n"]);
    assert_eq!(ended.map(|(_, how)| how), Some(MacroEnding::Done));
}

/// Each frame is a line to what a macro expects: two of them are no word, and `^` and `$` are the ends of one.
#[test]
fn frames_are_lines_to_a_macro() {
    let framed = profile(SERIAL, "name = \"text\"\nframing = \"cobs\"", "");
    let mut bench = Bench::open(&framed);
    run(&mut bench, "expect within 500 ms: ok");
    for part in [b"o", b"k"] {
        let (_, ended) = said(&bench.bytes(&cobs(part)));
        assert_eq!(ended, None, "two frames were taken for one");
    }
    let (_, ended) = said(&bench.at(500).input(Input::Timeout));
    assert_eq!(ended, Some((1, MacroEnding::NotSaid { what: "ok".into() })));
    run(&mut bench, "match within 500 ms: ^k$");
    assert_eq!(said(&bench.bytes(&cobs(b"ok"))).1, None);
    bench.bytes(&cobs(b"o"));
    assert_eq!(said(&bench.bytes(&cobs(b"k"))).1, Some((0, MacroEnding::Done)));
}

/// In a stream of bytes the ends of what came at once are no ends of lines.
#[test]
fn pieces_of_a_stream_are_no_lines_to_a_macro() {
    let mut bench = bench();
    run(&mut bench, "expect within 500 ms: ok");
    assert_eq!(said(&bench.bytes(b"o")).1, None);
    assert_eq!(said(&bench.bytes(b"k")).1, Some((0, MacroEnding::Done)));
}
