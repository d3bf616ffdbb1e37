//! The way out: bytes and commands to the link, bounded.

use super::Session;
use super::notes::shown;
use crate::input::Output;
use crate::link::{Publication, Request};
use crate::profile::{Body, Command, DEVICE, Piece as Part, Publish, pieces, plain};
use crate::query::{Cell, LinkState};
use crate::script::text::{hex, unhex};
use crate::wire::Event;
use crate::words::{Said, send as words};
use codec::{EncodeError, Kind, Value, WrapError};
use store::{Direction, Time};

/// Bytes that may wait for a device to take them.
const MAX_OUTSTANDING: usize = 64 << 10;

/// Pieces that may wait, whatever their length: a link holds no more than 1,024.
const MAX_PIECES: usize = 512;

/// Between two commands that are marked as dangerous, in milliseconds: a key held down, a macro's loop or a click too many
/// does not do twice what cannot be undone (security S37).
pub(super) const DANGER_REST: i64 = 1000;

/// Stands for the device in what a command would publish to one of many.
const ANY_DEVICE: &str = "{device}";
/// Bytes that a dry run shows.
const DRY_RUN: usize = 64;

/// Longest message a command may encode to.
const MAX_PAYLOAD: usize = 64 << 10;

/// What was handed out at once and waits to be taken.
#[derive(Debug)]
pub(super) struct Piece {
    len: usize,
    /// The command that it is the request of.
    command: Option<String>,
}

impl Session {
    pub(super) fn send(&mut self, now: Time, bytes: &[u8], wrap: bool) {
        if bytes.is_empty() {
            return;
        }
        let wire = if wrap { self.wrapped(bytes) } else { Ok(bytes.to_vec()) };
        match wire.and_then(|wire| self.transmit(now, wire, &shown(bytes))) {
            Ok(()) => self.accepted(),
            Err(why) => self.refuse(why, true),
        }
    }

    /// A payload as it goes on the wire.
    fn wrapped(&self, payload: &[u8]) -> Result<Vec<u8>, Said> {
        // A message of a broker is a frame already, unless the profile frames what is in it.
        if self.usual_topic().is_some() && self.profile.settings.get("framing").is_none() {
            return Ok(payload.to_vec());
        }
        let mut wire = vec![0; payload.len().saturating_add(32)];
        let mut done = self.codec.framer.wrap(payload, &mut wire);
        if let Err(WrapError::BufferTooSmall { need }) = done {
            wire.resize(need, 0);
            done = self.codec.framer.wrap(payload, &mut wire);
        }
        wire.truncate(done.map_err(|why| words::not_sent(&words::plain(why)))?);
        Ok(wire)
    }

    /// What was typed, as it is: what becomes of it the device shows.
    pub(super) fn keys(&mut self, now: Time, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let typed = self.usual_topic().map_or(Ok(()), |_| Err(words::no_keys()));
        match typed.and_then(|()| self.may_send(bytes.len())) {
            Ok(()) => {
                self.files.done_with();
                let secret = self.asks_secret();
                if !secret {
                    self.echo(now, bytes);
                }
                self.hand_out_as(now, bytes.to_vec(), secret);
                if bytes.contains(&b'\r') || bytes.contains(&b'\n') {
                    self.prompt.is_over();
                }
            }
            Err(why) => self.refuse(why, false),
        }
    }

    /// Whether the link is open.
    pub(super) fn is_open(&self) -> bool {
        self.state == LinkState::Connected
    }

    /// Whether the device has taken so much that there is room for this.
    pub(super) fn has_room(&self, len: usize) -> bool {
        let bytes = self.outstanding.saturating_add(len);
        self.outstanding == 0 || (bytes <= MAX_OUTSTANDING && self.pieces.len() < MAX_PIECES)
    }

    /// Hands it out and writes it in the terminal, or says why not.
    pub(super) fn transmit(&mut self, now: Time, wire: Vec<u8>, shown: &str) -> Result<(), Said> {
        let secret = self.asks_secret();
        self.transmit_as(now, wire, shown, secret)
    }

    /// The same of what is not to be seen, or of what is.
    pub(super) fn transmit_as(&mut self, now: Time, wire: Vec<u8>, shown: &str, secret: bool) -> Result<(), Said> {
        if let Some(topic) = self.usual_topic() {
            let publication = Publication { topic: topic?, payload: wire, ..Publication::default() };
            return self.hand_publication(now, publication);
        }
        self.may_send(wire.len())?;
        self.files.done_with();
        self.note_sent(now, shown, secret);
        self.hand_out_as(now, wire, secret);
        self.prompt.is_over();
        Ok(())
    }

