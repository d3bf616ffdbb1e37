//! The browser's own remote control, the Chrome DevTools Protocol, over one WebSocket.
//!
//! Written here, because a driver program would have to live inside the mocked system with the browser, and a
//! generated client for the whole protocol takes longer to compile than everything else in this folder.

use crate::failure::Failure;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

/// How long one call may take; pages that a scenario stalls on purpose answer late.
const CALL_LIMIT: Duration = Duration::from_secs(120);

/// A connection to the browser.
pub struct Cdp {
    socket: WebSocket<TcpStream>,
    last: u64,
    events: VecDeque<Event>,
    limit: Instant,
    /// Whether a page may go when its browser asks, as a person does who means to leave.
    pub leaves: bool,
}

/// Something the browser says without being asked.
#[derive(Clone, Debug)]
pub struct Event {
    /// Which target: empty for the browser.
    pub session: String,
    /// Its name, as `Network.requestWillBeSent`.
    pub method: String,
    /// Its parameters.
    pub params: Value,
}

impl Cdp {
    /// Connects to `ws://127.0.0.1:port/path`.
    pub fn connect(port: u16, path: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let url = format!("ws://127.0.0.1:{port}{path}");
        let (socket, _) = tungstenite::client::client_with_config(url, stream, Some(config))
            .map_err(|why| Failure(format!("DevTools did not accept the connection: {why}")))?;
        Ok(Self {
            socket,
            last: 0,
            events: VecDeque::new(),
            limit: Instant::now() + Duration::from_secs(3600),
            leaves: true,
        })
    }

    /// From now on, calls fail once this much time has passed.
    pub fn limit(&mut self, time: Duration) {
        self.limit = Instant::now() + time;
    }

    /// Calls a method and waits for its result. Events that come meanwhile are kept.
    pub fn call(&mut self, session: &str, method: &str, params: Value) -> Result<Value, Failure> {
        self.call_within(CALL_LIMIT, session, method, params)
    }

    /// The same with a limit of its own.
    pub fn call_within(
        &mut self,
        wait: Duration,
        session: &str,
        method: &str,
        params: Value,
    ) -> Result<Value, Failure> {
        self.last += 1;
        let id = self.last;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if !session.is_empty() {
            message["sessionId"] = json!(session);
        }
        self.socket.send(Message::text(message.to_string()))?;
        // Tidying up may take a moment even when time is over.
        let limit = (Instant::now() + wait).min(self.limit).max(Instant::now() + Duration::from_secs(1));
        while Instant::now() < limit {
            let Some(mut message) = self.receive(limit - Instant::now())? else { continue };
            if message["id"].as_u64() != Some(id) {
                continue;
            }
            if let Some(error) = message.get("error") {
                return Err(Failure(format!("{method}: {}", error["message"].as_str().unwrap_or("refused"))));
            }
            return Ok(message["result"].take());
        }
        Err(Failure(format!("{method}: no answer within {} s", wait.as_secs())))
    }

    /// Takes the events that have come so far.
    pub fn events(&mut self) -> Result<Vec<Event>, Failure> {
        while self.receive(Duration::from_millis(1))?.is_some() {}
        Ok(self.events.drain(..).collect())
    }

    /// One message, if one comes in time; events are put aside as well.
    fn receive(&mut self, wait: Duration) -> Result<Option<Value>, Failure> {
        self.socket.get_ref().set_read_timeout(Some(wait.max(Duration::from_millis(1))))?;
        let message = match self.socket.read() {
            Ok(Message::Text(text)) => serde_json::from_str::<Value>(&text)?,
            Ok(_) => return Ok(Some(Value::Null)),
            Err(tungstenite::Error::Io(why))
                if matches!(why.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
            {
                return Ok(None);
            }
            Err(why) => return Err(Failure(format!("the browser went away: {why}"))),
        };
        if let Some(method) = message["method"].as_str() {
            let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
            let asks = method == "Page.javascriptDialogOpening" && message["params"]["type"] == "beforeunload";
            if asks && self.leaves {
                // The page stands still until it is answered, and so may the call that is waited for.
                self.last += 1;
                let answer = json!({ "id": self.last, "method": "Page.handleJavaScriptDialog", "sessionId": session,
                    "params": { "accept": true } });
                self.socket.send(Message::text(answer.to_string()))?;
            }
            self.events.push_back(Event { session, method: method.to_owned(), params: message["params"].clone() });
        }
        Ok(Some(message))
    }
}
