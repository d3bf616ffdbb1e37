//! Messages of a broker: named by their topics, each decoded by itself, retained ones marked.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use proptest::prelude::*;
use session::link::{Link, Properties, Publication};
use session::query::{Answer, Cell, Mark, Query};
use session::wire::Event;
use session::{Input, Message, Output, Profile};

const METERS: &str = r#"
kind = "mqtt"
url = "ws://127.0.0.1:9001/"
topics = ["meters/+/state", "meters/+/raw"]
publish = "meters/all/say"
"#;

const RAW: &str = r#"
[[topic]]
filter = "meters/+/raw"
[topic.protocol]
name = "layout"
endian = "little"
[[topic.protocol.messages]]
name = "power"
fields = [{ name = "watt", type = "u16" }]
[[fields]]
name = "power.watt"
unit = "W"
[[derived]]
message = "power"
name = "kilowatt"
unit = "kW"
expression = "watt / 1000"
[[commands]]
name = "Switch"
text = "{{\"on\":{on}}}"
args = [{ name = "meter", kind = "text" }, { name = "on", kind = "bool" }]
topic = "meters/{meter}/set"
qos = 1
retain = true
content_type = "application/json"
user = { from = "test" }
reply = { topic = "meters/+/state", contains = "on", within_millis = 500 }
"#;

fn meters() -> Profile {
    profile(METERS, "name = \"json\"", RAW)
}

fn hear(bench: &mut Bench, topic: &str, payload: &[u8], retained: bool) -> Vec<Output> {
    let properties = Properties::default();
    bench.input(Input::Message(Message { topic, payload, retained, duplicate: false, properties: &properties }))
}

fn names(bench: &mut Bench) -> Vec<String> {
    bench.values().into_iter().map(|message| message.name).collect()
}

