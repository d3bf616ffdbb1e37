//! What passes through a tunnel to a broker, which the gateway has subscribed to for its consoles: messages, many to one
//! of the tunnel's own.
//!
//! Each is one value in postcard, with nothing between them; the tunnel's chunks end anywhere. That a device wrote a
//! message for each reading costs nothing here: ten thousand devices' messages travel as one stream.
//!
//! ```
//! use session::tunnel::broker::{Messages, Published};
//!
//! let published = Published { topic: "meters/7", payload: b"21.5", retained: false, duplicate: false, left_out: 0 };
//! let mut stream = Vec::new();
//! published.write(&mut stream);
//! let mut messages = Messages::default();
//! let mut heard = Vec::new();
//! for chunk in stream.chunks(3) {
//!     messages.read(chunk, |message| heard.push(message.topic.to_owned())).unwrap();
//! }
//! assert_eq!(heard, ["meters/7"]);
//! ```

use super::{Unreadable, encode};
use crate::link::Publication;
use serde::{Deserialize, Serialize};

/// The longest payload that passes, in bytes; a broker's may be 256 MiB.
pub const LONGEST: usize = 1 << 20;
/// What stands around it, at most: a topic and a few numbers.
const ENVELOPE: usize = 66_000;

/// A message that came from the broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published<'a> {
    /// Its topic.
    pub topic: &'a str,
    /// What it says.
    #[serde(with = "serde_bytes")]
    pub payload: &'a [u8],
    /// Whether the broker had kept it.
    pub retained: bool,
    /// Whether it may have come before.
    pub duplicate: bool,
    /// Bytes that it says and that are left out here, all of them, as it is too long to pass ([`LONGEST`]); 0 for most.
    pub left_out: u64,
}

impl Published<'_> {
    /// Appends it to a stream.
    pub fn write(&self, stream: &mut Vec<u8>) {
        if self.payload.len() <= LONGEST {
            encode(self, stream);
        } else {
            encode(&Published { payload: &[], left_out: self.payload.len() as u64, ..*self }, stream);
        }
    }
}

/// Messages out of chunks.
#[derive(Debug, Default)]
pub struct Messages {
    /// The beginning of one whose end has not come.
    part: Vec<u8>,
}

impl Messages {
    /// Takes a chunk, and hands out the messages that end in it.
    ///
    /// # Errors
    /// Something in it is no message; nothing more can be read of this stream.
    pub fn read(&mut self, chunk: &[u8], mut each: impl FnMut(Published<'_>)) -> Result<(), Unreadable> {
        self.take(chunk, |bytes| {
            let (message, rest) = postcard::take_from_bytes(bytes)?;
            each(message);
            Ok(rest)
        })
    }

    /// The same for what a console publishes.
    ///
    /// # Errors
    /// Something in it is no message; nothing more can be read of this stream.
    pub fn publications(&mut self, chunk: &[u8], mut each: impl FnMut(Publication)) -> Result<(), Unreadable> {
        self.take(chunk, |bytes| {
            let (message, rest) = postcard::take_from_bytes(bytes)?;
            each(message);
            Ok(rest)
        })
    }

    fn take(
        &mut self,
        chunk: &[u8],
        mut one: impl FnMut(&[u8]) -> Result<&[u8], postcard::Error>,
    ) -> Result<(), Unreadable> {
        // Most chunks begin with a message: those are read where they are.
        let given = core::mem::take(&mut self.part);
        let whole = if given.is_empty() { None } else { Some([given.as_slice(), chunk].concat()) };
        let mut left = whole.as_deref().unwrap_or(chunk);
        while !left.is_empty() {
            match one(left) {
                Ok(rest) => left = rest,
                Err(postcard::Error::DeserializeUnexpectedEnd) if left.len() <= LONGEST + ENVELOPE => break,
                Err(_) => return Err(Unreadable),
            }
        }
        self.part.extend_from_slice(left);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]
    use super::*;

    fn published(topic: &'static str) -> Published<'static> {
        Published { topic, payload: &[0, 255, 10], retained: true, duplicate: false, left_out: 0 }
    }

    #[test]
    fn messages_are_whole_wherever_a_chunk_ends() {
        let mut stream = Vec::new();
        let topics = ["a", "meters/7/temperature", ""];
        topics.iter().for_each(|topic| published(topic).write(&mut stream));
        for size in 1..stream.len() {
            let (mut messages, mut heard) = (Messages::default(), Vec::new());
            for chunk in stream.chunks(size) {
                let each = |message: Published<'_>| heard.push((message.topic.to_owned(), message.payload.to_vec()));
                assert_eq!(messages.read(chunk, each), Ok(()), "{size}");
            }
            assert_eq!(heard, topics.map(|topic| (topic.to_owned(), vec![0, 255, 10])), "{size}");
        }
    }

    #[test]
    fn one_that_never_ends_is_given_up_and_one_too_long_leaves_its_length() {
        let mut messages = Messages::default();
        // A topic of four gigabytes.
        assert_eq!(messages.read(&[0xff, 0xff, 0xff, 0xff, 0x0f], |_| {}), Ok(()));
        let refused = (0..40).any(|_| messages.read(&[b'a'; 64 << 10], |_| {}).is_err());
        assert!(refused);
        let mut stream = Vec::new();
        Published { payload: &vec![0; LONGEST + 1], ..published("x") }.write(&mut stream);
        let mut left_out = Vec::new();
        Messages::default()
            .read(&stream, |message| left_out.push((message.left_out, message.payload.len())))
            .expect("one");
        assert_eq!(left_out, [(LONGEST as u64 + 1, 0)]);
    }

    #[test]
    fn what_is_no_message_is_refused() {
        // A topic that is no UTF-8; a truth that is neither.
        assert_eq!(Messages::default().read(&[1, 0xff, 0, 0, 0, 0], |_| {}), Err(Unreadable));
        assert_eq!(Messages::default().read(&[1, b'a', 0, 7, 0, 0], |_| {}), Err(Unreadable));
    }
}
