//! User name and password, asked for where a broker or an HTTP device wants them. They are the worker's until the session is closed, and are
//! kept nowhere else.

use crate::engine::{Open, use_engine};
use crate::ui::remark::{Remark, RemarkPlace};
use crate::words::nameplate as words;
use leptos::prelude::*;
use session::CloseKind;
use session::address::Address;
use session::link::{Http, Link, WebSocket};
use session::query::{LinkState, Status};
use session::wire::Request;
use std::sync::Arc;
use std::time::Duration;

/// The form, while that is what is missing.
#[component]
pub(super) fn LogIn(open: Open, status: Memo<Option<Arc<Status>>>) -> impl IntoView {
    let asked = Memo::new(move |_| status.with(|status| asks(status.as_deref())));
    // It stays, with the focus, while it is tried.
    let missing = Memo::new(move |before: Option<&bool>| {
        let tries = |status: &Status| status.ended.is_none() && status.state != LinkState::Connected;
        asked.get() || (before == Some(&true) && status.with(|status| status.as_deref().is_some_and(tries)))
    });
    // A secret of the profile has no user, and goes as it is.
    let secret = Memo::new(move |before: Option<&bool>| match status.with(|status| status.as_ref()?.ended) {
        Some(ended) => ended == CloseKind::Secret,
        None => before == Some(&true),
    });
    let (id, link) = (open.id, open.link);
    let form = move || match &link {
        _ if !missing.get() => None,
        Link::Mqtt(broker) => {
            let notes = [words::password_note(), words::password_open(), ""];
            Some(fields(id, [asked, secret], &broker.url, broker.username.clone().unwrap_or_default(), notes))
        }
        Link::Http(Http { url, .. }) | Link::WebSocket(WebSocket { url, .. }) => {
            let notes = [words::secret_note(), words::secret_open(), words::secret_bearer()];
            Some(fields(id, [asked, secret], url, String::new(), notes))
        }
        _ => None,
    };
    view! { {form} }
}

/// Whether the far end wants to know who asks.
pub(super) fn asks(status: Option<&Status>) -> bool {
    status.is_some_and(|status| matches!(status.ended, Some(CloseKind::Credentials | CloseKind::Secret)))
}

/// After how long what was typed counts as tried, in milliseconds: before that the answer is the one before.
const TRIED: u64 = 300;

fn fields(
    id: u32,
    [asked, secret]: [Memo<bool>; 2],
    url: &str,
    username: String,
    [note, open, bearer]: [&'static str; 3],
) -> AnyView {
    let engine = use_engine();
    let note = if Address::new(url).is_unencrypted_elsewhere() { open } else { note };
    let note = move || if secret.get() { note.to_owned() } else { format!("{note} {bearer}") };
    let (username, password) = (RwSignal::new(username), RwSignal::new(String::new()));
    let tried = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let username = if secret.get_untracked() { String::new() } else { username.get_untracked() };
        let (username, password) = (username, password.try_update(std::mem::take).unwrap_or_default());
        engine.post(Request::LogIn { session: id, username, password });
        tried.set(false);
        set_timeout(
            move || {
                let _ = tried.try_set(true);
            },
            Duration::from_millis(TRIED),
        );
    };
    let refused = Signal::derive(move || {
        let refused = tried.get() && asked.get() && !secret.get();
        refused.then(|| Remark::Wrong(words::log_in_refused().to_owned()))
    });
    view! {
        <form class="log-in" aria-label=words::log_in_form() on:submit=submit>
            <div class="field" hidden=move || secret.get()>
                <label class="field-label" for="log-in-user">{words::username()}</label>
                <input
                    class="field-box"
                    id="log-in-user"
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || username.get()
                    on:input=move |event| username.set(event_target_value(&event))
                />
            </div>
            <div class="field">
                <label class="field-label" for="log-in-password">{words::password()}</label>
                <input
                    class="field-box"
                    id="log-in-password"
                    type="password"
                    autocomplete="off"
                    aria-describedby="log-in-note"
                    prop:value=move || password.get()
                    on:input=move |event| password.set(event_target_value(&event))
                />
            </div>
            <button class="button button-next" type="submit">{words::log_in()}</button>
            <RemarkPlace role="alert" remark=refused/>
            <p class="field-note" id="log-in-note">{note}</p>
        </form>
    }
    .into_any()
}
