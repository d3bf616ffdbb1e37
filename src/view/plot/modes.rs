//! What is drawn beside courses over time: one field against another, a spectrum, a distribution. The worker computes
//! them of the span that the plot shows, a few times a second.

use super::chart::{Chart, Marks};
use super::fields::{Plottable, unplotted};
use super::lanes::Lane;
use super::shared::Shared;
use super::state::{Mode, PlotState};
use super::times::{self, Times};
use crate::browser::canvas::Canvas;
use crate::browser::clock::Pace;
use crate::engine::use_engine;
use crate::view::format;
use crate::view::scheme::Colours;
use crate::view::text_size::TextSize;
use crate::words::device;
use crate::words::plot as words;
use leptos::html;
use leptos::prelude::*;
use session::query::{Answer, FieldId, Histogram, Message, Query, Spectrum, Xy};
use session::wire::SessionId;
use std::sync::Arc;

/// Bins of a distribution.
const BINS: u16 = 60;
/// Rows of a chart's table at most.
const ROWS: usize = 200;

/// The name of a mode.
#[must_use]
pub fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Time => words::over_time(),
        Mode::Xy => words::xy(),
        Mode::Spectrum => words::spectrum(),
        Mode::Histogram => words::histogram(),
    }
}

/// A chart with the choice of its fields.
#[component]
pub fn Modes(
    /// Whose.
    session: SessionId,
    /// The fields that can be drawn.
    fields: Memo<Vec<Plottable>>,
    /// The lanes of the plot over time: their first series is drawn where none was chosen.
    lanes: Memo<Vec<Lane>>,
    /// What the panels share.
    shared: Shared,
    /// The picture.
    node: NodeRef<html::Canvas>,
    /// The chart in words, for whoever wants it.
    text: RwSignal<String>,
) -> impl IntoView {
    let engine = use_engine();
    let plot = shared.plot;
    let mode = Memo::new(move |_| plot.with(|plot| plot.mode));
    let up = Memo::new(move |_| {
        let known = |id: &FieldId| fields.with(|fields| fields.iter().any(|field| field.id == *id));
        let first = || lanes.with(|lanes| lanes.first().and_then(|lane| lane.series.first()).map(|line| line.id));
        plot.with(|plot| plot.up).filter(known).or_else(first)
    });
    // Fields of the same message come first: their values are of the same time.
    let beside = Memo::new(move |_| {
        let other = |field: &Plottable| up.get().is_none_or(|up| field.id.table != up.table);
        let mut beside = fields.get();
        beside.sort_by_key(other);
        beside
    });
    let across = Memo::new(move |_| {
        let chosen = plot.with(|plot| plot.across);
        beside.with(|beside| {
            let chosen = chosen.filter(|id| beside.iter().any(|field| field.id == *id));
            // Rather another quantity than the time.
            chosen.or_else(|| shared.messages(|messages| other(messages, beside, up.get())))
        })
    });
    let pace = Pace::every(super::SECOND / 4);
    let asked = StoredValue::new(None::<Query>);
    let answer = engine.ask_for(session, move || {
        let span = plot.with_untracked(PlotState::span);
        let up = up.get_untracked()?;
        let query = match mode.get_untracked() {
            Mode::Time => return None,
            Mode::Xy => Query::Xy { x: across.get_untracked()?, y: up, span },
            Mode::Spectrum => Query::Spectrum { field: up, span },
            Mode::Histogram => Query::Histogram { field: up, span, bins: BINS },
        };
        let query = plot.with_untracked(|plot| plot.asked(query));
        // What is another question is asked at once.
        let other = asked.with_value(|asked| asked.as_ref() != Some(&query));
        (pace.due() || other).then(|| {
            asked.set_value(Some(query.clone()));
            query
        })
    });
    let named = move |id: Option<FieldId>| {
        let of = |fields: &Vec<Plottable>| {
            let field = fields.iter().find(|field| Some(field.id) == id)?;
            Some((device::field(&field.name), format::unit(&field.unit)))
        };
        fields.with(of).unwrap_or_default()
    };
    let shown = Memo::new(move |_| {
        let (name, unit) = named(up.get());
        let (other, other_unit) = named(across.get());
        Shown::of((mode.get(), shared.times()), answer.get().as_deref(), &(name, unit), &(other, other_unit))
    });
    Effect::new(move |_| text.set(shown.with(|shown| shown.summary.clone())));
    let (colours, text_size) = (expect_context::<Colours>(), expect_context::<TextSize>());
    let size = RwSignal::new((0, 0));
    Effect::new(move |_| {
        engine.second.track();
        if let Some(element) = node.get() {
            let now = (element.client_width(), element.client_height());
            if size.get_untracked() != now {
                size.set(now);
            }
        }
    });
    Effect::new(move |_| {
        colours.track();
        text_size.track();
        size.track();
        let (answer, up) = (answer.get(), up.get());
        let colour = lanes.with(|lanes| {
            let line = lanes.iter().flat_map(|lane| &lane.series).find(|line| Some(line.id) == up);
            line.map_or(0, |line| line.colour)
        });
        let Some(canvas) = node.get().and_then(|element| Canvas::fit(&element)) else { return };
        let (up, across) = (titled(&named(up)), titled(&named(across.get())));
        draw(&canvas, (mode.get(), shared.times()), answer, [&up, &across], colour);
    });
    let choose_up = move |event| {
        let id = parse(&event_target_value(&event));
        plot.update(|plot| plot.up = id);
    };
    let choose_across = move |event| {
        let id = parse(&event_target_value(&event));
        plot.update(|plot| plot.across = id);
    };
    let as_table = shared.as_table;
    view! {
        <div class="rows-choice">
            <label for="plot-field">{move || if mode.get() == Mode::Xy { words::upwards() } else { words::field() }}</label>
            <select class="field-select field-small" id="plot-field" prop:value=move || value(up.get()) on:change=choose_up>
                {move || options(fields.get(), up.get())}
            </select>
            <label for="plot-across" hidden=move || mode.get() != Mode::Xy>{words::across()}</label>
            <select class="field-select field-small" id="plot-across" hidden=move || mode.get() != Mode::Xy prop:value=move || value(across.get()) on:change=choose_across>
                {move || options(beside.get(), across.get())}
            </select>
        </div>
        <p class="chart-words" id="chart-summary">{move || shown.with(|shown| shown.summary.clone())}</p>
        <figure class="chart" hidden=move || as_table.get()>
            <canvas
                class="plot-canvas"
                node_ref=node
                tabindex="0"
                role="img"
                aria-label=move || name(mode.get())
                aria-describedby="chart-summary"
            ></canvas>
        </figure>
        {move || as_table.get().then(|| shown.with(table))}
    }
}

