//! Messages to bytes on the serial port, and back: postcard inside, the codec's COBS around it.

use crate::message::{Command, Message};
use crate::uart::Uart;
use codec::frame::Cobs;
use codec::{Found, FrameError, Framer};

const PAYLOAD: usize = 64;

pub struct Port {
    uart: Uart,
    framer: Cobs,
    frame: [u8; PAYLOAD],
}

impl Port {
    pub fn new() -> Self {
        Self { uart: Uart::new(), framer: Cobs::new(), frame: [0; PAYLOAD] }
    }

    /// Sends a message; waits while the port is busy.
    pub fn send(&mut self, message: &Message<'_>) {
        let (mut payload, mut wire) = ([0; PAYLOAD], [0; Cobs::wire_len(PAYLOAD)]);
        // All messages fit: the longest text is chosen here, not received.
        let Ok(payload) = postcard::to_slice(message, &mut payload) else { return };
        let Ok(len) = self.framer.wrap(payload, &mut wire) else { return };
        wire.iter().take(len).for_each(|byte| self.uart.write(*byte));
    }

    /// The next command, if one has come whole. What is not a command is an error, noise between frames is not.
    pub fn receive(&mut self) -> Option<Result<Command, ()>> {
        while let Some(byte) = self.uart.read() {
            match self.framer.feed(&[byte], &mut self.frame).found {
                Some(Found::Frame { len, .. }) => {
                    let payload = self.frame.get(..len).unwrap_or_default();
                    return Some(postcard::from_bytes(payload).map_err(|_| ()));
                }
                Some(Found::Bad { why, .. }) if why != FrameError::Skipped => return Some(Err(())),
                _ => {}
            }
        }
        None
    }
}
