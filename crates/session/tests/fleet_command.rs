//! A command to many devices, and what tells whether they are there.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use session::link::{Properties, Publication};
use session::query::{Answer, Cell, FleetLine, FleetQuery, FleetRow, FleetTable, OutcomeKind, Query, SortKey, State};
use session::wire::Event;
use session::{Input, Message, Output, Profile, Session, Time};

const SECOND: i64 = 1_000_000_000;

const PROFILE: &str = r#"
name = "Meters"
[link]
kind = "mqtt"
url = "ws://broker.example"
topics = ["{site}/meters/{device}/state"]
[protocol]
name = "json"
[fleet]
stale_s = 20
columns = ["flow", "site"]
group = "site"
commands_per_s = 10
[fleet.presence]
topic = "+/meters/{device}/status"
online = "up"
offline = "down"
[[commands]]
name = "Valve"
topic = "x/meters/{device}/set"
text = '{{"valve": {valve}}}'
args = [{ name = "valve", kind = "integer", min = 0, max = 100 }]
reply = { topic = "x/meters/{device}/ack", contains = "ok", within_millis = 500 }
[[commands]]
name = "Reset"
topic = "x/meters/{device}/reset"
text = "now"
dangerous = true
[[commands]]
name = "Announce"
topic = "x/all"
text = "hello"
"#;

struct Bench {
    session: Session,
    now: i64,
    published: Vec<Publication>,
    refused: Vec<String>,
    /// Whether the broker takes what is published at once.
    takes: bool,
    asked: u32,
}

impl Bench {
    fn new(text: &str) -> Bench {
        let session = Session::new(&Profile::parse(text).unwrap(), Time(0)).unwrap();
        let mut bench =
            Bench { session, now: SECOND, published: Vec::new(), refused: Vec::new(), takes: true, asked: 0 };
        bench.input(Input::Open);
        bench.input(Input::Opened);
        bench
    }

    fn input(&mut self, input: Input<'_>) {
        self.session.handle_input(Time(self.now), input);
        while let Some(output) = self.session.poll_output() {
            match output {
                Output::Publish(publication) => {
                    let (len, topic) = (publication.len(), publication.topic.clone());
                    self.published.push(publication);
                    if self.takes {
                        self.session.handle_input(Time(self.now), Input::Published { topic: &topic, len });
                    }
                }
                Output::Event(Event::Refused { why, .. }) => self.refused.push(why),
                _ => {}
            }
        }
    }

    fn hear(&mut self, topic: &str, payload: &[u8], retained: bool) {
        let properties = Properties::default();
        self.input(Input::Message(Message { topic, payload, retained, duplicate: false, properties: &properties }));
    }

    fn table(&mut self, query: FleetQuery) -> FleetTable {
        let query = FleetQuery { count: 400, ..query };
        // What has not changed is not told again under the same number.
        self.asked += 1;
        let batch = self.session.answer(Time(self.now), &[(self.asked, Query::Fleet(Box::new(query)))]);
        match batch.answers.into_iter().next() {
            Some((_, Answer::Fleet(table))) => *table,
            other => panic!("{other:?}"),
        }
    }

    fn rows(&mut self) -> Vec<FleetRow> {
        let device = |line| match line {
            FleetLine::Device(row) => Some(row),
            FleetLine::Group { .. } => None,
        };
        self.table(FleetQuery::default()).rows.into_iter().filter_map(device).collect()
    }

    fn outcomes(&mut self) -> Vec<(String, OutcomeKind, String)> {
        let told = |row: FleetRow| row.outcome.map(|came| (row.name, came.kind, came.text));
        self.rows().into_iter().filter_map(told).collect()
    }

