use crate::frame::{Found, FrameError, Framer, Step, WrapError};

/// A message is a frame: for links that keep message boundaries (WebSocket, HTTP). The caller ends it
/// with [`Framer::finish`].
#[derive(Clone, Debug, Default)]
pub struct Whole {
    len: usize,
    wire: usize,
    skipping: bool,
}

impl Whole {
    /// Between two messages.
    #[must_use]
    pub const fn new() -> Self {
        Self { len: 0, wire: 0, skipping: false }
    }
}

impl Framer for Whole {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        let free = frame.get_mut(self.len..).unwrap_or_default();
        if self.skipping || input.len() <= free.len() {
            if let (false, Some(free)) = (self.skipping, free.get_mut(..input.len())) {
                free.copy_from_slice(input);
                self.len += input.len();
            }
            self.wire += input.len();
            return Step { consumed: input.len(), found: None };
        }
        // One byte beyond the limit proves the message too long.
        let consumed = free.len() + 1;
        let wire = self.wire + consumed;
        *self = Self { len: 0, wire: 0, skipping: true };
        Step { consumed, found: Some(Found::Bad { why: FrameError::Oversize, wire }) }
    }

    fn finish(&mut self, _frame: &mut [u8]) -> Option<Found> {
        let Self { len, wire, skipping } = core::mem::take(self);
        match (skipping, wire) {
            (_, 0) => None,
            (true, wire) => Some(Found::Bad { why: FrameError::Skipped, wire }),
            (false, wire) => Some(Found::Frame { len, wire }),
        }
    }

    fn reset(&mut self) -> usize {
        core::mem::take(self).wire
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        super::join(wire, &[payload])
    }
}
