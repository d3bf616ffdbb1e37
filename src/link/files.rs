//! Files of FTP servers, through a gateway that speaks with them (`/files/NAME/…`): lists, files from any byte on, and files
//! to store. The page uses it for its list of files, the worker for a file that is opened as if a device sent it.

use super::clock::{sleep, within};
use super::tunnel::{ending::closed, run_store};
use super::{End, LinkError, LinkErrorKind, LinkInfo, Work, copy_pieces, targets};
use crate::words::{files as said, link as words};
use futures::FutureExt;
use futures::channel::oneshot;
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Date, Reflect, Uint8Array};
use serde::Deserialize;
use session::Input;
use session::link::{Family, Link as Settings, Tunnel};
use session::logfile::{HEAD_BYTES, Zone};
use session::query::Reached;
use session::tunnel::{Ending, TargetKind};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ProgressEvent, ReadableStreamDefaultReader, RequestCache, XmlHttpRequest};

/// How long the gateway may take to answer, or to go on: it gives up on a server before that. In milliseconds.
const PATIENCE_MILLIS: f64 = 45_000.0;
/// How often a file that broke off is asked for again without anything having come, and how long is waited before, in
/// milliseconds; twice as long each time.
const TRIES: u32 = 4;
const WAIT_MILLIS: f64 = 1_000.0;
/// The largest piece that is copied at once.
const PIECE_BYTES: u32 = 1 << 20;

pub(super) const INFO: LinkInfo = LinkInfo {
    kind: "ftp",
    summary: "Files of an FTP server that a gateway reaches.",
    family: Family::Network,
    supported: || Ok(()),
    open,
};

fn open(settings: &Settings, end: End) -> Option<Work> {
    let Settings::Tunnel(tunnel) = settings else { return None };
    if tunnel.kind != TargetKind::Ftp {
        return None;
    }
    let tunnel = tunnel.clone();
    Some(match tunnel.file.clone() {
        None => run_store(tunnel, end),
        Some(path) => async move { end.until_dropped(deliver(&tunnel, &path, &end)).await }.boxed_local(),
    })
}

/// Reads a file to its end, as if a device sent it. What breaks off goes on where it was, for as long as it is that file.
async fn deliver(tunnel: &Tunnel, path: &str, end: &End) -> Result<(), LinkError> {
    let (mut at, mut tag, mut tries) = (0, None, 0);
    let (mut buffer, mut head) = (Vec::new(), Some(Vec::new()));
    loop {
        let why = match Reading::begin(tunnel, path, at, tag.as_deref()).await {
            Ok(reading) if reading.from != at => {
                return Err(LinkError::new(LinkErrorKind::Denied, said::changed()));
            }
            Ok(mut reading) => {
                if tag.is_none() && at == 0 {
                    end.deliver(Input::Opened);
                    let reached = Reached { kind: TargetKind::Ftp, write: false, local: false, terms: None };
                    end.deliver(Input::Reached(reached));
                }
                tag = reading.tag.clone().or(tag);
                loop {
                    match reading.next().await {
                        Ok(Some(piece)) => {
                            (at, tries) = (at + u64::from(piece.length()), 0);
                            copy_pieces(&piece, PIECE_BYTES, &mut buffer, |bytes, _| {
                                hand_on(end, &mut head, bytes, HEAD_BYTES);
                            });
                        }
                        Ok(None) => {
                            hand_on(end, &mut head, &[], 0);
                            end.deliver(Input::Bytes { bytes: &[], message_end: true });
                            return Err(LinkError::new(LinkErrorKind::Done, ""));
                        }
                        Err(why) => break why,
                    }
                }
            }
            Err(failure) if failure.final_() => return Err(failure.error()),
            Err(failure) => failure.error().message,
        };
        tries += 1;
        // Without a tag nobody knows whether it would be the same file.
        if tries > TRIES || (at > 0 && tag.is_none()) {
            hand_on(end, &mut head, &[], 0);
            // Opened again it begins anew, and every reading would be there twice: the user says so.
            return Err(LinkError::new(LinkErrorKind::Denied, said::broke_off(why, at)));
        }
        sleep(WAIT_MILLIS * f64::from(1 << tries)).await;
    }
}

