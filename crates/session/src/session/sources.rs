//! What is known of each topic: what it speaks, and what its messages are called.
//!
//! Each topic has a decoder of its own, so that fields found in one topic's data are not those of another, and tables of
//! its own, called by what tells the topic from the others: two sensors on two topics are two series.

use crate::link::Link;
use crate::order::Order;
use crate::profile::{Profile, for_messages, unnamed_message};
use crate::topic::{Filter, Own, Table};
use codec::{Codec, Decoder, Protocol, Settings};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Topics with tables of their own, at most.
pub(crate) const MOST_TOPICS: usize = 512;
/// Topics beyond those that are counted, at most.
const MOST_COUNTED: usize = 100_000;
/// Messages of all topics, at most: beyond them are the numbers of derived ones.
const MOST_SCHEMAS: usize = 3072;

/// The topics of a session.
pub(crate) struct Sources {
    /// What is subscribed to, as it was said.
    subscribed: Vec<Filter>,
    own: Own,
    /// Where nothing but replies to commands come.
    replies: Vec<Filter>,
    /// Which protocol a topic speaks; the last is for those that no filter matches.
    protocols: Vec<(String, Settings)>,
    table: Table,
    known: BTreeMap<Box<str>, usize>,
    sources: Vec<Source>,
    /// Numbers given to messages.
    schemas: usize,
    /// There were more topics than have room, and it was said.
    pub(super) told: bool,
    /// Sums of the names of those, so that each counts once.
    over: HashSet<u64>,
}

/// One topic.
pub(crate) struct Source {
    pub(super) codec: Codec,
    pub(super) scope: Scope,
}

/// What the samples of a topic are called.
#[derive(Default)]
pub(crate) struct Scope {
    /// What tells its topic from the others.
    own: String,
    /// The name of a message that the profile gives no name.
    unnamed: &'static str,
    /// By the decoder's number of a message: ours, and its name. A number beyond all is one that there was no room for.
    messages: Vec<(usize, String)>,
    /// The message being decoded had been kept by the broker.
    pub(super) retained: bool,
    /// In which order its samples were made.
    pub(super) order: Order,
}

impl Scope {
    /// The number and the name that a message of the decoder goes by.
    pub(super) fn named(&mut self, index: usize, name: &str, schemas: &mut usize) -> Option<(usize, &str)> {
        if index >= MOST_SCHEMAS {
            return None;
        }
        while self.messages.len() <= index {
            self.messages.push((usize::MAX, String::new()));
        }
        let message = self.messages.get_mut(index)?;
        if message.1.is_empty() {
            let unnamed = name == self.unnamed;
            let shown = match (self.own.is_empty(), unnamed) {
                (true, _) => name.to_owned(),
                (false, true) => self.own.clone(),
                (false, false) => format!("{}/{name}", self.own),
            };
            let number = if *schemas < MOST_SCHEMAS { *schemas } else { usize::MAX };
            *schemas = schemas.saturating_add(1).min(MOST_SCHEMAS);
            *message = (number, shown);
        }
        (message.0 != usize::MAX).then_some((message.0, message.1.as_str()))
    }

    /// What the decoder calls the message of this name.
    fn bare<'m>(&'m self, message: &'m str) -> &'m str {
        match message.strip_prefix(self.own.as_str()) {
            Some("") if !self.own.is_empty() => self.unnamed,
            Some(rest) => rest.strip_prefix('/').unwrap_or(rest),
            None => message,
        }
    }

    /// The number that the decoder has for the message of this name.
    fn index_of(&self, name: &str) -> Option<usize> {
        self.messages.iter().position(|(_, known)| known == name)
    }
}

