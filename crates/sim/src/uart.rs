//! An asynchronous serial line, bit by bit: what a receiver makes of a sender at another speed.
//!
//! No pty and no USB adapter at hand reads bytes at a speed that they were not sent at, and captures of such lines cannot be
//! made for every pair of speeds. What happens is simple enough to be derived (ITU-T V.4, ISO 1177: a start bit, eight data
//! bits with the lowest first, a stop bit): the receiver waits for a falling edge and takes the middle of each bit by its
//! own clock. So it is derived here.

/// A byte as a receiver took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The data bits.
    pub byte: u8,
    /// Whether the stop bit was missing: a framing error.
    pub framing_error: bool,
}

/// Bits of a character on the line: start, eight data bits, stop.
const BITS: usize = 10;

/// What a receiver at `read_baud` takes from `bytes` sent at `sent_baud`, 8N1; `idle_bits` of rest after each byte.
#[must_use]
pub fn received(bytes: &[u8], sent_baud: u32, read_baud: u32, idle_bits: usize) -> Vec<Taken> {
    let line = levels(bytes, idle_bits);
    // Times in bits of the sender.
    let bit = f64::from(sent_baud) / f64::from(read_baud.max(1));
    let end = line.len() as f64;
    let level = |time: f64| line.get(bit_at(time)).copied().unwrap_or(true);
    let mut taken = Vec::new();
    let mut now = 0.0;
    while let Some(edge) = falling_edge(&line, now) {
        // A start bit that is over before its middle is noise.
        if level(edge + 0.5 * bit) {
            now = edge + 0.5 * bit;
            continue;
        }
        let mut byte = 0;
        for n in 0..8 {
            let middle = edge + (1.5 + f64::from(n)) * bit;
            byte |= u8::from(level(middle)) << n;
        }
        let stop = edge + 9.5 * bit;
        if stop >= end + bit {
            break;
        }
        taken.push(Taken { byte, framing_error: !level(stop) });
        // The next start bit is looked for from the middle of the stop bit on, as UARTs do.
        now = stop;
    }
    taken
}

/// The sender's bit that is under way at a time.
#[expect(clippy::cast_possible_truncation, reason = "the bit that has begun; times are not negative")]
fn bit_at(time: f64) -> usize {
    time as usize
}

/// The line's level in each bit of the sender; true is the idle level.
fn levels(bytes: &[u8], idle_bits: usize) -> Vec<bool> {
    let mut line = vec![true; BITS];
    for byte in bytes {
        line.push(false);
        line.extend((0..8).map(|n| byte >> n & 1 == 1));
        line.push(true);
        line.extend(std::iter::repeat_n(true, idle_bits));
    }
    line.extend([true; BITS]);
    line
}

/// When the line falls next, at that time or later.
fn falling_edge(line: &[bool], from: f64) -> Option<f64> {
    // The level of the bit under way is known; an edge lies between two bits.
    let begin = bit_at(from);
    let pairs = line.get(begin..)?.windows(2);
    let mut edges = pairs.enumerate().filter(|(_, pair)| matches!(pair, [true, false]));
    edges.next().map(|(index, _)| (begin + index + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::{Taken, received};

    fn plain(bytes: &[u8]) -> Vec<Taken> {
        bytes.iter().map(|byte| Taken { byte: *byte, framing_error: false }).collect()
    }

    #[test]
    fn at_the_same_speed_every_byte_comes_as_it_was_sent() {
        let all: Vec<u8> = (0..=255).collect();
        for idle in [0, 1, 7] {
            assert_eq!(received(&all, 9600, 9600, idle), plain(&all), "{idle}");
        }
    }

    #[test]
    fn a_clock_that_is_off_by_less_than_half_a_bit_in_ten_does_no_harm() {
        let all: Vec<u8> = (0..=255).collect();
        for read in [9600 * 97 / 100, 9600 * 103 / 100] {
            assert_eq!(received(&all, 9600, read, 0), plain(&all), "{read}");
        }
    }

    #[test]
    fn twice_as_fast_each_bit_is_seen_twice() {
        // 'U' is 01010101 from its lowest bit on: with start and stop bit the line alternates. At twice the speed each level
        // is seen twice, so the receiver's bits are 0 | 0 1 1 0 0 1 1 0 | 0: its stop bit falls into a low level.
        let taken = received(b"U", 9600, 19_200, 8);
        assert_eq!(taken.first(), Some(&Taken { byte: 0b0110_0110, framing_error: true }));
    }

    #[test]
    fn twice_as_fast_zeros_are_zeros_or_framing_errors() {
        let taken = received(&[0; 8], 9600, 19_200, 0);
        assert!(taken.iter().all(|taken| taken.byte == 0 || taken.framing_error), "{taken:?}");
        assert!(taken.iter().any(|taken| taken.framing_error));
    }
}
