//! Packets are written here by the tables of MQTT 5.0 and 3.1.1, not by the library that reads them.

use super::*;
use session::link::Will;

/// CONNACK (MQTT 5.0, section 3.2): no session, success, no properties.
const CONNACK: &[u8] = &[0x20, 0x03, 0x00, 0x00, 0x00];
const CONNACK_311: &[u8] = &[0x20, 0x02, 0x00, 0x00];

/// What was told, in words that can be compared.
#[derive(Default)]
struct Heard {
    sent: Vec<Vec<u8>>,
    messages: Vec<(String, Vec<u8>, bool)>,
    news: Vec<String>,
    wakes: Vec<(TimerKind, Option<u64>)>,
    end: Option<LinkError>,
}

impl Heard {
    fn tell(&mut self, told: Told<'_>) {
        match told {
            Told::Send(bytes) => self.sent.push(bytes),
            Told::Connected => self.news.push("connected".to_owned()),
            Told::Message(message) => {
                self.messages.push((message.topic.to_owned(), message.payload.to_vec(), message.retained));
            }
            Told::Taken(_, len) => self.news.push(format!("taken {len}")),
            Told::NotTaken(_, len, why) => self.news.push(format!("not taken {len}: {why}")),
            Told::Remark(text) | Told::NotSubscribed(text) => self.news.push(text),
            Told::Wake(kind, after) => self.wakes.push((kind, after)),
            Told::End(error) => self.end = Some(error),
            Told::WrongVersion => self.news.push("wrong version".to_owned()),
        }
    }

    fn ended(&self) -> &LinkError {
        self.end.as_ref().unwrap_or_else(|| panic!("it goes on: {:?}", self.news))
    }
}

fn settings() -> Mqtt {
    let topics = vec![Subscription { filter: "meters/{device}/#".to_owned(), qos: 1 }];
    Mqtt { client_id: "c".to_owned(), ..Mqtt::new("ws://broker/".to_owned(), topics) }
}

struct Bench {
    client: Client,
    heard: Heard,
    kept: Option<Kept>,
    /// What was told when the connection before ended.
    before: Vec<String>,
}

impl Bench {
    fn begun(settings: &Mqtt, version: Version) -> Bench {
        let (mut client, mut heard) = (Client::new(settings, version), Heard::default());
        client.connect(settings, None, &mut |told| heard.tell(told));
        Bench { client, heard, kept: None, before: Vec::new() }
    }

    /// The connection breaks, and there is another one.
    fn again(mut self, settings: &Mqtt, version: Version) -> Bench {
        let mut ended = Heard::default();
        let kept = self.client.keep(&mut |told| ended.tell(told)).or(self.kept);
        self.client.give_up(&mut |told| ended.tell(told));
        let (mut client, mut heard) = (Client::new(settings, version), Heard::default());
        client.resume(kept.clone().unwrap_or_else(|| panic!("nothing was kept")));
        client.connect(settings, None, &mut |told| heard.tell(told));
        Bench { client, heard, kept, before: ended.news }
    }

    fn connected(version: Version) -> Bench {
        let mut bench = Bench::begun(&settings(), version);
        bench.receive(if version == Version::V5 { CONNACK } else { CONNACK_311 });
        assert_eq!(bench.heard.news, ["connected"]);
        bench
    }

    fn receive(&mut self, bytes: &[u8]) {
        self.client.receive(bytes, &mut |told| self.heard.tell(told));
    }

    fn publish(&mut self, qos: u8, retain: bool) {
        let publication =
            Publication { topic: "a".into(), payload: b"hi".to_vec(), qos, retain, ..Publication::default() };
        self.client.publish(&publication, &mut |told| self.heard.tell(told));
    }

    fn news(&self) -> &str {
        self.heard.news.last().map_or("", String::as_str)
    }
}

/// PUBLISH (section 3.3) of MQTT 5.0, without properties.
fn publish(flags: u8, topic: &[u8], id: Option<u16>, payload: &[u8]) -> Vec<u8> {
    let mut body = vec![0, topic.len() as u8];
    body.extend(topic);
    body.extend(id.into_iter().flat_map(u16::to_be_bytes));
    body.push(0);
    body.extend(payload);
    [&[0x30 | flags, body.len() as u8], &body[..]].concat()
}

