//! What a device says, a message's worth at a time.

use super::super::record::Record;
use super::End;
use session::tunnel::{Ending, FromGateway, encode};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::SystemTime;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::Notify;

/// The most of a device's bytes in one message.
const MOST: usize = 64 << 10;
/// How much of what a device that does not wait has said is kept for a console that is slow.
const KEPT: usize = 1 << 20;

type Read = Box<dyn AsyncRead + Send + Unpin>;

thread_local! {
    // A tunnel in which nothing is said holds no buffer of its own: ten thousand of them would hold 640 MB.
    static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; MOST].into_boxed_slice());
}

/// What a device says.
pub(super) struct Source {
    read: tokio::sync::Mutex<Read>,
    /// For a device that does not wait: what it has said and the console has not been sent.
    kept: Option<Kept>,
    /// Bytes that were left out of what is read, as too long to pass.
    left_out: Arc<AtomicU64>,
}

#[derive(Default)]
struct Kept {
    chunks: Mutex<Chunks>,
    more: Notify,
}

#[derive(Default)]
struct Chunks {
    chunks: VecDeque<(i64, Vec<u8>)>,
    bytes: usize,
    dropped: u64,
    end: Option<io::Result<()>>,
}

/// What was put into a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Bytes of the device; none at its end.
    pub(super) bytes: u32,
    /// Bytes that were given up before them.
    pub(super) dropped: u64,
}

impl Source {
    pub(super) fn new(read: Read, waits: bool, left_out: Arc<AtomicU64>) -> Source {
        Source { read: tokio::sync::Mutex::new(read), kept: (!waits).then(Kept::default), left_out }
    }

    /// Bytes that were left out since this was asked last.
    pub(super) fn take_left_out(&self) -> u64 {
        self.left_out.swap(0, Ordering::Relaxed)
    }

    /// Bytes that are kept, and lost when nobody takes them any more.
    pub(super) fn unsent(&self) -> u64 {
        let chunks = |kept: &Kept| kept.chunks.lock().unwrap_or_else(PoisonError::into_inner).bytes as u64;
        self.kept.as_ref().map_or(0, chunks)
    }

    /// Waits until the device says something and puts what is there into a message, up to `room` bytes; no bytes at its
    /// end. Nothing is lost when this is given up half-way.
    ///
    /// # Errors
    /// The connection broke.
    pub(super) async fn next(&self, room: u32, message: &mut Vec<u8>) -> io::Result<Said> {
        let room = usize::try_from(room).unwrap_or(MOST).min(MOST);
        let Some(kept) = &self.kept else {
            let mut read = self.read.lock().await;
            return poll_fn(|cx| {
                poll(&mut read, cx, room, |bytes| {
                    encode(&FromGateway::Bytes { at_nanos: now(), bytes: bytes.to_vec() }, message);
                })
            })
            .await
            .map(|bytes| Said { bytes, dropped: 0 });
        };
        loop {
            if let Some(said) = kept.chunks.lock().unwrap_or_else(PoisonError::into_inner).take(room, message) {
                return said;
            }
            kept.more.notified().await;
        }
    }

    /// Reads a device that does not wait, always; returns for no other reason than that it is dropped. What is given up is
    /// counted at once: a console that takes nothing may never hear of it.
    pub(super) async fn keep(&self, record: &Record) -> End {
        let Some(kept) = &self.kept else { return std::future::pending().await };
        let mut read = self.read.lock().await;
        loop {
            let mut chunk = Vec::new();
            let outcome = poll_fn(|cx| poll(&mut read, cx, MOST, |bytes| chunk = bytes.to_vec())).await;
            let ended = !matches!(outcome, Ok(1..));
            let mut chunks = kept.chunks.lock().unwrap_or_else(PoisonError::into_inner);
            match outcome {
                Ok(0) => chunks.end = Some(Ok(())),
                Ok(_) => record.given_up(chunks.add(now(), chunk)),
                Err(why) => chunks.end = Some(Err(why)),
            }
            drop(chunks);
            kept.more.notify_one();
            if ended {
                break;
            }
        }
        std::future::pending().await
    }
}

