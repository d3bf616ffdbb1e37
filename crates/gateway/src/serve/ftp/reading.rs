//! A file on its way to a console: as fast as the console takes it, and never more than one piece of it here.

use super::super::gate::Gate;
use super::super::metrics::word;
use super::super::target::Refusal;
use super::super::tunnel::stopping;
use super::server::{PATIENCE, Server, Transfer, silent, within};
use super::{Asked, path};
use crate::serve::config::Ftp;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use futures_util::stream;
use session::tunnel::Ending;
use tokio::io::AsyncReadExt;

/// The most that is read at once.
const PIECE: usize = 64 << 10;

/// A file that is being read.
pub(super) struct Begun {
    server: Server,
    transfer: Transfer,
    /// Its length, if the server says it.
    size: Option<u64>,
    tag: Option<String>,
    /// The byte with which it begins.
    from: u64,
    path: String,
}

/// What is left of it.
struct Rest {
    transfer: Option<Transfer>,
    /// Kept until the end: it is what the transfer is of.
    _server: Server,
    left: Option<u64>,
    asked: Asked,
    /// For the log.
    what: String,
}

/// Asks for a file.
///
/// # Errors
/// Why it is not to be had.
pub(super) async fn begin(gate: &Gate, place: &Ftp, path: &str, headers: &HeaderMap) -> Result<Begun, Refusal> {
    let path = path::below(path).unwrap_or_default();
    let mut server = Server::enter(place, &gate.resolve).await?;
    let (size, tag) = server.state(&path).await?;
    // What went on meanwhile is not the rest of what was before (RFC 9110, section 13.1.5; faults F47).
    let same = match headers.get(header::IF_RANGE) {
        Some(given) => tag.as_ref().is_some_and(|tag| given == tag.as_str()),
        None => true,
    };
    let wanted = from(headers).filter(|from| same && size.is_some_and(|size| *from < size)).unwrap_or_default();
    let (transfer, anew) = server.fetch(&path, wanted).await?;
    Ok(Begun { server, transfer, size, tag, from: if anew { 0 } else { wanted }, path })
}

/// The byte that a request begins with: `bytes=N-`. Any other range is answered with the whole, as one may (section 14.2).
fn from(headers: &HeaderMap) -> Option<u64> {
    let range = headers.get(header::RANGE)?.to_str().ok()?;
    range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
}

impl Begun {
    /// The answer, which goes on until the file has been read or one of the two sides is gone.
    pub(super) fn answer(self, mut asked: Asked) -> Response<Body> {
        let Begun { server, transfer, size, tag, from, path } = self;
        let left = size.map(|size| size.saturating_sub(from));
        let what = format!("read {path:?} from byte {from}");
        let empty = left == Some(0);
        asked.record.end(if empty { "done" } else { "by-console" }, what.clone());
        let rest = Rest { transfer: Some(transfer).filter(|_| !empty), _server: server, left, asked, what };
        let body = stream::unfold(rest, |mut rest| async move { rest.next().await.map(|piece| (piece, rest)) });
        let mut response = Response::new(Body::from_stream(body));
        let headers = response.headers_mut();
        // A browser shall save it, whatever it is called, and show none of it.
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(left) = left {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(left));
            headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        }
        if let Some(tag) = tag.and_then(|tag| HeaderValue::from_str(&tag).ok()) {
            headers.insert(header::ETAG, tag);
        }
        if let Some(size) = size.filter(|_| from > 0) {
            let range = format!("bytes {from}-{}/{size}", size.saturating_sub(1));
            headers
                .insert(header::CONTENT_RANGE, HeaderValue::from_str(&range).unwrap_or(HeaderValue::from_static("")));
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        }
        response
    }
}

impl Rest {
    async fn next(&mut self) -> Option<Result<Vec<u8>, std::io::Error>> {
        let transfer = self.transfer.as_mut()?;
        // A log may grow while it is read: what comes beyond the length that was told is not of this state of it.
        let most = self.left.map_or(PIECE, |left| usize::try_from(left).unwrap_or(PIECE).min(PIECE));
        let mut piece = vec![0; most];
        let read = tokio::select! {
            read = tokio::time::timeout(PATIENCE, transfer.read(&mut piece)) => match read {
                Ok(Ok(read)) => Ok(read),
                Ok(Err(why)) => Err(Refusal::new(Ending::Broken, why.to_string())),
                Err(_) => Err(silent()),
            },
            () = stopping(&self.asked.gate) => Err(Refusal::new(Ending::Stopping, "the gateway was told to stop")),
        };
        let read = read.and_then(|read| {
            let still = self.asked.gate.tokens.still(&self.asked.visitor, jiff::Timestamp::now());
            if still { Ok(read) } else { Err(Refusal::new(Ending::Token, "the token has run out")) }
        });
        match read {
            Ok(0) => {
                let finished = match self.transfer.take() {
                    Some(transfer) => within(transfer.finish()).await,
                    None => Ok(()),
                };
                match (self.left, finished) {
                    (Some(left), _) => {
                        Some(Err(self.broke(&Refusal::new(Ending::Broken, format!("{left} bytes were missing")))))
                    }
                    (None, Err(why)) => Some(Err(self.broke(&why))),
                    (None, Ok(())) => {
                        self.done();
                        None
                    }
                }
            }
            Ok(read) => {
                piece.truncate(read);
                self.asked.record.down(u32::try_from(read).unwrap_or(u32::MAX));
                self.left = self.left.map(|left| left.saturating_sub(u64::try_from(read).unwrap_or(left)));
                if self.left == Some(0) {
                    self.transfer = None;
                    self.done();
                }
                Some(Ok(piece))
            }
            Err(why) => {
                self.transfer = None;
                Some(Err(self.broke(&why)))
            }
        }
    }

    fn done(&mut self) {
        self.asked.record.end("done", self.what.clone());
    }

    /// The answer breaks off, which is how its end differs from the file's.
    fn broke(&mut self, why: &Refusal) -> std::io::Error {
        self.asked.record.end(word(why.why), format!("{}: {}", self.what, why.detail));
        std::io::Error::other("the file broke off")
    }
}
