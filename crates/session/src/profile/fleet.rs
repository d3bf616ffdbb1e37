//! `[fleet]`: how the devices of a broker are told of in one table.

use super::ProfileError;
use super::names::Names;
use super::read::Section;
use crate::link::Link;
use crate::topic::Filter;
use crate::words::{profile as words, topic as mistakes};

/// Commands a second at most, where the profile does not say.
const COMMANDS_PER_S: u32 = 50;
/// Columns that are named at most.
const MOST_COLUMNS: usize = 64;

/// What a profile says of its fleet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetSettings {
    /// Seconds without a word after which a device is stale.
    pub stale_s: u32,
    /// The columns shown until the user chooses, in their order; the first ones if empty.
    pub columns: Vec<String>,
    /// The field by which the rows are grouped until the user chooses; `state` for their state.
    pub group: Option<String>,
    /// The field whose trend is shown until the user chooses.
    pub trend: Option<String>,
    /// Commands a second at most, where one goes to many devices.
    pub commands_per_s: u32,
    /// Where it is told whether a device is there.
    pub presence: Option<Presence>,
}

impl Default for FleetSettings {
    fn default() -> Self {
        FleetSettings {
            stale_s: crate::fleet::STALE_S,
            columns: Vec::new(),
            group: None,
            trend: None,
            commands_per_s: COMMANDS_PER_S,
            presence: None,
        }
    }
}

/// A topic on which devices, or the broker by their last will, say whether they are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The topic, as a filter with `{device}`.
    pub topic: String,
    /// What is said of one that is there: the whole payload.
    pub online: String,
    /// What is said of one that is gone.
    pub offline: String,
}

pub(super) fn read(root: &Section<'_>, link: &Link, names: &Names) -> Result<FleetSettings, ProfileError> {
    let Some(section) = root.section("fleet")? else { return Ok(FleetSettings::default()) };
    section.only(&["stale_s", "columns", "group", "trend", "commands_per_s", "presence"])?;
    if !link.is_fleet() {
        return Err(section.error(section.offset(), words::fleet_without_devices()));
    }
    let Link::Mqtt(mqtt) = link else { return Ok(FleetSettings::default()) };
    let filters = mqtt.filters();
    let field = |name: &str| {
        let level = filters.iter().any(|filter| filter.named().any(|(_, level)| level == name));
        if level { Ok(()) } else { names.field(name) }
    };
    let one = |key: &str| {
        let name = section.text(key)?;
        let known = name.as_deref().filter(|name| key != "group" || *name != "state").map_or(Ok(()), field);
        known.map_err(|reason| section.error_at(key, reason))?;
        Ok(name)
    };
    let usual = FleetSettings::default();
    let columns = section.checked_texts("columns", field)?.unwrap_or_default();
    if columns.len() > MOST_COLUMNS {
        return Err(section.error_at("columns", words::too_many_columns(MOST_COLUMNS)));
    }
    Ok(FleetSettings {
        stale_s: section.whole("stale_s", 1, 31_536_000)?.unwrap_or(usual.stale_s),
        columns,
        group: one("group")?,
        trend: one("trend")?,
        commands_per_s: section.whole("commands_per_s", 1, 1000)?.unwrap_or(usual.commands_per_s),
        presence: section.section("presence")?.map(|section| presence(&section)).transpose()?,
    })
}

fn presence(section: &Section<'_>) -> Result<Presence, ProfileError> {
    section.only(&["topic", "online", "offline"])?;
    let topic = section.required_text("topic")?;
    let filter = Filter::parse(&topic).map_err(|reason| section.error_at("topic", reason))?;
    if !filter.names_device() {
        return Err(section.error_at("topic", mistakes::no_device(&topic)));
    }
    let online = section.text("online")?.unwrap_or_else(|| "online".to_owned());
    let offline = section.text("offline")?.unwrap_or_else(|| "offline".to_owned());
    if online == offline {
        return Err(section.error_at("offline", words::presence_same()));
    }
    Ok(Presence { topic, online, offline })
}
