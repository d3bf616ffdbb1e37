//! One line of the table: a device, or the head of a group.

use super::kept::{Key, Table};
use super::rows::index_of;
use super::tools::shape;
use crate::browser::clock;
use crate::engine::{Open, use_engine};
use crate::ui::icon::Shape;
use crate::view::format::{self, Like};
use crate::words::fleet as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use session::query::{Cell, FleetColumn, FleetLine, State};

/// Width and height of a trend, in CSS pixels.
const SIZE: (f64, f64) = (120.0, 18.0);

/// The id of a line's element.
pub(super) fn id_of(key: &Key) -> String {
    match key {
        Key::Device(device) => format!("fleet-{device}"),
        Key::Group(name) => format!("fleet-group-{name}"),
    }
}

#[component]
pub(super) fn Row(
    table: Table,
    device: u32,
    stop: Memo<Option<Key>>,
    columns: Memo<Vec<u16>>,
    trend: Memo<Option<u16>>,
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let key = Key::Device(device);
    let (is_stop, id) = (key.clone(), id_of(&key));
    let name = Memo::new(move |_| table.row_of(device, |_, row| row.name.clone()));
    let state = Memo::new(move |_| table.row_of(device, |_, row| Some(row.state)));
    let seen = Memo::new(move |_| table.row_of(device, |_, row| row.seen_nanos));
    let retained = Memo::new(move |_| table.row_of(device, |_, row| row.retained));
    let age = move || {
        engine.second.track();
        match seen.get() {
            Some(seen) => coarse(clock::now_nanos().saturating_sub(seen)),
            None => if retained.get() { words::retained() } else { "–" }.to_owned(),
        }
    };
    let messages = Memo::new(move |_| {
        table.row_of(device, |_, row| match row.missing {
            0 => format::count(row.messages),
            missing => words::missing_of(missing, row.messages.saturating_add(missing)),
        })
    });
    let index = Memo::new(move |_| index_of(table, &Key::Device(device)));
    let opened = open.clone();
    let open_it = move || table.unopened.set(super::open::device(engine, &opened, &name.get_untracked()));
    let shown = move || crate::words::device::named(&name.get());
    let open_by_key = open_it.clone();
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            open_by_key();
        }
    };
    let chosen = Memo::new(move |_| table.selected.with(|selected| selected.contains(&device)));
    // A click with the shift key is told before the change that it brings.
    let pick = move |event: leptos::ev::MouseEvent| {
        if event.shift_key() {
            table.extend(device);
        } else {
            table.toggle(device);
        }
        table.at.set(Some(Key::Device(device)));
    };
    // It does itself what the space bar does to the row.
    let own_key = move |event: KeyboardEvent| {
        if event.key() == " " {
            event.stop_propagation();
        }
    };
    let outcome =
        Memo::new(move |_| table.row_of(device, |table, row| table.bulk.is_some().then(|| row.outcome.clone())));
    let outcome_cell = move || outcome.get().map(|outcome| super::bulk::cell(outcome.as_ref()));
    let cell = move |column: u16| view! { <Value table device column/> };
    let drawn = move || trend.get().map(|column| view! { <Trend table device column/> });
    let state_cell = move || {
        state.get().map(|state| {
            let (name, word) = shape(state);
            view! { <span class=format!("state state-{name}")><Shape name/><span class="fleet-how">{word}</span></span> }
        })
    };
    view! {
        <tr
            class="fleet-row"
            id=id
            aria-rowindex=move || index.get()
            tabindex=move || if stop.with(|stop| stop.as_ref() == Some(&is_stop)) { "0" } else { "-1" }
            class:fleet-chosen=move || chosen.get()
            class:fleet-old=move || matches!(state.get(), Some(State::Stale | State::Offline | State::Silent))
            on:focus=move |_| table.at.set(Some(Key::Device(device)))
            on:keydown=on_key
        >
            <td class="fleet-pick">
                <input type="checkbox" tabindex="-1" aria-label=move || words::select(&shown()) prop:checked=move || chosen.get() on:click=pick on:keydown=own_key/>
            </td>
            <td class="fleet-in">{state_cell}</td>
            <th scope="row" class="fleet-name">
                <button class="fleet-open" type="button" tabindex="-1" title=move || words::open(&shown()) on:click=move |_| open_it()>
                    {shown}
                </button>
            </th>
            {outcome_cell}
            <For each=move || columns.get() key=|column| *column children=cell/>
            {drawn}
            <td class="num fleet-messages">{messages}</td>
            <td class="num age">{age}</td>
        </tr>
    }
}

/// A reading with its unit.
#[component]
fn Value(table: Table, device: u32, column: u16) -> impl IntoView {
    let told = Memo::new(move |_| {
        table.row_of(device, |table, row| {
            let at = usize::from(column);
            let (cell, column) = (row.cells.get(at)?, table.columns.get(at)?);
            Some((format::cell_in_words(cell, like(cell, column)), column.numeric))
        })
    });
    let text = move || told.get().map(|(text, _)| text);
    view! {
        <td class="fleet-value" class:num=move || told.get().is_some_and(|(_, numeric)| numeric) title=text>{text}</td>
    }
}

fn like(cell: &Cell, column: &FleetColumn) -> Option<Like> {
    let value = format::number(cell).filter(|_| column.numeric)?;
    Some(Like { low: value, high: value, decimals: column.decimals })
}

