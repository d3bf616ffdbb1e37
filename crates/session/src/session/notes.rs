//! Lines of ours in the terminal, at most twenty a second, and fewer the longer it goes on: a storm of errors must not drown
//! the device's text.

use crate::query::Mark;
use crate::words::{Said, note};
use store::Time;

const PER_SECOND: u32 = 20;
const SECOND: i64 = 1_000_000_000;

/// How many were written in the second under way, and how many were not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Notes {
    since: Option<Time>,
    written: u32,
    held_back: u64,
    /// How many may be written in it, and whether there were more.
    most: u32,
    over: bool,
}

impl Default for Notes {
    fn default() -> Notes {
        Notes { since: None, written: 0, held_back: 0, most: PER_SECOND, over: false }
    }
}

impl Notes {
    /// Whether another may be written; counted either way.
    pub(super) fn allow(&mut self, now: Time) -> bool {
        if self.since.is_none_or(|since| !(0..SECOND).contains(&now.nanos_since(since))) {
            // Half as many in each second of a storm, down to one.
            let goes_on =
                self.over && self.since.is_some_and(|since| now.nanos_since(since) < SECOND.saturating_mul(2));
            self.most = if goes_on { (self.most / 2).max(1) } else { PER_SECOND };
            (self.since, self.written, self.over) = (Some(now), 0, false);
        }
        let allowed = self.written < self.most;
        self.over |= !allowed;
        if allowed {
            self.written = self.written.saturating_add(1);
        } else {
            self.held_back = self.held_back.saturating_add(1);
        }
        allowed
    }

    /// When those held back are to be told.
    pub(crate) fn until(&self) -> Option<Time> {
        self.since.filter(|_| self.held_back > 0).map(|since| since.plus_nanos(SECOND))
    }

    /// What to tell of those held back, once their second is over.
    pub(super) fn due(&mut self, now: Time) -> Option<Said> {
        let due = self.until().is_some_and(|until| now >= until);
        due.then(|| note::more(std::mem::take(&mut self.held_back)))
    }
}

/// Line errors that mean a wrong baud rate when there are many (faults F2).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Storm {
    /// The last four, in a ring.
    hits: [Option<Time>; 4],
}

impl Storm {
    pub(super) fn hit(&mut self, now: Time) {
        self.hits.rotate_left(1);
        if let Some(last) = self.hits.last_mut() {
            *last = Some(now);
        }
    }

    /// Whether the last four came within the five seconds before now.
    pub(crate) fn rages(&self, now: Time) -> bool {
        let recent = |hit: &Option<Time>| hit.is_some_and(|hit| now.nanos_since(hit) < SECOND.saturating_mul(5));
        self.hits.iter().all(recent)
    }
}

/// A note's text for bytes that were sent: as text if it is, else as hex.
pub(super) fn shown(bytes: &[u8]) -> String {
    let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(text) if !text.chars().any(|ch| ch.is_control() && ch != '\t') => text.into(),
        _ => {
            let head: Vec<String> = bytes.iter().take(64).map(|byte| format!("{byte:02x}")).collect();
            let more = if bytes.len() > 64 { " …" } else { "" };
            format!("{}{more}", head.join(" "))
        }
    }
}

/// The mark of a line of ours that says how many were left out.
pub(super) const HELD_BACK: Mark = Mark::Gap;
