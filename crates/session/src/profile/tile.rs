//! `[dashboard]` and `[[tile]]`: what people see who only watch.

mod write;

use super::command::{Arg, Command};
use super::names::Names;
use super::read::{Section, number};
use super::{ProfileError, suggest};
use crate::words::profile::with_hint;
use crate::words::script::no_command;
use crate::words::tile as words;
use toml::de::DeValue;

pub use write::{kept, with_kept, with_tiles};

/// Columns of the grid.
pub const COLUMNS: u16 = 12;
/// Rows a tile may stand down from the top in a profile.
const MAX_ROW: u16 = 1000;
/// Rows a tile may be high.
pub const MAX_HIGH: u16 = 12;
/// Tiles of a dashboard at most.
const MOST: usize = 60;
/// Series of one plot tile at most.
const MAX_SERIES: usize = 8;

/// The dashboard of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Dashboard {
    /// Its heading; empty for the session's name.
    pub title: String,
    /// Seconds without a new reading after which a tile says so.
    pub stale_s: u32,
    /// The tiles, as they stand in the profile.
    pub tiles: Vec<Tile>,
}

impl Default for Dashboard {
    fn default() -> Self {
        Dashboard { title: String::new(), stale_s: 5, tiles: Vec::new() }
    }
}

/// What a tile shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileKind {
    /// A reading in large figures, with its trend where there is room.
    Number,
    /// A reading on a scale, with the band it is allowed in.
    Gauge,
    /// A reading as the length of a bar.
    Bar,
    /// On or off.
    Lamp,
    /// Readings over time.
    Plot,
    /// Positions on a graticule.
    Map,
    /// The last lines of the terminal.
    Log,
    /// Sends a command of the profile.
    Button,
}

impl TileKind {
    /// Every kind with its word in a profile.
    pub const ALL: [(&'static str, TileKind); 8] = [
        ("number", TileKind::Number),
        ("gauge", TileKind::Gauge),
        ("bar", TileKind::Bar),
        ("lamp", TileKind::Lamp),
        ("plot", TileKind::Plot),
        ("map", TileKind::Map),
        ("log", TileKind::Log),
        ("button", TileKind::Button),
    ];

    /// Its word in a profile.
    #[must_use]
    pub fn word(self) -> &'static str {
        TileKind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// How many columns and rows it takes where nothing is said.
    #[must_use]
    pub fn size(self) -> (u16, u16) {
        match self {
            TileKind::Number | TileKind::Lamp | TileKind::Button => (3, 2),
            TileKind::Gauge | TileKind::Bar => (3, 3),
            TileKind::Plot => (6, 3),
            TileKind::Map => (4, 5),
            TileKind::Log => (6, 3),
        }
    }

    /// How many columns and rows it needs at least: with fewer its reading would be cut, and what is cut reads as another
    /// number.
    #[must_use]
    pub fn least(self) -> (u16, u16) {
        match self {
            TileKind::Number | TileKind::Lamp | TileKind::Button => (2, 2),
            TileKind::Gauge | TileKind::Bar => (2, 3),
            TileKind::Plot | TileKind::Log => (3, 2),
            TileKind::Map => (3, 4),
        }
    }

    /// The keys it has beside `kind`, `label` and `at`.
    fn keys(self) -> &'static [&'static str] {
        match self {
            TileKind::Number => &["field", "band", "span_s"],
            TileKind::Gauge => &["field", "min", "max", "band", "span_s"],
            TileKind::Bar => &["field", "min", "max", "band"],
            TileKind::Lamp => &["field", "on", "band"],
            TileKind::Plot => &["field", "fields", "min", "max", "band", "span_s"],
            TileKind::Map => &["latitude", "longitude", "span_s"],
            TileKind::Log => &[],
            TileKind::Button => &["command"],
        }
    }
}

/// A place on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The first column, from 0.
    pub x: u16,
    /// The first row, from 0.
    pub y: u16,
    /// Columns.
    pub wide: u16,
    /// Rows.
    pub high: u16,
}

