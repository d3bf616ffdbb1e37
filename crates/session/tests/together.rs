//! Several sessions asked at once: their lines in the order in which they came, their fields in one picture.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_wrap)]

mod common;

use common::{Bench, SERIAL, SOCKET, millis, profile};
use session::query::{
    Answer, FieldId, Mark, Merge, Merged, Query, Span, Start, Together as Asked, own_table, table_of,
};
use session::together::{Sessions, Together};
use session::wire::SessionId;
use session::{CloseKind, Input};

/// Two devices that speak in lines, one on a wire and one on a network.
struct Two {
    wired: Bench,
    network: Bench,
    together: Together,
}

impl Two {
    fn new() -> Two {
        let lines = |link| Bench::open(&profile(link, "name = \"pairs\"", ""));
        Two { wired: lines(SERIAL), network: lines(SOCKET), together: Together::default() }
    }

    fn ask(&mut self, now: i64, query: Query) -> Answer {
        let mut sessions = Sessions::from([(1, &mut self.wired.session), (2, &mut self.network.session)]);
        self.together.answer(millis(now), &mut sessions, &[(7, query)]).answers.remove(0).1
    }

    fn merged(&mut self, merge: Merge) -> Merged {
        match self.ask(9_999, Query::Merge(Box::new(merge))) {
            Answer::Merged(merged) => *merged,
            other => panic!("{other:?}"),
        }
    }
}

fn all(sessions: &[SessionId]) -> Merge {
    Merge { sessions: sessions.to_vec(), start: Start::Line(0), rows: 400, until_nanos: None }
}

fn told(merged: &Merged) -> Vec<(u16, String)> {
    let text = |line: &session::query::ScreenLine| line.runs.iter().map(|run| run.text.as_str()).collect::<String>();
    merged.whose.iter().copied().zip(merged.screen.lines.iter().map(text)).collect()
}

fn lines(expected: &[(u16, &str)]) -> Vec<(u16, String)> {
    expected.iter().map(|(whose, text)| (*whose, (*text).to_owned())).collect()
}

#[test]
fn lines_stand_in_the_order_in_which_they_came() {
    let mut two = Two::new();
    two.wired.at(10).bytes(b"a=1\r\na=2\r\n");
    two.network.at(20).bytes(b"b=1\n");
    two.wired.at(30).bytes(b"a=3\r\n");
    two.network.at(30).bytes(b"b=2\n");
    two.wired.at(40).input(Input::Send { bytes: b"go\n", wrap: false });
    two.wired.input(Input::Transmitted(3));
    two.network.at(50).bytes(b"b=3\n");
    let merged = two.merged(all(&[1, 2]));
    let expected = [(0, "a=1"), (0, "a=2"), (1, "b=1"), (0, "a=3"), (1, "b=2"), (0, "go"), (1, "b=3")];
    assert_eq!(told(&merged), lines(&expected));
    assert_eq!(merged.screen.lines[5].mark, Mark::Sent);
    let numbers: Vec<u64> = merged.screen.lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6]);
    // Of the same time, whoever is named first is first.
    let other: Vec<u16> = two.merged(all(&[2, 1])).whose;
    assert_eq!(other, [1, 1, 0, 0, 1, 1, 0]);
    let one = two.merged(all(&[0, 2]));
    assert_eq!(told(&one), lines(&[(1, "b=1"), (1, "b=2"), (1, "b=3")]), "the other is hidden, and 0 is nobody");
}

#[test]
fn a_window_of_the_lines_is_the_same_wherever_it_begins() {
    let mut two = Two::new();
    for step in 0..200 {
        let bench = if step % 3 == 0 { &mut two.network } else { &mut two.wired };
        // Several at the same time, more than a terminal's height, and some that nothing is printed to: not the last.
        let line = if step % 7 == 5 { "\r\n".to_owned() } else { format!("n={step}\r\n") };
        bench.at(step / 4).bytes(line.as_bytes());
    }
    let whole = told(&two.merged(all(&[1, 2])));
    assert_eq!(whole.len(), 200);
    for from in 0..200 {
        let part = two.merged(Merge { start: Start::Line(from), rows: 7, ..all(&[1, 2]) });
        let from = usize::try_from(from).unwrap();
        assert_eq!(told(&part), whole[from..(from + 7).min(200)], "{from}");
    }
    let end = two.merged(Merge { start: Start::End, rows: 5, ..all(&[1, 2]) });
    assert_eq!((told(&end).as_slice(), end.screen.from, end.screen.total), (&whole[195..], 195, 200));
    let then = two.merged(Merge { start: Start::Time(millis(25).0), rows: 3, ..all(&[1, 2]) });
    assert_eq!(then.screen.from, 100);
    let held = two.merged(Merge { start: Start::End, rows: 3, until_nanos: Some(millis(24).0), ..all(&[1, 2]) });
    assert_eq!((told(&held).as_slice(), held.screen.total, held.screen.ever), (&whole[97..100], 100, 200));
}

#[test]
fn a_session_that_is_closed_in_the_middle_leaves_the_others_lines() {
    let mut two = Two::new();
    two.wired.at(10).bytes(b"a=1\r\n");
    two.network.at(20).bytes(b"b=1\n");
    two.network.at(30).closed(CloseKind::Lost, "gone");
    two.wired.at(40).bytes(b"a=2\r\n");
    let merged = two.merged(all(&[1, 2]));
    let marks: Vec<_> =
        merged.whose.iter().zip(&merged.screen.lines).map(|(whose, line)| (*whose, line.mark)).collect();
    let (came, gap) = (Mark::Received, Mark::Gap);
    assert_eq!(marks, [(0, came), (1, came), (1, gap), (0, came)]);
    let mut rest = Sessions::from([(1, &mut two.wired.session)]);
    let answer =
        two.together.answer(millis(50), &mut rest, &[(7, Query::Merge(Box::new(all(&[1, 2]))))]).answers.remove(0).1;
    let Answer::Merged(merged) = answer else { panic!("{answer:?}") };
    assert_eq!(told(&merged), lines(&[(0, "a=1"), (0, "a=2")]));
}

