//! A port that was given to another tool, an upload's for instance, while its session stays.

use crate::engine::{Open, Part};
use crate::ui::state::Kind;
use crate::words::{line as line_words, nameplate};
use leptos::prelude::*;
use session::wire::Event;

/// Whether the port was given to another tool, and what became of the device since.
#[derive(Clone)]
pub(crate) struct Released {
    pub(crate) released: ArcRwSignal<bool>,
    /// Whether the device is plugged in, and whether it was away since.
    here: ArcRwSignal<bool>,
    away: ArcRwSignal<bool>,
}

impl Part for Released {
    fn first(_: &Open) -> Released {
        let signal = || ArcRwSignal::new(false);
        Released { released: signal(), here: signal(), away: signal() }
    }

    fn heard(&self, event: &Event) {
        if matches!(event, Event::Opened) {
            self.released.set(false);
        }
        if matches!(event, Event::Opened | Event::Closed { .. }) {
            self.away.set(false);
        }
    }
}

impl Released {
    /// The list of ports says whether the device is there.
    pub(crate) fn see(&self, here: bool) {
        self.here.set(here);
        if !here && self.released.get_untracked() {
            self.away.set(true);
        }
    }

    /// The state of a link as shape and word: closed is one thing, released another.
    pub(crate) fn or(&self, state: (Kind, &'static str)) -> (Kind, &'static str) {
        if state.0 == Kind::Off && self.released.get() { (Kind::Off, nameplate::released()) } else { state }
    }

    /// What is to be said of it, while it is given away.
    pub(crate) fn words(&self) -> Option<String> {
        let (released, here, away) = (self.released.get(), self.here.get(), self.away.get());
        released.then(|| {
            match (here, away) {
                (false, _) => line_words::released_gone(),
                (true, true) => line_words::released_back(),
                (true, false) => line_words::released(),
            }
            .to_owned()
        })
    }
}
