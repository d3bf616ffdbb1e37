//! What the device said, and the ledger of what became of every byte.

use super::log::{Shape, Show};
use super::notes::{HELD_BACK, Notes, Storm};
use super::origin::Origins;
use super::reads::Reads;
use super::sources::{MOST_TOPICS, Scope};
use crate::answer::Kept;
use crate::derive::Derive;
use crate::evidence::Evidence;
use crate::fleet::Taken;
use crate::order::Order;
use crate::profile::{FieldUnit, Profile, unit_among};
use crate::query::{ByteKind, Counters, Mark, Rejected};
use crate::rate::Rate;
use crate::reply::{MAX_WAITING, Replies};
use crate::screen::{Screen, visible};
use crate::script::Pattern;
use crate::spans::Spans;
use crate::words::{Language, Said, Speak as _, note};
use codec::{DecodeError, Decoder, FrameError, Sample, Samples, Schema};
use std::collections::{BTreeMap, VecDeque};
use store::{Direction, Store, Time};

/// Rejected frames kept.
pub(crate) const REJECTED: usize = 100;

/// What the last of it is, at least: so many bytes, and so many frames or so many more bytes.
const RECENT_BYTES: u64 = 128;
const RECENT_FRAMES: u64 = 8;
const RECENT_MOST: u64 = 8192;

/// Bytes kept of each.
const REJECTED_BYTES: usize = 256;

/// Everything that is not the link, the codec or the profile.
pub(crate) struct Data {
    /// In which lines of ours are written.
    pub(crate) language: Language,
    pub(crate) store: Store,
    pub(crate) screen: Screen,
    pub(crate) counters: Counters,
    /// Newest last.
    pub(crate) rejected: VecDeque<Rejected>,
    pub(crate) replies: Replies,
    /// What came that was waited for, and how many bytes had come by then: the frame it stands in is an answer, whatever
    /// the protocol makes of it.
    answers: VecDeque<(Pattern, u64)>,
    pub(crate) spans: Spans,
    pub(crate) origins: Origins,
    pub(crate) derive: Derive,
    pub(crate) order: Order,
    /// What the profile said of units, from which table on.
    units: Vec<(usize, Vec<FieldUnit>)>,
    /// The first table that is of the protocol in force.
    pub(crate) ended: usize,
    pub(crate) notes: Notes,
    pub(crate) storm: Storm,
    /// When bytes were last lost before they came here.
    pub(crate) overrun: Option<Time>,
    pub(crate) first_byte: Option<Time>,
    pub(crate) last_byte: Option<Time>,
    /// Bytes received that are text; counted only where a speed may be wrong, or any line is a good message.
    pub(crate) printable: u64,
    counts_text: bool,
    /// What was counted when the last of it began, and half way from there.
    recent: (Evidence, Evidence),
    /// What the lines could be read as, where they are plain text.
    pub(crate) reads: Option<Reads>,
    pub(crate) last_input: Option<Time>,
    pub(crate) byte_rate: Rate,
    pub(crate) frame_rate: Rate,
    pub(crate) table_rates: Vec<(u64, Rate)>,
    /// Changes with every input, with every sample or gap, with every rejected frame.
    pub(crate) generation: u64,
    pub(crate) sample_generation: u64,
    pub(crate) rejected_generation: u64,
    pub(super) show: Show,
    /// The topic whose message is being decoded: what its samples are called, and how many messages have numbers.
    pub(super) topic: Option<(Scope, usize)>,
    /// Its name, while that is so.
    pub(super) topic_name: String,
    /// What a broker had kept, by its message, until something fresh comes.
    pub(crate) kept: BTreeMap<String, Kept>,
    shapes: Vec<Shape>,
    /// The bytes that are pending, from chunks before this one; the frame limit bounds them.
    pub(super) head: Vec<u8>,
    /// Bytes that have been through the framer.
    pub(super) offset: u64,
    /// Where the message of the transport began that has outgrown the frame limit, while it goes on.
    pub(super) outgrown: Option<u64>,
    /// Good frames when the chunk began.
    frames_before: u64,
    /// Since the last good frame: how many were rejected, and when the first was.
    pub(crate) bad_run: (u32, Time),
}

