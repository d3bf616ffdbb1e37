//! What the client keeps of a session from one connection to the next, as the broker does (MQTT 5.0, section 4.1).

use mqtt_protocol_core::mqtt::common::HashSet;
use mqtt_protocol_core::mqtt::packet::StorePacket;
use mqtt_protocol_core::mqtt::{Connection, role};
use session::link::Version;
use std::collections::BTreeMap;

/// Publications that wait to be acknowledged, by their packets' numbers: what each counts for, and its topic.
pub(super) type Waiting = BTreeMap<u16, (usize, String)>;

/// The client's part of a session.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// Address, client id and version: with another one it is another session.
    of: (String, String, Version),
    packets: Vec<StorePacket>,
    /// Messages of quality two that have come and that the broker has not released.
    handled: HashSet<u16>,
    waiting: Waiting,
}

impl Kept {
    /// What a connection leaves; `each` hears of the topics of what will be sent again.
    pub(super) fn of(
        address: &str,
        client_id: &str,
        version: Version,
        connection: &Connection<role::Client>,
        waiting: &mut Waiting,
        mut each: impl FnMut(&str),
    ) -> Kept {
        let packets = connection.get_stored_packets();
        let mut kept = Waiting::new();
        for number in packets.iter().map(StorePacket::packet_id) {
            if let Some((len, topic)) = waiting.remove(&number) {
                each(&topic);
                kept.insert(number, (len, topic));
            }
        }
        let of = (address.to_owned(), client_id.to_owned(), version);
        Kept { of, packets, handled: connection.get_qos2_publish_handled(), waiting: kept }
    }

    /// Whether it is of this session.
    pub(super) fn is_of(&self, address: &str, client_id: &str, version: Version) -> bool {
        (self.of.0.as_str(), self.of.1.as_str(), self.of.2) == (address, client_id, version)
    }

    /// Hands it to the next connection, which sends the packets again once the broker says that it kept its part.
    pub(super) fn restore(self, connection: &mut Connection<role::Client>) -> Waiting {
        connection.restore_packets(self.packets);
        connection.restore_qos2_publish_handled(self.handled);
        self.waiting
    }
}
