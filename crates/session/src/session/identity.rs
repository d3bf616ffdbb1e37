//! Whether the device at the other end is the one that is meant.
//!
//! Browsers tell no serial number, so equal adapters are told apart by what the device behind them says (faults F7, F8). Until
//! it has said so, nothing else is sent to it, and nothing of what it says counts: what another device said is skipped.

use super::Session;
use super::notes::shown;
use crate::input::Output;
use crate::profile::Probe;
use crate::query::{LinkState, Mark};
use crate::screen::visible;
use crate::words::{Said, note, send as words};
use codec::{Found, FrameError};
use std::collections::VecDeque;
use store::Time;

/// Devices asked in turn before that is left off.
const MOST: u8 = 8;
/// Of what comes meanwhile, so much is kept to look in.
const HEARD: usize = 4096;
/// So much is held back until it is known whose it is; more of it is skipped, the oldest first.
const HELD: usize = 256 << 10;
/// Characters of it that stand in a sentence.
const SAID: usize = 60;

/// How far it is known.
#[derive(Clone, Debug, Default)]
pub(crate) enum Identified {
    /// Nobody asks.
    #[default]
    Unasked,
    /// It was asked, and has until then to answer; what it said so far.
    Asked(Time, Vec<u8>, Held),
    /// It is the one.
    Known,
}

/// What is held back until it is known whose it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    chunks: VecDeque<Chunk>,
    /// Bytes that they take.
    size: usize,
}

impl Held {
    /// Adds a chunk; returns the oldest ones where there is no room for all.
    fn add(&mut self, chunk: Chunk) -> Vec<Chunk> {
        self.size = self.size.saturating_add(chunk.size());
        self.chunks.push_back(chunk);
        let mut over = Vec::new();
        while self.size > HELD
            && let Some(oldest) = self.chunks.pop_front()
        {
            self.size = self.size.saturating_sub(oldest.size());
            over.push(oldest);
        }
        over
    }
}

impl Chunk {
    /// Bytes that it takes.
    fn size(&self) -> usize {
        size_of::<Chunk>().saturating_add(self.bytes.len())
    }
}

/// What came at once, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    at: Time,
    bytes: Vec<u8>,
    message_end: bool,
}

impl Session {
    /// Asks, where the profile says how.
    pub(super) fn identify(&mut self, now: Time) {
        self.identified = Identified::Unasked;
        let Some(identity) = self.profile.identity.clone() else { return };
        if let Some(probe) = &identity.probe {
            let (wire, shown) = match probe {
                Probe::Text(text) => ([text, self.profile.ending.bytes()].concat(), shown(text)),
                Probe::Bytes(bytes) => (bytes.clone(), shown(bytes)),
            };
            // The link was opened this moment, so there is room.
            if let Err(why) = self.transmit(now, wire, &shown) {
                self.refuse(why, false);
            }
        }
        self.data.tell(now, Mark::Sent, &note::asked_who(&identity.expect.shown()));
        self.identified =
            Identified::Asked(now.plus_millis(i64::from(identity.within_millis)), Vec::new(), Held::default());
    }

    /// Holds back what comes until it is known whose it is; then it is taken as it came.
    pub(super) fn hold(&mut self, now: Time, bytes: &[u8], message_end: bool) {
        let Identified::Asked(_, _, held) = &mut self.identified else { return };
        let oldest = held.add(Chunk { at: now, bytes: bytes.to_vec(), message_end });
        self.skip_over(oldest);
        self.look_for_identity(bytes);
        if !self.asked() {
            let mut held = std::mem::take(&mut self.held);
            let last = held.pop_back();
            held.into_iter().for_each(|chunk| self.take(chunk.at, &chunk.bytes, chunk.message_end));
            self.tells_identity = true;
            last.into_iter().for_each(|chunk| self.take(chunk.at, &chunk.bytes, chunk.message_end));
        }
    }

