//! Whom the built gateway lets in, and what it tells of itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod stage;

use session::tunnel::{Ending, FromGateway, ToGateway};
use stage::{Gateway, HASH, PATIENCE, TOKEN, device};
use std::process::Command;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::http::HeaderValue;

/// One token for reading the target `dev`.
fn token(more: &str) -> String {
    format!("[[token]]\nname = 'lab'\nsha256 = '{HASH}'\ntargets = ['dev']\n{more}\n")
}

/// S6: a page of somebody else, in a browser that reaches this gateway.
#[tokio::test]
async fn s6_other_pages_open_no_tunnel() {
    let (_listener, text) = device("").await;
    let gateway = Gateway::start(&format!("origins = ['https://lab.example']\n{text}"));
    let port = gateway.address.port();
    for origin in [
        "http://evil.example".to_owned(),
        format!("http://localhost:{port}"),
        format!("https://127.0.0.1:{port}"),
        format!("http://127.0.0.1:{port}.evil.example"),
        "https://lab.example:444".to_owned(),
        "null".to_owned(),
    ] {
        let mut request = gateway.request("dev");
        request.headers_mut().insert("origin", HeaderValue::from_str(&origin).unwrap());
        assert_eq!(gateway.refusal(request).await, 403, "{origin}");
    }
    let mut request = gateway.request("dev");
    request.headers_mut().remove("origin");
    assert_eq!(gateway.refusal(request).await, 403, "no origin at all");
    let mut request = gateway.request("dev");
    request.headers_mut().insert("origin", HeaderValue::from_static("https://lab.example"));
    tokio_tungstenite::connect_async(request).await.expect("an origin that the file names");
    let metrics = gateway.ask("GET", "/metrics", "").1;
    assert!(metrics.contains("ferrule_refused_total{why=\"origin\"} 7\n"), "{metrics}");
}

/// S7: a name that was made to lead here. S6: the subprotocol is ours.
#[tokio::test]
async fn s6_s7_other_names_and_other_protocols_open_no_tunnel() {
    let (_listener, text) = device("").await;
    let gateway = Gateway::start(&text);
    let mut request = gateway.request("dev");
    request.headers_mut().insert("host", HeaderValue::from_static("evil.example"));
    request.headers_mut().insert("origin", HeaderValue::from_static("http://evil.example"));
    assert_eq!(gateway.refusal(request).await, 421);
    let mut request = gateway.request("dev");
    request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("binary"));
    assert_eq!(gateway.refusal(request).await, 400);
    assert_eq!(gateway.ask("GET", "/link/dev", &format!("Origin: http://{}\r\n", gateway.address)).0, 400);
}

/// S16: a token for one target and one verb opens that and nothing else.
#[tokio::test]
async fn s16_a_token_opens_what_it_names_and_nothing_else() {
    let (listener, text) = device("verbs = ['read', 'write']").await;
    let other = "[[target]]\nname = 'other'\nkind = 'tcp'\naddress = '10.0.0.1:1'\n";
    let gateway = Gateway::start(&format!("{text}{other}{}", token("")));
    for wrong in ["", "correct horse battery stapl", "correct horse battery staple ", HASH] {
        assert_eq!(gateway.tunnel("dev", wrong).await.ending().await, Ending::Token, "{wrong:?}");
    }
    // Nobody learns by a token which targets there are besides.
    assert_eq!(gateway.tunnel("other", TOKEN).await.ending().await, Ending::NoSuchTarget);
    assert_eq!(gateway.tunnel("nobody", TOKEN).await.ending().await, Ending::NoSuchTarget);
    let mut tunnel = gateway.tunnel("dev", TOKEN).await;
    let (mut peer, _) = listener.accept().await.unwrap();
    assert!(matches!(tunnel.hear().await, Some(FromGateway::Opened { write: false, .. })));
    peer.write_all(b"21.5").await.unwrap();
    assert_eq!(tunnel.read(4).await, b"21.5");
    tunnel.say(&ToGateway::Bytes(b"off".to_vec())).await;
    assert_eq!(tunnel.ending().await, Ending::Verb);
    let mut heard = Vec::new();
    tokio::time::timeout(PATIENCE, peer.read_to_end(&mut heard)).await.unwrap().unwrap();
    assert_eq!(heard, b"", "the device heard what was not allowed");
}

