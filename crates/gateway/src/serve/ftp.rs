//! Files of FTP servers, by HTTP: `GET /files/NAME/FOLDER/` lists, `GET /files/NAME/FILE` reads, with `Range` from a byte
//! on, `PUT` stores. The server's name and password are the gateway's; whoever asks has the gateway's token.

mod answer;
mod listing;
mod path;
mod reading;
mod server;
mod storing;

pub(crate) use server::Server;

use super::config::{Ftp, Place, Verbs};
use super::gate::{From, Gate};
use super::metrics::word;
use super::record::Record;
use super::target::Refusal;
use super::token::Visitor;
use super::{caps, origin, page, status};
use answer::said;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header};
use session::tunnel::Ending;
use std::collections::HashMap;
use std::sync::Arc;

/// Someone's request, until it is answered and after: as long as bytes are under way.
struct Asked {
    gate: Arc<Gate>,
    visitor: Visitor,
    record: Record,
    _place: caps::Place,
}

/// `GET`: a listing where the path ends with a slash, a file where it does not.
pub(crate) async fn get(
    State(gate): State<Arc<Gate>>,
    Path(parts): Path<HashMap<String, String>>,
    Extension(From(from)): Extension<From>,
    headers: HeaderMap,
) -> Response<Body> {
    let (name, path) = named(&parts);
    let mut response = match begin(&gate, from, &headers, name, path) {
        Err(response) => response,
        Ok((place, verbs, mut asked)) => {
            let folder = path.is_empty() || path.ends_with('/');
            let outcome = if !verbs.read {
                Err(Refusal::new(Ending::Verb, "it may not be read"))
            } else if folder {
                list(&gate, place, path, verbs, &mut asked).await
            } else {
                match reading::begin(&gate, place, path, &headers).await {
                    Ok(begun) => return shared(&gate, &headers, begun.answer(asked)),
                    Err(why) => Err(why),
                }
            };
            answered(asked, outcome)
        }
    };
    status::share(&gate, &headers, &mut response);
    response
}

/// `PUT`: stores a file. With `If-None-Match: *` only where there is none of that name (RFC 9110, section 13.1.2).
pub(crate) async fn put(
    State(gate): State<Arc<Gate>>,
    Path(parts): Path<HashMap<String, String>>,
    Extension(From(from)): Extension<From>,
    request: Request<Body>,
) -> Response<Body> {
    let (name, path) = named(&parts);
    let (head, body) = request.into_parts();
    let mut response = match begin(&gate, from, &head.headers, name, path) {
        Err(response) => response,
        Ok((place, verbs, mut asked)) => {
            let outcome = if verbs.write {
                let fresh = head.headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag == "*");
                storing::store(&gate, place, path, fresh, body, &mut asked).await
            } else {
                Err(Refusal::new(Ending::Verb, "it may not be written"))
            };
            answered(asked, outcome)
        }
    };
    status::share(&gate, &head.headers, &mut response);
    response
}

/// `OPTIONS`: whether a page of another origin may ask (Fetch, "CORS-preflight request").
pub(crate) async fn preflight(State(gate): State<Arc<Gate>>, headers: HeaderMap) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let answer = response.headers_mut();
    answer.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, PUT"));
    let allowed = "Authorization, Content-Type, Range, If-Range, If-None-Match";
    answer.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(allowed));
    status::share(&gate, &headers, &mut response);
    response
}

fn named(parts: &HashMap<String, String>) -> (&str, &str) {
    let part = |name: &str| parts.get(name).map_or("", String::as_str);
    (part("name"), part("path"))
}

/// What every request has to pass: who asks, for what, and whether there is a place.
#[expect(clippy::result_large_err, reason = "the answer goes out either way")]
fn begin<'a>(
    gate: &'a Arc<Gate>,
    from: std::net::IpAddr,
    headers: &HeaderMap,
    name: &str,
    path: &str,
) -> Result<(&'a Ftp, Verbs, Asked), Response<Body>> {
    if !asked_by_ours(gate, headers) {
        gate.metrics.refused("origin");
        return Err(page::refusal(StatusCode::FORBIDDEN, "files are given to this gateway's own pages only\n"));
    }
    let Some(visitor) = status::bearer(gate, headers) else { return Err(status::unauthorised(gate)) };
    let mut record = Record::new(gate.clone(), from, name.to_owned());
    record.who = visitor.name().map(str::to_owned);
    let refused = |mut record: Record, why: Ending, detail: String| {
        record.end(word(why), detail);
        said(why, record.id)
    };
    let place = match gate.caps.place(from) {
        None => return Err(refused(record, Ending::TooMany, "no place is left, or none from this address".into())),
        Some(mut place) => {
            if visitor.name().is_some_and(|name| !place.with_token(name)) {
                return Err(refused(record, Ending::TooMany, "no place is left with this token".into()));
            }
            place
        }
    };
    let known = gate.target(name).and_then(|target| Some((target, visitor.verbs(target)?)));
    let Some((target, verbs)) = known else {
        return Err(refused(record, Ending::NoSuchTarget, "no such target, or none of this token".into()));
    };
    record.knows(target, verbs);
    let Place::Ftp(ftp) = &target.place else {
        return Err(refused(record, Ending::NoSuchTarget, "it holds no files".into()));
    };
    if path::below(path).is_none() {
        return Err(refused(
            record,
            Ending::Name,
            format!("no path: {:?}", path.chars().take(200).collect::<String>()),
        ));
    }
    Ok((ftp, verbs, Asked { gate: gate.clone(), visitor, record, _place: place }))
}

/// Whether a page that asks is one of ours. A page of somebody else's may not even have the bytes fetched (faults S6), and
/// none is shown as a page: whatever is not a browser says none of these (Fetch Metadata Request Headers, section 2).
fn asked_by_ours(gate: &Gate, headers: &HeaderMap) -> bool {
    if headers.contains_key(header::ORIGIN) {
        return origin::allowed(&gate.config, headers).is_some();
    }
    headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin")
        && headers.get("sec-fetch-dest").is_none_or(|dest| dest == "empty")
}

async fn list(
    gate: &Gate,
    place: &Ftp,
    path: &str,
    verbs: Verbs,
    asked: &mut Asked,
) -> Result<Response<Body>, Refusal> {
    let below = path::below(path).unwrap_or_default();
    let mut server = Server::enter(place, &gate.resolve).await?;
    let listing = server.list(&below).await?;
    let whole = !listing.cut;
    if whole {
        server.leave().await;
    }
    let count = listing.entries.len();
    let mut told = serde_json::to_value(listing).unwrap_or_default();
    if let Some(told) = told.as_object_mut() {
        told.insert("write".into(), verbs.write.into());
    }
    asked.record.end("done", format!("list {below:?}, {count} entries"));
    Ok(status::said("application/json", format!("{told}\n")))
}

fn answered(mut asked: Asked, outcome: Result<Response<Body>, Refusal>) -> Response<Body> {
    match outcome {
        Ok(response) => response,
        Err(refusal) => {
            asked.record.end(word(refusal.why), refusal.detail);
            said(refusal.why, asked.record.id)
        }
    }
}

fn shared(gate: &Gate, headers: &HeaderMap, mut response: Response<Body>) -> Response<Body> {
    status::share(gate, headers, &mut response);
    let told = HeaderValue::from_static("Content-Range, ETag");
    response.headers_mut().insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, told);
    response
}
