//! One timeline: what several devices said, wired or on a network, in one plot and one list of lines, by one clock.

mod kept;
mod lines;
mod plot;
mod save;
mod series;

use crate::engine::{Open, use_engine};
use crate::route::Route;
use crate::ui::whole::whole;
use crate::view::bar::FamilyMark;
use crate::words::timeline as words;
pub use kept::Kept;
use leptos::prelude::*;
use session::query::MAX_TOGETHER;

/// The timeline of all open sessions.
#[component]
pub fn Timeline() -> impl IntoView {
    let engine = use_engine();
    let kept = expect_context::<Kept>();
    let few = Memo::new(move |_| {
        engine.sessions.with(|sessions| match sessions.as_slice() {
            [] => Some(words::none().to_owned()),
            [one] => Some(words::only_one(&one.shown_name())),
            _ => None,
        })
    });
    let over = move || engine.sessions.with(Vec::len) > MAX_TOGETHER;
    let shown = move || match few.get() {
        Some(why) => whole(view! {
            <p class="timeline-few">{why}</p>
            <p class="timeline-few"><a class="button" href=format!("#{}", Route::Start.fragment())>{words::open_device()}</a></p>
        }),
        None => whole(view! {
            <div class="timeline-devices" role="group" aria-label=words::devices()>
                <For each=move || kept.sessions(engine) key=|(place, open)| (*place, open.id) children=move |(place, open)| device(kept, place, &open)/>
            </div>
            {move || over().then(|| view! { <p class="timeline-note">{words::too_many(MAX_TOGETHER)}</p> })}
            <plot::Picture kept/>
            <lines::Lines kept/>
        }),
    };
    view! {
        <main class="timeline" id="main" tabindex="-1">
            <header class="timeline-head"><h1>{words::title()}</h1><p>{words::about()}</p></header>
            {shown}
        </main>
    }
}

/// The switch of a device: it is shown in both halves, or in neither.
fn device(kept: Kept, place: usize, open: &Open) -> AnyView {
    let id = open.id;
    let shown = move || !kept.hidden.with(|hidden| hidden.contains(&id));
    let toggle = move |_| {
        kept.hidden.update(|hidden| {
            if !hidden.remove(&id) {
                hidden.insert(id);
            }
        });
    };
    view! {
        <button class="button button-plain button-small timeline-device" type="button" aria-pressed=move || shown().to_string() on:click=toggle>
            <FamilyMark family=open.link.family() hidden_word=true/>
            <span class=colour(place)>{open.shown_name()}</span>
        </button>
    }
    .into_any()
}

/// The class with the colour of the device at a place. The name always stands beside it.
fn colour(place: usize) -> &'static str {
    const COLOURS: [&str; 6] =
        ["whose whose-1", "whose whose-2", "whose whose-3", "whose whose-4", "whose whose-5", "whose whose-6"];
    COLOURS.get(place % COLOURS.len()).copied().unwrap_or_default()
}
