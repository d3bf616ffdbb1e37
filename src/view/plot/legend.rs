//! The legend is the readout: swatch, name, value at the cursor (or the newest), unit. Each row toggles its series.

use super::lanes::{Lane, Line};
use super::paint::{AXIS, value_at};
use super::state::Shared;
use crate::view::format;
use leptos::prelude::*;
use session::query::Answer;
use std::sync::Arc;

/// A column beside the lanes, one group for each.
#[component]
pub fn Legend(
    /// The lanes.
    lanes: Memo<Vec<Lane>>,
    /// What the panels share.
    shared: Shared,
    /// The envelope drawn.
    envelope: RwSignal<Option<Arc<Answer>>>,
    /// The canvas' size.
    size: RwSignal<(u16, u16)>,
) -> impl IntoView {
    let rows = move || {
        lanes.with(|lanes| lanes.iter().map(|lane| format!("{}fr", lane.weight())).collect::<Vec<_>>().join(" "))
    };
    let group = move |lane: Lane| {
        let unit = format::unit(&lane.unit);
        let row = |line: Line| view! { <Row line unit=unit.clone() shared envelope size/> };
        view! { <div class="legend-lane">{lane.series.into_iter().map(row).collect_view()}</div> }
    };
    view! {
        <div class="legend" role="group" aria-label="Series" style:grid-template-rows=rows>
            {move || lanes.get().into_iter().map(group).collect_view()}
        </div>
    }
}

#[component]
fn Row(
    line: Line,
    unit: String,
    shared: Shared,
    envelope: RwSignal<Option<Arc<Answer>>>,
    size: RwSignal<(u16, u16)>,
) -> impl IntoView {
    let (id, plot) = (line.id, shared.plot);
    let value = Memo::new(move |_| {
        let cursor = plot.with(|plot| plot.cursor);
        let width = f64::from(size.get().0) - AXIS;
        // Between the beats of the readings the newest value would only flicker.
        let _beat = cursor.is_none().then(|| shared.readings.track());
        let at = |answer: &Option<Arc<Answer>>| match answer.as_deref() {
            Some(Answer::Envelope(envelope)) => {
                let series = envelope.series.iter().find(|series| series.id == id)?;
                let low = series.columns.iter().map(|column| column.min).fold(f32::INFINITY, f32::min);
                let high = series.columns.iter().map(|column| column.max).fold(f32::NEG_INFINITY, f32::max);
                Some([value_at(series, cursor.unwrap_or(1.0), width)?, low, high].map(f64::from))
            }
            _ => None,
        };
        let value = if cursor.is_some() { envelope.with(at) } else { envelope.with_untracked(at) };
        value.map_or_else(|| "–".to_owned(), |[value, low, high]| format::reading_among(value, low, high))
    });
    let shown = move || plot.with(|plot| !plot.hidden.contains(&id));
    view! {
        <button
            class="legend-row"
            type="button"
            aria-pressed=move || shown().to_string()
            on:click=move |_| plot.update(|plot| plot.toggle(id))
        >
            <Swatch colour=line.colour dash=line.dash/>
            <span class="legend-name">{line.name}</span>
            <b>{value}</b>
            <i>{unit}</i>
        </button>
    }
}

/// A series' colour and dash.
#[component]
pub fn Swatch(
    /// Colour, 0 to 7.
    colour: usize,
    /// Dash pattern.
    dash: usize,
) -> impl IntoView {
    let class = format!("trace t{} {}", colour % 8 + 1, if dash > 0 { format!("dash-{dash}") } else { String::new() });
    view! { <svg class="swatch" viewBox="0 0 20 8" aria-hidden="true"><path class=class d="M0 4h20"></path></svg> }
}
