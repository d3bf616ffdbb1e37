use super::stuffed::{self, Ended, Stuffed, Stuffer, Stuffing};
use crate::frame::{Found, Framer, Step, WrapError};
use core::ops::Range;

/// SLIP: frames of any bytes, each ended by END, 0xC0 (RFC 1055). Sent with an END before it too, as the RFC advises, so
/// that noise on the line is not taken for its beginning. There is no check sequence, and no frame of no bytes.
#[derive(Clone, Copy, Debug)]
pub struct Slip(Stuffed);

const END: u8 = 0xC0;
const ESC: u8 = 0xDB;
const ESC_END: u8 = 0xDC;
const ESC_ESC: u8 = 0xDD;

struct Rfc1055;

impl Stuffing for Rfc1055 {
    const FLAG: u8 = END;
    const ESCAPE: u8 = ESC;

    /// The RFC's example keeps any other byte as it is; here it is an error, so that no wrong byte passes unseen.
    fn unescape(byte: u8) -> Option<u8> {
        match byte {
            ESC_END => Some(END),
            ESC_ESC => Some(ESC),
            _ => None,
        }
    }
}

impl Default for Slip {
    fn default() -> Self {
        Self::new()
    }
}

impl Slip {
    /// Before the first END.
    #[must_use]
    pub const fn new() -> Self {
        Self(Stuffed::new(0))
    }
}

impl Framer for Slip {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        self.0.feed::<Rfc1055>(input, frame, |ended, _| match ended {
            Ended::Frame { len, wire, .. } => Found::Frame { len, wire },
            Ended::Found(found) => found,
        })
    }

    fn reset(&mut self) -> usize {
        self.0.reset()
    }

    fn on_wire(&self, wire: &[u8], at: usize) -> Option<Range<usize>> {
        stuffed::place::<Rfc1055>(wire, at)
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        let mut out = Stuffer::new(wire, payload.len())?;
        out.put(END);
        for &byte in payload {
            match byte {
                END => out.put_escaped(ESC, ESC_END),
                ESC => out.put_escaped(ESC, ESC_ESC),
                byte => out.put(byte),
            }
        }
        out.put(END);
        out.finish()
    }
}