/// Hands on what came of a file. What it begins with waits until so many bytes of it are there: what tells the time in it
/// is to be seen before the first of its rows is read.
fn hand_on(end: &End, head: &mut Option<Vec<u8>>, bytes: &[u8], enough: usize) {
    let begun = head.take().map(|mut head| {
        head.extend_from_slice(bytes);
        head
    });
    if let Some(bytes) = &begun {
        if bytes.len() < enough {
            *head = begun;
            return;
        }
        end.deliver(Input::Head { bytes, zone: Zone(utc_offset_min) });
    }
    end.deliver(Input::Bytes { bytes: begun.as_deref().unwrap_or(bytes), message_end: false });
}

/// Minutes by which local time is ahead of UTC at a moment of local time.
fn utc_offset_min(local_nanos: i64) -> i16 {
    let west = |millis: f64| Date::new(&millis.into()).get_timezone_offset();
    let local = local_nanos as f64 / 1e6;
    // As if it were UTC, and again where that leads.
    -west(local + west(local) * 60_000.0) as i16
}

/// What a folder holds, as the gateway tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Listing {
    /// What is in it: folders first.
    pub entries: Vec<Entry>,
    /// Lines that the gateway could not read.
    #[serde(default)]
    pub unreadable: u64,
    /// Whether there is more than is told of.
    #[serde(default)]
    pub cut: bool,
    /// Whether files may be stored.
    #[serde(default)]
    pub write: bool,
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// Bytes.
    pub size: Option<u64>,
    /// When it was changed, in seconds since 1970, by the server's own clock.
    pub modified: Option<u64>,
    /// Whether its name can be asked for.
    pub named: bool,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What the gateway said, and the number under which its log tells more; `None` where it said nothing.
    pub ending: Option<(Ending, u64)>,
}

/// How the gateway refuses.
#[derive(Deserialize)]
struct Refused {
    why: Ending,
    id: u64,
}

impl Failure {
    fn error(&self) -> LinkError {
        match self.ending {
            Some((why, id)) => closed(session::tunnel::TargetKind::Ftp, why, id),
            None => LinkError::new(LinkErrorKind::Lost, words::gateway_gone()),
        }
    }

    /// The sentence for it.
    #[must_use]
    pub fn words(&self) -> String {
        self.error().message
    }

    /// Whether trying again, later and unchanged, is of no use.
    fn final_(&self) -> bool {
        !self.error().may_pass() || matches!(self.ending, Some((Ending::NoSuchFile, _)))
    }

    async fn of(response: Response) -> Failure {
        Failure::said(response.status(), &response.text().await.unwrap_or_default())
    }

    fn said(status: u16, said: &str) -> Failure {
        let said = serde_json::from_str::<Refused>(said).ok().map(|refused| (refused.why, refused.id));
        let wants_token = (status == 401).then_some((Ending::Token, 0));
        Failure { ending: said.or(wants_token) }
    }
}

/// A request for a path of a target, with its gateway's token.
fn request(tunnel: &Tunnel, path: &str, make: fn(&str) -> RequestBuilder) -> RequestBuilder {
    let own = targets::own_origin();
    let token = targets::token(tunnel.origin(&own));
    let request = make(&tunnel.file_address(&own, path)).cache(RequestCache::NoStore);
    if token.is_empty() { request } else { request.header("Authorization", &format!("Bearer {token}")) }
}

async fn sent(request: Result<Request, gloo_net::Error>) -> Result<Response, Failure> {
    let nothing = Failure { ending: None };
    let request = request.map_err(|_| nothing.clone())?;
    match within(PATIENCE_MILLIS, request.send()).await {
        Some(Ok(response)) if response.ok() => Ok(response),
        Some(Ok(response)) => Err(Failure::of(response).await),
        _ => Err(nothing),
    }
}

/// What a folder holds: `folder` is `""` or `/a/b`.
///
/// # Errors
/// Why that is not known.
pub async fn list(tunnel: &Tunnel, folder: &str) -> Result<Listing, Failure> {
    let response = sent(request(tunnel, &format!("{folder}/"), RequestBuilder::new).build()).await?;
    let text = response.text().await.map_err(|_| Failure { ending: None })?;
    serde_json::from_str(&text).map_err(|_| Failure { ending: Some((Ending::Protocol, 0)) })
}

