//! Tunnels of the built gateway, with a real WebSocket client at one end and a real TCP peer at the other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod stage;

use futures_util::SinkExt;
use session::tunnel::{Ending, FromGateway, TargetKind, ToGateway, UNSENT, WINDOW};
use stage::{Gateway, PATIENCE, device};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::Message;

const WRITE: &str = "verbs = ['read', 'write']";

/// Bytes that are all there and in order, or are not.
fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|at| u8::try_from((at * 7 + at / 251) % 256).unwrap()).collect()
}

#[tokio::test]
async fn bytes_go_both_ways_and_are_told_as_sent() {
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    let mut tunnel = gateway.tunnel("dev", "").await;
    let (mut peer, _) = listener.accept().await.unwrap();
    assert_eq!(tunnel.hear().await, Some(FromGateway::Opened { kind: TargetKind::Tcp, write: true, local: true }));
    tunnel.say(&ToGateway::Bytes(b"*IDN?\n".to_vec())).await;
    let mut command = [0; 6];
    peer.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"*IDN?\n");
    assert_eq!(tunnel.hear().await, Some(FromGateway::Sent(6)));
    peer.write_all(b"ACME\n").await.unwrap();
    let Some(FromGateway::Bytes { at_nanos, bytes }) = tunnel.hear().await else { panic!() };
    assert_eq!(bytes, b"ACME\n");
    // Later than this was written.
    assert!(at_nanos > 1_790_000_000_000_000_000, "{at_nanos}");
    tunnel.say(&ToGateway::Ping).await;
    assert_eq!(tunnel.hear().await, Some(FromGateway::Pong));
    // A device that closes ends the tunnel, with a word.
    drop(peer);
    assert_eq!(tunnel.ending().await, Ending::ByDevice);
    assert_eq!(tunnel.hear().await, None);
}

/// R10: however the stream is cut, the bytes are the same; many slices travel together.
#[tokio::test]
async fn r10_single_byte_slices_lose_nothing_and_share_messages() {
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    let mut tunnel = gateway.tunnel("dev", "").await;
    let (mut peer, _) = listener.accept().await.unwrap();
    peer.set_nodelay(true).unwrap();
    tunnel.opened().await;
    let sent = pattern(20_000);
    let given = sent.clone();
    let slices = tokio::spawn(async move {
        for byte in given {
            peer.write_all(&[byte]).await.unwrap();
        }
        peer
    });
    let heard = tunnel.read(sent.len()).await;
    assert!(heard == sent, "bytes differ");
    let mut peer = slices.await.unwrap();
    // And the other way: a message for each byte.
    for byte in &sent[..2000] {
        tunnel.say(&ToGateway::Bytes(vec![*byte])).await;
    }
    let mut heard = vec![0; 2000];
    peer.read_exact(&mut heard).await.unwrap();
    assert!(heard == sent[..2000], "bytes differ");
}

/// R10: a console that takes nothing holds the device back: nothing is lost, and nothing piles up.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn r10_a_slow_console_holds_the_device_back_and_memory_is_bounded() {
    const LEN: usize = 96 << 20;
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    let mut tunnel = gateway.tunnel("dev", "").await;
    let (mut peer, _) = listener.accept().await.unwrap();
    tunnel.opened().await;
    let before = gateway.resident_kib();
    let flood = tokio::spawn(async move {
        let piece = pattern(1 << 20);
        for _ in 0..LEN >> 20 {
            peer.write_all(&piece).await.unwrap();
        }
    });
    // It reads what comes, and does not say that it has taken it.
    let mut heard = 0;
    while heard < WINDOW as usize {
        let Some(FromGateway::Bytes { bytes, .. }) = tunnel.hear().await else { panic!() };
        heard += bytes.len();
    }
    assert_eq!(heard, WINDOW as usize, "not a byte more than the window");
    assert!(
        tokio::time::timeout(Duration::from_millis(1500), tunnel.hear()).await.is_err(),
        "more than the window came"
    );
    assert!(!flood.is_finished(), "the device was not held back");
    let grown = gateway.resident_kib().saturating_sub(before);
    assert!(grown < 24 << 10, "{grown} KiB more for a console that takes nothing");
    // Commands still go: the ways do not wait for each other. Then all of it comes.
    tunnel.say(&ToGateway::Taken(WINDOW)).await;
    let rest = tunnel.read(LEN - heard).await;
    let all = pattern(1 << 20);
    assert!(rest.chunks(1 << 20).all(|piece| *piece == all[..piece.len()]), "bytes differ");
    flood.await.unwrap();
}

