//! The plot: a strip chart with one lane per unit, drawn from envelopes that the worker makes for its pixels.

pub mod chart;
mod export;
pub mod fields;
pub mod gestures;
pub mod lanes;
pub mod legend;
pub mod measures;
pub mod modes;
pub mod paint;
pub mod ranges;
mod readout;
pub mod save;
pub mod scale;
pub mod shared;
pub mod state;
pub mod table;
mod tools;

use crate::browser::canvas::{self, Canvas};
use crate::browser::clock::{self, Pace};
use crate::engine::{Open, use_engine};
use crate::view::format;
use crate::view::scheme::Colours;
use crate::words::{device, plot as words};
use gestures::Gestures;
use legend::Legend;
use leptos::html;
use leptos::prelude::*;
use session::query::{Answer, Envelope, FieldId, LinkState, Query};
use shared::Shared;
use state::{Mode, PlotState};
use std::cell::RefCell;
use std::sync::Arc;

/// In nanoseconds.
const SECOND: i64 = 1_000_000_000;

/// The plot of a session.
#[component]
pub fn Plot(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let shared = expect_context::<Shared>();
    let plot = shared.plot;
    let node = NodeRef::<html::Canvas>::new();
    let size = RwSignal::new((0u16, 0u16));
    let as_table = shared.as_table;
    let fields = Memo::new(move |_| shared.messages(|messages| fields::plottable(messages, clock::zone_seconds())));
    let lanes = Memo::new(move |_| lanes::lanes(&fields.get(), &shared.chosen.get().unwrap_or_default()));
    let answer = engine.ask_for(open.id, move || {
        let element = node.get_untracked()?;
        let now = (element.client_width() as u16, element.client_height() as u16);
        if size.get_untracked() != now {
            size.set(now);
        }
        let hidden = plot.with_untracked(|plot| plot.hidden.clone());
        let ids: Vec<FieldId> = lanes.with_untracked(|lanes| {
            let all = lanes.iter().flat_map(|lane| &lane.series).map(|line| line.id);
            all.filter(|id| !hidden.contains(id)).collect()
        });
        let width = paint::columns(f64::from(now.0), canvas::ratio());
        // With every series hidden the time still goes on.
        (width > 0 && lanes.with_untracked(|lanes| !lanes.is_empty()))
            .then(|| plot.with_untracked(|plot| plot.asked(Query::Envelope { fields: ids, span: plot.span(), width })))
    });
    let envelope = move || answer.get().and_then(envelope_of);
    let ended = Memo::new(move |_| {
        let state = engine.statuses.with(|all| all.get(&open.id).map(|status| status.state.clone()));
        state.is_some_and(|state| state != LinkState::Connected)
    });
    let gestures = Gestures::new(shared, size, answer);
    let painter = RefCell::new(paint::Painter::default());
    let colours = expect_context::<Colours>();
    Effect::new(move |_| {
        let (envelope, plot, lanes) = (envelope(), plot.get(), lanes.get());
        let _again_when_resized = size.get();
        colours.track();
        let (Some(envelope), Some(element)) = (envelope, node.get()) else { return };
        if let Some(canvas) = Canvas::fit(&element) {
            let zone_seconds = clock::zone_seconds();
            let scene = paint::Scene {
                lanes: &lanes,
                envelope: &envelope,
                hidden: &plot.hidden,
                cursor: plot.cursor,
                marks: plot.marks,
                selecting: plot.selecting,
                ranges: &plot.ranges,
                live: plot.is_live(),
                ended: ended.get(),
                by_device: plot.by_device,
                zone_seconds,
            };
            gestures.lanes.set_value(painter.borrow_mut().paint(&canvas, &scene));
        }
    });
    let note = move || {
        let (from, to) = envelope().map_or_else(|| gestures.drawn(), |e| (e.from_nanos, e.to_nanos));
        let count = lanes.with(|lanes| lanes.iter().map(|lane| lane.series.len()).sum::<usize>());
        if count == 0 {
            return words::no_series().to_owned();
        }
        let scope = words::scope(&format::duration(to.saturating_sub(from)), count);
        let scope = if plot.with(|plot| plot.by_device) { words::scope_by_device(&scope) } else { scope };
        match plot.with(PlotState::is_live) {
            true if ended.get() => words::not_open(&scope),
            true => scope,
            false => words::paused(&scope),
        }
    };
    let empty = move || lanes.with(Vec::is_empty);
    let hidden = Memo::new(move |_| {
        lanes.with(|lanes| plot.with(|plot| !lanes.is_empty() && lanes::drawn(lanes, &plot.hidden).is_empty()))
    });
    let summary = Summary { shared, lanes, envelope: answer };
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
                <span class="panel-note">{Memo::new(move |_| note())}</span>
                <div class="panel-tools"><tools::Tools gestures shared/></div>
            </header>
            {move || shared.tools.get().then(|| {
                let open = open.clone();
                view! { <tools::More open lanes shared gestures canvas=node chart summary=words_now/> }
            })}
            <figure class="plot" hidden=move || as_table.get() || empty() || !over_time()>
                <canvas
                    class="plot-canvas"
                    node_ref=node
                    tabindex="0"
                    role="img"
                    aria-label=words::plot()
                    aria-describedby="plot-summary"
                    on:pointerdown=move |event| gestures.down(&event)
                    on:pointermove=move |event| gestures.moved(&event)
                    on:pointerup=move |event| gestures.up(&event)
                    on:pointercancel=move |event| gestures.up(&event)
                    on:pointerleave=move |event| gestures.left(&event)
                    on:wheel=move |event| gestures.wheel(&event)
                    on:click=move |event| gestures.click(&event)
                    on:contextmenu=move |event| gestures.menu(&event)
                    on:dblclick=move |_| gestures.double_click()
                    on:keydown=move |event| gestures.key(&event)
                ></canvas>
                {move || hidden.get().then(|| view! { <p class="plot-hidden">{words::all_hidden()}</p> })}
                <Legend lanes shared envelope=answer size/>
                <figcaption class="hidden" id="plot-summary">{summary.signal()}</figcaption>
            </figure>
            {move || figures.get().then(|| view! { <measures::Measures session lanes shared gestures/> })}
            {move || {
                (!over_time() && !empty())
                    .then(|| view! { <modes::Modes session fields lanes shared node=chart text=chart_words/> })
            }}
            {move || {
                (empty() && !as_table.get())
                    .then(|| view! { <p class="panel-empty">{words::nothing_yet()}</p> })
            }}
            {move || (as_table.get() && over_time()).then(|| view! { <table::Table session table=first_table() shared/> })}
        </section>
    }
}

