//! Messages as bytes, and back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// Encodes a message into `buffer`, whose memory is used again and whose contents are replaced.
///
/// The types of this module always encode; a type that could not (a sequence of unknown length) gives an empty buffer,
/// which [`decode`] refuses.
#[must_use]
pub fn encode<T: Serialize>(message: &T, mut buffer: Vec<u8>) -> Vec<u8> {
    buffer.clear();
    postcard::to_extend(message, buffer).unwrap_or_default()
}

/// Decodes a message; every byte must be part of it.
///
/// # Errors
/// Where the bytes are not such a message: another build is at the other end, or it is broken.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WireError> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        Ok((_, rest)) => Err(WireError::TooMany(rest.len())),
        Err(_) => Err(WireError::Broken),
    }
}

/// Bytes that are not the message expected. The page has a sentence of its own for it, and says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireError {
    /// So many bytes follow the message.
    TooMany(usize),
    /// They are no such message.
    Broken,
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WireError::TooMany(bytes) => {
                write!(f, "a message between page and worker was followed by {bytes} bytes more")
            }
            WireError::Broken => f.write_str("a message between page and worker was not understood"),
        }
    }
}

impl std::error::Error for WireError {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::super::{Reply, Request};
    use super::*;

    #[test]
    fn a_message_comes_back_and_the_buffer_is_used_again() {
        let request = Request::Send { session: 7, bytes: b"speed 5\n".to_vec(), wrap: true };
        let buffer = Vec::with_capacity(1000);
        let at = buffer.as_ptr();
        let bytes = encode(&request, buffer);
        assert_eq!(bytes.as_ptr(), at);
        assert_eq!(decode::<Request>(&bytes), Ok(request));
    }

    #[test]
    fn other_bytes_are_refused() {
        let bytes = encode(&Reply::Hello { build: "1".into() }, Vec::new());
        assert!(decode::<Reply>(&bytes[..bytes.len() - 1]).is_err());
        assert!(decode::<Reply>(&[bytes.as_slice(), b"x"].concat()).is_err());
        assert!(decode::<Reply>(&[]).is_err());
        assert!(decode::<Reply>(&[0xff; 20]).is_err());
    }
}
