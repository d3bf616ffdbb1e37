//! A broker: MQTT 5.0 and 3.1.1 over WebSocket (OASIS standards; MQTT 5.0, section 6).

use super::{Address, Tunnel};
use crate::topic::{Filter, check_name};
use crate::tunnel::TargetKind;
use crate::words::{Said, link as words, topic as mistakes};
use serde::{Deserialize, Serialize};

/// What a broker is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mqtt {
    /// `ws://` or `wss://`; or the address of a gateway's target, `https://gateway/link/NAME`, and `/link/NAME` at the
    /// console's own origin. There the gateway's file says how the broker is spoken to, and what is subscribed to.
    pub url: String,
    /// Which version is spoken first; a broker that knows only the older one is spoken to in that, and it is said.
    pub version: Version,
    /// What is subscribed to.
    pub topics: Vec<Subscription>,
    /// Where a line goes that names no topic.
    pub publish: Option<String>,
    /// How this client is called; empty for a name that is made up once for each session.
    pub client_id: String,
    /// The user, where one is needed. The password is never kept here.
    pub username: Option<String>,
    /// Whether the broker forgets what it kept for this client.
    pub clean_start: bool,
    /// Seconds after which the broker hears of us at least. It is asked within a third of that, though not more often than
    /// every ten seconds, and is gone where it does not answer within nine.
    pub keep_alive_s: u16,
    /// Seconds for which the broker keeps messages after the connection ended.
    pub session_expiry_s: u32,
    /// What the broker publishes if we go without a word.
    pub will: Option<Will>,
}

/// Versions of MQTT.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Version {
    /// 5.0.
    #[default]
    V5,
    /// 3.1.1.
    V311,
}

/// One filter with the quality that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The filter as the profile has it ([`Filter`]).
    pub filter: String,
    /// 0 at most once, 1 at least once, 2 exactly once.
    pub qos: u8,
}

/// A will (section 3.1.2.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Will {
    /// Its topic.
    pub topic: String,
    /// What it says.
    pub payload: String,
    /// 0, 1 or 2.
    pub qos: u8,
    /// Whether the broker keeps it.
    pub retain: bool,
}

/// A message to be published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Where to.
    pub topic: String,
    /// What; may be empty.
    pub payload: Vec<u8>,
    /// 0, 1 or 2.
    pub qos: u8,
    /// Whether the broker keeps it for those who come later.
    pub retain: bool,
    /// What stands beside it.
    pub properties: Properties,
}

impl Publication {
    /// What it counts for among what waits to be sent: never nothing.
    #[must_use]
    pub fn len(&self) -> usize {
        self.topic.len().saturating_add(self.payload.len())
    }

    /// Never.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What MQTT 5.0 lets stand beside a payload (section 3.3.2.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    /// What the payload is; empty if not said.
    pub content_type: String,
    /// Where an answer is wanted; empty if nowhere.
    pub response_topic: String,
    /// What an answer is known by.
    pub correlation: Vec<u8>,
    /// Pairs of the user's own.
    pub user: Vec<(String, String)>,
}

impl Properties {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Properties::default()
    }
}

/// Seconds of keep-alive where the profile does not say: a connection that is dead is found within twenty seconds.
pub const KEEP_ALIVE_S: u16 = 30;

impl Mqtt {
    /// A broker at an address, with what is usual.
    #[must_use]
    pub fn new(url: String, topics: Vec<Subscription>) -> Mqtt {
        Mqtt {
            url,
            version: Version::V5,
            topics,
            publish: None,
            client_id: String::new(),
            username: None,
            clean_start: true,
            keep_alive_s: KEEP_ALIVE_S,
            session_expiry_s: 0,
            will: None,
        }
    }

    /// Its filters; those that are none are left out.
    #[must_use]
    pub fn filters(&self) -> Vec<Filter> {
        self.topics.iter().filter_map(|topic| Filter::parse(&topic.filter).ok()).collect()
    }

    /// Whether a level of its topics is the device.
    #[must_use]
    pub fn names_device(&self) -> bool {
        self.filters().iter().any(Filter::names_device)
    }

    /// The tunnel that leads to the broker, where a gateway has subscribed to it.
    #[must_use]
    pub fn tunnel(&self) -> Option<Tunnel> {
        Mqtt::through(&self.url)
    }

    /// The same for an address alone.
    #[must_use]
    pub fn through(url: &str) -> Option<Tunnel> {
        let address = Address::new(url);
        let own = url.strip_prefix("/link/");
        let other = (address.is("https") || address.is("http")) && address.path().starts_with("/link/");
        (own.is_some() || other).then(|| Tunnel::at(TargetKind::Mqtt, own.unwrap_or(url)))
    }

    /// Whether nobody between here and the host of the address can listen.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        let address = Address::new(&self.url);
        address.is("wss") || address.is("https")
    }

    pub(super) fn check(&self) -> Result<(), Said> {
        let address = Address::new(&self.url);
        match self.tunnel() {
            Some(tunnel) => tunnel.check()?,
            None if ["ws", "wss"].iter().any(|scheme| address.is(scheme)) => {}
            None => return Err(words::mqtt(&address.to_string())),
        }
        if self.topics.is_empty() {
            return Err(mistakes::none());
        }
        for topic in &self.topics {
            Filter::parse(&topic.filter)?;
            check_qos(topic.qos)?;
        }
        if let Some(will) = &self.will {
            check_name(&will.topic)?;
            check_qos(will.qos)?;
        }
        self.publish.as_deref().map_or(Ok(()), check_name)
    }
}

fn check_qos(qos: u8) -> Result<(), Said> {
    if qos > 2 { Err(mistakes::qos(qos.into())) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str) -> Mqtt {
        Mqtt::new(url.to_owned(), vec![Subscription { filter: "a/#".to_owned(), qos: 0 }])
    }

    #[test]
    fn a_broker_is_reached_by_websocket_or_through_a_gateway() {
        let places = ["/link/plant", "https://gate.example/link/plant", "wss://broker.example/link/mqtt"];
        let places = places.map(|url| at(url).tunnel().map(|tunnel| (tunnel.target, tunnel.gateway)));
        let gate = Some("https://gate.example".to_owned());
        assert_eq!(places, [Some(("plant".to_owned(), None)), Some(("plant".to_owned(), gate)), None]);
        for (url, right) in [("/link/plant", true), ("/link/../x", false), ("https://gate/", false), ("/x", false)] {
            assert_eq!(at(url).check().is_ok(), right, "{url}");
        }
    }
}
