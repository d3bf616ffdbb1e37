//! Connections whose other end has gone without a word.
//!
//! A page cannot ping: what keeps a WebSocket alive is between the browser and the server, and a half-open connection
//! looks like a device that says nothing. So silence is told, and where the profile says how long is too long
//! (`silence_s`), the connection counts as lost and is opened again. A serial port says itself when its device goes.

use super::Session;
use crate::input::{CloseKind, CloseReason, Output};
use crate::link::{Link, Mode};
use crate::query::LinkState;
use crate::words::{Said, hint};
use store::Time;

const SECOND: i64 = 1_000_000_000;

/// Twice the ten seconds after which servers usually ask whether anybody is there.
const TOLD_AFTER: i64 = 20 * SECOND;

/// What is known of how the device usually speaks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Silence {
    /// The longest pause since the link was opened, in nanoseconds.
    longest: i64,
    /// When anything came last, were it a sign of life only.
    heard: Option<Time>,
    /// The page has been told.
    told: bool,
}

impl Silence {
    /// When anything came last.
    pub(super) fn heard(&self) -> Option<Time> {
        self.heard
    }
}

impl Session {
    /// Bytes have come.
    pub(super) fn heard(&mut self, now: Time) {
        self.silence.told = false;
        if let Some(last) = self.silence.heard.replace(now).filter(|last| *last >= self.since) {
            self.silence.longest = self.silence.longest.max(now.nanos_since(last));
        }
    }

    /// The link is open.
    pub(super) fn listen(&mut self) {
        self.silence = Silence::default();
    }

    /// When the silence will be too long.
    pub(super) fn silence_until(&self) -> Option<Time> {
        let unseen = match &self.profile.link {
            Link::WebSocket(_) => true,
            // A server with files says nothing unasked.
            Link::Tunnel(_) if self.profile.link.is_store() => return None,
            // A request is answered within seconds, or fails; a stream may be gone without a word.
            Link::Http(http) => http.mode != Mode::Poll && self.profile.silence_s.is_some(),
            // Console and gateway ask each other, and somebody at a prompt may be thinking.
            Link::Tunnel(_) => self.profile.silence_s.is_some(),
            _ => false,
        };
        if self.state != LinkState::Connected || !unseen {
            return None;
        }
        let last = self.silence.heard.filter(|last| *last >= self.since);
        if let Some(seconds) = self.profile.silence_s {
            return Some(last.unwrap_or(self.since).plus_nanos(i64::from(seconds).saturating_mul(SECOND)));
        }
        let wait = self.silence.longest.saturating_mul(4).max(TOLD_AFTER);
        last.filter(|_| !self.silence.told).map(|last| last.plus_nanos(wait))
    }

    pub(super) fn look_at_silence(&mut self, now: Time) {
        if self.silence_until().is_none_or(|until| now < until) {
            return;
        }
        let Some(seconds) = self.profile.silence_s else {
            self.silence.told = true;
            return;
        };
        self.outputs.push_back(Output::Close);
        let why = self.say(&hint::silence(seconds));
        self.closed(now, CloseReason { kind: CloseKind::Lost, why, retry: true, after_millis: 0 });
    }

    /// What to say of a silence that is unusual.
    pub(crate) fn silent(&self) -> Option<Said> {
        let silent = self.silence.told && self.state == LinkState::Connected;
        silent.then(hint::silent)
    }
}
