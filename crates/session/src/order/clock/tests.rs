#![allow(clippy::indexing_slicing)]

use super::*;
use proptest::prelude::*;

const MILLI: i64 = 1_000_000;
const NOW: i64 = 1_700_000_000_000_000_000;

fn clock(bits: u8, unix: bool) -> Clock {
    let counts_from = if unix { CountsFrom::Unix } else { CountsFrom::Start };
    Clock::new(declared(bits, counts_from), false)
}

fn declared(bits: u8, counts_from: CountsFrom) -> DeviceClock {
    let field = "ms".to_owned();
    let (message, time_of_day, date_order) = (None, None, DateOrder::default());
    DeviceClock { message, field, unit_nanos: 1_000_000, bits, counts_from, time_of_day, date_order, utc_offset_min: 0 }
}

/// Reads times in milliseconds, each with the milliseconds of its arrival: how the device's time went on, and what it did.
fn read(clock: &mut Clock, ticks: &[(u64, i64)]) -> (Vec<i64>, Vec<Option<ClockEvent>>, Vec<bool>) {
    let (mut times, mut events, mut broken) = (Vec::new(), Vec::new(), Vec::new());
    for (told, arrived) in ticks {
        let told = clock.nanos(&Value::U64(*told));
        let read = clock.read(Time(NOW + arrived * MILLI), told, (0, 0));
        times.push((read.device.0 - NOW) / MILLI);
        events.push(read.event);
        broken.push(read.broken);
    }
    (times, events, broken)
}

#[test]
fn what_a_file_tells_is_believed_however_old_it_is_and_however_far_apart() {
    let hour = 3_600_000;
    let long_ago = (NOW / MILLI) as u64 - 400 * 24 * hour;
    let mut recorded = Clock::new(declared(0, CountsFrom::Unix), true);
    let ticks = [0, 5 * hour, 29 * hour].map(|after| (long_ago + after, 1));
    let (times, events, broken) = read(&mut recorded, &ticks);
    assert_eq!(times.iter().map(|time| time - times[0]).collect::<Vec<_>>(), [0, 5 * hour as i64, 29 * hour as i64]);
    assert_eq!((times[0], events, broken), (-400 * 24 * hour as i64, vec![None; 3], vec![false; 3]));
    // Told live, the first is not believed, and the rest are jumps.
    let (times, events, _) = read(&mut clock(0, true), &ticks);
    assert!(times[0] == 1 && events[1].is_some(), "{times:?} {events:?}");
}

#[test]
fn rows_without_a_time_are_a_second_apart_and_dates_are_read_by_their_zone() {
    let mut rows = Clock::new(declared(0, CountsFrom::Rows), true);
    let second = |row: i64| row * 1000 - NOW / MILLI;
    assert_eq!(
        read(&mut rows, &[(7, 0), (7, 0), (3, 1)]).0,
        [1, 2, 3].map(second),
        "the first is row 1, and no instant"
    );
    // Live, the first is where it came.
    let mut rows = Clock::new(declared(0, CountsFrom::Rows), false);
    assert_eq!(read(&mut rows, &[(7, 0), (7, 0), (3, 1)]).0, [0, 1000, 2000]);
    let dated = DeviceClock { unit_nanos: 0, utc_offset_min: 60, ..declared(0, CountsFrom::Unix) };
    let clock = Clock::new(dated, true);
    let seconds = |text: &str| clock.nanos(&Value::Text(text)).map(|nanos| nanos / 1_000_000_000);
    assert_eq!(seconds("2026-11-28 12:00:00"), Some(1_795_863_600), "11:00 UTC");
    assert_eq!(seconds("2026-11-28T12:00:00Z"), Some(1_795_867_200));
    assert_eq!((seconds("soon"), clock.nanos(&Value::F64(5.0))), (None, None));
}

