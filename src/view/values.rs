//! The values: every field's latest reading with its unit, rate, extremes and age.

use super::plot::lanes;
use super::plot::legend::Swatch;
use super::plot::state::{Shared, plottable};
use crate::browser::clock;
use crate::engine::{Open, use_engine};
use crate::view::format;
use leptos::prelude::*;
use session::query::{FieldId, Message, Reading};

/// The values of a session.
#[component]
pub fn Values(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let _ = open;
    let shared = expect_context::<Shared>();
    // Rows are made once per field; only their numbers change afterwards.
    let layout = Memo::new(move |_| {
        let fields = |message: &Message| {
            message.fields.iter().map(|reading| (reading.field, reading.name.clone(), reading.numeric)).collect()
        };
        shared.messages(|messages| {
            messages.iter().map(|message| (message.table, message.name.clone(), fields(message))).collect::<Vec<(
                u16,
                String,
                Vec<_>,
            )>>()
        })
    });
    let fields = Memo::new(move |_| shared.messages(plottable));
    let lanes = Memo::new(move |_| lanes::lanes(&fields.get(), &shared.chosen.get().unwrap_or_default()));
    let count = move || layout.with(|layout| layout.iter().map(|(.., fields)| fields.len()).sum::<usize>());
    let note =
        move || format!("{}, {}", format::plural(layout.with(Vec::len), "message"), format::plural(count(), "field"));
    let group = move |(table, name, fields): (u16, String, Vec<(u16, String, bool)>)| {
        let rate = Memo::new(move |_| {
            shared.messages(|messages| find(messages, table).map_or_else(String::new, |m| format::rate(m.rate)))
        });
        let row = |(field, name, numeric)| view! { <Row id=FieldId { table, field } name numeric shared lanes/> };
        view! {
            <tr class="rows-group"><th scope="rowgroup" colspan="4">{name}</th><td colspan="4">{rate}" samples/s"</td></tr>
            {fields.into_iter().map(row).collect_view()}
        }
    };
    view! {
        <section class="panel work-values" aria-labelledby="values-title">
            <header class="panel-head"><h2 id="values-title">"Values"</h2><span class="panel-note">{note}</span></header>
            <div class="panel-body" tabindex="0" role="region" aria-label="Table of values">
                {move || (count() == 0).then(|| view! { <p class="panel-empty">"No values yet. The fields appear with the first frame that is understood."</p> })}
                <table class="rows values" hidden=move || count() == 0>
                    <thead>
                        <tr>
                            <th scope="col" class="values-plot"><span class="hidden">"Plotted"</span></th>
                            <th scope="col">"Field"</th>
                            <th scope="col" class="num">"Value"</th>
                            <th scope="col" class="unit">"Unit"</th>
                            <th scope="col" class="num values-rate">"Rate"</th>
                            <th scope="col" class="num values-extreme">"Min"</th>
                            <th scope="col" class="num values-extreme">"Max"</th>
                            <th scope="col" class="num age">"Age"</th>
                        </tr>
                    </thead>
                    <tbody>{move || layout.get().into_iter().map(group).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Row(id: FieldId, name: String, numeric: bool, shared: Shared, lanes: Memo<Vec<lanes::Lane>>) -> impl IntoView {
    let engine = use_engine();
    let reading = move |pick: fn(&Message, &Reading) -> String| {
        Memo::new(move |_| {
            // A rate is none and an age grows while nothing comes.
            engine.second.track();
            shared
                .messages(|messages| {
                    let message = find(messages, id.table)?;
                    Some(pick(message, message.fields.iter().find(|reading| reading.field == id.field)?))
                })
                .unwrap_or_default()
        })
    };
    let value = reading(|_, reading| format::cell_among(&reading.value, reading.min.zip(reading.max)));
    let unit = reading(|_, reading| format::unit(&reading.unit));
    // The rate is the message's; a field that the message mostly leaves out has none to speak of.
    let rate = reading(|message, reading| {
        let old = clock::now_nanos().saturating_sub(reading.time_nanos) as f64 / 1e9;
        if old * message.rate > 5.0 && old > 1.0 {
            "–".to_owned()
        } else {
            format!("{}/s", format::rate(message.rate))
        }
    });
    let min = Memo::new(move |_| shared.messages(|messages| extreme(field(messages, id), |reading| reading.min)));
    let max = Memo::new(move |_| shared.messages(|messages| extreme(field(messages, id), |reading| reading.max)));
    let nanos = move || {
        engine.second.track();
        shared.messages(|messages| field(messages, id).map_or(0, |reading| clock::now_nanos() - reading.time_nanos))
    };
    let age = Memo::new(move |_| format::age(nanos()));
    let stale = Memo::new(move |_| nanos() > 5_000_000_000);
    let line = Memo::new(move |_| {
        lanes.with(|lanes| {
            lanes.iter().flat_map(|lane| &lane.series).find(|line| line.id == id).map(|line| (line.colour, line.dash))
        })
    });
    let toggle = move |_| {
        shared.chosen.update(|chosen| {
            let chosen = chosen.get_or_insert_default();
            if chosen.contains(&id) {
                chosen.retain(|known| *known != id);
            } else {
                chosen.push(id);
            }
        });
    };
    let plotted = format!("Plot {name}");
    let swatch = move || line.get().map(|(colour, dash)| view! { <Swatch colour dash/> });
    view! {
        <tr class:values-stale=stale>
            <td class="values-plot">
                {numeric.then(|| view! {
                    <button class="values-toggle" type="button" aria-label=plotted aria-pressed=move || line.get().is_some().to_string() on:click=toggle>
                        {swatch}
                    </button>
                })}
            </td>
            <th scope="row">{name}</th>
            <td class="num" title=value>{value}</td>
            <td class="unit">{unit}</td>
            <td class="num values-rate">{rate}</td>
            <td class="num values-extreme">{min}</td>
            <td class="num values-extreme">{max}</td>
            <td class="num age">{age}</td>
        </tr>
    }
}

/// A number of a field, with the decimals of its extremes.
fn among(value: f64, reading: &Reading) -> String {
    format::reading_among(value, reading.min.unwrap_or(value), reading.max.unwrap_or(value))
}

/// A field's extreme.
fn extreme(reading: Option<&Reading>, pick: fn(&Reading) -> Option<f64>) -> String {
    reading.and_then(|reading| Some(among(pick(reading)?, reading))).unwrap_or_else(|| "–".to_owned())
}

fn find(messages: &[Message], table: u16) -> Option<&Message> {
    messages.iter().find(|message| message.table == table)
}

fn field(messages: &[Message], id: FieldId) -> Option<&Reading> {
    find(messages, id.table)?.fields.iter().find(|reading| reading.field == id.field)
}
