//! When the worker dies: another takes its place, and the sessions are begun again. What they had received is gone,
//! which is said; what the user set up is not.

use super::{Engine, Inner, Open};
use crate::browser::{clock, worker::Worker};
use crate::words::page;
use leptos::prelude::*;
use session::wire::Request;
use std::collections::VecDeque;

/// Workers started anew within a minute at most. One that dies more often does so for a reason that stays.
const MOST: usize = 3;

const MINUTE: i64 = 60_000_000_000;

/// What is to be said of a worker that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revival {
    /// When, in nanoseconds since the Unix epoch: what was received before is gone.
    pub at_nanos: i64,
    /// How many sessions were opened again.
    pub sessions: usize,
    /// What the worker said when it died; empty if nothing.
    pub why: String,
}

/// When workers were started anew.
#[derive(Debug, Default)]
pub(super) struct Restarts(VecDeque<i64>);

impl Restarts {
    /// Whether another may be started now; if so, it counts.
    fn another(&mut self, now: i64) -> bool {
        self.0.retain(|at| (0..MINUTE).contains(&now.saturating_sub(*at)));
        let may = self.0.len() < MOST;
        if may {
            self.0.push_back(now);
        }
        may
    }
}

impl Engine {
    /// Starts a worker. What an earlier one still says is not heard any more.
    pub(super) fn employ(self) {
        let life = self.with(|inner| inner.life);
        let current = move || self.with(|inner| inner.life == life);
        let receive = move |bytes: &[u8]| {
            if current() {
                self.receive(bytes);
            }
        };
        let died = move |why: String| {
            if current() {
                self.died(why);
            }
        };
        match Worker::start(receive, died) {
            Ok(worker) => self.with(|inner| inner.worker = Some(worker)),
            Err(why) => self.failure.set(Some(why)),
        }
    }

    /// The worker panicked, or an error of its program ended it: of one death there may be two messages, and only the
    /// first counts.
    pub(super) fn died(self, why: String) {
        let now = clock::now_nanos();
        let again = self.with(|inner| {
            inner.life += 1;
            (inner.ready, inner.outstanding) = (false, false);
            inner.waiting.clear();
            inner.choosing.clear();
            inner.restarts.another(now)
        });
        // Not from within its own message, whose function goes with it.
        leptos::task::spawn_local(async move {
            drop(self.with(|inner: &mut Inner| inner.worker.take()));
            if again {
                self.employ();
                self.begin_again(now, why);
            } else {
                let what = page::keeps_stopping();
                self.revival.set(None);
                let said = if why.is_empty() { what.to_owned() } else { format!("{what} {}", page::it_said(&why)) };
                self.failure.set(Some(said));
            }
        });
    }

    fn begin_again(self, at_nanos: i64, why: String) {
        let (shown, requests) = self.with(|inner| {
            let requests: Vec<Vec<Request>> = inner.known.iter_mut().map(|(id, known)| known.again(*id)).collect();
            (inner.shown, requests)
        });
        let sessions = requests.len();
        // Of the sessions that are not on the screen the bar goes on telling what was known last.
        self.statuses.update(|statuses| statuses.retain(|id, _| Some(*id) != shown));
        self.sessions.with_untracked(Vec::clone).iter().for_each(Open::begin_again);
        for request in requests.into_iter().flatten() {
            self.post(request);
        }
        // The serial ports of the worker that died may be closing yet. As after a plug they are tried for a while.
        self.post(Request::Plugged);
        self.life.update(|life| *life += 1);
        self.revival.set(Some(Revival { at_nanos, sessions, why }));
    }
}

#[cfg(test)]
mod tests {
    use super::{MINUTE, Restarts};

    #[test]
    fn f42_three_restarts_within_a_minute_and_no_storm() {
        let mut restarts = Restarts::default();
        let times = [0, 1, MINUTE / 2, MINUTE - 1, MINUTE, MINUTE + 1, MINUTE + 2, 3 * MINUTE];
        assert_eq!(times.map(|now| restarts.another(now)), [true, true, true, false, true, true, false, true]);
    }
}
