//! Runs of frames and samples are what one at a time would have given.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use codec::check::framer_settings;
use codec::frame::Cobs;
use codec::{FRAMERS, Found, Framer, Frames};
use proptest::prelude::*;

/// What was found, and the bytes on the wire; and what is pending.
type Spans = (Vec<(Result<Vec<u8>, codec::FrameError>, usize)>, usize);

/// Feeds the chunks, by runs where the framer offers them. Returns how many frames came in runs as well.
fn feed(framer: &mut dyn Framer, chunks: &[&[u8]], limit: usize, memory: Option<usize>) -> (Spans, usize) {
    let (mut frame, mut bytes) = (vec![0; limit], vec![0; memory.unwrap_or(0)]);
    let (mut spans, mut in_runs) = (Vec::new(), 0);
    for chunk in chunks {
        let mut rest = *chunk;
        while !rest.is_empty() {
            let mut frames = Frames::new(&mut bytes, limit);
            let taken = if memory.is_some() { framer.feed_many(rest, &mut frames) } else { 0 };
            if taken > 0 {
                let run = frames.run();
                assert_eq!((frames.payloads(0).count(), run.count * run.wire), (run.count, taken));
                spans.extend(frames.payloads(0).map(|payload| (Ok(payload.to_vec()), run.wire)));
                in_runs += run.count;
                rest = &rest[taken..];
                continue;
            }
            let step = framer.feed(rest, &mut frame);
            rest = &rest[step.consumed..];
            match step.found {
                Some(Found::Frame { len, wire }) => spans.push((Ok(frame[..len].to_vec()), wire)),
                Some(Found::Bad { why, wire }) => spans.push((Err(why), wire)),
                None => {}
            }
        }
    }
    ((spans, framer.reset()), in_runs)
}

/// A stream of COBS frames of few lengths, with zeros in them, and here and there a byte that is wrong, missing or extra.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![2 => Just(0u8), 3 => any::<u8>(), 1 => 1u8..4];
    let lengths =
        prop_oneof![4 => Just(6usize), 1 => Just(7), 1 => Just(0), 1 => Just(1), 1 => Just(253), 1 => Just(300)];
    let payload = lengths.prop_flat_map(move |len| prop::collection::vec(byte.clone(), len));
    let runs = prop::collection::vec((payload, 1..40usize), 0..6);
    let faults = prop::collection::vec((any::<prop::sample::Index>(), 0..3, any::<u8>()), 0..4);
    (runs, faults).prop_map(|(runs, faults)| {
        let mut stream = Vec::new();
        for (payload, times) in runs {
            let mut wire = vec![0; Cobs::wire_len(payload.len())];
            let len = Cobs::new().wrap(&payload, &mut wire).unwrap();
            stream.extend(wire[..len].repeat(times));
        }
        for (at, what, byte) in faults {
            if !stream.is_empty() {
                let at = at.index(stream.len());
                match what {
                    0 => stream[at] = byte & 3,
                    1 => drop(stream.remove(at)),
                    _ => stream.insert(at, byte & 1),
                }
            }
        }
        stream
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// F14, F15, F16 on the fast path: the spans of `feed_many` and `feed` in turn are those of `feed` alone.
    #[test]
    fn a_run_of_frames_is_what_one_at_a_time_gives(
        stream in stream(), cut in any::<prop::sample::Index>(), limit in prop_oneof![Just(5usize), Just(6), Just(400)],
        memory in 0..2000usize,
    ) {
        let cut = if stream.is_empty() { 0 } else { cut.index(stream.len()) };
        let chunks = [&stream[..cut], &stream[cut..]];
        for (info, settings) in FRAMERS.iter().flat_map(|info| framer_settings(info.name).into_iter().map(move |s| (info, s))) {
            let one = || (info.build)(&settings).unwrap();
            let (expected, _) = feed(&mut *one(), &chunks, limit, None);
            let (got, _) = feed(&mut *one(), &chunks, limit, Some(memory));
            prop_assert_eq!(got, expected, "{} {:?}", info.name, settings);
        }
    }
}

/// The fast path is taken: otherwise the test above would compare a thing with itself.
#[test]
fn cobs_takes_runs() {
    let mut wire = vec![0; 40];
    let len = Cobs::new().wrap(b"a\0b\0\0c", &mut wire).unwrap();
    let stream = wire[..len].repeat(1000);
    let ((spans, pending), in_runs) = feed(&mut Cobs::new(), &[&stream], 64, Some(4096));
    assert_eq!((spans.len(), pending, in_runs), (1000, 0, 1000));
    assert!(spans.iter().all(|(payload, wire)| payload.as_deref() == Ok(b"a\0b\0\0c") && *wire == 8));
}
