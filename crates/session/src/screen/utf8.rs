//! UTF-8, piece by piece: the same text whatever the pieces. Every maximal broken part is one U+FFFD (Unicode 17,
//! section 3.9, "substitution of maximal subparts").

/// What is left of a character that began.
#[derive(Debug, Default)]
pub(super) struct Utf8 {
    begun: [u8; 4],
    len: usize,
}

const BROKEN: &str = "\u{fffd}";

impl Utf8 {
    /// Takes all of `bytes`; calls `emit` with text.
    pub(super) fn feed(&mut self, mut bytes: &[u8], mut emit: impl FnMut(&str)) {
        while self.len > 0 {
            let Some((first, rest)) = bytes.split_first() else { return };
            if let Some(slot) = self.begun.get_mut(self.len) {
                *slot = *first;
            }
            let with = self.begun.get(..self.len.saturating_add(1)).unwrap_or_default();
            match std::str::from_utf8(with) {
                Ok(text) => {
                    emit(text);
                    self.len = 0;
                    bytes = rest;
                }
                Err(error) if error.error_len().is_none() => {
                    self.len = with.len();
                    bytes = rest;
                }
                // The byte does not continue the character: the character is broken, the byte begins anew.
                Err(_) => {
                    emit(BROKEN);
                    self.len = 0;
                }
            }
        }
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            if !chunk.valid().is_empty() {
                emit(chunk.valid());
            }
            let broken = chunk.invalid();
            let unfinished = std::str::from_utf8(broken).is_err_and(|error| error.error_len().is_none());
            if chunks.peek().is_none() && unfinished {
                for (slot, byte) in self.begun.iter_mut().zip(broken) {
                    *slot = *byte;
                }
                self.len = broken.len().min(self.begun.len());
            } else if !broken.is_empty() {
                emit(BROKEN);
            }
        }
    }

    /// Nothing follows: a character that began is broken.
    pub(super) fn finish(&mut self, mut emit: impl FnMut(&str)) {
        if self.len > 0 {
            self.len = 0;
            emit(BROKEN);
        }
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
        for piece in pieces {
            utf8.feed(piece, |part| text.push_str(part));
        }
        utf8.finish(|part| text.push_str(part));
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
