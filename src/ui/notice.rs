//! A notice: what happened, why, and one step to take.

use leptos::prelude::*;

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The page cannot go on; interrupts the reader.
    Alarm,
    /// Data is missing; interrupts the reader.
    Loss,
    /// Something is to be known; waits for the reader.
    Note,
}

/// The step to take.
#[derive(Clone, Copy)]
pub struct Step {
    /// Its button's words.
    pub word: &'static str,
    /// Whether it is the one next step of the page.
    pub next: bool,
    /// Takes it.
    pub take: Callback<()>,
}

/// Sentences, with a step where there is one.
#[component]
pub fn Notice(
    /// How serious it is.
    weight: Weight,
    /// The sentences.
    words: String,
    /// What to do, while there is something to do.
    #[prop(optional, into)]
    step: Signal<Option<Step>>,
    /// Where to read more: a word and an address.
    #[prop(optional_no_strip)]
    more: Option<(&'static str, String)>,
) -> impl IntoView {
    let (class, role) = match weight {
        Weight::Alarm => ("notice notice-alarm", "alert"),
        Weight::Loss => ("notice notice-stale", "alert"),
        Weight::Note => ("notice notice-stale", "status"),
    };
    let button = |step: Step| {
        let class = if step.next { "button button-next" } else { "button" };
        view! { <button class=class type="button" on:click=move |_| step.take.run(())>{step.word}</button> }
    };
    let more = more.map(|(word, href)| view! { " " <a href=href>{word}</a> });
    view! { <div class=class role=role><p>{words}{more}</p>{move || step.get().map(button)}</div> }.into_any()
}
