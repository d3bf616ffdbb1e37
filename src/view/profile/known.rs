//! What the form knows and shows, by few types: each closure of its own in a memo or a view takes code of its own.

use crate::ui::whole::whole;
use leptos::prelude::*;

/// What is read of the text, worked out again when that changes.
pub(super) fn known<T: PartialEq + Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed(Box::new(read))
}

fn boxed<T: PartialEq + Send + Sync + 'static>(read: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| read())
}

/// What is there only while something holds.
pub(super) fn shown_if(holds: Memo<bool>, inside: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    shown(holds, Box::new(inside))
}

fn shown(holds: Memo<bool>, inside: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    whole(move || holds.get().then(&inside))
}

/// A line about what is folded.
pub(super) fn brief(words: Memo<String>) -> AnyView {
    whole(view! { <span class="form-brief">{words}</span> })
}
