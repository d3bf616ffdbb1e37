//! An HTTP endpoint (RFC 9110): asked again and again, or one answer that goes on for as long as there is something to say.

use super::Address;
use crate::pointer::Pointer;
use crate::words::{Said, link as words};
use serde::{Deserialize, Serialize};

/// An HTTP endpoint; commands are requests with a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Http {
    /// `http://` or `https://`, or a path on the console's own origin.
    pub url: String,
    /// How it is heard.
    pub mode: Mode,
    /// Milliseconds from one answer to the next request.
    pub interval_millis: u32,
    /// The method it is asked by.
    pub method: String,
    /// Header fields of every request.
    pub headers: Vec<(String, String)>,
    /// The body of the requests it is asked by; empty for none.
    pub body: String,
    /// What of an answer is the message: a JSON Pointer, the whole of it if empty.
    pub select: String,
    /// Method of a command's request that names none.
    pub command_method: String,
    /// Where commands go; the polled URL if none.
    pub command_url: Option<String>,
}

/// How an endpoint is heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// It is asked again and again; an answer's body is one message.
    #[default]
    Poll,
    /// Server-Sent Events (WHATWG HTML, section 9.2): each is a message, its name is what a topic is to a broker.
    Events,
    /// One answer without end, as NDJSON has it: its body is a stream of bytes.
    Stream,
}

/// A request that a command makes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its method; the link's own for commands if empty.
    pub method: String,
    /// Path and query on the host of the commands; the link's own for commands if empty.
    pub path: String,
    /// Its body.
    pub body: Vec<u8>,
}

impl Request {
    /// What it counts for among what waits to be sent: never nothing.
    #[must_use]
    pub fn len(&self) -> usize {
        self.path.len().saturating_add(self.body.len()).max(1)
    }

    /// Never.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }
}

/// Methods by which something is asked for.
pub const METHODS: [&str; 3] = ["GET", "POST", "PUT"];
/// Methods of commands.
pub const COMMAND_METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Header fields that no page may set (WHATWG Fetch, section 2.2.2), and those that decide how the body is read.
const FORBIDDEN: [&str; 20] = [
    "accept-charset",
    "accept-encoding",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "if-modified-since",
    "if-none-match",
    "keep-alive",
    "last-event-id",
    "origin",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl Http {
    /// An endpoint at an address, with what is usual.
    #[must_use]
    pub fn new(url: String) -> Http {
        Http {
            url,
            mode: Mode::Poll,
            interval_millis: 1000,
            method: "GET".to_owned(),
            headers: Vec::new(),
            body: String::new(),
            select: String::new(),
            command_method: "POST".to_owned(),
            command_url: None,
        }
    }

    /// The key that is wrong, and why.
    pub(crate) fn check(&self) -> Result<(), (&'static str, Said)> {
        let http = |url: &str| ["http", "https"].iter().any(|one| Address::new(url).is(one)) || url.starts_with('/');
        let shown = |url: &str| Address::new(url).to_string();
        if !http(&self.url) {
            return Err(("url", words::http(&shown(&self.url))));
        }
        if let Some(url) = self.command_url.as_deref().filter(|url| !http(url)) {
            return Err(("command_url", words::command(&shown(url))));
        }
        Pointer::parse(&self.select).map_err(|why| ("select", why))?;
        if self.method == "GET" && !self.body.is_empty() {
            return Err(("body", words::body_of_get()));
        }
        if self.mode != Mode::Poll && !self.select.is_empty() {
            return Err(("select", words::select_of_poll()));
        }
        self.headers.iter().try_for_each(|(name, value)| check_header(name, value)).map_err(|why| ("headers", why))
    }
}

/// A header field: a token and a value in one line (RFC 9110, sections 5.1 and 5.5).
fn check_header(name: &str, value: &str) -> Result<(), Said> {
    let lower = name.to_ascii_lowercase();
    if !is_token(name) {
        return Err(words::header_name(&crate::screen::visible(name)));
    }
    if FORBIDDEN.contains(&lower.as_str()) || lower.starts_with("sec-") || lower.starts_with("proxy-") {
        return Err(words::header_forbidden(name));
    }
    let plain = value.bytes().all(|byte| byte == b'\t' || (b' '..0x7f).contains(&byte));
    if plain { Ok(()) } else { Err(words::header_value(name)) }
}

/// Whether it is a token (RFC 9110, section 5.6.2), as header fields and subprotocols are.
pub(super) fn is_token(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(sign)
}
