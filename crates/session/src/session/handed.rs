//! Publications that the broker has not answered yet: one that it does not take goes back to where it was typed.

use super::Session;
use crate::wire::Event;
use std::collections::VecDeque;

/// How many are known at most.
const MOST: usize = 512;

/// Publications under way, by topic, oldest first.
#[derive(Debug, Default)]
pub(super) struct Handed {
    under_way: VecDeque<(String, Option<u64>)>,
    /// How many were typed.
    typed: u64,
}

impl Handed {
    pub(super) fn add(&mut self, topic: &str) {
        if self.under_way.len() >= MOST {
            self.under_way.pop_front();
        }
        self.under_way.push_back((topic.to_owned(), None));
    }

    /// The latest was typed as a line.
    pub(super) fn was_typed(&mut self) {
        self.typed = self.typed.wrapping_add(1);
        if let Some((_, number)) = self.under_way.back_mut() {
            *number = Some(self.typed);
        }
    }

    /// A broker answers those of one topic in order. Returns whether it was the line that was typed last.
    pub(super) fn answered(&mut self, topic: &str) -> bool {
        let at = self.under_way.iter().position(|(known, _)| known == topic);
        let number = at.and_then(|at| self.under_way.remove(at)).and_then(|(_, number)| number);
        number == Some(self.typed)
    }
}

impl Session {
    /// Something that the user sent is on its way, or can be now: what was refused before is over.
    pub(super) fn accepted(&mut self) {
        if std::mem::take(&mut self.refusal) {
            self.event(Event::Accepted);
        }
    }
}
