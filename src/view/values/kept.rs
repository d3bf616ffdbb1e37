//! What the table of values keeps of a session: how it is sorted and filtered, what is folded, which row is chosen. What
//! is pinned is kept in the browser too, by the profile's name.

use super::arrange::{Heading, Wish};
use crate::browser::settings;
use crate::engine::{Open, Part};
use leptos::prelude::*;
use session::query::FieldId;
use std::collections::BTreeSet;

/// Where pins are kept in the browser: profiles, and pins of each, at most.
const PINS: (&str, usize, usize) = ("pins", 50, 100);

/// What is kept.
#[derive(Clone)]
pub struct Kept {
    /// What the user wishes to see.
    pub wish: ArcRwSignal<Wish>,
    /// Groups whose rows are folded away.
    pub folded: ArcRwSignal<BTreeSet<Heading>>,
    /// The row that is chosen.
    pub chosen: ArcRwSignal<Option<FieldId>>,
}

impl Part for Kept {
    fn first(open: &Open) -> Kept {
        let pins = profile_name(open).and_then(|name| all().into_iter().find(|(known, _)| *known == name));
        let pins = pins.map(|(_, pins)| pins.into_iter().collect()).unwrap_or_default();
        Kept {
            wish: ArcRwSignal::new(Wish { pins, ..Wish::default() }),
            folded: ArcRwSignal::new(BTreeSet::new()),
            chosen: ArcRwSignal::new(None),
        }
    }

    fn begin_again(&self) {
        // Tables are numbered by what comes first: the same numbers may be other fields now.
        self.folded.set(BTreeSet::new());
        self.chosen.set(None);
    }
}

/// Keeps the pins of a session's profile in the browser.
pub fn keep(open: &Open, pins: &BTreeSet<String>) {
    let Some(name) = profile_name(open) else { return };
    let mut all = all();
    all.retain(|(known, _)| *known != name);
    if !pins.is_empty() {
        all.insert(0, (name, pins.iter().take(PINS.2).cloned().collect()));
    }
    all.truncate(PINS.1);
    if let Ok(json) = serde_json::to_string(&all) {
        settings::write(PINS.0, &json);
    }
}

fn all() -> Vec<(String, Vec<String>)> {
    settings::read(PINS.0).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

fn profile_name(open: &Open) -> Option<String> {
    session::Profile::parse(&open.profile).ok().map(|profile| profile.name)
}
