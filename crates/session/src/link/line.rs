//! How a serial line is set: its speed and the format of a character on it.

use crate::words::{Said, link as words};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Parity bit of a serial line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Parity {
    /// No parity bit.
    #[default]
    None,
    /// Even parity.
    Even,
    /// Odd parity.
    Odd,
}

/// The settings of a serial line, of a port of this computer (W3C Web Serial API, `SerialOptions`) or of one behind a
/// Telnet device (RFC 2217, COM-PORT-OPTION).
///
/// As text: the speed, where it is not 8N1 the format, and `rtscts` with flow control, with slashes between:
/// `9600/7E1/rtscts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Symbols per second.
    pub baud: u32,
    /// 7 or 8; behind Telnet 5 and 6 as well.
    pub data_bits: u8,
    /// Parity bit.
    pub parity: Parity,
    /// 1 or 2.
    pub stop_bits: u8,
    /// RTS/CTS flow control.
    pub hardware_flow: bool,
}

impl Default for Line {
    /// 115200 baud, 8N1, no flow control.
    fn default() -> Self {
        Line { baud: 115_200, data_bits: 8, parity: Parity::None, stop_bits: 1, hardware_flow: false }
    }
}

impl Line {
    /// The format of a character, as it is usually written: data bits, parity and stop bits, `8N1`.
    #[must_use]
    pub fn format(&self) -> String {
        let parity = match self.parity {
            Parity::None => 'N',
            Parity::Even => 'E',
            Parity::Odd => 'O',
        };
        format!("{}{parity}{}", self.data_bits, self.stop_bits)
    }

    /// The format, and ` RTS/CTS` with flow control.
    #[must_use]
    pub fn format_and_flow(&self) -> String {
        self.format() + if self.hardware_flow { " RTS/CTS" } else { "" }
    }

    /// The same line with a format as [`Line::format`] writes it; `None` for what is none.
    #[must_use]
    pub fn with_format(self, format: &str) -> Option<Line> {
        let [data, parity, stop] = format.as_bytes() else { return None };
        let parity = match parity {
            b'N' => Parity::None,
            b'E' => Parity::Even,
            b'O' => Parity::Odd,
            _ => return None,
        };
        let (data_bits, stop_bits) = (data.checked_sub(b'0')?, stop.checked_sub(b'0')?);
        let known = (5..=8).contains(&data_bits) && (1..=2).contains(&stop_bits);
        known.then_some(Line { data_bits, parity, stop_bits, ..self })
    }

    /// Whether a port with so many data bits at the least could be set so.
    ///
    /// # Errors
    /// What is wrong and what would be accepted, as a sentence.
    pub(super) fn check(&self, least_data_bits: u8, data_bits: fn(u32) -> Said) -> Result<(), Said> {
        if self.baud == 0 {
            Err(words::baud())
        } else if !(least_data_bits..=8).contains(&self.data_bits) {
            Err(data_bits(self.data_bits.into()))
        } else if !(1..=2).contains(&self.stop_bits) {
            Err(words::stop_bits(self.stop_bits.into()))
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}", self.baud)?;
        let format = self.format();
        if format != Line::default().format() {
            write!(to, "/{format}")?;
        }
        if self.hardware_flow { to.write_str("/rtscts") } else { Ok(()) }
    }
}

impl FromStr for Line {
    type Err = ();

    fn from_str(text: &str) -> Result<Line, ()> {
        let mut parts = text.split('/');
        let baud = parts.next().and_then(|baud| baud.parse().ok()).ok_or(())?;
        parts.try_fold(Line { baud, ..Line::default() }, |line, part| match part {
            "rtscts" => Ok(Line { hardware_flow: true, ..line }),
            format => line.with_format(format).ok_or(()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Parity};

    #[test]
    fn a_line_is_read_as_it_is_written() {
        let plain = Line { baud: 9600, ..Line::default() };
        let meter = Line { data_bits: 7, parity: Parity::Even, ..plain };
        for (line, text) in [
            (plain, "9600"),
            (meter, "9600/7E1"),
            (Line { hardware_flow: true, ..plain }, "9600/rtscts"),
            (Line { stop_bits: 2, parity: Parity::Odd, hardware_flow: true, ..plain }, "9600/8O2/rtscts"),
        ] {
            assert_eq!(line.to_string(), text);
            assert_eq!(text.parse(), Ok(line));
        }
        for wrong in ["", "fast", "9600/", "9600/9N1", "9600/8X1", "9600/8N3", "9600/8N1/xonxoff", "-1", "9600/é1"] {
            assert_eq!(wrong.parse::<Line>(), Err(()), "{wrong}");
        }
    }
}
