//! Which fields can be plotted, what they are called, and which a profile wishes.

use crate::view::format;
use crate::words::plot as words;
use session::query::{FieldId, Message};
use std::collections::HashMap;

/// A field that can be plotted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plottable {
    /// The field.
    pub id: FieldId,
    /// Its name; with the message's in front where that is needed to tell it apart.
    pub name: String,
    /// Its unit, as UCUM text.
    pub unit: String,
}

/// The numeric fields of all messages. A name that another message has too, or that belongs to a profile that was
/// replaced, stands behind its message's; the latter with the time of its last sample.
#[must_use]
pub fn plottable(messages: &[Message], zone_seconds: i64) -> Vec<Plottable> {
    let numeric = |message: &'_ Message| message.fields.iter().filter(|reading| reading.numeric).count();
    let old: Vec<bool> = (0..messages.len()).map(|index| superseded(messages, index)).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (message, _) in messages.iter().zip(&old).filter(|(_, old)| !**old) {
        for reading in message.fields.iter().filter(|reading| reading.numeric) {
            *times.entry(&reading.name).or_default() += 1;
        }
    }
    let mut fields = Vec::with_capacity(messages.iter().map(numeric).sum());
    for (message, old) in messages.iter().zip(&old) {
        for reading in message.fields.iter().filter(|reading| reading.numeric) {
            let alone = !old && times.get(reading.name.as_str()) == Some(&1);
            fields.push(Plottable {
                id: FieldId { table: message.table, field: reading.field },
                name: if alone {
                    reading.name.clone()
                } else {
                    dated(&format!("{}.{}", message.schema, reading.name), message, *old, zone_seconds)
                },
                unit: reading.unit.clone(),
            });
        }
    }
    fields
}

/// What a message is called: by its own name; where another profile or program has taken its place, with the time of its
/// last sample.
#[must_use]
pub fn label(messages: &[Message], index: usize, zone_seconds: i64) -> String {
    let Some(message) = messages.get(index) else { return String::new() };
    dated(&message.schema, message, superseded(messages, index), zone_seconds)
}

fn dated(name: &str, message: &Message, old: bool, zone_seconds: i64) -> String {
    match message.fields.iter().map(|reading| reading.time_nanos).max().filter(|_| old) {
        Some(last) => words::until(name, &format::clock(last, zone_seconds, 0)),
        None => name.to_owned(),
    }
}

/// The name of a field that lasts longer than its number: "message.field", without what tells later schemas apart.
#[must_use]
pub fn name(messages: &[Message], id: FieldId) -> Option<String> {
    let message = messages.iter().find(|message| message.table == id.table)?;
    let reading = message.fields.iter().find(|reading| reading.field == id.field)?;
    Some(format!("{}.{}", message.schema, reading.name))
}

/// Whether a message at an index is of a profile that was replaced: what it says now is another table's, or nobody's.
#[must_use]
pub fn superseded(messages: &[Message], index: usize) -> bool {
    let Some((message, later)) = messages.get(index..).and_then(<[_]>::split_first) else { return false };
    message.ended || later.iter().any(|later| later.schema == message.schema)
}

/// Fields plotted where nobody has chosen.
const PLOTTED: usize = 8;

/// The fields a profile wants plotted, or the first eight: "message.field" or "field". Of messages of one name the newest
/// counts.
#[must_use]
pub fn first_choice(messages: &[Message], wanted: &[String]) -> Vec<FieldId> {
    let of = |name: &String| {
        messages.iter().rev().find_map(|message| {
            let rest = name.strip_prefix(message.schema.as_str()).and_then(|rest| rest.strip_prefix('.'));
            let find = |name: &str| message.fields.iter().find(|reading| reading.numeric && reading.name == name);
            let reading = rest.and_then(find).or_else(|| find(name))?;
            Some(FieldId { table: message.table, field: reading.field })
        })
    };
    if messages.iter().any(|message| message.topic) && !wanted.is_empty() {
        return wanted.iter().flat_map(|name| of_topics(messages, name)).take(PLOTTED).collect();
    }
    if wanted.is_empty() {
        let current = messages.iter().enumerate().filter(|(index, _)| !superseded(messages, *index));
        let tables: Vec<u16> = current.map(|(_, message)| message.table).collect();
        let fields = plottable(messages, 0).into_iter().map(|field| field.id);
        fields.filter(|id| tables.contains(&id.table) && !unplotted(messages, *id)).take(PLOTTED).collect()
    } else {
        wanted.iter().filter_map(of).collect()
    }
}