#[test]
fn a_program_that_takes_the_whole_screen_is_no_lines() {
    let mut two = Two::new();
    two.wired.at(10).bytes(b"a=1\r\n");
    two.network.at(20).bytes(b"\x1b[?1049hb=1\nb=2\n");
    let merged = two.merged(all(&[1, 2]));
    assert_eq!(merged.full_screen, [2]);
    assert!(merged.whose.iter().all(|whose| *whose == 0), "{:?}", told(&merged));
}

#[test]
fn oldest_lines_that_were_given_up_are_missing_and_the_numbers_go_on() {
    let mut two = Two::new();
    two.network.at(1).bytes(b"b=1\n");
    // More than is kept of one terminal.
    for step in 0..22 {
        two.wired.at(10 + step).bytes("a=12345\n".repeat(50_000).as_bytes());
    }
    let end = two.merged(Merge { start: Start::End, rows: 3, ..all(&[1, 2]) });
    assert_eq!(end.screen.total, 1_100_001);
    assert!(end.screen.oldest > 0);
    let first = two.merged(Merge { start: Start::Line(0), rows: 2, ..all(&[1, 2]) });
    assert_eq!(first.screen.from, end.screen.oldest);
    assert_eq!(told(&first), lines(&[(1, "b=1"), (0, "a=12345")]));
}

#[test]
fn what_did_not_change_is_not_said_again() {
    let mut two = Two::new();
    two.wired.at(10).bytes(b"a=1\r\n");
    let question = Query::Merge(Box::new(all(&[1, 2])));
    assert!(matches!(two.ask(20, question.clone()), Answer::Merged(_)));
    assert_eq!(two.ask(30, question.clone()), Answer::Unchanged);
    two.network.at(40).bytes(b"b=1\n");
    assert!(matches!(two.ask(50, question), Answer::Merged(_)));
}

#[test]
fn fields_of_two_devices_are_one_picture_with_each_ones_gaps() {
    let mut two = Two::new();
    for step in 1..10 {
        two.wired.at(step * 100).bytes(format!("a={step}\n").as_bytes());
        two.network.at(step * 100 + 5).bytes(format!("b={}\n", step * 10).as_bytes());
    }
    two.network.at(950).closed(CloseKind::Lost, "gone");
    let asked = |query| Query::Together(Box::new(Asked { sessions: vec![0, 2, 1], query }));
    let Answer::Values(messages) = two.ask(1_000, asked(Query::Values)) else { panic!("values") };
    let tables: Vec<_> =
        messages.iter().map(|message| (own_table(message.table), message.fields[0].name.clone())).collect();
    assert_eq!(tables, [((1, 0), "b".to_owned()), ((2, 0), "a".to_owned())]);
    let fields: Vec<FieldId> = [2, 1].map(|place| FieldId { table: table_of(place, 0).unwrap(), field: 0 }).into();
    let question = Query::Envelope { fields: fields.clone(), span: Span::Last { nanos: 1_000_000_000 }, width: 100 };
    let Answer::Envelope(envelope) = two.ask(1_000, asked(question)) else { panic!("envelope") };
    // One of them is there: its present is that of both.
    assert!((millis(1_000).0..millis(1_020).0).contains(&envelope.to_nanos), "{}", envelope.to_nanos);
    let ids: Vec<FieldId> = envelope.series.iter().map(|series| series.id).collect();
    assert_eq!(ids, fields);
    let last: Vec<f64> = envelope.series.iter().map(|series| series.columns.last().unwrap().last).collect();
    assert_eq!(last, [9.0, 90.0]);
    assert_eq!((envelope.gaps.len(), envelope.whose.as_slice()), (1, [1].as_slice()), "the gap is the network's");
    let rows = Query::Rows { table: fields[1].table, until_nanos: None, count: 3 };
    let Answer::Rows(rows) = two.ask(1_000, asked(rows)) else { panic!("rows") };
    assert_eq!((rows.table, rows.rows.len(), rows.rows[0].0), (fields[1].table, 3, millis(905).0));
    assert_eq!(table_of(0, 5000), None, "more tables than have a number");
}

#[test]
fn rows_of_two_devices_are_one_table_in_order_of_time() {
    let mut two = Two::new();
    two.wired.at(10).bytes(b"a=1\r\n");
    two.network.at(20).bytes(b"b=7.5\n");
    two.wired.at(30).bytes(b"a=2\r\n");
    let fields = [0, 1].map(|place| FieldId { table: table_of(place, 0).unwrap(), field: 0 }).to_vec();
    let query = Query::Csv { fields, from_nanos: millis(0).0, to_nanos: millis(99).0, next: Vec::new() };
    let asked = Asked { sessions: vec![1, 2], query };
    let Answer::Csv(csv) = two.ask(99, Query::Together(Box::new(asked))) else { panic!("rows as text") };
    let text = session::csv_heads(&["wired".into(), "=network [V]".into()]) + &csv.text;
    let cells: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let beside: Vec<_> = cells.iter().map(|row| &row[1..]).collect();
    assert_eq!(beside, [["wired", "'=network [V]"], ["1", ""], ["", "7.5"], ["2", ""]]);
    assert!(cells[1][0].ends_with(".010000000Z") && cells[2][0].ends_with(".020000000Z"), "{text}");
    assert_eq!((csv.rows, csv.missed, csv.next), (3, 0, None));
}
