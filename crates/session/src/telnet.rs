//! A Telnet device as a session meets it: between the bytes of a tunnel and the session's inputs.
//!
//! No I/O and no clock: [`Conversation::receive`] takes what came and hands out inputs and bytes to send;
//! [`Conversation::escape`] makes data ready to be sent; [`Conversation::ask`] does what is asked of the line.

use crate::input::{Input, LineError};
use crate::link::{self, Parity};
use crate::query::{MAX_REFUSED, Reached, Terms};
use crate::screen;
use crate::signal::{Inputs, Signal, Signals};
use crate::tunnel::TargetKind;
use crate::words::{Language, link as words};
use codec::telnet::{self, Heard, LeftOut, Line, LineSetting, Modem, Reported, Telnet, TelnetOption};
use store::Time;

/// What became of something asked of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It was done, or cannot be; [`Conversation::signals`] tells.
    Done,
    /// The break has begun and is to be ended by `Signal::Break(false)` after [`crate::signal::BREAK_MILLIS`].
    BreakBegun,
}

/// One connection to a Telnet device.
#[derive(Debug)]
pub struct Conversation {
    telnet: Telnet,
    line: Option<link::Line>,
    reached: Reached,
    signals: Signals,
    language: Language,
    /// The device asked us to wait (RFC 2217, FLOWCONTROL-SUSPEND).
    suspended: bool,
    terms: Terms,
}

impl Conversation {
    /// A connection on which nothing was said yet, to a target that the gateway has opened.
    #[must_use]
    pub fn new(line: Option<link::Line>, write: bool, local: bool, language: Language) -> Conversation {
        let reached = Reached { kind: TargetKind::Telnet, write, local, terms: Some(Terms::default()) };
        let (columns, rows) = (narrow(screen::COLUMNS), narrow(screen::ROWS));
        let telnet = Telnet::new(columns, rows, line.is_some());
        let (signals, terms) = (Signals::default(), Terms::default());
        Conversation { telnet, line, reached, signals, language, suspended: false, terms }
    }

    /// What to send first. A gateway that accepts nothing for the device passes on no offers either.
    pub fn begin(&mut self, out: &mut Vec<u8>) {
        if self.reached.write {
            self.telnet.begin(&mut |bytes| out.extend_from_slice(bytes));
        }
    }

    /// What is known of the device.
    #[must_use]
    pub fn reached(&self) -> Reached {
        Reached { terms: Some(self.terms.clone()), ..self.reached.clone() }
    }

    /// What is known of the line's signals.
    #[must_use]
    pub fn signals(&self) -> &Signals {
        &self.signals
    }

    /// Whether the device asked us to send nothing for now.
    #[must_use]
    pub fn suspended(&self) -> bool {
        self.suspended
    }

