//! The top bar: the name, the open sessions as links, and what can be reached from every screen.

use crate::browser::dom;
use crate::engine::{Open, use_engine};
use crate::route::Route;
use crate::ui::icon::{Icon, Shape};
use crate::ui::state::Kind;
use crate::view::nameplate::released::Released;
use crate::view::settings::Settings;
use crate::view::shortcuts::Overlays;
use crate::view::workspace::panels::PanelsMenu;
use crate::words::{bar as words, keys, palette, timeline};
use leptos::html;
use leptos::prelude::*;
use session::link::Family;
use session::query::LinkState;

/// The top bar.
#[component]
pub fn Bar() -> impl IntoView {
    let engine = use_engine();
    let route = expect_context::<RwSignal<Route>>();
    let overlays = expect_context::<Overlays>();
    let at_start =
        move || !matches!(route.get(), Route::Session(_) | Route::Dashboard(_) | Route::Doctor(_) | Route::Timeline);
    let several = Memo::new(move |_| engine.sessions.with(Vec::len) > 1);
    let shown = Memo::new(move |_| match route.get() {
        Route::Session(id) | Route::Dashboard(id) => engine.session(id),
        _ => None,
    });
    dom::listen_window("resize", |_| reveal_current());
    let tabs = NodeRef::<html::Div>::new();
    // There is but one way to scroll here, and a common wheel has the other.
    let wheel = move |event: leptos::ev::WheelEvent| {
        if let Some(tabs) = tabs.get_untracked() {
            tabs.set_scroll_left(tabs.scroll_left() + event.delta_y() as i32);
        }
    };
    view! {
        <header class="bar">
            <a class="brand" href="#/" aria-label=words::brand()><Shape name="mark"/><span>"Ferrule"</span></a>
            <nav class="sessions" aria-label=words::open_sessions()>
                <div class="sessions-tabs" node_ref=tabs on:wheel=wheel>
                    <For each=move || engine.sessions.get() key=|open| open.id children=|open| view! { <Tab open/> }/>
                </div>
                {move || several.get().then(|| view! { <ToTimeline route/> })}
                <a class="sessions-open" href="#/" aria-current=move || at_start().then_some("page")>
                    <Icon name="plus"/>{words::open()}
                </a>
            </nav>
            <div class="bar-end">
                {move || shown.get().map(|open| view! { <PanelsMenu open/> })}
                <button
                    class="button find"
                    type="button"
                    id="find"
                    aria-label=palette::find_or_run()
                    aria-haspopup="dialog"
                    on:click=move |_| overlays.palette.set(true)
                >
                    <Icon name="search"/><span>{palette::find_or_run()}</span><kbd>{keys::keys("Ctrl K")}</kbd>
                </button>
                <Settings/>
            </div>
        </header>
    }
}

/// All of them on one clock.
#[component]
fn ToTimeline(route: RwSignal<Route>) -> impl IntoView {
    let current = move || (route.get() == Route::Timeline).then_some("page");
    view! {
        <a class="sessions-together" href=format!("#{}", Route::Timeline.fragment()) aria-current=current>
            <Icon name="timeline"/><span>{timeline::title()}</span>
        </a>
    }
    .into_any()
}

/// Brings the tab of the session that is shown into sight.
pub fn reveal_current() {
    dom::reveal(".sessions-tabs [aria-current=page]");
}

#[component]
fn Tab(open: Open) -> impl IntoView {
    let engine = use_engine();
    let route = expect_context::<RwSignal<Route>>();
    let id = open.id;
    let current = move || {
        [Route::Session(id), Route::Dashboard(id), Route::Doctor(Some(id))].contains(&route.get()).then_some("page")
    };
    let (released, name) = (open.part::<Released>(), engine.name(id));
    let state = move || {
        let state = engine.statuses.with(|statuses| statuses.get(&id).map(|status| state_of(&status.state)));
        let (kind, word) = released.or(state.unwrap_or((Kind::Stale, words::opening())));
        let shape = match kind {
            Kind::Connected => "connected",
            Kind::Stale => "stale",
            Kind::Error => "error",
            Kind::Off => "off",
        };
        view! { <span class=format!("state state-{shape}")><Shape name=shape/><span class="hidden">{format!(", {word}")}</span></span> }
    };
    view! {
        <a href=format!("#{}", Route::Session(id).fragment()) title=name aria-current=current>
            <FamilyMark family=open.link.family() hidden_word=true/>
            <span class="sessions-name">{name}</span>
            {state}
        </a>
    }
}

/// A state of the link as shape and word.
#[must_use]
pub fn state_of(state: &LinkState) -> (Kind, &'static str) {
    match state {
        LinkState::Opening => (Kind::Stale, words::opening()),
        LinkState::Connected => (Kind::Connected, words::connected()),
        LinkState::Waiting { .. } => (Kind::Stale, words::waiting()),
        LinkState::Closed { why } if why.is_empty() => (Kind::Off, words::closed()),
        LinkState::Closed { .. } => (Kind::Error, words::closed()),
        LinkState::Done => (Kind::Off, words::done()),
    }
}

/// The family of a link, drawn as what it is.
#[component]
pub fn FamilyMark(
    /// Which.
    family: Family,
    /// Whether the words are for screen readers only.
    #[prop(optional)]
    hidden_word: bool,
) -> impl IntoView {
    let (class, shape, word) = match family {
        Family::PointToPoint => ("family family-point", "point", words::point_to_point()),
        Family::Network => ("family family-network", "network", words::network()),
    };
    let word = if hidden_word { format!("{word}: ") } else { word.to_owned() };
    view! { <span class=class><Shape name=shape/><span class:hidden=hidden_word>{word}</span></span> }
}
