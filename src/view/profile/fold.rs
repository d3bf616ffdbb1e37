//! What can be folded in a profile's form: a section, an item of a list.

use super::control::id_of;
use super::document::Document;
use super::known::shown_if;
use crate::ui::icon::Icon;
use crate::ui::whole::whole;
use crate::words::profile_form as words;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// The id of the line that folds it.
pub(super) fn summary_id(key: &str) -> String {
    format!("{}-fold", id_of(key))
}

/// Folds it and unfolds it. What is unfolded is kept with the draft, not by the element.
pub(super) fn toggle(document: Document, key: String) -> impl Fn(MouseEvent) {
    move |event| {
        event.prevent_default();
        let open = untrack(|| document.is_open(&key));
        document.unfold(&key, !open);
    }
}

/// Says that there is a mistake in it.
pub(super) fn mark(wrong: Memo<bool>) -> AnyView {
    shown_if(wrong, || whole(view! { <span class="form-mark state"><Icon name="error"/>{words::has_mistake()}</span> }))
}
