//! The plot: a strip chart with one lane per unit, drawn from envelopes that the worker makes for its pixels.

pub mod chart;
mod choices;
pub mod export;
pub mod fields;
pub mod gestures;
pub mod lanes;
pub mod legend;
pub mod measures;
pub mod modes;
mod nothing;
pub mod paint;
pub mod picture;
pub mod ranges;
mod readout;
pub mod save;
pub mod scale;
pub mod shared;
pub mod state;
pub mod table;
pub mod times;
pub mod tools;

use crate::browser::clock;
use crate::engine::{Open, use_engine};
use crate::words::plot as words;
use leptos::html;
use leptos::prelude::*;
use picture::Picture;
use session::query::LinkState;
use shared::Shared;
use state::Mode;

/// In nanoseconds.
pub(in crate::view) const SECOND: i64 = 1_000_000_000;

/// The plot of a session.
#[component]
pub fn Plot(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let shared = expect_context::<Shared>();
    let plot = shared.plot;
    let as_table = shared.as_table;
    let fields = Memo::new(move |_| shared.messages(|messages| fields::plottable(messages, clock::zone_seconds())));
    let lanes = Memo::new(move |_| lanes::lanes(&fields.get(), &shared.chosen.get().unwrap_or_default()));
    let ended = Memo::new(move |_| {
        let state = engine.statuses.with(|all| all.get(&open.id).map(|status| status.state.clone()));
        state.is_some_and(|state| state != LinkState::Connected)
    });
    let picture = Picture::new(open.id, shared, lanes, ended);
    let Picture { node, gestures, summary, .. } = picture;
    let empty = move || lanes.with(Vec::is_empty);
    let first_table =
        move || lanes.with(|lanes| lanes.first().and_then(|lane| lane.series.first()).map_or(0, |line| line.id.table));
    let mode = Memo::new(move |_| plot.with(|plot| plot.mode));
    let over_time = move || mode.get() == Mode::Time;
    let chart = NodeRef::<html::Canvas>::new();
    let chart_words = RwSignal::new(String::new());
    let words_now =
        Callback::new(
            move |()| {
                if mode.get_untracked() == Mode::Time { summary.words() } else { chart_words.get_untracked() }
            },
        );
    let session = open.id;
    open.part::<export::Export>().run(session);
    let figures = move || shared.statistics.get() || plot.with(|plot| plot.marks.iter().any(Option::is_some));
    let figures = Memo::new(move |_| figures() && over_time() && !empty() && !as_table.get());
    view! {
        <section class="panel work-plot" aria-labelledby="plot-title">
            <header class="panel-head">
                <h2 id="plot-title">{words::plot()}</h2>
                <span class="panel-note">{Memo::new(move |_| picture.note())}</span>
                <div class="panel-tools"><tools::Tools gestures shared/></div>
            </header>
            {move || shared.tools.get().then(|| {
                let open = open.clone();
                view! { <tools::More open lanes shared gestures canvas=node chart summary=words_now/> }
            })}
            {picture.figure(move || as_table.get() || empty() || !over_time())}
            {move || figures.get().then(|| view! { <measures::Measures session lanes shared gestures/> })}
            {move || {
                (!over_time() && !empty())
                    .then(|| view! { <modes::Modes session fields lanes shared node=chart text=chart_words/> })
            }}
            {move || {
                (empty() && !as_table.get())
                    .then(|| view! { <nothing::Nothing session/> })
            }}
            {move || (as_table.get() && over_time()).then(|| view! { <table::Table session table=first_table() shared/> })}
        </section>
    }
}
