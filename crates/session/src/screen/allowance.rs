//! How much work a device may cause with few bytes.
//!
//! Clearing or resetting the screen costs thousands of cells for two to four bytes; at the speed of a network that is a
//! lever to stall the worker with. Bytes and time earn an allowance, costly sequences spend it, and one that is not
//! afforded is ignored. What people's programs send is far from the limit: a screen can be cleared a hundred times a
//! second for ever.

use avt::parser::{DecMode, EdScope, Function};
use store::Time;

const MOST: u32 = 8192;
const EACH_MILLISECOND: usize = 8;

const CLEAR: u32 = 64;
const SWITCH: u32 = 64;
const SCROLL: u32 = 4;
const RESET: u32 = 1024;

/// What is left of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowance {
    left: u32,
    /// Nanoseconds since the Unix epoch up to which time has been counted.
    counted: i64,
}

impl Default for Allowance {
    fn default() -> Self {
        Allowance { left: MOST, counted: i64::MIN }
    }
}

impl Allowance {
    /// Time has passed.
    pub(super) fn pass(&mut self, now: Time) {
        let millis = now.0.saturating_sub(self.counted).max(0) / 1_000_000;
        if millis > 0 || now.0 < self.counted {
            self.counted = now.0;
        }
        self.earn(usize::try_from(millis).unwrap_or(usize::MAX).saturating_mul(EACH_MILLISECOND));
    }

    /// So many bytes of text were read.
    pub(super) fn earn(&mut self, bytes: usize) {
        self.left = self.left.saturating_add(u32::try_from(bytes).unwrap_or(MOST)).min(MOST);
    }

    /// Whether what a function costs is afforded; then it is spent.
    pub(super) fn take(&mut self, function: &Function) -> bool {
        let Some(left) = self.left.checked_sub(cost(function)) else { return false };
        self.left = left;
        true
    }
}

fn cost(function: &Function) -> u32 {
    let scroll = |lines: u16| u32::from(lines).min(24).saturating_mul(SCROLL);
    match function {
        Function::Ris => RESET,
        Function::Ed(EdScope::All) => CLEAR,
        Function::Su(lines) | Function::Sd(lines) | Function::Il(lines) | Function::Dl(lines) => scroll(*lines),
        Function::Ich(_) | Function::Dch(_) | Function::Rep(_) => SCROLL,
        Function::Decset(modes) | Function::Decrst(modes) => {
            let switches =
                |mode: &&DecMode| matches!(mode, DecMode::AltScreenBuffer | DecMode::SaveCursorAltScreenBuffer);
            let count = modes.as_slice().iter().filter(switches).count();
            u32::try_from(count).unwrap_or(MOST).saturating_mul(SWITCH)
        }
        _ => 0,
    }
}
