//! One device of the building.

use super::{SECOND, Said};
use crate::random::Random;
use std::f64::consts::TAU;
use std::time::Duration;

const AREAS: [&str; 4] = ["North", "East", "South", "West"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Room,
    Door,
    Pump,
}

/// A device: what it is, how it is, and when it next does something.
#[derive(Clone, Debug)]
pub(super) struct Device {
    pub(super) name: String,
    pub(super) online: bool,
    pub(super) next: i64,
    kind: Kind,
    area: &'static str,
    /// Where it stands in its slow ups and downs, 0 to 1.
    phase: f64,
    output: bool,
    /// Follows the output: 0 to 1.
    drive: f64,
    /// Follows that, more slowly.
    heat: f64,
    open: bool,
    /// When the door moves again.
    moves: i64,
    started: i64,
    last: i64,
}

impl Device {
    /// Of ten there are five rooms, three doors and two pumps.
    pub(super) fn new(number: u16, random: &mut Random) -> Device {
        let (tens, one) = (number / 10, number % 10);
        let (kind, word, of_kind) = match one {
            0..=4 => (Kind::Room, "room", tens * 5 + one),
            5..=7 => (Kind::Door, "door", tens * 3 + one - 5),
            _ => (Kind::Pump, "pump", tens * 2 + one - 8),
        };
        let output = kind == Kind::Pump && random.below(4) > 0;
        let drive = if output { 1.0 } else { 0.0 };
        Device {
            name: format!("{word}-{:03}", of_kind + 1),
            online: true,
            next: 0,
            kind,
            area: AREAS.get(usize::from(of_kind) % AREAS.len()).copied().unwrap_or_default(),
            phase: share(random),
            output,
            drive,
            heat: drive,
            open: false,
            moves: 0,
            started: 0,
            last: 0,
        }
    }

    /// Is switched on. Every thirty-first is away, and left what it said last with the broker.
    pub(super) fn begin(&mut self, at: usize, now: i64, random: &mut Random, say: &mut dyn FnMut(Said)) {
        (self.started, self.last) = (now, now);
        self.moves = after(now, 20, 180, random);
        self.online = at % 31 != 7;
        self.say_status(say);
        self.report(now, random, say);
        self.next = if self.online { after(now, 0, self.period_s(), random) } else { after(now, 40, 100, random) };
    }

    /// Does what is due.
    pub(super) fn act(&mut self, now: i64, random: &mut Random, say: &mut dyn FnMut(Said)) {
        if !self.online {
            self.online = true;
            self.last = now;
            self.say_status(say);
        } else if random.below(400) == 0 {
            self.online = false;
            self.say_status(say);
            self.next = after(now, 30, 90, random);
            return;
        }
        self.report(now, random, say);
        let period = self.period_s();
        self.next = now.saturating_add(i64::from(period).saturating_mul(SECOND));
        if self.kind == Kind::Door {
            self.next = self.next.min(self.moves);
        }
    }

