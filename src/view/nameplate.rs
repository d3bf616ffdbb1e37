//! The nameplate: what the device is, its state, its link, its family, its profile.

use super::bar::{FamilyMark, state_of};
use crate::engine::{Open, use_engine};
use crate::profiles;
use crate::route::Route;
use crate::ui::notice::{Notice, Step, Weight};
use crate::ui::state::State;
use crate::view::format;
use leptos::prelude::*;
use session::address::Address;
use session::link::{Http, Link, Parity, Port, Serial, WebSocket};
use session::query::{LinkState, Status};
use session::wire::Request;

/// The nameplate of a session.
#[component]
pub fn Nameplate(
    /// Which.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let family = open.link.family();
    let (link, detail) = (open.link.kind(), settings_of(&open.link));
    let status = Memo::new(move |_| engine.statuses.with(|statuses| statuses.get(&id).cloned()));
    let state = Memo::new(move |_| status.get().map_or(LinkState::Opening, |status| status.state.clone()));
    let since = Memo::new(move |_| {
        engine.second.track();
        status.get().map_or_else(String::new, |status| since(&status))
    });
    let protocol = Memo::new(move |_| status.get().map_or_else(String::new, |status| status.protocol.clone()));
    let profile = Memo::new(move |_| status.get().map_or_else(String::new, |status| status.profile.clone()));
    let shown = move || {
        let (kind, word) = state_of(&state.get());
        view! { <State kind=kind word=word/> }
    };
    view! {
        <section class="plate" aria-label="Device">
            <div class="plate-name"><h1>{open.name.clone()}</h1><p class="mono">{identity_of(&open.link)}</p></div>
            <dl class="plate-facts">
                <div class="plate-fact"><dt class="hidden">"State"</dt><dd><span role="status">{shown}</span></dd><dd>{since}</dd></div>
                <div class="plate-fact"><dt class="hidden">"Link"</dt><dd>{link}</dd><dd>{detail}</dd></div>
                <div class="plate-fact">
                    <dt class="hidden">"Family"</dt><dd><FamilyMark family=family/></dd><dd>{reach_of(&open.link)}</dd>
                </div>
                <div class="plate-fact plate-profile">
                    <dt class="hidden">"Profile"</dt><dd>{profile}</dd><dd>{move || format!("speaks {}", protocol.get())}</dd>
                </div>
            </dl>
            <div class="plate-acts"><Acts open/></div>
        </section>
        <Trouble id status/>
    }
}

#[component]
fn Acts(open: Open) -> impl IntoView {
    let engine = use_engine();
    let route = expect_context::<RwSignal<Route>>();
    let id = open.id;
    let connected = Memo::new(move |_| {
        let live =
            |state: &LinkState| matches!(state, LinkState::Connected | LinkState::Opening | LinkState::Waiting { .. });
        engine.statuses.with(|statuses| statuses.get(&id).is_none_or(|status| live(&status.state)))
    });
    let toggle = move |_| {
        let request = if connected.get_untracked() {
            Request::Disconnect { session: id }
        } else {
            Request::Reopen { session: id }
        };
        engine.post(request);
    };
    let close = move |_| {
        route.set(Route::Start);
        engine.close(id);
        crate::browser::dom::set_fragment(&Route::Start.fragment());
    };
    view! {
        <button class="button" type="button" on:click=toggle>
            {move || if connected.get() { "Disconnect" } else { "Connect again" }}
        </button>
        <button class="button button-plain" type="button" on:click=close>"Close session"</button>
    }
}

/// What is wrong with the link, why, and what to do: only where something is.
#[component]
fn Trouble(id: u32, status: Memo<Option<std::sync::Arc<Status>>>) -> impl IntoView {
    let engine = use_engine();
    let failed = |status: &Status| match &status.state {
        LinkState::Waiting { why, .. } | LinkState::Closed { why } if !why.is_empty() => Some(why.clone()),
        _ => None,
    };
    let why = Memo::new(move |_| {
        let Some(status) = status.get() else { return unusable(&engine.session(id)?) };
        failed(&status).or_else(|| status.hint.clone())
    });
    // Apart from the words: they stay while it is tried again and again, and are read out once.
    let may_reopen = Memo::new(move |_| status.get().is_some_and(|status| failed(&status).is_some()));
    let take = Callback::new(move |()| engine.post(Request::Reopen { session: id }));
    let again = Step { word: "Try again now", next: true, take };
    let step = Signal::derive(move || may_reopen.get().then_some(again));
    let notice = move |words: String| view! { <Notice weight=Weight::Note words step/> };
    view! { <div class="trouble">{move || why.get().map(notice)}</div> }
}