#[test]
fn two_sensors_on_two_topics_are_two_tables() {
    let mut bench = Bench::open(&meters());
    hear(&mut bench, "meters/7/state", b"{\"temp\": 21.5}", false);
    hear(&mut bench, "meters/8/state", b"{\"hum\": 40, \"temp\": 19}", false);
    hear(&mut bench, "meters/7/raw", &[0x10, 0x27], false);
    hear(&mut bench, "meters/7/state", b"{\"temp\": 22}", false);
    let values = bench.values();
    let told: Vec<_> = values
        .iter()
        .map(|message| {
            let fields =
                message.fields.iter().map(|field| (field.name.as_str(), field.value.clone(), field.unit.as_str()));
            (message.name.as_str(), message.count, fields.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("7/state", 2, vec![("temp", Cell::F64(22.0), "")]),
            ("8/state", 1, vec![("hum", Cell::F64(40.0), ""), ("temp", Cell::F64(19.0), "")]),
            ("7/raw/power", 1, vec![("watt", Cell::U64(10_000), "W")]),
            ("7/raw/power derived", 1, vec![("kilowatt", Cell::F64(10.0), "kW")]),
        ]
    );
    let counters = bench.session.counters();
    assert_eq!((counters.bytes_in, counters.bytes_good, counters.frames), (51, 51, 4));
}

#[test]
fn the_terminal_shows_topic_and_payload_and_nothing_that_hides() {
    let mut bench = Bench::open(&meters());
    hear(&mut bench, "meters/7/state", b"{\n  \"temp\": 21\n}", false);
    hear(&mut bench, "meters/7/raw", &[0x10, 0x27, 0x1b], false);
    hear(&mut bench, "meters/8/state", b"", true);
    hear(&mut bench, "meters/9/state", "x".repeat(5000).as_bytes(), false);
    let lines = bench.lines();
    let text = |at: usize| lines[at].1.as_str();
    assert_eq!(text(0), "meters/7/state {   \"temp\": 21 }");
    assert_eq!(text(1), "meters/7/raw 10 27 1b");
    assert_eq!(
        (lines[2].0, text(2)),
        (Mark::Rejected, "rejected 3 bytes: meters/7/raw: too long: 3 bytes, 2 understood")
    );
    assert_eq!(text(3), "meters/8/state (retained) (nothing)");
    assert!(lines.iter().any(|(_, line)| line.contains("… (5000 B)")), "{lines:?}");
    assert_eq!(bench.rejected().last().unwrap().why, "meters/7/raw: too long: 3 bytes, 2 understood");
}

#[test]
fn a_retained_message_is_marked_and_is_no_fresh_sample() {
    let mut bench = Bench::open(&meters());
    hear(&mut bench, "meters/7/state", b"{\"temp\": 21.5}", true);
    let values = bench.values();
    assert_eq!((values[0].name.as_str(), values[0].retained, values[0].count), ("7/state", true, 0));
    assert_eq!(values[0].fields[0].value, Cell::F64(21.5));
    assert_eq!((bench.session.counters().samples, bench.session.counters().retained), (0, 1));
    hear(&mut bench, "meters/7/state", b"{\"temp\": 22}", false);
    let values = bench.values();
    assert_eq!((values.len(), values[0].retained, values[0].count), (1, false, 1));
    // After the next connection it comes again: what is newer stays what is plotted.
    hear(&mut bench, "meters/7/state", b"{\"temp\": 23}", true);
    let values = bench.values();
    assert_eq!((values[0].retained, values[0].count, &values[0].fields[0].value), (true, 1, &Cell::F64(23.0)));
}

#[test]
fn what_stands_beside_a_payload_is_shown() {
    let mut bench = Bench::open(&meters());
    let properties = Properties {
        content_type: "text/plain".into(),
        response_topic: "meters/7/answer".into(),
        correlation: b"\x01\x02".to_vec(),
        user: vec![("unit".into(), "W".into())],
    };
    let message =
        Message { topic: "meters/7/state", payload: b"1", retained: false, duplicate: true, properties: &properties };
    bench.input(Input::Message(message));
    let line = &bench.lines()[0].1;
    assert_eq!(
        line,
        "meters/7/state (sent again) (content type text/plain) (answer to meters/7/answer) (correlation 01 02) (unit=W) 1"
    );
}

#[test]
fn s42_what_the_broker_says_of_itself_is_heard_only_if_it_was_asked_for() {
    let mut bench =
        Bench::open(&profile("kind = \"mqtt\"\nurl = \"ws://h/\"\ntopics = [\"#\"]", "name = \"json\"", ""));
    hear(&mut bench, "$SYS/broker/uptime", b"1", false);
    assert_eq!((bench.lines().len(), bench.session.counters().bytes_in), (0, 0));
    let asked = "kind = \"mqtt\"\nurl = \"ws://h/\"\ntopics = [\"#\", \"$SYS/broker/#\"]";
    let mut bench = Bench::open(&profile(asked, "name = \"json\"", ""));
    hear(&mut bench, "$SYS/broker/uptime", b"1", false);
    assert_eq!(bench.lines().len(), 1);
}

#[test]
fn f32_topics_without_room_are_counted_and_said_once() {
    let mut bench =
        Bench::open(&profile("kind = \"mqtt\"\nurl = \"ws://h/\"\ntopics = [\"#\"]", "name = \"json\"", ""));
    for n in 0..600 {
        hear(&mut bench, &format!("t/{n}"), b"{\"a\":1}", false);
    }
    let counters = bench.session.counters();
    assert_eq!((counters.topics_over, counters.bytes_skipped, names(&mut bench).len()), (88, 88 * 7, 512));
    assert_eq!(counters.topics_untabled, 88, "each of them once");
    let Answer::Screen(screen) = bench.ask(Query::Screen { from: Some(300), rows: 400 }) else { panic!() };
    assert_eq!(screen.lines.iter().filter(|line| line.mark == Mark::Gap).count(), 1);
}

#[test]
fn a_refused_subscription_is_said_where_nothing_comes_and_stands_in_the_terminal() {
    let mut bench = Bench::open(&meters());
    bench.input(Input::NotSubscribed("The broker refused meters/+/state."));
    assert_eq!(bench.status().hint.as_deref(), Some("The broker refused meters/+/state."));
    assert!(bench.lines().iter().any(|(_, text)| text.contains("refused meters/+/state")));
    // What comes all the same needs no notice; another connection may have it.
    hear(&mut bench, "meters/7/raw", &[1, 0], false);
    assert_eq!(bench.status().hint, None);
    let mut bench = Bench::open(&meters());
    bench.input(Input::NotSubscribed("no"));
    bench.closed(session::CloseKind::Lost, "gone");
    bench.at(60_000).input(Input::Timeout);
    bench.input(Input::Opened);
    assert_eq!(bench.status().hint, None);
}

#[test]
fn a_command_is_published_and_its_answer_is_known_by_topic() {
    let mut bench = Bench::open(&meters());
    let args = [Cell::Text("7".into()), Cell::Bool(true)];
    let outputs = bench.input(Input::Command { name: "Switch", args: &args });
    let properties = Properties {
        content_type: "application/json".into(),
        user: vec![("from".into(), "test".into())],
        ..Properties::default()
    };
    let wanted = Publication {
        topic: "meters/7/set".into(),
        payload: b"{\"on\":true}".to_vec(),
        qos: 1,
        retain: true,
        properties,
    };
    assert_eq!(outputs, [Output::Publish(wanted.clone())]);
    assert_eq!(bench.lines()[0], (Mark::Sent, "meters/7/set (to be retained) {\"on\":true}".into()));
    bench.input(Input::Transmitted(wanted.len()));
    // On another topic it is no answer, whatever it contains.
    assert_eq!(hear(&mut bench, "meters/7/raw", b"on", false), []);
    let heard = hear(&mut bench, "meters/7/state", b"{\"on\":1}", false);
    assert!(matches!(&heard[..], [Output::Event(Event::Replied { name, .. })] if name == "Switch"), "{heard:?}");
}

#[test]
fn s12_an_argument_leads_to_no_other_topic() {
    let mut bench = Bench::open(&meters());
    for meter in ["7/set", "+", "#", ""] {
        let args = [Cell::Text(meter.into()), Cell::Bool(true)];
        let outputs = bench.input(Input::Command { name: "Switch", args: &args });
        let [Output::Event(Event::Refused { why, .. })] = &outputs[..] else { panic!("{outputs:?}") };
        assert!(why.contains("meter is a part of the topic"), "{why}");
    }
}

#[test]
fn a_line_goes_to_the_profiles_topic_or_to_the_one_beside_it() {
    let mut bench = Bench::open(&meters());
    let outputs = bench.input(Input::Send { bytes: b"hello", wrap: false });
    let [Output::Publish(sent)] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!((sent.topic.as_str(), sent.payload.as_slice()), ("meters/all/say", &b"hello"[..]));
    let beside = Publication { topic: "other".into(), payload: Vec::new(), qos: 2, ..Publication::default() };
    assert_eq!(bench.input(Input::Publish(beside.clone())), [Output::Publish(beside)]);
    let wild = Publication { topic: "a/#".into(), ..Publication::default() };
    let outputs = bench.input(Input::Publish(wild));
    assert!(matches!(&outputs[..], [Output::Event(Event::Refused { line: true, .. })]), "{outputs:?}");
}

#[test]
fn a_line_that_the_broker_does_not_take_is_marked_and_given_back() {
    let mut bench = Bench::open(&meters());
    let line = |topic: &str| Publication { topic: topic.into(), payload: b"on".to_vec(), ..Publication::default() };
    let len = line("a").len();
    let refused = |bench: &mut Bench, topic| {
        let outputs = bench.input(Input::NotPublished { topic, len, why: "It may not." });
        let [Output::Event(Event::Refused { line, .. })] = outputs[..] else { panic!("{outputs:?}") };
        line
    };
    bench.input(Input::Publish(line("a")));
    assert!(refused(&mut bench, "a"), "it was typed");
    assert_eq!(bench.lines()[1], (Mark::Gap, "× It may not.".into()));
    // What the user sends next ends the refusal, once.
    assert_eq!(bench.input(Input::Publish(line("b")))[1..], [Output::Event(Event::Accepted)]);
    assert_eq!(bench.input(Input::Publish(line("c"))).len(), 1);
    assert!(!refused(&mut bench, "b"), "another was typed since");
    bench.input(Input::Published { topic: "c", len });
    // A command has a form of its own.
    bench.input(Input::Command { name: "Switch", args: &[Cell::Text("7".into()), Cell::Bool(true)] });
    assert!(!refused(&mut bench, "meters/7/set"));
    let outputs = bench.input(Input::Command { name: "Switch", args: &[Cell::Text("8".into()), Cell::Bool(true)] });
    assert_eq!(outputs.last(), Some(&Output::Event(Event::Accepted)));
}

#[test]
fn a_link_without_a_broker_publishes_nothing() {
    let mut bench = Bench::open(&pairs());
    let publication = Publication { topic: "a".into(), ..Publication::default() };
    let outputs = bench.input(Input::Publish(publication));
    assert!(matches!(&outputs[..], [Output::Event(Event::Refused { why, .. })] if why.contains("no MQTT broker")));
}

#[test]
fn a_profiles_mistake_about_topics_has_its_line() {
    let text = |link: &str, rest: &str| {
        format!("name = \"x\"\n[link]\nkind = \"mqtt\"\nurl = \"ws://h/\"\n{link}\n[protocol]\nname = \"json\"\n{rest}")
    };
    for (link, rest, line, why) in [
        ("topics = []", "", 5, "needs topics"),
        ("topics = [\"a/b#\"]", "", 5, "whole level"),
        ("topics = [\"a\", \"a\"]", "", 5, "twice"),
        ("topics = [{ filter = \"a\", qos = 3 }]", "", 5, "qos"),
        ("topics = [\"a\"]\nwill = { topic = \"a/+\" }", "", 6, "without + and #"),
        ("topics = [\"a\"]\nversion = \"4\"", "", 6, "5, 3.1.1"),
        ("topics = [\"a\"]", "[[topic]]\nfilter = \"#/a\"\nprotocol = { name = \"json\" }", 9, "nothing follows"),
        ("topics = [\"a\"]", "[[commands]]\nname = \"c\"\ntext = \"t\"\nqos = 1", 11, "topic says where"),
    ] {
        let error = Profile::parse(&text(link, rest)).unwrap_err();
        assert_eq!((error.line, error.reason.to_string().contains(why)), (line, true), "{error}");
    }
    let good = "topics = [{ filter = \"a/{device}\", qos = 2 }]\nusername = \"u\"\nwill = { topic = \"w\", payload = \"gone\" }";
    let Link::Mqtt(mqtt) = Profile::parse(&text(good, "")).unwrap().link else { panic!() };
    assert_eq!((mqtt.topics[0].qos, mqtt.keep_alive_s, mqtt.will.unwrap().topic.as_str()), (2, 30, "w"));
}

proptest! {
    /// Whatever comes on whatever topic, every byte is counted once (`Bench::input` looks after each).
    #[test]
    fn r1_the_ledger_balances_over_messages(
        messages in prop::collection::vec(
            ("meters/[78]/(raw|state)|other", prop::collection::vec(any::<u8>(), 0..40), any::<bool>()), 1..30),
        framing in prop::sample::select(vec!["", "framing = \"lines\"", "framing = \"cobs\"", "framing = \"slip\""]),
    ) {
        let mut bench = Bench::open(&profile(METERS, &format!("name = \"json\"\n{framing}"), RAW));
        for (topic, payload, retained) in &messages {
            hear(&mut bench, topic, payload, *retained);
            prop_assert_eq!(bench.session.counters().bytes_pending, 0);
        }
        let sum: usize = messages.iter().map(|(_, payload, _)| payload.len()).sum();
        prop_assert_eq!(bench.session.counters().bytes_in, sum as u64);
    }
}

/// Teleplot's README, "Prevent auto-plot of telemetry": what is not plotted by itself on a wire is not on a topic either.
#[test]
fn what_teleplot_flags_np_is_not_plotted_by_itself_on_a_topic_either() {
    let link = "kind = \"mqtt\"\nurl = \"ws://h/\"\ntopics = [\"pump/+\"]";
    let clocked = "[clock]\nfield = \"*.time\"\n";
    let mut bench = Bench::open(&profile(link, "name = \"teleplot\"", clocked));
    hear(&mut bench, "pump/1", b">raw:5|np\n>flow:2\n>level:1000:3\n>debug:1000:3|np\n", false);
    hear(&mut bench, "pump/2", b">raw:5\n>flow:2|np\n", false);
    let messages = bench.values();
    let said = |message: &str, field: &str| {
        let message = messages.iter().find(|known| known.schema == message).unwrap();
        message.fields.iter().find(|known| known.name == field).unwrap().unplotted
    };
    assert_eq!([said("1", "raw"), said("1", "flow")], [true, false]);
    assert_eq!([said("2", "raw"), said("2", "flow")], [false, true]);
    assert_eq!(
        [said("1/level", "level"), said("1/level", "level.time"), said("1/debug", "debug")],
        [false, true, true]
    );
}
