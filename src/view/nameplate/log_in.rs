//! User name and password, asked for where a broker wants them. They are the worker's until the session is closed, and are
//! kept nowhere else.

use crate::engine::{Open, use_engine};
use crate::words::nameplate as words;
use leptos::prelude::*;
use session::CloseKind;
use session::address::Address;
use session::link::{Link, Mqtt};
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
        Link::Mqtt(broker) if missing.get() => Some(fields(id, broker)),
        _ => None,
    };
    view! { {form} }
}

fn fields(id: u32, broker: &Mqtt) -> AnyView {
    let engine = use_engine();
    let address = Address::new(&broker.url);
    let note = if address.is_unencrypted_elsewhere() { words::password_open() } else { words::password_note() };
    let (username, password) =
        (RwSignal::new(broker.username.clone().unwrap_or_default()), RwSignal::new(String::new()));
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
