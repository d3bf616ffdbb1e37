//! Where the simulated devices are reached on the console's own address.

use super::super::gate::Gate;
use super::super::{origin, page, status};
use super::client::{self, LONGEST_PACKET};
use super::{Demo, SEED, lock, now};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use sim::Supply;
use std::sync::Arc;
use std::time::Duration;

/// The longest message or body that a device takes.
const LONGEST: usize = 64 << 10;
/// The media type of Server-Sent Events.
const EVENTS: &str = "text/event-stream";
/// The media type of lines of JSON, which no standard registers.
const LINES: &str = "application/x-ndjson";
/// From one event to the next.
const EVENT: Duration = Duration::from_secs(1);

/// All of them. A page of another origin is refused; a program that is no browser names none.
pub(crate) fn routes(gate: &Arc<Gate>, demo: &Arc<Demo>) -> Router<Arc<Gate>> {
    let devices = Router::new()
        .route("/demo/mqtt", get(mqtt))
        .route("/demo/supply", get(supply))
        .route("/demo/station", get(station).post(command))
        .route("/demo/lines", get(lines))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state((Arc::clone(demo), gate.stopping.clone()))
        .layer(middleware::from_fn_with_state(Arc::clone(gate), same_origin));
    Router::new().merge(devices)
}

type Here = (Arc<Demo>, tokio::sync::watch::Receiver<bool>);
type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

async fn same_origin(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response<Body> {
    let headers = request.headers();
    if headers.contains_key(header::ORIGIN) && origin::allowed(&gate.config, headers).is_none() {
        gate.metrics.refused("origin");
        return page::refusal(StatusCode::FORBIDDEN, "the demo is for this gateway's own pages only\n");
    }
    next.run(request).await
}

async fn mqtt(State((demo, stopping)): State<Here>, upgrade: Upgrade) -> Response<Body> {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade.protocols(["mqtt"]),
        Err(why) => return why.into_response(),
    };
    // MQTT 5.0, section 6: the subprotocol must be this one.
    if upgrade.selected_protocol().is_none() {
        return page::refusal(StatusCode::BAD_REQUEST, "this broker speaks the subprotocol mqtt\n");
    }
    let most = usize::try_from(LONGEST_PACKET).unwrap_or(LONGEST);
    upgrade.max_message_size(most).on_upgrade(move |socket| client::serve(socket, demo, stopping))
}

async fn supply(State((_, stopping)): State<Here>, upgrade: Upgrade) -> Response<Body> {
    match upgrade {
        Ok(upgrade) => upgrade.max_message_size(LONGEST).on_upgrade(move |socket| serve_supply(socket, stopping)),
        Err(why) => why.into_response(),
    }
}

/// A power supply of its own for each who connects.
async fn serve_supply(socket: WebSocket, mut stopping: tokio::sync::watch::Receiver<bool>) {
    let mut supply = Supply::new(SEED);
    let (mut sink, mut stream) = socket.split();
    let mut due = tokio::time::interval(Duration::from_millis(Supply::PERIOD_MILLIS));
    due.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let said = tokio::select! {
            _ = due.tick() => supply.reading(),
            heard = stream.next() => match heard {
                Some(Ok(Message::Text(text))) => supply.receive(text.as_bytes()),
                Some(Ok(Message::Binary(bytes))) => supply.receive(&bytes),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                _ => break,
            },
            _ = stopping.wait_for(|stopping| *stopping) => break,
        };
        if sink.send(Message::Text(said.into())).await.is_err() {
            return;
        }
    }
    let _ = sink.close().await;
}

/// How the weather is: once, or each second to whoever asks for events (HTML, section 9.2).
async fn station(State((demo, stopping)): State<Here>, headers: HeaderMap) -> Response<Body> {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !accepts.contains(EVENTS) {
        return status::said("application/json", lock(&demo.station).document(now()));
    }
    each_second(demo, stopping, EVENTS, |id, document| format!("event: weather\nid: {id}\ndata: {document}\n\n"))
}

/// The same as one answer without end, a line each second (NDJSON).
async fn lines(State((demo, stopping)): State<Here>) -> Response<Body> {
    each_second(demo, stopping, LINES, |_, document| format!("{document}\n"))
}

fn each_second(
    demo: Arc<Demo>,
    mut stopping: tokio::sync::watch::Receiver<bool>,
    kind: &'static str,
    say: fn(u64, &str) -> String,
) -> Response<Body> {
    let ends = Box::pin(async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
    });
    let said = futures_util::stream::unfold((tokio::time::interval(EVENT), 0_u64), move |(mut due, id)| {
        let demo = Arc::clone(&demo);
        async move {
            due.tick().await;
            let document = lock(&demo.station).document(now());
            Some((Ok::<_, std::convert::Infallible>(say(id, &document)), (due, id.wrapping_add(1))))
        }
    });
    let mut response = Response::new(Body::from_stream(said.take_until(ends)));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn command(State((demo, _)): State<Here>, body: Bytes) -> Response<Body> {
    let (status, reply) = match lock(&demo.station).command(&body) {
        Ok(reply) => (StatusCode::OK, reply),
        Err(why) => (StatusCode::BAD_REQUEST, why),
    };
    let mut response = status::said("application/json", reply);
    *response.status_mut() = status;
    response
}