    /// What another device said is text in the terminal, marked, and skipped: nothing of it is this device's.
    fn skip_over(&mut self, chunks: impl IntoIterator<Item = Chunk>) {
        for Chunk { at, bytes, .. } in chunks {
            self.data.begin_chunk(at, &bytes);
            self.data.pend(bytes.len());
            self.found(at, Found::Bad { why: FrameError::Skipped, wire: bytes.len() }, &bytes);
            self.data.end_chunk(at);
        }
    }

    /// What is held back is nobody's any more.
    pub(super) fn give_up_held(&mut self) {
        if let Identified::Asked(_, _, held) = &mut self.identified {
            let held = std::mem::take(held);
            self.skip_over(held.chunks);
        }
    }

    /// Looks for the answer in what comes.
    fn look_for_identity(&mut self, bytes: &[u8]) {
        let Identified::Asked(_, heard, held) = &mut self.identified else { return };
        let Some(identity) = &self.profile.identity else { return };
        heard.extend_from_slice(bytes);
        let found = identity.expect.is_in(heard);
        let excess = heard.len().saturating_sub(HEARD);
        heard.drain(..excess);
        if found {
            self.held = std::mem::take(held).chunks;
            self.identified = Identified::Known;
            self.strangers = 0;
        }
    }

    /// The bytes that prove it are no faulty frame.
    pub(super) fn expect_identity(&mut self) {
        if self.tells_identity
            && let Some(identity) = &self.profile.identity
        {
            self.data.answered(&identity.expect);
        }
    }

    /// Says so behind the bytes that proved it.
    pub(super) fn tell_identity(&mut self, now: Time) {
        if std::mem::take(&mut self.tells_identity)
            && let Some(identity) = &self.profile.identity
        {
            self.data.tell(now, Mark::Sent, &note::identified(&identity.expect.shown()));
            // What was refused till now can be sent.
            self.accepted();
        }
    }

    /// Until when it has to answer.
    pub(super) fn identity_until(&self) -> Option<Time> {
        match self.identified {
            Identified::Asked(until, ..) if self.state == LinkState::Connected => Some(until),
            _ => None,
        }
    }

    /// It did not answer as expected: it is another one, and the next that looks alike is tried.
    pub(super) fn look_at_identity(&mut self, now: Time) {
        if self.identity_until().is_none_or(|until| now < until) {
            return;
        }
        self.give_up_held();
        let expected = self.profile.identity.as_ref().map(|identity| identity.expect.shown()).unwrap_or_default();
        let said = match std::mem::take(&mut self.identified) {
            Identified::Asked(_, heard, _) => said(&heard, &expected),
            _ => String::new(),
        };
        self.strangers = self.strangers.saturating_add(1);
        self.drop_pending(now);
        self.gone = Some(self.data.last_byte.unwrap_or(now));
        let (told, why) = if said.is_empty() {
            (note::silent_stranger(), words::silent_strangers(&expected))
        } else {
            (note::stranger(&said), words::strangers(&said, &expected))
        };
        self.data.tell(now, Mark::Gap, &told);
        self.none_outstanding();
        self.signals = None;
        self.enter(now, LinkState::Opening);
        self.outputs.push_back(Output::OpenAnother { last: self.strangers >= MOST, why: self.say(&why) });
    }

    /// Why nothing may be sent yet.
    pub(super) fn unidentified(&self) -> Option<Said> {
        self.asked().then(words::unidentified)
    }

    /// Whether it was asked and has not answered yet.
    pub(super) fn asked(&self) -> bool {
        matches!(self.identified, Identified::Asked(..))
    }
}

/// What a device said, as it can be shown in a sentence: of its lines the one that begins most like what was expected, else the
/// first.
fn said(heard: &[u8], expected: &str) -> String {
    let text = String::from_utf8_lossy(heard);
    let like = |line: &str| line.chars().zip(expected.chars()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.rev().max_by_key(|line| like(line)).unwrap_or_default();
    visible(&line.chars().take(SAID).collect::<String>())
}
