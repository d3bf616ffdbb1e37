//! One tile: its frame, what it shows, and how it is moved.

mod log;
mod press;
mod scale;

use super::board::Board;
use super::lines::Lines;
use super::look::{Condition, Look};
use super::map::Map;
use crate::browser::{dom, text};
use crate::ui::icon::Shape;
use crate::ui::whole::whole;
use crate::view::format;
use crate::words::dashboard as words;
use crate::words::device;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use log::Log;
use press::Press;
use scale::Scale;
use session::profile::{Area, COLUMNS, Tile, TileKind};
use session::query::Answer;
use std::sync::Arc;

/// A row of the grid where text has its usual size, and the line below it, in CSS pixels, as the style has it.
const ROW: (f64, f64) = (72.0, 1.0);

/// The id of a tile's element.
pub(super) fn tile_id(index: usize) -> String {
    format!("tile-{index}")
}

/// Gives a tile the focus back that it loses when it is put elsewhere in the page, and keeps it in sight.
pub(super) fn keep_focus(index: usize) {
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        dom::focus_if_lost(&tile_id(index));
    });
    request_animation_frame(move || {
        dom::focus_if_lost(&tile_id(index));
        // Its form has come above the tiles by then, or gone.
        request_animation_frame(move || dom::reveal(&format!("#{}:focus", tile_id(index))));
    });
}

/// A drag under way: where it began, in CSS pixels, and the area then.
#[derive(Clone, Copy)]
struct Drag {
    pointer: i32,
    from: (f64, f64),
    area: Area,
    resize: bool,
    column: f64,
}

