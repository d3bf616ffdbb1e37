//! Whether what is sent is repeated; and the repeating under way.

use super::state::Filled;
use crate::engine::use_engine;
use crate::words::commands as words;
use crate::words::device;
use leptos::prelude::*;
use session::query::{Answer, Query, RunningMacro};
use session::wire::Request;

/// The interval and the count; and the button that stops.
#[component]
pub(super) fn Repeat(session: u32, filled: Filled) -> impl IntoView {
    let engine = use_engine();
    let answer = engine.ask_for(session, || Some(Query::Macro));
    let running = Memo::new(move |_| match answer.get().as_deref() {
        Some(Answer::Macro(running)) => running.clone(),
        _ => None,
    });
    let repeats = RwSignal::from(filled.repeats);
    let (every, times) = (RwSignal::from(filled.every), RwSignal::from(filled.times));
    let field = move |label: &'static str, text: RwSignal<String>| {
        view! {
            <label class="command-repeat-part">
                <input
                    class="field-box"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
                <span class="field-label">{label}</span>
            </label>
        }
    };
    let stop = move |_| engine.post(Request::StopMacro { session });
    view! {
        <div class="command command-repeat">
            <label class="command-repeat-part">
                <input type="checkbox" prop:checked=move || repeats.get() on:change=move |event| repeats.set(event_target_checked(&event))/>
                <span>{words::repeat()}</span>
            </label>
            {move || repeats.get().then(|| view! { {field(words::every(), every)} {field(words::times(), times)} })}
            {move || running.get().map(|running| view! {
                <span class="command-repeat-part" role="status">{said(&running)}</span>
                <button class="button button-small" type="button" data-next=".commands-anything [type=submit]" on:click=stop>{words::stop()}</button>
            })}
        </div>
    }
}

fn said(running: &RunningMacro) -> String {
    match (running.round, running.rounds) {
        (Some(round), Some(rounds)) => words::repeating_of(&device::word(&running.name), round, rounds),
        (Some(round), None) => words::repeating(&device::word(&running.name), round),
        (None, _) => device::word(&running.name),
    }
}