/// The field that is drawn across where nobody chose one.
fn other(messages: &[Message], fields: &[Plottable], up: Option<FieldId>) -> Option<FieldId> {
    let others = || fields.iter().map(|field| field.id).filter(|id| Some(*id) != up);
    others().find(|id| !unplotted(messages, *id)).or_else(|| others().next()).or(up)
}

/// A chart as words and rows.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    summary: String,
    heads: [String; 2],
    rows: Vec<[String; 2]>,
}

impl Shown {
    fn of(
        (mode, times): (Mode, Times),
        answer: Option<&Answer>,
        up: &(String, String),
        across: &(String, String),
    ) -> Shown {
        match (mode, answer) {
            (Mode::Xy, Some(Answer::Xy(xy))) => Shown::of_xy(xy, up, across),
            (Mode::Spectrum, Some(Answer::Spectrum(Some(spectrum)))) => Shown::of_spectrum(spectrum, times, up),
            (Mode::Spectrum, Some(Answer::Spectrum(None))) => Shown::only(words::too_few()),
            (Mode::Histogram, Some(Answer::Histogram(Some(histogram)))) => Shown::of_histogram(histogram, up),
            (Mode::Histogram, Some(Answer::Histogram(None))) => Shown::only(words::no_numbers()),
            _ => Shown::only(words::computing()),
        }
    }

    fn only(words: &str) -> Shown {
        Shown { summary: words.to_owned(), ..Shown::default() }
    }

    fn of_xy(xy: &Xy, up: &(String, String), across: &(String, String)) -> Shown {
        let rows = xy.points.iter().rev().take(ROWS).map(|(x, y)| [format::reading(*x), format::reading(*y)]);
        let count = format::count(xy.points.len() as u64);
        let summary = if xy.total > xy.points.len() as u64 {
            words::newest_points(&up.0, &across.0, &count, &format::count(xy.total))
        } else {
            words::points(&up.0, &across.0, &count)
        };
        let summary = if xy.held { format!("{summary} {}", words::held_points(&across.0)) } else { summary };
        Shown { summary, heads: [titled(across), titled(up)], rows: rows.collect() }
    }

