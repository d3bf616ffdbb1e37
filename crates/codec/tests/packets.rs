//! Framings whose parameters say what a frame is: F18, and what each refuses.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
use codec::{Found, FrameError, Framer, FramerInfo, Setting, Settings, WrapError};
use common::spans::{Span, consumed, feed, frame};

fn made(name: &str, settings: &[(&str, &str)]) -> Box<dyn Framer> {
    let setting = |(key, value): &(&str, &str)| (key.to_string(), Setting::Text(value.to_string()));
    (FramerInfo::find(name).unwrap().build)(&Settings(settings.iter().map(setting).collect())).unwrap()
}

/// F18: a length beyond the limit is refused before anything is kept for it, and costs nothing that comes after.
#[test]
fn a_length_field_that_lies() {
    let mut framer = made("length", &[("sync", "0xaa55"), ("length_bytes", "4"), ("checksum", "sum8")]);
    let good = b"\xaa\x55\x02\0\0\0hi\xd3";
    let input = [good, &b"\xaa\x55\xff\xff\xff\xff"[..], good].concat();
    let (spans, pending) = feed(&mut *framer, &input, &[], 64);
    assert_eq!(spans, [frame(b"hi", 9), Span::Bad(FrameError::Oversize, 6), frame(b"hi", 9)]);
    assert_eq!(pending, 0);
    // Less than the header itself, where the header is counted.
    let mut framer = made("length", &[("sync", "A"), ("length_counts", "frame")]);
    let (spans, _) = feed(&mut *framer, b"A\x04hiA\x01A\x04hi", &[], 64);
    assert_eq!(spans, [frame(b"hi", 4), Span::Bad(FrameError::Malformed, 2), frame(b"hi", 4)]);
}

/// F17: frames whose checksum is another one from the first on are named as that, not waited for; the first alone may be
/// noise.
#[test]
fn f17_checksums_that_are_wrong_from_the_first_frame_on() {
    let skipped = |wire| Span::Bad(FrameError::Skipped, wire);
    for (name, size, len) in [("length", ("length_bytes", "1"), 7), ("fixed", ("length", "3"), 6)] {
        let settings = |sum| [("sync", "0xaa55"), size, ("checksum", sum)];
        let theirs = made(name, &settings("sum8"));
        let mut ours = made(name, &settings("xor8"));
        let mut wire = [0; 16];
        assert_eq!(theirs.wrap(b"abd", &mut wire), Ok(if name == "length" { 7 } else { 6 }));
        // Both sums are told: what came, and what it should have been.
        let mut own = [0; 16];
        ours.wrap(b"abd", &mut own).unwrap();
        let (expected, got) = (own[len - 1].into(), wire[len - 1].into());
        let bad = |wire| Span::Bad(FrameError::Checksum { expected, got, bytes: 1 }, wire);
        let frames = [&b"boot"[..], &wire[..len].repeat(4)].concat();
        let (spans, pending) = feed(&mut *ours, &frames, &[], 64);
        assert_eq!((spans, pending), (vec![skipped(4 + len), bad(len), bad(len), bad(len)], 0), "{name}");
        // One of them among other noise is noise.
        ours.reset();
        let (spans, pending) = feed(&mut *ours, &[&wire[..len], b"..", &wire[..len], b"."].concat(), &[], 64);
        assert_eq!((spans.len(), pending), (0, 2 * len + 3), "{name}");
        // Where the line rests behind each, the first is noise that is over, and the others are told as well.
        ours.reset();
        for told in [of(skipped(len)), of(bad(len)), of(bad(len))] {
            assert_eq!(rested(&mut *ours, &wire[..len]), [told], "{name}");
        }
    }
}

/// The same, as the framer says it.
fn of(span: Span) -> Found {
    match span {
        Span::Frame(bytes, wire) => Found::Frame { len: bytes.len(), wire },
        Span::Bad(why, wire) => Found::Bad { why, wire },
    }
}

/// Everything that is found in a burst, once the line rests behind it.
fn rested(framer: &mut dyn Framer, burst: &[u8]) -> Vec<Found> {
    let mut buffer = [0; 1024];
    let (mut found, mut rest) = (Vec::new(), burst);
    while !rest.is_empty() {
        let step = framer.feed(rest, &mut buffer);
        rest = &rest[step.consumed..];
        found.extend(step.found);
    }
    found.extend(std::iter::from_fn(|| framer.end_of_input(&mut buffer)));
    found
}

/// F17: without a sync word frames are found by their checksum alone. Where none agrees, all of it is skipped once the line
/// rests, and does not wait for ever.
#[test]
fn f17_no_frame_at_all_is_skipped_when_the_line_rests() {
    let mut framer = made("fixed", &[("length", "3"), ("checksum", "xor8")]);
    let input = b"\x01\x02\x08\x09".repeat(9);
    let found = rested(&mut *framer, &input);
    let [Found::Bad { why: FrameError::Skipped, wire }] = found[..] else { panic!("{found:?}") };
    // The last bytes may begin a frame.
    assert!(wire > input.len() - 4, "{wire} bytes are skipped");
    assert_eq!(wire + framer.reset(), input.len());
}

