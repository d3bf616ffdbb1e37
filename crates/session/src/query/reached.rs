//! What is known of a device behind a gateway, beside what it says.

use crate::tunnel::TargetKind;
use serde::{Deserialize, Serialize};

/// What the gateway said of the target, and what was agreed on with the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// What it is.
    pub kind: TargetKind,
    /// Whether the gateway accepts bytes for it.
    pub write: bool,
    /// Whether it is on the gateway's own machine, so that nothing it says crosses a network unencrypted.
    pub local: bool,
    /// Of a Telnet device.
    pub terms: Option<Terms>,
}

/// What was agreed on with a Telnet device. Options have the numbers of IANA's list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What we do.
    pub ours: Vec<u8>,
    /// What the device does.
    pub theirs: Vec<u8>,
    /// What the device asked for or offered, and was refused, each with how often; at most [`MAX_REFUSED`] of them.
    pub refused: Vec<(u8, u32)>,
    /// Whether there is a serial port behind the device that can be set; `None` while that is not known, or not asked.
    pub com_port: Option<bool>,
    /// The speed that this port says it has, in symbols per second.
    pub baud: Option<u32>,
}

/// Options counted one by one where they are refused; what comes beyond is refused all the same.
pub const MAX_REFUSED: usize = 16;

impl Terms {
    /// Whether the device shows what is typed (ECHO, RFC 857).
    #[must_use]
    pub fn echoes(&self) -> bool {
        self.theirs.contains(&1)
    }
}