pub(super) fn more(counter: &mut u64, by: u64) {
    *counter = counter.saturating_add(by);
}

/// Whether the share of text tells something: where a speed may be wrong, or any line is a good message.
fn tells_by_text(profile: &Profile) -> bool {
    profile.link.baud().is_some() || profile.is_plain_text()
}

fn budget(profile: &Profile) -> usize {
    usize::try_from(u64::from(profile.budget_mib) << 20).unwrap_or(usize::MAX)
}

impl Data {
    pub(super) fn new(profile: &Profile) -> Option<Data> {
        let mut store = Store::new(budget(profile));
        store.keep_device_time(profile.clock.is_some());
        Some(Data {
            language: Language::default(),
            store,
            screen: Screen::new()?,
            counters: Counters::default(),
            rejected: VecDeque::new(),
            replies: Replies::default(),
            answers: VecDeque::new(),
            spans: Spans::default(),
            origins: Origins::default(),
            derive: Derive::new(&profile.derived),
            order: Order::new(profile),
            units: vec![(0, profile.fields.clone())],
            ended: 0,
            notes: Notes::default(),
            storm: Storm::default(),
            overrun: None,
            first_byte: None,
            last_byte: None,
            printable: 0,
            counts_text: tells_by_text(profile),
            recent: (Evidence::default(), Evidence::default()),
            reads: profile.is_plain_text().then(Reads::new),
            last_input: None,
            byte_rate: Rate::default(),
            frame_rate: Rate::default(),
            table_rates: Vec::new(),
            generation: 0,
            sample_generation: 0,
            rejected_generation: 0,
            show: Show::of(profile),
            topic: None,
            topic_name: String::new(),
            kept: BTreeMap::new(),
            shapes: Vec::new(),
            head: Vec::new(),
            offset: 0,
            outgrown: None,
            frames_before: 0,
            bad_run: (0, Time(0)),
        })
    }

    /// Bytes that have been through the framer.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// The profile has a clock from here on, before anything came.
    pub(super) fn set_clock(&mut self, profile: &Profile) {
        self.store.keep_device_time(profile.clock.is_some());
        self.order = Order::new(profile);
    }

    pub(super) fn set_profile(&mut self, before: &Profile, profile: &Profile, now: Time) {
        if before.protocol != profile.protocol {
            self.ended = self.store.tables().len();
        }
        self.origins.retire(&self.store);
        self.store.new_epoch();
        self.store.keep_device_time(profile.clock.is_some());
        if self.units.last().is_none_or(|(_, units)| *units != profile.fields) {
            // A unit is part of what a number means: what came before keeps its own.
            self.store.retire();
            self.units.push((self.store.tables().len(), profile.fields.clone()));
        }
        let counted = std::mem::replace(&mut self.counts_text, tells_by_text(profile));
        if self.counts_text && !counted {
            // What was not looked at speaks against nobody.
            self.printable = self.counters.bytes_in;
        }
        self.reads = profile.is_plain_text().then(Reads::new);
        self.order = Order::new(profile);
        self.store.set_budget(budget(profile));
        self.show = Show::of(profile);
        self.derive = Derive::new(&profile.derived);
        self.shapes.clear();
        self.kept.clear();
        self.tell(now, Mark::Gap, &note::in_force(&profile.name));
        self.touch(now);
    }

    /// The unit of a field of a table: as the profile had it that was in force when its rows came.
    pub(crate) fn unit(&self, table: usize, field: &str) -> Option<&str> {
        let (_, units) = self.units.iter().rev().find(|(from, _)| *from <= table)?;
        unit_among(units, self.store.tables().get(table)?.schema(), field)
    }

    /// The last of what was counted: some frames at least, so that what came before them, a boot's text at another speed
    /// for one, has no say for long.
    pub(crate) fn recent_evidence(&self) -> Evidence {
        self.evidence().since(&self.recent.0)
    }

    /// The last of it begins here.
    pub(super) fn begin_recent(&mut self) {
        self.recent = (self.evidence(), self.evidence());
    }

