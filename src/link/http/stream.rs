//! One answer that goes on for as long as there is something to say: a stream of bytes, or of events (WHATWG HTML,
//! section 9.2).
//!
//! The browser's own EventSource opens itself again and takes no header fields; here the session decides when a link is
//! opened again, as for any other.

use super::exchange::{Asked, Exchange};
use super::{End, LinkError, lost};
use crate::link::LinkErrorKind;
use crate::words::link as words;
use session::address::Address;
use session::events::{Events, Found};
use session::link::{Http as Endpoint, Properties};
use session::{Answered, Input, Message};

/// An answer whose body is a stream of bytes, whatever it is made of; NDJSON is one of lines.
pub(super) async fn bytes(endpoint: &Endpoint, end: &End) -> Result<(), LinkError> {
    let exchange = begin(endpoint, "*/*", &[]).await?;
    end.deliver(Input::Opened);
    let mut buffer = Vec::new();
    let deliver = |bytes: &[u8]| end.deliver(Input::Bytes { bytes, message_end: false });
    exchange.pieces(&mut buffer, deliver).await?;
    end.deliver(Input::EndOfInput);
    Err(lost(words::http_stream_ended(Address::new(&endpoint.url))))
}

/// A stream of events. The server is told which was the last, and may send what came after it.
pub(super) async fn events(endpoint: &Endpoint, end: &End) -> Result<(), LinkError> {
    let address = Address::new(&endpoint.url);
    let last = end.memory.last_event();
    let after = if last.is_empty() { Vec::new() } else { vec![("Last-Event-ID".to_owned(), last.clone())] };
    let exchange = match begin(endpoint, "text/event-stream", &after).await {
        // Of another origin this field needs a permission, which a browser's EventSource does not.
        Err(error) if error.status == 0 && !after.is_empty() => {
            let exchange = begin(endpoint, "text/event-stream", &[]).await?;
            end.deliver(Input::Remark(&words::http_no_last_event(address)));
            exchange
        }
        other => other?,
    };
    if exchange.status() == 204 {
        return Err(LinkError::new(LinkErrorKind::Denied, words::http_no_more_events(address)));
    }
    let kind = exchange.header("content-type");
    if !kind.to_ascii_lowercase().starts_with("text/event-stream") {
        let kind = session::screen::visible(&kind);
        return Err(LinkError::new(LinkErrorKind::Settings, words::http_no_events(address, &kind)));
    }
    end.deliver(Input::Opened);
    let (mut events, mut buffer, properties) = (Events::after(&last), Vec::new(), Properties::default());
    let outcome = exchange
        .pieces(&mut buffer, |bytes| {
            let mut any = false;
            events.feed(bytes, |found| {
                any = true;
                match found {
                    Found::Event { name, data } => {
                        let (retained, duplicate) = (false, false);
                        let properties = &properties;
                        let event = Message { topic: name, payload: data, retained, duplicate, properties };
                        end.deliver(Input::Message(event));
                    }
                    Found::TooLong => end.deliver(Input::Answered(Answered::TooLong)),
                }
            });
            if !any {
                // A comment keeps the connection alive, and a long event is on its way.
                end.deliver(Input::Answered(Answered::Alive));
            }
            end.memory.set_last_event(events.last_id());
        })
        .await;
    let mut error = outcome.err().unwrap_or_else(|| lost(words::http_stream_ended(address)));
    error.after_millis = error.after_millis.max(events.retry_millis().unwrap_or(0).min(super::exchange::LONGEST_WAIT));
    Err(error)
}

async fn begin<'a>(endpoint: &'a Endpoint, accept: &str, more: &[(String, String)]) -> Result<Exchange<'a>, LinkError> {
    let accept = [("Accept".to_owned(), accept.to_owned())];
    let named = endpoint.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("accept"));
    let more: Vec<_> = accept.iter().filter(|_| !named).chain(more).cloned().collect();
    let body = (!endpoint.body.is_empty()).then_some(endpoint.body.as_bytes());
    let (method, headers) = (endpoint.method.as_str(), endpoint.headers.as_slice());
    let asked = Asked { method, headers, more: &more, body, stream: true, ..Asked::at(&endpoint.url) };
    Exchange::begin(&asked, false).await
}
