//! The values: every field's latest reading with its unit, rate, extremes and age.

use super::plot::lanes;
use super::plot::legend::Swatch;
use super::plot::shared::Shared;
use super::plot::state::{plottable, superseded};
use crate::browser::clock;
use crate::browser::sight::Sight;
use crate::engine::{Open, use_engine};
use crate::view::format;
use leptos::html;
use leptos::prelude::*;
use session::query::{Cell, FieldId, Message, Reading};

/// Fields shown at most: a device that makes up names must not stall the page.
const SHOWN: usize = 500;

/// A field as its row needs it: number, name, and whether it is a number.
type Shown = (u16, String, bool);

/// What there is a row for: the fields of each message, by its number and name. What belongs to a profile that was
/// replaced comes last.
fn rows_of(messages: &[Message]) -> Vec<(u16, String, Vec<Shown>)> {
    let mut room = SHOWN;
    let mut rows = Vec::new();
    let (old, current): (Vec<usize>, Vec<usize>) = (0..messages.len()).partition(|index| superseded(messages, *index));
    for message in current.into_iter().chain(old).filter_map(|index| messages.get(index)) {
        let fields = message.fields.iter().take(room);
        let fields: Vec<_> = fields.map(|reading| (reading.field, reading.name.clone(), reading.numeric)).collect();
        room -= fields.len();
        if !fields.is_empty() {
            rows.push((message.table, message.name.clone(), fields));
        }
    }
    rows
}

/// The values of a session.
#[component]
pub fn Values(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let _ = open;
    let shared = expect_context::<Shared>();
    // Rows are made once per field; only their numbers change afterwards.
    let layout = Memo::new(move |_| shared.messages(rows_of));
    let fields = Memo::new(move |_| shared.messages(plottable));
    let lanes = Memo::new(move |_| lanes::lanes(&fields.get(), &shared.chosen.get().unwrap_or_default()));
    let count = Memo::new(move |_| shared.messages(|messages| messages.iter().map(|m| m.fields.len()).sum::<usize>()));
    let messages = Memo::new(move |_| shared.messages(<[Message]>::len));
    let note =
        move || format!("{}, {}", format::plural(messages.get(), "message"), format::plural(count.get(), "field"));
    let more = move || count.get().checked_sub(SHOWN).filter(|more| *more > 0);
    let group = move |(table, name): (u16, String)| {
        let rate = Memo::new(move |_| {
            shared.messages(|messages| find(messages, table).map_or_else(String::new, |m| format::rate(m.rate)))
        });
        let fields = move || {
            let of = |layout: &Vec<(u16, String, Vec<Shown>)>| {
                layout.iter().find(|(known, ..)| *known == table).map(|(.., fields)| fields.clone())
            };
            layout.with(of).unwrap_or_default()
        };
        let row =
            move |(field, name, numeric): Shown| view! { <Row id=FieldId { table, field } name numeric shared lanes/> };
        view! {
            <tr class="rows-group"><th scope="rowgroup" colspan="4">{name}</th><td colspan="4">{rate}<span class="values-word">" samples"</span>"/s"</td></tr>
            <For each=fields key=Clone::clone children=row/>
        }
    };
    let groups =
        move || layout.with(|layout| layout.iter().map(|(table, name, _)| (*table, name.clone())).collect::<Vec<_>>());
    view! {
        <section class="panel work-values" aria-labelledby="values-title">
            <header class="panel-head"><h2 id="values-title">"Values"</h2><span class="panel-note">{note}</span></header>
            <div class="panel-body" tabindex="0" role="region" aria-label="Table of values">
                {move || (count.get() == 0).then(|| view! { <p class="panel-empty">"No values yet. The fields appear with the first frame that is understood."</p> })}
                <table class="rows values" hidden=move || count.get() == 0>
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
                    <tbody><For each=groups key=Clone::clone children=group/></tbody>
                </table>
                {move || more().map(|more| view! {
                    <p class="panel-empty">{format!("{} more are not shown: the table has the first {SHOWN}.", format::plural(more, "field"))}</p>
                })}
            </div>
        </section>
    }
}

/// What a row says.
#[derive(Clone, Debug, Default, PartialEq)]
struct Said {
    value: String,
    unit: String,
    rate: String,
    min: String,
    max: String,
    age: String,
    stale: bool,
}

