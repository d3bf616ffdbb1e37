//! A broker: the gateway's own client of it (MQTT 3.1.1, an OASIS standard, which every broker speaks), for one console.
//!
//! What the broker publishes goes to the console as one stream of messages, as fast as the console takes it; while it
//! takes nothing the broker is not read, and keeps or drops by its own rules.

use super::Refusal;
use crate::serve::config::Broker;
use mqtt_protocol_core::mqtt::common::Cursor;
use mqtt_protocol_core::mqtt::connection::{ConnectionOptions, Event};
use mqtt_protocol_core::mqtt::packet::{GenericPacketTrait as _, Packet, Qos, SubEntry, SubOpts, v3_1_1};
use mqtt_protocol_core::mqtt::result_code::MqttError;
use mqtt_protocol_core::mqtt::{Connection, Version, role};
use rustls::pki_types::ServerName;
use session::link::Publication;
use session::topic::Filter;
use session::tunnel::Ending;
use session::tunnel::broker::{Fate, FromBroker, Messages, Published};
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream};
use tokio::net::TcpStream;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How long the broker may take to say that it knows us, and that we are subscribed.
const PATIENCE: Duration = Duration::from_secs(10);
/// Seconds after which the broker hears of us at least. We say so twice as often.
const KEEP_ALIVE_S: u16 = 30;
/// The longest packet that is taken (faults F30): it is held whole.
const LONGEST_PACKET: u32 = 16 << 20;
/// What is read of the broker at once, and what may wait for a console.
const PIECE: usize = 256 << 10;

/// The client, without its socket.
struct Client {
    connection: Connection<role::Client>,
    /// For the broker.
    out: Vec<u8>,
    /// For the console.
    messages: Vec<u8>,
    welcomed: bool,
    subscribed: bool,
    /// What was subscribed to.
    filters: Vec<String>,
    /// Publications that wait to be acknowledged: their topics, by their packets' numbers.
    waiting: HashMap<u16, String>,
    /// Bytes of messages that are too long to pass.
    left_out: Arc<AtomicU64>,
}

/// Logs in and subscribes; what follows is carried until either side goes.
pub(super) async fn enter(
    broker: &Broker,
    asked: &[String],
    socket: TcpStream,
    left_out: Arc<AtomicU64>,
) -> Result<DuplexStream, Refusal> {
    let Some(tls) = &broker.tls else { return open(broker, asked, socket, left_out).await };
    let name = ServerName::try_from(broker.host.clone())
        .map_err(|why| Refusal::new(Ending::Refused, format!("{}: {why}", broker.host)))?;
    let connector = tokio_rustls::TlsConnector::from(tls.clone());
    let socket = timeout(PATIENCE, connector.connect(name, socket)).await;
    let socket = socket.map_err(|_| Refusal::new(Ending::Silent, "the broker does not speak TLS, or not in time"))?;
    let socket = socket.map_err(|why| Refusal::new(Ending::Refused, format!("TLS: {why}")))?;
    open(broker, asked, socket, left_out).await
}

/// What is subscribed to for a console: what it asks for where all of that is the target's, else all that the target has. A
/// share would take messages away from others.
fn narrowed<'a>(own: &'a [String], asked: &'a [String]) -> &'a [String] {
    if asked.is_empty() || !asked.iter().all(|topic| has(own, topic)) { own } else { asked }
}

/// Whether all of a topic is among a target's own.
fn has(own: &[String], topic: &str) -> bool {
    let Ok(asked) = Filter::parse(topic) else { return false };
    let covers = |own: &Filter| own.covers(&asked) && (own.names_dollar() || !asked.names_dollar());
    !topic.starts_with("$share/") && own.iter().filter_map(|topic| Filter::parse(topic).ok()).any(|own| covers(&own))
}

/// Whether anything of a topic may be among a target's own.
fn is_near(own: &[String], topic: &str) -> bool {
    let Ok(asked) = Filter::parse(topic) else { return true };
    own.iter().any(|own| Filter::parse(own).is_ok_and(|own| own.meets(&asked)))
}

