//! Tabs after the ARIA authoring practices: one stop in the tab order, arrow keys between them.

use leptos::prelude::*;

/// A row of tabs. The panel that belongs to the chosen one is the caller's.
#[component]
pub fn Tabs(
    /// What the row is for.
    label: &'static str,
    /// The tabs' words.
    names: Vec<&'static str>,
    /// Which is chosen.
    chosen: RwSignal<usize>,
) -> impl IntoView {
    let count = names.len();
    let moved = move |event: leptos::ev::KeyboardEvent| {
        let now = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => (now + 1) % count,
            "ArrowLeft" => (now + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        crate::browser::dom::focus(&id(label, next));
    };
    let tab = move |(index, name): (usize, &'static str)| {
        view! {
            <button
                type="button"
                role="tab"
                id=id(label, index)
                aria-selected=move || (chosen.get() == index).to_string()
                tabindex=move || if chosen.get() == index { "0" } else { "-1" }
                on:click=move |_| chosen.set(index)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=moved>
            {names.into_iter().enumerate().map(tab).collect_view()}
        </div>
    }
}

/// The id of a tab, for its panel's `aria-labelledby`.
#[must_use]
pub fn id(label: &str, index: usize) -> String {
    format!("tab-{}-{index}", label.to_lowercase().replace(' ', "-"))
}
