//! The legend is the readout: swatch, name, value at the cursor (or the newest), unit. Each row toggles its series, and
//! keeps its place in the order when that takes a lane from the plot. The tab key stops once, the arrow keys go on.

use super::lanes::{self, Lane, Line};
use super::paint::columns;
use super::readout::{not_drawn, value_at};
use super::shared::Shared;
use crate::browser::{canvas, dom};
use crate::view::format::{self, Like};
use crate::words::device;
use crate::words::plot as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use session::query::{Answer, FieldId, Message, Reading};
use std::sync::Arc;

/// A column beside the lanes: each row stands in the middle of its lane's height, where the lane is drawn.
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
    let plot = shared.plot;
    let groups = Memo::new(move |_| lanes.with(|lanes| plot.with(|plot| lanes::beside(lanes, &plot.hidden))));
    let lines = move || {
        let with_unit = |lane: Lane| lane.series.into_iter().map(move |line| (line, format::unit(&lane.unit)));
        lanes.get().into_iter().flat_map(with_unit).enumerate().collect::<Vec<_>>()
    };
    let order = Memo::new(move |_| {
        let ids = |lanes: &Vec<Lane>| lanes.iter().flat_map(|lane| lane.series.iter().map(|line| line.id)).collect();
        lanes.with(|lanes| -> Vec<FieldId> { ids(lanes) })
    });
    let last = RwSignal::new(None::<FieldId>);
    let stop = Memo::new(move |_| {
        order.with(|order| last.get().filter(|id| order.contains(id)).or_else(|| order.first().copied()))
    });
    let key = move |event: KeyboardEvent| {
        let to = order.with_untracked(|order| {
            let at = order.iter().position(|id| Some(*id) == stop.get_untracked())?;
            match event.key().as_str() {
                "ArrowDown" | "ArrowRight" => order.get(at + 1).or(order.first()),
                "ArrowUp" | "ArrowLeft" => at.checked_sub(1).and_then(|at| order.get(at)).or(order.last()),
                "Home" => order.first(),
                "End" => order.last(),
                _ => None,
            }
            .copied()
        });
        if let Some(to) = to.filter(|_| !event.ctrl_key() && !event.alt_key() && !event.meta_key()) {
            event.prevent_default();
            dom::focus(&row_id(to));
        }
    };
    // Made once for the lanes and then only moved: what is toggled by the keyboard keeps the focus.
    let row = move |(index, (line, unit)): (usize, (Line, String))| {
        let track = Memo::new(move |_| groups.with(|groups| track(groups, index)).to_string());
        view! { <Row line unit shared envelope size track stop last/> }
    };
    let rule = move |(index, _): (usize, (f64, usize))| {
        let track = groups.with_untracked(|groups| rule(groups, index)).to_string();
        view! { <span class="legend-rule" style:grid-row=track></span> }
    };
    view! {
        <div class="legend" role="group" aria-label=words::series() on:keydown=key style:grid-template-rows=move || groups.with(|groups| tracks(groups))>
            {move || groups.get().into_iter().enumerate().skip(1).map(rule).collect_view()}
            {move || lines().into_iter().map(row).collect_view()}
        </div>
    }
}

/// The tracks of the grid: for each lane its rows, with what is left of its height above and below them.
fn tracks(groups: &[(f64, usize)]) -> String {
    let total: f64 = groups.iter().map(|(weight, _)| weight).sum::<f64>().max(1.0);
    let lane = |(weight, rows): &(f64, usize)| {
        let share = weight / total;
        let space = format!("minmax(0, calc((100% * {share} - {rows} * var(--legend-row)) / 2))");
        format!("{space} repeat({rows}, var(--legend-row)) {space}")
    };
    groups.iter().map(lane).collect::<Vec<_>>().join(" ")
}

