//! Devices behind HTTP: JSON Pointers, event streams, answers that are no data, commands that are requests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use proptest::prelude::*;
use session::events::{Events, Found, MAX_EVENT};
use session::link::{Http, Link, Mode, Properties, Request};
use session::pointer::Pointer;
use session::profile::share::without_secrets;
use session::query::{Cell, LinkState};
use session::wire::Event;
use session::{Answered, CloseKind, CloseReason, Input, Message, Output, Profile};

/// RFC 6901, section 5, as it stands there.
const DOCUMENT: &str = r#"{
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    "k\"l": 6,
    " ": 7,
    "m~n": 8
}"#;

fn at<'a>(pointer: &str, document: &'a str) -> Option<&'a str> {
    let found = Pointer::parse(pointer).unwrap().find(document.as_bytes())?;
    Some(std::str::from_utf8(found).unwrap())
}

#[test]
fn pointers_find_what_the_standard_says() {
    for (pointer, value) in [
        ("/foo", "[\"bar\", \"baz\"]"),
        ("/foo/0", "\"bar\""),
        ("/", "0"),
        ("/a~1b", "1"),
        ("/c%d", "2"),
        ("/e^f", "3"),
        ("/g|h", "4"),
        ("/i\\j", "5"),
        ("/k\"l", "6"),
        ("/ ", "7"),
        ("/m~0n", "8"),
    ] {
        assert_eq!(at(pointer, DOCUMENT), Some(value), "{pointer}");
    }
    assert_eq!(at("", " {\"a\":1} "), Some("{\"a\":1}"));
}

