//! Which rows the table has, and in which order: plain data, free of the browser.

use super::super::plot::fields::{label, superseded};
use crate::view::format;
use crate::words::device;
use session::query::{FieldId, Message, Reading};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Fields shown at most: a device that makes up names must not stall the page.
pub const SHOWN: usize = 500;

/// What rows are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The field's name.
    Name,
    /// Its latest value: numbers by size, then texts.
    Value,
    /// Samples per second of its message.
    Rate,
    /// How long ago it came.
    Age,
}

/// The order of the rows: by a key, upwards or downwards, or as the device has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// What by; `None` for the device's own order.
    pub key: Option<Key>,
    /// The largest first.
    pub down: bool,
}

impl Order {
    /// After that heading was pressed: upwards, downwards, as the device has them.
    #[must_use]
    pub fn pressed(self, key: Key) -> Order {
        match self {
            Order { key: Some(known), down: false } if known == key => Order { key: Some(key), down: true },
            Order { key: Some(known), down: true } if known == key => Order::default(),
            _ => Order { key: Some(key), down: false },
        }
    }

    /// The value of `aria-sort` at that heading.
    #[must_use]
    pub fn aria(self, key: Key) -> &'static str {
        match self {
            Order { key: Some(known), down } if known == key => {
                if down {
                    "descending"
                } else {
                    "ascending"
                }
            }
            _ => "none",
        }
    }
}

/// What the user wishes to see.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// In which order.
    pub order: Order,
    /// Only what has this in its name, its message or its unit.
    pub filter: String,
    /// Not under their messages.
    pub flat: bool,
    /// Rows that come first, by [`pin_name`].
    pub pins: BTreeSet<String>,
}

const KEYS: [(Key, &str); 4] = [(Key::Name, "name"), (Key::Value, "value"), (Key::Rate, "rate"), (Key::Age, "age")];

impl Wish {
    /// How it is sorted and grouped, in words that outlast a visit.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let key = KEYS.iter().find(|(key, _)| Some(*key) == self.order.key).map(|(_, word)| *word);
        let words = [key, self.order.down.then_some("down"), self.flat.then_some("flat")];
        words.into_iter().flatten().map(str::to_owned).collect()
    }

    /// Sorted and grouped as those words say.
    #[must_use]
    pub fn of_words(words: &[String]) -> Wish {
        let has = |wanted: &str| words.iter().any(|word| word == wanted);
        let key = KEYS.iter().find(|(_, word)| has(word)).map(|(key, _)| *key);
        Wish { order: Order { key, down: has("down") }, flat: has("flat"), ..Wish::default() }
    }
}

/// Rows that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Heading {
    /// Those that were pinned.
    Pinned,
    /// Those of a message, by its table.
    Message(u16),
    /// All others, where they do not stand under their messages.
    All,
}

/// A group of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they have in common.
    pub heading: Heading,
    /// The message's name, where it is one's.
    pub name: String,
    /// The rows.
    pub lines: Vec<Line>,
}

/// A row as it is made: what does not change with its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// The field.
    pub id: FieldId,
    /// Its message's name, where it does not stand under it.
    pub of: String,
    /// Its name.
    pub name: String,
    /// Whether it can be plotted.
    pub numeric: bool,
}

/// The name under which a row is pinned, by its message's own name: it outlives tables and their numbers.
#[must_use]
pub fn pin_name(schema: &str, field: &str) -> String {
    format!("{schema}.{field}")
}

