//! The network half of the start page.

use super::address::checked;
use super::known::{Act, KnownList, row};
use super::{ProfileChoice, open};
use crate::browser::dom;
use crate::engine::{addresses, use_engine};
use crate::profiles;
use crate::remembered::{self, Known};
use crate::route::Route;
use crate::ui::remark::{self, Remark, RemarkPlace};
use leptos::prelude::*;
use session::address::Address;
use session::link::{Http, Link, WebSocket};

/// The kinds of address that can be opened: key, word, its schemes, and what an address looks like.
const KINDS: [(&str, &str, [&str; 2], &str); 2] = [
    ("websocket", "WebSocket", ["ws", "wss"], "wss://device.example/stream"),
    ("http", "HTTP", ["http", "https"], "https://device.example/status.json"),
];

/// Said while an address with a query is typed.
const QUERY: &str = "What stands after the question mark is sent to the host and shown nowhere else. As it may be secret, \
     this address is not kept: type it again after the page was closed.";

/// Opening an address.
#[component]
pub(super) fn Network(choices: RwSignal<Vec<profiles::Choice>>) -> impl IntoView {
    let engine = use_engine();
    let route = expect_context::<RwSignal<Route>>();
    let kind = RwSignal::new("websocket".to_owned());
    let url = RwSignal::new(String::new());
    let chosen = RwSignal::new("json".to_owned());
    let refused = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Route::Prefilled { kind: given_kind, url: given_url, profile } = route.get() {
            kind.set(if given_kind == "http" { "http" } else { "websocket" }.to_owned());
            url.set(given_url);
            if profiles::find(&profile).is_some() {
                chosen.set(profile);
            }
        }
    });
    let connect = move || {
        let (kind, profile) = (kind.get_untracked(), chosen.get_untracked());
        let Some(choice) = profiles::find(&profile) else { return };
        match opened(&kind, &url.get_untracked()) {
            Ok(address) => {
                remembered::keep_address(&kind, &address, &profile);
                let host = Address::new(&address).host().to_owned();
                open(engine, host, choice.text.clone(), link_to(&kind, address, &choice.text));
            }
            Err(why) => {
                refused.set(Some(why));
                dom::focus("address");
            }
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        refused.set(None);
        connect();
    };
    let reopen = move |known: Known| {
        kind.set(known.kind);
        url.set(known.url);
        if profiles::find(&known.profile).is_some() {
            chosen.set(known.profile);
        }
        connect();
    };
    let example = move || of_kind(&kind.get()).3;
    let note =
        Signal::derive(move || url.with(|url| Address::new(url).has_query()).then(|| Remark::Note(QUERY.to_owned())));
    let rows = Callback::new(move |()| {
        let line = |known: Known| {
            let (name, profile) = (known.url.clone(), known.profile.clone());
            let how = Callback::new(move |()| choices.with(|choices| profiles::name_of(choices, &profile)));
            row(name, how, false, vec![Act::new("Open", move || reopen(known.clone()))])
        };
        remembered::addresses().into_iter().map(line).collect()
    });
    view! {
        <form class="world-act" on:submit=submit novalidate>
            <div>
                <div class="open">
                    <label class="hidden" for="address">"Address"</label>
                    <input
                        class="field-box"
                        id="address"
                        type="url"
                        placeholder=example
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="address-error address-note"
                        aria-invalid=move || refused.get().is_some().then_some("true")
                        prop:value=move || url.get()
                        on:input=move |event| {
                            url.set(event_target_value(&event));
                            refused.set(None);
                        }
                    />
                    <button class="button" type="submit">"Open"</button>
                </div>
                <RemarkPlace role="alert" id="address-error" remark=remark::wrong(refused)/>
                <RemarkPlace role="status" id="address-note" remark=note/>
            </div>
            <div class="world-settings">
                <fieldset class="kinds choice" aria-label="Kind of link">
                    {KINDS
                        .map(|(key, word, ..)| {
                            view! {
                                <label>
                                    <input
                                        type="radio"
                                        name="kind"
                                        value=key
                                        prop:checked=move || kind.get() == key
                                        on:change=move |_| kind.set(key.to_owned())
                                    />
                                    {word}
                                </label>
                            }
                        })
                        .collect_view()}
                </fieldset>
                <ProfileChoice id="network-profile" choices=choices chosen=chosen usual="json"/>
            </div>
        </form>
        <KnownList title="Addresses you opened before" none="None yet. Addresses with a query are never kept." rows/>
    }
}

/// The row of that kind.
fn of_kind(kind: &str) -> (&'static str, &'static str, [&'static str; 2], &'static str) {
    let [first, second] = KINDS;
    if kind == second.0 { second } else { first }
}

/// The address as it is opened, or why it is not.
fn opened(kind: &str, typed: &str) -> Result<String, String> {
    let address = checked(typed, of_kind(kind).2, addresses::normal)?;
    addresses::mixed_content(Address::new(&address)).map_or(Ok(address), Err)
}

/// The link to an address, with what else the profile says of such links.
fn link_to(kind: &str, url: String, profile: &str) -> Link {
    let given = session::Profile::parse(profile).ok().map(|profile| profile.link);
    match (kind, given) {
        ("http", Some(Link::Http(http))) => Link::Http(Http { url, ..http }),
        ("http", _) => {
            Link::Http(Http { url, interval_millis: 1000, command_method: "POST".to_owned(), command_url: None })
        }
        (_, Some(Link::WebSocket(socket))) => Link::WebSocket(WebSocket { url, ..socket }),
        _ => Link::WebSocket(WebSocket { url, subprotocols: Vec::new() }),
    }
}
