//! Projects of Serial Studio. Their form is that of its own files, of its releases 1 to 4 (`app/src/JSON` and
//! `app/src/DataModel` of github.com/Serial-Studio/Serial-Studio, `examples/`): a JSON object with delimiters, a program that parses a frame, groups of
//! datasets, and actions. Programs are not run: of them, the separator is taken where it is plain.

mod datasets;
mod frame;

use super::{Imported, pair};
use crate::profile::edit::quoted;
use crate::words::{Language, Said, import as words};
use datasets::{Dataset, datasets, derived, tiles};
use frame::{Frame, frame};
use serde_json::Value;
use std::fmt::Write as _;

/// The message that the datasets become.
const MESSAGE: &str = "frame";

/// Series in the plot, at most.
const PLOTTED: usize = 8;

/// Datasets and actions that are taken over, and the highest place of a dataset in a frame.
const MOST: usize = 1024;

/// Whether a document is such a project.
pub(super) fn is_project(project: &Value) -> bool {
    let has = |key: &str| project.get(key).is_some();
    has("groups") && (has("frameEnd") || has("frameParser") || has("sources"))
}

pub(super) fn import(project: &Value, language: Language) -> Result<Imported, Said> {
    let mut left = Vec::new();
    let sources = project.get("sources").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let source = sources.first().unwrap_or(project);
    if sources.len() > 1 {
        left.push(words::sources(sources.len().saturating_sub(1)));
    }
    let frame = frame(source, project, &mut left);
    let datasets = datasets(project, source, frame.separator.is_none(), &mut left);
    if datasets.is_empty() {
        return Err(words::no_dataset());
    }
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
        toml += &derived(&datasets);
        toml += &tiles(&datasets, &mut left);
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
            "name = \"layout\"\n{}{}\n[[protocol.messages]]\nname = \"{MESSAGE}\"\nfields = [{{ name = \"bytes\", type = \"bytes\" }}]\n",
            frame.framing, frame.check
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
        let off = |value: &Value| value.get("enabled").and_then(Value::as_bool) == Some(false);
        if project.get(key).is_some_and(|value| !empty(value) && !off(value)) {
            left.push(what);
        }
    }
}
