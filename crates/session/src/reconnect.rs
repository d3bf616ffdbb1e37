//! Whether and when a link that closed is opened again.
//!
//! A network link backs off, doubling from half a second to half a minute, with jitter so that many consoles do not
//! come back at once (faults F25). A serial port waits until something is plugged in, then tries every 250 ms for 10 s,
//! because a device that resets appears, vanishes and appears again (F6).

use crate::input::{CloseKind, CloseReason};
use crate::link::Link;
use store::Time;

const FIRST_MILLIS: i64 = 500;
const LONGEST_MILLIS: i64 = 30_000;
/// A link that lived this long was well: the next failure starts at the shortest delay again.
const WELL_MILLIS: i64 = 10_000;
const STEP_MILLIS: i64 = 250;
const WINDOW_MILLIS: i64 = 10_000;

/// What to do about a link that closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Leave it closed.
    Stay,
    /// Open it at this time.
    At(Time),
    /// Open it when something is plugged in.
    OnPlug,
}

/// What is remembered from one opening to the next.
#[derive(Clone, Debug)]
pub(crate) struct Reconnect {
    plugs: bool,
    failures: u32,
    opened: Option<Time>,
    plugged: Option<Time>,
    random: u64,
}

impl Reconnect {
    pub(crate) fn new(link: &Link, now: Time) -> Self {
        // Any seed does, if it differs between consoles; xorshift needs one that is not zero.
        let random = now.0.unsigned_abs() | 1;
        Reconnect { plugs: matches!(link, Link::Serial(_)), failures: 0, opened: None, plugged: None, random }
    }

    pub(crate) fn set_link(&mut self, link: &Link) {
        self.plugs = matches!(link, Link::Serial(_));
    }

    /// The user took it into their own hands: forget failures.
    pub(crate) fn forget(&mut self) {
        self.failures = 0;
        self.plugged = None;
    }

    pub(crate) fn opened(&mut self, now: Time) {
        self.opened = Some(now);
        self.plugged = None;
    }

    /// Something was plugged in; whether that is worth a try now if the link is waiting for it.
    pub(crate) fn plugged(&mut self, now: Time) -> bool {
        self.plugged = Some(now);
        self.plugs
    }

    pub(crate) fn closed(&mut self, now: Time, reason: &CloseReason) -> Verdict {
        let opened = self.opened.take();
        if !reason.retry || reason.kind == CloseKind::User {
            return Verdict::Stay;
        }
        if self.plugs {
            let trying = self.plugged.is_some_and(|at| now.nanos_since(at) < WINDOW_MILLIS.saturating_mul(1_000_000));
            return match reason.kind {
                _ if trying => Verdict::At(now.plus_millis(STEP_MILLIS)),
                CloseKind::Lost | CloseKind::Absent | CloseKind::Stranger => Verdict::OnPlug,
                _ => Verdict::Stay,
            };
        }
        // Who said when to come back, and was there until then, is no failure either.
        let asked = i64::from(reason.after_millis);
        let well = |at: Time| now.nanos_since(at) >= WELL_MILLIS.saturating_mul(1_000_000);
        if opened.is_some_and(|at| asked > 0 || well(at)) {
            self.failures = 0;
        }
        let doubled = FIRST_MILLIS.checked_shl(self.failures.min(16)).unwrap_or(LONGEST_MILLIS);
        self.failures = self.failures.saturating_add(1);
        let wait = self.jittered(doubled.min(LONGEST_MILLIS));
        // Who was asked to wait waits, and comes back a little later than the others that were asked.
        Verdict::At(now.plus_millis(if asked == 0 { wait } else { wait.max(asked.saturating_add(wait / 4)) }))
    }

    /// From the shortest delay, or half of this one if that is longer, up to this one.
    fn jittered(&mut self, millis: i64) -> i64 {
        let least = (millis / 2).max(FIRST_MILLIS);
        let range = millis.saturating_sub(least).saturating_add(1);
        // xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        let offset = (self.random >> 1) % range.unsigned_abs().max(1);
        least.saturating_add_unsigned(offset)
    }
}
