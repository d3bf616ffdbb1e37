//! Received files: what a device calls them is text, and they are saved as bytes, never shown.

use super::state::{Received, Transfers};
use crate::browser::file;
use crate::ui::state::{Kind, State};
use crate::view::format;
use crate::words::transfer as words;
use leptos::prelude::*;

/// The files that were received and not discarded.
#[component]
pub(super) fn ReceivedFiles(state: Transfers) -> impl IntoView {
    let received = RwSignal::from(state.received.clone());
    let at_stake = state.clone();
    let unsaved = Memo::new(move |_| at_stake.at_stake().unsaved);
    let row = move |received: Received| {
        let state = state.clone();
        let Received { number, file, saved } = received;
        let (name, size) = (file.name.clone(), format::count(file.bytes.len() as u64));
        let (save_label, discard_label) = (words::save_file(&name), words::discard_file(&name));
        let mark = {
            let saved = saved.clone();
            move || {
                let (kind, word) =
                    if saved.get() { (Kind::Off, words::saved()) } else { (Kind::Stale, words::not_saved()) };
                view! { <State kind word/> }
            }
        };
        let save = move |_| {
            file::save_bytes(&file.name, &file.bytes);
            saved.set(true);
        };
        view! {
            <li>
                <span class="transfer-file mono">{name}</span>
                <span class="transfer-saved">{mark}</span>
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
        <p class="transfer-said" role="status">
            {move || Some(unsaved.get()).filter(|count| *count > 0).map(words::unsaved)}
        </p>
        <ul class="transfer-files" aria-label=words::received()>
            <For each=move || received.get() key=|received| received.number children=row/>
        </ul>
    }
}
