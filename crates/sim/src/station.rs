//! A weather station that answers requests with one JSON document.

use crate::random::Random;
use serde_json::Value;
use std::f64::consts::TAU;
use std::time::Duration;

/// The weather station.
#[derive(Clone, Debug)]
pub struct Station {
    random: Random,
    heater: bool,
    /// Wind in metres per second, which gusts come and go on.
    wind: f64,
    rain_mm: f64,
    last: i64,
}

impl Station {
    /// A station with its heater off.
    #[must_use]
    pub fn new(seed: u64) -> Station {
        Station { random: Random::new(seed), heater: false, wind: 3.5, rain_mm: 0.0, last: 0 }
    }

    /// How the weather is at `now` (nanoseconds since the Unix epoch), a JSON object.
    pub fn document(&mut self, now: i64) -> String {
        let passed = seconds(now.saturating_sub(self.last)).min(10.0);
        self.last = now;
        self.wind += 0.15 * (3.5 - self.wind) * passed.min(1.0) + 0.35 * self.random.noise() * passed.min(1.0).sqrt();
        self.wind = self.wind.clamp(0.1, 18.0);
        let t = seconds(now) % 86_400.0;
        let wave = |period: f64| (t / period * TAU).sin();
        let temperature = 9.0 + 1.2 * wave(1800.0) + 0.02 * self.random.noise();
        let humidity = 71.0 - 6.0 * wave(1800.0) + 0.2 * self.random.noise();
        let pressure = 1013.2 + 1.5 * wave(7200.0) + 0.02 * self.random.noise();
        let direction = 220.0 + 25.0 * wave(240.0) + 4.0 * self.random.noise();
        let raining = wave(600.0) > 0.7;
        self.rain_mm += if raining { passed * 0.002 } else { 0.0 };
        let (wind, rain, heater) = (self.wind, self.rain_mm, self.heater);
        format!(
            "{{\"air\": {{\"temperature\": {temperature:.2}, \"humidity\": {humidity:.1}, \"pressure\": {pressure:.2}}}, \
             \"wind\": {{\"speed\": {wind:.1}, \"direction\": {direction:.0}}}, \
             \"rain\": {{\"now\": {raining}, \"total\": {rain:.2}}}, \"heater\": {heater}}}"
        )
    }

    /// Takes the body of a request, `{"heater": true}`; its reply, a JSON object, or what is wrong with it.
    ///
    /// # Errors
    /// What would be accepted, a JSON object.
    pub fn command(&mut self, body: &[u8]) -> Result<String, String> {
        let asked = serde_json::from_slice::<Value>(body).unwrap_or_default();
        match asked.get("heater") {
            Some(Value::Bool(on)) => {
                self.heater = *on;
                Ok(format!(r#"{{"reply": "ok heater {}"}}"#, if *on { "on" } else { "off" }))
            }
            _ => Err(r#"{"reply": "error: heater is true or false"}"#.to_owned()),
        }
    }
}

fn seconds(nanos: i64) -> f64 {
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(0)).as_secs_f64()
}
