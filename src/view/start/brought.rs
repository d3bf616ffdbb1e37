//! The profile that the user brought last: the form of its kind of link has it chosen, until another is chosen there or
//! something is opened.

use crate::profiles;
use leptos::prelude::*;
use session::link::Link;

/// The id of that profile, for the whole page.
#[derive(Clone, Copy)]
pub struct Brought(RwSignal<Option<String>>);

impl Brought {
    /// Makes it known to everything below.
    pub fn provide() {
        provide_context(Brought(RwSignal::new(None)));
    }

    /// That of the page.
    #[must_use]
    pub fn of_page() -> Brought {
        expect_context()
    }

    /// The user brought a profile.
    pub fn put(self, id: String) {
        self.0.set(Some(id));
    }

    /// Something else was chosen or opened.
    pub(super) fn forget(self) {
        self.0.set(None);
    }

    /// Its id, if it is there and `takes` its link.
    pub(super) fn for_link(self, takes: fn(&Link) -> bool) -> Option<String> {
        let choice = profiles::find(&self.0.get()?)?;
        session::Profile::parse(&choice.text).is_ok_and(|profile| takes(&profile.link)).then_some(choice.id)
    }
}
