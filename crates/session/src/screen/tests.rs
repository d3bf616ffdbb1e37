#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::query::Colour;
use proptest::prelude::*;

fn screen() -> Screen {
    Screen::new().unwrap()
}

fn fed(bytes: &[u8]) -> Screen {
    let mut screen = screen();
    screen.receive(Time(7), bytes);
    screen
}

fn texts(screen: &Screen) -> Vec<String> {
    let lines = screen.lines(Some(0), u16::MAX).lines;
    lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
}

#[test]
fn lines_are_numbered_from_the_first_ever_and_the_oldest_go() {
    let mut screen = screen();
    for n in 0..MAX_LINES + 100 {
        screen.receive(Time(n as i64), format!("line {n}\n").as_bytes());
    }
    assert_eq!(screen.total(), MAX_LINES as u64 + 100);
    let answer = screen.lines(None, 2);
    assert_eq!(answer.from, screen.total() - 2);
    assert_eq!(answer.lines[1].runs[0].text, format!("line {}", MAX_LINES + 99));
    assert_eq!(answer.lines[1].time_nanos, MAX_LINES as i64 + 99);
    assert!(answer.oldest > 0 && answer.oldest <= 100, "{}", answer.oldest);
    assert_eq!(screen.given_up(), answer.oldest);
    let oldest = screen.lines(Some(0), 1);
    assert_eq!(oldest.from, answer.oldest);
    assert_eq!(oldest.lines[0].runs[0].text, format!("line {}", answer.oldest));
}

#[test]
fn colours_and_looks_are_runs() {
    let screen = fed(b"a\x1b[1;31mb\x1b[38;2;1;2;3;44mc\x1b[0md\n");
    let line = &screen.lines(None, 9).lines[0];
    let runs: Vec<_> = line.runs.iter().map(|run| (run.text.as_str(), run.fg, run.bg, run.bold)).collect();
    assert_eq!(
        runs,
        [
            ("a", Colour::Default, Colour::Default, false),
            ("b", Colour::Indexed(1), Colour::Default, true),
            ("c", Colour::Rgb(1, 2, 3), Colour::Indexed(4), true),
            ("d", Colour::Default, Colour::Default, false),
        ]
    );
}

#[test]
fn carriage_return_and_erase_rewrite_the_line() {
    assert_eq!(texts(&fed(b"10 %\r20 %\r100 %\r\ndone\x1b[2K\rready\n")), ["100 %", "ready"]);
}

#[test]
fn clearing_and_resetting_the_screen_keeps_what_was_there() {
    assert_eq!(texts(&fed(b"one\ntwo\n\x1b[2J\x1b[Hthree\n\x1bcfour\n")), ["one", "two", "three", "four"]);
}

#[test]
fn a_full_screen_program_gives_the_lines_back() {
    let mut screen = fed(b"shell\n\x1b[?1049h\x1b[Hmenu");
    assert_eq!(texts(&screen), ["menu"]);
    screen.note(Time(8), Mark::Sent, "not over the menu");
    screen.receive(Time(9), b"\x1b[?1049l");
    assert_eq!(texts(&screen), ["shell"]);
}

#[test]
fn f24_invalid_utf8_nul_bom_and_bidi_controls_are_visible() {
    let cases: [(&[u8], &str); 7] = [
        (b"a\xffb", "a\u{fffd}b"),
        (b"\xe2\x82", "\u{fffd}"),
        (b"a\0b\x7f", "a\u{2400}b\u{2421}"),
        ("\u{feff}x".as_bytes(), "‹U+FEFF›x"),
        ("abc\u{202e}fed".as_bytes(), "abc‹U+202E›fed"),
        ("zero\u{200b}width".as_bytes(), "zero‹U+200B›width"),
        (b"\xc2\x9b31mC1", "‹U+009B›31mC1"),
    ];
    for (bytes, expected) in cases {
        let mut screen = fed(bytes);
        screen.end_line(Time(8));
        assert_eq!(texts(&screen), [expected], "{bytes:?}");
    }
}

