//! One request and its answer (WHATWG Fetch), and why there is none.

use super::{LinkError, LinkErrorKind, lost, page};
use crate::link::clock::within;
use crate::link::copy_pieces;
use crate::words::link as words;
use gloo_net::http::{Request, Response};
use js_sys::{Date, Reflect, Uint8Array};
use session::address::Address;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, RequestCache, RequestInit, RequestMode, RequestRedirect,
    ResponseType,
};

/// How long an endpoint may take to begin its answer, or to go on with it, in milliseconds.
const ANSWER_MILLIS: f64 = 10_000.0;
/// The most that one answer may have, in bytes: beyond it the endpoint is not a device's.
const ANSWER_BYTES: u64 = 64 << 20;
/// The largest piece of an answer that is copied at once.
const PIECE_BYTES: u32 = 1 << 20;
/// What is waited where an endpoint asks to be left alone and does not say for how long, in milliseconds.
const USUAL_WAIT: u32 = 5_000;
/// The longest that an endpoint may ask for: a day.
pub(super) const LONGEST_WAIT: u32 = 86_400_000;

/// What is asked.
#[derive(Clone, Copy)]
pub(super) struct Asked<'u, 'a> {
    pub(super) url: &'u str,
    pub(super) method: &'a str,
    /// Header fields of the profile's.
    pub(super) headers: &'a [(String, String)],
    /// Those of ours.
    pub(super) more: &'a [(String, String)],
    pub(super) body: Option<&'a [u8]>,
    /// The answer may go on without end.
    pub(super) stream: bool,
}

impl<'u> Asked<'u, '_> {
    pub(super) fn at(url: &'u str) -> Asked<'u, 'static> {
        Asked { url, method: "GET", headers: &[], more: &[], body: None, stream: false }
    }

    /// Whether the browser asks another origin first whether this may be asked (section 4.8, a preflight).
    fn is_special(&self) -> bool {
        !self.headers.is_empty() || !matches!(self.method, "GET" | "POST")
    }

    /// The request with its header fields and its body.
    fn request(&self, options: &RequestInit) -> Result<Request, JsValue> {
        let headers = Headers::new()?;
        for (name, value) in self.headers.iter().chain(self.more) {
            headers.set(name, value)?;
        }
        if let Some(bytes) = self.body.filter(|body| !body.is_empty() && self.method != "GET") {
            if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
                // JSON is named as such; everything else stays a plain request, which needs no preflight.
                let json = matches!(bytes.first(), Some(b'{' | b'['));
                headers.set("Content-Type", if json { "application/json" } else { "text/plain;charset=UTF-8" })?;
            }
            options.set_body(&Uint8Array::from(bytes));
        }
        options.set_headers(&headers);
        to(self.url, options)
    }
}

/// A request to an address as it is written: the builder of `gloo_net` puts a `&` behind every query.
fn to(url: &str, options: &RequestInit) -> Result<Request, JsValue> {
    web_sys::Request::new_with_str_and_init(url, options).map(Request::from)
}

