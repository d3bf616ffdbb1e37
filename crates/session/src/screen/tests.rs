#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::query::{Colour, ScreenLine};
use proptest::prelude::*;

fn screen() -> Screen {
    Screen::new().unwrap()
}

fn fed(bytes: &[u8]) -> Screen {
    let mut screen = screen();
    screen.receive(Time(7), bytes);
    screen
}

fn texts(screen: &mut Screen) -> Vec<String> {
    let lines = screen.lines(Some(0), u16::MAX).lines;
    lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
}

#[test]
fn lines_are_numbered_from_the_first_ever_and_the_oldest_go() {
    let mut screen = screen();
    let count = MAX_LINES + 50_000;
    for n in 0..count {
        screen.receive(Time(n as i64), format!("line {n}\n").as_bytes());
    }
    assert_eq!(screen.total(), count);
    let answer = screen.lines(None, 2);
    assert_eq!(answer.from, screen.total() - 2);
    assert_eq!(answer.lines[1].runs[0].text, format!("line {}", count - 1));
    assert_eq!(answer.lines[1].time_nanos, count as i64 - 1);
    // They go by the page.
    assert!(answer.oldest > 0 && count - answer.oldest >= MAX_LINES, "{}", answer.oldest);
    assert_eq!(screen.given_up(), answer.oldest);
    let oldest = screen.lines(Some(0), 1);
    assert_eq!(oldest.from, answer.oldest);
    assert_eq!(oldest.lines[0].runs[0].text, format!("line {}", answer.oldest));
}

#[test]
fn colours_and_looks_are_runs() {
    let mut screen = fed(b"a\x1b[1;31mb\x1b[38;2;1;2;3;44mc\x1b[0md\n");
    let line = &mut screen.lines(None, 9).lines[0];
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
    assert_eq!(texts(&mut fed(b"10 %\r20 %\r100 %\r\ndone\x1b[2K\rready\n")), ["100 %", "ready"]);
}

#[test]
fn clearing_and_resetting_the_screen_keeps_what_was_there() {
    assert_eq!(texts(&mut fed(b"one\ntwo\n\x1b[2J\x1b[Hthree\n\x1bcfour\n")), ["one", "two", "three", "four"]);
}

#[test]
fn a_full_screen_program_gives_the_lines_back() {
    let mut screen = fed(b"shell\n\x1b[?1049h\x1b[Hmenu");
    assert_eq!(texts(&mut screen), ["menu"]);
    screen.note(Time(8), Mark::Sent, "not over the menu");
    screen.receive(Time(9), b"\x1b[?1049l");
    assert_eq!(texts(&mut screen), ["shell"]);
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
        assert_eq!(texts(&mut screen), [expected], "{bytes:?}");
    }
}

#[test]
fn f24_a_line_of_a_megabyte_wraps_and_memory_stays_bounded() {
    let mut screen = screen();
    for _ in 0..64 {
        screen.receive(Time(1), &[b'x'; 1 << 16]);
    }
    let rows = screen.lines(Some(0), u16::MAX).lines;
    let text = |line: &ScreenLine| line.runs.iter().map(|run| run.text.len()).sum::<usize>();
    assert_eq!(rows.iter().map(text).sum::<usize>(), 64 << 16);
    assert!(rows[..rows.len() - 1].iter().all(|line| text(line) <= pages::LINE));
    assert!(rows[1..rows.len() - 1].iter().all(|line| line.continued) && !rows[0].continued);
    assert!(screen.past.pages.memory() <= MAX_BYTES);
    // The most memory a line can take: every character in a look of its own.
    for n in 0..200_000u32 {
        screen.receive(Time(1), format!("\x1b[38;2;{};{};{}m\u{1f600}", n & 255, (n >> 8) & 255, n >> 16).as_bytes());
    }
    assert!(screen.past.pages.memory() <= MAX_BYTES, "{}", screen.past.pages.memory());
    // The same within bounds that are soon reached.
    let mut pages = pages::Pages::new(100_000, 4 << 20);
    for n in 0..3_000_000u32 {
        if n % 50 == 0 {
            pages.begin(past::FRESH, false);
        }
        let [r, g, b, _] = n.to_le_bytes();
        pages.push("\u{1f600}", look::Look { fg: Colour::Rgb(r, g, b), ..look::Look::default() });
        assert!(pages.memory() <= 4 << 20, "{}", pages.memory());
    }
    assert!(pages.oldest() > 0 && pages.next() == 60_000);
}

