#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
use super::*;
use session::link::Properties;
use session::tunnel::encode;
use tokio::time::timeout;

const SOON: Duration = Duration::from_secs(30);

/// The next packet that a broker hears: its first byte, and what follows its length, which is short here.
async fn packet(broker: &mut DuplexStream) -> (u8, Vec<u8>) {
    let mut head = [0; 2];
    timeout(SOON, broker.read_exact(&mut head)).await.unwrap().unwrap();
    assert!(head[1] < 0x80);
    let mut body = vec![0; usize::from(head[1])];
    broker.read_exact(&mut body).await.unwrap();
    (head[0], body)
}

/// What the console is told, as text.
async fn told(console: &mut DuplexStream, messages: &mut Messages, count: usize) -> Vec<String> {
    let mut told = Vec::new();
    let mut buffer = [0; 1024];
    while told.len() < count {
        let read = timeout(SOON, console.read(&mut buffer)).await.unwrap().unwrap();
        assert!(read > 0, "it ended after {told:?}");
        let each = |said: FromBroker<'_>| {
            told.push(match said {
                FromBroker::Published(message) => format!("{} on {}", message.payload.len(), message.topic),
                FromBroker::Denied { filter } => format!("denied {filter}"),
                FromBroker::Answered { topic, fate } => format!("{topic} {fate:?}"),
            });
        };
        messages.read(&buffer[..read], each).unwrap();
    }
    told
}

fn publication(topic: &str, qos: u8) -> Vec<u8> {
    let mut message = Vec::new();
    let publication = Publication {
        topic: topic.to_owned(),
        payload: b"on".to_vec(),
        qos,
        retain: false,
        properties: Properties::default(),
    };
    encode(&publication, &mut message);
    message
}

#[tokio::test]
async fn a_denied_topic_is_told_and_each_publication_is_answered() {
    let settings = Broker {
        host: "broker.example".into(),
        port: 1883,
        local: false,
        tls: None,
        login: None,
        topics: vec!["open/#".into(), "private/#".into()],
    };
    let (ours, mut broker) = tokio::io::duplex(4096);
    let far = tokio::spawn(async move {
        assert_eq!(packet(&mut broker).await.0, 0x10, "CONNECT");
        broker.write_all(b"\x20\x02\x00\x00").await.unwrap();
        let (first, body) = packet(&mut broker).await;
        assert_eq!(first, 0x82, "SUBSCRIBE");
        // SUBACK: the first is granted, the second is not (MQTT 3.1.1, section 3.9.3).
        broker.write_all(&[0x90, 4, body[0], body[1], 0, 0x80]).await.unwrap();
        // PUBLISH at QoS 0 is answered by nobody; at QoS 1 by PUBACK, once it has come.
        assert_eq!(packet(&mut broker).await.0, 0x30);
        let (first, body) = packet(&mut broker).await;
        assert_eq!(first, 0x32);
        let at = 2 + usize::from(body[1]);
        broker.write_all(b"\x30\x09\x00\x06open/1x").await.unwrap();
        broker.write_all(&[0x40, 2, body[at], body[at + 1]]).await.unwrap();
        broker
    });
    let mut console = timeout(SOON, open(&settings, &[], ours, Arc::default()))
        .await
        .unwrap()
        .unwrap_or_else(|why| panic!("{why:?}"));
    let mut messages = Messages::default();
    assert_eq!(told(&mut console, &mut messages, 1).await, ["denied private/#"]);
    console.write_all(&publication("open/lamp", 0)).await.unwrap();
    assert_eq!(told(&mut console, &mut messages, 1).await, ["open/lamp Taken"]);
    console.write_all(&publication("open/valve", 1)).await.unwrap();
    assert_eq!(told(&mut console, &mut messages, 2).await, ["1 on open/1", "open/valve Taken"]);
    console.write_all(&publication("no+topic", 1)).await.unwrap();
    assert_eq!(told(&mut console, &mut messages, 1).await, ["no+topic NoMessage"]);
    drop(far.await.unwrap());
}

#[test]
fn a_console_gets_what_it_asks_for_where_that_is_the_target_s() {
    let texts = |topics: &[&str]| topics.iter().map(|topic| (*topic).to_owned()).collect::<Vec<_>>();
    let cases: [(&[&str], &[&str], bool); 10] = [
        (&["meters/#"], &["meters/m2/#"], true),
        (&["meters/#"], &["meters/m2/state", "meters/+/alarm"], true),
        (&["meters/+/state"], &["meters/m2/state"], true),
        (&["meters/#"], &[], false),
        (&["meters/#"], &["#"], false),
        (&["meters/+/state"], &["meters/#"], false),
        (&["meters/#"], &["meters/m2/#", "other/#"], false),
        (&["#"], &["$SYS/#"], false),
        (&["meters/#"], &["$share/a/meters/#"], false),
        (&["meters/#"], &["meters/#/x"], false),
    ];
    let own = texts(&["meters/+/state"]);
    for (asked, near) in
        [("#", true), ("meters/#", true), ("meters/m2/+", true), ("other/{device}/s", false), ("meters/m2", false)]
    {
        assert_eq!(is_near(&own, asked), near, "{asked}");
    }
    for (own, asked, less) in cases {
        let (own, asked) = (texts(own), texts(asked));
        assert_eq!(narrowed(&own, &asked), if less { &asked[..] } else { &own[..] }, "{own:?} {asked:?}");
    }
}
