//! Whether the device at the other end is the one that is meant.
//!
//! Browsers tell no serial number, so equal adapters are told apart by what the device behind them says (faults F7, F8). Until
//! it has said so, nothing else is sent to it.

use super::Session;
use crate::input::Output;
use crate::query::{LinkState, Mark};
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
            let wire = [probe.as_bytes(), self.profile.ending.bytes()].concat();
            // The link was opened this moment, so there is room.
            if let Err(why) = self.transmit(now, wire, probe) {
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
        let found = memchr::memmem::find(heard, identity.expect.as_bytes()).is_some();
        let excess = heard.len().saturating_sub(HEARD);
        heard.drain(..excess);
        if found {
            let text = format!("it is the device that is meant: it said \"{}\"", identity.expect);
            self.identified = Identified::Known;
            self.strangers = 0;
            self.data.note(now, Mark::Sent, &text);
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
        self.data.note(now, Mark::Gap, "another device: it did not answer as the profile's identity says");
        self.outstanding = 0;
        self.signals = None;
        self.enter(now, LinkState::Opening);
        self.outputs.push_back(Output::OpenAnother { last: self.strangers >= MOST });
    }

    /// Why nothing may be sent yet.
    pub(super) fn unidentified(&self) -> Option<&'static str> {
        matches!(self.identified, Identified::Asked(..)).then_some(
            "Nothing was sent: the device has not said yet whether it is the one that is meant. Send it again in a moment.",
        )
    }
}
