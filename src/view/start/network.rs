//! The network half of the start page.

use super::address::checked;
use super::known::{Act, KnownList, row};
use super::targets::Targets;
use super::topics::{self, Topics};
use super::{Brought, ProfileChoice, open_named};
use crate::browser::dom;
use crate::engine::{Target, addresses, use_engine};
use crate::profiles;
use crate::remembered::{self, Known};
use crate::route::Route;
use crate::ui::remark::{self, Remark, RemarkPlace};
use crate::words::start as words;
use leptos::prelude::*;
use session::address::Address;
use session::link::{Family, Http, Link, Mqtt, Subscription, Tunnel, WebSocket};
use session::tunnel::TargetKind;

/// A kind of link over a network.
struct Kind {
    /// As addresses name it.
    key: &'static str,
    /// As it is offered; empty where only a gateway's list offers it.
    word: &'static str,
    /// The schemes of its addresses; none where a gateway opens it by a name.
    schemes: Option<[&'static str; 2]>,
    /// What an address looks like.
    example: &'static str,
}

/// The kinds that can be opened.
const KINDS: [Kind; 7] = [
    Kind { key: "websocket", word: "WebSocket", schemes: Some(["ws", "wss"]), example: "wss://device.example/stream" },
    Kind { key: "http", word: "HTTP", schemes: Some(["http", "https"]), example: "https://device.example/status.json" },
    Kind { key: "mqtt", word: "MQTT", schemes: Some(["ws", "wss"]), example: "wss://broker.example:8084/mqtt" },
    Kind { key: "telnet", word: "Telnet", schemes: None, example: "boiler-room" },
    Kind { key: "tcp", word: "TCP", schemes: None, example: "boiler-room" },
    Kind { key: "ftp", word: "FTP", schemes: None, example: "logger" },
    Kind { key: "gateway-serial", word: "", schemes: None, example: "boiler-room" },
];

/// Opening an address.
#[component]
pub(super) fn Network(choices: RwSignal<Vec<profiles::Choice>>) -> impl IntoView {
    let engine = use_engine();
    let route = expect_context::<RwSignal<Route>>();
    let kind = RwSignal::new("websocket".to_owned());
    let url = RwSignal::new(String::new());
    let chosen = RwSignal::new("json".to_owned());
    let refused = RwSignal::new(None::<String>);
    let (topics, topics_refused) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    // Changes with each address that is taken out of the list.
    let forgotten = RwSignal::new(0);
    Effect::new(move |_| {
        if let Route::Prefilled { kind: given_kind, url: given_url, profile, topics: given_topics } = route.get()
            && given_kind != "serial"
        {
            kind.set(of_kind(&given_kind).key.to_owned());
            url.set(given_url);
            if !given_topics.is_empty() {
                topics.set(given_topics);
            }
            if profiles::find(&profile).is_some() {
                chosen.set(profile);
            }
        }
    });
    // A profile that names its address brings it along, unless another was typed.
    let brought = StoredValue::new(String::new());
    let topics_brought = StoredValue::new(String::new());
    Effect::new(move |first: Option<()>| {
        let profile = chosen.get();
        let typed = topics.get_untracked();
        if typed.is_empty() || typed == topics_brought.get_value() {
            let own = topics::written(&topics_of(&profile));
            topics_brought.set_value(own.clone());
            topics.set(own);
        }
        let typed = url.get_untracked();
        if first.is_none() || !(typed.is_empty() || typed == brought.get_value()) {
            return;
        }
        let place = profiles::find(&profile).and_then(|choice| place_of(&choice.text));
        let (own_kind, own_url) = place.unwrap_or_else(|| ("", String::new()));
        if !own_kind.is_empty() {
            kind.set(own_kind.to_owned());
        }
        brought.set_value(own_url.clone());
        url.set(own_url);
    });
    let from_outside = Brought::of_page();
    Effect::new(move |_| {
        if let Some(profile) = from_outside.for_link(|link| link.family() == Family::Network) {
            chosen.set(profile);
        }
    });
    let on_choose = Callback::new(move |()| from_outside.forget());
    let connect = move || {
        let (kind, profile) = (kind.get_untracked(), chosen.get_untracked());
        let Some(choice) = profiles::find(&profile) else { return };
        match opened(&kind, &url.get_untracked()) {
            Ok(address) => {
                let through = Mqtt::through(&address).is_some() && topics.with_untracked(String::is_empty);
                let asked = match kind.as_str() {
                    // The gateway's file says what there is: all of it.
                    "mqtt" if through => Ok(vec![Subscription { filter: "#".to_owned(), qos: 0 }]),
                    "mqtt" => topics::read(&topics.get_untracked(), &topics_of(&profile)),
                    _ => Ok(Vec::new()),
                };
                let asked = match asked {
                    Ok(asked) => asked,
                    Err(why) => {
                        topics_refused.set(Some(why));
                        return dom::focus(topics::ID);
                    }
                };
                from_outside.forget();
                remembered::keep_address(&kind, &address, &profile);
                if kind == "mqtt" {
                    remembered::keep_topics(&address, &topics::written(&asked));
                }
                let link = link_to(&kind, address.clone(), &choice.text, asked);
                open_named(engine, name_of(&address), choice.text.clone(), link);
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
        topics_refused.set(None);
        connect();
    };
    let reopen = move |known: Known| {
        if let Some(known) = remembered::topics(&known.url).filter(|_| known.kind == "mqtt") {
            topics.set(known);
        }
        kind.set(known.kind);
        url.set(known.url);
        if profiles::find(&known.profile).is_some() {
            chosen.set(known.profile);
        }
        connect();
    };
    let example = move || of_kind(&kind.get()).example;
    let choose = move |key: &str| {
        // A profile that nobody chose follows the kind.
        if kind.with_untracked(|kind| chosen.with_untracked(|chosen| chosen == usual(kind))) {
            chosen.set(usual(key).to_owned());
        }
        kind.set(key.to_owned());
    };
    let by_name = Memo::new(move |_| of_kind(&kind.get()).schemes.is_none());
    let of_gateway = Memo::new(move |_| {
        let kind = kind.get();
        target_kind(&kind).or((kind == "mqtt").then_some(TargetKind::Mqtt))
    });
    // The profile that is chosen is for the kind that is chosen, and for ports of the gateway's machine, which are bytes as TCP
    // is and have no choice of their own; what is of another kind has its usual one.
    let profile_of = Callback::new(move |target: Target| {
        let usual = || match target.kind {
            kind if of_gateway.get() == Some(kind) => chosen.get(),
            TargetKind::Serial if of_gateway.get() == Some(TargetKind::Tcp) => chosen.get(),
            kind => usual(key_of(kind)).to_owned(),
        };
        target
            .profile
            .filter(|own| choices.with(|all| all.iter().any(|choice| choice.id == *own)))
            .unwrap_or_else(usual)
    });
    let open_target = Callback::new(move |target: Target| {
        chosen.set(untrack(|| profile_of.run(target.clone())));
        kind.set(key_of(target.kind).to_owned());
        // A broker has an address wherever it is.
        url.set(if target.kind == TargetKind::Mqtt { format!("/link/{}", target.name) } else { target.name });
        connect();
    });
    let note = Signal::derive(move || {
        url.with(|url| Address::new(url).has_query()).then(|| Remark::Note(words::query().to_owned()))
    });
    let rows = Callback::new(move |()| {
        let line = |known: Known| {
            let (name, profile) = (known.url.clone(), known.profile.clone());
            let how = Callback::new(move |()| choices.with(|choices| profiles::name_of(choices, &profile)));
            let (key, url) = (known.kind.clone(), known.url.clone());
            let forget = move || {
                remembered::forget_address(&key, &url);
                forgotten.update(|count| *count += 1);
                request_animation_frame(|| dom::focus("address"));
            };
            let acts =
                vec![Act::new(words::open(), move || reopen(known.clone())), Act::aside(words::forget(), forget)];
            row(name, how, false, acts)
        };
        forgotten.track();
        remembered::addresses().into_iter().map(line).collect()
    });
    // The second click of a double click would open the address once more.
    let once = move |event: leptos::ev::MouseEvent| {
        if !dom::is_single(&event) {
            event.prevent_default();
        }
    };
    view! {
        <form class="world-act" on:submit=submit novalidate>
            <div>
                <div class="open">
                    <label class="hidden" for="address">{words::address()}</label>
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
                            let typed = event_target_value(&event);
                            let by_gateway = by_name.get_untracked() || kind.with_untracked(|kind| kind == "mqtt");
                            let of_gateway = by_gateway && Address::new(&typed).path().starts_with("/link/");
                            if let Some(other) = kind_of(&typed, &kind.get_untracked()).filter(|_| !of_gateway) {
                                kind.set(other.to_owned());
                            }
                            url.set(typed);
                            refused.set(None);
                        }
                    />
                    <button class="button" type="submit" on:click=once>{words::open()}</button>
                </div>
                <RemarkPlace role="alert" id="address-error" remark=remark::wrong(refused)/>
                <RemarkPlace role="status" id="address-note" remark=note/>
            </div>
            <div class="world-settings">
                <fieldset class="kinds choice" aria-label=words::kind()>
                    {KINDS
                        .into_iter()
                        .filter(|kind| !kind.word.is_empty())
                        .map(|Kind { key, word, .. }| {
                            view! {
                                <label>
                                    <input
                                        type="radio"
                                        name="kind"
                                        value=key
                                        prop:checked=move || kind.get() == key
                                        on:change=move |_| choose(key)
                                    />
                                    {word}
                                </label>
                            }
                        })
                        .collect_view()}
                </fieldset>
                <ProfileChoice id="network-profile" choices=choices chosen=chosen usual="json" on_choose/>
                {move || (kind.get() == "mqtt").then(|| view! { <Topics typed=topics refused=topics_refused/> })}
            </div>
        </form>
        <div class="world-known">
            <Targets choices profile_of kind=of_gateway open=open_target/>
            <KnownList title=words::addresses_before() none=words::no_addresses() rows/>
        </div>
    }
}

/// The row of that kind; of the first where there is none.
fn of_kind(kind: &str) -> &'static Kind {
    static ROWS: [Kind; 7] = KINDS;
    let [first, ..] = &ROWS;
    ROWS.iter().find(|row| row.key == kind).unwrap_or(first)
}

/// The profile that fits a kind where nothing more is known: whoever logs in sees text, and a logger's files are mostly CSV.
fn usual(key: &str) -> &'static str {
    match key {
        "ftp" => "csv",
        "telnet" | "tcp" | "gateway-serial" => "text",
        _ => "json",
    }
}

