//! Noticing that a device wants to begin a transfer. Nothing begins by that: it is for a person to decide.

use super::{ZDLE, ZPAD};
use alloc::vec::Vec;

/// What a device offers by ZMODEM's first words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Offer {
    /// It wants to send files (ZRQINIT).
    Sends,
    /// It waits for files (ZRINIT).
    Receives,
}

/// How a header in hexadecimal digits begins.
const HEAD: [u8; 5] = [ZPAD, ZPAD, ZDLE, b'B', b'0'];

/// Looks for a ZMODEM session's first header in a stream, however it is cut.
#[derive(Clone, Debug, Default)]
pub struct Hail {
    /// What may be its beginning.
    tail: Vec<u8>,
}

impl Hail {
    /// The last offer in these bytes, which follow those before.
    pub fn look(&mut self, bytes: &[u8]) -> Option<Offer> {
        let reach = bytes.get(..HEAD.len().min(bytes.len())).unwrap_or_default();
        let seam = [self.tail.as_slice(), reach].concat();
        let end = if bytes.len() > HEAD.len() { bytes } else { seam.as_slice() };
        let len = (1..=HEAD.len()).rev().find(|len| HEAD.get(..*len).is_some_and(|head| end.ends_with(head)));
        let offer = last(bytes).or_else(|| last(&seam));
        self.tail.clear();
        self.tail.extend_from_slice(HEAD.get(..len.unwrap_or(0)).unwrap_or_default());
        offer
    }
}

/// The last offer within these bytes.
fn last(bytes: &[u8]) -> Option<Offer> {
    let offers =
        memchr::memmem::find_iter(bytes, &HEAD).filter_map(|at| match bytes.get(at.saturating_add(HEAD.len())) {
            Some(b'0') => Some(Offer::Sends),
            Some(b'1') => Some(Offer::Receives),
            _ => None,
        });
    offers.last()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn an_offer_is_noticed_wherever_the_stream_is_cut() {
        let bytes = b"$ sz x\r\n**rz\r**\x18B00000000000000\r\x8a\x11";
        for cut in 0..bytes.len() {
            let mut hail = Hail::default();
            let found = [hail.look(&bytes[..cut]), hail.look(&bytes[cut..])];
            assert_eq!(found.into_iter().flatten().collect::<Vec<_>>(), [Offer::Sends], "cut at {cut}");
        }
        assert_eq!(Hail::default().look(b"**\x18B0100000023be50\r\x8a\x11"), Some(Offer::Receives));
        assert_eq!(Hail::default().look(b"**\x18B0800000000022d\r\x8a"), None);
        assert_eq!(Hail::default().look(b"** B00 \x18"), None);
    }
}
