//! The laws of framers, over the whole table: F14, F15, F16 and the conservation law.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;
use codec::check::framer_settings;
use codec::frame::{Cobs, Delimiter, Lines, Whole};
use codec::{FRAMERS, Found, FrameError, Framer, FramerInfo, PROTOCOLS, WrapError};
use common::spans::{Span, consumed, feed, frame};
use proptest::prelude::*;

/// Where a frame begins is known by nothing but where the last one ended, or by bytes that may stand in a payload too.
fn loses_its_way(name: &str) -> bool {
    (name.starts_with("length") || name.starts_with("fixed")) && !name.contains("checksum")
}

/// A frame is the line as it came, with its check sequence: that is taken off where it can be said what is wrong with it
/// (`summed.rs`).
fn keeps_its_sum(name: &str) -> bool {
    name.starts_with("lines") && name.contains("checksum")
}

fn framers() -> Vec<(String, Box<dyn Framer>)> {
    let build = |info: &'static FramerInfo| {
        framer_settings(info.name)
            .into_iter()
            .map(|set| (format!("{} {:?}", info.name, set), (info.build)(&set).unwrap()))
    };
    FRAMERS.iter().flat_map(build).collect()
}

/// A payload of a length that the framing has.
fn fitting(name: &str, payload: &[u8]) -> Vec<u8> {
    match name {
        _ if name.starts_with("fixed") => payload.iter().copied().chain([7; 7]).take(7).collect(),
        _ if name.starts_with("length") => payload.iter().copied().take(200).collect(),
        _ => payload.to_vec(),
    }
}

/// Bytes that matter to the framers come often.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![3 => any::<u8>(), 4 => Just(0u8), 3 => Just(b'\r'), 3 => Just(b'\n'), 2 => 1u8..5,
        3 => prop_oneof![Just(b'a'), Just(b'b'), Just(b';')], 1 => Just(0xFFu8)];
    proptest::collection::vec(byte, 0..600)
}