/// R10: a console that does not even read its socket.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn r10_a_console_that_reads_nothing_costs_no_memory_and_the_others_nothing() {
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    let mut stuck = gateway.tunnel("dev", "").await;
    let (mut flood, _) = listener.accept().await.unwrap();
    stuck.opened().await;
    let before = gateway.resident_kib();
    let flood = tokio::spawn(async move { while flood.write_all(&[0; 65_536]).await.is_ok() {} });
    let mut other = gateway.tunnel("dev", "").await;
    let (mut peer, _) = listener.accept().await.unwrap();
    other.opened().await;
    for _ in 0..200 {
        other.say(&ToGateway::Bytes(b"x".to_vec())).await;
        peer.read_exact(&mut [0]).await.unwrap();
        peer.write_all(b"y").await.unwrap();
        assert_eq!(other.read(1).await, b"y");
    }
    let grown = gateway.resident_kib().saturating_sub(before);
    assert!(grown < 24 << 10, "{grown} KiB more");
    flood.abort();
}

/// R10: a device that takes nothing. What waits for it is bounded, and it is still heard.
#[tokio::test]
async fn r10_a_device_that_takes_nothing_is_still_heard_and_its_queue_is_bounded() {
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    let mut tunnel = gateway.tunnel("dev", "").await;
    let (mut peer, _) = listener.accept().await.unwrap();
    tunnel.opened().await;
    // As much as the gateway's socket, the peer's and the queue hold, by the rules: never more than may be under way.
    let mut under_way: u64 = 0;
    let piece = vec![0x55; 64 << 10];
    let mut full = 0;
    while full < 5 {
        if under_way + (piece.len() as u64) <= u64::from(UNSENT) {
            tunnel.say(&ToGateway::Bytes(piece.clone())).await;
            under_way += piece.len() as u64;
        }
        match tokio::time::timeout(Duration::from_millis(300), tunnel.hear()).await {
            Ok(Some(FromGateway::Sent(sent))) => under_way -= u64::from(sent),
            Ok(other) => panic!("{other:?}"),
            Err(_) => full += 1,
        }
    }
    peer.write_all(b"still here").await.unwrap();
    assert_eq!(tunnel.read(10).await, b"still here");
    // And against the rules: it is cut off.
    for _ in 0..=UNSENT as usize / piece.len() {
        tunnel.say(&ToGateway::Bytes(piece.clone())).await;
    }
    assert_eq!(tunnel.ending().await, Ending::Protocol);
}

/// R10: a connection that is taken back (RST).
#[tokio::test]
async fn r10_a_reset_of_the_device_is_told() {
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    let mut tunnel = gateway.tunnel("dev", "").await;
    let (peer, _) = listener.accept().await.unwrap();
    tunnel.opened().await;
    peer.set_zero_linger().unwrap();
    drop(peer);
    assert_eq!(tunnel.ending().await, Ending::Broken);
    let log = gateway.log(1).await;
    assert_eq!((log[0]["why"].as_str(), log[0]["target"].as_str()), (Some("broken"), Some("dev")));
}

/// A console that goes, with a word or by a reset, ends the connection to the device; what it had sent arrives.
#[tokio::test]
async fn a_console_that_goes_lets_the_device_go_and_its_last_command_arrives() {
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    for politely in [true, false] {
        let mut tunnel = gateway.tunnel("dev", "").await;
        let (mut peer, _) = listener.accept().await.unwrap();
        tunnel.opened().await;
        tunnel.say(&ToGateway::Bytes(b"off".to_vec())).await;
        if politely {
            tunnel.socket.close(None).await.unwrap();
        }
        drop(tunnel);
        let mut heard = Vec::new();
        tokio::time::timeout(PATIENCE, peer.read_to_end(&mut heard)).await.expect("the device was held").unwrap();
        assert_eq!(heard, b"off");
    }
    let log = gateway.log(2).await;
    for line in log {
        assert_eq!((line["why"].as_str(), line["up"].as_u64()), (Some("by-console"), Some(3)), "{line}");
    }
}

