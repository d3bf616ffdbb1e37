//! One row of the table of values.

use super::super::plot::lanes::Lane;
use super::super::plot::legend::Swatch;
use super::arrange::Line;
use super::spark::{self, Spark, spark};
use super::stop::Stop;
use super::table::{Table, plain};
use crate::browser::clock::{self, Pace};
use crate::browser::sight::Sight;
use crate::engine::{Engine, Unwatched, use_engine};
use crate::view::format::{self, Like};
use crate::words::device;
use crate::words::values as words;
use leptos::html;
use leptos::prelude::*;
use session::query::{Answer, Cell, FieldId, Message, Query, Reading, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Lines asked for at most: what one envelope may have.
const SPARKS: usize = 64;

/// What all rows share.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    pub(super) table: Table,
    pub(super) sparks: Sparks,
    pub(super) lanes: Memo<Vec<Lane>>,
}

/// The last minute of the rows in sight: one question for all of them.
#[derive(Clone, Copy)]
pub(super) struct Sparks {
    answer: RwSignal<Option<Arc<Answer>>>,
    seen: StoredValue<Unwatched<BTreeSet<FieldId>>>,
}

impl Sparks {
    /// Asks, while their column is shown.
    pub(super) fn ask(engine: Engine, session: u32, column: NodeRef<html::Th>) -> Sparks {
        let seen = Unwatched::<BTreeSet<FieldId>>::default();
        let wanted = seen.clone();
        let pace = Pace::every(250_000_000);
        let answer = engine.ask_for(session, move || {
            let shown = column.get_untracked().is_some_and(|column| column.client_width() > 0);
            let fields: Vec<FieldId> = wanted.with(|seen| seen.iter().take(SPARKS).copied().collect());
            (shown && !fields.is_empty() && pace.due()).then_some(Query::Envelope {
                fields,
                span: Span::Last { nanos: spark::NANOS },
                width: spark::SIZE.0,
            })
        });
        Sparks { answer, seen: StoredValue::new(seen) }
    }

    fn see(self, id: FieldId, seen: bool) {
        let _ = self.seen.try_with_value(|all| {
            all.with(|all| if seen { all.insert(id) } else { all.remove(&id) });
        });
    }

    fn of(self, id: FieldId, name: &str, messages: &[Message]) -> Spark {
        self.answer.with(|answer| match answer.as_deref() {
            Some(Answer::Envelope(envelope)) => {
                spark(name, envelope.series.iter().find(|series| series.id == id), messages, id)
            }
            _ => Spark::default(),
        })
    }
}

/// Characters of a value from which on it is written smaller, to stand on one line.
const LONG: usize = 13;

/// What a row says.
#[derive(Clone, Debug, Default, PartialEq)]
struct Said {
    value: String,
    /// With every digit, as other programs read it.
    exact: String,
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
        let per_second = reading.rate.unwrap_or(message.rate);
        let rare = message.count < 2 || (seconds * per_second > 5.0 && seconds > 1.0);
        Said {
            value: format::cell_in_words(&reading.value, Like::of(reading)),
            exact: plain(&reading.value),
            unit: format::unit(&reading.unit),
            rate: if rare { "–".to_owned() } else { format!("{}/s", format::rate(per_second)) },
            min: extreme(reading, reading.min),
            max: extreme(reading, reading.max),
            // What never came has no age.
            age: if message.retained || reading.time_nanos == 0 { "–".to_owned() } else { format::age(nanos) },
            stale: message.retained || (nanos > 5_000_000_000 && reading.time_nanos != 0),
        }
    }
}

/// The id of a row's element.
#[must_use]
pub fn row_id(id: FieldId) -> String {
    format!("value-{}-{}", id.table, id.field)
}

