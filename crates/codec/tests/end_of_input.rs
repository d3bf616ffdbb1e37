//! What is pending when the input has ended: a frame where its delimiter may be missing there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use codec::frame::{Cobs, Delimiter, Lines, Whole};
use codec::{Found, FrameError, Framer};

/// The last span, which the end of the input made, with its payload; and the bytes still pending. The limit is 8 bytes.
fn last(mut framer: impl Framer, input: &[u8]) -> (Option<(Found, Vec<u8>)>, usize) {
    let mut frame = [0; 8];
    let (mut rest, mut spans) = (input, 0);
    let mut count = |found: Found| {
        let (Found::Frame { wire, .. } | Found::Bad { wire, .. }) = found;
        spans += wire;
    };
    while !rest.is_empty() {
        let step = framer.feed(rest, &mut frame);
        rest = &rest[step.consumed..];
        step.found.into_iter().for_each(&mut count);
    }
    let found = framer.end_of_input(&mut frame);
    found.into_iter().for_each(&mut count);
    assert_eq!(framer.end_of_input(&mut frame), None, "it ends once");
    let pending = framer.reset();
    assert_eq!(spans + pending, input.len(), "bytes are unaccounted for");
    let payload = |found| match found {
        Found::Frame { len, .. } => frame[..len].to_vec(),
        Found::Bad { .. } => Vec::new(),
    };
    (found.map(|found| (found, payload(found))), pending)
}

fn frame(payload: &[u8], wire: usize) -> Option<(Found, Vec<u8>)> {
    Some((Found::Frame { len: payload.len(), wire }, payload.to_vec()))
}

fn bad(why: FrameError, wire: usize) -> Option<(Found, Vec<u8>)> {
    Some((Found::Bad { why, wire }, Vec::new()))
}

fn lines(delimiter: &[u8]) -> Lines {
    Lines::new(Delimiter::exact(delimiter).unwrap())
}

/// RFC 4180, section 2, rule 2: "the last record in the file may or may not have an ending line break".
#[test]
fn the_last_line_may_lack_its_ending() {
    for (input, expected) in [
        (b"a\nbc".as_slice(), frame(b"bc", 2)),
        (b"a\r\nbc", frame(b"bc", 2)),
        (b"a\nbc\r", frame(b"bc", 3)),
        (b"a\n", None),
        (b"a\r\n", None),
        (b"", None),
    ] {
        assert_eq!(last(Lines::new(Delimiter::Auto), input), (expected, 0), "{input:?}");
    }
    assert_eq!(last(lines(b";"), b"a;b"), (frame(b"b", 1), 0));
    assert_eq!(last(Whole::new(), b"ab"), (frame(b"ab", 2), 0));
}

#[test]
fn half_a_delimiter_is_text() {
    assert_eq!(last(lines(b"aab"), b"x-aa"), (frame(b"x-aa", 4), 0));
    assert_eq!(last(lines(b"\r\n"), b"x\r\ny\r"), (frame(b"y\r", 2), 0));
    assert_eq!(last(lines(b"aab"), b"1234567aa"), (bad(FrameError::Oversize, 9), 0));
}

#[test]
fn the_rest_of_a_line_that_passed_the_limit_is_skipped() {
    assert_eq!(last(Lines::new(Delimiter::Auto), b"123456789"), (None, 0));
    assert_eq!(last(Lines::new(Delimiter::Auto), b"123456789ab"), (bad(FrameError::Skipped, 2), 0));
}

/// Every frame of COBS has its zero: what has none is cut off.
#[test]
fn a_cobs_frame_without_its_zero_stays_pending() {
    assert_eq!(last(Cobs::new(), b"\x02a\x00\x02b"), (None, 2));
}