    fn devices(&mut self, names: &[&str]) -> Vec<u32> {
        for name in names {
            self.hear(&format!("north/meters/{name}/state"), br#"{"flow": 1}"#, false);
        }
        let rows = self.rows();
        names.iter().map(|name| rows.iter().find(|row| row.name == *name).unwrap().device).collect()
    }

    fn command(&mut self, name: &str, args: &[Cell], devices: &[u32]) {
        self.input(Input::CommandMany { name, args, devices });
    }

    /// Time goes on, and the session is woken whenever it wants to be.
    fn wait(&mut self, millis: i64) {
        let until = self.now + millis * 1_000_000;
        while let Some(at) = self.session.poll_timeout().filter(|at| at.0 <= until) {
            self.now = self.now.max(at.0);
            self.input(Input::Timeout);
        }
        self.now = until;
        self.input(Input::Timeout);
    }
}

#[test]
fn each_device_has_its_own_topic_and_its_own_result() {
    let mut bench = Bench::new(PROFILE);
    let devices = bench.devices(&["a", "b", "c"]);
    bench.command("Valve", &[Cell::I64(40)], &devices);
    bench.wait(250);
    let sent: Vec<_> = bench.published.iter().map(|sent| (sent.topic.as_str(), sent.payload.as_slice())).collect();
    let payload = &br#"{"valve": 40}"#[..];
    assert_eq!(sent, [("x/meters/a/set", payload), ("x/meters/b/set", payload), ("x/meters/c/set", payload)]);
    bench.hear("x/meters/b/ack", b"ok 40", false);
    // What the broker had kept answers nothing, nor what another device says, nor what does not have it in it.
    bench.hear("x/meters/a/ack", b"ok", true);
    bench.hear("x/meters/c/ack", b"busy", false);
    bench.input(Input::NotPublished { topic: "x/meters/c/set", len: 0, why: "not authorised" });
    bench.wait(600);
    let told = [
        ("a", OutcomeKind::NoReply, ""),
        ("b", OutcomeKind::Replied, "ok 40"),
        ("c", OutcomeKind::Refused, "not authorised"),
    ];
    assert_eq!(bench.outcomes(), told.map(|(name, kind, text)| (name.to_owned(), kind, text.to_owned())));
    let bulk = bench.table(FleetQuery::default()).bulk.unwrap();
    assert_eq!((bulk.command.as_str(), bulk.running, bulk.counts), ("Valve", false, [1, 1, 0, 0, 0, 0, 1]));
    assert!(bench.session.counters().balanced());
    // Sorted by it, what went wrong stands first; filtered by it, the rest is left out.
    let sorted = bench.table(FleetQuery { sort: SortKey::Outcome, ..FleetQuery::default() });
    assert!(matches!(&sorted.rows[0], FleetLine::Device(row) if row.name == "c"));
    let only = bench.table(FleetQuery { outcomes: vec![OutcomeKind::NoReply], ..FleetQuery::default() });
    assert_eq!(only.shown, 1);
    // When it is over it can be dismissed.
    bench.input(Input::StopCommandMany);
    assert_eq!(bench.table(FleetQuery::default()).bulk, None);
}

#[test]
fn nothing_is_sent_before_the_broker_has_it() {
    let mut bench = Bench::new(PROFILE);
    let devices = bench.devices(&["a", "b", "c", "d"]);
    bench.takes = false;
    bench.command("Valve", &[Cell::I64(40)], &devices);
    bench.wait(350);
    let kinds = |bench: &mut Bench| bench.outcomes().into_iter().map(|(_, kind, _)| kind).collect::<Vec<_>>();
    assert_eq!(kinds(&mut bench), [OutcomeKind::UnderWay; 4]);
    assert!(bench.table(FleetQuery::default()).bulk.unwrap().running);
    let len = bench.published[0].len();
    // One is acknowledged, one refused, one replies before the broker says anything.
    bench.input(Input::Published { topic: "x/meters/a/set", len });
    bench.input(Input::NotPublished { topic: "x/meters/b/set", len, why: "not authorised" });
    bench.hear("x/meters/c/ack", b"ok", false);
    bench.input(Input::Published { topic: "x/meters/c/set", len });
    let expected = [OutcomeKind::Sent, OutcomeKind::Refused, OutcomeKind::Replied, OutcomeKind::UnderWay];
    assert_eq!(kinds(&mut bench), expected);
    // Of the last nobody will ever know: the link goes.
    bench.input(Input::Disconnect);
    let last = bench.outcomes().pop().unwrap();
    assert!(last.1 == OutcomeKind::Refused && last.2.contains("may have arrived, or not"), "{last:?}");
    assert!(bench.session.counters().balanced());
}

#[test]
fn so_many_a_second_and_no_more_than_the_broker_takes() {
    let mut bench = Bench::new(PROFILE);
    let names: Vec<String> = (0..40).map(|number| format!("d{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let devices = bench.devices(&names);
    bench.command("Valve", &[Cell::I64(1)], &devices);
    bench.wait(950);
    assert_eq!(bench.published.len(), 10, "ten a second, the first at once");
    // A page that slept does not make up for it all at once.
    bench.now += 60 * SECOND;
    bench.input(Input::Timeout);
    assert!(bench.published.len() <= 12, "{}", bench.published.len());
    bench.takes = false;
    bench.wait(10_000);
    let under_way = bench.published.len();
    assert!(under_way <= 12 + 16, "{under_way}");
    let last = bench.published.last().unwrap().len();
    bench.input(Input::Transmitted(last));
    assert!(bench.published.len() > under_way, "it goes on when the broker has taken some");
}

#[test]
fn s37_a_dangerous_command_keeps_its_second_between_any_two_devices() {
    let mut bench = Bench::new(PROFILE);
    let devices = bench.devices(&["a", "b", "c"]);
    bench.command("Reset", &[], &devices);
    assert_eq!(bench.published.len(), 1);
    bench.wait(990);
    assert_eq!(bench.published.len(), 1);
    bench.wait(20);
    assert_eq!(bench.published.len(), 2);
    bench.input(Input::StopCommandMany);
    bench.wait(3000);
    assert_eq!(bench.published.len(), 2, "it was cancelled");
    let kinds: Vec<_> = bench.outcomes().into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds, [OutcomeKind::Sent, OutcomeKind::Sent, OutcomeKind::NotSent]);
}

#[test]
fn what_cannot_be_sent_to_many_is_refused_once_and_in_words() {
    let mut bench = Bench::new(PROFILE);
    let devices = bench.devices(&["a", "b"]);
    bench.command("Valve", &[Cell::I64(400)], &devices);
    bench.command("Announce", &[], &devices);
    bench.command("Valve", &[Cell::I64(4)], &devices);
    bench.command("Valve", &[Cell::I64(5)], &devices);
    bench.input(Input::Closed(session::CloseReason {
        kind: session::CloseKind::Lost,
        why: String::new(),
        retry: true,
        after_millis: 0,
    }));
    bench.command("Valve", &[Cell::I64(4)], &devices);
    let expected = ["at most 100", "has no {device}", "still under way", "waiting for the device"];
    assert_eq!(bench.refused.len(), expected.len(), "{:?}", bench.refused);
    for (why, part) in bench.refused.iter().zip(expected) {
        assert!(why.contains(part), "{why}");
    }
    assert_eq!(bench.published.len(), 1, "what was on its way when the link was lost is not sent later by itself");
    assert_eq!(bench.outcomes()[1].1, OutcomeKind::NotSent);
}

#[test]
fn f33_presence_is_told_by_a_topic_and_what_was_kept_is_not_fresh() {
    let mut bench = Bench::new(PROFILE);
    let state = |bench: &mut Bench, name: &str| {
        bench.rows().into_iter().find(|row| row.name == name).map(|row| (row.state, row.retained))
    };
    bench.hear("north/meters/a/state", br#"{"flow": 7}"#, true);
    bench.hear("north/meters/a/status", b"up", true);
    assert_eq!(state(&mut bench, "a"), Some((State::Silent, true)), "it was there, whenever that was");
    bench.hear("north/meters/a/status", b"up", false);
    assert_eq!(state(&mut bench, "a"), Some((State::Connected, false)));
    bench.wait(21_000);
    assert_eq!(state(&mut bench, "a").unwrap().0, State::Stale, "the profile says 20 s");
    bench.hear("north/meters/a/status", b"down", false);
    assert_eq!(state(&mut bench, "a").unwrap().0, State::Offline);
    bench.hear("north/meters/b/status", b"down\n", true);
    bench.wait(1000);
    assert_eq!(state(&mut bench, "b").unwrap().0, State::Offline, "the will that was kept still holds");
    bench.hear("north/meters/b/status", b"perhaps", false);
    let counters = bench.session.counters();
    assert!(counters.balanced());
    assert_eq!((counters.undecodable, counters.frames), (1, 5));
}

#[test]
fn a_level_of_the_topic_is_a_column() {
    let mut bench = Bench::new(PROFILE);
    bench.hear("north/meters/a/state", br#"{"flow": 7}"#, false);
    bench.hear("south/meters/b/state", br#"{"flow": 8}"#, false);
    let table = bench.table(FleetQuery { filter: "site = south".into(), ..FleetQuery::default() });
    let columns: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!((columns, table.shown), (vec!["site", "flow"], 1));
}

#[test]
fn the_table_is_told_as_text_with_what_came_of_the_command() {
    let mut bench = Bench::new(PROFILE);
    let devices = bench.devices(&["a", "b"]);
    bench.hear("north/meters/b/state", br#"{"flow": 0.1, "note": "=1+1, \"x\""}"#, false);
    bench.command("Valve", &[Cell::I64(40)], &devices);
    bench.hear("x/meters/a/ack", b"ok", false);
    let text = |bench: &mut Bench, tabs| {
        let query = Query::FleetText { query: Box::default(), columns: vec![1, 2], tabs };
        match bench.session.answer(Time(bench.now), &[(9, query)]).answers.remove(0).1 {
            Answer::Csv(csv) => csv.text,
            other => panic!("{other:?}"),
        }
    };
    let told = text(&mut bench, false);
    let lines: Vec<_> = told.split("\r\n").collect();
    assert_eq!(lines[0], "device,state,last seen,messages,rejected,missing,flow,note,Valve,milliseconds,reply");
    assert_eq!(lines[1], "a,connected,1970-01-01T00:00:01.000000000Z,1,0,0,1,,replied,0,ok");
    assert!(lines[2].contains(",0.1,\"'=1+1, \"\"x\"\"\",waiting,,"), "{}", lines[2]);
    assert!(text(&mut bench, true).starts_with("device\tstate\t"));
}

#[test]
fn one_device_alone_is_sent_what_is_for_it() {
    let mut profile = Profile::parse(PROFILE).unwrap();
    profile.link = profile.link.to_device("wm-7").unwrap();
    assert_eq!(profile.device().as_deref(), Some("wm-7"));
    let beside: Vec<_> = profile.beside().iter().map(session::topic::Filter::on_wire).collect();
    assert_eq!(beside, ["x/meters/wm-7/ack"], "replies come on a topic that the profile does not subscribe to");
    let mut session = Session::new(&profile, Time(0)).unwrap();
    session.handle_input(Time(1), Input::Open);
    session.handle_input(Time(1), Input::Opened);
    session.handle_input(Time(SECOND), Input::Command { name: "Valve", args: &[Cell::I64(3)] });
    let properties = Properties::default();
    let message = Message {
        topic: "x/meters/wm-7/ack",
        payload: b"ok",
        retained: false,
        duplicate: false,
        properties: &properties,
    };
    session.handle_input(Time(SECOND), Input::Message(message));
    let outputs: Vec<_> = std::iter::from_fn(|| session.poll_output()).collect();
    assert!(outputs.iter().any(|out| matches!(out, Output::Publish(sent) if sent.topic == "x/meters/wm-7/set")));
    assert!(outputs.iter().any(|out| matches!(out, Output::Event(Event::Replied { .. }))), "{outputs:?}");
    assert_eq!((session.counters().undecodable, session.counters().balanced()), (0, true));
}

#[test]
fn mistakes_in_the_fleets_settings_are_told_with_their_lines() {
    for (from, to, why) in [
        ("stale_s = 20", "stale_s = 0", "`stale_s` must be"),
        ("\"up\"", "\"down\"", "are the same"),
        ("+/meters/{device}/status", "meters/+/status", "must be {device}"),
        ("{site}/meters/{device}/state", "meters/7/state", "level {device}"),
        ("x/meters/{device}/set", "x/meters/{devise}/set", "an argument `devise`"),
    ] {
        let error = Profile::parse(&PROFILE.replace(from, to)).unwrap_err();
        assert!(error.reason.to_string().contains(why), "{to}: {}", error.reason);
        assert!(error.line > 1, "{to}");
    }
}

#[test]
fn the_profiles_of_brokers_name_the_device_and_their_commands_go_to_many() {
    let mut bench = Bench::new(include_str!("../../../profiles/zigbee2mqtt.toml"));
    bench.hear("zigbee2mqtt/kitchen", br#"{"temperature": 21.5, "battery": 88}"#, false);
    bench.hear("zigbee2mqtt/lamp", br#"{"state": "ON"}"#, false);
    bench.hear("zigbee2mqtt/lamp/availability", br#"{"state":"offline"}"#, false);
    let rows = bench.rows();
    let told: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.state)).collect();
    assert_eq!(told, [("kitchen", State::Connected), ("lamp", State::Offline)]);
    let devices: Vec<u32> = rows.iter().map(|row| row.device).collect();
    bench.command("Brightness", &[Cell::I64(9)], &devices);
    bench.wait(100);
    let topics: Vec<_> = bench.published.iter().map(|sent| sent.topic.as_str()).collect();
    assert_eq!(topics, ["zigbee2mqtt/kitchen/set", "zigbee2mqtt/lamp/set"], "{:?}", bench.refused);

    let mut bench = Bench::new(include_str!("../../../profiles/tasmota-mqtt.toml"));
    bench.hear("tele/plug/SENSOR", br#"{"ENERGY": {"Power": 41, "Today": 0.2}}"#, false);
    bench.hear("tele/plug/STATE", br#"{"POWER": "ON"}"#, false);
    bench.hear("tele/fan/STATE", br#"{"POWER": "OFF"}"#, false);
    bench.hear("tele/fan/LWT", b"Offline", true);
    let rows = bench.rows();
    let told: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.state)).collect();
    assert_eq!(told, [("fan", State::Offline), ("plug", State::Connected)]);
    bench.command("Switch", &[Cell::Text("TOGGLE".into())], &[rows[1].device]);
    bench.wait(100);
    bench.hear("stat/plug/RESULT", br#"{"POWER":"OFF"}"#, false);
    let told = ("plug".to_owned(), OutcomeKind::Replied, r#"{"POWER":"OFF"}"#.to_owned());
    assert_eq!(bench.outcomes(), [told]);
    assert_eq!(bench.published[0].topic, "cmnd/plug/POWER");
}
