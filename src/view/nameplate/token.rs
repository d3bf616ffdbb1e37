//! A gateway's token, asked for where the gateway wants one. It is kept in memory until the tab is closed, and nowhere else.

use crate::engine::{Open, use_engine};
use crate::words::nameplate as words;
use leptos::prelude::*;
use session::CloseKind;
use session::link::Link;
use session::query::Status;
use session::wire::Request;
use std::sync::Arc;

/// The field for the token of a session's gateway, while that is what is missing.
#[component]
pub(super) fn Token(open: Open, status: Memo<Option<Arc<Status>>>) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let missing = Memo::new(move |_| {
        status.with(|status| status.as_ref().is_some_and(|status| status.ended == Some(CloseKind::Token)))
    });
    let gateway = match open.link {
        Link::Tunnel(tunnel) => tunnel.gateway,
        _ => None,
    };
    let take = Callback::new(move |token: String| {
        engine.keep_token(gateway.as_deref(), &token);
        engine.post(Request::Reopen { session: id });
    });
    move || missing.get().then(|| view! { <TokenField id="gateway-token" word=words::use_token() next=true take/> })
}

/// A field for a token, with its button.
#[component]
pub(crate) fn TokenField(
    /// The field's id.
    id: &'static str,
    /// The button's word.
    word: &'static str,
    /// Whether it is the one next step of the page.
    next: bool,
    /// Takes what was typed.
    take: Callback<String>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let token = typed.get_untracked().trim().to_owned();
        if !token.is_empty() {
            typed.set(String::new());
            take.run(token);
        }
    };
    view! {
        <form class="token" on:submit=submit>
            <label class="field-label" for=id>{words::token()}</label>
            <input
                class="field-box mono"
                id=id
                type="password"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <button class="button" class:button-next=next type="submit">{word}</button>
        </form>
    }
    .into_any()
}