#[test]
fn the_first_packets_are_as_the_standard_has_them() {
    let mut settings = settings();
    settings.will = Some(Will { topic: "w".into(), payload: "x".into(), qos: 1, retain: true });
    let bench = Bench::begun(&settings, Version::V5);
    // Fixed header; "MQTT", 5; flags: will retain, will QoS 1, will, clean start; keep alive 30; the longest packet (0x27); client id;
    // will properties, topic, payload.
    let connect: &[u8] = b"\x10\x1a\x00\x04MQTT\x05\x2e\x00\x1e\x05\x27\x01\x00\x00\x00\x00\x01c\x00\x00\x01w\x00\x01x";
    assert_eq!(bench.heard.sent[0], connect);
    let mut bench = Bench::begun(&self::settings(), Version::V311);
    assert_eq!(bench.heard.sent[0], b"\x10\x0d\x00\x04MQTT\x04\x02\x00\x1e\x00\x01c");
    bench.receive(CONNACK_311);
    // SUBSCRIBE, packet 1: the device's level is any level on the wire.
    assert_eq!(bench.heard.sent[1], b"\x82\x0f\x00\x01\x00\x0ameters/+/#\x01");
}

#[test]
fn a_user_and_a_password_go_into_the_first_packet_only() {
    let (mut client, mut heard) = (Client::new(&settings(), Version::V311), Heard::default());
    let known = Credentials { username: "u".into(), password: "p".into() };
    client.connect(&settings(), Some(&known), &mut |told| heard.tell(told));
    assert_eq!(heard.sent[0], b"\x10\x13\x00\x04MQTT\x04\xc2\x00\x1e\x00\x01c\x00\x01u\x00\x01p");
}

#[test]
fn packets_end_anywhere() {
    let whole = [CONNACK, &publish(1, b"a/b", None, b"hello"), &publish(0, b"c", None, b"")].concat();
    for size in 1..whole.len() {
        let mut bench = Bench::begun(&settings(), Version::V5);
        whole.chunks(size).for_each(|piece| bench.receive(piece));
        let heard = bench.heard.messages;
        assert_eq!(heard, [("a/b".into(), b"hello".to_vec(), true), ("c".into(), vec![], false)], "{size} at once");
    }
}

#[test]
fn f31_what_breaks_the_rules_ends_the_connection_and_is_no_data() {
    let cases: [(&str, Vec<u8>, &str); 7] = [
        ("remaining length of five bytes", vec![0x30, 0xff, 0xff, 0xff, 0xff, 0x01], "malformed"),
        ("QoS 3", publish(0x06, b"a", Some(1), b"x"), "malformed"),
        ("NUL in the topic", publish(0, b"a\0b", None, b"x"), "no topic"),
        ("a wildcard in the topic", publish(0, b"a/#", None, b"x"), "no topic"),
        ("no UTF-8 in the topic", publish(0, b"\xff\xfe", None, b"x"), "malformed"),
        ("a second CONNACK", CONNACK.to_vec(), "may not come then"),
        ("an alias never given", b"\x30\x06\x00\x00\x03\x23\x00\x01".to_vec(), "alias"),
    ];
    for (what, bytes, why) in cases {
        let mut bench = Bench::connected(Version::V5);
        bench.receive(&bytes);
        let ended = bench.heard.ended();
        assert!(ended.message.contains(why) && ended.message.contains("does not keep to MQTT"), "{what}: {ended:?}");
        bench.receive(&publish(0, b"late", None, b"x"));
        assert!(bench.heard.messages.is_empty(), "{what}: shown as data");
    }
    let mut early = Bench::begun(&settings(), Version::V5);
    early.receive(&publish(0, b"a", None, b"x"));
    assert!(early.heard.messages.is_empty());
    let ended = early.heard.ended();
    assert!(ended.message.contains("may not come then"), "{ended:?}");
}

#[test]
fn f30_text_and_packets_without_measure_are_errors_of_the_far_end() {
    let mut bench = Bench::connected(Version::V5);
    bench.client.text(&mut |told| bench.heard.tell(told));
    assert!(bench.heard.ended().message.contains("came as text"));
    let mut bench = Bench::connected(Version::V5);
    // 64 MiB are announced; nothing of it need come for that.
    bench.receive(&[0x30, 0x80, 0x80, 0x80, 0x20]);
    assert!(bench.heard.ended().message.contains("more than 16777216 bytes"), "{:?}", bench.heard.end);
}

