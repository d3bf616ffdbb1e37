//! What is being written, and how the last macro ended.

use crate::engine::{Open, Part};
use crate::words::macros as words;
use leptos::prelude::*;
use session::wire::{Event, MacroEnding};

/// A session's macros, as far as the page keeps them.
#[derive(Clone)]
pub(super) struct Written {
    /// Which of the profile's macros is being edited, by its number; a new one without. `None` while none is.
    pub(super) edited: ArcRwSignal<Option<Option<usize>>>,
    pub(super) name: ArcRwSignal<String>,
    pub(super) steps: ArcRwSignal<String>,
    pub(super) outcome: ArcRwSignal<Option<String>>,
    /// A macro was asked for: a refusal now is about it.
    asked: ArcRwSignal<bool>,
}

impl Written {
    /// Opens the editor.
    pub(super) fn edit(&self, index: Option<usize>, name: String, steps: String) {
        self.name.set(name);
        self.steps.set(steps);
        self.edited.set(Some(index));
    }

    /// A macro is asked for.
    pub(super) fn ask(&self) {
        self.outcome.set(None);
        self.asked.set(true);
    }
}

impl Part for Written {
    fn first(_: &Open) -> Written {
        Written {
            edited: ArcRwSignal::new(None),
            name: ArcRwSignal::default(),
            steps: ArcRwSignal::default(),
            outcome: ArcRwSignal::new(None),
            asked: ArcRwSignal::new(false),
        }
    }

    fn heard(&self, event: &Event) {
        match event {
            // What Commands sends is told of there.
            Event::MacroEnded { name, line, ending } if self.asked.get_untracked() => {
                self.asked.set(false);
                self.outcome.set(Some(over(name, *line, ending)));
            }
            Event::Refused { why, line: false } if self.asked.get_untracked() => {
                self.asked.set(false);
                self.outcome.set(Some(why.clone()));
            }
            _ => {}
        }
    }

    fn begin_again(&self) {
        self.outcome.set(None);
        self.asked.set(false);
    }
}

/// How a macro ended, as a sentence.
pub(super) fn over(name: &str, line: u32, ending: &MacroEnding) -> String {
    match ending {
        MacroEnding::Done => words::done(name),
        MacroEnding::Stopped => words::stopped(name, line),
        MacroEnding::NotSaid { what } => words::not_said(name, line, what),
        MacroEnding::Refused { why } => words::refused(name, line, why),
        MacroEnding::LinkClosed => words::link_closed(name, line),
    }
}
