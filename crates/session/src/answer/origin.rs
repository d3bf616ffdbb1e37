//! Which bytes made a value.

use crate::Session;
use crate::derive::Derived;
use crate::query::{ByteKind, FieldId, Origin, Part, Rejected};
use crate::screen::visible;
use crate::session::{REJECTED, open};
use codec::{Found, Framer};
use std::ops::Range;
use store::{Piece, Time};

/// Frames longer than this, in bytes, are shown whole.
const LONGEST: usize = 1 << 16;

/// How a derived field is made.
#[derive(Default)]
struct Made {
    steps: Vec<(String, String)>,
    /// Names and indices in the table of the message.
    parts: Vec<(String, usize)>,
    remembers: bool,
}

/// A byte that was received, and its offset in the log.
type Logged = (u64, u8);

impl Session {
    /// The bytes of the latest frame of a field's message, and which of them are the field's.
    pub(super) fn origin(&self, field: FieldId) -> Origin {
        let store = &self.data.store;
        let Some((table, computed)) = self.source(usize::from(field.table)) else { return Origin::Unknown };
        let made = if computed { self.made(field, table) } else { None };
        let Some((at, len)) = self.data.origins.of(store, table) else { return Origin::Unknown };
        let (frame, pieces) = match self.held(at, len) {
            Ok(held) => held,
            Err(why) => return why,
        };
        let long = len > LONGEST as u64;
        let own = if computed || long { None } else { self.field_in(&pieces, table, usize::from(field.field)) };
        let row_of = |(first, _): (u64, u64)| store.log_row_of(first).unwrap_or_default();
        let Some(made) = made else { return Origin::Held { frame, field: own, row: row_of(own.unwrap_or(frame)) } };
        let part = |(name, field): (String, usize)| {
            let bytes = if long { None } else { self.field_in(&pieces, table, field) };
            Part { name, bytes, row: row_of(bytes.unwrap_or(frame)) }
        };
        let parts = made.parts.into_iter().map(part).collect();
        Origin::Computed { frame, row: row_of(frame), steps: made.steps, parts, remembers: made.remembers }
    }

    /// How a derived field is computed from the fields of a table; `None` where the profile in force has none like it.
    fn made(&self, field: FieldId, table: usize) -> Option<Made> {
        let tables = self.data.store.tables();
        let source = tables.get(table)?;
        let own = tables.get(usize::from(field.table))?.field(usize::from(field.field))?.name;
        let of_message = |derived: &&Derived| derived.message == source.schema();
        let all: Vec<&Derived> = self.profile.derived.iter().filter(of_message).collect();
        let mut made = Made::default();
        let mut wanted = vec![all.iter().position(|derived| derived.name == own)?];
        while let Some(index) = wanted.pop() {
            let Some(derived) = all.get(index) else { continue };
            let step = (visible(&derived.name), derived.expression.text().to_owned());
            if made.steps.contains(&step) {
                continue;
            }
            made.steps.push(step);
            made.remembers |= derived.expression.remembers();
            for name in derived.expression.fields() {
                // As it is computed: a field of the message goes before a derived one, and only one before this is read.
                if let Some(part) = source.fields().position(|field| field.name == name) {
                    let part = (visible(name), part);
                    if !made.parts.contains(&part) {
                        made.parts.push(part);
                    }
                } else if let Some(before) = all.iter().take(index).position(|derived| derived.name == *name) {
                    wanted.push(before);
                }
            }
        }
        Some(made)
    }

    /// The bytes of a frame that was rejected.
    pub(super) fn rejected_frame(&self, at: Option<u64>, time_nanos: i64) -> Origin {
        let all = &self.data.rejected;
        // Where the oldest are no longer listed, one from before those that are is none of them.
        let listed = all.len() < REJECTED || all.front().is_some_and(|first| first.time_nanos <= time_nanos);
        let is = |frame: &&Rejected| at.map_or(listed && frame.time_nanos >= time_nanos, |at| frame.at == at);
        let wanted = all.iter().find(is);
        match wanted.map(|wanted| self.held(wanted.at, wanted.len)) {
            Some(Ok((frame, _))) => {
                let row = self.data.store.log_row_of(frame.0).unwrap_or_default();
                Origin::Held { frame, field: None, row }
            }
            Some(Err(why)) => why,
            None => Origin::Unknown,
        }
    }

