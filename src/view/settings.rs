//! The settings of the page: language, colours, keys. They unfold under their button and lie over nothing for long.

use crate::browser::dom;
use crate::ui::icon::Icon;
use crate::view::language::LanguageChoice;
use crate::view::scheme::Scheme;
use crate::view::shortcuts::{self, Overlays};
use crate::words::palette as words;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

/// The button, and what unfolds.
#[component]
pub fn Settings() -> impl IntoView {
    const ID: &str = "settings";
    let overlays = expect_context::<Overlays>();
    let open = RwSignal::new(false);
    let node = NodeRef::<html::Div>::new();
    let left = move |_| {
        request_animation_frame(move || {
            let here = node.try_get_untracked().flatten().is_none_or(|node| dom::has_focus(&node));
            if !here {
                open.try_set(false);
            }
        });
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            dom::focus(ID);
            open.set(false);
        }
    };
    let list = move |_| {
        dom::focus(ID);
        open.set(false);
        overlays.shortcuts.set(true);
    };
    let inside = move || {
        view! {
            <div class="menu-list settings" role="group" aria-label=words::settings() tabindex="-1">
                <LanguageChoice/>
                <Scheme/>
                <label class="settings-check">
                    <input
                        type="checkbox"
                        prop:checked=shortcuts::single_keys()
                        on:change=move |event| shortcuts::allow_single_keys(event_target_checked(&event))
                    />
                    <span>{words::single_keys()}</span>
                    <span class="field-note">{words::single_keys_note()}</span>
                </label>
                <button class="button" type="button" on:click=list>{words::shortcuts()}</button>
            </div>
        }
    };
    view! {
        <div class="menu" node_ref=node on:focusout=left on:keydown=key>
            <button
                class="button button-plain button-icon"
                type="button"
                id=ID
                aria-label=words::settings()
                title=words::settings()
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name="gear"/>
            </button>
            {move || open.get().then(inside)}
        </div>
    }
}