    /// Carries out what it is asked for, and answers.
    pub(super) fn obey(&mut self, now: i64, payload: &[u8], random: &mut Random, say: &mut dyn FnMut(Said)) {
        let asked = serde_json::from_slice::<serde_json::Value>(payload).ok();
        let asked = asked.as_ref().and_then(serde_json::Value::as_object);
        let reply = match asked {
            None => r#"{"error": "a JSON object is expected, such as {\"output\": true}"}"#.to_owned(),
            Some(asked) => match (asked.get("output"), asked.get("report")) {
                (Some(serde_json::Value::Bool(on)), _) => {
                    // What was until now is told by the old setting.
                    self.advance(now, random);
                    self.output = *on;
                    format!(r#"{{"ok": "output {}"}}"#, if *on { "on" } else { "off" })
                }
                (Some(_), _) => r#"{"error": "output is true or false"}"#.to_owned(),
                (None, Some(_)) => r#"{"ok": "report"}"#.to_owned(),
                (None, None) => r#"{"error": "nothing here is called so; there are: output, report"}"#.to_owned(),
            },
        };
        let done = reply.starts_with("{\"ok");
        say(Said { topic: format!("site/{}/reply", self.name), payload: reply, retain: false });
        if done {
            self.report(now, random, say);
        }
    }

    fn period_s(&self) -> u32 {
        match self.kind {
            Kind::Room => 5,
            Kind::Door => 15,
            Kind::Pump => 3,
        }
    }

    fn say_status(&self, say: &mut dyn FnMut(Said)) {
        let payload = if self.online { "online" } else { "offline" };
        say(Said { topic: format!("site/{}/status", self.name), payload: payload.into(), retain: true });
    }

    fn advance(&mut self, now: i64, random: &mut Random) {
        let passed = seconds(now.saturating_sub(self.last));
        self.last = now;
        let goal = if self.output { 1.0 } else { 0.0 };
        self.drive += (goal - self.drive) * (1.0 - (-passed / 4.0).exp());
        self.heat += (self.drive - self.heat) * (1.0 - (-passed / 90.0).exp());
        if self.kind == Kind::Door && now >= self.moves {
            self.open = !self.open;
            self.moves = if self.open { after(now, 5, 25, random) } else { after(now, 40, 240, random) };
        }
    }

    fn report(&mut self, now: i64, random: &mut Random, say: &mut dyn FnMut(Said)) {
        self.advance(now, random);
        let t = seconds(now.saturating_sub(self.started));
        let wave = |period: f64| ((t / period + self.phase) * TAU).sin();
        let (kind, readings) = match self.kind {
            Kind::Room => {
                let temperature = 20.5 + self.phase + 0.9 * wave(700.0) + 2.0 * self.heat + 0.03 * random.noise();
                let humidity = 46.0 - 2.0 * (temperature - 21.0) + 3.0 * wave(1100.0) + 0.2 * random.noise();
                let co2 = 640.0 + 210.0 * wave(800.0) + 4.0 * random.noise();
                let text = format!(r#""temperature": {temperature:.2}, "humidity": {humidity:.1}, "co2": {co2:.0}"#);
                ("room", text)
            }
            Kind::Door => {
                let battery = 62.0 + 37.0 * self.phase - t / 7200.0;
                ("door", format!(r#""open": {}, "battery": {:.0}"#, self.open, battery.max(5.0)))
            }
            Kind::Pump => {
                let temperature = 24.0 + 17.0 * self.heat + wave(300.0) + 0.1 * random.noise();
                let pressure = 1.2 + 2.3 * self.drive * self.drive + 0.1 * wave(60.0) + 0.01 * random.noise();
                let flow = (58.0 + 8.0 * wave(90.0) + 0.4 * random.noise()) * self.drive;
                let text = format!(
                    r#""temperature": {temperature:.1}, "pressure": {pressure:.2}, "flow": {:.1}"#,
                    flow.max(0.0)
                );
                ("pump", text)
            }
        };
        let (area, output) = (self.area, self.output);
        let payload = format!(r#"{{"kind": "{kind}", "area": "{area}", {readings}, "output": {output}}}"#);
        say(Said { topic: format!("site/{}/state", self.name), payload, retain: true });
    }
}

/// A number from 0 to 1.
fn share(random: &mut Random) -> f64 {
    f64::from(u32::try_from(random.below(1 << 20)).unwrap_or(0)) / f64::from(1 << 20)
}

/// Between so many seconds and so many later.
fn after(now: i64, least_s: u32, most_s: u32, random: &mut Random) -> i64 {
    let span = u64::from(most_s.saturating_sub(least_s)).saturating_mul(1000);
    let millis = i64::try_from(random.below(span)).unwrap_or(0).saturating_add(i64::from(least_s) * 1000);
    now.saturating_add(millis.saturating_mul(SECOND / 1000))
}

fn seconds(nanos: i64) -> f64 {
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(0)).as_secs_f64()
}
