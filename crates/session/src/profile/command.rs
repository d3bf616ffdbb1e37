//! `[[commands]]`: what can be sent by name.

use super::ProfileError;
use super::link::mqtt;
use super::names::Names;
use super::read::{Section, number};
use crate::link::{COMMAND_METHODS, Properties};
use crate::query::Cell;
use crate::topic::{Filter, check_name};
use crate::words::{Said, profile as words};
use toml::de::DeValue;

/// Longest wait for a reply: ten minutes.
const MAX_WITHIN_MILLIS: u32 = 600_000;

/// A named outgoing message.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Its name, unique in the profile.
    pub name: String,
    /// What is sent.
    pub body: Body,
    /// Its arguments, in order.
    pub args: Vec<Arg>,
    /// The reply to wait for, if any.
    pub reply: Option<Reply>,
    /// It is sent only after it was armed, once each time (faults S4).
    pub dangerous: bool,
    /// Where it is published and how, at a broker.
    pub publish: Option<Publish>,
    /// How it is asked for, of an HTTP device; where nothing is said, as the link has it.
    pub request: Option<Request>,
}

/// The request that a command makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its method; the link's own for commands if empty.
    pub method: String,
    /// Path and query, in which `{name}` stands for an argument; the link's own if empty.
    pub path: String,
}

/// In a command's topic: the device that it is for, where the profile is of many and no argument is called so.
pub(crate) const DEVICE: &str = "device";

impl Command {
    /// Whether it is for one device of many: its topic has `{device}`, which is no argument of its own.
    #[must_use]
    pub fn is_to_device(&self) -> bool {
        let topic = self.publish.as_ref().map_or("", |publish| &publish.topic);
        let named = || pieces(topic).is_ok_and(|pieces| pieces.contains(&Piece::Arg(DEVICE)));
        !self.args.iter().any(|arg| arg.name == DEVICE) && named()
    }
}

/// How a command is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publish {
    /// The topic, in which `{name}` stands for an argument.
    pub topic: String,
    /// 0, 1 or 2.
    pub qos: u8,
    /// Whether the broker keeps it.
    pub retain: bool,
    /// What stands beside it.
    pub properties: Properties,
}

/// What a command sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Bytes in hexadecimal digits, in which `{name}` stands for an argument of kind `bytes`; sent as they are.
    Hex(String),
    /// Text in which `{name}` stands for an argument; the profile's line ending follows.
    Text(String),
    /// A message of the protocol's encoder; the framer wraps it.
    Message(String),
}

/// An argument of a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    /// Its name.
    pub name: String,
    /// What may be given.
    pub kind: ArgKind,
    /// Its unit as UCUM text; empty if none.
    pub unit: String,
    /// Smallest number accepted.
    pub min: Option<f64>,
    /// Largest number accepted.
    pub max: Option<f64>,
    /// What a form shows first.
    pub default: Option<Cell>,
    /// The only values accepted; any where there are none.
    pub choices: Vec<Cell>,
}

/// What may be given for an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// Text without control characters.
    Text,
    /// True or false.
    Bool,
    /// Bytes, written in hexadecimal digits.
    Bytes,
}

/// A reply to wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What the received bytes must contain; may be empty where a topic is given.
    pub contains: String,
    /// The topics it may come on, as a filter; any where there is none.
    pub topic: Option<String>,
    /// For how long, in milliseconds.
    pub within_millis: u32,
}

pub(super) fn read(root: &Section<'_>, names: &Names, many: bool) -> Result<Vec<Command>, ProfileError> {
    let mut commands: Vec<Command> = Vec::new();
    for section in root.sections("commands")? {
        let command = command(&section, many)?;
        if let Body::Message(message) = &command.body {
            names.sent(message).map_err(|reason| section.error_at("message", reason))?;
        }
        if commands.iter().any(|other| other.name == command.name) {
            return Err(section.error_at("name", words::command_twice(&command.name)));
        }
        commands.push(command);
    }
    Ok(commands)
}

