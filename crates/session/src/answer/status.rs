//! The nameplate and the ledger.

use crate::Session;
use crate::link::{Link, Mode};
use crate::query::{Counters, LinkState, Status};
use crate::words::{Said, hint};
use store::Time;

/// How long a hint about lost bytes stays.
const HINT_NANOS: i64 = 10_000_000_000;
/// How long frames are rejected, and none is good, before that is told.
const BAD_RUN_NANOS: i64 = 3_000_000_000;
/// How long the first answer to a request may go on before that is told.
const ENDLESS_NANOS: i64 = 10_000_000_000;

impl Session {
    pub(super) fn status(&mut self, now: Time) -> Status {
        let hint = self.hint(now);
        let asks_secret = self.asks_secret();
        let data = &mut self.data;
        Status {
            state: self.state.clone(),
            since_nanos: self.since.0,
            counters: data.counters,
            bytes_per_second: data.byte_rate.per_second(now),
            frames_per_second: data.frame_rate.per_second(now),
            first_byte_nanos: data.first_byte.map(|time| time.0),
            last_byte_nanos: data.last_byte.map(|time| time.0),
            store_bytes: data.store.memory() as u64,
            budget_bytes: data.store.budget() as u64,
            samples: data.store.rows_held(),
            terminal_lines: data.screen.total(),
            profile: self.profile.name.clone(),
            protocol: self.profile.protocol.clone(),
            hint,
            ended: self.ended,
            reached: self.reached.clone(),
            asks_secret,
            line: self.line,
            reads_as: data.reads.as_ref().and_then(|reads| reads.found()).map(str::to_owned),
        }
    }

    /// The counters as they are now.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.data.counters
    }

    /// What looks wrong, the likeliest first.
    fn hint(&self, now: Time) -> Option<String> {
        // A try may take longer than the pause before it: what went wrong stays readable, not only in the pauses.
        if self.state == LinkState::Opening && self.failed.is_some() {
            return self.failed.clone();
        }
        // Who gets nothing at all is told why where that can be seen; else it stands in the terminal.
        let nothing = self.state == LinkState::Connected && self.data.counters.frames == 0;
        let refused = || self.not_subscribed.clone().filter(|_| nothing);
        self.suspicion(now).map(|words| words.say(self.data.language).to_owned()).or_else(refused)
    }

    fn suspicion(&self, now: Time) -> Option<Said> {
        let data = &self.data;
        let counters = &data.counters;
        if data.storm.rages(now) {
            return Some(hint::line_errors());
        }
        if data.overrun.is_some_and(|at| now.nanos_since(at) < HINT_NANOS) {
            return Some(hint::overrun());
        }
        let looked_at =
            counters.bytes_good.saturating_add(counters.bytes_rejected).saturating_add(counters.bytes_skipped);
        if looked_at >= 4096 && counters.bytes_good < looked_at / 10 {
            if counters.bad_oversize > counters.undecodable.saturating_add(counters.bad_malformed) {
                return Some(hint::oversize());
            }
            let on_line = self.profile.link.baud().is_some();
            return Some(if on_line { hint::undecodable_on_line() } else { hint::undecodable() });
        }
        // Written over several lines, as people like to read it, and taken line by line.
        let polled = matches!(&self.profile.link, Link::Http(http) if http.mode == Mode::Poll);
        let json = self.profile.protocol == "json" && polled;
        if json && counters.frames == 0 && counters.undecodable > 0 && !self.profile.takes_whole_messages() {
            return Some(hint::json_lines());
        }
        // A server that answers with a page of its own, a device that speaks something else: each frame tells.
        let bad = counters.undecodable.saturating_add(counters.bad_malformed).saturating_add(counters.bad_checksum);
        if counters.frames == 0 && bad >= 3 {
            return Some(hint::nothing_decoded(&self.profile.protocol));
        }
        let (bad_now, since) = data.bad_run;
        if bad_now >= 5 && data.last_byte.is_some_and(|last| last.nanos_since(since) > BAD_RUN_NANOS) {
            return Some(hint::nothing_lately());
        }
        // Bytes enough for a frame, and no end of one.
        if counters.frames == 0 && counters.bytes_pending >= 4096 {
            return Some(hint::no_end());
        }
        let asked = polled && self.state == LinkState::Connected;
        let waited = now.nanos_since(self.since);
        if asked && counters.frames == 0 && counters.bytes_pending > 0 && waited >= ENDLESS_NANOS {
            return Some(hint::endless());
        }
        self.silent().or_else(|| data.derive.missing())
    }
}
