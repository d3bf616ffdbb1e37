//! `[link] kind = "mqtt"`.

use super::super::ProfileError;
use super::super::read::Section;
use crate::link::{KEEP_ALIVE_S, Link, Mqtt, Subscription, Version, Will};
use crate::topic::{Filter, check_name};
use crate::words::{Said, topic as words};

pub(super) fn read(section: &Section<'_>) -> Result<Link, ProfileError> {
    section.only(&[
        "kind",
        "url",
        "version",
        "topics",
        "publish",
        "client_id",
        "username",
        "clean_start",
        "keep_alive_s",
        "session_expiry_s",
        "will",
    ])?;
    let versions = [("5", Version::V5), ("3.1.1", Version::V311)];
    let link = Link::Mqtt(Mqtt {
        url: section.required_text("url")?,
        version: section.choice("version", &versions)?.unwrap_or_default(),
        topics: topics(section)?,
        publish: name(section, "publish")?,
        client_id: section.text("client_id")?.unwrap_or_default(),
        username: section.text("username")?,
        clean_start: section.truth("clean_start")?.unwrap_or(true),
        keep_alive_s: section.whole("keep_alive_s", 1, u16::MAX)?.unwrap_or(KEEP_ALIVE_S),
        session_expiry_s: section.whole("session_expiry_s", 0, u32::MAX)?.unwrap_or(0),
        will: will(section)?,
    });
    // Everything else was looked at where it stands.
    link.check().map_err(|reason| section.error_at("url", reason))?;
    Ok(link)
}

/// A list of filters, or of tables with a filter and its quality.
fn topics(section: &Section<'_>) -> Result<Vec<Subscription>, ProfileError> {
    let mut topics: Vec<Subscription> = Vec::new();
    if section.is_list_of_tables("topics") {
        for section in section.sections("topics")? {
            section.only(&["filter", "qos"])?;
            let filter = filter(&section)?;
            let qos = qos(&section)?;
            if topics.iter().any(|known| known.filter == filter) {
                return Err(section.error_at("filter", words::twice(&filter)));
            }
            topics.push(Subscription { filter, qos });
        }
    } else {
        let check = |filter: &str| Filter::parse(filter).map(|_| ());
        for filter in section.checked_texts("topics", check)?.unwrap_or_default() {
            if topics.iter().any(|known| known.filter == filter) {
                return Err(section.error_at("topics", words::twice(&filter)));
            }
            topics.push(Subscription { filter, qos: 0 });
        }
    }
    if topics.is_empty() { Err(section.error_at("topics", words::none())) } else { Ok(topics) }
}

fn will(section: &Section<'_>) -> Result<Option<Will>, ProfileError> {
    let Some(section) = section.section("will")? else { return Ok(None) };
    section.only(&["topic", "payload", "qos", "retain"])?;
    section.required_text("topic")?;
    Ok(Some(Will {
        topic: name(&section, "topic")?.unwrap_or_default(),
        payload: section.text("payload")?.unwrap_or_default(),
        qos: qos(&section)?,
        retain: section.truth("retain")?.unwrap_or(false),
    }))
}

/// `qos`; 0 where it is not said.
pub(crate) fn qos(section: &Section<'_>) -> Result<u8, ProfileError> {
    Ok(section.whole("qos", 0, 2)?.unwrap_or(0))
}

/// `filter`, checked.
pub(crate) fn filter(section: &Section<'_>) -> Result<String, ProfileError> {
    let filter = section.required_text("filter")?;
    Filter::parse(&filter).map_err(|reason| section.error_at("filter", reason))?;
    Ok(filter)
}

/// A topic that a message goes to.
pub(crate) fn name(section: &Section<'_>, key: &str) -> Result<Option<String>, ProfileError> {
    let topic = section.text(key)?;
    checked(section, key, topic.as_deref(), check_name)?;
    Ok(topic)
}

fn checked(
    section: &Section<'_>,
    key: &str,
    text: Option<&str>,
    check: fn(&str) -> Result<(), Said>,
) -> Result<(), ProfileError> {
    text.map_or(Ok(()), check).map_err(|reason| section.error_at(key, reason))
}
