//! `ferrule schema`: the form of a profile as JSON Schema, for editors that complete and check TOML by one.
//!
//! What the codec's tables say of protocols and framings is taken from there. A test holds the rest against the reader.

mod link;
mod message;
mod shape;

use link::{link, protocol};
use message::{layout_field, layout_message, postcard_field, postcard_message};
use serde_json::{Value, json};
use shape::{choice, flag, list_of, object, text, unit, whole};
use std::io::{self, ErrorKind, Write as _};

/// Prints the schema.
///
/// # Errors
/// Those of the output, but for a reader that went away.
pub(crate) fn run() -> Result<(), String> {
    let text = serde_json::to_string_pretty(&schema()).map_err(|why| why.to_string())?;
    match io::stdout().write_all(format!("{text}\n").as_bytes()) {
        Err(why) if why.kind() != ErrorKind::BrokenPipe => Err(format!("the output cannot be written: {why}")),
        _ => Ok(()),
    }
}

/// A list of panels in the order of their tabs.
fn panels(description: &str) -> Value {
    let names = json!({ "enum": session::profile::PANELS });
    json!({ "type": "array", "uniqueItems": true, "items": names, "description": description })
}

fn schema() -> Value {
    let checksums: Vec<&str> = codec::checksum::Checksum::names().collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ferrule profile",
        "description": "How a device is reached, what its bytes mean, what can be sent to it, what is shown first.",
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "link", "protocol"],
        "properties": {
            "name": text("Shown above the workspace."),
            "about": { "type": "string", "description": "One sentence on the device." },
            "tags": {
                "type": "array", "maxItems": 8, "items": { "type": "string", "minLength": 1, "maxLength": 32 },
                "description": "What it is for, in a word or two each: a gallery is grouped by them.",
            },
            "link": link(),
            "protocol": protocol(),
            "topic": list_of("Protocols of their own for some topics of a broker.", &["filter", "protocol"], json!({
                "filter": text("The topics, as a filter."),
                "protocol": protocol(),
            })),
            "clock": object("The device's own clock, told in its samples.", &["field"], json!({
                "message": text("The message it stands in; every message that has the field unless set."),
                "field": text("The field that tells the time; `*.time` for whatever ends so."),
                "unit": choice("Of the field. ms unless set. date: a text such as 2026-11-28 12:00:01.", &["s", "ms", "us", "ns", "date"]),
                "bits": whole("After how many bits it begins again at 0; never unless set.", 8, 64),
                "counts_from": choice("start: when the device started, unless set. 1970: of UTC. rows: each row is a second after the one before.", &["start", "1970", "rows"]),
                "time_of_day": text("The field with the time of day, where the other tells the day only."),
                "date_order": choice("What stands first in a date such as 3/4/2026. month unless set.", &["month", "day"]),
                "utc_offset_min": whole("Minutes by which dates are ahead of UTC that do not say so themselves. 0 unless set.", -1439, 1439),
            })),
            "sequence": object("How the device numbers its samples.", &["field"], json!({
                "message": text("The message it stands in; all that have the field are counted together unless set."),
                "field": text("The field with the number."),
                "bits": whole("After how many bits it begins again at 0; never unless set.", 2, 63),
                "modulus": whole("In place of bits: how many numbers there are.", 4, 1_u32 << 30),
            })),
            "derived": list_of("Fields computed from those a message has.", &["message", "name", "expression"], json!({
                "message": text("The message whose fields are read."),
                "name": text("The new field's name."),
                "unit": unit(),
                "expression": text("Numbers, fields, operators and functions: `volt * amp`."),
            })),
            "fields": list_of("Units that the protocol cannot tell, or others.", &["name", "unit"], json!({
                "name": text("A field, as `message.field` or by its name alone."),
                "unit": text("Its unit as UCUM text: `Cel`, `m/s`, `%`."),
            })),
            "commands": commands(),
            "macros": list_of("Steps done one after the other.", &["name", "steps"], json!({
                "name": text("Its name."),
                "steps": text(
                    "A step a line: send TEXT, text TEXT, bytes 01 ff, command \"NAME\" 5, wait 200 ms, expect TEXT, \
                     match REGEX, expect within 5 s: TEXT, repeat 3, end, # note.",
                ),
            })),
            "terminal": object("What is typed and shown as text.", &[], json!({
                "ending": choice("What follows each line that is sent.", &["lf", "cr", "crlf", "none"]),
                "message": text("The message whose text is shown in the terminal."),
            })),
            "identity": object("How the one device that is meant is told from others that look alike.", &[], json!({
                "probe": text(
                    "Sent after each opening, with the line ending; nothing where the device says it unasked. \\r \\n \\t \\e \
                     \\0 \\xHH \\\\ stand for bytes.",
                ),
                "probe_hex": text("The same as bytes, as 01 02 ff; nothing follows them."),
                "expect": text(
                    "What must come then: a part of the answer that no other device has. \\r \\n \\t \\e \\0 \\xHH \\\\ \
                     stand for bytes.",
                ),
                "expect_hex": text("The same as bytes, as 01 02 ff."),
                "match": text("The same as a regular expression; ^ and $ are the ends of a line."),
                "within_millis": whole("How long that may take. 2000 unless set.", 1, 600_000),
            })),
            "memory": object("What the session's data may take.", &[], json!({
                "budget_mib": whole("In MiB; the oldest data are given up first. 256 unless set.", 1, 2048),
            })),
            "layout": object("What is shown first.", &[], json!({
                "plot": { "type": "array", "items": { "type": "string" }, "description": "Fields in the plot." },
                "span_s": whole("Seconds across the plot. 30 unless set.", 1, 31_536_000),
                "time": choice("By which clock the plot is drawn. arrival unless set.", &["arrival", "device"]),
                "upper_left": panels("Panels of the upper left place."),
                "upper_right": panels("Panels of the upper right place."),
                "lower_left": panels("Panels of the lower left place."),
                "lower_right": panels("Panels of the lower right place."),
                "closed": panels("Panels that are not open."),
                "front": panels("Panels in front of their places; else the first of each is."),
                "right_px": whole("Width of the right column, in CSS pixels.", 240, 8192),
                "lower_left_px": whole("Height of the lower left place, in CSS pixels.", 240, 8192),
                "lower_right_px": whole("Height of the lower right place, in CSS pixels.", 240, 8192),
            })),
            "dashboard": object("What people see who only watch.", &[], json!({
                "title": text("Its heading; the session's name unless set."),
                "stale_s": whole("Seconds without a reading after which a tile says so. 5 unless set.", 1, 86_400),
            })),
            "fleet": object("How the devices of a broker are told of in one table.", &[], json!({
                "stale_s": whole("Seconds without a word after which a device is stale. 60 unless set.", 1, 31_536_000),
                "columns": {
                    "type": "array", "maxItems": 64, "items": { "type": "string" },
                    "description": "Fields and named levels of the topics that are shown first, in this order.",
                },
                "group": text("The field or named level by which the rows are grouped first; `state` for their state."),
                "trend": text("The field whose trend is shown first."),
                "commands_per_s": whole("Commands a second at most, where one goes to many. 50 unless set.", 1, 1000),
                "presence": object("Where it is told whether a device is there, by itself or by its last will.", &["topic"], json!({
                    "topic": text("The topic, as a filter with {device}."),
                    "online": { "type": "string", "description": "The payload for one that is there. online unless set." },
                    "offline": { "type": "string", "description": "The payload for one that is gone. offline unless set." },
                })),
            })),
            "tile": tiles(),
            "words": words(),
        },
        "$defs": {
            "checksum": {
                "type": "string",
                "description": "A name of the catalogue of parametrised CRC algorithms, or a sum.",
                "anyOf": [{ "enum": checksums }, { "type": "string" }],
            },
            "layout_message": layout_message(),
            "layout_field": layout_field(),
            "postcard_message": postcard_message(),
            "postcard_field": postcard_field(),
        },
    })
}

