//! `ferrule schema`: the form of a profile as JSON Schema, for editors that complete and check TOML by one.
//!
//! What the codec's tables say of protocols and framings is taken from there. A test holds the rest against the reader.

use codec::frame::FRAMERS;
use codec::protocol::{COMMON, PROTOCOLS, Parameter};
use serde_json::{Map, Value, json};
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
            "clock": object("The device's own clock, told in its samples.", &["field"], json!({
                "message": text("The message it stands in; every message that has the field unless set."),
                "field": text("The field that tells the time; `*.time` for whatever ends so."),
                "unit": choice("Of the field. ms unless set.", &["s", "ms", "us", "ns"]),
                "bits": whole("After how many bits it begins again at 0; never unless set.", 8, 64),
                "counts_from": choice("start: when the device started, unless set. 1970: of UTC.", &["start", "1970"]),
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
            "tile": tiles(),
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

fn link() -> Value {
    let kind = |kind: &str, says: &str| json!({ "const": kind, "description": says });
    json!({
        "description": "How the device is reached.",
        "type": "object",
        "required": ["kind"],
        "oneOf": [
            object("A serial port.", &["kind"], json!({
                "kind": kind("serial", "A serial port."),
                "baud": whole("Symbols per second. 115200 unless set.", 1, u32::MAX),
                "data_bits": whole("8 unless set.", 7, 8),
                "parity": choice("none unless set.", &["none", "even", "odd"]),
                "stop_bits": whole("1 unless set.", 1, 2),
                "flow": choice("none unless set.", &["none", "hardware"]),
                "buffer_bytes": whole("The port's read buffer.", 1, 16_777_216),
                "dtr": flag("The signal after opening; as the browser leaves it unless set."),
                "rts": flag("The signal after opening; as the browser leaves it unless set."),
                "vendor": whole("The USB vendor that the browser's list is narrowed to.", 0, 65_535),
                "product": whole("The USB product.", 0, 65_535),
            })),
            object("A WebSocket.", &["kind", "url"], json!({
                "kind": kind("websocket", "A WebSocket."),
                "url": text("ws:// or wss://."),
                "subprotocols": { "type": "array", "items": { "type": "string" } },
                "silence_s": whole("After so many seconds without a byte it is opened again.", 1, 86_400),
            })),
            object("An address that is asked again and again.", &["kind", "url"], json!({
                "kind": kind("http", "An address that is asked again and again."),
                "url": text("http://, https://, or a path on the console's own host."),
                "interval_millis": whole("1000 unless set.", 10, 86_400_000),
                "command_url": text("Where commands go; the same address unless set."),
                "command_method": choice("POST unless set.", &["POST", "PUT"]),
            })),
            object("The built-in simulated device.", &["kind"], json!({
                "kind": kind("demo", "The built-in simulated device."),
                "rate_hz": whole("Samples per second. 100 unless set.", 1, 1_000_000),
            })),
        ],
    })
}

/// From the codec's tables: for each protocol its parameters, and those of every framing.
fn protocol() -> Value {
    let framers: Vec<&str> = FRAMERS.iter().map(|framer| framer.name).collect();
    let of = |protocol: &codec::Protocol| {
        let mut properties = Map::new();
        let framing = FRAMERS.iter().flat_map(|framer| framer.parameters);
        for parameter in COMMON.iter().chain(framing).chain(protocol.parameters) {
            let known = properties.entry(parameter.name).or_insert_with(|| setting(protocol.name, parameter));
            if let (true, Some(says)) = (parameter.name == "framing", known.as_object_mut()) {
                says.insert("enum".into(), json!(framers));
            }
        }
        properties.insert("name".into(), json!({ "const": protocol.name, "description": protocol.summary }));
        json!({ "type": "object", "additionalProperties": false, "required": ["name"], "properties": properties })
    };
    json!({
        "description": "What the device speaks.",
        "type": "object",
        "required": ["name"],
        "oneOf": PROTOCOLS.iter().map(of).collect::<Vec<Value>>(),
    })
}

/// What a parameter takes. A number may also be written as text, as on a command line.
fn setting(protocol: &str, parameter: &Parameter) -> Value {
    let mut says = match (protocol, parameter.name) {
        ("layout", "messages" | "commands") => {
            json!({ "type": "array", "items": { "$ref": "#/$defs/layout_message" } })
        }
        ("layout", "header") => json!({ "type": "array", "items": { "$ref": "#/$defs/layout_field" } }),
        ("postcard", "messages" | "commands") => {
            json!({ "type": "array", "items": { "$ref": "#/$defs/postcard_message" } })
        }
        (_, "names") => json!({ "type": "array", "items": { "type": "string" } }),
        (_, "crc" | "checksum") => json!({ "$ref": "#/$defs/checksum" }),
        (_, "endian" | "crc_endian" | "checksum_endian" | "length_endian") => json!({ "enum": ["little", "big"] }),
        (_, "checksum_covers") => json!({ "enum": ["payload", "frame"] }),
        (_, "length_counts") => json!({ "enum": ["payload", "rest", "frame"] }),
        (_, "length_header") => json!({ "enum": ["dropped", "kept"] }),
        (_, name) if NUMBERS.contains(&name) => json!({ "type": ["integer", "string"] }),
        _ => json!({ "type": "string" }),
    };
    if let Some(object) = says.as_object_mut() {
        let default = match parameter.default {
            "" => String::new(),
            default => format!(" {default} unless set."),
        };
        object.insert("description".into(), json!(format!("{}{default}", parameter.summary)));
    }
    says
}

/// Parameters that are whole numbers.
const NUMBERS: &[&str] = &["limit_bytes", "fcs", "length", "length_bytes", "length_offset", "length_adds", "gap_ms"];

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
            "reply": object("What is waited for.", &["contains"], json!({
                "contains": text("What the received bytes must contain."),
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

fn layout_message() -> Value {
    object(
        "A message.",
        &["name"],
        json!({
            "name": text("Its name."),
            "id": { "type": "integer", "description": "The discriminator's value." },
            "endian": endian(),
            "fields": { "type": "array", "items": { "$ref": "#/$defs/layout_field" } },
        }),
    )
}

fn layout_field() -> Value {
    let types = [
        "u8", "u16", "u24", "u32", "u40", "u48", "u56", "u64", "i8", "i16", "i24", "i32", "i40", "i48", "i56", "i64",
        "f32", "f64", "bool", "text", "bytes", "pad", "const", "checksum", "group",
    ];
    object(
        "A field, in the order of the wire.",
        &["type"],
        json!({
            "name": { "type": "string" },
            "type": choice("What its bytes are.", &types),
            "endian": endian(),
            "unit": unit(),
            "scale": { "type": "number", "description": "What the number on the wire is multiplied by." },
            "offset": { "type": "number", "description": "What is added after that." },
            "enum": labels(),
            "count": { "type": "integer", "minimum": 1, "description": "How many of them; of text and bytes, how long." },
            "value": text("The bytes of a `const`: \"0xaa55\"."),
            "discriminator": flag("In a header: this integer selects the message."),
            "algorithm": { "$ref": "#/$defs/checksum" },
            "from": { "type": "integer", "minimum": 0, "description": "Where what a checksum covers begins." },
            "to": { "type": "integer", "minimum": 0, "description": "Where it ends." },
            "bits": list_of("Fields in an integer's bits, from the least significant on.", &["name"], json!({
                "name": text("Its name."),
                "at": whole("Its lowest bit; after the one before unless set.", 0, 63),
                "width": whole("1 unless set.", 1, 64),
                "signed": flag("Two's complement."),
                "unit": unit(),
                "scale": { "type": "number" },
                "offset": { "type": "number" },
                "enum": labels(),
            })),
            "fields": { "type": "array", "items": { "$ref": "#/$defs/layout_field" } },
        }),
    )
}

fn postcard_message() -> Value {
    object(
        "A message.",
        &["name"],
        json!({
            "name": text("Its name."),
            "id": { "type": "integer", "minimum": 0, "description": "The discriminator's value." },
            "fields": { "type": "array", "items": { "$ref": "#/$defs/postcard_field" } },
        }),
    )
}

fn postcard_field() -> Value {
    json!({
        "anyOf": [
            { "type": "string" },
            {
                "type": "object",
                "properties": {
                    "name": { "type": "string" },
                    "type": { "type": "string" },
                    "unit": unit(),
                    "of": { "anyOf": [
                        { "$ref": "#/$defs/postcard_field" },
                        { "type": "array", "items": { "$ref": "#/$defs/postcard_field" } },
                    ] },
                    "len": { "type": "integer", "minimum": 0 },
                    "key": { "$ref": "#/$defs/postcard_field" },
                    "fields": { "type": "array", "items": { "$ref": "#/$defs/postcard_field" } },
                    "variants": { "type": "array", "items": { "$ref": "#/$defs/postcard_field" } },
                },
            },
        ],
    })
}

fn labels() -> Value {
    json!({
        "description": "Labels by value: a list from 0 on, or a table.",
        "anyOf": [
            { "type": "array", "items": { "type": "string" } },
            { "type": "object", "additionalProperties": { "type": "string" } },
        ],
    })
}

fn endian() -> Value {
    choice("The order of bytes.", &["little", "big"])
}

fn unit() -> Value {
    json!({ "type": "string", "description": "A unit as UCUM text: `Cel`, `m/s`, `%`." })
}

fn text(says: &str) -> Value {
    json!({ "type": "string", "minLength": 1, "description": says })
}

fn flag(says: &str) -> Value {
    json!({ "type": "boolean", "description": says })
}

fn choice(says: &str, words: &[&str]) -> Value {
    json!({ "enum": words, "description": says })
}

fn whole(says: &str, min: u32, max: u32) -> Value {
    json!({ "type": "integer", "minimum": min, "maximum": max, "description": says })
}

fn object(says: &str, required: &[&str], properties: Value) -> Value {
    let mut object = json!({ "type": "object", "additionalProperties": false, "description": says });
    if let Some(object) = object.as_object_mut() {
        if !required.is_empty() {
            object.insert("required".into(), json!(required));
        }
        object.insert("properties".into(), properties);
    }
    object
}

fn list_of(says: &str, required: &[&str], properties: Value) -> Value {
    json!({ "type": "array", "description": says, "items": object("", required, properties) })
}
