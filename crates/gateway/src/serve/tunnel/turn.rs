//! The four things that go on in a tunnel at the same time.

use super::super::gate::Gate;
use super::super::record::Record;
use super::super::token::Visitor;
use super::flow::Flow;
use super::source::{Source, ending};
use super::{End, Sink, Stream};
use axum::extract::ws::Message;
use futures_util::{SinkExt, StreamExt};
use session::tunnel::{Ending, FromGateway, decode, encode};
use std::time::{Duration, Instant};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::time::{MissedTickBehavior, interval};

/// How often the console is asked whether it is there (RFC 6455, section 5.5.2); twice that without a word, and it is not.
const PING: Duration = Duration::from_secs(10);
/// The most that is handed to a device at once, so that the console is told of progress.
const PIECE: usize = 16 << 10;

/// Carries what the device says, and how much has gone to it. While the console takes nothing the device is not read.
pub(super) async fn to_console(source: &Source, sink: &mut Sink, flow: &Flow, record: &Record) -> End {
    let mut ping = interval(PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ping.reset();
    loop {
        let mut message = Vec::new();
        let room = flow.room();
        tokio::select! {
            () = flow.to_tell.notified() => {}
            () = flow.room_again.notified(), if room == 0 => continue,
            _ = ping.tick() => {
                if sink.send(Message::Ping(Default::default())).await.is_err() {
                    return End::ByConsole;
                }
                continue;
            }
            said = source.next(room, &mut message), if room > 0 => match said {
                Ok(said) if said.bytes == 0 && said.dropped == 0 => return ending(Ok(())),
                Err(why) => return ending(Err(why)),
                Ok(said) => {
                    flow.take_room(said.bytes);
                    record.down(said.bytes);
                    record.given_up(source.take_left_out());
                }
            },
        }
        let sent = flow.take_sent();
        if sent > 0 {
            encode(&FromGateway::Sent(sent), &mut message);
        }
        if flow.take_asked() {
            encode(&FromGateway::Pong, &mut message);
        }
        if message.is_empty() {
            continue;
        }
        let begun = Instant::now();
        if sink.send(Message::Binary(message.into())).await.is_err() {
            return End::ByConsole;
        }
        // Whatever had to wait has waited for the console to take something: it is there, though it has said nothing.
        if begun.elapsed() > Duration::from_secs(1) {
            flow.heard();
        }
    }
}

/// Carries what waits for the device.
pub(super) async fn to_device(mut write: impl AsyncWrite + Unpin, flow: &Flow, record: &Record) -> End {
    loop {
        let queue = flow.take_queue();
        if queue.is_empty() {
            flow.queued.notified().await;
            continue;
        }
        let mut left = queue.as_slice();
        while !left.is_empty() {
            let piece = left.get(..PIECE).unwrap_or(left);
            let written = match write.write(piece).await {
                Ok(0) => return End::told(Ending::Broken, "the device takes nothing any more"),
                Ok(written) => written,
                Err(why) => return End::told(Ending::Broken, why.to_string()),
            };
            left = left.get(written..).unwrap_or_default();
            let written = u32::try_from(written).unwrap_or(u32::MAX);
            flow.went(written);
            record.up(written);
        }
        if let Err(why) = write.flush().await {
            return End::told(Ending::Broken, why.to_string());
        }
    }
}

/// Takes what the console says.
pub(super) async fn from_console(stream: &mut Stream, flow: &Flow) -> End {
    loop {
        let message = match stream.next().await {
            Some(Ok(message)) => message,
            Some(Err(why)) if too_long(&why) => return End::told(Ending::Protocol, why.to_string()),
            Some(Err(_)) | None => return End::ByConsole,
        };
        flow.heard();
        match message {
            Message::Binary(bytes) => {
                let mut refusal = None;
                let outcome = decode(&bytes, |value| {
                    if refusal.is_none() {
                        refusal = flow.hear(value).err();
                    }
                });
                if let Some(refusal) = refusal {
                    return End::Told(refusal);
                }
                if outcome.is_err() {
                    return End::told(Ending::Protocol, "a message that makes no sense");
                }
            }
            Message::Text(_) => return End::told(Ending::Protocol, "a message of text"),
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Close(_) => return End::ByConsole,
        }
    }
}

/// Whether it was the size of a message, and not the connection.
fn too_long(why: &axum::Error) -> bool {
    why.to_string().contains("too long")
}

/// Ends what nobody closes: a console that is gone, a token that has run out or was taken away, a tunnel that is not used.
pub(super) async fn watch(flow: &Flow, gate: &Gate, visitor: &Visitor) -> End {
    let mut tick = interval(Duration::from_secs(1));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let most = u64::try_from(PING.as_millis()).unwrap_or(u64::MAX).saturating_mul(2);
    loop {
        tick.tick().await;
        if flow.unheard() > most {
            return End::told(Ending::Broken, "the console does not answer any more");
        }
        if flow.idle() > u64::from(gate.config.limits.idle_s).saturating_mul(1000) {
            return End::told(Ending::Idle, "nothing was said for as long as the file allows");
        }
        if !gate.tokens.still(visitor, jiff::Timestamp::now()) {
            return End::told(Ending::Token, "the token has run out, or is not in the file any more");
        }
    }
}
