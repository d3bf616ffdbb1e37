//! What of the device's data is shown in the terminal.

use codec::{Kind, Sample, Value};

/// What is shown, by what the device speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// The bytes as they came: the protocol is text, in lines or whole messages.
    Raw {
        /// Each message of the transport is a line of its own.
        whole: bool,
    },
    /// Each frame as a line: text inside a binary framing.
    Frames,
    /// Each message with its topic, which is shown before it is decoded.
    Topics,
    /// The text of log messages: of the one named, or of those that look like a log.
    Messages(Option<String>),
}

impl Show {
    pub(super) fn of(profile: &crate::Profile) -> Show {
        let usual = codec::Protocol::find(&profile.protocol).map_or("", |protocol| protocol.framing);
        let framing = match profile.settings.get("framing") {
            Some(codec::Setting::Text(name)) => name.as_str(),
            _ => usual,
        };
        // A protocol that usually comes in lines is text, however it is framed here.
        let textual = usual == "lines";
        match (&profile.log_message, framing) {
            (Some(message), _) => Show::Messages(Some(message.clone())),
            (None, "lines" | "whole") if textual => Show::Raw { whole: framing == "whole" },
            (None, _) if textual => Show::Frames,
            (None, _) => Show::Messages(None),
        }
    }
}

/// Where a message's log text and level are; found once for each schema, again when it grows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    fields: usize,
    known: bool,
    text: Option<usize>,
    level: Option<usize>,
}

/// Names of fields and messages that are a log's.
const LOGS: &[&str] = &["log", "logs", "text", "message", "msg", "line", "print", "console", "printf"];
const LEVELS: &[&str] = &["level", "severity", "lvl", "priority"];

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

impl Shape {
    /// The shape of a sample's schema, looked up or found.
    pub(super) fn of<'s>(shapes: &'s mut Vec<Shape>, sample: &Sample<'_>, only: Option<&str>) -> &'s Shape {
        const NONE: Shape = Shape { fields: 0, known: true, text: None, level: None };
        let index = sample.schema.index;
        // A decoder's numbers are small and dense; one that breaks this rule gets no log.
        if index >= 1024 {
            return &NONE;
        }
        if shapes.len() <= index {
            shapes.resize(index.saturating_add(1), Shape::default());
        }
        let Some(shape) = shapes.get_mut(index) else { return &NONE };
        if !shape.known || shape.fields != sample.schema.fields.len() {
            *shape = Shape::find(sample, only);
        }
        shape
    }

    fn find(sample: &Sample<'_>, only: Option<&str>) -> Shape {
        let schema = &sample.schema;
        let mut shape = Shape { fields: schema.fields.len(), known: true, text: None, level: None };
        if only.is_some_and(|only| only != schema.name) {
            return shape;
        }
        let is_level = |name: &str| LEVELS.iter().any(|level| last_part(name).eq_ignore_ascii_case(level));
        let is_log = |name: &str| LOGS.iter().any(|log| last_part(name).eq_ignore_ascii_case(log));
        shape.level = schema.fields.iter().position(|field| is_level(field.name));
        let fields = schema.fields.iter().enumerate();
        let mut texts = fields.filter(|(_, field)| field.kind == Kind::Text && !is_level(field.name));
        if let (Some((index, field)), None) = (texts.next(), texts.next())
            && (only.is_some() || is_log(field.name) || is_log(schema.name))
        {
            shape.text = Some(index);
        }
        shape
    }

    /// The line for the terminal, if the sample is a log message.
    pub(super) fn line(&self, sample: &Sample<'_>) -> Option<String> {
        let Some(Value::Text(text)) = sample.values.get(self.text?) else { return None };
        let text = text.trim_end_matches(['\r', '\n']);
        Some(match self.level.and_then(|index| sample.values.get(index)) {
            Some(Value::Text(level)) => format!("{} {text}", coloured(level)),
            Some(Value::U64(level)) => format!("[{level}] {text}"),
            Some(Value::I64(level)) => format!("[{level}] {text}"),
            _ => text.into(),
        })
    }
}

/// A level in the colour that logs use for it (SGR, ECMA-48 section 8.3.117).
fn coloured(level: &str) -> String {
    let begins = |prefixes: &[&str]| {
        prefixes.iter().any(|prefix| level.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix)))
    };
    let colour = if begins(&["err", "fatal", "crit", "alert", "emerg", "panic"]) {
        "31"
    } else if begins(&["warn"]) {
        "33"
    } else {
        "2"
    };
    format!("\x1b[{colour}m{level}\x1b[0m")
}
