//! What a session has to do with the way through a gateway, beyond a link that opens and closes.

use super::Session;
use crate::input::Output;
use crate::link::Link;
use crate::query::{LinkState, Mark, Reached};
use crate::tunnel::TargetKind;
use crate::words::note;
use codec::telnet::VERBS_A_SECOND;
use store::Time;

impl Session {
    pub(super) fn reached(&mut self, reached: Reached) {
        if self.state == LinkState::Connected {
            self.reached = Some(reached);
        }
    }

    /// The link is closed: what was agreed on with the device is void.
    pub(super) fn leave(&mut self) {
        self.reached = None;
        self.prompt.is_over();
        self.window = None;
        self.told_flood = false;
        self.told_select = false;
    }

    /// Bytes are missing here, and they are counted.
    pub(super) fn given_up(&mut self, now: Time, bytes: u64) {
        self.drop_pending(now);
        self.data.counters.given_up = self.data.counters.given_up.saturating_add(bytes);
        self.data.gap(now, now);
        self.data.limited_note(now, Mark::Gap, &note::given_up(bytes));
    }

    /// Counted, and a flood said once for each connection (faults F48).
    pub(super) fn telnet_left_out(&mut self, now: Time, flood: u64, unreadable: u64) {
        let counters = &mut self.data.counters;
        counters.telnet_flood = counters.telnet_flood.saturating_add(flood);
        counters.telnet_unreadable = counters.telnet_unreadable.saturating_add(unreadable);
        if flood > 0 && !self.told_flood {
            self.told_flood = true;
            self.data.tell(now, Mark::Gap, &note::telnet_flood(VERBS_A_SECOND));
        }
    }

    /// What was typed is written where the device does not echo it, as RFC 857 has it. A device's control characters are
    /// obeyed; those of a key are not, but for Enter.
    pub(super) fn echo(&mut self, now: Time, bytes: &[u8]) {
        let terms = self.reached.as_ref().and_then(|reached| reached.terms.as_ref());
        if terms.is_none_or(|terms| terms.echoes()) {
            return;
        }
        let mut shown = Vec::with_capacity(bytes.len());
        for byte in bytes {
            match byte {
                b'\r' => shown.extend_from_slice(b"\r\n"),
                0x7f => shown.extend_from_slice(b"\x08 \x08"),
                0x1b => break,
                byte if *byte >= b' ' => shown.push(*byte),
                _ => {}
            }
        }
        self.data.screen.receive(now, &shown);
    }

    /// Tells the size of the terminal, where it is a Telnet device's and has changed.
    pub(crate) fn say_window(&mut self) {
        let telnet = matches!(&self.profile.link, Link::Tunnel(tunnel) if tunnel.kind == TargetKind::Telnet);
        let size = self.data.screen.size();
        if telnet && self.state == LinkState::Connected && self.window != Some(size) {
            self.window = Some(size);
            self.outputs.push_back(Output::Window { columns: size.0, rows: size.1 });
        }
    }
}
