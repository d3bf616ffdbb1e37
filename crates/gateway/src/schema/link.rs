//! How a device is reached and what it speaks: from the codec's tables.

use super::shape::{choice, flag, object, text, whole};
use codec::frame::FRAMERS;
use codec::protocol::{COMMON, PROTOCOLS, Parameter};
use serde_json::{Map, Value, json};

const TARGET: &str = "The target's name in the gateway's file.";
const GATEWAY: &str = "The gateway's origin, https:// or http://; the console's own unless set.";

pub(super) fn link() -> Value {
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
                "subprotocols": { "type": "array", "items": { "type": "string" }, "description": "What is offered; the device chooses one." },
                "silence_s": whole("After so many seconds without a byte it is opened again. Twice ping_s unless set, where there is a ping.", 1, 86_400),
                "sends": choice("Which messages what is sent goes in. binary unless set.", &["binary", "text"]),
                "ping": text("A message that asks the device whether it is still there."),
                "ping_s": whole("Seconds from one to the next. 10 unless set.", 1, 3600),
                "pong": { "type": "string", "description": "The answer to it, which is no data." },
            })),
            object("An HTTP address: asked again and again, or heard for as long as it speaks.", &["kind", "url"], json!({
                "kind": kind("http", "An HTTP address: asked again and again, or heard for as long as it speaks."),
                "mode": choice("poll unless set: each answer is a message. events: Server-Sent Events. stream: one answer without end, such as NDJSON.", &["poll", "events", "stream"]),
                "method": choice("GET unless set.", &["GET", "POST", "PUT"]),
                "headers": { "type": "object", "additionalProperties": { "type": "string" }, "description": "Header fields of every request." },
                "body": { "type": "string", "description": "The body of the requests it is asked by." },
                "select": { "type": "string", "description": "What of an answer is the message: a JSON Pointer (RFC 6901)." },
                "silence_s": whole("Of events and streams: after so many seconds without a byte it is opened again.", 1, 86_400),
                "url": text("http://, https://, or a path on the console's own host."),
                "interval_millis": whole("1000 unless set.", 10, 86_400_000),
                "command_url": text("Where commands go; the same address unless set."),
                "command_method": choice("Of commands that name none. POST unless set.", &["GET", "POST", "PUT", "PATCH", "DELETE"]),
            })),
            object("A device that a gateway reaches by TCP.", &["kind", "target"], json!({
                "kind": kind("tcp", "A device that a gateway reaches by TCP."),
                "target": text(TARGET),
                "gateway": text(GATEWAY),
                "silence_s": whole("After so many seconds without a byte it is opened again.", 1, 86_400),
            })),
            object("A Telnet device that a gateway reaches.", &["kind", "target"], json!({
                "kind": kind("telnet", "A Telnet device that a gateway reaches."),
                "target": text(TARGET),
                "gateway": text(GATEWAY),
                "silence_s": whole("After so many seconds without a byte it is opened again.", 1, 86_400),
                "baud": whole("Of the serial port behind the device (RFC 2217). 115200 unless set, where the line has another setting.", 1, u32::MAX),
                "data_bits": whole("8 unless set.", 5, 8),
                "parity": choice("none unless set.", &["none", "even", "odd"]),
                "stop_bits": whole("1 unless set.", 1, 2),
                "flow": choice("none unless set.", &["none", "hardware"]),
            })),
            object("A serial port of a gateway's own machine.", &["kind", "target"], json!({
                "kind": kind("gateway-serial", "A serial port of a gateway's own machine."),
                "target": text(TARGET),
                "gateway": text(GATEWAY),
                "silence_s": whole("After so many seconds without a byte it is opened again.", 1, 86_400),
            })),
            object("The files of an FTP server that a gateway reaches; the profile is what they are opened with.", &["kind", "target"], json!({
                "kind": kind("ftp", "The files of an FTP server that a gateway reaches; the profile is what they are opened with."),
                "target": text(TARGET),
                "gateway": text(GATEWAY),
            })),
            broker(),
            object("The built-in simulated device.", &["kind"], json!({
                "kind": kind("demo", "The built-in simulated device."),
                "rate_hz": whole("Samples per second. 100 unless set.", 1, 1_000_000),
            })),
        ],
    })
}

/// An MQTT broker.
fn broker() -> Value {
    let about = "Topics of an MQTT broker, over WebSocket or through a gateway.";
    let kind = json!({ "const": "mqtt", "description": about });
    let filter =
        text("A topic filter: + stands for a level, # for the last ones, {device} for the level that is the device.");
    let topic = object("A filter with its quality.", &["filter"], json!({ "filter": filter, "qos": quality() }));
    object(
        about,
        &["kind", "url", "topics"],
        json!({
            "kind": kind,
            "url": text("ws:// or wss://; or /link/NAME, the target of a gateway that has subscribed to the broker."),
            "version": choice("5 unless set. A broker that knows only 3.1.1 is spoken to in that, and it is said.", &["5", "3.1.1"]),
            "topics": {
                "type": "array", "minItems": 1, "items": { "oneOf": [filter, topic] },
                "description": "What is subscribed to.",
            },
            "publish": text("The topic that a line goes to which names none."),
            "client_id": { "type": "string", "description": "The client's name; one is made up for each session unless set." },
            "username": { "type": "string", "description": "The user. The password is asked for, and kept nowhere." },
            "clean_start": flag("Whether the broker forgets what it kept for this client. true unless set."),
            "keep_alive_s": whole("Seconds after which the broker hears of the console at least. 30 unless set.", 1, 65_535),
            "session_expiry_s": whole("Seconds for which the broker keeps messages afterwards. 0 unless set.", 0, u32::MAX),
            "will": object("What the broker publishes if the console goes without a word.", &["topic"], json!({
                "topic": text("Its topic."),
                "payload": { "type": "string", "description": "What it says." },
                "qos": quality(),
                "retain": flag("Whether the broker keeps it."),
            })),
        }),
    )
}

/// A quality of service.
pub(super) fn quality() -> Value {
    whole("0 at most once, unless set; 1 at least once; 2 exactly once.", 0, 2)
}

/// From the codec's tables: for each protocol its parameters, and those of every framing.
pub(super) fn protocol() -> Value {
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
pub(super) fn setting(protocol: &str, parameter: &Parameter) -> Value {
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
        (_, "checksum_missing") => json!({ "enum": ["rejected", "accepted"] }),
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
