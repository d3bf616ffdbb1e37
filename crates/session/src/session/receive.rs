//! The way in: bytes to frames to samples.

use super::Session;
use crate::logfile;
use crate::query::Mark;
use crate::reply::Found as Heard;
use crate::script::Pattern;
use crate::session::log::Show;
use crate::wire::Event;
use codec::{Found, FrameError, Frames};
use store::Time;

impl Session {
    pub(super) fn bytes(&mut self, now: Time, bytes: &[u8], message_end: bool) {
        self.end_at_rest(now);
        if !bytes.is_empty() {
            self.heard(now);
        }
        if self.is_pong(bytes, message_end) {
            return self.pong(now, bytes);
        }
        if self.asked() { self.hold(now, bytes, message_end) } else { self.take(now, bytes, message_end) }
    }

    /// A file that is opened begins with these bytes: what tells the time in it is seen there, where the profile does not
    /// name it.
    pub(super) fn head(&mut self, bytes: &[u8], zone: logfile::Zone) {
        if self.data.counters.bytes_in > 0 {
            return;
        }
        if let Some(clock) = logfile::clock(&self.profile, bytes, zone) {
            self.profile.clock = Some(clock.clone());
            self.data.set_clock(&self.profile);
            self.event(Event::Clock(Box::new(clock)));
        }
    }

