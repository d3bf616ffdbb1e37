//! The motor drive as its link sees it: bytes that are due, and lines that came.

use crate::command::{self, Command};
use crate::fault::{FAULTS, Faults, HOSTILE};
use crate::message::{self, Level};
use crate::motor::{CURRENT_MAX, Motor, SPEED_MAX};
use crate::random::Random;
use std::collections::VecDeque;
use std::fmt;

const SECOND: i64 = 1_000_000_000;
const LINE_LIMIT: usize = 256;
const FLOOD_HZ: u32 = 10_000;

/// A simulated motor drive: telemetry, a log, replies to lines, faults on request.
#[derive(Clone, Debug)]
pub struct Drive {
    random: Random,
    /// What it calls itself: drives of different seeds are different drives.
    serial: u64,
    motor: Motor,
    faults: Faults,
    rate_hz: u32,
    started: Option<i64>,
    next_drive: i64,
    next_thermal: i64,
    next_status: i64,
    /// Bytes without an end stand before the next frame, which they will spoil.
    tail: bool,
    gone: bool,
    line: Vec<u8>,
    logs: VecDeque<(Level, String)>,
    frames: u64,
    spoiled: u64,
}

/// No fault of that name; [`FAULTS`] lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownFault;

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such fault")
    }
}

