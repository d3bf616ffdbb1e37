//! UTF-8, piece by piece: the same text whatever the pieces. Every maximal broken part is told as such, to be one U+FFFD
//! (Unicode 17, section 3.9, "substitution of maximal subparts") or to be shown by its bytes.

/// What is left of a character that began.
#[derive(Debug, Default)]
pub(super) struct Utf8 {
    begun: [u8; 4],
    len: usize,
}

/// A part of a stream that is meant to be text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Text.
    Text(&'a str),
    /// Bytes that are none.
    Broken(&'a [u8]),
}

impl Utf8 {
    /// Takes all of `bytes`; calls `emit` with text.
    pub(super) fn feed(&mut self, mut bytes: &[u8], mut emit: impl FnMut(Part<'_>)) {
        while self.len > 0 {
            let Some((first, rest)) = bytes.split_first() else { return };
            if let Some(slot) = self.begun.get_mut(self.len) {
                *slot = *first;
            }
            let with = self.begun.get(..self.len.saturating_add(1)).unwrap_or_default();
            match std::str::from_utf8(with) {
                Ok(text) => {
                    emit(Part::Text(text));
                    self.len = 0;
                    bytes = rest;
                }
                Err(error) if error.error_len().is_none() => {
                    self.len = with.len();
                    bytes = rest;
                }
                // The byte does not continue the character: the character is broken, the byte begins anew.
                Err(_) => {
                    emit(Part::Broken(self.begun.get(..self.len).unwrap_or_default()));
                    self.len = 0;
                }
            }
        }
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            if !chunk.valid().is_empty() {
                emit(Part::Text(chunk.valid()));
            }
            let broken = chunk.invalid();
            let unfinished = std::str::from_utf8(broken).is_err_and(|error| error.error_len().is_none());
            if chunks.peek().is_none() && unfinished {
                for (slot, byte) in self.begun.iter_mut().zip(broken) {
                    *slot = *byte;
                }
                self.len = broken.len().min(self.begun.len());
            } else if !broken.is_empty() {
                emit(Part::Broken(broken));
            }
        }
    }

    /// Nothing follows: a character that began is broken.
    pub(super) fn finish(&mut self, mut emit: impl FnMut(Part<'_>)) {
        if self.len > 0 {
            emit(Part::Broken(self.begun.get(..self.len).unwrap_or_default()));
            self.len = 0;
        }
    }

    /// Whether a character has begun.
    pub(super) fn is_within(&self) -> bool {
        self.len > 0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    fn pieces(pieces: &[&[u8]]) -> String {
        let mut text = String::new();
        let mut utf8 = Utf8::default();
        let mut push = |part: Part<'_>| match part {
            Part::Text(part) => text.push_str(part),
            Part::Broken(_) => text.push('\u{fffd}'),
        };
        for piece in pieces {
            utf8.feed(piece, &mut push);
        }
        utf8.finish(&mut push);
        text
    }

    proptest! {
        #[test]
        fn f24_any_split_is_the_whole_read_lossily(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(0xe2), Just(0x82), Just(0xac), Just(0xf0)], 0..40),
            at in 0..40usize,
            then in 0..40usize,
        ) {
            let at = at.min(bytes.len());
            let then = then.clamp(at, bytes.len());
            let split = [&bytes[..at], &bytes[at..then], &bytes[then..]];
            prop_assert_eq!(pieces(&split), String::from_utf8_lossy(&bytes));
        }
    }
}
