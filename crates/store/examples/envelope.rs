//! What appending and drawing cost: `cargo run --release -p store --example envelope`.
#![allow(clippy::cast_possible_truncation)]

use codec::{Cells, Field, Kind, Sample, Samples, Schema, Value};
use std::hint::black_box;
use std::time::Instant;
use store::{Direction, Envelope, Store, Time, snap};

const WIDTH: u16 = 1600;
const STEP: i64 = 1_000_000;

fn main() {
    append();
    append_runs();
    log();
    zoomed_out();
    four_hundred();
    memory();
}

/// Seven columns like a frame of telemetry: u32, u64, four f32, u16.
fn telemetry() -> [Field<'static>; 7] {
    let field = |name, kind| Field { name, kind, unit: "" };
    [
        field("seq", Kind::U64),
        field("time", Kind::U64),
        field("a", Kind::F32),
        field("b", Kind::F32),
        field("c", Kind::F32),
        field("d", Kind::F32),
        field("flags", Kind::U64),
    ]
}

fn best(mut times: impl FnMut() -> f64) -> f64 {
    (0..5).map(|_| times()).fold(f64::INFINITY, f64::min)
}

fn append() {
    let fields = telemetry();
    let schema = Schema { index: 0, name: "telemetry", fields: &fields };
    let rows = 4_000_000_u32;
    let seconds = best(|| {
        let mut store = Store::new(64 << 20);
        let start = Instant::now();
        for i in 0..rows {
            let f = Value::F32(i as f32);
            let values = [Value::U64(u64::from(i)), Value::U64(u64::from(i) * 10), f, f, f, f, Value::U64(3)];
            store.append(Time(i64::from(i) * STEP), &Sample { schema, values: black_box(&values) });
        }
        start.elapsed().as_secs_f64()
    });
    println!("append        {:6.1} M rows/s of 7 columns, one at a time", f64::from(rows) / seconds / 1e6);
}

fn append_runs() {
    let fields = telemetry();
    let schema = Schema { index: 0, name: "telemetry", fields: &fields };
    let (runs, rows) = (20_000_u32, 512_usize);
    let u: Vec<u64> = (0..rows as u64).collect();
    let f: Vec<f32> = (0..rows).map(|i| i as f32).collect();
    let columns = [&u, &u].map(|c| Cells::U64(c)).into_iter().chain([&f, &f, &f, &f].map(|c| Cells::F32(c)));
    let columns: Vec<_> = columns.chain([Cells::U64(&u)]).collect();
    let seconds = best(|| {
        let mut store = Store::new(64 << 20);
        let start = Instant::now();
        for i in 0..runs {
            let samples = Samples { schema, rows, columns: black_box(&columns) };
            store.append_many(Time(i64::from(i) * STEP), &samples);
        }
        start.elapsed().as_secs_f64()
    });
    println!(
        "append_many   {:6.1} M rows/s of 7 columns, runs of {rows}",
        f64::from(runs) * rows as f64 / seconds / 1e6
    );
}

fn log() {
    let chunk = vec![7_u8; 4096];
    let seconds = best(|| {
        let mut store = Store::new(64 << 20);
        let start = Instant::now();
        for i in 0..100_000 {
            store.log(Time(i), Direction::Received, black_box(&chunk));
        }
        start.elapsed().as_secs_f64()
    });
    println!("log           {:6.2} GB/s in chunks of 4096 bytes", 409.6e6 / seconds / 1e9);
}

fn filled(channels: usize, rows: i64) -> Store {
    let names: Vec<String> = (0..channels).map(|i| format!("ch{i}")).collect();
    let fields: Vec<_> = names.iter().map(|name| Field { name, kind: Kind::F32, unit: "" }).collect();
    let schema = Schema { index: 0, name: "m", fields: &fields };
    let mut store = Store::new(1 << 30);
    let mut values = vec![Value::Null; channels];
    let mut noise = 1_u32;
    for i in 0..rows {
        for value in &mut values {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *value = Value::F32(noise as f32);
        }
        store.append(Time(i * STEP), &Sample { schema, values: &values });
    }
    store
}

