//! When in an animation frame the worker is asked: as late as its answer can still be on the screen with the next frame.
//! Asked at the frame's beginning, what comes a moment later would wait for two frames.

use super::Engine;
use crate::browser::clock;
use leptos::prelude::*;
use std::time::Duration;

/// What an answer takes to come back, and what a timer is late by, in nanoseconds.
const TRIP: i64 = 4_000_000;

/// The longest period of frames that is believed; a longer one was a frame missed.
const LONGEST: i64 = 17_000_000;

/// The course of the frames so far.
#[derive(Debug)]
pub(super) struct Course {
    began: i64,
    period: i64,
    busy: i64,
}

impl Default for Course {
    fn default() -> Course {
        Course { began: 0, period: LONGEST, busy: 0 }
    }
}

impl Course {
    /// A frame has begun: how long after its beginning to ask, in nanoseconds.
    fn begins(&mut self, at: i64) -> i64 {
        let since = at.saturating_sub(self.began);
        self.began = at;
        // The shortest lately: on a fast screen frames are missed now and then, and none is too short.
        self.period = since.clamp(TRIP, (self.period + self.period / 50).min(LONGEST));
        // Work that was long once may be so again, for a while.
        self.busy -= self.busy / 16;
        (self.period - TRIP - self.busy).max(0)
    }

    /// An answer has been put on the screen, which took so long.
    fn shown(&mut self, took: i64) {
        self.busy = self.busy.max(took);
    }
}

impl Engine {
    /// Asks in every animation frame, and lets what counts seconds count.
    pub(super) fn follow_frames(self) {
        clock::every_frame(move |began| {
            let now = clock::now_nanos();
            let wait = began + self.with(|inner| inner.course.begins(began)) - now;
            match u64::try_from(wait) {
                Ok(wait @ 1..) => set_timeout(move || self.ask(), Duration::from_nanos(wait)),
                _ => self.ask(),
            }
            let second = now / 1_000_000_000;
            if self.second.get_untracked() != second {
                self.second.set(second);
            }
        });
    }

    /// Notes what an answer takes from its arrival, which is given, until the views have done with it.
    pub(super) fn time_views(self, began: i64) {
        // The views' effects are queued before this.
        leptos::task::spawn_local(async move {
            let took = clock::now_nanos().saturating_sub(began);
            self.with(|inner| inner.course.shown(took));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Course;

    /// Frames of so many microseconds each, up to the wait of the last one in microseconds.
    fn wait(course: &mut Course, micros: i64, frames: i64) -> i64 {
        let begin = course.began;
        (1..=frames).map(|frame| course.begins(begin + frame * micros * 1000) / 1000).last().unwrap()
    }

    #[test]
    fn it_is_asked_late_where_there_is_time() {
        assert!((12_000..13_100).contains(&wait(&mut Course::default(), 16_667, 100)));
        assert!((3_900..4_700).contains(&wait(&mut Course::default(), 8_333, 100)), "a screen of 120 Hz");
    }

    #[test]
    fn it_is_asked_at_once_where_the_views_need_the_time() {
        let mut course = Course::default();
        wait(&mut course, 16_667, 100);
        course.shown(15_000_000);
        assert_eq!(wait(&mut course, 16_667, 1), 0);
        assert!(wait(&mut course, 16_667, 200) > 12_000, "that was once");
    }

    #[test]
    fn frames_that_were_missed_do_not_make_it_later() {
        let mut course = Course::default();
        wait(&mut course, 8_333, 100);
        assert!(wait(&mut course, 100_000, 3) < 5_000);
    }
}
