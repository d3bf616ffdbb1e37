//! The datasets of a project: values of a frame, and what they are shown as.

use super::{MESSAGE, MOST, list, number, text};
use crate::import::pair;
use crate::words::{Said, import as words};
use serde_json::Value;
use std::fmt::Write as _;

/// Tiles made, at most: a map may be one more, and a profile has 60.
const TILES: usize = 59;

/// One value of a frame.
pub(super) struct Dataset {
    pub(super) index: usize,
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) graph: bool,
    shown: Shown,
    /// Shown as a lamp too, lit in these ranges; where there are none, when it is not 0.
    lamp: Option<Vec<(f64, f64)>>,
}

/// What a dataset is shown as on a dashboard.
enum Shown {
    No,
    /// A gauge or a bar with its scale, and where the alarm is, if anywhere.
    Scale(&'static str, f64, f64, Option<(f64, f64)>),
    /// A number with the band that it is to be in.
    Number((f64, f64)),
    /// The latitude or the longitude of a map.
    Latitude,
    Longitude,
}

/// When a reading is in alarm.
enum Alarm {
    Never,
    /// Outside of these two.
    Outside(f64, f64),
    /// In ranges that leave more than one between them.
    Within(Vec<(f64, f64)>),
}

/// The datasets in the order of the frame, by names of which no two are the same. Where a frame is kept as `bytes`, nothing of
/// them but their number is of use.
pub(super) fn datasets(project: &Value, source: &Value, bytes: bool, left: &mut Vec<Said>) -> Vec<Dataset> {
    let id = |value: &Value| value.get("sourceId").and_then(Value::as_u64).unwrap_or(0);
    let mut all: Vec<Dataset> = Vec::new();
    for group in list(project, "groups") {
        let of = text(group, "title").unwrap_or_default();
        if id(group) != id(source) {
            left.push(words::other_source(of));
            continue;
        }
        let plain = |widget: &&str| !matches!(*widget, "" | "datagrid" | "multiplot" | "map");
        if let Some(widget) = text(group, "widget").filter(|widget| !bytes && plain(widget)) {
            left.push(words::group(of, widget));
        }
        for dataset in list(group, "datasets") {
            let index = dataset.get("index").and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
            let index = index.unwrap_or_else(|| all.len().saturating_add(1));
            if index == 0 || index > MOST || all.len() >= MOST {
                left.push(words::place(of, index, MOST));
                continue;
            }
            let mut title = text(dataset, "title").unwrap_or_default().trim().to_owned();
            if title.is_empty() {
                title = format!("c{index}");
            }
            let shown = shown(group, dataset);
            let graph = dataset.get("graph").and_then(Value::as_bool).unwrap_or(false);
            // One value may stand in several groups, to be shown in several ways.
            if let Some(again) = all.iter_mut().find(|other| other.index == index && other.title == title) {
                again.graph |= graph;
                again.lamp = again.lamp.take().or_else(|| lamp(dataset, &title));
                if matches!(again.shown, Shown::No) {
                    again.shown = shown;
                }
                continue;
            }
            if all.iter().any(|other| other.title == title) {
                title = format!("{of} {title} {index}");
            }
            if all.iter().any(|other| other.index == index) {
                left.push(words::same_place(&title, index));
                continue;
            }
            let lamp = lamp(dataset, &title);
            if !bytes {
                limits(dataset, &title, &shown, lamp.is_some(), left);
            }
            let unit = unit(text(dataset, "units").unwrap_or_default());
            all.push(Dataset { index, title, unit, graph, shown, lamp });
        }
    }
    if bytes && !all.is_empty() {
        left.push(words::datasets(all.len()));
    }
    all.sort_by_key(|dataset| dataset.index);
    all
}

/// A scale under the first pair of keys that has one.
fn scale(dataset: &Value, keys: &[(&str, &str)]) -> Option<(f64, f64)> {
    let pairs = keys.iter().filter_map(|(low, high)| number(dataset, low).zip(number(dataset, high)));
    pairs.into_iter().find(|(low, high)| low < high)
}

/// The ranges of a list of them that are at least so severe (0 and 1 say that all is well, 2 and 3 are alarms).
fn bands(dataset: &Value, severity: u64) -> Vec<(f64, f64)> {
    let severe = |band: &&Value| band.get("severity").and_then(Value::as_u64).unwrap_or(2) >= severity;
    let ranges = list(dataset, "alarmBands").iter().filter(severe).take(MOST);
    let ranges = ranges.filter_map(|band| number(band, "min").zip(number(band, "max")));
    let mut ranges: Vec<(f64, f64)> = ranges.filter(|(low, high)| low < high).collect();
    ranges.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    ranges
}

/// The scale of its widget, else of its plot.
const SCALES: &[(&str, &str)] = &[("widgetMin", "widgetMax"), ("min", "max"), ("plotMin", "plotMax")];

/// Where a reading is in alarm: above one number (releases up to 3.1), outside of two (3.3), or within some ranges (4).
fn alarm(dataset: &Value) -> Alarm {
    let (least, most) = scale(dataset, SCALES).unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
    if dataset.get("alarmBands").is_some() {
        let ranges = bands(dataset, 2);
        let (mut fine, mut from) = (Vec::new(), least);
        for (low, high) in &ranges {
            if *low > from {
                fine.push((from, *low));
            }
            from = from.max(*high);
        }
        if from < most {
            fine.push((from, most));
        }
        // Beyond the scale nothing is an alarm unless it is one up to its end.
        return match (ranges.is_empty(), fine.as_slice()) {
            (true, _) => Alarm::Never,
            (false, [(low, high)]) => Alarm::Outside(
                if *low > least { *low } else { f64::NEG_INFINITY },
                if *high < most { *high } else { f64::INFINITY },
            ),
            (false, _) => Alarm::Within(ranges),
        };
    }
    if dataset.get("alarmEnabled").and_then(Value::as_bool) == Some(true) {
        let within = |key: &str| number(dataset, key).filter(|limit| (least..=most).contains(limit));
        let low = within("alarmLow").filter(|low| *low > least);
        let high = within("alarmHigh").or_else(|| within("alarm")).filter(|high| *high < most);
        return match (low, high) {
            (None, None) => Alarm::Never,
            (low, high) => Alarm::Outside(low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY)),
        };
    }
    match number(dataset, "alarm").filter(|alarm| alarm.abs() > 0.0) {
        Some(above) if dataset.get("alarmEnabled").is_none() => Alarm::Outside(f64::NEG_INFINITY, above),
        _ => Alarm::Never,
    }
}