/// How addresses name the kind of a target.
fn key_of(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Telnet => "telnet",
        TargetKind::Serial => "gateway-serial",
        TargetKind::Mqtt => "mqtt",
        TargetKind::Tcp => "tcp",
        TargetKind::Ftp => "ftp",
    }
}

/// What is spoken with a target that is named by this kind.
fn target_kind(key: &str) -> Option<TargetKind> {
    [TargetKind::Telnet, TargetKind::Tcp, TargetKind::Serial, TargetKind::Ftp]
        .into_iter()
        .find(|kind| key_of(*kind) == key)
}

/// The kind that a typed address says by its scheme: the one that is chosen, if it can have that scheme.
fn kind_of(typed: &str, chosen: &str) -> Option<&'static str> {
    let address = Address::new(typed);
    let can = |kind: &&Kind| kind.schemes.iter().flatten().any(|scheme| address.is(scheme));
    let mut kinds = KINDS.iter().filter(can).map(|kind| kind.key);
    kinds.clone().find(|kind| *kind == chosen).or_else(|| kinds.next())
}

/// The address as it is opened, or why it is not.
fn opened(kind: &str, typed: &str) -> Result<String, String> {
    if let Some(kind) = target_kind(kind) {
        let tunnel = Tunnel::at(kind, typed.trim());
        let place = tunnel.place();
        let refused = |why: &session::Said| words::bad_target(crate::words::say(why));
        // Whoever types an address does not know that a gateway has names.
        let named = if typed.contains("://") { "" } else { words::name_in_file() };
        return Link::Tunnel(tunnel).check().map(|()| place).map_err(|why| refused(&why) + named);
    }
    if kind == "mqtt" && Address::new(typed).has_user() {
        return Err(words::user_of_broker().to_owned());
    }
    if let Some(tunnel) = Mqtt::through(typed.trim()).filter(|_| kind == "mqtt") {
        let refused = |why: &session::Said| words::bad_target(crate::words::say(why));
        return Link::Tunnel(tunnel).check().map(|()| typed.trim().to_owned()).map_err(|why| refused(&why));
    }
    let schemes = of_kind(kind).schemes.unwrap_or_default();
    let address = checked(typed, schemes, addresses::normal)?;
    addresses::mixed_content(Address::new(&address)).map_or(Ok(address), Err)
}

