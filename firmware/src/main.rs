//! The reference device: a signal generator on a Cortex-M3 whose serial port speaks postcard in COBS.
//!
//! Both ends share one codec: frames are wrapped and cut here by the same `codec::frame::Cobs` that cuts and wraps
//! them in the browser. `profiles/firmware.toml` describes the messages to the console.
#![no_std]
#![no_main]

mod clock;
mod generator;
mod message;
mod port;
mod uart;

use generator::Generator;
use message::{Command, Level, Message};
use panic_halt as _;
use port::Port;

/// Telemetry messages per second after a reset.
const RATE_HZ: u32 = 100;

#[cortex_m_rt::entry]
fn main() -> ! {
    clock::start();
    let mut device =
        Device { port: Port::new(), generator: Generator::new(), rate_hz: RATE_HZ, commands: 0, errors: 0 };
    let (mut next_wave, mut next_status) = (0u32, 0u32);
    device.port.send(&Message::Log { level: Level::Info, text: "generator ready" });
    loop {
        device.listen();
        let now = clock::millis();
        if due(now, next_wave) {
            next_wave = now.wrapping_add(1000 / device.rate_hz);
            device.wave(now);
        }
        if due(now, next_status) {
            next_status = now.wrapping_add(1000);
            device.status(now);
        }
    }
}

/// Whether a moment has come, on a clock that wraps after 49.7 days.
fn due(now: u32, moment: u32) -> bool {
    now.wrapping_sub(moment) < u32::MAX / 2
}

struct Device {
    port: Port,
    generator: Generator,
    rate_hz: u32,
    commands: u32,
    errors: u32,
}

impl Device {
    fn wave(&mut self, millis: u32) {
        let (sine, cosine) = self.generator.advance(1.0 / self.rate_hz as f32);
        let noise = self.generator.noise();
        self.port.send(&Message::Wave { millis, sine, cosine, noise });
    }

    fn status(&mut self, millis: u32) {
        let Self { commands, errors, rate_hz, .. } = *self;
        let (amplitude, frequency) = (self.generator.amplitude, self.generator.frequency);
        self.port.send(&Message::Status { uptime: millis / 1000, amplitude, frequency, rate_hz, commands, errors });
    }

    fn listen(&mut self) {
        while let Some(command) = self.port.receive() {
            match command {
                Ok(command) => {
                    self.commands = self.commands.wrapping_add(1);
                    self.obey(command);
                }
                Err(()) => {
                    self.errors = self.errors.wrapping_add(1);
                    self.reply(Level::Error, "error: not understood");
                }
            }
        }
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Ping => self.reply(Level::Info, "ok pong"),
            Command::SetAmplitude { amplitude } if (0.0..=10.0).contains(&amplitude) => {
                self.generator.amplitude = amplitude;
                self.reply(Level::Info, "ok amplitude");
                self.status(clock::millis());
            }
            Command::SetAmplitude { .. } => self.reply(Level::Error, "error: amplitude is 0 to 10 V"),
            Command::SetFrequency { frequency } if (0.0..=50.0).contains(&frequency) => {
                self.generator.frequency = frequency;
                self.reply(Level::Info, "ok frequency");
                self.status(clock::millis());
            }
            Command::SetFrequency { .. } => self.reply(Level::Error, "error: frequency is 0 to 50 Hz"),
            Command::SetRate { rate_hz } if (1..=1000).contains(&rate_hz) => {
                self.rate_hz = rate_hz;
                self.reply(Level::Info, "ok rate");
                self.status(clock::millis());
            }
            Command::SetRate { .. } => self.reply(Level::Error, "error: rate is 1 to 1000 Hz"),
        }
    }

    fn reply(&mut self, level: Level, text: &str) {
        self.port.send(&Message::Log { level, text });
    }
}