impl Area {
    /// Whether two areas have a cell in common.
    #[must_use]
    pub fn meets(self, other: Area) -> bool {
        let apart = |from: u16, len: u16, other: u16, other_len: u16| {
            from.saturating_add(len) <= other || other.saturating_add(other_len) <= from
        };
        !apart(self.x, self.wide, other.x, other.wide) && !apart(self.y, self.high, other.y, other.high)
    }
}

/// A tile of the dashboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// What it shows.
    pub kind: TileKind,
    /// Its heading.
    pub label: String,
    /// The fields it shows, by `message.field` or by the field's name alone: one, or for a plot some, or for a map
    /// latitude and longitude in degrees (WGS 84).
    pub fields: Vec<String>,
    /// The scale's lower end.
    pub min: Option<f64>,
    /// The scale's upper end.
    pub max: Option<f64>,
    /// The band in which the reading is as it should be; an end may be infinite.
    pub band: Option<(f64, f64)>,
    /// Seconds of the past shown.
    pub span_s: u32,
    /// Words that light a lamp; without any, true and numbers other than 0.
    pub on: Vec<String>,
    /// The command that a button sends; empty for other kinds.
    pub command: String,
    /// Where it stands; where nothing is said, in the first gap that takes it.
    pub area: Option<Area>,
}

/// Seconds of the past shown where nothing is said.
const SPAN_S: u32 = 60;

impl Tile {
    /// A tile of that kind with nothing said but its fields.
    #[must_use]
    pub fn new(kind: TileKind, label: String, fields: Vec<String>) -> Tile {
        Tile {
            kind,
            label,
            fields,
            min: None,
            max: None,
            band: None,
            span_s: SPAN_S,
            on: Vec::new(),
            command: String::new(),
            area: None,
        }
    }

    /// Columns and rows: as said, or as its kind has them.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.area.map_or(self.kind.size(), |area| (area.wide, area.high))
    }
}

/// Whether a command can be sent by a button: each of its arguments has a value without asking.
#[must_use]
pub fn sendable(command: &Command) -> bool {
    command.args.iter().all(has_value)
}

fn has_value(arg: &Arg) -> bool {
    arg.default.is_some()
}

pub(super) fn read(root: &Section<'_>, names: &Names, commands: &[Command]) -> Result<Dashboard, ProfileError> {
    let mut dashboard = Dashboard::default();
    if let Some(section) = root.section("dashboard")? {
        section.only(&["title", "stale_s"])?;
        dashboard.title = section.text("title")?.unwrap_or_default();
        dashboard.stale_s = section.whole("stale_s", 1, 86_400)?.unwrap_or(dashboard.stale_s);
    }
    for section in root.sections("tile")? {
        if dashboard.tiles.len() >= MOST {
            return Err(section.error(section.offset(), words::too_many(MOST)));
        }
        let tile = tile(&section, names, commands)?;
        let below = |other: &&Tile| tile.area.zip(other.area).is_some_and(|(area, other)| area.meets(other));
        if let Some(other) = dashboard.tiles.iter().find(below) {
            let reason = words::lies_on(&other.label);
            return Err(section.error_at("at", reason));
        }
        dashboard.tiles.push(tile);
    }
    Ok(dashboard)
}

fn tile(section: &Section<'_>, names: &Names, commands: &[Command]) -> Result<Tile, ProfileError> {
    let Some(kind) = section.choice("kind", &TileKind::ALL)? else {
        let all: Vec<&str> = TileKind::ALL.iter().map(|(word, _)| *word).collect();
        let reason = words::kind(&all.join(", "));
        return Err(section.error(section.offset(), reason));
    };
    let known: Vec<&str> = ["kind", "label", "at"].iter().chain(kind.keys()).copied().collect();
    section.only(&known)?;
    let mut tile = Tile::new(kind, String::new(), fields(section, kind, names)?);
    (tile.min, tile.max) = (section.number("min")?, section.number("max")?);
    if matches!(kind, TileKind::Gauge | TileKind::Bar) && tile.min.is_none() | tile.max.is_none() {
        let reason = words::scale(kind.word());
        return Err(section.error_at("field", reason));
    }
    if let (Some(min), Some(max)) = (tile.min, tile.max)
        && min >= max
    {
        return Err(section.error_at("min", words::min_not_below_max(min, max)));
    }
    tile.band = band(section)?;
    tile.span_s = section.whole("span_s", 1, 31_536_000)?.unwrap_or(SPAN_S);
    tile.on = section.texts("on")?.unwrap_or_default();
    if kind == TileKind::Button {
        tile.command = command(section, commands)?;
    }
    tile.area = area(section)?;
    tile.label = match section.text("label")? {
        Some(label) => label,
        None => first_label(&tile),
    };
    Ok(tile)
}

