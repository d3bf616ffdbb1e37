//! Positions on a plain graticule with a scale bar. There is no map behind it: one would have to come from a server, and
//! nothing leaves the tab.

use super::board::Board;
use super::lines::with;
use super::look::{field, field_id};
use crate::browser::clock::Pace;
use crate::engine::use_engine;
use crate::view::format;
use crate::words::dashboard as words;
use leptos::prelude::*;
use session::profile::Tile;
use session::query::{Answer, Envelope, FieldId, Message, Query, Series, Span};
use std::sync::Arc;

/// The picture's size before it is stretched evenly.
const SIZE: (f64, f64) = (400.0, 300.0);
/// Room around the track: at the left for the labels of parallels, at the top for those of meridians, at the right, and at
/// the bottom for the scale.
const ROOM: [f64; 4] = [92.0, 30.0, 24.0, 36.0];
/// Parallels nearer to the top than this have no label: it would be cut, or lie on a meridian's.
const TOP: f64 = 36.0;
/// Where the middle of the track is.
const MIDDLE: (f64, f64) = ((ROOM[0] + SIZE.0 - ROOM[2]) / 2.0, (ROOM[1] + SIZE.1 - ROOM[3]) / 2.0);
/// Positions asked for at most.
const POINTS: u16 = 400;
/// Metres of a degree of latitude: the mean of WGS 84, 40 007 863 m / 360.
const METRES: f64 = 111_132.95;
/// The smallest span shown, in metres: a receiver at rest must not look as if it ran about.
const SMALLEST: f64 = 40.0;

/// A position in degrees.
type Point = (f64, f64);

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
struct Picture {
    track: String,
    at: Option<(f64, f64)>,
    graticule: String,
    /// Labels of parallels: height and text; of meridians: place from the left and text.
    parallels: Vec<(f64, String)>,
    meridians: Vec<(f64, String)>,
    /// The scale bar's length and text.
    bar: (f64, String),
    words: String,
}

/// The positions of a tile's fields.
#[component]
pub(super) fn Map(board: Board, tile: Tile, readings: RwSignal<Option<Arc<Answer>>>) -> impl IntoView {
    let pace = Pace::every(500_000_000);
    let names = tile.fields.clone();
    let ids = Memo::new(move |_| {
        with(readings, |messages| names.iter().filter_map(|name| field_id(messages, name)).collect::<Vec<FieldId>>())
    });
    let nanos = i64::from(tile.span_s) * 1_000_000_000;
    let answer = use_engine().ask_for(board.session, move || {
        let fields = ids.get_untracked();
        (fields.len() == 2 && pace.due()).then_some(Query::Envelope {
            fields,
            span: Span::Last { nanos },
            width: POINTS,
        })
    });
    let picture = Memo::new(move |_| {
        answer.with(|answer| match answer.as_deref() {
            Some(Answer::Envelope(envelope)) => {
                untrack(|| with(readings, |messages| picture(&tile, envelope, messages)))
            }
            _ => None,
        })
    });
    let empty = Memo::new(move |_| picture.with(Option::is_none));
    let of = move |pick: fn(&Picture) -> String| {
        move || picture.with(|picture| picture.as_ref().map(pick).unwrap_or_default())
    };
    let labels = move || {
        picture.with(|picture| {
            let picture = picture.clone().unwrap_or_default();
            let parallel = |(y, text): (f64, String)| view! { <text x="4" y=format!("{:.1}", y - 3.0)>{text}</text> };
            let meridian = |(x, text): (f64, String)| view! { <text x=format!("{:.1}", x + 3.0) y="12">{text}</text> };
            let at = picture.at.map(
                |(x, y)| view! { <circle class="map-at" cx=format!("{x:.1}") cy=format!("{y:.1}") r="5"></circle> },
            );
            view! {
                {picture.parallels.into_iter().map(parallel).collect_view()}
                {picture.meridians.into_iter().map(meridian).collect_view()}
                {at}
            }
        })
    };
    let bar = |picture: &Picture| {
        let (x, y) = (SIZE.0 - 12.0 - picture.bar.0, SIZE.1 - 10.0);
        format!("M{x:.1} {:.1}v5h{:.1}v-5", y - 5.0, picture.bar.0)
    };
    let view_box = format!("0 0 {} {}", SIZE.0, SIZE.1);
    view! {
        {move || empty.get().then(|| view! { <p class="tile-note">{words::map_none()}</p> })}
        <figure class="tile-track" hidden=move || empty.get()>
            <svg viewBox=view_box role="img" aria-label=of(|picture| picture.words.clone())>
                <path class="lane-grid" d=of(|picture| picture.graticule.clone())></path>
                <path class="trace t1" d=of(|picture| picture.track.clone())></path>
                {labels}
                <path class="map-bar" d=of(bar)></path>
                <text class="map-scale" x=format!("{}", SIZE.0 - 12.0) y=format!("{}", SIZE.1 - 19.0) text-anchor="end">{of(|picture| picture.bar.1.clone())}</text>
            </svg>
            <figcaption class="tile-note">{of(|picture| picture.words.clone())}</figcaption>
        </figure>
    }
}

