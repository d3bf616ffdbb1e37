//! A sign of life that the profile asks for, over a link on which a page cannot ping; and what a computer's sleep does to
//! a link (faults F25, F35).

use super::Session;
use crate::input::{CloseKind, CloseReason, Output};
use crate::link::{Family, Link, Ping};
use crate::query::{LinkState, Mark};
use crate::words::{hint, note};
use store::Time;

impl Session {
    fn asks_for_life(&self) -> Option<&Ping> {
        match &self.profile.link {
            Link::WebSocket(socket) if self.is_open() => socket.ping.as_ref(),
            _ => None,
        }
    }

    /// When the device is asked next.
    pub(super) fn ping_at(&self) -> Option<Time> {
        let every = i64::from(self.asks_for_life()?.every_s).saturating_mul(1000);
        Some(self.pinged.filter(|at| *at >= self.since).unwrap_or(self.since).plus_millis(every))
    }

    /// Asks it, if that is due. Not in the terminal, where it would be all there is to read.
    pub(super) fn ping(&mut self, now: Time) {
        if self.ping_at().is_none_or(|at| now < at) {
            return;
        }
        self.pinged = Some(now);
        let bytes = self.asks_for_life().map(|ping| ping.says.clone().into_bytes()).unwrap_or_default();
        // A device that takes nothing will not hear it either, and its silence tells.
        if self.may_send(bytes.len()).is_ok() {
            self.hand_out(now, bytes);
        }
    }

    /// Whether a message is the answer to it, and nothing that is to be decoded.
    pub(super) fn is_pong(&self, bytes: &[u8], message_end: bool) -> bool {
        let answer = self.asks_for_life().map_or("", |ping| ping.answer.as_str());
        message_end && !answer.is_empty() && bytes == answer.as_bytes() && self.data.counters.bytes_pending == 0
    }

    /// It counts as good, and is no frame.
    pub(super) fn pong(&mut self, now: Time, bytes: &[u8]) {
        self.data.begin_chunk(now, bytes);
        self.data.passed(bytes.len());
        self.data.good(0, bytes.len() as u64);
        self.data.end_chunk(now);
    }

    /// The computer was asleep. A socket may look open for minutes while its other end is long gone: it is opened anew at
    /// once. A serial port says itself when it has gone.
    pub(super) fn woke(&mut self, now: Time, seconds: i64) {
        // A device that was heard meanwhile: timers were held back, and nothing else was.
        let half = seconds.saturating_mul(500_000_000);
        if self.silence.heard().is_some_and(|at| now.nanos_since(at) < half) {
            return;
        }
        let network = self.profile.link.family() == Family::Network;
        match self.state {
            LinkState::Connected if network => {
                self.outputs.push_back(Output::Close);
                let why = self.say(&hint::slept(seconds));
                self.closed(now, CloseReason { kind: CloseKind::Lost, why, retry: true, after_millis: 0 });
            }
            LinkState::Connected => {
                self.drop_pending(now);
                self.data.gap(self.data.last_byte.unwrap_or(now), now);
                return self.data.tell(now, Mark::Gap, &note::slept(seconds));
            }
            _ => {}
        }
        if network && matches!(self.state, LinkState::Waiting { .. }) {
            self.reconnect.forget();
            self.begin_opening(now);
        }
    }
}