fn shown(group: &Value, dataset: &Value) -> Shown {
    let widget = text(dataset, "widget").unwrap_or_default();
    let kinds = [("gauge", "gauge"), ("meter", "gauge"), ("compass", "gauge"), ("bar", "bar")];
    let kind = kinds.into_iter().find(|(of, _)| *of == widget).map(|(_, kind)| kind);
    let band = match alarm(dataset) {
        Alarm::Outside(low, high) if low < high => Some((low, high)),
        _ => None,
    };
    let led = dataset.get("led").and_then(Value::as_bool) == Some(true);
    match (kind, scale(dataset, SCALES), band) {
        (Some(kind), Some((low, high)), band) => Shown::Scale(kind, low, high, band),
        _ if text(group, "widget") == Some("map") && widget == "lat" => Shown::Latitude,
        _ if text(group, "widget") == Some("map") && widget == "lon" => Shown::Longitude,
        (_, _, Some(band)) if !led => Shown::Number(band),
        _ => Shown::No,
    }
}

/// Where a dataset that is shown as a lamp is lit: in its ranges (release 4), else from a number on. `None` for one that is
/// not shown so, or whose name cannot stand in an expression.
fn lamp(dataset: &Value, title: &str) -> Option<Vec<(f64, f64)>> {
    if dataset.get("led").and_then(Value::as_bool) != Some(true) || title.contains('`') {
        return None;
    }
    let ranges = bands(dataset, 0);
    let from = number(dataset, "ledHigh").map(|from| (from, f64::INFINITY));
    Some(if ranges.is_empty() { from.into_iter().collect() } else { ranges })
}

/// When lamps are lit, as derived fields.
pub(super) fn derived(datasets: &[Dataset]) -> String {
    let mut toml = String::new();
    let lamps = datasets.iter().filter_map(|dataset| Some((dataset, dataset.lamp.as_ref()?)));
    for (dataset, ranges) in lamps.filter(|(_, ranges)| !ranges.is_empty()).take(TILES) {
        let name = &dataset.title;
        let lit = ranges.iter().map(|(low, high)| match high.is_infinite() {
            true => format!("`{name}` >= {low:?}"),
            false => format!("`{name}` >= {low:?} && `{name}` <= {high:?}"),
        });
        let lit = lit.collect::<Vec<_>>().join(" || ");
        let (message, name, expression) = (pair("message", MESSAGE), pair("name", name), pair("expression", &lit));
        let _ = write!(toml, "\n[[derived]]\n{message}{name}{expression}");
    }
    toml
}

