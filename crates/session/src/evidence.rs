//! Whether what comes over a serial line makes sense at the speed it is read at.
//!
//! A receiver at another speed than its sender samples the bits at the wrong moments: stop bits are missing (framing
//! errors), text turns into bytes that are none, frames do not check. None of that proves a speed alone. Counted over a
//! second, and beside the other usual speeds, it does.

use serde::{Deserialize, Serialize};

/// What was counted while a line was read at one speed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Bytes received.
    pub bytes: u64,
    /// Of these, bytes of ASCII text: printable characters, tab and line ends.
    pub printable: u64,
    /// Good frames of the profile's protocol.
    pub frames: u64,
    /// Bytes in them.
    pub good_bytes: u64,
    /// Frames that were rejected.
    pub rejected: u64,
    /// Of these, frames whose check sequence alone did not agree.
    pub bad_checksum: u64,
    /// Bytes that are in no frame at all.
    pub skipped_bytes: u64,
    /// Framing errors, parity errors and breaks that the line reported.
    pub line_errors: u64,
}

/// What was counted at one speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Symbols per second.
    pub baud: u32,
    /// What came.
    pub evidence: Evidence,
}

/// What the evidence comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing came at any speed: the device is silent.
    Silent,
    /// At this speed, and no other, what came makes sense.
    Fits(u32),
    /// Bytes came, but at no speed do they make sense, or at more than one.
    Unclear,
    /// What came makes sense at every speed, however far apart: the device does not mind. USB devices without a line behind
    /// them are like that.
    Any,
}

/// Usual speeds in symbols per second, the likeliest first.
pub const USUAL: [u32; 10] = [115_200, 9600, 57_600, 38_400, 19_200, 230_400, 460_800, 921_600, 4800, 2400];

/// Bytes below which nothing is concluded.
const FEW: u64 = 8;
/// Bytes that tell something of one speed alone.
const TELLING: u64 = 64;
/// Below this, what comes at a speed makes no sense.
const SENSE: f64 = 0.5;
/// What a speed must score to fit, and how far the next one must stay behind.
const FITS: f64 = 0.8;
const AHEAD: f64 = 0.1;
/// How much a line error weighs, in bytes. The browser gives up the bytes of a read that failed, so few are counted.
const ERROR_BYTES: f64 = 8.0;

impl Evidence {
    /// Whether more of it makes sense than does not; `None` where too little came to tell.
    #[must_use]
    pub fn makes_sense(&self, textual: bool) -> Option<bool> {
        let telling = self.bytes >= TELLING || self.line_errors >= TELLING / 8;
        telling.then(|| self.score(textual) >= SENSE)
    }

    /// Whether more messages than not make sense, over a link that loses and changes nothing: what else comes with them is
    /// the transport's, or is not selected. `None` where too little came to tell.
    #[must_use]
    pub fn messages_make_sense(&self) -> Option<bool> {
        let told = self.frames.saturating_add(self.rejected);
        (told > 0 || self.bytes >= TELLING).then(|| told > 0 && share(self.frames, told) >= SENSE)
    }

    /// Whether frames are found, and it is their check sequences alone that never agree: at another speed there would be
    /// none to find.
    #[must_use]
    pub fn checksum_never_agrees(&self) -> bool {
        // In noise there is much that no frame has, too.
        let found = self.skipped_bytes.saturating_mul(4) < self.bytes && self.line_errors == 0;
        let all = self.frames == 0 && self.bad_checksum >= FEW && share(self.bad_checksum, self.rejected) >= FITS;
        found && all
    }

    /// What came since `before`.
    #[must_use]
    pub fn since(&self, before: &Evidence) -> Evidence {
        Evidence {
            bytes: self.bytes.saturating_sub(before.bytes),
            printable: self.printable.saturating_sub(before.printable),
            frames: self.frames.saturating_sub(before.frames),
            good_bytes: self.good_bytes.saturating_sub(before.good_bytes),
            rejected: self.rejected.saturating_sub(before.rejected),
            bad_checksum: self.bad_checksum.saturating_sub(before.bad_checksum),
            skipped_bytes: self.skipped_bytes.saturating_sub(before.skipped_bytes),
            line_errors: self.line_errors.saturating_sub(before.line_errors),
        }
    }