    fn of_spectrum(spectrum: &Spectrum, times: Times, up: &(String, String)) -> Shown {
        let hertz = |per_second| times::frequency(times, per_second);
        let unit = if up.1.is_empty() { String::new() } else { format!(" {}", up.1) };
        let amplitude = |value: f64| format!("{}{unit}", format::reading(value));
        let rate = words::rate(&format::reading((spectrum.rate_hz * 100.0).round() / 100.0));
        let rate = if times == Times::Rows { words::each_row().to_owned() } else { rate };
        let used = format::count(spectrum.used);
        let mut summary = match spectrum.peak {
            Some((at, high)) => words::peak(&up.0, &hertz(at), &amplitude(high), &rate, &used),
            None => words::no_peak(&up.0, &rate, &used),
        };
        if spectrum.unused > 0 {
            summary += &words::unused(&format::count(spectrum.unused));
        }
        // The largest first: that is what one looks for.
        let mut all: Vec<(usize, f64)> = spectrum.amplitudes.iter().copied().enumerate().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        let rows =
            all.iter().take(ROWS).map(|(index, value)| [hertz(*index as f64 * spectrum.step_hz), amplitude(*value)]);
        Shown { summary, heads: [words::frequency().to_owned(), words::amplitude().to_owned()], rows: rows.collect() }
    }

    fn of_histogram(histogram: &Histogram, up: &(String, String)) -> Shown {
        let wide = histogram.bin();
        let edge =
            |index: usize| format::reading_among(histogram.low + wide * index as f64, histogram.low, histogram.high);
        let most = histogram.bins.iter().enumerate().max_by_key(|(_, count)| **count);
        let unit = if up.1.is_empty() { String::new() } else { format!(" {}", up.1) };
        let mut summary = most.map_or_else(String::new, |(index, count)| {
            let (counted, count) = (format::count(histogram.counted), format::count(*count));
            words::distribution(&up.0, &counted, &format!("{} – {}{unit}", edge(index), edge(index + 1)), &count)
        });
        if histogram.total > histogram.counted {
            summary += &words::unused(&format::count(histogram.total - histogram.counted));
        }
        let rows = histogram.bins.iter().enumerate();
        let rows =
            rows.map(|(index, count)| [format!("{} – {}{unit}", edge(index), edge(index + 1)), format::count(*count)]);
        Shown { summary, heads: [titled(up), words::count().to_owned()], rows: rows.collect() }
    }
}

