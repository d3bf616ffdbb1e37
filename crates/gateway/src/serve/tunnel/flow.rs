//! How much is under way in a tunnel, each way: what bounds its memory.

use super::super::target::Refusal;
use session::tunnel::{Ending, ToGateway, UNSENT, WINDOW};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::Notify;

/// How much is under way.
pub(super) struct Flow {
    /// Whether bytes for the device are accepted.
    write: bool,
    /// How many of the device's bytes may be sent.
    room: AtomicU32,
    /// Said when there is room again.
    pub(super) room_again: Notify,
    /// Bytes for the device, in one piece: many small messages take no more than their bytes.
    queue: Mutex<Vec<u8>>,
    /// Said when bytes were queued.
    pub(super) queued: Notify,
    /// Bytes queued, or on their way to the device.
    unsent: AtomicU32,
    /// Bytes that have gone to the device and of which the console was not told.
    sent: AtomicU32,
    /// Whether the console asks if we are there.
    asked: AtomicBool,
    /// Said when bytes have gone, or the console asks: there is something to tell.
    pub(super) to_tell: Notify,
    begun: Instant,
    /// When the console was heard, in milliseconds from the beginning.
    heard: AtomicU64,
    /// When something was said by either side.
    spoken: AtomicU64,
}

impl Flow {
    pub(super) fn new(write: bool) -> Flow {
        Flow {
            write,
            room: AtomicU32::new(WINDOW),
            room_again: Notify::new(),
            queue: Mutex::default(),
            queued: Notify::new(),
            unsent: AtomicU32::new(0),
            sent: AtomicU32::new(0),
            asked: AtomicBool::new(false),
            to_tell: Notify::new(),
            begun: Instant::now(),
            heard: AtomicU64::new(0),
            spoken: AtomicU64::new(0),
        }
    }

    /// Takes what the console says.
    ///
    /// # Errors
    /// Why the tunnel ends.
    pub(super) fn hear(&self, value: ToGateway) -> Result<(), Refusal> {
        match value {
            ToGateway::Hello { .. } => Err(Refusal::new(Ending::Protocol, "a second hello")),
            ToGateway::Bytes(_) if !self.write => {
                Err(Refusal::new(Ending::Verb, "bytes for a device that is only read"))
            }
            ToGateway::Bytes(bytes) => {
                let more = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
                let unsent = self.unsent.load(Ordering::Relaxed).saturating_add(more);
                if unsent > UNSENT {
                    return Err(Refusal::new(Ending::Protocol, "more bytes for the device than may wait for it"));
                }
                self.unsent.fetch_add(more, Ordering::Relaxed);
                self.queue.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&bytes);
                self.queued.notify_one();
                self.spoke();
                Ok(())
            }
            ToGateway::Ping => {
                self.asked.store(true, Ordering::Relaxed);
                self.to_tell.notify_one();
                Ok(())
            }
            ToGateway::Taken(taken) => {
                // Nobody can have taken more than was sent.
                let room = self.room.load(Ordering::Relaxed).saturating_add(taken).min(WINDOW);
                self.room.store(room, Ordering::Relaxed);
                self.room_again.notify_one();
                Ok(())
            }
        }
    }

    /// How many of the device's bytes may be sent.
    pub(super) fn room(&self) -> u32 {
        self.room.load(Ordering::Relaxed)
    }

    /// So many of them were.
    pub(super) fn take_room(&self, bytes: u32) {
        self.room.store(self.room().saturating_sub(bytes), Ordering::Relaxed);
        self.spoke();
    }

    /// Everything that waits for the device.
    pub(super) fn take_queue(&self) -> Vec<u8> {
        std::mem::take(&mut self.queue.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// So many bytes have gone to the device.
    pub(super) fn went(&self, bytes: u32) {
        self.unsent.fetch_sub(bytes, Ordering::Relaxed);
        self.sent.fetch_add(bytes, Ordering::Relaxed);
        self.to_tell.notify_one();
    }

    /// How many have gone since this was asked last.
    pub(super) fn take_sent(&self) -> u32 {
        self.sent.swap(0, Ordering::Relaxed)
    }

    /// Whether the console has asked if we are there since this was asked last.
    pub(super) fn take_asked(&self) -> bool {
        self.asked.swap(false, Ordering::Relaxed)
    }

    /// Returns when nothing waits for the device.
    pub(super) async fn all_sent(&self) {
        while self.unsent.load(Ordering::Relaxed) > 0 {
            self.to_tell.notified().await;
        }
    }

    /// The console is there.
    pub(super) fn heard(&self) {
        self.heard.store(self.now(), Ordering::Relaxed);
    }

    /// Milliseconds since the console was heard.
    pub(super) fn unheard(&self) -> u64 {
        self.now().saturating_sub(self.heard.load(Ordering::Relaxed))
    }

    fn spoke(&self) {
        self.spoken.store(self.now(), Ordering::Relaxed);
    }

    /// Milliseconds since either side has said something.
    pub(super) fn idle(&self) -> u64 {
        self.now().saturating_sub(self.spoken.load(Ordering::Relaxed))
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn r10_what_waits_for_a_device_is_bounded() {
        let flow = Flow::new(true);
        let half = vec![0; 1 << 19];
        flow.hear(ToGateway::Bytes(half.clone())).unwrap();
        flow.hear(ToGateway::Bytes(half.clone())).unwrap();
        assert_eq!(flow.hear(ToGateway::Bytes(vec![0])).unwrap_err().why, Ending::Protocol);
        // What was handed to the writer still counts until it has gone.
        assert_eq!(flow.take_queue().len(), 1 << 20);
        assert_eq!(flow.hear(ToGateway::Bytes(vec![0])).unwrap_err().why, Ending::Protocol);
        flow.went(1 << 19);
        flow.hear(ToGateway::Bytes(half)).unwrap();
        assert_eq!((flow.take_sent(), flow.take_sent()), (1 << 19, 0));
    }

    #[test]
    fn r10_room_is_never_more_than_the_window() {
        let flow = Flow::new(false);
        flow.hear(ToGateway::Taken(u32::MAX)).unwrap();
        assert_eq!(flow.room(), WINDOW);
        flow.take_room(WINDOW);
        assert_eq!(flow.room(), 0);
        flow.hear(ToGateway::Taken(7)).unwrap();
        assert_eq!(flow.room(), 7);
        assert_eq!(flow.hear(ToGateway::Bytes(vec![0])).unwrap_err().why, Ending::Verb);
    }
}
