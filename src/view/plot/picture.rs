//! The picture over time with its legend and its words: of one session, or of several.

use super::SECOND;
use super::gestures::Gestures;
use super::lanes::{self, Lane};
use super::legend::{self, Legend};
use super::paint;
use super::shared::Shared;
use super::state::PlotState;
use super::times;
use crate::browser::canvas::{self, Canvas};
use crate::browser::clock::Pace;
use crate::engine::use_engine;
use crate::view::format;
use crate::view::scheme::Colours;
use crate::view::text_size::TextSize;
use crate::words::{device, plot as words};
use leptos::html;
use leptos::prelude::*;
use session::query::{Answer, Envelope, FieldId, Query};
use session::wire::SessionId;
use std::cell::RefCell;
use std::sync::Arc;

/// The picture. Copies are the same one.
#[derive(Clone, Copy)]
pub struct Picture {
    /// Its canvas.
    pub node: NodeRef<html::Canvas>,
    /// What moves it.
    pub gestures: Gestures,
    /// It in words.
    pub summary: Summary,
    ended: Memo<bool>,
}

impl Picture {
    /// Asks for what these lanes show, and paints it. `ended` says that what is newest is not of now.
    pub fn new(session: SessionId, shared: Shared, lanes: Memo<Vec<Lane>>, ended: Memo<bool>) -> Picture {
        let plot = shared.plot;
        let node = NodeRef::<html::Canvas>::new();
        let size = RwSignal::new((0u16, 0u16));
        let answer = use_engine().ask_for(session, move || {
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
            let width = paint::columns(canvas::units(now.0), canvas::ratio());
            // With every series hidden the time still goes on.
            (width > 0 && lanes.with_untracked(|lanes| !lanes.is_empty())).then(|| {
                plot.with_untracked(|plot| plot.asked(Query::Envelope { fields: ids, span: plot.span(), width }))
            })
        });
        let gestures = Gestures::new(shared, size, answer);
        let painter = RefCell::new(paint::Painter::default());
        let (colours, text) = (expect_context::<Colours>(), expect_context::<TextSize>());
        Effect::new(move |_| {
            let (envelope, plot, lanes) = (answer.get().and_then(envelope_of), plot.get(), lanes.get());
            let _again_when_resized = size.get();
            colours.track();
            text.track();
            let (Some(envelope), Some(element)) = (envelope, node.get()) else { return };
            let times = shared.times();
            if let Some(canvas) = Canvas::fit(&element) {
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
                    by_device: shared.is_by_clock() || times != times::Times::Instants,
                    times,
                };
                gestures.lanes.set_value(painter.borrow_mut().paint(&canvas, &scene));
            }
        });
        Picture { node, gestures, summary: Summary { shared, lanes, envelope: answer }, ended }
    }

    /// How much time and how many series are shown, for a panel's head.
    #[must_use]
    pub fn note(self) -> String {
        let Summary { shared, lanes, envelope } = self.summary;
        let plot = shared.plot;
        let (from, to) = envelope
            .get()
            .and_then(envelope_of)
            .map_or_else(|| self.gestures.drawn(), |envelope| (envelope.from_nanos, envelope.to_nanos));
        let count = lanes.with(|lanes| lanes.iter().map(|lane| lane.series.len()).sum::<usize>());
        if count == 0 {
            return words::no_series().to_owned();
        }
        let scope = words::scope(&times::span(shared.times(), from, to), count);
        let scope = if shared.is_by_clock() { words::scope_by_device(&scope) } else { scope };
        match plot.with(PlotState::is_live) {
            true if self.ended.get() => words::not_open(&scope),
            true => scope,
            false => words::paused(&scope),
        }
    }

    /// The figure: canvas, legend, and the words for those who do not see it.
    pub fn figure(self, away: impl Fn() -> bool + Send + Sync + 'static) -> AnyView {
        let Picture { node, gestures, summary, .. } = self;
        let Summary { shared, lanes, envelope } = summary;
        let plot = shared.plot;
        let hidden = Memo::new(move |_| {
            lanes.with(|lanes| plot.with(|plot| !lanes.is_empty() && lanes::drawn(lanes, &plot.hidden).is_empty()))
        });
        view! {
            <figure class="plot" hidden=away>
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
                <Legend lanes shared envelope size=gestures.size/>
                <figcaption class="hidden" id="plot-summary">{summary.signal()}</figcaption>
            </figure>
        }
        .into_any()
    }
}

/// The plot in words: renewed every few seconds at most, never announced by itself.
#[derive(Clone, Copy)]
pub struct Summary {
    shared: Shared,
    lanes: Memo<Vec<Lane>>,
    /// What is drawn now.
    pub envelope: RwSignal<Option<Arc<Answer>>>,
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

    /// The words as they are now.
    #[must_use]
    pub fn words(self) -> String {
        let Some(envelope) = self.envelope.get_untracked().and_then(envelope_of) else { return String::new() };
        let times = untrack(|| self.shared.times());
        let mut text = words::shown(&times::span(times, envelope.from_nanos, envelope.to_nanos));
        if untrack(|| self.shared.is_by_clock()) {
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
        static NONE: Envelope =
            Envelope { from_nanos: 0, to_nanos: 1, series: Vec::new(), gaps: Vec::new(), whose: Vec::new() };
        match &*self.0 {
            Answer::Envelope(envelope) => envelope,
            _ => &NONE,
        }
    }
}
