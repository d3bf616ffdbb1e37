//! What the table of values keeps of a session: how it is sorted and filtered, what is folded, which row is chosen. What
//! is pinned and how it is sorted is kept in the browser too, by the profile's name.

use super::arrange::{Heading, Wish};
use crate::engine::{Open, Part};
use crate::remembered::choices::Choices;
use leptos::prelude::*;
use session::query::FieldId;
use std::collections::BTreeSet;

/// Where pins are kept in the browser.
const PINS: &str = "pins";

/// What is kept.
#[derive(Clone)]
pub struct Kept {
    /// What the user wishes to see.
    pub wish: ArcRwSignal<Wish>,
    /// Groups whose rows are folded away.
    pub folded: ArcRwSignal<BTreeSet<Heading>>,
    /// Groups that were folded since nothing comes in them any more: once, for they may be unfolded.
    pub ended: ArcRwSignal<BTreeSet<Heading>>,
    /// The row that is chosen.
    pub chosen: ArcRwSignal<Option<FieldId>>,
}

impl Part for Kept {
    fn first(open: &Open) -> Kept {
        let pins = Choices::of(PINS, open).read().into_iter().collect();
        Kept {
            wish: ArcRwSignal::new(Wish { pins, ..Wish::of_words(&arrangement(open).read()) }),
            folded: ArcRwSignal::new(BTreeSet::new()),
            ended: ArcRwSignal::new(BTreeSet::new()),
            chosen: ArcRwSignal::new(None),
        }
    }

    fn begin_again(&self) {
        // Tables are numbered by what comes first: the same numbers may be other fields now.
        self.folded.set(BTreeSet::new());
        self.ended.set(BTreeSet::new());
        self.chosen.set(None);
    }
}

/// Keeps the pins of a session's profile in the browser.
pub fn keep(open: &Open, pins: &BTreeSet<String>) {
    Choices::of(PINS, open).keep(pins.iter().cloned().collect());
}

/// Where the order and the grouping are kept.
pub fn arrangement(open: &Open) -> Choices {
    Choices::of("values", open)
}