/// A payload this framer can carry: it says itself which it cannot. Between frames without an end anything may stand, so
/// there a payload is compared that has none of what begins one.
fn carries(name: &str, framer: &dyn Framer, payload: &[u8]) -> bool {
    let silent = payload.is_empty() && (name.starts_with("whole") || name.starts_with("gap"));
    let refused = matches!(framer.wrap(payload, &mut []), Err(WrapError::Length { .. } | WrapError::Ends { .. }));
    let begins = name.starts_with("sync") && payload.iter().any(|byte| b"ab\0".contains(byte));
    !(silent || refused || begins)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_gives_the_same_spans(
        input in stream(), mut cuts in proptest::collection::vec(0..600usize, 0..40), cap in 1..80usize
    ) {
        cuts.sort_unstable();
        for ((name, mut once), (_, mut split)) in framers().into_iter().zip(framers()) {
            let (whole, pending) = feed(&mut *once, &input, &[], cap);
            let pieces = feed(&mut *split, &input, &cuts, cap);
            prop_assert_eq!(&(whole, pending), &pieces, "{}", name);
            prop_assert_eq!(consumed(&pieces.0) + pieces.1, input.len(), "{}", name);
        }
    }

    #[test]
    fn what_was_wrapped_comes_back(payload in stream()) {
        for (name, mut framer) in framers() {
            let payload = fitting(&name, &payload);
            if !carries(&name, &*framer, &payload) || keeps_its_sum(&name) {
                continue;
            }
            let mut wire = vec![0; payload.len() * 2 + 32];
            let len = framer.wrap(&payload, &mut wire).unwrap();
            let short = framer.wrap(&payload, &mut vec![0; len - 1]);
            prop_assert!(matches!(short, Err(WrapError::BufferTooSmall { need }) if need >= len), "{}", name);
            let mut frame = vec![0; payload.len().max(1)];
            let step = framer.feed(&wire[..len], &mut frame);
            prop_assert_eq!(step.consumed, len, "{}", name);
            let found = step.found.or_else(|| framer.end_of_input(&mut frame));
            prop_assert_eq!(found, Some(Found::Frame { len: payload.len(), wire: len }), "{}", name);
            prop_assert_eq!(&frame[..payload.len()], &payload[..], "{}", name);
        }
    }

    /// What one framer sends, it never takes for more than one frame, whatever is in it: or it refuses to send it.
    #[test]
    fn each_byte_of_a_payload_has_its_place_on_the_wire(payload in stream(), stuffed in stream()) {
        // Flags and escapes of SLIP and HDLC come often in the second.
        let often = |byte: &u8| [0xC0, 0xDB, 0x7E, 0x7D].get(usize::from(*byte)).copied().unwrap_or(*byte);
        let stuffed: Vec<u8> = stuffed.iter().map(often).collect();
        for (payload, (name, framer)) in [payload, stuffed].iter().flat_map(|payload| framers().into_iter().map(move |framer| (payload, framer))) {
            let payload = fitting(&name, payload);
            if !carries(&name, &*framer, &payload) {
                continue;
            }
            let mut wire = vec![0; payload.len() * 2 + 32];
            let len = framer.wrap(&payload, &mut wire).unwrap();
            let wire = &wire[..len];
            let mut end = None;
            for (at, byte) in payload.iter().enumerate() {
                let place = framer.on_wire(wire, at);
                prop_assert!(place.is_some(), "{} {}", name, at);
                let place = place.unwrap();
                let codes = usize::from(name.starts_with("cobs"));
                prop_assert!(end.is_none_or(|end| (end..=end + codes).contains(&place.start)), "{} {}: {:?}", name, at, place);
                let said = match wire[place.clone()] {
                    [code] if code != *byte => *byte == 0 && codes == 1,
                    [_] => true,
                    [escape, other] => (escape == 0xDB && matches!((other, *byte), (0xDC, 0xC0) | (0xDD, 0xDB)))
                        || (escape == 0x7D && other ^ 0x20 == *byte),
                    _ => false,
                };
                prop_assert!(said, "{} {}: {:?} is {:?}", name, at, byte, &wire[place]);
                end = Some(place.end);
            }
            prop_assert_eq!(framer.on_wire(wire, wire.len()), None, "{}", name);
            prop_assert_eq!(framer.on_wire(wire, usize::MAX), None, "{}", name);
            prop_assert_eq!(framer.on_wire(&[], 0), None, "{}", name);
        }
    }

    #[test]
    fn a_payload_is_one_frame_or_refused(payload in stream()) {
        for (name, mut framer) in framers() {
            let mut wire = vec![0; payload.len() * 2 + 32];
            let Ok(len) = framer.wrap(&payload, &mut wire) else { continue };
            let (spans, _) = feed(&mut *framer, &wire[..len], &[], payload.len().max(1));
            let frames = spans.iter().filter(|span| matches!(span, Span::Frame(..))).count();
            prop_assert!(frames <= 1, "{}: {} frames from one payload {:?}", name, frames, payload);
        }
    }

    /// F14: whatever came before, the frame after the next delimiter is found.
    #[test]
    fn after_garbage_the_next_frame_is_found(garbage in stream(), cap in 8..80usize) {
        for (name, mut framer) in framers() {
            // What stands before the end of VE.Direct's first block is part of that.
            if loses_its_way(&name) || keeps_its_sum(&name) || name.starts_with("ve-direct") {
                continue;
            }
            let mut input = garbage.clone();
            let mut wire = [0; 64];
            // A false beginning may claim as many bytes as the limit allows: only when they have come is it seen through.
            let frames = if name.contains("checksum") { 24 } else { 1 };
            for payload in [b"x".as_slice()].into_iter().chain([b"pyl**d:".as_slice(); 24].into_iter().take(frames)) {
                let len = framer.wrap(&fitting(&name, payload), &mut wire).unwrap();
                input.extend_from_slice(&wire[..len]);
            }
            if name.starts_with("whole") || name.starts_with("gap") {
                let mut frame = vec![0; cap];
                framer.feed(&garbage, &mut frame);
                framer.end_of_input(&mut frame);
                framer.reset();
                input = b"pyl**d:".to_vec();
            }
            let mut frame = vec![0; cap];
            let mut last = None;
            let mut rest = &input[..];
            while !rest.is_empty() {
                let step = framer.feed(rest, &mut frame);
                rest = &rest[step.consumed..];
                last = step.found.map(|found| (found, frame.clone()));
            }
            let last = last.or_else(|| framer.end_of_input(&mut frame).map(|found| (found, frame.clone())));
            prop_assert!(matches!(last, Some((Found::Frame { len: 7, .. }, frame)) if &frame[..7] == b"pyl**d:"), "{}", name);
        }
    }

    /// F16: COBS against the `cobs` crate: same wire, same payload, same refusals.
    #[test]
    fn cobs_agrees_with_another_implementation(payload in stream(), encoded in stream()) {
        let mut wire = vec![0; Cobs::wire_len(payload.len())];
        let len = Cobs::new().wrap(&payload, &mut wire).unwrap();
        let mut theirs = cobs::encode_vec(&payload);
        theirs.push(0);
        prop_assert_eq!(&wire[..len], &theirs[..]);

        let encoded: Vec<u8> = encoded.into_iter().filter(|byte| *byte != 0).collect();
        let mut input = vec![0];
        input.extend_from_slice(&encoded);
        input.push(0);
        let (spans, _) = feed(&mut Cobs::new(), &input, &[], 1000);
        let ours = &spans[1];
        match cobs::decode_vec(&encoded) {
            _ if encoded.is_empty() => prop_assert_eq!(ours, &Span::Bad(FrameError::Skipped, 1)),
            Ok(theirs) => prop_assert_eq!(ours, &Span::Frame(theirs, encoded.len() + 1)),
            Err(_) => prop_assert_eq!(ours, &Span::Bad(FrameError::Malformed, encoded.len() + 1)),
        }
    }
}

