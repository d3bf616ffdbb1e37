//! Replies that are waited for: bytes to look for in what is received, until a time.

use crate::profile::Reply;
use crate::topic::Filter;
use store::Time;

/// Replies waited for at once.
pub(crate) const MAX_WAITING: usize = 16;

/// Characters kept of the line that a reply stands in.
const LONGEST_LINE: usize = 200;

/// A reply that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The command's name.
    pub(crate) name: String,
    /// How long it took.
    pub(crate) millis: u32,
    /// The line it stands in.
    pub(crate) text: String,
    /// What was looked for.
    pub(crate) contains: Vec<u8>,
}

/// One reply waited for.
#[derive(Clone, Debug)]
struct Waiting {
    name: String,
    contains: Vec<u8>,
    /// The topics it may come on; any where there is none.
    topic: Option<Filter>,
    sent: Time,
    until: Time,
    /// The last bytes received, one fewer than are looked for: a match may lie across two chunks.
    tail: Vec<u8>,
}

/// Replies waited for, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Replies {
    waiting: Vec<Waiting>,
}

impl Replies {
    /// Begins to wait; the oldest gives way, and is returned, where too many are waited for.
    pub(crate) fn wait(&mut self, name: &str, reply: &Reply, sent: Time) -> Option<String> {
        let Reply { contains, within_millis, topic } = reply;
        let topic = topic.as_deref().and_then(|topic| Filter::parse(topic).ok());
        let until = sent.plus_millis(i64::from(*within_millis));
        let contains = contains.as_bytes().to_vec();
        let first = if self.waiting.len() < MAX_WAITING { None } else { Some(self.waiting.remove(0).name) };
        self.waiting.push(Waiting { name: name.into(), contains, topic, sent, until, tail: Vec::new() });
        first
    }

