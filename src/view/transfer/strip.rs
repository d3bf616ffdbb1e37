//! Over the panels: what a device offers, for the user to take or to let pass; and that a transfer is under way.

use super::files;
use super::state::Transfers;
use crate::engine::{Open, use_engine};
use crate::ui::file_button::FilesButton;
use crate::view::workspace::Workspace;
use crate::words::transfer as words;
use leptos::prelude::*;
use session::query::{Answer, Query};
use session::transfer::{MAX_FILE_BYTES, Offer, Protocol};
use session::wire::Request;

/// The offer of a device, and the transfer under way.
#[component]
pub fn Strip(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let workspace = Workspace::of(&open);
    let state = open.part::<Transfers>();
    let offer = RwSignal::from(state.offer.clone());
    let answer = engine.ask_for(id, || Some(Query::Transfer));
    let under_way = Memo::new(move |_| match answer.get().as_deref() {
        Some(Answer::Transfer(Some(now))) if now.progress.ending.is_none() => Some(now.progress.protocol),
        _ => None,
    });
    let accept = {
        let state = state.clone();
        move |_| {
            state.ask();
            // Where its progress is, its *Cancel* and its files.
            workspace.show("Transfer");
            let name = String::new();
            engine.post(Request::ReceiveFiles { session: id, protocol: Protocol::Zmodem, name });
        }
    };
    let send = Callback::new(move |chosen| {
        state.ask();
        workspace.show("Transfer");
        match files(chosen) {
            Ok(files) => engine.post(Request::SendFiles { session: id, protocol: Protocol::Zmodem, files }),
            Err(why) => state.refused.set(Some(why)),
        }
    });
    let dismiss = move |_| engine.post(Request::DismissOffer { session: id });
    let offered = move |offer: Offer| {
        let accept = accept.clone();
        let (sentence, act) = match offer {
            Offer::Sends => {
                let button = view! { <button class="button" type="button" on:click=accept>{words::accept()}</button> };
                (words::offers(), button.into_any())
            }
            Offer::Receives => {
                let button =
                    view! { <FilesButton word=words::choose() multiple=true limit=MAX_FILE_BYTES on_files=send/> };
                (words::awaits(), button.into_any())
            }
        };
        view! {
            <div class="notice">
                <p>{sentence}</p>
                {act}
                <button class="button button-plain" type="button" on:click=dismiss>{words::not_now()}</button>
            </div>
        }
    };
    let shown = move || {
        let running = || {
            let words = move |protocol: Protocol| view! { <p>{words::under_way(protocol.name())}</p> };
            under_way.get().map(|protocol| view! { <div class="notice">{words(protocol)}</div> }.into_any())
        };
        running().or_else(|| offer.get().map(|offer| offered(offer).into_any()))
    };
    view! { <div class="transfer-strip" role="status">{shown}</div> }
}
