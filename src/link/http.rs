//! HTTP endpoints: polled with GET, an answer's body is one message; a command is a request with a body.

use super::clock::{sleep, within};
use super::{End, LinkError, LinkErrorKind, LinkInfo, Outgoing, Work, page};
use crate::words::link as words;
use futures::FutureExt;
use futures::future::{Either, select};
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::{Reflect, Uint8Array};
use session::Input;
use session::address::Address;
use session::link::{Family, Http as Endpoint, Link as Settings};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCache, RequestMode};

/// How long an endpoint may take to begin its answer, or to go on with it, in milliseconds.
const ANSWER_MILLIS: f64 = 10_000.0;
/// The most that one answer may have, in bytes: beyond it the endpoint is not a device's.
const ANSWER_BYTES: u64 = 64 << 20;
/// The largest piece of an answer that is copied at once.
const PIECE_BYTES: u32 = 1 << 20;

pub(super) const INFO: LinkInfo = LinkInfo {
    kind: "http",
    summary: "A device that answers requests at an http:// or https:// address.",
    family: Family::Network,
    supported: || Ok(()),
    open,
};

fn open(settings: &Settings, end: End) -> Option<Work> {
    let Settings::Http(endpoint) = settings else { return None };
    let endpoint = endpoint.clone();
    Some(async move { end.until_dropped(run(&endpoint, &end)).await }.boxed_local())
}

async fn run(endpoint: &Endpoint, end: &End) -> Result<(), LinkError> {
    let (polls, commands) = (std::pin::pin!(poll(endpoint, end)), std::pin::pin!(command(endpoint, end)));
    match select(polls, commands).await {
        Either::Left((outcome, _)) | Either::Right((outcome, _)) => outcome,
    }
}

/// Asks again and again; ends with the first answer that is none.
async fn poll(endpoint: &Endpoint, end: &End) -> Result<(), LinkError> {
    let address = Address::new(&endpoint.url);
    let mut opened = false;
    let mut buffer = Vec::new();
    loop {
        // `no-cache` makes the browser ask conditionally where the answer carried an ETag or a date.
        let request = RequestBuilder::new(address.whole()).method(Method::GET).cache(RequestCache::NoCache);
        let exchange = Exchange::begin(request, None, address, opened).await?;
        exchange.body(&mut buffer, &mut opened, end).await?;
        sleep(f64::from(endpoint.interval_millis)).await;
    }
}

/// Sends each command as a request. One that fails is refused; the polling goes on.
async fn command(endpoint: &Endpoint, end: &End) -> Result<(), LinkError> {
    let address = Address::new(endpoint.command_url.as_ref().unwrap_or(&endpoint.url));
    let mut buffer = Vec::new();
    loop {
        let Outgoing::Bytes(bytes) = end.outgoing().await else { continue };
        let method = if endpoint.command_method.eq_ignore_ascii_case("PUT") { Method::PUT } else { Method::POST };
        // JSON is named as such; everything else stays a plain request, which needs no preflight.
        let json = matches!(bytes.first(), Some(b'{' | b'['));
        let kind = if json { "application/json" } else { "text/plain;charset=UTF-8" };
        let request = RequestBuilder::new(address.whole()).method(method).header("Content-Type", kind);
        match Exchange::begin(request, Some(&bytes), address, true).await {
            Ok(exchange) => {
                end.deliver(Input::Transmitted(bytes.len()));
                if let Err(error) = exchange.body(&mut buffer, &mut true, end).await {
                    end.deliver(Input::NotTransmitted { len: 0, why: &error.message });
                }
            }
            Err(error) => end.deliver(Input::NotTransmitted { len: bytes.len(), why: &error.message }),
        }
    }
}

/// A request that was answered. Dropping it aborts what is left of it.
struct Exchange<'a> {
    response: Response,
    address: Address<'a>,
    _abort: Abort,
}

