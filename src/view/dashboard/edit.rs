//! What lays the dashboard out: undo, a form that adds a tile, a form for the tile that is chosen.

use super::board::Board;
use super::form::Form;
use super::lines::with;
use super::look::{names, numbers};
use crate::ui::remark::{self, RemarkPlace};
use crate::ui::whole::whole;
use crate::words::dashboard as words;
use crate::words::device;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use session::Profile;
use session::profile::{Tile, TileKind, sendable};
use session::query::Answer;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a kind of tile is called.
fn kind_word(kind: TileKind) -> &'static str {
    match kind {
        TileKind::Number => words::kind_number(),
        TileKind::Gauge => words::kind_gauge(),
        TileKind::Bar => words::kind_bar(),
        TileKind::Lamp => words::kind_lamp(),
        TileKind::Plot => words::kind_plot(),
        TileKind::Map => words::kind_map(),
        TileKind::Log => words::kind_log(),
        TileKind::Button => words::kind_button(),
    }
}

/// The forms, while the dashboard is edited.
#[component]
pub(super) fn Edit(board: Board, readings: RwSignal<Option<Arc<Answer>>>) -> impl IntoView {
    let (fields, numeric) = (Memo::new(move |_| with(readings, names)), Memo::new(move |_| with(readings, numbers)));
    // Not anew at each change of the tile: what has the focus in the form keeps it.
    let chosen = Memo::new(move |_| {
        let index = board.chosen.get()?;
        board.tiles.with(|tiles| tiles.get(index).map(|tile| (index, tile.kind)))
    });
    let drafts = RwSignal::new(BTreeMap::new());
    let form = move || match chosen.get() {
        Some((index, kind)) => whole(view! { <Form board index kind fields drafts/> }),
        None => whole(view! { <p class="dash-how">{words::choose()}</p> }),
    };
    view! {
        <div class="dash-edit">
            <p class="dash-how">{words::how()}</p>
            <Add board readings fields numeric/>
            <div class="dash-chosen">{form}<RemarkPlace role="alert" class="dash-wrong" remark=remark::wrong(board.wrong)/></div>
        </div>
    }
}

/// Adds a tile.
#[component]
fn Add(
    board: Board,
    readings: RwSignal<Option<Arc<Answer>>>,
    fields: Memo<Vec<String>>,
    /// Those that are numbers.
    numeric: Memo<Vec<String>>,
) -> impl IntoView {
    let kind = RwSignal::new(TileKind::Number);
    let first = RwSignal::new(String::new());
    let second = RwSignal::new(String::new());
    let commands = Memo::new(move |_| {
        board.tiles.track();
        let profile = Profile::parse(&board.text()).ok();
        let commands = profile.map(|profile| profile.commands).unwrap_or_default();
        commands.into_iter().filter(sendable).map(|command| command.name).collect::<Vec<_>>()
    });
    let offered = Memo::new(move |_| match kind.get() {
        TileKind::Log => Vec::new(),
        TileKind::Button => commands.get(),
        // On a scale there are numbers only.
        TileKind::Gauge | TileKind::Bar | TileKind::Plot => numeric.get(),
        _ => fields.get(),
    });
    let picked = move |signal: RwSignal<String>| {
        let known = offered.get_untracked();
        let now = signal.get_untracked();
        if known.contains(&now) { Some(now) } else { known.first().cloned() }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let kind = kind.get_untracked();
        let label = |name: &str| name.rsplit_once('.').map_or(name, |(_, field)| field).to_owned();
        let tile = match (kind, picked(first)) {
            (TileKind::Log, _) => Tile::new(kind, words::kind_log().into(), Vec::new()),
            (TileKind::Button, Some(command)) => {
                Tile { command: command.clone(), ..Tile::new(kind, command, Vec::new()) }
            }
            (TileKind::Button, None) => return board.wrong.set(Some(words::needs_command().into())),
            (TileKind::Map, _) => match (first.get_untracked(), second.get_untracked()) {
                (latitude, longitude) if latitude.is_empty() || longitude.is_empty() || latitude == longitude => {
                    return board.wrong.set(Some(words::needs_both().into()));
                }
                (latitude, longitude) => Tile::new(kind, words::kind_map().into(), vec![latitude, longitude]),
            },
            (_, Some(field)) => {
                let mut tile = Tile::new(kind, label(&field), vec![field.clone()]);
                if matches!(kind, TileKind::Gauge | TileKind::Bar) {
                    let extent = with_untracked(readings, &field);
                    (tile.min, tile.max) = (Some(extent.0), Some(extent.1));
                }
                tile
            }
            (_, None) => return board.wrong.set(Some(words::needs_field().into())),
        };
        board.add(tile);
        if let Some(index) = board.chosen.get_untracked() {
            request_animation_frame(move || crate::browser::dom::focus(&super::tile::tile_id(index)));
        }
    };
    let choose_kind = move |event| {
        let word = event_target_value(&event);
        if let Some((_, known)) = TileKind::ALL.into_iter().find(|(known, _)| *known == word) {
            if known == TileKind::Map {
                let of = |words| fields.with_untracked(|fields| named(fields, words)).unwrap_or_default();
                first.set(of(&["lat", "latitude"]));
                second.set(of(&["lon", "lng", "long", "longitude"]));
            }
            kind.set(known);
        }
    };
    let options = move |of: RwSignal<String>| {
        move || {
            let now = of.get();
            // Of a map nothing is guessed that is not called so.
            let none = (kind.get() == TileKind::Map).then(String::new);
            let option = |name: String| {
                let chosen = name == now;
                view! { <option value=name.clone() selected=chosen>{device::field(&name)}</option> }
            };
            none.into_iter().chain(offered.get()).map(option).collect_view()
        }
    };
    let word = move || match kind.get() {
        TileKind::Button => words::command(),
        TileKind::Map => words::latitude(),
        _ => words::field(),
    };
    view! {
        <form class="dash-form" aria-label=words::add_form() on:submit=submit>
            <label class="field"><span class="field-label">{words::kind()}</span>
                <select class="field-select" on:change=choose_kind>
                    {TileKind::ALL.map(|(word, kind)| view! { <option value=word>{kind_word(kind)}</option> }).collect_view()}
                </select>
            </label>
            <label class="field dash-field" hidden=move || kind.get() == TileKind::Log><span class="field-label">{word}</span>
                <select class="field-select" on:change=move |event| first.set(event_target_value(&event))>{options(first)}</select>
            </label>
            <label class="field dash-field" hidden=move || kind.get() != TileKind::Map><span class="field-label">{words::longitude()}</span>
                <select class="field-select" on:change=move |event| second.set(event_target_value(&event))>{options(second)}</select>
            </label>
            <button class="button" type="submit">{words::add()}</button>
        </form>
    }
}