    fn go_on_recent(&mut self) {
        let now = self.evidence();
        let last = now.since(&self.recent.1);
        let frames = last.frames.saturating_add(last.rejected);
        if last.bytes >= RECENT_BYTES && (frames >= RECENT_FRAMES || last.bytes >= RECENT_MOST) {
            self.recent = (self.recent.1, now);
        }
    }

    /// What was counted of the line since the beginning.
    pub(super) fn evidence(&self) -> Evidence {
        let counters = &self.counters;
        let errors = counters.line_framing.saturating_add(counters.line_parity).saturating_add(counters.line_breaks);
        Evidence {
            bytes: counters.bytes_in,
            printable: self.printable,
            frames: counters.frames,
            good_bytes: counters.bytes_good,
            rejected: counters.rejected(),
            bad_checksum: counters.bad_checksum,
            skipped_bytes: counters.bytes_skipped,
            line_errors: errors,
        }
    }

    /// Something changed.
    pub(super) fn touch(&mut self, now: Time) {
        self.last_input = Some(now);
        self.counters.evicted_lines = self.screen.given_up();
        self.generation = self.generation.wrapping_add(1);
    }

    /// Whether the terminal shows the bytes as they come.
    pub(super) fn raw(&self) -> bool {
        matches!(self.show, Show::Raw { .. })
    }

    pub(super) fn begin_chunk(&mut self, now: Time, bytes: &[u8]) {
        self.frames_before = self.counters.frames;
        if bytes.is_empty() {
            return;
        }
        self.store.log(now, Direction::Received, bytes);
        self.count_in(now, bytes.len());
        if self.counts_text {
            more(&mut self.printable, Evidence::printable_in(bytes));
        }
        self.first_byte.get_or_insert(now);
    }

    /// So many bytes have come.
    fn count_in(&mut self, now: Time, len: usize) {
        more(&mut self.counters.bytes_in, len as u64);
        self.last_byte = Some(now);
        self.byte_rate.add(now, len as u64);
    }

    /// A message of a fleet, which keeps what it says itself: only what became of its bytes counts here.
    pub(super) fn taken_by_fleet(&mut self, now: Time, payload: &[u8], topic: &str, taken: Taken) {
        self.frames_before = self.counters.frames;
        self.count_in(now, payload.len());
        self.passed(payload.len());
        match taken {
            Taken::Good => self.good(1, payload.len() as u64),
            Taken::NoRoom => self.skip(payload.len() as u64),
            Taken::Rejected(error) => {
                more(&mut self.counters.undecodable, 1);
                self.topic_name.push_str(&visible(topic));
                self.reject(now, payload.len(), payload, error.speak(self.language));
                self.topic_name.clear();
            }
        }
        self.frame_rate.add(now, self.counters.frames.saturating_sub(self.frames_before));
    }

    pub(super) fn end_chunk(&mut self, now: Time) {
        self.go_on_recent();
        self.frame_rate.add(now, self.counters.frames.saturating_sub(self.frames_before));
        let tables = self.store.tables();
        self.table_rates.resize(tables.len(), (0, Rate::default()));
        for (table, (counted, rate)) in tables.iter().zip(&mut self.table_rates) {
            let end = table.rows().end;
            if end > *counted {
                rate.add(now, end.saturating_sub(*counted));
                *counted = end;
            }
        }
        let evicted = self.store.evicted();
        self.counters.evicted_samples = evicted.rows;
        self.counters.evicted_bytes = evicted.bytes;
        self.counters.memory_refused = evicted.refusals;
    }

    /// Shows bytes as they came, where the terminal does that. Lines are text, however long; of a message that is no
    /// frame for its length, what is skipped is not shown.
    pub(super) fn show(&mut self, now: Time, raw: &[u8]) {
        if self.raw() && self.outgrown.is_none() {
            self.screen.receive(now, raw);
        }
    }

    /// A message of the transport has outgrown the frame limit.
    pub(super) fn outgrow(&mut self, now: Time, wire: usize, limit: usize) {
        if self.show == (Show::Raw { whole: true }) {
            self.outgrown = Some(self.offset.saturating_sub(wire as u64));
            self.limited_note(now, Mark::Rejected, &note::outgrown(limit));
        }
    }

