//! What acts on the table: the filter, the states, and what is shown of each device.

use super::kept::Table;
use super::wish::{Group, Trend, number_of};
use crate::ui::icon::Shape;
use crate::ui::menu::{Item, Menu};
use crate::view::format;
use crate::words::fleet as words;
use leptos::prelude::*;
use session::query::{FleetColumn, State};

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
pub(super) fn Tools(table: Table, session: u32) -> impl IntoView {
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
        <ColumnChoice table grouping=true/>
        <ColumnChoice table grouping=false/>
        <Menu id="menu-fleet-columns" label=Signal::stored(words::columns().to_owned()) icon="table" word=true items=Callback::new(move |()| columns(table))/>
        <super::export::Export table session/>
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

/// The choice of what the rows are grouped by, or of the column whose trend is shown.
#[component]
fn ColumnChoice(table: Table, grouping: bool) -> impl IntoView {
    let columns = Memo::new(move |_| {
        table.with(|table| {
            let named = table.columns.iter().filter(|column| grouping || column.numeric);
            named.map(|column| column.name.clone()).collect::<Vec<_>>()
        })
    });
    let trend = table.trend();
    // A column's name follows a colon: one may be called as a choice is.
    let chosen = Memo::new(move |_| {
        let name = |number: u16| table.with(|table| table.columns.get(usize::from(number)).map(|it| it.name.clone()));
        let column = |name: Option<String>| name.map_or_else(String::new, |name| format!(":{name}"));
        if !grouping {
            return column(trend.get().and_then(name));
        }
        match table.wish.with(|wish| wish.group.clone()) {
            Group::No => String::new(),
            Group::State => "state".to_owned(),
            Group::Column(known) => column(table.with(|table| number_of(&known, &table.columns)).and_then(name)),
        }
    });
    let change = move |event: leptos::ev::Event| {
        let value = event_target_value(&event);
        let name = value.strip_prefix(':').map(str::to_owned);
        table.wish.update(|wish| match (grouping, name) {
            (false, name) => wish.trend = name.map_or(Trend::No, Trend::Of),
            (true, Some(name)) => wish.group = Group::Column(name),
            (true, None) => wish.group = if value.is_empty() { Group::No } else { Group::State },
        });
    };
    let option = move |value: String, word: String| {
        let own = value.clone();
        view! { <option value=value selected=move || chosen.with(|chosen| *chosen == own)>{word}</option> }
    };
    let column = move |name: String| option(format!(":{name}"), crate::words::device::word(&name));
    let (label, none) =
        if grouping { (words::group_by(), words::no_group()) } else { (words::trend_of(), words::no_trend()) };
    view! {
        <label class="fleet-choice">
            <span>{label}</span>
            <select class="field-box field-small" on:change=change>
                {option(String::new(), none.to_owned())}
                {grouping.then(|| option("state".to_owned(), words::state().to_owned()))}
                <For each=move || columns.get() key=Clone::clone children=column/>
            </select>
        </label>
    }
}

fn columns(table: Table) -> Vec<Item> {
    let all = untrack(|| table.with(|table| table.columns.clone()));
    let shown = table.wish.with_untracked(|wish| wish.columns.of(&all));
    let item = |(number, column): (u16, &FleetColumn)| {
        let (name, known) = (column.name.clone(), all.clone());
        let toggle = move || table.wish.update(|wish| wish.columns.toggle(&name, &known));
        Item::new(crate::words::device::word(&column.name), toggle).checked(shown.contains(&number))
    };
    let own = Item::new(words::as_profile(), move || table.as_profile()).begins_group();
    (0..).zip(&all).map(item).chain([own]).collect()
}