impl Said {
    fn of(message: &Message, reading: &Reading, now: i64) -> Said {
        let nanos = now.saturating_sub(reading.time_nanos);
        let seconds = nanos as f64 / 1e9;
        // The rate is the message's; a field that the message mostly leaves out has none to speak of.
        let rare = seconds * message.rate > 5.0 && seconds > 1.0;
        Said {
            value: format::cell_among(&reading.value, reading.min.zip(reading.max)),
            unit: format::unit(&reading.unit),
            rate: if rare { "–".to_owned() } else { format!("{}/s", format::rate(message.rate)) },
            min: extreme(reading, reading.min),
            max: extreme(reading, reading.max),
            age: format::age(nanos),
            stale: nanos > 5_000_000_000,
        }
    }
}

#[component]
fn Row(id: FieldId, name: String, numeric: bool, shared: Shared, lanes: Memo<Vec<lanes::Lane>>) -> impl IntoView {
    let engine = use_engine();
    let node = NodeRef::<html::Tr>::new();
    let seen = in_sight(node);
    // One memo a row: the readings must not have a subscriber for every cell of a long table.
    let said = Memo::new(move |_| {
        // A rate is none and an age grows while nothing comes; and once a second is enough for a row out of sight.
        engine.second.track();
        let now = clock::now_nanos();
        let said = |messages: &[Message]| Some(Said::of(find(messages, id.table)?, field(messages, id)?, now));
        if seen.get() { shared.messages(said) } else { untrack(|| shared.messages(said)) }.unwrap_or_default()
    });
    let text = move |pick: fn(&Said) -> &String| move || said.with(|said| pick(said).clone());
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
        <tr node_ref=node class:values-stale=move || said.with(|said| said.stale)>
            <td class="values-plot">
                {numeric.then(|| view! {
                    <button class="values-toggle" type="button" aria-label=plotted aria-pressed=move || line.get().is_some().to_string() on:click=toggle>
                        {swatch}
                    </button>
                })}
            </td>
            <th scope="row">{name}</th>
            <td class="num" class:values-text=!numeric title=text(|said| &said.value)>{text(|said| &said.value)}</td>
            <td class="unit">{text(|said| &said.unit)}</td>
            <td class="num values-rate">{text(|said| &said.rate)}</td>
            <td class="num values-extreme">{text(|said| &said.min)}</td>
            <td class="num values-extreme">{text(|said| &said.max)}</td>
            <td class="num age">{text(|said| &said.age)}</td>
        </tr>
    }
}

/// Whether a row is in sight; until that is known, it is.
fn in_sight(node: NodeRef<html::Tr>) -> RwSignal<bool> {
    let seen = RwSignal::new(true);
    let sight = StoredValue::new_local(None);
    node.on_load(move |row| {
        sight.set_value(Some(Sight::of(&row, move |is_seen| {
            if seen.try_get_untracked().is_some_and(|was_seen| was_seen != is_seen) {
                seen.set(is_seen);
            }
        })));
    });
    seen
}

/// Whole numbers from here on are not all doubles, as which extremes are kept.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// An extreme of a field, with the decimals of both; where it may be another number's nearest, that is said.
fn among(value: f64, reading: &Reading) -> String {
    let text = format::reading_among(value, reading.min.unwrap_or(value), reading.max.unwrap_or(value));
    let whole = matches!(reading.value, Cell::I64(_) | Cell::U64(_));
    if whole && value.abs() >= EXACT { format!("≈\u{a0}{text}") } else { text }
}

/// A field's extreme, if it has one.
fn extreme(reading: &Reading, value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| among(value, reading))
}

/// Tables and fields are numbered in the order they stand in: nothing is searched for.
fn find(messages: &[Message], table: u16) -> Option<&Message> {
    messages.get(usize::from(table)).filter(|message| message.table == table)
}

fn field(messages: &[Message], id: FieldId) -> Option<&Reading> {
    find(messages, id.table)?.fields.get(usize::from(id.field)).filter(|reading| reading.field == id.field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::plot::state;

    fn message(table: u16, fields: u16) -> Message {
        let names: Vec<String> = (0..fields).map(|field| format!("f{field}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        state::message(table, &format!("m{table}"), &names)
    }

    #[test]
    fn a_device_that_makes_up_names_gets_so_many_rows_and_no_more() {
        let rows = rows_of(&[message(0, 300), message(1, 4000), message(2, 5)]);
        let counts: Vec<_> = rows.iter().map(|(table, _, fields)| (*table, fields.len())).collect();
        assert_eq!(counts, [(0, 300), (1, 200)]);
    }

    #[test]
    fn a_field_is_found_by_its_numbers() {
        let messages = [message(0, 3), message(1, 2)];
        let name = |table, at| field(&messages, FieldId { table, field: at }).map(|reading| reading.name.as_str());
        assert_eq!([name(1, 1), name(1, 2), name(2, 0)], [Some("f1"), None, None]);
    }
}
