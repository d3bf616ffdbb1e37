//! What the gateway says of itself: its targets, whether it runs, what it has counted.

use super::gate::Gate;
use super::target::kind;
use super::token::Visitor;
use super::{origin, page};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde_json::json;
use std::sync::Arc;

/// `GET /targets`: the targets that a token may use. A console of another origin that the file names may ask, too.
pub(crate) async fn targets(State(gate): State<Arc<Gate>>, headers: HeaderMap) -> Response<Body> {
    let mut response = match bearer(&gate, &headers) {
        None => unauthorised(&gate),
        Some(visitor) => {
            let seen = gate.config.targets.iter().filter_map(|target| Some((target, visitor.verbs(target)?)));
            let list = seen.filter(|(_, verbs)| verbs.read).map(|(target, verbs)| {
                json!({
                    "name": target.name,
                    "title": target.title,
                    "kind": kind(&target.place),
                    "verbs": verbs.names(),
                    "profile": target.profile,
                })
            });
            said("application/json", format!("{}\n", json!(list.collect::<Vec<_>>())))
        }
    };
    share(&gate, &headers, &mut response);
    response
}

/// `OPTIONS /targets`: whether another origin may ask (Fetch, "CORS-preflight request").
pub(crate) async fn preflight(State(gate): State<Arc<Gate>>, headers: HeaderMap) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let answer = response.headers_mut();
    answer.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET"));
    answer.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Authorization"));
    share(&gate, &headers, &mut response);
    response
}

/// `GET /health`: that it runs.
pub(crate) async fn health(State(gate): State<Arc<Gate>>, headers: HeaderMap) -> Response<Body> {
    if !gate.config.metrics_open && bearer(&gate, &headers).is_none() {
        return unauthorised(&gate);
    }
    let body = json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "uptime_s": gate.started.elapsed().as_secs(),
    });
    said("application/json", format!("{body}\n"))
}

/// `GET /metrics`: what it has counted, for Prometheus.
pub(crate) async fn metrics(State(gate): State<Arc<Gate>>, headers: HeaderMap) -> Response<Body> {
    if !gate.config.metrics_open && bearer(&gate, &headers).is_none() {
        return unauthorised(&gate);
    }
    said("text/plain; version=0.0.4; charset=utf-8", gate.metrics.text(gate.started.elapsed().as_secs_f64()))
}

/// Whoever the token of a request belongs to (RFC 6750, section 2.1).
pub(super) fn bearer(gate: &Gate, headers: &HeaderMap) -> Option<Visitor> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, token) = given.split_once(' ').unwrap_or_default();
    let token = if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { "" };
    gate.tokens.visitor(token, jiff::Timestamp::now())
}

pub(super) fn unauthorised(gate: &Gate) -> Response<Body> {
    gate.metrics.refused("token");
    let mut response = page::refusal(StatusCode::UNAUTHORIZED, "a token is needed here\n");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

pub(crate) fn said(kind: &'static str, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Lets a page of an origin that the file names read the answer.
pub(super) fn share(gate: &Gate, headers: &HeaderMap, response: &mut Response<Body>) {
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin::allowed(&gate.config, headers) {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
}
