//! A session whose link leads to many devices: a fleet takes their messages, and nothing else keeps them.

use super::Session;
use super::data::more;
use crate::fleet::{Fleet, Heard, Taken};
use crate::input::Message;
use crate::link::Link;
use crate::profile::{Profile, ProfileError, for_messages};
use crate::topic::{Filter, Table};
use codec::{Codec, Protocol, Settings};
use store::Time;

/// The devices, and what their topics say.
pub(crate) struct Many {
    pub(crate) fleet: Fleet,
    /// Which level of a topic is the device.
    subscribed: Table,
    /// Which protocol a topic speaks; those that no filter matches speak the last.
    speaks: Table,
    usual: usize,
}

impl Many {
    /// Those of a profile whose link leads to many.
    pub(super) fn of(profile: &Profile) -> Result<Option<Many>, ProfileError> {
        let Link::Mqtt(mqtt) = &profile.link else { return Ok(None) };
        if !profile.link.is_fleet() {
            return Ok(None);
        }
        let open = |protocol: &str, settings: &Settings| -> Option<Codec> {
            Protocol::find(protocol)?.open(&for_messages(settings)).ok()
        };
        // A profile that was read has opened each of them.
        let mut codecs: Vec<Codec> =
            profile.topics.iter().filter_map(|topic| open(&topic.protocol, &topic.settings)).collect();
        let usual = codecs.len();
        codecs.push(super::open(profile)?);
        let filters: Vec<Filter> =
            profile.topics.iter().filter_map(|topic| Filter::parse(&topic.filter).ok()).collect();
        Ok(Some(Many {
            fleet: Fleet::with(profile, codecs),
            subscribed: Table::new(&mqtt.filters()),
            speaks: Table::new(&filters),
            usual,
        }))
    }

    fn hear(&mut self, now: Time, message: &Message<'_>) -> Taken {
        let Some(device) = self.subscribed.find(message.topic).and_then(|found| found.device) else {
            return Taken::NoRoom;
        };
        let protocol = self.speaks.find(message.topic).map_or(self.usual, |found| found.filter);
        let (payload, retained) = (message.payload, message.retained);
        self.fleet.hear(now, &Heard { device, protocol, payload, retained })
    }
}

impl Session {
    /// Takes a message where the session is a fleet; whether it is.
    pub(super) fn message_of_many(&mut self, now: Time, message: &Message<'_>) -> bool {
        let Some(many) = &mut self.many else { return false };
        let taken = many.hear(now, message);
        if message.retained {
            more(&mut self.data.counters.retained, 1);
        }
        self.data.taken_by_fleet(now, message.payload, message.topic, taken);
        true
    }
}
