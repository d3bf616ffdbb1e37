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

/// A message of every type, where a protocol needs one declared.
pub(super) fn protocol_settings(protocol: &str) -> Settings {
    let fields = match protocol {
        "layout" => vec![
            field("a", "u24", [("endian", text("big"))]),
            field("b", "f32", [("count", Setting::Int(2))]),
            field("c", "i8", [("enum", Setting::List(vec![text("x"), text("y")]))]),
            field("d", "i16", [("scale", Setting::Float(0.1))]),
            field("e", "text", []),
            table([("type", text("checksum")), ("algorithm", text("xor8"))]),
        ],
        "postcard" => vec![
            field("a", "u16", []),
            field("b", "i128", []),
            field("c", "str", []),
            field("d", "option", [("of", text("f64"))]),
            field("e", "seq", [("of", field("", "seq", [("of", text("bool"))]))]),
            field("f", "map", [("of", field("", "enum", [("variants", variants())]))]),
            field("g", "char", []),
        ],
        _ => return Settings::default(),
    };
    let message = table([("name", text("m")), ("fields", Setting::List(fields))]);
    Settings(vec![("messages".into(), Setting::List(vec![message]))])
}

fn variants() -> Setting {
    Setting::List(vec![text("none"), table([("name", text("some")), ("of", text("i32"))])])
}
