//! Whether the device at the other end is the one that is meant.
//!
//! Browsers tell no serial number, so equal adapters are told apart by what the device behind them says (faults F7, F8). Until
//! it has said so, nothing else is sent to it.

use super::Session;
use super::notes::shown;
use crate::input::Output;
use crate::profile::Probe;
use crate::query::{LinkState, Mark};
use crate::screen::visible;
use crate::words::{Said, note, send as words};
use store::Time;

/// Devices asked in turn before that is left off.
const MOST: u8 = 8;
/// Of what comes meanwhile, so much is kept to look in.
const HEARD: usize = 4096;
/// Characters of it that stand in a sentence.
const SAID: usize = 60;

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
    pub(super) fn look_for_identity(&mut self, bytes: &[u8]) {
        let Identified::Asked(_, heard) = &mut self.identified else { return };
        let Some(identity) = &self.profile.identity else { return };
        heard.extend_from_slice(bytes);
        let found = identity.expect.is_in(heard);
        let excess = heard.len().saturating_sub(HEARD);
        heard.drain(..excess);
        if found {
            self.data.answered(&identity.expect);
            self.identified = Identified::Known;
            self.strangers = 0;
            self.tells_identity = true;
        }
    }

    /// Says so behind the bytes that proved it.
    pub(super) fn tell_identity(&mut self, now: Time) {
        if std::mem::take(&mut self.tells_identity)
            && let Some(identity) = &self.profile.identity
        {
            self.data.tell(now, Mark::Sent, &note::identified(&identity.expect.shown()));
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
        let said = match std::mem::take(&mut self.identified) {
            Identified::Asked(_, heard) => said(&heard),
            _ => String::new(),
        };
        self.strangers = self.strangers.saturating_add(1);
        self.drop_pending(now);
        self.gone = Some(self.data.last_byte.unwrap_or(now));
        let expected = self.profile.identity.as_ref().map(|identity| identity.expect.shown()).unwrap_or_default();
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

/// What a device said, as it can be shown in a sentence: its first line that is not empty.
fn said(heard: &[u8]) -> String {
    let text = String::from_utf8_lossy(heard);
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    visible(&line.trim().chars().take(SAID).collect::<String>())
}