fn zoomed_out() {
    for rows in [100_000_i64, 1_000_000, 10_000_000] {
        let store = filled(8, rows);
        let mut out = Vec::new();
        let seconds = best(|| {
            let start = Instant::now();
            for field in 0..8 {
                store.envelope(0, field, Time(0)..Time(rows * STEP), WIDTH, &mut out);
                black_box(&out);
            }
            start.elapsed().as_secs_f64()
        });
        println!("envelope      {:6.2} ms for 8 fields of {rows} rows, each by itself", seconds * 1e3);
        let seconds = best(|| whole(&store, 8, rows, &mut Envelope::new()));
        println!("Envelope      {:6.2} ms for the same, together", seconds * 1e3);
    }
}

fn whole(store: &Store, channels: usize, rows: i64, envelope: &mut Envelope) -> f64 {
    let fields: Vec<_> = (0..channels).map(|field| (0, field)).collect();
    let start = Instant::now();
    envelope.refresh(store, &fields, Time(0)..Time(rows * STEP), WIDTH);
    black_box(&envelope);
    start.elapsed().as_secs_f64()
}

fn four_hundred() {
    let (channels, rows) = (400, 60_000_i64);
    let mut store = filled(channels, rows);
    let cold = best(|| whole(&store, channels, rows, &mut Envelope::new()));
    println!("Envelope      {:6.2} ms for {channels} fields of {rows} rows, nothing remembered", cold * 1e3);
    let mut envelope = Envelope::new();
    let mut pan = 0;
    let cold = best(|| {
        // Not by whole columns: every one must be computed.
        pan += 1;
        let fields: Vec<_> = (0..channels).map(|field| (0, field)).collect();
        let start = Instant::now();
        envelope.refresh(&store, &fields, Time(pan)..Time(rows * STEP + pan), WIDTH);
        start.elapsed().as_secs_f64()
    });
    println!("Envelope      {:6.2} ms for the same, dragged by less than a column", cold * 1e3);
    let names: Vec<String> = (0..channels).map(|i| format!("ch{i}")).collect();
    let fields: Vec<_> = names.iter().map(|name| Field { name, kind: Kind::F32, unit: "" }).collect();
    let schema = Schema { index: 0, name: "m", fields: &fields };
    let asked: Vec<_> = (0..channels).map(|field| (0, field)).collect();
    let mut envelope = Envelope::new();
    let (mut spent, mut worst, frames) = (0.0_f64, 0.0_f64, 300_i64);
    for frame in 0..frames {
        for i in 0..17 {
            let values = vec![Value::F32((frame + i) as f32); channels];
            store.append(Time((rows + frame * 17 + i) * STEP), &Sample { schema, values: &values });
        }
        let newest = Time((rows + frame * 17 + 16) * STEP);
        let start = Instant::now();
        envelope.refresh(&store, &asked, snap(newest, 60_000 * STEP, WIDTH), WIDTH);
        let drawn: usize = (0..channels).map(|field| envelope.columns(field).count()).sum();
        assert!(black_box(drawn) > 0);
        let seconds = start.elapsed().as_secs_f64();
        if frame > 0 {
            (spent, worst) = (spent + seconds, worst.max(seconds));
        }
    }
    let mean = spent / (frames - 1) as f64;
    println!(
        "Envelope      {:6.2} ms a frame of the same, live at 1 kHz and 60 fps; worst {:.2} ms",
        mean * 1e3,
        worst * 1e3
    );
}

/// Speed P14: bytes held per byte of plain columns.
fn memory() {
    let store = filled(4, 5_000_000);
    let plain = 5_000_000 * (8 + 4 * 4);
    println!(
        "memory        {:6.3} of the plain columns, 5 M rows of 4 f32 and the time",
        store.memory() as f64 / plain as f64
    );
}
