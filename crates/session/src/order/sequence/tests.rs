#![allow(clippy::indexing_slicing)]

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn sequence(modulus: u64) -> Sequence {
    Sequence::new(SequenceNumber { message: None, field: "n".into(), modulus })
}

fn steps(modulus: u64, numbers: &[u64]) -> Vec<Step> {
    let mut sequence = sequence(modulus);
    numbers.iter().map(|number| sequence.step(*number)).collect()
}

#[test]
fn f23_numbers_that_are_missing_late_or_twice_are_told_apart() {
    use Step::{Again, Gap, Late, Next, Restart};
    assert_eq!(steps(256, &[254, 255, 0, 1]), [Next; 4], "it begins again at 0");
    assert_eq!(steps(256, &[254, 2, 0, 0, 3]), [Next, Gap { missing: 3 }, Late { missed: true }, Again, Next]);
    assert_eq!(steps(0, &[5, 6, 6, 9]), [Next, Next, Again, Gap { missing: 2 }]);
    assert_eq!(steps(1 << 16, &[5000, 5001, 0, 1]), [Next, Next, Restart, Next]);
    assert_eq!(steps(256, &[3, 2, 4]), [Next, Late { missed: false }, Next], "before the first nothing was missing");
    assert_eq!(steps(0, &[7, u64::MAX, 0]), [Next, Restart, Restart]);
}

#[test]
fn f23_the_place_of_a_number_is_known_until_64_later_ones_came() {
    let mut numbers = sequence(256);
    for row in 0..200 {
        assert!(numbers.follows(row % 256));
        numbers.keep((3, row));
    }
    assert_eq!([numbers.earlier(199), numbers.earlier(136)], [Some((3, 199)), Some((3, 136))]);
    let mut run = sequence(256);
    assert!((0..200).all(|number| run.follows(number)));
    run.keep_run(3, 0, 200);
    assert_eq!(run.rows, numbers.rows);
}

proptest! {
    /// Numbers dropped, swapped and repeated on the way: what is counted is what was done to them.
    #[test]
    fn f23_what_is_counted_is_what_happened(
        fates in prop::collection::vec(prop_oneof![6 => Just(0u8), 1 => Just(1), 1 => Just(2), 1 => Just(3)], 1..300),
        start in any::<u8>(),
    ) {
        let mut sent: Vec<u64> = Vec::new();
        let mut late: Vec<u64> = Vec::new();
        for (number, fate) in (u64::from(start)..).zip(fates) {
            match fate {
                1 => {}
                2 => sent.extend([number, number]),
                3 => { late.push(number); continue }
                _ => sent.push(number),
            }
            sent.append(&mut late);
        }
        let mut sequence = sequence(256);
        let (mut missing, mut late, mut again) = (0, 0, 0);
        for number in &sent {
            match sequence.step(number % 256) {
                Step::Gap { missing: by } => missing += by,
                Step::Late { missed } => { late += 1; missing -= u64::from(missed) }
                Step::Again => again += 1,
                Step::Next => {}
                Step::Restart => prop_assert!(false, "nothing counts anew"),
            }
        }
        let there: BTreeSet<u64> = sent.iter().copied().collect();
        let (first, highest) = (sent.first().copied().unwrap_or(1), there.last().copied().unwrap_or(0));
        prop_assert_eq!(missing, (first..=highest).filter(|number| !there.contains(number)).count() as u64);
        prop_assert_eq!(again, sent.len() - there.len());
        let mut before = 0;
        let behind = sent.iter().filter(|number| { let behind = **number < before; before = before.max(**number); behind });
        prop_assert_eq!(late, behind.count());
    }
}
