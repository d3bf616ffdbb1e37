//! The lists of a profile: what an item of each has, and what a new one says.

use super::values::{Kind, Offer, Value, value};
use crate::words::profile_form as words;

/// What a list holds.
pub(super) struct Rows {
    /// What an item is called.
    pub(super) item: fn() -> &'static str,
    /// Adds one.
    pub(super) add: fn() -> &'static str,
    /// An item's values.
    pub(super) values: &'static [Value],
    /// What a new one says, as TOML.
    pub(super) first: &'static [(&'static str, &'static str)],
    /// Values of a table within it.
    pub(super) within: Option<(&'static str, Within)>,
    /// Lists within it.
    pub(super) below: &'static [Below],
}

/// What a table within an item of a list shows.
pub(super) enum Within {
    /// Values.
    Values(&'static [Value]),
    /// A protocol with the settings that it has.
    Protocol,
}

/// A list within an item of a list.
pub(super) struct Below {
    pub(super) key: &'static str,
    /// What stands above it, where an item has several.
    pub(super) title: Option<fn() -> &'static str>,
    pub(super) rows: &'static Rows,
    /// As for a [`Value`].
    pub(super) when: Option<(&'static str, &'static [&'static str])>,
}

/// The messages of a binary layout.
pub(super) static MESSAGES: Rows = Rows {
    item: words::message,
    add: words::add_message,
    values: &[
        value("name", words::name, Kind::Needed),
        value("id", words::id, Kind::Number).note(words::id_note),
        value("endian", words::endian, Kind::Choice(ENDIAN)),
    ],
    first: &[("name", "\"new\""), ("fields", "[{ name = \"value\", type = \"u8\" }]")],
    within: None,
    below: &[Below { key: "fields", title: None, rows: &FIELDS, when: None }],
};

/// An order of bytes, or none said.
pub(super) const ENDIAN: &[&str] = &["", "little", "big"];

const INTEGERS: &[&str] =
    &["u8", "u16", "u24", "u32", "u40", "u48", "u56", "u64", "i8", "i16", "i24", "i32", "i40", "i48", "i56", "i64"];

const NUMBERS: &[&str] = &[
    "u8", "u16", "u24", "u32", "u40", "u48", "u56", "u64", "i8", "i16", "i24", "i32", "i40", "i48", "i56", "i64",
    "f32", "f64",
];

/// Types whose length the data may say.
const SPANS: &[&str] = &["text", "bytes", "pad"];

/// The fields of one.
pub(super) static FIELDS: Rows = Rows {
    item: words::field,
    add: words::add_field,
    values: &[
        value("name", words::name, Kind::Text),
        value(
            "type",
            words::field_type,
            Kind::Choice(&[
                "u8", "u16", "u24", "u32", "u40", "u48", "u56", "u64", "i8", "i16", "i24", "i32", "i40", "i48", "i56",
                "i64", "f32", "f64", "bool", "text", "bytes", "pad", "const", "checksum", "group",
            ]),
        ),
        value("unit", words::unit, Kind::Text).when("type", NUMBERS),
        value("scale", words::scale, Kind::Number).when("type", NUMBERS),
        value("offset", words::offset, Kind::Number).when("type", NUMBERS),
        value("enum", words::labels, Kind::Toml).when("type", INTEGERS).note(words::labels_note),
        value("count", words::count, Kind::Number).note(words::count_note),
        value("length", words::length_before, Kind::Choice(&["", "u8", "u16", "u24", "u32"]))
            .when("type", SPANS)
            .note(words::length_before_note),
        value("until", words::until, Kind::Text).when("type", SPANS).note(words::until_note),
        value("endian", words::endian, Kind::Choice(ENDIAN)),
        value("value", words::bytes, Kind::Text).when("type", &["const"]).note(words::bytes_note),
        value("algorithm", words::algorithm, Kind::Offered(Offer::Checksums))
            .when("type", &["checksum"])
            .note(words::algorithm_note),
        value("from", words::from, Kind::Number).when("type", &["checksum"]),
        value("to", words::to, Kind::Number).when("type", &["checksum"]),
        value("discriminator", words::discriminator, Kind::Flag).when("type", INTEGERS),
    ],
    first: &[("name", "\"new\""), ("type", "\"u8\"")],
    within: None,
    below: &[
        Below { key: "bits", title: None, rows: &BITS, when: Some(("type", INTEGERS)) },
        Below { key: "fields", title: None, rows: &FIELDS, when: Some(("type", &["group"])) },
    ],
};

static BITS: Rows = Rows {
    item: words::bit_field,
    add: words::add_bits,
    values: &[
        value("name", words::name, Kind::Needed),
        value("width", words::width, Kind::Number),
        value("at", words::at_bit, Kind::Number),
        value("signed", words::signed, Kind::Flag),
        value("unit", words::unit, Kind::Text),
        value("scale", words::scale, Kind::Number),
        value("offset", words::offset, Kind::Number),
        value("enum", words::labels, Kind::Toml).note(words::labels_note),
    ],
    first: &[("name", "\"new\""), ("width", "1")],
    within: None,
    below: &[],
};

/// The messages of Rust's postcard: their types nest as deep as one likes, and are written as in the text.
pub(super) static TYPED: Rows = Rows {
    item: words::message,
    add: words::add_message,
    values: &[value("name", words::name, Kind::Needed), value("id", words::id, Kind::Number).note(words::id_note)],
    first: &[("name", "\"new\""), ("fields", "[{ name = \"value\", type = \"u8\" }]")],
    within: None,
    below: &[Below { key: "fields", title: None, rows: &TYPED_FIELDS, when: None }],
};

static TYPED_FIELDS: Rows = Rows {
    item: words::field,
    add: words::add_field,
    values: &[
        value("name", words::name, Kind::Needed),
        value("type", words::field_type, Kind::Needed),
        value("unit", words::unit, Kind::Text),
        value("of", words::of, Kind::Toml).when("type", &["option", "seq", "array", "tuple", "map"]),
        value("len", words::count, Kind::Number).when("type", &["array"]),
        value("key", words::map_key, Kind::Toml).when("type", &["map"]),
        value("variants", words::variants, Kind::Toml).when("type", &["enum"]),
    ],
    first: &[("name", "\"new\""), ("type", "\"u8\"")],
    within: None,
    below: &[Below { key: "fields", title: None, rows: &TYPED_FIELDS, when: Some(("type", &["struct"])) }],
};

/// Units that the protocol cannot tell.
pub(super) static UNITS: Rows = Rows {
    item: words::field,
    add: words::add_unit,
    values: &[value("name", words::name, Kind::Offered(Offer::Fields)), value("unit", words::unit, Kind::Needed)],
    first: &[("name", "\"\""), ("unit", "\"1\"")],
    within: None,
    below: &[],
};

/// Fields that are computed.
pub(super) static DERIVED: Rows = Rows {
    item: words::derived_field,
    add: words::add_derived,
    values: &[
        value("message", words::message, Kind::Needed),
        value("name", words::name, Kind::Needed),
        value("unit", words::unit, Kind::Text),
        value("expression", words::expression, Kind::Needed),
    ],
    first: &[("message", "\"\""), ("name", "\"\""), ("expression", "\"\"")],
    within: None,
    below: &[],
};

static ARGS: Rows = Rows {
    item: words::argument,
    add: words::add_argument,
    values: &[
        value("name", words::name, Kind::Needed),
        value("kind", words::kind, Kind::Choice(&["number", "integer", "text", "bool", "bytes"])),
        value("unit", words::unit, Kind::Text),
        value("min", words::min, Kind::Number).when("kind", &["", "number", "integer"]),
        value("max", words::max, Kind::Number).when("kind", &["", "number", "integer"]),
        value("default", words::default, Kind::Number).when("kind", &["", "number", "integer"]),
        value("default", words::default, Kind::Text).when("kind", &["text", "bytes"]),
        value("default", words::default, Kind::Flag).when("kind", &["bool"]),
        value("choices", words::choices, Kind::Numbers).when("kind", &["", "number", "integer"]),
        value("choices", words::choices, Kind::Texts).when("kind", &["text", "bytes"]),
    ],
    first: &[("name", "\"value\"")],
    within: None,
    below: &[],
};

/// What can be sent.
pub(super) static COMMANDS: Rows = Rows {
    item: words::command,
    add: words::add_command,
    values: &[
        value("name", words::name, Kind::Needed),
        value("text", words::text, Kind::Text),
        value("message", words::message, Kind::Text),
        value("hex", words::hex, Kind::Text),
        value("dangerous", words::dangerous, Kind::Flag),
        value("topic", words::topic, Kind::Text).when("/link.kind", &["mqtt"]).note(words::topic_note),
        value("qos", words::qos, Kind::Choice(&["0", "1", "2"])).when("topic", &[]),
        value("retain", words::retain, Kind::Flag).when("topic", &[]),
        value("content_type", words::content_type, Kind::Text).when("topic", &[]),
        value("response_topic", words::response_topic, Kind::Text).when("topic", &[]),
        value("correlation", words::correlation, Kind::Text).when("topic", &[]),
        value("user", words::user, Kind::Toml).when("topic", &[]).note(words::user_note),
    ],
    first: &[("name", "\"New\""), ("text", "\"\"")],
    within: Some((
        "reply",
        Within::Values(&[
            value("contains", words::contains, Kind::Text),
            value("topic", words::reply_topic, Kind::Text).when("/link.kind", &["mqtt"]),
            value("within_millis", words::within, Kind::Number),
        ]),
    )),
    below: &[Below { key: "args", title: None, rows: &ARGS, when: None }],
};

const LAYOUT: Option<(&str, &[&str])> = Some(("protocol.name", &["layout"]));
const POSTCARD: Option<(&str, &[&str])> = Some(("protocol.name", &["postcard"]));

/// What is spoken on topics that do not speak the profile's protocol.
pub(super) static TOPICS: Rows = Rows {
    item: words::topic,
    add: words::add_topic,
    values: &[value("filter", words::filter, Kind::Needed).note(words::topics_note)],
    first: &[("filter", "\"\""), ("protocol", "{ name = \"json\" }")],
    within: Some(("protocol", Within::Protocol)),
    below: &[
        Below { key: "protocol.header", title: Some(words::header), rows: &FIELDS, when: LAYOUT },
        Below { key: "protocol.messages", title: Some(words::messages), rows: &MESSAGES, when: LAYOUT },
        Below { key: "protocol.commands", title: Some(words::sent), rows: &MESSAGES, when: LAYOUT },
        Below { key: "protocol.messages", title: Some(words::messages), rows: &TYPED, when: POSTCARD },
        Below { key: "protocol.commands", title: Some(words::sent), rows: &TYPED, when: POSTCARD },
    ],
};

/// Steps done one after the other.
pub(super) static MACROS: Rows = Rows {
    item: words::macro_item,
    add: words::add_macro,
    values: &[
        value("name", words::name, Kind::Needed),
        value("steps", words::steps, Kind::Lines).note(words::steps_note),
    ],
    first: &[("name", "\"\""), ("steps", "\"\"")],
    within: None,
    below: &[],
};

const READINGS: &[&str] = &["number", "gauge", "bar", "lamp", "plot"];

/// The dashboard's tiles.
pub(super) static TILES: Rows = Rows {
    item: words::tile,
    add: words::add_tile,
    values: &[
        value("kind", words::kind, Kind::Choice(&["number", "gauge", "bar", "lamp", "plot", "map", "log", "button"])),
        value("label", words::label, Kind::Text),
        value("field", words::field, Kind::Offered(Offer::Fields)).when("kind", &["number", "gauge", "bar", "lamp"]),
        value("field", words::field, Kind::Text).when("kind", &["plot"]),
        value("fields", words::fields, Kind::Texts).when("kind", &["plot"]).note(words::fields_note),
        value("latitude", words::latitude, Kind::Offered(Offer::Fields)).when("kind", &["map"]),
        value("longitude", words::longitude, Kind::Offered(Offer::Fields)).when("kind", &["map"]),
        value("command", words::command, Kind::Offered(Offer::Commands)).when("kind", &["button"]),
        value("min", words::min, Kind::Number).when("kind", &["gauge", "bar", "plot"]),
        value("max", words::max, Kind::Number).when("kind", &["gauge", "bar", "plot"]),
        value("band", words::band, Kind::Numbers).when("kind", READINGS).note(words::band_note),
        value("on", words::lights, Kind::Texts).when("kind", &["lamp"]),
        value("span_s", words::span, Kind::Number).when("kind", &["number", "gauge", "plot", "map"]),
        value("at", words::place, Kind::Numbers).note(words::place_note),
    ],
    first: &[("kind", "\"number\""), ("field", "\"\"")],
    within: None,
    below: &[],
};