fn command(section: &Section<'_>, many: bool) -> Result<Command, ProfileError> {
    section.only(&[
        "name",
        "text",
        "message",
        "hex",
        "args",
        "reply",
        "dangerous",
        "topic",
        "qos",
        "retain",
        "content_type",
        "response_topic",
        "correlation",
        "user",
        "method",
        "path",
    ])?;
    let name = section.required_shown("name")?;
    let mut args: Vec<Arg> = Vec::new();
    for arg_section in section.sections("args")? {
        let arg = arg(&arg_section)?;
        if args.iter().any(|other| other.name == arg.name) {
            return Err(arg_section.error_at("name", words::argument_twice(&arg.name)));
        }
        args.push(arg);
    }
    let body = match (section.text("text")?, section.text("message")?, section.text("hex")?) {
        (Some(text), None, None) => {
            check_template(&text, &args).map_err(|reason| section.error_at("text", reason))?;
            Body::Text(text)
        }
        (None, Some(message), None) => Body::Message(message),
        (None, None, Some(hex)) => {
            check_hex(&hex, &args).map_err(|reason| section.error_at("hex", reason))?;
            Body::Hex(hex)
        }
        // A request may say everything by where it goes.
        (None, None, None) if section.raw("path").is_some() => Body::Hex(String::new()),
        _ => {
            let reason = words::command_body(&name);
            return Err(section.error_at("name", reason));
        }
    };
    let reply = match section.section("reply")? {
        None => None,
        Some(reply) => {
            reply.only(&["contains", "topic", "within_millis"])?;
            let within_millis = reply.whole("within_millis", 1, MAX_WITHIN_MILLIS)?.unwrap_or(1000);
            let topic = reply.text("topic")?;
            if let Some(topic) = &topic {
                Filter::parse(topic).map_err(|reason| reply.error_at("topic", reason))?;
            }
            // A topic alone says which message is the answer.
            let contains = if topic.is_none() {
                reply.required_text("contains")?
            } else {
                reply.text("contains")?.unwrap_or_default()
            };
            Some(Reply { contains, topic, within_millis })
        }
    };
    let dangerous = section.truth("dangerous")?.unwrap_or(false);
    let publish = publish(section, &args, many)?;
    let request = request(section, &args)?;
    let empty = matches!(&body, Body::Hex(digits) if digits.is_empty());
    if !empty && request.as_ref().is_some_and(|request| request.method == "GET") {
        return Err(section.error_at("method", crate::words::link::body_of_get()));
    }
    Ok(Command { name, body, args, reply, dangerous, publish, request })
}

/// How it is asked for. It goes to the host of the link and no other (security S10).
fn request(section: &Section<'_>, args: &[Arg]) -> Result<Option<Request>, ProfileError> {
    let methods = COMMAND_METHODS.map(|method| (method, method));
    let method = section.choice("method", &methods)?.unwrap_or_default().to_owned();
    let path = section.text("path")?.unwrap_or_default();
    if section.raw("path").is_some() {
        let plain = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '#', ' ']);
        let path = if plain { check_template(&path, args) } else { Err(words::command_path()) };
        path.map_err(|why| section.error_at("path", why))?;
    }
    Ok((!method.is_empty() || !path.is_empty()).then_some(Request { method, path }))
}

/// Where it is published, and with what beside it.
fn publish(section: &Section<'_>, args: &[Arg], many: bool) -> Result<Option<Publish>, ProfileError> {
    let Some(topic) = section.text("topic")? else {
        let only = ["qos", "retain", "content_type", "response_topic", "correlation", "user"];
        let lone = only.into_iter().find(|key| section.raw(key).is_some());
        return lone.map_or(Ok(None), |key| Err(section.error_at(key, words::needs_topic(key))));
    };
    let known = check_name(&topic).and_then(|()| check_pieces(&topic, args, if many { DEVICE } else { "" }));
    known.map_err(|why| section.error_at("topic", why))?;
    let properties = Properties {
        content_type: section.text("content_type")?.unwrap_or_default(),
        response_topic: mqtt::name(section, "response_topic")?.unwrap_or_default(),
        correlation: section.text("correlation")?.unwrap_or_default().into_bytes(),
        user: super::link::pairs(section, "user")?,
    };
    let retain = section.truth("retain")?.unwrap_or(false);
    Ok(Some(Publish { topic, qos: mqtt::qos(section)?, retain, properties }))
}

