//! Switches of the terminal.

use super::state::Reading;
use crate::words::terminal as words;
use leptos::prelude::*;

/// What is set once rather than often.
#[component]
pub(super) fn Lasting(reading: Reading) -> impl IntoView {
    view! {
        <Toggle word=words::times() on=reading.times/>
        <Toggle word=words::announce() on=reading.announce/>
    }
    .into_any()
}

/// A switch that says what is on.
#[component]
pub(in crate::view) fn Toggle(
    word: &'static str,
    on: RwSignal<bool>,
    /// What it does, where its word does not say all.
    #[prop(optional)]
    why: &'static str,
    /// Called after it was pressed.
    #[prop(optional)]
    changed: Option<Callback<()>>,
) -> impl IntoView {
    let press = move |_| {
        on.update(|on| *on = !*on);
        if let Some(changed) = changed {
            changed.run(());
        }
    };
    view! {
        <button
            class="button button-plain button-small"
            type="button"
            title=(!why.is_empty()).then_some(why)
            aria-pressed=move || on.get().to_string()
            on:click=press
        >
            {word}
        </button>
    }
    .into_any()
}
