//! `ferrule serve` over its real socket: headers, paths, hosts.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

const INLINE: &str = "alert('Hello, world.');";

/// A server over a small console, with a secret beside its folder and a link to it inside.
struct Server {
    child: Child,
    address: SocketAddr,
    folder: PathBuf,
}

impl Server {
    fn start(name: &str) -> Server {
        let folder = std::env::temp_dir().join(format!("ferrule-serve-{name}-{}", std::process::id()));
        let dist = folder.join("dist");
        std::fs::create_dir_all(dist.join("profiles")).unwrap();
        std::fs::write(dist.join("index.html"), format!("<script>{INLINE}</script>")).unwrap();
        std::fs::write(dist.join("worker_bg.wasm"), b"\0asm\x01\0\0\0").unwrap();
        std::fs::write(dist.join("page-a181d3ff2d79fbf2.js"), "export {}").unwrap();
        std::fs::write(dist.join("page-a181d3ff2d79fbf2.js.br"), "as brotli").unwrap();
        std::fs::write(dist.join("page-a181d3ff2d79fbf2.js.gz"), "as gzip").unwrap();
        std::fs::write(dist.join("alone.js.br"), "of no file").unwrap();
        std::fs::write(dist.join("profiles/demo.toml"), "name = 'x'").unwrap();
        std::fs::write(dist.join(".hidden"), "hidden").unwrap();
        std::fs::write(folder.join("secret.txt"), "secret").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.join("secret.txt"), dist.join("link.txt")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_ferrule"))
            .args(["serve", "--listen", "127.0.0.1:0", "--root"])
            .arg(&dist)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        Server { child, address: address.parse().unwrap(), folder }
    }

    /// One request as it is written; the status, the headers in lower case, the body.
    fn ask(&self, request: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let split = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let (head, body) = answer.split_at(split);
        let head = String::from_utf8(head.to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let headers = head.lines().map(|line| match line.split_once(": ") {
            Some((name, value)) => format!("{}: {value}\n", name.to_ascii_lowercase()),
            None => String::new(),
        });
        (status, headers.collect(), body.get(4..).unwrap().to_vec())
    }

    fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// S2, S3, S38: on every answer, refusals included, exactly these.
#[test]
fn every_answer_carries_the_shipping_headers() {
    let server = Server::start("headers");
    let address = server.address;
    let answers = [
        (200, server.get("/")),
        (200, server.get("/worker_bg.wasm")),
        (404, server.get("/nothing")),
        (405, server.ask(&format!("POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"))),
        (421, server.ask("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")),
    ];
    for (expected, (status, headers, _)) in answers {
        assert_eq!(status, expected);
        for line in [
            "content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval' \
             'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='; style-src 'self'; img-src 'self'; font-src 'self'; \
             connect-src 'self' ws: wss: http: https:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
             trusted-types ferrule default\n",
            "cross-origin-opener-policy: same-origin\n",
            "cross-origin-embedder-policy: require-corp\n",
            "cross-origin-resource-policy: same-origin\n",
            "x-content-type-options: nosniff\n",
            "x-frame-options: DENY\n",
            "referrer-policy: no-referrer\n",
            "permissions-policy: serial=(self), ",
        ] {
            assert!(headers.contains(line), "{status} lacks {line}in\n{headers}");
        }
        assert!(!headers.contains("unsafe-inline") && !headers.contains("'unsafe-eval'"));
    }
}

/// S19: what is not a file of the console is not there, however it is spelled.
#[test]
fn no_path_leads_out_of_the_folder() {
    let server = Server::start("paths");
    assert_eq!(server.get("/profiles/demo.toml").0, 200);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/profiles/../../secret.txt",
        "//secret.txt",
        "/link.txt",
        "/.hidden",
        "/profiles",
        "/profiles/",
        "/index.html%00.txt",
        "/..\\secret.txt",
        "/profiles/../index.html",
        "/etc/passwd",
    ] {
        let (status, _, body) = server.get(path);
        assert_eq!(status, 404, "{path}");
        assert!(!String::from_utf8_lossy(&body).contains("secret"), "{path}");
    }
}

/// S7: a name that is not this machine's gets nothing, whatever address it was made to lead to.
#[test]
fn only_loopback_names_are_answered() {
    let server = Server::start("hosts");
    let port = server.address.port();
    for host in ["localhost".into(), format!("localhost:{port}"), format!("127.0.0.1:{port}"), "[::1]".into()] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(server.ask(&request).0, 200, "{host}");
    }
    for request in [
        "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".to_owned(),
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".to_owned(),
        "GET / HTTP/1.0\r\n\r\n".to_owned(),
    ] {
        assert_eq!(server.ask(&request).0, 421, "{request}");
    }
}

