use super::stuffed::{self, Ended, Stuffed, Stuffer, Stuffing, Tail};
use crate::frame::{Found, FrameError, Framer, Step, WrapError};
use core::ops::Range;
use crc::{CRC_16_IBM_SDLC, CRC_32_ISO_HDLC, Crc};

/// HDLC-like framing on an octet line: flags 0x7E, escapes 0x7D, and a frame check sequence at the end, the low byte first
/// (RFC 1662, sections 3, 4 and C). Address and control, where there are any, are the first bytes of the payload.
#[derive(Clone, Copy, Debug)]
pub struct Hdlc {
    fcs: Fcs,
    stuffed: Stuffed,
}

/// The frame check sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fcs {
    /// There is none.
    None,
    /// 16 bits, the usual one.
    Crc16,
    /// 32 bits.
    Crc32,
}

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

impl Fcs {
    const fn len(self) -> usize {
        match self {
            Self::None => 0,
            Self::Crc16 => 2,
            Self::Crc32 => 4,
        }
    }

    /// The check sequence of a payload, as it is sent.
    fn of(self, payload: &[u8]) -> Tail {
        let sequence = match self {
            Self::None => 0,
            Self::Crc16 => u32::from(FCS16.checksum(payload)),
            Self::Crc32 => FCS32.checksum(payload),
        };
        Tail { bytes: sequence.to_le_bytes(), len: self.len() }
    }
}

impl Hdlc {
    /// Before the first flag.
    #[must_use]
    pub const fn new(fcs: Fcs) -> Self {
        Self { fcs, stuffed: Stuffed::new(fcs.len()) }
    }
}

impl Framer for Hdlc {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        let fcs = self.fcs;
        self.stuffed.feed::<Rfc1662>(input, frame, |ended, frame| match ended {
            Ended::Frame { len, tail, wire } => {
                let own = fcs.of(frame.get(..len).unwrap_or_default());
                if own == tail {
                    return Found::Frame { len, wire };
                }
                let bytes = u8::try_from(fcs.len()).unwrap_or(u8::MAX);
                let (expected, got) = (own.number(), tail.number());
                Found::Bad { why: FrameError::Checksum { expected, got, bytes }, wire }
            }
            Ended::Found(found) => found,
        })
    }

    fn reset(&mut self) -> usize {
        self.stuffed.reset()
    }

    fn on_wire(&self, wire: &[u8], at: usize) -> Option<Range<usize>> {
        stuffed::place::<Rfc1662>(wire, at)
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        let fcs = self.fcs.of(payload);
        let fcs = fcs.bytes.get(..fcs.len).unwrap_or_default();
        let mut out = Stuffer::new(wire, payload.len().saturating_add(fcs.len()))?;
        out.put(FLAG);
        for &byte in payload.iter().chain(fcs) {
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
