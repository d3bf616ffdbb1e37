//! The figures below the plot: the two cursors with their differences, and the statistics of what is seen.

use super::gestures::Gestures;
use super::lanes::{Lane, Line};
use super::legend::Swatch;
use super::paint::columns;
use super::shared::Shared;
use super::state::PlotState;
use super::times;
use crate::browser::canvas;
use crate::browser::clock::Pace;
use crate::engine::use_engine;
use crate::view::format;
use crate::words::device;
use crate::words::plot as words;
use leptos::prelude::*;
use session::query::{Answer, FieldId, Query, Statistics};
use session::wire::SessionId;

/// What is told of one series: at A, at B, and over the span.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    marks: [Option<f64>; 2],
    statistics: Option<Statistics>,
}

/// The table of figures. It is there while it is wanted, or a cursor is set.
#[component]
pub fn Measures(
    /// Whose.
    session: SessionId,
    /// The lanes.
    lanes: Memo<Vec<Lane>>,
    /// What the panels share.
    shared: Shared,
    /// What moves the plot.
    gestures: Gestures,
) -> impl IntoView {
    let engine = use_engine();
    let plot = shared.plot;
    let ids = move || -> Vec<FieldId> {
        let hidden = plot.with_untracked(|plot| plot.hidden.clone());
        lanes.with_untracked(|lanes| {
            let all = lanes.iter().flat_map(|lane| &lane.series).map(|line| line.id);
            all.filter(|id| !hidden.contains(id)).collect()
        })
    };
    let pace = Pace::every(super::SECOND / 2);
    let statistics = engine.ask_for(session, move || {
        pace.due().then(|| {
            let query = Query::Statistics {
                fields: ids(),
                span: plot.with_untracked(PlotState::span),
                width: columns(canvas::units(gestures.size.get_untracked().0), canvas::ratio()),
            };
            plot.with_untracked(|plot| plot.asked(query))
        })
    });
    let of_marks = Pace::of_reading();
    let marks = engine.ask_for(session, move || {
        let at = plot.with_untracked(|plot| plot.marks);
        let set: Vec<i64> = at.iter().flatten().copied().collect();
        (!set.is_empty() && of_marks.due())
            .then(|| plot.with_untracked(|plot| plot.asked(Query::Marks { fields: all(lanes), at_nanos: set })))
    });
    let set = Memo::new(move |_| plot.with(|plot| plot.marks));
    let told = move |id: FieldId| {
        let statistics = statistics.with(|answer| match answer.as_deref() {
            Some(Answer::Statistics(Some(all))) => all.iter().find(|told| told.id == id).copied(),
            _ => None,
        });
        let index = lanes.with(|lanes| lanes.iter().flat_map(|lane| &lane.series).position(|line| line.id == id));
        let number = |which: usize| {
            marks.with(|answer| match answer.as_deref() {
                Some(Answer::Marks(all)) => all.get(which)?.get(index?).copied().flatten().map(|(_, number)| number),
                _ => None,
            })
        };
        let marks = match set.get() {
            [Some(_), Some(_)] => [number(0), number(1)],
            [Some(_), None] => [number(0), None],
            [None, Some(_)] => [None, number(0)],
            [None, None] => [None, None],
        };
        Told { marks, statistics }
    };
    let row = move |(line, unit): (Line, String)| {
        let told = Memo::new(move |_| told(line.id));
        view! { <Row line unit told set/> }
    };
    let rows = move || {
        let with_unit = |lane: Lane| lane.series.into_iter().map(move |line| (line, format::unit(&lane.unit)));
        lanes.get().into_iter().flat_map(with_unit).map(row).collect_view()
    };
    let counting = move || statistics.with(|answer| matches!(answer.as_deref(), Some(Answer::Statistics(None))));
    view! {
        <div class="figures" role="region" aria-label=words::figures() tabindex="0">
            <p class="figures-cursors" role="status">{move || said(set.get(), shared)}</p>
            {move || counting().then(|| view! { <p class="figures-cursors">{words::counting()}</p> })}
            <table class="rows figures-table">
                <thead>
                    <tr>
                        <th scope="col">{words::one_series()}</th>
                        <th scope="col" class="num" hidden=move || set.get()[0].is_none()>"A"</th>
                        <th scope="col" class="num" hidden=move || set.get()[1].is_none()>"B"</th>
                        <th scope="col" class="num" hidden=move || !both(set.get())>"Δ (B − A)"</th>
                        <th scope="col" class="num">{words::minimum()}</th>
                        <th scope="col" class="num">{words::maximum()}</th>
                        <th scope="col" class="num">{words::mean()}</th>
                        <th scope="col" class="num">{words::deviation()}</th>
                        <th scope="col" class="unit">{words::unit()}</th>
                        <th scope="col" class="num">{words::count()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn all(lanes: Memo<Vec<Lane>>) -> Vec<FieldId> {
    lanes.with_untracked(|lanes| lanes.iter().flat_map(|lane| &lane.series).map(|line| line.id).collect())
}

fn both(marks: [Option<i64>; 2]) -> bool {
    matches!(marks, [Some(_), Some(_)])
}

#[component]
fn Row(line: Line, unit: String, told: Memo<Told>, set: Memo<[Option<i64>; 2]>) -> impl IntoView {
    let among = |told: &Told, value: Option<f64>| {
        let (low, high) = told.statistics.and_then(|known| known.min.zip(known.max)).unwrap_or((0.5, 1.0));
        value.map_or_else(|| "–".to_owned(), |value| format::reading_among(value, low, high))
    };
    let at = move |which: usize| {
        told.with(|told| {
            let value = told.marks.get(which).copied().flatten();
            match (told.marks, value) {
                // Two that differ read differently.
                ([Some(a), Some(b)], Some(value)) => {
                    format::told_apart(value, a.min(b), a.max(b), |value| among(told, Some(value)))
                }
                _ => among(told, value),
            }
        })
    };
    let difference = move || {
        told.with(|told| {
            let [a, b] = told.marks;
            let difference = a.zip(b).map(|(a, b)| b - a);
            let usual = among(told, difference);
            // However small it is beside the values.
            match difference.filter(|difference| *difference != 0.0 && usual == among(told, Some(0.0))) {
                Some(difference) => format::reading(difference),
                None => usual,
            }
        })
    };
    let of = move |pick: fn(&Statistics) -> Option<f64>| {
        told.with(|told| among(told, told.statistics.as_ref().and_then(pick)))
    };
    let spread = move || {
        let value = told.with(|told| told.statistics.and_then(|known| known.deviation));
        value.map_or_else(|| "–".to_owned(), format::reading)
    };
    let count =
        move || told.with(|told| told.statistics.map_or_else(|| "–".to_owned(), |known| format::count(known.count)));
    view! {
        <tr>
            <th scope="row"><Swatch colour=line.colour dash=line.dash/>{device::field(&line.name)}</th>
            <td class="num" hidden=move || set.get()[0].is_none()>{move || at(0)}</td>
            <td class="num" hidden=move || set.get()[1].is_none()>{move || at(1)}</td>
            <td class="num" hidden=move || !both(set.get())>{difference}</td>
            <td class="num">{move || of(|known| known.min)}</td>
            <td class="num">{move || of(|known| known.max)}</td>
            <td class="num">{move || of(|known| known.mean)}</td>
            <td class="num">{spread}</td>
            <td class="unit">{unit}</td>
            <td class="num">{count}</td>
        </tr>
    }
}

/// The cursors in words: where they are, and how far apart.
fn said(marks: [Option<i64>; 2], shared: Shared) -> String {
    let times = shared.times();
    let clock = |at: i64| times::moment(times, at, 6);
    let said = match marks {
        [None, None] => return words::no_cursors().to_owned(),
        [Some(a), None] => words::cursor_a(&clock(a)),
        [None, Some(b)] => words::cursor_b(&clock(b)),
        [Some(a), Some(b)] => {
            let (apart, frequency) = times::apart(times, b.saturating_sub(a));
            words::cursors(&clock(a), &clock(b), &apart, &frequency)
        }
    };
    if shared.is_by_clock() { words::by_device(&said) } else { said }
}

/// A length of time to six digits or so.
#[must_use]
pub fn interval(nanos: i64) -> String {
    let sign = if nanos < 0 { "\u{2212}" } else { "" };
    let size = nanos.unsigned_abs() as f64;
    match size {
        _ if size < 1e6 => format!("{sign}{:.3} µs", size / 1e3),
        _ if size < 1e9 => format!("{sign}{:.3} ms", size / 1e6),
        _ => format!("{sign}{:.6} s", size / 1e9),
    }
}

/// A frequency.
#[must_use]
pub fn hertz(hertz: f64) -> String {
    match hertz {
        _ if hertz >= 1e6 => format!("{:.4} MHz", hertz / 1e6),
        _ if hertz >= 1e3 => format!("{:.4} kHz", hertz / 1e3),
        _ if hertz >= 1.0 => format!("{hertz:.3} Hz"),
        _ => format!("{:.3} mHz", hertz * 1e3),
    }
}

#[cfg(test)]
mod tests {
    use super::{hertz, interval};

    #[test]
    fn lengths_of_time_and_frequencies_have_units_that_fit() {
        assert_eq!([1_500, -2_500_000, 1_234_567_000].map(interval), ["1.500 µs", "\u{2212}2.500 ms", "1.234567 s"]);
        assert_eq!([0.25, 5.0, 1234.5, 2.5e6].map(hertz), ["250.000 mHz", "5.000 Hz", "1.2345 kHz", "2.5000 MHz"]);
    }
}