impl Drive {
    /// A drive that has just been switched on, sending 100 telemetry frames a second.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            serial: seed,
            motor: Motor::new(),
            faults: Faults::default(),
            rate_hz: 100,
            started: None,
            next_drive: 0,
            next_thermal: 0,
            next_status: 0,
            tail: false,
            gone: false,
            line: Vec::new(),
            logs: VecDeque::from([(Level::Info, "motor drive ready, try: help".into())]),
            frames: 0,
            spoiled: 0,
        }
    }

    /// Telemetry frames per second from now on; held to 1 to 100,000.
    pub fn set_rate(&mut self, rate_hz: u32) {
        self.rate_hz = rate_hz.clamp(1, command::RATE_MAX);
    }

    /// Appends to `out` the bytes that are due at `now` (nanoseconds since the Unix epoch).
    ///
    /// A drive that was not asked for longer than a second has sent only what fits a second: its own
    /// transmit buffer is as small as a real one's.
    pub fn poll(&mut self, now: i64, out: &mut Vec<u8>) {
        if self.gone {
            return;
        }
        self.start_or_skip(now);
        if std::mem::take(&mut self.faults.disconnect) {
            self.faults.truncate = true;
            self.telemetry(out);
            self.gone = true;
            return;
        }
        if self.faults.silent_until.is_some_and(|until| now < until) {
            (self.next_drive, self.next_thermal, self.next_status) = (now, now, now);
            return;
        }
        self.faults.silent_until = None;
        if std::mem::take(&mut self.faults.garbage) {
            out.extend((0..2048).map(|_| self.random.byte()));
            self.tail = true;
        }
        while let Some((level, text)) = self.logs.pop_front() {
            self.send(message::log(level, &text), out);
        }
        while self.next_drive <= now {
            self.telemetry(out);
        }
        while self.next_thermal <= now {
            self.next_thermal = self.next_thermal.saturating_add(SECOND / 10);
            let payload = message::thermal(&self.motor, &mut self.random);
            self.send(payload, out);
        }
        while self.next_status <= now {
            let uptime = self.next_status.saturating_sub(self.started.unwrap_or(now)) / SECOND;
            self.next_status = self.next_status.saturating_add(SECOND);
            self.send(message::status(self.motor.state(), u32::try_from(uptime).unwrap_or(u32::MAX)), out);
        }
    }

    /// When [`Drive::poll`] next has something to do: nanoseconds since the Unix epoch; before the first call, 0.
    #[must_use]
    pub fn due(&self) -> i64 {
        let next = self.next_drive.min(self.next_thermal).min(self.next_status);
        self.faults.silent_until.map_or(next, |until| next.max(until))
    }

    /// Takes bytes that the console sent: lines of text, ended by LF or CR LF. Replies are log messages.
    pub fn receive(&mut self, now: i64, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' => {
                    let line = std::mem::take(&mut self.line);
                    if line.len() > LINE_LIMIT {
                        self.reply(Level::Error, format!("error: a line has at most {LINE_LIMIT} bytes"));
                    } else {
                        self.obey(now, &String::from_utf8_lossy(&line));
                    }
                }
                byte if self.line.len() <= LINE_LIMIT => self.line.push(*byte),
                _ => {}
            }
        }
    }

    /// Misbehaves from `now` on.
    ///
    /// # Errors
    /// [`UnknownFault`] where `name` is not in [`FAULTS`].
    pub fn fault(&mut self, now: i64, name: &str) -> Result<(), UnknownFault> {
        if !FAULTS.iter().any(|(known, _)| *known == name) {
            return Err(UnknownFault);
        }
        match name {
            "garbage" => self.faults.garbage = true,
            "checksum" => self.faults.corrupt_frames = 50,
            "truncate" => self.faults.truncate = true,
            "silence" => self.faults.silent_until = Some(now.saturating_add(3 * SECOND)),
            "flood" => self.faults.flood_until = Some(now.saturating_add(5 * SECOND)),
            "disconnect" => self.faults.disconnect = true,
            _ => HOSTILE.iter().for_each(|text| self.reply(Level::Warning, (*text).into())),
        }
        Ok(())
    }

    /// Whether the drive has dropped the link ("disconnect"). The link ends; a drive opened again is a new one.
    #[must_use]
    pub fn gone(&self) -> bool {
        self.gone
    }

    /// Frames sent whole since the start, and not run together with what was sent before them.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// All other frames since the start.
    #[must_use]
    pub fn spoiled(&self) -> u64 {
        self.spoiled
    }

    fn start_or_skip(&mut self, now: i64) {
        let latest = if self.started.is_none() { now } else { now.saturating_sub(SECOND) };
        self.started.get_or_insert(now);
        for next in [&mut self.next_drive, &mut self.next_thermal, &mut self.next_status] {
            *next = (*next).max(latest);
        }
    }

    fn telemetry(&mut self, out: &mut Vec<u8>) {
        let flood = self.faults.flood_until.is_some_and(|until| self.next_drive < until);
        let rate = if flood { self.rate_hz.max(FLOOD_HZ) } else { self.rate_hz };
        if let Some(news) = self.motor.advance(1.0 / f64::from(rate), &mut self.random) {
            self.send(message::log(Level::Info, &news), out);
        }
        self.next_drive = self.next_drive.saturating_add(SECOND / i64::from(rate));
        let payload = message::drive(&self.motor, &mut self.random);
        self.send(payload, out);
    }

    fn send(&mut self, payload: Vec<u8>, out: &mut Vec<u8>) {
        // Replies stay readable, so that whoever asked for a fault hears that it begins.
        let reading = payload.first() != Some(&message::LOG);
        let corrupt = reading && self.faults.corrupt_frames > 0;
        let truncate = reading && std::mem::take(&mut self.faults.truncate);
        let behind_a_tail = std::mem::replace(&mut self.tail, truncate);
        let good = !(corrupt || truncate || behind_a_tail);
        let mut sealed = message::seal(payload);
        if corrupt {
            self.faults.corrupt_frames = self.faults.corrupt_frames.saturating_sub(1);
            let at = usize::try_from(self.random.below(sealed.len() as u64)).unwrap_or(0);
            if let Some(byte) = sealed.get_mut(at) {
                *byte ^= 1 << self.random.below(8);
            }
        }
        let start = out.len();
        message::stuff(&sealed, out);
        if truncate {
            out.truncate(start.midpoint(out.len()));
        }
        *(if good { &mut self.frames } else { &mut self.spoiled }) += 1;
    }

    fn reply(&mut self, level: Level, text: String) {
        if self.logs.len() < 1024 {
            self.logs.push_back((level, text));
        }
    }

    fn obey(&mut self, now: i64, line: &str) {
        let (level, text) = match command::parse(line) {
            Ok(command) => (Level::Info, self.carry_out(now, command)),
            Err(sentence) => (Level::Error, format!("error: {sentence}")),
        };
        self.reply(level, text);
    }

    fn carry_out(&mut self, now: i64, command: Command) -> String {
        match command {
            Command::SetSpeed(speed) => {
                (self.motor.automatic, self.motor.target, self.motor.load) = (false, speed, 0.1);
                format!("ok speed {speed} r/min")
            }
            Command::Stop => {
                (self.motor.automatic, self.motor.target, self.motor.load) = (false, 0.0, 0.0);
                "ok stopping".into()
            }
            Command::Automatic => {
                self.motor.automatic = true;
                "ok programme".into()
            }
            Command::GetLimits => format!("ok limits: speed 0 to {SPEED_MAX} r/min, current {CURRENT_MAX} A"),
            Command::GetSerial => format!("ok serial D-{:04}", self.serial),
            Command::Rate(rate) => {
                self.set_rate(rate);
                format!("ok rate {rate} Hz")
            }
            Command::Fault(name) => match self.fault(now, &name) {
                Ok(()) => format!("ok fault {name}"),
                Err(unknown) => format!("error: {unknown}"),
            },
            Command::Help => {
                command::HELP.iter().for_each(|text| self.reply(Level::Info, (*text).into()));
                "ok".into()
            }
        }
    }
}
