//! Files to and from the device: chosen, watched, cancelled, saved.

mod leave;
mod progress;
mod received;
mod state;
mod strip;

pub use leave::Files;
pub use strip::Strip;

use crate::browser::file::{Chosen, Unread};
use crate::engine::{Open, use_engine};
use crate::ui::file_button::FilesButton;
use crate::ui::remark::{self, RemarkPlace};
use crate::words::transfer as words;
use leptos::prelude::*;
use progress::Under;
use received::ReceivedFiles;
use session::link::Link;
use session::query::{Answer, Query};
use session::transfer::{File, MAX_FILE_BYTES, Protocol};
use session::wire::Request;
use state::Transfers;

/// File transfer with a device.
#[component]
pub fn Transfer(
    /// Whose.
    open: Open,
) -> impl IntoView {
    if matches!(open.link, Link::Http(_)) {
        return view! { <p class="panel-empty">{words::not_over_http()}</p> }.into_any();
    }
    if open.link.is_file() {
        return view! { <p class="panel-empty">{crate::words::commands::only_read()}</p> }.into_any();
    }
    let engine = use_engine();
    let id = open.id;
    let state = open.part::<Transfers>();
    let answer = engine.ask_for(id, || Some(Query::Transfer));
    let now = Memo::new(move |_| match answer.get().as_deref() {
        Some(Answer::Transfer(now)) => now.as_deref().cloned(),
        _ => None,
    });
    let under_way = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(|now| now.progress.ending.is_none())));
    let protocol = RwSignal::from(state.protocol.clone());
    let name = RwSignal::from(state.name.clone());
    let refused = RwSignal::from(state.refused.clone());
    let outcome = RwSignal::from(state.outcome.clone());
    let alone = Memo::new(move |_| matches!(protocol.get(), Protocol::Xmodem | Protocol::Xmodem1k));
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some(known) = Protocol::ALL.into_iter().find(|known| known.name() == word) {
            protocol.set(known);
        }
    };
    let begin = state.clone();
    let receive = move |_| {
        begin.ask();
        let (protocol, name) = (protocol.get_untracked(), name.get_untracked());
        engine.post(Request::ReceiveFiles { session: id, protocol, name });
    };
    let sent = state.clone();
    let send = Callback::new(move |chosen| {
        sent.ask();
        match files(chosen) {
            Ok(files) => engine.post(Request::SendFiles { session: id, protocol: protocol.get_untracked(), files }),
            Err(why) => refused.set(Some(why)),
        }
    });
    let forms = move || {
        let receive = receive.clone();
        let option = |protocol: Protocol| view! { <option value=protocol.name()>{protocol.name()}</option> };
        view! {
            <div class="transfer-form">
                <label class="field-label" for="transfer-protocol">{words::protocol()}</label>
                <select
                    class="field-select"
                    id="transfer-protocol"
                    aria-describedby="transfer-about"
                    prop:value=move || protocol.get().name()
                    on:change=choose
                >
                    {Protocol::ALL.map(option).collect_view()}
                </select>
                <FilesButton word=words::send() multiple=Signal::derive(move || !alone.get()) limit=MAX_FILE_BYTES on_files=send/>
                <button class="button" type="button" on:click=receive>{words::receive()}</button>
            </div>
            <p class="transfer-about field-note" id="transfer-about">{move || about(protocol.get())}</p>
            <div class="transfer-name field" hidden=move || !alone.get()>
                <label class="field-label" for="transfer-name">{words::name()}</label>
                <input
                    class="field-box"
                    id="transfer-name"
                    type="text"
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </div>
        }
    };
    let cancel = move |_| engine.post(Request::CancelTransfer { session: id });
    view! {
        <div class="transfer">
            {move || if under_way.get() {
                view! {
                    <Under now/>
                    <button class="button transfer-cancel" type="button" on:click=cancel>{words::cancel()}</button>
                }
                .into_any()
            } else {
                forms().into_any()
            }}
            <RemarkPlace role="alert" class="transfer-said" remark=remark::wrong(refused)/>
            <p class="transfer-said" role="status">{move || outcome.get().map(|progress| progress::over(&progress))}</p>
            <ReceivedFiles state=state.clone()/>
        </div>
    }
    .into_any()
}

/// What was chosen, to be sent; or why one of them cannot be.
fn files(chosen: Vec<Chosen>) -> Result<Vec<File>, String> {
    let file = |chosen: Chosen| {
        let Chosen { name, modified, bytes } = chosen;
        match bytes {
            Ok(bytes) => Ok(File { name, bytes, modified: Some(modified) }),
            Err(Unread::TooLarge) => Err(words::chosen_too_large(&name)),
            Err(Unread::Unreadable) => Err(words::unreadable(&name)),
        }
    };
    chosen.into_iter().map(file).collect()
}

/// What a protocol does, and what to start at the other end.
fn about(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Zmodem => words::about_zmodem(),
        Protocol::Ymodem => words::about_ymodem(),
        Protocol::YmodemG => words::about_ymodem_g(),
        Protocol::Xmodem => words::about_xmodem(),
        Protocol::Xmodem1k => words::about_xmodem_1k(),
    }
}
