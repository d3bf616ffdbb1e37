//! A serial port behind a Telnet device (RFC 2217, COM-PORT-OPTION): its settings, and what it reports.

/// A parity bit, with RFC 2217's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Parity {
    /// None.
    None = 1,
    /// Odd.
    Odd = 2,
    /// Even.
    Even = 3,
    /// Always one.
    Mark = 4,
    /// Always zero.
    Space = 5,
}

/// Something to set (RFC 2217, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSetting {
    /// Symbols per second; nothing is changed by 0, which asks.
    Baud(u32),
    /// Data bits, 5 to 8.
    DataBits(u8),
    /// The parity bit.
    Parity(Parity),
    /// Stop bits: 1 or 2.
    StopBits(u8),
    /// RTS/CTS flow control, or none.
    HardwareFlow(bool),
    /// The line held in break, or let go.
    Break(bool),
    /// Data Terminal Ready.
    Dtr(bool),
    /// Request To Send.
    Rts(bool),
    /// Which of the modem's lines are reported when they change: a mask of [`Modem`]'s bits.
    ReportModem(u8),
    /// Which of the line's errors are reported: a mask of [`Line`]'s bits.
    ReportLine(u8),
    /// Both buffers of the device are emptied.
    Purge,
}

const BAUD: u8 = 1;
const DATA_BITS: u8 = 2;
const PARITY: u8 = 3;
const STOP_BITS: u8 = 4;
const CONTROL: u8 = 5;
const LINE_STATE: u8 = 6;
const MODEM_STATE: u8 = 7;
const SUSPEND: u8 = 8;
const RESUME: u8 = 9;
const LINE_MASK: u8 = 10;
const MODEM_MASK: u8 = 11;
const PURGE: u8 = 12;
/// The device's answers have the numbers of the user's commands and a hundred.
const SERVER: u8 = 100;

impl LineSetting {
    /// The subnegotiation's body, without option and frame.
    pub(super) fn encode(self, out: &mut dyn FnMut(&[u8])) {
        let control = |on: bool, [yes, no]: [u8; 2]| [CONTROL, if on { yes } else { no }];
        match self {
            LineSetting::Baud(baud) => {
                let [a, b, c, d] = baud.to_be_bytes();
                out(&[BAUD, a, b, c, d]);
            }
            LineSetting::DataBits(bits) => out(&[DATA_BITS, bits]),
            LineSetting::Parity(parity) => out(&[PARITY, parity as u8]),
            LineSetting::StopBits(bits) => out(&[STOP_BITS, bits]),
            LineSetting::HardwareFlow(on) => out(&control(on, [3, 1])),
            LineSetting::Break(on) => out(&control(on, [5, 6])),
            LineSetting::Dtr(on) => out(&control(on, [8, 9])),
            LineSetting::Rts(on) => out(&control(on, [11, 12])),
            LineSetting::ReportModem(mask) => out(&[MODEM_MASK, mask]),
            LineSetting::ReportLine(mask) => out(&[LINE_MASK, mask]),
            LineSetting::Purge => out(&[PURGE, 3]),
        }
    }
}

/// What the port's input lines are (RFC 2217, NOTIFY-MODEMSTATE).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modem {
    /// Data Carrier Detect.
    pub dcd: bool,
    /// Ring Indicator.
    pub ri: bool,
    /// Data Set Ready.
    pub dsr: bool,
    /// Clear To Send.
    pub cts: bool,
}

impl Modem {
    /// All four, as a mask for [`LineSetting::ReportModem`].
    pub const MASK: u8 = 0xf0;
}

/// What went wrong on the line (RFC 2217, NOTIFY-LINESTATE).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// A break.
    pub break_detected: bool,
    /// A stop bit was missing.
    pub framing: bool,
    /// A parity bit was wrong.
    pub parity: bool,
    /// Bytes came faster than the port could take them.
    pub overrun: bool,
}

impl Line {
    /// All four, as a mask for [`LineSetting::ReportLine`].
    pub const MASK: u8 = 0b1_1110;
}

/// What the port behind the device says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// Its speed now, which need not be the one asked for.
    Baud(u32),
    /// Data bits.
    DataBits(u8),
    /// Parity, by RFC 2217's number.
    Parity(u8),
    /// Stop bits, by RFC 2217's number: 3 means one and a half.
    StopBits(u8),
    /// A control value it took over (RFC 2217, SET-CONTROL).
    Control(u8),
    /// Errors on the line.
    Line(Line),
    /// Its input lines.
    Modem(Modem),
    /// The device asks us to stop sending, or to go on.
    Suspend(bool),
    /// It took over a mask, or emptied its buffers.
    Done,
    /// The device's own name of the port, which is left alone: it is text of the device's.
    Signature,
}

impl Reported {
    /// Reads a subnegotiation's body; `None` where it is none of the above.
    pub(super) fn decode(body: &[u8]) -> Option<Reported> {
        let (&command, value) = body.split_first()?;
        let bit = |state: u8, mask: u8| state & mask != 0;
        Some(match (command.checked_sub(SERVER)?, value) {
            (0, _) => Reported::Signature,
            (BAUD, &[a, b, c, d]) => Reported::Baud(u32::from_be_bytes([a, b, c, d])),
            (DATA_BITS, &[bits]) => Reported::DataBits(bits),
            (PARITY, &[parity]) => Reported::Parity(parity),
            (STOP_BITS, &[bits]) => Reported::StopBits(bits),
            (CONTROL, &[control]) => Reported::Control(control),
            (LINE_STATE, &[state]) => Reported::Line(Line {
                break_detected: bit(state, 1 << 4),
                framing: bit(state, 1 << 3),
                parity: bit(state, 1 << 2),
                overrun: bit(state, 1 << 1),
            }),
            (MODEM_STATE, &[state]) => Reported::Modem(Modem {
                dcd: bit(state, 1 << 7),
                ri: bit(state, 1 << 6),
                dsr: bit(state, 1 << 5),
                cts: bit(state, 1 << 4),
            }),
            (SUSPEND, _) => Reported::Suspend(true),
            (RESUME, _) => Reported::Suspend(false),
            (LINE_MASK | MODEM_MASK | PURGE, &[_]) => Reported::Done,
            _ => return None,
        })
    }
}
