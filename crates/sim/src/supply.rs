//! A power supply on the bench, which speaks JSON: it tells its readings and takes settings.

use crate::random::Random;
use serde_json::Value;

/// The largest voltage that can be set, in volts.
const VOLTS: f64 = 30.0;
/// The load at its output, in ohms.
const OHMS: f64 = 12.5;

/// The power supply. One reading is due every [`Supply::PERIOD_MILLIS`].
#[derive(Clone, Debug)]
pub struct Supply {
    random: Random,
    output: bool,
    set: f64,
    volts: f64,
}

impl Supply {
    /// Milliseconds from one reading to the next.
    pub const PERIOD_MILLIS: u64 = 100;

    /// A supply that gives 12 V.
    #[must_use]
    pub fn new(seed: u64) -> Supply {
        Supply { random: Random::new(seed), output: true, set: 12.0, volts: 12.0 }
    }

    /// The next reading, a JSON object.
    pub fn reading(&mut self) -> String {
        let goal = if self.output { self.set } else { 0.0 };
        self.volts += (goal - self.volts) * 0.35;
        let volts = (self.volts + 0.004 * self.random.noise()).max(0.0);
        let amps = (volts / OHMS * (1.0 + 0.004 * self.random.noise())).max(0.0);
        let (set, output) = (self.set, self.output);
        format!(
            r#"{{"voltage": {volts:.3}, "current": {amps:.4}, "power": {:.3}, "set": {set:.2}, "output": {output}}}"#,
            volts * amps
        )
    }

    /// Takes a message, `{"voltage": 5}` or `{"output": false}`; its reply, a JSON object.
    pub fn receive(&mut self, message: &[u8]) -> String {
        let asked = serde_json::from_slice::<Value>(message).unwrap_or_default();
        let reply = match (asked.get("voltage"), asked.get("output")) {
            (Some(volts), _) => match volts.as_f64().filter(|volts| (0.0..=VOLTS).contains(volts)) {
                Some(volts) => {
                    self.set = volts;
                    format!("ok voltage {volts}")
                }
                None => format!("error: voltage is a number from 0 to {VOLTS}"),
            },
            (None, Some(Value::Bool(on))) => {
                self.output = *on;
                format!("ok output {}", if *on { "on" } else { "off" })
            }
            _ => "error: there are voltage, a number, and output, true or false".to_owned(),
        };
        format!(r#"{{"reply": "{reply}"}}"#)
    }
}