/// The plot in words: renewed every few seconds at most, never announced by itself.
#[derive(Clone, Copy)]
struct Summary {
    shared: Shared,
    lanes: Memo<Vec<lanes::Lane>>,
    envelope: RwSignal<Option<Arc<Answer>>>,
}

impl Summary {
    fn signal(self) -> RwSignal<String> {
        let text = RwSignal::new(String::new());
        let pace = Pace::every(2 * SECOND);
        Effect::new(move |_| {
            let _beat = self.shared.readings.get();
            if pace.due() {
                text.set(self.words());
            }
        });
        text
    }

    fn words(self) -> String {
        let Some(envelope) = self.envelope.get_untracked().and_then(envelope_of) else { return String::new() };
        let mut text = words::shown(&format::duration(envelope.to_nanos - envelope.from_nanos));
        if self.shared.plot.with_untracked(|plot| plot.by_device) {
            text = words::by_device(&text);
        }
        for lane in self.lanes.get_untracked() {
            for line in &lane.series {
                let Some(series) = envelope.series.iter().find(|series| series.id == line.id) else { continue };
                let low = series.columns.iter().map(|column| column.min).fold(f64::INFINITY, f64::min);
                let high = series.columns.iter().map(|column| column.max).fold(f64::NEG_INFINITY, f64::max);
                if let Some(last) = series.columns.last() {
                    let like = untrack(|| self.shared.messages(|messages| legend::like(messages, line.id)));
                    let usual = |value| like.map_or_else(|| format::reading(value), |like| like.reading(value));
                    let [low, high, last] =
                        [low, high, last.last].map(|value| format::told_apart(value, low, high, usual));
                    let unit = format::unit(&lane.unit);
                    let unit = if unit.is_empty() { unit } else { format!(" {unit}") };
                    text += &words::course(&device::field(&line.name), &low, &high, &last, &unit);
                }
            }
        }
        if !envelope.gaps.is_empty() {
            text += &words::gaps(envelope.gaps.len());
        }
        text
    }
}

/// The envelope in an answer, shared rather than copied.
fn envelope_of(answer: Arc<Answer>) -> Option<Held> {
    matches!(*answer, Answer::Envelope(_)).then_some(Held(answer))
}

/// An answer that is known to be an envelope.
struct Held(Arc<Answer>);

impl std::ops::Deref for Held {
    type Target = Envelope;
    fn deref(&self) -> &Envelope {
        static NONE: Envelope = Envelope { from_nanos: 0, to_nanos: 1, series: Vec::new(), gaps: Vec::new() };
        match &*self.0 {
            Answer::Envelope(envelope) => envelope,
            _ => &NONE,
        }
    }
}
