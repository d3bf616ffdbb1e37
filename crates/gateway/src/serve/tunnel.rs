//! A tunnel: one WebSocket of a console, one target. What the device says means nothing here.

mod flow;
mod source;
mod turn;

use super::config::Place;
use super::gate::{From, Gate};
use super::metrics::word;
use super::record::Record;
use super::target::{self, Refusal};
use super::{caps, origin, page};
use axum::Extension;
use axum::body::Body;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;
use flow::Flow;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use session::tunnel::{Ending, FromGateway, MAX_MESSAGE, SUBPROTOCOL, ToGateway, decode, encode};
use source::Source;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// How long a console may take to say hello.
const HELLO: Duration = Duration::from_secs(5);
/// How long the last words of a tunnel may take.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long what a console has sent before it went may take to reach the device.
const LINGER: Duration = Duration::from_secs(1);
/// What a tunnel in which nothing is said holds for reading. A message is put together beside it.
const READ_BUFFER: usize = 4096;

type Sink = SplitSink<WebSocket, Message>;
type Stream = SplitStream<WebSocket>;

/// How a tunnel ends.
enum End {
    /// The console has closed it, or is gone without a word.
    ByConsole,
    /// The console is told why.
    Told(Refusal),
}

impl End {
    fn told(why: Ending, detail: impl Into<String>) -> End {
        End::Told(Refusal::new(why, detail))
    }
}

