//! The drive's messages as bytes: little-endian, an identifier first, CRC-16/IBM-3740 last, COBS around it, and
//! a zero byte at the end. `profiles/demo.toml` declares the same layout.

use crate::motor::{Motor, State};
use crate::random::Random;
use crc::{CRC_16_IBM_3740, Crc};

const CRC: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_3740);

/// The identifier of a log line.
pub(crate) const LOG: u8 = 4;

/// How much a log line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Info,
    Warning,
    Error,
}

pub(crate) fn drive(motor: &Motor, random: &mut Random) -> Vec<u8> {
    let mut payload = vec![1];
    let i_q = motor.i_q + random.noise() * 0.02;
    let i_bus = i_q * motor.duty() + random.noise() * 0.01;
    signed(&mut payload, motor.set, 0.1);
    signed(&mut payload, motor.speed + random.noise() * 1.5, 0.1);
    signed(&mut payload, i_q, 0.001);
    signed(&mut payload, random.noise() * 0.03 - i_q * 0.01, 0.001);
    signed(&mut payload, i_bus, 0.001);
    signed(&mut payload, 24.1 - i_bus * 0.09 + random.noise() * 0.01, 0.01);
    signed(&mut payload, motor.torque() + random.noise() * 0.0005, 0.0001);
    signed(&mut payload, motor.duty() * 100.0, 0.01);
    payload
}

pub(crate) fn thermal(motor: &Motor, random: &mut Random) -> Vec<u8> {
    let mut payload = vec![2];
    for celsius in [motor.winding, motor.board, motor.ambient] {
        signed(&mut payload, celsius + random.noise() * 0.02, 0.01);
    }
    payload
}

pub(crate) fn status(state: State, uptime_seconds: u32) -> Vec<u8> {
    let mut payload = vec![3];
    payload.push(match state {
        State::Idle => 0,
        State::Ramping => 1,
        State::Running => 2,
    });
    payload.extend_from_slice(&uptime_seconds.to_le_bytes());
    payload
}

/// The text takes the rest of the message, at most 200 bytes of it.
pub(crate) fn log(level: Level, text: &str) -> Vec<u8> {
    let mut payload = vec![LOG];
    payload.push(match level {
        Level::Info => 0,
        Level::Warning => 1,
        Level::Error => 2,
    });
    let mut end = text.len().min(200);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    payload.extend_from_slice(text.get(..end).unwrap_or_default().as_bytes());
    payload
}

/// Adds the check sequence.
pub(crate) fn seal(mut payload: Vec<u8>) -> Vec<u8> {
    let sum = CRC.checksum(&payload);
    payload.extend_from_slice(&sum.to_le_bytes());
    payload
}

/// Consistent Overhead Byte Stuffing (Cheshire and Baker, IEEE/ACM Transactions on Networking 7(2), 1999).
/// Written here and not taken from `codec`, so that the two ends of the demo are not wrong together.
pub(crate) fn stuff(payload: &[u8], wire: &mut Vec<u8>) {
    let mut blocks = payload.split(|byte| *byte == 0).peekable();
    while let Some(block) = blocks.next() {
        let mut rest = block;
        while let Some((full, after)) = rest.split_at_checked(254) {
            wire.push(255);
            wire.extend_from_slice(full);
            rest = after;
            if rest.is_empty() && blocks.peek().is_none() {
                wire.push(0);
                return;
            }
        }
        wire.push(u8::try_from(rest.len()).unwrap_or(253).saturating_add(1));
        wire.extend_from_slice(rest);
    }
    wire.push(0);
}

/// One number as a signed 16-bit multiple of `scale`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, which is what a drive does with a reading off scale"
)]
fn signed(payload: &mut Vec<u8>, value: f64, scale: f64) {
    let steps = (value / scale).round() as i16;
    payload.extend_from_slice(&steps.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of the Wikipedia article "Consistent Overhead Byte Stuffing", section "Encoding examples".
    #[test]
    fn cobs_examples() {
        let run: Vec<u8> = (1..=254).collect();
        let long: Vec<u8> = (1..=255).collect();
        let zero_and_run: Vec<u8> = (0..=254).collect();
        let cases: [(&[u8], Vec<u8>); 8] = [
            (&[0], vec![1, 1, 0]),
            (&[0, 0], vec![1, 1, 1, 0]),
            (&[0, 0x11, 0], vec![1, 2, 0x11, 1, 0]),
            (&[0x11, 0x22, 0, 0x33], vec![3, 0x11, 0x22, 2, 0x33, 0]),
            (&[0x11, 0, 0, 0], vec![2, 0x11, 1, 1, 1, 0]),
            (&run, [&[255], &run[..], &[0]].concat()),
            (&long, [&[255], &run[..], &[2, 255, 0]].concat()),
            (&zero_and_run, [&[1, 255], &run[..], &[0]].concat()),
        ];
        for (payload, expected) in cases {
            let mut wire = Vec::new();
            stuff(payload, &mut wire);
            assert_eq!(wire, expected, "{payload:?}");
        }
    }

    /// The check value of CRC-16/IBM-3740 in the RevEng catalogue.
    #[test]
    fn crc_check_value() {
        assert_eq!(seal(b"123456789".to_vec()), b"123456789\xb1\x29");
    }
}
