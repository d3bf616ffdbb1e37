//! The way in, the way out, and what is asked in between.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod common;

use common::*;
use session::query::{Answer, Cell, FieldId, LinkState, Mark, Query, Span};
use session::wire::Event;
use session::{CloseKind, Input, LineError, Output};

#[test]
fn a_line_of_pairs_becomes_values_rows_an_envelope_and_a_line() {
    let mut bench = Bench::open(&pairs());
    bench.at(10).bytes(b"temp:21.5,hum:40\n");
    bench.at(20).bytes(b"temp:22.5,hum:41\n");
    assert_eq!(bench.value("temp"), Cell::F64(22.5));
    let messages = bench.values();
    let temp = &messages[0].fields[0];
    assert_eq!((temp.min, temp.max, temp.numeric, temp.time_nanos), (Some(21.5), Some(22.5), true, millis(20).0));
    assert_eq!(messages[0].count, 2);
    let status = bench.status();
    assert_eq!((status.samples, status.counters.frames, status.counters.bytes_good), (2, 2, 34));
    assert_eq!((status.first_byte_nanos, status.last_byte_nanos), (Some(millis(10).0), Some(millis(20).0)));
    assert_eq!(status.state, LinkState::Connected);

    let field = FieldId { table: 0, field: 0 };
    let span = Span::Fixed { from_nanos: millis(0).0, to_nanos: millis(40).0 };
    let Answer::Envelope(envelope) = bench.ask(Query::Envelope { fields: vec![field], span, width: 4 }) else {
        panic!()
    };
    let columns: Vec<_> = envelope.series[0].columns.iter().map(|column| (column.x, column.min, column.max)).collect();
    assert_eq!(columns, [(1, 21.5, 21.5), (2, 22.5, 22.5)]);

    let Answer::Rows(rows) = bench.ask(Query::Rows { table: 0, until_nanos: None, count: 1 }) else { panic!() };
    assert_eq!(rows.rows[0].0, millis(20).0);
    assert_eq!(
        bench.lines(),
        [(Mark::Received, "temp:21.5,hum:40".into()), (Mark::Received, "temp:22.5,hum:41".into())]
    );
}

#[test]
fn what_has_not_changed_is_unchanged_and_what_has_is_not() {
    let mut bench = Bench::open(&pairs());
    bench.at(10).bytes(b"temp:21.5\n");
    let span = Span::Fixed { from_nanos: millis(0).0, to_nanos: millis(40).0 };
    let queries = [
        (1, Query::Status),
        (2, Query::Values),
        (3, Query::Envelope { fields: vec![FieldId { table: 0, field: 0 }], span, width: 100 }),
        (4, Query::Screen { from: None, rows: 10 }),
        (5, Query::Rows { table: 0, until_nanos: None, count: 5 }),
        (6, Query::Rejected { count: 5 }),
    ];
    let unchanged = |bench: &mut Bench| {
        let batch = bench.session.answer(bench.now, &queries);
        batch.answers.into_iter().map(|(_, answer)| answer == Answer::Unchanged).collect::<Vec<_>>()
    };
    assert_eq!(unchanged(&mut bench), [false; 6]);
    assert_eq!(unchanged(&mut bench), [true; 6]);
    bench.bytes(b"temp:22.5\n");
    assert_eq!(unchanged(&mut bench), [false, false, false, false, false, true]);
    // Rates fall; then, in silence, nothing moves.
    bench.at(600);
    assert_eq!(unchanged(&mut bench), [false, false, true, true, true, true]);
    bench.at(60_000);
    unchanged(&mut bench);
    bench.at(61_000);
    assert_eq!(unchanged(&mut bench), [true; 6]);
    // Another query under the same number, or a number the last batch did not have, is answered.
    let other = bench.session.answer(bench.now, &[(4, Query::Screen { from: None, rows: 11 })]).answers;
    assert_ne!(other[0].1, Answer::Unchanged);
    assert!(!unchanged(&mut bench)[0]);
}

#[test]
fn a_binary_log_is_shown_with_its_level_and_a_rejected_frame_with_its_reason() {
    let mut bench = Bench::open(&layout());
    bench.bytes(&log(0, "started"));
    bench.bytes(&drive(18000, 1.5));
    bench.bytes(&log(2, "too hot\r\n"));
    let lines = [(Mark::Received, "info started".to_string()), (Mark::Received, "error too hot".to_string())];
    assert_eq!(bench.lines(), lines);
    assert_eq!(bench.value("speed"), Cell::F64(1800.0));
    let messages = bench.values();
    assert_eq!(messages.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["log", "drive"]);
    assert_eq!(messages[1].fields[0].unit, "r/min");
}