struct Abort(Option<AbortController>);

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl<'a> Exchange<'a> {
    /// Sends a request and waits for the head of its answer. `known` says that the endpoint has answered before.
    async fn begin(
        request: RequestBuilder,
        body: Option<&[u8]>,
        address: Address<'a>,
        known: bool,
    ) -> Result<Exchange<'a>, LinkError> {
        let abort = Abort(AbortController::new().ok());
        let signal = abort.0.as_ref().map(AbortController::signal);
        let request = request.abort_signal(signal.as_ref());
        let request = match body {
            Some(bytes) => request.body(Uint8Array::from(bytes)),
            None => request.build(),
        };
        let request = request.map_err(|error| {
            let why = words::http_not_asked(address, page::refusal(&error.to_string()));
            LinkError::new(LinkErrorKind::Settings, why)
        })?;
        match within(ANSWER_MILLIS, request.send()).await {
            Some(Ok(response)) if response.ok() => Ok(Exchange { response, address, _abort: abort }),
            Some(Ok(response)) => Err(status(address, response.status(), &response.status_text())),
            Some(Err(_)) => Err(unreachable(address, known).await),
            None => Err(LinkError::new(LinkErrorKind::Refused, silent(address))),
        }
    }

    /// Delivers the body as one message, in pieces as they come. The link is open once there is something of it: a head
    /// alone is no answer.
    async fn body(&self, buffer: &mut Vec<u8>, opened: &mut bool, end: &End) -> Result<(), LinkError> {
        let lost = |why: String| LinkError::new(LinkErrorKind::Lost, why);
        let mut open = || {
            if !std::mem::replace(opened, true) {
                end.deliver(Input::Opened);
            }
        };
        let reader = self.response.body().and_then(|stream| ReadableStreamDefaultReader::new(&stream).ok());
        let Some(reader) = reader else {
            open();
            return Ok(());
        };
        let mut total = 0;
        loop {
            let piece = match within(ANSWER_MILLIS, JsFuture::from(reader.read())).await {
                Some(Ok(piece)) => piece,
                Some(Err(_)) => return Err(lost(words::http_broke_off(self.address))),
                None => return Err(lost(words::http_stood_still(self.address, ANSWER_MILLIS / 1000.0))),
            };
            open();
            let value = Reflect::get(&piece, &"value".into()).unwrap_or(JsValue::UNDEFINED);
            let Ok(array) = value.dyn_into::<Uint8Array>() else {
                // Done. The end is known only now, so it comes with no bytes of its own.
                end.deliver(Input::Bytes { bytes: &[], message_end: true });
                return Ok(());
            };
            total += u64::from(array.length());
            if total > ANSWER_BYTES {
                // Another try would bring as much, and each takes room that good data have.
                return Err(LinkError::new(LinkErrorKind::Settings, words::http_too_long(self.address)));
            }
            super::copy_pieces(&array, PIECE_BYTES, buffer, |bytes, _| {
                end.deliver(Input::Bytes { bytes, message_end: false });
            });
        }
    }
}

/// A status that is not a success, in words (RFC 9110, section 15).
fn status(address: Address<'_>, status: u16, text: &str) -> LinkError {
    let (kind, what) = match status {
        401 | 407 => (LinkErrorKind::Denied, words::http_401()),
        403 => (LinkErrorKind::Denied, words::http_403()),
        404 | 410 => (LinkErrorKind::Refused, words::http_404()),
        405 | 501 => (LinkErrorKind::Refused, words::http_405()),
        408 | 504 => (LinkErrorKind::Refused, words::http_408()),
        429 => (LinkErrorKind::Refused, words::http_429()),
        500..=599 => (LinkErrorKind::Refused, words::http_5xx()),
        _ => (LinkErrorKind::Refused, words::http_other()),
    };
    let text = if text.is_empty() { String::new() } else { format!(" {text}") };
    LinkError::new(kind, words::http_status(address, status, &text, what))
}

fn silent(address: Address<'_>) -> String {
    words::http_silent(address, ANSWER_MILLIS / 1000.0)
}

/// `fetch` says only that it failed. What stands in the way decides what to do, so find out.
async fn unreachable(address: Address<'_>, known: bool) -> LinkError {
    if page::is_mixed_content(address) {
        return LinkError::new(LinkErrorKind::Denied, page::mixed_content(address));
    }
    if page::blocked_by_policy(address).await {
        return LinkError::new(LinkErrorKind::Denied, page::policy(address));
    }
    // A request that does not want to read the answer passes where only the permission to read is missing.
    let abort = Abort(AbortController::new().ok());
    let signal = abort.0.as_ref().map(AbortController::signal);
    let probe = RequestBuilder::new(address.whole()).mode(RequestMode::NoCors).abort_signal(signal.as_ref()).build();
    if let Ok(probe) = probe
        && let Some(Ok(_)) = within(ANSWER_MILLIS, probe.send()).await
    {
        return LinkError::new(LinkErrorKind::Denied, words::http_cors(address));
    }
    if known {
        return LinkError::new(LinkErrorKind::Lost, words::http_gone(address));
    }
    // Under Cross-Origin-Embedder-Policy the probe fails in both cases, so that no script can tell one from the other.
    LinkError::new(LinkErrorKind::Refused, words::http_unreachable(address))
}

#[cfg(test)]
mod tests {
    use super::{Address, status};

    #[test]
    fn a_status_is_said_in_words() {
        let missing = status(Address::new("http://a/x"), 404, "Not Found");
        let expected = "http://a/x said 404 Not Found: the device has nothing there. Check the path of the address.";
        assert_eq!(missing.message, expected);
    }
}
