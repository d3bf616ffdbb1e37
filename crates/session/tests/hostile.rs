//! A device that speaks to the terminal rather than to its reader: what it asks for is not done, and nothing goes back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use session::Output;
use session::query::{Answer, Query};

fn bench() -> Bench {
    Bench::open(&profile(SERIAL, "name = \"text\"", ""))
}

/// Feeds it, and a line after it; gives the last lines there are then, at most 400.
fn said(hostile: &[u8]) -> Vec<String> {
    let mut bench = bench();
    let mut outputs = bench.bytes(hostile);
    outputs.extend(bench.bytes(b"\r\nafter\r\n"));
    assert!(!outputs.iter().any(|output| matches!(output, Output::Transmit(_))), "something went back: {outputs:?}");
    let status = bench.status();
    assert!(status.counters.balanced());
    assert_eq!(status.counters.bytes_out, 0);
    let Answer::Screen(screen) = bench.ask(Query::Screen { from: None, rows: 400 }) else { panic!() };
    let lines: Vec<String> =
        screen.lines.into_iter().map(|line| line.runs.into_iter().map(|run| run.text).collect()).collect();
    let last = lines.iter().rev().find(|line| !line.is_empty()).unwrap();
    assert!(last.trim_end().ends_with("after"), "what follows is read: {last}");
    lines
}

/// Attributes, status and cursor (ECMA-48 DSR, DEC DA), settings (DECRQSS), terminfo (XTGETTCAP), title and icon (xterm
/// CSI 20 t, 21 t), ENQ.
#[test]
fn s20_no_question_to_the_terminal_is_answered() {
    for question in [
        &b"\x1b[c"[..],
        b"\x1b[>c",
        b"\x1b[=c",
        b"\x1b[5n",
        b"\x1b[6n",
        b"\x1b[?6n",
        b"\x1bP$q\"p\x1b\\",
        b"\x1bP+q544e\x1b\\",
        b"\x1b[20t",
        b"\x1b[21t",
        b"\x1b[18t",
        b"\x1b]10;?\x07",
        b"\x1b]4;1;?\x1b\\",
        b"\x05",
        b"\x1b]0;rm -rf ~\n\x07\x1b[21t",
    ] {
        said(question);
    }
}

/// OSC 52 asks for the clipboard, to read it and to write it; OSC 8 makes links; OSC 0 and 2 titles, OSC 9 and 777
/// notifications.
#[test]
fn s21_s22_s23_clipboard_links_titles_and_notifications_are_not_followed() {
    for (hostile, never) in [
        (&b"\x1b]52;c;?\x07"[..], "52;c"),
        (b"\x1b]52;c;b3duZWQ=\x1b\\", "b3duZWQ="),
        (b"\x1b]8;;javascript:alert(1)\x1b\\click\x1b]8;;\x1b\\", "javascript:"),
        (b"\x1b]8;;file:///etc/passwd\x07click\x1b]8;;\x07", "file:"),
        (b"\x1b]0;owned\x07", "owned"),
        (b"\x1b]2;owned\x1b\\", "owned"),
        (b"\x1b]9;owned\x07", "owned"),
        (b"\x1b]777;notify;owned;owned\x07", "owned"),
    ] {
        let lines = said(hostile);
        assert!(!lines.iter().any(|line| line.contains(never)), "{never} is on the screen: {lines:?}");
    }
}

/// Resizing (CSI 8 t), a device control string without an end, pictures (sixel).
#[test]
fn s23_sizes_are_ours_and_strings_without_an_end_are_bounded() {
    said(b"\x1b[8;1;1t");
    said(b"\x1b[?3h");
    let mut picture = b"\x1bPq".to_vec();
    picture.resize(4 << 20, b'~');
    picture.extend_from_slice(b"\x1b\\");
    // A string that is longer than any terminal needs is text from there on: nothing is kept until its end comes.
    let longest = said(&picture).iter().map(String::len).max().unwrap_or_default();
    assert!(longest <= 4096, "a line of {longest} bytes");
}

/// A million bells, wide characters, and marks piled on one letter.
#[test]
fn f49_bells_wide_characters_and_piled_marks_are_bounded() {
    said(&vec![7; 1_000_000]);
    said("\u{4e16}".repeat(300_000).as_bytes());
    let piled = format!("a{}", "\u{0301}".repeat(100_000));
    let lines = said(piled.as_bytes());
    let longest = lines.iter().map(String::len).max().unwrap_or_default();
    assert!(longest <= 16 << 10, "a line of {longest} bytes");
}

/// Lines of 65,535 characters: each is one, however many rows it takes.
#[test]
fn r5_lines_too_long_for_a_row_are_counted_as_what_they_are() {
    let mut bench = bench();
    let line = [&vec![b'x'; 65_535][..], b"\n"].concat();
    (0..60).for_each(|_| drop(bench.bytes(&line)));
    let screen = bench.screen();
    assert!(screen.total > 60 * 60, "no line was too long for a row");
    assert_eq!(screen.wrapped, (screen.total - 60, screen.total - 60));
}
