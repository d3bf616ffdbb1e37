//! The form of the tile that is chosen.

use super::board::Board;
use crate::browser::dom;
use crate::ui::whole::whole;
use crate::words::dashboard as words;
use crate::words::device;
use leptos::ev::{FocusEvent, SubmitEvent};
use leptos::prelude::*;
use session::profile::{Tile, TileKind};
use std::collections::BTreeMap;

/// What the form of a tile says of it; what is wrong, as a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filled {
    label: String,
    /// The fields, with commas between them where there may be several.
    fields: String,
    /// The second field of a map.
    longitude: String,
    on: String,
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
        let map = tile.kind == TileKind::Map;
        let first = || tile.fields.first().cloned().unwrap_or_default();
        Filled {
            label: tile.label.clone(),
            fields: if map { first() } else { tile.fields.join(", ") },
            longitude: if map { tile.fields.get(1).cloned().unwrap_or_default() } else { String::new() },
            on: tile.on.join(", "),
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
        let fields = match tile.kind {
            TileKind::Log | TileKind::Button => Vec::new(),
            TileKind::Map if self.fields.is_empty() || self.fields == self.longitude => {
                return Err(words::needs_both().into());
            }
            TileKind::Map => vec![self.fields.clone(), self.longitude.clone()],
            // Untouched, they stay as they are: a name may have a comma in it.
            TileKind::Plot if self.fields != tile.fields.join(", ") => list(&self.fields),
            TileKind::Plot => tile.fields.clone(),
            _ => vec![self.fields.clone()],
        };
        if fields.is_empty() && tile.kind == TileKind::Plot {
            return Err(words::needs_field().into());
        }
        let on = if self.on == tile.on.join(", ") { tile.on.clone() } else { list(&self.on) };
        Ok(Tile { label: self.label.trim().to_owned(), fields, on, min, max, band, span_s, ..tile.clone() })
    }
}

