//! The text form of a plot: the rows behind it, newest first.

use super::state::{PlotState, Shared, Window};
use crate::browser::clock;
use crate::engine::use_engine;
use crate::view::format;
use leptos::prelude::*;
use session::query::{Answer, Message, Query, Rows};
use session::wire::SessionId;
use std::cell::Cell;

/// The newest rows, or the last ones before the end of a paused plot.
#[component]
pub fn Table(
    /// Whose.
    session: SessionId,
    /// Which table first.
    table: u16,
    /// What the panels share.
    shared: Shared,
    /// The plot's state.
    plot: RwSignal<PlotState>,
) -> impl IntoView {
    let engine = use_engine();
    let table = RwSignal::new(table);
    let messages = Memo::new(move |_| {
        let named = |message: &Message| (message.table, message.name.clone());
        shared.messages(|messages| messages.iter().map(named).collect::<Vec<_>>())
    });
    let choice = move |(id, name): (u16, String)| {
        view! { <option value=id.to_string() prop:selected=move || table.get() == id>{name}</option> }
    };
    let last = Cell::new(0);
    let asked = Cell::new(None);
    let answer = engine.ask_for(session, move || {
        let until_nanos = match plot.with_untracked(|plot| plot.window) {
            Window::Paused { to, .. } => Some(to),
            Window::Live { .. } | Window::Everything => None,
        };
        let now = clock::now_nanos();
        // A table that changes more than twice a second cannot be read.
        let table = table.get_untracked();
        (now - last.get() >= 500_000_000 || asked.get() != Some(table)).then(|| {
            last.set(now);
            asked.set(Some(table));
            Query::Rows { table, until_nanos, count: 100 }
        })
    });
    let shown = move || {
        answer.with(|answer| match answer.as_deref() {
            Some(Answer::Rows(rows)) => rows_view(rows).into_any(),
            _ => view! { <p class="panel-empty">"Waiting for the first rows."</p> }.into_any(),
        })
    };
    view! {
        <div class="rows-choice">
            <label for="table-message">"Message"</label>
            <select
                class="field-select field-small"
                id="table-message"
                on:change=move |event| {
                    if let Ok(chosen) = event_target_value(&event).parse() {
                        table.set(chosen);
                    }
                }
            >
                {move || messages.get().into_iter().map(choice).collect_view()}
            </select>
            <span class="panel-note">"The newest hundred, or the last before the end of a paused plot."</span>
        </div>
        <div class="panel-body" tabindex="0" role="region" aria-label="Plot as table">{shown}</div>
    }
}

fn rows_view(rows: &Rows) -> impl IntoView + use<> {
    let head = |(name, unit): &(String, String)| {
        let unit = format::unit(unit);
        let word = if unit.is_empty() { name.clone() } else { format!("{name} in {unit}") };
        view! { <th scope="col" class="num">{word}</th> }
    };
    let zone = clock::zone_seconds();
    let row = |(time, cells): &(i64, Vec<_>)| {
        let cells = cells.iter().map(|cell| view! { <td class="num">{format::cell(cell)}</td> }).collect_view();
        view! { <tr><th scope="row" class="mono">{format::clock(*time, zone, 3)}</th>{cells}</tr> }
    };
    view! {
        <table class="rows rows-data">
            <thead><tr><th scope="col">"Time"</th>{rows.fields.iter().map(head).collect_view()}</tr></thead>
            <tbody>{rows.rows.iter().map(row).collect_view()}</tbody>
        </table>
    }
}