fn fields(section: &Section<'_>, kind: TileKind, names: &Names) -> Result<Vec<String>, ProfileError> {
    let one = |key: &str| {
        let name = section.required_text(key)?;
        names.field(&name).map_err(|reason| section.error_at(key, reason))?;
        Ok(name)
    };
    match kind {
        TileKind::Log | TileKind::Button => Ok(Vec::new()),
        TileKind::Map => Ok(vec![one("latitude")?, one("longitude")?]),
        TileKind::Plot => match section.checked_texts("fields", |name| names.field(name))? {
            None => Ok(vec![one("field")?]),
            Some(_) if section.raw("field").is_some() => Err(section.error_at("field", words::field_or_fields())),
            Some(fields) if (1..=MAX_SERIES).contains(&fields.len()) => Ok(fields),
            Some(_) => Err(section.error_at("fields", words::fields(MAX_SERIES))),
        },
        _ => Ok(vec![one("field")?]),
    }
}

/// What a tile is called where its profile does not say.
fn first_label(tile: &Tile) -> String {
    let field = |name: &String| name.rsplit_once('.').map_or(name.as_str(), |(_, field)| field).to_owned();
    match tile.kind {
        TileKind::Log => "Log".into(),
        TileKind::Map => "Position".into(),
        TileKind::Button => tile.command.clone(),
        _ => tile.fields.iter().map(field).collect::<Vec<_>>().join(", "),
    }
}

/// `band = [lo, hi]`; `-inf` and `inf` leave an end open.
fn band(section: &Section<'_>) -> Result<Option<(f64, f64)>, ProfileError> {
    let Some(value) = section.raw("band") else { return Ok(None) };
    let wrong = || section.error_at("band", words::band());
    let DeValue::Array(items) = value else { return Err(wrong()) };
    let numbers: Vec<f64> = items.iter().filter_map(|item| number(item.get_ref())).collect();
    match *numbers.as_slice() {
        [low, high] if items.len() == 2 && low < high => Ok(Some((low, high))),
        _ => Err(wrong()),
    }
}

/// `at = [column, row, columns, rows]`.
fn area(section: &Section<'_>) -> Result<Option<Area>, ProfileError> {
    let Some(value) = section.raw("at") else { return Ok(None) };
    let wrong = || section.error_at("at", words::at(COLUMNS.into(), MAX_HIGH.into()));
    let DeValue::Array(items) = value else { return Err(wrong()) };
    let whole = |value: &DeValue<'_>| match value {
        DeValue::Integer(integer) => u16::from_str_radix(integer.as_str(), integer.radix()).ok(),
        _ => None,
    };
    let numbers: Option<Vec<u16>> = items.iter().map(|item| whole(item.get_ref())).collect();
    match numbers.as_deref() {
        Some(&[x, y, wide, high])
            if wide >= 1 && x.saturating_add(wide) <= COLUMNS && (1..=MAX_HIGH).contains(&high) && y <= MAX_ROW =>
        {
            Ok(Some(Area { x, y, wide, high }))
        }
        _ => Err(wrong()),
    }
}

fn command(section: &Section<'_>, commands: &[Command]) -> Result<String, ProfileError> {
    let name = section.required_text("command")?;
    let Some(command) = commands.iter().find(|command| command.name == name) else {
        let names: Vec<&str> = commands.iter().map(|command| command.name.as_str()).collect();
        let hint = suggest::among(&name, &names);
        return Err(section.error_at("command", with_hint(&no_command(&name), &hint)));
    };
    if let Some(arg) = command.args.iter().find(|arg| !has_value(arg)) {
        let reason = words::asks(&arg.name, &name);
        return Err(section.error_at("command", reason));
    }
    Ok(name)
}