/// A tile of the board.
#[component]
pub(super) fn TileView(
    board: Board,
    index: usize,
    tile: Tile,
    look: Memo<Look>,
    readings: RwSignal<Option<Arc<Answer>>>,
) -> impl IntoView {
    let area = Memo::new(move |_| {
        board.areas.with(|areas| areas.get(index).copied()).unwrap_or(Area { x: 0, y: 0, wide: 1, high: 1 })
    });
    let label = session::screen::visible(&device::word(&tile.label));
    let name = {
        let label = label.clone();
        move || {
            if !board.editing.get() {
                return label.clone();
            }
            let Area { x, y, wide, high } = area.get();
            words::place(&label, x + 1, y + 1, wide, high)
        }
    };
    let with_reading = matches!(tile.kind, TileKind::Number | TileKind::Gauge | TileKind::Bar | TileKind::Lamp);
    let alarm = move || with_reading && look.with(Look::alarm);
    let ages = with_reading || tile.kind == TileKind::Map;
    let stale = move || ages && look.with(|look| look.condition == Condition::Stale);
    let least = tile.kind.least();
    let drag = StoredValue::new(None::<Drag>);
    let node = NodeRef::<leptos::html::Section>::new();
    let begin = move |event: &PointerEvent, resize: bool| {
        if !board.editing.get_untracked() || event.button() != 0 {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if let Some(element) = node.get_untracked() {
            let _ = element.set_pointer_capture(event.pointer_id());
            let _ = element.focus();
            let area = area.get_untracked();
            let column = f64::from(element.offset_width()) / f64::from(area.wide.max(1));
            let from = (f64::from(event.client_x()), f64::from(event.client_y()));
            drag.set_value(Some(Drag { pointer: event.pointer_id(), from, area, resize, column }));
            board.chosen.set(Some(index));
        }
    };
    let dragged = move |event: &PointerEvent| {
        let drag = drag.get_value().filter(|drag| drag.pointer == event.pointer_id())?;
        let cells = |pixels: f64, size: f64| (pixels / size.max(1.0)).round() as i32;
        let by = (
            cells(f64::from(event.client_x()) - drag.from.0, drag.column),
            cells(f64::from(event.client_y()) - drag.from.1, ROW.0 * text::scale() + ROW.1),
        );
        Some(shifted(drag.area, by, drag.resize, least))
    };
    let moved = move |event: PointerEvent| {
        if let Some(to) = dragged(&event) {
            board
                .preview
                .set((to != area.get_untracked() || board.preview.get_untracked().is_some()).then_some((index, to)));
        }
    };
    let dropped = move |event: PointerEvent| {
        if let Some(to) = dragged(&event) {
            drag.set_value(None);
            board.put(index, to);
        }
    };
    let give_up = move || {
        drag.set_value(None);
        board.preview.set(None);
    };
    let key = move |event: KeyboardEvent| {
        if !board.editing.get_untracked() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let by = match event.key().as_str() {
            "ArrowLeft" => (-1, 0),
            "ArrowRight" => (1, 0),
            "ArrowUp" => (0, -1),
            "ArrowDown" => (0, 1),
            // What is carried stands where it stood.
            "Escape" if drag.with_value(Option::is_some) => {
                event.prevent_default();
                return give_up();
            }
            "Delete" => {
                event.prevent_default();
                board.remove(index);
                let left = board.tiles.with_untracked(Vec::len);
                return keep_focus(index.min(left.saturating_sub(1)));
            }
            _ => return,
        };
        event.prevent_default();
        board.put(index, shifted(area.get_untracked(), by, event.shift_key(), least));
    };
    let flag = move || {
        let (condition, flag) = look.with(|look| (look.condition.clone(), look.flag.clone()));
        match condition {
            Condition::Low | Condition::High => {
                Some(whole(view! { <span class="flag flag-alarm"><Shape name="alarm"/>{flag}</span> }))
            }
            Condition::Stale | Condition::NoNumber => {
                Some(whole(view! { <span class="state state-stale"><Shape name="stale"/>{flag}</span> }))
            }
            _ => None,
        }
    };
    let flag = ages.then_some(flag);
    let (kind, full) = (tile.kind.word(), label.clone());
    let variable = move |pick: fn(Area) -> u16| move || pick(area.get()).to_string();
    view! {
        <section
            class=format!("tile tile-{kind}")
            class:tile-alarm=alarm
            class:tile-stale=stale
            class:tile-chosen=move || board.editing.get() && board.chosen.get() == Some(index)
            node_ref=node
            id=tile_id(index)
            role=move || if board.editing.get() { "group" } else { "region" }
            aria-label=name
            tabindex=move || board.editing.get().then_some("0")
            style=("--x", variable(|area| area.x + 1))
            style=("--y", variable(|area| area.y + 1))
            style=("--wide", variable(|area| area.wide))
            style=("--high", variable(|area| area.high))
            on:keydown=key
            on:focusin=move |_| if board.editing.get_untracked() { board.chosen.set(Some(index)) }
            on:pointerdown=move |event| begin(&event, false)
            on:pointermove=moved
            on:pointerup=dropped
            on:pointercancel=move |_| give_up()
        >
            <h3><span class="tile-label" title=full>{label}</span>{flag}</h3>
            {content(board, tile, look, readings, area)}
            {move || board.editing.get().then(|| view! {
                <span class="tile-corner" title=words::resize() on:pointerdown=move |event| begin(&event, true)></span>
            })}
        </section>
    }
}

/// An area moved or resized by so many cells, on the grid and never too small for its tile.
fn shifted(area: Area, by: (i32, i32), resize: bool, least: (u16, u16)) -> Area {
    let add = |value: u16, by: i32, least: i32, most: i32| (i32::from(value) + by).clamp(least, most.max(least)) as u16;
    let columns = i32::from(COLUMNS);
    if resize {
        let wide = add(area.wide, by.0, least.0.into(), columns - i32::from(area.x));
        Area { wide, high: add(area.high, by.1, least.1.into(), session::profile::MAX_HIGH.into()), ..area }
    } else {
        let x = add(area.x, by.0, 0, columns - i32::from(area.wide));
        Area { x, y: add(area.y, by.1, 0, 1000), ..area }
    }
}

/// How many figures wide a reading is with its unit, which is written smaller: its type is as large as that leaves room
/// for.
fn chars(value: &str, unit: &str) -> usize {
    let unit = unit.chars().count();
    (value.chars().count() + if unit > 0 { unit.div_ceil(2) + 1 } else { 0 }).max(1)
}

fn content(
    board: Board,
    tile: Tile,
    look: Memo<Look>,
    readings: RwSignal<Option<Arc<Answer>>>,
    area: Memo<Area>,
) -> AnyView {
    let text = move |pick: fn(&Look) -> &String| move || look.with(|look| pick(look).clone());
    let chars = move || look.with(|look| chars(&look.value, &look.unit).to_string());
    let reading = move || {
        view! {
            <p class="tile-read" class:tile-word=move || look.with(|look| look.word) style=("--chars", chars)>
                <b>{text(|look| &look.value)}</b>" "<span>{text(|look| &look.unit)}</span>
            </p>
        }
    };
    let note = move || {
        view! { <p class="tile-note"><span class="tile-said"><span>{text(|look| &look.note)}</span></span><span class="tile-age">{text(|look| &look.age)}</span></p> }
    };
    match tile.kind {
        TileKind::Number => {
            let numeric = Memo::new(move |_| area.get().high > 2 && look.with(|look| !look.word));
            let trend =
                move || numeric.get().then(|| whole(view! { <Lines board tile=tile.clone() readings bare=true/> }));
            whole(view! { {reading()}{trend}{note()} })
        }
        TileKind::Gauge => {
            let room = Memo::new(move |_| area.get().high > 3);
            let bare = Tile { min: None, max: None, ..tile.clone() };
            let trend =
                move || room.get().then(|| whole(view! { <Lines board tile=bare.clone() readings bare=true/> }));
            whole(view! { {reading()}<Scale tile look bar=false/>{trend}{note()} })
        }
        TileKind::Bar => whole(view! { {reading()}<Scale tile look bar=true/>{note()} }),
        TileKind::Lamp => whole(view! {
            <p class="tile-read tile-word" style=("--chars", chars)>
                <span class="lamp" class:lamp-lit=move || look.with(|look| look.lit) aria-hidden="true"></span>
                <b>{text(|look| &look.value)}</b>" "<span>{text(|look| &look.unit)}</span>
            </p>
            {note()}
        }),
        TileKind::Plot => {
            let span = match tile.span_s {
                seconds @ 60..=120 => format!("{seconds} s"),
                seconds => format::duration(i64::from(seconds) * 1_000_000_000),
            };
            let span = words::last_span(&span);
            whole(view! { <Lines board tile readings/><p class="tile-note">{span}</p> })
        }
        TileKind::Map => whole(view! { <Map board tile readings/> }),
        TileKind::Log => whole(view! { <Log board area label=device::word(&tile.label)/> }),
        TileKind::Button => whole(view! { <Press board command=tile.command/> }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_moved_and_resized_by_cells_and_stays_on_the_grid() {
        let area = Area { x: 9, y: 0, wide: 3, high: 2 };
        let least = (2, 1);
        assert_eq!(shifted(area, (1, -1), false, least), area);
        assert_eq!(shifted(area, (-2, 1), false, least), Area { x: 7, y: 1, ..area });
        assert_eq!(shifted(area, (1, 1), true, least), Area { high: 3, ..area });
        assert_eq!(shifted(area, (-9, -9), true, least), Area { wide: 2, high: 1, ..area });
    }
}
