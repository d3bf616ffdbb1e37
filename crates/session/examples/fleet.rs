//! How many messages of how many devices a fleet takes in a second, and what a part of its table costs.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::print_stdout)]

use session::fleet::{Fleet, Heard};
use session::query::{FleetQuery, SortKey};
use session::{Profile, Time};
use std::time::Instant;

const PROFILE: &str = r#"
name = "Meters"
[link]
kind = "websocket"
url = "ws://meters.example"
[protocol]
name = "layout"
framing = "whole"
endian = "little"
[[protocol.messages]]
name = "state"
fields = [
  { name = "flow", type = "f32", unit = "L/h" },
  { name = "pressure", type = "f32", unit = "bar" },
  { name = "battery", type = "u8", unit = "%" },
]
"#;

fn main() {
    let profile = Profile::parse(PROFILE).expect("it is ours");
    let mut fleet = Fleet::new(&profile).expect("it is ours");
    let names: Vec<String> = (0..10_000).map(|number| format!("wm-{number}")).collect();
    let mut payload = [0, 0, 128, 63, 0, 0, 0, 64, 88];
    let begun = Instant::now();
    let messages = 3_000_000_u32;
    for message in 0..messages {
        payload[1] = (message >> 8) as u8;
        let device = &names[message.wrapping_mul(7919) as usize % names.len()];
        fleet.hear(Time(i64::from(message) * 1000), &Heard { device, protocol: 0, payload: &payload, retained: false });
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("{:.2} M messages/s", f64::from(messages) / seconds / 1e6);
    for (name, sort) in [("name", SortKey::Name), ("column", SortKey::Column(0))] {
        let query = FleetQuery { count: 40, sort, trend: Some(0), ..FleetQuery::default() };
        for (what, at) in [("first", 10), ("sorted again", 12), ("as it stands", 12)] {
            let begun = Instant::now();
            fleet.table(Time(at * 1_000_000_000), &query);
            println!("table by {name}, {what}: {:.2} ms", begun.elapsed().as_secs_f64() * 1e3);
        }
    }
}
