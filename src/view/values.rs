//! The values: every field's latest reading with its unit, rate, last minute, extremes and age.

pub mod arrange;
mod kept;
mod row;
pub mod spark;
mod stop;
mod table;

use super::plot::fields::plottable;
use super::plot::lanes;
use super::plot::shared::Shared;
use crate::browser::clock::zone_seconds;
use crate::engine::{Open, use_engine};
use crate::view::format;
use crate::words::device;
use crate::words::values as words;
use arrange::{Group, Heading, Key, Line, SHOWN};
use leptos::either::Either;
use leptos::html;
use leptos::prelude::*;
pub use row::row_id;
use row::{Row, Rows, Sparks, find};
use session::query::Message;
use stop::Stop;
use table::Table;

/// The values of a session.
#[component]
pub fn Values(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let shared = expect_context::<Shared>();
    let (engine, id) = (use_engine(), open.id);
    let untabled = Memo::new(move |_| {
        engine.statuses.with(|statuses| statuses.get(&id).map_or(0, |status| status.counters.topics_untabled))
    });
    let untabled =
        move || Some(untabled.get()).filter(|count| *count > 0).map(|count| words::untabled(format::count(count)));
    let spark_column = NodeRef::<html::Th>::new();
    let sparks = Sparks::ask(use_engine(), open.id, spark_column);
    let table = Table::of(open, shared);
    let (pointer, focus) = (RwSignal::new(false), RwSignal::new(false));
    table.follow(move || pointer.get_untracked() || focus.get_untracked());
    let fields = Memo::new(move |_| shared.messages(|messages| plottable(messages, zone_seconds())));
    let lanes = Memo::new(move |_| lanes::lanes(&fields.get(), &shared.chosen.get().unwrap_or_default()));
    let rows = Rows { table, sparks, lanes };
    let count = Memo::new(move |_| shared.messages(|messages| messages.iter().map(|m| m.fields.len()).sum::<usize>()));
    let messages = Memo::new(move |_| shared.messages(<[Message]>::len));
    let note = move || words::count(words::of_messages(messages.get()), words::of_fields(count.get()));
    let filter = move || table.wish.with(|wish| wish.filter.trim().to_owned());
    let more = move || count.get().checked_sub(SHOWN).filter(|more| *more > 0 && filter().is_empty());
    let none = move || Some(filter()).filter(|filter| !filter.is_empty() && table.groups.with(Vec::is_empty));
    let headings =
        move || table.groups.with(|groups| groups.iter().map(|g| (g.heading, g.name.clone())).collect::<Vec<_>>());
    let group = move |(heading, name): (Heading, String)| view! { <Body heading name rows/> };
    view! {
        <section class="panel work-values" aria-labelledby="values-title">
            <header class="panel-head">
                <h2 id="values-title">{words::title()}</h2>
                <span class="panel-note">{note}</span>
                <div class="panel-tools"><Tools table/></div>
            </header>
            <p class="hidden" role="status">{table.said}</p>
            <div class="panel-body" tabindex="0" role="region" aria-label=words::table()>
                {move || (count.get() == 0).then(|| view! { <p class="panel-empty">{words::empty()}</p> })}
                {move || none().map(|filter| view! { <p class="panel-empty">{words::none_match(&filter)}</p> })}
                <table class="rows values" hidden=move || count.get() == 0>
                    <thead>
                        <tr>
                            <th scope="col" class="values-plot"><span class="hidden">{words::plotted()}</span></th>
                            <Heads table key=Key::Name word=words::field() class="values-field"/>
                            <Heads table key=Key::Value word=words::value() class="num"/>
                            <th scope="col" class="unit">{words::unit()}</th>
                            <Heads table key=Key::Rate word=words::rate() class="num values-rate"/>
                            <th scope="col" class="values-spark" node_ref=spark_column>{words::spark()}</th>
                            <th scope="col" class="num values-extreme">{words::min()}</th>
                            <th scope="col" class="num values-extreme">{words::max()}</th>
                            <Heads table key=Key::Age word=words::age() class="num age"/>
                        </tr>
                    </thead>
                    <tbody
                        on:pointerenter=move |_| pointer.set(true)
                        on:pointerleave=move |_| pointer.set(false)
                        on:focusin=move |_| focus.set(true)
                        on:focusout=move |_| focus.set(false)
                        on:keydown=move |event| table.key(&event)
                    >
                        <For each=headings key=Clone::clone children=group/>
                    </tbody>
                </table>
                {move || more().map(|more| view! { <p class="panel-empty">{words::more(more, SHOWN)}</p> })}
                {move || untabled().map(|words| view! { <p class="panel-empty">{words}</p> })}
            </div>
        </section>
    }
}