fn picture(tile: &Tile, envelope: &Envelope, messages: &[Message]) -> Option<Picture> {
    let series = |index: usize| {
        let (message, reading) = field(messages, tile.fields.get(index)?)?;
        let id = FieldId { table: message.table, field: reading.field };
        envelope.series.iter().find(|series| series.id == id)
    };
    draw(&points(series(0)?, series(1)?))
}

/// The positions: latitude and longitude of the same moment.
fn points(latitude: &Series, longitude: &Series) -> Vec<Point> {
    let mut others = longitude.columns.iter().peekable();
    let pairs = latitude.columns.iter().filter_map(|column| {
        while others.next_if(|other| other.x < column.x).is_some() {}
        others.peek().filter(|other| other.x == column.x).map(|other| (column.last, other.last))
    });
    pairs.filter(|(latitude, longitude)| latitude.abs() <= 90.0 && longitude.abs() <= 360.0).collect()
}

/// The picture of a track: an equirectangular projection, true to scale in the middle.
fn draw(points: &[Point]) -> Option<Picture> {
    let last = *points.last()?;
    // A track across the meridian of 180 degrees is not one around the world.
    let near = |longitude: f64| last.1 + (longitude - last.1 + 540.0).rem_euclid(360.0) - 180.0;
    let points: Vec<Point> = points.iter().map(|(latitude, longitude)| (*latitude, near(*longitude))).collect();
    let range = |of: fn(&Point) -> f64| {
        let all = || points.iter().map(of);
        (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max))
    };
    let ((south, north), (west, east)) = (range(|point| point.0), range(|point| point.1));
    let middle = ((south + north) / 2.0, (west + east) / 2.0);
    let (tall, wide) = (METRES, METRES * middle.0.to_radians().cos().max(0.01));
    let [left, top, right, bottom] = ROOM;
    let per_metre = ((SIZE.0 - left - right) / ((east - west) * wide).max(SMALLEST))
        .min((SIZE.1 - top - bottom) / ((north - south) * tall).max(SMALLEST));
    let (middle_x, middle_y) = MIDDLE;
    let x = |longitude: f64| middle_x + (longitude - middle.1) * wide * per_metre;
    let y = |latitude: f64| middle_y - (latitude - middle.0) * tall * per_metre;
    let mut track = String::new();
    for (index, (latitude, longitude)) in points.iter().enumerate() {
        let step = if index == 0 { 'M' } else { 'L' };
        track += &format!("{step}{:.1} {:.1}", x(*longitude), y(*latitude));
    }
    // From the picture's one side to its other, that many of its pixels before and behind the middle.
    let lines = |middle: f64, metres: f64, before: f64, behind: f64| {
        let (before, behind) = (before / (metres * per_metre), behind / (metres * per_metre));
        let step = nice((before + behind) / 3.5);
        let first = ((middle - before) / step).ceil();
        (0..12)
            .map(move |n| (first + f64::from(n)) * step)
            .take_while(move |at| *at <= middle + behind)
            .map(move |at| (at, step))
    };
    let (mut graticule, mut parallels, mut meridians) = (String::new(), Vec::new(), Vec::new());
    for (latitude, step) in lines(middle.0, tall, SIZE.1 - middle_y, middle_y) {
        graticule += &format!("M0 {:.1}H{}", y(latitude), SIZE.0);
        if y(latitude) >= TOP {
            parallels.push((y(latitude), degrees(latitude, step, ['N', 'S'])));
        }
    }
    for (longitude, step) in lines(middle.1, wide, middle_x, SIZE.0 - middle_x) {
        graticule += &format!("M{:.1} 0V{}", x(longitude), SIZE.1);
        meridians.push((x(longitude), degrees((longitude + 180.0).rem_euclid(360.0) - 180.0, step, ['E', 'W'])));
    }
    let metres = nice(SIZE.0 / 4.0 / per_metre);
    let length = if metres >= 1000.0 {
        format!("{} km", format::reading(metres / 1000.0))
    } else {
        format!("{} m", format::reading(metres))
    };
    let at = |value: f64, ends| degrees(value, 1e-5, ends);
    let words = words::map_words(
        &at(last.0, ['N', 'S']),
        &at((last.1 + 180.0).rem_euclid(360.0) - 180.0, ['E', 'W']),
        points.len(),
    );
    Some(Picture {
        track,
        at: Some((x(last.1), y(last.0))),
        graticule,
        parallels,
        meridians,
        bar: (metres * per_metre, length),
        words,
    })
}

