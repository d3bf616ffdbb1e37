//! A fleet's table: states, order, filter, groups, trends, bounds.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use session::fleet::{Fleet, Heard, MAX_COLUMNS, Taken};
use session::query::{Cell, FleetLine, FleetQuery, FleetRow, FleetTable, GroupKey, SortKey, State};
use session::{Profile, Time};

const SECOND: i64 = 1_000_000_000;

fn fleet() -> Fleet {
    let text = "name = \"Meters\"\n[link]\nkind = \"websocket\"\nurl = \"ws://meters.example\"\n[protocol]\nname = \"json\"\n\
                [[fields]]\nname = \"flow\"\nunit = \"L/h\"\n[sequence]\nfield = \"seq\"\nbits = 8\n";
    Fleet::new(&Profile::parse(text).unwrap()).unwrap()
}

fn say(fleet: &mut Fleet, seconds: i64, device: &str, payload: &str) -> Taken {
    hear(fleet, seconds, device, payload, false)
}

fn hear(fleet: &mut Fleet, seconds: i64, device: &str, payload: &str, retained: bool) -> Taken {
    let payload = payload.as_bytes();
    fleet.hear(Time(seconds * SECOND), &Heard { device, protocol: 0, payload, retained })
}

fn asked() -> FleetQuery {
    FleetQuery { count: 400, ..FleetQuery::default() }
}

fn rows(table: &FleetTable) -> Vec<&FleetRow> {
    let row = |line: &'_ FleetLine| matches!(line, FleetLine::Device(_));
    table
        .rows
        .iter()
        .filter(|line| row(line))
        .map(|line| match line {
            FleetLine::Device(row) => row,
            FleetLine::Group { .. } => unreachable!(),
        })
        .collect()
}