/// What acts on the table or on the row that is chosen.
#[component]
fn Tools(table: Table) -> impl IntoView {
    let chosen = move || table.chosen.get();
    let disabled = move || chosen().is_none().then_some("true");
    let why = move || chosen().is_none().then(words::choose_first);
    let pinned = move || chosen().is_some_and(|id| table.pinned(id)).to_string();
    view! {
        <input
            class="field-box field-small values-filter"
            type="search"
            data-find=""
            aria-label=words::filter()
            placeholder=words::filter_hint()
            autocomplete="off"
            spellcheck="false"
            prop:value=move || table.wish.with(|wish| wish.filter.clone())
            on:input=move |event| table.wish.update(|wish| wish.filter = event_target_value(&event))
        />
        <button
            class="button button-plain button-small"
            type="button"
            aria-pressed=move || (!table.wish.with(|wish| wish.flat)).to_string()
            on:click=move |_| table.wish.update(|wish| wish.flat = !wish.flat)
        >
            {words::group()}
        </button>
        <button
            class="button button-plain button-small"
            type="button"
            aria-pressed=pinned
            aria-disabled=disabled
            title=why
            on:click=move |_| table.pin()
        >
            {words::pin()}
        </button>
        <button class="button button-plain button-small" type="button" aria-disabled=disabled title=why on:click=move |_| table.copy()>
            {words::copy()}
        </button>
        <button
            class="button button-plain button-small"
            type="button"
            aria-label=words::show_bytes()
            aria-disabled=disabled
            title=move || why().unwrap_or(words::bytes_hint())
            on:click=move |_| table.show_bytes()
        >
            {words::bytes()}
        </button>
    }
}

/// A heading that sorts.
#[component]
fn Heads(table: Table, key: Key, word: &'static str, class: &'static str) -> impl IntoView {
    let sort = move || table.wish.with(|wish| wish.order.aria(key));
    let press = move |_| table.wish.update(|wish| wish.order = wish.order.pressed(key));
    view! {
        <th scope="col" class=class aria-sort=sort>
            <button class="values-sort" type="button" on:click=press>{word}</button>
        </th>
    }
}

/// A group: its heading, which folds it, and its rows.
#[component]
fn Body(heading: Heading, name: String, rows: Rows) -> impl IntoView {
    let table = rows.table;
    let folded = move || table.folded.with(|folded| folded.contains(&heading));
    let fold = move |_| {
        table.folded.update(|folded| {
            if !folded.remove(&heading) {
                folded.insert(heading);
            }
        });
    };
    let lines = move || {
        let of = |groups: &Vec<Group>| groups.iter().find(|group| group.heading == heading).map(|g| g.lines.clone());
        if folded() { Vec::new() } else { table.groups.with(of).unwrap_or_default() }
    };
    let rate = move |table_number: u16| {
        let rate = Memo::new(move |_| {
            let of = |messages: &[Message]| find(messages, table_number).map(rate_of);
            table.shared.messages(of).unwrap_or_default()
        });
        let retained = Memo::new(move |_| {
            let of = |messages: &[Message]| find(messages, table_number).map(|message| message.retained);
            table.shared.messages(of).unwrap_or_default()
        });
        move || {
            if retained.get() {
                Either::Left(words::retained())
            } else {
                Either::Right(view! { {rate}<span class="values-word">{words::samples()}</span>"/s" })
            }
        }
    };
    let (word, rate) = match heading {
        Heading::Message(number) => (device::message(&name), Some(rate(number))),
        Heading::Pinned => (words::pinned().to_owned(), None),
        Heading::All => (String::new(), None),
    };
    let stop = Stop::Heading(heading);
    let head = (heading != Heading::All).then(|| {
        view! {
            <tr class="rows-group">
                <th scope="rowgroup" colspan="4">
                    <button
                        class="values-fold"
                        type="button"
                        id=stop.id()
                        tabindex=move || if table.stop.get() == Some(stop) { "0" } else { "-1" }
                        aria-expanded=move || (!folded()).to_string()
                        on:focus=move |_| table.heading.set(Some(heading))
                        on:click=fold
                    >
                        {word}
                    </button>
                </th>
                <td class="values-extreme"></td>
                <td class="values-extreme"></td>
                <td colspan="3">{rate}</td>
            </tr>
        }
    });
    let row = move |line: Line| view! { <Row line rows/> };
    view! {
        {head}
        <For each=lines key=Clone::clone children=row/>
    }
}

/// The rate of a message in words; one sample alone has none.
fn rate_of(message: &Message) -> String {
    if message.count < 2 { "–".to_owned() } else { crate::view::format::rate(message.rate) }
}