#[test]
fn f17_a_wrong_check_sequence_is_rejected_kept_with_its_bytes_and_shown() {
    for flips in [&[3usize][..], &[2, 3][..]] {
        let mut bench = Bench::open(&layout());
        let good = drive(1000, 1.1);
        let mut bad = good.clone();
        for at in flips {
            // The payload has no zero, so only the first byte is a COBS code.
            bad[*at] ^= if bad[*at] == 0x40 { 0x20 } else { 0x40 };
        }
        bench.bytes(&good);
        bench.bytes(&bad);
        bench.bytes(&good);
        let counters = bench.session.counters();
        assert_eq!((counters.frames, counters.rejected(), counters.bad_checksum), (2, 1, 1), "{counters:?}");
        assert_eq!(counters.bytes_rejected, bad.len() as u64);
        let rejected = bench.rejected();
        assert_eq!((rejected[0].at, rejected[0].len), (good.len() as u64, bad.len() as u64));
        assert_eq!(rejected[0].bytes, bad);
        assert!(rejected[0].why.contains("checksum"), "{}", rejected[0].why);
        assert_eq!(bench.lines()[0].0, Mark::Rejected);
    }
}

#[test]
fn rejected_frames_are_kept_across_chunks_and_only_the_last_hundred() {
    let mut bench = Bench::open(&layout());
    let mut bad = drive(1000, 2.0);
    bad[3] ^= 0x40;
    for n in 0..150i64 {
        bench.at(n);
        let (a, b) = bad.split_at(4);
        bench.bytes(a);
        bench.bytes(b);
    }
    let rejected = bench.rejected();
    assert_eq!(rejected.len(), 100);
    assert!(rejected.iter().all(|frame| frame.bytes == bad));
    assert_eq!(rejected[0].at, 149 * bad.len() as u64);
    // Twenty lines in the first second, and then how many more.
    assert_eq!(bench.lines().len(), 20);
    let due = bench.session.poll_timeout().unwrap();
    assert_eq!(due, millis(1000));
    bench.at(1000).input(Input::Timeout);
    assert_eq!(bench.lines().last().unwrap(), &(Mark::Gap, "… 130 more".to_string()));
    assert_eq!(bench.session.poll_timeout(), None);
}

#[test]
fn in_text_a_rejected_line_is_marked_where_it_stands() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"", ""));
    bench.bytes(b"a:1\n3 rows\na:3\n");
    let marks: Vec<Mark> = bench.lines().into_iter().map(|(mark, _)| mark).collect();
    let rejected = bench.session.counters().rejected();
    assert_eq!(rejected, 1);
    assert_eq!(marks, [Mark::Received, Mark::Rejected, Mark::Received]);
}

#[test]
fn f14_boot_noise_before_the_first_delimiter_is_no_storm_of_errors() {
    let mut bench = Bench::open(&layout());
    let noise: Vec<u8> = (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
    bench.bytes(&noise);
    bench.bytes(&[0]);
    for n in 0..10 {
        bench.bytes(&drive(n, 0.0));
    }
    let counters = bench.session.counters();
    assert_eq!(counters.frames, 10);
    assert!(counters.rejected() <= 1, "{counters:?}");
    assert_eq!(counters.bytes_rejected + counters.bytes_skipped, 5001);
}

#[test]
fn f15_no_delimiter_ever_is_bounded_and_the_next_frame_is_found() {
    let mut bench = Bench::open(&layout());
    for _ in 0..64 {
        bench.bytes(&[0x55; 1 << 16]);
    }
    let status = bench.status();
    assert_eq!(status.counters.bytes_in, 64 << 16);
    assert!(status.store_bytes <= status.budget_bytes);
    assert!(status.hint.is_some());
    bench.bytes(&[0]);
    bench.bytes(&drive(7, 1.0));
    assert_eq!(bench.session.counters().frames, 1);
    // A frame cut off by the end of the stream stays pending, and is skipped when the link closes.
    bench.bytes(&drive(7, 1.0)[..5]);
    assert_eq!(bench.session.counters().bytes_pending, 5);
    bench.closed(CloseKind::Lost, "gone");
    assert_eq!(bench.session.counters().bytes_pending, 0);
}

#[test]
fn f11_a_flood_stays_within_the_byte_budget_and_every_sample_is_counted() {
    let mut profile = layout();
    profile.budget_mib = 1;
    let mut bench = Bench::open(&profile);
    let chunk: Vec<u8> = (0..2000).flat_map(|n| drive(n, f32::from(n))).collect();
    for n in 0..100 {
        bench.at(n).bytes(&chunk);
    }
    let status = bench.status();
    assert_eq!((status.counters.frames, status.counters.samples), (200_000, 200_000));
    assert!(status.store_bytes <= 1 << 20, "{}", status.store_bytes);
    assert_eq!(status.samples + status.counters.evicted_samples, 200_000);
    assert!(status.counters.evicted_bytes > 0);
    assert_eq!(status.frames_per_second.round(), 0.0f64.max(status.frames_per_second.round()));
}

#[test]
fn lines_the_terminal_gives_up_are_counted() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"text\"", ""));
    let lines = "x\n".repeat(10_000);
    for _ in 0..100 {
        bench.bytes(lines.as_bytes());
    }
    assert_eq!(bench.session.counters().evicted_lines, 0);
    for _ in 0..3 {
        bench.bytes(lines.as_bytes());
    }
    let oldest = bench.screen().oldest;
    let given_up = bench.status().counters.evicted_lines;
    assert!((1..=30_000).contains(&given_up), "{given_up}");
    assert_eq!(given_up, oldest, "the counter and the terminal say the same");
}

