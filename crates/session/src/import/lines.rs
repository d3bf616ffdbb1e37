//! Lines as a device prints them. The Arduino plotter and Teleplot have no set-up: what they show is in the lines.

use super::{Imported, pair};
use crate::words::{Language, Said, import as words};
use codec::{Found, Protocol, Settings, Value};

/// Words that are always the same.
type Words = fn() -> Said;

/// Lines before the first reading, at most.
const NOISE: usize = 20;

/// Protocols that are tried, the one with the strictest rules first, and what they are called.
const TRIED: &[(&str, Words)] = &[("teleplot", words::teleplot), ("pairs", words::arduino), ("csv", words::arduino)];

/// Lines that are looked at, at most.
const LOOKED_AT: usize = 200;

/// The protocol that reads these lines, if there are some and nearly all are of it.
pub(super) fn import(text: &str, language: Language) -> Option<Imported> {
    let lines: Vec<&str> = text.lines().map(unstamped).filter(|line| !line.trim().is_empty()).take(LOOKED_AT).collect();
    // A profile has lines that look like pairs.
    if lines.len() < 3 || toml_like(&lines) {
        return None;
    }
    let (before, (protocol, from)) = TRIED.iter().find_map(|tried| {
        let read = read(tried.0, &lines);
        // What is recorded begins in the middle of a line, or with what the device says when it starts.
        let before = read.iter().take(NOISE).take_while(|read| !**read).count();
        let read = read.get(before..)?;
        let good = read.iter().filter(|read| **read).count();
        (read.len() >= 3 && good.saturating_mul(10) >= read.len().saturating_mul(9)).then_some((before, tried))
    })?;
    let profile = format!(
        "{}{}\n[link]\n{}baud = 115200\n\n[protocol]\n{}",
        pair("name", words::lines_name().say(language)),
        pair("about", words::lines_about().say(language)),
        pair("kind", "serial"),
        pair("name", protocol),
    );
    let mut left = vec![words::lines_speed()];
    if before > 0 {
        left.push(words::lines_before(before));
    }
    Some(Imported { profile, from: from(), left, named: false })
}

fn toml_like(lines: &[&str]) -> bool {
    lines.iter().any(|line| line.trim_start().starts_with('[')) && lines.iter().any(|line| line.contains(" = "))
}

/// A line without the time that the Arduino IDE's monitor puts before it (`12:34:56.789 -> `).
fn unstamped(line: &str) -> &str {
    let stamp = |c: char| c.is_ascii_digit() || c == ':' || c == '.';
    match line.split_once(" -> ") {
        Some((time, rest)) if time.len() >= 8 && time.chars().all(stamp) => rest,
        _ => line,
    }
}

/// Which of the lines have a number that the protocol reads; of Teleplot's, a text will do.
fn read(protocol: &str, lines: &[&str]) -> Vec<bool> {
    let Some(mut codec) = Protocol::find(protocol).and_then(|protocol| protocol.open(&Settings::default()).ok()) else {
        return Vec::new();
    };
    let texts = protocol == "teleplot";
    // Numbers without names are better off as columns: a first line may name them.
    let labelled = |line: &str| protocol != "pairs" || line.contains([':', '=']);
    let mut frame = vec![0; codec.limit_bytes];
    let mut good = Vec::with_capacity(lines.len());
    for line in lines {
        let mut numbers = false;
        let line = format!("{line}\n");
        let mut rest = line.as_bytes();
        while !rest.is_empty() {
            let step = codec.framer.feed(rest, &mut frame);
            rest = rest.get(step.consumed..).unwrap_or_default();
            if let Some(Found::Frame { len, .. }) = step.found {
                let _ = codec.decoder.decode(frame.get(..len).unwrap_or_default(), &mut |sample| {
                    numbers |= texts
                        || sample.values.iter().any(|value| {
                            matches!(value, Value::I64(_) | Value::U64(_) | Value::F32(_) | Value::F64(_))
                        });
                });
            }
        }
        good.push(numbers && labelled(&line));
    }
    good
}
