//! The device file: TOML text that says how to reach a device, what it speaks, and how to talk to it.
//!
//! Every mistake is an error with its line; nothing is guessed and nothing is ignored.

mod command;
mod derived;
pub mod edit;
mod error;
mod fleet;
mod identity;
mod link;
mod macros;
mod names;
mod order;
mod outline;
mod panels;
mod read;
mod section;
mod setting;
pub mod share;
pub(crate) mod suggest;
mod tags;
mod tile;
mod title;
mod topic;
mod translated;

pub use command::{Arg, ArgKind, Body, Command, Publish, Reply, Request};
pub use error::ProfileError;
pub use fleet::{FleetSettings, Presence};
pub use identity::Identity;
pub(crate) use identity::Probe;
pub use macros::Macro;
pub use panels::{PANELS, Panels, is_panel};

pub(crate) use command::{DEVICE, Piece, pieces, plain, wanted};
pub use outline::{Entry, Outline, Written};
pub use tile::{
    Area, COLUMNS, Dashboard, MAX_HIGH, Tile, TileKind, kept as kept_tiles, sendable, with_kept as with_kept_tiles,
    with_tiles,
};
pub use title::title;
pub use topic::TopicProtocol;
pub(crate) use topic::{for_messages, unnamed_message};
pub use translated::Words;

use crate::derive::Derived;
use crate::link::Link;
use crate::order::clock::DeviceClock;
use crate::order::sequence::SequenceNumber;
use crate::words::profile as words;
use codec::{Protocol, Settings};
use read::{Section, Source};
use section::{fields, layout, memory, protocol, terminal};
use serde::{Deserialize, Serialize};

/// The store's byte budget where the profile does not say: 256 MiB.
pub const DEFAULT_BUDGET_MIB: u32 = 256;

/// Largest profile read: 1 MiB of text.
pub const MAX_TEXT: usize = 1 << 20;

/// A device file that was read and found usable: its protocol opened once with these settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Shown on the nameplate.
    pub name: String,
    /// One sentence; may be empty.
    pub about: String,
    /// What it is for, in a word or two each: what a gallery groups it by.
    pub tags: Vec<String>,
    /// How the device is reached. Another link may be put here before the session begins.
    pub link: Link,
    /// Seconds without a byte after which a WebSocket counts as lost; however many where the profile does not say.
    pub silence_s: Option<u32>,
    /// A name from [`codec::PROTOCOLS`].
    pub protocol: String,
    /// The protocol's and its framer's parameters.
    pub settings: Settings,
    /// Protocols of their own for some topics of a broker; the others speak the one above.
    pub topics: Vec<TopicProtocol>,
    /// What "send a line" appends.
    pub ending: Ending,
    /// The message whose text is shown in the terminal, where the protocol is not text itself.
    pub log_message: Option<String>,
    /// The store's byte budget, in MiB.
    pub budget_mib: u32,
    /// Units the protocol cannot say.
    pub fields: Vec<FieldUnit>,
    /// The device's own clock.
    pub clock: Option<DeviceClock>,
    /// How the device numbers its samples.
    pub sequence: Option<SequenceNumber>,
    /// Fields computed from others.
    pub derived: Vec<Derived>,
    /// What can be sent by name.
    pub commands: Vec<Command>,
    /// How the one device that is meant is told from others that look alike.
    pub identity: Option<Identity>,
    /// Steps done one after the other, by name.
    pub macros: Vec<Macro>,
    /// How the devices of a broker are told of in one table.
    pub fleet: FleetSettings,
    /// The filters of its link in which a level is the device, as they are written: in the link of one device alone they are
    /// filled in.
    pub(crate) devices: Vec<crate::topic::Filter>,
    /// What is shown at the start.
    pub layout: Layout,
    /// Where the console's panels stand.
    pub panels: Panels,
    /// What people see who only watch.
    pub dashboard: Dashboard,
    text: String,
}