/// S16: a token that has run out, before a tunnel and within it.
#[tokio::test]
async fn s16_f26_a_token_ends_when_its_time_has_come() {
    let (listener, text) = device("").await;
    let gateway = Gateway::start(&format!("{text}{}", token("expires = 2026-01-01")));
    assert_eq!(gateway.tunnel("dev", TOKEN).await.ending().await, Ending::Token);
    let soon = jiff::Timestamp::now() + std::time::Duration::from_secs(6);
    let gateway = Gateway::start(&format!("{text}{}", token(&format!("expires = {soon:.3}"))));
    let mut tunnel = gateway.tunnel("dev", TOKEN).await;
    let _peer = listener.accept().await.unwrap();
    tunnel.opened().await;
    assert_eq!(tunnel.ending().await, Ending::Token);
    // Whoever tries again is told the same, at once.
    assert_eq!(gateway.tunnel("dev", TOKEN).await.ending().await, Ending::Token);
}

/// S16: a token that is taken out of the file ends its tunnels, without a restart; a mistake in the file changes nothing.
#[cfg(unix)]
#[tokio::test]
async fn s16_a_token_is_taken_away_without_a_restart() {
    let (listener, text) = device("").await;
    let gateway = Gateway::start(&format!("{text}{}", token("")));
    let mut tunnel = gateway.tunnel("dev", TOKEN).await;
    let _peer = listener.accept().await.unwrap();
    tunnel.opened().await;
    let file = gateway.folder.join("gateway.toml");
    let hang_up = || {
        let told = Command::new("kill").args(["-HUP", &gateway.process().to_string()]).status().unwrap();
        assert!(told.success());
    };
    std::fs::write(&file, "[[token]]\nnam = 'x'").unwrap();
    hang_up();
    let mut other = gateway.tunnel("dev", TOKEN).await;
    let _other = listener.accept().await.unwrap();
    other.opened().await;
    let hash = "0".repeat(64);
    std::fs::write(&file, format!("[[token]]\nname = 'new'\nsha256 = '{hash}'\ntargets = ['*']\n")).unwrap();
    hang_up();
    assert_eq!(tunnel.ending().await, Ending::Token);
    assert_eq!(other.ending().await, Ending::Token);
    assert_eq!(gateway.tunnel("dev", TOKEN).await.ending().await, Ending::Token);
}