/// Words in other languages, by those of the profile.
fn words() -> Value {
    let tags = session::Language::ALL.map(session::Language::tag);
    let language = |tag: &str| {
        let one = json!({
            "type": "object",
            "additionalProperties": { "type": "string", "minLength": 1 },
            "description": "What is shown for a text of this profile: its name, its about, a field, a command, a label.",
        });
        (tag.to_owned(), one)
    };
    json!({
        "description": "What the profile calls things, in other languages. Names in data, exports and expressions stay.",
        "type": "object",
        "additionalProperties": false,
        "properties": tags.map(language).into_iter().collect::<serde_json::Map<String, Value>>(),
    })
}

fn commands() -> Value {
    list_of(
        "What can be sent by name.",
        &["name"],
        json!({
            "name": text("Its button's words."),
            "text": text("A line in which `{name}` stands for an argument."),
            "message": text("A message of the protocol, put together from the arguments."),
            "hex": text("Bytes in hexadecimal digits, in which `{name}` stands for an argument of kind bytes."),
            "args": list_of("What is asked for before it is sent.", &["name"], json!({
                "name": text("Its name."),
                "kind": choice("number unless set.", &["number", "integer", "text", "bool", "bytes"]),
                "choices": {
                    "type": "array",
                    "items": { "type": ["number", "string", "boolean"] },
                    "description": "The only values accepted.",
                },
                "unit": unit(),
                "min": { "type": "number" },
                "max": { "type": "number" },
                "default": { "type": ["number", "string", "boolean"] },
            })),
            "topic": text("Where it is published at a broker; `{name}` stands for an argument, {device} for the device of a fleet."),
            "qos": link::quality(),
            "retain": flag("Whether the broker keeps it."),
            "content_type": { "type": "string", "description": "What the payload is (MQTT 5)." },
            "response_topic": text("Where an answer is wanted (MQTT 5)."),
            "correlation": { "type": "string", "description": "What an answer is known by (MQTT 5)." },
            "user": {
                "type": "object", "additionalProperties": { "type": "string" },
                "description": "Pairs of your own beside the payload (MQTT 5).",
            },
            "method": choice("The method of an HTTP request; the link's command_method unless set.", &["GET", "POST", "PUT", "PATCH", "DELETE"]),
            "path": text("Path and query of an HTTP request, on the host of the commands; {name} stands for an argument."),
            "reply": object("What is waited for.", &[], json!({
                "contains": { "type": "string", "description": "What the received bytes must contain." },
                "topic": text("The topics it may come on, as a filter."),
                "within_millis": whole("1000 unless set.", 1, 600_000),
            })),
            "dangerous": flag("It is sent only after it was armed, once each time."),
        }),
    )
}