impl Sources {
    pub(super) fn new(profile: &Profile) -> Sources {
        let subscribed = subscribed(&profile.link);
        let mut protocols: Vec<_> =
            profile.topics.iter().map(|topic| (topic.protocol.clone(), for_messages(&topic.settings))).collect();
        protocols.push((profile.protocol.clone(), for_messages(&profile.settings)));
        let filters: Vec<Filter> =
            profile.topics.iter().filter_map(|topic| Filter::parse(&topic.filter).ok()).collect();
        Sources {
            own: Own::of(&subscribed),
            replies: profile.beside(),
            subscribed,
            protocols,
            table: Table::new(&filters),
            known: BTreeMap::new(),
            sources: Vec::new(),
            schemas: 0,
            told: false,
            over: HashSet::new(),
        }
    }

    /// How many topics there were for which there is no room, with this one; as far as they are counted.
    pub(super) fn count_over(&mut self, topic: &str) -> u64 {
        if self.over.len() < MOST_COUNTED {
            let mut sum = DefaultHasher::new();
            topic.hash(&mut sum);
            self.over.insert(sum.finish());
        }
        self.over.len() as u64
    }

    /// Whether what a profile subscribes to tells topics apart as these do.
    pub(super) fn are_of(&self, profile: &Profile) -> bool {
        Own::of(&subscribed(&profile.link)) == self.own
    }

    /// Whether a topic was asked for. A broker's own topics, which begin with `$`, are by name only.
    pub(super) fn wants(&self, topic: &str) -> bool {
        // What is no broker's has no topics of its own.
        !topic.starts_with('$')
            || self.subscribed.is_empty()
            || self.subscribed.iter().any(|filter| filter.names_dollar() && filter.matches(topic))
    }

    /// Whether nothing but replies come on a topic.
    pub(super) fn is_reply(&self, topic: &str) -> bool {
        self.replies.iter().any(|filter| filter.matches(topic))
    }

    /// What is known of a topic; `None` where there is no room for one more.
    pub(super) fn of(&mut self, topic: &str, profile: &Profile) -> Option<usize> {
        if let Some(known) = self.known.get(topic) {
            return Some(*known);
        }
        if self.sources.len() >= MOST_TOPICS {
            return None;
        }
        let usual = self.protocols.len().saturating_sub(1);
        let which = self.table.find(topic).map_or(usual, |found| found.filter);
        let (protocol, settings) = self.protocols.get(which)?;
        let codec = Protocol::find(protocol)?.open(settings).ok()?;
        let scope = Scope {
            own: crate::screen::visible(self.own.part(topic)),
            unnamed: unnamed_message(protocol, settings),
            order: Order::new(profile),
            ..Scope::default()
        };
        let index = self.sources.len();
        self.sources.push(Source { codec, scope });
        self.known.insert(topic.into(), index);
        Some(index)
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut Source> {
        self.sources.get_mut(index)
    }

    /// Numbers given to messages so far.
    pub(super) fn schemas(&mut self) -> &mut usize {
        &mut self.schemas
    }

    /// A decoder like that which made a message, and the message's name there.
    pub(crate) fn decoder_of(&self, message: &str) -> Option<(Codec, String)> {
        let source = self.known.iter().find_map(|(topic, at)| {
            let source = self.sources.get(*at)?;
            source.scope.index_of(message).map(|_| (topic, source))
        });
        let (topic, source) = source?;
        let usual = self.protocols.len().saturating_sub(1);
        let which = self.table.find(topic).map_or(usual, |found| found.filter);
        let (protocol, settings) = self.protocols.get(which)?;
        let codec = Protocol::find(protocol)?.open(settings).ok()?;
        Some((codec, source.scope.bare(message).to_owned()))
    }

    /// By the name of each message of a topic, the decoder that made it and the message's name there.
    pub(crate) fn decoders(&self) -> HashMap<&str, (&dyn Decoder, &str)> {
        let mut decoders = HashMap::new();
        for source in &self.sources {
            for (_, name) in &source.scope.messages {
                let decoder: &dyn Decoder = &*source.codec.decoder;
                decoders.insert(name.as_str(), (decoder, source.scope.bare(name)));
            }
        }
        decoders
    }
}

fn subscribed(link: &Link) -> Vec<Filter> {
    match link {
        Link::Mqtt(mqtt) => mqtt.filters(),
        _ => Vec::new(),
    }
}
