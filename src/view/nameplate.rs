//! The nameplate: what the device is, its state, its link, its family, its profile.

mod acts;
mod closing;
mod line;
mod log_in;
pub(crate) mod released;
mod terms;
pub(crate) mod token;
mod trouble;

use super::bar::{FamilyMark, state_of};
use crate::engine::{Open, use_engine};
use crate::ui::state::State;
use crate::view::format;
use crate::words::device;
use crate::words::nameplate as words;
use acts::Acts;
use leptos::prelude::*;
use line::Line;
use session::address::Address;
use session::link::{Http, Link, Mode, Mqtt, Port, Tunnel, WebSocket};
use session::order::clock::CountsFrom;
use session::query::{LinkState, Status};
use session::tunnel::TargetKind;
use trouble::Trouble;

/// The nameplate of a session.
#[component]
pub fn Nameplate(
    /// Which.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let family = open.link.family();
    let lined = line::is_there(&open.link);
    let link = kind_of(&open.link);
    // The speed may have been changed since, and which of several ports it is.
    let first = open.link.clone();
    let now = Memo::new(move |_| {
        let link = engine.session(id).map_or_else(|| first.clone(), |open| open.link);
        (settings_of(&link), identity_of(&link))
    });
    let status = Memo::new(move |_| engine.statuses.with(|statuses| statuses.get(&id).cloned()));
    // A server with files says nothing unasked; nor has an endpoint that is asked anything to add while it says that nothing
    // has changed.
    let store = open.link.is_store();
    let polled = matches!(&open.link, Link::Http(Http { mode: Mode::Poll, .. }));
    let near = Memo::new(move |_| {
        status.with(|status| status.as_ref().and_then(|status| Some(status.reached.as_ref()?.local))).unwrap_or(false)
    });
    let tunnel = match &open.link {
        Link::Tunnel(tunnel) => Some(tunnel.clone()),
        _ => None,
    };
    let detail = move || {
        let settings = now.get().0;
        let secrecy = tunnel.as_ref().map(|tunnel| secrecy_of(tunnel, near.get()));
        [Some(settings), secrecy.map(str::to_owned)]
            .into_iter()
            .flatten()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let state = Memo::new(move |_| status.get().map_or(LinkState::Opening, |status| status.state.clone()));
    let since = Memo::new(move |_| {
        engine.second.track();
        status.get().map_or_else(String::new, |status| since(&status, store || polled && status.counters.unchanged > 0))
    });
    let protocol = Memo::new(move |_| status.get().map_or_else(String::new, |status| status.protocol.clone()));
    // What a file is drawn by was taken from its head: that is said.
    let file = open.link.is_file();
    let speaks = move || {
        if store {
            // The profile is that of the files.
            return words::opens_files().to_owned();
        }
        let drawn = file.then(|| engine.profile(id)).flatten().and_then(|profile| drawn_by(&profile));
        // Before the worker has said it, or again after it died, it is not known.
        let speaks =
            Some(protocol.get()).filter(|name| !name.is_empty()).map_or_else(String::new, |name| words::speaks(&name));
        drawn.map_or_else(|| speaks.clone(), |drawn| format!("{speaks} · {drawn}"))
    };
    let profile = Memo::new(move |_| status.get().map_or_else(String::new, |status| device::word(&status.profile)));
    let (released, shown_name) = (open.part::<released::Released>(), engine.name(id));
    let shown = move || {
        let (kind, word) = released.or(state_of(&state.get()));
        view! { <State kind=kind word=word/> }
    };
    // One device of a fleet leads back to it, for as long as that is open.
    let (name, own) = (open.name.clone(), open.link.clone());
    let fleet = Memo::new(move |_| {
        let of =
            |open: &Open| (open.link.to_device(&name).as_ref() == Some(&own)).then(|| (open.id, open.shown_name()));
        engine.sessions.with(|sessions| sessions.iter().find_map(of))
    });
    let back = move || {
        fleet.get().map(|(id, name)| {
            let words = crate::words::fleet::back(&name);
            view! { <a class="plate-back" href=format!("#{}", crate::route::Route::Session(id).fragment())>{words}</a> }
        })
    };
    view! {
        <section class="plate" aria-label=words::label()>
            <div class="plate-name"><h1 title=shown_name>{shown_name}</h1><p class="mono">{move || now.get().1}</p>{back}</div>
            <dl class="plate-facts">
                <div class="plate-fact"><dt class="hidden">{words::state()}</dt><dd><span role="status">{shown}</span></dd><dd>{since}</dd></div>
                <div class="plate-fact"><dt class="hidden">{words::link()}</dt><dd>{link}</dd><dd>{detail}</dd></div>
                <div class="plate-fact">
                    <dt class="hidden">{words::family()}</dt><dd><FamilyMark family=family/></dd><dd>{reach_of(&open.link)}</dd>
                </div>
                <div class="plate-fact plate-profile">
                    <dt class="hidden">{words::profile()}</dt><dd>{profile}</dd><dd>{speaks}</dd>
                </div>
            </dl>
            <div class="plate-acts"><Acts open=open.clone()/></div>
        </section>
        // Before the line, which may be unfolded and long: what is to be done next stands where it is seen.
        <Trouble open=open.clone() status/>
        {lined.then(|| view! { <Line open status/> })}
    }
}

/// By what a file of that profile is drawn, if that is not when it came.
fn drawn_by(profile: &str) -> Option<String> {
    let clock = session::Profile::parse(profile).ok()?.clock?;
    let unit = match clock.unit_nanos {
        0 | 1 => "ns",
        1_000 => "µs",
        1_000_000 => "ms",
        _ => "s",
    };
    let how = match clock.counts_from {
        CountsFrom::Rows => return Some(words::by_rows().to_owned()),
        CountsFrom::Start => words::since_start(unit),
        CountsFrom::Unix if clock.unit_nanos == 0 => words::dates().to_owned(),
        CountsFrom::Unix => words::since_1970(unit),
    };
    Some(words::by_column(&clock.field, how))
}

fn since(status: &Status, quiet: bool) -> String {
    let age = crate::browser::clock::now_nanos().saturating_sub(status.since_nanos);
    match (&status.state, status.last_byte_nanos) {
        (LinkState::Connected, _) if quiet => words::for_(format::duration(age)),
        (LinkState::Connected, None) if age > 2_000_000_000 => words::no_data(format::duration(age)),
        (LinkState::Connected, Some(last)) => {
            let silent = crate::browser::clock::now_nanos().saturating_sub(last);
            if silent > 5_000_000_000 {
                words::no_data(format::duration(silent))
            } else {
                words::for_(format::duration(age))
            }
        }
        _ => words::for_(format::duration(age)),
    }
}

/// Who can see the data, in words.
fn reach_of(link: &Link) -> String {
    let through = match link {
        Link::Tunnel(tunnel) => Some(tunnel.clone()),
        Link::Mqtt(broker) => broker.tunnel(),
        _ => None,
    };
    if let Some(tunnel) = through {
        let gateway = tunnel.gateway.as_deref().map_or("", |gateway| Address::new(gateway).host());
        return words::through(if gateway.is_empty() { words::own_gateway() } else { gateway });
    }
    let Some(address) = address_of(link) else { return words::private().to_owned() };
    let host = host_of(address);
    match link {
        Link::Http(Http { command_url: Some(command), .. }) if host_of(Address::new(command)) != host => {
            words::talks_to_and(host, host_of(Address::new(command)))
        }
        _ => words::talks_to(host),
    }
}

fn address_of(link: &Link) -> Option<Address<'_>> {
    match link {
        Link::WebSocket(WebSocket { url, .. }) | Link::Http(Http { url, .. }) | Link::Mqtt(Mqtt { url, .. }) => {
            Some(Address::new(url))
        }
        Link::Demo(_) | Link::Serial(_) | Link::Tunnel(_) => None,
    }
}