/// The groups and rows for these readings.
#[must_use]
pub fn arrange(messages: &[Message], wish: &Wish, zone_seconds: i64) -> Vec<Group> {
    let (old, current): (Vec<usize>, Vec<usize>) = (0..messages.len()).partition(|at| superseded(messages, *at));
    let called = |message: &Message| {
        let index = messages.iter().position(|other| other.table == message.table);
        index.map_or_else(String::new, |index| label(messages, index, zone_seconds))
    };
    let mut room = SHOWN;
    let needle = wish.filter.trim().to_lowercase();
    let (mut pinned, mut groups) = (Vec::new(), Vec::new());
    // What belongs to a profile that was replaced comes last.
    for message in current.into_iter().chain(old).filter_map(|at| messages.get(at)) {
        let shown = message.fields.iter().filter(|reading| matches(message, reading, &needle)).take(room);
        let (first, rest): (Vec<_>, Vec<_>) = shown
            .map(|reading| (message, reading))
            .partition(|(_, reading)| wish.pins.contains(&pin_name(&message.schema, &reading.name)));
        room -= first.len() + rest.len();
        pinned.extend(first);
        groups.push((message, rest));
    }
    groups.retain(|(_, rows)| !rows.is_empty());
    if wish.flat {
        let rows: Vec<_> = groups.drain(..).flat_map(|(_, rows)| rows).collect();
        return named(pinned, wish.order, Heading::Pinned, called)
            .into_iter()
            .chain(named(rows, wish.order, Heading::All, called))
            .collect();
    }
    // A group stands where its first row would.
    if matches!(wish.order.key, Some(Key::Rate | Key::Age)) {
        groups.sort_by(|a, b| {
            first(wish.order, &a.1)
                .zip(first(wish.order, &b.1))
                .map_or(Ordering::Equal, |(a, b)| compare(wish.order, a, b))
        });
    }
    let mut out: Vec<Group> = named(pinned, wish.order, Heading::Pinned, called).into_iter().collect();
    for (message, mut rows) in groups {
        rows.sort_by(|a, b| compare(wish.order, *a, *b));
        let lines = rows.into_iter().map(|row| line(row, String::new())).collect();
        out.push(Group { heading: Heading::Message(message.table), name: called(message), lines });
    }
    out
}

/// The row that stands before the others.
fn first<'a>(order: Order, rows: &[Row<'a>]) -> Option<Row<'a>> {
    rows.iter().copied().min_by(|a, b| compare(order, *a, *b))
}

type Row<'a> = (&'a Message, &'a Reading);

/// Rows of several messages: each says whose it is.
fn named(mut rows: Vec<Row<'_>>, order: Order, heading: Heading, called: impl Fn(&Message) -> String) -> Option<Group> {
    rows.sort_by(|a, b| compare(order, *a, *b));
    let lines: Vec<Line> = rows.into_iter().map(|row| line(row, called(row.0))).collect();
    (!lines.is_empty()).then(|| Group { heading, name: String::new(), lines })
}

fn line((message, reading): Row<'_>, of: String) -> Line {
    Line {
        id: FieldId { table: message.table, field: reading.field },
        of,
        name: reading.name.clone(),
        numeric: reading.numeric,
    }
}

fn matches(message: &Message, reading: &Reading, needle: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(needle);
    needle.is_empty()
        || has(&reading.name)
        || has(&message.schema)
        || has(&format::unit(&reading.unit))
        || has(&device::word(&reading.name))
        || has(&device::message(&message.schema))
}

fn compare(order: Order, a: Row<'_>, b: Row<'_>) -> Ordering {
    let ordering = match order.key {
        None => Ordering::Equal,
        Some(Key::Name) => a.1.name.to_lowercase().cmp(&b.1.name.to_lowercase()),
        Some(Key::Rate) => {
            let rate = |row: Row<'_>| row.1.rate.unwrap_or(row.0.rate);
            rate(a).total_cmp(&rate(b))
        }
        Some(Key::Age) => b.1.time_nanos.cmp(&a.1.time_nanos),
        Some(Key::Value) => match (format::number(&a.1.value), format::number(&b.1.value)) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => format::cell(&a.1.value).cmp(&format::cell(&b.1.value)),
        },
    };
    if order.down { ordering.reverse() } else { ordering }
}