#[test]
fn f1_a_break_in_mid_frame_drops_the_frame_marks_a_gap_and_leaves_the_link_open() {
    let mut bench = Bench::open(&layout());
    let good = drive(1, 1.0);
    bench.bytes(&good);
    bench.bytes(&good[..6]);
    assert_eq!(bench.at(5).input(Input::LineError(LineError::Break)), []);
    bench.at(6).bytes(&good);
    let status = bench.status();
    assert_eq!(status.state, LinkState::Connected);
    assert_eq!((status.counters.line_breaks, status.counters.gaps, status.counters.bytes_skipped), (1, 1, 6));
    assert_eq!((status.counters.frames, status.counters.rejected()), (2, 0));
    assert!(bench.lines().iter().any(|(mark, _)| *mark == Mark::Gap));
    // The line of the plot is broken there.
    let span = Span::Fixed { from_nanos: millis(0).0, to_nanos: millis(10).0 };
    let query = Query::Envelope { fields: vec![FieldId { table: 0, field: 0 }], span, width: 10 };
    let Answer::Envelope(envelope) = bench.ask(query) else { panic!() };
    assert_eq!(envelope.gaps, [(millis(5).0, millis(5).0)]);
    assert!(envelope.series[0].columns[1].broken);
}

#[test]
fn f2_a_storm_of_framing_errors_gives_a_hint_and_few_lines() {
    let mut bench = Bench::open(&pairs());
    for n in 0..1000 {
        bench.at(n).input(Input::LineError(if n % 2 == 0 { LineError::Framing } else { LineError::Parity }));
    }
    let status = bench.status();
    assert_eq!((status.counters.line_framing, status.counters.line_parity), (500, 500));
    assert!(status.hint.unwrap().contains("baud"));
    assert_eq!(status.state, LinkState::Connected);
    assert!(bench.lines().len() <= 20);
    bench.at(10_000);
    assert_eq!(bench.status().hint, None);
}

#[test]
fn f1_f2_f3_thousands_of_errors_a_second_are_counted_told_of_now_and_then_and_what_comes_between_is_decoded() {
    let mut bench = Bench::open(&pairs());
    let kinds = [LineError::Framing, LineError::Parity, LineError::Break, LineError::Overrun];
    let mut told = 0;
    // 5000 a second, for ten seconds, with a line in each hundredth of a second that came whole.
    for millis in 0..10_000 {
        bench.at(millis);
        for n in 0..5 {
            let outputs = bench.input(Input::LineError(kinds[(millis as usize + n) % 4]));
            told += outputs.len();
        }
        if millis % 10 == 9 {
            bench.bytes(format!("\ntemp:{millis}\n").as_bytes());
        }
    }
    let counters = bench.session.counters();
    let counted = [counters.line_framing, counters.line_parity, counters.line_breaks, counters.line_overruns];
    assert_eq!(counted, [12_500; 4]);
    assert!(counters.balanced(), "{counters:?}");
    assert_eq!(bench.values()[0].count, 1000, "every line that came whole is there");
    assert_eq!(bench.value("temp"), Cell::F64(9999.0));
    assert!(told < 100, "{told} messages to the page or the link of their own accord");
    let notes = bench.lines().iter().filter(|(_, line)| !line.starts_with("temp:") && !line.is_empty()).count();
    assert!(notes < 80, "{notes} lines in the terminal for 50,000 errors");
    assert_eq!(bench.status().state, LinkState::Connected);
}

