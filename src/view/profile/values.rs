//! The values of a profile that its form shows: under which key each stands, what it is called and how it is typed.

use crate::words::profile_form as words;
use codec::checksum::Checksum;

/// How a value is typed.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Text that may be left out.
    Text,
    /// Text that must be there.
    Needed,
    /// Text that must be there, of those that a list of the form offers and of others.
    Offered(Offer),
    /// Text that may be left out, of those that a list of the form offers and of others.
    Picked(Offer),
    /// Text of many lines.
    Lines,
    /// A number.
    Number,
    /// Numbers with commas between them.
    Numbers,
    /// Texts with commas between them.
    Texts,
    /// What only TOML can write.
    Toml,
    /// One of some words; the first stands for what is not said.
    Choice(&'static [&'static str]),
    /// True, false, or not said.
    Flag,
}

/// A list of what may be typed.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Offer {
    /// Fields of the messages that the profile declares.
    Fields,
    /// The profile's commands.
    Commands,
    /// What the profile calls things.
    Names,
    /// The checksums that the codec knows.
    Checksums,
    /// What is found by itself.
    Auto,
    /// Ends of lines.
    Endings,
}

impl Offer {
    /// The list's id.
    pub(super) fn id(self) -> &'static str {
        match self {
            Offer::Fields => "form-known-fields",
            Offer::Commands => "form-known-commands",
            Offer::Names => "form-known-names",
            Offer::Checksums => "form-known-checksums",
            Offer::Auto => "form-known-auto",
            Offer::Endings => "form-known-endings",
        }
    }

    /// What is offered whatever the profile says.
    pub(super) fn fixed(self) -> Vec<&'static str> {
        match self {
            Offer::Checksums => Checksum::names().collect(),
            Offer::Auto => vec!["auto"],
            Offer::Endings => vec!["auto", "lf", "cr", "crlf"],
            Offer::Fields | Offer::Commands | Offer::Names => Vec::new(),
        }
    }
}

