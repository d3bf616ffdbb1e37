//! The control signals of a serial line (ITU-T V.24), as far as Web Serial has them (W3C Web Serial API, sections
//! 4.6 and 4.7).

use crate::words::{Language, note};
use serde::{Deserialize, Serialize};

/// What the device's side of the line says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// Clear To Send (circuit 106).
    pub cts: bool,
    /// Data Set Ready (circuit 107).
    pub dsr: bool,
    /// Data Carrier Detect (circuit 109).
    pub dcd: bool,
    /// Ring Indicator (circuit 125).
    pub ri: bool,
}

/// What is known of an open line's signals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signals {
    /// The device's side; `None` until it was looked at.
    pub inputs: Option<Inputs>,
    /// Data Terminal Ready (circuit 108/2) as it was set here; `None` as the system left it when it opened the port.
    pub dtr: Option<bool>,
    /// Request To Send (circuit 105), likewise.
    pub rts: Option<bool>,
    /// Whether the line is held in the break condition.
    pub breaking: bool,
    /// Why the port did not do what was asked last, with the next step; empty if it did.
    pub failed: String,
}

/// Something to do with a signal of this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signal {
    /// Sets Data Terminal Ready.
    Dtr(bool),
    /// Sets Request To Send.
    Rts(bool),
    /// Begins or ends the break condition.
    Break(bool),
    /// Holds the break condition for [`BREAK_MILLIS`].
    SendBreak,
}

/// How long a break is held, in milliseconds: as POSIX `tcsendbreak` does at least.
pub const BREAK_MILLIS: u32 = 250;

impl Signals {
    /// What changed on this side since `before`, in the terminal's words.
    pub(crate) fn changes(&self, before: &Signals, language: Language) -> Option<String> {
        let level = |on: bool| if on { note::on() } else { note::off() };
        let mut said = Vec::new();
        for (name, now, was) in [("DTR", self.dtr, before.dtr), ("RTS", self.rts, before.rts)] {
            if let Some(on) = now.filter(|_| now != was) {
                said.push(note::signal(name, &level(on)));
            }
        }
        if self.breaking != before.breaking {
            said.push(if self.breaking { note::break_begins() } else { note::break_over() });
        }
        (!said.is_empty()).then(|| said.iter().map(|said| said.say(language)).collect::<Vec<_>>().join(", "))
    }
}