fn spans(mut framer: impl Framer, input: &[u8], cap: usize) -> Vec<Span> {
    feed(&mut framer, input, &[], cap).0
}

/// F14: noise before the first delimiter is skipped, not rejected.
#[test]
fn noise_before_the_first_delimiter_is_skipped() {
    let found = spans(Cobs::new(), b"\x20boot\x00\x02a\x00\x09a\x00", 16);
    assert_eq!(found, [Span::Bad(FrameError::Skipped, 6), frame(b"a", 3), Span::Bad(FrameError::Malformed, 3)]);
    let long = [&[7; 100][..], &[0]].concat();
    // In pieces about as long as the limit, so that noise without end does not stay pending without end (F15).
    let pieces = spans(Cobs::new(), &long, 16);
    let skipped: Vec<usize> = pieces
        .iter()
        .map(|span| match span {
            Span::Bad(FrameError::Skipped, wire) => *wire,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(skipped.iter().sum::<usize>(), 101);
    assert!(skipped.iter().all(|wire| *wire <= 18), "{skipped:?}");
}

/// F16: idle zeros are skipped; an empty payload has a code byte.
#[test]
fn idle_line() {
    let found = spans(Cobs::new(), b"\x00\x00\x01\x00", 16);
    assert_eq!(found, [Span::Bad(FrameError::Skipped, 1), Span::Bad(FrameError::Skipped, 1), frame(b"", 2)]);
}

/// F16, against the cases of cobs-python's own tests (test_cobs.py): runs of 254, zeros anywhere, and what is no COBS.
#[test]
fn cobs_edges() {
    let run = |from: u8, to: u8| (from..=to).collect::<Vec<u8>>();
    let cases: [(&[u8], &[u8]); 12] = [
        (b"", b"\x01"),
        (b"1", b"\x021"),
        (b"12345", b"\x0612345"),
        (b"12345\x006789", b"\x0612345\x056789"),
        (b"\x0012345\x006789", b"\x01\x0612345\x056789"),
        (b"12345\x006789\x00", b"\x0612345\x056789\x01"),
        (b"\x00", b"\x01\x01"),
        (b"\x00\x00", b"\x01\x01\x01"),
        (&run(1, 253), &[&[0xFE], &run(1, 253)[..]].concat()),
        (&run(1, 254), &[&[0xFF], &run(1, 254)[..]].concat()),
        (&run(1, 255), &[&[0xFF], &run(1, 254)[..], &[0x02, 0xFF]].concat()),
        (&run(0, 255), &[&[0x01, 0xFF], &run(1, 254)[..], &[0x02, 0xFF]].concat()),
    ];
    for (payload, encoded) in cases {
        let mut wire = vec![0; 300];
        let len = Cobs::new().wrap(payload, &mut wire).unwrap();
        assert_eq!(wire[..len], [encoded, &[0]].concat());
        let found = spans(Cobs::new(), &[&[0], &wire[..len]].concat(), 300);
        assert_eq!(found[1..], [frame(payload, len)]);
    }
    // A code that points beyond the end, and a zero within a block, are refused; the frame after each is good.
    let refused: [(&[u8], &[usize]); 4] =
        [(b"\x02", &[2]), (b"\x05123", &[5]), (b"\x0512\x004", &[4, 2]), (b"\xFFshort", &[7])];
    for (wrong, lengths) in refused {
        let found = spans(Cobs::new(), &[b"\x00", wrong, b"\x00\x03ok\x00"].concat(), 300);
        let (last, rest) = found.split_last().unwrap();
        let expected: Vec<Span> = lengths.iter().map(|wire| Span::Bad(FrameError::Malformed, *wire)).collect();
        assert_eq!((&rest[1..], last), (&expected[..], &frame(b"ok", 4)));
    }
}

/// F15: the limit, then the rest up to the next delimiter; then on as before.
#[test]
fn oversize() {
    let rest = |oversize, skipped| [Span::Bad(FrameError::Oversize, oversize), Span::Bad(FrameError::Skipped, skipped)];
    let found = spans(Lines::new(Delimiter::Auto), b"abcdefgh\nok\n", 4);
    assert_eq!(found[..2], rest(5, 4));
    assert_eq!(found[2], frame(b"ok", 3));
    let found = spans(Cobs::new(), b"\x00\x09abcdefgh\x00\x03ok\x00", 4);
    assert_eq!(found[1..3], rest(6, 4));
    assert_eq!(found[3], frame(b"ok", 4));
    let mut whole = Whole::new();
    let (found, pending) = feed(&mut whole, b"abcdefgh", &[], 4);
    assert_eq!(found, [Span::Bad(FrameError::Oversize, 5)]);
    assert_eq!(pending, 3);
    assert_eq!(spans(Lines::new(Delimiter::LF), b"abcd\nabcd\n", 4), [frame(b"abcd", 5), frame(b"abcd", 5)]);
}

#[test]
fn endings() {
    let auto = spans(Lines::new(Delimiter::Auto), b"a\nb\r\nc\rd\n\n\r\re\n", 16);
    let want: [(&[u8], usize); 8] =
        [(b"a", 2), (b"b", 3), (b"c", 2), (b"d", 2), (b"", 1), (b"", 1), (b"", 1), (b"e", 2)];
    assert_eq!(auto, want.map(|(bytes, wire)| frame(bytes, wire)));
    let crlf = spans(Lines::new(Delimiter::CRLF), b"a\nb\r\r\nc\r\n", 16);
    assert_eq!(crlf, [frame(b"a\nb\r", 6), frame(b"c", 3)]);
    let odd = spans(Lines::new(Delimiter::exact(b"aab").unwrap()), b"aaaab-aab", 16);
    assert_eq!(odd, [frame(b"aa", 5), frame(b"-", 4)]);
}

/// A line whose CR has come can be ended at a rest; the LF that comes after all belongs to no line.
#[test]
fn a_rest_after_cr() {
    let mut lines = Lines::new(Delimiter::Auto);
    let mut buffer = [0; 8];
    assert_eq!(lines.feed(b"ok\r", &mut buffer).found, None);
    assert_eq!(lines.finish(&mut buffer), Some(Found::Frame { len: 2, wire: 3 }));
    assert_eq!(lines.finish(&mut buffer), None);
    let step = lines.feed(b"\nx", &mut buffer);
    assert_eq!((step.consumed, step.found), (1, Some(Found::Bad { why: FrameError::Skipped, wire: 1 })));
    assert_eq!(lines.feed(b"x\n", &mut buffer).found, Some(Found::Frame { len: 1, wire: 2 }));
}

/// Both stand side by side in a profile.
#[test]
fn no_parameter_of_a_framer_is_one_of_a_protocol() {
    for parameter in FRAMERS.iter().flat_map(|framer| framer.parameters) {
        let of = PROTOCOLS.iter().find(|protocol| protocol.parameters.iter().any(|other| other.name == parameter.name));
        assert!(of.is_none(), "{} is one of {}", parameter.name, of.map_or("", |protocol| protocol.name));
    }
}