#[test]
fn a_file_that_counts_from_its_start_is_drawn_from_there_and_not_from_when_it_was_read() {
    let mut recorded = Clock::new(declared(0, CountsFrom::Start), true);
    assert_eq!(recorded.untold(Time(NOW)), Time(0), "before the first time there is none");
    const HOUR: i64 = 3_600_000;
    let (times, events, _) = read(&mut recorded, &[2, 5, 9].map(|hours| (hours * HOUR.unsigned_abs(), 0)));
    assert_eq!((times, events), ([2, 5, 9].map(|hours| hours * HOUR - NOW / MILLI).to_vec(), vec![None; 3]));
    assert_eq!(recorded.untold(Time(NOW)), Time(9 * HOUR * MILLI));
}

#[test]
fn f22_a_clock_of_32_bits_goes_on_where_it_wraps_after_49_days() {
    let top = (1 << 32) - 10;
    let (times, events, broken) = read(&mut clock(32, false), &[(top, 0), (top + 5, 5), (3, 13), (13, 23)]);
    assert_eq!(times, [0, 5, 13, 23]);
    assert_eq!(events, [None, None, Some(ClockEvent::Wrapped), None]);
    assert_eq!(broken, [false; 4]);
    // Without `bits`, a step back is a step back.
    let (times, events, _) = read(&mut clock(0, false), &[(top, 0), (3, 13), (13, 23)]);
    assert_eq!(times, [0, 13, 23]);
    assert!(matches!(events[1], Some(ClockEvent::Back(_))));
}

#[test]
fn f22_a_device_that_restarts_jumps_back_and_its_line_is_broken() {
    // After 40 days: the way around would be nearly ten days, and two seconds passed.
    let days = 40 * 86_400_000;
    let (times, events, broken) = read(&mut clock(32, false), &[(days, 0), (0, 2000), (10, 2010)]);
    assert_eq!(times, [0, 2000, 2010]);
    assert_eq!(events, [None, Some(ClockEvent::Back(days as i64 * MILLI)), None]);
    assert_eq!(broken, [false, true, false]);
}

#[test]
fn f22_a_late_sample_leaves_the_clock_where_it_was() {
    let (times, events, broken) = read(&mut clock(32, false), &[(100, 0), (120, 20), (110, 21), (130, 30), (140, 40)]);
    assert_eq!(times, [0, 20, 20, 30, 40]);
    assert_eq!(events, [None, None, Some(ClockEvent::Back(10 * MILLI)), None, None]);
    assert_eq!(broken, [false, false, true, true, false], "nothing leads to it, and nothing away from it");
}

#[test]
fn f22_times_told_twice_and_a_clock_that_was_never_set_are_flagged() {
    let (times, events, _) = read(&mut clock(0, false), &[(7, 0), (7, 3), (8, 4)]);
    assert_eq!((times, events), (vec![0, 0, 1], vec![None, Some(ClockEvent::Repeated), None]));
    let (_, events, _) = read(&mut clock(0, false), &[(0, 0), (0, 3), (0, 6)]);
    assert_eq!(events, [None, Some(ClockEvent::Unset), Some(ClockEvent::Unset)]);
    // From 1970, until a receiver finds the time: then the clock is where it says.
    let found = (NOW / MILLI) as u64 + 30;
    let (times, events, broken) = read(&mut clock(0, true), &[(5000, 0), (5010, 10), (found, 20), (found + 10, 30)]);
    assert_eq!(times, [0, 10, 30, 40]);
    assert_eq!(events[..2], [Some(ClockEvent::Unset); 2]);
    assert!(matches!(events[2], Some(ClockEvent::Ahead(_))));
    assert_eq!((events[3], broken), (None, vec![false, false, true, false]));
}

#[test]
fn f22_what_tells_the_time_of_day_is_at_that_time_without_being_said_to() {
    // A device 40 s behind, and one that tells last year's.
    let ours = (NOW / MILLI) as u64;
    let (times, ..) = read(&mut clock(0, false), &[(ours - 40_000, 0), (ours - 39_990, 10)]);
    assert_eq!(times, [-40_000, -39_990]);
    let (times, ..) = read(&mut clock(0, false), &[(ours - 31_536_000_000, 0), (ours - 31_535_999_990, 10)]);
    assert_eq!(times, [0, 10]);
}