/// The track of a row, counted from 1.
fn track(groups: &[(f64, usize)], row: usize) -> usize {
    let mut before = 0;
    let mut track = row + 2;
    for (_, rows) in groups {
        before += rows;
        if row >= before {
            track += 2;
        }
    }
    track
}

/// The track a lane begins with.
fn rule(groups: &[(f64, usize)], lane: usize) -> usize {
    1 + groups.iter().take(lane).map(|(_, rows)| rows + 2).sum::<usize>()
}

#[component]
fn Row(
    line: Line,
    unit: String,
    shared: Shared,
    envelope: RwSignal<Option<Arc<Answer>>>,
    size: RwSignal<(u16, u16)>,
    track: Memo<String>,
    /// What the tab key stops at.
    stop: Memo<Option<FieldId>>,
    /// What had the focus last.
    last: RwSignal<Option<FieldId>>,
) -> impl IntoView {
    let (id, plot) = (line.id, shared.plot);
    let value = Memo::new(move |_| {
        let (cursor, live) = plot.with(|plot| (plot.cursor, plot.is_live()));
        let width = f64::from(columns(canvas::units(size.get().0), canvas::ratio()));
        // Between the beats of the readings the newest value would only flicker.
        let _beat = cursor.is_none().then(|| shared.readings.track());
        let at = |answer: &Option<Arc<Answer>>| match answer.as_deref() {
            Some(Answer::Envelope(envelope)) => {
                let series = envelope.series.iter().find(|series| series.id == id)?;
                value_at(series, cursor.unwrap_or(1.0), width)
            }
            _ => None,
        };
        let value = if cursor.is_some() { envelope.with(at) } else { envelope.with_untracked(at) };
        let (like, newest) =
            untrack(|| shared.messages(|messages| (like(messages, id), reading(messages, id).and_then(not_drawn))));
        if let Some(newest) = newest.filter(|_| live && cursor.is_none()) {
            return newest;
        }
        value.map_or_else(
            || "–".to_owned(),
            |value| like.map_or_else(|| format::reading(value), |like| like.reading(value)),
        )
    });
    let shown = move || plot.with(|plot| !plot.hidden.contains(&id));
    view! {
        <button
            class="legend-row"
            type="button"
            id=row_id(id)
            tabindex=move || if stop.get() == Some(id) { "0" } else { "-1" }
            on:focus=move |_| last.set(Some(id))
            aria-pressed=move || shown().to_string()
            style:grid-row=track
            on:click=move |_| plot.update(|plot| plot.toggle(id))
        >
            <Swatch colour=line.colour dash=line.dash/>
            <span class="legend-name">{device::field(&line.name)}</span>
            <b>{value}</b>
            <i>{unit}</i>
        </button>
    }
}

/// The id of a row's element.
fn row_id(id: FieldId) -> String {
    format!("series-{}-{}", id.table, id.field)
}

/// What the readings of a field are like.
#[must_use]
pub fn like(messages: &[Message], id: FieldId) -> Option<Like> {
    Like::of(reading(messages, id)?)
}

fn reading(messages: &[Message], id: FieldId) -> Option<&Reading> {
    let message = messages.iter().find(|message| message.table == id.table)?;
    message.fields.iter().find(|reading| reading.field == id.field)
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

#[cfg(test)]
mod tests {
    use super::{rule, track, tracks};

    #[test]
    fn rows_stand_beside_their_lanes() {
        let groups = [(1.25, 2), (1.0, 1), (1.0, 1)];
        // space, 2 rows, space; space, row, space; space, row, space
        assert_eq!([0, 1, 2, 3].map(|row| track(&groups, row)), [2, 3, 6, 9]);
        assert_eq!([0, 1, 2].map(|lane| rule(&groups, lane)), [1, 5, 8]);
        let space = "minmax(0, calc((100% * 1 - 4 * var(--legend-row)) / 2))";
        assert_eq!(tracks(&[(1.0, 4)]), format!("{space} repeat(4, var(--legend-row)) {space}"));
    }
}