#[test]
fn types_and_caching_are_right() {
    let server = Server::start("types");
    for (path, kind, caching) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/worker_bg.wasm", "application/wasm", "no-cache"),
        ("/page-a181d3ff2d79fbf2.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
    ] {
        let (status, headers, _) = server.get(path);
        assert_eq!(status, 200, "{path}");
        assert!(headers.contains(&format!("content-type: {kind}\n")), "{path}\n{headers}");
        assert!(headers.contains(&format!("cache-control: {caching}\n")), "{path}\n{headers}");
        let tag = headers.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
        let again =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {tag}\r\nConnection: close\r\n\r\n");
        let (status, _, body) = server.ask(&again);
        assert_eq!((status, body.len()), (304, 0), "{path}");
    }
    let (status, headers, body) = server.ask("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((status, body.len()), (200, 0));
    assert!(headers.contains(&format!("content-length: {}\n", "<script></script>".len() + INLINE.len())));
}

/// A cache between here and the browser must not hand one browser's form to another (RFC 9110, section 12.5.5).
#[test]
fn what_the_build_compressed_goes_to_whoever_takes_it() {
    let server = Server::start("encodings");
    let ask = |path: &str, more: &str| {
        server.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}Connection: close\r\n\r\n"))
    };
    let script = "/page-a181d3ff2d79fbf2.js";
    let mut tags = Vec::new();
    for (accepted, encoding, content) in [
        ("gzip, deflate, br", Some("br"), "as brotli"),
        ("gzip", Some("gzip"), "as gzip"),
        ("br;q=0", None, "export {}"),
    ] {
        let (status, headers, body) = ask(script, &format!("Accept-Encoding: {accepted}\r\n"));
        assert_eq!((status, body), (200, content.as_bytes().to_vec()), "{accepted}");
        let named = headers.lines().find_map(|line| line.strip_prefix("content-encoding: "));
        assert_eq!(named, encoding, "{accepted}");
        assert!(headers.contains("vary: Accept-Encoding\n"), "{headers}");
        assert!(headers.contains("content-type: text/javascript; charset=utf-8\n"), "{headers}");
        assert!(headers.contains(&format!("content-length: {}\n", content.len())), "{headers}");
        tags.push(headers.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned());
    }
    assert!(tags[0] != tags[1] && tags[1] != tags[2], "forms share a tag: {tags:?}");
    let fresh = ask(script, &format!("Accept-Encoding: br\r\nIf-None-Match: {}\r\n", tags[0]));
    assert_eq!(fresh.0, 304);
    let other = ask(script, &format!("Accept-Encoding: gzip\r\nIf-None-Match: {}\r\n", tags[0]));
    assert_eq!(other.0, 200, "another form's tag says nothing of this one");
    // A form is no file of its own, and one of no file is only that.
    assert_eq!(ask("/page-a181d3ff2d79fbf2.js.br", "").0, 404);
    assert_eq!(ask("/alone.js.br", "Accept-Encoding: br\r\n").2, b"of no file");
    assert!(!ask("/worker_bg.wasm", "Accept-Encoding: br\r\n").1.contains("vary:"));
}

/// S15: other machines are not served without TLS and a login.
#[test]
fn only_this_machine_is_served() {
    for (arguments, expected) in [
        (&["--listen", "0.0.0.0:0", "--root", "."] as &[&str], "other machines"),
        (&["--root", "/nowhere"], "/nowhere"),
        (&["--root", env!("CARGO_MANIFEST_DIR")], "index.html"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_ferrule")).arg("serve").args(arguments).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn another_build_is_served_once_all_of_it_is_in_the_folder() {
    use sha2::Digest;
    let server = Server::start("another-build");
    let dist = server.folder.join("dist");
    let hash =
        |bytes: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, sha2::Sha256::digest(bytes));
    let page = "<script>alert('Another build.');</script>";
    let worker = b"\0asm\x01\0\0\0 another";
    let list = format!(
        "{{\"release\": \"0123456789abcdef\", \"files\": {{\"\": \"{}\", \"worker_bg.wasm\": \"{}\"}}}}",
        hash(page.as_bytes()),
        hash(worker)
    );
    let served = |server: &Server| {
        let (_, headers, page) = server.get("/");
        let (status, _, list) = server.get("/release.json");
        (
            headers,
            String::from_utf8(page).unwrap(),
            if status == 200 { String::from_utf8(list).unwrap() } else { String::new() },
        )
    };
    let until = |what: &str, wish: &dyn Fn(&(String, String, String)) -> bool| {
        let limit = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while !wish(&served(&server)) {
            assert!(std::time::Instant::now() < limit, "not served: {what}");
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    };
    // Half of it: the list and the page are there, the worker is still the old one.
    std::fs::write(dist.join("release.json"), &list).unwrap();
    std::fs::write(dist.join("release.json.br"), "of an older list").unwrap();
    std::fs::write(dist.join("index.html"), page).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let (headers, shown, listed) = served(&server);
    assert_eq!((shown.contains(INLINE), listed.as_str()), (true, ""), "half a build is served");
    assert!(headers.contains(&format!("'sha256-{}'", hash(INLINE.as_bytes()))), "{headers}");
    // All of it: with the policy for its own script.
    std::fs::write(dist.join("worker_bg.wasm"), worker).unwrap();
    until("the other build", &|(headers, shown, listed)| {
        shown == page && *listed == list && headers.contains(&format!("'sha256-{}'", hash(b"alert('Another build.');")))
    });
    // And what withdraws everything, with no word of files.
    std::fs::write(dist.join("release.json"), "{\"kill\": true}").unwrap();
    until("the list that withdraws", &|(_, shown, listed)| shown == page && listed.contains("kill"));
}
