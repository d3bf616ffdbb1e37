//! Over the panels: what a device offers, for the user to take or to let pass; and, while the panel is not in front, the
//! transfer under way and how it ended.

use super::files;
use super::progress::{self, Under};
use super::state::Transfers;
use crate::engine::{Open, use_engine};
use crate::ui::file_button::FilesButton;
use crate::view::workspace::Workspace;
use crate::words::transfer as words;
use leptos::prelude::*;
use session::query::{Answer, Query};
use session::transfer::{MAX_FILE_BYTES, Offer, Protocol};
use session::wire::Request;

/// What the strip is about.
#[derive(Clone, PartialEq)]
enum About {
    Nothing,
    Offer(Offer),
    Running(Protocol),
    Ended(String),
}

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
    let (outcome, read) = (RwSignal::from(state.outcome.clone()), RwSignal::from(state.read.clone()));
    let answer = engine.ask_for(id, || Some(Query::Transfer));
    let now = Memo::new(move |_| match answer.get().as_deref() {
        Some(Answer::Transfer(Some(now))) if now.progress.ending.is_none() => Some(Clone::clone(&**now)),
        _ => None,
    });
    let under_way = Memo::new(move |_| now.with(|now| now.as_ref().map(|now| now.progress.protocol)));
    let in_front = Memo::new(move |_| workspace.with(|layout| layout.in_front("Transfer")));
    // What stands in the panel has been told.
    Effect::new(move |_| {
        if in_front.get() && outcome.with(Option::is_some) {
            read.set(true);
        }
    });
    let about = Memo::new(move |_| match (under_way.get(), offer.get(), in_front.get()) {
        (Some(protocol), _, false) => About::Running(protocol),
        (None, Some(offer), _) => About::Offer(offer),
        (None, None, false) if !read.get() => {
            outcome.with(|ended| ended.as_ref().map_or(About::Nothing, |ended| About::Ended(progress::over(ended))))
        }
        _ => About::Nothing,
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
    let show = move || {
        let show = move |_| workspace.show("Transfer");
        view! { <button class="button" type="button" on:click=show>{words::show()}</button> }
    };
    let sentence = move || match about.get() {
        About::Nothing => None,
        About::Offer(Offer::Sends) => Some(words::offers().to_owned()),
        About::Offer(Offer::Receives) => Some(words::awaits().to_owned()),
        About::Running(protocol) => Some(words::under_way(protocol.name())),
        About::Ended(said) => Some(said),
    };
    let acts = move || {
        let plain = |word, act: Callback<()>| {
            view! { <button class="button button-plain" type="button" on:click=move |_| act.run(())>{word}</button> }
        };
        match about.get() {
            About::Nothing => ().into_any(),
            About::Offer(offer) => {
                let take = match offer {
                    Offer::Sends => {
                        let accept = accept.clone();
                        view! { <button class="button" type="button" on:click=accept>{words::accept()}</button> }
                            .into_any()
                    }
                    Offer::Receives => {
                        view! { <FilesButton word=words::choose() multiple=true limit=MAX_FILE_BYTES on_files=send/> }
                            .into_any()
                    }
                };
                let dismiss = Callback::new(move |()| engine.post(Request::DismissOffer { session: id }));
                view! { {take} {plain(words::not_now(), dismiss)} }.into_any()
            }
            About::Running(_) => {
                let cancel = move |_| engine.post(Request::CancelTransfer { session: id });
                view! {
                    <div class="transfer-run"><Under now/></div>
                    {show()}
                    <button class="button" type="button" on:click=cancel>{words::cancel()}</button>
                }
                .into_any()
            }
            About::Ended(_) => {
                let dismiss = Callback::new(move |()| read.set(true));
                view! { {show()} {plain(words::dismiss(), dismiss)} }.into_any()
            }
        }
    };
    view! {
        <div class="transfer-strip" class:notice=move || about.get() != About::Nothing>
            // What changes many times a second is not read out.
            <p role="status">{sentence}</p>
            {acts}
        </div>
    }
}
