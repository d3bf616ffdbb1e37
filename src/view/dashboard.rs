//! The dashboard: tiles for people who watch, as a panel and as a page of its own.

mod board;
mod edit;
mod form;
mod grid;
mod kept;
mod lines;
mod look;
mod map;
mod tile;

use crate::browser::clock::{self, Pace};
use crate::browser::{dom, file};
use crate::engine::{Engine, Open, use_engine};
use crate::profiles;
use crate::route::Route;
use crate::ui::icon::{Icon, Shape};
use crate::ui::state::{Kind, State};
use crate::ui::whole::whole;
use crate::view::bar::{FamilyMark, state_of};
use crate::view::nameplate::released::Released;
use crate::words::bar as bar_words;
use crate::words::dashboard as words;
use crate::words::device;
use board::Board;
use edit::Edit;
use kept::Kept;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use lines::with;
use look::{Condition, Look, Now, Summary, summary};
use session::Profile;
use session::profile::{Dashboard as Declared, Tile, TileKind};
use session::query::{Answer, Query};
use std::sync::Arc;
use tile::TileView;

/// The dashboard of a session, in its workspace.
#[component]
pub fn Dashboard(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let alone = format!("#{}", Route::Dashboard(open.id).fragment());
    let (board, readings) = begin(&open);
    view! {
        <div class="dash dash-panel">
            <Tools board><a class="button button-plain button-small" href=alone>{words::alone()}</a></Tools>
            <Tiles board readings/>
        </div>
    }
}

/// The dashboard of a session alone: for a screen on the wall, or a phone.
#[component]
pub fn DashboardPage(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let pace = Pace::of_reading();
    let _keeps_status_coming = engine.ask_for(id, move || pace.due().then_some(Query::Status));
    let (board, readings) = begin(&open);
    let title = Memo::new(move |_| {
        let declared = declared(board).title;
        let name = engine.session(id).map(|open| open.shown_name()).unwrap_or_default();
        if declared.is_empty() {
            return name;
        }
        // Of two devices with one profile each has its number here, too.
        format!("{}{}", device::word(&declared), device::number(&name))
    });
    let released = open.part::<Released>();
    let state = move || {
        let state = engine.statuses.with(|statuses| statuses.get(&id).map(|status| state_of(&status.state)));
        let (kind, word) = released.or(state.unwrap_or((Kind::Stale, bar_words::opening())));
        view! { <State kind word/> }
    };
    let buttons = Memo::new(move |_| board.tiles.with(|tiles| tiles.iter().any(|tile| tile.kind == TileKind::Button)));
    let watching = move || {
        (!buttons.get()).then(|| whole(view! { <p class="dash-watch"><Icon name="eye"/>{words::watching()}</p> }))
    };
    let workspace = format!("#{}", Route::Session(id).fragment());
    view! {
        <main class="dash" id="main" tabindex="-1">
            <header class="dash-head">
                <div>
                    <h1>{title}</h1>
                    <p>{state}<span class="dash-sep"><FamilyMark family=open.link.family()/></span></p>
                </div>
                {watching}
                <Tools board>
                    <button class="button button-plain button-small" type="button" on:click=move |_| dom::fill_screen()>{words::full_screen()}</button>
                    <a class="button button-plain button-small" href=workspace>{words::workspace()}</a>
                </Tools>
            </header>
            <h2 class="hidden">{words::title()}</h2>
            <Tiles board readings/>
        </main>
    }
}

fn begin(open: &Open) -> (Board, RwSignal<Option<Arc<Answer>>>) {
    let pace = Pace::every(250_000_000);
    let readings = use_engine().ask_for(open.id, move || pace.due().then_some(Query::Values));
    (Board::of(open), readings)
}

/// Whether a change of the tiles of a session can be taken back, and one be made again.
#[must_use]
pub fn steps(open: &Open) -> (bool, bool) {
    open.part::<Kept>().steps.with_untracked(kept::Steps::can)
}

/// Takes the last change of the tiles back, or makes it again.
pub fn step(engine: Engine, open: &Open, redo: bool) {
    // Why it was not done is said where it is laid out; nothing is changed then.
    let _ = open.part::<Kept>().step(engine, open.id, redo);
}

/// What the profile in force says of the dashboard.
fn declared(board: Board) -> Declared {
    board.tiles.track();
    Profile::parse(&board.text()).map(|profile| profile.dashboard).unwrap_or_default()
}

