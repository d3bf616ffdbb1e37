//! Tabs after the ARIA authoring practices: one stop in the tab order, arrow keys between them.

use crate::browser::dom;
use crate::browser::size::Size;
use leptos::html;
use leptos::prelude::*;

/// A row of tabs. The panel that belongs to the chosen one is the caller's.
#[component]
pub fn Tabs(
    /// Begins the tabs' ids.
    id: &'static str,
    /// What the row is for.
    label: &'static str,
    /// The tabs' words.
    names: Vec<&'static str>,
    /// Which is chosen.
    #[prop(into)]
    chosen: Signal<usize>,
    /// Another was chosen.
    choose: Callback<usize>,
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
        choose.run(next);
        dom::focus(&tab_id(id, next));
    };
    // Where there is no room for all of them, the chosen one stays in sight.
    let node = NodeRef::<html::Div>::new();
    let reveal = move || {
        if let (Some(list), Some(at)) = (node.try_get_untracked().flatten(), chosen.try_get_untracked()) {
            dom::reveal_across(&list, &tab_id(id, at));
        }
    };
    Effect::new(move |_| {
        chosen.track();
        request_animation_frame(reveal);
    });
    let size = StoredValue::new_local(None);
    // Its tabs may have other sizes a moment after it has.
    let again = move || {
        reveal();
        request_animation_frame(reveal);
    };
    node.on_load(move |list| size.set_value(Some(Size::of(&list, again))));
    let tab = move |(index, name): (usize, &'static str)| {
        view! {
            <button
                type="button"
                role="tab"
                id=tab_id(id, index)
                aria-selected=move || (chosen.get() == index).to_string()
                tabindex=move || if chosen.get() == index { "0" } else { "-1" }
                on:click=move |_| choose.run(index)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="tabs" node_ref=node role="tablist" aria-label=label on:keydown=moved>
            {names.into_iter().enumerate().map(tab).collect_view()}
        </div>
    }
}

/// The id of a tab, for its panel's `aria-labelledby`.
#[must_use]
pub fn tab_id(id: &str, index: usize) -> String {
    format!("tab-{id}-{index}")
}
