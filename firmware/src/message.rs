//! What goes over the line, in the order of `profiles/firmware.toml`: postcard numbers the variants from 0.

use serde::{Deserialize, Serialize};

/// From the device.
#[derive(Serialize)]
pub enum Message<'a> {
    /// One sample of the generator.
    Wave {
        /// Since the reset, in ms; wraps after 49.7 days.
        millis: u32,
        /// V.
        sine: f32,
        /// V.
        cosine: f32,
        /// V.
        noise: f32,
    },
    /// Once a second, and when a setting changed.
    Status {
        /// Since the reset, in s.
        uptime: u32,
        /// V.
        amplitude: f32,
        /// Hz.
        frequency: f32,
        /// Waves per second.
        rate_hz: u32,
        /// Commands understood since the reset.
        commands: u32,
        /// Commands not understood since the reset.
        errors: u32,
    },
    /// A line for people.
    Log {
        /// How much it matters.
        level: Level,
        /// What it says.
        text: &'a str,
    },
}

/// How much a log line matters.
#[derive(Clone, Copy, Serialize)]
pub enum Level {
    /// Good to know.
    Info,
    /// Something was refused or lost.
    Error,
}

/// To the device.
#[derive(Deserialize)]
pub enum Command {
    /// Answers "ok pong".
    Ping,
    /// V, 0 to 10.
    SetAmplitude {
        /// V.
        amplitude: f32,
    },
    /// Hz, 0 to 50.
    SetFrequency {
        /// Hz.
        frequency: f32,
    },
    /// Waves per second, 1 to 1000.
    SetRate {
        /// Hz.
        rate_hz: u32,
    },
}
