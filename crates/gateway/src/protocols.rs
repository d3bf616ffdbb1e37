//! `ferrule protocols`: the tables of the codec, for people.

use codec::PROTOCOLS;
use codec::frame::FRAMERS;
use codec::protocol::{COMMON, Parameter};
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write as _};

/// Prints the tables.
///
/// # Errors
/// Those of the output, but for a reader that went away.
pub(crate) fn run() -> Result<(), String> {
    match io::stdout().write_all(list().as_bytes()) {
        Err(why) if why.kind() != ErrorKind::BrokenPipe => Err(format!("the output cannot be written: {why}")),
        _ => Ok(()),
    }
}

fn list() -> String {
    let mut text = String::from("PROTOCOLS: --protocol NAME, or name = \"…\" in a profile's [protocol]\n");
    for protocol in PROTOCOLS {
        entry(&mut text, protocol.name, protocol.summary, protocol.source);
        let _ = writeln!(text, "      framing: {} unless set", protocol.framing);
        parameters(&mut text, protocol.parameters);
    }
    text.push_str("\nEvery protocol also takes:\n");
    parameters(&mut text, COMMON);
    text.push_str("\nFRAMINGS: framing = \"…\" beside the protocol's parameters\n");
    for framer in FRAMERS {
        entry(&mut text, framer.name, framer.summary, framer.source);
        parameters(&mut text, framer.parameters);
    }
    text
}

fn entry(text: &mut String, name: &str, summary: &str, source: &str) {
    let _ = writeln!(text, "\n  {name}\n      {summary}");
    if !source.is_empty() {
        let _ = writeln!(text, "      source: {source}");
    }
}

fn parameters(text: &mut String, parameters: &[Parameter]) {
    for Parameter { name, summary, default } in parameters {
        let _ = match *default {
            "" => writeln!(text, "      {name}: {summary}"),
            default => writeln!(text, "      {name}: {summary} (default {default})"),
        };
    }
}