/// Where commands go: to the host that was typed, if the profile sends them to the host it reads from.
fn command_at(command: &str, own: &str, typed: &str) -> String {
    let (command, own, typed) = (Address::new(command), Address::new(own), Address::new(typed));
    if command.host() == own.host() { command.at_origin_of(typed) } else { command.whole().to_owned() }
}

/// The kind and the address that a profile names itself, if it is one that somebody can have (RFC 2606, section 2).
fn place_of(profile: &str) -> Option<(&'static str, String)> {
    let (kind, url) = match session::Profile::parse(profile).ok()?.link {
        Link::WebSocket(socket) => ("websocket", socket.url),
        Link::Http(http) => ("http", http.url),
        Link::Tunnel(tunnel) => return Some((key_of(tunnel.kind), tunnel.place())),
        Link::Mqtt(mqtt) if mqtt.tunnel().is_some() => return Some(("mqtt", mqtt.url)),
        Link::Mqtt(mqtt) => ("mqtt", mqtt.url),
        _ => return None,
    };
    let name = Address::new(&url).host().split(':').next().unwrap_or_default().to_ascii_lowercase();
    let nobodys = name.is_empty() || name == "example" || name.ends_with(".example") || name.starts_with("example.");
    (!nobodys).then_some((kind, url))
}

