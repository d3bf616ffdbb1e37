//! `ferrule serve --demo`: the built gateway, and who comes to its simulated devices.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use futures_util::{SinkExt, StreamExt};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{self, Message};

const PATIENCE: Duration = Duration::from_secs(60);

struct Demo {
    child: Child,
    address: SocketAddr,
    said: Vec<String>,
}

impl Demo {
    fn start(words: &[&str]) -> Demo {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ferrule"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let lines = if words.is_empty() { 1 } else { 8 };
        let said: Vec<String> = output.lines().take(lines).map(Result::unwrap).collect();
        let address = said[0].split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap().parse().unwrap();
        Demo { child, address, said }
    }

    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let body = answer.split_once("\r\n\r\n").unwrap().1.to_owned();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), body)
    }

    fn request(&self, path: &str, subprotocol: &'static str, origin: &str) -> tungstenite::handshake::client::Request {
        let mut request = format!("ws://{}{path}", self.address).into_client_request().unwrap();
        if !subprotocol.is_empty() {
            request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static(subprotocol));
        }
        if !origin.is_empty() {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        request
    }

    fn at(&self, kind: &str) -> SocketAddr {
        let line = self.said.iter().find(|line| line.contains(kind)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

type Socket = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// A client of MQTT whose packets are written here by the standard's tables.
struct Mqtt {
    socket: Socket,
    came: Vec<u8>,
}

impl Mqtt {
    async fn connect(demo: &Demo, packet: &[u8]) -> Mqtt {
        let request = demo.request("/demo/mqtt", "mqtt", "");
        let socket = tokio_tungstenite::connect_async(request).await.unwrap().0;
        let mut mqtt = Mqtt { socket, came: Vec::new() };
        mqtt.say(packet).await;
        mqtt
    }

    async fn say(&mut self, packet: &[u8]) {
        self.socket.send(Message::Binary(packet.to_vec().into())).await.unwrap();
    }

    /// The next packet: its first byte, and what follows its length. Nothing where the broker has closed.
    async fn next(&mut self) -> Option<(u8, Vec<u8>)> {
        loop {
            if self.came.len() >= 2 {
                let (mut len, mut at) = (0, 1);
                for shift in 0..4 {
                    let byte = self.came[at];
                    len |= usize::from(byte & 0x7f) << (7 * shift);
                    at += 1;
                    if byte < 0x80 {
                        break;
                    }
                }
                if self.came.len() >= at + len {
                    let body = self.came[at..at + len].to_vec();
                    let first = self.came[0];
                    self.came.drain(..at + len);
                    return Some((first, body));
                }
            }
            match tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("the broker says nothing") {
                Some(Ok(Message::Binary(bytes))) => self.came.extend(bytes),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The next message of version 3.1.1 at QoS 0 on a topic that ends so.
    async fn message(&mut self, ending: &str) -> (u8, String, String) {
        loop {
            let (first, body) = self.next().await.expect("it ended");
            if first & 0xf0 == 0x30 {
                let len = usize::from(u16::from_be_bytes([body[0], body[1]]));
                let topic = String::from_utf8(body[2..2 + len].to_vec()).unwrap();
                if topic.ends_with(ending) {
                    return (first, topic, String::from_utf8(body[2 + len..].to_vec()).unwrap());
                }
            }
        }
    }
}

const CONNECT_311: &[u8] = b"\x10\x0d\x00\x04MQTT\x04\x02\x00\x1e\x00\x01c";

#[tokio::test]
async fn the_broker_speaks_3_1_1_retains_and_has_its_devices_answer() {
    let demo = Demo::start(&["--demo", "60"]);
    let mut mqtt = Mqtt::connect(&demo, CONNECT_311).await;
    assert_eq!(mqtt.next().await, Some((0x20, vec![0, 0])));
    // SUBSCRIBE, packet 1, `site/#` at QoS 1; 0 is granted.
    mqtt.say(b"\x82\x0b\x00\x01\x00\x06site/#\x01").await;
    assert_eq!(mqtt.next().await, Some((0x90, vec![0, 1, 0])));
    let (first, _, state) = mqtt.message("room-001/state").await;
    assert_eq!(first, 0x31, "what is retained is marked");
    assert!(state.contains("\"kind\": \"room\""), "{state}");
    let (first, ..) = mqtt.message("/state").await;
    assert!(first == 0x31 || first == 0x30);
    // PUBLISH at QoS 1, packet 7: it is acknowledged, and the device answers.
    let mut publish = b"\x32\x27\x00\x11site/pump-001/set\x00\x07".to_vec();
    publish.extend(b"{\"output\": false}");
    publish[1] = u8::try_from(publish.len() - 2).unwrap();
    mqtt.say(&publish).await;
    let mut acknowledged = false;
    let reply = loop {
        let (first, body) = mqtt.next().await.unwrap();
        acknowledged |= (first, body.as_slice()) == (0x40, &[0, 7]);
        let text = String::from_utf8_lossy(&body).into_owned();
        if text.contains("site/pump-001/reply") {
            break text;
        }
    };
    assert!(acknowledged && reply.ends_with("{\"ok\": \"output off\"}"), "{reply}");
    let (.., state) = mqtt.message("pump-001/state").await;
    assert!(state.contains("\"output\": false"), "{state}");
    // PINGREQ.
    mqtt.say(b"\xc0\x00").await;
    while mqtt.next().await.unwrap() != (0xd0, Vec::new()) {}
}

#[tokio::test]
async fn the_broker_speaks_5_names_whoever_has_no_name_and_says_why_it_refuses() {
    let demo = Demo::start(&["--demo", "40"]);
    // CONNECT of version 5 without a client identifier, keep-alive 30.
    let mut mqtt = Mqtt::connect(&demo, b"\x10\x0d\x00\x04MQTT\x05\x02\x00\x1e\x00\x00\x00").await;
    let (first, connack) = mqtt.next().await.unwrap();
    assert_eq!((first, &connack[..2]), (0x20, &[0, 0][..]));
    assert!(String::from_utf8_lossy(&connack).contains("demo-"), "{connack:?}");
    // SUBSCRIBE to a filter that is none, to a share, and to one that nobody publishes to.
    let filters: [&[u8]; 3] = [b"a#", b"$share/g/a", b"nobody"];
    let mut body = b"\x00\x02\x00".to_vec();
    for filter in filters {
        body.extend(u16::try_from(filter.len()).unwrap().to_be_bytes());
        body.extend(filter);
        body.push(0);
    }
    let mut packet = vec![0x82, u8::try_from(body.len()).unwrap()];
    packet.extend(body);
    mqtt.say(&packet).await;
    let answer = mqtt.next().await;
    // The library may refuse the first itself.
    if let Some((0x90, suback)) = &answer {
        assert_eq!(&suback[3..], [0x8f, 0x9e, 0]);
    } else {
        assert!(matches!(answer, Some((0xe0, _)) | None), "{answer:?}");
    }
}

#[tokio::test]
async fn what_is_no_mqtt_ends_the_connection_and_nothing_else() {
    let demo = Demo::start(&["--demo", "40"]);
    for wrong in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        b"\x30\x05\x00\x01a",
        b"\x10\xff\xff\xff\xff\x7f",
        b"\x82\x06\x00\x01\x00\x01#\x00",
    ] {
        let mut mqtt = Mqtt::connect(&demo, wrong).await;
        while mqtt.next().await.is_some() {}
    }
    let mut mqtt = Mqtt::connect(&demo, CONNECT_311).await;
    assert_eq!(mqtt.next().await, Some((0x20, vec![0, 0])));
    // Another client of the same name takes its place.
    let mut other = Mqtt::connect(&demo, CONNECT_311).await;
    assert_eq!(other.next().await, Some((0x20, vec![0, 0])));
    assert_eq!(mqtt.next().await, None);
}

#[tokio::test]
async fn the_power_supply_tells_and_obeys() {
    let demo = Demo::start(&["--demo", "40"]);
    let mut socket = tokio_tungstenite::connect_async(demo.request("/demo/supply", "", "")).await.unwrap().0;
    socket.send(Message::Text("{\"voltage\": 5}".into())).await.unwrap();
    let mut replied = false;
    loop {
        let message = tokio::time::timeout(PATIENCE, socket.next()).await.unwrap().unwrap().unwrap();
        let said: serde_json::Value = serde_json::from_str(message.to_text().unwrap()).unwrap();
        replied |= said["reply"] == "ok voltage 5";
        if replied && said["voltage"].as_f64().is_some_and(|volts| (volts - 5.0).abs() < 0.1) {
            break;
        }
    }
}

#[test]
fn the_station_answers_and_obeys() {
    let demo = Demo::start(&["--demo", "40"]);
    let document = |demo: &Demo| -> serde_json::Value {
        let (status, body) = demo.ask("GET", "/demo/station", "", "");
        assert_eq!(status, 200);
        serde_json::from_str(&body).unwrap()
    };
    assert_eq!(document(&demo)["heater"], false);
    assert_eq!(demo.ask("POST", "/demo/station", "", "{\"heater\": true}").0, 200);
    assert_eq!(document(&demo)["heater"], true);
    let (status, body) = demo.ask("POST", "/demo/station", "", "heat!");
    assert!(status == 400 && body.contains("true or false"), "{body}");
    assert_eq!(demo.ask("POST", "/demo/station", "", &"x".repeat(70_000)).0, 413);
}

#[test]
fn the_station_tells_each_second_whoever_asks_for_events() {
    let demo = Demo::start(&["--demo", "40"]);
    let mut stream = TcpStream::connect(demo.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET /demo/station HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\r\n", demo.address)
        .unwrap();
    let lines = BufReader::new(stream).lines().map(Result::unwrap);
    let told: Vec<String> = lines.filter(|line| line.contains(':')).take_while(|line| line != "id: 2").collect();
    assert!(told.iter().any(|line| line.eq_ignore_ascii_case("content-type: text/event-stream")), "{told:?}");
    let documents: Vec<_> = told.iter().filter_map(|line| line.strip_prefix("data: ")).collect();
    assert_eq!(documents.len(), 2, "{told:?}");
    for document in documents {
        let weather: serde_json::Value = serde_json::from_str(document).unwrap();
        assert!(weather["wind"]["speed"].is_number(), "{weather}");
    }
}

#[test]
fn the_stations_lines_have_no_end_and_its_weather_in_each() {
    let demo = Demo::start(&["--demo", "40"]);
    let mut stream = TcpStream::connect(demo.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET /demo/lines HTTP/1.1\r\nHost: {}\r\n\r\n", demo.address).unwrap();
    let lines = BufReader::new(stream).lines().map(Result::unwrap);
    let mut documents = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok());
    let mut weather = || documents.find(serde_json::Value::is_object).unwrap();
    assert!(weather()["wind"]["speed"].is_number() && weather()["air"]["pressure"].is_number());
}

#[test]
fn the_bench_supply_speaks_lines_over_plain_tcp() {
    let demo = Demo::start(&["--demo", "40"]);
    let mut stream = TcpStream::connect(demo.at("TCP ")).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(b"{\"voltage\": 7}\r\nnonsense\n").unwrap();
    let lines = BufReader::new(stream).lines().map(Result::unwrap);
    let mut said = lines.map(|line| serde_json::from_str::<serde_json::Value>(&line).unwrap());
    assert!(said.any(|said| said["reply"] == "ok voltage 7"));
    assert!(said.any(|said| said["reply"].as_str().is_some_and(|reply| reply.starts_with("error"))));
    assert!(said.any(|said| said["voltage"].as_f64().is_some_and(|volts| (volts - 7.0).abs() < 0.1)));
}

#[test]
fn the_boilers_shell_speaks_telnet() {
    let demo = Demo::start(&["--demo", "40"]);
    let mut stream = TcpStream::connect(demo.at("Telnet")).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // It may echo (IAC DO ECHO), and the terminal's type is asked for in vain (IAC WILL TTYPE).
    stream.write_all(b"\xff\xfd\x01\xff\xfb\x18status\r\nexit\r\n").unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    let text = String::from_utf8_lossy(&all);
    assert!(all.starts_with(b"\xff\xfb\x01\xff\xfb\x03\xff\xfd\x1f"), "{all:?}");
    assert!(all.windows(3).any(|three| three == b"\xff\xfe\x18"), "{all:?}");
    assert!(text.contains("bc4> ") && text.contains("status\r\n>water:") && text.ends_with("goodbye\r\n"), "{text}");
}

#[test]
fn the_loggers_files_are_listed_and_fetched_through_the_gateway() {
    let demo = Demo::start(&["--demo", "40"]);
    let origin = format!("Origin: http://{}\r\n", demo.address);
    let (status, top) = demo.ask("GET", "/files/demo-logger/", &origin, "");
    assert!(status == 200 && top.contains("TODAY.CSV") && top.contains("ARCHIVE"), "{status} {top}");
    let (_, days) = demo.ask("GET", "/files/demo-logger/ARCHIVE/", &origin, "");
    let name = days.split('"').find(|part| part.ends_with(".CSV")).unwrap_or_else(|| panic!("{days}"));
    let (status, whole) = demo.ask("GET", &format!("/files/demo-logger/ARCHIVE/{name}"), &origin, "");
    assert!(status == 200 && whole.contains("time,temperature,level,battery"), "{status}");
    assert!(whole.matches("\r\n").count() > 8640);
    let range = format!("{origin}Range: bytes=200000-\r\n");
    let (status, rest) = demo.ask("GET", &format!("/files/demo-logger/ARCHIVE/{name}"), &range, "");
    assert!(status == 206 && !rest.contains("temperature") && rest.len() < whole.len(), "{status}");
    assert_eq!(demo.ask("GET", "/files/demo-logger/NONE.CSV", &origin, "").0, 404);
    assert_eq!(demo.ask("PUT", "/files/demo-logger/NEW.CSV", &origin, "x").0, 403);
}

#[test]
fn the_loggers_server_is_only_read_from() {
    let demo = Demo::start(&["--demo", "40"]);
    let mut stream = TcpStream::connect(demo.at("FTP")).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let long = format!("CWD {}\r\n", "x".repeat(900));
    let asked =
        ["USER a", "PASS b", "CWD ../../etc", "CWD ARCHIVE", "PWD", "DELE a", "STOR a", "RETR a", "PORT 1,2,3,4,5,6"];
    write!(stream, "{}\r\n{long}QUIT\r\n", asked.join("\r\n")).unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    let codes: Vec<&str> = said.lines().filter_map(|line| line.get(..3)).collect();
    assert_eq!(codes, ["220", "331", "230", "550", "250", "257", "550", "550", "425", "502", "550", "221"], "{said}");
    assert!(said.contains("\"/ARCHIVE\""), "{said}");
}

#[tokio::test]
async fn s6_pages_of_other_origins_are_refused() {
    let demo = Demo::start(&["--demo", "40"]);
    let evil = "http://evil.example";
    for (path, subprotocol) in [("/demo/mqtt", "mqtt"), ("/demo/supply", "")] {
        match tokio_tungstenite::connect_async(demo.request(path, subprotocol, evil)).await {
            Err(tungstenite::Error::Http(response)) => assert_eq!(response.status().as_u16(), 403, "{path}"),
            other => panic!("{path}: {other:?}"),
        }
        let own = format!("http://{}", demo.address);
        tokio_tungstenite::connect_async(demo.request(path, subprotocol, &own)).await.unwrap();
    }
    assert_eq!(demo.ask("POST", "/demo/station", "Origin: http://evil.example\r\n", "{\"heater\": true}").0, 403);
    assert_eq!(demo.ask("GET", "/demo/station", "Origin: null\r\n", "").0, 403);
}

#[test]
fn its_profiles_and_its_target_are_listed_and_it_says_what_it_started() {
    let demo = Demo::start(&["--demo"]);
    let address = demo.address.to_string();
    let (_, body) = demo.ask("GET", "/demo", "", "");
    let profiles: Vec<String> = serde_json::from_str(&body).unwrap();
    assert!(profiles.len() >= 8 && profiles.iter().filter(|profile| profile.contains(&address)).count() >= 3);
    let targets = demo.ask("GET", "/targets", "", "").1;
    assert!(targets.contains("demo-boiler") && targets.contains("demo-logger"), "{targets}");
    let said = demo.said.join("\n");
    for part in [
        "ws://",
        "/demo/mqtt (240 devices)",
        "/demo/station",
        "/demo/supply",
        "/demo/lines",
        "target demo-boiler",
        "target demo-bench",
        "target demo-logger",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    // Without it there is nothing of it.
    let plain = Demo::start(&[]);
    assert_eq!(plain.ask("GET", "/demo", "", ""), (200, "[]\n".to_owned()));
    assert_eq!(plain.ask("GET", "/demo/station", "", "").0, 404);
}

#[test]
fn s15_it_is_for_this_machine_alone() {
    let refused = |words: &[&str], why: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_ferrule")).arg("serve").args(words).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(why), "{words:?}: {said}");
    };
    let folder = std::env::temp_dir().join(format!("ferrule-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let token = "[[token]]\nname = 'x'\ntoken = 'correct horse battery staple'\ntargets = ['*']\n";
    let proxy = file("proxy.toml", &format!("behind_proxy = true\n{token}"));
    let named = file("named.toml", "[[target]]\nname = 'demo-boiler'\nkind = 'tcp'\naddress = 'a.example:1'\n");
    refused(&["--demo", "--listen", "0.0.0.0:0"], "reached from other machines");
    refused(&["--demo", "--config", &proxy], "");
    refused(&["--demo", "--config", &named], "demo-boiler");
    refused(&["--demo", "0"], "0");
    refused(&["--demo", "10001"], "10001");
    let _ = std::fs::remove_dir_all(folder);
}
