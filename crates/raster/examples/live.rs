//! What a picture of 400 channels costs: drawn anew, and moved on by a column.

#![allow(clippy::indexing_slicing, clippy::cast_possible_truncation)]
use raster::{Column, Lane, Line, Picture, Rgb, Scene};

const CHANNELS: usize = 400;
const WIDE: usize = 1548;
const LANES: usize = 8;

fn columns(channel: usize, begin: i32) -> Vec<Column> {
    let column = |x: i32| {
        let n = f64::from(begin + x);
        let base = (n / 40.0 * (1.0 + (channel % 5) as f64 / 3.0)).sin() + channel as f64 * 0.01;
        let noise = (n * (channel + 1) as f64 * 12.9898).sin() * 0.1;
        let value = (base + noise) as f32;
        Column { x, first: value, min: value - 0.1, max: value + 0.1, last: value, broken: false }
    };
    (0..WIDE as i32).map(column).collect()
}

/// Milliseconds that this process was on a processor: what others do there meanwhile does not count. Linux only.
fn on_processor() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e6
}

fn main() {
    let scenes: Vec<Vec<Vec<Column>>> =
        (0..20).map(|begin| (0..CHANNELS).map(|channel| columns(channel, begin)).collect()).collect();
    let mut picture = Picture::new();
    let show = |begin: usize, picture: &mut Picture| {
        let lines: Vec<Vec<Line<'_>>> = (0..LANES)
            .map(|lane| {
                let line = |channel: usize| Line {
                    colour: Rgb([channel as u8, 90, 40]),
                    half: 0.75,
                    dashes: &[],
                    columns: &scenes[begin][channel],
                };
                (lane..CHANNELS).step_by(LANES).map(line).collect()
            })
            .collect();
        let lane = |(index, lines)| Lane {
            top: index * 72,
            bottom: (index + 1) * 72,
            low: -1.5,
            base: ((index + 1) * 72 - 6) as f64,
            unit: 8.0,
            across: &[],
            lines,
        };
        let lanes: Vec<Lane<'_>> = lines.iter().map(Vec::as_slice).enumerate().map(lane).collect();
        let start = on_processor();
        picture.show(&Scene {
            width: WIDE + 52,
            height: 600,
            left: 52,
            foot: 578,
            thin: 1,
            ground: Rgb([255; 3]),
            grid: Rgb([220; 3]),
            from: begin as i64 * 1000,
            span: 1000 * WIDE as u64,
            downs: &[],
            lanes: &lanes,
        });
        on_processor() - start
    };
    let anew = (0..5).map(|_| show(0, &mut Picture::new())).fold(f64::INFINITY, f64::min);
    show(0, &mut picture);
    let moved = (1..20).map(|begin| show(begin, &mut picture)).sum::<f64>() / 19.0;
    println!("{CHANNELS} channels × {WIDE} columns: anew {anew:.2} ms, moved on {moved:.2} ms");
}
