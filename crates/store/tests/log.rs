//! The log of raw bytes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use proptest::prelude::*;
use store::{Direction, Piece, Store, Time};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() })]

    /// Any range of offsets gives the very bytes, with the time and direction of their chunk.
    #[test]
    fn ranges(
        lens in proptest::collection::vec(prop_oneof![0..20_usize, 0..3000_usize, 0..200_000_usize], 1..40),
        cuts in proptest::collection::vec((0.0..1.1, 0.0..1.1), 10),
        budget in 100_000..2_000_000_usize,
    ) {
        let mut store = Store::new(budget);
        let mut all: Vec<(u8, i64, Direction)> = Vec::new();
        for (i, len) in lens.iter().enumerate() {
            let direction = if i % 3 == 1 { Direction::Sent } else { Direction::Received };
            let bytes: Vec<u8> = (0..*len).map(|j| (i * 31 + j * 7) as u8).collect();
            store.log(Time(i as i64), direction, &bytes);
            all.extend(bytes.iter().map(|byte| (*byte, i as i64, direction)));
        }
        let held = store.bytes_held();
        prop_assert_eq!(held.end, all.len() as u64);
        for (a, b) in cuts {
            let (a, b) = ((all.len() as f64 * a) as u64, (all.len() as f64 * b) as u64);
            let mut at = a.max(held.start);
            for Piece { time, direction, at: offset, bytes } in store.bytes(a..b) {
                prop_assert_eq!(offset, at);
                for byte in bytes {
                    prop_assert_eq!((*byte, time.0, direction), all[at as usize]);
                    at += 1;
                }
            }
            prop_assert_eq!(at.max(b.min(held.end)), at);
            prop_assert!(at <= b.max(a).max(held.start));
        }
    }
}

#[test]
fn chunks_stay_apart() {
    let mut store = Store::new(1 << 20);
    store.log(Time(1), Direction::Received, b"ok");
    store.log(Time(1), Direction::Sent, b"");
    store.log(Time(1), Direction::Sent, b"go\n");
    let pieces: Vec<_> = store.bytes(1..4).collect();
    let piece = |at, direction, bytes| Piece { time: Time(1), direction, at, bytes };
    assert_eq!(pieces, [piece(1, Direction::Received, &b"k"[..]), piece(2, Direction::Sent, &b"go"[..])]);
    assert_eq!(store.bytes(5..99).count(), 0);
    assert_eq!(store.bytes(3..3).count(), 0);
    assert_eq!(store.span(), Some((Time(1), Time(1))));
}