    /// Takes what the device said.
    pub(super) fn take(&mut self, now: Time, bytes: &[u8], message_end: bool) {
        self.data.begin_chunk(now, bytes);
        self.expect_identity();
        let mut rest = self.transferred(now, bytes);
        if rest.is_empty() && !bytes.is_empty() {
            self.tell_identity(now);
            return self.data.end_chunk(now);
        }
        self.look_for_echo(rest);
        self.prompt.see(rest);
        self.look_for_prompt(now, rest);
        // In what comes, whatever the framing makes of it: an answer need not be a frame.
        self.look_for_replies(now, rest);
        while !rest.is_empty() {
            let taken = match self.feed_many(now, rest) {
                0 => self.feed(now, rest),
                taken => taken,
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        if message_end {
            if let Some(found) = self.codec.framer.finish(&mut self.frame) {
                self.found(now, found, &[]);
            }
            self.data.end_message(now);
        }
        self.tell_identity(now);
        self.data.end_chunk(now);
    }

    /// Takes back what is pending of a frame and has been shown nowhere; empty where it has.
    pub(super) fn take_half(&mut self) -> Vec<u8> {
        if self.data.raw() || self.data.head.len() as u64 != self.data.counters.bytes_pending {
            return Vec::new();
        }
        self.codec.framer.reset();
        self.data.take_pending()
    }

    /// Gives it to the framer that is in force now.
    pub(super) fn give_half(&mut self, now: Time, half: &[u8]) {
        let mut rest = half;
        while !rest.is_empty() {
            let taken = self.feed(now, rest);
            rest = rest.get(taken..).unwrap_or_default();
        }
    }

    /// Many frames at once, where the framer can and nothing needs to see them one at a time.
    fn feed_many(&mut self, now: Time, input: &[u8]) -> usize {
        if self.data.counters.bytes_pending > 0 || !matches!(self.data.show, Show::Messages(_)) || self.listens() {
            return 0;
        }
        let Session { codec, run, data, frame, .. } = self;
        let mut frames = Frames::new(run, frame.len());
        let taken = codec.framer.feed_many(input, &mut frames).min(input.len());
        let found = frames.run();
        let mut index = 0;
        while taken > 0 && index < found.count {
            let many =
                codec.decoder.decode_many(&frames, index, &mut |samples| data.samples(now, &samples, found.wire));
            if many > 0 {
                let wire = found.wire.saturating_mul(many);
                data.passed(wire);
                data.good(many as u64, wire as u64);
            } else {
                let raw = input.get(found.wire.saturating_mul(index)..).unwrap_or_default();
                data.passed(found.wire);
                data.frame(now, codec.decoder.as_mut(), frames.payload(index).unwrap_or_default(), found.wire, raw);
            }
            index = index.saturating_add(many.max(1));
        }
        if taken > 0 {
            self.data.screen.begin_span();
        }
        taken
    }

    /// Up to the end of the next span; returns the bytes taken.
    pub(super) fn feed(&mut self, now: Time, input: &[u8]) -> usize {
        let step = self.codec.framer.feed(input, &mut self.frame);
        // A span may end before this input: its end was only seen now. Without a span, a byte at least is taken.
        let taken = step.consumed.clamp(usize::from(step.found.is_none()), input.len());
        let raw = input.get(..taken).unwrap_or_default();
        self.data.pend(taken);
        match step.found {
            Some(found) => self.found(now, found, raw),
            None => self.data.remember(now, raw),
        }
        taken
    }

    /// A span has ended with these last bytes.
    pub(super) fn found(&mut self, now: Time, found: Found, raw: &[u8]) {
        self.data.show(now, raw);
        match found {
            Found::Frame { len, wire } => {
                let Session { codec, frame, data, .. } = self;
                let payload = frame.get(..len).unwrap_or_default();
                data.settle(wire);
                data.frame(now, codec.decoder.as_mut(), payload, wire, raw);
                if !self.data.raw() && self.data.topic.is_none() && self.listens() {
                    self.look_in_frame(now, len, wire, raw);
                }
            }
            Found::Bad { why: FrameError::Skipped, wire } => {
                // The rest of a line that was too long; a lone delimiter is nothing to point at.
                if wire > 2 && self.data.raw() {
                    self.data.screen.mark_span(Mark::Rejected);
                }
                self.data.settle(wire);
                self.data.skip(wire as u64);
            }
            Found::Bad { why, wire } => {
                self.data.settle(wire);
                self.data.bad(now, why, wire, raw);
                if why == FrameError::Oversize {
                    self.data.outgrow(now, wire, self.frame.len());
                }
            }
        }
        let (Found::Frame { wire, .. } | Found::Bad { wire, .. }) = found;
        self.data.forget(wire, raw);
        self.data.screen.begin_span();
    }

    /// When the line will have been at rest for so long that what is pending is over.
    pub(super) fn rest_until(&self) -> Option<Time> {
        let rest = self.codec.framer.rest().filter(|_| self.data.counters.bytes_pending > 0)?;
        let last = self.data.last_byte.filter(|last| self.rested != Some(*last))?;
        Some(last.plus_nanos(i64::try_from(rest.as_nanos()).unwrap_or(i64::MAX)))
    }

    /// Ends what is over for that; once, until more comes.
    pub(super) fn end_at_rest(&mut self, now: Time) {
        if self.rest_until().is_none_or(|until| until > now) {
            return;
        }
        self.rested = self.data.last_byte;
        self.end_of_input(now);
    }

    /// Ends what is pending: nothing more comes.
    pub(super) fn end_of_input(&mut self, now: Time) {
        self.data.begin_chunk(now, &[]);
        while let Some(found) = self.codec.framer.end_of_input(&mut self.frame) {
            self.found(now, found, &[]);
        }
        self.data.end_chunk(now);
    }

    /// Whether what the device says is waited for.
    fn listens(&self) -> bool {
        !self.data.replies.is_empty() || self.macros.listens()
    }

    fn look_for_replies(&mut self, now: Time, bytes: &[u8]) {
        self.macros.hear(bytes, true);
        if !self.data.replies.is_empty() {
            let found = self.data.replies.look(now, bytes);
            self.replied(found);
        }
    }

    /// A framing may write a payload otherwise than it is; a reply that stands in the frame's bytes as well was seen there.
    fn look_in_frame(&mut self, now: Time, len: usize, wire: usize, raw: &[u8]) {
        let payload = self.frame.get(..len).unwrap_or_default();
        let mut whole = [self.data.head.as_slice(), raw].concat();
        whole.truncate(wire);
        // To a macro each frame is a line, with its ends.
        self.macros.hear(payload, false);
        let found = self.data.replies.look_in_frame(now, payload, &whole);
        self.replied(found);
    }

    pub(super) fn replied(&mut self, found: Vec<Heard>) {
        for Heard { name, millis, text, contains } in found {
            self.data.answered(&Pattern::Text(contains));
            self.event(Event::Replied { name, millis, text });
        }
    }
}
