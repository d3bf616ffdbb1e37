//! Whether the device at the other end is the one that is meant.
//!
//! Browsers tell no serial number, so equal adapters are told apart by what the device behind them says (faults F7, F8). Until
//! it has said so, nothing else is sent to it.

use super::Session;
use super::notes::shown;
use crate::input::Output;
use crate::profile::Probe;
use crate::query::{LinkState, Mark};
use crate::words::{Said, note, send as words};
use store::Time;

/// Devices asked in turn before that is left off.
const MOST: u8 = 8;
/// Of what comes meanwhile, so much is kept to look in.
const HEARD: usize = 4096;

/// How far it is known.
#[derive(Clone, Debug, Default)]
pub(crate) enum Identified {
    /// Nobody asks.
    #[default]
    Unasked,
    /// It was asked, and has until then to answer; what it said so far.
    Asked(Time, Vec<u8>),
    /// It is the one.
    Known,
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
        self.identified = Identified::Asked(now.plus_millis(i64::from(identity.within_millis)), Vec::new());
    }

    /// Looks for the answer in what comes.
    pub(super) fn look_for_identity(&mut self, now: Time, bytes: &[u8]) {
        let Identified::Asked(_, heard) = &mut self.identified else { return };
        let Some(identity) = &self.profile.identity else { return };
        heard.extend_from_slice(bytes);
        let found = identity.expect.is_in(heard);
        let excess = heard.len().saturating_sub(HEARD);
        heard.drain(..excess);
        if found {
            let text = note::identified(&identity.expect.shown());
            self.identified = Identified::Known;
            self.strangers = 0;
            self.data.tell(now, Mark::Sent, &text);
        }
    }

    /// Until when it has to answer.
    pub(super) fn identity_until(&self) -> Option<Time> {
        match self.identified {
            Identified::Asked(until, _) if self.state == LinkState::Connected => Some(until),
            _ => None,
        }
    }

    /// It did not answer as expected: it is another one, and the next that looks alike is tried.
    pub(super) fn look_at_identity(&mut self, now: Time) {
        if self.identity_until().is_none_or(|until| now < until) {
            return;
        }
        self.identified = Identified::Unasked;
        self.strangers = self.strangers.saturating_add(1);
        self.drop_pending(now);
        self.gone = Some(self.data.last_byte.unwrap_or(now));
        self.data.tell(now, Mark::Gap, &note::stranger());
        self.none_outstanding();
        self.signals = None;
        self.enter(now, LinkState::Opening);
        self.outputs.push_back(Output::OpenAnother { last: self.strangers >= MOST });
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