/// The new arrangement with the rows in their places of before, while someone is among them: what is new comes last.
#[must_use]
pub fn steady(before: &[Group], mut now: Vec<Group>) -> Vec<Group> {
    let place = |heading: Heading| before.iter().position(|group| group.heading == heading).unwrap_or(usize::MAX);
    now.sort_by_key(|group| place(group.heading));
    for group in &mut now {
        let Some(known) = before.iter().find(|known| known.heading == group.heading) else { continue };
        let place = |line: &Line| known.lines.iter().position(|other| other.id == line.id).unwrap_or(usize::MAX);
        group.lines.sort_by_key(place);
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::plot::fields::message;
    use session::query::Cell;

    fn names(groups: &[Group]) -> Vec<String> {
        let of = |group: &Group| {
            let lines: Vec<_> = group.lines.iter().map(|line| line.name.as_str()).collect();
            format!("{}: {}", if group.name.is_empty() { "-" } else { &group.name }, lines.join(" "))
        };
        groups.iter().map(of).collect()
    }

    fn drive() -> Vec<Message> {
        let mut messages = vec![message(0, "drive", &["speed", "Duty", "torque"]), message(1, "thermal", &["board"])];
        for (reading, value) in messages[0].fields.iter_mut().zip([1800.0, -4.0, 0.5]) {
            reading.value = Cell::F64(value);
        }
        messages[0].rate = 1000.0;
        messages[1].rate = 10.0;
        messages[1].fields[0].time_nanos = 9;
        messages
    }

    #[test]
    fn an_order_is_read_as_it_was_kept() {
        for key in [None, Some(Key::Name), Some(Key::Value), Some(Key::Rate), Some(Key::Age)] {
            let wish = Wish { order: Order { key, down: key.is_some() }, flat: key.is_none(), ..Wish::default() };
            assert_eq!(Wish::of_words(&wish.words()), wish);
        }
        assert!(Wish::default().words().is_empty(), "what is as it is by itself need not be kept");
        assert_eq!(Wish::of_words(&["of another release".to_owned()]), Wish::default());
    }

    #[test]
    fn a_device_that_makes_up_names_gets_so_many_rows_and_no_more() {
        let many = |table, count| {
            let names: Vec<String> = (0..count).map(|field| format!("f{field}")).collect();
            message(table, &format!("m{table}"), &names.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let groups = arrange(&[many(0, 300), many(1, 4000), many(2, 5)], &Wish::default(), 0);
        let counts: Vec<_> = groups.iter().map(|group| (group.heading, group.lines.len())).collect();
        assert_eq!(counts, [(Heading::Message(0), 300), (Heading::Message(1), 200)]);
    }

    #[test]
    fn rows_are_sorted_under_their_messages_or_together() {
        let by = |key, down, flat| {
            let order = Order { key: Some(key), down };
            names(&arrange(&drive(), &Wish { order, flat, ..Wish::default() }, 0))
        };
        assert_eq!(by(Key::Name, false, false), ["drive: Duty speed torque", "thermal: board"]);
        assert_eq!(by(Key::Value, true, false), ["drive: speed torque Duty", "thermal: board"]);
        assert_eq!(by(Key::Rate, false, false), ["thermal: board", "drive: speed Duty torque"]);
        assert_eq!(by(Key::Age, false, false), ["thermal: board", "drive: speed Duty torque"]);
        assert_eq!(by(Key::Name, false, true), ["-: board Duty speed torque"]);
    }

    #[test]
    fn a_heading_sorts_upwards_then_downwards_then_not_at_all() {
        let mut order = Order::default();
        let mut press = |key| {
            order = order.pressed(key);
            (order.aria(Key::Name), order.aria(Key::Age))
        };
        assert_eq!([press(Key::Name), press(Key::Name)], [("ascending", "none"), ("descending", "none")]);
        assert_eq!([press(Key::Name), press(Key::Name)], [("none", "none"), ("ascending", "none")]);
        assert_eq!(press(Key::Age), ("none", "ascending"));
    }

    #[test]
    fn a_filter_looks_at_names_messages_and_units_and_pinned_rows_come_first() {
        let mut messages = drive();
        messages[1].fields[0].unit = "Cel".into();
        let with = |filter: &str, pins: &[&str]| {
            let pins = pins.iter().map(|pin| (*pin).to_owned()).collect();
            names(&arrange(&messages, &Wish { filter: filter.into(), pins, ..Wish::default() }, 0))
        };
        assert_eq!(with("TOR", &[]), ["drive: torque"]);
        assert_eq!(with("therm", &[]), ["thermal: board"]);
        assert_eq!(with("°c", &[]), ["thermal: board"]);
        assert_eq!(with("nothing", &[]), [""; 0]);
        assert_eq!(with("", &["thermal.board", "drive.torque"]), ["-: torque board", "drive: speed Duty"]);
    }

    #[test]
    fn f20_a_pin_outlives_the_table_its_field_stood_in() {
        let messages = [message(0, "drive", &["speed"]), message(1, "drive#2", &["speed"])];
        let wish = Wish { pins: [pin_name("drive", "speed")].into(), ..Wish::default() };
        let groups = arrange(&messages, &wish, 0);
        assert_eq!(groups[0].lines.iter().map(|line| line.id.table).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn rows_keep_their_places_while_someone_is_among_them() {
        let order = Order { key: Some(Key::Value), down: false };
        let wish = Wish { order, ..Wish::default() };
        let before = arrange(&drive(), &wish, 0);
        let mut messages = drive();
        messages[0].fields[1].value = Cell::F64(9e9);
        messages.push(message(2, "log", &["n"]));
        let moved = arrange(&messages, &wish, 0);
        assert_eq!(names(&moved), ["drive: torque speed Duty", "thermal: board", "log: n"]);
        assert_eq!(names(&steady(&before, moved)), ["drive: Duty torque speed", "thermal: board", "log: n"]);
    }
}
