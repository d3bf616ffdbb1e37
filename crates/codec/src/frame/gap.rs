use crate::frame::{Found, Framer, Step, Whole, WrapError};
use core::time::Duration;

/// A frame is what comes without a rest: after so long a silence the next begins (Modbus over Serial Line V1.02, section
/// 2.5.1.1). The caller keeps the time: it calls [`Framer::end_of_input`] once nothing has come for as long as
/// [`Framer::rest`] says.
#[derive(Clone, Debug)]
pub struct Gap {
    whole: Whole,
    rest: Duration,
}

impl Gap {
    /// Before the first frame.
    #[must_use]
    pub const fn new(rest: Duration) -> Self {
        Self { whole: Whole::new(), rest }
    }
}

impl Framer for Gap {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        self.whole.feed(input, frame)
    }

    /// Messages of the link are no frames here: they may follow each other without a rest.
    fn end_of_input(&mut self, frame: &mut [u8]) -> Option<Found> {
        self.whole.finish(frame)
    }

    fn rest(&self) -> Option<Duration> {
        Some(self.rest)
    }

    fn reset(&mut self) -> usize {
        self.whole.reset()
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        self.whole.wrap(payload, wire)
    }
}
