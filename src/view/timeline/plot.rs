//! The upper half: lines of fields of several devices over one time, by arrival.

use super::kept::{Kept, MOST};
use super::series::Series;
use crate::browser::clock::{self, Pace};
use crate::engine::{Engine, Open, use_engine};
use crate::ui::remark::RemarkPlace;
use crate::view::plot::export::Export;
use crate::view::plot::fields::{self, Plottable};
use crate::view::plot::lanes;
use crate::view::plot::picture;
use crate::view::plot::save::{save_picture, until};
use crate::view::plot::shared::Shared;
use crate::view::plot::times::Times;
use crate::view::plot::{SECOND, table, tools};
use crate::words::{device, plot as plot_words, timeline as words};
use leptos::prelude::*;
use session::query::{Answer, LinkState, Message, Query, Together, own_table};
use session::wire::{SessionId, TOGETHER};
use std::sync::Arc;

/// The devices with their places and what their profiles say of the plot.
#[derive(Clone, PartialEq)]
pub(super) struct Device {
    pub(super) place: usize,
    pub(super) open: Open,
    wanted: Vec<String>,
    clocked: bool,
}

impl Device {
    fn of((place, open): (usize, Open)) -> Device {
        let profile = session::Profile::parse(&open.profile);
        let (wanted, clocked) =
            profile.map(|profile| (profile.layout.plot, profile.clock.is_some())).unwrap_or_default();
        Device { place, open, wanted, clocked }
    }

    /// Its messages among those of all.
    fn messages<'m>(&self, all: &'m [Message]) -> &'m [Message] {
        let from = all.partition_point(|message| own_table(message.table).0 < self.place);
        let to = all.partition_point(|message| own_table(message.table).0 <= self.place);
        all.get(from..to).unwrap_or_default()
    }

    /// Its fields that can be drawn, by its own words for them.
    pub(super) fn plottable(&self, all: &[Message]) -> Vec<Plottable> {
        let said = device::words_of(&self.open.profile);
        let mut fields = fields::plottable(self.messages(all), clock::zone_seconds());
        for field in &mut fields {
            field.name = match field.name.split_once('.') {
                Some((of, name)) => format!("{}.{}", said.say(of), said.say(name)),
                None => said.say(&field.name),
            };
        }
        fields
    }
}

/// The readings of all, each message with its device in front.
fn named(answer: &Answer, devices: &[Device]) -> Answer {
    let Answer::Values(messages) = answer else { return Answer::Values(Vec::new()) };
    let mut messages = messages.clone();
    for message in &mut messages {
        let place = own_table(message.table).0;
        if let Some(device) = devices.iter().find(|device| device.place == place) {
            let said = device::words_of(&device.open.profile);
            message.schema = words::of(&device.open.shown_name(), &said.say(&message.schema));
        }
    }
    Answer::Values(messages)
}

/// What the parts of the plot share: of all devices shown.
fn share(engine: Engine, kept: Kept, devices: Memo<Vec<Device>>, shown: Memo<Vec<SessionId>>) -> Shared {
    let pace = Pace::of_reading();
    let asked = move |query| {
        let sessions = kept.places.get();
        Query::Together(Box::new(Together { sessions, query }))
    };
    let all = engine.ask_for(TOGETHER, move || pace.due().then(|| asked(Query::Values)));
    let slow = Pace::every(SECOND);
    let happenings = engine.ask_for(TOGETHER, move || {
        let question = Together { sessions: shown.get(), query: Query::Happenings };
        slow.due().then(|| Query::Together(Box::new(question)))
    });
    let readings = RwSignal::new(None);
    Effect::new(move |_| {
        let (Some(answer), devices) = (all.get(), devices.get()) else { return };
        if let Answer::Values(messages) = &*answer {
            for device in &devices {
                kept.offer(device.open.id, &fields::first_choice(device.messages(messages), &device.wanted));
            }
        }
        readings.set(Some(Arc::new(named(&answer, &devices))));
    });
    Effect::new(move |_| {
        let shown = Some(shown.get());
        if kept.plot.with_untracked(|plot| plot.together != shown) {
            kept.plot.update(|plot| plot.together = shown);
        }
    });
    Shared {
        plot: kept.plot,
        chosen: kept.chosen,
        clocked: Memo::new(|_| None),
        told: Memo::new(|_| false),
        file: false,
        as_table: kept.as_table,
        message: kept.message,
        readings,
        happenings,
        statistics: RwSignal::new(false),
        tools: RwSignal::new(false),
    }
}

