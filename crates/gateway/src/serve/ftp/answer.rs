//! Refusals, as the console reads them: a word and the number under which the log tells more (faults S41).

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::json;
use session::tunnel::Ending;

/// A refusal with the status that fits it best (RFC 9110, section 15).
pub(super) fn said(why: Ending, id: u64) -> Response<Body> {
    let status = match why {
        Ending::Token => StatusCode::UNAUTHORIZED,
        Ending::Verb | Ending::Forbidden | Ending::NotStored => StatusCode::FORBIDDEN,
        Ending::NoSuchTarget | Ending::NoSuchFile => StatusCode::NOT_FOUND,
        Ending::Name => StatusCode::BAD_REQUEST,
        Ending::Exists => StatusCode::PRECONDITION_FAILED,
        Ending::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Ending::Busy | Ending::Stopping => StatusCode::SERVICE_UNAVAILABLE,
        Ending::Full => StatusCode::INSUFFICIENT_STORAGE,
        Ending::Silent => StatusCode::GATEWAY_TIMEOUT,
        _ => StatusCode::BAD_GATEWAY,
    };
    let mut response = Response::new(Body::from(format!("{}\n", json!({ "why": why, "id": id }))));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
