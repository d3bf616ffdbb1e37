//! The console's files, and refusals.

use super::console::Build;
use super::files::Asset;
use axum::Extension;
use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use std::sync::Arc;

/// Answers with a file of the console.
pub(crate) async fn answer(Extension(build): Extension<Arc<Build>>, request: Request<Body>) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    // Names in the build are plain: an escape in the path cannot be the name of a file.
    match build.files.get(request.uri().path()) {
        Some(asset) => found(asset, &request),
        None => refusal(StatusCode::NOT_FOUND, "there is no such file\n"),
    }
}

fn found(asset: &Asset, request: &Request<Body>) -> Response<Body> {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let Some(form) = asset.form(accepted) else { return refusal(StatusCode::NOT_FOUND, "there is no such file\n") };
    let fresh = request.headers().get(header::IF_NONE_MATCH).is_some_and(|tag| *tag == form.tag);
    let body = if fresh || request.method() == Method::HEAD { Body::empty() } else { Body::from(form.bytes.clone()) };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    if !fresh {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(form.bytes.len()));
        if let Some(encoding) = form.encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
    }
    if asset.varies() {
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(asset.caching));
    headers.insert(header::ETAG, form.tag.clone());
    if fresh {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    response
}

/// A refusal in a sentence.
pub(crate) fn refusal(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