fn host_of(address: Address<'_>) -> &str {
    if address.host().is_empty() { words::own_server() } else { address.host() }
}

/// What kind of link it is.
fn kind_of(link: &Link) -> &'static str {
    match link {
        Link::Demo(_) => words::demo(),
        Link::Serial(_) => words::serial(),
        Link::Tunnel(tunnel) if tunnel.kind == TargetKind::Serial => crate::words::link::gateway_serial(),
        Link::Tunnel(tunnel) if tunnel.file.is_some() => words::ftp_file(),
        Link::Tunnel(tunnel) if tunnel.kind == TargetKind::Ftp => words::ftp_folders(),
        // Names of standards.
        Link::WebSocket(_) | Link::Http(_) | Link::Tunnel(_) | Link::Mqtt(_) => link.kind(),
    }
}

/// What the link itself knows of the device.
fn identity_of(link: &Link) -> String {
    match link {
        Link::Serial(serial) => usb_id(&serial.port),
        Link::Demo(_) => words::simulated().to_owned(),
        Link::Tunnel(tunnel) => format!("{}{}", tunnel.target, tunnel.file.as_deref().unwrap_or_default()),
        // The path tells two endpoints of one host apart; what follows it may be a secret.
        Link::WebSocket(_) | Link::Http(_) | Link::Mqtt(_) => address_of(link)
            .map_or_else(String::new, |address| format!("{}{}", address.host(), address.path().trim_end_matches('/'))),
    }
}

