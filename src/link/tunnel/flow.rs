//! What is under way in a tunnel, both ways: counted, so that neither side is sent more than it takes.

use serde::Serialize;
use session::tunnel::{ToGateway, WINDOW, encode};
use std::collections::VecDeque;

/// After how many bytes of the device the gateway is told that they were taken: early enough that it need never wait.
const TOLD_AFTER: u32 = WINDOW / 8;
/// The most that is put into one message before it goes, in bytes.
const FULL: usize = 256 << 10;

/// The counts of one tunnel, and the message that goes next.
#[derive(Debug, Default)]
pub(super) struct Flow {
    message: Vec<u8>,
    /// Bytes taken that the gateway does not know of.
    taken: u32,
    /// Pieces that are on their way to the device, the oldest first: bytes on the wire, and how many of them are data of
    /// the session.
    under_way: VecDeque<(usize, usize)>,
    /// Bytes of the oldest piece that have arrived.
    arrived: usize,
}

impl Flow {
    /// Puts a value into the next message.
    pub(super) fn say(&mut self, value: &impl Serialize) {
        encode(value, &mut self.message);
    }

    /// Puts bytes for the device into the next message; `data` of them are the session's, before the device's speech made
    /// more of them.
    pub(super) fn send(&mut self, wire: Vec<u8>, data: usize) {
        if !wire.is_empty() {
            self.under_way.push_back((wire.len(), data));
            self.say(&ToGateway::Bytes(wire));
        }
    }

    /// So many bytes have gone to the device; how many of the session's have gone with them.
    pub(super) fn sent(&mut self, bytes: u32) -> usize {
        self.arrived = self.arrived.saturating_add(bytes as usize);
        let mut data: usize = 0;
        while let Some(&(wire, of_session)) = self.under_way.front().filter(|(wire, _)| *wire <= self.arrived) {
            self.arrived -= wire;
            data = data.saturating_add(of_session);
            self.under_way.pop_front();
        }
        if self.under_way.is_empty() {
            // A gateway that counts more than it was given is not believed.
            self.arrived = 0;
        }
        data
    }

    /// So many bytes of the device were taken.
    pub(super) fn took(&mut self, bytes: usize) {
        self.taken = self.taken.saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
        if self.taken >= TOLD_AFTER {
            let taken = std::mem::take(&mut self.taken);
            self.say(&ToGateway::Taken(taken));
        }
    }

    /// Whether there is something to send.
    pub(super) fn has_something(&self) -> bool {
        !self.message.is_empty()
    }

    /// Whether the next message is to go before more is put into it.
    pub(super) fn is_full(&self) -> bool {
        self.message.len() >= FULL
    }

    /// The message to send now; empty if there is none.
    pub(super) fn message(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::tunnel::decode;

    fn said(flow: &mut Flow) -> Vec<ToGateway> {
        let mut said = Vec::new();
        decode(&flow.message(), |value| said.push(value)).expect("what was encoded");
        said
    }

    #[test]
    fn what_has_gone_is_counted_in_the_session_s_bytes() {
        let mut flow = Flow::default();
        // Three bytes that became five, an answer of Telnet's own, four bytes as they are.
        flow.send(vec![1; 5], 3);
        flow.send(vec![2; 3], 0);
        flow.send(vec![3; 4], 4);
        assert_eq!([4, 1, 3, 3, 1].map(|bytes| flow.sent(bytes)), [0, 3, 0, 0, 4]);
        assert_eq!(flow.sent(1000), 0, "more than there was");
        flow.send(vec![4; 2], 2);
        assert_eq!(flow.sent(2), 2);
        assert_eq!(said(&mut flow).len(), 4);
    }

    #[test]
    fn f29_the_gateway_is_told_before_its_window_is_used_up() {
        let mut flow = Flow::default();
        (0..WINDOW / 1024).for_each(|_| flow.took(1024));
        let told: u32 =
            said(&mut flow).iter().map(|value| if let ToGateway::Taken(bytes) = value { *bytes } else { 0 }).sum();
        assert_eq!(told, WINDOW);
        flow.took(1);
        assert!(!flow.has_something(), "a byte is not worth a message");
    }
}