/// S16: one line for each tunnel, in which no text of others begins a second one.
#[tokio::test]
async fn s16_s41_the_log_has_a_line_for_each_tunnel_and_the_console_its_number_alone() {
    let (listener, text) = device("verbs = ['read', 'write']").await;
    let gateway = Gateway::start(&format!("{text}{}", token("verbs = ['read', 'write']")));
    let mut tunnel = gateway.tunnel("dev", TOKEN).await;
    let (mut peer, _) = listener.accept().await.unwrap();
    tunnel.opened().await;
    tunnel.say(&ToGateway::Bytes(b"12345".to_vec())).await;
    peer.read_exact(&mut [0; 5]).await.unwrap();
    peer.write_all(b"123").await.unwrap();
    tunnel.read(3).await;
    drop(peer);
    tunnel.ending().await;
    let mut stranger = gateway.tunnel("a%0A%7B%22id%22:7%7D", "wrong").await;
    let Some(FromGateway::Closed { why: Ending::Token, id }) = stranger.hear().await else { panic!() };
    let log = gateway.log(2).await;
    assert_eq!(log.len(), 2);
    let line = &log[0];
    assert!(line["time"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{line}");
    assert_eq!((line["who"].as_str(), line["from"].as_str()), (Some("lab"), Some("127.0.0.1")));
    assert_eq!((line["up"].as_u64(), line["down"].as_u64(), line["dropped"].as_u64()), (Some(5), Some(3), Some(0)));
    assert_eq!((line["why"].as_str(), line["verbs"].as_array().map(Vec::len)), (Some("by-device"), Some(2)));
    assert_eq!((log[1]["id"].as_u64(), log[1]["who"].is_null()), (Some(id), true));
    let text = std::fs::read_to_string(gateway.folder.join("audit.log")).unwrap();
    assert!(!text.contains("wrong") && !text.contains(TOKEN), "a token is in the log");
}

#[tokio::test]
async fn targets_health_and_metrics_are_told_to_whoever_has_a_token() {
    let (listener, text) = device("verbs = ['read', 'write']\ntitle = 'Power supply'\nprofile = 'scpi'").await;
    let other = "[[target]]\nname = 'other'\nkind = 'telnet'\naddress = '10.0.0.1:23'\n";
    let gateway = Gateway::start(&format!("{text}{other}{}", token("")));
    for path in ["/targets", "/health", "/metrics"] {
        assert_eq!(gateway.ask("GET", path, "").0, 401, "{path}");
        assert_eq!(gateway.ask("GET", path, "Authorization: Bearer wrong\r\n").0, 401, "{path}");
    }
    let ask = |path: &str| gateway.ask("GET", path, &format!("Authorization: Bearer {TOKEN}\r\n"));
    let (status, answer) = ask("/targets");
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let expected = r#"[{"kind":"tcp","name":"dev","profile":"scpi","title":"Power supply","verbs":["read"]}]"#;
    let [body, expected] = [body, expected].map(|text| serde_json::from_str::<serde_json::Value>(text).unwrap());
    assert_eq!((status, body), (200, expected));
    let (status, health) = ask("/health");
    assert!(status == 200 && health.contains("\"status\":\"ok\"") && health.contains("\"version\":"), "{health}");
    let mut tunnel = gateway.tunnel("dev", TOKEN).await;
    let (mut peer, _) = listener.accept().await.unwrap();
    tunnel.opened().await;
    peer.write_all(b"1234567").await.unwrap();
    tunnel.read(7).await;
    let metrics = ask("/metrics").1;
    assert!(metrics.contains("content-type: text/plain; version=0.0.4"), "{metrics}");
    for line in [
        "# TYPE ferrule_tunnels_open gauge",
        "ferrule_tunnels_open{target=\"dev\"} 1",
        "ferrule_tunnels_open{target=\"other\"} 0",
        "ferrule_bytes_from_device_total{target=\"dev\"} 7",
        "ferrule_refused_total{why=\"token\"} 6",
    ] {
        assert!(metrics.lines().any(|found| found == line), "no {line} in\n{metrics}");
    }
    drop(peer);
    tunnel.ending().await;
    let metrics = ask("/metrics").1;
    assert!(metrics.contains("ferrule_tunnels_total{target=\"dev\",ending=\"by-device\"} 1\n"), "{metrics}");
    assert!(metrics.contains("ferrule_tunnels_open{target=\"dev\"} 0\n"), "{metrics}");
}

/// Another origin that the file names may ask for the targets; one that it does not name learns nothing.
#[tokio::test]
async fn targets_are_shared_with_the_origins_of_the_file_only() {
    let (_listener, text) = device("").await;
    let gateway = Gateway::start(&format!("origins = ['https://lab.example']\nmetrics = {{ open = true }}\n{text}"));
    for (origin, expected) in [("https://lab.example", true), ("https://evil.example", false)] {
        for method in ["GET", "OPTIONS"] {
            let answer = gateway.ask(method, "/targets", &format!("Origin: {origin}\r\n")).1;
            let shared = format!("access-control-allow-origin: {origin}\r\n");
            assert_eq!(answer.contains(&shared), expected, "{method} {answer}");
            assert!(answer.contains("vary: Origin\r\n"), "{answer}");
        }
    }
}

/// S17: as many as the file says, and not one more, until one ends.
#[tokio::test]
async fn s17_tunnels_are_counted_by_address_and_by_token() {
    let (listener, text) = device("").await;
    for (limit, tokens) in [("tunnels_per_address = 2", String::new()), ("tunnels_per_token = 2", token(""))] {
        let gateway = Gateway::start(&format!("limits = {{ {limit} }}\n{text}{tokens}"));
        let mut open = Vec::new();
        for _ in 0..2 {
            let mut tunnel = gateway.tunnel("dev", TOKEN).await;
            let peer = listener.accept().await.unwrap();
            tunnel.opened().await;
            open.push((tunnel, peer));
        }
        assert_eq!(gateway.tunnel("dev", TOKEN).await.ending().await, Ending::TooMany, "{limit}");
        open.pop();
        gateway.log(2).await;
        let mut tunnel = gateway.tunnel("dev", TOKEN).await;
        let _peer = listener.accept().await.unwrap();
        tunnel.opened().await;
    }
}

/// S17: a tunnel in which nothing is said.
#[tokio::test]
async fn s17_an_idle_tunnel_ends() {
    let (listener, text) = device("").await;
    let gateway = Gateway::start(&format!("limits = {{ idle_s = 1 }}\n{text}"));
    let mut tunnel = gateway.tunnel("dev", "").await;
    let _peer = listener.accept().await.unwrap();
    tunnel.opened().await;
    assert_eq!(tunnel.ending().await, Ending::Idle);
}

/// S18, R10: a flood of connections is thinned, and whoever is in a tunnel is not hurt by it.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn s18_r10_a_flood_of_connections_costs_no_memory_and_no_tunnel() {
    let (listener, text) = device("verbs = ['read', 'write']").await;
    let gateway = Gateway::start(&format!("limits = {{ connections_per_second = 50 }}\n{text}"));
    let mut tunnel = gateway.tunnel("dev", "").await;
    let (mut peer, _) = listener.accept().await.unwrap();
    tunnel.opened().await;
    let before = gateway.resident_kib();
    let address = gateway.address;
    let flood = tokio::spawn(async move {
        let mut open = Vec::new();
        for _ in 0..4000 {
            if let Ok(stream) = tokio::net::TcpStream::connect(address).await {
                open.push(stream);
            }
            // Half of them stay.
            if open.len() > 500 {
                open.clear();
            }
        }
    });
    while !flood.is_finished() {
        tunnel.say(&ToGateway::Bytes(b"x".to_vec())).await;
        peer.read_exact(&mut [0]).await.unwrap();
        peer.write_all(b"y").await.unwrap();
        assert_eq!(tunnel.read(1).await, b"y");
    }
    let grown = gateway.resident_kib().saturating_sub(before);
    assert!(grown < 24 << 10, "{grown} KiB more");
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let metrics = gateway.ask("GET", "/metrics", "").1;
    let refused = metrics.lines().find_map(|line| line.strip_prefix("ferrule_refused_total{why=\"rate\"} ")).unwrap();
    assert!(refused.parse::<u32>().unwrap() > 1000, "{refused}");
}

/// S17: the head of a request is bounded.
#[tokio::test]
async fn s17_a_head_without_end_is_refused() {
    let gateway = Gateway::start("");
    let (status, _) = gateway.ask("GET", "/health", &format!("X: {}\r\n", "x".repeat(32 << 10)));
    assert_eq!(status, 431);
}

/// S15: other machines are let in only with TLS and tokens; a mistake in the file is named with its line.
#[test]
fn s15_without_tls_and_tokens_no_other_machine_is_let_in() {
    let folder = std::env::temp_dir().join(format!("ferrule-guard-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["console.example.org".to_owned()]).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    let listen = "listen = '0.0.0.0:0'\n";
    let tls = "tls = { certificate = 'cert.pem', key = 'key.pem' }\n";
    let token = format!("token = [{{ name = 'lab', sha256 = '{HASH}', targets = ['*'] }}]\n");
    let target = "target = [{ name = 'a', kind = 'tcp', address = '10.0.0.1:1' }]\n";
    for (text, refused) in [
        (listen.to_owned(), Some("neither [tls] nor a [[token]]")),
        (format!("\n{listen}"), Some("gateway.toml, line 2: 0.0.0.0:0 can be reached")),
        // Whoever stands in front lets others in, though only loopback is listened on.
        (format!("\nbehind_proxy = true\n{target}"), Some("line 2: a server in front lets others in")),
        (format!("behind_proxy = false\n{target}"), None),
        (format!("behind_proxy = true\n{target}{token}"), None),
        (format!("{listen}{tls}"), Some("no [[token]]")),
        (format!("{listen}{token}"), Some("no [tls]")),
        (format!("{listen}{tls}{token}"), None),
        (format!("{listen}{token}tls = {{ certificate = 'key.pem', key = 'key.pem' }}"), Some("no certificate")),
        (format!("{listen}{token}tls = {{ certificate = 'cert.pem', key = 'none.pem' }}"), Some("none.pem")),
        ("\nlisen = 'x'".to_owned(), Some("line 2: there is no key `lisen` here; did you mean `listen`?")),
    ] {
        let file = folder.join("gateway.toml");
        std::fs::write(&file, &text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_ferrule"))
            .args(["serve", "--check", "--config"])
            .arg(&file)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        match refused {
            Some(words) => assert!(output.status.code() == Some(2) && said.contains(words), "{text}\n{said}"),
            None => assert!(output.status.success(), "{said}"),
        }
    }
    // A token that has run out is no mistake, and is said.
    let file = folder.join("gateway.toml");
    std::fs::write(&file, token.replace(" }]", ", expires = 2026-01-01 }]")).unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_ferrule")).args(["serve", "--check", "--config"]).arg(&file).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.contains("the token \"lab\" has run out"), "{said}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_sample_that_is_printed_can_be_used() {
    let ferrule = || Command::new(env!("CARGO_BIN_EXE_ferrule"));
    let sample = ferrule().args(["serve", "--sample"]).output().unwrap().stdout;
    let file = std::env::temp_dir().join(format!("ferrule-sample-{}.toml", std::process::id()));
    std::fs::write(&file, sample).unwrap();
    let output = ferrule().args(["serve", "--check", "--config"]).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::remove_file(file).unwrap();
}