/// The profile of a session that could not even begin.
fn unusable(open: &Open) -> Option<String> {
    let (line, reason) = open.unusable.as_ref()?;
    Some(format!(
        "This profile cannot be used. {}. Close the session, mend the file and import it again.",
        profiles::mistake(*line, reason.trim_end_matches('.'))
    ))
}

fn since(status: &Status) -> String {
    let age = crate::browser::clock::now_nanos().saturating_sub(status.since_nanos);
    match (&status.state, status.last_byte_nanos) {
        (LinkState::Connected, None) if age > 2_000_000_000 => format!("no data for {}", format::duration(age)),
        (LinkState::Connected, Some(last)) => {
            let silent = crate::browser::clock::now_nanos().saturating_sub(last);
            if silent > 5_000_000_000 {
                format!("no data for {}", format::duration(silent))
            } else {
                format!("for {}", format::duration(age))
            }
        }
        _ => format!("for {}", format::duration(age)),
    }
}

/// Who can see the data, in words.
fn reach_of(link: &Link) -> String {
    let Some(address) = address_of(link) else { return "private to this tab and the device".to_owned() };
    let host = host_of(address);
    match link {
        Link::Http(Http { command_url: Some(command), .. }) if host_of(Address::new(command)) != host => {
            format!("talks to {host}, commands go to {}", host_of(Address::new(command)))
        }
        _ => format!("talks to {host}"),
    }
}

fn address_of(link: &Link) -> Option<Address<'_>> {
    match link {
        Link::WebSocket(WebSocket { url, .. }) | Link::Http(Http { url, .. }) => Some(Address::new(url)),
        Link::Demo(_) | Link::Serial(_) => None,
    }
}

fn host_of(address: Address<'_>) -> &str {
    if address.host().is_empty() { "this console's own server" } else { address.host() }
}

/// What the link itself knows of the device.
fn identity_of(link: &Link) -> String {
    match link {
        Link::Serial(serial) => usb_id(&serial.port),
        Link::Demo(_) => "simulated in this tab".to_owned(),
        // The path tells two endpoints of one host apart; what follows it may be a secret.
        Link::WebSocket(_) | Link::Http(_) => address_of(link).map_or_else(String::new, |address| {
            format!("{}{}", host_of(address), address.path().trim_end_matches('/'))
        }),
    }
}

/// A port by its USB numbers.
#[must_use]
pub fn usb_id(port: &Port) -> String {
    let place = if port.nth > 0 { format!(" · number {}", port.nth + 1) } else { String::new() };
    match (port.vendor, port.product) {
        (Some(vendor), Some(product)) => format!("USB {vendor:04x}:{product:04x}{place}"),
        _ => format!("serial port{place}"),
    }
}

fn settings_of(link: &Link) -> String {
    match link {
        Link::Serial(Serial { baud, data_bits, parity, stop_bits, .. }) => {
            let parity = match parity {
                Parity::None => 'N',
                Parity::Even => 'E',
                Parity::Odd => 'O',
            };
            format!("{} baud, {data_bits}{parity}{stop_bits}", format::count(u64::from(*baud)))
        }
        Link::Demo(demo) => format!("{} samples/s", format::count(u64::from(demo.rate_hz))),
        Link::WebSocket(socket) if Address::new(&socket.url).is("wss") => "encrypted".to_owned(),
        Link::WebSocket(_) => "not encrypted".to_owned(),
        Link::Http(http) => format!("every {}", format::duration(i64::from(http.interval_millis) * 1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_link_names_its_host_and_never_its_password() {
        let link = Link::WebSocket(WebSocket {
            url: "wss://user:secret@host.example:9001/x?token=1".into(),
            subprotocols: vec![],
        });
        assert_eq!(reach_of(&link), "talks to host.example:9001");
        assert_eq!(identity_of(&link), "host.example:9001/x");
    }
}
