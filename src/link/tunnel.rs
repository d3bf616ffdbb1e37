//! Targets of a gateway: what no browser opens by itself, through a WebSocket to a gateway that does.
//!
//! What is spoken with the device is a [`Speech`]; the way there is the same for all of them: `session::tunnel`.

pub(super) mod ending;
mod flow;

use super::clock::{now, sleep, within};
use super::socket::{Report, Socket};
use super::{Ask, End, LinkError, LinkErrorKind, LinkInfo, Outgoing, Work, targets};
use crate::words::link as words;
use ending::{closed, refused};
use flow::Flow;
use futures::channel::mpsc;
use futures::future::{Either, select};
use futures::{FutureExt, StreamExt};
use js_sys::{ArrayBuffer, Date, Uint8Array};
use session::address::Address;
use session::link::{Family, Link as Settings, Publication, Tunnel};
use session::query::Reached;
use session::tunnel::{FromGateway, MAX_MESSAGE, SUBPROTOCOL, TargetKind, ToGateway};
use session::{Input, Time};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// How long the gateway may take to accept, in milliseconds.
const CONNECT_MILLIS: f64 = 10_000.0;
/// How long it may take until it has reached the device, in milliseconds: it gives up by itself before that.
const REACH_MILLIS: f64 = 30_000.0;
/// How often the gateway is asked whether it is there, where it says nothing, and how long it may take to answer.
const PING_MILLIS: f64 = 10_000.0;
/// How long it may take right after this computer slept: the connection is likely gone, and somebody waits (faults F35).
const AWOKEN_MILLIS: f64 = 3_000.0;
/// How often it is looked whether that is due, in milliseconds.
const STEP_MILLIS: f64 = 1_000.0;

pub(super) const TCP: LinkInfo = LinkInfo {
    kind: "tcp",
    summary: "A device that a gateway reaches by TCP.",
    family: Family::Network,
    supported: || Ok(()),
    open: |settings, end| open(settings, TargetKind::Tcp, end),
};

pub(super) const SERIAL: LinkInfo = LinkInfo {
    kind: "gateway-serial",
    summary: "A serial port of a gateway's own machine.",
    family: Family::Network,
    supported: || Ok(()),
    open: |settings, end| open(settings, TargetKind::Serial, end),
};

fn open(settings: &Settings, kind: TargetKind, end: End) -> Option<Work> {
    let Settings::Tunnel(tunnel) = settings else { return None };
    (tunnel.kind == kind).then(|| run(tunnel.clone(), Box::new(Plain), end).boxed_local())
}

/// Whether a server with files is there.
pub(super) fn run_store(tunnel: Tunnel, end: End) -> Work {
    run(tunnel, Box::new(Plain), end).boxed_local()
}