/// R10: a console whose network is gone without a word. The client here answers no ping while it is not polled.
#[tokio::test]
async fn r10_a_console_that_is_half_open_is_given_up() {
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    let mut tunnel = gateway.tunnel("dev", "").await;
    let (mut peer, _) = listener.accept().await.unwrap();
    tunnel.opened().await;
    let mut heard = Vec::new();
    tokio::time::timeout(PATIENCE, peer.read_to_end(&mut heard)).await.expect("the device was held").unwrap();
    let log = gateway.log(1).await;
    assert_eq!(log[0]["why"].as_str(), Some("broken"), "{}", log[0]);
    assert!(log[0]["seconds"].as_f64().unwrap() > 15.0, "{}", log[0]);
    drop(tunnel);
}

/// What is no conversation is refused, with a word; a message above 1 MiB is not even put together (S17).
#[tokio::test]
async fn s17_what_makes_no_sense_ends_the_tunnel() {
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    for message in [
        Message::Text("hello".into()),
        Message::Binary(vec![0xff; 10].into()),
        Message::Binary(Vec::new().into()),
        Message::Binary(vec![2, 1].into()),
    ] {
        let mut tunnel = gateway.socket("dev").await;
        tunnel.socket.send(message).await.unwrap();
        assert_eq!(tunnel.ending().await, Ending::Protocol);
    }
    for message in [
        Message::Text("hello".into()),
        Message::Binary(vec![0xff; 10].into()),
        Message::Binary(vec![1; (1 << 20) + 1].into()),
        Message::Binary(vec![0, 0].into()),
    ] {
        let mut tunnel = gateway.tunnel("dev", "").await;
        let _peer = listener.accept().await.unwrap();
        tunnel.opened().await;
        let _ = tunnel.socket.send(message).await;
        assert_eq!(tunnel.ending().await, Ending::Protocol);
    }
    let log = gateway.log(8).await;
    assert!(log.iter().all(|line| line["why"] == "protocol"), "{log:?}");
}

/// S17: nobody holds a place without saying who they are.
#[tokio::test]
async fn s17_a_console_that_does_not_say_hello_is_sent_away() {
    let (_listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    let mut tunnel = gateway.socket("dev").await;
    assert_eq!(tunnel.ending().await, Ending::Token);
    // And one that begins no request at all.
    let mut silent = tokio::net::TcpStream::connect(gateway.address).await.unwrap();
    silent.write_all(b"GET / HTTP/1.1\r\nHost: loc").await.unwrap();
    let mut answer = Vec::new();
    tokio::time::timeout(PATIENCE, silent.read_to_end(&mut answer)).await.expect("it may wait for ever").unwrap();
}

#[tokio::test]
async fn s41_a_device_that_is_not_there_is_told_apart_from_one_that_has_no_name() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let text = format!(
        "target = [{{ name = 'closed', kind = 'tcp', address = '{closed}', local = true }}, \
         {{ name = 'nameless', kind = 'telnet', address = 'no.such.name.invalid:23' }}, \
         {{ name = 'own', kind = 'tcp', address = 'localhost:{}' }}, \
         {{ name = 'gone', kind = 'serial', port = '/dev/no-such-port' }}]",
        closed.port()
    );
    let gateway = Gateway::start(&text);
    for (target, expected) in [
        ("closed", Ending::Refused),
        ("nameless", Ending::NoSuchName),
        ("own", Ending::Forbidden),
        ("gone", Ending::Absent),
        ("nobody", Ending::NoSuchTarget),
        ("..%2Fdev", Ending::NoSuchTarget),
    ] {
        assert_eq!(gateway.tunnel(target, "").await.ending().await, expected, "{target}");
    }
    // The address is in the log, and nowhere else.
    let log = gateway.log(6).await;
    assert!(log[0]["detail"].as_str().unwrap().contains("127.0.0.1"), "{}", log[0]);
}

/// The gateway that stops says so, and does not stay for it.
#[cfg(unix)]
#[tokio::test]
async fn a_gateway_that_stops_says_so() {
    let (listener, text) = device(WRITE).await;
    let gateway = Gateway::start(&text);
    let mut tunnel = gateway.tunnel("dev", "").await;
    let _peer = listener.accept().await.unwrap();
    tunnel.opened().await;
    std::process::Command::new("kill").args(["-TERM", &gateway.process().to_string()]).status().unwrap();
    assert_eq!(tunnel.ending().await, Ending::Stopping);
    assert_eq!(gateway.log(1).await[0]["why"], "stopping");
}