/// What "send a line" appends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// LF, 0x0A.
    #[default]
    Lf,
    /// CR, 0x0D.
    Cr,
    /// CR LF.
    CrLf,
    /// Nothing.
    None,
}

impl Ending {
    /// The bytes.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Ending::Lf => b"\n",
            Ending::Cr => b"\r",
            Ending::CrLf => b"\r\n",
            Ending::None => b"",
        }
    }
}

/// A unit for a field, by `message.field` or by the field's name alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldUnit {
    /// Which field.
    pub name: String,
    /// The unit as UCUM text.
    pub unit: String,
}

/// What is shown at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Fields plotted, by `message.field` or by the field's name alone; empty for the first eight numeric ones.
    pub plot: Vec<String>,
    /// Seconds across the plot.
    pub span_s: u32,
    /// Whether the plot's time is that of the device's clock, not that of arrival.
    pub device_time: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Layout { plot: Vec::new(), span_s: 30, device_time: false }
    }
}

impl Profile {
    /// Reads a profile and sees that its protocol can be used.
    ///
    /// # Errors
    /// The first mistake, with its line: TOML syntax, an unknown key, a value of the wrong type or out of range, a
    /// setting the protocol refuses, or the name of a message or field that the protocol does not declare.
    pub fn parse(text: &str) -> Result<Profile, ProfileError> {
        if text.len() > MAX_TEXT {
            return Err(ProfileError::whole(words::too_long()));
        }
        let source = Source::new(text);
        let document = source.parse()?;
        let root = Section::root(&source, document.get_ref());
        let known = [
            "name",
            "about",
            "tags",
            "link",
            "protocol",
            "topic",
            "terminal",
            "memory",
            "fields",
            "clock",
            "sequence",
            "derived",
            "commands",
            "layout",
            "identity",
            "macros",
            "dashboard",
            "tile",
            "words",
            "fleet",
        ];
        root.only(&known)?;

        let name = root.required_shown("name")?;
        let about = crate::screen::visible(&root.text("about")?.unwrap_or_default());
        let tags = tags::read(&root)?;
        let section = root.required_section("link")?;
        let link = link::read(&section)?;
        let silence_s = link::silence(&section, &link)?;
        let (protocol, settings, mut names) = protocol(&root.required_section("protocol")?)?;
        let topics = topic::read(&root, &link, &mut names)?;
        // What is published is a message by itself: nothing has to end it.
        let usual = if matches!(link, Link::Mqtt(_)) { Ending::None } else { Ending::default() };
        let (ending, log_message) = terminal(&root, &names, usual)?;
        let budget_mib = memory(&root)?;
        let (clock, sequence) = order::read(&root, &names)?;
        let derived = derived::read(&root, &mut names)?;
        let fields = fields(&root, &names)?;
        let fleet = fleet::read(&root, &link, &names)?;
        let commands = command::read(&root, &names, link.is_fleet())?;
        let identity = identity::read(&root)?;
        let macros = macros::read(&root, &commands)?;
        let devices = match &link {
            Link::Mqtt(mqtt) => mqtt.filters().into_iter().filter(crate::topic::Filter::names_device).collect(),
            _ => Vec::new(),
        };
        let (layout, panels) = layout(&root, &names, clock.is_some())?;
        let dashboard = tile::read(&root, &names, &commands)?;
        translated::check(&root)?;
        Ok(Profile {
            name,
            about,
            tags,
            link,
            silence_s,
            protocol,
            settings,
            topics,
            ending,
            log_message,
            budget_mib,
            fields,
            clock,
            sequence,
            derived,
            commands,
            identity,
            macros,
            fleet,
            devices,
            layout,
            panels,
            dashboard,
            text: text.into(),
        })
    }

    /// The profile's text as it was read: what export writes.
    #[must_use]
    pub fn to_toml(&self) -> &str {
        &self.text
    }

