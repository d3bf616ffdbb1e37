//! The workspace of one device: nameplate, panels, ledger. A server with files has those in place of panels.

use super::{files::Files, ledger::Ledger, nameplate::Nameplate, workspace::Panels};
use crate::browser::clock::Pace;
use crate::engine::{Open, use_engine};
use leptos::prelude::*;
use session::query::Query;

pub use super::workspace::place::Scroll;

/// The workspace of a session.
#[component]
pub fn Device(
    /// Which.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let pace = Pace::of_reading();
    let _keeps_status_coming = engine.ask_for(id, move || pace.due().then_some(Query::Status));
    let shared = super::plot::shared::share(engine, &open);
    provide_context(shared);
    view! {
        <main class="work" id="main" tabindex="-1">
            <Nameplate open=open.clone()/>
            <super::transfer::Strip open=open.clone()/>
            {if open.link.is_store() { view! { <Files open/> }.into_any() } else { view! { <Panels open/> }.into_any() }}
        </main>
        <Ledger session=id/>
    }
}