#[test]
fn s20_no_request_for_a_report_has_any_effect_and_strings_are_bounded() {
    // DA, DSR, DECRQSS, title report, clipboard, answerback: there is no way back to the line to test, so what is
    // tested is that nothing of them is printed and that text goes on.
    let requests = "\x1b[c\x1b[>c\x1b[6n\x1bP$qm\x1b\\\x1b[21t\x1b]52;c;?\x07\x1b]0;title\x07";
    assert_eq!(texts(&mut fed(format!("{requests}text\n").as_bytes())), ["text"]);
    // A control string without an end, as noise may begin one, does not swallow the device's text for ever.
    assert_eq!(texts(&mut fed(b"\x1b]noise\nnext line\n")), ["", "next line"]);
    let mut endless = fed([b"\x1bP1;2q".as_slice(), &[b'#'; 10_000], b"end"].concat().as_slice());
    assert!(texts(&mut endless).concat().ends_with("end"));
}

#[test]
fn a_repeat_count_is_no_lever() {
    let printed = texts(&mut fed(b"x\x1b[65535b")).concat();
    assert_eq!(printed.len(), 1 + usize::from(MAX_REPEAT));
}

#[test]
fn r5_costly_sequences_are_limited_and_ordinary_ones_are_not() {
    // A small display that is cleared and written a hundred times a second, for a minute.
    let mut screen = screen();
    for n in 0..6000i64 {
        screen.receive(Time(0).plus_millis(n * 10), format!("\x1b[2J\x1b[H{n}").as_bytes());
    }
    assert_eq!(texts(&mut screen).last().unwrap(), "5999");
    assert_eq!(screen.total(), 6000);
    // Nothing but clearing, each of which archives up to a screenful: a tenth is obeyed.
    let mut screen = fed(&b"x\x1b[2J".repeat(10_000));
    assert!(screen.total() < 25_000, "{}", screen.total());
    screen.receive(Time(0).plus_millis(10_000), b"\x1b[2J\x1b[Hlater");
    assert_eq!(texts(&mut screen).last().unwrap(), "later");
}

