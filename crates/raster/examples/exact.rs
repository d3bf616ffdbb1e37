//! P6 beside a peer: how many pixels of a picture are not those of every sample, and in how many pictures a spike of one
//! sample is not to be seen. Ours draws the store's columns; the peer is LTTB (Steinarsson 2013), as charts thin their data:
//! to as many points as ours has values, and to 5,000. Prints JSON.
#![allow(clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use lttb::{DataPoint, lttb};
use raster::{Column, Ends, Lane, Line, Picture, Rgb, Scene};

const VIEWS: usize = 200;
const WIDE: usize = 800;
const TALL: usize = 200;
const LEFT: usize = 52;
const INK: [u8; 3] = [10, 20, 200];

/// xorshift64 (Marsaglia 2003).
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// What a way of drawing missed.
#[derive(Default)]
struct Missed {
    pixels: usize,
    spikes: usize,
}

fn drawn(columns: &[Column]) -> Vec<u8> {
    let line = Line { colour: Rgb(INK), half: 0.75, dot: 3.0, dashes: &[], columns, before: None, after: None };
    let lines = [line];
    let (base, unit) = (TALL as f64 - 6.0, TALL as f64 - 12.0);
    let lane = Lane { top: 0, bottom: TALL, ends: Ends::new(0.0, 100.0), base, unit, across: &[], lines: &lines };
    let mut picture = Picture::new();
    picture.show(&Scene {
        width: WIDE + LEFT,
        height: TALL + 22,
        left: LEFT,
        foot: TALL,
        thin: 1,
        ground: Rgb([255; 3]),
        grid: Rgb([220; 3]),
        from: 0,
        span: WIDE as u64,
        downs: &[],
        lanes: &[lane],
    });
    picture.bytes().to_vec()
}

/// A column for each point.
fn every(points: &[DataPoint]) -> Vec<Column> {
    let column = |(index, point): (usize, &DataPoint)| Column {
        x: point.x as u16,
        broken: index == 0,
        first: point.y,
        min: point.y,
        max: point.y,
        last: point.y,
    };
    points.iter().enumerate().map(column).collect()
}

/// The first, smallest, largest and last of each column.
fn envelope(points: &[DataPoint]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for sample in every(points) {
        match columns.last_mut().filter(|last| last.x == sample.x) {
            Some(last) => {
                (last.min, last.max, last.last) = (last.min.min(sample.min), last.max.max(sample.max), sample.last);
            }
            None => columns.push(sample),
        }
    }
    columns
}

fn main() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut missed: [Missed; 3] = Default::default();
    let mut inked = 0;
    for _ in 0..VIEWS {
        let samples = 2_000 + (random.unit() * 98_000.0) as usize;
        let spike = (random.unit() * samples as f64) as usize;
        let (noise, slow) = (random.unit() * 20.0, 20.0 + random.unit() * 200.0);
        let point = |index: usize, random: &mut Random| {
            let x = index as f64 * WIDE as f64 / samples as f64;
            let y = 40.0 + (x / slow).sin() * 20.0 + (random.unit() - 0.5) * noise;
            DataPoint { x, y: if index == spike { 98.0 } else { y } }
        };
        let points: Vec<DataPoint> = (0..samples).map(|index| point(index, &mut random)).collect();
        let whole = drawn(&every(&points));
        let values = envelope(&points).len() * 4;
        let ways = [envelope(&points), every(&lttb(points.clone(), values)), every(&lttb(points.clone(), 5_000))];
        inked += whole.chunks_exact(4).filter(|pixel| pixel[..3] != [255; 3]).count();
        let at = LEFT + points[spike].x as usize;
        let top = |bytes: &[u8]| (0..TALL / 8).any(|y| bytes[(y * (WIDE + LEFT) + at) * 4..][..3] == INK);
        for (way, missed) in ways.iter().zip(&mut missed) {
            let picture = drawn(way);
            missed.pixels += picture.chunks_exact(4).zip(whole.chunks_exact(4)).filter(|(a, b)| a != b).count();
            missed.spikes += usize::from(top(&whole) && !top(&picture));
        }
    }
    let of = |missed: &Missed| format!("{{\"pixels\":{},\"spikes\":{}}}", missed.pixels, missed.spikes);
    let [ours, as_many, fixed] = missed.each_ref().map(of);
    println!("{{\"views\":{VIEWS},\"drawn\":{inked},\"ours\":{ours},\"as_many\":{as_many},\"fixed\":{fixed}}}");
}
