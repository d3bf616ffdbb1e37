//! How fast a session takes bytes: `cargo run --release -p session --example measure`.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, clippy::print_stdout)]

use session::query::Query;
use session::{Input, Profile, Session, Time};
use std::time::Instant;

fn main() {
    let demo = include_str!("../../../profiles/demo.toml");
    let mut frames = Vec::new();
    let mut drive = sim::Drive::new(1);
    drive.set_rate(100_000);
    for millis in 0..1000 {
        drive.poll(millis * 1_000_000, &mut frames);
    }
    let log: Vec<u8> = (0..20_000)
        .flat_map(|n| format!("\x1b[32mI ({n}) wifi: channel {}, rssi -{}\x1b[0m\r\n", n % 13, n % 90).into_bytes())
        .collect();
    let pairs: Vec<u8> =
        (0..20_000).flat_map(|n| format!("temp:{n},hum:{},p:1013.25\n", n % 100).into_bytes()).collect();
    let plain =
        |protocol: &str| format!("name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"{protocol}\"\n");
    measure("demo drive, layout in cobs", demo, &frames);
    measure("pairs", &plain("pairs"), &pairs);
    measure("coloured log, text", &plain("text"), &log);
}

fn measure(what: &str, profile: &str, bytes: &[u8]) {
    let profile = Profile::parse(profile).unwrap();
    let mut session = Session::new(&profile, Time(0)).unwrap();
    session.handle_input(Time(0), Input::Opened);
    let began = Instant::now();
    let mut now = Time(0);
    let mut taken = 0;
    while taken < 64 << 20 {
        for chunk in bytes.chunks(64 << 10) {
            now = now.plus_millis(1);
            session.handle_input(now, Input::Bytes { bytes: chunk, message_end: false });
            taken += chunk.len();
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let frames = session.counters().frames as f64;
    let megabytes = taken as f64 / 1e6;
    println!("{what}: {:.0} MB/s, {:.2} million frames/s", megabytes / seconds, frames / seconds / 1e6);
    let began = Instant::now();
    let queries = [(1, Query::Status), (2, Query::Values), (3, Query::Screen { from: None, rows: 50 })];
    session.answer(now, &queries);
    println!("  status, values and screen answered in {:.0} µs", began.elapsed().as_secs_f64() * 1e6);
}
