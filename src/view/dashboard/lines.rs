//! Readings over time in a tile: a lane for each unit, from an envelope of the worker's.

use super::super::plot::legend::like;
use super::super::values::spark::{extent, path};
use super::board::Board;
use super::look::{field, field_id, fraction, with_unit};
use crate::browser::clock::Pace;
use crate::engine::use_engine;
use crate::view::format::{self, Like};
use crate::words::dashboard as words;
use crate::words::device;
use leptos::prelude::*;
use session::profile::Tile;
use session::query::{Answer, Envelope, FieldId, Message, Query, Span};
use std::sync::Arc;

/// Pixel columns asked for: as wide as a tile is, more or less; the picture is stretched.
const WIDE: u16 = 300;
/// The height of the picture before it is stretched.
const HIGH: f64 = 98.0;

/// A series as it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawn {
    name: String,
    path: String,
    words: String,
}

/// Series that share a unit.
#[derive(Clone, Debug, Default, PartialEq)]
struct Lane {
    unit: String,
    low: String,
    high: String,
    /// Limits of the band, from the top of the picture.
    limits: Vec<f64>,
    series: Vec<(usize, Drawn)>,
}

/// The last readings of a tile's fields.
#[component]
pub(super) fn Lines(
    board: Board,
    tile: Tile,
    readings: RwSignal<Option<Arc<Answer>>>,
    /// A single line without axes, under a reading.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let pace = Pace::every(250_000_000);
    let names = tile.fields.clone();
    let ids = Memo::new(move |_| {
        with(readings, |messages| names.iter().filter_map(|name| field_id(messages, name)).collect::<Vec<FieldId>>())
    });
    let nanos = i64::from(tile.span_s) * 1_000_000_000;
    let answer = use_engine().ask_for(board.session, move || {
        let fields = ids.get_untracked();
        (!fields.is_empty() && pace.due()).then_some(Query::Envelope {
            fields,
            span: Span::Last { nanos },
            width: WIDE,
        })
    });
    let lanes = Memo::new(move |_| {
        answer.with(|answer| match answer.as_deref() {
            Some(Answer::Envelope(envelope)) => untrack(|| with(readings, |messages| lanes(&tile, envelope, messages))),
            _ => Vec::new(),
        })
    });
    let count = Memo::new(move |_| lanes.with(Vec::len));
    let lane = move |at: usize| view! { <LaneView lanes at bare/> };
    // Fewer share the room there is.
    let scrolls = move || !bare && count.get() > 3;
    view! {
        <div
            class="tile-lanes"
            class:tile-trend=bare
            class:tile-scrolls=scrolls
            tabindex=move || scrolls().then_some("0")
        >
            {move || (count.get() == 0 && !bare).then(|| view! { <p class="tile-note">{words::plot_none()}</p> })}
            <For each=move || 0..count.get() key=|at| *at children=lane/>
        </div>
    }
}

#[component]
fn LaneView(lanes: Memo<Vec<Lane>>, at: usize, bare: bool) -> impl IntoView {
    let lane = Memo::new(move |_| lanes.with(|lanes| lanes.get(at).cloned().unwrap_or_default()));
    let words = move || {
        lane.with(|lane| lane.series.iter().map(|(_, drawn)| drawn.words.clone()).collect::<Vec<_>>().join(" "))
    };
    let count = Memo::new(move |_| lane.with(|lane| lane.series.len()));
    let trace = move |index: usize| {
        let class =
            move || lane.with(|lane| lane.series.get(index).map(|(colour, _)| format!("trace t{}", colour % 8 + 1)));
        let path = move || lane.with(|lane| lane.series.get(index).map(|(_, drawn)| drawn.path.clone()));
        view! { <path class=class d=path></path> }
    };
    let limits = move || lane.with(|lane| lane.limits.iter().map(|y| format!("M0 {y:.1}H{WIDE}")).collect::<String>());
    let name = move |index: usize| {
        let name = move || lane.with(|lane| lane.series.get(index).map(|(_, drawn)| drawn.name.clone()));
        let class =
            move || lane.with(|lane| lane.series.get(index).map(|(colour, _)| format!("trace t{}", colour % 8 + 1)));
        view! { <span><svg viewBox="0 0 16 8" aria-hidden="true"><path class=class d="M0 4h16"></path></svg>{name}</span> }
    };
    let text = move |pick: fn(&Lane) -> &String| move || lane.with(|lane| pick(lane).clone());
    let view_box = format!("0 0 {WIDE} {}", HIGH + 2.0);
    let names = (!bare).then(|| {
        view! {
            <div class="lane-names" aria-hidden="true">
                <For each=move || 0..count.get() key=|at| *at children=name/>
                <span class="lane-unit">{text(|lane| &lane.unit)}</span>
            </div>
        }
    });
    view! {
        <figure class="tile-lane" class:tile-lane-bare=bare>
            {names}
            {(!bare).then(|| view! { <span class="lane-high" aria-hidden="true">{text(|lane| &lane.high)}</span><span class="lane-low" aria-hidden="true">{text(|lane| &lane.low)}</span> })}
            <svg viewBox=view_box preserveAspectRatio="none" role="img" aria-label=words>
                <path class="lane-limit" d=limits></path>
                <For each=move || 0..count.get() key=|at| *at children=trace/>
            </svg>
        </figure>
    }
}

