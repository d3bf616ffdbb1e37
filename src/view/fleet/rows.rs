//! The table's body: as high as all rows are, with those in sight as elements.

use super::kept::{Key, Table};
use super::row::{Group, Row};
use super::tools::shape;
use crate::browser::dom;
use crate::browser::size::Size;
use crate::engine::Open;
use crate::view::format;
use crate::words::fleet as words;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use session::query::{FleetLine, SortKey, State};

#[component]
pub(super) fn Rows(table: Table, open: Open) -> impl IntoView {
    let (pointer, focus) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| table.held.set(pointer.get() || focus.get()));
    let columns = table.columns();
    let trend = table.trend();
    let lines = Memo::new(move |_| table.with(|table| table.rows.iter().map(Key::of).collect::<Vec<_>>()));
    let from = Memo::new(move |_| table.with(|table| table.from));
    let total = Memo::new(move |_| table.with(|table| table.lines));
    let height = move |rows: u32| format!("{}px", f64::from(rows) * table.row.get());
    let after = move || total.get().saturating_sub(from.get()).saturating_sub(lines.with(Vec::len) as u32);
    // The style sheet says how high a row is, another on a phone.
    let body = NodeRef::<html::Tbody>::new();
    let watched = StoredValue::new_local(None);
    let measure = move || {
        let row = body.try_get_untracked().flatten().and_then(|body| dom::height_of(&body, ".fleet-row"));
        if let Some(row) = row.filter(|row| *row > 0.0) {
            table.row.try_set(row);
        }
    };
    table.region.on_load(move |region| watched.set_value(Some(Size::of(&region, measure))));
    Effect::new(move |before: Option<bool>| {
        let some = lines.with(|lines| !lines.is_empty());
        if some && before != Some(true) {
            request_animation_frame(measure);
        }
        some
    });
    let stop = Memo::new(move |_| {
        let at = table.at.get();
        lines.with(|lines| at.filter(|at| lines.contains(at)).or_else(|| lines.first().cloned()))
    });
    let key = move |event: KeyboardEvent| step(table, &event, from.get_untracked(), total.get_untracked(), lines);
    let line = move |key: Key| match key {
        Key::Group(name) => view! { <Group table name stop columns trend/> }.into_any(),
        Key::Device(device) => view! { <Row table device stop columns trend open=open.clone()/> }.into_any(),
    };
    let command = Memo::new(move |_| {
        table.with(|table| table.bulk.as_ref().map(|bulk| crate::words::device::word(&bulk.command)))
    });
    let head = move |column: u16| view! { <ColumnHead table column/> };
    let trend_head = move || {
        trend.get().map(|column| {
            table.with(|table| {
                let name = table.columns.get(usize::from(column)).map(|column| column.name.clone()).unwrap_or_default();
                words::trend(&crate::words::device::word(&name), &format::duration(table.trend_nanos))
            })
        })
    };
    view! {
        <div class="fleet-scroll" hidden=move || total.get() == 0>
        <div class="panel-body fleet-body" tabindex="0" role="region" aria-label=words::table() node_ref=table.region>
            <table class="rows fleet" aria-rowcount=move || total.get().saturating_add(1)>
                <thead>
                    <tr aria-rowindex="1">
                        <th scope="col" class="fleet-pick"><All table/></th>
                        <Head table key=SortKey::State word=words::state().to_owned() class="fleet-state-head"/>
                        <Head table key=SortKey::Name word=words::device().to_owned() class="fleet-name"/>
                        {move || command.get().map(|word| view! { <Head table key=SortKey::Outcome word class="fleet-outcome"/> })}
                        <For each=move || columns.get() key=|column| *column children=head/>
                        {move || trend_head().map(|words| view! { <th scope="col" class="fleet-trend">{words}</th> })}
                        <Head table key=SortKey::Messages word=words::messages_heard().to_owned() class="num fleet-messages"/>
                        <Head table key=SortKey::LastSeen word=words::seen().to_owned() class="num age"/>
                    </tr>
                </thead>
                <tbody
                    node_ref=body
                    on:pointerenter=move |_| pointer.set(true)
                    on:pointerleave=move |_| pointer.set(false)
                    on:focusin=move |_| focus.set(true)
                    on:focusout=move |_| focus.set(false)
                    on:keydown=key
                >
                    <tr class="fleet-space" aria-hidden="true" style:height=move || height(from.get())></tr>
                    <For each=move || lines.get() key=Clone::clone children=line/>
                    <tr class="fleet-space" aria-hidden="true" style:height=move || height(after())></tr>
                </tbody>
            </table>
        </div>
        <Ruler table/>
        </div>
    }
}

/// Selects all that are listed, in sight or not; or none any more.
#[component]
fn All(table: Table) -> impl IntoView {
    let shown = Memo::new(move |_| table.with(|table| u64::from(table.shown)));
    let some = Memo::new(move |_| table.selected.with(|selected| !selected.is_empty()));
    let whole = Memo::new(move |_| table.selected.with(|selected| selected.len() as u64 >= shown.get().max(1)));
    let change = move |_| table.select_all(!some.get_untracked() || !whole.get_untracked());
    view! {
        <input
            type="checkbox"
            aria-label=move || words::select_all(shown.get())
            prop:checked=move || whole.get()
            prop:indeterminate=move || some.get() && !whole.get()
            on:change=change
        />
    }
}