/// What is spoken with a device at the end of a tunnel. `out` gets what is to be sent to it.
pub(super) trait Speech {
    /// Topics, where it is a broker that speaks: the gateway need not hand over more.
    fn asks_for(&self) -> Vec<String> {
        Vec::new()
    }
    /// The device is reached.
    fn begin(&mut self, reached: Reached, out: &mut Vec<u8>) -> Reached;
    /// It sent something; an error where that makes no sense.
    fn receive(&mut self, bytes: &[u8], out: &mut Vec<u8>, deliver: &mut dyn FnMut(Input<'_>))
    -> Result<(), LinkError>;
    /// Data are to be sent; nothing comes of those that the device cannot be sent.
    fn send(&mut self, data: &[u8], out: &mut Vec<u8>);
    /// A message is to be published; nothing comes of it where there is no broker.
    fn publish(&mut self, _: &Publication, _: &mut Vec<u8>) {}
    /// Something is asked of the line; `Some` with what is to be asked after so many milliseconds.
    fn ask(&mut self, ask: Ask, out: &mut Vec<u8>, deliver: &mut dyn FnMut(Input<'_>)) -> Option<(i64, Ask)>;
    /// Whether the device wants to be sent nothing now.
    fn suspended(&self) -> bool {
        false
    }
}

/// Bytes as they are.
struct Plain;

impl Speech for Plain {
    fn begin(&mut self, reached: Reached, _: &mut Vec<u8>) -> Reached {
        reached
    }

    fn receive(&mut self, bytes: &[u8], _: &mut Vec<u8>, deliver: &mut dyn FnMut(Input<'_>)) -> Result<(), LinkError> {
        deliver(Input::Bytes { bytes, message_end: false });
        Ok(())
    }

    fn send(&mut self, data: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(data);
    }

    fn ask(&mut self, _: Ask, _: &mut Vec<u8>, _: &mut dyn FnMut(Input<'_>)) -> Option<(i64, Ask)> {
        None
    }
}

/// Both directions of one tunnel.
struct Talk {
    speech: Box<dyn Speech>,
    flow: Flow,
    kind: TargetKind,
    /// What is at its end for the user: a port, where Telnet is only the way to one.
    of: TargetKind,
    /// The device is reached.
    opened: bool,
    /// Messages heard so far.
    heard: u64,
    /// Why it is over, where the gateway said so.
    over: mpsc::Sender<LinkError>,
    /// Wakes the task that sends.
    wake: mpsc::Sender<()>,
    end: End,
}

pub(super) async fn run(tunnel: Tunnel, speech: Box<dyn Speech>, end: End) -> Result<(), LinkError> {
    let own = targets::own_origin();
    let (url, asked) = (tunnel.address(&own), tunnel.address_for(&own, &speech.asks_for()));
    let address = Address::new(&url);
    let ((over, mut overs), (wake, mut woken)) = (mpsc::channel(1), mpsc::channel(1));
    let (flow, kind) = (Flow::default(), tunnel.kind);
    let of = if tunnel.line.is_some() { TargetKind::Serial } else { kind };
    let talk = Talk { speech, flow, kind, of, opened: false, heard: 0, over, wake, end: end.clone() };
    let talk = Rc::new(RefCell::new(talk));
    let (hearing, mut buffer) = (talk.clone(), Vec::new());
    let hear = move |data: &JsValue| hearing.borrow_mut().hear(data, &mut buffer);
    let (socket, mut reports) = Socket::open(Address::new(&asked), &[SUBPROTOCOL.to_owned()], hear)?;
    let token = targets::token(tunnel.origin(&own));
    let work = async {
        match within(CONNECT_MILLIS, reports.next()).await {
            Some(Some(Report::Open)) => {}
            Some(_) => return Err(refused(&tunnel, address).await),
            None => return Err(LinkError::new(LinkErrorKind::Refused, words::gateway_silent(address))),
        }
        talk.borrow_mut().flow.say(&ToGateway::Hello { token });
        let ended = async {
            match select(overs.next(), reports.next()).await {
                Either::Left((Some(error), _)) => Err(error),
                // Gone without a word.
                _ => Err(LinkError::new(LinkErrorKind::Lost, words::gateway_gone().to_owned())),
            }
        };
        let (ended, watching) = (std::pin::pin!(ended), std::pin::pin!(watch(&talk)));
        let sending = std::pin::pin!(send(&socket, &talk, &mut woken, &end));
        let either = select(ended, watching).map(|either| either.factor_first().0);
        select(either, sending).map(|either| either.factor_first().0).await
    };
    end.until_dropped(work).await
}

impl Talk {
    /// One message of the gateway.
    fn hear(&mut self, data: &JsValue, buffer: &mut Vec<u8>) {
        self.heard = self.heard.wrapping_add(1);
        let array = data.dyn_ref::<ArrayBuffer>().map(|data| Uint8Array::new(data));
        let Some(array) = array.filter(|array| array.length() as usize <= MAX_MESSAGE) else {
            return self.end_with(LinkError::new(LinkErrorKind::Unsupported, words::gateway_garbled()));
        };
        buffer.resize(array.length() as usize, 0);
        array.copy_to(buffer);
        if session::tunnel::decode(buffer, |value| self.take(value)).is_err() {
            self.end_with(LinkError::new(LinkErrorKind::Unsupported, words::gateway_garbled()));
        }
        if self.flow.has_something() {
            self.wake();
        }
    }

    fn take(&mut self, value: FromGateway) {
        let Talk { speech, flow, end, .. } = self;
        let mut deliver = |input: Input<'_>| end.deliver(input);
        match value {
            FromGateway::Opened { kind, .. } if kind != self.kind => {
                self.end_with(LinkError::new(LinkErrorKind::Settings, ending::other_kind(kind)));
            }
            FromGateway::Opened { kind, write, local } => {
                self.opened = true;
                deliver(Input::Opened);
                let mut out = Vec::new();
                let reached = speech.begin(Reached { kind, write, local, terms: None }, &mut out);
                deliver(Input::Reached(reached));
                flow.send(out, 0);
                // What is to be sent has waited for this, also where the device's speech begins with nothing.
                self.wake();
            }
            FromGateway::Bytes { bytes, .. } => {
                let mut out = Vec::new();
                let received = speech.receive(&bytes, &mut out, &mut deliver);
                flow.send(out, 0);
                flow.took(bytes.len());
                if let Err(error) = received {
                    self.end_with(error);
                }
            }
            FromGateway::Dropped(bytes) => deliver(Input::GivenUp(bytes)),
            FromGateway::Sent(bytes) => {
                let data = flow.sent(bytes);
                if data > 0 {
                    deliver(Input::Transmitted(data));
                }
            }
            FromGateway::Closed { why, id } => self.end_with(closed(self.of, why, id)),
            FromGateway::Pong => {}
        }
    }

    fn end_with(&mut self, error: LinkError) {
        let _ = self.over.try_send(error);
    }

    fn wake(&mut self) {
        // One that is there already will do.
        let _ = self.wake.try_send(());
    }
}

/// Sends what there is to send: what the device's speech answers, data of the session, what is asked of the line.
async fn send(
    socket: &Socket,
    talk: &RefCell<Talk>,
    woken: &mut mpsc::Receiver<()>,
    end: &End,
) -> Result<(), LinkError> {
    // A break is ended a moment later.
    let mut later: Option<(Time, Ask)> = None;
    loop {
        socket.room().await?;
        let message = talk.borrow_mut().flow.message();
        if !message.is_empty() {
            socket.send(&message).map_err(|why| LinkError::new(LinkErrorKind::Lost, why))?;
        }
        let (opened, suspended) = {
            let talk = talk.borrow();
            (talk.opened, talk.speech.suspended())
        };
        // What is not to be sent yet stays where it is.
        let data = async { if opened && !suspended { end.outgoing().await } else { std::future::pending().await } };
        let until = later.as_ref().map(|(at, _)| at.nanos_since(now()) as f64 / 1e6);
        let due = async {
            match until {
                Some(millis) => sleep(millis.max(0.0)).await,
                None => std::future::pending().await,
            }
        };
        let (data, asked, due) = (std::pin::pin!(data), std::pin::pin!(end.asked()), std::pin::pin!(due));
        let next = select(select(data, asked), select(woken.next(), due)).await;
        let mut talk = talk.borrow_mut();
        let ask = match next {
            Either::Left((Either::Left((outgoing, _)), _)) => {
                let mut next = Some(outgoing);
                while let Some(outgoing) = next {
                    talk.data(&outgoing);
                    next = if talk.flow.is_full() { None } else { end.try_outgoing() };
                }
                None
            }
            Either::Left((Either::Right((ask, _)), _)) => Some(ask),
            Either::Right((Either::Left(_), _)) => None,
            Either::Right((Either::Right(_), _)) => later.take().map(|(_, ask)| ask),
        };
        if let Some(ask) = ask.filter(|_| talk.opened) {
            let next = talk.ask(ask).map(|(millis, ask)| (now().plus_millis(millis), ask));
            later = next.or(later);
        }
    }
}

impl Talk {
    fn data(&mut self, outgoing: &Outgoing) {
        let mut out = Vec::new();
        let len = match outgoing {
            Outgoing::Bytes(bytes) => {
                self.speech.send(bytes, &mut out);
                bytes.len()
            }
            Outgoing::Publication(publication) => {
                self.speech.publish(publication, &mut out);
                publication.len()
            }
            Outgoing::Request(request) => request.len(),
            Outgoing::Fault(_) => 0,
        };
        if out.is_empty() && len > 0 {
            self.end.deliver(Input::NotTransmitted { len, why: crate::words::mqtt::no_topic() });
        }
        self.flow.send(out, len);
    }

    fn ask(&mut self, ask: Ask) -> Option<(i64, Ask)> {
        let (mut out, end) = (Vec::new(), self.end.clone());
        let later = self.speech.ask(ask, &mut out, &mut |input| end.deliver(input));
        self.flow.send(out, 0);
        later
    }
}

/// Ends when the gateway is not there any more, or does not reach the device.
async fn watch(talk: &RefCell<Talk>) -> Result<(), LinkError> {
    let (mut waited, mut quiet) = (0.0, 0.0);
    let (mut heard, mut wall) = (0, Date::now());
    loop {
        sleep(STEP_MILLIS).await;
        // The clock on the wall goes on while a computer sleeps; the others may not.
        let slept = Date::now() - wall > STEP_MILLIS + AWOKEN_MILLIS;
        wall = Date::now();
        waited += STEP_MILLIS;
        {
            let mut talk = talk.borrow_mut();
            if !talk.opened {
                if waited >= REACH_MILLIS {
                    return Err(LinkError::new(LinkErrorKind::Refused, words::gateway_reaches_nothing()));
                }
                continue;
            }
            quiet = if talk.heard == heard { quiet + STEP_MILLIS } else { 0.0 };
            heard = talk.heard;
            if quiet < PING_MILLIS && !slept {
                continue;
            }
            talk.flow.say(&ToGateway::Ping);
            talk.wake();
        }
        sleep(if slept { AWOKEN_MILLIS } else { PING_MILLIS }).await;
        if talk.borrow().heard == heard {
            return Err(LinkError::new(LinkErrorKind::Lost, words::gateway_lost()));
        }
        (quiet, wall) = (0.0, Date::now());
    }
}
