//! MQTT over WebSocket (MQTT 5.0, section 6): the subprotocol is `mqtt`, messages are binary, and packets end anywhere
//! in them.

mod client;
mod kept;
mod packets;
mod through;

use super::clock::{Timer, now, within};
use super::socket::{Report, Socket};
use super::web_lock::Claim;
use super::websocket::{CONNECT_MILLIS, PIECE_BYTES, ended};
use super::{End, LinkError, LinkErrorKind, LinkInfo, Outgoing, Work, page};
use crate::words::mqtt as words;
use client::{Client, Told};
use futures::channel::{mpsc, oneshot};
use futures::future::{Either, select};
use futures::{FutureExt, StreamExt};
use js_sys::{ArrayBuffer, Uint8Array};
use mqtt_protocol_core::mqtt::connection::TimerKind;
use session::Input;
use session::Time;
use session::address::Address;
use session::link::{Family, Link as Settings, Mqtt, Version};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

pub(crate) use client::Credentials;
pub(crate) use kept::Kept;

/// A connection that lasted this long, in nanoseconds, was none of those that another client ends.
const LONG_NANOS: i64 = 60_000_000_000;
/// After how many that did not another client is suspected.
const SUSPECT: u32 = 3;
/// How long another tab's word that it has come may take, in milliseconds.
const NEWS_MILLIS: f64 = 300.0;
/// How long is waited then, in milliseconds: whoever comes back at once throws the other out at once.
const APART_MILLIS: u32 = 30_000;

pub(super) const INFO: LinkInfo = LinkInfo {
    kind: "mqtt",
    summary: "Topics of an MQTT broker with a ws:// or wss:// address, or of one that a gateway has subscribed to.",
    family: Family::Network,
    supported: || Ok(()),
    open,
};

fn open(settings: &Settings, end: End) -> Option<Work> {
    let Settings::Mqtt(broker) = settings else { return None };
    Some(match broker.tunnel() {
        Some(tunnel) => super::tunnel::run(tunnel, Box::new(through::Through::new(broker)), end).boxed_local(),
        None => run(broker.clone(), end).boxed_local(),
    })
}

/// How a connection ended.
enum Ending {
    /// For good, or until it is tried again.
    Over(LinkError),
    /// The broker does not speak this version.
    WrongVersion,
}

async fn run(mut broker: Mqtt, end: End) -> Result<(), LinkError> {
    let lacks_secrets = broker.missing().is_some();
    let mut typed = end.memory.typed().into_iter();
    while broker.missing().is_some()
        && let Some(secret) = typed.next()
    {
        broker = broker.with_secret(&secret.password);
    }
    if let Some(wanted) = broker.missing() {
        return Err(super::http::missing(&wanted, &end));
    }
    // What was typed after these is a name and a password for the broker itself.
    let credentials = typed.last();
    let credentials = credentials.as_ref();
    let work = async {
        let older = end.memory.is_older();
        let version = if older { Version::V311 } else { broker.version };
        match connection(&broker, version, credentials, &end).await {
            Ending::Over(error) => Err(error),
            Ending::WrongVersion => {
                end.memory.set_older();
                end.deliver(Input::Remark(&words::older(Address::new(&broker.url))));
                match connection(&broker, Version::V311, credentials, &end).await {
                    Ending::Over(error) => Err(error),
                    Ending::WrongVersion => {
                        Err(LinkError::new(LinkErrorKind::Denied, words::unreachable(Address::new(&broker.url))))
                    }
                }
            }
        }
    };
    let outcome = end.until_dropped(work).await;
    if lacks_secrets && matches!(&outcome, Err(error) if error.kind == LinkErrorKind::Credentials) {
        end.memory.want_more();
    }
    outcome
}