/// A value under a key of a table.
#[derive(Clone, Copy)]
pub(super) struct Value {
    pub(super) key: &'static str,
    pub(super) label: fn() -> &'static str,
    pub(super) kind: Kind,
    /// Another key of the table (or, behind a `/`, a path of the profile), and the words under it with which the table
    /// has this one; any word where none is named.
    pub(super) when: Option<(&'static str, &'static [&'static str])>,
    /// What is to be known of it.
    pub(super) note: Option<fn() -> &'static str>,
    /// What counts where nothing is said; shown in an empty field.
    pub(super) usual: &'static str,
}

/// A value of a table.
pub(super) const fn value(key: &'static str, label: fn() -> &'static str, kind: Kind) -> Value {
    Value { key, label, kind, when: None, note: None, usual: "" }
}

impl Value {
    /// Only with these words under another key, or with any.
    pub(super) const fn when(self, key: &'static str, words: &'static [&'static str]) -> Value {
        Value { when: Some((key, words)), ..self }
    }

    /// With a sentence under it.
    pub(super) const fn note(self, note: fn() -> &'static str) -> Value {
        Value { note: Some(note), ..self }
    }

    /// With what counts where nothing is said.
    pub(super) const fn usual(self, usual: &'static str) -> Value {
        Value { usual, ..self }
    }
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
    value("sends", words::sends, Kind::Choice(&["binary", "text"])),
    value("ping", words::ping, Kind::Text),
    value("pong", words::pong, Kind::Text),
    value("ping_s", words::ping_every, Kind::Number),
];

const HTTP: &[Value] = &[
    value("url", words::url, Kind::Needed),
    value("mode", words::mode, Kind::Choice(&["poll", "events", "stream"])),
    value("select", words::select, Kind::Text).note(words::select_note),
    value("interval_millis", words::interval, Kind::Number),
    value("command_url", words::command_url, Kind::Text),
    value("command_method", words::command_method, Kind::Choice(&["POST", "PUT", "PATCH", "DELETE", "GET"])),
];

const TARGET: Value = value("target", words::target, Kind::Needed);
const GATEWAY: Value = value("gateway", words::gateway, Kind::Text);
const SILENCE: Value = value("silence_s", words::silence, Kind::Number);

const TCP: &[Value] = &[TARGET, GATEWAY, SILENCE];
const FTP: &[Value] = &[TARGET, GATEWAY];

const TELNET: &[Value] = &[
    TARGET,
    GATEWAY,
    SILENCE,
    value("baud", words::baud, Kind::Number).note(words::remote_line_note),
    value("data_bits", words::data_bits, Kind::Choice(&["8", "7", "6", "5"])),
    value("parity", words::parity, Kind::Choice(&["none", "even", "odd"])),
    value("stop_bits", words::stop_bits, Kind::Choice(&["1", "2"])),
    value("flow", words::flow, Kind::Choice(&["none", "hardware"])),
];

pub(super) static MQTT: &[Value] = &[
    value("url", words::url, Kind::Needed),
    value("topics", words::topics, Kind::Texts).note(words::topics_note),
    value("publish", words::publish, Kind::Text),
    value("version", words::version, Kind::Choice(&["5", "3.1.1"])),
    value("username", words::username, Kind::Text).note(words::username_note),
    value("client_id", words::client_id, Kind::Text),
    value("clean_start", words::clean_start, Kind::Flag),
    value("keep_alive_s", words::keep_alive, Kind::Number),
    value("session_expiry_s", words::session_expiry, Kind::Number),
];

/// What an MQTT broker publishes when the connection ends without a word.
pub(super) const WILL: &[Value] = &[
    value("topic", words::will_topic, Kind::Text).note(words::will_note),
    value("payload", words::will_payload, Kind::Text),
    value("qos", words::will_qos, Kind::Choice(&["0", "1", "2"])),
    value("retain", words::will_retain, Kind::Flag),
];

const DEMO: &[Value] = &[value("rate_hz", words::rate, Kind::Number)];

pub(super) static LINKS: &[(&str, &[Value])] = &[
    ("serial", SERIAL),
    ("websocket", WEBSOCKET),
    ("http", HTTP),
    ("mqtt", MQTT),
    ("tcp", TCP),
    ("telnet", TELNET),
    ("gateway-serial", TCP),
    ("ftp", FTP),
    ("demo", DEMO),
];

pub(super) const TERMINAL: &[Value] = &[
    value("ending", words::ending, Kind::Choice(&["lf", "cr", "crlf", "none"])),
    value("message", words::log_message, Kind::Text).note(words::log_message_note),
];

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

pub(super) const MEMORY: &[Value] = &[value("budget_mib", words::budget, Kind::Number).note(words::budget_note)];

pub(super) const LAYOUT: &[Value] = &[
    value("plot", words::plotted, Kind::Texts).note(words::plotted_note),
    value("span_s", words::span, Kind::Number),
    value("time", words::plot_time, Kind::Choice(&["arrival", "device"])),
    value("upper_left", words::upper_left, Kind::Texts).note(words::panels_note),
    value("upper_right", words::upper_right, Kind::Texts),
    value("lower_left", words::lower_left, Kind::Texts),
    value("lower_right", words::lower_right, Kind::Texts),
    value("closed", words::closed, Kind::Texts),
    value("front", words::front, Kind::Texts),
    value("right_px", words::right_px, Kind::Number),
    value("lower_left_px", words::lower_left_px, Kind::Number),
    value("lower_right_px", words::lower_right_px, Kind::Number),
];

pub(super) const FLEET: &[Value] = &[
    value("stale_s", words::stale, Kind::Number),
    value("columns", words::fleet_columns, Kind::Texts),
    value("group", words::fleet_group, Kind::Text).note(words::fleet_group_note),
    value("trend", words::fleet_trend, Kind::Text),
    value("commands_per_s", words::fleet_rate, Kind::Number),
];

pub(super) const PRESENCE: &[Value] = &[
    value("topic", words::presence, Kind::Needed).note(words::presence_note),
    value("online", words::online, Kind::Text),
    value("offline", words::offline, Kind::Text),
];

pub(super) const DASHBOARD: &[Value] =
    &[value("title", words::title, Kind::Text), value("stale_s", words::stale, Kind::Number)];