/// Texts with commas between them.
fn list(typed: &str) -> Vec<String> {
    typed.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Whether a kind of tile has such a field in its form.
fn has(kind: TileKind, what: &str) -> bool {
    match what {
        "min" => matches!(kind, TileKind::Gauge | TileKind::Bar | TileKind::Plot),
        "band" => !matches!(kind, TileKind::Map | TileKind::Log | TileKind::Button),
        _ => matches!(kind, TileKind::Number | TileKind::Gauge | TileKind::Plot | TileKind::Map),
    }
}

/// Which of a tile's texts a field of the form is.
type Pick = fn(&mut Filled) -> &mut String;

/// The form of a tile. What is filled in counts when the form is sent or left; what cannot be taken stays for the next
/// time that its tile is chosen.
#[component]
pub(super) fn Form(
    board: Board,
    index: usize,
    kind: TileKind,
    fields: Memo<Vec<String>>,
    drafts: RwSignal<BTreeMap<usize, Filled>>,
) -> impl IntoView {
    let tile =
        Memo::new(move |_| board.tiles.with(|tiles| tiles.get(index).map(|tile| Tile { area: None, ..tile.clone() })));
    let draft = drafts.try_update(|drafts| drafts.remove(&index)).flatten();
    let filled =
        RwSignal::new(draft.unwrap_or_else(|| tile.get_untracked().as_ref().map(Filled::of).unwrap_or_default()));
    // What is changed elsewhere, taken back for one, is shown here.
    Effect::new(move |before: Option<Option<Tile>>| {
        let now = tile.get();
        if before.is_some_and(|before| before != now)
            && let Some(tile) = &now
        {
            filled.set(Filled::of(tile));
        }
        now
    });
    let take = move || {
        let Some(tile) = tile.get_untracked() else { return };
        let typed = filled.get_untracked();
        let taken = match typed.put(&tile) {
            Ok(changed) if changed == tile => true,
            Ok(changed) => board.edit(index, |tile| *tile = Tile { area: tile.area, ..changed }),
            Err(why) => {
                board.wrong.set(Some(words::not_taken(&device::word(&tile.label), &why)));
                false
            }
        };
        if !taken {
            drafts.update(|drafts| drop(drafts.insert(index, typed)));
        } else {
            drafts.update(|drafts| drop(drafts.remove(&index)));
        }
    };
    let node = NodeRef::<leptos::html::Form>::new();
    let left = move |event: FocusEvent| {
        let within = node.get_untracked().is_some_and(|form| dom::goes_to(&event, &form));
        if !within {
            take();
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        take();
    };
    let text = move |of: Pick| move || filled.with(|filled| of(&mut filled.clone()).clone());
    let field = move |word: &'static str, of: Pick, decimal: bool| {
        view! {
            <label class="field"><span class="field-label">{word}</span>
                <input
                    class="field-box"
                    type="text"
                    autocomplete="off"
                    inputmode=if decimal { "decimal" } else { "text" }
                    prop:value=text(of)
                    on:input=move |event| filled.update(|filled| *of(filled) = event_target_value(&event))
                />
            </label>
        }
    };
    // One of the fields there are; what the tile names may not be among them yet.
    let choice = move |word: &'static str, of: Pick| {
        let options = move || {
            let now = text(of)();
            let mut all = fields.get();
            if !all.contains(&now) {
                all.insert(0, now.clone());
            }
            let option = |name: String| {
                let chosen = name == now;
                view! { <option value=name.clone() selected=chosen>{device::field(&name)}</option> }
            };
            all.into_iter().map(option).collect_view()
        };
        view! {
            <label class="field dash-field"><span class="field-label">{word}</span>
                <select class="field-select" on:change=move |event| filled.update(|filled| *of(filled) = event_target_value(&event))>
                    {options}
                </select>
            </label>
        }
    };
    let shown = match kind {
        TileKind::Log | TileKind::Button => None,
        TileKind::Map => Some(whole(view! {
            {choice(words::latitude(), |filled| &mut filled.fields)}
            {choice(words::longitude(), |filled| &mut filled.longitude)}
        })),
        TileKind::Plot => Some(whole(
            view! { <span class="dash-wide">{field(words::fields(), |filled| &mut filled.fields, false)}</span> },
        )),
        _ => Some(whole(choice(words::shown_field(), |filled| &mut filled.fields))),
    };
    let on = (kind == TileKind::Lamp).then(|| field(words::lit_by(), |filled| &mut filled.on, false));
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
    let name = move || {
        words::tile_form(&tile.with(|tile| tile.as_ref().map(|tile| device::word(&tile.label)).unwrap_or_default()))
    };
    view! {
        <form class="dash-form" node_ref=node aria-label=name on:submit=submit on:focusout=left novalidate>
            {field(words::label(), |filled| &mut filled.label, false)}
            {shown}
            {on}
            {scale}
            {band}
            {span}
            <span class="dash-acts">
                <button class="button" type="submit">{words::apply()}</button>
                <button class="button button-plain" type="button" on:click=move |_| { drafts.set(BTreeMap::new()); board.remove(index) }>{words::remove()}</button>
            </span>
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
    fn a_map_has_two_different_fields() {
        let map = Tile::new(TileKind::Map, "Position".into(), vec!["lat".into(), "lon".into()]);
        let filled = Filled::of(&map);
        assert_eq!(filled.put(&map), Ok(map.clone()));
        let same = Filled { longitude: "lat".into(), ..filled };
        assert!(same.put(&map).is_err_and(|why| why.contains("two fields")));
    }

    #[test]
    fn the_fields_of_a_plot_and_the_words_of_a_lamp_are_filled_in_with_commas_between() {
        let plot = Tile::new(TileKind::Plot, "All".into(), vec!["a,b".into()]);
        let mut filled = Filled::of(&plot);
        assert_eq!(filled.put(&plot), Ok(plot.clone()), "a name with a comma stays as long as nobody touches it");
        filled.fields = "speed, winding,".into();
        assert_eq!(filled.put(&plot).map(|tile| tile.fields), Ok(vec!["speed".into(), "winding".into()]));
        filled.fields = " , ".into();
        assert!(filled.put(&plot).is_err());
        let lamp = Tile::new(TileKind::Lamp, "State".into(), vec!["state".into()]);
        let filled = Filled { on: "running, starting".into(), fields: "mode".into(), ..Filled::of(&lamp) };
        let lamp = filled.put(&lamp).unwrap();
        assert_eq!((lamp.on, lamp.fields), (vec!["running".into(), "starting".into()], vec!["mode".to_owned()]));
    }
}
