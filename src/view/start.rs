//! The start page: one click to a wired device, one address to a network, one button to the demo.

mod address;
mod brought;
mod fragment;
mod known;
mod network;
mod own;
mod simulated;
mod targets;
mod topics;
mod wired;

use crate::browser::dom;
use crate::engine::{Engine, Open, distinct};
use crate::profiles;
use crate::route::Route;
use crate::ui::icon::Shape;
use crate::ui::notice::{Notice, Weight};
use crate::words::{bar, doctor, start as words};
pub use brought::Brought;
use leptos::prelude::*;
use network::Network;
use own::Own;
use session::link::Link;
use simulated::Simulated;
use wired::Wired;
pub(crate) use wired::speed;

/// The start page.
#[component]
pub fn Start() -> impl IntoView {
    let engine = crate::engine::use_engine();
    let route = expect_context::<RwSignal<Route>>();
    let choices = RwSignal::new(profiles::all());
    let try_demo = move |event| {
        if dom::is_single(&event) {
            open_demo(engine, dom::set_fragment);
        }
    };
    let remark = move || {
        let words = fragment::remark(&route.get(), |profile| profiles::find(profile).is_some());
        words.map(|words| view! { <Notice weight=Weight::Note words/> })
    };
    view! {
        <main class="start" id="main" tabindex="-1">
            <div class="start-remark">{remark}</div>
            <div class="start-head">
                <h1>{words::title()}</h1>
                <p>
                    {words::lead()}
                </p>
            </div>
            <div class="worlds">
                <section class="world world-point" aria-labelledby="point-title">
                    <div class="world-head">
                        <h2 id="point-title"><span class="family family-point"><Shape name="point"/>{bar::point_to_point()}</span></h2>
                        <p>{words::point_lead()}</p>
                    </div>
                    <div class="path path-point" role="img" aria-label=words::point_path()>
                        <span class="path-node">{words::device()}</span><span class="path-wire"></span><Shape name="ferrule"/>
                        <span class="path-wire"></span><span class="path-node path-here">{words::this_tab()}</span><span class="path-stop"></span>
                    </div>
                    <Wired choices/>
                </section>
                <section class="world world-network" aria-labelledby="network-title">
                    <div class="world-head">
                        <h2 id="network-title"><span class="family family-network"><Shape name="network"/>{bar::network()}</span></h2>
                        <p>{words::network_lead()}</p>
                    </div>
                    <div
                        class="path path-network"
                        role="img"
                        aria-label=words::network_path()
                    >
                        <span class="path-node path-here">{words::this_tab()}</span><span class="path-wire path-air"></span>
                        <span class="path-node">{words::server()}</span>
                        <svg class="path-fan" aria-hidden="true"><use href="#fan"></use></svg>
                        <span class="path-many"><span>{words::devices()}</span><span>{words::people()}</span><span>{words::software()}</span></span>
                    </div>
                    <Network choices/>
                </section>
            </div>
            <section class="without" aria-label=words::without()>
                <div>
                    <div>
                        <h2>{words::nothing()}</h2>
                        <p>{words::demo_lead()}</p>
                    </div>
                    <button class="button" type="button" on:click=try_demo>{words::demo()}</button>
                    <Simulated/>
                </div>
                <Own choices/>
            </section>
            <footer class="foot">
                <span>{if engine.without_serial().is_none() { words::can_serial() } else { words::cannot_serial() }}</span>
                <a href="#/doctor">{doctor::name()}</a>
                <span>{words::version(env!("CARGO_PKG_VERSION"), build(crate::BUILD))}</span>
            </footer>
        </main>
    }
}

/// A build as it is shown: enough of its hash to tell it from others.
fn build(id: &str) -> &str {
    let hash = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    id.get(..8).filter(|_| hash).unwrap_or(id)
}

/// Opens the built-in simulated device and shows it; `go` leads to an address.
pub fn open_demo(engine: Engine, go: fn(&str)) {
    let Some(choice) = profiles::find("demo") else { return };
    let Ok(profile) = session::Profile::parse(&choice.text) else { return };
    let id = engine.open(profile.name.clone(), choice.text, profile.link);
    go(&Route::Session(id).fragment());
}

/// Opens a session and shows it.
fn open(engine: Engine, name: String, profile: String, link: Link) {
    // Of many devices the address is the broker's; what they are the profile says.
    let fleet = link.is_fleet().then(|| session::profile::title(&profile)).flatten();
    let name = fleet.unwrap_or(name);
    let id = engine.open(name, profile, link);
    dom::set_fragment(&Route::Session(id).fragment());
}

/// Opens a session under a name that no other open one has.
pub(super) fn open_named(engine: Engine, name: String, profile: String, link: Link) {
    let taken = engine.sessions.with_untracked(|open| open.iter().map(Open::called).collect::<Vec<_>>());
    open(engine, distinct(name, &taken), profile, link);
}

#[cfg(test)]
mod tests {
    use super::build;

    #[test]
    fn a_build_is_shown_by_the_beginning_of_its_hash() {
        assert_eq!(build("3fa9c1d24e5b6a70"), "3fa9c1d2");
        assert_eq!(build("0.1.0-dev"), "0.1.0-dev");
    }
}

/// A choice among the profiles.
#[component]
pub(super) fn ProfileChoice(
    /// The select's id.
    id: &'static str,
    /// What can be chosen.
    choices: RwSignal<Vec<profiles::Choice>>,
    /// The chosen profile's id.
    chosen: RwSignal<String>,
    /// The one to choose where that is not there any more.
    usual: &'static str,
    /// What it is a choice of.
    #[prop(default = words::profile())]
    word: &'static str,
    /// Whether only those are offered that may be for a device on a wire.
    #[prop(optional)]
    wired: bool,
    /// Called when the user chooses.
    #[prop(optional)]
    on_choose: Option<Callback<()>>,
) -> impl IntoView {
    let choose = move |event| {
        chosen.set(event_target_value(&event));
        if let Some(on_choose) = on_choose {
            on_choose.run(());
        }
    };
    let option = move |choice: profiles::Choice| {
        let name = if choice.own { words::yours(&choice.shown_name()) } else { choice.shown_name() };
        let (id, value) = (choice.id.clone(), choice.id);
        view! { <option value=value prop:selected=move || chosen.get() == id>{name}</option> }
    };
    let options = move || {
        let mut offered = choices.get();
        offered.retain(|choice| !wired || choice.may_be_wired());
        if offered.iter().all(|choice| choice.id != chosen.get_untracked()) {
            chosen.set(usual.to_owned());
        }
        offered.into_iter().filter(|choice| choice.id != "demo").map(option).collect_view()
    };
    view! {
        <div class="field">
            <label class="field-label" for=id>{word}</label>
            <select
                class="field-select"
                id=id
                on:change=choose
            >
                {options}
            </select>
        </div>
    }
}
