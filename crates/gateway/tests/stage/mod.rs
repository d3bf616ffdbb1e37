//! The built gateway over a file of its own, and a console's end of its tunnels.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use futures_util::{SinkExt, StreamExt};
use session::tunnel::{Ending, FromGateway, SUBPROTOCOL, ToGateway, decode, encode};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Far more than anything here takes: a machine may be busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The token whose hash stands in files here, and that hash (`printf %s TOKEN | sha256sum`).
pub(crate) const TOKEN: &str = "correct horse battery staple";
pub(crate) const HASH: &str = "c4bbcb1fbec99d65bf59d85c8cb62ee2db963f0fe106f483d9afa73bd4e39a8a";

pub(crate) struct Gateway {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) folder: PathBuf,
}

impl Gateway {
    /// Over a file with this text; where it listens and where the log goes is added.
    pub(crate) fn start(text: &str) -> Gateway {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("ferrule-gateway-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("gateway.toml");
        std::fs::write(&file, format!("{text}\n[audit]\nfile = 'audit.log'\n")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_ferrule"))
            .args(["serve", "--listen", "127.0.0.1:0", "--config"])
            .arg(&file)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_else(|| panic!("{line}"));
        Gateway { child, address: address.parse().unwrap(), folder }
    }

    /// What the log says, once it has so many lines.
    pub(crate) async fn log(&self, lines: usize) -> Vec<serde_json::Value> {
        for _ in 0..600 {
            let text = std::fs::read_to_string(self.folder.join("audit.log")).unwrap_or_default();
            if text.lines().count() >= lines {
                return text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the log never had {lines} lines");
    }

    /// One request of HTTP/1.1 with these headers; the status and all that came.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &str) -> (u16, String) {
        let mut stream = std::net::TcpStream::connect(self.address).unwrap();
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        write!(stream, "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }

    pub(crate) fn request(&self, target: &str) -> tungstenite::handshake::client::Request {
        let mut request = format!("ws://{}/link/{target}", self.address).into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("origin", HeaderValue::from_str(&format!("http://{}", self.address)).unwrap());
        headers.insert("sec-websocket-protocol", HeaderValue::from_static(SUBPROTOCOL));
        request
    }

    /// A WebSocket on which nothing was said yet.
    pub(crate) async fn socket(&self, target: &str) -> Tunnel {
        let socket = tokio_tungstenite::connect_async(self.request(target)).await.unwrap().0;
        Tunnel { socket, heard: VecDeque::new() }
    }

    /// A tunnel of someone with a token.
    pub(crate) async fn tunnel(&self, target: &str, token: &str) -> Tunnel {
        let mut tunnel = self.socket(target).await;
        tunnel.say(&ToGateway::Hello { token: token.into() }).await;
        tunnel
    }

    /// The status with which a WebSocket is refused.
    pub(crate) async fn refusal(&self, request: tungstenite::handshake::client::Request) -> u16 {
        match tokio_tungstenite::connect_async(request).await {
            Err(tungstenite::Error::Http(response)) => response.status().as_u16(),
            other => panic!("{other:?}"),
        }
    }

    /// Kilobytes that it has in memory.
    #[cfg(target_os = "linux")]
    pub(crate) fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub(crate) struct Tunnel {
    pub(crate) socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    heard: VecDeque<FromGateway>,
}

impl Tunnel {
    pub(crate) async fn say(&mut self, value: &ToGateway) {
        let mut message = Vec::new();
        encode(value, &mut message);
        self.socket.send(Message::Binary(message.into())).await.unwrap();
    }

    /// The next thing that the gateway says; nothing once it has closed.
    pub(crate) async fn hear(&mut self) -> Option<FromGateway> {
        while self.heard.is_empty() {
            let message = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("the gateway says nothing");
            match message? {
                Ok(Message::Binary(bytes)) => decode(&bytes, |value| self.heard.push_back(value)).unwrap(),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
        self.heard.pop_front()
    }

    pub(crate) async fn opened(&mut self) {
        let heard = self.hear().await;
        assert!(matches!(heard, Some(FromGateway::Opened { .. })), "{heard:?}");
    }

    /// So many of the device's bytes, each told as taken.
    pub(crate) async fn read(&mut self, len: usize) -> Vec<u8> {
        let mut all = Vec::new();
        while all.len() < len {
            match self.hear().await {
                Some(FromGateway::Bytes { bytes, .. }) => {
                    self.say(&ToGateway::Taken(u32::try_from(bytes.len()).unwrap())).await;
                    all.extend(bytes);
                }
                Some(FromGateway::Sent(_)) => {}
                other => panic!("{other:?} after {} bytes", all.len()),
            }
        }
        all
    }

    /// Why it ends; what comes before is not looked at.
    pub(crate) async fn ending(&mut self) -> Ending {
        loop {
            match self.hear().await {
                Some(FromGateway::Closed { why, .. }) => return why,
                Some(_) => {}
                None => panic!("it ended without a word"),
            }
        }
    }
}

/// A device on TCP and a file in which it is a target named `dev`, with more lines for that target.
pub(crate) async fn device(more: &str) -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let text = format!("[[target]]\nname = 'dev'\nkind = 'tcp'\naddress = '{address}'\nlocal = true\n{more}\n");
    (listener, text)
}
