#![allow(clippy::indexing_slicing, clippy::cast_possible_truncation)]

use super::merge::{Lines, in_order, nth, since};
use crate::query::{Mark, ScreenLine};
use proptest::prelude::*;

/// Lines that came at these times, after so many that are no longer held.
struct Came(u64, Vec<i64>);

impl Lines for Came {
    fn oldest(&self) -> u64 {
        self.0
    }

    fn total(&self) -> u64 {
        self.0 + self.1.len() as u64
    }

    fn at(&self, line: u64) -> i64 {
        self.1[(line - self.0) as usize]
    }
}

fn line(number: u64, time_nanos: i64) -> ScreenLine {
    ScreenLine { number, time_nanos, mark: Mark::Received, continued: false, runs: Vec::new(), matches: Vec::new() }
}

fn totals(all: &[Came]) -> Vec<u64> {
    all.iter().map(Lines::total).collect()
}

#[test]
fn of_lines_of_one_time_the_first_sessions_come_first_and_none_is_lost() {
    let all = [Came(0, vec![1, 5, 5, 5]), Came(10, vec![5, 5, 9])];
    let cuts: Vec<_> = (10..=17).map(|place| nth(&all, &totals(&all), place)).collect();
    let expected: [[u64; 2]; 8] = [[0, 10], [1, 10], [2, 10], [3, 10], [4, 10], [4, 11], [4, 12], [4, 13]];
    assert_eq!(cuts, expected);
    assert_eq!(since(&all, 5), [1, 10]);
    assert_eq!(since(&all, 6), [4, 12]);
}

#[test]
fn a_line_that_goes_on_stays_with_its_beginning() {
    let goes_on = |line: ScreenLine| ScreenLine { continued: true, ..line };
    let queues = vec![vec![line(0, 1), goes_on(line(1, 4)), line(2, 6)].into(), vec![line(0, 2), line(1, 5)].into()];
    let order: Vec<_> = in_order(queues).into_iter().map(|(of, line)| (of, line.number)).collect();
    assert_eq!(order, [(0, 0), (0, 1), (1, 0), (1, 1), (0, 2)]);
}

#[test]
fn a_line_written_to_later_stays_among_its_own() {
    // The device went back to its first line, and wrote to it last.
    let queues = vec![vec![line(0, 9), line(1, 2)].into(), vec![line(0, 3)].into()];
    let order: Vec<_> = in_order(queues).into_iter().map(|(of, line)| (of, line.number)).collect();
    assert_eq!(order, [(1, 0), (0, 0), (0, 1)]);
}

proptest! {
    #[test]
    fn every_place_is_found_as_if_all_lines_were_sorted(
        times in prop::collection::vec((0u64..50, prop::collection::vec(0i64..40, 0..30)), 1..5),
        place in 0usize..130,
    ) {
        let mut all: Vec<Came> = times.into_iter().map(|(oldest, times)| Came(oldest, times)).collect();
        all.iter_mut().for_each(|lines| lines.1.sort_unstable());
        let mut sorted: Vec<(i64, usize)> = Vec::new();
        for (of, lines) in all.iter().enumerate() {
            sorted.extend(lines.1.iter().map(|time| (*time, of)));
        }
        sorted.sort_by_key(|(time, of)| (*time, *of));
        let before: u64 = all.iter().map(|lines| lines.0).sum();
        let place = place.min(sorted.len());
        let mut expected: Vec<u64> = all.iter().map(Lines::oldest).collect();
        for (_, of) in &sorted[..place] {
            expected[*of] += 1;
        }
        prop_assert_eq!(nth(&all, &totals(&all), before + place as u64), expected);
    }

    #[test]
    fn no_order_of_times_loses_a_line(
        times in prop::collection::vec(prop::collection::vec(-3i64..9, 0..20), 1..4),
        places in (0u64..60, 0u64..60),
    ) {
        let all: Vec<Came> = times.into_iter().map(|times| Came(3, times)).collect();
        let (low, high) = (places.0.min(places.1), places.0.max(places.1));
        let (from, to) = (nth(&all, &totals(&all), low), nth(&all, &totals(&all), high));
        prop_assert!(from.iter().zip(&to).all(|(from, to)| from <= to) || all.iter().any(|lines| !lines.1.is_sorted()));
        let most: u64 = all.iter().map(Lines::total).sum();
        let least: u64 = all.iter().map(Lines::oldest).sum();
        prop_assert_eq!(from.iter().sum::<u64>(), low.clamp(least, most));
    }
}