    /// Why so many bytes cannot be sent now, if they cannot.
    pub(super) fn may_send(&self, len: usize) -> Result<(), Said> {
        if let Some(why) = self.unidentified() {
            return Err(why);
        }
        let closed = match self.state {
            LinkState::Connected => None,
            LinkState::Opening => Some(words::opening()),
            LinkState::Waiting { .. } => Some(words::waiting()),
            LinkState::Closed { .. } | LinkState::Done => Some(words::closed()),
        };
        if let Some(why) = closed {
            return Err(why);
        }
        if self.reached.as_ref().is_some_and(|reached| !reached.write) {
            return Err(crate::words::link::read_only());
        }
        if self.files.under_way() {
            return Err(words::transfer_under_way());
        }
        if len > MAX_OUTSTANDING {
            return Err(words::too_long(len, MAX_OUTSTANDING));
        }
        if self.outstanding.saturating_add(len) > MAX_OUTSTANDING || self.pieces.len() >= MAX_PIECES {
            return Err(words::outstanding(self.outstanding));
        }
        Ok(())
    }

    /// Hands bytes to the link.
    pub(super) fn hand_out(&mut self, now: Time, wire: Vec<u8>) {
        self.hand_out_as(now, wire, false);
    }

    /// Hands bytes to the link. Of a secret only how many there are is kept.
    fn hand_out_as(&mut self, now: Time, wire: Vec<u8>, secret: bool) {
        self.account_for(now, wire.len(), if secret { &[] } else { &wire });
        self.outputs.push_back(Output::Transmit(wire));
    }

    /// Something is on its way out, and counts for so much until it has left.
    pub(super) fn account_for(&mut self, now: Time, len: usize, bytes: &[u8]) {
        self.outstanding = self.outstanding.saturating_add(len);
        self.pieces.push_back(Piece { len, command: None });
        self.data.store.log(now, Direction::Sent, bytes);
    }

    pub(super) fn refuse(&mut self, why: Said, line: bool) {
        self.data.counters.refused = self.data.counters.refused.saturating_add(1);
        self.refusal = true;
        let why = self.say(&why);
        self.event(Event::Refused { why, line });
    }

    /// So many bytes wait no more, the oldest first.
    pub(super) fn left(&mut self, mut len: usize) {
        self.outstanding = self.outstanding.saturating_sub(len);
        while let Some(piece) = self.pieces.front_mut() {
            if piece.len > len {
                piece.len = piece.len.saturating_sub(len);
                break;
            }
            len = len.saturating_sub(piece.len);
            self.pieces.pop_front();
        }
    }

    /// Nothing that was handed out will leave any more.
    pub(super) fn none_outstanding(&mut self) {
        self.outstanding = 0;
        self.pieces.clear();
    }

    pub(super) fn transmitted(&mut self, now: Time, len: usize) {
        self.left(len);
        self.transfer_taken(now);
        self.data.counters.bytes_out = self.data.counters.bytes_out.saturating_add(len as u64);
    }

    /// It was asked, and said no: that is its answer, and no other is waited for.
    pub(super) fn declined(&mut self, len: usize, status: u16, why: &str) {
        let command = self.pieces.front_mut().and_then(|piece| piece.command.take());
        let Some(name) = command else { return self.not_transmitted(len, why) };
        self.left(len);
        self.data.counters.bytes_out = self.data.counters.bytes_out.saturating_add(len as u64);
        self.data.counters.refused = self.data.counters.refused.saturating_add(1);
        self.data.replies.forget(&name);
        self.event(Event::Declined { name, status, why: why.to_owned() });
    }

    pub(super) fn not_transmitted(&mut self, len: usize, why: &str) {
        self.given_back(len, why, false);
    }

    /// The same of what may have been a line that was typed.
    pub(super) fn given_back(&mut self, len: usize, why: &str, line: bool) {
        self.left(len);
        // Lines that would follow one that was lost do harm.
        if len > 0 {
            self.stop_lines(&Said::verbatim(why));
        }
        if self.not_taken() {
            return;
        }
        self.refuse(Said::verbatim(why), line);
    }

    pub(super) fn command(&mut self, now: Time, name: &str, args: &[Cell]) {
        let Some(command) = self.profile.command(name).cloned() else {
            return self.refuse(words::no_command(name), false);
        };
        match self.send_command(now, &command, args) {
            Ok(()) => self.accepted(),
            Err(why) => self.refuse(why, false),
        }
    }

