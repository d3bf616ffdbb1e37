use super::stuffed::{Ended, Stuffed, Stuffer, Stuffing};
use crate::frame::{Found, FrameError, Framer, Step, WrapError};
use crc::{CRC_16_IBM_SDLC, CRC_32_ISO_HDLC, Crc};

/// HDLC-like framing on an octet line: flags 0x7E, escapes 0x7D, and a frame check sequence of `N` bytes at the end,
/// the low byte first (RFC 1662, sections 3, 4 and C). Address and control, where there are any, are the first bytes of
/// the payload.
#[derive(Clone, Copy, Debug)]
pub struct Hdlc<const N: usize>(Stuffed<N>);

/// With the 16-bit FCS, the usual one.
pub type Hdlc16 = Hdlc<2>;
/// With the 32-bit FCS.
pub type Hdlc32 = Hdlc<4>;
/// Without any FCS.
pub type HdlcPlain = Hdlc<0>;

const FLAG: u8 = 0x7E;
const ESCAPE: u8 = 0x7D;
const FCS16: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_SDLC);
const FCS32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

struct Rfc1662;

impl Stuffing for Rfc1662 {
    const FLAG: u8 = FLAG;
    const ESCAPE: u8 = ESCAPE;

    /// Sixth bit complemented. An escape before a flag aborts the frame (section 4.3); the flag ends it as malformed.
    fn unescape(byte: u8) -> Option<u8> {
        Some(byte ^ 0x20)
    }
}

impl<const N: usize> Default for Hdlc<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Hdlc<N> {
    /// Before the first flag.
    #[must_use]
    pub const fn new() -> Self {
        Self(Stuffed::new())
    }

    /// The check sequence of a payload, as it is sent.
    fn fcs(payload: &[u8]) -> [u8; N] {
        let sequence = match N {
            0 => 0,
            2 => u32::from(FCS16.checksum(payload)),
            _ => FCS32.checksum(payload),
        };
        let mut fcs = [0; N];
        for (to, from) in fcs.iter_mut().zip(sequence.to_le_bytes()) {
            *to = from;
        }
        fcs
    }
}

impl<const N: usize> Framer for Hdlc<N> {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        self.0.feed::<Rfc1662>(input, frame, |ended, frame| match ended {
            Ended::Frame { len, tail, wire } if Self::fcs(frame.get(..len).unwrap_or_default()) == tail => {
                Found::Frame { len, wire }
            }
            Ended::Frame { wire, .. } => Found::Bad { why: FrameError::Checksum, wire },
            Ended::Found(found) => found,
        })
    }

    fn reset(&mut self) -> usize {
        self.0.reset()
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        let fcs = Self::fcs(payload);
        let mut out = Stuffer::new(wire, if N == 0 { payload } else { &fcs })?;
        out.put(FLAG);
        for &byte in payload.iter().chain(&fcs) {
            // Control characters are escaped too: nothing on the way can take them for its own (section 7.1).
            if byte == FLAG || byte == ESCAPE || byte < 0x20 {
                out.put_escaped(ESCAPE, byte ^ 0x20);
            } else {
                out.put(byte);
            }
        }
        out.put(FLAG);
        out.finish()
    }
}
