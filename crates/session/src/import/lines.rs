//! Lines as a device prints them. The Arduino plotter and Teleplot have no set-up: what they show is in the lines.

use super::{Imported, pair};
use crate::words::{Language, Said, import as words};
use codec::{Found, Protocol, Settings, Value};

/// Words that are always the same.
type Words = fn() -> Said;

/// Protocols that are tried, the one with the strictest rules first, and what they are called.
const TRIED: &[(&str, Words)] = &[("teleplot", words::teleplot), ("pairs", words::arduino), ("csv", words::arduino)];

/// Lines that are looked at, at most.
const LOOKED_AT: usize = 200;

/// The protocol that reads these lines, if there are some and nearly all are of it.
pub(super) fn import(text: &str, language: Language) -> Option<Imported> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).collect();
    // A profile has lines that look like pairs.
    if lines.len() < 3 || toml_like(&lines) {
        return None;
    }
    let (protocol, from) = TRIED.iter().find(|(protocol, _)| {
        let read = read(protocol, &lines);
        read.saturating_mul(10) >= lines.len().saturating_mul(9)
    })?;
    let profile = format!(
        "{}{}\n[link]\n{}baud = 115200\n\n[protocol]\n{}",
        pair("name", words::lines_name().say(language)),
        pair("about", words::lines_about().say(language)),
        pair("kind", "serial"),
        pair("name", protocol),
    );
    let left = vec![words::lines_speed()];
    Some(Imported { profile, from: from(), left })
}

fn toml_like(lines: &[&str]) -> bool {
    lines.iter().any(|line| line.trim_start().starts_with('[')) && lines.iter().any(|line| line.contains(" = "))
}

/// How many of the lines have a number that the protocol reads.
fn read(protocol: &str, lines: &[&str]) -> usize {
    let Some(mut codec) = Protocol::find(protocol).and_then(|protocol| protocol.open(&Settings::default()).ok()) else {
        return 0;
    };
    let mut frame = vec![0; codec.limit_bytes];
    let mut good = 0_usize;
    for line in lines {
        let line = format!("{line}\n");
        let mut rest = line.as_bytes();
        while !rest.is_empty() {
            let step = codec.framer.feed(rest, &mut frame);
            rest = rest.get(step.consumed..).unwrap_or_default();
            if let Some(Found::Frame { len, .. }) = step.found {
                let mut numbers = false;
                let _ = codec.decoder.decode(frame.get(..len).unwrap_or_default(), &mut |sample| {
                    numbers |= sample
                        .values
                        .iter()
                        .any(|value| matches!(value, Value::I64(_) | Value::U64(_) | Value::F32(_) | Value::F64(_)));
                });
                good = good.saturating_add(usize::from(numbers));
            }
        }
    }
    good
}
