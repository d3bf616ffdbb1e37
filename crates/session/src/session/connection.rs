//! The link's state: opening, open, gone, and when to open again.

use super::Session;
use crate::input::{CloseKind, CloseReason, LineError, Output};
use crate::link::Link;
use crate::query::{LinkState, Mark};
use crate::reconnect::Verdict;
use crate::signal::Signals;
use crate::wire::{Event, MacroEnding};
use crate::words::note;
use store::Time;

impl Session {
    pub(super) fn enter(&mut self, now: Time, state: LinkState) {
        // Trying and waiting in turn is one state of affairs: the time tells since when the device has been away.
        let trying = |state: &LinkState| matches!(state, LinkState::Opening | LinkState::Waiting { .. });
        if !(trying(&self.state) && trying(&state)) {
            self.since = now;
        }
        self.state = state;
    }

    /// The user wants it open.
    pub(super) fn open(&mut self, now: Time) {
        if matches!(self.state, LinkState::Opening | LinkState::Connected) {
            return;
        }
        self.reconnect.forget();
        self.strangers = 0;
        self.told = false;
        self.begin_opening(now);
    }

    pub(super) fn begin_opening(&mut self, now: Time) {
        self.failed = match &self.state {
            LinkState::Waiting { why, .. } => Some(why.clone()),
            _ => None,
        };
        self.enter(now, LinkState::Opening);
        self.outputs.push_back(Output::Open);
    }

    pub(super) fn opening(&mut self, now: Time) {
        if self.state != LinkState::Connected {
            self.told = false;
            self.enter(now, LinkState::Opening);
        }
    }

    pub(super) fn opened(&mut self, now: Time) {
        if self.state == LinkState::Connected {
            return;
        }
        self.enter(now, LinkState::Connected);
        self.not_subscribed = None;
        self.reconnect.opened(now);
        self.ended = None;
        self.listen();
        self.line_before = self.data.evidence();
        self.data.begin_recent();
        self.line = match &self.profile.link {
            Link::Serial(serial) => Some(serial.line),
            _ => None,
        };
        self.told = false;
        if let Some(gone) = self.gone.take() {
            self.data.gap(gone, now);
            let tenths = now.nanos_since(gone).max(0) / 100_000_000;
            let text = note::connected_again(tenths / 10, tenths % 10);
            self.data.tell(now, Mark::Gap, &text);
        }
        self.event(Event::Opened);
        self.say_window();
        self.identify(now);
    }

    /// The user wants it closed.
    pub(super) fn disconnect(&mut self, now: Time) {
        if matches!(self.state, LinkState::Closed { .. } | LinkState::Done) {
            return;
        }
        self.outputs.push_back(Output::Close);
        if matches!(self.state, LinkState::Waiting { .. }) {
            return self.enter(now, LinkState::Closed { why: String::new() });
        }
        self.closed(now, CloseReason { kind: CloseKind::User, why: String::new(), retry: false, after_millis: 0 });
    }

    pub(super) fn closed(&mut self, now: Time, reason: CloseReason) {
        // A link that was told to close says that it did, and nobody need hear it again.
        if matches!(self.state, LinkState::Closed { .. } | LinkState::Waiting { .. } | LinkState::Done) {
            return;
        }
        // Where all there was has come, nothing is missing, now or later.
        if self.state == LinkState::Connected && reason.kind == CloseKind::Done {
            self.end_of_input(now);
        } else if self.state == LinkState::Connected {
            self.drop_pending(now);
            self.gone = Some(self.data.last_byte.unwrap_or(now));
            let text = match reason.kind {
                CloseKind::User => note::disconnected(),
                _ => note::lost(&reason.why),
            };
            self.data.tell(now, Mark::Gap, &text);
        }
        self.ended = Some(reason.kind);
        self.none_outstanding();
        self.end_transfer(now);
        self.signals = None;
        self.leave();
        self.identified = super::identity::Identified::default();
        self.end_macro(MacroEnding::LinkClosed);
        for name in self.data.replies.clear() {
            self.expired(name);
        }
        let verdict = self.reconnect.closed(now, &reason);
        if !self.told || verdict == Verdict::Stay {
            self.told = true;
            self.event(Event::Closed { why: reason.why.clone() });
        }
        let why = reason.why;
        let state = match verdict {
            Verdict::Stay if reason.kind == CloseKind::Done => LinkState::Done,
            Verdict::Stay => LinkState::Closed { why },
            Verdict::At(time) => LinkState::Waiting { until_nanos: Some(time.0), why },
            Verdict::OnPlug => LinkState::Waiting { until_nanos: None, why },
        };
        self.enter(now, state);
    }

    pub(super) fn plugged(&mut self, now: Time) {
        if self.reconnect.plugged(now) && matches!(self.state, LinkState::Waiting { .. }) {
            self.begin_opening(now);
        }
    }

    /// What this side of the line does stands in the terminal, beside what the device makes of it.
    pub(super) fn signals(&mut self, now: Time, signals: Signals) {
        if self.state != LinkState::Connected {
            return;
        }
        let before = self.signals.as_ref().unwrap_or(&Signals::default()).clone();
        if let Some(text) = signals.changes(&before, self.data.language) {
            self.data.note(now, Mark::Sent, &text);
        }
        self.signals = Some(signals);
    }

    /// Bytes are missing here: what was pending will not be completed (faults F1, F3).
    pub(super) fn line_error(&mut self, now: Time, error: LineError) {
        self.drop_pending(now);
        let counters = &mut self.data.counters;
        let (counter, text) = match error {
            LineError::Break => (&mut counters.line_breaks, note::line_break()),
            LineError::Framing => (&mut counters.line_framing, note::line_framing()),
            LineError::Parity => (&mut counters.line_parity, note::line_parity()),
            LineError::Overrun => (&mut counters.line_overruns, note::line_overrun()),
            LineError::Other => (&mut counters.line_other, note::line_other()),
        };
        *counter = counter.saturating_add(1);
        if matches!(error, LineError::Framing | LineError::Parity) {
            self.data.storm.hit(now);
        }
        if error == LineError::Overrun {
            self.data.overrun = Some(now);
        }
        self.data.gap(now, now);
        self.data.limited_note(now, Mark::Gap, &text);
    }

    /// A frame that is not complete will not be: its bytes are skipped.
    pub(super) fn drop_pending(&mut self, now: Time) {
        self.give_up_held();
        let dropped = self.codec.framer.reset() as u64;
        self.data.skip_pending(dropped);
        self.data.screen.interrupt(now);
    }
}