fn table(shown: &Shown) -> impl IntoView + use<> {
    let row = |[first, second]: &[String; 2]| {
        view! { <tr><th scope="row" class="num">{first.clone()}</th><td class="num">{second.clone()}</td></tr> }
    };
    let [first, second] = shown.heads.clone();
    view! {
        <div class="panel-body" tabindex="0" role="region" aria-label=words::plot_as_table()>
            <table class="rows rows-data">
                <thead><tr><th scope="col" class="num">{first}</th><th scope="col" class="num">{second}</th></tr></thead>
                <tbody>{shown.rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn draw(
    canvas: &Canvas,
    (mode, times): (Mode, Times),
    answer: Option<Arc<Answer>>,
    [up, across]: [&str; 2],
    colour: usize,
) {
    let none = Chart { marks: Marks::Dots(&[]), across: "", up: "", point: None, colour, range: None };
    match (mode, answer.as_deref()) {
        (Mode::Xy, Some(Answer::Xy(xy))) => {
            Chart { marks: Marks::Dots(&xy.points), across, up, ..none }.paint(canvas);
        }
        (Mode::Spectrum, Some(Answer::Spectrum(Some(spectrum)))) => {
            let points = spectrum.amplitudes.iter().enumerate();
            let points: Vec<_> = points.map(|(index, value)| (index as f64 * spectrum.step_hz, *value)).collect();
            let point = spectrum.peak.map(|(at, high)| ((at, high), times::frequency(times, at)));
            let top = points.iter().map(|point| point.1).fold(0.0, f64::max);
            let range = (top > 0.0).then_some((0.0, (top * 1.08).min(f64::MAX)));
            let across = if times == Times::Rows { words::per_row_axis() } else { words::hertz_axis() };
            Chart { marks: Marks::Line(&points), across, up, point, range, ..none }.paint(canvas);
        }
        (Mode::Histogram, Some(Answer::Histogram(Some(histogram)))) => {
            let wide = histogram.bin();
            let marks = Marks::Bars { low: histogram.low, wide, heights: &histogram.bins };
            Chart { marks, across: up, up: words::count(), ..none }.paint(canvas);
        }
        _ => none.paint(canvas),
    }
}

/// A field's name with its unit.
fn titled((name, unit): &(String, String)) -> String {
    if unit.is_empty() { name.clone() } else { words::in_unit(name, unit) }
}

fn options(fields: Vec<Plottable>, chosen: Option<FieldId>) -> impl IntoView {
    let option = |field: Plottable| {
        view! { <option value=value(Some(field.id)) selected=Some(field.id) == chosen>{device::field(&field.name)}</option> }
    };
    fields.into_iter().map(option).collect_view()
}

/// A field as a form has it.
fn value(id: Option<FieldId>) -> String {
    id.map_or_else(String::new, |id| format!("{}.{}", id.table, id.field))
}

fn parse(text: &str) -> Option<FieldId> {
    let (table, field) = text.split_once('.')?;
    Some(FieldId { table: table.parse().ok()?, field: field.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, unit: &str) -> (String, String) {
        (name.to_owned(), unit.to_owned())
    }

    #[test]
    fn a_chart_in_words_names_peak_rate_and_what_was_left_out() {
        let amplitudes = vec![0.0, 0.5, 3.0, 0.25];
        let spectrum =
            Spectrum { rate_hz: 100.0, used: 512, unused: 7, step_hz: 5.0, amplitudes, peak: Some((10.0, 3.0)) };
        let answer = Answer::Spectrum(Some(spectrum));
        let shown = Shown::of((Mode::Spectrum, Times::Instants), Some(&answer), &field("u", "V"), &field("", ""));
        assert!(shown.summary.contains("10.000 Hz") && shown.summary.contains("3 V"), "{}", shown.summary);
        assert!(shown.summary.contains("100") && shown.summary.contains('7'), "{}", shown.summary);
        assert_eq!(shown.rows[0], ["10.000 Hz", "3 V"], "the largest first");
        let of_rows = Shown::of((Mode::Spectrum, Times::Rows), Some(&answer), &field("u", "V"), &field("", ""));
        assert!(of_rows.summary.contains("10 per row") && !of_rows.summary.contains("/s"), "{}", of_rows.summary);

        let histogram = Histogram { low: 0.0, high: 4.0, bins: vec![1, 5], counted: 6, total: 6 };
        let shown = Shown::of(
            (Mode::Histogram, Times::Instants),
            Some(&Answer::Histogram(Some(histogram))),
            &field("u", "V"),
            &field("", ""),
        );
        assert_eq!(shown.rows, [["0 – 2 V", "1"], ["2 – 4 V", "5"]]);
        let xy = Xy { points: vec![(1.0, 2.0), (3.0, 4.0)], total: 9, held: false };
        let shown = Shown::of((Mode::Xy, Times::Instants), Some(&Answer::Xy(xy)), &field("y", ""), &field("x", "A"));
        assert_eq!(shown.rows[0], ["3", "4"], "the newest first");
        assert!(shown.summary.contains('9'), "{}", shown.summary);
    }

    #[test]
    fn against_another_field_means_rather_a_quantity_than_the_time() {
        let mut messages = [crate::view::plot::fields::message(0, "teleplot", &["s", "s.time", "w", "w.time"])];
        let fields = crate::view::plot::fields::plottable(&messages, 0);
        let across = |messages: &[Message], up| {
            other(messages, &fields, Some(FieldId { table: 0, field: up })).map(|id| id.field)
        };
        assert_eq!(across(&messages, 0), Some(1));
        (messages[0].fields[1].unplotted, messages[0].fields[3].unplotted) = (true, true);
        assert_eq!((across(&messages, 0), across(&messages, 2)), (Some(2), Some(0)));
        messages[0].fields[2].unplotted = true;
        assert_eq!(across(&messages, 0), Some(1), "if there is no other");
    }

    #[test]
    fn a_field_comes_back_from_a_form() {
        let id = FieldId { table: 3, field: 7 };
        assert_eq!((parse(&value(Some(id))), parse("")), (Some(id), None));
    }
}