#[test]
fn f31_a_message_of_quality_two_comes_once_and_one_that_took_our_place_is_not_fought() {
    let mut bench = Bench::connected(Version::V5);
    bench.receive(&publish(0x04, b"a", Some(7), b"x"));
    bench.receive(&publish(0x0c, b"a", Some(7), b"x"));
    assert_eq!(bench.heard.messages.len(), 1);
    assert_eq!(bench.heard.sent.iter().filter(|sent| sent.starts_with(&[0x50])).count(), 2, "PUBREC for each");
    bench.receive(&[0xe0, 0x02, 0x8e, 0x00]);
    let ended = bench.heard.ended();
    assert_eq!(ended.kind, LinkErrorKind::TakenOver, "tried again, it would take the place back, and so on");
    assert!(ended.message.contains("another client has come with the same client id"), "{ended:?}");
}

#[test]
fn what_is_published_is_with_the_broker_when_it_says_so() {
    let mut bench = Bench::connected(Version::V5);
    bench.publish(0, false);
    assert_eq!(bench.news(), "taken 3");
    bench.publish(1, false);
    assert_eq!(bench.news(), "taken 3", "not yet");
    let id = &bench.heard.sent.last().map(|sent| sent[5..7].to_vec()).unwrap_or_default();
    bench.heard.news.clear();
    bench.receive(&[0x40, 0x02, id[0], id[1]]);
    assert_eq!(bench.news(), "taken 3");
    // Refused, with the broker's own sentence: reason string "no" (property 0x1F).
    bench.publish(1, false);
    let id = &bench.heard.sent.last().map(|sent| sent[5..7].to_vec()).unwrap_or_default();
    bench.receive(&[0x40, 0x09, id[0], id[1], 0x87, 0x05, 0x1f, 0x00, 0x02, b'n', b'o']);
    let news = bench.news();
    assert!(
        news.starts_with("not taken 3: The broker did not take the message to a (it says \"no\"): this user may not"),
        "{news}"
    );
    // Exactly once: received, released, complete.
    bench.heard.news.clear();
    bench.publish(2, false);
    let id = &bench.heard.sent.last().map(|sent| sent[5..7].to_vec()).unwrap_or_default();
    bench.receive(&[0x50, 0x02, id[0], id[1]]);
    assert_eq!((bench.news(), bench.heard.sent.last().map(|sent| sent[0])), ("", Some(0x62)));
    bench.receive(&[0x70, 0x02, id[0], id[1]]);
    assert_eq!(bench.news(), "taken 3");
}

#[test]
fn what_was_not_acknowledged_is_said_when_the_connection_ends() {
    let mut bench = Bench::connected(Version::V311);
    bench.publish(1, false);
    bench.client.give_up(&mut |told| bench.heard.tell(told));
    assert!(bench.news().contains("was not acknowledged"), "{}", bench.news());
}

#[test]
fn what_a_broker_does_not_offer_is_not_sent() {
    let mut bench = Bench::begun(&settings(), Version::V5);
    // Maximum QoS 0, no retained messages (properties 0x24 and 0x25).
    bench.receive(&[0x20, 0x07, 0x00, 0x00, 0x04, 0x24, 0x00, 0x25, 0x00]);
    let before = bench.heard.sent.len();
    bench.publish(1, false);
    assert!(bench.news().contains("does not offer that quality"), "{}", bench.news());
    bench.publish(0, true);
    assert!(bench.news().contains("retains no messages"), "{}", bench.news());
    assert_eq!(bench.heard.sent.len(), before);
}

#[test]
fn a_refused_connection_is_said_in_words_with_the_next_step() {
    for (code, kind, words) in [
        (0x86, LinkErrorKind::Credentials, "Enter both again"),
        (0x87, LinkErrorKind::Credentials, "Connect as one who may"),
        (0x85, LinkErrorKind::Denied, "another client_id"),
        (0x8a, LinkErrorKind::Denied, "banned"),
        (0x88, LinkErrorKind::Refused, "not available"),
        (0x97, LinkErrorKind::Refused, "quota"),
    ] {
        let mut bench = Bench::begun(&settings(), Version::V5);
        bench.receive(&[0x20, 0x03, 0x00, code, 0x00]);
        let ended = bench.heard.ended();
        assert!(ended.kind == kind && ended.message.contains(words), "{code:#x}: {ended:?}");
    }
    for (code, kind, words) in [
        (2, LinkErrorKind::Denied, "another client_id"),
        (3, LinkErrorKind::Refused, "not available"),
        (4, LinkErrorKind::Credentials, "Enter both again"),
        (5, LinkErrorKind::Credentials, "Connect as one who may"),
    ] {
        let mut bench = Bench::begun(&settings(), Version::V311);
        bench.receive(&[0x20, 0x02, 0x00, code]);
        let ended = bench.heard.ended();
        assert!(ended.kind == kind && ended.message.contains(words), "{code}: {ended:?}");
    }
    let every: Vec<String> = (0x80..=0xa2).map(|code| words::reason(code, "")).collect();
    assert!(every.iter().all(|reason| reason.contains(". ")), "{every:?}");
}