    /// The message ended; how long it was is told if that was too long.
    pub(super) fn end_message(&mut self, now: Time) {
        if let Some(from) = self.outgrown.take() {
            let len = self.offset.saturating_sub(from);
            self.limited_note(now, Mark::Rejected, &note::outgrown_end(len));
        }
        if self.show == (Show::Raw { whole: true }) {
            self.screen.end_line(now);
        }
    }

    /// A frame: good if it can be decoded, else rejected.
    pub(super) fn frame(&mut self, now: Time, decoder: &mut dyn Decoder, payload: &[u8], wire: usize, raw: &[u8]) {
        self.origins.frame = (self.settled(), wire as u64);
        match decoder.decode(payload, &mut |sample| self.sample(now, &sample)) {
            Ok(()) => {
                self.good(1, wire as u64);
                if let Some(reads) = &mut self.reads {
                    reads.line(payload);
                }
                if self.show == Show::Frames {
                    self.screen.receive_bytes_line(now, payload);
                }
            }
            Err(error) if self.is_answer(&error, payload) => {
                self.good(1, wire as u64);
                if !self.raw() {
                    self.screen.receive_bytes_line(now, payload);
                }
            }
            Err(error) => {
                let counter = match error {
                    DecodeError::Checksum { .. } => &mut self.counters.bad_checksum,
                    _ => &mut self.counters.undecodable,
                };
                more(counter, 1);
                self.reject(now, wire, raw, error.speak(self.language));
            }
        }
    }

    /// This was waited for, and came.
    pub(super) fn answered(&mut self, pattern: &Pattern) {
        while self.answers.len() >= MAX_WAITING {
            self.answers.pop_front();
        }
        self.answers.push_back((pattern.clone(), self.counters.bytes_in));
    }

    /// Whether a frame that says nothing to the protocol is what was waited for. Each counts once, and for no frame that
    /// began after it had come.
    fn is_answer(&mut self, error: &DecodeError, payload: &[u8]) -> bool {
        let begins = self.settled();
        self.answers.retain(|(_, came)| *came > begins);
        let at = match error {
            DecodeError::Checksum { .. } => None,
            _ => self.answers.iter().position(|(pattern, _)| pattern.is_in(payload)),
        };
        at.is_some_and(|at| self.answers.remove(at).is_some())
    }

    /// A span that is no frame.
    pub(super) fn bad(&mut self, now: Time, why: FrameError, wire: usize, raw: &[u8]) {
        let counter = match why {
            FrameError::Checksum { .. } => &mut self.counters.bad_checksum,
            FrameError::Malformed => &mut self.counters.bad_malformed,
            FrameError::Oversize => &mut self.counters.bad_oversize,
            FrameError::Skipped => return self.skip(wire as u64),
        };
        more(counter, 1);
        self.reject(now, wire, raw, why.speak(self.language));
    }

    fn reject(&mut self, now: Time, wire: usize, raw: &[u8], why: String) {
        let why = if self.topic_name.is_empty() { why } else { format!("{}: {why}", self.topic_name) };
        let len = wire as u64;
        if self.bad_run.0 == 0 {
            self.bad_run.1 = now;
        }
        self.bad_run.0 = self.bad_run.0.saturating_add(1);
        self.spans.push(self.settled(), len, 1, ByteKind::Rejected);
        more(&mut self.counters.bytes_rejected, len);
        if self.raw() {
            self.screen.mark_span(Mark::Rejected);
        } else {
            self.limited_note(now, Mark::Rejected, &note::rejected(len, &why));
        }
        while self.rejected.len() >= REJECTED {
            self.rejected.pop_front();
        }
        let at = self.offset.saturating_sub(self.counters.bytes_pending).saturating_sub(len);
        let bytes = self.head.iter().chain(raw).take(REJECTED_BYTES.min(wire)).copied().collect();
        self.rejected.push_back(Rejected { time_nanos: now.0, at, len, why, bytes });
        self.rejected_generation = self.rejected_generation.wrapping_add(1);
    }