#[test]
fn notes_have_a_mark_and_a_line_of_their_own_and_the_look_goes_on_after_them() {
    let mut screen = fed(b"\x1b[32mgreen");
    screen.note(Time(9), Mark::Sent, "set \u{202e}speed 5");
    screen.receive(Time(10), b" still\n");
    let answer = screen.lines(Some(0), 10);
    let marks: Vec<_> = answer.lines.iter().map(|line| (line.mark, line.time_nanos)).collect();
    assert_eq!(marks, [(Mark::Received, 7), (Mark::Sent, 9), (Mark::Received, 10)]);
    assert_eq!(texts(&mut screen), ["green", "set ‹U+202E›speed 5", " still"]);
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
fn a_line_is_one_however_many_rows_it_takes_and_wherever_it_is() {
    let long = |rows: usize| "x".repeat(COLUMNS * (rows - 1) + 1);
    let full = "y".repeat(COLUMNS);
    let mut screen = fed(format!("short\n{}\n{full}\nshort\n", long(3)).as_bytes());
    assert_eq!(texts(&mut screen), ["short", &long(3), &full, "short"]);
    // Through the terminal proper, half above it, and put by.
    let lines = [&long(5), "\u{b0}", &long(6), "b", &long(2)];
    let mut screen = fed(format!("\x1b[H{}", lines.join("\r\n")).as_bytes());
    assert_eq!(texts(&mut screen), lines);
    for _ in 0..ROWS {
        screen.receive(Time(8), "\u{b5}\n".as_bytes());
        assert_eq!(texts(&mut screen)[..4], lines[..4]);
    }
}

#[test]
fn columns_follow_and_lines_stay_lines_with_their_times_and_marks() {
    let mut screen = screen();
    let long = "0123456789".repeat(20);
    for (n, mark) in [Mark::Received, Mark::Rejected, Mark::Received].into_iter().enumerate() {
        screen.begin_span();
        screen.receive(Time(n as i64 + 1), format!("{n} {long}\n").as_bytes());
        if mark == Mark::Rejected {
            screen.mark_span(mark);
        }
    }
    screen.receive(Time(9), b"prompt> ");
    let before = screen.lines(Some(0), 99);
    assert_eq!(before.cursor, Some((3, 8)));
    for columns in [20, 500, 45, 132] {
        screen.set_columns(columns);
        let after = screen.lines(Some(0), 99);
        assert_eq!(after.lines, before.lines, "{columns}");
        assert_eq!(after.cursor, before.cursor, "{columns}");
    }
    screen.set_columns(45);
    screen.receive(Time(10), b"\x1b[2K\rnew");
    assert_eq!(texts(&mut screen).last().unwrap(), "new");
}

#[test]
fn rows_follow_and_lines_stay_lines_with_their_times_and_marks() {
    let mut screen = screen();
    for n in 0..60 {
        screen.begin_span();
        screen.receive(Time(n), format!("line {n} \x1b[31mred\x1b[0m\n").as_bytes());
        if n % 7 == 0 {
            screen.mark_span(Mark::Rejected);
        }
    }
    screen.receive(Time(99), b"prompt> ");
    let before = screen.lines(Some(0), 99);
    assert_eq!(before.cursor, Some((60, 8)));
    for (columns, rows) in [(132, 8), (132, 50), (20, 4), (60, 120), (132, 24)] {
        screen.set_size(columns, rows);
        assert_eq!(screen.size(), (columns, rows));
        let after = screen.lines(Some(0), 99);
        assert_eq!(after.lines, before.lines, "{columns} × {rows}");
        assert_eq!(after.cursor, before.cursor, "{columns} × {rows}");
    }
    // A program that takes the whole screen has these rows, and leaves what was there before.
    screen.set_size(132, 10);
    screen.receive(Time(100), b"\x1b[?1049h\x1b[H\x1b[2Jtop\x1b[99;1Hbottom");
    let lines = screen.lines(None, 10).lines;
    let text = |at: usize| lines[at].runs.iter().map(|run| run.text.as_str()).collect::<String>();
    assert_eq!((lines.len(), text(0).trim_end(), text(9).trim_end()), (10, "top", "bottom"));
    screen.receive(Time(101), b"\x1b[?1049l\ndone");
    assert_eq!(texts(&mut screen).last().unwrap(), "done");
}

#[test]
fn a_message_without_a_line_break_ends_its_line() {
    let mut screen = fed(b"{\"a\":1}");
    screen.end_line(Time(8));
    screen.end_line(Time(8));
    screen.receive(Time(9), b"{\"a\":2}");
    assert_eq!(texts(&mut screen), ["{\"a\":1}", "{\"a\":2}"]);
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
        let mut whole = fed(&bytes);
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

/// Lines of every kind, many more than the terminal has rows.
fn logs() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        20 => "[ -~]{0,60}\r?\n",
        4 => "(\x1b\\[[0-9]{1,2}m[a-z ]{0,9}){1,3}\n",
        1 => "[ -~]{150,1500}\n",
        1 => "[a-z]{0,9}\r[A-Z]{0,5}\n",
        1 => "\\PC{1,9}\n",
        1 => "[a-z]{1,9}\t[a-z]{1,9}\n",
        1 => Just("\x1b[2J\x1b[H".to_owned()),
        1 => Just("\x1b[5A\x1b[3G".to_owned()),
        1 => Just("\x1b[3;7r".to_owned()),
        1 => Just("\x1b[r".to_owned()),
        1 => Just("\x1b[1;1H\x1b[J".to_owned()),
        1 => Just("\x1b[44m".to_owned()),
    ];
    prop::collection::vec(line, 0..400).prop_map(|lines| lines.concat().into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The short way leads where the long way does: one that is looked at after every line never takes it.
    #[test]
    fn r3_lines_put_by_are_the_lines_the_terminal_would_have_made(bytes in logs(), cut in 1..700usize) {
        let mut quick = screen();
        let mut slow = screen();
        for piece in bytes.chunks(cut) {
            quick.receive(Time(7), piece);
        }
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            slow.receive(Time(7), piece);
            slow.settle();
        }
        let (quick, slow) = (quick.lines(Some(0), u16::MAX), slow.lines(Some(0), u16::MAX));
        prop_assert_eq!(quick.cursor, slow.cursor);
        prop_assert_eq!(quick.total, slow.total);
        let plain = |line: &ScreenLine| line.runs.iter().map(|run| run.text.as_str()).collect::<String>().trim_end().to_owned();
        for (quick, slow) in quick.lines.iter().zip(&slow.lines) {
            prop_assert_eq!(plain(quick), plain(slow));
            let look = |line: &ScreenLine| line.runs.iter().filter(|run| !run.text.trim().is_empty()).cloned().collect::<Vec<_>>();
            prop_assert_eq!(look(quick).len(), look(slow).len(), "{:?} {:?}", quick, slow);
        }
    }
}