fn arg(section: &Section<'_>) -> Result<Arg, ProfileError> {
    section.only(&["name", "kind", "unit", "min", "max", "default", "choices"])?;
    let kinds = [
        ("number", ArgKind::Number),
        ("integer", ArgKind::Integer),
        ("text", ArgKind::Text),
        ("bool", ArgKind::Bool),
        ("bytes", ArgKind::Bytes),
    ];
    let kind = section.choice("kind", &kinds)?.unwrap_or(ArgKind::Number);
    let (min, max) = (section.number("min")?, section.number("max")?);
    if let (Some(low), Some(high)) = (min, max)
        && low > high
    {
        return Err(section.error_at("min", words::min_above_max(low, high)));
    }
    let default = match section.raw("default") {
        None => None,
        Some(value) => {
            Some(cell(kind, value).ok_or_else(|| section.error_at("default", words::default_must_be(&wanted(kind))))?)
        }
    };
    let choices = section
        .checked_items("choices", |value| cell(kind, value).ok_or_else(|| words::choices_must_be(&wanted(kind))))?;
    let unit = section.text("unit")?.unwrap_or_default();
    let arg = Arg { name: section.required_text("name")?, kind, unit, min, max, default, choices };
    for choice in &arg.choices {
        arg.check(choice).map_err(|reason| section.error_at("choices", reason))?;
    }
    if let Some(default) = &arg.default {
        arg.check(default).map_err(|reason| section.error_at("default", reason))?;
    }
    Ok(arg)
}

pub(crate) fn wanted(kind: ArgKind) -> Said {
    match kind {
        ArgKind::Number => words::a_number(),
        ArgKind::Integer => words::a_whole_number(),
        ArgKind::Text => words::a_text(),
        ArgKind::Bool => words::a_truth(),
        ArgKind::Bytes => words::some_bytes(),
    }
}

impl Arg {
    /// Whether this may be given for it.
    ///
    /// # Errors
    /// Why not and what would be accepted, as a sentence without its full stop.
    pub fn check(&self, cell: &Cell) -> Result<(), Said> {
        self.check_kind(cell)?;
        if self.choices.is_empty() || self.choices.iter().any(|choice| same(choice, cell)) {
            return Ok(());
        }
        let all: Vec<String> = self.choices.iter().map(plain).collect();
        Err(words::arg_one_of(&self.name, &all.join(", ")))
    }

    fn check_kind(&self, cell: &Cell) -> Result<(), Said> {
        let name = &self.name;
        match (self.kind, number_of(cell), cell) {
            (ArgKind::Number | ArgKind::Integer, Some(number), _) => {
                if !number.is_finite() {
                    return Err(words::arg_number(name));
                }
                if self.kind == ArgKind::Integer && number.fract() != 0.0 {
                    return Err(words::arg_whole(name));
                }
                match (self.min, self.max) {
                    (Some(min), _) if number < min => Err(words::arg_least(name, min)),
                    (_, Some(max)) if number > max => Err(words::arg_most(name, max)),
                    _ => Ok(()),
                }
            }
            (ArgKind::Text, _, Cell::Text(text)) => {
                // A line break in an argument would be a second command (faults S12).
                if text.chars().any(char::is_control) { Err(words::arg_control(name)) } else { Ok(()) }
            }
            (ArgKind::Bool, _, Cell::Bool(_)) | (ArgKind::Bytes, _, Cell::Bytes(_)) => Ok(()),
            (ArgKind::Number | ArgKind::Integer, ..) => Err(words::arg_number(name)),
            (ArgKind::Text, ..) => Err(words::arg_text(name)),
            (ArgKind::Bool, ..) => Err(words::arg_truth(name)),
            (ArgKind::Bytes, ..) => Err(words::arg_bytes(name)),
        }
    }
}

