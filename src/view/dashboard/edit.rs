//! What lays the dashboard out: undo, a form that adds a tile, a form for the tile that is chosen.

use super::board::Board;
use super::lines::with;
use super::look::names;
use crate::ui::remark::{self, RemarkPlace};
use crate::ui::whole::whole;
use crate::words::dashboard as words;
use crate::words::device;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use session::Profile;
use session::profile::{Tile, TileKind, sendable};
use session::query::Answer;
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
    let chosen = Memo::new(move |_| {
        let index = board.chosen.get()?;
        // Where it stands is no part of the form.
        board.tiles.with(|tiles| tiles.get(index).cloned()).map(|tile| (index, Tile { area: None, ..tile }))
    });
    let form = move || chosen.get().map(|(index, tile)| whole(view! { <Form board index tile/> }));
    view! {
        <div class="dash-edit">
            <p class="dash-how">{words::how()}</p>
            <Add board readings/>
            {form}
            <RemarkPlace role="alert" class="dash-wrong" remark=remark::wrong(board.wrong)/>
        </div>
    }
}

/// Adds a tile.
#[component]
fn Add(board: Board, readings: RwSignal<Option<Arc<Answer>>>) -> impl IntoView {
    let kind = RwSignal::new(TileKind::Number);
    let first = RwSignal::new(String::new());
    let second = RwSignal::new(String::new());
    let fields = Memo::new(move |_| with(readings, names));
    let commands = Memo::new(move |_| {
        board.tiles.track();
        let profile = Profile::parse(&board.text()).ok();
        let commands = profile.map(|profile| profile.commands).unwrap_or_default();
        commands.into_iter().filter(sendable).map(|command| command.name).collect::<Vec<_>>()
    });
    let offered = Memo::new(move |_| match kind.get() {
        TileKind::Log => Vec::new(),
        TileKind::Button => commands.get(),
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
            (TileKind::Map, Some(latitude)) => {
                let longitude = picked(second).unwrap_or_else(|| latitude.clone());
                Tile::new(kind, words::kind_map().into(), vec![latitude, longitude])
            }
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
            kind.set(known);
        }
    };
    let options = move || {
        offered
            .get()
            .into_iter()
            .map(|name| view! { <option value=name.clone()>{device::field(&name)}</option> })
            .collect_view()
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
                <select class="field-select" on:change=move |event| first.set(event_target_value(&event))>{options}</select>
            </label>
            <label class="field dash-field" hidden=move || kind.get() != TileKind::Map><span class="field-label">{words::longitude()}</span>
                <select class="field-select" on:change=move |event| second.set(event_target_value(&event))>{options}</select>
            </label>
            <button class="button" type="submit">{words::add()}</button>
        </form>
    }
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

/// What the form of a tile says of it; what is wrong, as a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
struct Filled {
    label: String,
    min: String,
    max: String,
    low: String,
    high: String,
    span: String,
}

impl Filled {
    fn of(tile: &Tile) -> Filled {
        let text = |value: Option<f64>| {
            value.filter(|value| value.is_finite()).map(|value| value.to_string()).unwrap_or_default()
        };
        Filled {
            label: tile.label.clone(),
            min: text(tile.min),
            max: text(tile.max),
            low: text(tile.band.map(|(low, _)| low)),
            high: text(tile.band.map(|(_, high)| high)),
            span: tile.span_s.to_string(),
        }
    }

    /// The tile with what was filled in.
    fn put(&self, tile: &Tile) -> Result<Tile, String> {
        let number = |what: &str, text: &str| match text.trim() {
            "" => Ok(None),
            text => match text.replace(',', ".").replace('\u{2212}', "-").parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(Some(value)),
                _ => Err(words::not_a_number(what)),
            },
        };
        let (min, max) = (number(words::min(), &self.min)?, number(words::max(), &self.max)?);
        let (low, high) = (number(words::band_low(), &self.low)?, number(words::band_high(), &self.high)?);
        let ordered = |low: Option<f64>, high: Option<f64>| low.zip(high).is_none_or(|(low, high)| low < high);
        if !ordered(min, max) {
            return Err(words::wrong_way(words::min(), words::max()));
        }
        if !ordered(low, high) {
            return Err(words::wrong_way(words::band_low(), words::band_high()));
        }
        if has(tile.kind, "min") && tile.kind != TileKind::Plot && (min.is_none() || max.is_none()) {
            return Err(words::needs_scale().into());
        }
        let span_s = match self.span.trim().parse() {
            Ok(span @ 1..=31_536_000) => span,
            _ => return Err(words::not_a_number(words::span())),
        };
        let band = (low.is_some() || high.is_some())
            .then(|| (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY)));
        Ok(Tile { label: self.label.trim().to_owned(), min, max, band, span_s, ..tile.clone() })
    }
}