/// The largest of 1, 2 and 5 times a power of ten that is no larger.
fn nice(value: f64) -> f64 {
    let power = 10f64.powf(value.max(1e-9).log10().floor());
    [5.0, 2.0].into_iter().find(|step| step * power <= value).map_or(power, |step| step * power)
}

/// Degrees with as many decimals as the step between lines has.
fn degrees(value: f64, step: f64, [plus, minus]: [char; 2]) -> String {
    let decimals = (-step.log10()).ceil().clamp(0.0, 6.0) as usize;
    let side = if value < 0.0 { minus } else { plus };
    format!("{:.decimals$}°\u{a0}{side}", value.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_is_true_to_scale() {
        // 100 m north and, at 60 degrees where a degree of longitude is half as long, 100 m east.
        let north = 100.0 / METRES;
        let picture = draw(&[(60.0, 10.0), (60.0 + north, 10.0), (60.0 + north, 10.0 + 2.0 * north)]).unwrap();
        let numbers: Vec<f64> = picture.track.split(['M', 'L', ' ']).filter_map(|text| text.parse().ok()).collect();
        let (up, right) = (numbers[1] - numbers[3], numbers[4] - numbers[2]);
        assert!((up - right).abs() < 0.3, "{picture:?}");
        assert_eq!(picture.bar.1, "20 m");
        assert!((picture.bar.0 - up / 5.0).abs() < 0.1);
        let (x, y) = picture.at.unwrap();
        assert!((x - numbers[4]).abs() < 0.1 && (y - numbers[5]).abs() < 0.1, "{picture:?}");
        assert!(picture.words.starts_with("At 60.00090°\u{a0}N, 10.00180°\u{a0}E; 3 positions"), "{}", picture.words);
    }

    #[test]
    fn a_track_across_the_antimeridian_is_not_one_around_the_world() {
        let picture = draw(&[(0.0, 179.999), (0.0, -179.999)]).unwrap();
        assert_eq!(picture.bar.1, "50 m");
        assert!(picture.meridians.iter().any(|(_, text)| text.ends_with('W')), "{:?}", picture.meridians);
    }

    #[test]
    fn no_label_is_cut_or_lies_on_the_track() {
        // About seven units for a character of the labels' type, as it is usually shown.
        const CHAR: f64 = 7.0;
        for step in [1e-6, 1e-4, 0.01, 1.0, 30.0] {
            for shift in 0..10 {
                let from = 50.123_456 - 100.0 * f64::from(shift) * step / 7.0 % 50.0;
                let track: Vec<Point> =
                    (0..50).map(|n| (from + f64::from(n) * step / 50.0, from - f64::from(n) * step / 25.0)).collect();
                let picture = draw(&track).unwrap();
                let first = picture.track.split(['M', 'L']).filter_map(|point| point.split_once(' '));
                let left = first.filter_map(|(x, _)| x.parse::<f64>().ok()).fold(f64::INFINITY, f64::min);
                for (y, text) in &picture.parallels {
                    assert!(*y - 3.0 - 15.0 > 15.0 && *y <= SIZE.1, "{text} at {y}");
                    let end = 4.0 + CHAR * text.chars().count() as f64;
                    assert!(end <= left, "{text} ends at {end}, the track begins at {left}");
                }
            }
        }
    }

    #[test]
    fn a_receiver_at_rest_stays_a_point_and_what_is_no_position_is_none() {
        let picture = draw(&[(48.1, 11.5), (48.1, 11.5)]).unwrap();
        assert_eq!(picture.at, Some(MIDDLE));
        assert_eq!(draw(&[]), None);
        assert_eq!([nice(7.0), nice(0.04), nice(1.0)], [5.0, 0.02, 1.0]);
    }
}
