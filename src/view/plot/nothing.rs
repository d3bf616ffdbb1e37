//! A plot without numbers: why, and what to do where the lines have some that the profile does not read.

use crate::engine::use_engine;
use crate::profiles;
use crate::words::plot as words;
use leptos::prelude::*;
use session::wire::{Request, SessionId};

/// What stands in place of the picture.
#[component]
pub(super) fn Nothing(session: SessionId) -> impl IntoView {
    let engine = use_engine();
    let reads_as =
        Memo::new(move |_| engine.statuses.with(|all| all.get(&session).and_then(|status| status.reads_as.clone())));
    let read = move |protocol: &str| {
        let Some(text) = engine.profile(session) else { return };
        if let Some(profile) = profiles::reading_as(&text, protocol) {
            engine.post(Request::SetProfile { session, profile });
        }
    };
    move || match reads_as.get() {
        None => view! { <p class="panel-empty">{words::nothing_yet()}</p> }.into_any(),
        Some(protocol) => {
            let label = words::read_as(&words::lines_of(&protocol));
            view! {
                <div class="panel-empty panel-offer">
                    <p>{words::numbers_unread()}</p>
                    <button class="button" type="button" data-next=".plot-canvas" on:click=move |_| read(&protocol)>{label}</button>
                    <p>{words::read_as_note()}</p>
                </div>
            }
            .into_any()
        }
    }
}