#[test]
fn f24_a_line_of_a_megabyte_wraps_and_memory_stays_bounded() {
    let mut screen = screen();
    for _ in 0..64 {
        screen.receive(Time(1), &[b'x'; 1 << 16]);
    }
    assert_eq!(screen.total(), (64u64 << 16).div_ceil(COLUMNS as u64));
    assert!(screen.past.memory() <= MAX_BYTES);
    // The most memory a line can take: every character in a look of its own.
    for n in 0..200_000u32 {
        screen.receive(Time(1), format!("\x1b[38;2;{};{};{}m\u{1f600}", n & 255, (n >> 8) & 255, n >> 16).as_bytes());
    }
    assert!(screen.past.memory() <= MAX_BYTES, "{}", screen.past.memory());
}

#[test]
fn s20_no_request_for_a_report_has_any_effect_and_strings_are_bounded() {
    // DA, DSR, DECRQSS, title report, clipboard, answerback: there is no way back to the line to test, so what is
    // tested is that nothing of them is printed and that text goes on.
    let requests = "\x1b[c\x1b[>c\x1b[6n\x1bP$qm\x1b\\\x1b[21t\x1b]52;c;?\x07\x1b]0;title\x07";
    assert_eq!(texts(&fed(format!("{requests}text\n").as_bytes())), ["text"]);
    // A control string without an end, as noise may begin one, does not swallow the device's text for ever.
    assert_eq!(texts(&fed(b"\x1b]noise\nnext line\n")), ["", "next line"]);
    let endless = fed([b"\x1bP1;2q".as_slice(), &[b'#'; 10_000], b"end"].concat().as_slice());
    assert!(texts(&endless).concat().ends_with("end"));
}

#[test]
fn a_repeat_count_is_no_lever() {
    assert_eq!(fed(b"x\x1b[65535b").total(), 2);
}

#[test]
fn r5_costly_sequences_are_limited_and_ordinary_ones_are_not() {
    // A small display that is cleared and written a hundred times a second, for a minute.
    let mut screen = screen();
    for n in 0..6000i64 {
        screen.receive(Time(0).plus_millis(n * 10), format!("\x1b[2J\x1b[H{n}").as_bytes());
    }
    assert_eq!(texts(&screen).last().unwrap(), "5999");
    assert_eq!(screen.total(), 6000);
    // Nothing but clearing, each of which archives up to a screenful: a tenth is obeyed.
    let mut screen = fed(&b"x\x1b[2J".repeat(10_000));
    assert!(screen.total() < 25_000, "{}", screen.total());
    screen.receive(Time(0).plus_millis(10_000), b"\x1b[2J\x1b[Hlater");
    assert_eq!(texts(&screen).last().unwrap(), "later");
}

#[test]
fn notes_have_a_mark_and_a_line_of_their_own_and_the_look_goes_on_after_them() {
    let mut screen = fed(b"\x1b[32mgreen");
    screen.note(Time(9), Mark::Sent, "set \u{202e}speed 5");
    screen.receive(Time(10), b" still\n");
    let answer = screen.lines(Some(0), 10);
    let marks: Vec<_> = answer.lines.iter().map(|line| (line.mark, line.time_nanos)).collect();
    assert_eq!(marks, [(Mark::Received, 7), (Mark::Sent, 9), (Mark::Received, 10)]);
    assert_eq!(texts(&screen), ["green", "set ‹U+202E›speed 5", " still"]);
    assert_eq!(answer.lines[1].runs[0].fg, Colour::Default);
    assert_eq!(answer.lines[2].runs[0].fg, Colour::Indexed(2));
}

