//! Every profile that ships or is kept here, to find the one for a device.

pub mod preview;

use crate::browser::dom;
use crate::profiles::{self, Choice};
use crate::route::Route;
use crate::ui::icon::Shape;
use crate::words::device;
use crate::words::gallery as words;
use leptos::prelude::*;
use session::Profile;
use session::link::{Family, Link};
use session::tunnel::TargetKind;

/// One line of the list.
#[derive(Clone, PartialEq)]
struct Line {
    choice: Choice,
    about: String,
    tags: Vec<String>,
    kind: &'static str,
    /// Where the user looks for words.
    text: String,
}

impl Line {
    fn of(choice: Choice) -> Option<Line> {
        let Profile { about, tags, link, .. } = Profile::parse(&choice.text).ok()?;
        let said = device::words_of(&choice.text);
        // Found by what it is called in either language.
        let own = format!("{about} {}", tags.join(" "));
        let (about, tags) = (said.say(&about), tags.iter().map(|tag| said.say(tag)).collect::<Vec<_>>());
        let text = format!("{} {about} {} {} {own}", choice.shown_name(), choice.name, tags.join(" ")).to_lowercase();
        Some(Line { choice, about, tags, kind: kind_of(&link), text })
    }
}

/// The kinds of link, as addresses name them.
const KINDS: [&str; 9] = ["serial", "websocket", "http", "mqtt", "demo", "tcp", "telnet", "gateway-serial", "ftp"];

fn kind_of(link: &Link) -> &'static str {
    let [serial, websocket, http, mqtt, demo, tcp, telnet, gateway_serial, ftp] = KINDS;
    match link {
        Link::Serial(_) => serial,
        Link::WebSocket(_) => websocket,
        Link::Http(_) => http,
        Link::Mqtt(_) => mqtt,
        Link::Demo(_) => demo,
        Link::Tunnel(tunnel) => match tunnel.kind {
            TargetKind::Telnet => telnet,
            TargetKind::Serial => gateway_serial,
            TargetKind::Mqtt => mqtt,
            TargetKind::Tcp => tcp,
            TargetKind::Ftp => ftp,
        },
    }
}

fn kind_word(kind: &str) -> &'static str {
    match kind {
        "serial" => words::serial(),
        "websocket" => "WebSocket",
        "http" => "HTTP",
        "mqtt" => "MQTT",
        "demo" => words::simulated(),
        "tcp" => "TCP",
        "telnet" => "Telnet",
        "ftp" => "FTP",
        "gateway-serial" => crate::words::link::gateway_serial(),
        _ => words::any_kind(),
    }
}

/// What is looked for in the gallery, and the profile that was looked at from there: who goes back finds both as they were.
#[derive(Clone, Copy)]
pub struct Place {
    find: RwSignal<String>,
    kind: RwSignal<&'static str>,
    tag: RwSignal<String>,
    looked_at: StoredValue<Option<String>>,
}

impl Place {
    /// For as long as the page lives.
    pub fn provide() {
        let looked_at = StoredValue::new(None);
        provide_context(Place {
            find: RwSignal::default(),
            kind: RwSignal::new(""),
            tag: RwSignal::default(),
            looked_at,
        });
    }

    /// Goes back to the profile that was looked at, or begins anew.
    fn settle(self) {
        match self.looked_at.try_update_value(Option::take).flatten() {
            Some(id) => request_animation_frame(move || dom::focus(&item_id(&id))),
            None => {
                self.find.set(String::new());
                self.kind.set("");
                self.tag.set(String::new());
            }
        }
    }
}

/// The id of a line's element.
fn item_id(profile: &str) -> String {
    format!("gallery-{profile}")
}

