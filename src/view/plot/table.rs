//! The text form of a plot: the rows behind it, newest first.

use super::fields;
use super::shared::Shared;
use super::state::Window;
use super::times::{self, Times, clock_name};
use crate::browser::clock;
use crate::engine::use_engine;
use crate::view::format::{self, Like};
use crate::words::device;
use crate::words::plot as words;
use leptos::prelude::*;
use session::query::{Answer, Cell, Message, Query, Rows};
use session::wire::SessionId;
use std::cell;

/// The newest rows, or the last ones before the end of a paused plot.
#[component]
pub fn Table(
    /// Whose.
    session: SessionId,
    /// Which table, until the user chose one.
    table: u16,
    /// What the panels share.
    shared: Shared,
) -> impl IntoView {
    let engine = use_engine();
    let table = move || shared.message.get().unwrap_or(table);
    let messages = Memo::new(move |_| {
        shared.messages(|messages| {
            let zone = clock::zone_seconds();
            let named = |(index, message): (usize, &Message)| (message.table, fields::label(messages, index, zone));
            messages.iter().enumerate().map(named).collect::<Vec<_>>()
        })
    });
    let choice = move |(id, name): (u16, String)| {
        view! { <option value=id.to_string() prop:selected=move || table() == id>{device::message(&name)}</option> }
    };
    let last = cell::Cell::new(0);
    let asked = cell::Cell::new(None);
    let answer = engine.ask_for(session, move || {
        let until_nanos = match shared.plot.with_untracked(|plot| plot.window) {
            Window::Paused { to, .. } => Some(to),
            Window::Live { .. } | Window::Everything => None,
        };
        let now = clock::now_nanos();
        // A table that changes more than twice a second cannot be read.
        let table = untrack(table);
        (now - last.get() >= 500_000_000 || asked.get() != Some(table)).then(|| {
            last.set(now);
            asked.set(Some(table));
            let query = Query::Rows { table, until_nanos, count: 100 };
            shared.plot.with_untracked(|plot| plot.asked(query))
        })
    });
    let shown = move || {
        answer.with(|answer| match answer.as_deref() {
            Some(Answer::Rows(rows)) => {
                let likes = untrack(|| shared.messages(|messages| likes(messages, rows)));
                rows_view(rows, &likes, shared.clocked.get().unwrap_or(Times::Instants)).into_any()
            }
            _ => view! { <p class="panel-empty">{words::waiting_for_rows()}</p> }.into_any(),
        })
    };
    view! {
        <div class="rows-choice">
            <label for="table-message">{words::message()}</label>
            <select
                class="field-select field-small"
                id="table-message"
                on:change=move |event| {
                    if let Ok(chosen) = event_target_value(&event).parse() {
                        shared.message.set(Some(chosen));
                    }
                }
            >
                {move || messages.get().into_iter().map(choice).collect_view()}
            </select>
            <span class="panel-note">{words::newest_hundred()}</span>
        </div>
        <div class="panel-body" tabindex="0" role="region" aria-label=words::plot_as_table()>{shown}</div>
    }
}

/// What the readings of each field of the rows' table are like, where they are numbers.
fn likes(messages: &[Message], rows: &Rows) -> Vec<Option<Like>> {
    let message = messages.iter().find(|message| message.table == rows.table);
    let reading = |field| message?.fields.iter().find(|reading| usize::from(reading.field) == field);
    (0..rows.fields.len()).map(|field| reading(field).and_then(Like::of)).collect()
}

/// A row's cells as text.
fn cells(cells: &[Cell], likes: &[Option<Like>]) -> Vec<String> {
    let likes = likes.iter().copied().chain(std::iter::repeat(None));
    cells.iter().zip(likes).map(|(cell, like)| format::cell_in_words(cell, like)).collect()
}

fn rows_view(rows: &Rows, likes: &[Option<Like>], times: Times) -> impl IntoView + use<> {
    let head = |(name, unit): &(String, String)| {
        let unit = format::unit(unit);
        let name = device::word(name);
        let word = if unit.is_empty() { name } else { words::in_unit(&name, &unit) };
        view! { <th scope="col" class="num">{word}</th> }
    };
    let clocked = !rows.device_nanos.is_empty();
    let row = |(index, (time, row)): (usize, &(i64, Vec<_>))| {
        let device = rows.device_nanos.get(index);
        let device = device.map(|time| view! { <td class="mono">{times::moment(times, *time, 3)}</td> });
        let cells = cells(row, likes).into_iter().map(|cell| view! { <td class="num">{cell}</td> }).collect_view();
        view! { <tr><th scope="row" class="mono">{format::clock(*time, clock::zone_seconds_at(*time), 3)}</th>{device}{cells}</tr> }
    };
    view! {
        <table class="rows rows-data">
            <thead><tr><th scope="col">{if clocked { words::arrival_time() } else { words::time() }}</th>{clocked.then(|| view! { <th scope="col">{clock_name(times)}</th> })}{rows.fields.iter().map(head).collect_view()}</tr></thead>
            <tbody>{rows.rows.iter().enumerate().map(row).collect_view()}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::query::Reading;

    #[test]
    fn a_column_has_the_decimals_that_the_values_have() {
        let reading = |field, min, max, decimals| Reading {
            field,
            name: format!("f{field}"),
            unit: String::new(),
            value: Cell::Null,
            min,
            max,
            time_nanos: 0,
            numeric: min.is_some(),
            decimals,
            rate: None,
            unplotted: false,
        };
        let fields = vec![
            reading(0, Some(19.5), Some(30.25), 2),
            reading(1, None, None, 0),
            reading(2, Some(1.0), Some(9.0), 0),
        ];
        let messages = [Message {
            table: 3,
            name: "m".into(),
            schema: "m".into(),
            rate: 1.0,
            count: 2,
            fields,
            topic: false,
            retained: false,
            ended: false,
        }];
        let row = vec![Cell::F64(20.0), Cell::Text("on".into()), Cell::F64(5.0), Cell::F64(7.0)];
        let names = vec![(String::new(), String::new()); 4];
        let rows = Rows { table: 3, fields: names, rows: vec![(0, row)], device_nanos: Vec::new() };
        assert_eq!(cells(&rows.rows[0].1, &likes(&messages, &rows)), ["20.00", "on", "5", "7"]);
        assert_eq!(cells(&rows.rows[0].1, &[]), ["20", "on", "5", "7"]);
    }
}
