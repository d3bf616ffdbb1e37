//! A session whose link leads to many devices: a fleet takes their messages, and nothing else keeps them.

use super::Session;
use super::data::more;
use crate::fleet::{Fleet, Heard, Taken};
use crate::input::Message;
use crate::link::{Link, Subscription};
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
    /// By filter: the levels that have a column.
    levels: Vec<Vec<(usize, u16)>>,
    /// Where presence is told, with what is said there.
    presence: Table,
    online: String,
    offline: String,
    /// Where nothing but replies come.
    replies: Table,
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
        let mut fleet = Fleet::with(profile, codecs);
        let asked = mqtt.filters();
        let level = |fleet: &mut Fleet, (at, name): (usize, &str)| Some((at, fleet.level(name)?));
        let levels = asked.iter().map(|filter| filter.named().filter_map(|named| level(&mut fleet, named)).collect());
        let levels = levels.collect();
        let mut many = Many {
            fleet,
            subscribed: Table::new(&asked),
            speaks: Table::new(&filters),
            usual,
            levels,
            presence: Table::default(),
            online: String::new(),
            offline: String::new(),
            replies: Table::default(),
        };
        many.tell_how(profile);
        Ok(Some(many))
    }

    /// Takes over what the profile says beside how the devices are decoded.
    pub(super) fn tell_how(&mut self, profile: &Profile) {
        self.fleet.set_stale(profile.fleet.stale_s);
        if let Some(presence) = &profile.fleet.presence {
            self.presence = Table::new(&Filter::parse(&presence.topic).ok());
            (self.online, self.offline) = (presence.online.clone(), presence.offline.clone());
        } else {
            self.presence = Table::default();
        }
        let replies = profile.commands.iter().filter_map(|command| command.reply.as_ref()?.topic.as_deref());
        let replies: Vec<Filter> = replies.filter_map(|topic| Filter::parse(topic).ok()).collect();
        self.replies = Table::new(&replies);
    }

    fn hear(&mut self, now: Time, message: &Message<'_>) -> Taken {
        let (payload, retained) = (message.payload, message.retained);
        if let Some(device) = self.presence.find(message.topic).and_then(|found| found.device) {
            let said = std::str::from_utf8(payload).unwrap_or_default().trim();
            let online = said == self.online;
            if !online && said != self.offline {
                // What nobody said how to read.
                return Taken::Rejected(codec::DecodeError::Syntax { at: 0 });
            }
            return self.fleet.tell_presence(device, online, Some(now).filter(|_| !retained));
        }
        let Some((filter, device)) =
            self.subscribed.find(message.topic).and_then(|found| Some((found.filter, found.device?)))
        else {
            return if self.replies.find(message.topic).is_some() { Taken::Good } else { Taken::NoRoom };
        };
        let protocol = self.speaks.find(message.topic).map_or(self.usual, |found| found.filter);
        let taken = self.fleet.hear(now, &Heard { device, protocol, payload, retained });
        for (at, column) in self.levels.get(filter).into_iter().flatten() {
            self.fleet.place(device, *column, message.topic.split('/').nth(*at).unwrap_or_default());
        }
        taken
    }

    /// Looks whether it is what a device was to reply to a command to many.
    fn look_for_reply(&mut self, now: Time, message: &Message<'_>) {
        let Some(bulk) = self.fleet.bulk.as_ref().filter(|_| !message.retained) else { return };
        let wanted = bulk.reply_topic();
        let found = match wanted {
            Some(filter) if !filter.matches(message.topic) => None,
            Some(filter) if filter.names_device() => {
                Table::new([filter]).find(message.topic).and_then(|found| found.device)
            }
            _ => self.subscribed.find(message.topic).and_then(|found| found.device),
        };
        let Some(device) = found.and_then(|name| self.fleet.known(name)) else { return };
        let fits = bulk.awaited(device).is_some_and(|reply| {
            reply.contains.is_empty() || memchr::memmem::find(message.payload, reply.contains.as_bytes()).is_some()
        });
        if let Some(bulk) = self.fleet.bulk.as_mut().filter(|_| fits) {
            bulk.replied(now, device, message.payload);
        }
    }
}

impl Session {
    /// The link as it is to be opened: with what is subscribed to beside its topics ([`Profile::beside`]).
    #[must_use]
    pub fn link_to_open(&self, link: &Link) -> Link {
        let mut link = link.clone();
        if let Link::Mqtt(mqtt) = &mut link {
            let beside = self.profile.beside().into_iter();
            mqtt.topics.extend(beside.map(|filter| Subscription { filter: filter.on_wire(), qos: 0 }));
        }
        link
    }

    /// Takes a message where the session is a fleet; whether it is.
    pub(super) fn message_of_many(&mut self, now: Time, message: &Message<'_>) -> bool {
        let Some(many) = &mut self.many else { return false };
        let taken = many.hear(now, message);
        many.look_for_reply(now, message);
        if message.retained {
            more(&mut self.data.counters.retained, 1);
        }
        self.data.taken_by_fleet(now, message.payload, message.topic, taken);
        true
    }
}
