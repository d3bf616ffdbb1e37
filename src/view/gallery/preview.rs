//! What a profile says and would do, before it is used. What an address carries is shown like this and no further: it is
//! opened, kept and sent from only by the user's hand (S36).

use super::{glyph_of, kind_of};
use crate::browser::{dom, file};
use crate::engine::use_engine;
use crate::profiles::{self, Added, Choice};
use crate::route::Route;
use crate::ui::notice::{Notice, Weight};
use crate::ui::remark::{Remark, RemarkPlace};
use crate::ui::whole::whole;
use crate::view::format;
use crate::view::start::Brought;
use crate::words::device;
use crate::words::{preview as words, say};
use leptos::prelude::*;
use session::Profile;
use session::address::Address;
use session::link::{Link, Serial};
use session::profile::share::{self, ShareError};
use session::profile::{Body, Command, Macro};
use session::screen::visible;

/// Messages, and fields of a message, that are named; the rest is counted.
const NAMED: (usize, usize) = (16, 24);

/// A profile from the gallery or from an address.
#[component]
pub fn Preview(
    /// The address.
    route: Route,
) -> impl IntoView {
    match found(&route) {
        Ok((choice, profile)) => whole(view! { <Known choice profile shared=matches!(route, Route::Shared(_))/> }),
        Err(why) => whole(view! {
            <main class="gallery" id="main" tabindex="-1">
                <div class="start-head"><h1>{words::nothing()}</h1></div>
                <Notice weight=Weight::Note words=why/>
                <p><a href=format!("#{}", Route::Gallery.fragment())>{words::all()}</a></p>
            </main>
        }),
    }
}

/// The profile that an address names or carries, or why there is none, in words.
fn found(route: &Route) -> Result<(Choice, Profile), String> {
    let choice = match route {
        Route::Shared(packed) => {
            let text = share::unpack(packed).map_err(|why| match why {
                ShareError::TooLong => words::too_long().to_owned(),
                ShareError::Broken => words::broken().to_owned(),
            })?;
            Choice { id: String::new(), name: String::new(), text, own: false }
        }
        Route::Profile(id) => profiles::find(id).ok_or_else(|| words::unknown().to_owned())?,
        _ => return Err(words::unknown().to_owned()),
    };
    let profile = Profile::parse(&choice.text);
    let profile = profile.map_err(|error| words::mistaken(&profiles::mistake(error.line, say(&error.reason))))?;
    Ok((choice, profile))
}