    /// Counts the bytes that are text.
    #[must_use]
    pub fn printable_in(bytes: &[u8]) -> u64 {
        bytes.iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n')).count() as u64
    }

    /// The share of bytes that are text, from 0 to 1; `None` where none came.
    #[must_use]
    pub fn printable_share(&self) -> Option<f64> {
        (self.bytes > 0).then(|| share(self.printable, self.bytes))
    }

    /// How much sense it makes, from 0 to 1; `textual` if the protocol is one of lines of text.
    #[must_use]
    pub fn score(&self, textual: bool) -> f64 {
        if self.bytes < FEW {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a share, not a count")]
        let clean = self.bytes as f64 / (self.bytes as f64 + ERROR_BYTES * self.line_errors as f64);
        let checked =
            if self.rejected == 0 { 1.0 } else { share(self.frames, self.frames.saturating_add(self.rejected)) };
        let content = if textual {
            // Any line is a good frame of plain text, so the characters decide; where lines are checked, both do.
            share(self.printable, self.bytes)
        } else {
            // Chance makes a frame now and then. What is pending at the end is no one's fault.
            share(self.good_bytes, self.bytes)
        };
        clean * checked * content
    }
}

/// What was counted at several speeds, together.
#[must_use]
pub fn judge(heard: &[Heard], textual: bool) -> Verdict {
    if heard.iter().all(|heard| heard.evidence.bytes == 0 && heard.evidence.line_errors == 0) {
        return Verdict::Silent;
    }
    let mut scores: Vec<(f64, u32)> = heard.iter().map(|heard| (heard.evidence.score(textual), heard.baud)).collect();
    scores.sort_by(|one, other| other.0.total_cmp(&one.0));
    if scores.len() >= 3 && scores.iter().all(|(score, _)| *score >= FITS) && apart(heard) {
        return Verdict::Any;
    }
    match scores.as_slice() {
        [(best, baud), rest @ ..] if *best >= FITS && rest.first().is_none_or(|(next, _)| *next <= best - AHEAD) => {
            Verdict::Fits(*baud)
        }
        _ => Verdict::Unclear,
    }
}

/// Whether the speeds are so far apart that no line could be read at all of them.
fn apart(heard: &[Heard]) -> bool {
    let speeds = || heard.iter().map(|heard| heard.baud);
    speeds().max().unwrap_or(0) / 4 >= speeds().min().unwrap_or(u32::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "a share, not a count")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(baud: u32, bytes: u64, printable: u64) -> Heard {
        Heard { baud, evidence: Evidence { bytes, printable, ..Evidence::default() } }
    }

    #[test]
    fn nothing_at_any_speed_is_silence() {
        assert_eq!(judge(&[heard(9600, 0, 0), heard(115_200, 0, 0)], true), Verdict::Silent);
        assert_eq!(judge(&[], true), Verdict::Silent);
    }

    #[test]
    fn two_speeds_that_make_as_much_sense_are_not_guessed_between() {
        let alike = [heard(9600, 1000, 1000), heard(19_200, 1000, 950)];
        assert_eq!(judge(&alike, true), Verdict::Unclear);
        assert_eq!(judge(&[heard(9600, 1000, 1000), heard(19_200, 1000, 400)], true), Verdict::Fits(9600));
        assert_eq!(judge(&[heard(9600, 1000, 500), heard(19_200, 1000, 400)], true), Verdict::Unclear);
        assert_eq!(judge(&[heard(9600, 3, 3)], true), Verdict::Unclear, "three bytes are no evidence");
    }

    #[test]
    fn a_device_that_does_not_mind_the_speed_is_left_alone() {
        let usb = [heard(9600, 1000, 1000), heard(57_600, 1000, 1000), heard(115_200, 1000, 1000)];
        assert_eq!(judge(&usb, true), Verdict::Any);
        assert_eq!(judge(&usb[..2], true), Verdict::Unclear, "two are no evidence");
        assert_eq!(judge(&[usb[0], usb[1], heard(115_200, 0, 0)], true), Verdict::Unclear, "at one nothing came");
    }

    #[test]
    fn line_errors_weigh_against_a_speed() {
        let clean = Evidence { bytes: 1000, printable: 1000, ..Evidence::default() };
        let torn = Evidence { line_errors: 100, ..clean };
        assert!(clean.score(true) > 0.99 && torn.score(true) < FITS, "{} {}", clean.score(true), torn.score(true));
    }
}