#[test]
fn an_older_broker_is_known_by_its_answer() {
    let mut bench = Bench::begun(&settings(), Version::V5);
    bench.receive(&[0x20]);
    bench.receive(&[0x02]);
    assert_eq!(bench.news(), "wrong version");
    let mut bench = Bench::begun(&settings(), Version::V5);
    bench.receive(&[0x20, 0x03, 0x00, 0x84, 0x00]);
    assert_eq!(bench.news(), "wrong version");
}

#[test]
fn a_subscription_that_is_refused_is_said() {
    let mut bench = Bench::connected(Version::V5);
    bench.receive(&[0x90, 0x04, 0x00, 0x01, 0x00, 0x87]);
    assert!(
        bench.news().starts_with("The broker does not send meters/{device}/#: this user may not"),
        "{}",
        bench.news()
    );
    let mut bench = Bench::connected(Version::V311);
    bench.receive(&[0x90, 0x03, 0x00, 0x01, 0x00]);
    assert_eq!(bench.news(), "The broker sends meters/{device}/# with quality 0 only.");
}

#[test]
fn f25_a_connection_that_is_dead_is_found_by_its_silence() {
    let mut bench = Bench::connected(Version::V5);
    let asked = |bench: &Bench| {
        bench.heard.wakes.iter().filter(|wake| **wake == (TimerKind::PingreqSend, Some(10_000))).count()
    };
    assert_eq!(asked(&bench), 1);
    // Whatever else is sent, the question comes when it is due.
    bench.publish(0, false);
    assert_eq!(asked(&bench), 1);
    bench.client.wake(TimerKind::PingreqSend, &mut |told| bench.heard.tell(told));
    assert_eq!(bench.heard.sent.last().map(Vec::as_slice), Some(&[0xc0, 0x00][..]));
    assert!(bench.heard.wakes.contains(&(TimerKind::PingrespRecv, Some(9000))), "{:?}", bench.heard.wakes);
    bench.receive(&[0xd0, 0x00]);
    assert_eq!(bench.heard.wakes.last(), Some(&(TimerKind::PingrespRecv, None)), "it answered");
    bench.client.wake(TimerKind::PingrespRecv, &mut |told| bench.heard.tell(told));
    let ended = bench.heard.ended();
    assert!(ended.kind == LinkErrorKind::Lost && ended.message.contains("did not answer within 9 s"), "{ended:?}");
}

#[test]
fn the_broker_s_own_keep_alive_rules_from_its_welcome_on() {
    // Server Keep Alive (property 0x13): 10 s, where 30 were asked for.
    let mut bench = Bench::begun(&settings(), Version::V5);
    bench.receive(&[0x20, 0x06, 0x00, 0x00, 0x03, 0x13, 0x00, 0x0a]);
    let last = bench.heard.wakes.iter().rev().find(|(kind, _)| *kind == TimerKind::PingreqSend).copied();
    assert_eq!(last, Some((TimerKind::PingreqSend, Some(6666))), "{:?}", bench.heard.wakes);
    // Whatever is sent meanwhile, the question comes when it is due, and again after the same time.
    bench.heard.wakes.clear();
    bench.publish(0, false);
    assert!(bench.heard.wakes.is_empty(), "{:?}", bench.heard.wakes);
    bench.client.wake(TimerKind::PingreqSend, &mut |told| bench.heard.tell(told));
    assert_eq!(bench.heard.sent.last().map(Vec::as_slice), Some(&[0xc0, 0x00][..]));
    assert!(bench.heard.wakes.contains(&(TimerKind::PingreqSend, Some(6666))), "{:?}", bench.heard.wakes);
    assert!(bench.heard.wakes.contains(&(TimerKind::PingrespRecv, Some(5000))), "{:?}", bench.heard.wakes);
    // None at all.
    let mut bench = Bench::begun(&settings(), Version::V5);
    bench.receive(&[0x20, 0x06, 0x00, 0x00, 0x03, 0x13, 0x00, 0x00]);
    assert!(bench.heard.wakes.contains(&(TimerKind::PingreqSend, None)), "{:?}", bench.heard.wakes);
}