mod finding {
    use super::*;
    use crate::query::{self, Find, Found, Reader};

    fn reader(text: &str, pattern: bool) -> Reader {
        let find = Some(Find { text: text.into(), pattern, case: false });
        Reader { from: Some(0), rows: 400, find, ..Reader::default() }
    }

    /// Asks until everything has been looked at.
    fn found(screen: &mut Screen, reader: &Reader) -> (query::Screen, Found) {
        for _ in 0..2000 {
            let answer = screen.read(reader, 400);
            if let Some(found) = answer.found.clone().filter(|found| found.percent == 100) {
                return (answer, found);
            }
        }
        panic!("the search does not end");
    }

    fn log() -> Screen {
        let mut screen = screen();
        for n in 0..50_000 {
            let kind = if n % 1000 == 7 { "Error" } else { "info" };
            screen.receive(Time(n), format!("{n} {kind} speed={}\n", n % 13).as_bytes());
        }
        screen
    }

    #[test]
    fn a_text_and_a_pattern_find_the_same_lines_whatever_the_capitals() {
        let mut screen = log();
        for reader in [reader("ERROR", false), reader("err(or)+\\b", true)] {
            let (_, found) = found(&mut screen, &reader);
            assert_eq!(found.lines, 50);
            assert_eq!((found.wrong, found.place), (None, None));
        }
        let case = Find { text: "ERROR".into(), pattern: false, case: true };
        let (_, found) = found(&mut screen, &Reader { find: Some(case), ..reader("", false) });
        assert_eq!(found.lines, 0);
    }

    #[test]
    fn the_way_from_line_to_line_goes_round() {
        let mut screen = log();
        let at = |current| Reader { current: Some(current), ..reader("error", false) };
        let (_, first) = found(&mut screen, &at(0));
        assert_eq!((first.previous, first.place, first.next), (Some(49_007), None, Some(7)));
        let (_, second) = found(&mut screen, &at(1007));
        assert_eq!((second.previous, second.place, second.next), (Some(7), Some(2), Some(2007)));
        let (_, last) = found(&mut screen, &at(49_007));
        assert_eq!((last.previous, last.place, last.next), (Some(48_007), Some(50), Some(7)));
    }

    #[test]
    fn only_lines_found_are_shown_where_that_is_wanted_and_new_ones_come_in() {
        let mut screen = log();
        let only = Reader { only_found: true, ..reader("error", false) };
        let (answer, _) = found(&mut screen, &only);
        assert_eq!((answer.oldest, answer.total, answer.lines.len()), (0, 50, 50));
        assert_eq!(answer.lines[1].number, 1007);
        assert_eq!(answer.lines[1].matches, [(5, 10)]);
        screen.receive(Time(1), b"one more error\nand something else\n");
        let (answer, found) = found(&mut screen, &Reader { from: Some(49), ..only });
        assert_eq!(found.lines, 51);
        assert_eq!(answer.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [49_007, 50_000]);
    }

    #[test]
    fn what_is_cleared_or_came_since_the_view_stands_still_is_not_among_the_lines_found() {
        let mut screen = log();
        let only = Reader { only_found: true, since: 1007, until: Some(4007), ..reader("error", false) };
        let numbers = |answer: &query::Screen| answer.lines.iter().map(|line| line.number).collect::<Vec<_>>();
        let (answer, _) = found(&mut screen, &only);
        assert_eq!(numbers(&answer), [1007, 2007, 3007]);
        assert_eq!((answer.total - answer.oldest, answer.ever), (3, 50_000));
        // The view was cleared at the end: only what comes from now on is shown.
        let cleared = Reader { since: 50_000, until: None, ..only };
        assert!(found(&mut screen, &cleared).0.lines.is_empty());
        screen.receive(Time(1), b"one more error\nand something else\n");
        assert_eq!(numbers(&found(&mut screen, &cleared).0), [50_000]);
    }