#[test]
fn f3_an_overrun_marks_a_gap_and_advises() {
    let mut bench = Bench::open(&pairs());
    bench.bytes(b"temp:1\nte");
    bench.input(Input::LineError(LineError::Overrun));
    bench.bytes(b"mp:2\ntemp:3\n");
    let status = bench.status();
    assert_eq!((status.counters.line_overruns, status.counters.gaps), (1, 1));
    assert!(status.hint.unwrap().contains("buffer_bytes"));
    assert_eq!(bench.value("temp"), Cell::F64(3.0));
}

#[test]
fn f20_a_new_profile_keeps_what_was_decoded_and_a_refused_one_changes_nothing() {
    let mut bench = Bench::open(&pairs());
    bench.bytes(b"temp:21.5\n");
    let now = bench.now;
    let mut broken = pairs();
    broken.protocol = "no such protocol".into();
    assert!(bench.session.set_profile(&broken, now).is_err());
    bench.bytes(b"temp:22.5\n");
    assert_eq!(bench.values()[0].count, 2);

    bench.bytes(b"half a li");
    bench.session.set_profile(&layout(), now).unwrap();
    let counters = bench.session.counters();
    assert!(counters.balanced() && counters.bytes_skipped == 9, "{counters:?}");
    bench.bytes(&drive(5, 1.0));
    let names: Vec<String> = bench.values().into_iter().map(|message| message.name).collect();
    assert_eq!(names.len(), 2);
    assert_eq!(names[1], "drive");
    assert_eq!(bench.value("temp"), Cell::F64(22.5));
}

#[test]
fn units_of_the_profile_go_before_the_protocols() {
    let mut profile = layout();
    let unit = |name: &str, unit: &str| session::profile::FieldUnit { name: name.into(), unit: unit.into() };
    profile.fields = vec![unit("torque", "?"), unit("drive.torque", "N.m")];
    let mut bench = Bench::open(&profile);
    bench.bytes(&drive(1, 1.0));
    let fields = bench.values().remove(0).fields;
    assert_eq!((fields[0].unit.as_str(), fields[1].unit.as_str()), ("r/min", "N.m"));
}

