//! The palette: a session, a panel, a field, a command or an action, found by its name.

mod entries;
mod rank;

use crate::engine::{Open, use_engine};
use crate::route::Route;
use crate::ui::dialog::Dialog;
use crate::view::shortcuts::Overlays;
use crate::words::{keys, palette as words};
use entries::{Entry, fields};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use rank::ranked;
use session::query::Query;

/// Lines shown at most: whoever sees more types another letter.
const SHOWN: usize = 60;

/// The palette, closed until it is asked for.
#[component]
pub fn Palette() -> impl IntoView {
    let overlays = expect_context::<Overlays>();
    view! {
        <Dialog open=overlays.palette label=Signal::stored(words::find_or_run().to_owned()) class="palette"><Search/></Dialog>
    }
}

/// The field and what fits.
#[component]
fn Search() -> impl IntoView {
    const LIST: &str = "palette-list";
    let engine = use_engine();
    let overlays = expect_context::<Overlays>();
    let route = expect_context::<RwSignal<Route>>();
    let shown: Option<Open> = match route.get_untracked() {
        Route::Session(id) => untrack(|| engine.session(id)),
        _ => None,
    };
    let known = StoredValue::new(entries::all(engine, route, shown.as_ref()));
    // What the session's fields are is asked once: the list stands still while it is read.
    let answer = shown.as_ref().map(|open| {
        let asked = StoredValue::new(false);
        let answer = engine.ask_for(open.id, move || (!asked.get_value()).then_some(Query::Values));
        Effect::new(move |_| {
            answer.with(|answer| {
                if answer.is_some() {
                    asked.set_value(true)
                }
            })
        });
        answer
    });
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let mut lines = known.get_value();
        if let (Some(open), Some(answer)) = (&shown, answer) {
            answer.with(|answer| lines.extend(fields(open, answer.as_deref())));
        }
        typed.with(|typed| ranked(typed, lines, Entry::words, SHOWN))
    });
    let chosen = RwSignal::new(0usize);
    let run = move |index: usize| {
        if let Some(entry) = found.with_untracked(|found| found.get(index).cloned()) {
            overlays.palette.set(false);
            // The dialog gives the focus back first; where the entry leads has it after that.
            request_animation_frame(move || (entry.act)());
        }
    };
    let go = move |to: usize| {
        chosen.set(to);
        request_animation_frame(|| crate::browser::dom::reveal(".palette [aria-selected=true]"));
    };
    let key = move |event: KeyboardEvent| {
        let (now, count) = (chosen.get_untracked(), found.with_untracked(Vec::len));
        match event.key().as_str() {
            "ArrowDown" if count > 0 => go((now + 1) % count),
            "ArrowUp" if count > 0 => go((now + count - 1) % count),
            "PageDown" if count > 0 => go((now + 8).min(count - 1)),
            "PageUp" => go(now.saturating_sub(8)),
            "Enter" => run(now),
            _ => return,
        }
        event.prevent_default();
    };
    let line = move |(index, entry): (usize, Entry)| {
        let keys = (!entry.keys.is_empty()).then(|| view! { <kbd>{keys::keys(entry.keys)}</kbd> });
        view! {
            <li
                role="option"
                id=option_id(index)
                aria-selected=move || (chosen.get() == index).to_string()
                on:click=move |_| run(index)
            >
                <i>{entry.kind}</i>
                <span>{entry.name.clone()}</span>
                <small>{entry.detail}</small>
                {keys}
            </li>
        }
    };
    let lines = move || found.get().into_iter().enumerate().map(line).collect_view();
    let none =
        move || found.with(Vec::is_empty).then(|| view! { <p class="panel-empty">{words::nothing(&typed.get())}</p> });
    view! {
        <input
            class="field-box palette-field"
            type="text"
            role="combobox"
            aria-label=words::find_or_run()
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls=LIST
            aria-activedescendant=move || (!found.with(Vec::is_empty)).then(|| option_id(chosen.get()))
            autofocus
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            placeholder=words::hint()
            prop:value=move || typed.get()
            on:input=move |event| { typed.set(event_target_value(&event)); chosen.set(0); }
            on:keydown=key
        />
        <ul class="palette-list" id=LIST role="listbox" aria-label=words::find_or_run() hidden=move || found.with(Vec::is_empty)>{lines}</ul>
        {none}
        <p class="hidden" role="status">{move || words::results(found.with(Vec::len))}</p>
    }
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}