    #[test]
    fn the_text_of_the_lines_found_is_theirs_alone() {
        let mut screen = log();
        for reader in [reader("v=5", false), reader("eed=5$", true), reader("D=5", false)] {
            let (mut text, mut from, mut lines) = (String::new(), 100, 0);
            while from < 50_000 {
                let part = screen.text(from, Some(50_000), reader.find.as_ref());
                assert!(part.next > from);
                (from, lines) = (part.next, lines + part.lines);
                text.push_str(&part.text);
            }
            let wanted: String = match reader.find.as_ref().unwrap().text.as_str() {
                "v=5" => String::new(),
                _ => (100..50_000).filter(|n| n % 13 == 5).map(line_of).collect(),
            };
            assert_eq!((lines, text == wanted), (wanted.lines().count() as u64, true));
        }
    }

    #[test]
    fn a_pattern_that_is_none_hides_no_line_and_says_why() {
        let mut screen = log();
        let only = Reader { only_found: true, from: None, rows: 5, ..reader("error(", true) };
        let (answer, found) = found(&mut screen, &only);
        let numbers: Vec<u64> = answer.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [49_995, 49_996, 49_997, 49_998, 49_999]);
        assert_eq!((answer.oldest, answer.total, found.lines), (0, 50_000, 0));
        assert!(found.wrong.is_some());
        // What is saved is what is seen.
        let part = screen.text(49_998, Some(50_000), only.find.as_ref());
        assert_eq!((part.lines, part.text), (2, line_of(49_998) + &line_of(49_999)));
    }

    fn line_of(n: i64) -> String {
        format!("{n} {} speed={}\n", if n % 1000 == 7 { "Error" } else { "info" }, n % 13)
    }

    #[test]
    fn no_match_reaches_over_the_end_of_a_line() {
        let mut screen = screen();
        for _ in 0..400 {
            screen.receive(Time(1), b"ab\ncd\n");
        }
        assert_eq!(found(&mut screen, &reader("bc", false)).1.lines, 0);
        assert_eq!(found(&mut screen, &reader("b", false)).1.lines, 400);
    }

    #[test]
    fn a_hostile_pattern_is_refused_or_takes_linear_time() {
        let mut screen = screen();
        for _ in 0..200 {
            screen.receive(Time(1), format!("{}b\n", "a".repeat(900)).as_bytes());
        }
        // Patterns that take exponential time where an engine goes back.
        for pattern in ["(a+)+c", "(a|a)*c", "(a*)*c", "^(([a-z])+.)+[A-Z]([a-z])+c$"] {
            assert_eq!(found(&mut screen, &reader(pattern, true)).1.lines, 0, "{pattern}");
        }
        for pattern in ["(", "a{1000}{1000}{1000}", "[z-a]", &"(".repeat(100), &"x".repeat(300)] {
            let (_, found) = found(&mut screen, &reader(pattern, true));
            assert!(found.wrong.is_some_and(|wrong| wrong.to_string().len() > 20), "{pattern}");
        }
    }

    #[test]
    fn the_text_comes_in_parts_and_long_lines_are_one_again() {
        let mut screen = screen();
        let long = "abcdefghij".repeat(500);
        let mut expected = String::new();
        for n in 0..80_000 {
            let line = if n % 19_999 == 5 { format!("{n} {long}\n") } else { format!("line {n} of this log\n") };
            screen.receive(Time(1), line.as_bytes());
            expected.push_str(&line);
        }
        let (mut text, mut from, mut parts) = (String::new(), 0, 0);
        loop {
            let part = screen.text(from, None, None);
            text.push_str(&part.text);
            parts += 1;
            assert!(part.next > from);
            from = part.next;
            if from == part.total {
                break;
            }
        }
        assert!(text == expected);
        assert!(parts > 1);
        assert_eq!(screen.text(2, Some(4), None).text, "line 2 of this log\nline 3 of this log\n");
    }
}