/// The messages in an answer.
pub(super) fn with<T>(readings: RwSignal<Option<Arc<Answer>>>, read: impl FnOnce(&[Message]) -> T) -> T {
    readings.with(|answer| match answer.as_deref() {
        Some(Answer::Values(messages)) => read(messages),
        _ => read(&[]),
    })
}

/// The lanes of a tile: units are never mixed in one.
fn lanes(tile: &Tile, envelope: &Envelope, messages: &[Message]) -> Vec<Lane> {
    let found: Vec<(usize, FieldId, &str)> = tile
        .fields
        .iter()
        .enumerate()
        .filter_map(|(colour, name)| {
            let (message, reading) = field(messages, name)?;
            Some((colour, FieldId { table: message.table, field: reading.field }, reading.unit.as_str()))
        })
        .collect();
    let mut units: Vec<&str> = Vec::new();
    for (.., unit) in &found {
        if !units.contains(unit) {
            units.push(unit);
        }
    }
    let columns = |id: FieldId| {
        let series = envelope.series.iter().find(|series| series.id == id);
        series.map(|series| series.columns.as_slice()).unwrap_or_default()
    };
    let lane = |unit: &&str| {
        let of: Vec<_> = found.iter().filter(|(.., other)| other == unit).collect();
        let extents = of.iter().filter_map(|(_, id, _)| extent(columns(*id)));
        let (low, high) = extents.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        let (low, high) = scale(tile, (low, high));
        let unit = format::unit(unit);
        let said =
            |value: f64, like: Option<Like>| like.map_or_else(|| format::reading(value), |like| like.reading(value));
        let series = of.iter().map(|(colour, id, _)| {
            let columns = columns(*id);
            let name =
                tile.fields.get(*colour).map(|name| name.rsplit_once('.').map_or(name.as_str(), |(_, field)| field));
            let name = device::word(name.unwrap_or_default());
            let own = self::like(messages, *id);
            let words = extent(columns).zip(columns.last()).map_or_else(String::new, |((low, high), last)| {
                let last = with_unit(&said(last.last, own), &unit);
                words::plot_words(&name, &said(low, own), &said(high, own), &last)
            });
            let path = path(columns, (low, high), f64::from, HIGH);
            (*colour, Drawn { name, path, words })
        });
        let limits = tile.band.map(|(from, to)| [from, to]).into_iter().flatten();
        let limits = limits.filter(|limit| limit.is_finite() && (low..=high).contains(limit));
        Some(Lane {
            low: format::reading(low),
            high: format::reading(high),
            limits: limits.map(|limit| 1.0 + (1.0 - fraction(limit, low, high)) * HIGH).collect(),
            series: series.collect(),
            unit,
        })
    };
    units.iter().filter_map(lane).collect()
}

/// The ends of the scale: those of the profile, else round ones around what there is.
fn scale(tile: &Tile, (low, high): (f64, f64)) -> (f64, f64) {
    // Never more than a double, however far apart they are.
    let room = if high > low { high / 2.0 - low / 2.0 } else { high.abs().max(1.0) / 4.0 };
    let step = 10f64.powf((room.clamp(1e-300, 1e307) * 2.0).log10().floor()) / 2.0;
    let down = ((low / step - 0.05).floor() * step).max(f64::MIN);
    let up = ((high / step + 0.05).ceil() * step).min(f64::MAX);
    let (low, high) = (tile.min.unwrap_or(down), tile.max.unwrap_or(up));
    if low < high { (low, high) } else { (low, low + 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::plot::fields::message;
    use session::profile::TileKind;
    use session::query::{Column, Series};

    #[test]
    fn units_are_never_mixed_and_limits_are_drawn_where_they_are() {
        let mut messages = vec![message(0, "drive", &["speed", "amp", "goal"])];
        for (reading, unit) in messages[0].fields.iter_mut().zip(["{rpm}", "A", "{rpm}"]) {
            reading.unit = unit.into();
        }
        let series = |field, value: f64| {
            let column = Column { x: 3, first: value, min: value, max: value, last: value, broken: false };
            let id = FieldId { table: 0, field };
            Series { id, columns: vec![column], before: None, after: None, after_broken: false }
        };
        let series = vec![series(0, 100.0), series(1, 2.0), series(2, 200.0)];
        let envelope = Envelope { from_nanos: 0, to_nanos: 1, series, gaps: Vec::new(), whose: Vec::new() };
        let fields = ["speed", "drive.amp", "goal", "nothing"].map(str::to_owned).to_vec();
        let mut tile = Tile::new(TileKind::Plot, "x".into(), fields);
        let drawn = lanes(&tile, &envelope, &messages);
        let names: Vec<Vec<_>> = drawn
            .iter()
            .map(|lane| lane.series.iter().map(|(at, drawn)| (*at, drawn.name.as_str())).collect())
            .collect();
        assert_eq!(names, [vec![(0, "speed"), (2, "goal")], vec![(1, "amp")]]);
        (tile.min, tile.max, tile.band) = (Some(0.0), Some(200.0), Some((f64::NEG_INFINITY, 150.0)));
        let drawn = lanes(&tile, &envelope, &messages);
        assert_eq!(drawn[0].limits, [1.0 + HIGH / 4.0]);
        assert_eq!((drawn[0].low.as_str(), drawn[0].high.as_str(), drawn[0].unit.as_str()), ("0", "200", "r/min"));
    }
}