#[test]
fn f22_what_was_recorded_is_spread_out_again_and_a_long_absence_may_hold_many_turns() {
    // An hour of minutes in one burst.
    let ticks: Vec<(u64, i64)> = (0..60).map(|minute| (minute * 60_000, 0)).collect();
    let (times, events, _) = read(&mut clock(32, false), &ticks);
    assert_eq!(times.last(), Some(&(59 * 60_000)));
    assert!(events.iter().all(Option::is_none));
    // 16 bits of milliseconds are 65.536 s: away for ten minutes, it went around nine times.
    let (times, ..) = read(&mut clock(16, false), &[(1000, 0), ((1000 + 600_000) % 65_536, 600_003)]);
    assert_eq!(times, [0, 600_000]);
}

proptest! {
    /// Whatever a device tells, time never goes back, and the same again gives the same.
    #[test]
    fn f22_time_never_goes_back(
        bits in prop_oneof![Just(0u8), Just(16), Just(32), Just(64)],
        unix in any::<bool>(),
        ticks in prop::collection::vec((any::<u64>(), 0i64..10_000_000, any::<bool>()), 0..60),
    ) {
        let mut clock = clock(bits, unix);
        let (mut last, mut arrived) = (i64::MIN, NOW);
        for (told, later, small) in ticks {
            arrived = arrived.saturating_add(later);
            let told = clock.nanos(&Value::U64(if small { told % 1000 } else { told }));
            let read = clock.read(Time(arrived), told, (0, 0));
            prop_assert!(read.device.0 >= last);
            last = read.device.0;
        }
    }

    /// A clock that wraps tells what one that does not would have told.
    #[test]
    fn f22_a_clock_that_wraps_is_one_that_does_not(steps in prop::collection::vec(1u64..5000, 1..400), start in any::<u16>()) {
        let (mut wraps, mut goes_on) = (clock(16, false), clock(0, false));
        let (mut told, mut arrived) = (u64::from(start), NOW);
        for step in steps {
            told += step;
            arrived += step as i64 * MILLI;
            let read = |clock: &mut Clock, told| {
                let told = clock.nanos(&Value::U64(told));
                clock.read(Time(arrived), told, (0, 0))
            };
            let (a, b) = (read(&mut wraps, told % 65_536), read(&mut goes_on, told));
            prop_assert_eq!((a.device, a.broken), (b.device, false));
        }
    }
}

#[test]
fn f22_a_restart_is_no_wrap_where_the_clock_wraps_soon() {
    // 16 bits of milliseconds: 65.5 s. At 39 s the device starts again.
    let (_, events, broken) = read(&mut clock(16, false), &[(38_980, 0), (39_000, 20), (0, 1_500), (20, 1_520)]);
    assert_eq!(events[2], Some(ClockEvent::Back(39_000 * MILLI)));
    assert_eq!(broken, [false, false, true, false]);
    // A wrap in its time is one.
    let (_, events, broken) = read(&mut clock(16, false), &[(65_530, 0), (4, 11)]);
    assert_eq!((events[1], broken[1]), (Some(ClockEvent::Wrapped), false));
}

#[test]
fn f22_what_several_fields_tell_at_once_is_no_repeat() {
    let mut clock = clock(0, false);
    let mut read = |told: i128, teller| clock.read(Time(NOW), Some(told * i128::from(MILLI)), teller).event;
    assert_eq!([read(5, (0, 0)), read(5, (1, 0)), read(5, (1, 2))], [None; 3]);
    assert_eq!(read(5, (1, 2)), Some(ClockEvent::Repeated));
}

