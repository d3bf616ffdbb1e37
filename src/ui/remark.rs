//! A sentence on what the user did last, where it was done; said by screen readers when it comes.

use crate::browser::clipboard;
use leptos::prelude::*;

/// What there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// All is well.
    Note(String),
    /// It was not done: why, and what would be.
    Wrong(String),
}

/// The place of a remark. It is there before the remark is: only then is a change of it announced.
#[component]
pub fn RemarkPlace(
    /// `alert` interrupts the reader, `status` waits.
    role: &'static str,
    /// What there is to say now.
    remark: Signal<Option<Remark>>,
    /// Its id, for the control that it describes.
    #[prop(optional, into)]
    id: Option<String>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let sentence = move || {
        remark.get().map(|remark| {
            let (class, words) = match remark {
                Remark::Note(words) => ("field-note", words),
                Remark::Wrong(words) => ("field-error", words),
            };
            view! { <p class=class>{words}</p> }
        })
    };
    view! { <div id=id class=class role=role>{sentence}</div> }.into_any()
}

/// Writes a text to the clipboard, and says whether that was done.
pub fn copy(text: String, remark: RwSignal<Option<Remark>>, done: String, refused: &'static str) {
    leptos::task::spawn_local(async move {
        let said = if clipboard::write(&text).await { Remark::Note(done) } else { Remark::Wrong(refused.to_owned()) };
        // Whoever asked may have left meanwhile.
        remark.try_set(Some(said));
    });
}

/// What was refused, as a remark.
#[must_use]
pub fn wrong(why: RwSignal<Option<String>>) -> Signal<Option<Remark>> {
    Signal::derive(move || why.get().map(Remark::Wrong))
}
