//! How one field went of late, for every device at once.

use store::Time;

/// Points of a trend.
const POINTS: usize = 60;
/// The finest step between two: one second.
const FINEST: i64 = 1_000_000_000;
/// The coarsest: about a minute, so that a trend is of the last hour.
const COARSEST: i64 = 64 * FINEST;

/// Of its own intervals a device may miss so many before its line breaks.
const SEVERAL: usize = 4;

/// The trend of one field. It begins fine and becomes coarser as it grows, so that something is to be seen at once and
/// an hour in the end.
#[derive(Debug)]
pub(super) struct Trend {
    column: Option<u16>,
    step: i64,
    /// Which step the newest point is, counted from 1970.
    newest: i64,
    /// Points that there are.
    len: usize,
    /// By device, [`POINTS`] each, the newest at `len - 1`.
    points: Vec<f32>,
}

impl Default for Trend {
    fn default() -> Self {
        Trend { column: None, step: FINEST, newest: 0, len: 0, points: Vec::new() }
    }
}

impl Trend {
    /// The column that is followed.
    pub(super) fn wanted(&self) -> Option<u16> {
        self.column
    }

    /// Follows this column from now on. What was known of another is forgotten.
    pub(super) fn want(&mut self, column: Option<u16>) {
        if column.is_some() && column != self.column {
            *self = Trend { column, ..Trend::default() };
        }
    }

    /// How long it reaches back at most, as it is now.
    pub(super) fn nanos(&self) -> i64 {
        self.step.saturating_mul(POINTS as i64)
    }

    /// Time goes on.
    pub(super) fn reach(&mut self, now: Time) {
        let at = now.0.div_euclid(self.step);
        if self.len == 0 {
            (self.newest, self.len) = (at, 1);
            return;
        }
        let on = usize::try_from(at.saturating_sub(self.newest)).unwrap_or(0);
        if on == 0 {
            return;
        }
        if self.len.saturating_add(on) > POINTS && self.step < COARSEST {
            self.coarsen();
            return self.reach(now);
        }
        self.newest = at;
        let surplus = self.len.saturating_add(on).saturating_sub(POINTS).min(POINTS);
        self.len = self.len.saturating_add(on).min(POINTS);
        if surplus > 0 {
            for points in self.points.chunks_exact_mut(POINTS) {
                points.rotate_left(surplus);
                points.iter_mut().rev().take(surplus).for_each(|point| *point = f32::NAN);
            }
        }
    }

    /// Each two points become one: the later, where it has a value.
    fn coarsen(&mut self) {
        // Steps are counted from 1970, so that the first of a pair is the even one.
        let first = self.newest.saturating_sub(self.len as i64).saturating_add(1);
        let odd = usize::from(first.rem_euclid(2) == 1);
        let len = self.len.saturating_add(odd).div_ceil(2);
        for points in self.points.chunks_exact_mut(POINTS) {
            let mut halved = [f32::NAN; POINTS];
            for (at, point) in points.iter().take(self.len).enumerate().filter(|(_, point)| !point.is_nan()) {
                if let Some(place) = halved.get_mut(at.saturating_add(odd) / 2) {
                    *place = *point;
                }
            }
            points.copy_from_slice(&halved);
        }
        self.len = len;
        self.newest = self.newest.div_euclid(2);
        self.step = self.step.saturating_mul(2);
    }

    /// A device's latest value.
    pub(super) fn put(&mut self, device: u32, value: f64) {
        let from = (device as usize).saturating_mul(POINTS);
        if self.points.len() < from.saturating_add(POINTS) {
            self.points.resize(from.saturating_add(POINTS), f32::NAN);
        }
        if let Some(point) = self.points.get_mut(from.saturating_add(self.len.saturating_sub(1))) {
            // A picture of a few pixels wants no more digits.
            #[expect(clippy::cast_possible_truncation, reason = "what is beyond is drawn at the edge")]
            let value = value as f32;
            *point = value;
        }
    }

    /// A device's points, oldest first. Where it said nothing for less than `stale`, or for a few of its own intervals, a
    /// straight line leads on.
    pub(super) fn of(&self, device: u32, stale: i64) -> Vec<f32> {
        let from = (device as usize).saturating_mul(POINTS);
        let mut points = self.points.get(from..from.saturating_add(self.len)).unwrap_or_default().to_vec();
        let known: Vec<(usize, f32)> =
            points.iter().copied().enumerate().filter(|(_, point)| !point.is_nan()).collect();
        let pairs = || known.iter().zip(known.iter().skip(1));
        let mut apart: Vec<usize> = pairs().map(|((a, _), (b, _))| b.saturating_sub(*a)).collect();
        apart.sort_unstable();
        let usual = apart.get(apart.len() / 2).copied().unwrap_or(0);
        let stale = usize::try_from(stale / self.step).unwrap_or(POINTS);
        let most = usual.saturating_mul(SEVERAL).max(stale);
        for ((a, low), (b, high)) in pairs() {
            let steps = b.saturating_sub(*a);
            for (at, point) in points.iter_mut().enumerate().take(*b).skip(a.saturating_add(1)) {
                if steps <= most {
                    // Both are at most sixty.
                    #[expect(clippy::cast_precision_loss, reason = "a few pixels")]
                    let part = at.saturating_sub(*a) as f32 / steps as f32;
                    *point = low + (high - low) * part;
                }
            }
        }
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points after `seconds`, of a device that says how late it is in each of these seconds.
    fn of(seconds: i64, said: impl Fn(i64) -> bool, stale_s: i64) -> Vec<f32> {
        let mut trend = Trend::default();
        trend.want(Some(0));
        for second in (0..seconds).filter(|second| said(*second)) {
            trend.reach(Time(second * 1_000_000_000));
            trend.put(0, second as f64);
        }
        trend.of(0, stale_s * 1_000_000_000)
    }

    fn breaks(points: &[f32]) -> usize {
        points.iter().filter(|point| point.is_nan()).count()
    }

    #[test]
    fn a_device_slower_than_a_step_has_a_line() {
        let each_other = of(31, |second| second % 2 == 0, 1);
        assert_eq!(each_other, (0..31).map(|second| second as f32).collect::<Vec<_>>());
        assert_eq!(breaks(&of(51, |second| second % 10 == 0, 1)), 0, "its own interval counts, too");
        assert_eq!(breaks(&of(21, |second| second == 0 || second == 20, 30)), 0, "it is not stale yet");
    }

    #[test]
    fn a_line_breaks_where_a_device_was_gone() {
        let gone = of(50, |second| !(10..40).contains(&second), 15);
        assert_eq!(breaks(&gone), 30, "{gone:?}");
        assert_eq!(breaks(&of(50, |second| !(10..40).contains(&second), 60)), 0);
    }
}
