//! The client without its socket: bytes in, bytes and news out. What it knows of MQTT beyond the packets is here.

use super::kept::Kept;
use super::packets;
use crate::link::{LinkError, LinkErrorKind};
use crate::words::mqtt as words;
use mqtt_protocol_core::mqtt::common::Cursor;
use mqtt_protocol_core::mqtt::connection::{ConnectionOptions, Event, TimerKind};
use mqtt_protocol_core::mqtt::packet::{GenericPacketTrait as _, Packet, Property, v3_1_1, v5_0};
use mqtt_protocol_core::mqtt::result_code::MqttError;
use mqtt_protocol_core::mqtt::{self, Connection, role};
use session::Message;
use session::address::Address;
use session::link::{Mqtt, Properties, Publication, Subscription, Version};
use session::topic::{Filter, check_name};
use std::collections::BTreeMap;

/// The longest packet that is taken (faults F30): what a broker sends at once is copied at once.
pub(super) const LONGEST_PACKET: u32 = 16 << 20;

/// Who we say we are. Never shown, kept or logged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credentials {
    /// The user.
    pub username: String,
    /// What only the user and the broker know.
    pub password: String,
}

/// News from the client.
pub(super) enum Told<'a> {
    /// These bytes go to the broker.
    Send(Vec<u8>),
    /// The broker welcomed us.
    Connected,
    /// A message came.
    Message(Message<'a>),
    /// A publication to this topic, of this length, is with the broker.
    Taken(&'a str, usize),
    /// One of this length to this topic is not, for this reason.
    NotTaken(&'a str, usize, String),
    /// Something for the terminal.
    Remark(String),
    /// A subscription that was refused, as a sentence.
    NotSubscribed(String),
    /// Wake me after so many milliseconds, or not at all.
    Wake(TimerKind, Option<u64>),
    /// It is over.
    End(LinkError),
    /// The broker does not speak this version.
    WrongVersion,
}

type Tell<'t> = &'t mut dyn FnMut(Told<'_>);

/// One connection.
pub(super) struct Client {
    connection: Connection<role::Client>,
    version: Version,
    address: String,
    keep_alive_s: u16,
    client_id: String,
    /// It is of interest whether the broker kept anything.
    resumes: bool,
    /// It welcomed us before: there is a meanwhile.
    known: bool,
    topics: Vec<Subscription>,
    connected: bool,
    over: bool,
    pings: bool,
    /// What came first, while it is not enough to tell which version it is of.
    early: Vec<u8>,
    /// Publications that wait to be acknowledged, by their packets' numbers.
    waiting: BTreeMap<u16, (usize, String)>,
    /// The best quality that the broker offers, and whether it retains.
    most_qos: u8,
    retains: bool,
}

impl Client {
    pub(super) fn new(settings: &Mqtt, version: Version) -> Client {
        let speaks = match version {
            Version::V5 => mqtt::Version::V5_0,
            Version::V311 => mqtt::Version::V3_1_1,
        };
        let options = ConnectionOptions::new().maximum_packet_size_recv(LONGEST_PACKET);
        let mut connection = Connection::<role::Client>::with_options(speaks, options);
        connection.set_auto_pub_response(true);
        // Nothing is told before there is a connection.
        connection.set_pingreq_send_interval(Some(asked_after(settings.keep_alive_s)));
        connection.set_pingresp_recv_timeout(answer_within(settings.keep_alive_s));
        Client {
            connection,
            version,
            address: settings.url.clone(),
            keep_alive_s: settings.keep_alive_s,
            client_id: settings.client_id.clone(),
            resumes: !settings.clean_start,
            known: false,
            topics: settings.topics.clone(),
            connected: false,
            over: false,
            pings: false,
            early: Vec::new(),
            waiting: BTreeMap::new(),
            most_qos: 2,
            retains: true,
        }
    }

    /// What was under way when the connection before this one ended, for [`Client::connect`] to follow.
    pub(super) fn resume(&mut self, kept: Kept) {
        if !self.resumes || !kept.is_of(&self.address, &self.client_id, self.version) {
            return;
        }
        self.known = true;
        self.waiting = kept.restore(&mut self.connection);
    }

    /// What the next connection is to go on with (MQTT 5.0, section 4.4), where the broker may keep its part.
    pub(super) fn keep(&mut self, tell: Tell<'_>) -> Option<Kept> {
        // Whoever was not welcomed has changed nothing.
        if !self.resumes || !self.connected {
            return None;
        }
        let each = |topic: &str| tell(Told::Remark(words::sent_again(topic)));
        Some(Kept::of(&self.address, &self.client_id, self.version, &self.connection, &mut self.waiting, each))
    }

    /// The first packet.
    pub(super) fn connect(&mut self, settings: &Mqtt, credentials: Option<&Credentials>, tell: Tell<'_>) {
        match packets::connect(self.version, settings, credentials) {
            Ok(packet) => self.send(packet, tell),
            Err(why) => tell(Told::End(LinkError::new(LinkErrorKind::Settings, words::not_made(&why.to_string())))),
        }
    }

    /// Bytes came. They end anywhere (MQTT-6.0.0-2).
    pub(super) fn receive(&mut self, bytes: &[u8], tell: Tell<'_>) {
        // A broker of MQTT 3.1.1 refuses in its own way: CONNACK of two bytes, return code 1. They may come one by one.
        let first;
        let mut bytes = bytes;
        if !self.connected && self.version == Version::V5 {
            self.early.extend_from_slice(bytes);
            if self.early.starts_with(&[0x20, 0x02]) {
                self.over = true;
                return tell(Told::WrongVersion);
            }
            if self.early.len() < 2 {
                return;
            }
            first = std::mem::take(&mut self.early);
            bytes = &first;
        }
        let mut cursor = Cursor::new(bytes);
        while !self.over && cursor.position() < bytes.len() as u64 {
            let events = self.connection.recv(&mut cursor);
            self.take(events, tell);
        }
    }

    /// A message of the socket was text, which MQTT never is (MQTT-6.0.0-1).
    pub(super) fn text(&mut self, tell: Tell<'_>) {
        if !self.over {
            self.end(LinkErrorKind::Refused, words::broken_text(), tell);
        }
    }

    /// Whether the broker welcomed us.
    pub(super) fn is_connected(&self) -> bool {
        self.connected
    }

    /// The time has come.
    pub(super) fn wake(&mut self, kind: TimerKind, tell: Tell<'_>) {
        if self.over {
            return;
        }
        if kind == TimerKind::PingreqSend {
            self.pings = false;
        }
        if kind == TimerKind::PingrespRecv {
            let seconds = answer_within(self.keep_alive_s) / 1000;
            let why = words::no_answer(Address::new(&self.address), seconds);
            self.over = true;
            let events = self.connection.notify_timer_fired(kind);
            self.hand_on(events, tell);
            return tell(Told::End(LinkError::new(LinkErrorKind::Lost, why)));
        }
        let events = self.connection.notify_timer_fired(kind);
        self.take(events, tell);
    }

    /// Publishes a message; [`Told::Taken`] or [`Told::NotTaken`] follows.
    pub(super) fn publish(&mut self, publication: &Publication, tell: Tell<'_>) {
        let (len, topic) = (publication.len(), &publication.topic);
        let offered = if publication.qos > self.most_qos {
            Err(words::not_published(topic, words::no_qos(), 0x9b, ""))
        } else if publication.retain && !self.retains {
            Err(words::not_published(topic, words::no_retain(), 0x9a, ""))
        } else {
            Ok(())
        };
        let number = match publication.qos {
            0 => Ok(None),
            _ if self.connection.get_receive_maximum_vacancy_for_send() == Some(0) => Err(words::too_many().to_owned()),
            _ => self.connection.acquire_packet_id().map(Some).map_err(|_| words::too_many().to_owned()),
        };
        let number = match offered.and(number) {
            Ok(number) => number,
            Err(why) => return tell(Told::NotTaken(topic, len, why)),
        };
        let Ok(packet) = packets::publish(self.version, publication, number) else {
            if let Some(number) = number {
                let _ = self.connection.release_packet_id(number);
            }
            return tell(Told::NotTaken(topic, len, words::not_a_message(topic)));
        };
        if let Some(number) = number {
            self.waiting.insert(number, (len, topic.clone()));
        }
        let events = self.connection.checked_send(packet);
        let failed = events.iter().any(|event| matches!(event, Event::NotifyError(_)));
        self.hand_on(events, tell);
        if failed {
            if let Some(number) = number {
                self.waiting.remove(&number);
            }
            tell(Told::NotTaken(topic, len, words::not_published(topic, words::too_large(), 0x95, "")));
        } else if number.is_none() {
            tell(Told::Taken(topic, len));
        }
    }

    /// The connection is over: what was not acknowledged is not known to have arrived.
    pub(super) fn give_up(&mut self, tell: Tell<'_>) {
        self.over = true;
        // Whoever was not welcomed was given nothing, and what is there of before still waits.
        if self.connected {
            self.lose(tell);
        }
    }

    fn lose(&mut self, tell: Tell<'_>) {
        for (len, topic) in std::mem::take(&mut self.waiting).into_values() {
            tell(Told::NotTaken(&topic, len, words::unacknowledged(&topic)));
        }
    }

    /// The last packet, with which the broker forgets the will.
    pub(super) fn disconnect(&mut self, tell: Tell<'_>) {
        if self.connected && !self.over {
            if let Ok(packet) = packets::disconnect(self.version, None) {
                self.send(packet, tell);
            }
            self.over = true;
        }
    }

    fn send(&mut self, packet: Packet, tell: Tell<'_>) {
        let events = self.connection.checked_send(packet);
        self.hand_on(events, tell);
    }

    /// What goes out and what is to be waited for.
    fn hand_on(&mut self, events: Vec<Event>, tell: Tell<'_>) {
        for event in events {
            match event {
                Event::RequestSendPacket { packet, .. } => tell(Told::Send(packet.to_continuous_buffer())),
                // A ping is due so long after the last, whatever was sent since: only an answer shows that the broker is there.
                Event::RequestTimerReset { kind: TimerKind::PingreqSend, .. } if self.pings => {}
                Event::RequestTimerReset { kind, duration_ms } => {
                    self.pings |= kind == TimerKind::PingreqSend;
                    tell(Told::Wake(kind, Some(duration_ms)));
                }
                Event::RequestTimerCancel(kind) => {
                    self.pings &= kind != TimerKind::PingreqSend;
                    tell(Told::Wake(kind, None));
                }
                _ => {}
            }
        }
    }

    /// What came of bytes or of time.
    fn take(&mut self, events: Vec<Event>, tell: Tell<'_>) {
        let error = events.iter().find_map(|event| match event {
            Event::NotifyError(error) => Some(*error),
            _ => None,
        });
        for event in events {
            if self.over {
                return;
            }
            match event {
                Event::NotifyPacketReceived(packet) => self.packet(packet, tell),
                Event::NotifyError(_) => {}
                Event::RequestClose if error.is_none() => self.end(LinkErrorKind::Lost, words::broken_order(), tell),
                event => self.hand_on(vec![event], tell),
            }
        }
        if let Some(error) = error.filter(|_| !self.over) {
            let what = match error {
                MqttError::PacketTooLarge => words::broken_size(LONGEST_PACKET),
                MqttError::TopicAliasInvalid => words::broken_alias().to_owned(),
                MqttError::ProtocolError | MqttError::PacketIdentifierInvalid => words::broken_order().to_owned(),
                _ => words::broken_packet().to_owned(),
            };
            self.end(LinkErrorKind::Refused, &what, tell);
        }
    }

    /// The far end broke the rules.
    fn end(&mut self, kind: LinkErrorKind, what: &str, tell: Tell<'_>) {
        self.over = true;
        tell(Told::End(LinkError::new(kind, words::broken(Address::new(&self.address), what))));
    }

    fn packet(&mut self, packet: Packet, tell: Tell<'_>) {
        match packet {
            // Nothing comes before the welcome (MQTT-3.2.0-1), which comes once (MQTT-3.2.0-2).
            Packet::V5_0Publish(_) | Packet::V3_1_1Publish(_) | Packet::V5_0Suback(_) | Packet::V3_1_1Suback(_)
                if !self.connected =>
            {
                self.end(LinkErrorKind::Refused, words::broken_order(), tell);
            }
            Packet::V5_0Connack(_) | Packet::V3_1_1Connack(_) if self.connected => {
                self.end(LinkErrorKind::Refused, words::broken_order(), tell);
            }
            Packet::V5_0Connack(packet) => {
                let code = packet.reason_code() as u8;
                if code != 0 {
                    return self.refused(code, packet.props(), tell);
                }
                for property in packet.props() {
                    match property {
                        Property::MaximumQos(most) => self.most_qos = most.val(),
                        Property::RetainAvailable(retains) => self.retains = retains.val() != 0,
                        // It rules, whatever was asked for (MQTT-3.2.2-21).
                        Property::ServerKeepAlive(seconds) => self.keep_alive(seconds.val(), tell),
                        _ => {}
                    }
                }
                self.welcome(packet.session_present(), tell);
            }
            Packet::V3_1_1Connack(packet) => match packet.return_code() as u8 {
                0 => self.welcome(packet.session_present(), tell),
                1 => self.refused(0x84, &[], tell),
                2 => self.refused(0x85, &[], tell),
                3 => self.refused(0x88, &[], tell),
                4 => self.refused(0x86, &[], tell),
                _ => self.refused(0x87, &[], tell),
            },
            Packet::V5_0Publish(packet) => self.publish_of_5(&packet, tell),
            Packet::V3_1_1Publish(packet) => self.publish_of_311(&packet, tell),
            Packet::V5_0Suback(packet) => {
                let codes: Vec<u8> = packet.reason_codes().into_iter().map(|code| code as u8).collect();
                self.subscribed(&codes, tell);
            }
            Packet::V3_1_1Suback(packet) => {
                let codes: Vec<u8> = packet.return_codes().into_iter().map(|code| code as u8).collect();
                self.subscribed(&codes, tell);
            }
            Packet::V5_0Puback(packet) => {
                let code = packet.reason_code().map_or(0, |code| code as u8);
                self.acknowledged(packet.packet_id(), code, packet.props().as_deref().unwrap_or_default(), tell);
            }
            Packet::V5_0Pubrec(packet) => {
                // Only a refusal ends it here; else the broker says so once more when it has it.
                let code = packet.reason_code().map_or(0, |code| code as u8);
                if code >= 0x80 {
                    self.acknowledged(packet.packet_id(), code, packet.props().as_deref().unwrap_or_default(), tell);
                }
            }
            Packet::V5_0Pubcomp(packet) => {
                let code = packet.reason_code().map_or(0, |code| code as u8);
                self.acknowledged(packet.packet_id(), code, packet.props().as_deref().unwrap_or_default(), tell);
            }
            Packet::V3_1_1Puback(packet) => self.acknowledged(packet.packet_id(), 0, &[], tell),
            Packet::V3_1_1Pubcomp(packet) => self.acknowledged(packet.packet_id(), 0, &[], tell),
            Packet::V5_0Disconnect(packet) => {
                let code = packet.reason_code().map_or(0, |code| code as u8);
                let props = packet.props().as_deref().unwrap_or_default();
                let what = words::reason(code, &server(props));
                let message = words::ended(Address::new(&self.address), &what, code, &said(props));
                self.over = true;
                tell(Told::End(LinkError::new(kind_of(code, true), message)));
            }
            _ => {}
        }
    }

    /// The broker says after how many seconds it must have heard of us; 0 for never.
    fn keep_alive(&mut self, seconds: u16, tell: Tell<'_>) {
        self.keep_alive_s = seconds;
        self.connection.set_pingresp_recv_timeout(answer_within(seconds));
        self.pings = false;
        let events = self.connection.set_pingreq_send_interval(Some(asked_after(seconds)));
        self.hand_on(events, tell);
    }

    fn welcome(&mut self, session_present: bool, tell: Tell<'_>) {
        self.connected = true;
        tell(Told::Connected);
        if session_present && self.resumes {
            tell(Told::Remark(words::session_present().to_owned()));
        } else {
            if self.known {
                tell(Told::Remark(words::session_absent().to_owned()));
            }
            self.connection.restore_qos2_publish_handled(Default::default());
            self.lose(tell);
        }
        let filters: Vec<(String, u8)> = self
            .topics
            .iter()
            .filter_map(|topic| Some((Filter::parse(&topic.filter).ok()?.on_wire(), topic.qos)))
            .collect();
        let packet = self.connection.acquire_packet_id();
        let packet = packet.and_then(|number| packets::subscribe(self.version, &filters, number));
        match packet {
            Ok(packet) => self.send(packet, tell),
            Err(why) => {
                self.over = true;
                tell(Told::End(LinkError::new(LinkErrorKind::Settings, words::not_made(&why.to_string()))));
            }
        }
    }

    fn refused(&mut self, code: u8, props: &[Property], tell: Tell<'_>) {
        self.over = true;
        if code == 0x84 && self.version == Version::V5 {
            return tell(Told::WrongVersion);
        }
        let what = words::reason(code, &server(props));
        let message = words::refused(Address::new(&self.address), &what, code, &said(props));
        tell(Told::End(LinkError::new(kind_of(code, false), message)));
    }

    fn subscribed(&mut self, codes: &[u8], tell: Tell<'_>) {
        for (topic, code) in self.topics.iter().zip(codes) {
            if *code >= 0x80 {
                tell(Told::NotSubscribed(words::not_subscribed(&topic.filter, &words::reason(*code, ""), *code)));
            } else if *code < topic.qos {
                tell(Told::Remark(words::lower_quality(&topic.filter, *code)));
            }
        }
    }

    fn acknowledged(&mut self, number: u16, code: u8, props: &[Property], tell: Tell<'_>) {
        let Some((len, topic)) = self.waiting.remove(&number) else { return };
        if code >= 0x80 {
            let what = words::reason(code, "");
            return tell(Told::NotTaken(&topic, len, words::not_published(&topic, &what, code, &said(props))));
        }
        if code == 0x10 {
            tell(Told::Remark(words::nobody(&topic)));
        }
        tell(Told::Taken(&topic, len));
    }

    fn publish_of_5(&mut self, packet: &v5_0::Publish, tell: Tell<'_>) {
        let mut properties = Properties::default();
        for property in packet.props() {
            match property {
                Property::ContentType(kind) => kind.val().clone_into(&mut properties.content_type),
                Property::ResponseTopic(topic) => topic.val().clone_into(&mut properties.response_topic),
                Property::CorrelationData(data) => data.val().clone_into(&mut properties.correlation),
                Property::UserProperty(own) => properties.user.push((own.key().to_owned(), own.val().to_owned())),
                _ => {}
            }
        }
        let (topic, payload) = (packet.topic_name(), packet.payload().as_slice());
        let (retained, duplicate) = (packet.retain(), packet.dup());
        self.message(Message { topic, payload, retained, duplicate, properties: &properties }, tell);
    }

    fn publish_of_311(&mut self, packet: &v3_1_1::Publish, tell: Tell<'_>) {
        let (topic, payload) = (packet.topic_name(), packet.payload().as_slice());
        let (retained, duplicate) = (packet.retain(), packet.dup());
        self.message(Message { topic, payload, retained, duplicate, properties: &Properties::default() }, tell);
    }

    fn message(&mut self, message: Message<'_>, tell: Tell<'_>) {
        if check_name(message.topic).is_ok() {
            return tell(Told::Message(message));
        }
        if let Ok(packet) = packets::disconnect(self.version, Some(0x90)) {
            self.send(packet, tell);
        }
        let topic: String = message.topic.chars().filter(|ch| !ch.is_control()).take(64).collect();
        self.end(LinkErrorKind::Refused, &words::broken_topic(&topic), tell);
    }
}

/// After how long the broker is asked whether it is there, in milliseconds: a third of the time after which it gives us up,
/// though ten seconds at least where there are as many.
fn asked_after(keep_alive_s: u16) -> u64 {
    let whole = u64::from(keep_alive_s) * 1000;
    (whole / 3).max((whole * 2 / 3).min(10_000))
}

/// How long the answer may take, in milliseconds. With thirty seconds of keep-alive a connection that is dead is found
/// within twice the ten seconds between two questions (faults F25).
fn answer_within(keep_alive_s: u16) -> u64 {
    (u64::from(keep_alive_s) * 500).clamp(1000, 9000)
}

/// What the broker says in its own words.
fn said(props: &[Property]) -> String {
    let said = props.iter().find_map(|property| match property {
        Property::ReasonString(said) => Some(said.val()),
        _ => None,
    });
    let shown: String = said.unwrap_or_default().chars().filter(|ch| !ch.is_control()).take(200).collect();
    if shown.is_empty() { String::new() } else { words::it_said(&shown) }
}

/// The server that the broker names instead of itself.
fn server(props: &[Property]) -> String {
    let named = props.iter().find_map(|property| match property {
        Property::ServerReference(server) => Some(server.val()),
        _ => None,
    });
    let shown: String = named.unwrap_or_default().chars().filter(|ch| !ch.is_control()).take(200).collect();
    if shown.is_empty() { shown } else { format!(" ({shown})") }
}

/// Whether trying again may help, and what would.
fn kind_of(code: u8, open: bool) -> LinkErrorKind {
    match code {
        0x86 => LinkErrorKind::Credentials,
        0x87 if !open => LinkErrorKind::Credentials,
        0x8e => LinkErrorKind::TakenOver,
        0x84 | 0x85 | 0x87 | 0x8a | 0x8c | 0x90 | 0x95 | 0x98..=0x9b | 0x9c | 0x9d => LinkErrorKind::Denied,
        _ if open => LinkErrorKind::Lost,
        _ => LinkErrorKind::Refused,
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