    /// The oldest of that name is waited for no more.
    pub(crate) fn forget(&mut self, name: &str) {
        if let Some(at) = self.waiting.iter().position(|waiting| waiting.name == name) {
            self.waiting.remove(at);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// When the first wait ends.
    pub(crate) fn until(&self) -> Option<Time> {
        self.waiting.iter().map(|waiting| waiting.until).min()
    }

    /// Those whose time has passed.
    pub(crate) fn expire(&mut self, now: Time) -> Vec<String> {
        let mut names = Vec::new();
        self.waiting.retain(|waiting| {
            let over = now >= waiting.until;
            if over {
                names.push(waiting.name.clone());
            }
            !over
        });
        names
    }

    /// Nothing more is received: nothing will be found.
    pub(crate) fn clear(&mut self) -> Vec<String> {
        self.waiting.drain(..).map(|waiting| waiting.name).collect()
    }

    /// Looks in received bytes, which go on from those before. Returns what was found, with the milliseconds it took, and the
    /// line it stands in. Where several wait for the same, each needs one of its own.
    pub(crate) fn look(&mut self, now: Time, bytes: &[u8]) -> Vec<Found> {
        let mut found = Vec::new();
        let mut taken: Vec<(Vec<u8>, usize)> = Vec::new();
        self.waiting.retain_mut(|waiting| {
            let from = taken.iter().rev().find(|(what, _)| *what == waiting.contains).map_or(0, |(_, end)| *end);
            let end = if from == 0 { waiting.find(bytes) } else { find(bytes, &waiting.contains, from) };
            waiting.keep(bytes);
            let Some(end) = end else { return true };
            taken.push((waiting.contains.clone(), end));
            found.push(waiting.found(now, bytes, end));
            false
        });
        found
    }

    /// Looks in a message, which goes on from none before. Each answers one.
    pub(crate) fn look_in_message(&mut self, now: Time, topic: &str, payload: &[u8]) -> Vec<Found> {
        let fits = |waiting: &Waiting| waiting.topic.as_ref().is_none_or(|filter| filter.matches(topic));
        let end = |waiting: &Waiting| find(payload, &waiting.contains, 0);
        let at = self.waiting.iter().position(|waiting| fits(waiting) && end(waiting).is_some());
        let found = at.map(|at| {
            let mut waiting = self.waiting.remove(at);
            let end = end(&waiting).unwrap_or(0);
            waiting.found(now, payload, end)
        });
        found.into_iter().collect()
    }

    /// Looks in a frame's payload for what does not stand in its bytes on the wire.
    pub(crate) fn look_in_frame(&mut self, now: Time, payload: &[u8], wire: &[u8]) -> Vec<Found> {
        let mut found = Vec::new();
        self.waiting.retain_mut(|waiting| {
            let end = find(payload, &waiting.contains, 0).filter(|_| find(wire, &waiting.contains, 0).is_none());
            found.extend(end.map(|end| waiting.found(now, payload, end)));
            end.is_none()
        });
        found
    }
}

impl Waiting {
    /// The end, in `bytes`, of the first match in the tail and the bytes.
    fn find(&self, bytes: &[u8]) -> Option<usize> {
        let reach = bytes.get(..self.contains.len().min(bytes.len())).unwrap_or_default();
        let seam = [&self.tail, reach].concat();
        match find(&seam, &self.contains, 0) {
            Some(end) => Some(end.saturating_sub(self.tail.len())),
            None => find(bytes, &self.contains, 0),
        }
    }

    /// It came: the match ends there in `bytes`.
    fn found(&mut self, now: Time, bytes: &[u8], end: usize) -> Found {
        let millis = now.nanos_since(self.sent) / 1_000_000;
        let began: &[u8] = if end < self.contains.len() { &self.contains } else { &[] };
        let text = line(bytes, end, began);
        let (name, contains) = (std::mem::take(&mut self.name), std::mem::take(&mut self.contains));
        Found { name, millis: u32::try_from(millis.max(0)).unwrap_or(u32::MAX), text, contains }
    }

    fn keep(&mut self, bytes: &[u8]) {
        let len = self.contains.len().saturating_sub(1);
        self.tail.extend_from_slice(bytes.get(bytes.len().saturating_sub(len)..).unwrap_or_default());
        let excess = self.tail.len().saturating_sub(len);
        self.tail.drain(..excess);
    }
}

/// The line in which a match ends; or what was looked for with the rest of its line, where it began in bytes before.
fn line(bytes: &[u8], end: usize, began: &[u8]) -> String {
    let breaks = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let (head, rest) = bytes.split_at_checked(end.min(bytes.len())).unwrap_or_default();
    // What is looked for may end with a line break itself.
    let whole = head.len().saturating_sub(head.iter().rev().take_while(|byte| breaks(byte)).count());
    let head = head.get(..whole).unwrap_or_default();
    let from = head.iter().rposition(breaks).map_or(0, |at| at.saturating_add(1));
    let to = if whole == end { rest.iter().position(breaks).unwrap_or(rest.len()) } else { 0 };
    let head = if began.is_empty() { head.get(from..).unwrap_or_default() } else { began };
    let rest = rest.get(..to).unwrap_or_default();
    // In a frame other bytes stand before it and follow.
    let no_text = |c: char| c != '\t' && (c.is_control() || c == char::REPLACEMENT_CHARACTER);
    let (head, rest) = (String::from_utf8_lossy(head), String::from_utf8_lossy(rest));
    let head = head.trim_end_matches(no_text).rsplit(no_text).next().unwrap_or_default();
    let rest = rest.split(no_text).next().unwrap_or_default();
    head.chars().chain(rest.chars()).take(LONGEST_LINE).collect()
}

/// Where the first match from an offset on ends.
fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let at = memchr::memmem::find(bytes.get(from..)?, what)?;
    Some(from.saturating_add(at).saturating_add(what.len()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    fn found(name: &str, millis: u32, text: &str) -> (String, u32, String) {
        (name.into(), millis, text.into())
    }

    fn reply(contains: &str, within_millis: u32) -> Reply {
        Reply { contains: contains.into(), topic: None, within_millis }
    }

    fn look(replies: &mut Replies, now: Time, bytes: &[u8]) -> Vec<(String, u32, String)> {
        replies.look(now, bytes).into_iter().map(|found| (found.name, found.millis, found.text)).collect()
    }

    #[test]
    fn each_of_two_waits_needs_a_reply_of_its_own() {
        let mut replies = Replies::default();
        for name in ["a", "b"] {
            assert_eq!(replies.wait(name, &reply("ok", 500), Time(0)), None);
        }
        assert_eq!(look(&mut replies, Time(0).plus_millis(3), b".. ok .."), [found("a", 3, ".. ok ..")]);
        assert_eq!(look(&mut replies, Time(0).plus_millis(4), b"ok"), [found("b", 4, "ok")]);
    }

    #[test]
    fn the_line_that_a_reply_stands_in_comes_with_it() {
        for (looked_for, pieces, line) in [
            ("ok", &["boot\r\nok speed 5\r\nmore"] as &[&str], "ok speed 5"),
            ("ok\n", &["boot\nall ok\nmore\n"], "all ok"),
            ("ok speed", &["boot\nok sp", "eed 5\nmore"], "ok speed 5"),
            ("5\u{7}", &["speed 5\u{7}\n"], "speed 5"),
            ("ok", &["\u{2}\u{1}ok speed 5\u{3}\u{4}x"], "ok speed 5"),
        ] {
            let mut replies = Replies::default();
            replies.wait("a", &reply(looked_for, 500), Time(0));
            let got: Vec<_> = pieces.iter().flat_map(|piece| look(&mut replies, Time(0), piece.as_bytes())).collect();
            assert_eq!(got, [found("a", 0, line)], "{looked_for:?} in {pieces:?}");
        }
    }

    #[test]
    fn a_frame_is_looked_in_for_what_its_bytes_do_not_show() {
        let mut replies = Replies::default();
        replies.wait("a", &reply("a\0b", 500), Time(0));
        replies.wait("b", &reply("ok", 500), Time(0));
        // COBS: the payload's zero is no byte of the wire; the rest stands there, and was seen there.
        let found = replies.look_in_frame(Time(0), b"a\0b ok", b"\x02a\x05b ok\0");
        assert_eq!(found.iter().map(|found| found.name.as_str()).collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn waits_end_and_are_bounded() {
        let mut replies = Replies::default();
        for n in 0..MAX_WAITING {
            assert_eq!(replies.wait(&n.to_string(), &reply("ok", 500), Time(0)), None);
        }
        assert_eq!(replies.wait("more", &reply("ok", 600), Time(0)).as_deref(), Some("0"));
        assert_eq!(replies.expire(Time(0).plus_millis(499)), Vec::<String>::new());
        assert_eq!(replies.expire(Time(0).plus_millis(500)).len(), MAX_WAITING - 1);
        assert_eq!(replies.until(), Some(Time(0).plus_millis(600)));
    }

    proptest! {
        #[test]
        fn r3_a_reply_is_found_wherever_the_chunks_are_cut(
            before in "[ok ]{0,8}", after in "[ok ]{0,8}", at in 0..20usize, then in 0..20usize,
        ) {
            let bytes = format!("{before}ok go{after}").into_bytes();
            let at = at.min(bytes.len());
            let then = then.clamp(at, bytes.len());
            let mut replies = Replies::default();
            replies.wait("x", &reply("ok go", 500), Time(0));
            let mut found = 0;
            for piece in [&bytes[..at], &bytes[at..then], &bytes[then..]] {
                found += replies.look(Time(0), piece).len();
            }
            prop_assert_eq!(found, 1);
        }
    }
}