#[test]
fn a_whole_message_is_a_frame_and_a_line() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"json\"\nframing = \"whole\"", ""));
    bench.message(br#"{"a":1,"b":{"c":2.5}}"#);
    bench.bytes(br#"{"a":"#);
    assert_eq!(bench.session.counters().bytes_pending, 5);
    bench.message(b"2}");
    bench.message(b"{broken");
    assert_eq!(bench.lines().len(), 3);
    assert_eq!(bench.lines()[2], (Mark::Rejected, "{broken".to_string()));
    let counters = bench.session.counters();
    assert_eq!((counters.frames, counters.undecodable), (2, 1));
    assert_eq!(bench.rejected()[0].bytes, b"{broken");
}

#[test]
fn f15_a_message_beyond_the_limit_is_marked_its_length_told_and_its_rest_not_shown() {
    let limited = "name = \"text\"\nframing = \"whole\"\nlimit_bytes = 1000";
    let long = [b'x'; 1_000_000];
    // In one piece as WebSocket messages come, in many as the answers of HTTP do.
    for piece in [long.len(), 300, 1] {
        let mut bench = Bench::open(&profile(SOCKET, limited, ""));
        bench.message(b"before");
        for piece in long.chunks(piece) {
            bench.bytes(piece);
        }
        bench.message(b"");
        bench.message(b"after");
        let lines = bench.lines();
        assert_eq!(lines.len(), 5, "{lines:?}");
        assert_eq!((&lines[0], &lines[4]), (&(Mark::Received, "before".into()), &(Mark::Received, "after".into())));
        assert!(lines[1..4].iter().all(|(mark, _)| *mark == Mark::Rejected), "{lines:?}");
        assert_eq!(lines.iter().map(|(_, text)| text.matches("xx").count() * 2).sum::<usize>(), 1000);
        assert_eq!(lines[2].1, "rejected: longer than limit_bytes, 1000; the rest of this message is not shown");
        assert_eq!(lines[3].1, "the rejected message had 1000000 bytes");
        let counters = bench.session.counters();
        assert_eq!((counters.frames, counters.bad_oversize), (2, 1));
        assert_eq!((counters.bytes_good, counters.bytes_rejected, counters.bytes_skipped), (11, 1001, 998_999));

        // One that is never finished says nothing of the next.
        bench.bytes(&[b'y'; 2000]);
        bench.closed(CloseKind::Lost, "gone");
        bench.input(Input::Open);
        bench.input(Input::Opened);
        bench.message(b"again");
        assert_eq!(bench.lines().last(), Some(&(Mark::Received, "again".into())));
        assert_eq!(bench.session.counters().bytes_pending, 0);
    }
}

#[test]
fn rates_are_a_seconds_counts() {
    let mut bench = Bench::open(&pairs());
    for n in 0..300 {
        bench.at(n * 10).bytes(b"temp:1\n");
    }
    bench.at(3000);
    let status = bench.status();
    assert_eq!((status.bytes_per_second, status.frames_per_second), (700.0, 100.0));
    assert_eq!(bench.values()[0].rate, 100.0);
    bench.at(5000);
    assert_eq!((bench.status().bytes_per_second, bench.values()[0].rate), (0.0, 0.0));
}

#[test]
fn a_field_that_not_every_sample_has_has_a_rate_of_its_own() {
    let mut bench = Bench::open(&profile(SERIAL, "name = \"teleplot\"", ""));
    for tick in 0..300 {
        bench.at(tick * 10).bytes(b">fast:1\n");
        if tick % 10 == 0 {
            bench.bytes(b">slow:2|np\n");
        }
    }
    let message = &bench.at(3000).values()[0];
    let told = |at: usize| (message.fields[at].name.as_str(), message.fields[at].rate, message.fields[at].unplotted);
    assert_eq!(message.rate, 110.0);
    assert_eq!([told(0), told(1)], [("fast", Some(100.0), false), ("slow", Some(10.0), true)]);
    // What tells the time is no series either.
    let clocked = profile(SERIAL, "name = \"csv\"\nnames = [\"t\", \"x\"]", "[clock]\nfield = \"t\"");
    let mut bench = Bench::open(&clocked);
    bench.bytes(b"1,2\n3,4\n");
    let message = &bench.values()[0];
    assert_eq!([0, 1].map(|at| message.fields[at].unplotted), [true, false]);
    // Where every sample has every field, the message's rate is that of each.
    let mut bench = Bench::open(&common::pairs());
    for tick in 0..200 {
        bench.at(tick * 10).bytes(b"a:1,b:2\n");
    }
    let message = &bench.at(2000).values()[0];
    assert_eq!((message.rate, message.fields[0].rate, message.fields[1].rate), (100.0, None, None));
}

#[test]
fn s1_hostile_text_stays_text_everywhere() {
    let hostile =
        ["<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "javascript:alert(1)", "&lt;b&gt;", "{{7*7}}"];
    for text in hostile {
        let mut bench = Bench::open(&layout());
        bench.bytes(&log(0, text));
        assert_eq!(bench.lines()[0].1, format!("info {text}"));
        assert_eq!(bench.value("text"), Cell::Text(text.into()));
    }
    let mut bench = Bench::open(&profile(SOCKET, "name = \"json\"\nframing = \"whole\"", ""));
    bench.message(br#"{"<b>name</b>":"<i>value</i>","__proto__":1}"#);
    assert_eq!(bench.value("<b>name</b>"), Cell::Text("<i>value</i>".into()));
}

#[test]
fn f21_numbers_come_out_as_they_went_in() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"json\"\nframing = \"whole\"", ""));
    bench.message(br#"{"big":18446744073709551615,"small":-9223372036854775808,"odd":9007199254740993}"#);
    assert_eq!(bench.value("big"), Cell::U64(u64::MAX));
    assert_eq!(bench.value("small"), Cell::I64(i64::MIN));
    assert!(matches!(bench.value("odd"), Cell::I64(9_007_199_254_740_993) | Cell::U64(9_007_199_254_740_993)));
    let mut bench = Bench::open(&layout());
    bench.bytes(&drive(0, f32::NAN));
    assert!(matches!(bench.value("torque"), Cell::F32(n) if n.is_nan()));
    bench.bytes(&drive(0, -0.0));
    assert!(matches!(bench.value("torque"), Cell::F32(n) if n == 0.0 && n.is_sign_negative()));
}

#[test]
fn long_texts_are_cut_for_the_page_at_a_character() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"json\"\nframing = \"whole\"", ""));
    let long = "é".repeat(5000);
    bench.message(format!("{{\"a\":\"{long}\"}}").as_bytes());
    let Cell::Text(text) = bench.value("a") else { panic!() };
    assert_eq!(text.len(), 4096);
}

