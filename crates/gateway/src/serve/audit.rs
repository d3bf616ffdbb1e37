//! The audit log: one line of JSON for each tunnel, at its end, and for each that was refused.

use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::net::IpAddr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Where the lines go.
pub(crate) struct Audit(Mutex<Option<File>>);

/// What a line says.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// The tunnel's number, which the console was told.
    pub(crate) id: u64,
    /// The token's name.
    pub(crate) who: Option<&'a str>,
    /// Where they are.
    pub(crate) from: IpAddr,
    /// What they asked for, as they wrote it.
    pub(crate) target: &'a str,
    /// What they were allowed to do.
    pub(crate) verbs: Vec<&'static str>,
    /// Bytes for the device.
    pub(crate) up: u64,
    /// Bytes of the device.
    pub(crate) down: u64,
    /// Bytes of the device that were given up.
    pub(crate) dropped: u64,
    /// How long it was open.
    pub(crate) seconds: f64,
    /// Why it ended, in a word.
    pub(crate) why: &'static str,
    /// What is known beyond that.
    pub(crate) detail: &'a str,
}

impl Audit {
    /// To a file, at whose end lines are added, or to stderr.
    ///
    /// # Errors
    /// A file that cannot be opened.
    pub(crate) fn new(path: Option<&Path>) -> Result<Audit, String> {
        let open = |path: &Path| {
            OpenOptions::new().append(true).create(true).open(path).map_err(|why| format!("{}: {why}", path.display()))
        };
        Ok(Audit(Mutex::new(path.map(open).transpose()?)))
    }

    /// Writes a line. A disk that is full must not end a tunnel: the line then goes to stderr.
    pub(crate) fn write(&self, line: &Line<'_>) {
        let text = format!("{}\n", written(line, jiff::Timestamp::now()));
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = file.as_mut().is_some_and(|file| file.write_all(text.as_bytes()).is_ok());
        if !kept {
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
        }
    }
}

fn written(line: &Line<'_>, now: jiff::Timestamp) -> Value {
    let now = now.round(jiff::Unit::Millisecond).unwrap_or(now);
    json!({
        "time": now.to_string(),
        "id": line.id,
        "who": line.who,
        "from": line.from.to_string(),
        // Someone who guesses at names writes no megabytes here.
        "target": line.target.chars().take(64).collect::<String>(),
        "verbs": line.verbs,
        "up": line.up,
        "down": line.down,
        "dropped": line.dropped,
        "seconds": (line.seconds * 1000.0).round() / 1000.0,
        "why": line.why,
        "detail": line.detail,
    })
}