/// `GET /link/NAME`: opens a tunnel to a target.
pub(crate) async fn link(
    State(gate): State<Arc<Gate>>,
    Path(name): Path<String>,
    Extension(From(from)): Extension<From>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response<Body> {
    if origin::allowed(&gate.config, &headers).is_none() {
        gate.metrics.refused("origin");
        return page::refusal(StatusCode::FORBIDDEN, "a tunnel is opened for this gateway's own pages only\n");
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade.protocols([SUBPROTOCOL]),
        Err(why) => return why.into_response(),
    };
    if upgrade.selected_protocol().is_none() {
        return page::refusal(StatusCode::BAD_REQUEST, "this gateway speaks the subprotocol ferrule.1\n");
    }
    let query = query.unwrap_or_default();
    let asked = form_urlencoded::parse(query.as_bytes());
    let asked = asked.filter(|(key, _)| key == "topic").map(|(_, topic)| topic.into_owned()).collect();
    upgrade
        .max_message_size(MAX_MESSAGE)
        .max_frame_size(MAX_MESSAGE)
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .on_upgrade(move |socket| async move {
            // Taken here: whoever does not finish the upgrade takes no place.
            let place = gate.caps.place(from);
            run(&gate, socket, Record::new(gate.clone(), from, name), place, asked).await;
        })
}

async fn run(gate: &Gate, socket: WebSocket, mut record: Record, place: Option<caps::Place>, asked: Vec<String>) {
    let (mut sink, mut stream) = socket.split();
    let end = match place {
        None => End::told(Ending::TooMany, "no place is left for a tunnel, or none from this address"),
        Some(place) => tunnel(gate, (&mut sink, &mut stream), &mut record, place, &asked).await,
    };
    match &end {
        End::ByConsole => record.end("by-console", String::new()),
        End::Told(refusal) => record.end(word(refusal.why), refusal.detail.clone()),
    }
    let id = record.id;
    // What the log says stands there before the console asks about it.
    drop(record);
    let _ = tokio::time::timeout(FAREWELL, farewell(sink, stream, end, id)).await;
}

/// Says why, closes, and waits until the console has heard it: a socket that is closed over unread bytes takes back what
/// was sent.
async fn farewell(mut sink: Sink, mut stream: Stream, end: End, id: u64) {
    if let End::Told(Refusal { why, .. }) = end {
        let mut message = Vec::new();
        encode(&FromGateway::Closed { why, id }, &mut message);
        if sink.send(Message::Binary(message.into())).await.is_err() {
            return;
        }
    }
    let _ = sink.close().await;
    while let Some(Ok(_)) = stream.next().await {}
}

async fn tunnel(
    gate: &Gate,
    (sink, stream): (&mut Sink, &mut Stream),
    record: &mut Record,
    mut place: caps::Place,
    asked: &[String],
) -> End {
    let (given, first) = match tokio::time::timeout(HELLO, hello(stream)).await {
        Ok(Ok(hello)) => hello,
        Ok(Err(end)) => return end,
        Err(_) => return End::told(Ending::Token, "no token came in time"),
    };
    let Some(visitor) = gate.tokens.visitor(&given, jiff::Timestamp::now()) else {
        return End::told(Ending::Token, "the token is not known, or has run out");
    };
    record.who = visitor.name().map(str::to_owned);
    let target = gate.target(&record.target);
    let Some((target, verbs)) = target.and_then(|target| Some((target, visitor.verbs(target)?))) else {
        return End::told(Ending::NoSuchTarget, "no such target, or none of this token");
    };
    record.knows(target, verbs);
    if !verbs.read {
        return End::told(Ending::Verb, "neither may be read here");
    }
    if visitor.name().is_some_and(|name| !place.with_token(name)) {
        return End::told(Ending::TooMany, "no place is left for a tunnel with this token");
    }
    let device = match target::open(&target.place, asked, &gate.resolve, &gate.ports).await {
        Ok(device) => device,
        Err(refusal) => return End::Told(refusal),
    };
    let opened = FromGateway::Opened { kind: target::kind(&target.place), write: verbs.write, local: device.local };
    let mut message = Vec::new();
    encode(&opened, &mut message);
    if sink.send(Message::Binary(message.into())).await.is_err() {
        return End::ByConsole;
    }
    // Files go another way (`serve::ftp`): a tunnel only tells that their server is there.
    let flow = Flow::new(verbs.write && device.talks);
    for value in first {
        if let Err(refusal) = flow.hear(value) {
            return End::Told(refusal);
        }
    }
    let source = Source::new(device.read, device.waits, device.left_out);
    let is_port = matches!(target.place, Place::Serial(_));
    // A serial port ends for no other reason than that it is not there any more.
    let pulled = |end| match end {
        End::Told(Refusal { why: Ending::ByDevice | Ending::Broken, detail }) if is_port => {
            End::told(Ending::Absent, detail)
        }
        end => end,
    };
    let mut to_device = pin!(turn::to_device(device.write, &flow, record));
    let end = tokio::select! {
        end = turn::to_console(&source, sink, &flow, record) => pulled(end),
        end = source.keep(record) => end,
        end = &mut to_device => pulled(end),
        end = turn::from_console(stream, &flow) => end,
        end = turn::watch(&flow, gate, &visitor) => end,
        () = stopping(gate) => End::told(Ending::Stopping, "the gateway was told to stop"),
    };
    record.given_up(source.take_left_out().saturating_add(source.unsent()));
    if matches!(end, End::ByConsole) {
        // Whoever sends a command and leaves has sent it.
        let rest = async {
            tokio::select! { _ = to_device => {} () = flow.all_sent() => {} }
        };
        let _ = tokio::time::timeout(LINGER, rest).await;
    }
    end
}

/// The token, and what came with it.
async fn hello(stream: &mut Stream) -> Result<(String, Vec<ToGateway>), End> {
    loop {
        let bytes = match stream.next().await {
            Some(Ok(Message::Binary(bytes))) => bytes,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
            Some(Ok(Message::Text(_)) | Err(_)) => {
                return Err(End::told(Ending::Protocol, "the first message is no hello"));
            }
            Some(Ok(Message::Close(_))) | None => return Err(End::ByConsole),
        };
        let mut values = Vec::new();
        if decode(&bytes, |value| values.push(value)).is_ok() && !values.is_empty() {
            let rest = values.split_off(1);
            if let Some(ToGateway::Hello { token }) = values.pop() {
                return Ok((token, rest));
            }
        }
        return Err(End::told(Ending::Protocol, "the first message is no hello"));
    }
}

/// Returns when everything is to end.
pub(super) async fn stopping(gate: &Gate) {
    let mut stopping = gate.stopping.clone();
    // Whoever would tell us is gone: nobody stops us any more.
    if stopping.wait_for(|stopping| *stopping).await.is_err() {
        std::future::pending::<()>().await;
    }
}