#[component]
fn Known(choice: Choice, profile: Profile, shared: bool) -> impl IntoView {
    let engine = use_engine();
    let said = RwSignal::new(None::<Remark>);
    let brought = Brought::of_page();
    let said_words = device::words_of(&choice.text);
    let (name, text, link) = (profile.name.clone(), choice.text.clone(), profile.link.clone());
    let take = {
        let (name, text, id) = (name.clone(), text.clone(), choice.id.clone());
        move |_| {
            if let Link::Demo(_) = link {
                // It reaches nothing and nobody.
                let opened = engine.open(name.clone(), text.clone(), link.clone());
                dom::set_fragment(&Route::Session(opened).fragment());
                return;
            }
            let profile = if id.is_empty() { profiles::lend(&name, &text) } else { id.clone() };
            let url = crate::remembered::address_of(&link);
            // Topics come with the profile.
            let (kind, topics) = (kind_of(&link).to_owned(), String::new());
            dom::set_fragment(&Route::Prefilled { kind, url, profile, topics }.fragment());
        }
    };
    let keep = {
        let (name, text) = (name.clone(), text.clone());
        move |_| {
            let kept = profiles::add(&text);
            if let Ok((id, _)) = &kept {
                brought.put(id.clone());
            }
            said.set(Some(match kept {
                Ok((_, Added::New(_))) => Remark::Note(words::kept(&name)),
                Ok((_, Added::Beside(called))) => Remark::Note(words::kept_beside(&name, &called)),
                Ok((_, Added::There(called))) => Remark::Note(words::there(&called)),
                Err(why) => Remark::Wrong(why),
            }));
        }
    };
    let export = {
        let text = text.clone();
        move |_| file::save_text(&profiles::file_name(&text), "application/toml", &profiles::exported(&text))
    };
    let asked = profile.identity.as_ref().and_then(session::profile::Identity::sends);
    let from = shared.then(|| view! { <Notice weight=Weight::Note words=words::from_address().to_owned()/> });
    view! {
        <main class="gallery preview" id="main" tabindex="-1">
            <div class="start-head">
                <h1>{said_words.say(&name)}</h1>
                <p>{said_words.say(&profile.about)}</p>
            </div>
            {from}
            <dl class="preview-facts">
                {fact(words::link(), whole(view! { {glyph_of(&profile.link)}<span>{link_words(&profile.link)}</span> }))}
                {fact(words::protocol(), protocol_words(&profile).into_any())}
                {fact(words::messages(), messages(&profile))}
                {(!profile.derived.is_empty()).then(|| fact(words::derived(), derived(&profile).into_any()))}
                {asked.map(|probe| fact(words::asked(), whole(view! { <code>{probe}</code> })))}
                {fact(words::commands(), commands(&profile))}
                {fact(words::memory(), words::mebibytes(profile.budget_mib).into_any())}
            </dl>
            <div class="preview-acts">
                <button class="button button-next" type="button" on:click=take>{words::take()}</button>
                {(!choice.own).then(|| view! { <button class="button" type="button" on:click=keep>{words::keep()}</button> })}
                <button class="button button-plain" type="button" on:click=export>{words::export()}</button>
                <a class="button button-plain" href=format!("#{}", Route::Gallery.fragment())>{words::all()}</a>
                <p>{words::nothing_happens()}</p>
            </div>
            <RemarkPlace role="status" remark=said.into()/>
            <details class="preview-text">
                <summary>{words::text()}</summary>
                <pre tabindex="0" role="region" aria-label=words::text()>{text}</pre>
            </details>
        </main>
    }
}

fn fact(name: &'static str, is: AnyView) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{is}</dd></div> }.into_any()
}

/// How the device is reached, in words. An address is shown without what may be secret in it.
fn link_words(link: &Link) -> String {
    let host = |url: &str| Address::new(url).to_string();
    match link {
        Link::Serial(serial) => serial_words(serial),
        Link::WebSocket(socket) => words::to_host(&host(&socket.url)),
        Link::Http(http) => {
            let seconds = f64::from(http.interval_millis) / 1000.0;
            let commands = http.command_url.as_deref().map(|url| words::commands_to(&host(url))).unwrap_or_default();
            words::to_host(&host(&http.url)) + &words::every(seconds) + &commands
        }
        Link::Mqtt(mqtt) => {
            let topics: Vec<&str> = mqtt.topics.iter().map(|topic| topic.filter.as_str()).collect();
            words::to_host(&host(&mqtt.url)) + &words::topics(&topics.join(", "))
        }
        Link::Demo(_) => words::demo().to_owned(),
        Link::Tunnel(tunnel) => words::to_target(&tunnel.place()),
    }
}

fn serial_words(serial: &Serial) -> String {
    let mut said = words::serial(&format::count(u64::from(serial.line.baud)), &serial.line.format());
    if serial.line.hardware_flow {
        said += words::flow();
    }
    for (name, signal) in [("DTR", serial.dtr), ("RTS", serial.rts)] {
        if let Some(on) = signal {
            said += &words::signal(name, if on { words::on() } else { words::off() });
        }
    }
    said
}

fn protocol_words(profile: &Profile) -> String {
    let usual = codec::Protocol::find(&profile.protocol).map_or("", |protocol| protocol.framing);
    let framing = profile.settings.text("framing").ok().flatten().unwrap_or(usual);
    format!("{} · {framing}", profile.protocol)
}