/// Beside the table, as high as all its rows together: where devices want looking at. The states' own buttons say how many.
#[component]
fn Ruler(table: Table) -> impl IntoView {
    let states = Memo::new(move |_| table.with(|table| table.ruler.clone()));
    let mark = |state: &State| {
        let (name, _) = shape(*state);
        view! { <i class=format!("fleet-mark fleet-mark-{name}")></i> }
    };
    view! { <div class="fleet-ruler" aria-hidden="true" title=words::ruler()>{move || states.with(|states| states.iter().map(mark).collect_view())}</div> }
}

/// A heading that sorts.
#[component]
fn Head(table: Table, key: SortKey, word: String, class: &'static str) -> impl IntoView {
    let sort = move || table.wish.with(|wish| wish.aria(key));
    view! {
        <th scope="col" class=class aria-sort=sort>
            <button class="values-sort" type="button" on:click=move |_| table.wish.update(|wish| wish.press(key))>{word}</button>
        </th>
    }
}

/// The heading of a field: its name and its unit.
#[component]
fn ColumnHead(table: Table, column: u16) -> impl IntoView {
    let told = Memo::new(move |_| {
        table.with(|table| {
            let told = table.columns.get(usize::from(column))?;
            Some((crate::words::device::word(&told.name), format::unit(&told.unit), told.numeric))
        })
    });
    let key = SortKey::Column(column);
    let sort = move || table.wish.with(|wish| wish.aria(key));
    let name = move || told.get().map(|(name, ..)| name);
    let unit = move || told.get().map(|(_, unit, _)| unit).filter(|unit| !unit.is_empty());
    view! {
        <th scope="col" class:num=move || told.get().is_some_and(|(.., numeric)| numeric) aria-sort=sort>
            <button class="values-sort" type="button" on:click=move |_| table.wish.update(|wish| wish.press(key))>
                {name}{move || unit().map(|unit| view! { <span class="unit">" "{unit}</span> })}
            </button>
        </th>
    }
}

/// Where the keyboard leads: rows that are not there yet are scrolled to first.
fn step(table: Table, event: &KeyboardEvent, from: u32, total: u32, lines: Memo<Vec<Key>>) {
    let Some(region) = table.region.get_untracked() else { return };
    let page = (f64::from(region.client_height()) / table.row.get_untracked()) as u32;
    let now = table.at.get_untracked();
    let at = lines.with_untracked(|lines| lines.iter().position(|line| Some(line) == now.as_ref())).unwrap_or(0);
    let at = from.saturating_add(at as u32);
    let last = total.saturating_sub(1);
    let focused = lines.with_untracked(|lines| lines.get(at.saturating_sub(from) as usize).cloned());
    let extends = event.shift_key() && matches!(event.key().as_str(), "ArrowDown" | "ArrowUp");
    let to = match event.key().as_str() {
        "a" if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            return table.select_all(true);
        }
        "Escape" if table.selected.with_untracked(|selected| !selected.is_empty()) => {
            event.prevent_default();
            return table.select_all(false);
        }
        " " | "x" => {
            // On the head of a group the space bar presses its button.
            let Some(Key::Device(device)) = focused else { return };
            event.prevent_default();
            return table.toggle(device);
        }
        "ArrowDown" => at.saturating_add(1).min(last),
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => at.saturating_add(page).min(last),
        "PageUp" => at.saturating_sub(page),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    if extends {
        let next = lines.with_untracked(|lines| lines.get(to.saturating_sub(from) as usize).cloned());
        table.selected.update(|selected| {
            for key in [focused, next].into_iter().flatten() {
                if let Key::Device(device) = key {
                    selected.insert(device);
                }
            }
        });
    }
    // Its head is in the way at the top, hence one row more.
    let height = table.row.get_untracked();
    let (top, view) = (f64::from(to) * height, f64::from(region.client_height()) - height);
    let scrolled = f64::from(region.scroll_top());
    if top < scrolled {
        region.set_scroll_top(top as i32);
    } else if top + height > scrolled + view {
        region.set_scroll_top((top + height - view).ceil() as i32);
    }
    focus_when_there(table, to, lines, 120);
}

/// Gives a line the focus as soon as it is there, a few frames on at most.
fn focus_when_there(table: Table, to: u32, lines: Memo<Vec<Key>>, frames: u8) {
    let from = untrack(|| table.with(|table| table.from));
    let line = to.checked_sub(from).and_then(|at| lines.with_untracked(|lines| lines.get(at as usize).cloned()));
    match line {
        Some(line) => {
            table.at.set(Some(line.clone()));
            request_animation_frame(move || dom::focus(&super::row::id_of(&line)));
        }
        None if frames > 0 => request_animation_frame(move || focus_when_there(table, to, lines, frames - 1)),
        None => {}
    }
}

/// The lines' own numbers, the head being the first.
pub(super) fn index_of(table: Table, key: &Key) -> u32 {
    table.with(|part| {
        let at = part.rows.iter().position(|line: &FleetLine| Key::of(line) == *key).unwrap_or(0);
        part.from.saturating_add(at as u32).saturating_add(2)
    })
}
