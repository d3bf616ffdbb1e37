//! The search: text or pattern, the way from line to line, and only the lines found.

use super::state::Reading;
use crate::browser::dom;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::words::{say, terminal as words};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use session::query::Found;

/// The id of its field.
pub(super) const FIELD: &str = "terminal-find";

/// The search of a terminal. `go` shows a line.
#[component]
pub(super) fn FindBar(
    reading: Reading,
    found: Memo<Option<Found>>,
    go: Callback<u64>,
    /// Ends it.
    close: Callback<()>,
) -> impl IntoView {
    let step = move |back: bool| {
        let Some(found) = found.get_untracked() else { return };
        // The first step goes to the newest line found.
        let back = back || reading.current.get_untracked().is_none();
        if let Some(line) = if back { found.previous } else { found.next } {
            reading.current.set(Some(line));
            go.run(line);
        }
    };
    let typed = move |event| {
        reading.text.set(event_target_value(&event));
        reading.current.set(None);
        anew(reading);
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            step(event.shift_key());
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            close.run(());
        }
        _ => {}
    };
    let count = move || {
        found.get().filter(|found| found.wrong.is_none()).map(|found| {
            let lines = found.place.map_or_else(|| words::found(found.lines), |place| words::place(place, found.lines));
            if found.percent < 100 { format!("{lines} · {}", words::searched(found.percent)) } else { lines }
        })
    };
    let wrong = Signal::derive(move || {
        let wrong = found.get().and_then(|found| found.wrong);
        wrong.map(|why| Remark::Wrong(words::wrong_pattern(say(&why).trim_end_matches('.').to_owned())))
    });
    view! {
        <div class="term-bar" role="search" aria-label=words::find_field()>
            <input
                class="field-box field-small"
                id=FIELD
                type="search"
                aria-label=words::find_field()
                aria-describedby="terminal-find-wrong"
                placeholder=words::find_hint()
                autocomplete="off"
                spellcheck="false"
                prop:value=move || reading.text.get()
                on:input=typed
                on:keydown=key
            />
            <button class="button button-plain button-small" type="button" on:click=move |_| step(true)>{words::previous()}</button>
            <button class="button button-plain button-small" type="button" on:click=move |_| step(false)>{words::next()}</button>
            <super::Toggle word=words::only() on=reading.only changed=Callback::new(move |()| anew(reading))/>
            <super::Toggle word=words::pattern() on=reading.pattern/>
            <super::Toggle word=words::case() on=reading.case/>
            <span class="panel-note" role="status">{count}</span>
            <button class="button button-plain button-small term-bar-end" type="button" on:click=move |_| close.run(())>
                {words::close_find()}
            </button>
        </div>
        <RemarkPlace role="status" class="term-remark" id="terminal-find-wrong" remark=wrong/>
    }
    .into_any()
}

/// Other lines are shown than before: they are followed from the end.
fn anew(reading: Reading) {
    reading.from.set(None);
}

/// Opens the search and leads there.
pub(super) fn open(reading: Reading) {
    reading.finding.set(true);
    request_animation_frame(|| dom::focus(FIELD));
}