    /// Says what a command would send, and sends nothing (security S37). It counts nowhere.
    pub(super) fn dry_run(&mut self, number: u32, name: &str, args: &[Cell]) {
        let tried = self.profile.command(name).ok_or_else(|| words::no_command(name)).and_then(|command| {
            let of_command = |why| words::of_command(name, &why);
            let (wire, _) = self.composed(command, args).map_err(of_command)?;
            // Of many devices the one is not said.
            let device = self.many.as_ref().map(|_| ANY_DEVICE);
            let topic = command.publish.as_ref().map(|publish| topic_of(publish, command, args, device)).transpose();
            let topic = match topic.map_err(of_command)? {
                Some(topic) => topic,
                None => self.usual_topic().transpose()?.unwrap_or_default(),
            };
            Ok((wire, topic))
        });
        let why = match &tried {
            Ok((wire, _)) => self.may_send(wire.len()).err(),
            Err(why) => Some(why.clone()),
        };
        let (wire, topic) = tried.unwrap_or_default();
        let why = why.map_or_else(String::new, |why| self.say(&why));
        let first = wire.iter().take(DRY_RUN).copied().collect();
        self.event(Event::DryRun { number, name: name.to_owned(), len: wire.len() as u64, first, topic, why });
    }

    /// Sends a command and begins to wait for its reply; or why not, as a sentence.
    pub(super) fn send_command(&mut self, now: Time, command: &Command, args: &[Cell]) -> Result<(), Said> {
        let (wire, text) = self.composed(command, args).map_err(|why| words::of_command(&command.name, &why))?;
        let recent = |sent: Time| (0..DANGER_REST).contains(&(now.nanos_since(sent) / 1_000_000));
        if command.dangerous && self.danger.is_some_and(recent) {
            return Err(words::too_soon(&command.name));
        }
        match &command.publish {
            Some(publish) => {
                let device = self.profile.device();
                let publication = published(publish, command, args, device.as_deref(), wire);
                self.hand_publication(now, publication.map_err(|why| words::of_command(&command.name, &why))?)?;
            }
            None => match &command.request {
                Some(request) => {
                    let path = filled(&request.path, command, args, |_, given| {
                        Ok(super::http::encoded(&given.map(plain).unwrap_or_default()))
                    });
                    let path = path.map_err(|why| words::of_command(&command.name, &why))?;
                    let method = request.method.clone();
                    self.hand_request(now, Request { method, path, body: wire }, &text)?;
                }
                None => self.transmit(now, wire, &text)?,
            },
        }
        if let Some(piece) = self.pieces.back_mut() {
            piece.command = Some(command.name.clone());
        }
        if command.dangerous {
            self.danger = Some(now);
        }
        // Asked for before it is sent: the answer may come with the very next input.
        if let Some(reply) = &command.reply
            && let Some(first) = self.data.replies.wait(&command.name, reply, now)
        {
            self.expired(first);
        }
        Ok(())
    }

    /// A command's bytes on the wire, and as the terminal shows it.
    pub(super) fn composed(&self, command: &Command, args: &[Cell]) -> Result<(Vec<u8>, String), Said> {
        if args.len() != command.args.len() {
            return Err(words::count(command.args.len(), args.len()));
        }
        for (arg, cell) in command.args.iter().zip(args) {
            arg.check(cell)?;
        }
        match &command.body {
            Body::Text(template) => {
                let mut line = String::new();
                for piece in pieces(template)? {
                    match piece {
                        Part::Text(text) => line.push_str(text),
                        Part::Arg(name) => {
                            let found = command.args.iter().zip(args).find(|(arg, _)| arg.name == name);
                            line.push_str(&found.map(|(_, cell)| plain(cell)).unwrap_or_default());
                        }
                    }
                }
                // The body of a request ends by itself.
                let ending = if command.request.is_some() { &[] } else { self.profile.ending.bytes() };
                Ok(([line.as_bytes(), ending].concat(), line))
            }
            Body::Hex(template) => {
                let mut wire = Vec::new();
                for piece in pieces(template)? {
                    match piece {
                        Part::Text(digits) => wire.extend(unhex(digits)?),
                        Part::Arg(name) => {
                            let found = command.args.iter().zip(args).find(|(arg, _)| arg.name == name);
                            if let Some((_, Cell::Bytes(bytes))) = found {
                                wire.extend_from_slice(bytes);
                            }
                        }
                    }
                }
                let text = hex(&wire);
                Ok((wire, text))
            }
            Body::Message(message) => {
                let payload = self.encoded(message, command, args)?;
                let named = command.args.iter().zip(args).map(|(arg, cell)| format!(" {}={}", arg.name, plain(cell)));
                Ok((self.wrapped(&payload)?, format!("{message}{}", named.collect::<String>())))
            }
        }
    }