#[test]
fn f22_a_clock_that_is_reset_to_1970_goes_by_arrival_and_is_counted() {
    // Half a minute ahead of ours; then its battery is empty.
    let set = (NOW / MILLI) as u64 + 30_000;
    let ticks = [(set, 0), (set + 1000, 1000), (400, 2000), (1400, 3000), (41_400, 43_000), (42_400, 44_000)];
    let (mut clock, mut unset) = (clock(0, true), Vec::new());
    let mut events = Vec::new();
    let times = ticks.map(|(told, arrived)| {
        let told = clock.nanos(&Value::U64(told));
        let read = clock.read(Time(NOW + arrived * MILLI), told, (0, 0));
        unset.push(read.unset);
        events.push(read.event);
        (read.device.0 - NOW) / MILLI
    });
    // Time stands until ours has come so far, and then goes by it: not half a minute ahead for ever.
    assert_eq!(times, [30_000, 31_000, 31_000, 31_000, 43_000, 44_000]);
    assert!(matches!(events[2], Some(ClockEvent::Back(_))), "the jump itself is counted: {events:?}");
    assert_eq!(unset, [false, false, true, true, true, true], "and that it is not set");
}

#[test]
fn f22_a_clock_that_is_set_back_by_an_hour_goes_on_with_arrival() {
    let set = (NOW / MILLI) as u64;
    let hour = 3_600_000;
    let (times, events, _) =
        read(&mut clock(0, true), &[(set, 0), (set + 10, 10), (set - hour, 20), (set - hour + 10, 30)]);
    assert_eq!(times, [0, 10, 20, 30]);
    assert!(matches!(events[2], Some(ClockEvent::Back(_))));
    // By two seconds: time stands for as long, and is what the device says.
    let (times, ..) = read(&mut clock(0, true), &[(set, 0), (set - 2000, 10), (set - 1000, 1010), (set + 500, 2510)]);
    assert_eq!(times, [0, 0, 0, 500]);
}

#[test]
fn f22_a_jump_ahead_of_a_clock_that_went_with_arrival_is_counted() {
    let live = |tick: i64| (100 * tick as u64, 100 * tick);
    // Three seconds of ten samples each, then half an hour is missing, and it goes on.
    let steady: Vec<_> = (0..30).map(live).collect();
    let jump = |(told, arrived): (u64, i64)| (told + 1_800_000, arrived);
    let ticks: Vec<_> = steady.iter().copied().chain((30..40).map(live).map(jump)).collect();
    let (times, events, broken) = read(&mut clock(32, false), &ticks);
    assert_eq!(events[30], Some(ClockEvent::Ahead(1_800_100 * MILLI)));
    assert!(broken[30] && events.iter().flatten().count() == 1 && broken.iter().filter(|broken| **broken).count() == 1);
    assert_eq!(times[30..32], [3000, 3100], "and it begins where it arrived");
    // What was held up on its way is none: nothing comes for a minute, then all of it at once.
    let late = (30..630).map(live).map(|(told, _)| (told, 63_000));
    let ticks: Vec<_> = steady.iter().copied().chain(late).chain((630..700).map(live)).collect();
    let (times, events, _) = read(&mut clock(32, false), &ticks);
    assert!(events.iter().all(Option::is_none));
    assert_eq!(times.last(), Some(&69_900));
    // Nor is a device that keeps a sample a minute and sends ten of them every ten minutes.
    let batches = (1..60i64).map(|minute| (60_000 * minute as u64, (minute + 9) / 10 * 600_000));
    let (times, events, _) = read(&mut clock(32, false), &batches.collect::<Vec<_>>());
    assert!(events.iter().all(Option::is_none));
    assert_eq!(times.last().map(|last| last - times[0]), Some(58 * 60_000));
    // Nor one whose clock is two in a hundred fast, over a day.
    let fast = (0..1440i64).map(|minute| (61_200 * minute as u64, 60_000 * minute));
    let (_, events, _) = read(&mut clock(32, false), &fast.collect::<Vec<_>>());
    assert!(events.iter().all(Option::is_none));
}