/// The plot of several devices.
#[component]
pub(super) fn Picture(kept: Kept) -> impl IntoView {
    let engine = use_engine();
    let shown = kept.shown();
    let devices = Memo::new(move |_| kept.sessions(engine).into_iter().map(Device::of).collect::<Vec<_>>());
    let shared = share(engine, kept, devices, shown);
    let fields = Memo::new(move |_| {
        let (devices, shown) = (devices.get(), shown.get());
        shared.messages(|messages| {
            let of = |device: &Device| {
                let name = device.open.shown_name();
                let named = move |field: Plottable| Plottable { name: words::of(&name, &field.name), ..field };
                device.plottable(messages).into_iter().map(named)
            };
            let here = devices.iter().filter(|device| shown.contains(&device.open.id));
            here.flat_map(of).collect::<Vec<_>>()
        })
    });
    let lanes = Memo::new(move |_| lanes::lanes(&fields.get(), &kept.chosen.get().unwrap_or_default()));
    let ended = Memo::new(move |_| {
        let shown = shown.get();
        engine.statuses.with(|all| {
            let live = |id: &SessionId| all.get(id).is_some_and(|status| status.state == LinkState::Connected);
            !shown.iter().any(live)
        })
    });
    let picture = picture::Picture::new(TOGETHER, shared, lanes, ended);
    let by_arrival = Memo::new(move |_| {
        let shown = shown.get();
        let clocked = devices.get().into_iter().filter(|device| device.clocked && shown.contains(&device.open.id));
        let names: Vec<String> = clocked.map(|device| device.open.shown_name()).collect();
        (!names.is_empty()).then(|| words::by_arrival(&names.join(", ")))
    });
    // Whoever has numbers of which none is drawn, since there was no room.
    let left_out = Memo::new(move |_| {
        let chosen = kept.chosen.get().filter(|chosen| chosen.len() >= MOST)?;
        let (devices, shown) = (devices.get(), shown.get());
        let is_drawn = |device: &Device| chosen.iter().any(|id| own_table(id.table).0 == device.place);
        let here = devices.iter().filter(|device| shown.contains(&device.open.id) && !is_drawn(device));
        let names = shared.messages(|messages| {
            let numeric = here.filter(|device| !fields::plottable(device.messages(messages), 0).is_empty());
            numeric.map(|device| device.open.shown_name()).collect::<Vec<_>>()
        });
        (!names.is_empty()).then(|| words::left_out(&names.join(", ")))
    });
    let export = Export::default();
    export.run(TOGETHER);
    let (remark, button) = (RwSignal::from(export.remark.clone()), export.clone());
    let save_csv = move |_| {
        let (plot, drawn) = (kept.plot.get_untracked(), picture.gestures.drawn());
        export.press(words::title(), &until(Times::Instants, drawn.1), &lanes.get_untracked(), plot, drawn);
    };
    let save = move |_| {
        let until = until(Times::Instants, picture.gestures.drawn().1);
        remark.set(save_picture(picture.node, words::title(), &until, Some((lanes, shared))));
    };
    let empty = move || lanes.with(Vec::is_empty);
    let none_drawn = move || (empty() || kept.as_table.get()).then_some("true");
    let first_table =
        move || lanes.with(|lanes| lanes.first().and_then(|lane| lane.series.first()).map_or(0, |line| line.id.table));
    let as_table = kept.as_table;
    let choosing = kept.choosing;
    view! {
        <section class="panel timeline-plot" aria-labelledby="plot-title">
            <header class="panel-head">
                <h2 id="plot-title">{plot_words::plot()}</h2>
                <span class="panel-note">{Memo::new(move |_| picture.note())}</span>
                <div class="panel-tools">
                    <button
                        class="button button-plain button-small"
                        type="button"
                        aria-expanded=move || choosing.get().to_string()
                        on:click=move |_| choosing.update(|on| *on = !*on)
                    >
                        {words::choose()}
                    </button>
                    <button
                        class="button button-plain button-small"
                        type="button"
                        aria-disabled=none_drawn
                        on:click=move |event| if none_drawn().is_none() { save(event) }
                    >
                        {plot_words::save_png()}
                    </button>
                    <button
                        class="button button-plain button-small"
                        type="button"
                        aria-disabled=move || empty().then_some("true")
                        on:click=save_csv
                    >
                        {move || button.word()}
                    </button>
                    <tools::Tools gestures=picture.gestures shared alone=true/>
                </div>
            </header>
            {move || choosing.get().then(|| view! { <Series kept devices shared/> })}
            {move || [by_arrival.get(), left_out.get()].into_iter().flatten().map(|why| view! { <p class="timeline-note">{why}</p> }).collect_view()}
            <RemarkPlace role="status" class="term-remark" remark=Signal::derive(move || remark.get())/>
            {picture.figure(move || as_table.get() || empty())}
            {move || (empty() && !as_table.get()).then(|| view! { <p class="panel-empty">{words::nothing_chosen()}</p> })}
            {move || as_table.get().then(|| view! { <table::Table session=TOGETHER table=first_table() shared/> })}
        </section>
    }
    .into_any()
}