/// The topics that a profile asks for.
fn topics_of(profile: &str) -> Vec<Subscription> {
    let known = profiles::find(profile).and_then(|choice| session::Profile::parse(&choice.text).ok());
    match known.map(|profile| profile.link) {
        Some(Link::Mqtt(mqtt)) => mqtt.topics,
        _ => Vec::new(),
    }
}

/// The name of a session: where it leads.
fn name_of(address: &str) -> String {
    let address = Address::new(address);
    if let Some(target) = address.path().strip_prefix("/link/") {
        return target.to_owned();
    }
    format!("{}{}", address.host(), address.path().trim_end_matches('/'))
}

/// The link to an address, with what else the profile says of such links.
fn link_to(kind: &str, url: String, profile: &str, topics: Vec<Subscription>) -> Link {
    let given = session::Profile::parse(profile).ok().map(|profile| profile.link);
    if let Some(kind) = target_kind(kind) {
        let line = match given {
            Some(Link::Tunnel(tunnel)) if tunnel.kind == kind => tunnel.line,
            _ => None,
        };
        return Link::Tunnel(Tunnel { line, ..Tunnel::at(kind, &url) });
    }
    match (kind, given) {
        ("http", Some(Link::Http(http))) => {
            let command_url = http.command_url.as_deref().map(|command| command_at(command, &http.url, &url));
            Link::Http(Http { url, command_url, ..http })
        }
        ("mqtt", Some(Link::Mqtt(mqtt))) => Link::Mqtt(Mqtt { url, topics, ..mqtt }),
        ("mqtt", _) => Link::Mqtt(Mqtt::new(url, topics)),
        ("http", _) => Link::Http(Http::new(url)),
        (_, Some(Link::WebSocket(socket))) => Link::WebSocket(WebSocket { url, ..socket }),
        _ => Link::WebSocket(WebSocket::new(url)),
    }
}

