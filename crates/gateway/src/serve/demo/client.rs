//! One client of the broker, over a WebSocket (MQTT 5.0, section 6).

use super::broker::{Message as Published, Place};
use super::{Demo, packets};
use axum::extract::ws::{Message, WebSocket};
use futures_util::{SinkExt, StreamExt};
use mqtt_protocol_core::mqtt::common::Cursor;
use mqtt_protocol_core::mqtt::connection::{ConnectionOptions, Event, TimerKind};
use mqtt_protocol_core::mqtt::packet::{GenericPacketTrait as _, Packet, RetainHandling};
use mqtt_protocol_core::mqtt::result_code::{DisconnectReasonCode as Code, MqttError};
use mqtt_protocol_core::mqtt::{Connection, Version, role};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// The longest packet that is taken.
pub(super) const LONGEST_PACKET: u32 = 256 << 10;
/// How long a client may take to say who it is.
const HELLO: Duration = Duration::from_secs(5);
/// Messages that are put into one of the socket's.
const AT_ONCE: usize = 256;
/// Never, as good as.
const LONG: Duration = Duration::from_secs(365 * 24 * 3600);

struct Client {
    connection: Connection<role::Server>,
    demo: Arc<Demo>,
    v5: bool,
    place: Option<Place>,
    will: Option<(String, Vec<u8>, bool)>,
    out: Vec<u8>,
    deadline: Instant,
    over: bool,
}

/// Serves a client until either side ends it.
pub(super) async fn serve(socket: WebSocket, demo: Arc<Demo>, mut stopping: watch::Receiver<bool>) {
    let (mut sink, mut stream) = socket.split();
    let options = ConnectionOptions::new().maximum_packet_size_recv(LONGEST_PACKET);
    let mut connection = Connection::<role::Server>::with_options(Version::Undetermined, options);
    connection.set_auto_pub_response(true);
    connection.set_auto_ping_response(true);
    let deadline = Instant::now() + HELLO;
    let mut client =
        Client { connection, demo, v5: true, place: None, will: None, out: Vec::new(), deadline, over: false };
    while !client.over {
        let deadline = client.deadline;
        tokio::select! {
            heard = stream.next() => match heard {
                Some(Ok(Message::Binary(bytes))) => client.receive(&bytes),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                // Text is no MQTT (MQTT-6.0.0-1).
                _ => client.over = true,
            },
            message = next(&mut client.place) => client.hand_on(message),
            () = tokio::time::sleep_until(deadline) => client.late(),
            _ = stopping.wait_for(|stopping| *stopping) => client.end(Code::ServerShuttingDown),
        }
        if !client.out.is_empty() {
            let bytes = std::mem::take(&mut client.out);
            if sink.send(Message::Binary(bytes.into())).await.is_err() {
                client.over = true;
            }
        }
    }
    client.leave();
    let _ = sink.close().await;
}

/// The next message for a client; nothing while it has not said who it is.
async fn next(place: &mut Option<Place>) -> Option<Arc<Published>> {
    match place {
        Some(place) => place.queue.recv().await,
        None => std::future::pending().await,
    }
}

impl Client {
    fn receive(&mut self, bytes: &[u8]) {
        let mut cursor = Cursor::new(bytes);
        while !self.over && cursor.position() < bytes.len() as u64 {
            let events = self.connection.recv(&mut cursor);
            self.take(events);
        }
    }

    fn take(&mut self, events: Vec<Event>) {
        for event in events {
            match event {
                Event::NotifyPacketReceived(packet) => self.packet(packet),
                Event::RequestSendPacket { packet, .. } => self.out.extend(packet.to_continuous_buffer()),
                Event::RequestTimerReset { kind: TimerKind::PingreqRecv, duration_ms } => {
                    self.deadline = Instant::now() + Duration::from_millis(duration_ms);
                }
                Event::RequestTimerCancel(TimerKind::PingreqRecv) => self.deadline = Instant::now() + LONG,
                Event::NotifyError(_) | Event::RequestClose => self.over = true,
                _ => {}
            }
        }
    }

    fn send(&mut self, packet: Result<Packet, MqttError>) {
        match packet {
            Ok(packet) => {
                let events = self.connection.send(packet);
                self.take(events);
            }
            Err(_) => self.over = true,
        }
    }

    /// A message that was published, and those behind it.
    fn hand_on(&mut self, message: Option<Arc<Published>>) {
        let Some(message) = message else {
            let why = self.place.as_ref().and_then(|place| place.why.get().copied());
            return self.end(why.unwrap_or(Code::UnspecifiedError));
        };
        let more = |place: &mut Place| std::iter::from_fn(|| place.queue.try_recv().ok()).take(AT_ONCE).collect();
        let more: Vec<_> = self.place.as_mut().map(more).unwrap_or_default();
        for message in std::iter::once(message).chain(more) {
            self.send(packets::message(self.v5, &message.topic, &message.payload, false));
        }
    }

