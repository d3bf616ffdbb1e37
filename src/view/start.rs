//! The start page: one click to a wired device, one address to a network, one button to the demo.

mod address;
mod fragment;
mod known;
mod network;
mod own;
mod wired;

use crate::browser::dom;
use crate::engine::Engine;
use crate::profiles;
use crate::route::Route;
use crate::ui::icon::Shape;
use crate::ui::notice::{Notice, Weight};
use leptos::prelude::*;
use network::Network;
use own::Own;
use session::link::Link;
use wired::Wired;

/// The start page.
#[component]
pub fn Start() -> impl IntoView {
    let engine = crate::engine::use_engine();
    let route = expect_context::<RwSignal<Route>>();
    let choices = RwSignal::new(profiles::all());
    let remark = move || {
        let words = fragment::remark(&route.get(), |profile| profiles::find(profile).is_some());
        words.map(|words| view! { <Notice weight=Weight::Note words/> })
    };
    view! {
        <main class="start" id="main" tabindex="-1">
            <div class="start-remark">{remark}</div>
            <div class="start-head">
                <h1>"Open a device"</h1>
                <p>
                    "Plug it in, press the button, and its first bytes are on the screen, decoded. \
                    No account, and nothing is fetched from another origin."
                </p>
            </div>
            <div class="worlds">
                <section class="world world-point" aria-labelledby="point-title">
                    <div class="world-head">
                        <h2 id="point-title"><span class="family family-point"><Shape name="point"/>"Point to point"</span></h2>
                        <p>"One wired device. Needs no internet."</p>
                    </div>
                    <div class="path path-point" role="img" aria-label="The device is wired to this tab. The path ends here.">
                        <span class="path-node">"Device"</span><span class="path-wire"></span><Shape name="ferrule"/>
                        <span class="path-wire"></span><span class="path-node path-here">"This tab"</span><span class="path-stop"></span>
                    </div>
                    <Wired choices/>
                </section>
                <section class="world world-network" aria-labelledby="network-title">
                    <div class="world-head">
                        <h2 id="network-title"><span class="family family-network"><Shape name="network"/>"Network"</span></h2>
                        <p>"A device behind an address, reached through its host."</p>
                    </div>
                    <div
                        class="path path-network"
                        role="img"
                        aria-label="This tab reaches a server, which may serve other devices, people and applications."
                    >
                        <span class="path-node path-here">"This tab"</span><span class="path-wire path-air"></span>
                        <span class="path-node">"Server"</span>
                        <svg class="path-fan" aria-hidden="true"><use href="#fan"></use></svg>
                        <span class="path-many"><span>"devices"</span><span>"other people"</span><span>"other software"</span></span>
                    </div>
                    <Network choices/>
                </section>
            </div>
            <section class="without" aria-label="Without a device">
                <div>
                    <div>
                        <h2>"Nothing to plug in?"</h2>
                        <p>"A simulated motor drive with readings, a log, commands to try, and faults on request."</p>
                    </div>
                    <button class="button" type="button" on:click=move |_| open_demo(engine, dom::set_fragment)>"Try the demo device"</button>
                </div>
                <Own choices/>
            </section>
            <footer class="foot">
                <span>{if engine.without_serial().is_none() { "This browser can open serial ports." } else { "This browser cannot open serial ports." }}</span>
                <span>{format!("Version {}", crate::BUILD)}</span>
            </footer>
        </main>
    }
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
    let id = engine.open(name, profile, link);
    dom::set_fragment(&Route::Session(id).fragment());
}

/// A choice among the profiles.
#[component]
fn ProfileChoice(
    /// The select's id.
    id: &'static str,
    /// What can be chosen.
    choices: RwSignal<Vec<profiles::Choice>>,
    /// The chosen profile's id.
    chosen: RwSignal<String>,
    /// The one to choose where that is not there any more.
    usual: &'static str,
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
        let name = if choice.own { format!("{} (yours)", choice.name) } else { choice.name };
        let (id, value) = (choice.id.clone(), choice.id);
        view! { <option value=value prop:selected=move || chosen.get() == id>{name}</option> }
    };
    let options = move || {
        let offered = choices.get();
        if offered.iter().all(|choice| choice.id != chosen.get_untracked()) {
            chosen.set(usual.to_owned());
        }
        offered.into_iter().filter(|choice| choice.id != "demo").map(option).collect_view()
    };
    view! {
        <div class="field">
            <label class="field-label" for=id>"Profile"</label>
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