    fn encoded(&self, message: &str, command: &Command, args: &[Cell]) -> Result<Vec<u8>, Said> {
        let encoder = &self.codec.encoder;
        let schema = encoder.commands().iter().find(|schema| schema.name == message);
        let schema = schema.ok_or_else(|| words::no_message(message))?;
        let kinds = schema.fields.iter().map(|field| Some(field.kind)).chain(std::iter::repeat(None));
        let values: Vec<Value<'_>> = args.iter().zip(kinds).map(|(cell, kind)| value(cell, kind)).collect();
        let mut payload = vec![0; 256];
        let mut done = encoder.encode(message, &values, &mut payload);
        if let Err(EncodeError::BufferTooSmall { .. }) = done {
            payload.resize(MAX_PAYLOAD, 0);
            done = encoder.encode(message, &values, &mut payload);
        }
        let unfit = |why| match why {
            EncodeError::Argument { index } => match (command.args.get(index), args.get(index)) {
                (Some(arg), Some(cell)) => words::unfit(&arg.name, &crate::screen::visible(&plain(cell))),
                _ => words::plain(why),
            },
            why => words::plain(why),
        };
        payload.truncate(done.map_err(unfit)?);
        Ok(payload)
    }
}

/// A command as it is published: to this device, where its topic has one.
pub(super) fn published(
    publish: &Publish,
    command: &Command,
    args: &[Cell],
    device: Option<&str>,
    payload: Vec<u8>,
) -> Result<Publication, Said> {
    let topic = topic_of(publish, command, args, device)?;
    let Publish { qos, retain, properties, .. } = publish.clone();
    Ok(Publication { topic, payload, qos, retain, properties })
}

/// Where a command goes. An argument is one level or a part of it: it must not lead to another topic (faults S12).
fn topic_of(publish: &Publish, command: &Command, args: &[Cell], device: Option<&str>) -> Result<String, Said> {
    filled(&publish.topic, command, args, |name, given| {
        let text = match given {
            Some(cell) => plain(cell),
            None => device.filter(|_| name == DEVICE).ok_or_else(words::no_device)?.to_owned(),
        };
        let level = !text.is_empty() && !text.contains(['/', '+', '#', '\0']);
        if level { Ok(text) } else { Err(words::not_a_level(name)) }
    })
}

/// A template with its arguments in it, each as `part` has it.
fn filled(
    template: &str,
    command: &Command,
    args: &[Cell],
    part: impl Fn(&str, Option<&Cell>) -> Result<String, Said>,
) -> Result<String, Said> {
    let mut filled = String::new();
    for piece in pieces(template)? {
        match piece {
            Part::Text(text) => filled.push_str(text),
            Part::Arg(name) => {
                let found = command.args.iter().zip(args).find(|(arg, _)| arg.name == name);
                filled.push_str(&part(name, found.map(|(_, cell)| cell))?);
            }
        }
    }
    Ok(filled)
}

/// As the encoder's field has it, where that loses nothing.
fn value(cell: &Cell, kind: Option<Kind>) -> Value<'_> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and in range, as checked")]
    match (cell, kind) {
        (Cell::F64(n), Some(Kind::I64)) if n.fract() == 0.0 && n.abs() < 9e18 => Value::I64(*n as i64),
        (Cell::F64(n), Some(Kind::U64)) if n.fract() == 0.0 && (0.0..1.8e19).contains(n) => Value::U64(*n as u64),
        (Cell::F64(n), Some(Kind::F32)) => Value::F32(*n as f32),
        (Cell::I64(n), Some(Kind::U64)) if *n >= 0 => Value::U64(n.unsigned_abs()),
        #[expect(clippy::cast_precision_loss, reason = "the field is a float")]
        (Cell::I64(n), Some(Kind::F64)) => Value::F64(*n as f64),
        #[expect(clippy::cast_precision_loss, reason = "the field is a float")]
        (Cell::I64(n), Some(Kind::F32)) => Value::F32(*n as f32),
        (Cell::Null, _) => Value::Null,
        (Cell::Bool(truth), _) => Value::Bool(*truth),
        (Cell::I64(n), _) => Value::I64(*n),
        (Cell::U64(n), _) => Value::U64(*n),
        (Cell::F32(n), _) => Value::F32(*n),
        (Cell::F64(n), _) => Value::F64(*n),
        (Cell::Text(text), _) => Value::Text(text),
        (Cell::Bytes(bytes), _) => Value::Bytes(bytes),
    }
}
