//! What a tile says of its field: the reading, whether it is as it should be, how old it is. Plain data, free of the
//! browser.

use super::super::plot::fields::superseded;
use crate::view::format::{self, Like};
use crate::words::dashboard as words;
use raster::Ends;
use session::profile::{Tile, TileKind};
use session::query::{Cell, FieldId, Message, Reading};

/// The moment, and what counts as old.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// Nanoseconds since the Unix epoch.
    pub nanos: i64,
    /// Seconds east of UTC.
    pub zone_seconds: i64,
    /// Nanoseconds without a reading after which it is old.
    pub stale_nanos: i64,
}

/// How it is with a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Condition {
    /// Nothing came yet.
    #[default]
    Waiting,
    /// As it should be, or nobody said how it should be.
    Fine,
    /// Below the band.
    Low,
    /// Above the band.
    High,
    /// Old.
    Stale,
    /// Not a number, or infinite: neither well nor ill.
    NoNumber,
    /// Beyond its scale, where no band says more.
    Beyond,
    /// A number that none of the device's words is for.
    Unknown,
}

/// What a tile says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Its reading.
    pub value: String,
    /// The reading's unit.
    pub unit: String,
    /// How it is with it.
    pub condition: Condition,
    /// The word of the condition, where it is not fine.
    pub flag: String,
    /// One sentence below.
    pub note: String,
    /// How old the reading is.
    pub age: String,
    /// Where on the scale, from 0 to 1.
    pub at: Option<f64>,
    /// Whether a lamp is lit.
    pub lit: bool,
    /// Whether the reading is a word and no number.
    pub word: bool,
    /// Whether anybody said how it should be.
    pub judged: bool,
}

/// A field that a tile names, "message.field" or "field": of messages of one name the newest.
#[must_use]
pub fn field<'a>(messages: &'a [Message], name: &str) -> Option<(&'a Message, &'a Reading)> {
    messages.iter().rev().find_map(|message| {
        let rest = name.strip_prefix(message.schema.as_str()).and_then(|rest| rest.strip_prefix('.'));
        let find = |name: &str| message.fields.iter().find(|reading| reading.name == name);
        Some((message, rest.and_then(find).or_else(|| find(name))?))
    })
}

/// The number of a field that a tile names.
#[must_use]
pub fn field_id(messages: &[Message], name: &str) -> Option<FieldId> {
    field(messages, name).map(|(message, reading)| FieldId { table: message.table, field: reading.field })
}

/// The names of the fields there are now, each as a tile would name it.
#[must_use]
pub fn names(messages: &[Message]) -> Vec<String> {
    names_where(messages, |_| true)
}

/// The same of the fields that are numbers.
#[must_use]
pub fn numbers(messages: &[Message]) -> Vec<String> {
    names_where(messages, |reading| reading.numeric)
}

fn names_where(messages: &[Message], wanted: impl Fn(&Reading) -> bool) -> Vec<String> {
    let current = messages.iter().enumerate().filter(|(index, _)| !superseded(messages, *index));
    let of = |message: &Message| {
        let base = &message.schema;
        let fields = message.fields.iter().filter(|reading| wanted(reading));
        fields.map(|reading| format!("{base}.{}", reading.name)).collect::<Vec<_>>()
    };
    current.flat_map(|(_, message)| of(message)).collect()
}