fn tiles() -> Value {
    let kinds = session::profile::TileKind::ALL.map(|(word, _)| word);
    list_of(
        "A tile of the dashboard.",
        &["kind"],
        json!({
            "kind": choice("What it shows.", &kinds),
            "label": { "type": "string", "description": "Its heading." },
            "at": {
                "type": "array", "minItems": 4, "maxItems": 4, "items": { "type": "integer", "minimum": 0 },
                "description": "Column, row, columns (together at most 12), rows. In the first gap unless set.",
            },
            "field": text("The field it shows, as `message.field` or by its name alone."),
            "fields": {
                "type": "array", "minItems": 1, "maxItems": 8, "items": { "type": "string" },
                "description": "The fields of a plot.",
            },
            "min": { "type": "number", "description": "The scale's lower end." },
            "max": { "type": "number", "description": "The scale's upper end." },
            "band": {
                // TOML's infinities have no counterpart in JSON.
                "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": ["number", "null"] },
                "description": "From where to where the reading is as it should be; -inf and inf leave an end open.",
            },
            "span_s": whole("Seconds of the past shown. 60 unless set.", 1, 31_536_000),
            "on": {
                "type": "array", "items": { "type": "string" },
                "description": "Words that light a lamp; true and numbers other than 0 unless set.",
            },
            "latitude": text("A field in degrees north."),
            "longitude": text("A field in degrees east."),
            "command": text("The command that a button sends; each of its arguments has a default."),
        }),
    )
}