impl Chunks {
    /// Adds what came last; what came first is given up for it. Bytes given up.
    fn add(&mut self, at: i64, chunk: Vec<u8>) -> u64 {
        let before = self.dropped;
        self.bytes = self.bytes.saturating_add(chunk.len());
        self.chunks.push_back((at, chunk));
        while self.bytes > KEPT {
            let Some((_, oldest)) = self.chunks.pop_front() else { break };
            self.bytes = self.bytes.saturating_sub(oldest.len());
            self.dropped = self.dropped.saturating_add(oldest.len() as u64);
        }
        self.dropped.saturating_sub(before)
    }

    /// Moves what fits into a message; `None` where there is nothing yet.
    fn take(&mut self, room: usize, message: &mut Vec<u8>) -> Option<io::Result<Said>> {
        let mut said = Said { bytes: 0, dropped: std::mem::take(&mut self.dropped) };
        if said.dropped > 0 {
            encode(&FromGateway::Dropped(said.dropped), message);
        }
        let mut left = room;
        while let Some((at_nanos, mut bytes)) = self.chunks.pop_front() {
            if left == 0 {
                self.chunks.push_front((at_nanos, bytes));
                break;
            }
            if bytes.len() > left {
                let rest = bytes.split_off(left);
                self.chunks.push_front((at_nanos, rest));
            }
            left = left.saturating_sub(bytes.len());
            self.bytes = self.bytes.saturating_sub(bytes.len());
            said.bytes = said.bytes.saturating_add(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
            encode(&FromGateway::Bytes { at_nanos, bytes }, message);
        }
        if said.bytes > 0 || said.dropped > 0 {
            return Some(Ok(said));
        }
        self.end.take().map(|end| end.map(|()| Said::default()))
    }
}

/// Reads what is there into the thread's buffer, and hands it on; 0 at the end.
fn poll(read: &mut Read, cx: &mut Context<'_>, room: usize, each: impl FnOnce(&[u8])) -> Poll<io::Result<u32>> {
    SCRATCH.with_borrow_mut(|scratch| {
        let Some(scratch) = scratch.get_mut(..room) else { return Poll::Pending };
        let mut buffer = ReadBuf::new(scratch);
        match Pin::new(read).poll_read(cx, &mut buffer) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(why)) => Poll::Ready(Err(why)),
            Poll::Ready(Ok(())) => {
                let bytes = buffer.filled();
                if !bytes.is_empty() {
                    each(bytes);
                }
                Poll::Ready(Ok(u32::try_from(bytes.len()).unwrap_or(u32::MAX)))
            }
        }
    })
}

/// Nanoseconds since 1970, which end in 2262.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// How an end of the device's words is told.
pub(super) fn ending(outcome: io::Result<()>) -> End {
    match outcome {
        Ok(()) => End::told(Ending::ByDevice, ""),
        Err(why) => End::told(Ending::Broken, why.to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use session::tunnel::decode;

    #[test]
    fn r10_a_device_that_does_not_wait_is_kept_up_to_a_bound_and_what_is_lost_is_counted() {
        let mut chunks = Chunks::default();
        let mut given_up = 0;
        for index in 0..100_u8 {
            given_up += chunks.add(i64::from(index), vec![index; 32 << 10]);
        }
        assert_eq!(given_up, 68 * (32 << 10), "before anybody takes anything");
        assert_eq!(chunks.bytes, KEPT);
        let mut message = Vec::new();
        let said = chunks.take(MOST, &mut message).unwrap().unwrap();
        assert_eq!(said, Said { bytes: 64 << 10, dropped: 68 * (32 << 10) });
        let mut heard = Vec::new();
        decode::<FromGateway>(&message, |value| heard.push(value)).unwrap();
        let bytes = |index: u8| FromGateway::Bytes { at_nanos: i64::from(index), bytes: vec![index; 32 << 10] };
        assert_eq!(heard, [FromGateway::Dropped(68 * (32 << 10)), bytes(68), bytes(69)]);
    }

    #[test]
    fn a_chunk_that_does_not_fit_goes_in_parts_and_the_end_comes_last() {
        let mut chunks = Chunks::default();
        chunks.add(1, vec![1, 2, 3]);
        chunks.end = Some(Ok(()));
        let mut sizes = Vec::new();
        while let Some(said) = chunks.take(2, &mut Vec::new()) {
            sizes.push(said.unwrap().bytes);
        }
        assert_eq!(sizes, [2, 1, 0]);
    }
}