/// How a field went of late.
#[component]
fn Trend(table: Table, device: u32, column: u16) -> impl IntoView {
    let drawn = Memo::new(move |_| {
        table.row_of(device, |table, row| {
            let Some(told) = table.columns.get(usize::from(column)) else { return (String::new(), String::new()) };
            let (name, span) = (crate::words::device::word(&told.name), format::duration(table.trend_nanos));
            let known = || row.trend.iter().copied().filter(|value| value.is_finite());
            let (low, high) =
                known().fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
            if low > high {
                return (String::new(), words::trend_none(&name, &span));
            }
            let said = |value: f32| {
                Like { low: f64::from(low), high: f64::from(high), decimals: told.decimals }.reading(f64::from(value))
            };
            let last = known().next_back().map(said).unwrap_or_default();
            (path(&row.trend, low, high), words::trend_words(&name, &span, &said(low), &said(high), &last))
        })
    });
    let view_box = format!("0 0 {} {}", SIZE.0, SIZE.1);
    view! {
        <td class="fleet-trend">
            <svg viewBox=view_box preserveAspectRatio="none" role="img" aria-label=move || drawn.with(|(_, words)| words.clone())>
                <path class="trace" vector-effect="non-scaling-stroke" d=move || drawn.with(|(path, _)| path.clone())></path>
            </svg>
        </td>
    }
}

/// The `d` of a line through the points; where there is none, it is broken. The whole width is sixty points.
fn path(points: &[f32], low: f32, high: f32) -> String {
    let (step, span) = (SIZE.0 / 59.0, f64::from(high) - f64::from(low));
    let mut path = String::new();
    let mut lifted = true;
    let first = 60_usize.saturating_sub(points.len());
    for (at, value) in points.iter().enumerate() {
        if !value.is_finite() {
            lifted = true;
            continue;
        }
        let part = if span > 0.0 { (f64::from(*value) - f64::from(low)) / span } else { 0.5 };
        let (x, y) = ((first + at) as f64 * step, 1.0 + (1.0 - part) * (SIZE.1 - 2.0));
        // One point alone is seen, too.
        let alone = lifted && points.get(at + 1).is_none_or(|next| !next.is_finite());
        path += &format!("{}{x:.1} {y:.1}", if lifted { 'M' } else { 'L' });
        if alone {
            path += "h1";
        }
        lifted = false;
    }
    path
}

/// An age in whole seconds: a column of them must not flicker.
fn coarse(nanos: i64) -> String {
    const SECOND: i64 = 1_000_000_000;
    if nanos < SECOND { crate::words::page::now().to_owned() } else { format::duration(nanos / SECOND * SECOND) }
}

/// The head of a group, which folds it.
#[component]
pub(super) fn Group(
    table: Table,
    name: String,
    stop: Memo<Option<Key>>,
    columns: Memo<Vec<u16>>,
    trend: Memo<Option<u16>>,
) -> impl IntoView {
    let key = Key::Group(name.clone());
    let (is_stop, at, id) = (key.clone(), key.clone(), id_of(&key));
    let counts = {
        let name = name.clone();
        Memo::new(move |_| {
            table.with(|table| {
                let of = |line: &FleetLine| match line {
                    FleetLine::Group { name: known, state, counts } if *known == name => Some((*state, *counts)),
                    _ => None,
                };
                table.rows.iter().find_map(of).unwrap_or_default()
            })
        })
    };
    let folded = {
        let name = name.clone();
        move || table.wish.with(|wish| wish.folded.contains(&name))
    };
    let word = match counts.get_untracked().0 {
        Some(state) => shape(state).1.to_owned(),
        None if name.is_empty() => words::no_value().to_owned(),
        None => crate::words::device::word(&name),
    };
    let fold = move |_| {
        table.wish.update(|wish| {
            if !wish.folded.remove(&name) {
                wish.folded.insert(name.clone());
            }
        });
    };
    let index = Memo::new(move |_| index_of(table, &key));
    let said = move || {
        let (grouped, counts) = counts.get();
        let all = counts.iter().map(|count| u64::from(*count)).sum();
        let worse = State::ALL
            .into_iter()
            .zip(counts)
            .filter(|(state, count)| grouped.is_none() && *state != State::Connected && *count > 0);
        let worse = worse.map(|(state, count)| {
            let (name, word) = shape(state);
            view! { <span class=format!("state state-{name}")><Shape name/>{format!("{} {word}", format::count(u64::from(count)))}</span> }
        });
        view! { <span class="fleet-count">{words::devices(all)}</span>{worse.collect_view()} }
    };
    let wide = move || {
        columns.with(Vec::len)
            + usize::from(trend.get().is_some())
            + 5
            + usize::from(table.with(|table| table.bulk.is_some()))
    };
    view! {
        <tr class="rows-group fleet-row" aria-rowindex=move || index.get()>
            <th scope="rowgroup" colspan=move || wide().to_string()>
                <button
                    class="values-fold"
                    type="button"
                    id=id
                    tabindex=move || if stop.with(|stop| stop.as_ref() == Some(&is_stop)) { "0" } else { "-1" }
                    aria-expanded=move || (!folded()).to_string()
                    on:focus=move |_| table.at.set(Some(at.clone()))
                    on:click=fold
                >
                    {word}
                </button>
                {said}
            </th>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_trend_breaks_where_nothing_came_and_one_point_alone_is_seen() {
        let points = [1.0, 2.0, f32::NAN, 1.0];
        let drawn = path(&points, 1.0, 2.0);
        assert_eq!(drawn.matches('M').count(), 2, "{drawn}");
        assert!(drawn.ends_with("h1"), "{drawn}");
        assert_eq!(path(&[f32::NAN], 0.0, 1.0), "");
    }
}
