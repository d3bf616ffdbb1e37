//! The fleet: every device of a broker in one table.

mod bulk;
mod export;
mod kept;
mod open;
mod row;
mod rows;
mod tools;
pub mod wish;

use crate::engine::{Open, use_engine};
use crate::words::fleet as words;
use kept::Table;
use leptos::prelude::*;
use rows::Rows;
use tools::Tools;

/// The devices of a session that is a fleet.
#[component]
pub fn Fleet(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let table = Table::of(use_engine(), &open);
    let all = Memo::new(move |_| table.with(|table| table.counts.iter().map(|count| u64::from(*count)).sum::<u64>()));
    let shown = Memo::new(move |_| table.with(|table| u64::from(table.shown)));
    let note = move || {
        let (shown, all) = (shown.get(), all.get());
        if shown == all { words::devices(all) } else { words::listed(shown, all) }
    };
    let mistake = move || {
        let filter = table.with(|table| table.filter.as_ref().map(|why| crate::words::say(why).to_owned()));
        filter.or_else(|| table.unopened.get())
    };
    let left_out = move || {
        table.with(|table| {
            let devices = (table.devices_left_out > 0).then(|| words::devices_left_out(table.devices_left_out));
            let columns = (table.columns_left_out > 0).then(|| words::columns_left_out(table.columns_left_out));
            [devices, columns].into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
    };
    let moved = Memo::new(move |_| table.with(|table| table.would_move));
    let sort_again = move |_| table.held.set(false);
    view! {
        <section class="panel work-fleet" aria-labelledby="fleet-title">
            <header class="panel-head">
                <h2 id="fleet-title">{words::title()}</h2>
                <span class="panel-note">{note}</span>
            </header>
            <div class="fleet-tools"><Tools table session=open.id/></div>
            <div class="fleet-said">
                <p id="fleet-filter-error" role="alert">{mistake}</p>
                <p role="status">{left_out}</p>
                <p class="fleet-held" hidden=move || moved.get() == 0>
                    {move || words::held(u64::from(moved.get()))}" "
                    <button class="button button-plain button-small" type="button" on:click=sort_again>{words::sort_again()}</button>
                </p>
            </div>
            {move || (all.get() == 0).then(|| view! { <p class="panel-empty">{words::empty()}</p> })}
            {move || (all.get() > 0 && shown.get() == 0).then(|| view! { <p class="panel-empty">{words::none()}</p> })}
            <Rows table open=open.clone()/>
            <bulk::Bar table open/>
        </section>
    }
}
