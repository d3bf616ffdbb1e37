//! What acts on the table: the filter, the states, and what is shown of each device.

use super::kept::Table;
use super::wish::{Trend, Wish};
use crate::ui::icon::Shape;
use crate::ui::menu::{Item, Menu};
use crate::view::format;
use crate::words::fleet as words;
use leptos::prelude::*;
use session::query::State;

/// A state's shape and word.
pub(super) fn shape(state: State) -> (&'static str, &'static str) {
    match state {
        State::Error => ("error", words::error()),
        State::Offline => ("gone", words::offline()),
        State::Stale => ("stale", words::stale()),
        State::Silent => ("off", words::silent()),
        State::Connected => ("connected", words::connected()),
    }
}

#[component]
pub(super) fn Tools(table: Table) -> impl IntoView {
    let wrong = move || table.with(|table| table.filter.is_some().then_some("true"));
    view! {
        <input
            class="field-box field-small fleet-filter"
            type="search"
            data-find=""
            aria-label=words::filter()
            aria-describedby="fleet-filter-error"
            aria-invalid=wrong
            placeholder=words::filter_hint()
            autocomplete="off"
            spellcheck="false"
            prop:value=move || table.wish.with(|wish| wish.filter.clone())
            on:input=move |event| table.wish.update(|wish| wish.filter = event_target_value(&event))
        />
        <div class="fleet-states" role="group" aria-label=words::states()>
            {State::ALL.into_iter().rev().map(|state| view! { <StateChoice table state/> }).collect_view()}
        </div>
        <ColumnChoice
            table
            label=words::group_by()
            none=words::no_group()
            of=|wish| wish.group
            set=|wish, column| wish.group = column
            numeric=false
        />
        <ColumnChoice
            table
            label=words::trend_of()
            none=words::no_trend()
            of=|wish| match wish.trend { Some(Trend::Of(column)) => Some(column), _ => None }
            set=|wish, column| wish.trend = Some(column.map_or(Trend::No, Trend::Of))
            numeric=true
        />
        <Menu id="menu-fleet-columns" label=Signal::stored(words::columns().to_owned()) icon="table" word=true items=Callback::new(move |()| columns(table))/>
    }
}

/// A state: how many devices are in it, and whether only those are wanted.
#[component]
fn StateChoice(table: Table, state: State) -> impl IntoView {
    let at = State::ALL.into_iter().position(|known| known == state).unwrap_or(0);
    let count = Memo::new(move |_| table.with(|table| u64::from(table.counts.get(at).copied().unwrap_or(0))));
    let wanted = move || table.wish.with(|wish| wish.states.contains(&state));
    let (name, word) = shape(state);
    let press = move |_| {
        table.wish.update(|wish| {
            if !wish.states.remove(&state) {
                wish.states.insert(state);
            }
        });
    };
    // What nobody is in is not offered, unless it was asked for.
    let gone = move || count.get() == 0 && !wanted() && state != State::Connected;
    view! {
        <button
            class=format!("button button-small fleet-state state state-{name}")
            type="button"
            hidden=gone
            aria-label=move || words::in_state(word, count.get())
            aria-pressed=move || wanted().to_string()
            on:click=press
        >
            <Shape name/><b>{move || format::count(count.get())}</b><span class="fleet-word">{word}</span>
        </button>
    }
}

/// A choice of one column, or of none.
#[component]
fn ColumnChoice(
    table: Table,
    label: &'static str,
    none: &'static str,
    of: fn(&Wish) -> Option<u16>,
    set: fn(&mut Wish, Option<u16>),
    numeric: bool,
) -> impl IntoView {
    let columns = Memo::new(move |_| {
        table.with(|table| {
            let named = (0_u16..).zip(&table.columns).filter(|(_, column)| !numeric || column.numeric);
            named.map(|(number, column)| (number, column.name.clone())).collect::<Vec<_>>()
        })
    });
    let trend = table.trend();
    let chosen = move || if numeric { trend.get() } else { table.wish.with(of) };
    let change = move |event: leptos::ev::Event| {
        let column = event_target_value(&event).parse().ok();
        table.wish.update(|wish| set(wish, column));
    };
    let option = move |(number, name): (u16, String)| {
        view! { <option value=number.to_string() selected=move || chosen() == Some(number)>{crate::words::device::word(&name)}</option> }
    };
    view! {
        <label class="fleet-choice">
            <span>{label}</span>
            <select class="field-box field-small" on:change=change>
                <option value="" selected=move || chosen().is_none()>{none}</option>
                <For each=move || columns.get() key=Clone::clone children=option/>
            </select>
        </label>
    }
}

fn columns(table: Table) -> Vec<Item> {
    let names =
        untrack(|| table.with(|table| table.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>()));
    let item = |(number, name): (u16, String)| {
        let shown = table.wish.with_untracked(|wish| wish.columns.has(number));
        let toggle = move || table.wish.update(|wish| wish.columns.toggle(number));
        Item::new(crate::words::device::word(&name), toggle).checked(shown)
    };
    (0..).zip(names).map(item).collect()
}
