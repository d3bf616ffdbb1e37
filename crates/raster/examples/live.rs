//! P5 without a browser: 400 channels of 60,000 samples each, 1,000 more a second, 60 pictures a second of all of them.
//! What a picture costs, from the store's rows to pixels: drawn anew, and moved on.
#![allow(clippy::indexing_slicing, clippy::cast_possible_truncation)]

use codec::{Field, Kind, Sample, Schema, Value};
use raster::{Column, Ends, Lane, Line, Picture, Rgb, Scene};
use store::{Envelope, Store, Time};

const CHANNELS: usize = 400;
const ROWS: i64 = 60_000;
const WIDE: u16 = 1548;
const LANES: usize = 8;
const FRAMES: i64 = 300;

/// Milliseconds that this process was on a processor: what others do there meanwhile does not count. Linux only.
fn on_processor() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e6
}

struct Plot {
    store: Store,
    envelope: Envelope,
    picture: Picture,
    columns: Vec<Vec<Column>>,
    row: i64,
}

impl Plot {
    /// A second of signal, over and over: slow and fast sines, noise, now and then a spike.
    fn append(&mut self, names: &[String], rows: i64) {
        let fields: Vec<Field<'_>> = names.iter().map(|name| Field { name, kind: Kind::F32, unit: "" }).collect();
        let schema = Schema { index: 0, name: "signals", fields: &fields };
        let mut values = vec![Value::Null; CHANNELS];
        for _ in 0..rows {
            let second = (self.row % 1000) as f32 / 1000.0;
            for (channel, value) in values.iter_mut().enumerate() {
                let noise = ((self.row % 1000 + 1) * (channel as i64 + 1) * 7919 % 1009) as f32 / 5045.0;
                let wave = (second * core::f32::consts::TAU * (1 + channel % 5) as f32).sin() + channel as f32 * 0.05;
                *value = Value::F32(wave + noise + if self.row % 1000 == 500 { 1.0 } else { 0.0 });
            }
            self.store.append(Time(self.row * 1_000_000), &Sample { schema, values: &values });
            self.row += 1;
        }
    }

    fn show(&mut self) {
        let span = store::snap(Time(self.row * 1_000_000), ROWS * 1_000_000, WIDE);
        let fields: Vec<(usize, usize)> = (0..CHANNELS).map(|channel| (0, channel)).collect();
        self.envelope.refresh(&self.store, &fields, span.clone(), WIDE);
        for (channel, columns) in self.columns.iter_mut().enumerate() {
            columns.clear();
            columns.extend(self.envelope.columns(channel));
        }
        let line = |channel: usize| Line {
            colour: Rgb([channel as u8, 90, 40]),
            half: 0.75,
            dot: 3.0,
            dashes: &[],
            columns: &self.columns[channel],
            before: None,
            after: None,
        };
        let lines: Vec<Vec<Line<'_>>> =
            (0..LANES).map(|lane| (lane..CHANNELS).step_by(LANES).map(line).collect()).collect();
        let lane = |(index, lines): (usize, &'_ Vec<Line<'_>>)| (index * 72, lines.len());
        let places: Vec<(usize, usize)> = lines.iter().enumerate().map(lane).collect();
        let lanes: Vec<Lane<'_>> = places
            .iter()
            .zip(&lines)
            .map(|((top, _), lines)| Lane {
                top: *top,
                bottom: top + 72,
                ends: Ends::new(-1.0, 24.0),
                base: (top + 66) as f64,
                unit: 62.5,
                across: &[],
                lines,
            })
            .collect();
        self.picture.show(&Scene {
            width: usize::from(WIDE) + 52,
            height: 600,
            left: 52,
            foot: 578,
            thin: 1,
            ground: Rgb([255; 3]),
            grid: Rgb([220; 3]),
            from: span.start.0,
            span: span.end.0.abs_diff(span.start.0),
            downs: &[],
            lanes: &lanes,
        });
    }
}

fn main() {
    let names: Vec<String> = (0..CHANNELS).map(|channel| format!("c{channel}")).collect();
    let mut plot = Plot {
        store: Store::new(1 << 30),
        envelope: Envelope::new(),
        picture: Picture::new(),
        columns: vec![Vec::new(); CHANNELS],
        row: 0,
    };
    plot.append(&names, ROWS);
    let start = on_processor();
    for _ in 0..10 {
        (plot.picture, plot.envelope) = (Picture::new(), Envelope::new());
        plot.show();
    }
    let anew = (on_processor() - start) / 10.0;
    let (mut appended, before) = (0.0, plot.picture.columns_drawn());
    let start = on_processor();
    for frame in 0..FRAMES {
        let appending = on_processor();
        plot.append(&names, 16 + i64::from(frame % 3 > 0));
        appended += on_processor() - appending;
        plot.show();
    }
    let moved = (on_processor() - start - appended) / FRAMES as f64;
    let columns = (plot.picture.columns_drawn() - before) as f64 / FRAMES as f64 / LANES as f64;
    println!("{CHANNELS} channels × {ROWS} samples, {WIDE} columns, a picture on one processor:");
    println!("  anew {anew:.2} ms, moved on {moved:.2} ms with {columns:.1} columns drawn of each lane");
}
