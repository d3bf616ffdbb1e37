//! HTTP endpoints: asked again and again, or heard for as long as they speak; a command is a request with a body.

mod exchange;
mod poll;
mod stream;

use super::page;
use super::{End, LinkError, LinkErrorKind, LinkInfo, Outgoing, Work};
use crate::words::link as words;
use exchange::{Asked, Exchange};
use futures::FutureExt;
use futures::future::{Either, select};
use session::Input;
use session::address::Address;
use session::link::{Family, Http as Endpoint, Link as Settings, Missing, Mode, Request};

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
    let typed = end.memory.typed();
    let endpoint =
        &typed.iter().fold(endpoint.clone(), |endpoint, one| endpoint.with_credentials(&one.username, &one.password));
    if let Some(wanted) = endpoint.missing() {
        return Err(missing(&wanted, end));
    }
    let turn = poll::Turn::default();
    let heard = async {
        match endpoint.mode {
            Mode::Poll => poll::run(endpoint, end, &turn).await,
            Mode::Events => stream::events(endpoint, end).await,
            Mode::Stream => stream::bytes(endpoint, end).await,
        }
    };
    let (heard, commands) = (std::pin::pin!(heard), std::pin::pin!(command(endpoint, end, &turn)));
    match select(heard, commands).await {
        Either::Left((outcome, _)) | Either::Right((outcome, _)) => outcome,
    }
}

/// Sends each command as a request. One that fails is refused; the rest goes on.
async fn command(endpoint: &Endpoint, end: &End, turn: &poll::Turn) -> Result<(), LinkError> {
    let usual = endpoint.command_url.as_ref().unwrap_or(&endpoint.url);
    let mut buffer = Vec::new();
    loop {
        let (request, len) = match end.outgoing().await {
            Outgoing::Bytes(body) => {
                let len = body.len();
                (Request { body, ..Request::default() }, len)
            }
            Outgoing::Request(request) => {
                let len = request.len();
                (request, len)
            }
            _ => continue,
        };
        let url = match request.path.as_str() {
            "" => usual.clone(),
            path => Address::new(path).at_origin_of(Address::new(usual)),
        };
        let method = if request.method.is_empty() { &endpoint.command_method } else { &request.method };
        let headers = &endpoint.headers_at(&url);
        let asked = Asked { method, headers, body: Some(&request.body), ..Asked::at(&url) };
        match Exchange::begin(&asked, true).await {
            Ok(exchange) => {
                end.deliver(Input::Transmitted(len));
                // What it answers to a command is what a poll would: of a stream, its own business.
                let mut whole = Vec::new();
                match exchange.body(&mut buffer, || {}, |bytes| whole.extend_from_slice(bytes)).await {
                    Err(error) => end.deliver(Input::NotTransmitted { len: 0, why: &error.message }),
                    Ok(()) if endpoint.mode != Mode::Stream => turn.take(endpoint, whole, end),
                    Ok(()) => {}
                }
            }
            Err(error) => end.deliver(match error.status {
                0 => Input::NotTransmitted { len, why: &error.message },
                status => Input::Declined { len, status, why: &error.message },
            }),
        }
    }
}

/// A secret of the profile's that is not kept is not there. What is typed for it comes to what was typed before.
pub(super) fn missing(wanted: &Missing<'_>, end: &End) -> LinkError {
    end.memory.want_more();
    let address = Address::new(wanted.url);
    let place = if address.host().is_empty() { address.path() } else { address.host() };
    // That one may be made of a user's name and a password.
    let whole = wanted.name.eq_ignore_ascii_case("authorization");
    let kind = if whole { LinkErrorKind::Credentials } else { LinkErrorKind::Secret };
    LinkError::new(kind, words::secret_missing(&wanted.name, place))
}

/// An error of what the far end says, or does not.
fn lost(why: String) -> LinkError {
    LinkError::new(LinkErrorKind::Lost, why)
}
