//! A boiler's controller with a shell: lines in, text out, readings as Teleplot has them. Telnet is not its business.

use crate::random::Random;

/// What a user is greeted with.
const GREETING: &str = "Boiler controller BC-4, simulated. Type help.";
/// What stands in front of a line to type.
const PROMPT: &str = "bc4> ";
const HELP: &[&str] = &[
    "help               this list",
    "status             readings and settings",
    "watch              readings each second; Enter ends it",
    "set target N       water at N degrees Celsius, 30 to 85",
    "set pump on|off    the circulation pump",
    "log                what happened last",
    "exit               closes the connection",
];
/// The longest line that is taken.
const LINE_LIMIT: usize = 256;

/// The controller with one user at its shell.
#[derive(Clone, Debug)]
pub struct Boiler {
    random: Random,
    target: f64,
    water: f64,
    pump: bool,
    burner: bool,
    watching: bool,
    gone: bool,
    /// Whether the last byte was a CR, after which LF or NUL ends nothing more (RFC 854).
    return_came: bool,
    line: Vec<u8>,
    log: Vec<String>,
}

impl Boiler {
    /// A controller whose water is warm.
    #[must_use]
    pub fn new(seed: u64) -> Boiler {
        Boiler {
            random: Random::new(seed),
            target: 60.0,
            water: 57.0,
            pump: true,
            burner: true,
            watching: false,
            gone: false,
            return_came: false,
            line: Vec::new(),
            log: vec!["started".to_owned()],
        }
    }

    /// The greeting, and the first prompt.
    #[must_use]
    pub fn greeting(&self) -> String {
        format!("{GREETING}\r\n{PROMPT}")
    }

    /// Whether the user said goodbye.
    #[must_use]
    pub fn gone(&self) -> bool {
        self.gone
    }

    /// A second passed; a reading where somebody watches.
    pub fn second(&mut self, out: &mut Vec<u8>) {
        let loss = if self.pump { 0.12 } else { 0.03 };
        self.burner = if self.burner { self.water < self.target + 1.0 } else { self.water < self.target - 2.0 };
        self.water += if self.burner { 0.3 } else { 0.0 } - loss * (self.water - 20.0) / 40.0;
        if self.watching {
            let reading = self.reading();
            out.extend_from_slice(format!("{reading}\r\n").as_bytes());
        }
    }

    /// Takes what was typed; `echo` says whether it is to be shown (RFC 857).
    pub fn receive(&mut self, bytes: &[u8], echo: bool, out: &mut Vec<u8>) {
        for byte in bytes {
            let after_return = std::mem::replace(&mut self.return_came, *byte == b'\r');
            match byte {
                b'\n' | 0 if after_return => {}
                b'\r' | b'\n' => {
                    if echo {
                        out.extend_from_slice(b"\r\n");
                    }
                    let line = std::mem::take(&mut self.line);
                    self.obey(String::from_utf8_lossy(&line).trim(), out);
                    if !self.watching && !self.gone {
                        out.extend_from_slice(PROMPT.as_bytes());
                    }
                }
                0x08 | 0x7f => {
                    let erased = self.line.pop().is_some() && echo;
                    out.extend_from_slice(if erased { b"\x08 \x08" } else { b"" });
                }
                // End of transmission, on an empty line: whoever is done.
                0x04 if self.line.is_empty() => self.gone = true,
                0x03 => {
                    self.line.clear();
                    self.watching = false;
                    out.extend_from_slice(b"^C\r\n");
                    out.extend_from_slice(PROMPT.as_bytes());
                }
                byte if *byte >= b' ' && self.line.len() < LINE_LIMIT => {
                    self.line.push(*byte);
                    if echo && !self.watching {
                        out.push(*byte);
                    }
                }
                _ => {}
            }
        }
    }

    fn obey(&mut self, line: &str, out: &mut Vec<u8>) {
        if std::mem::take(&mut self.watching) && line.is_empty() {
            return;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let answer = match words.as_slice() {
            [] => return,
            ["help" | "?"] => HELP.join("\r\n"),
            ["status"] => self.reading(),
            ["watch"] => {
                self.watching = true;
                return;
            }
            ["set", "target", number] => match number.parse::<f64>() {
                Ok(target) if (30.0..=85.0).contains(&target) => {
                    self.target = target;
                    self.note(format!("ok target {target}"))
                }
                _ => "error: target is a number from 30 to 85".to_owned(),
            },
            ["set", "pump", state @ ("on" | "off")] => {
                self.pump = *state == "on";
                self.note(format!("ok pump {state}"))
            }
            ["set", ..] => "error: set what? Try: set target 55".to_owned(),
            ["log"] => self.log.join("\r\n"),
            ["exit" | "quit" | "logout"] => {
                self.gone = true;
                "goodbye".to_owned()
            }
            [first, ..] => format!("error: \"{first}\" is no command; try: help"),
        };
        out.extend_from_slice(answer.as_bytes());
        out.extend_from_slice(b"\r\n");
    }

    fn note(&mut self, text: String) -> String {
        self.log.push(text.clone());
        if self.log.len() > 20 {
            self.log.remove(0);
        }
        text
    }

    /// All readings, a line each (Teleplot, README, "Telemetry Format").
    fn reading(&mut self) -> String {
        let water = self.water + 0.03 * self.random.noise();
        let pressure = 1.6 + 0.005 * (water - 60.0) + 0.002 * self.random.noise();
        format!(
            ">water:{water:.2}\r\n>target:{:.1}\r\n>pressure:{pressure:.3}\r\n>burner:{}\r\n>pump:{}",
            self.target,
            u8::from(self.burner),
            u8::from(self.pump)
        )
    }
}