#[cfg(test)]
mod tests {
    use super::{command_at, kind_of, link_to, name_of, opened, place_of};

    #[test]
    fn the_kind_follows_a_typed_scheme() {
        assert_eq!(kind_of("https://host/x", "mqtt"), Some("http"));
        assert_eq!(kind_of("WSS://host", "http"), Some("websocket"));
        assert_eq!(kind_of("WSS://host", "mqtt"), Some("mqtt"));
        assert_eq!(kind_of("host.example", "http"), None);
        assert_eq!(kind_of("ftp://host", "http"), None);
        assert_eq!(kind_of("boiler-room", "mqtt"), None);
    }

    #[test]
    fn commands_go_where_the_typed_address_leads() {
        let own = "http://monitor_1.local/measures";
        assert_eq!(
            command_at("http://monitor_1.local/config", own, "http://10.0.0.7/measures"),
            "http://10.0.0.7/config"
        );
        assert_eq!(command_at("http://gate.local/config", own, "http://10.0.0.7/x"), "http://gate.local/config");
    }

    #[test]
    fn a_profile_brings_an_address_that_somebody_can_have() {
        let profile = |url: &str| {
            format!("name = \"x\"\n[link]\nkind = \"websocket\"\nurl = \"{url}\"\n[protocol]\nname = \"json\"\n")
        };
        assert_eq!(place_of(&profile("ws://10.0.0.7/x")), Some(("websocket", "ws://10.0.0.7/x".to_owned())));
        assert_eq!(place_of(&profile("ws://gauge.example:81/")), None);
        assert_eq!(place_of("name = "), None);
        let through = "name = \"x\"\n[link]\nkind = \"mqtt\"\nurl = \"/link/plant\"\ntopics = [\"#\"]\n[protocol]\nname = \"json\"\n";
        assert_eq!(place_of(through), Some(("mqtt", "/link/plant".to_owned())));
    }

    #[test]
    fn a_target_is_named_as_the_gateway_names_it() {
        assert_eq!(opened("telnet", " lab-3 "), Ok("lab-3".to_owned()));
        assert_eq!(opened("tcp", "https://gate.example/link/lab"), Ok("https://gate.example/link/lab".to_owned()));
        assert!(opened("tcp", "10.0.0.7:23").is_err_and(|why| why.contains("as the gateway's file names it")));
        assert!(
            opened("telnet", "192.168.1.1:23")
                .is_err_and(|why| why.contains("Write that address into the gateway's file"))
        );
        let broker = |typed| opened("mqtt", typed).unwrap_err();
        assert!(
            broker("mqtt://host:1883").contains("only by WebSocket") && broker("mqtts://host").contains("/link/NAME")
        );
        let asked = broker("ws://user:secret@host/");
        assert!(asked.contains("asks for both") && !asked.contains("secret"), "{asked}");
        assert_eq!(name_of("https://gate.example/link/lab"), "lab");
        let profile =
            "name = \"x\"\n[link]\nkind = \"telnet\"\ntarget = \"lab\"\nbaud = 9600\n[protocol]\nname = \"text\"\n";
        assert_eq!(place_of(profile), Some(("telnet", "lab".to_owned())));
        assert_eq!(
            link_to("telnet", "lab-3".into(), profile, Vec::new()).baud(),
            Some(9600),
            "the line is the profile's"
        );
        assert_eq!(link_to("tcp", "lab-3".into(), profile, Vec::new()).baud(), None);
    }

    #[test]
    fn sessions_of_one_host_have_names_of_their_own() {
        let names = ["ws://a:81/", "ws://a:81/left", "ws://a:81/right/?token=secret"].map(name_of);
        assert_eq!(names, ["a:81", "a:81/left", "a:81/right"]);
    }
}