fn number_of(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::F64(number) => Some(*number),
        Cell::F32(number) => Some(f64::from(*number)),
        #[expect(clippy::cast_precision_loss, reason = "compared with limits written by hand")]
        Cell::I64(number) => Some(*number as f64),
        #[expect(clippy::cast_precision_loss, reason = "compared with limits written by hand")]
        Cell::U64(number) => Some(*number as f64),
        _ => None,
    }
}

fn same(one: &Cell, other: &Cell) -> bool {
    match (number_of(one), number_of(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// As it stands in a line of text: numbers plainly, without an exponent; bytes in hexadecimal digits.
pub(crate) fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Bool(truth) => truth.to_string(),
        Cell::I64(number) => number.to_string(),
        Cell::U64(number) => number.to_string(),
        Cell::F32(number) => number.to_string(),
        Cell::F64(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Bytes(bytes) => crate::script::text::hex(bytes).replace(' ', ""),
        Cell::Null => String::new(),
    }
}

fn cell(kind: ArgKind, value: &DeValue<'_>) -> Option<Cell> {
    match (kind, value) {
        (ArgKind::Number, _) => number(value).map(Cell::F64),
        (ArgKind::Integer, DeValue::Integer(whole)) => {
            i64::from_str_radix(whole.as_str(), whole.radix()).ok().map(Cell::I64)
        }
        (ArgKind::Text, DeValue::String(text)) => Some(Cell::Text(text.to_string())),
        (ArgKind::Bool, DeValue::Boolean(truth)) => Some(Cell::Bool(*truth)),
        (ArgKind::Bytes, DeValue::String(text)) => crate::script::text::unhex(text).ok().map(Cell::Bytes),
        _ => None,
    }
}

/// One piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// An argument's name.
    Arg(&'a str),
}

/// Cuts a template at its braces; `{{` and `}}` are braces themselves.
pub(crate) fn pieces(template: &str) -> Result<Vec<Piece<'_>>, Said> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        if let Some(after) = from.strip_prefix("{{") {
            pieces.push(Piece::Text("{"));
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            pieces.push(Piece::Text("}"));
            rest = after;
        } else if let Some((name, after)) = from.strip_prefix('{').and_then(|inside| inside.split_once('}')) {
            pieces.push(Piece::Arg(name));
            rest = after;
        } else {
            return Err(words::lone_brace());
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

fn check_template(template: &str, args: &[Arg]) -> Result<(), Said> {
    check_pieces(template, args, "")
}

/// The same, where one more name is known.
fn check_pieces(template: &str, args: &[Arg], also: &str) -> Result<(), Said> {
    for piece in pieces(template)? {
        if let Piece::Arg(name) = piece
            && name != also
            && !args.iter().any(|arg| arg.name == name)
        {
            let names: Vec<&str> = args.iter().map(|arg| arg.name.as_str()).collect();
            return Err(words::with_hint(&words::no_argument(name), &super::suggest::among(name, &names)));
        }
    }
    Ok(())
}

/// A template of hexadecimal digits with arguments of kind `bytes` in it.
fn check_hex(template: &str, args: &[Arg]) -> Result<(), Said> {
    check_template(template, args)?;
    for piece in pieces(template)? {
        match piece {
            Piece::Text(text) => drop(crate::script::text::unhex(text)?),
            Piece::Arg(name) => {
                if args.iter().any(|arg| arg.name == name && arg.kind != ArgKind::Bytes) {
                    return Err(words::not_bytes(name));
                }
            }
        }
    }
    Ok(())
}
