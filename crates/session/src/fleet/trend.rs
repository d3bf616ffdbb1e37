//! How one field went of late, for every device at once.

use store::Time;

/// Points of a trend.
const POINTS: usize = 60;
/// The finest step between two: one second.
const FINEST: i64 = 1_000_000_000;
/// The coarsest: about a minute, so that a trend is of the last hour.
const COARSEST: i64 = 64 * FINEST;

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

    /// A device's points, oldest first.
    pub(super) fn of(&self, device: u32) -> Vec<f32> {
        let from = (device as usize).saturating_mul(POINTS);
        self.points.get(from..from.saturating_add(self.len)).unwrap_or_default().to_vec()
    }
}