impl Look {
    /// What a tile says of its first field.
    #[must_use]
    pub fn of(tile: &Tile, messages: &[Message], now: Now) -> Look {
        let found = tile.fields.first().and_then(|name| field(messages, name));
        let Some((_, reading)) = found.filter(|(_, reading)| reading.value != Cell::Null) else {
            return Look { value: "–".into(), note: words::not_yet().into(), ..Look::default() };
        };
        let like = Like::of(reading);
        let unit = format::unit(&reading.unit);
        let any_number = format::number(&reading.value);
        let number = any_number.filter(|number| number.is_finite());
        let no_number = any_number.is_some() && number.is_none();
        let nanos = now.nanos.saturating_sub(reading.time_nanos);
        let said =
            |value: f64| with_unit(&like.map_or_else(|| format::reading(value), |like| like.reading(value)), &unit);
        let lit = lit(tile, &reading.value);
        let mut look = Look {
            value: match (&reading.value, tile.kind) {
                (Cell::Bool(_), TileKind::Lamp) => if lit { words::on() } else { words::off() }.to_owned(),
                (cell, _) => format::cell_in_words(cell, like),
            },
            condition: match &reading.value {
                _ if no_number => Condition::NoNumber,
                Cell::Text(text) if unknown(text) => Condition::Unknown,
                _ => condition(tile, number),
            },
            judged: tile.band.is_some() && number.is_some(),
            age: if nanos < 2_000_000_000 { words::now().to_owned() } else { format::duration(nanos) },
            at: tile.min.zip(tile.max).zip(number).map(|((min, max), value)| fraction(value, min, max)),
            unit: unit.clone(),
            lit,
            word: any_number.is_none() || matches!(reading.value, Cell::Bool(_)),
            ..Look::default()
        };
        look.note = tile.band.filter(|_| !no_number).map(|band| band_words(band, said)).unwrap_or_default();
        let scaled = matches!(tile.kind, TileKind::Gauge | TileKind::Bar) && look.condition == Condition::Fine;
        if let Some(((min, max), value)) = tile.min.zip(tile.max).zip(number)
            && scaled
            && !(min..=max).contains(&value)
        {
            look.note = words::beyond_scale(&format::reading(min), &format::reading(max));
            if tile.band.is_none() {
                look.condition = Condition::Beyond;
            }
        }
        look.flag = match look.condition {
            Condition::Low => words::too_low().into(),
            Condition::High => words::too_high().into(),
            Condition::NoNumber => words::no_number().into(),
            _ => String::new(),
        };
        if nanos > now.stale_nanos {
            look.condition = Condition::Stale;
            look.flag = words::no_data_for(&format::duration(nanos));
            look.note = words::last_word(&format::clock(reading.time_nanos, now.zone_seconds, 0));
        }
        look
    }

    /// Whether it is not as it should be.
    #[must_use]
    pub fn alarm(&self) -> bool {
        matches!(self.condition, Condition::Low | Condition::High)
    }
}

/// A reading with its unit, if it has one.
#[must_use]
pub fn with_unit(value: &str, unit: &str) -> String {
    if unit.is_empty() { value.to_owned() } else { format!("{value}\u{a0}{unit}") }
}

/// Where a value is between two ends, from 0 to 1.
#[must_use]
pub fn fraction(value: f64, min: f64, max: f64) -> f64 {
    if max > min { Ends::new(min, max).part(value).clamp(0.0, 1.0) } else { 0.5 }
}

fn condition(tile: &Tile, number: Option<f64>) -> Condition {
    match tile.band.zip(number) {
        Some(((low, _), value)) if value < low => Condition::Low,
        Some(((_, high), value)) if value > high => Condition::High,
        _ => Condition::Fine,
    }
}

/// The band in words.
#[must_use]
pub fn band_words((low, high): (f64, f64), said: impl Fn(f64) -> String) -> String {
    match (low.is_finite(), high.is_finite()) {
        (true, true) => words::between(&said(low), &said(high)),
        (true, false) => words::above(&said(low)),
        (false, true) => words::below(&said(high)),
        (false, false) => String::new(),
    }
}

/// Whether a text is what stands for a number that an enumeration has no word for.
fn unknown(text: &str) -> bool {
    text.strip_prefix("unknown (").is_some_and(|rest| rest.ends_with(')'))
}

fn lit(tile: &Tile, cell: &Cell) -> bool {
    match cell {
        _ if !tile.on.is_empty() => tile.on.contains(&plain(cell)),
        Cell::Text(_) | Cell::Bytes(_) | Cell::Null => false,
        other => format::number(other).is_some_and(|number| number != 0.0 && number.is_finite()),
    }
}

/// A cell as it would be written in a profile.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::I64(number) => number.to_string(),
        Cell::U64(number) => number.to_string(),
        Cell::F32(number) => number.to_string(),
        Cell::F64(number) => number.to_string(),
        other => format::cell(other),
    }
}

/// What is to be said of all tiles at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The alarms: each a sentence without its reading, and what the reading is.
    pub alarms: Vec<(String, String)>,
    /// The rest in a sentence or two.
    pub rest: String,
}