/// Whether a field is not plotted by itself: it tells the time, or the device says so.
#[must_use]
pub fn unplotted(messages: &[Message], id: FieldId) -> bool {
    let readings = messages.iter().filter(|message| message.table == id.table).flat_map(|message| &message.fields);
    readings.into_iter().any(|reading| reading.field == id.field && reading.unplotted)
}

/// The fields of that name of every topic: a profile says what is plotted of each.
fn of_topics<'m>(messages: &'m [Message], name: &'m str) -> impl Iterator<Item = FieldId> + 'm {
    let of = move |(at, message): (usize, &'m Message)| {
        let last = message.schema.rsplit('/').next().unwrap_or_default();
        let full =
            [message.schema.as_str(), last].into_iter().find_map(|schema| name.strip_prefix(schema)?.strip_prefix('.'));
        let find = |name: &str| message.fields.iter().find(|reading| reading.numeric && reading.name == name);
        let reading = full.and_then(find).or_else(|| find(name)).filter(|_| !superseded(messages, at))?;
        Some(FieldId { table: message.table, field: reading.field })
    };
    messages.iter().enumerate().filter_map(of)
}

/// A message with numeric fields of these names, for tests.
#[cfg(test)]
pub(crate) fn message(table: u16, name: &str, fields: &[&str]) -> Message {
    let reading = |(field, name): (usize, &&str)| session::query::Reading {
        field: field as u16,
        name: (*name).to_owned(),
        unit: String::new(),
        value: session::query::Cell::Null,
        min: None,
        max: None,
        time_nanos: 0,
        numeric: true,
        decimals: 0,
        rate: None,
        unplotted: false,
    };
    let fields = fields.iter().enumerate().map(reading).collect();
    let schema = name.split('#').next().unwrap_or_default().to_owned();
    Message {
        table,
        name: name.to_owned(),
        schema,
        rate: 0.0,
        count: 0,
        fields,
        topic: false,
        retained: false,
        ended: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_each_topic_is_plotted() {
        let of_topic = |table, name: &str| Message { topic: true, ..message(table, name, &["temp", "hum"]) };
        let messages = [of_topic(0, "kitchen"), of_topic(1, "attic"), of_topic(2, "7/raw/power")];
        let ids = |wanted: &str| {
            let ids = first_choice(&messages, &[wanted.to_owned()]);
            ids.iter().map(|id| (id.table, id.field)).collect::<Vec<_>>()
        };
        assert_eq!(ids("hum"), [(0, 1), (1, 1), (2, 1)]);
        assert_eq!(ids("attic.temp"), [(1, 0)]);
        assert_eq!(ids("power.temp"), [(2, 0)]);
    }

    #[test]
    fn f20_the_plot_shows_what_the_profile_in_force_decodes() {
        let messages =
            [message(0, "drive", &["speed", "torque"]), message(1, "log", &["n"]), message(2, "drive#2", &["soll"])];
        let ids = |wanted: &[&str]| {
            let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
            first_choice(&messages, &wanted).iter().map(|id| (id.table, id.field)).collect::<Vec<_>>()
        };
        assert_eq!(ids(&["drive.soll", "n"]), [(2, 0), (1, 0)]);
        assert_eq!(ids(&[]), [(1, 0), (2, 0)], "without a wish, what is current");
        assert!(superseded(&messages, 0) && !superseded(&messages, 1) && !superseded(&messages, 2));
        let called: Vec<_> = plottable(&messages, 0).into_iter().map(|field| field.name).collect();
        assert_eq!(called, ["drive.speed until 00:00:00", "drive.torque until 00:00:00", "n", "soll"]);
        assert_eq!([0, 1, 2].map(|at| label(&messages, at, 3600)), ["drive until 01:00:00", "log", "drive"]);
        let ended = Message { ended: true, ..message(0, "text", &["n"]) };
        assert!(superseded(&[ended, message(1, "pairs", &["n"])], 0), "of another protocol");
        // A device may number its messages itself.
        let own = |table, name: &str| Message { schema: name.to_owned(), ..message(table, name, &["on"]) };
        assert!(!superseded(&[own(0, "relay"), own(1, "relay#2")], 0));
    }
}