/// The gallery.
#[component]
pub fn Gallery() -> impl IntoView {
    let place = expect_context::<Place>();
    place.settle();
    let Place { find, kind, tag, .. } = place;
    let lines: Vec<Line> = profiles::all().into_iter().filter_map(Line::of).collect();
    let mut tags: Vec<String> = lines.iter().flat_map(|line| line.tags.clone()).collect();
    tags.sort();
    tags.dedup();
    let all = lines.len();
    let shown = Memo::new(move |_| {
        let (find, kind, tag) = (find.get().to_lowercase(), kind.get(), tag.get());
        let words: Vec<&str> = find.split_whitespace().collect();
        let fits = |line: &&Line| {
            words.iter().all(|word| line.text.contains(word))
                && (kind.is_empty() || line.kind == kind)
                && (tag.is_empty() || line.tags.contains(&tag))
        };
        lines.iter().filter(fits).cloned().collect::<Vec<Line>>()
    });
    let radio = move |one: &'static str| {
        view! {
            <label>
                <input type="radio" name="gallery-kind" prop:checked=move || kind.get() == one on:change=move |_| kind.set(one)/>
                {kind_word(one)}
            </label>
        }
    };
    let option = |tag: String| view! { <option value=tag.clone()>{tag.clone()}</option> };
    let none = move || shown.with(Vec::is_empty).then(|| view! { <p class="gallery-none">{words::none()}</p> });
    view! {
        <main class="gallery" id="main" tabindex="-1">
            <div class="start-head"><h1>{words::title()}</h1><p>{words::about()}</p></div>
            <div class="gallery-tools" role="search">
                <div class="field">
                    <label class="field-label" for="gallery-find">{words::find()}</label>
                    <input class="field-box" id="gallery-find" type="search" autocomplete="off" spellcheck="false"
                        prop:value=find
                        on:input=move |event| find.set(event_target_value(&event))/>
                </div>
                <fieldset class="gallery-kinds">
                    <legend class="field-label">{words::kind()}</legend>
                    <div class="choice">{radio("")}{KINDS.map(radio).collect_view()}</div>
                </fieldset>
                <div class="field">
                    <label class="field-label" for="gallery-tag">{words::purpose()}</label>
                    <select class="field-select" id="gallery-tag" prop:value=tag on:change=move |event| tag.set(event_target_value(&event))>
                        <option value="">{words::any_purpose()}</option>
                        {tags.into_iter().map(option).collect_view()}
                    </select>
                </div>
            </div>
            <p class="gallery-count" role="status">{move || words::count(shown.with(Vec::len), all)}</p>
            {none}
            <ul class="gallery-list" aria-label=words::list()>
                <For each=move || shown.get() key=|line| line.choice.id.clone() children=move |line| item(line, place)/>
            </ul>
        </main>
    }
}

fn item(line: Line, place: Place) -> AnyView {
    let (name, id) = (line.choice.shown_name(), line.choice.id.clone());
    let element = item_id(&id);
    let href = format!("#{}", Route::Profile(line.choice.id).fragment());
    let yours = line.choice.own.then(|| view! { <i>{words::yours()}</i> });
    view! {
        <li>
            <p class="gallery-name"><a href=href id=element on:click=move |_| place.looked_at.set_value(Some(id.clone()))>{name}</a>{yours}</p>
            <p class="gallery-about">{line.about}</p>
            <p class="gallery-tags">{line.tags.join(", ")}</p>
            {glyph(line.kind)}
        </li>
    }
    .into_any()
}

/// How a device is reached: two ends, or one end and many; and the word.
fn glyph(kind: &'static str) -> AnyView {
    let (shape, class) = match kind {
        "serial" | "demo" => ("point", "family family-point"),
        _ => ("network", "family family-network"),
    };
    view! { <span class=class><Shape name=shape/>{kind_word(kind)}</span> }.into_any()
}

/// The same, of a link.
fn glyph_of(link: &Link) -> AnyView {
    debug_assert_eq!(link.family() == Family::Network, !matches!(kind_of(link), "serial" | "demo"));
    glyph(kind_of(link))
}