/// A port by its USB numbers.
#[must_use]
pub fn usb_id(port: &Port) -> String {
    let place = if port.nth > 0 { words::number(port.nth.saturating_add(1)) } else { String::new() };
    match (port.vendor, port.product) {
        (Some(vendor), Some(product)) => format!("USB {vendor:04x}:{product:04x}{place}"),
        _ => format!("{}{place}", words::serial_port()),
    }
}

fn settings_of(link: &Link) -> String {
    match link {
        Link::Serial(_) | Link::Tunnel(_) => link.line().map(line_words).unwrap_or_default(),
        Link::Demo(demo) => words::samples(format::count(u64::from(demo.rate_hz))),
        Link::WebSocket(socket) if Address::new(&socket.url).is("wss") => words::encrypted().to_owned(),
        Link::WebSocket(_) => words::not_encrypted().to_owned(),
        // What the page's own origin is, the browser shows.
        Link::Mqtt(mqtt) if mqtt.tunnel().is_some_and(|tunnel| tunnel.gateway.is_none()) => String::new(),
        Link::Mqtt(mqtt) if mqtt.is_encrypted() => words::encrypted().to_owned(),
        Link::Mqtt(_) => words::not_encrypted().to_owned(),
        // Such an answer has no end, so nothing is asked again.
        Link::Http(Http { url, mode: Mode::Events | Mode::Stream, .. }) => {
            if Address::new(url).is("https") { words::encrypted() } else { words::not_encrypted() }.to_owned()
        }
        Link::Http(http) => words::every(format::duration(i64::from(http.interval_millis) * 1_000_000)),
    }
}

/// The settings of a serial line.
fn line_words(line: session::link::Line) -> String {
    words::line(format::count(u64::from(line.baud)), line.format_and_flow())
}

/// Who on the way to a device behind a gateway could read along (S14).
fn secrecy_of(tunnel: &Tunnel, near: bool) -> &'static str {
    let clear = |gateway: &String| Address::new(gateway).is_unencrypted_elsewhere();
    match tunnel.gateway.as_ref().is_some_and(clear) {
        true => words::not_encrypted(),
        false if near => words::at_gateway(),
        // With these the gateway may speak TLS; whether it does stands in its file.
        false if matches!(tunnel.kind, TargetKind::Ftp | TargetKind::Mqtt) => words::as_its_file_says(),
        false => words::not_encrypted_beyond(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s14_who_could_read_along_is_said() {
        let tunnel = |place: &str| Tunnel::at(TargetKind::Telnet, place);
        assert_eq!(secrecy_of(&tunnel("lab"), false), "not encrypted beyond the gateway");
        assert_eq!(secrecy_of(&tunnel("lab"), true), "on the gateway's machine");
        let files = Tunnel::at(TargetKind::Ftp, "logger");
        assert_eq!(secrecy_of(&files, false), "encrypted beyond the gateway only if its file says so");
        assert_eq!(secrecy_of(&tunnel("https://gate.example/link/lab"), false), "not encrypted beyond the gateway");
        assert_eq!(secrecy_of(&tunnel("http://gate.example/link/lab"), true), "not encrypted");
        assert_eq!(secrecy_of(&tunnel("http://127.0.0.1:81/link/lab"), true), "on the gateway's machine");
    }

    #[test]
    fn a_network_link_names_its_host_and_never_its_password() {
        let link = Link::WebSocket(WebSocket::new("wss://user:secret@host.example:9001/x?token=1".into()));
        assert_eq!(reach_of(&link), "talks to host.example:9001");
        assert_eq!(identity_of(&link), "host.example:9001/x");
    }
}