/// What acts on the dashboard as a whole.
#[component]
fn Tools(board: Board, children: Children) -> impl IntoView {
    let edit = move |_| {
        board.editing.update(|editing| *editing = !*editing);
        board.chosen.set(None);
        board.wrong.set(None);
    };
    let export = move |_| {
        let text = board.text();
        let name =
            Profile::parse(&text).map_or_else(|_| "profile".into(), |profile| profiles::file_stem(&profile.name));
        file::save_text(&format!("{name}.toml"), "application/toml", &text);
    };
    let step = move |word: &'static str, can: fn(Board) -> bool, act: fn(Board)| {
        view! {
            <button
                class="button button-plain button-small"
                type="button"
                aria-disabled=move || (!can(board)).then_some("true")
                on:click=move |_| if untrack(|| can(board)) { act(board) }
            >
                {word}
            </button>
        }
    };
    let editing = move || {
        board.editing.get().then(|| {
            whole(view! {
                {step(words::undo(), |board| board.steps().0, |board| board.step(false))}
                {step(words::redo(), |board| board.steps().1, |board| board.step(true))}
                {step(words::reset(), Board::changed, Board::reset)}
                <button class="button button-plain button-small" type="button" on:click=export>{words::export()}</button>
            })
        })
    };
    view! {
        <div class="dash-tools">
            {editing}
            <button
                class="button button-plain button-small"
                type="button"
                aria-pressed=move || board.editing.get().to_string()
                on:click=edit
            >
                {words::edit()}
            </button>
            {children()}
        </div>
    }
}

/// What is to be said first, and the tiles.
#[component]
fn Tiles(board: Board, readings: RwSignal<Option<Arc<Answer>>>) -> impl IntoView {
    let engine = use_engine();
    let stale = Memo::new(move |_| i64::from(declared(board).stale_s) * 1_000_000_000);
    let looks = Memo::new(move |_| {
        // An age grows while nothing comes.
        engine.second.track();
        let now = Now { nanos: clock::now_nanos(), zone_seconds: clock::zone_seconds(), stale_nanos: stale.get() };
        board.tiles.with(|tiles| {
            with(readings, |messages| tiles.iter().map(|tile| Look::of(tile, messages, now)).collect::<Vec<_>>())
        })
    });
    let said = Memo::new(move |_| {
        let with_reading =
            |tile: &Tile| matches!(tile.kind, TileKind::Number | TileKind::Gauge | TileKind::Bar | TileKind::Lamp);
        let tiles = board.tiles.get();
        let looks = looks.get();
        let silent_map = |tile: &Tile, look: &Look| tile.kind == TileKind::Map && look.condition == Condition::Stale;
        let pairs = tiles.iter().zip(looks).filter(|(tile, look)| with_reading(tile) || silent_map(tile, look));
        summary(&pairs.map(|(tile, look)| (device::word(&tile.label), look)).collect::<Vec<_>>())
    });
    // In the page they follow one another as they are seen; not yet while one is dragged, which would let go of it.
    let order = Memo::new(move |_| {
        let tiles = board.tiles.get();
        let order = grid::reading_order(&grid::placed(&tiles));
        let tile = |index: usize| Some((index, Tile { area: None, ..tiles.get(index)?.clone() }));
        order.into_iter().filter_map(tile).collect::<Vec<_>>()
    });
    let tile = move |(index, tile): (usize, Tile)| {
        let look = Memo::new(move |_| looks.with(|looks| looks.get(index).cloned().unwrap_or_default()));
        view! { <TileView board index tile look readings/> }
    };
    let key = move |event: KeyboardEvent| {
        let redo = dom::undoes(&event).filter(|_| board.editing.get_untracked() && !dom::typing(&event));
        if let Some(redo) = redo {
            event.prevent_default();
            event.stop_propagation();
            let at = board.chosen.get_untracked();
            board.step(redo);
            if let Some(index) = at {
                tile::keep_focus(index.min(board.tiles.with_untracked(Vec::len).saturating_sub(1)));
            }
        }
    };
    let empty = move || board.tiles.with(Vec::is_empty);
    view! {
        <div class="dash-body" on:keydown=key>
            {move || board.editing.get().then(|| whole(view! { <Edit board readings/> }))}
            <Said said/>
            {move || empty().then(|| view! { <p class="panel-empty">{words::empty()}</p> })}
            <div class="tiles" data-next=".dash-form select" class:tiles-edit=move || board.editing.get() hidden=empty>
                <For each=move || order.get() key=|(index, tile)| (*index, format!("{tile:?}")) children=tile/>
            </div>
        </div>
    }
}

/// What is wrong, in words, and how the rest is. Readings change all the time, so only the names of what is wrong are
/// announced.
#[component]
fn Said(said: Memo<Summary>) -> impl IntoView {
    let alarms = Memo::new(move |_| said.with(|said| said.alarms.clone()));
    let names =
        Memo::new(move |_| alarms.with(|all| all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")));
    let rest = Memo::new(move |_| said.with(|said| said.rest.clone()));
    let alarm = move || names.with(|names| !names.is_empty());
    let lines = move || {
        let line = |(name, reading): (String, String)| view! { <p><b>{name}</b>" "{reading}</p> };
        alarms.get().into_iter().map(line).collect_view()
    };
    let mark = move || alarm().then(|| view! { <span class="dash-mark"><Shape name="alarm"/></span> });
    view! {
        <p class="hidden" role="status">{names}" "{rest}</p>
        <section class="dash-say" class:dash-calm=move || !alarm() hidden=move || !alarm() && rest.with(String::is_empty) aria-label=words::summary()>
            {mark}
            <div class="dash-alarms" hidden=move || !alarm()>{lines}</div>
            <p class="dash-rest">{rest}</p>
        </section>
    }
}
