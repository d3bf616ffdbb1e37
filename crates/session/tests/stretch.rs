//! Bytes that are selected: read whole, whether or not they are in sight.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod common;

use common::*;
use session::query::{Answer, Query, Stretch};

fn stretch(bench: &mut Bench, from: u64, to: u64, find: u64) -> Stretch {
    let Answer::Stretch(stretch) = bench.ask(Query::Stretch { from, to, find }) else { panic!() };
    stretch
}

#[test]
fn a_stretch_is_what_came_from_one_offset_to_another_and_where_it_ends() {
    let mut bench = Bench::open(&pairs());
    let all: Vec<u8> = (0..20_000).flat_map(|n| format!("n:{n:05}\n").into_bytes()).collect();
    bench.at(10).bytes(&all);
    let some = stretch(&mut bench, 3, 4002, 4002);
    assert_eq!((some.from, some.to, some.held), (3, 4002, (0, all.len() as u64)));
    assert_eq!(some.bytes, &all[3..=4002]);
    assert_eq!(some.row, Some(4002 / 16), "rows of 16 bytes");
    // No more than there is, and no more than 65,536 at once.
    let end = all.len() as u64;
    assert_eq!(
        stretch(&mut bench, end - 2, end + 5, end + 5),
        Stretch { from: end - 2, to: end + 5, bytes: all[all.len() - 2..].to_vec(), row: None, held: (0, end) }
    );
    assert_eq!(stretch(&mut bench, 0, u64::MAX, 0).bytes, &all[..65_536]);
    assert!(stretch(&mut bench, u64::MAX, 0, u64::MAX).bytes.is_empty());
}
