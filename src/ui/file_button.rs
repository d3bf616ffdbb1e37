//! Buttons that open files: one as text, or any as bytes.

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
                // Whoever wanted it may be gone.
                let _ = on_text.try_run(read);
            }
        });
    };
    view! {
        <label class=format!("button file-button {class}")>
            {word}<input type="file" accept=accept aria-label=label on:change=chosen/>
        </label>
    }
}

/// A button that lets the user choose files, which are read as bytes.
#[component]
pub fn FilesButton(
    /// Its words, and its name.
    word: &'static str,
    /// Whether more than one may be chosen.
    #[prop(into)]
    multiple: Signal<bool>,
    /// Larger files are not read, in bytes.
    limit: u64,
    /// Gets them.
    on_files: Callback<Vec<file::Chosen>>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let chosen = move |event| {
        leptos::task::spawn_local(async move {
            let read = file::read_all_chosen(event, limit).await;
            if !read.is_empty() {
                let _ = on_files.try_run(read);
            }
        });
    };
    view! {
        <label class=format!("button file-button {class}")>
            {word}<input type="file" multiple=move || multiple.get() aria-label=word on:change=chosen/>
        </label>
    }
}
