//! Projects of Serial Studio. Their form is that of its own files, of its releases 1 to 4 (`app/src/JSON` and
//! `app/src/DataModel` of github.com/Serial-Studio/Serial-Studio, `examples/`): a JSON object with delimiters, a program that parses a frame, groups of
//! datasets, and actions. Programs are not run: of them, the separator is taken where it is plain.

use super::{Imported, pair};
use crate::profile::edit::quoted;
use crate::words::{Language, Said, import as words};
use serde_json::Value;
use std::fmt::Write as _;

/// The message that the datasets become.
const MESSAGE: &str = "frame";

/// Series in the plot, at most.
const PLOTTED: usize = 8;

/// Datasets that are taken over, and the highest place of one in a frame.
const MOST: usize = 1024;

/// Tiles made, at most: a map may be one more, and a profile has 60.
const TILES: usize = 59;

/// Whether a document is such a project.
pub(super) fn is_project(project: &Value) -> bool {
    let has = |key: &str| project.get(key).is_some();
    has("groups") && (has("frameEnd") || has("frameParser") || has("sources"))
}

/// One value of a frame.
struct Dataset {
    index: usize,
    title: String,
    unit: String,
    graph: bool,
    shown: Shown,
}

/// What a dataset is shown as on a dashboard.
enum Shown {
    No,
    /// A gauge or a bar with its scale, and where the alarm is, if anywhere.
    Scale(&'static str, f64, f64, Option<(f64, f64)>),
    /// The latitude or the longitude of a map.
    Latitude,
    Longitude,
}

/// What a frame is cut by, and how it is read.
struct Frame {
    framing: String,
    /// What stands between two values; `None` for bytes.
    separator: Option<String>,
}

pub(super) fn import(project: &Value, language: Language) -> Result<Imported, Said> {
    let mut left = Vec::new();
    let sources = project.get("sources").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let source = sources.first().unwrap_or(project);
    if sources.len() > 1 {
        left.push(words::sources(sources.len().saturating_sub(1)));
    }
    let datasets = datasets(project, source, &mut left);
    if datasets.is_empty() {
        return Err(words::no_dataset());
    }
    let frame = frame(source, project, &mut left);
    let mut toml = String::new();
    let unnamed = words::project_name();
    let title = text(project, "title").filter(|title| !title.is_empty());
    toml += &pair("name", title.unwrap_or(unnamed.say(language)));
    toml += &pair("about", words::project_about().say(language));
    toml += "\n[link]\n";
    toml += &link(source, &mut left);
    toml += "\n[protocol]\n";
    toml += &protocol(&frame, &datasets);
    let unit = |dataset: &&Dataset| frame.separator.is_some() && !dataset.unit.is_empty();
    for dataset in datasets.iter().filter(unit) {
        let name = format!("{MESSAGE}.{}", dataset.title);
        let _ = write!(toml, "\n[[fields]]\n{}{}", pair("name", &name), pair("unit", &dataset.unit));
    }
    toml += &commands(project, &mut left);
    let plotted = datasets.iter().filter(|dataset| dataset.graph).take(PLOTTED);
    let plotted: Vec<String> = plotted.map(|dataset| quoted(&format!("{MESSAGE}.{}", dataset.title))).collect();
    if !plotted.is_empty() && frame.separator.is_some() {
        let _ = write!(toml, "\n[layout]\nplot = [{}]\n", plotted.join(", "));
    }
    if frame.separator.is_some() {
        toml += &tiles(&datasets);
    }
    others(project, &mut left);
    Ok(Imported { profile: toml, from: words::serial_studio(), left, named: title.is_some() })
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn number(value: &Value, key: &str) -> Option<f64> {
    value.get(key).and_then(Value::as_f64)
}

/// The datasets in the order of the frame, by names of which no two are the same.
fn datasets(project: &Value, source: &Value, left: &mut Vec<Said>) -> Vec<Dataset> {
    let id = |value: &Value| value.get("sourceId").and_then(Value::as_u64).unwrap_or(0);
    let mut all: Vec<Dataset> = Vec::new();
    for group in list(project, "groups") {
        let of = text(group, "title").unwrap_or_default();
        if id(group) != id(source) {
            left.push(words::other_source(of));
            continue;
        }
        let plain = |widget: &&str| !matches!(*widget, "" | "datagrid" | "multiplot" | "map");
        if let Some(widget) = text(group, "widget").filter(plain) {
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
            if all.iter().any(|other| other.title == title) {
                title = format!("{of} {title} {index}");
            }
            if all.iter().any(|other| other.index == index) {
                left.push(words::same_place(&title, index));
                continue;
            }
            let shown = shown(group, dataset);
            limits(dataset, &title, &shown, left);
            let unit = unit(text(dataset, "units").unwrap_or_default());
            let graph = dataset.get("graph").and_then(Value::as_bool).unwrap_or(false);
            all.push(Dataset { index, title, unit, graph, shown });
        }
    }
    all.sort_by_key(|dataset| dataset.index);
    all
}

/// A scale under the first pair of keys that has one.
fn scale(dataset: &Value, keys: &[(&str, &str)]) -> Option<(f64, f64)> {
    let pairs = keys.iter().filter_map(|(low, high)| number(dataset, low).zip(number(dataset, high)));
    pairs.into_iter().find(|(low, high)| low < high)
}

/// Where a reading is in alarm: above one number (releases up to 3.1), or outside of two.
fn alarm(dataset: &Value) -> Option<(f64, f64)> {
    if dataset.get("alarmEnabled").and_then(Value::as_bool) == Some(true) {
        return scale(dataset, &[("alarmLow", "alarmHigh")]);
    }
    let above = number(dataset, "alarm").filter(|alarm| alarm.abs() > 0.0);
    above.map(|above| (f64::NEG_INFINITY, above))
}

fn shown(group: &Value, dataset: &Value) -> Shown {
    let widget = text(dataset, "widget").unwrap_or_default();
    let kind = ["gauge", "bar"].into_iter().find(|kind| *kind == widget);
    match (kind, scale(dataset, &[("widgetMin", "widgetMax"), ("min", "max")])) {
        (Some(kind), Some((low, high))) => Shown::Scale(kind, low, high, alarm(dataset)),
        _ if text(group, "widget") == Some("map") => match widget {
            "lat" => Shown::Latitude,
            "lon" => Shown::Longitude,
            _ => Shown::No,
        },
        _ => Shown::No,
    }
}

/// What is shown as a gauge, as a bar or on a map becomes a tile of the dashboard.
fn tiles(datasets: &[Dataset]) -> String {
    let mut toml = String::new();
    let field = |dataset: &Dataset| format!("{MESSAGE}.{}", dataset.title);
    let of = |wanted: fn(&Shown) -> bool| datasets.iter().find(|dataset| wanted(&dataset.shown));
    let (latitude, longitude) =
        (of(|shown| matches!(shown, Shown::Latitude)), of(|shown| matches!(shown, Shown::Longitude)));
    if let (Some(latitude), Some(longitude)) = (latitude, longitude) {
        let (latitude, longitude) = (pair("latitude", &field(latitude)), pair("longitude", &field(longitude)));
        let _ = write!(toml, "\n[[tile]]\nkind = \"map\"\n{latitude}{longitude}");
    }
    let scales = datasets.iter().filter_map(|dataset| match dataset.shown {
        Shown::Scale(kind, low, high, alarm) => Some((dataset, kind, low, high, alarm)),
        _ => None,
    });
    for (dataset, kind, low, high, alarm) in scales.take(TILES) {
        let _ = write!(toml, "\n[[tile]]\n{}{}", pair("kind", kind), pair("label", &dataset.title));
        let _ = write!(toml, "{}min = {low:?}\nmax = {high:?}\n", pair("field", &field(dataset)));
        if let Some((low, high)) = alarm {
            let _ = writeln!(toml, "band = [{low:?}, {high:?}]");
        }
    }
    toml
}

/// What a profile has no place for.
fn limits(dataset: &Value, title: &str, shown: &Shown, left: &mut Vec<Said>) {
    if !matches!(shown, Shown::Scale(..)) {
        if let Some((min, max)) = scale(dataset, &[("min", "max"), ("plotMin", "plotMax"), ("widgetMin", "widgetMax")])
        {
            left.push(words::range(title, min, max));
        }
        match alarm(dataset) {
            Some((low, above)) if low.is_infinite() => left.push(words::alarm(title, above)),
            Some((low, high)) => left.push(words::alarms(title, low, high)),
            None => {}
        }
    }
    if dataset.get("led").and_then(Value::as_bool) == Some(true) {
        left.push(words::lamp(title));
    }
    if dataset.get("fft").and_then(Value::as_bool) == Some(true) {
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

/// How frames are found (`frameDetection`: 0 by their end, 1 by start and end, 2 not at all, 3 by their start) and read.
fn frame(source: &Value, project: &Value, left: &mut Vec<Said>) -> Frame {
    let hex = source.get("hexadecimalDelimiters").and_then(Value::as_bool).unwrap_or(false);
    let delimiter = |key: &str| text(source, key).map(|word| delimiter(word, hex)).unwrap_or_default();
    let (start, end) = (delimiter("frameStart"), delimiter("frameEnd"));
    let detection = source.get("frameDetection").and_then(Value::as_u64).unwrap_or(1);
    let framing = match (detection, start.is_empty(), end.is_empty()) {
        (0 | 1, true, false) | (0, false, false) => format!("framing = \"lines\"\n{}", pair("delimiter", &end)),
        (1, false, false) => format!("framing = \"sync\"\n{}{}", pair("sync", &start), pair("end", &end)),
        (1 | 3, false, _) => format!("framing = \"sync\"\n{}", pair("sync", &start)),
        _ => {
            left.push(words::no_delimiter());
            "framing = \"gap\"\n".to_owned()
        }
    };
    let check = text(source, "checksumAlgorithm").or_else(|| text(source, "checksum")).unwrap_or_default();
    if !check.is_empty() {
        left.push(words::check(check));
    }
    let decoder = ["decoder", "decoderMethod"].iter().find_map(|key| source.get(*key).and_then(Value::as_u64));
    if decoder.unwrap_or(0) != 0 {
        left.push(words::decoder());
        return Frame { framing, separator: None };
    }
    let separator = separator(source, left).or_else(|| separator(project, left));
    let separator = separator.unwrap_or_else(|| ",".to_owned());
    Frame { framing, separator: Some(separator) }
}

/// A delimiter with its escapes, or as hex.
fn delimiter(word: &str, hex: bool) -> String {
    let digits: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    if hex
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        && digits.len().is_multiple_of(2)
    {
        return format!("0x{}", digits.to_lowercase());
    }
    word.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t").replace('\0', "\\0")
}

/// What the parser splits a frame by, where that is all it does or can be told.
fn separator(source: &Value, left: &mut Vec<Said>) -> Option<String> {
    if text(source, "frameParserTemplate") == Some("delimited") {
        let params = source.get("frameParserParams")?;
        return text(params, "separator").filter(|word| !word.is_empty()).map(|word| delimiter(word, false));
    }
    // Up to release 3.0 the separator has a place of its own, and the program is given it.
    let own = text(source, "separator").filter(|word| !word.is_empty());
    let code = text(source, "frameParserCode").or_else(|| text(source, "frameParser")).filter(|code| !code.is_empty());
    let Some(code) = code else { return own.map(|word| delimiter(word, false)) };
    let code = without_comments(code);
    let squeezed: String = code.split_whitespace().collect::<Vec<_>>().concat();
    if let Some(own) = own
        && squeezed.contains(".split(separator)")
    {
        let plain = "functionparse(frame,separator){returnframe.split(separator)";
        if squeezed.trim_end_matches(['}', ';']) != plain {
            left.push(words::separator(own));
        }
        return Some(delimiter(own, false));
    }
    let inside = squeezed.split_once(".split(").map(|(_, rest)| rest);
    let quoted = inside.and_then(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        rest.get(1..)?.split_once(quote)
    });
    let Some((found, after)) = quoted.filter(|(word, _)| !word.is_empty()) else {
        left.push(words::commas());
        return Some(",".to_owned());
    };
    let plain = squeezed.starts_with("functionparse(frame") && squeezed.contains("{returnframe.split(");
    if !plain || !after.trim_end_matches('}').trim_end_matches(';').ends_with(')') {
        left.push(words::separator(found));
    }
    Some(found.to_owned())
}

fn without_comments(code: &str) -> String {
    let mut plain = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    plain.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The port's speed where the project says it. What else it connects to is no place that a browser reaches.
fn link(source: &Value, left: &mut Vec<Said>) -> String {
    if source.get("busType").and_then(Value::as_u64).is_some_and(|bus| bus != 0) {
        left.push(words::no_serial_port());
    }
    let settings = ["connection", "connectionSettings"].iter().find_map(|key| source.get(*key));
    let baud = settings.and_then(|settings| settings.get("baudRate")).and_then(Value::as_u64);
    let baud = baud.filter(|baud| (1..=u64::from(u32::MAX)).contains(baud));
    if baud.is_none() {
        left.push(words::project_speed());
    }
    format!("kind = \"serial\"\nbaud = {}\n", baud.unwrap_or(115_200))
}

fn protocol(frame: &Frame, datasets: &[Dataset]) -> String {
    let Some(separator) = &frame.separator else {
        return format!(
            "name = \"layout\"\n{}\n[[protocol.messages]]\nname = \"{MESSAGE}\"\nfields = [{{ name = \"bytes\", type = \"bytes\" }}]\n",
            frame.framing
        );
    };
    let last = datasets.last().map_or(0, |dataset| dataset.index);
    let name = |index: usize| {
        let known = datasets.iter().find(|dataset| dataset.index == index);
        quoted(&known.map_or_else(|| format!("c{index}"), |dataset| dataset.title.clone()))
    };
    let names: Vec<String> = (1..=last).map(name).collect();
    format!(
        "name = \"csv\"\n{}{}message = \"{MESSAGE}\"\nnames = [{}]\n",
        frame.framing,
        pair("separator", separator),
        names.join(", ")
    )
}

/// Actions as commands. One that Serial Studio does by itself is sent here only by hand.
fn commands(project: &Value, left: &mut Vec<Said>) -> String {
    let mut toml = String::new();
    let mut names: Vec<String> = Vec::new();
    let actions = list(project, "actions");
    let binary = |action: &&Value| action.get("binary").and_then(Value::as_bool) == Some(true);
    let eol = |action: &Value| text(action, "eol").unwrap_or_default().to_owned();
    let mut endings = actions.iter().filter(|action| !binary(action)).map(eol);
    let ending = endings.next().unwrap_or_default();
    let known = [("\n", "lf"), ("\r", "cr"), ("\r\n", "crlf"), ("\\n", "lf"), ("\\r", "cr"), ("\\r\\n", "crlf")];
    let word = known.iter().find(|(bytes, _)| *bytes == ending).map(|(_, word)| *word);
    let word = word.filter(|_| endings.all(|other| other == ending)).unwrap_or("none");
    for action in actions.iter().take(MOST) {
        let title = text(action, "title").filter(|title| !title.is_empty()).unwrap_or("Action");
        let sent = text(action, "txData").unwrap_or_default();
        let bytes = binary(&action).then(|| hex(sent, &eol(action)));
        if bytes == Some(None) {
            left.push(words::binary_action(title));
            continue;
        }
        if action.get("autoExecuteOnConnect").and_then(Value::as_bool) == Some(true)
            || action.get("timerMode").and_then(Value::as_u64).is_some_and(|mode| mode != 0)
        {
            left.push(words::own_action(title));
        }
        let mut name = title.to_owned();
        if names.contains(&name) {
            name = format!("{title} {}", names.len().saturating_add(1));
        }
        let mut sends = sent.to_owned();
        if word == "none" {
            sends += &eol(action);
        }
        let sends = match bytes.flatten() {
            Some(bytes) => pair("hex", &bytes),
            None => pair("text", &sends.replace('{', "{{").replace('}', "}}")),
        };
        let _ = write!(toml, "\n[[commands]]\n{}{sends}", pair("name", &name));
        names.push(name);
    }
    if names.is_empty() { toml } else { format!("\n[terminal]\nending = \"{word}\"\n{toml}") }
}

/// The bytes of a binary action in hexadecimal digits, its end of line with them; `None` where they are none.
fn hex(sent: &str, eol: &str) -> Option<String> {
    let mut bytes = crate::script::text::unhex(sent).ok().filter(|bytes| !bytes.is_empty())?;
    bytes.extend_from_slice(eol.replace("\\n", "\n").replace("\\r", "\r").as_bytes());
    Some(crate::script::text::hex(&bytes))
}

/// What else a project may hold.
fn others(project: &Value, left: &mut Vec<Said>) {
    for (key, what) in [
        ("mqttPublisher", words::mqtt()),
        ("controlScriptCode", words::control_script()),
        ("tables", words::data_tables()),
        ("workspaces", words::workspaces()),
    ] {
        let empty = |value: &Value| match value {
            Value::Array(items) => items.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            Value::String(text) => text.is_empty(),
            _ => true,
        };
        if project.get(key).is_some_and(|value| !empty(value)) {
            left.push(what);
        }
    }
}
