//! The scale of a gauge or a bar.

use super::super::look::{Look, fraction, with_unit};
use crate::view::format;
use leptos::prelude::*;
use session::profile::Tile;

/// The scale of a reading, with the band it is allowed in; or a bar from the lower end to the reading.
#[component]
pub(super) fn Scale(tile: Tile, look: Memo<Look>, bar: bool) -> impl IntoView {
    let (min, max) = (tile.min.unwrap_or(0.0), tile.max.unwrap_or(1.0));
    let percent = |value: f64| format!("{:.2}%", value * 100.0);
    let at = move || look.with(|look| look.at);
    let place = move || at().map(percent);
    let band = tile.band.map(|(low, high)| (fraction(low.max(min), min, max), fraction(high.min(max), min, max)));
    let ok = band.map(|(low, high)| {
        view! { <span class="scale-ok" style:left=percent(low) style:right=percent(1.0 - high)></span> }
    });
    let ends = match tile.band {
        Some((low, high)) => vec![low, high],
        None => vec![min, max],
    };
    let within = ends.into_iter().filter(|end| (min..=max).contains(end));
    let labels = within.map(|end| {
        let place = fraction(end, min, max);
        let class = if place < 0.08 {
            "scale-first"
        } else if place > 0.92 {
            "scale-last"
        } else {
            ""
        };
        view! { <i class=class style:left=percent(place)>{format::reading(end)}</i> }
    });
    let text = move || look.with(|look| with_unit(&look.value, &look.unit));
    view! {
        <div
            class="scale"
            class:scale-bar=bar
            role="meter"
            aria-label=crate::words::device::word(&tile.label)
            aria-valuemin=min.to_string()
            aria-valuemax=max.to_string()
            aria-valuenow=move || at().map_or(min, |at| min + at * (max - min)).to_string()
            aria-valuetext=text
        >
            {ok}
            {bar.then(|| view! { <span class="scale-fill" style:width=move || place().unwrap_or_default()></span> })}
            {(!bar).then(|| view! { <span class="scale-at" hidden=move || at().is_none() style:left=move || place().unwrap_or_default()></span> })}
            {labels.collect_view()}
        </div>
    }
}