#[test]
fn a_span_is_marked_wherever_its_lines_are_by_now() {
    let mut screen = screen();
    screen.receive(Time(1), b"good\n");
    screen.begin_span();
    screen.receive(Time(2), b"bad\n");
    screen.mark_span(Mark::Rejected);
    screen.begin_span();
    for _ in 0..ROWS * 2 {
        screen.receive(Time(3), b"good\n");
    }
    let lines = screen.lines(Some(0), 100).lines;
    assert_eq!(lines.iter().filter(|line| line.mark == Mark::Rejected).count(), 1);
    assert_eq!(lines[1].mark, Mark::Rejected);
}

#[test]
fn what_a_long_line_goes_on_in_is_no_line_of_its_own() {
    let long = |rows: usize| "x".repeat(COLUMNS * (rows - 1) + 1);
    let continued = |screen: &Screen, from, rows| {
        let lines = screen.lines(from, rows).lines;
        lines.iter().map(|line| line.continued).collect::<Vec<_>>()
    };
    let full = "y".repeat(COLUMNS);
    let mut screen = fed(format!("short\n{}\n{full}\nshort\n", long(3)).as_bytes());
    assert_eq!(continued(&screen, Some(0), 9), [false, false, true, true, false, false]);
    // Wherever the line is by now: above the terminal, half above it, and where a view of it begins in its middle.
    screen.receive(Time(8), format!("{}\n", long(ROWS + 4)).as_bytes());
    let expected: Vec<bool> = [&[false, false, true, true, false, false, false][..], &[true; ROWS + 3]].concat();
    assert_eq!(continued(&screen, Some(0), u16::MAX), expected);
    for from in 0..expected.len() {
        assert_eq!(continued(&screen, Some(from as u64), 3), expected[from..expected.len().min(from + 3)], "{from}");
    }
    // A row of another mark says so.
    screen.begin_span();
    screen.receive(Time(9), format!("{}\n", long(70)).as_bytes());
    screen.mark_span(Mark::Rejected);
    let lines = screen.lines(None, 70).lines;
    let told: Vec<_> = lines.iter().filter(|line| !line.continued).map(|line| line.mark).collect();
    assert_eq!(told, [Mark::Received, Mark::Rejected], "the last 64 rows are marked");
}

#[test]
fn a_message_without_a_line_break_ends_its_line() {
    let mut screen = fed(b"{\"a\":1}");
    screen.end_line(Time(8));
    screen.end_line(Time(8));
    screen.receive(Time(9), b"{\"a\":2}");
    assert_eq!(texts(&screen), ["{\"a\":1}", "{\"a\":2}"]);
}

fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        "[ -~]{0,30}".prop_map(String::into_bytes),
        "\\PC{0,8}".prop_map(String::into_bytes),
        Just(b"\r\n".to_vec()),
        "\x1b\\[[0-9;?]{0,6}[@-~]".prop_map(String::into_bytes),
        (0..20usize).prop_map(|n| b"x\x1b[2J\x1bc".repeat(n)),
        "\x1b[ -~]{1,2}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn r3_f24_any_split_gives_the_same_screen(bytes in hostile(), at in prop::collection::vec(0..1000usize, 0..6)) {
        let whole = fed(&bytes);
        let mut split = screen();
        let mut from = 0;
        let mut cuts: Vec<usize> = at.iter().map(|at| at.min(&bytes.len()).to_owned()).collect();
        cuts.sort_unstable();
        for cut in cuts.into_iter().chain([bytes.len()]) {
            split.receive(Time(7), &bytes[from..cut]);
            from = cut;
        }
        prop_assert_eq!(whole.lines(Some(0), u16::MAX), split.lines(Some(0), u16::MAX));
    }

    #[test]
    fn s5_r5_nothing_a_device_sends_breaks_the_numbering(bytes in hostile(), note in any::<bool>()) {
        let mut screen = fed(&bytes);
        if note {
            screen.note(Time(8), Mark::Gap, "gap");
        }
        screen.receive(Time(9), &bytes);
        let answer = screen.lines(Some(0), u16::MAX);
        prop_assert!(answer.lines.len() as u64 <= answer.total - answer.from);
        prop_assert_eq!(answer.total, screen.total());
    }
}