async fn open<S>(
    broker: &Broker,
    asked: &[String],
    mut socket: S,
    left_out: Arc<AtomicU64>,
) -> Result<DuplexStream, Refusal>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let topics = narrowed(&broker.topics, asked);
    let options = ConnectionOptions::new().maximum_packet_size_recv(LONGEST_PACKET);
    let mut connection = Connection::<role::Client>::with_options(Version::V3_1_1, options);
    connection.set_auto_pub_response(true);
    let mut client = Client {
        connection,
        out: Vec::new(),
        messages: Vec::new(),
        welcomed: false,
        subscribed: false,
        filters: topics.to_vec(),
        waiting: HashMap::new(),
        left_out,
    };
    for filter in asked.iter().filter(|topic| !is_near(&broker.topics, topic)) {
        FromBroker::Denied { filter }.write(&mut client.messages);
    }
    let begun = timeout(PATIENCE, client.begin(broker, topics, &mut socket)).await;
    begun.map_err(|_| Refusal::new(Ending::Silent, format!("the broker said nothing within {PATIENCE:?}")))??;
    let (console, far) = tokio::io::duplex(PIECE);
    tokio::spawn(client.carry(socket, far));
    Ok(console)
}

impl Client {
    async fn begin<S>(&mut self, broker: &Broker, topics: &[String], socket: &mut S) -> Result<(), Refusal>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let unmade =
            |why: MqttError| Refusal::new(Ending::Protocol, format!("no packet can be made of the file: {why}"));
        self.send(connect(broker).map_err(unmade)?);
        let mut buffer = vec![0; PIECE];
        while !self.welcomed {
            self.exchange(socket, &mut buffer).await?;
        }
        let packet = subscribe(&mut self.connection, topics).map_err(unmade)?;
        self.send(packet);
        while !self.subscribed {
            self.exchange(socket, &mut buffer).await?;
        }
        Ok(())
    }

    async fn exchange<S>(&mut self, socket: &mut S, buffer: &mut [u8]) -> Result<(), Refusal>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let broken = |why: io::Error| Refusal::new(Ending::Broken, why.to_string());
        socket.write_all(&std::mem::take(&mut self.out)).await.map_err(broken)?;
        let read = socket.read(buffer).await.map_err(broken)?;
        if read == 0 {
            return Err(Refusal::new(Ending::ByDevice, "the broker closed before it had said yes"));
        }
        self.take(buffer.get(..read).unwrap_or_default())
    }

    /// Both directions, until either side goes.
    async fn carry(mut self, socket: impl AsyncRead + AsyncWrite, console: DuplexStream) {
        let (mut from_broker, mut to_broker) = tokio::io::split(socket);
        let (mut from_console, mut to_console) = tokio::io::split(console);
        let mut ping = interval(Duration::from_secs(u64::from(KEEP_ALIVE_S / 2)));
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ping.reset();
        let (mut buffer, mut published) = (vec![0; PIECE], vec![0; 16 << 10]);
        let (mut publications, mut heard, mut written) = (Messages::default(), true, 0);
        loop {
            let waits = written < self.messages.len();
            if !waits {
                self.messages.clear();
                written = 0;
            }
            tokio::select! {
                read = from_broker.read(&mut buffer), if !waits => {
                    let Ok(read @ 1..) = read else { break };
                    heard = true;
                    if self.take(buffer.get(..read).unwrap_or_default()).is_err() {
                        break;
                    }
                }
                wrote = to_console.write(self.messages.get(written..).unwrap_or_default()), if waits => {
                    let Ok(wrote @ 1..) = wrote else { break };
                    written = written.saturating_add(wrote);
                    // Whoever is not read cannot be missed.
                    heard = true;
                }
                read = from_console.read(&mut published) => {
                    let Ok(read @ 1..) = read else { break };
                    let chunk = published.get(..read).unwrap_or_default();
                    if publications.publications(chunk, |publication| self.publish(&publication)).is_err() {
                        break;
                    }
                }
                _ = ping.tick() => {
                    if !std::mem::take(&mut heard) && !waits {
                        break;
                    }
                    if let Ok(packet) = v3_1_1::Pingreq::builder().build() {
                        self.send(packet.into());
                    }
                }
            }
            let out = std::mem::take(&mut self.out);
            if !matches!(timeout(PATIENCE, to_broker.write_all(&out)).await, Ok(Ok(()))) {
                return;
            }
        }
        // With a word, the broker keeps nothing for us.
        if let Ok(packet) = v3_1_1::Disconnect::builder().build() {
            self.send(packet.into());
            let _ = timeout(Duration::from_secs(1), to_broker.write_all(&self.out)).await;
        }
    }

    fn send(&mut self, packet: Packet) {
        let events = self.connection.checked_send(packet);
        self.hand_on(&events);
    }

    fn hand_on(&mut self, events: &[Event]) {
        for event in events {
            if let Event::RequestSendPacket { packet, .. } = event {
                self.out.extend_from_slice(&packet.to_continuous_buffer());
            }
        }
    }

    /// Bytes of the broker.
    fn take(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let mut cursor = Cursor::new(bytes);
        while cursor.position() < bytes.len() as u64 {
            let events = self.connection.recv(&mut cursor);
            self.hand_on(&events);
            for event in &events {
                match event {
                    Event::NotifyPacketReceived(packet) => self.packet(packet)?,
                    Event::NotifyError(why) => return Err(Refusal::new(Ending::Broken, why.to_string())),
                    Event::RequestClose => return Err(Refusal::new(Ending::Broken, "packets out of order")),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn packet(&mut self, packet: &Packet) -> Result<(), Refusal> {
        match packet {
            Packet::V3_1_1Connack(packet) => match packet.return_code() as u8 {
                0 => self.welcomed = true,
                code @ (4 | 5) => return Err(Refusal::new(Ending::Login, format!("the broker said {code}"))),
                code => return Err(Refusal::new(Ending::Refused, format!("the broker said {code}"))),
            },
            Packet::V3_1_1Suback(packet) => {
                self.subscribed = true;
                let codes: Vec<u8> = packet.return_codes().into_iter().map(|code| code as u8).collect();
                if codes.iter().all(|code| *code >= 0x80) {
                    return Err(Refusal::new(Ending::Forbidden, "the broker lets us have none of these topics"));
                }
                for (filter, _) in self.filters.iter().zip(codes).filter(|(_, code)| *code >= 0x80) {
                    FromBroker::Denied { filter }.write(&mut self.messages);
                }
            }
            Packet::V3_1_1Publish(packet) => {
                let (topic, payload) = (packet.topic_name(), packet.payload().as_slice());
                let (retained, duplicate) = (packet.retain(), packet.dup());
                let published = Published { topic, payload, retained, duplicate, left_out: 0 };
                let left_out = FromBroker::Published(published).write(&mut self.messages);
                self.left_out.fetch_add(left_out, Ordering::Relaxed);
            }
            Packet::V3_1_1Puback(packet) => self.acknowledged(packet.packet_id()),
            Packet::V3_1_1Pubcomp(packet) => self.acknowledged(packet.packet_id()),
            _ => {}
        }
        Ok(())
    }

    /// A console publishes, and is told what became of it.
    fn publish(&mut self, publication: &Publication) {
        let topic = publication.topic.as_str();
        let qos = match publication.qos {
            0 => Qos::AtMostOnce,
            1 => Qos::AtLeastOnce,
            _ => Qos::ExactlyOnce,
        };
        let number = match qos {
            Qos::AtMostOnce => None,
            _ => match self.connection.acquire_packet_id() {
                Ok(number) => Some(number),
                // At a lower quality than was asked for it may be lost, and nobody would know.
                Err(_) => return self.answer(topic, Fate::TooMany),
            },
        };
        let packet = v3_1_1::Publish::builder().topic_name(topic).and_then(|packet| {
            let packet = packet.qos(qos).retain(publication.retain).packet_id(number);
            packet.payload(publication.payload.clone()).build()
        });
        match (packet, number) {
            (Ok(packet), number) => {
                self.send(packet.into());
                match number {
                    Some(number) => drop(self.waiting.insert(number, topic.to_owned())),
                    None => self.answer(topic, Fate::Taken),
                }
            }
            (Err(_), number) => {
                if let Some(number) = number {
                    let _ = self.connection.release_packet_id(number);
                }
                self.answer(topic, Fate::NoMessage);
            }
        }
    }

    fn acknowledged(&mut self, number: u16) {
        if let Some(topic) = self.waiting.remove(&number) {
            self.answer(&topic, Fate::Taken);
        }
    }

    fn answer(&mut self, topic: &str, fate: Fate) {
        FromBroker::Answered { topic, fate }.write(&mut self.messages);
    }
}

fn connect(broker: &Broker) -> Result<Packet, MqttError> {
    // The broker makes up a name for whoever has none (MQTT-3.1.3-6).
    let mut packet = v3_1_1::Connect::builder().client_id("")?.clean_session(true).keep_alive(KEEP_ALIVE_S);
    if let Some((user, password)) = &broker.login {
        packet = packet.user_name(user.as_str())?;
        if let Some(password) = password {
            packet = packet.password(password.0.as_bytes().to_vec())?;
        }
    }
    Ok(packet.build()?.into())
}

fn subscribe(connection: &mut Connection<role::Client>, topics: &[String]) -> Result<Packet, MqttError> {
    let entry = |filter: &String| SubEntry::new(filter.as_str(), SubOpts::new().set_qos(Qos::AtMostOnce));
    let entries = topics.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    let number = connection.acquire_packet_id()?;
    Ok(v3_1_1::Subscribe::builder().packet_id(number).entries(entries).build()?.into())
}

#[cfg(test)]
mod tests;
