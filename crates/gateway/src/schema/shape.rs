//! The shapes that keys have, again and again.

use serde_json::{Value, json};

pub(super) fn labels() -> Value {
    json!({
        "description": "Labels by value: a list from 0 on, or a table.",
        "anyOf": [
            { "type": "array", "items": { "type": "string" } },
            { "type": "object", "additionalProperties": { "type": "string" } },
        ],
    })
}

pub(super) fn endian() -> Value {
    choice("The order of bytes.", &["little", "big"])
}

pub(super) fn unit() -> Value {
    json!({ "type": "string", "description": "A unit as UCUM text: `Cel`, `m/s`, `%`." })
}

pub(super) fn text(says: &str) -> Value {
    json!({ "type": "string", "minLength": 1, "description": says })
}

pub(super) fn flag(says: &str) -> Value {
    json!({ "type": "boolean", "description": says })
}

pub(super) fn choice(says: &str, words: &[&str]) -> Value {
    json!({ "enum": words, "description": says })
}

pub(super) fn whole(says: &str, min: impl Into<i64>, max: impl Into<i64>) -> Value {
    let (min, max): (i64, i64) = (min.into(), max.into());
    json!({ "type": "integer", "minimum": min, "maximum": max, "description": says })
}

pub(super) fn object(says: &str, required: &[&str], properties: Value) -> Value {
    let mut object = json!({ "type": "object", "additionalProperties": false, "description": says });
    if let Some(object) = object.as_object_mut() {
        if !required.is_empty() {
            object.insert("required".into(), json!(required));
        }
        object.insert("properties".into(), properties);
    }
    object
}

pub(super) fn list_of(says: &str, required: &[&str], properties: Value) -> Value {
    json!({ "type": "array", "description": says, "items": object("", required, properties) })
}
