//! User name and password, asked for where a broker or an HTTP device wants them. They are the worker's until the session is closed, and are
//! kept nowhere else.

use crate::engine::{Open, use_engine};
use crate::words::nameplate as words;
use leptos::prelude::*;
use session::CloseKind;
use session::address::Address;
use session::link::{Http, Link, WebSocket};
use session::query::Status;
use session::wire::Request;
use std::sync::Arc;

/// The form, while that is what is missing.
#[component]
pub(super) fn LogIn(open: Open, status: Memo<Option<Arc<Status>>>) -> impl IntoView {
    let missing = Memo::new(move |_| {
        status.with(|status| status.as_ref().is_some_and(|status| status.ended == Some(CloseKind::Credentials)))
    });
    let (id, link) = (open.id, open.link);
    let form = move || match &link {
        _ if !missing.get() => None,
        Link::Mqtt(broker) => {
            let notes = [words::password_note(), words::password_open()];
            Some(fields(id, &broker.url, broker.username.clone().unwrap_or_default(), notes))
        }
        Link::Http(Http { url, .. }) | Link::WebSocket(WebSocket { url, .. }) => {
            Some(fields(id, url, String::new(), [words::secret_note(), words::secret_open()]))
        }
        _ => None,
    };
    view! { {form} }
}

fn fields(id: u32, url: &str, username: String, [note, open]: [&'static str; 2]) -> AnyView {
    let engine = use_engine();
    let note = if Address::new(url).is_unencrypted_elsewhere() { open } else { note };
    let (username, password) = (RwSignal::new(username), RwSignal::new(String::new()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (username, password) = (username.get_untracked(), password.try_update(std::mem::take).unwrap_or_default());
        engine.post(Request::LogIn { session: id, username, password });
    };
    view! {
        <form class="log-in" aria-label=words::log_in_form() on:submit=submit>
            <div class="field">
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
            <p class="field-note" id="log-in-note">{note}</p>
        </form>
    }
    .into_any()
}
