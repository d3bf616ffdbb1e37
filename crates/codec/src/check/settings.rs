//! The settings that framers and protocols are checked with.

use crate::{Setting, Settings};
use alloc::vec;
use alloc::vec::Vec;

/// Parameters as text.
type Variant = &'static [(&'static str, &'static str)];

/// The variants that the parameters of a row make, where its defaults are not all there is to test.
const VARIANTS: &[(&str, &[Variant])] = &[
    (
        "lines",
        &[
            &[],
            &[("delimiter", "lf")],
            &[("delimiter", "cr")],
            &[("delimiter", "crlf")],
            &[("delimiter", ";")],
            &[("delimiter", "\\r\\n\\r\\n")],
            &[("delimiter", "aab")],
            &[("delimiter", "abab")],
            &[("delimiter", "\\0")],
            &[("delimiter", "0x0d0a")],
            &[("checksum", "xor8")],
            &[("checksum", "CRC-16/MODBUS"), ("checksum_missing", "accepted"), ("delimiter", "lf")],
        ],
    ),
    ("hdlc", &[&[], &[("fcs", "32")], &[("fcs", "none")]]),
    (
        "length",
        &[
            &[],
            &[("sync", "ab")],
            &[("sync", "aab"), ("length_bytes", "2"), ("length_endian", "big"), ("length_offset", "3")],
            &[("length_bytes", "4"), ("checksum", "CRC-32")],
            &[("sync", "a"), ("length_counts", "frame"), ("checksum", "CRC-32"), ("checksum_covers", "frame")],
            &[("sync", "0x0000"), ("length_counts", "rest"), ("checksum", "CRC-40/GSM"), ("checksum_endian", "big")],
            &[("sync", "b;"), ("length_bytes", "3"), ("length_adds", "-5"), ("checksum", "CRC-64/XZ")],
        ],
    ),
    ("fixed", &[&[("length", "7")], &[("length", "7"), ("sync", "aab")], &[("length", "7"), ("checksum", "CRC-32")]]),
    ("sync", &[&[("sync", "aab")], &[("sync", "a"), ("end", "b")], &[("sync", "aba"), ("end", "\\0\\0")]]),
];

/// The settings of each variant of a framer.
#[must_use]
pub fn framer_settings(name: &str) -> Vec<Settings> {
    let usual: &[Variant] = &[&[]];
    let variants = VARIANTS.iter().find(|(known, _)| *known == name).map_or(usual, |(_, all)| all);
    let setting = |(key, value): &(&str, &str)| ((*key).into(), text(value));
    variants.iter().map(|variant| Settings(variant.iter().map(setting).collect())).collect()
}

type Pair = (&'static str, Setting);

fn text(value: &str) -> Setting {
    Setting::Text(value.into())
}

fn table(pairs: impl IntoIterator<Item = Pair>) -> Setting {
    Setting::Table(Settings(pairs.into_iter().map(|(key, value)| (key.into(), value)).collect()))
}

fn field(name: &str, kind: &str, more: impl IntoIterator<Item = Pair>) -> Setting {
    table([("name", text(name)), ("type", text(kind))].into_iter().chain(more))
}

/// The settings of each variant of a protocol: messages of every type, where it needs them declared, and lines with a
/// check sequence.
pub(super) fn protocol_settings(protocol: &str) -> Vec<Settings> {
    let declared = |fields| {
        let message = table([("name", text("m")), ("fields", Setting::List(fields))]);
        Settings(vec![("messages".into(), Setting::List(vec![message]))])
    };
    match protocol {
        "layout" => layouts().into_iter().map(declared).collect(),
        "postcard" => vec![declared(typed())],
        _ => {
            let summed = [("framing", "lines"), ("checksum", "xor8"), ("checksum_missing", "accepted")];
            let summed = summed.map(|(key, value)| (key.into(), text(value)));
            vec![Settings::default(), Settings(summed.into())]
        }
    }
}

/// Fields at fixed places, and fields whose length or number the data say.
fn layouts() -> [Vec<Setting>; 4] {
    let count = |name| [("count", text(name))];
    let named = |length| [("length", text(length)), ("endian", text("big"))];
    let group = |name, count, fields| field(name, "group", [("count", text(count)), ("fields", Setting::List(fields))]);
    let sum = || table([("type", text("checksum")), ("algorithm", text("CRC-16/MODBUS"))]);
    [
        vec![
            field("a", "u24", [("endian", text("big"))]),
            field("b", "f32", [("count", Setting::Int(2))]),
            field("c", "i8", [("enum", Setting::List(vec![text("x"), text("y")]))]),
            field("d", "i16", [("scale", Setting::Float(0.1))]),
            field("e", "text", []),
            table([("type", text("checksum")), ("algorithm", text("xor8"))]),
        ],
        vec![
            field("n", "u8", []),
            field("a", "text", named("u16")),
            field("b", "text", [("until", text("\\0"))]),
            group("g", "n", vec![field("m", "i8", []), group("h", "m", vec![field("c", "bytes", named("u8"))])]),
            field("d", "bytes", count("rest")),
            sum(),
        ],
        vec![field("n", "u32", []), field("a", "u16", count("n")), field("b", "bytes", count("n")), sum()],
        vec![
            field("a", "bytes", [("until", text("ab"))]),
            table([("type", text("pad")), ("length", text("u24"))]),
            group("g", "rest", vec![field("x", "u16", []), field("y", "text", [("until", text(";"))])]),
        ],
    ]
}

/// A field of every kind of postcard's types.
fn typed() -> Vec<Setting> {
    vec![
        field("a", "u16", []),
        field("b", "i128", []),
        field("c", "str", []),
        field("d", "option", [("of", text("f64"))]),
        field("e", "seq", [("of", field("", "seq", [("of", text("bool"))]))]),
        field("f", "map", [("of", field("", "enum", [("variants", variants())]))]),
        field("g", "char", []),
    ]
}

fn variants() -> Setting {
    Setting::List(vec![text("none"), table([("name", text("some")), ("of", text("i32"))])])
}