#[test]
fn pointers_find_nothing_where_there_is_nothing() {
    for pointer in ["/bar", "/foo/2", "/foo/-", "/foo/01", "/foo/x", "/foo/0/x", "/a~1b/0", "/foo/99999999999999999999"]
    {
        assert_eq!(at(pointer, DOCUMENT), None, "{pointer}");
    }
    for broken in ["", "{", "{\"foo\"", "{\"foo\":", "{\"foo\":}", "{foo:1}", "[1", "nonsense", "{\"a\":1 \"foo\":2}"] {
        assert_eq!(at("/foo", broken), None, "{broken}");
    }
    for wrong in ["foo", "/a~b", "/~", "/~2"] {
        assert!(Pointer::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn f21_what_a_pointer_finds_keeps_its_digits() {
    let document = "{\"skip\":[{\"}\":\"]\\\"\"}],\"big\":{\"n\":18446744073709551616.000000001}}";
    assert_eq!(at("/big/n", document), Some("18446744073709551616.000000001"));
    assert_eq!(at("/big", document), Some("{\"n\":18446744073709551616.000000001}"));
    let deep = format!("{{\"a\":{}{},\"b\":1}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(at("/b", &deep), Some("1"));
}

proptest! {
    /// Against serde_json, which builds the whole document.
    #[test]
    fn pointers_agree_with_another_implementation(
        keys in proptest::collection::vec("[a-c~/\"\\\\é]{0,2}", 1..4), index in 0..3_usize, nested in any::<bool>(),
    ) {
        let inner = serde_json::json!({ keys[0].clone(): [1, {"x": keys.clone()}, "t"], "z": null });
        let document = serde_json::json!({ "w": [[], {}, "]"], keys.last().unwrap().clone(): inner });
        let step = |key: &str| format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        let mut pointer = step(keys.last().unwrap()) + &step(&keys[0]);
        if nested {
            pointer += &format!("/{index}");
        }
        let text = document.to_string();
        let ours = at(&pointer, &text).map(|found| serde_json::from_str::<serde_json::Value>(found).unwrap());
        prop_assert_eq!(ours.as_ref(), document.pointer(&pointer));
    }

    #[test]
    fn any_bytes_are_searched_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Pointer::parse("/a/0").unwrap().find(&bytes);
        Events::default().feed(&bytes, |_| {});
    }
}

/// Name and data of each event.
fn read(events: &mut Events, pieces: &[&[u8]]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for piece in pieces {
        events.feed(piece, |found| match found {
            Found::Event { name, data } => all.push((name.to_owned(), String::from_utf8_lossy(data).into_owned())),
            Found::TooLong => all.push(("too long".into(), String::new())),
        });
    }
    all
}

/// A stream, the kinds and data of its events, and the id that is known at its end.
type Example = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// The examples of WHATWG HTML, section 9.2.6, with what it says of them.
const EXAMPLES: &[Example] = &[
    ("data: YHOO\ndata: +2\ndata: 10\n\n", &[("message", "YHOO\n+2\n10")], ""),
    (
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
        &[("message", "first event"), ("message", "second event"), ("message", " third event")],
        "",
    ),
    ("data\n\ndata\ndata\n\ndata:", &[("message", ""), ("message", "\n")], ""),
    ("data:test\n\ndata: test\n\n", &[("message", "test"), ("message", "test")], ""),
    ("event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n", &[("add", "73857293"), ("remove", "2153")], ""),
    // No data: no event, and the name is gone; the id counts.
    ("event: lost\nid: 7\n\ndata: x\n\n", &[("message", "x")], "7"),
    (
        "\u{feff}data: bom\r\n\r\ndata: cr\r\rid: a\0b\ndata: lf\n\n",
        &[("message", "bom"), ("message", "cr"), ("message", "lf")],
        "",
    ),
    // Not dispatched: its id does not count either.
    ("id: 1\ndata: a\n\nid: 2\ndata: b", &[("message", "a")], "1"),
];

#[test]
fn event_streams_are_read_as_the_standard_says() {
    for (stream, expected, last) in EXAMPLES {
        let expected: Vec<_> = expected.iter().map(|(name, data)| ((*name).to_owned(), (*data).to_owned())).collect();
        let mut whole = Events::default();
        assert_eq!(read(&mut whole, &[stream.as_bytes()]), expected, "{stream:?}");
        assert_eq!(whole.last_id(), *last, "{stream:?}");
        // In single bytes it is the same (R3).
        let bytes: Vec<&[u8]> = stream.as_bytes().chunks(1).collect();
        let mut split = Events::default();
        assert_eq!((read(&mut split, &bytes), split.last_id()), (expected, *last), "{stream:?}");
    }
}

#[test]
fn the_time_to_wait_is_digits_only() {
    let mut events = Events::after("41");
    read(&mut events, &[b"retry: 2500\n", b"retry: soon\nretry:\n"]);
    assert_eq!((events.retry_millis(), events.last_id()), (Some(2500), "41"));
}

#[test]
fn f15_events_without_measure_are_left_out_and_counted() {
    let long = vec![b'x'; MAX_EVENT + 1];
    let mut events = Events::default();
    // A line, and data of many lines.
    assert_eq!(
        read(&mut events, &[b"data: ", &long, b"\n\ndata: ok\n\n"]),
        [("too long".to_owned(), String::new()), ("message".to_owned(), "ok".to_owned())]
    );
    let half = [b"data: ".as_slice(), &long[..MAX_EVENT - 9], b"\n"].concat();
    assert_eq!(read(&mut events, &[&half, &half, b"\ndata: ok\n\n"])[0].0, "too long");
}

const POLLED: &str = "kind = \"http\"\nurl = \"http://127.0.0.1:9/state\"\nselect = \"/sensors/0\"\nheaders = { X-Key = \"hush\", Accept = \"text/plain\" }";
const EVENTS: &str = "kind = \"http\"\nurl = \"http://127.0.0.1:9/events\"\nmode = \"events\"\nsilence_s = 30";
const REQUESTS: &str = r#"
[[commands]]
name = "Relay"
method = "PUT"
path = "/relay/{n}?on={on}"
text = "{{\"on\":{on}}}"
args = [{ name = "n", kind = "text" }, { name = "on", kind = "bool" }]
[[commands]]
name = "Restart"
path = "/restart"
[[commands]]
name = "Plain"
text = "hello"
"#;

#[test]
fn a_profile_says_how_it_is_asked() {
    let Link::Http(http) = profile(POLLED, "name = \"json\"", "").link else { panic!() };
    assert_eq!((http.mode, http.select.as_str(), http.method.as_str()), (Mode::Poll, "/sensors/0", "GET"));
    assert_eq!(http.headers, [("Accept".into(), "text/plain".into()), ("X-Key".into(), "hush".into())]);
    let http = Http::new("/x".into());
    assert_eq!((http.interval_millis, http.command_method.as_str()), (1000, "POST"));
    for (link, wanted) in [
        ("headers = { Cookie = \"a\" }", "the browser sets the header field Cookie itself"),
        ("headers = { \"a b\" = \"c\" }", "letters, digits and dashes"),
        ("headers = { A = \"b\\nc\" }", "one line of ASCII"),
        ("body = \"x\"", "a GET request has no body"),
        ("select = \"sensors\"", "begins with a slash"),
        ("mode = \"stream\"\nselect = \"/a\"", "for answers that end"),
        ("method = \"TRACE\"", "GET, POST, PUT"),
        ("mode = \"push\"", "poll, events, stream"),
    ] {
        let text =
            format!("name = \"t\"\n[link]\nkind = \"http\"\nurl = \"/x\"\n{link}\n[protocol]\nname = \"json\"\n");
        let error = Profile::parse(&text).unwrap_err();
        assert!(error.to_string().contains(wanted), "{link}: {error}");
    }
    for (path, wanted) in [("relay", "one slash"), ("//evil/x", "one slash"), ("/a b", "one slash"), ("/{x}", "x")] {
        let text = format!(
            "name = \"t\"\n[link]\nkind = \"http\"\nurl = \"/x\"\n[protocol]\nname = \"json\"\n[[commands]]\nname = \"c\"\npath = \"{path}\"\n"
        );
        let error = Profile::parse(&text).unwrap_err();
        assert!(error.to_string().contains(wanted), "{path}: {error}");
    }
}

#[test]
fn s35_header_fields_are_not_shared() {
    let text = format!("name = \"t\"\n[link]\n{POLLED}\n[protocol]\nname = \"json\"\n");
    let (bare, any) = without_secrets(&text).unwrap();
    assert!(any && !bare.contains("hush") && bare.contains("Accept"), "{bare}");
    let body = "url = \"http://h/\"\nmethod = \"POST\"\nbody = '{\"password\":\"hush\",\"cmd\":\"on\"}'\n";
    let text = format!("name = \"t\"\n[link]\nkind = \"http\"\n{body}[protocol]\nname = \"json\"\n");
    let (bare, any) = without_secrets(&text).unwrap();
    assert!(any && !bare.contains("hush") && bare.contains("cmd"), "{bare}");
}

#[test]
fn what_is_unchanged_is_counted_and_no_sample() {
    let mut bench = Bench::open(&profile(POLLED, "name = \"json\"\nframing = \"whole\"", ""));
    bench.message(b"{\"temp\":21.5}");
    for _ in 0..3 {
        bench.input(Input::Answered(Answered::Unchanged));
    }
    bench.input(Input::Answered(Answered::NothingSelected));
    bench.input(Input::Answered(Answered::NothingSelected));
    let counters = bench.status().counters;
    assert_eq!((counters.frames, counters.unchanged, counters.not_selected), (1, 3, 2));
    let lines = bench.lines();
    let said: Vec<_> = lines.iter().filter(|line| line.1.contains("has nothing at /sensors/0")).collect();
    assert_eq!(said.len(), 1, "{lines:?}");
}

#[test]
fn s10_s12_a_command_is_a_request_and_leads_nowhere_else() {
    let mut bench = Bench::open(&profile(POLLED, "name = \"json\"", REQUESTS));
    let relay = |n: &str| [Cell::Text(n.into()), Cell::Bool(true)];
    let sent = bench.input(Input::Command { name: "Relay", args: &relay("2") });
    let request = |method: &str, path: &str, body: &str| {
        Output::Request(Request { method: method.into(), path: path.into(), body: body.into() })
    };
    assert_eq!(sent, [request("PUT", "/relay/2?on=true", "{\"on\":true}")]);
    let sent = bench.input(Input::Command { name: "Relay", args: &relay("../a?b#c%/ü") });
    assert_eq!(sent, [request("PUT", "/relay/..%2Fa%3Fb%23c%25%2F%C3%BC?on=true", "{\"on\":true}")]);
    let sent = bench.input(Input::Command { name: "Relay", args: &relay("..") });
    assert_eq!(sent, [request("PUT", "/relay/%2E%2E?on=true", "{\"on\":true}")]);
    assert_eq!(bench.input(Input::Command { name: "Restart", args: &[] }), [request("", "/restart", "")]);
    assert_eq!(bench.input(Input::Command { name: "Plain", args: &[] }), [Output::Transmit(b"hello\n".to_vec())]);
    let mut wire = Bench::open(&profile(SOCKET, "name = \"json\"", REQUESTS));
    let refused = wire.input(Input::Command { name: "Restart", args: &[] });
    assert!(format!("{refused:?}").contains("leads to no HTTP device"), "{refused:?}");
}

#[test]
fn a_command_that_is_answered_by_a_refusal_waits_for_no_other_answer() {
    let rest = "[[commands]]\nname = \"Zero\"\ntext = \"zero\"\nreply = { contains = \"ok\", within_millis = 1500 }\n";
    let mut bench = Bench::open(&profile(POLLED, "name = \"json\"", rest));
    let sent = bench.input(Input::Command { name: "Zero", args: &[] });
    let [Output::Transmit(body)] = &sent[..] else { panic!("{sent:?}") };
    let told = bench.at(20).input(Input::Declined { len: body.len(), status: 500, why: "It said 500." });
    let declined = Event::Declined { name: "Zero".into(), status: 500, why: "It said 500.".into() };
    assert_eq!(told, [Output::Event(declined)]);
    assert_eq!(bench.at(2000).input(Input::Timeout), [], "it was answered");
    assert_eq!(bench.status().counters.expired, 0);
}

fn event(bench: &mut Bench, name: &str, data: &[u8]) -> Vec<Output> {
    let properties = Properties::default();
    let (retained, duplicate) = (false, false);
    bench.input(Input::Message(Message { topic: name, payload: data, retained, duplicate, properties: &properties }))
}

#[test]
fn the_name_of_an_event_chooses_its_protocol() {
    let rest = "[[topic]]\nfilter = \"raw\"\n[topic.protocol]\nname = \"csv\"\nnames = [\"a\", \"b\"]\n";
    let mut bench = Bench::open(&profile(EVENTS, "name = \"json\"", rest));
    event(&mut bench, "message", b"{\"temp\":21.5}");
    event(&mut bench, "raw", b"1,2");
    event(&mut bench, "$odd", b"{\"temp\":1}");
    let names: Vec<_> = bench.values().into_iter().map(|message| message.name).collect();
    assert_eq!(names, ["message", "raw", "$odd"]);
    assert_eq!(bench.value("a"), Cell::F64(1.0));
    assert_eq!(bench.status().counters.rejected(), 0);
    assert!(bench.lines().iter().any(|line| line.1.contains("raw") && line.1.contains("1,2")));
    // A stream may be gone without a word: comments are signs of life, and nothing at all is not.
    bench.at(25_000).input(Input::Answered(Answered::Alive));
    assert!(bench.at(50_000).input(Input::Timeout).is_empty());
    assert_eq!(bench.at(55_001).input(Input::Timeout)[0], Output::Close);
}

#[test]
fn f26_who_asks_to_be_left_alone_is() {
    let mut bench = Bench::open(&profile(POLLED, "name = \"json\"", ""));
    let why = "http://127.0.0.1:9/state said 429".to_owned();
    bench.input(Input::Closed(CloseReason { kind: CloseKind::Refused, why, retry: true, after_millis: 60_000 }));
    let LinkState::Waiting { until_nanos: Some(until), .. } = bench.status().state else { panic!() };
    let wait = (until - bench.now.0) / 1_000_000;
    assert!((60_000..61_000).contains(&wait), "{wait} ms");
    assert!(bench.at(59_000).input(Input::Timeout).is_empty(), "asked too soon");
    assert_eq!(bench.at(61_000).input(Input::Timeout), [Output::Open]);
}

const PINGED: &str = "kind = \"websocket\"\nurl = \"ws://127.0.0.1:9/\"\nping = \"ping\"\npong = \"pong\"\nping_s = 10";

#[test]
fn f25_a_device_that_answers_no_ping_is_opened_again() {
    let mut bench = Bench::open(&profile(PINGED, "name = \"json\"\nframing = \"whole\"", ""));
    bench.message(b"{\"a\":1}");
    let transmit = || Output::Transmit(b"ping".to_vec());
    assert!(bench.at(9_999).input(Input::Timeout).is_empty());
    assert_eq!(bench.at(10_000).input(Input::Timeout), [transmit()]);
    bench.input(Input::Transmitted(4));
    bench.at(10_050).message(b"pong");
    let counters = bench.status().counters;
    assert_eq!((counters.frames, counters.rejected(), counters.bytes_good), (1, 0, 11), "an answer is no frame");
    assert!(bench.lines().iter().all(|line| !line.1.contains("ping")), "{:?}", bench.lines());
    assert_eq!(bench.at(20_000).input(Input::Timeout), [transmit()]);
    // Twice without an answer.
    assert_eq!(bench.at(30_000).input(Input::Timeout), [transmit()]);
    assert_eq!(bench.at(30_050).input(Input::Timeout)[0], Output::Close);
    assert!(matches!(bench.status().state, LinkState::Waiting { .. }));
}

#[test]
fn f35_a_computer_that_slept_opens_its_network_links_again_at_once() {
    let mut bench = Bench::open(&profile(SOCKET, "name = \"json\"", ""));
    bench.message(b"{\"a\":1}\n");
    let outputs = bench.at(3_600_000).input(Input::Woke { seconds: 3_600 });
    assert_eq!(outputs.first(), Some(&Output::Close));
    assert_eq!(outputs.last(), Some(&Output::Open), "{outputs:?}");
    bench.at(3_600_100).input(Input::Opened);
    assert_eq!(bench.status().counters.gaps, 1);
    assert!(bench.lines().iter().any(|line| line.1.contains("slept for 3600 s")), "{:?}", bench.lines());
    // One that waits to be opened does not wait any longer.
    bench.closed(CloseKind::Lost, "gone");
    assert_eq!(bench.input(Input::Woke { seconds: 40 }), [Output::Open]);
    // One that was heard meanwhile was not asleep: only the timers were.
    let mut awake = Bench::open(&profile(SOCKET, "name = \"json\"", ""));
    awake.at(30_000).message(b"{\"a\":1}\n");
    assert!(awake.at(40_000).input(Input::Woke { seconds: 35 }).is_empty());
    // A serial port tells by itself: the gap is marked, and what was pending is over.
    let mut wire = Bench::open(&pairs());
    wire.bytes(b"a:1\nb:");
    assert!(wire.at(3_600_000).input(Input::Woke { seconds: 3_600 }).is_empty());
    let counters = wire.status().counters;
    assert_eq!((counters.gaps, counters.bytes_pending), (1, 0));
}

#[test]
fn subprotocols_are_names() {
    for wrong in ["[\"a b\"]", "[\"a\", \"a\"]", "[\"\"]"] {
        let text = format!("name = \"t\"\n[link]\n{SOCKET}\nsubprotocols = {wrong}\n[protocol]\nname = \"json\"\n");
        assert!(Profile::parse(&text).unwrap_err().to_string().contains("subprotocol"), "{wrong}");
    }
}
