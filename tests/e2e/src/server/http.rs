//! A device with an HTTP interface: its state as JSON, and requests that change it.

use crate::failure::Failure;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The device. Paths: `/state` as JSON, with CORS; `/closed` the same without CORS; `/command` takes a body. Two answers
/// have no end: `/head` is a head and no more, `/drip` goes on with a byte at a time.
pub struct HttpDevice {
    /// Its port on loopback.
    pub port: u16,
    bodies: Arc<Mutex<Vec<String>>>,
    asked: Arc<AtomicUsize>,
}

impl HttpDevice {
    /// Starts it; it lives as long as the program.
    pub fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let device = Self { port: listener.local_addr()?.port(), bodies: Arc::default(), asked: Arc::default() };
        let (bodies, asked) = (Arc::clone(&device.bodies), Arc::clone(&device.asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                asked.fetch_add(1, SeqCst);
                let bodies = Arc::clone(&bodies);
                std::thread::spawn(move || drop(talk(&stream, &bodies)));
            }
        });
        Ok(device)
    }

    /// How often something was asked of it.
    pub fn asked(&self) -> usize {
        self.asked.load(SeqCst)
    }

    /// The bodies of the commands so far.
    pub fn commands(&self) -> Vec<String> {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Answers one request and closes.
fn talk(stream: &TcpStream, bodies: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = first.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let open = "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: content-type\r\n\
                Access-Control-Allow-Methods: GET, POST, PUT\r\n";
    let state = r#"{"temp": 21.5, "hum": 40, "relay": {"on": true}, "name": "boiler"}"#;
    let mut stream = stream;
    if let ("GET", "/head" | "/drip") = (method, path) {
        write!(stream, "HTTP/1.1 200 OK\r\n{open}Content-Type: application/json\r\n\r\n")?;
        // For as long as the browser bears with it.
        loop {
            if path == "/drip" {
                stream.write_all(b"[")?;
            }
            std::thread::sleep(Duration::from_millis(500));
        }
    }
    let (status, cors, text) = match (method, path) {
        ("OPTIONS", "/closed") => ("204 No Content", "", ""),
        ("OPTIONS", _) => ("204 No Content", open, ""),
        ("GET", "/state") => ("200 OK", open, state),
        ("GET", "/closed") => ("200 OK", "", state),
        ("POST" | "PUT", "/state" | "/command") => {
            let body = String::from_utf8_lossy(&body).into_owned();
            bodies.lock().unwrap_or_else(PoisonError::into_inner).push(body);
            ("200 OK", open, r#"{"ok": true}"#)
        }
        _ => ("404 Not Found", open, ""),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{cors}Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )
}