    /// The command of that name.
    #[must_use]
    pub fn command(&self, name: &str) -> Option<&Command> {
        self.commands.iter().find(|command| command.name == name)
    }

    /// The one device that its link leads to, where the profile is of many: what its topics have in place of `{device}`.
    #[must_use]
    pub fn device(&self) -> Option<String> {
        let Link::Mqtt(mqtt) = &self.link else { return None };
        let filters = mqtt.filters();
        let pairs = self.devices.iter().flat_map(|of_all| filters.iter().map(move |own| (of_all, own)));
        pairs.into_iter().find_map(|(of_all, own)| of_all.device_in(own)).map(str::to_owned)
    }

    /// What a link to a broker subscribes to beside its topics: where presence is told, and where replies come.
    #[must_use]
    pub fn beside(&self) -> Vec<crate::topic::Filter> {
        let Link::Mqtt(mqtt) = &self.link else { return Vec::new() };
        let mut known = mqtt.filters();
        let device = self.device();
        let presence = self.fleet.presence.as_ref().filter(|_| mqtt.names_device()).map(|presence| &presence.topic);
        let replies = self.commands.iter().filter_map(|command| command.reply.as_ref()?.topic.as_ref());
        let mut more = Vec::new();
        for topic in presence.into_iter().chain(replies) {
            let Ok(filter) = crate::topic::Filter::parse(topic) else { continue };
            let filter = match &device {
                Some(device) if filter.names_device() => filter.of_device(device),
                _ => Some(filter.on_wire()),
            };
            let filter = filter.and_then(|text| crate::topic::Filter::parse(&text).ok());
            if let Some(filter) = filter.filter(|filter| !known.iter().any(|known| known.covers(filter))) {
                known.push(filter.clone());
                more.push(filter);
            }
        }
        more
    }

    /// Whether the protocol is one of lines of text, however it is framed here.
    #[must_use]
    pub fn textual(&self) -> bool {
        Protocol::find(&self.protocol).is_some_and(|protocol| protocol.framing == "lines")
    }

    /// Whether the protocol is plain text: any line is a good message.
    #[must_use]
    pub fn is_plain_text(&self) -> bool {
        self.protocol == "text"
    }

    /// Whether a message of the transport is one frame, whatever is in it.
    #[must_use]
    pub fn takes_whole_messages(&self) -> bool {
        matches!(self.settings.get("framing"), Some(codec::Setting::Text(name)) if name == "whole")
    }

    /// Whether everything that a device says is read, kept and shown as by the other.
    pub(crate) fn reads_as(&self, other: &Profile) -> bool {
        let Profile {
            name, protocol, settings, topics, log_message, budget_mib, fields, derived, clock, sequence, ..
        } = self;
        (name, protocol, settings, topics) == (&other.name, &other.protocol, &other.settings, &other.topics)
            && (log_message, budget_mib) == (&other.log_message, &other.budget_mib)
            && (fields, derived) == (&other.fields, &other.derived)
            && (clock, sequence) == (&other.clock, &other.sequence)
    }

    /// The unit the profile gives a field of a message, if any; `message.field` goes before the name alone.
    #[must_use]
    pub fn unit(&self, message: &str, field: &str) -> Option<&str> {
        unit_among(&self.fields, message, field)
    }
}

/// The unit of a field of a message among those a profile gives.
///
/// The name of a message of a topic begins with the topic's own part, which a profile need not say.
pub(crate) fn unit_among<'a>(units: &'a [FieldUnit], message: &str, field: &str) -> Option<&'a str> {
    let last = message.rsplit('/').next().unwrap_or(message);
    let full = |name: &str, message: &str| {
        name.strip_prefix(message).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rest| rest == field)
    };
    let found = units.iter().find(|f| full(&f.name, message)).or_else(|| units.iter().find(|f| full(&f.name, last)));
    let found = found.or_else(|| units.iter().find(|f| f.name == field));
    found.map(|f| f.unit.as_str())
}
