//! What of the transfers would be lost with the page, or with its session.

use super::state::Transfers;
use crate::engine::Open;
use crate::view::files;

/// What would be lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// A transfer is under way.
    pub running: bool,
    /// Received files that were not saved.
    pub unsaved: usize,
}

impl Files {
    /// Those of a session, now.
    #[must_use]
    pub fn of(open: &Open) -> Files {
        let files = open.part::<Transfers>().at_stake();
        Files { running: files.running || files::running(open), ..files }
    }

    /// Whether anything would.
    #[must_use]
    pub fn any(self) -> bool {
        self.running || self.unsaved > 0
    }
}