/// Whether a kind of tile has such a field in its form.
fn has(kind: TileKind, what: &str) -> bool {
    match what {
        "min" => matches!(kind, TileKind::Gauge | TileKind::Bar | TileKind::Plot),
        "band" => !matches!(kind, TileKind::Map | TileKind::Log | TileKind::Button),
        _ => matches!(kind, TileKind::Number | TileKind::Gauge | TileKind::Plot | TileKind::Map),
    }
}

#[component]
fn Form(board: Board, index: usize, tile: Tile) -> impl IntoView {
    let filled = RwSignal::new(Filled::of(&tile));
    let (label, kind) = (tile.label.clone(), tile.kind);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match filled.with_untracked(|filled| filled.put(&tile)) {
            Err(why) => board.wrong.set(Some(why)),
            Ok(changed) => {
                board.edit(index, |tile| *tile = Tile { area: tile.area, ..changed });
            }
        }
    };
    let field = move |word: &'static str, of: fn(&mut Filled) -> &mut String, decimal: bool| {
        let text = move || filled.with(|filled| of(&mut filled.clone()).clone());
        view! {
            <label class="field"><span class="field-label">{word}</span>
                <input
                    class="field-box"
                    type="text"
                    autocomplete="off"
                    inputmode=if decimal { "decimal" } else { "text" }
                    prop:value=text
                    on:input=move |event| filled.update(|filled| *of(filled) = event_target_value(&event))
                />
            </label>
        }
    };
    let scale = has(kind, "min").then(|| {
        view! {
            {field(words::min(), |filled| &mut filled.min, true)}
            {field(words::max(), |filled| &mut filled.max, true)}
        }
    });
    let band = has(kind, "band").then(|| {
        view! {
            {field(words::band_low(), |filled| &mut filled.low, true)}
            {field(words::band_high(), |filled| &mut filled.high, true)}
        }
    });
    let span = has(kind, "span").then(|| field(words::span(), |filled| &mut filled.span, true));
    view! {
        <form class="dash-form" aria-label=words::tile_form(&device::word(&label)) on:submit=submit novalidate>
            {field(words::label(), |filled| &mut filled.label, false)}
            {scale}
            {band}
            {span}
            <button class="button" type="submit">{words::apply()}</button>
            <button class="button button-plain" type="button" on:click=move |_| board.remove(index)>{words::remove()}</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_held_against_what_a_tile_can_be() {
        let mut tile = Tile::new(TileKind::Gauge, "Speed".into(), vec!["speed".into()]);
        (tile.min, tile.max, tile.band) = (Some(0.0), Some(10.0), Some((f64::NEG_INFINITY, 8.5)));
        let filled = Filled::of(&tile);
        assert_eq!((filled.low.as_str(), filled.high.as_str()), ("", "8.5"));
        assert_eq!(filled.put(&tile), Ok(tile.clone()));
        let with = |act: fn(&mut Filled)| {
            let mut filled = filled.clone();
            act(&mut filled);
            filled.put(&tile)
        };
        assert_eq!(with(|filled| filled.low = "−2,5".into()).map(|tile| tile.band), Ok(Some((-2.5, 8.5))));
        assert_eq!(with(|filled| filled.max = "ten".into()), Err("Scale to must be a number, or empty.".into()));
        assert_eq!(with(|filled| filled.max = "0".into()), Err("Scale from must be below Scale to.".into()));
        assert_eq!(with(|filled| filled.low = "9".into()), Err("Band from must be below Band to.".into()));
        assert!(with(|filled| filled.min.clear()).is_err_and(|why| why.contains("both ends")));
        assert!(with(|filled| filled.span = "0".into()).is_err());
    }

    #[test]
    fn a_new_scale_has_round_ends() {
        assert_eq!(round_scale(3.0, 1842.0), (0.0, 2000.0));
        assert_eq!(round_scale(-0.12, 0.5), (-0.2, 0.5));
        assert_eq!(round_scale(0.0, 0.0), (0.0, 1.0));
    }
}