#[test]
fn controls_are_shown_and_not_obeyed_where_that_is_wanted() {
    let mut screen = screen();
    screen.obey(&crate::query::Reader { controls: true, ..crate::query::Reader::default() });
    screen.receive(Time(1), b"\x1b[2Jok\xff\t\r\n\x07");
    assert_eq!(texts(&mut screen), ["\u{241b}[2Jok‹FF›\u{2409}\u{240d}\u{240a}", "\u{2407}"]);
}

#[test]
fn what_is_sent_is_not_written_where_that_is_not_wanted() {
    let mut screen = screen();
    screen.obey(&crate::query::Reader { silent: true, ..crate::query::Reader::default() });
    screen.note(Time(1), Mark::Sent, "secret");
    screen.note(Time(1), Mark::Gap, "gap");
    assert_eq!(texts(&mut screen), ["gap"]);
}

#[test]
fn s25_a_program_says_whether_it_wants_pastes_between_marks() {
    let wants = |bytes: &[u8]| fed(bytes).lines(None, 1).bracketed_paste;
    assert!(!wants(b"$ "));
    assert!(wants(b"\x1b[?2004h$ "));
    assert!(wants(b"\x1b[?1;2004;25h"));
    assert!(!wants(b"\x1b[?2004h$ \x1b[?2004l\r"));
    assert!(!wants(b"\x1b[?2004h\x1bc"), "after a full reset");
    assert!(!wants(b"\x1b[2004h"), "without the question mark it is another mode");
    assert!(!wants(b"\x1b[?20041h"));
    assert!(!wants(b"[?2004h"), "text is no sequence");
    // Cut anywhere, it is the same.
    let mut screen = fed(b"\x1b[?20");
    screen.receive(Time(8), b"04h");
    assert!(screen.lines(None, 1).bracketed_paste);
    // Where controls are shown, none is obeyed.
    let mut screen = super::Screen::new().unwrap();
    screen.obey(&crate::query::Reader { controls: true, ..Default::default() });
    screen.receive(Time(8), b"\x1b[?2004h");
    assert!(!screen.lines(None, 1).bracketed_paste);
}

#[test]
fn a_program_that_places_its_text_has_the_columns_it_believes_in() {
    let reader = |columns| crate::query::Reader { columns: Some(columns), screen_rows: Some(24), ..Default::default() };
    let mut screen = screen();
    screen.obey(&reader(63));
    screen.receive(Time(1), b"$ top\r\n");
    // A line as long as the screen is believed to be wide, from the first picture on.
    let row = |mark: char| format!("{}{mark}", "x".repeat(78));
    screen.receive(Time(2), format!("\x1b[H\x1b[J{}\r\n{}\r\n", row('1'), row('2')).as_bytes());
    screen.receive(Time(3), format!("\x1b[2;1H{}\x1b[K", row('3')).as_bytes());
    screen.obey(&reader(63));
    assert_eq!(screen.lines(None, 9).size, (80, 24));
    assert_eq!(texts(&mut screen), [row('1'), row('3')]);
    // Wider is not made narrower, and when it has scrolled away, what comes is as wide as it is seen.
    screen.obey(&reader(100));
    assert_eq!(screen.size(), (100, 24));
    screen.receive(Time(4), &b"line\r\n".repeat(60));
    let _ = screen.lines(None, 9);
    screen.obey(&reader(63));
    assert_eq!(screen.size(), (63, 24));
    // The whole screen, as long as a program has it.
    screen.receive(Time(5), b"\x1b[?1049h");
    assert_eq!(screen.size(), (80, 24));
    screen.receive(Time(6), &b"\n".repeat(100));
    screen.obey(&reader(63));
    assert_eq!(screen.size(), (80, 24));
    screen.receive(Time(7), b"\x1b[?1049l");
    screen.obey(&reader(63));
    assert_eq!(screen.size(), (63, 24));
    // A device that is told the size has just that.
    screen.obey(&crate::query::Reader { exact: true, ..reader(63) });
    screen.receive(Time(8), b"\x1b[?1049h\x1b[5;5H");
    assert_eq!(screen.size(), (63, 24));
}
