//! Files of FTP servers through the built gateway: Debian's vsftpd, and servers that behave as none should.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "stage/ftp.rs"]
mod servers;
mod stage;

use servers::{Rude, Vsftpd, target, trap};
use session::tunnel::{Ending, FromGateway, TargetKind, ToGateway};
use stage::{Gateway, HASH, TOKEN};
use std::io::{Read, Write};
use std::time::Duration;

/// An answer of HTTP: status, head, and as much of the body as came.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|why| panic!("{why}: {}", String::from_utf8_lossy(&self.body)))
    }

    fn why(&self) -> String {
        self.json()["why"].as_str().unwrap().to_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// One request, on a thread of its own so that a server of this test can answer meanwhile.
async fn ask(gateway: &Gateway, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
    let address = gateway.address;
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\n{headers}{length}Connection: close\r\n\r\n");
    let body = body.to_vec();
    tokio::task::spawn_blocking(move || {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body).unwrap();
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        let at = all.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&all[..at]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: all[at + 4..].to_vec() }
    })
    .await
    .unwrap()
}

async fn fetch(gateway: &Gateway, path: &str) -> Answer {
    ask(gateway, "GET", &format!("/files/logger/{path}"), "", b"").await
}

/// F47: and another file of the same name is not joined to what was there.
#[tokio::test]
async fn vsftpd_lists_gives_resumes_and_takes_files() {
    let server = Vsftpd::start("whole", "");
    let log: Vec<u8> = (0..50_000).flat_map(|at| format!("{at},{}\n", at * 7).into_bytes()).collect();
    server.put("log/day 1.csv", &log);
    server.put("log/ü.bin", b"\0\x01\xff");
    let gateway = Gateway::start(&server.target("verbs = ['read', 'write']"));
    // The tunnel says that the server is there, and whether it may be written to.
    let mut tunnel = gateway.tunnel("logger", "").await;
    let opened = FromGateway::Opened { kind: TargetKind::Ftp, write: true, local: true };
    assert_eq!(tunnel.hear().await, Some(opened));
    tunnel.say(&ToGateway::Bytes(b"SYST\r\n".to_vec())).await;
    assert_eq!(tunnel.ending().await, Ending::Verb, "nobody speaks FTP through it");
    let top = fetch(&gateway, "").await.json();
    let names: Vec<_> = top["entries"].as_array().unwrap().iter().map(|entry| entry["name"].clone()).collect();
    assert_eq!((names, top["write"].clone()), (vec!["in".into(), "log".into()], true.into()));
    let logs = fetch(&gateway, "log/").await.json();
    assert_eq!(logs["entries"][0]["name"], "day 1.csv");
    assert_eq!(logs["entries"][0]["size"], log.len());
    assert_eq!((&logs["entries"][1]["name"], &logs["unreadable"]), (&"ü.bin".into(), &0.into()));
    let whole = fetch(&gateway, "log/day%201.csv").await;
    assert_eq!((whole.status, whole.body == log), (200, true));
    assert_eq!(whole.header("content-disposition"), Some("attachment"));
    assert_eq!(fetch(&gateway, "log/%C3%BC.bin").await.body, b"\0\x01\xff");
    // The rest of it, as long as it is the same file.
    let tag = whole.header("etag").unwrap().to_owned();
    let headers = format!("Range: bytes=100000-\r\nIf-Range: {tag}\r\n");
    let rest = ask(&gateway, "GET", "/files/logger/log/day%201.csv", &headers, b"").await;
    assert_eq!((rest.status, rest.body == log[100_000..]), (206, true));
    let range = format!("bytes 100000-{}/{}", log.len() - 1, log.len());
    assert_eq!(rest.header("content-range"), Some(range.as_str()));
    server.put("log/day 1.csv", &log[..200_000]);
    let other = ask(&gateway, "GET", "/files/logger/log/day%201.csv", &headers, b"").await;
    assert_eq!((other.status, other.body.len()), (200, 200_000), "f47: another length is another file");
    // There and back.
    assert_eq!(ask(&gateway, "PUT", "/files/logger/in/new.bin", "If-None-Match: *\r\n", &log).await.status, 201);
    assert!(server.read("in/new.bin") == log);
    let again = ask(&gateway, "PUT", "/files/logger/in/new.bin", "If-None-Match: *\r\n", b"x").await;
    assert_eq!((again.status, again.why()), (412, "exists".into()));
    assert_eq!(ask(&gateway, "PUT", "/files/logger/in/new.bin", "", b"x").await.status, 201);
    assert_eq!(server.read("in/new.bin"), b"x");
    let missing = fetch(&gateway, "log/none.csv").await;
    assert_eq!((missing.status, missing.why()), (404, "no-such-file".into()));
    let lines = gateway.log(10).await;
    assert!(lines.iter().any(|line| line["detail"].as_str().unwrap().starts_with("list \"/log\"")), "{lines:?}");
    let rest = lines.iter().find(|line| line["detail"] == "read \"/log/day 1.csv\" from byte 100000").unwrap();
    assert_eq!((&rest["down"], &rest["why"]), (&(log.len() - 100_000).into(), &"done".into()));
    let stored = lines.iter().find(|line| line["detail"] == "stored \"/in/new.bin\"").unwrap();
    assert_eq!((&stored["up"], &stored["why"]), (&log.len().into(), &"done".into()));
    let metrics = gateway.ask("GET", "/metrics", "").1;
    assert!(metrics.contains("ferrule_tunnels_total{target=\"logger\",ending=\"done\"}"), "{metrics}");
    assert!(metrics.contains("ferrule_tunnels_open{target=\"logger\"} 0"), "{metrics}");
}

