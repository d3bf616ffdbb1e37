//! A button that opens a file as text.

use crate::browser::file;
use leptos::prelude::*;

/// A button that lets the user choose a text file.
#[component]
pub fn FileButton(
    /// Its words.
    word: &'static str,
    /// Its name for screen readers.
    label: &'static str,
    /// The endings and types offered.
    accept: &'static str,
    /// Gets the file's name and text.
    on_text: Callback<(String, String)>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let chosen = move |event| {
        leptos::task::spawn_local(async move {
            if let Some(read) = file::read_chosen(event).await {
                on_text.run(read);
            }
        });
    };
    view! {
        <label class=format!("button file-button {class}")>
            {word}<input type="file" accept=accept aria-label=label on:change=chosen/>
        </label>
    }
}