    /// Nothing came for one and a half times the keep-alive, or nobody said who they are.
    fn late(&mut self) {
        if self.place.is_none() {
            self.over = true;
            return;
        }
        self.deadline = Instant::now() + LONG;
        let events = self.connection.notify_timer_fired(TimerKind::PingreqRecv);
        self.take(events);
        self.over = true;
    }

    fn end(&mut self, code: Code) {
        if self.v5 && self.place.is_some() {
            self.send(packets::goodbye(code));
        }
        self.over = true;
    }

    /// Its will is published unless it said goodbye (section 3.1.2.5).
    fn leave(&mut self) {
        if let Some(place) = self.place.take() {
            self.demo.broker.leave(place.number);
            if let Some((topic, payload, retain)) = self.will.take() {
                self.demo.publish(&topic, &payload, retain, place.number);
            }
        }
    }

    fn packet(&mut self, packet: Packet) {
        let number = self.place.as_ref().map(|place| place.number);
        match (packet, number) {
            (Packet::V5_0Connect(packet), None) => {
                self.will = packet.will_topic().map(|topic| {
                    (topic.into(), packet.will_payload().unwrap_or_default().into(), packet.will_retain())
                });
                self.welcome(true, packet.client_id(), packet.keep_alive());
            }
            (Packet::V3_1_1Connect(packet), None) => {
                self.will = packet.will_topic().map(|topic| {
                    (topic.into(), packet.will_payload().unwrap_or_default().into(), packet.will_retain())
                });
                self.welcome(false, packet.client_id(), packet.keep_alive());
            }
            (Packet::V5_0Subscribe(packet), Some(number)) => {
                let wanted = packet.entries().iter().map(|entry| {
                    let options = entry.sub_opts();
                    (entry.topic_filter(), options.nl(), options.rh() != RetainHandling::DoNotSendRetained)
                });
                let wanted: Vec<_> = wanted.collect();
                self.subscribe(number, packet.packet_id(), &wanted);
            }
            (Packet::V3_1_1Subscribe(packet), Some(number)) => {
                let wanted: Vec<_> = packet.entries().iter().map(|entry| (entry.topic_filter(), false, true)).collect();
                self.subscribe(number, packet.packet_id(), &wanted);
            }
            (Packet::V5_0Unsubscribe(packet), Some(number)) => {
                let were = packet.entries().iter().map(|filter| self.demo.broker.unsubscribe(number, filter.as_str()));
                let were: Vec<_> = were.collect();
                self.send(packets::unsubscribed(true, packet.packet_id(), &were));
            }
            (Packet::V3_1_1Unsubscribe(packet), Some(number)) => {
                for filter in packet.entries() {
                    self.demo.broker.unsubscribe(number, filter.as_str());
                }
                self.send(packets::unsubscribed(false, packet.packet_id(), &[]));
            }
            (Packet::V5_0Publish(packet), Some(number)) => {
                self.demo.publish(packet.topic_name(), packet.payload().as_slice(), packet.retain(), number);
            }
            (Packet::V3_1_1Publish(packet), Some(number)) => {
                self.demo.publish(packet.topic_name(), packet.payload().as_slice(), packet.retain(), number);
            }
            (Packet::V5_0Disconnect(packet), Some(_)) => {
                if packet.reason_code() != Some(Code::DisconnectWithWillMessage) {
                    self.will = None;
                }
                self.over = true;
            }
            (Packet::V3_1_1Disconnect(_), Some(_)) => {
                self.will = None;
                self.over = true;
            }
            // Acknowledgements of its own publications are the library's; all else is out of order.
            (
                Packet::V5_0Pubrel(_) | Packet::V3_1_1Pubrel(_) | Packet::V5_0Pingreq(_) | Packet::V3_1_1Pingreq(_),
                Some(_),
            ) => {}
            _ => self.over = true,
        }
    }

    fn welcome(&mut self, v5: bool, id: &str, keep_alive: u16) {
        self.v5 = v5;
        if keep_alive == 0 {
            self.deadline = Instant::now() + LONG;
        }
        let place = self.demo.broker.join(id);
        let named = id.is_empty().then(|| place.id.clone());
        self.place = Some(place);
        self.send(packets::welcome(v5, named.as_deref()));
    }

    fn subscribe(&mut self, number: u64, packet_id: u16, wanted: &[(&str, bool, bool)]) {
        let (mut codes, mut kept) = (Vec::new(), Vec::new());
        for (filter, no_local, retained) in wanted {
            match self.demo.broker.subscribe(number, filter, *no_local) {
                Ok(known) => {
                    codes.push(0);
                    kept.extend(retained.then_some(known).unwrap_or_default());
                }
                Err(code) => codes.push(code),
            }
        }
        self.send(packets::subscribed(self.v5, packet_id, &codes));
        for message in kept {
            self.send(packets::message(self.v5, &message.topic, &message.payload, true));
        }
    }
}
