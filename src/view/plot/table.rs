//! The text form of a plot: the rows behind it, newest first.

use super::state::{PlotState, Window};
use crate::browser::clock;
use crate::engine::use_engine;
use crate::view::format;
use leptos::prelude::*;
use session::query::{Answer, Query, Rows};
use session::wire::SessionId;
use std::cell::Cell;

/// The newest rows, or the last ones before the end of a paused plot.
#[component]
pub fn Table(
    /// Whose.
    session: SessionId,
    /// Which table.
    table: u16,
    /// The plot's state.
    plot: RwSignal<PlotState>,
) -> impl IntoView {
    let engine = use_engine();
    let last = Cell::new(0);
    let answer = engine.ask_for(session, move || {
        let until_nanos = match plot.with_untracked(|plot| plot.window) {
            Window::Paused { to, .. } => Some(to),
            Window::Live { .. } | Window::Everything => None,
        };
        let now = clock::now_nanos();
        // A table that changes more than twice a second cannot be read.
        (now - last.get() >= 500_000_000).then(|| {
            last.set(now);
            Query::Rows { table, until_nanos, count: 100 }
        })
    });
    let shown = move || {
        answer.with(|answer| match answer.as_deref() {
            Some(Answer::Rows(rows)) => rows_view(rows).into_any(),
            _ => view! { <p class="panel-empty">"Waiting for the first rows."</p> }.into_any(),
        })
    };
    view! { <div class="panel-body" tabindex="0" role="region" aria-label="Plot as table">{shown}</div> }
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
