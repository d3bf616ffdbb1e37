//! The network half of the start page.

use super::{ProfileChoice, open};
use crate::browser::{dom, settings};
use crate::engine::use_engine;
use crate::profiles;
use crate::route::Route;
use crate::ui::remark::{self, RemarkPlace};
use leptos::prelude::*;
use session::link::{Http, Link, WebSocket};

/// The kinds of address that can be opened: key, word, and what an address looks like.
const KINDS: [(&str, &str, &str); 2] =
    [("websocket", "WebSocket", "wss://device.example/stream"), ("http", "HTTP", "https://device.example/status.json")];

/// Where the addresses that were opened are remembered, a line each.
const REMEMBERED: &str = "addresses";

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
    let connect = move |address: String| {
        let Some(choice) = profiles::find(&chosen.get_untracked()) else { return };
        match link_to(&kind.get_untracked(), address.trim(), &choice.text) {
            Ok(link) => {
                remember(&kind.get_untracked(), address.trim());
                let name = address.trim().split_once("://").map_or(address.trim(), |(_, rest)| rest).to_owned();
                let host = name.split(['/', '?', '#']).next().unwrap_or(&name);
                let host = host.rsplit_once('@').map_or(host, |(_, host)| host).to_owned();
                open(engine, host, choice.text, link);
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
        connect(url.get_untracked());
    };
    let example = move || KINDS.iter().find(|(key, ..)| *key == kind.get()).map_or("", |(.., example)| example);
    let known = remembered();
    view! {
        <form class="world-act" on:submit=submit novalidate>
            <div class="open">
                <label class="hidden" for="address">"Address"</label>
                <input
                    class="field-box"
                    id="address"
                    type="url"
                    placeholder=example
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="address-error"
                    prop:value=move || url.get()
                    on:input=move |event| url.set(event_target_value(&event))
                />
                <button class="button" type="submit">"Open"</button>
            </div>
            <div class="world-settings">
                <fieldset class="kinds choice" aria-label="Kind of link">
                    {KINDS
                        .map(|(key, word, _)| {
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
                <ProfileChoice id="network-profile" choices=choices chosen=chosen/>
            </div>
            <RemarkPlace role="alert" id="address-error" remark=remark::wrong(refused)/>
        </form>
        <div class="known">
            <h3>"Addresses you opened before"</h3>
            <ul aria-label="Addresses you opened before">
                {if known.is_empty() {
                    view! { <li class="known-none">"None yet. Addresses with a password or a query are never kept."</li> }.into_any()
                } else {
                    known
                        .into_iter()
                        .map(|(known_kind, address)| {
                            let (label, again) = (format!("Open {address}"), address.clone());
                            let reopen = move |_| {
                                kind.set(known_kind.clone());
                                url.set(again.clone());
                                connect(again.clone());
                            };
                            view! {
                                <li>
                                    <p class="known-name"><b>{address}</b></p>
                                    <span></span>
                                    <button class="button" type="button" aria-label=label on:click=reopen>"Open"</button>
                                </li>
                            }
                        })
                        .collect_view()
                        .into_any()
                }}
            </ul>
        </div>
    }
}

/// The link to an address, with what else the profile says of such links.
fn link_to(kind: &str, url: &str, profile: &str) -> Result<Link, String> {
    let schemes: [&str; 2] = if kind == "http" { ["http://", "https://"] } else { ["ws://", "wss://"] };
    let full = schemes
        .iter()
        .any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')));
    if !full {
        return Err(format!("The address must begin with {} or {} and name a host.", schemes[0], schemes[1]));
    }
    let given = session::Profile::parse(profile).ok().map(|profile| profile.link);
    Ok(match (kind, given) {
        ("http", Some(Link::Http(http))) => Link::Http(Http { url: url.to_owned(), ..http }),
        ("http", _) => {
            let command_method = "POST".to_owned();
            Link::Http(Http { url: url.to_owned(), interval_millis: 1000, command_method, command_url: None })
        }
        (_, Some(Link::WebSocket(socket))) => Link::WebSocket(WebSocket { url: url.to_owned(), ..socket }),
        _ => Link::WebSocket(WebSocket { url: url.to_owned(), subprotocols: Vec::new() }),
    })
}

/// Keeps an address for the next visit, unless it may hold a secret (S35).
fn remember(kind: &str, url: &str) {
    if url.contains(['@', '?', '#']) {
        return;
    }
    let mut all = remembered();
    all.retain(|(_, known)| known != url);
    all.insert(0, (kind.to_owned(), url.to_owned()));
    let lines: Vec<_> = all.into_iter().take(5).map(|(kind, url)| format!("{kind} {url}")).collect();
    settings::write(REMEMBERED, &lines.join("\n"));
}

fn remembered() -> Vec<(String, String)> {
    let text = settings::read(REMEMBERED).unwrap_or_default();
    text.lines().filter_map(|line| line.split_once(' ')).map(|(kind, url)| (kind.to_owned(), url.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::link_to;

    #[test]
    fn an_address_without_a_host_or_of_another_kind_is_refused_in_words() {
        for wrong in ["", "ws://", "ws:///x", "http://host/", "javascript:alert(1)", "host:80"] {
            let why = link_to("websocket", wrong, "").expect_err(wrong);
            assert!(why.contains("ws://"), "{why}");
        }
        assert!(link_to("http", "http://127.0.0.1:8000/a.json", "").is_ok());
    }
}