/// Stores a file; `fresh` says that none may be there already, `told` hears how many of its bytes have gone.
///
/// # Errors
/// Why it was not.
pub async fn store(
    tunnel: &Tunnel,
    path: &str,
    bytes: &[u8],
    fresh: bool,
    told: impl Fn(u64) + 'static,
) -> Result<(), Failure> {
    let own = targets::own_origin();
    let token = targets::token(tunnel.origin(&own));
    let (over, ended) = oneshot::channel();
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| told(event.loaded() as u64));
    let ending = Closure::once(move || over.send(()).unwrap_or(()));
    let begin = || {
        // Of what fetch sends no browser says how far it is.
        let request = Sending(XmlHttpRequest::new()?);
        request.0.open("PUT", &tunnel.file_address(&own, path))?;
        if !token.is_empty() {
            request.0.set_request_header("Authorization", &format!("Bearer {token}"))?;
        }
        if fresh {
            request.0.set_request_header("If-None-Match", "*")?;
        }
        request.0.upload()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        request.0.set_onloadend(Some(ending.as_ref().unchecked_ref()));
        // No limit of time: how long it takes is the network's affair, and it can be cancelled.
        request.0.send_with_opt_u8_array(Some(bytes))?;
        Ok::<_, JsValue>(request)
    };
    let nothing = Failure { ending: None };
    let request = begin().map_err(|_| nothing.clone())?;
    ended.await.map_err(|_| nothing.clone())?;
    match request.0.status().unwrap_or_default() {
        200..300 => Ok(()),
        0 => Err(nothing),
        status => Err(Failure::said(status, &request.0.response_text().ok().flatten().unwrap_or_default())),
    }
}

/// Ends a request when it is dropped, which then tells nobody any more.
struct Sending(XmlHttpRequest);

impl Drop for Sending {
    fn drop(&mut self) {
        self.0.set_onloadend(None);
        if let Ok(upload) = self.0.upload() {
            upload.set_onprogress(None);
        }
        let _ = self.0.abort();
    }
}

/// Ends a request when it is dropped.
struct Abort(Option<AbortController>);

impl Abort {
    fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// A file that is being read. Dropping it ends that.
pub struct Reading {
    /// The byte it begins with: the one that was asked for, or 0 where it has to begin anew.
    pub from: u64,
    /// The whole file's size, if it is known.
    pub size: Option<u64>,
    /// What tells this state of the file from another.
    pub tag: Option<String>,
    at: u64,
    reader: ReadableStreamDefaultReader,
    _abort: Abort,
}

impl Reading {
    /// Asks for a file from a byte on, if it is still the one of that tag.
    ///
    /// # Errors
    /// Why it is not to be had.
    pub async fn begin(tunnel: &Tunnel, path: &str, from: u64, tag: Option<&str>) -> Result<Reading, Failure> {
        let abort = Abort(AbortController::new().ok());
        let mut request = request(tunnel, path, RequestBuilder::new).abort_signal(abort.signal().as_ref());
        if let Some(tag) = tag.filter(|_| from > 0) {
            request = request.header("Range", &format!("bytes={from}-")).header("If-Range", tag);
        }
        let response = sent(request.build()).await?;
        let headers = response.headers();
        let from = if response.status() == 206 { from } else { 0 };
        let length = headers.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let reader = response.body().and_then(|stream| ReadableStreamDefaultReader::new(&stream).ok());
        let reader = reader.ok_or(Failure { ending: None })?;
        let size = length.map(|length| length.saturating_add(from));
        Ok(Reading { from, size, tag: headers.get("etag"), at: from, reader, _abort: abort })
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// It broke off: why, and what to do.
    pub async fn next(&mut self) -> Result<Option<Uint8Array>, String> {
        let piece = match within(PATIENCE_MILLIS, JsFuture::from(self.reader.read())).await {
            Some(Ok(piece)) => piece,
            Some(Err(_)) => return Err(words::tunnel_broken().to_owned()),
            None => return Err(words::tunnel_silent().to_owned()),
        };
        match Reflect::get(&piece, &"value".into()).unwrap_or(JsValue::UNDEFINED).dyn_into::<Uint8Array>() {
            Ok(piece) => {
                self.at = self.at.saturating_add(piece.length().into());
                Ok(Some(piece))
            }
            // An end before the end (faults F47).
            Err(_) if self.size.is_some_and(|size| size != self.at) => Err(words::tunnel_broken().to_owned()),
            Err(_) => Ok(None),
        }
    }
}
