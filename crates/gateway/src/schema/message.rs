//! What a profile says of a device's messages and their fields.

use super::shape::{choice, endian, flag, labels, list_of, object, text, unit, whole};
use serde_json::{Value, json};

pub(super) fn layout_message() -> Value {
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

pub(super) fn layout_field() -> Value {
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
            "count": {
                "anyOf": [{ "type": "integer", "minimum": 1 }, { "type": "string" }],
                "description": "How many of them; of text and bytes, how long: a number, the name of an integer that stands before, or \"rest\".",
            },
            "length": choice("Of text and bytes: the type of the number in front of it that says how long it is.", &["u8", "u16", "u24", "u32"]),
            "until": text("Of text and bytes: what it ends with, with escapes (\"\\\\0\")."),
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

pub(super) fn postcard_message() -> Value {
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

pub(super) fn postcard_field() -> Value {
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