/// A device that sends nothing but beginnings, each of which claims all that follows, is not looked at without end.
#[test]
fn false_beginnings_cost_no_more_than_their_share() {
    let mut framer = made("length", &[("sync", "A"), ("length_bytes", "2"), ("checksum", "CRC-32")]);
    let input: Vec<u8> = b"A\xff\x7f".iter().copied().cycle().take(3 << 20).collect();
    let (spans, pending) = feed(&mut *framer, &input, &[], 65536);
    assert_eq!(consumed(&spans) + pending, input.len());
    assert!(spans.iter().all(|span| matches!(span, Span::Bad(..))));
}

/// The fields of the header are the payload's where it is kept, and the length is filled in.
#[test]
fn a_header_that_is_kept() {
    let settings = [("sync", "$"), ("length_offset", "1"), ("length_header", "kept"), ("checksum", "xor8")];
    let mut framer = made("length", &settings);
    let mut wire = [0; 16];
    let len = framer.wrap(b"T?abc", &mut wire).unwrap();
    assert_eq!(&wire[..len], b"$T\x03abc\x37");
    assert_eq!(feed(&mut *framer, &wire[..len], &[], 8).0, [frame(b"T\x03abc", 7)]);
    assert_eq!(framer.wrap(b"T", &mut wire), Err(WrapError::Length { least: 2, most: usize::MAX }));
    assert_eq!(made("length", &[]).wrap(&[0; 300], &mut [0; 400]), Err(WrapError::Length { least: 0, most: 255 }));
    assert_eq!(made("fixed", &[("length", "4")]).wrap(b"abc", &mut wire), Err(WrapError::Length { least: 4, most: 4 }));
}

/// RFC 1662, 4.3: an escape before a flag aborts the frame; what is too short for its check sequence is none.
#[test]
fn hdlc_that_was_aborted() {
    let good = b"\x7e123456789\x6e\x90\x7e";
    let input = [good, &b"\x7eabc\x7d\x7e\x7ea\x7e"[..], good].concat();
    let (spans, _) = feed(&mut *made("hdlc", &[]), &input, &[], 64);
    let bad = |wire| Span::Bad(FrameError::Malformed, wire);
    assert_eq!(spans, [frame(b"123456789", 13), bad(6), bad(3), frame(b"123456789", 13)]);
}

/// Between frames is noise; a frame without an end goes on to the next beginning.
#[test]
fn enclosed_frames() {
    let (spans, pending) = feed(&mut *made("sync", &[("sync", "/*"), ("end", "*/")]), b"boot/*1,2*/..//*3*/", &[], 16);
    let skipped = |wire| Span::Bad(FrameError::Skipped, wire);
    assert_eq!(spans, [skipped(4), frame(b"1,2", 7), skipped(3), frame(b"3", 5)]);
    assert_eq!(pending, 0);
    let mut framer = made("sync", &[("sync", "0xa55a")]);
    let (spans, _) = feed(&mut *framer, b"x\xa5\x5a12\xa5\x5a\xa5345678901\xa5\x5a6", &[], 8);
    assert_eq!(spans[..2], [skipped(1), frame(b"12", 4)]);
    assert_eq!(spans[2..], [Span::Bad(FrameError::Oversize, 11), skipped(1)]);
    // Where none follows, a silence ends the last.
    assert_eq!(framer.rest(), Some(core::time::Duration::from_secs(1)));
    assert_eq!(rested(&mut *framer, b"\xa5\x5a34"), [Found::Frame { len: 2, wire: 4 }]);
    assert_eq!(made("sync", &[("sync", "/*"), ("end", "*/")]).rest(), None);
    assert_eq!(made("gap", &[]).rest(), Some(core::time::Duration::from_millis(20)));
}

/// Noise that looks like the beginnings of long frames costs none of the good ones, however short they are.
#[test]
fn false_beginnings_cost_no_good_frame() {
    let settings = [("sync", "0xaa"), ("length_bytes", "2"), ("checksum", "CRC-32")];
    let mut framer = made("length", &settings);
    let mut wire = [0; 32];
    let len = framer.wrap(b"abc", &mut wire).unwrap();
    let good = wire[..len].repeat(12_000);
    for noise in
        [&b"\xaa\x00\xf0\xaa\x00\xe0"[..], b"\xaa\xff\xff", b"\xaa\x00\xf0\xaa\x00\xe0\xaa\x00\xd0\xaa\x00\xc0"]
    {
        framer.reset();
        let input = [&good[..], noise, &good, noise, &good].concat();
        let (spans, _) = feed(&mut *framer, &input, &[], 65_536);
        assert_eq!(spans.iter().filter(|span| **span == frame(b"abc", len)).count(), 36_000, "{noise:?}");
    }
}

/// F15: where the capture ends within what a spoilt length claims, the frames behind it are found all the same; half a
/// frame at the end stays pending.
#[test]
fn the_end_within_a_frame_that_was_none() {
    let mut framer = made("length", &[("sync", "0xaa55"), ("length_bytes", "2"), ("checksum", "CRC-16")]);
    let mut wire = [0; 32];
    let len = framer.wrap(b"abc", &mut wire).unwrap();
    let mut spoilt = wire;
    spoilt[2] = 0xF0;
    let input = [&wire[..len], &spoilt[..len], &wire[..len], &wire[..len], &wire[..5]].concat();
    let spans = rested(&mut *framer, &input);
    let good = Found::Frame { len: 3, wire: len };
    assert_eq!(spans, [good, Found::Bad { why: FrameError::Malformed, wire: len }, good, good]);
    assert_eq!(framer.reset(), 5);
}