/// A request that was answered. Dropping it aborts what is left of it.
pub(super) struct Exchange<'a> {
    response: Response,
    address: Address<'a>,
    stream: bool,
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
    pub(super) async fn begin(asked: &Asked<'a, '_>, known: bool) -> Result<Exchange<'a>, LinkError> {
        let address = Address::new(asked.url);
        let abort = Abort(AbortController::new().ok());
        let signal = abort.0.as_ref().map(AbortController::signal);
        // A condition of ours is answered to us, not to the browser's cache; without one the cache asks its own
        // (section 4.6). A redirect would lead where the user did not say (security S10).
        let conditional = !asked.more.is_empty() && !asked.stream;
        let cache = if conditional || asked.stream { RequestCache::NoStore } else { RequestCache::NoCache };
        let options = RequestInit::new();
        options.set_method(asked.method);
        options.set_cache(cache);
        options.set_redirect(RequestRedirect::Manual);
        options.set_signal(signal.as_ref());
        let request = asked.request(&options).map_err(|error| {
            let why = words::http_not_asked(address, page::refusal(&page::error_text(&error)));
            LinkError::new(LinkErrorKind::Settings, why)
        })?;
        let response = match within(ANSWER_MILLIS, request.send()).await {
            Some(Ok(response)) => response,
            Some(Err(_)) => return Err(unreachable(asked, known).await),
            None => return Err(LinkError::new(LinkErrorKind::Refused, silent(address))),
        };
        if response.type_() == ResponseType::Opaqueredirect {
            return Err(LinkError::new(LinkErrorKind::Denied, words::http_redirect(address)).with_status(302));
        }
        let unchanged = conditional && response.status() == 304;
        let exchange = Exchange { response, address, stream: asked.stream, _abort: abort };
        if exchange.response.ok() || unchanged { Ok(exchange) } else { Err(exchange.refusal()) }
    }

    pub(super) fn status(&self) -> u16 {
        self.response.status()
    }

    /// A header field; empty where there is none, or this page may not see it.
    pub(super) fn header(&self, name: &str) -> String {
        self.response.headers().get(name).unwrap_or_default()
    }

    /// What a later request says so that only a change is answered: the entity tag and the date of this one.
    pub(super) fn validators(&self) -> Vec<(String, String)> {
        let pairs = [("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")];
        let said = pairs.map(|(name, of)| (name.to_owned(), self.header(of)));
        said.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// An answer that is not a success. Who asks to be left alone for a while is (RFC 9110, section 10.2.3).
    fn refusal(&self) -> LinkError {
        let number = self.response.status();
        let mut error = status(self.address, number, &self.response.status_text());
        if matches!(number, 429 | 503) {
            error.after_millis = wait(&self.header("retry-after"), Date::now(), Date::parse).unwrap_or(USUAL_WAIT);
        }
        error
    }

    /// Takes the body in pieces as they come. The link is open once there is something of it: a head alone is no answer.
    pub(super) async fn body(
        &self,
        buffer: &mut Vec<u8>,
        mut open: impl FnMut(),
        mut piece: impl FnMut(&[u8]),
    ) -> Result<(), LinkError> {
        let mut total = 0;
        let mut reader = self.reader();
        while let Some(array) = self.next(&mut reader).await? {
            open();
            total += u64::from(array.length());
            if total > ANSWER_BYTES {
                // Another try would bring as much, and each takes room that good data have.
                return Err(LinkError::new(LinkErrorKind::Settings, words::http_too_long(self.address)));
            }
            copy_pieces(&array, PIECE_BYTES, buffer, |bytes, _| piece(bytes));
        }
        open();
        Ok(())
    }

    /// Takes the pieces of a body without end.
    pub(super) async fn pieces(&self, buffer: &mut Vec<u8>, mut piece: impl FnMut(&[u8])) -> Result<(), LinkError> {
        let mut reader = self.reader();
        while let Some(array) = self.next(&mut reader).await? {
            copy_pieces(&array, PIECE_BYTES, buffer, |bytes, _| piece(bytes));
        }
        Ok(())
    }

    fn reader(&self) -> Option<ReadableStreamDefaultReader> {
        self.response.body().and_then(|stream| ReadableStreamDefaultReader::new(&stream).ok())
    }

    /// The next piece of a body; `None` at its end.
    async fn next(&self, reader: &mut Option<ReadableStreamDefaultReader>) -> Result<Option<Uint8Array>, LinkError> {
        let Some(reader) = reader else { return Ok(None) };
        // A stream may be silent for as long as it likes: how long is too long, the session knows.
        let millis = if self.stream { f64::from(u32::MAX >> 1) } else { ANSWER_MILLIS };
        match within(millis, JsFuture::from(reader.read())).await {
            Some(Ok(piece)) => {
                let value = Reflect::get(&piece, &"value".into()).unwrap_or(JsValue::UNDEFINED);
                Ok(value.dyn_into::<Uint8Array>().ok())
            }
            Some(Err(_)) => Err(lost(words::http_broke_off(self.address))),
            None => Err(lost(words::http_stood_still(self.address, ANSWER_MILLIS / 1000.0))),
        }
    }
}