    pub(super) fn sample(&mut self, now: Time, sample: &Sample<'_>) {
        let Some((mut scope, mut schemas)) = self.topic.take() else { return self.named_sample(now, sample, None) };
        let Schema { index, name, fields } = sample.schema;
        let retained = scope.retained;
        if let Some((index, shown)) = scope.named(index, name, &mut schemas) {
            let of_topic = Sample { schema: Schema { index, name: shown, fields }, values: sample.values };
            if retained {
                self.keep(now, &of_topic);
            } else {
                self.named_sample(now, &of_topic, Some(name));
            }
        }
        self.topic = Some((scope, schemas));
    }

    /// What a broker had kept is shown as such, and is no point of a line: when it was said is not known.
    fn keep(&mut self, now: Time, sample: &Sample<'_>) {
        self.sample_generation = self.sample_generation.wrapping_add(1);
        let known = self.kept.len() < MOST_TOPICS || self.kept.contains_key(sample.schema.name);
        if known {
            // Its table is there from now on, so that its number stays when the first fresh sample comes.
            self.store.declare(&sample.schema);
            self.kept.insert(sample.schema.name.to_owned(), Kept::of(now, sample));
        }
    }

    /// `bare` is what the decoder calls its message, where that is called otherwise.
    fn named_sample(&mut self, now: Time, sample: &Sample<'_>, bare: Option<&str>) {
        if !self.kept.is_empty() {
            self.kept.remove(sample.schema.name);
        }
        if let Some(bare) = bare {
            self.order.name_message(bare);
        }
        more(&mut self.counters.samples, 1);
        self.sample_generation = self.sample_generation.wrapping_add(1);
        let device = if self.order.is_empty() { Some(now) } else { self.in_order(now, sample) };
        let Some(device) = device else { return };
        self.origins.note(sample.schema.index);
        let Data { store, derive, .. } = self;
        store.append_at(now, device, sample);
        if !derive.is_empty() {
            let bare = bare.unwrap_or(sample.schema.name);
            derive.sample_of(Some(now), bare, sample, &mut |derived| store.append_at(now, device, &derived));
        }
        if let Show::Messages(only) = &self.show
            && let Some(line) = Shape::of(&mut self.shapes, sample, only.as_deref()).line(sample)
        {
            self.screen.receive_line(now, &line);
        }
    }

    /// Those of a run of frames, each of so many bytes, that begins where the last span ended.
    pub(super) fn samples(&mut self, now: Time, samples: &Samples<'_>, wire: usize) {
        self.origins.frame = (self.settled(), wire as u64);
        if !self.order.is_empty() {
            return self.samples_in_order(now, samples);
        }
        self.origins.skip(samples.rows.saturating_sub(1));
        self.origins.note(samples.schema.index);
        more(&mut self.counters.samples, samples.rows as u64);
        self.sample_generation = self.sample_generation.wrapping_add(1);
        let Data { store, derive, .. } = self;
        store.append_many(now, samples);
        if !derive.is_empty() {
            derive.samples(now, samples, &mut |derived| store.append_many(now, &derived));
        }
    }

    /// Whether samples came within the last second or so.
    pub(super) fn is_streaming(&mut self, now: Time) -> bool {
        self.table_rates.iter_mut().any(|(_, rate)| rate.per_second(now) > 0.0)
    }

    /// Data is missing between two instants.
    pub(super) fn gap(&mut self, from: Time, to: Time) {
        more(&mut self.counters.gaps, 1);
        self.sample_generation = self.sample_generation.wrapping_add(1);
        self.store.mark_gap(from, to);
        self.derive.restart();
    }

    /// A line of ours.
    pub(super) fn note(&mut self, now: Time, mark: Mark, text: &str) {
        self.screen.note(now, mark, text);
    }

    /// A line of ours in the language in force.
    pub(super) fn tell(&mut self, now: Time, mark: Mark, words: &Said) {
        self.screen.note(now, mark, words.say(self.language));
    }

    /// A line of ours of which there may be thousands a second.
    pub(super) fn limited_note(&mut self, now: Time, mark: Mark, words: &Said) {
        self.flush_notes(now);
        if self.notes.allow(now) {
            self.tell(now, mark, words);
        }
    }

    /// Tells of those held back, once their second is over.
    pub(super) fn flush_notes(&mut self, now: Time) {
        if let Some(text) = self.notes.due(now) {
            self.tell(now, HELD_BACK, &text);
        }
    }
}
