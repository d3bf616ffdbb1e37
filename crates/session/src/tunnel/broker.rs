//! What passes through a tunnel to a broker, which the gateway has subscribed to for its consoles: messages, many to one
//! of the tunnel's own.
//!
//! Each is one value in postcard, with nothing between them; the tunnel's chunks end anywhere. That a device wrote a
//! message for each reading costs nothing here: ten thousand devices' messages travel as one stream.
//!
//! ```
//! use session::tunnel::broker::{FromBroker, Messages, Published};
//!
//! let published = Published { topic: "meters/7", payload: b"21.5", retained: false, duplicate: false, left_out: 0 };
//! let mut stream = Vec::new();
//! FromBroker::Published(published).write(&mut stream);
//! let mut messages = Messages::default();
//! let mut heard = Vec::new();
//! for chunk in stream.chunks(3) {
//!     let each = |said: FromBroker<'_>| {
//!         if let FromBroker::Published(message) = said {
//!             heard.push(message.topic.to_owned());
//!         }
//!     };
//!     messages.read(chunk, each).unwrap();
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

/// What the gateway says of its broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromBroker<'a> {
    /// A message came.
    #[serde(borrow)]
    Published(Published<'a>),
    /// The broker does not let the gateway have this topic, while it has others.
    Denied {
        /// The filter, as the gateway's file has it.
        filter: &'a str,
    },
    /// What became of something that the console published.
    Answered {
        /// Its topic.
        topic: &'a str,
        /// What.
        fate: Fate,
    },
}

/// What became of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// The broker has it: it said so, or it was sent at a quality at which no broker says so.
    Taken,
    /// So much is not acknowledged that there is no number for one more.
    TooMany,
    /// It cannot be put into a packet.
    NoMessage,
}

impl FromBroker<'_> {
    /// Appends it to a stream; of a message that is too long to pass, that it came. Bytes that are left out for that.
    pub fn write(&self, stream: &mut Vec<u8>) -> u64 {
        match self {
            FromBroker::Published(published) if published.payload.len() > LONGEST => {
                let left_out = published.payload.len() as u64;
                encode(&FromBroker::Published(Published { payload: &[], left_out, ..*published }), stream);
                left_out
            }
            said => {
                encode(said, stream);
                0
            }
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
    pub fn read(&mut self, chunk: &[u8], mut each: impl FnMut(FromBroker<'_>)) -> Result<(), Unreadable> {
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

    fn published(topic: &str) -> Published<'_> {
        Published { topic, payload: &[0, 255, 10], retained: true, duplicate: false, left_out: 0 }
    }

    fn of(said: FromBroker<'_>) -> (String, Vec<u8>, u64) {
        match said {
            FromBroker::Published(message) => (message.topic.to_owned(), message.payload.to_vec(), message.left_out),
            FromBroker::Denied { filter } => (filter.to_owned(), Vec::new(), 0),
            FromBroker::Answered { topic, fate } => (format!("{topic} {fate:?}"), Vec::new(), 0),
        }
    }

    #[test]
    fn messages_are_whole_wherever_a_chunk_ends() {
        let mut stream = Vec::new();
        for topic in ["a", "meters/7/temperature", ""] {
            FromBroker::Published(published(topic)).write(&mut stream);
        }
        FromBroker::Denied { filter: "private/#" }.write(&mut stream);
        FromBroker::Answered { topic: "set", fate: Fate::TooMany }.write(&mut stream);
        let message = |topic: &str| (topic.to_owned(), vec![0, 255, 10], 0);
        let said = |text: &str| (text.to_owned(), Vec::new(), 0);
        let expected =
            [message("a"), message("meters/7/temperature"), message(""), said("private/#"), said("set TooMany")];
        for size in 1..stream.len() {
            let (mut messages, mut heard) = (Messages::default(), Vec::new());
            for chunk in stream.chunks(size) {
                assert_eq!(messages.read(chunk, |said| heard.push(of(said))), Ok(()), "{size}");
            }
            assert_eq!(heard, expected, "{size}");
        }
    }

    #[test]
    fn one_that_never_ends_is_given_up_and_one_too_long_leaves_its_length() {
        let mut messages = Messages::default();
        // A topic of four gigabytes.
        assert_eq!(messages.read(&[0, 0xff, 0xff, 0xff, 0xff, 0x0f], |_| {}), Ok(()));
        let refused = (0..40).any(|_| messages.read(&[b'a'; 64 << 10], |_| {}).is_err());
        assert!(refused);
        let mut stream = Vec::new();
        FromBroker::Published(Published { payload: &vec![0; LONGEST + 1], ..published("x") }).write(&mut stream);
        let mut heard = Vec::new();
        Messages::default().read(&stream, |said| heard.push(of(said))).expect("one");
        assert_eq!(heard, [("x".to_owned(), Vec::new(), LONGEST as u64 + 1)]);
    }

    #[test]
    fn what_is_no_message_is_refused() {
        // A topic that is no UTF-8; a truth that is neither; something that is not known here.
        assert_eq!(Messages::default().read(&[0, 1, 0xff, 0, 0, 0, 0], |_| {}), Err(Unreadable));
        assert_eq!(Messages::default().read(&[0, 1, b'a', 0, 7, 0, 0], |_| {}), Err(Unreadable));
        assert_eq!(Messages::default().read(&[9, 1, b'a', 0], |_| {}), Err(Unreadable));
    }
}