/// What is shown as a gauge, as a bar, as a lamp or on a map, or has an alarm, becomes a tile of the dashboard.
pub(super) fn tiles(datasets: &[Dataset], left: &mut Vec<Said>) -> String {
    let mut toml = String::new();
    let field = |dataset: &Dataset| format!("{MESSAGE}.{}", dataset.title);
    let of = |wanted: fn(&Shown) -> bool| datasets.iter().find(|dataset| wanted(&dataset.shown));
    let (latitude, longitude) =
        (of(|shown| matches!(shown, Shown::Latitude)), of(|shown| matches!(shown, Shown::Longitude)));
    if let (Some(latitude), Some(longitude)) = (latitude, longitude) {
        let (latitude, longitude) = (pair("latitude", &field(latitude)), pair("longitude", &field(longitude)));
        let _ = write!(toml, "\n[[tile]]\nkind = \"map\"\n{latitude}{longitude}");
    }
    let mut tiles: Vec<String> = Vec::new();
    let band = |(low, high): (f64, f64)| format!("band = [{low:?}, {high:?}]\n");
    for dataset in datasets {
        let tile = |kind: &str, field: &str, more: &str| {
            let (kind, label, field) = (pair("kind", kind), pair("label", &dataset.title), pair("field", field));
            format!("\n[[tile]]\n{kind}{label}{field}{more}")
        };
        match dataset.shown {
            Shown::Scale(kind, low, high, alarm) => {
                let more = format!("min = {low:?}\nmax = {high:?}\n{}", alarm.map(band).unwrap_or_default());
                tiles.push(tile(kind, &field(dataset), &more));
            }
            Shown::Number(fine) => tiles.push(tile("number", &field(dataset), &band(fine))),
            Shown::No | Shown::Latitude | Shown::Longitude => {}
        }
        match &dataset.lamp {
            Some(ranges) if ranges.is_empty() => tiles.push(tile("lamp", &field(dataset), "")),
            Some(_) => {
                let of = format!("{}.{}", crate::derive::message(MESSAGE), dataset.title);
                tiles.push(tile("lamp", &of, ""));
            }
            None => {}
        }
    }
    if tiles.len() > TILES {
        left.push(words::tiles(tiles.len() - TILES));
    }
    tiles.truncate(TILES);
    toml + &tiles.concat()
}

/// What a profile has no place for.
fn limits(dataset: &Value, title: &str, shown: &Shown, lamp: bool, left: &mut Vec<Said>) {
    if matches!(shown, Shown::No | Shown::Number(_))
        && let Some((min, max)) = scale(dataset, &[("min", "max"), ("plotMin", "plotMax"), ("widgetMin", "widgetMax")])
    {
        left.push(words::range(title, min, max));
    }
    let ranges = match alarm(dataset) {
        Alarm::Within(ranges) => ranges,
        Alarm::Outside(low, high) if low >= high => vec![(low, high)],
        Alarm::Never | Alarm::Outside(..) => Vec::new(),
    };
    if !ranges.is_empty() && !lamp {
        let ranges: Vec<String> = ranges.iter().map(|(low, high)| format!("{low}–{high}")).collect();
        left.push(words::alarms(title, &ranges.join(", ")));
    }
    let looks =
        |band: &Value| ["color", "label"].iter().any(|key| text(band, key).is_some_and(|said| !said.is_empty()));
    if list(dataset, "alarmBands").iter().any(looks) {
        left.push(words::band_looks(title));
    }
    if dataset.get("led").and_then(Value::as_bool) == Some(true) && !lamp {
        left.push(words::lamp(title));
    }
    if ["fft", "waterfall"].iter().any(|key| dataset.get(*key).and_then(Value::as_bool) == Some(true)) {
        left.push(words::spectrum(title));
    }
    if ["transformCode", "code"].iter().any(|key| text(dataset, key).is_some_and(|code| !code.is_empty())) {
        left.push(words::computed(title));
    }
}

/// A unit as UCUM has it, where it is one of those that are written otherwise.
fn unit(unit: &str) -> String {
    let known = [
        ("\u{2103}", "Cel"),
        ("\u{b0}C", "Cel"),
        ("\u{b0}F", "[degF]"),
        ("\u{b0}", "deg"),
        ("\u{b0}/s", "deg/s"),
        ("Volts", "V"),
        ("volts", "V"),
        ("m/s\u{b2}", "m/s2"),
        ("m/s^2", "m/s2"),
        ("g", "[g]"),
        ("RPM", "{r}/min"),
        ("rpm", "{r}/min"),
        ("\u{3a9}", "Ohm"),
        ("ppm", "[ppm]"),
    ];
    let unit = unit.trim();
    known.iter().find(|(other, _)| *other == unit).map_or(unit, |(_, ucum)| ucum).to_owned()
}