#[test]
fn what_is_told_of_the_meanwhile_is_true() {
    let kept = Mqtt { clean_start: false, session_expiry_s: 60, ..settings() };
    let mut bench = Bench::begun(&kept, Version::V5);
    bench.receive(&[0x20, 0x03, 0x01, 0x00, 0x00]);
    assert!(bench.news().starts_with("The broker had kept this client's session"), "{:?}", bench.heard.news);
    // The first time there was no meanwhile.
    let mut bench = Bench::begun(&kept, Version::V5);
    bench.receive(CONNACK);
    assert_eq!(bench.heard.news, ["connected"]);
    let mut bench = bench.again(&kept, Version::V5);
    bench.receive(CONNACK);
    assert!(bench.news().starts_with("The broker had kept nothing"), "{:?}", bench.heard.news);
}

#[test]
fn what_was_not_acknowledged_is_sent_again_where_the_session_goes_on() {
    for (version, here, gone) in [
        (Version::V5, &[0x20, 0x03, 0x01, 0x00, 0x00][..], CONNACK),
        (Version::V311, &[0x20, 0x02, 0x01, 0x00][..], CONNACK_311),
    ] {
        let kept = Mqtt { clean_start: false, session_expiry_s: 60, ..settings() };
        let mut bench = Bench::begun(&kept, version);
        bench.receive(gone);
        bench.publish(1, false);
        let first = bench.heard.sent.last().cloned().unwrap_or_default();
        bench.publish(2, false);
        bench.receive(&[0x50, 0x02, 0x00, 0x03]);
        let released = bench.heard.sent.last().cloned().unwrap_or_default();
        assert_eq!(released[..2], [0x62, 0x02], "{version:?}");
        let bench = bench.again(&kept, version);
        assert!(bench.before.iter().all(|news| !news.starts_with("not taken")), "{:?}", bench.before);
        assert_eq!(bench.before.iter().filter(|news| news.contains("is sent again")).count(), 2, "{:?}", bench.before);
        // A connection that does not come about changes nothing.
        let mut bench = bench.again(&kept, version);
        assert!(bench.before.is_empty(), "{:?}", bench.before);
        bench.receive(here);
        // MQTT-4.4.0-1: with the same number, and DUP; what was received is only released.
        assert_eq!(bench.heard.sent[1][0], first[0] | 0x08, "{version:?}");
        assert_eq!((&bench.heard.sent[1][1..], &bench.heard.sent[2]), (&first[1..], &released), "{version:?}");
        // What is new takes another number.
        bench.publish(1, false);
        let number = |packet: &[u8]| packet[5..7].to_vec();
        let new = bench.heard.sent.last().map(|packet| number(packet)).unwrap_or_default();
        assert!(![number(&first), vec![0, 3]].contains(&new), "{version:?}: {new:?}");
        bench.heard.news.clear();
        bench.receive(&[0x40, 0x02, first[5], first[6]]);
        bench.receive(&[0x70, 0x02, 0x00, 0x03]);
        assert_eq!(bench.heard.news, ["taken 3", "taken 3"], "{version:?}");
        // A broker that has forgotten is sent nothing of before, and that is said.
        let mut bench = bench.again(&kept, version);
        bench.receive(gone);
        assert!(bench.heard.news.iter().any(|news| news.contains("was not acknowledged")), "{:?}", bench.heard.news);
        assert_eq!(bench.heard.sent.iter().filter(|packet| packet[0] & 0xf0 == 0x30).count(), 0);
    }
}

#[test]
fn what_stands_beside_a_payload_comes_through() {
    let mut bench = Bench::connected(Version::V5);
    let mut properties = Properties::default();
    let packet: &[u8] = b"\x30\x1b\x00\x01a\x16\x03\x00\x01t\x08\x00\x01r\x09\x00\x01\x05\x26\x00\x04unit\x00\x01Wx";
    bench.client.receive(packet, &mut |told| {
        if let Told::Message(message) = told {
            properties = message.properties.clone();
            assert_eq!(message.payload, b"x");
        }
    });
    let wanted = Properties {
        content_type: "t".into(),
        response_topic: "r".into(),
        correlation: vec![5],
        user: vec![("unit".into(), "W".into())],
    };
    assert_eq!(properties, wanted);
}
