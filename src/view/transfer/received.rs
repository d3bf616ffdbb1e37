//! Received files: what a device calls them is text, and they are saved as bytes, never shown.

use super::state::Transfers;
use crate::browser::file;
use crate::view::format;
use crate::words::transfer as words;
use leptos::prelude::*;
use session::transfer::File;
use std::sync::Arc;

/// The files that were received and not discarded.
#[component]
pub(super) fn ReceivedFiles(state: Transfers) -> impl IntoView {
    let received = RwSignal::from(state.received.clone());
    let row = move |(number, file): (u32, Arc<File>)| {
        let state = state.clone();
        let (name, size) = (file.name.clone(), format::count(file.bytes.len() as u64));
        let (save_label, discard_label) = (words::save_file(&name), words::discard_file(&name));
        let save = move |_| file::save_bytes(&file.name, &file.bytes);
        view! {
            <li>
                <span class="transfer-file mono">{name}</span>
                <span class="transfer-size">{size}" B"</span>
                <button class="button button-small" type="button" aria-label=save_label on:click=save>{words::save()}</button>
                <button class="button button-small button-plain" type="button" aria-label=discard_label on:click=move |_| state.discard(number)>
                    {words::discard()}
                </button>
            </li>
        }
    };
    view! {
        <h3 class="transfer-head">{words::received()}</h3>
        <p class="field-note transfer-said" hidden=move || received.with(|files| !files.is_empty())>{words::nothing_yet()}</p>
        <ul class="transfer-files" aria-label=words::received()>
            <For each=move || received.get() key=|(number, _)| *number children=row/>
        </ul>
    }
}
