//! `ferrule serve`: the console's files on this machine, with the security headers it ships with.
//!
//! All files are read once, at the start. A request can only name what was found then, so there is no path to
//! traverse, no link to follow, and a page never mixes two builds.

mod files;
mod headers;
mod host;
mod policy;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use axum::middleware::{self, Next};
use files::{Asset, Files};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

/// Serves until the process ends.
///
/// # Errors
/// A folder without the console, an address that is not this machine's own or is taken.
pub(crate) fn run(root: &Path, listen: SocketAddr) -> Result<(), String> {
    if !listen.ip().is_loopback() {
        return Err(format!(
            "{listen} can be reached from other machines, and there is neither TLS nor a login here; \
             listen on 127.0.0.1 or [::1], and put a web server with TLS in front for others"
        ));
    }
    let files = Files::read(root)?;
    let app = router(files);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
        .map_err(|why| format!("the server cannot start: {why}"))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .map_err(|why| format!("{listen}: {why}; name another address with --listen"))?;
        let address = listener.local_addr().map_err(|why| format!("{listen}: {why}"))?;
        println!("Ferrule is at http://{address}/ (Ctrl-C ends it)");
        axum::serve(listener, app).await.map_err(|why| format!("the server ended: {why}"))
    })
}

fn router(files: Files) -> Router {
    let policy = policy::content_security_policy(&files.inline_scripts());
    let files = Arc::new(files);
    Router::new()
        .fallback(answer)
        .with_state(files)
        .layer(middleware::from_fn(host::check))
        // Outermost, so that refusals carry the headers too.
        .layer(middleware::from_fn_with_state(Arc::new(headers::all(&policy)), add_headers))
}

async fn add_headers(
    State(headers): State<Arc<headers::Headers>>,
    request: Request<Body>,
    next: Next,
) -> Response<Body> {
    let mut response = next.run(request).await;
    for (name, value) in headers.iter() {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
}

async fn answer(State(files): State<Arc<Files>>, request: Request<Body>) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    // Names in the build are plain: an escape in the path cannot be the name of a file.
    match files.get(request.uri().path()) {
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

fn refusal(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
