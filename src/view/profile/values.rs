//! The values of a profile that its form shows: under which key each stands, what it is called and how it is typed.

use crate::words::profile_form as words;

/// How a value is typed.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Text that may be left out.
    Text,
    /// Text that must be there.
    Needed,
    /// A number.
    Number,
    /// Texts with commas between them.
    Texts,
    /// One of some words; the first stands for what is not said.
    Choice(&'static [&'static str]),
    /// True, false, or not said.
    Flag,
}

/// A value under a key of a table.
#[derive(Clone, Copy)]
pub(super) struct Value {
    pub(super) key: &'static str,
    pub(super) label: fn() -> &'static str,
    pub(super) kind: Kind,
}

/// A value of a table.
pub(super) const fn value(key: &'static str, label: fn() -> &'static str, kind: Kind) -> Value {
    Value { key, label, kind }
}

pub(super) const IDENTITY: &[Value] = &[
    value("name", words::name, Kind::Needed),
    value("about", words::about, Kind::Text),
    value("tags", words::tags, Kind::Texts),
];

const SERIAL: &[Value] = &[
    value("baud", words::baud, Kind::Number),
    value("data_bits", words::data_bits, Kind::Choice(&["8", "7"])),
    value("parity", words::parity, Kind::Choice(&["none", "even", "odd"])),
    value("stop_bits", words::stop_bits, Kind::Choice(&["1", "2"])),
    value("flow", words::flow, Kind::Choice(&["none", "hardware"])),
    value("dtr", words::dtr, Kind::Flag),
    value("rts", words::rts, Kind::Flag),
    value("vendor", words::vendor, Kind::Number),
    value("product", words::product, Kind::Number),
    value("buffer_bytes", words::buffer, Kind::Number),
];

const WEBSOCKET: &[Value] = &[
    value("url", words::url, Kind::Needed),
    value("subprotocols", words::subprotocols, Kind::Texts),
    value("silence_s", words::silence, Kind::Number),
];

const HTTP: &[Value] = &[
    value("url", words::url, Kind::Needed),
    value("interval_millis", words::interval, Kind::Number),
    value("command_url", words::command_url, Kind::Text),
    value("command_method", words::command_method, Kind::Choice(&["POST", "PUT"])),
];

const DEMO: &[Value] = &[value("rate_hz", words::rate, Kind::Number)];

pub(super) const LINKS: &[(&str, &[Value])] =
    &[("serial", SERIAL), ("websocket", WEBSOCKET), ("http", HTTP), ("demo", DEMO)];

pub(super) const TERMINAL: &[Value] = &[value("ending", words::ending, Kind::Choice(&["lf", "cr", "crlf", "none"]))];

pub(super) const DEVICE: &[Value] = &[
    value("probe", words::probe, Kind::Text),
    value("probe_hex", words::probe_hex, Kind::Text),
    value("expect", words::expect, Kind::Text),
    value("expect_hex", words::expect_hex, Kind::Text),
    value("match", words::matches, Kind::Text),
    value("within_millis", words::within, Kind::Number),
];

pub(super) const CLOCK: &[Value] = &[
    value("field", words::field, Kind::Text),
    value("message", words::message, Kind::Text),
    value("unit", words::unit, Kind::Choice(&["ms", "s", "us", "ns"])),
    value("bits", words::bits, Kind::Number),
    value("counts_from", words::counts_from, Kind::Choice(&["start", "1970"])),
];

pub(super) const SEQUENCE: &[Value] = &[
    value("field", words::field, Kind::Text),
    value("message", words::message, Kind::Text),
    value("bits", words::bits, Kind::Number),
    value("modulus", words::modulus, Kind::Number),
];
