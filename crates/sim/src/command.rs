//! The lines the drive understands.

use crate::fault::FAULTS;
use crate::motor::SPEED_MAX;

/// One line, understood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Command {
    SetSpeed(f64),
    GetLimits,
    GetSerial,
    Stop,
    Automatic,
    Rate(u32),
    Fault(String),
    Help,
}

/// What `help` answers, a log line each.
pub(crate) const HELP: &[&str] = &[
    "set speed N   turn at N r/min, 0 to 3000",
    "stop          speed 0, and stay there",
    "auto          follow the programme again",
    "get limits    the largest speed and current",
    "get serial    the number of this drive",
    "rate N        telemetry frames per second, 1 to 100000",
    "fault NAME    misbehave: garbage, checksum, truncate, silence, flood, disconnect, hostile",
];

/// The fastest telemetry, in frames per second.
pub(crate) const RATE_MAX: u32 = 100_000;

/// Understands a line.
///
/// # Errors
/// A sentence that says what would be accepted.
pub(crate) fn parse(line: &str) -> Result<Command, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["set", "speed", number] => match number.parse::<f64>() {
            Ok(speed) if (0.0..=SPEED_MAX).contains(&speed) => Ok(Command::SetSpeed(speed)),
            Ok(speed) => Err(format!("speed {speed} is out of range, 0 to {SPEED_MAX} r/min")),
            Err(_) => Err(format!("\"{number}\" is not a number; try: set speed 1800")),
        },
        ["set", ..] => Err("set what? Try: set speed 1800".into()),
        ["get", "limits"] => Ok(Command::GetLimits),
        ["get", "serial"] => Ok(Command::GetSerial),
        ["get", ..] => Err("get what? Try: get limits".into()),
        ["stop"] => Ok(Command::Stop),
        ["auto"] => Ok(Command::Automatic),
        ["help"] => Ok(Command::Help),
        ["rate", number] => match number.parse::<u32>() {
            Ok(rate) if (1..=RATE_MAX).contains(&rate) => Ok(Command::Rate(rate)),
            _ => Err(format!("rate takes a whole number, 1 to {RATE_MAX}")),
        },
        ["fault", name] if FAULTS.iter().any(|(known, _)| known == name) => Ok(Command::Fault((*name).into())),
        ["fault", ..] => {
            let names: Vec<&str> = FAULTS.iter().map(|(name, _)| *name).collect();
            Err(format!("fault takes one of: {}", names.join(", ")))
        }
        [first, ..] => Err(format!("unknown command \"{first}\"; try: help")),
        [] => Err("empty line; try: help".into()),
    }
}
