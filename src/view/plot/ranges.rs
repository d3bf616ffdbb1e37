//! The ranges of the lanes: automatic, or fixed by two fields each.

use super::lanes::Lane;
use super::shared::Shared;
use crate::view::format;
use crate::words::plot as words;
use leptos::prelude::*;

/// A form with the ends of each lane's range. An empty pair is automatic.
#[component]
pub fn Ranges(
    /// The lanes.
    lanes: Memo<Vec<Lane>>,
    /// What the panels share.
    shared: Shared,
) -> impl IntoView {
    let keys =
        Memo::new(move |_| lanes.with(|lanes| lanes.iter().map(|lane| (lane.key(), lane.name())).collect::<Vec<_>>()));
    view! {
        <div class="ranges" role="group" aria-label=words::ranges()>
            <For each=move || keys.get() key=Clone::clone children=move |(key, name)| view! { <Range key_of=key name shared/> }/>
        </div>
    }
}

#[component]
fn Range(key_of: String, name: String, shared: Shared) -> impl IntoView {
    let plot = shared.plot;
    let key = StoredValue::new(key_of);
    let fixed = Memo::new(move |_| key.with_value(|key| plot.with(|plot| plot.ranges.get(key).copied())));
    let typed = RwSignal::new((String::new(), String::new()));
    let wrong = RwSignal::new(false);
    // What the wheel changes is shown in the fields, unless it is what was typed there.
    Effect::new(move |_| {
        let shown = fixed.get().map_or_else(Default::default, |(low, high)| (plain(low), plain(high)));
        let was = typed.with_untracked(|(low, high)| number(low).zip(number(high)));
        if was != fixed.get() || was.is_none() && !wrong.get_untracked() {
            typed.set(shown);
        }
    });
    let apply = move || {
        let (low, high) = typed.get_untracked();
        let empty = low.trim().is_empty() && high.trim().is_empty();
        let range = number(&low).zip(number(&high)).filter(|(low, high)| low < high);
        wrong.set(!empty && range.is_none());
        key.with_value(|key| {
            plot.update(|plot| match range {
                Some(range) => drop(plot.ranges.insert(key.clone(), range)),
                None if empty => drop(plot.ranges.remove(key)),
                None => {}
            });
        });
    };
    let automatic = move |_| {
        wrong.set(false);
        typed.set(Default::default());
        key.with_value(|key| {
            plot.update(|plot| {
                plot.ranges.remove(key);
            });
        });
    };
    let from = words::from_of(&name);
    let to = words::to_of(&name);
    let label = words::automatic_of(&name);
    let bound = move |label: String, of: fn(&mut (String, String)) -> &mut String| {
        view! {
            <input
                class="field-box field-small"
                type="text"
                inputmode="decimal"
                aria-label=label
                prop:value=move || of(&mut typed.get()).clone()
                on:change=move |event| {
                    typed.update(|typed| *of(typed) = event_target_value(&event));
                    apply();
                }
            />
        }
    };
    view! {
        <div class="range">
            <b>{name}</b>
            {bound(from, |typed| &mut typed.0)}
            <span aria-hidden="true">"–"</span>
            {bound(to, |typed| &mut typed.1)}
            <button class="button button-plain button-small" type="button" aria-label=label aria-pressed=move || fixed.get().is_none().to_string() on:click=automatic>
                {words::automatic()}
            </button>
            <span class="field-error" role="alert">{move || wrong.get().then(words::bad_range)}</span>
        </div>
    }
}

/// A number as it was typed, with either minus sign and either decimal sign.
fn number(text: &str) -> Option<f64> {
    let plain: String = text.trim().replace('\u{2212}', "-").replace(',', ".");
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A number to be typed over.
fn plain(value: f64) -> String {
    let text = format::reading(value);
    if number(&text) == Some(value) { text } else { format!("{value}") }
}

#[cfg(test)]
mod tests {
    use super::{number, plain};

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(
            [" 1,5", "\u{2212}2", "-3e2", "x", "", "inf"].map(number),
            [Some(1.5), Some(-2.0), Some(-300.0), None, None, None]
        );
        for value in [0.1, -12_345.678_9, 1e-9, 2_000_000.0] {
            assert_eq!(number(&plain(value)), Some(value), "{}", plain(value));
        }
    }
}
