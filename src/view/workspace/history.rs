//! The arrangement with what it was before: every change of the layout can be taken back.

use super::arrangement::{Arrangement, Split};

/// How many changes can be taken back.
const MOST: usize = 100;

/// What a change is for whoever takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another panel is in front: nothing to take back.
    Front,
    /// A panel was moved, opened or closed, or a place maximised.
    Panels,
    /// A split is being moved: all its steps in a row are one change.
    Split(Split),
}

/// An arrangement and its past.
#[derive(Clone, Debug, Default)]
pub struct History {
    now: Arrangement,
    past: Vec<Arrangement>,
    future: Vec<Arrangement>,
    /// The split that is being moved.
    moving: Option<Split>,
}

impl History {
    /// Begins with an arrangement.
    #[must_use]
    pub fn new(now: Arrangement) -> History {
        History { now, ..History::default() }
    }

    /// The arrangement.
    #[must_use]
    pub fn now(&self) -> &Arrangement {
        &self.now
    }

    /// Changes it. What changes nothing is no change.
    pub fn change(&mut self, change: Change, act: impl FnOnce(&mut Arrangement)) {
        let mut next = self.now.clone();
        act(&mut next);
        if next == self.now {
            return;
        }
        let before = std::mem::replace(&mut self.now, next);
        let moving = match change {
            Change::Front => return,
            Change::Panels => None,
            Change::Split(split) => Some(split),
        };
        if moving.is_none() || self.moving != moving {
            self.past.push(before);
            if self.past.len() > MOST {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.moving = moving;
    }

    /// The split has come to rest: another movement of it is another change.
    pub fn settle(&mut self) {
        self.moving = None;
    }

    /// Takes the last change back. Whether there was one.
    pub fn undo(&mut self) -> bool {
        self.settle();
        step(&mut self.past, &mut self.now, &mut self.future)
    }

    /// Makes the change again that was taken back last. Whether there was one.
    pub fn redo(&mut self) -> bool {
        self.settle();
        step(&mut self.future, &mut self.now, &mut self.past)
    }

    /// Whether there is a change to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is one to make again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

fn step(from: &mut Vec<Arrangement>, now: &mut Arrangement, to: &mut Vec<Arrangement>) -> bool {
    let Some(mut next) = from.pop() else { return false };
    next.keep_fronts_of(now);
    to.push(std::mem::replace(now, next));
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Place;

    #[test]
    fn every_change_is_taken_back_and_made_again() {
        let mut history = History::default();
        let mut states = vec![history.now().clone()];
        let acts: [fn(&mut Arrangement); 4] = [
            |layout| layout.move_to("Values", Place::Terminal),
            |layout| layout.close("Plot"),
            |layout| layout.maximise(Place::Detail),
            |layout| layout.show("Plot"),
        ];
        for act in acts {
            history.change(Change::Panels, act);
            states.push(history.now().clone());
        }
        for state in states.iter().rev().skip(1) {
            assert!(history.undo());
            assert_eq!(history.now(), state);
        }
        assert!(!history.undo() && !history.can_undo());
        for state in states.iter().skip(1) {
            assert!(history.redo());
            assert_eq!(history.now(), state);
        }
        assert!(!history.redo());
    }

    #[test]
    fn the_steps_of_a_split_are_one_change_and_a_tab_is_none() {
        let mut history = History::default();
        for pixels in [400, 416, 432] {
            history.change(Change::Split(Split::Columns), |layout| layout.move_split(Split::Columns, Some(pixels)));
        }
        history.change(Change::Front, |layout| layout.show("Profile"));
        history.settle();
        history.change(Change::Split(Split::Columns), |layout| layout.move_split(Split::Columns, Some(500)));
        assert!(history.undo());
        assert_eq!(history.now().split(Split::Columns), Some(432));
        assert!(history.undo());
        assert_eq!(history.now().split(Split::Columns), None);
        assert_eq!(history.now().stack(Place::Detail).front, Some("Profile"), "the tab that is read stays");
        assert!(!history.undo());
    }

    #[test]
    fn the_past_has_an_end() {
        let mut history = History::default();
        for _ in 0..3 * MOST {
            history.change(Change::Panels, |layout| layout.maximise(Place::Plot));
        }
        assert_eq!(history.past.len(), MOST);
    }
}