/// One connection, from the socket's opening to its end.
async fn connection(broker: &Mqtt, version: Version, credentials: Option<&Credentials>, end: &End) -> Ending {
    let address = Address::new(&broker.url);
    let (over_tx, over) = oneshot::channel();
    let open = Rc::new(Open {
        client: RefCell::new(Client::new(broker, version)),
        socket: RefCell::new(None),
        timers: RefCell::default(),
        over: RefCell::new(Some(over_tx)),
        welcomed: Cell::new(None),
        end: end.clone(),
    });
    let (mut buffer, taker) = (Vec::new(), Rc::downgrade(&open));
    let take = move |data: &JsValue| {
        if let Some(open) = taker.upgrade() {
            open.take(data, &mut buffer);
        }
    };
    let (socket, mut reports) = match Socket::open(address, &["mqtt".to_owned()], take) {
        Ok(opened) => opened,
        Err(error) => return Ending::Over(error),
    };
    match within(CONNECT_MILLIS, reports.next()).await {
        Some(Some(Report::Open)) => {}
        Some(_) => return Ending::Over(refused(address).await),
        None => return Ending::Over(LinkError::new(LinkErrorKind::Refused, words::unreachable(address))),
    }
    open.socket.replace(Some(Rc::new(socket)));
    // Said when this is dropped, however that comes about.
    let _farewell = Farewell(&open);
    // Before the broker hears of us: whoever is thrown out then knows by whom.
    let claim =
        (!broker.client_id.is_empty()).then(|| Claim::take(&format!("ferrule: {address} as {}", broker.client_id)));
    if let Some(kept) = end.memory.kept() {
        open.client.borrow_mut().resume(kept);
    }
    open.act(|client, tell| client.connect(broker, credentials, tell));
    match live(broker, address, version, &open, over, &mut reports).await {
        Ending::Over(error) if error.kind == LinkErrorKind::Lost => {
            // The word of it may be on its way still.
            super::clock::sleep(NEWS_MILLIS).await;
            if claim.is_some_and(|claim| claim.is_lost()) {
                let why = words::taken_here(address, &broker.client_id);
                return Ending::Over(LinkError::new(LinkErrorKind::TakenOver, why));
            }
            Ending::Over(error)
        }
        other => other,
    }
}

/// Runs an open connection to its end.
async fn live(
    broker: &Mqtt,
    address: Address<'_>,
    version: Version,
    open: &Rc<Open>,
    over: oneshot::Receiver<Ending>,
    reports: &mut mpsc::Receiver<Report>,
) -> Ending {
    let over = async { over.await.unwrap_or_else(|_| Ending::Over(lost(address, 1006, ""))) };
    let closed = async {
        match reports.next().await {
            Some(Report::Closed { code, reason }) => (code, reason),
            _ => (1006, String::new()),
        }
    };
    let welcome = async {
        super::clock::sleep(CONNECT_MILLIS).await;
        if open.client.borrow().is_connected() {
            std::future::pending().await
        }
    };
    let sending = async { open.publish().await.err() };
    let (over, closed) = (std::pin::pin!(over), std::pin::pin!(closed));
    let (welcome, sending) = (std::pin::pin!(welcome), std::pin::pin!(sending));
    match select(select(over, closed), select(welcome, sending)).await {
        Either::Left((Either::Left((ending, _)), _)) => ending,
        // One that closes without a word on our first packet may know the older version only.
        Either::Left((Either::Right(((code, reason), _)), _)) => {
            // Nothing goes out any more, not even a farewell.
            open.socket.replace(None);
            if version == Version::V5 && !open.client.borrow().is_connected() {
                Ending::WrongVersion
            } else {
                Ending::Over(open.suspect(&broker.client_id, lost(address, code, &reason)))
            }
        }
        Either::Right((Either::Right((Some(error), _)), _)) => Ending::Over(error),
        Either::Right(_) => {
            let why = words::no_welcome(address, CONNECT_MILLIS / 1000.0);
            Ending::Over(LinkError::new(LinkErrorKind::Refused, why))
        }
    }
}

/// What the socket's messages, the timers and the session act upon.
struct Open {
    client: RefCell<Client>,
    socket: RefCell<Option<Rc<Socket>>>,
    timers: RefCell<Vec<(TimerKind, Timer)>>,
    over: RefCell<Option<oneshot::Sender<Ending>>>,
    /// When the broker welcomed us.
    welcomed: Cell<Option<Time>>,
    end: End,
}