/// The words as they stand within a sentence.
fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// Sums up what tiles with a reading say.
#[must_use]
pub fn summary(looks: &[(String, Look)]) -> Summary {
    let count = |of: fn(&Look) -> bool| looks.iter().filter(|(_, look)| of(look)).count();
    let fine = count(|look| look.condition == Condition::Fine && look.judged);
    let free = count(|look| look.condition == Condition::Fine && !look.judged);
    let any = looks.iter().any(|(_, look)| look.judged);
    let alarms = looks.iter().filter(|(_, look)| look.alarm()).map(|(label, look)| {
        let what = match look.condition {
            Condition::Low => words::is_too_low(label),
            _ => words::is_too_high(label),
        };
        (what, words::reading_and_band(&with_unit(&look.value, &look.unit), &lower_first(&look.note)))
    });
    let alarms: Vec<_> = alarms.collect();
    let silent: Vec<&str> = looks
        .iter()
        .filter(|(_, look)| matches!(look.condition, Condition::Stale | Condition::Waiting))
        .map(|(label, _)| label.as_str())
        .collect();
    let mut rest = match (fine, alarms.is_empty()) {
        (0, _) => String::new(),
        (fine, true) if fine == looks.len() => words::all_fine(fine),
        (fine, true) => words::some_fine(fine),
        (fine, false) => words::others_fine(fine),
    };
    let mut add = |sentence: String| {
        let space = if rest.is_empty() { "" } else { " " };
        rest = format!("{rest}{space}{sentence}");
    };
    if free > 0 {
        add(if any { words::more_without_limits(free) } else { words::no_limits(free) });
    }
    for (label, look) in looks {
        match look.condition {
            Condition::NoNumber => add(words::is_no_number(label)),
            Condition::Beyond => add(words::is_beyond(label)),
            Condition::Unknown => add(words::is_unknown(label, &look.value)),
            _ => {}
        }
    }
    if !silent.is_empty() {
        add(words::not_sending(&silent));
    }
    Summary { alarms, rest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::plot::fields::message;

    const SECOND: i64 = 1_000_000_000;
    const NOW: Now = Now { nanos: 100 * SECOND, zone_seconds: 0, stale_nanos: 5 * SECOND };

    fn drive(value: f64, at: i64) -> Vec<Message> {
        let mut messages = vec![message(0, "drive", &["speed"]), message(1, "status", &["state"])];
        let reading = &mut messages[0].fields[0];
        (reading.value, reading.time_nanos, reading.unit) = (Cell::F64(value), at * SECOND, "{rpm}".into());
        (reading.min, reading.max, reading.decimals) = (Some(0.0), Some(2500.0), 1);
        let reading = &mut messages[1].fields[0];
        (reading.value, reading.time_nanos) = (Cell::Text("running".into()), at * SECOND);
        messages
    }

    fn gauge() -> Tile {
        let mut tile = Tile::new(TileKind::Gauge, "Speed".into(), vec!["drive.speed".into()]);
        (tile.min, tile.max, tile.band) = (Some(0.0), Some(3000.0), Some((500.0, 2000.0)));
        tile
    }

    #[test]
    fn a_reading_out_of_its_band_is_said_in_words() {
        let look = |value| Look::of(&gauge(), &drive(value, 100), NOW);
        assert_eq!(look(1500.0).condition, Condition::Fine);
        assert_eq!((look(1500.0).value.as_str(), look(1500.0).unit.as_str()), ("1500.0", "r/min"));
        assert_eq!(look(1500.0).note, "Between 500.0\u{a0}r/min and 2000.0\u{a0}r/min");
        assert_eq!(look(1500.0).at, Some(0.5));
        assert_eq!((look(400.0).condition, look(400.0).flag.as_str()), (Condition::Low, "Too low"));
        assert_eq!((look(2400.5).condition, look(2400.5).flag.as_str()), (Condition::High, "Too high"));
        assert_eq!(look(9e9).at, Some(1.0), "the mark stays on the scale");
    }

    #[test]
    fn what_is_no_number_is_neither_well_nor_on_the_scale() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let look = Look::of(&gauge(), &drive(value, 100), NOW);
            assert_eq!((look.condition.clone(), look.flag.as_str()), (Condition::NoNumber, "No number"));
            assert_eq!((look.at, look.note.as_str(), look.alarm()), (None, "", false));
            let fine = Look::of(&gauge(), &drive(1500.0, 100), NOW);
            let summary = summary(&[("Power".to_owned(), fine), ("Speed".to_owned(), look)]);
            assert_eq!(summary.rest, "One reading is as it should be. Speed is no number.");
        }
    }

    #[test]
    fn a_bar_without_a_band_says_that_its_reading_is_beyond_its_scale() {
        let mut tile = gauge();
        (tile.kind, tile.max, tile.band) = (TileKind::Bar, Some(10.0), None);
        assert_eq!(Look::of(&tile, &drive(65.0, 100), NOW).note, "Beyond its scale, 0 to 10");
        assert_eq!(Look::of(&tile, &drive(10.0, 100), NOW).note, "");
        let look = ("Speed".to_owned(), Look::of(&tile, &drive(65.0, 100), NOW));
        assert_eq!(summary(&[look]).rest, "Speed is beyond its scale.");
    }

    #[test]
    fn only_what_somebody_set_limits_to_is_as_it_should_be() {
        let (mut messages, free) =
            (drive(1500.0, 100), Tile::new(TileKind::Number, String::new(), vec!["speed".into()]));
        let state = Tile::new(TileKind::Lamp, String::new(), vec!["state".into()]);
        let said = |messages: &[Message], tiles: &[&Tile]| {
            let looks = tiles.iter().map(|tile| ("State".to_owned(), Look::of(tile, messages, NOW)));
            summary(&looks.collect::<Vec<_>>()).rest
        };
        assert_eq!(said(&messages, &[&free, &state]), "2 readings, no limits set.");
        assert_eq!(said(&messages, &[&gauge(), &gauge()]), "All 2 readings are as they should be.");
        assert_eq!(said(&messages, &[&gauge(), &free]), "One reading is as it should be. One more has no limits set.");
        messages[1].fields[0].value = Cell::Text("unknown (7)".into());
        assert_eq!(said(&messages, &[&gauge(), &state]), "One reading is as it should be. State is unknown (7).");
    }

    #[test]
    fn an_old_reading_says_since_when_and_a_missing_one_that_it_is_missing() {
        let look = Look::of(&gauge(), &drive(1500.0, 78), NOW);
        assert_eq!(look.condition, Condition::Stale);
        assert_eq!(look.flag, "No data for 22 s");
        assert_eq!(look.note, "This was its last word, at 00:01:18. It may have changed.");
        let look = Look::of(&gauge(), &[], NOW);
        assert_eq!((look.condition, look.value.as_str()), (Condition::Waiting, "–"));
    }

    #[test]
    fn a_lamp_is_lit_by_its_words_or_by_what_is_not_nothing() {
        let mut tile = Tile::new(TileKind::Lamp, "State".into(), vec!["status.state".into()]);
        assert!(!Look::of(&tile, &drive(0.0, 100), NOW).lit);
        tile.on = vec!["running".into()];
        assert!(Look::of(&tile, &drive(0.0, 100), NOW).lit);
        tile.fields = vec!["speed".into()];
        tile.on.clear();
        assert!(Look::of(&tile, &drive(1.0, 100), NOW).lit && !Look::of(&tile, &drive(0.0, 100), NOW).lit);
    }

    #[test]
    fn the_summary_names_what_is_wrong_and_what_is_silent() {
        let looks = |value, at| vec![("Speed".to_owned(), Look::of(&gauge(), &drive(value, at), NOW))];
        assert_eq!(summary(&looks(1500.0, 100)).rest, "The one reading is as it should be.");
        let high = summary(&looks(2400.0, 100));
        assert_eq!(high.alarms[0].0, "Speed is too high.");
        let said = high.alarms[0].1.replace('\u{a0}', " ");
        assert_eq!(said, "It is 2400.0 r/min; it should be between 500.0 r/min and 2000.0 r/min.");
        assert_eq!(summary(&looks(1500.0, 78)).rest, "Speed is not sending.");
    }

    #[test]
    fn f20_a_tile_follows_its_field_to_another_table() {
        let mut messages = drive(1500.0, 78);
        messages.push(message(2, "drive#2", &["speed"]));
        assert_eq!(field_id(&messages, "drive.speed"), Some(FieldId { table: 2, field: 0 }));
        assert_eq!(names(&messages), ["status.state", "drive.speed"]);
    }
}