/// The messages that the protocol declares, each with its fields.
fn messages(profile: &Profile) -> AnyView {
    let declared = codec::Protocol::find(&profile.protocol).and_then(|known| known.declare(&profile.settings).ok());
    let mut messages: Vec<(String, Vec<String>)> = Vec::new();
    for (message, field, _) in declared.into_iter().flat_map(|declared| declared.fields) {
        match messages.last_mut().filter(|(name, _)| *name == message) {
            Some((_, fields)) => fields.push(field),
            None => messages.push((message, vec![field])),
        }
    }
    if messages.is_empty() {
        return words::found().into_any();
    }
    let said = device::words_of(profile.to_toml());
    let line = |(message, fields): (String, Vec<String>)| {
        let fields: Vec<String> = fields.iter().map(|field| said.say(field)).collect();
        view! { <li><b>{said.say(&message)}</b>" "{some(&fields, NAMED.1)}</li> }
    };
    let rest = messages.len().saturating_sub(NAMED.0);
    let more = (rest > 0).then(|| view! { <li>{format!("+ {rest}")}</li> });
    view! { <ul>{messages.into_iter().take(NAMED.0).map(line).collect_view()}{more}</ul> }.into_any()
}

/// The first of some names, and how many more there are.
fn some(names: &[String], most: usize) -> String {
    let first = names.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    let rest = names.len().saturating_sub(most);
    if rest == 0 { first } else { format!("{first}, + {rest}") }
}

fn derived(profile: &Profile) -> String {
    let said = device::words_of(profile.to_toml());
    let name = |(message, name): (&str, &str)| format!("{}.{}", said.say(message), said.say(name));
    let names: Vec<String> = profile.derived.iter().map(|derived| name((&derived.message, &derived.name))).collect();
    some(&names, NAMED.1)
}

/// What could be sent, as it would be.
fn commands(profile: &Profile) -> AnyView {
    if profile.commands.is_empty() && profile.macros.is_empty() {
        return words::no_commands().into_any();
    }
    let said = device::words_of(profile.to_toml());
    let line = |command: &Command| {
        let sends = match &command.body {
            // Doubled braces are braces themselves.
            Body::Text(text) => visible(&text.replace("{{", "{").replace("}}", "}")),
            Body::Message(message) => words::message(message),
            Body::Hex(bytes) => bytes.clone(),
        };
        let danger = command.dangerous.then(|| format!(" · {}", words::dangerous()));
        view! { <li><b>{said.say(&command.name)}</b>" "<code>{sends}</code>{danger}</li> }
    };
    let steps = |known: &Macro| {
        let steps = known.steps.trim_end().lines().map(visible).collect::<Vec<_>>().join(" · ");
        view! { <li><b>{said.say(&known.name)}</b>" "<code>{steps}</code></li> }
    };
    view! {
        <ul>
            {profile.commands.iter().map(line).collect_view()}
            {profile.macros.iter().map(steps).collect_view()}
        </ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s36_what_an_address_carries_is_shown_or_refused_in_words() {
        let shared = |packed: &str| found(&Route::Shared(packed.to_owned())).map(|(_, profile)| profile.name);
        let text = "name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"text\"\n";
        let pack = |text: &str| share::pack(text).unwrap_or_default();
        assert_eq!(shared(&pack(text)), Ok("x".to_owned()));
        let wrong = shared(&pack(&text.replace("\"serial\"", "\"pigeon\"")));
        assert!(wrong.as_ref().is_err_and(|why| why.contains("cannot be used. Line 3:")), "{wrong:?}");
        assert!(shared("AAAA").is_err_and(|why| why.contains("cut off or changed")));
        assert!(shared(&"A".repeat(1 << 18)).is_err_and(|why| why.contains("64 KiB")));
    }

    #[test]
    fn s35_a_link_is_told_without_secrets() {
        let text = "name = \"x\"\n[link]\nkind = \"http\"\nurl = \"https://u:hush@host/a?token=hush\"\n\
                    command_url = \"http://other/?key=hush\"\n[protocol]\nname = \"json\"\n";
        let said = Profile::parse(text).map(|profile| link_words(&profile.link)).unwrap_or_default();
        assert!(said.contains("host/a") && said.contains("other") && !said.contains("hush"), "{said}");
    }
}
