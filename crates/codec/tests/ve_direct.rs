//! VE.Direct's blocks where the vectors say nothing of them: what is sent, and edges.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use codec::{Found, FrameError, Framer, WrapError, frame::VeDirect};

/// Every span of a stream.
fn spans(framer: &mut VeDirect, mut input: &[u8], limit: usize) -> Vec<(Found, Vec<u8>)> {
    let (mut frame, mut all) = (vec![0; limit], Vec::new());
    while !input.is_empty() {
        let step = framer.feed(input, &mut frame);
        input = &input[step.consumed..];
        if let Some(found) = step.found {
            let len = if let Found::Frame { len, .. } = found { len } else { 0 };
            all.push((found, frame[..len].to_vec()));
        }
    }
    all
}

fn block(payload: &[u8]) -> Vec<u8> {
    let mut wire = vec![0; payload.len() + 32];
    let len = VeDirect::new().wrap(payload, &mut wire).unwrap();
    wire[..len].to_vec()
}

#[test]
fn the_sum_of_a_block_is_0_whatever_its_last_byte_is() {
    // Every byte comes as the last one, a colon, CR and LF too, which mean nothing there.
    let mut last = std::collections::BTreeSet::new();
    let mut framer = VeDirect::new();
    for number in 0..2000 {
        let payload = format!("V\t{number}\r\nI\t{}", number * 7);
        let wire = block(payload.as_bytes());
        assert_eq!(wire.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte)), 0);
        last.insert(wire[wire.len() - 1]);
        let found = spans(&mut framer, &wire, 64);
        let frame = Found::Frame { len: payload.len(), wire: wire.len() };
        assert_eq!(found, [(frame, payload.into_bytes())]);
    }
    assert!([b':', b'\r', b'\n', 0].iter().all(|byte| last.contains(byte)), "{last:?}");
}

#[test]
fn f17_a_bit_that_is_wrong_is_a_wrong_sum_and_the_next_block_is_good() {
    let good = block(b"V\t12110\r\nPPV\t8");
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        let mut framer = VeDirect::new();
        let stream = [&good[..], &bad, &good, &good].concat();
        let found = spans(&mut framer, &stream, 64);
        let frames = found.iter().filter(|(found, _)| matches!(found, Found::Frame { .. })).count();
        // A wrong bit in the last line's name takes the block behind it along.
        assert!((2..=3).contains(&frames), "{at}: {found:?}");
        let wrong = found.iter().any(|(found, _)| matches!(found, Found::Bad { .. }));
        assert!(wrong && matches!(found.last(), Some((Found::Frame { .. }, _))), "{at}: {found:?}");
    }
}

#[test]
fn f15_a_block_without_an_end_is_bounded() {
    let mut framer = VeDirect::new();
    let noise = vec![b'x'; 1000];
    let found = spans(&mut framer, &noise, 100);
    assert_eq!(found[0].0, Found::Bad { why: FrameError::Oversize, wire: 101 });
    assert!(found[1..].iter().all(|(found, _)| matches!(found, Found::Bad { why: FrameError::Skipped, wire: 100 })));
    assert!(framer.reset() <= 100);
}

#[test]
fn what_would_arrive_as_something_else_is_refused() {
    let refused = |payload: &[u8]| VeDirect::new().wrap(payload, &mut [0; 99]);
    assert_eq!(refused(b"V\t1:2"), Err(WrapError::Ends { at: 3 }));
    assert_eq!(refused(b"V\t1\r\nChecksum\tx"), Err(WrapError::Ends { at: 3 }));
    assert_eq!(refused(b"Checksum\tx"), Err(WrapError::Ends { at: 0 }));
}