    /// Takes bytes of the device. `out` gets what is to be sent at once; nothing of it is data.
    pub fn receive(&mut self, now: Time, bytes: &[u8], out: &mut Vec<u8>, deliver: &mut dyn FnMut(Input<'_>)) {
        let Conversation { telnet, terms, signals, line, suspended, .. } = self;
        let (before, signals_before) = (terms.clone(), signals.clone());
        let (mut flood, mut unreadable, mut port) = (0u64, 0u64, false);
        telnet.receive(bytes, now.0, &mut |heard| match heard {
            Heard::Data(bytes) => deliver(Input::Bytes { bytes, message_end: false }),
            Heard::Answer(bytes) => out.extend_from_slice(bytes),
            Heard::Agreed { option, ours, on } => {
                put(if ours { &mut terms.ours } else { &mut terms.theirs }, option, on);
                if option == TelnetOption::ComPort && ours {
                    terms.com_port = Some(on);
                    port |= on;
                }
            }
            Heard::Declined { option: TelnetOption::ComPort, .. } => terms.com_port = Some(false),
            Heard::Declined { .. } => {}
            Heard::Refused { code, .. } => refuse(&mut terms.refused, code),
            Heard::Reported(reported) => match reported {
                Reported::Baud(baud) => terms.baud = Some(baud).filter(|baud| *baud > 0),
                Reported::Modem(modem) => signals.inputs = Some(inputs(modem)),
                Reported::Line(line) => errors(line).for_each(|error| deliver(Input::LineError(error))),
                Reported::Suspend(on) => *suspended = on,
                _ => {}
            },
            Heard::LeftOut(LeftOut::Flood) => flood = flood.saturating_add(1),
            Heard::LeftOut(_) => unreadable = unreadable.saturating_add(1),
        });
        if let (true, Some(line)) = (port, *line) {
            set_up(telnet, line, out);
        }
        if *signals != signals_before {
            deliver(Input::Signals(signals.clone()));
        }
        if *terms != before {
            deliver(Input::Reached(self.reached()));
        }
        if flood > 0 || unreadable > 0 {
            deliver(Input::TelnetLeftOut { flood, unreadable });
        }
    }

    /// Data as they are sent.
    pub fn escape(&self, data: &[u8], out: &mut Vec<u8>) {
        self.telnet.escape(data, &mut |bytes| out.extend_from_slice(bytes));
    }

    /// The screen has another size.
    pub fn resize(&mut self, columns: u16, rows: u16, out: &mut Vec<u8>) {
        self.telnet.resize(columns, rows, &mut |bytes| out.extend_from_slice(bytes));
    }

    /// The port behind the device is to be set otherwise; where there is none to set, [`Conversation::signals`] says so. What
    /// of a character's format is as it was is not asked for again.
    pub fn set_line(&mut self, to: link::Line, out: &mut Vec<u8>) {
        let was = self.line.replace(to).map(settings);
        let stays = |setting: &LineSetting| {
            !matches!(setting, LineSetting::Baud(_)) && was.as_ref().is_some_and(|was| was.contains(setting))
        };
        let done = settings(to).into_iter().filter(|setting| !stays(setting)).all(|setting| self.set(setting, out));
        self.signals.failed = if done { String::new() } else { words::no_com_port().say(self.language).to_owned() };
    }

    /// Does what is asked of this side's signals, or says in [`Conversation::signals`] why that cannot be.
    pub fn ask(&mut self, signal: Signal, out: &mut Vec<u8>) -> Asked {
        self.signals.failed.clear();
        let setting = match signal {
            Signal::Dtr(on) => LineSetting::Dtr(on),
            Signal::Rts(on) => LineSetting::Rts(on),
            Signal::Break(on) => LineSetting::Break(on),
            Signal::SendBreak => LineSetting::Break(true),
        };
        if !self.reached.write {
            self.signals.failed = words::read_only().say(self.language).to_owned();
            return Asked::Done;
        }
        if !self.set(setting, out) {
            if signal == Signal::SendBreak {
                Telnet::break_command(&mut |bytes| out.extend_from_slice(bytes));
            } else {
                self.signals.failed = words::no_com_port().say(self.language).to_owned();
            }
            return Asked::Done;
        }
        match signal {
            Signal::Dtr(on) => self.signals.dtr = Some(on),
            Signal::Rts(on) => self.signals.rts = Some(on),
            Signal::Break(on) => self.signals.breaking = on,
            Signal::SendBreak => {
                self.signals.breaking = true;
                return Asked::BreakBegun;
            }
        }
        Asked::Done
    }

    fn set(&mut self, setting: LineSetting, out: &mut Vec<u8>) -> bool {
        self.telnet.set_line(setting, &mut |bytes| out.extend_from_slice(bytes))
    }
}

/// How a port is to be set, in the order in which it is asked for.
fn settings(line: link::Line) -> [LineSetting; 5] {
    let parity = match line.parity {
        Parity::None => telnet::Parity::None,
        Parity::Even => telnet::Parity::Even,
        Parity::Odd => telnet::Parity::Odd,
    };
    [
        LineSetting::Baud(line.baud),
        LineSetting::DataBits(line.data_bits),
        LineSetting::Parity(parity),
        LineSetting::StopBits(line.stop_bits),
        LineSetting::HardwareFlow(line.hardware_flow),
    ]
}

/// The settings of a port that has just been agreed on, and what it is to report.
fn set_up(telnet: &mut Telnet, line: link::Line, out: &mut Vec<u8>) {
    let reports = [LineSetting::ReportModem(Modem::MASK), LineSetting::ReportLine(Line::MASK)];
    for setting in settings(line).into_iter().chain(reports) {
        telnet.set_line(setting, &mut |bytes| out.extend_from_slice(bytes));
    }
}

fn put(options: &mut Vec<u8>, option: TelnetOption, on: bool) {
    options.retain(|code| *code != option.code());
    if on {
        options.push(option.code());
        options.sort_unstable();
    }
}

fn refuse(refused: &mut Vec<(u8, u32)>, code: u8) {
    if let Some((_, count)) = refused.iter_mut().find(|(known, _)| *known == code) {
        *count = count.saturating_add(1);
    } else if refused.len() < MAX_REFUSED {
        refused.push((code, 1));
    }
}

fn inputs(modem: Modem) -> Inputs {
    Inputs { cts: modem.cts, dsr: modem.dsr, dcd: modem.dcd, ri: modem.ri }
}

fn errors(line: Line) -> impl Iterator<Item = LineError> {
    let all = [
        (line.overrun, LineError::Overrun),
        (line.parity, LineError::Parity),
        (line.framing, LineError::Framing),
        (line.break_detected, LineError::Break),
    ];
    all.into_iter().filter_map(|(there, error)| there.then_some(error))
}

fn narrow(size: usize) -> u16 {
    u16::try_from(size).unwrap_or(u16::MAX)
}