/// How long to wait, in milliseconds: seconds or a date, as `Retry-After` has it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Held within bounds.
fn wait(said: &str, now: f64, date: impl Fn(&str) -> f64) -> Option<u32> {
    let said = said.trim();
    let millis = match said.parse::<u32>() {
        Ok(seconds) => f64::from(seconds) * 1000.0,
        Err(_) if said.is_empty() => return None,
        Err(_) => date(said) - now,
    };
    (!millis.is_nan()).then(|| millis.clamp(0.0, f64::from(LONGEST_WAIT)) as u32)
}

/// A status that is not a success, in words (RFC 9110, section 15).
fn status(address: Address<'_>, status: u16, text: &str) -> LinkError {
    let (kind, what) = match status {
        401 => (LinkErrorKind::Credentials, words::http_401()),
        407 => (LinkErrorKind::Denied, words::http_401()),
        403 => (LinkErrorKind::Denied, words::http_403()),
        404 | 410 => (LinkErrorKind::Refused, words::http_404()),
        405 | 501 => (LinkErrorKind::Refused, words::http_405()),
        408 | 504 => (LinkErrorKind::Refused, words::http_408()),
        429 => (LinkErrorKind::Refused, words::http_429()),
        500..=599 => (LinkErrorKind::Refused, words::http_5xx()),
        _ => (LinkErrorKind::Refused, words::http_other()),
    };
    let text = if text.is_empty() { String::new() } else { format!(" {text}") };
    LinkError::new(kind, words::http_status(address, status, &text, what)).with_status(status)
}

fn silent(address: Address<'_>) -> String {
    words::http_silent(address, ANSWER_MILLIS / 1000.0)
}

/// `fetch` says only that it failed. What stands in the way decides what to do, so find out.
async fn unreachable(asked: &Asked<'_, '_>, known: bool) -> LinkError {
    let address = Address::new(asked.url);
    if let Some(error) = page::in_the_way(address).await {
        return error;
    }
    // A request that does not want to read the answer passes where only the permission to read is missing.
    let abort = Abort(AbortController::new().ok());
    let signal = abort.0.as_ref().map(AbortController::signal);
    let options = RequestInit::new();
    options.set_mode(RequestMode::NoCors);
    options.set_signal(signal.as_ref());
    if let Ok(probe) = to(asked.url, &options)
        && let Some(Ok(_)) = within(ANSWER_MILLIS, probe.send()).await
    {
        let why = if asked.is_special() { words::http_preflight(address) } else { words::http_cors(address) };
        return LinkError::new(LinkErrorKind::Denied, why);
    }
    if known {
        return lost(words::http_gone(address));
    }
    // Under Cross-Origin-Embedder-Policy the probe fails in both cases, so that no script can tell one from the other.
    LinkError::new(LinkErrorKind::Refused, words::http_unreachable(address) + &page::of_certificate(address))
}

#[cfg(test)]
mod tests {
    use super::{Address, LONGEST_WAIT, status, wait};

    #[test]
    fn a_status_is_said_in_words() {
        let missing = status(Address::new("http://a/x"), 404, "Not Found");
        let expected = "http://a/x said 404 Not Found: the device has nothing there. Check the path of the address.";
        assert_eq!((missing.message.as_str(), missing.status), (expected, 404));
    }

    #[test]
    fn who_asks_to_be_left_alone_is_for_as_long_as_it_says() {
        let date = |text: &str| if text.starts_with("Fri") { 61_000.0 } else { f64::NAN };
        assert_eq!(wait("120", 0.0, date), Some(120_000));
        assert_eq!(wait("Fri, 31 Dec 1999 23:59:59 GMT", 1000.0, date), Some(60_000));
        assert_eq!(wait("Fri, 31 Dec 1999 23:59:59 GMT", 99_000.0, date), Some(0));
        assert_eq!(wait("4000000000", 0.0, date), Some(LONGEST_WAIT));
        assert_eq!((wait("soon", 0.0, date), wait("", 0.0, date)), (None, None));
    }
}