fn names(table: &FleetTable) -> Vec<&str> {
    rows(table).iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn a_row_has_the_latest_of_every_field() {
    let mut fleet = fleet();
    say(&mut fleet, 1, "wm-2", r#"{"flow": 46.5, "place": "Lindenhof 2"}"#);
    say(&mut fleet, 2, "wm-2", r#"{"flow": 47, "open": true}"#);
    say(&mut fleet, 2, "wm-1", r#"{"battery": 88}"#);
    let table = fleet.table(Time(3 * SECOND), &asked());
    let columns: Vec<_> = table.columns.iter().map(|column| (column.name.as_str(), column.unit.as_str())).collect();
    assert_eq!(columns, [("flow", "L/h"), ("place", ""), ("open", ""), ("battery", "")]);
    let [one, two] = rows(&table)[..] else { panic!() };
    assert_eq!(one.cells, [Cell::Null, Cell::Null, Cell::Null, Cell::F64(88.0)]);
    assert_eq!(two.cells, [Cell::F64(47.0), Cell::Text("Lindenhof 2".into()), Cell::Bool(true), Cell::Null]);
    assert_eq!((two.messages, two.rejected, two.seen_nanos), (2, 0, Some(2 * SECOND)));
}

#[test]
fn a_device_is_connected_stale_silent_offline_or_in_error() {
    let mut fleet = fleet();
    fleet.set_stale(10);
    say(&mut fleet, 1, "stale", r#"{"a": 1}"#);
    say(&mut fleet, 20, "here", r#"{"a": 1}"#);
    hear(&mut fleet, 20, "kept", r#"{"a": 1}"#, true);
    say(&mut fleet, 20, "gone", r#"{"a": 1}"#);
    fleet.tell_presence("gone", false, None);
    assert!(matches!(say(&mut fleet, 20, "wrong", "{"), Taken::Rejected(_)));
    let query = FleetQuery { sort: SortKey::State, ..asked() };
    let table = fleet.table(Time(21 * SECOND), &query);
    let states: Vec<_> = rows(&table).iter().map(|row| (row.name.as_str(), row.state)).collect();
    let expected = [
        ("wrong", State::Error),
        ("gone", State::Offline),
        ("stale", State::Stale),
        ("kept", State::Silent),
        ("here", State::Connected),
    ];
    assert_eq!(states, expected);
    assert_eq!(table.counts, [1; 5]);
    assert_eq!(table.ruler, expected.map(|(_, state)| state));
    let only = FleetQuery { states: vec![State::Stale, State::Error], ..query.clone() };
    let table = fleet.table(Time(21 * SECOND), &only);
    assert_eq!((names(&table), table.shown, table.counts), (vec!["wrong", "stale"], 2, [1; 5]));
    // What a device says itself is later than what was told of it.
    say(&mut fleet, 22, "gone", r#"{"a": 2}"#);
    assert_eq!(fleet.table(Time(22 * SECOND), &query).counts, [1, 0, 1, 1, 2]);
}

#[test]
fn names_are_sorted_by_the_numbers_in_them() {
    let mut fleet = fleet();
    for name in ["wm-10", "wm-9", "WM-08", "alpha", "wm-9b"] {
        say(&mut fleet, 1, name, "{}");
    }
    let table = fleet.table(Time(SECOND), &asked());
    assert_eq!(names(&table), ["alpha", "WM-08", "wm-9", "wm-9b", "wm-10"]);
}

#[test]
fn devices_without_a_value_come_last_whichever_way() {
    let mut fleet = fleet();
    for (name, payload) in [("a", r#"{"v": 2}"#), ("b", r#"{"w": 1}"#), ("c", r#"{"v": -3}"#), ("d", r#"{"v": 10}"#)] {
        say(&mut fleet, 1, name, payload);
    }
    let by = |descending| FleetQuery { sort: SortKey::Column(0), descending, ..asked() };
    assert_eq!(names(&fleet.table(Time(SECOND), &by(false))), ["c", "a", "d", "b"]);
    assert_eq!(names(&fleet.table(Time(SECOND), &by(true))), ["d", "a", "c", "b"]);
}

#[test]
fn f33_rows_that_are_held_keep_their_places_whatever_comes() {
    let mut fleet = fleet();
    for number in 0..5 {
        say(&mut fleet, 1, &format!("m{number}"), &format!("{{\"v\": {number}}}"));
    }
    let query = FleetQuery { sort: SortKey::Column(0), hold: true, ..asked() };
    assert_eq!(names(&fleet.table(Time(SECOND), &query)), ["m0", "m1", "m2", "m3", "m4"]);
    say(&mut fleet, 2, "m0", r#"{"v": 100}"#);
    say(&mut fleet, 2, "b", r#"{"v": -1}"#);
    let table = fleet.table(Time(3 * SECOND), &query);
    assert_eq!(names(&table), ["m0", "m1", "m2", "m3", "m4", "b"], "a new one comes at the end");
    assert_eq!(rows(&table)[0].cells, [Cell::F64(100.0)], "values are the latest all the same");
    assert_eq!(table.would_move, 2, "m0 to the end, b to the beginning");
    let free = FleetQuery { hold: false, ..query };
    let table = fleet.table(Time(5 * SECOND), &free);
    assert_eq!((names(&table), table.would_move), (vec!["b", "m1", "m2", "m3", "m4", "m0"], 0));
}

#[test]
fn rows_move_once_a_second_at_most() {
    let mut fleet = fleet();
    say(&mut fleet, 1, "a", r#"{"v": 1}"#);
    say(&mut fleet, 1, "b", r#"{"v": 2}"#);
    let query = FleetQuery { sort: SortKey::Column(0), ..asked() };
    assert_eq!(names(&fleet.table(Time(SECOND), &query)), ["a", "b"]);
    say(&mut fleet, 1, "a", r#"{"v": 3}"#);
    assert_eq!(names(&fleet.table(Time(SECOND + SECOND / 2), &query)), ["a", "b"]);
    assert_eq!(names(&fleet.table(Time(2 * SECOND), &query)), ["b", "a"]);
}

#[test]
fn a_filter_has_words_and_conditions() {
    let mut fleet = fleet();
    for (name, payload) in [
        ("wm-1", r#"{"flow": 46, "place": "Lindenhof 1", "ok": true}"#),
        ("wm-2", r#"{"flow": 340, "place": "Mühlgasse 2", "ok": false}"#),
        ("wm-3", r#"{"flow": -1.5, "place": "Lindenhof 3"}"#),
    ] {
        say(&mut fleet, 1, name, payload);
    }
    let mut passing = |filter: &str| {
        let table = fleet.table(Time(SECOND), &FleetQuery { filter: filter.into(), ..asked() });
        let names = names(&table).iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().join(" ");
        table.filter.map_or(names, |why| why.to_string())
    };
    assert_eq!(passing("flow > 45"), "wm-1 wm-2");
    assert_eq!(passing("flow>=46 flow<100"), "wm-1");
    assert_eq!(passing("lindenhof"), "wm-1 wm-3");
    assert_eq!(passing("LINDEN flow < 0"), "wm-3");
    assert_eq!(passing("flow = −1,5"), "wm-3");
    assert_eq!(passing("place = \"mühlgasse 2\""), "wm-2");
    assert_eq!(passing("ok=false"), "wm-2");
    assert_eq!(passing("wm-2"), "wm-2");
    assert_eq!(passing("pressure > 1"), "there is no column `pressure`; there are: flow, place, ok");
    assert_eq!(passing("flow >"), "a value to compare `flow` with is missing");
    assert_eq!(passing("> 3"), "a column's name is missing before the comparison");
    // As other tools have it.
    assert_eq!(passing("flow > 45 && ok=false"), "wm-2");
    assert_eq!(passing("flow>45&&place:linden"), "wm-1");
    assert_eq!(passing("lindenhof and flow < 0"), "wm-3");
    assert_eq!((passing("place:Linden"), passing("place: mühl")), ("wm-1 wm-3".to_owned(), "wm-2".to_owned()));
    assert_eq!((passing("name:wm-3"), passing("flow:46")), ("wm-3".to_owned(), "wm-1".to_owned()));
    for pattern in ["(", "pump*", "^p"] {
        let why = format!("`{pattern}` stands in no name and no text as it is written");
        assert!(passing(pattern).starts_with(&why), "{pattern}: {}", passing(pattern));
    }
    assert_eq!(passing("kind:pump"), "there is no column `kind`; there are: flow, place, ok");
    assert_eq!(
        passing("flow > 45 || flow < 0"),
        "`||` is not understood: all words and conditions of a filter must hold"
    );
    assert_eq!(passing("aa:bb:cc"), "", "an address of hardware is a word");
}

#[test]
fn rows_are_grouped_under_heads_that_count_and_fold() {
    let mut fleet = fleet();
    for (name, zone) in [("a", "Nord 10"), ("b", "Nord 9"), ("c", "Nord 10")] {
        say(&mut fleet, 1, name, &format!("{{\"zone\": \"{zone}\"}}"));
    }
    say(&mut fleet, 1, "d", "{}");
    let query = FleetQuery { group: Some(GroupKey::Column(0)), ..asked() };
    let told = |table: &FleetTable| {
        let line = |line: &FleetLine| match line {
            FleetLine::Group { name, counts, .. } => format!("[{name} {}]", counts[4]),
            FleetLine::Device(row) => row.name.clone(),
        };
        table.rows.iter().map(line).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told(&fleet.table(Time(SECOND), &query)), "[Nord 9 1] b [Nord 10 2] a c [ 1] d");
    let folded = FleetQuery { folded: vec!["Nord 10".into()], ..query };
    let table = fleet.table(Time(SECOND), &folded);
    assert_eq!((told(&table).as_str(), table.lines, table.shown), ("[Nord 9 1] b [Nord 10 2] [ 1] d", 5, 4));
}

#[test]
fn a_trend_begins_fine_and_grows_to_an_hour() {
    let mut fleet = fleet();
    let query = FleetQuery { trend: Some(0), ..asked() };
    say(&mut fleet, 0, "a", r#"{"v": 0}"#);
    fleet.table(Time(0), &query);
    for second in 1..=10 {
        say(&mut fleet, second, "a", &format!("{{\"v\": {second}}}"));
    }
    let table = fleet.table(Time(10 * SECOND), &query);
    let trend = &rows(&table)[0].trend;
    assert_eq!(trend.iter().skip(1).copied().collect::<Vec<_>>(), (1..=10_u8).map(f32::from).collect::<Vec<_>>());
    for second in 11..=100 {
        say(&mut fleet, second, "a", &format!("{{\"v\": {second}}}"));
    }
    let table = fleet.table(Time(100 * SECOND), &query);
    let trend = &rows(&table)[0].trend;
    assert_eq!(table.trend_nanos, 120 * SECOND);
    assert_eq!(trend.len(), 51);
    assert!(trend.windows(2).skip(1).all(|pair| pair[1] > pair[0]), "{trend:?}");
    for second in (101..=7_000).step_by(7) {
        say(&mut fleet, second, "a", "{\"v\": 5}");
    }
    let table = fleet.table(Time(7_000 * SECOND), &query);
    assert_eq!(table.trend_nanos, 60 * 64 * SECOND);
    assert!(rows(&table)[0].trend.iter().skip(1).all(|value| (value - 5.0).abs() < 0.1));
    // A device that is silent leaves a hole, not a line.
    let table = fleet.table(Time(7_300 * SECOND), &query);
    assert!(rows(&table)[0].trend.last().is_some_and(|value| value.is_nan()));
}

#[test]
fn columns_that_there_is_no_room_for_are_counted() {
    let mut fleet = fleet();
    for number in 0..MAX_COLUMNS + 3 {
        say(&mut fleet, 1, "a", &format!("{{\"v{number}\": 1}}"));
    }
    let table = fleet.table(Time(SECOND), &asked());
    assert_eq!((table.columns.len(), table.columns_left_out), (MAX_COLUMNS, 3));
}

#[test]
fn a_number_that_becomes_a_text_and_one_beyond_doubles_are_shown_as_they_are() {
    let mut fleet = fleet();
    say(&mut fleet, 1, "a", r#"{"v": 1}"#);
    say(&mut fleet, 2, "a", r#"{"v": "low"}"#);
    say(&mut fleet, 2, "b", r#"{"v": 18446744073709551615}"#);
    let cells = |fleet: &mut Fleet| {
        let table = fleet.table(Time(9 * SECOND), &asked());
        rows(&table).iter().map(|row| row.cells[0].clone()).collect::<Vec<_>>()
    };
    assert_eq!(cells(&mut fleet), [Cell::Text("low".into()), Cell::U64(u64::MAX)]);
    say(&mut fleet, 3, "a", r#"{"v": 4}"#);
    assert_eq!(cells(&mut fleet)[0], Cell::F64(4.0));
}

#[test]
fn f23_missing_late_and_repeated_messages_are_counted_for_each_device() {
    let mut fleet = fleet();
    for number in [250, 251, 255, 253, 253, 0] {
        say(&mut fleet, 1, "a", &format!("{{\"seq\": {number}}}"));
        say(&mut fleet, 1, "b", &format!("{{\"seq\": {}, \"v\": 1}}", number % 2));
    }
    say(&mut fleet, 1, "c", r#"{"seq": "none"}"#);
    let table = fleet.table(Time(SECOND), &asked());
    let told: Vec<_> = rows(&table).iter().map(|row| (row.name.as_str(), row.missing, row.repeated)).collect();
    // 252 and 254 never came; 253 came late, and then again.
    assert_eq!((told[0], told[2]), (("a", 2, 1), ("c", 0, 0)));
}

#[test]
fn a_link_whose_topics_name_a_device_is_a_fleet_and_one_device_of_it_is_not() {
    use session::link::Properties;
    use session::query::{Answer, Query};
    use session::{Input, Message, Session};
    let text = r#"
name = "Meters"
[link]
kind = "mqtt"
url = "ws://broker.example"
topics = ["meters/{device}/state", "meters/{device}/raw"]
[protocol]
name = "json"
[[topic]]
filter = "meters/{device}/raw"
protocol = { name = "csv" }
"#;
    let profile = Profile::parse(text).unwrap();
    let mut session = Session::new(&profile, Time(0)).unwrap();
    let properties = Properties::default();
    let say = |session: &mut Session, topic: &str, payload: &[u8]| {
        let message = Message { topic, payload, retained: false, duplicate: false, properties: &properties };
        session.handle_input(Time(SECOND), Input::Message(message));
    };
    say(&mut session, "meters/wm-1/state", br#"{"flow": 4}"#);
    say(&mut session, "meters/wm-1/raw", b"1,2");
    say(&mut session, "meters/wm-2/state", b"{");
    say(&mut session, "others/wm-3/state", b"{}");
    let batch = session.answer(Time(SECOND), &[(1, Query::Fleet(Box::new(asked())))]);
    let [(_, Answer::Fleet(table))] = &batch.answers[..] else { panic!() };
    let told: Vec<_> = rows(table).iter().map(|row| (row.name.as_str(), row.messages, row.state)).collect();
    assert_eq!(told, [("wm-1", 2, State::Connected), ("wm-2", 1, State::Error)]);
    let counters = session.counters();
    assert!(counters.balanced(), "{counters:?}");
    assert_eq!((counters.frames, counters.undecodable, counters.bytes_skipped), (2, 1, 2));
    // One of them alone: a device like any other.
    assert!(profile.link.is_fleet());
    let link = profile.link.to_device("wm-1").unwrap();
    assert!(!link.is_fleet());
    let mut one = profile.clone();
    one.link = link;
    let mut alone = Session::new(&one, Time(0)).unwrap();
    say(&mut alone, "meters/wm-1/state", br#"{"flow": 4}"#);
    let batch = alone.answer(Time(SECOND), &[(1, Query::Values)]);
    let [(_, Answer::Values(values))] = &batch.answers[..] else { panic!() };
    assert_eq!(values[0].fields[0].name, "flow");
    assert_eq!(profile.link.to_device("a/b"), None, "no device can be called so");
}

#[test]
fn f33_under_heads_of_groups_nothing_moves_while_it_is_held_and_new_ones_wait() {
    let mut fleet = fleet();
    for (name, zone) in [("a", "North"), ("b", "South"), ("c", "North")] {
        say(&mut fleet, 1, name, &format!("{{\"zone\": \"{zone}\"}}"));
    }
    let told = |table: &FleetTable| {
        let line = |line: &FleetLine| match line {
            FleetLine::Group { name, counts, .. } => format!("[{name} {}]", counts[4]),
            FleetLine::Device(row) => row.name.clone(),
        };
        table.rows.iter().map(line).collect::<Vec<_>>().join(" ")
    };
    let held = FleetQuery { group: Some(GroupKey::Column(0)), hold: true, ..asked() };
    assert_eq!(told(&fleet.table(Time(SECOND), &held)), "[North 2] a c [South 1] b");
    say(&mut fleet, 2, "a", r#"{"zone": "South"}"#);
    say(&mut fleet, 2, "d", r#"{"zone": "North"}"#);
    let table = fleet.table(Time(3 * SECOND), &held);
    assert_eq!(
        told(&table),
        "[North 2] a c [South 2] b",
        "a is South by now and d is North, and both are told so later"
    );
    assert_eq!(table.would_move, 2);
    let free = FleetQuery { hold: false, ..held };
    assert_eq!(told(&fleet.table(Time(4 * SECOND), &free)), "[North 2] c d [South 2] a b");
    // By state: the one that wants looking at most stands first.
    assert!(matches!(say(&mut fleet, 5, "b", "{"), Taken::Rejected(_)));
    let by_state = FleetQuery { group: Some(GroupKey::State), ..asked() };
    let table = fleet.table(Time(5 * SECOND), &by_state);
    let heads = table.rows.iter().filter_map(|line| match line {
        FleetLine::Group { state, .. } => *state,
        FleetLine::Device(_) => None,
    });
    assert_eq!(heads.collect::<Vec<_>>(), [State::Error, State::Connected]);
}

#[test]
fn f33_ten_thousand_that_come_at_once_move_nobody() {
    let mut fleet = fleet();
    for number in 0..50 {
        say(&mut fleet, 1, &format!("wm-{number}"), &format!("{{\"v\": {number}}}"));
    }
    let query = FleetQuery { sort: SortKey::Column(0), hold: true, count: 50, ..asked() };
    let before: Vec<String> = names(&fleet.table(Time(SECOND), &query)).into_iter().map(str::to_owned).collect();
    for number in 0..10_000 {
        say(&mut fleet, 2, &format!("wm-{number}"), &format!("{{\"v\": {}}}", 10_000 - number));
    }
    let table = fleet.table(Time(3 * SECOND), &query);
    assert_eq!(names(&table), before);
    assert_eq!((table.shown, table.counts[4]), (10_000, 10_000));
}