#[test]
fn queries_beyond_the_bounds_are_answered_within_them() {
    let mut bench = Bench::open(&pairs());
    bench.bytes(b"temp:1\n");
    let fields = vec![FieldId { table: 0, field: 0 }; 1000];
    let Answer::Envelope(envelope) = bench.ask(Query::Envelope { fields, span: Span::All, width: u16::MAX }) else {
        panic!()
    };
    assert_eq!(envelope.series.len(), 64);
    let missing = vec![FieldId { table: 9, field: 9 }];
    let Answer::Envelope(envelope) = bench.ask(Query::Envelope { fields: missing, span: Span::All, width: 0 }) else {
        panic!()
    };
    assert_eq!(envelope.series[0].columns, []);
    let Answer::Rows(rows) = bench.ask(Query::Rows { table: 9, until_nanos: None, count: 9 }) else { panic!() };
    assert_eq!((rows.fields.len(), rows.rows.len()), (0, 0));
    let span = Span::Fixed { from_nanos: i64::MAX, to_nanos: i64::MIN };
    let query = Query::Envelope { fields: vec![FieldId { table: 0, field: 0 }], span, width: 10 };
    assert!(matches!(bench.ask(query), Answer::Envelope(_)));
    bench.ask(Query::Envelope { fields: vec![], span: Span::Last { nanos: i64::MIN }, width: 10 });
    bench.ask(Query::Envelope { fields: vec![], span: Span::Last { nanos: i64::MAX }, width: 10 });
}

#[test]
fn an_output_is_polled_once() {
    let mut bench = Bench::new(&pairs());
    assert_eq!(bench.input(Input::Open), [Output::Open]);
    assert_eq!(bench.session.poll_output(), None);
    assert_eq!(bench.input(Input::Opened), [Output::Event(Event::Opened)]);
}

/// F24: what hides in names and texts of a device is shown in the values as it is in the terminal.
#[test]
fn f24_names_and_texts_in_the_values_show_what_hides() {
    let mut bench = Bench::open(&profile("kind = \"demo\"", "name = \"json\"", ""));
    bench.bytes("{\"\u{202e}rev\":\"a\u{200b}b\"}\n".as_bytes());
    let messages = bench.values();
    let reading = &messages[0].fields[0];
    assert_eq!((reading.name.as_str(), &reading.value), ("‹U+202E›rev", &Cell::Text("a‹U+200B›b".into())));
}

/// A server that answers with something else altogether is told from one that is silent.
#[test]
fn nothing_decodable_is_said_after_three_frames() {
    let mut bench = Bench::open(&profile("kind = \"demo\"", "name = \"json\"", ""));
    bench.bytes(b"<html>\n<body>\n");
    assert_eq!(bench.status().hint, None);
    bench.bytes(b"</html>\n");
    assert!(bench.status().hint.is_some_and(|hint| hint.contains("does the device speak json?")));
}

#[test]
fn f20_a_profile_that_decodes_the_same_begins_nothing_anew() {
    let mut bench = Bench::open(&pairs());
    bench.bytes(b"temp:22.5\nte");
    let tile = "[[tile]]\nkind = \"number\"\nfield = \"temp\"\n";
    let now = bench.now;
    bench.session.set_profile(&profile(SERIAL, "name = \"pairs\"", tile), now).unwrap();
    bench.bytes(b"mp:23.5\n");
    let values = bench.values();
    assert_eq!((values.len(), values[0].count), (1, 2));
    assert_eq!(bench.session.counters().bytes_skipped, 0, "what was pending is pending");
    assert_eq!(bench.session.profile().dashboard.tiles.len(), 1);
}

#[test]
fn a_whole_reading_between_fractions_has_the_decimals_its_field_ever_needed() {
    let mut bench = Bench::open(&pairs());
    let mut decimals = |line: &str| {
        bench.bytes(line.as_bytes());
        bench.values()[0].fields[0].decimals
    };
    assert_eq!(["t:22\n", "t:22.5\n", "t:23\n", "t:22.125\n", "t:22\n"].map(&mut decimals), [0, 1, 1, 3, 3]);
}