    /// The last bytes of a kind.
    pub(super) fn last_bytes(&self, kind: ByteKind) -> Origin {
        let pending = self.data.counters.bytes_pending;
        let last = match kind {
            ByteKind::Unknown => (pending > 0).then(|| (self.data.offset().saturating_sub(pending), pending)),
            kind => self.data.spans.last_of(kind),
        };
        match last.map(|(at, len)| self.held(at, len)) {
            Some(Ok((frame, _))) => {
                let row = self.data.store.log_row_of(frame.0).unwrap_or_default();
                Origin::Held { frame, field: None, row }
            }
            Some(Err(why)) => why,
            None => Origin::Unknown,
        }
    }

    /// The line of the terminal that tells of the last gap.
    pub(super) fn last_gap(&mut self) -> Option<u64> {
        let held = self.data.store.gaps(Time(i64::MIN)..Time(i64::MAX)).last().map(|(from, _)| from);
        let since = self.gone.max(held)?;
        self.data.screen.gap_since(since)
    }

    /// So many bytes of what was received, from an offset on: the first and the last of them in the log.
    fn held(&self, at: u64, len: u64) -> Result<((u64, u64), Vec<Piece<'_>>), Origin> {
        let pieces = self.data.store.log_received(at..at.saturating_add(len));
        let held: usize = pieces.iter().map(|piece| piece.bytes.len()).sum();
        match pieces.first().zip(pieces.last()) {
            Some((first, last)) if held as u64 == len => {
                let end = last.at.saturating_add(last.bytes.len() as u64).saturating_sub(1);
                Ok(((first.at, end), pieces))
            }
            _ if self.data.counters.evicted_bytes > 0 => Err(Origin::GivenUp),
            _ => Err(Origin::Unknown),
        }
    }

    /// The table whose frames a table's rows come of, and whether they are computed from those.
    fn source(&self, table: usize) -> Option<(usize, bool)> {
        let tables = self.data.store.tables();
        let Some(message) = tables.get(table)?.schema().strip_suffix(" derived") else { return Some((table, false)) };
        let named = tables.iter().rposition(|other| other.schema() == message);
        Some(named.map_or((table, false), |source| (source, true)))
    }

    /// The first and the last byte of a field in its frame.
    fn field_in(&self, pieces: &[Piece<'_>], table: usize, field: usize) -> Option<(u64, u64)> {
        let logged = |piece: &Piece<'_>| {
            let at = piece.at;
            piece.bytes.iter().zip(at..).map(|(byte, at)| (at, *byte)).collect::<Vec<Logged>>()
        };
        let wire: Vec<Logged> = pieces.iter().flat_map(logged).collect();
        let bytes: Vec<u8> = wire.iter().map(|(_, byte)| *byte).collect();
        let message = self.data.store.tables().get(table)?.schema();
        let (mut codec, message) = match self.sources.decoder_of(message) {
            Some(of_topic) => of_topic,
            None => (open(&self.profile).ok()?, message.to_owned()),
        };
        let payload = unframed(codec.framer.as_mut(), &bytes, &mut vec![0; codec.limit_bytes.min(LONGEST)])?;
        let place = codec.decoder.bytes_of(&payload, &message, field)?;
        let on_wire = on_wire(codec.framer.as_ref(), &bytes, &place)?;
        let last = on_wire.end.checked_sub(1)?;
        Some((wire.get(on_wire.start)?.0, wire.get(last)?.0))
    }
}

/// The payload of a frame. A framer that looks for a delimiter first has seen one when the frame comes again.
fn unframed(framer: &mut dyn Framer, wire: &[u8], frame: &mut [u8]) -> Option<Vec<u8>> {
    for _ in 0..2 {
        if let Some(payload) = fed(framer, wire, frame).and_then(|len| frame.get(..len)) {
            return Some(payload.to_vec());
        }
    }
    None
}

/// Feeds a frame byte by byte; the length of its payload, if it is one.
fn fed(framer: &mut dyn Framer, wire: &[u8], frame: &mut [u8]) -> Option<usize> {
    let mut found = None;
    for byte in wire {
        // A span may be found that ended before this byte, which is then to be given again.
        for _ in 0..4 {
            let step = framer.feed(std::slice::from_ref(byte), frame);
            if let Some(Found::Frame { len, .. }) = step.found {
                found = Some(len);
            }
            if step.consumed > 0 {
                break;
            }
        }
    }
    found.or_else(|| match framer.end_of_input(frame) {
        Some(Found::Frame { len, .. }) => Some(len),
        _ => None,
    })
}

/// Where a part of a payload stands in its frame.
fn on_wire(framer: &dyn Framer, wire: &[u8], part: &Range<usize>) -> Option<Range<usize>> {
    let last = part.end.checked_sub(1).filter(|last| part.start <= *last)?;
    Some(framer.on_wire(wire, part.start)?.start..framer.on_wire(wire, last)?.end)
}