/// The certificate that the file names, and no other; what the server said in the clear before is not believed.
#[tokio::test]
async fn s14_tls_with_vsftpd_is_spoken_with_the_certificate_that_the_file_names() {
    let [own, other] = [(); 2].map(|()| rcgen::generate_simple_self_signed(vec!["logger.example".into()]).unwrap());
    let folder = std::env::temp_dir().join(format!("ferrule-ftp-tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let [own_file, key_file, other_file] = ["own.pem", "key.pem", "other.pem"].map(|name| folder.join(name));
    std::fs::write(&own_file, own.cert.pem()).unwrap();
    std::fs::write(&key_file, own.signing_key.serialize_pem()).unwrap();
    std::fs::write(&other_file, other.cert.pem()).unwrap();
    let server = Vsftpd::start(
        "tls",
        &format!(
            "ssl_enable=YES\nallow_anon_ssl=YES\nforce_anon_logins_ssl=YES\nforce_anon_data_ssl=YES\n\
             rsa_cert_file={}\nrsa_private_key_file={}\nssl_tlsv1=YES\nssl_ciphers=HIGH",
            own_file.display(),
            key_file.display()
        ),
    );
    server.put("log/a.csv", b"1,2\n");
    let gateway = Gateway::start(&server.target(&format!("tls = '{}'", own_file.display())));
    let got = fetch(&gateway, "log/a.csv").await;
    assert_eq!((got.status, got.body.as_slice()), (200, b"1,2\n".as_slice()), "{:?}", gateway.log(1).await);
    let stranger = Gateway::start(&server.target(&format!("tls = '{}'", other_file.display())));
    assert_eq!(fetch(&stranger, "log/a.csv").await.why(), "server");
    let open = Gateway::start(&server.target(""));
    assert_eq!(fetch(&open, "log/a.csv").await.why(), "login", "a server that wants TLS says so");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn s10_s11_the_address_in_227_is_not_looked_at() {
    let (elsewhere, _) = trap().await;
    let pasv = "227 there (127,0,0,2,PORT)";
    let (file, size) = (b"21.5\n".to_vec(), "213 5");
    let rude = Rude { epsv: "500 what", pasv, file, size, ..Rude::default() };
    let (port, told) = rude.start().await;
    let gateway = Gateway::start(&target(port, ""));
    assert_eq!(fetch(&gateway, "a").await.body, b"21.5\n");
    let told = told.lock().unwrap().join("\n");
    assert!(told.contains("EPSV") && told.contains("PASV"), "{told}");
    assert!(!told.contains("PORT") && !told.contains("EPRT"), "the server is never let in: {told}");
    assert!(tokio::time::timeout(Duration::from_millis(200), elsewhere.accept()).await.is_err());
}

#[tokio::test]
async fn s11_a_port_that_could_be_another_service_is_not_connected_to() {
    for rude in [
        Rude { epsv: "229 there (|||22|)", ..Rude::default() },
        Rude { epsv: "500 what", pasv: "227 there (127,0,0,1,0,22)", ..Rude::default() },
    ] {
        let (port, _) = rude.start().await;
        let gateway = Gateway::start(&target(port, ""));
        assert_eq!(fetch(&gateway, "a").await.why(), "forbidden");
        let said = gateway.log(1).await[0]["detail"].as_str().unwrap().to_owned();
        assert!(said.contains(":22"), "{said}");
    }
}

#[tokio::test]
async fn s12_what_would_end_a_command_or_lead_elsewhere_never_reaches_the_server() {
    let (port, told) = Rude::default().start().await;
    let gateway = Gateway::start(&target(port, "verbs = ['read', 'write']"));
    for path in [
        "a%0d%0aDELE%20b",
        "a%0Ab",
        "a%00",
        "a%7F",
        "..%2F..%2Fetc%2Fpasswd",
        "log/%2e%2e/%2e%2e/a",
        "..%5Ca",
        "a//b",
        "log/../../",
    ] {
        for method in ["GET", "PUT"] {
            let body: &[u8] = if method == "PUT" { b"x" } else { b"" };
            let answer = ask(&gateway, method, &format!("/files/logger/{path}"), "", body).await;
            assert_eq!((answer.status, answer.why()), (400, "name".into()), "{method} {path}");
        }
    }
    assert!(told.lock().unwrap().is_empty(), "{told:?}");
}

/// The page can show no such name as anything but text, and can ask for none.
#[tokio::test]
async fn f47_names_that_lead_elsewhere_are_told_and_never_asked_for() {
    let listing = b"type=cdir;size=1; .\r\n\
        type=file;size=3; ../../etc/passwd\r\n\
        type=file;size=3; a\x00b\r\n\
        type=file;size=3; a\rDELE b\r\n\
        type=file;size=3; \x1b[2J\r\n\
        type=file;size=3; \xff\xfe\r\n\
        type=dir; ..\r\n\
        no facts at all\r\n\
        type=file;size=3; <img src=x onerror=alert(1)>\r\n"
        .to_vec();
    let (port, _) = Rude { listing, ..Rude::default() }.start().await;
    let gateway = Gateway::start(&target(port, ""));
    let listing = fetch(&gateway, "").await.json();
    let entries = listing["entries"].as_array().unwrap();
    let named: Vec<_> = entries.iter().filter(|entry| entry["named"] == true).collect();
    assert_eq!(named.len(), 1, "{entries:?}");
    assert_eq!(named[0]["name"], "<img src=x onerror=alert(1)>");
    assert!(entries.iter().all(|entry| entry["name"] != ".." && entry["name"] != "."), "{entries:?}");
    assert!(entries.len() >= 5, "{entries:?}");
}

#[tokio::test]
async fn f47_a_listing_without_end_and_a_reply_without_end_cost_nothing() {
    let listing =
        b"type=file;size=1;modify=20260101000000; a file with a long name that goes on and on.csv\r\n".repeat(64);
    let (port, _) = Rude { listing, endless: true, ..Rude::default() }.start().await;
    let gateway = Gateway::start(&target(port, ""));
    #[cfg(target_os = "linux")]
    let before = gateway.resident_kib();
    let listing = fetch(&gateway, "").await.json();
    assert_eq!((listing["cut"].as_bool(), listing["entries"].as_array().unwrap().len()), (Some(true), 10_000));
    // One line without an end, in the listing and at the control connection.
    let (port, _) = Rude { listing: vec![b'x'; 65_536], endless: true, ..Rude::default() }.start().await;
    let second = Gateway::start(&target(port, ""));
    assert_eq!(fetch(&second, "").await.json()["cut"], true);
    let (port, _) = Rude { greeting: vec![b'2'; 32 << 20], ..Rude::default() }.start().await;
    let third = Gateway::start(&target(port, ""));
    let why = fetch(&third, "").await.why();
    assert!(why == "broken" || why == "server", "{why}");
    #[cfg(target_os = "linux")]
    {
        let grown = gateway.resident_kib().saturating_sub(before);
        assert!(grown < 48 << 10 && third.resident_kib() < 64 << 10, "{grown} KiB more");
    }
}

/// Whoever reads sees that the end is missing, whatever the server says of it.
#[tokio::test]
async fn f47_a_file_that_breaks_off_is_not_taken_for_whole_and_goes_on_from_there() {
    let whole: Vec<u8> = (0..100_000_u32).flat_map(|at| at.to_le_bytes()).collect();
    for last in ["226 all of it", "426 aborted"] {
        let file = whole[..150_000].to_vec();
        let (port, _) = Rude { file, size: "213 400000", last, ..Rude::default() }.start().await;
        let gateway = Gateway::start(&target(port, ""));
        let part = fetch(&gateway, "a.bin").await;
        assert_eq!((part.status, part.body.len()), (200, 150_000));
        assert_eq!(part.header("content-length"), Some("400000"), "which is how the end is known to be missing");
        let line = &gateway.log(1).await[0];
        assert_eq!((&line["why"], &line["down"]), (&"broken".into(), &150_000.into()), "{line}");
        let (port, told) = Rude { file: whole.clone(), size: "213 400000", ..Rude::default() }.start().await;
        let gateway = Gateway::start(&target(port, ""));
        let headers = format!("Range: bytes=150000-\r\nIf-Range: {}\r\n", part.header("etag").unwrap());
        let rest = ask(&gateway, "GET", "/files/logger/a.bin", &headers, b"").await;
        assert!(rest.status == 206 && [part.body, rest.body].concat() == whole);
        let told = told.lock().unwrap().clone();
        let at = told.iter().position(|line| line == "REST 150000").unwrap();
        assert_eq!(told[at + 1], "RETR /a.bin", "nothing comes between the two");
    }
    // One that does not know REST is read from the start, and the console is told so.
    let (port, _) = Rude { file: whole.clone(), size: "213 400000", rest: "502 what", ..Rude::default() }.start().await;
    let gateway = Gateway::start(&target(port, ""));
    let again = ask(&gateway, "GET", "/files/logger/a.bin", "Range: bytes=150000-\r\n", b"").await;
    assert!(again.status == 200 && again.body == whole);
}

/// A log that is written to while it is read ends where it ended when the reading began.
#[tokio::test]
async fn f47_a_file_that_grows_is_read_as_long_as_it_was() {
    let (port, _) = Rude { file: vec![b'x'; 300_000], size: "213 70000", ..Rude::default() }.start().await;
    let gateway = Gateway::start(&target(port, ""));
    let got = fetch(&gateway, "a.csv").await;
    assert_eq!((got.status, got.body.len()), (200, 70_000));
    assert_eq!(gateway.log(1).await[0]["why"], "done");
}

#[tokio::test]
async fn s6_s16_files_are_for_our_pages_and_for_whom_the_token_is() {
    let server = Vsftpd::start("guard", "");
    server.put("log/a.csv", b"1\n");
    let tokens = format!("[[token]]\nname = 'lab'\nsha256 = '{HASH}'\ntargets = ['logger']\n");
    let gateway = Gateway::start(&format!("{}{tokens}", server.target("verbs = ['read', 'write']")));
    let bearer = format!("Authorization: Bearer {TOKEN}\r\n");
    let own = format!("Origin: http://{}\r\n", gateway.address);
    assert_eq!(fetch(&gateway, "log/a.csv").await.status, 401);
    let path = "/files/logger/log/a.csv";
    for (more, status) in [
        (String::new(), 200),
        ("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Dest: empty\r\n".into(), 200),
        ("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: empty\r\n".into(), 403),
        ("Sec-Fetch-Site: none\r\nSec-Fetch-Dest: document\r\n".into(), 403),
        ("Sec-Fetch-Site: same-origin\r\nSec-Fetch-Dest: script\r\n".into(), 403),
        (own.clone(), 200),
        ("Origin: http://evil.example\r\n".into(), 403),
    ] {
        assert_eq!(ask(&gateway, "GET", path, &format!("{bearer}{more}"), b"").await.status, status, "{more}");
    }
    let put = ask(&gateway, "PUT", "/files/logger/in/a", &format!("{bearer}{own}"), b"x").await;
    assert_eq!((put.status, put.why()), (403, "verb".into()), "the token is for reading");
    let none = ask(&gateway, "GET", "/files/other/a", &bearer, b"").await;
    assert_eq!((none.status, none.why()), (404, "no-such-target".into()));
}

#[tokio::test]
async fn s41_what_the_server_says_stays_in_the_log() {
    let (port, _) = Rude { greeting: b"421 too many users at 10.1.2.3\r\n".to_vec(), ..Rude::default() }.start().await;
    let gateway = Gateway::start(&target(port, ""));
    let answer = fetch(&gateway, "").await;
    assert_eq!((answer.status, answer.why()), (503, "busy".into()));
    assert!(!String::from_utf8_lossy(&answer.body).contains("10.1.2.3"));
    let line = &gateway.log(1).await[0];
    assert_eq!(line["id"], answer.json()["id"]);
    assert!(line["detail"].as_str().unwrap().contains("10.1.2.3"), "{line}");
    assert_eq!(gateway.tunnel("logger", "").await.ending().await, Ending::Busy);
}
