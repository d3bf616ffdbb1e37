//! What lines of plain text could be read as: who opens a device that sends numbers with the usual profile is told how to see
//! them.

use codec::{Decoder, Protocol, Settings, Value};

/// Protocols of lines that are found out by what they decode, the strictest first.
const PROTOCOLS: [&str; 4] = ["json", "teleplot", "nmea", "pairs"];
/// Of so many lines in a row this many must have numbers in them.
const LAST: u32 = 0xff;
const ENOUGH: u32 = 6;
/// Lines that are looked at. A device that has said so many others is a shell or the like.
const MOST: u32 = 500;

/// Looks for numbers in lines.
pub(crate) struct Reads {
    lines: u32,
    tries: Vec<Try>,
    found: Option<&'static str>,
}

struct Try {
    protocol: &'static str,
    decoder: Box<dyn Decoder>,
    /// A bit for each line, the last one lowest: whether there were numbers in it.
    hits: u32,
}

impl Reads {
    /// Before the first line.
    pub(super) fn new() -> Reads {
        let open = |protocol| {
            let codec = Protocol::find(protocol)?.open(&Settings::default()).ok()?;
            Some(Try { protocol, decoder: codec.decoder, hits: 0 })
        };
        Reads { lines: 0, tries: PROTOCOLS.into_iter().filter_map(open).collect(), found: None }
    }

    /// The protocol that finds numbers in most of the last lines.
    pub(crate) fn found(&self) -> Option<&'static str> {
        self.found
    }

    /// Looks at a line, without its end.
    pub(super) fn line(&mut self, line: &[u8]) {
        if self.found.is_some() || self.lines >= MOST || line.trim_ascii().is_empty() {
            return;
        }
        self.lines = self.lines.saturating_add(1);
        for one in &mut self.tries {
            let mut numbers = false;
            let decoded = one.decoder.decode(line, &mut |sample| {
                numbers |= sample
                    .values
                    .iter()
                    .any(|value| matches!(value, Value::I64(_) | Value::U64(_) | Value::F32(_) | Value::F64(_)));
            });
            // A number alone is JSON, too, and is meant as none.
            let meant = one.protocol != "json" || line.trim_ascii_start().starts_with(b"{");
            one.hits = one.hits << 1 | u32::from(numbers && meant && decoded.is_ok());
        }
        let enough = |one: &&Try| (one.hits & LAST).count_ones() >= ENOUGH;
        self.found = self.tries.iter().find(enough).map(|one| one.protocol);
    }
}