#[component]
pub(super) fn Row(line: Line, rows: Rows) -> impl IntoView {
    let engine = use_engine();
    let Rows { table, sparks, lanes } = rows;
    let (shared, id, numeric, own_name) = (table.shared, line.id, line.numeric, line.name);
    let name = device::word(&own_name);
    let title = (name != own_name).then(|| words::own_name(&own_name));
    let node = NodeRef::<html::Tr>::new();
    let seen = in_sight(node);
    if numeric {
        Effect::new(move |_| sparks.see(id, seen.get()));
        on_cleanup(move || sparks.see(id, false));
    }
    // One memo a row: the readings must not have a subscriber for every cell of a long table.
    let said = Memo::new(move |_| {
        // A rate is none and an age grows while nothing comes; and once a second is enough for a row out of sight.
        engine.second.track();
        let now = clock::now_nanos();
        let said = |messages: &[Message]| reading(messages, id).map(|(message, field)| Said::of(message, field, now));
        if seen.get() { shared.messages(said) } else { untrack(|| shared.messages(said)) }.unwrap_or_default()
    });
    let text = move |pick: fn(&Said) -> &String| move || said.with(|said| pick(said).clone());
    let minute = {
        let name = name.clone();
        Memo::new(move |_| {
            if numeric && seen.get() {
                sparks.answer.track();
                untrack(|| shared.messages(|messages| sparks.of(id, &name, messages)))
            } else {
                Spark::default()
            }
        })
    };
    let trace = Memo::new(move |_| {
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
    let plotted = words::plot(&name);
    let swatch = move || trace.get().map(|(colour, dash)| view! { <Swatch colour dash/> });
    let of = (!line.of.is_empty())
        .then(|| view! { <span class="values-of">{format!("{}.", device::message(&line.of))}</span> });
    let chosen = move || table.chosen.get() == Some(id);
    let long = move || said.with(|said| said.value.chars().count() > LONG);
    // Out of sight nothing is drawn, and what is not drawn has a name all the same.
    let unseen = words::spark_name(&name);
    let minute_words = move || {
        let said = minute.with(|minute| minute.words.clone());
        if said.is_empty() { unseen.clone() } else { said }
    };
    let view_box = format!("0 0 {} {}", spark::SIZE.0, spark::SIZE.1);
    view! {
        <tr
            node_ref=node
            id=row_id(id)
            tabindex=move || if table.stop.get() == Some(Stop::Row(id)) { "0" } else { "-1" }
            aria-selected=move || chosen().to_string()
            class:values-stale=move || said.with(|said| said.stale)
            on:focusin=move |_| table.choose(id)
            on:click=move |_| table.choose(id)
        >
            <td class="values-plot">
                {numeric.then(|| view! {
                    <button class="values-toggle" type="button" tabindex="-1" aria-label=plotted aria-pressed=move || trace.get().is_some().to_string() on:click=toggle>
                        {swatch}
                    </button>
                })}
            </td>
            <th scope="row" title=title>{of}{name}</th>
            <td class="num" class:values-text=!numeric class:values-long=long title=text(|said| &said.exact)>{text(|said| &said.value)}</td>
            <td class="unit">{text(|said| &said.unit)}</td>
            <td class="num values-rate">{text(|said| &said.rate)}</td>
            <td class="values-spark">
                {numeric.then(|| view! {
                    <svg viewBox=view_box role="img" aria-label=minute_words>
                        <path class="trace" d=move || minute.with(|minute| minute.path.clone())></path>
                    </svg>
                })}
            </td>
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

/// A field's extreme, if it has one; where it may be another number's nearest, that is said.
fn extreme(reading: &Reading, value: Option<f64>) -> String {
    let Some((value, like)) = value.zip(Like::of(reading)) else { return "–".to_owned() };
    let whole = matches!(reading.value, Cell::I64(_) | Cell::U64(_));
    let text = like.reading(value);
    if whole && value.abs() >= EXACT { format!("≈\u{a0}{text}") } else { text }
}

/// Tables and fields are numbered in the order they stand in: nothing is searched for.
pub(super) fn find(messages: &[Message], table: u16) -> Option<&Message> {
    messages.get(usize::from(table)).filter(|message| message.table == table)
}

/// A field's reading, with its message.
pub(super) fn reading(messages: &[Message], id: FieldId) -> Option<(&Message, &Reading)> {
    let message = find(messages, id.table)?;
    let reading = message.fields.get(usize::from(id.field)).filter(|reading| reading.field == id.field)?;
    Some((message, reading))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::plot::fields;

    #[test]
    fn a_field_is_found_by_its_numbers() {
        let messages = [fields::message(0, "a", &["f0", "f1", "f2"]), fields::message(1, "b", &["f0", "f1"])];
        let name =
            |table, field| reading(&messages, FieldId { table, field }).map(|(_, reading)| reading.name.as_str());
        assert_eq!([name(1, 1), name(1, 2), name(2, 0)], [Some("f1"), None, None]);
    }
}