impl Open {
    /// Has the client do something, and carries out what it says.
    fn act(self: &Rc<Self>, act: impl FnOnce(&mut Client, &mut dyn FnMut(Told<'_>))) {
        act(&mut self.client.borrow_mut(), &mut |told| self.carry_out(told));
    }

    fn carry_out(self: &Rc<Self>, told: Told<'_>) {
        match told {
            Told::Send(bytes) => {
                if let Some(socket) = &*self.socket.borrow() {
                    // It fails only where the socket is closing, and then that is reported.
                    let _ = socket.send(&bytes);
                }
            }
            Told::Connected => {
                self.welcomed.set(Some(now()));
                self.end.deliver(Input::Opened);
            }
            Told::Message(message) => self.end.deliver(Input::Message(message)),
            Told::Taken(topic, len) => self.end.deliver(Input::Published { topic, len }),
            Told::NotTaken(topic, len, why) => self.end.deliver(Input::NotPublished { topic, len, why: &why }),
            Told::Remark(text) => self.end.deliver(Input::Remark(&text)),
            Told::NotSubscribed(text) => self.end.deliver(Input::NotSubscribed(&text)),
            Told::Wake(kind, after) => self.wake(kind, after),
            Told::End(error) => self.finish(Ending::Over(error)),
            Told::WrongVersion => self.finish(Ending::WrongVersion),
        }
    }

    /// A broker of MQTT 3.1.1 does not say that another client came with the same client id: it closes, and the two would
    /// throw each other out for ever. A name that was made up here is nobody else's.
    fn suspect(&self, client_id: &str, mut error: LinkError) -> LinkError {
        let Some(at) = self.welcomed.get() else { return error };
        let brief = self.end.memory.count_brief(now().nanos_since(at) < LONG_NANOS);
        if brief >= SUSPECT && !client_id.starts_with("ferrule-") {
            error.message.push_str(&words::fought(brief, client_id));
            error.after_millis = APART_MILLIS;
        }
        error
    }

    fn finish(&self, ending: Ending) {
        if let Some(over) = self.over.take() {
            let _ = over.send(ending);
        }
    }

    fn wake(self: &Rc<Self>, kind: TimerKind, after: Option<u64>) {
        let mut timers = self.timers.borrow_mut();
        timers.retain(|(known, _)| *known != kind);
        if let Some(millis) = after {
            let this: Weak<Open> = Rc::downgrade(self);
            let ring = move || {
                if let Some(open) = this.upgrade() {
                    open.act(|client, tell| client.wake(kind, tell));
                }
            };
            #[expect(clippy::cast_precision_loss, reason = "a keep-alive has at most 65,535 seconds")]
            timers.push((kind, Timer::after(millis as f64, ring)));
        }
    }

    /// One message of the socket.
    fn take(self: &Rc<Self>, data: &JsValue, buffer: &mut Vec<u8>) {
        let Some(data) = data.dyn_ref::<ArrayBuffer>() else {
            return self.act(|client, tell| client.text(tell));
        };
        super::copy_pieces(&Uint8Array::new(data), PIECE_BYTES, buffer, |bytes, _| {
            self.act(|client, tell| client.receive(bytes, tell));
        });
    }

    /// Publishes what is to be; waits while the browser holds more than it should.
    async fn publish(self: &Rc<Self>) -> Result<(), LinkError> {
        loop {
            match self.end.outgoing().await {
                Outgoing::Publication(publication) => {
                    let socket = self.socket.borrow().clone();
                    if let Some(socket) = socket {
                        socket.room().await?;
                    }
                    self.act(|client, tell| client.publish(&publication, tell));
                }
                Outgoing::Bytes(bytes) => {
                    self.end.deliver(Input::NotTransmitted { len: bytes.len(), why: words::no_topic() });
                }
                Outgoing::Fault(_) | Outgoing::Request(_) => {}
            }
        }
    }
}

/// Says goodbye to the broker, and to the session what is not known to have arrived.
struct Farewell<'a>(&'a Rc<Open>);

impl Drop for Farewell<'_> {
    fn drop(&mut self) {
        self.0.timers.borrow_mut().clear();
        self.0.act(|client, tell| {
            client.disconnect(tell);
            if let Some(kept) = client.keep(tell) {
                self.0.end.memory.keep(kept);
            }
            client.give_up(tell);
        });
    }
}

fn lost(address: Address<'_>, code: u16, reason: &str) -> LinkError {
    LinkError::new(LinkErrorKind::Lost, ended(address, code, reason))
}

async fn refused(address: Address<'_>) -> LinkError {
    if let Some(error) = page::in_the_way(address).await {
        return error;
    }
    LinkError::new(LinkErrorKind::Refused, words::unreachable(address) + &page::of_certificate(address))
}
