//! What of the transfers would be lost with the page, or with its session: it is asked about first.

use super::state::Transfers;
use crate::browser::leave;
use crate::engine::{Engine, Open};
use leptos::prelude::*;

/// What would be lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtStake {
    /// A transfer is under way.
    pub running: bool,
    /// Received files that were not saved.
    pub unsaved: usize,
}

impl AtStake {
    /// That of a session, now.
    #[must_use]
    pub fn of(open: &Open) -> AtStake {
        open.part::<Transfers>().at_stake()
    }

    /// Whether anything would.
    #[must_use]
    pub fn any(self) -> bool {
        self.running || self.unsaved > 0
    }
}

/// The browser asks before the page goes, while anything of any session would go with it.
pub fn ask_before_leaving(engine: Engine) {
    Effect::new(move |_| {
        // Not only the first that has something: each is to be followed.
        let at_stake = engine.sessions.with(|sessions| sessions.iter().filter(|open| AtStake::of(open).any()).count());
        leave::ask_first(at_stake > 0);
    });
}
