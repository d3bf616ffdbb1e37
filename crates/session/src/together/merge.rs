//! Lines of several sessions in the order in which they came. Nothing is kept: a place in the merged lines is found by
//! bisection over time in each session's own lines, so that a question costs what is shown.

use super::Sessions;
use crate::query::{MAX_TOGETHER, Merge, Merged, Screen, ScreenLine, Start};
use crate::screen::Times;
use crate::wire::SessionId;
use std::collections::VecDeque;

/// Lines of one answer at most.
const MAX_ROWS: u16 = 4096;

/// What is known of the lines of one session.
pub(super) trait Lines {
    /// The oldest held.
    fn oldest(&self) -> u64;
    /// The number after the last.
    fn total(&self) -> u64;
    /// When a line came: nanoseconds since the Unix epoch.
    fn at(&self, line: u64) -> i64;
}

impl Lines for Times<'_> {
    fn oldest(&self) -> u64 {
        Times::oldest(self)
    }

    fn total(&self) -> u64 {
        Times::total(self)
    }

    fn at(&self, line: u64) -> i64 {
        Times::at(self, line)
    }
}

/// The first line of each session that comes after a place among the merged lines.
pub(super) type Cut = Vec<u64>;

/// The lines wanted.
pub(super) fn merged(sessions: &mut Sessions<'_>, merge: &Merge) -> Merged {
    let ids: Vec<SessionId> = merge.sessions.iter().take(MAX_TOGETHER).copied().collect();
    let rows = u64::from(merge.rows.min(MAX_ROWS));
    let mut full_screen = Vec::new();
    let mut places = Vec::new();
    let (from, to, screen) = {
        let mut times = Vec::new();
        for (place, (id, session)) in in_places(sessions, &ids) {
            let of = session.data.screen.times();
            if of.full_screen {
                full_screen.push(id);
            }
            places.push((place, id));
            times.push(of);
        }
        let oldest: Cut = times.iter().map(Lines::oldest).collect();
        let all: Cut = times.iter().map(Lines::total).collect();
        let end = merge.until_nanos.map_or_else(|| all.clone(), |until| since(&times, until.saturating_add(1)));
        let (first, last) = (sum(&oldest), sum(&end));
        let start = match merge.start {
            Start::End => last.saturating_sub(rows),
            Start::Line(line) => line,
            Start::Time(time) => sum(&since(&times, time)),
        };
        let start = start.clamp(first, last.max(first));
        let stop = start.saturating_add(rows).min(last);
        let screen = Screen { from: start, oldest: first, total: last, ever: sum(&all), ..Screen::default() };
        (nth(&times, &end, start), nth(&times, &end, stop), screen)
    };
    let mut queues: Vec<VecDeque<ScreenLine>> = Vec::with_capacity(places.len());
    for (index, (_, id)) in places.iter().enumerate() {
        let (from, to) = (from.get(index).copied().unwrap_or(0), to.get(index).copied().unwrap_or(0));
        let count = u16::try_from(to.saturating_sub(from)).unwrap_or(u16::MAX);
        let lines =
            sessions.get_mut(id).filter(|_| count > 0).map(|session| session.data.screen.lines(Some(from), count));
        queues.push(lines.map(|screen| screen.lines.into()).unwrap_or_default());
    }
    let mut merged = Merged { screen, whose: Vec::new(), full_screen };
    for (index, mut line) in in_order(queues) {
        line.number = merged.screen.from.saturating_add(merged.screen.lines.len() as u64);
        merged.screen.lines.push(line);
        merged.whose.push(places.get(index).map_or(u16::MAX, |(place, _)| *place));
    }
    merged
}

/// The sessions that are there, each with its place in the list; one that stands in it twice counts once.
fn in_places<'a, 's>(
    sessions: &'a mut Sessions<'s>,
    ids: &[SessionId],
) -> Vec<(u16, (SessionId, &'a mut &'s mut crate::Session))> {
    let place = |id: &SessionId| ids.iter().position(|known| known == id).and_then(|place| u16::try_from(place).ok());
    let here = sessions.iter_mut().filter_map(|(id, session)| Some((place(id)?, (*id, session))));
    let mut here: Vec<_> = here.collect();
    here.sort_by_key(|(place, _)| *place);
    here
}

fn sum(cut: &[u64]) -> u64 {
    cut.iter().fold(0, |sum, count| sum.saturating_add(*count))
}

/// The first line of a session, between two, that came at that time or later.
fn bisect(lines: &impl Lines, (mut low, mut high): (u64, u64), time: i64) -> u64 {
    while low < high {
        let middle = low.saturating_add(high.saturating_sub(low) / 2);
        if lines.at(middle) < time { low = middle.saturating_add(1) } else { high = middle }
    }
    low
}

/// The first lines that came at that time or later.
pub(super) fn since<L: Lines>(all: &[L], time: i64) -> Cut {
    all.iter().map(|lines| bisect(lines, (lines.oldest(), lines.total()), time)).collect()
}

/// The cut before which there are so many lines, each session's counted from its first ever, and none at or after `end`.
/// Of lines that came at the same time those of the first session come first.
pub(super) fn nth<L: Lines>(all: &[L], end: &[u64], place: u64) -> Cut {
    let mut low: Cut = all.iter().map(Lines::oldest).collect();
    let mut high: Cut = low.iter().zip(end).map(|(low, end)| *end.max(low)).collect();
    if place >= sum(&high) {
        return high;
    }
    // Lines before `low` are before the place, lines from `high` on are not, or came with the last that are.
    let (mut early, mut late) = (i64::MIN, i64::MAX);
    while let Some(middle) = between(early, late) {
        let cut: Cut = all
            .iter()
            .zip(low.iter().zip(&high))
            .map(|(lines, (low, high))| bisect(lines, (*low, *high), middle))
            .collect();
        if sum(&cut) <= place {
            (early, low) = (middle, cut);
        } else {
            (late, high) = (middle, cut);
        }
        if low == high {
            break;
        }
    }
    let mut rest = place.saturating_sub(sum(&low));
    for (low, high) in low.iter_mut().zip(&high) {
        let step = rest.min(high.saturating_sub(*low));
        *low = low.saturating_add(step);
        rest = rest.saturating_sub(step);
    }
    low
}

/// The middle between two instants, if there is one.
fn between(early: i64, late: i64) -> Option<i64> {
    let middle = i64::try_from((i128::from(early) + i128::from(late)).div_euclid(2)).ok()?;
    (middle > early).then_some(middle)
}

/// Takes from the queues what came first. A line that goes on with the one before stays with it.
pub(super) fn in_order(mut queues: Vec<VecDeque<ScreenLine>>) -> Vec<(usize, ScreenLine)> {
    let mut times = vec![i64::MIN; queues.len()];
    let mut all = Vec::new();
    let mut last = None::<usize>;
    loop {
        let goes_on =
            last.filter(|index| queues.get(*index).and_then(VecDeque::front).is_some_and(|line| line.continued));
        let heads = queues.iter().zip(&times).enumerate();
        // What a device wrote to afterwards stays where its lines are.
        let heads = heads.filter_map(|(index, (queue, before))| Some((queue.front()?.time_nanos.max(*before), index)));
        let Some(index) = goes_on.or_else(|| heads.min().map(|(_, index)| index)) else { return all };
        if let (Some(line), Some(time)) = (queues.get_mut(index).and_then(VecDeque::pop_front), times.get_mut(index)) {
            *time = line.time_nanos.max(*time);
            all.push((index, line));
        }
        last = Some(index);
    }
}