/// The first field that is called by one of these words, alone or among others: `gps.lat`, `start_lat`.
fn named(fields: &[String], words: &[&str]) -> Option<String> {
    let is_called = |name: &&String| {
        let own = name.rsplit_once('.').map_or(name.as_str(), |(_, field)| field).to_lowercase();
        own.split(|ch: char| !ch.is_alphanumeric()).any(|part| words.contains(&part))
    };
    fields.iter().find(is_called).cloned()
}

/// A scale that takes what a field has shown so far.
fn with_untracked(readings: RwSignal<Option<Arc<Answer>>>, field: &str) -> (f64, f64) {
    let extent = untrack(|| {
        with(readings, |messages| {
            super::look::field(messages, field).and_then(|(_, reading)| reading.min.zip(reading.max))
        })
    });
    let (low, high) = extent.unwrap_or((0.0, 1.0));
    round_scale(low, high)
}

/// Round ends with a little room: from 0 where that is near.
fn round_scale(low: f64, high: f64) -> (f64, f64) {
    let size = low.abs().max(high.abs()).max(1e-9);
    let step = 10f64.powf(size.log10().floor());
    let low = if low >= 0.0 { 0.0 } else { (low / step).floor() * step };
    let high = if high <= 0.0 { 0.0 } else { (high / step).ceil() * step };
    if low < high { (low, high) } else { (low, low + 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_begins_with_the_fields_that_are_called_so() {
        let fields = ["gps.temp", "gps.flat", "gps.Latitude", "gps.pos_lon"].map(str::to_owned);
        assert_eq!(named(&fields, &["lat", "latitude"]).as_deref(), Some("gps.Latitude"));
        assert_eq!(named(&fields, &["lon", "lng"]).as_deref(), Some("gps.pos_lon"));
        assert_eq!(named(&fields, &["lng"]), None);
    }

    #[test]
    fn a_new_scale_has_round_ends() {
        assert_eq!(round_scale(3.0, 1842.0), (0.0, 2000.0));
        assert_eq!(round_scale(-0.12, 0.5), (-0.2, 0.5));
        assert_eq!(round_scale(0.0, 0.0), (0.0, 1.0));
    }
}
