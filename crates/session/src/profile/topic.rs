//! `[[topic]]`: what is spoken on which topics.

use super::link::mqtt::filter;
use super::names::Names;
use super::read::Section;
use super::{ProfileError, section};
use crate::link::{Http, Link, Mode};
use crate::words::{profile as words, topic as mistakes};
use codec::{Protocol, Setting, Settings};

/// A protocol of its own for the topics that match a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicProtocol {
    /// The filter ([`crate::topic::Filter`]).
    pub filter: String,
    /// A name from [`codec::PROTOCOLS`].
    pub protocol: String,
    /// The protocol's and its framer's parameters.
    pub settings: Settings,
}

pub(super) fn read(root: &Section<'_>, link: &Link, names: &mut Names) -> Result<Vec<TopicProtocol>, ProfileError> {
    let mut topics: Vec<TopicProtocol> = Vec::new();
    for section in root.sections("topic")? {
        section.only(&["filter", "protocol"])?;
        let filter = filter(&section)?;
        if !matches!(link, Link::Mqtt(_) | Link::Http(Http { mode: Mode::Events, .. })) {
            return Err(section.error_at("filter", words::topic_without_broker()));
        }
        if topics.iter().any(|known| known.filter == filter) {
            return Err(section.error_at("filter", mistakes::twice(&filter)));
        }
        let (protocol, settings, own) = section::protocol(&section.required_section("protocol")?)?;
        names.join(own);
        topics.push(TopicProtocol { filter, protocol, settings });
    }
    Ok(topics)
}

/// Settings for a link whose messages are frames of their own, unless the profile says how they are framed.
#[must_use]
pub(crate) fn for_messages(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    if settings.get("framing").is_none() {
        settings.0.push(("framing".to_owned(), Setting::Text("whole".to_owned())));
    }
    settings
}

/// The name that a protocol gives its only message where the profile gives none; empty for the others.
#[must_use]
pub(crate) fn unnamed_message(protocol: &str, settings: &Settings) -> &'static str {
    let parameter = Protocol::find(protocol)
        .and_then(|protocol| protocol.parameters.iter().find(|parameter| parameter.name == "message"));
    parameter.filter(|_| settings.get("message").is_none()).map_or("", |parameter| parameter.default)
}
