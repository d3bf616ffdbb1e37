//! What is looked for.

use crate::view::terminal::hex_bytes;
use crate::words::hex as words;
use session::query::Query;

/// What is looked for, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sought {
    pub(super) bytes: Vec<u8>,
    /// The offset from which on.
    pub(super) from: u64,
    pub(super) back: bool,
    /// Whether there was nothing more that way, and it went around the end.
    pub(super) around: bool,
}

impl Sought {
    pub(super) fn query(self) -> Query {
        Query::FindBytes { bytes: self.bytes, from: self.from, back: self.back }
    }

    /// The same from the other end, where it began within.
    pub(super) fn around(&self) -> Option<Sought> {
        let end = if self.back { u64::MAX } else { 0 };
        (!self.around && self.from != end).then(|| Sought { from: end, around: true, ..self.clone() })
    }

    /// What is to be said of a place that was found; whether it is the one that was selected.
    pub(super) fn said(&self, same: bool) -> Option<&'static str> {
        self.around.then(|| match (same, self.back) {
            (true, _) => words::only_one(),
            (_, true) => words::from_end(),
            (_, false) => words::from_beginning(),
        })
    }
}

/// What is looked for: a text between quotation marks, or bytes in hexadecimal digits; what is neither is a text.
///
/// # Errors
/// That a byte has but one digit: it may be being typed, and may be meant as a text.
pub(super) fn sought(needle: &str) -> Result<Vec<u8>, String> {
    let needle = needle.trim();
    match needle.strip_prefix('"') {
        Some(text) => Ok(text.strip_suffix('"').unwrap_or(text).as_bytes().to_vec()),
        None => match halves(needle) {
            true if needle.contains(|ch: char| ch.is_ascii_digit() || ch.is_whitespace()) => {
                Err(words::half_byte(needle))
            }
            true => Ok(needle.as_bytes().to_vec()),
            false => hex_bytes(needle).or_else(|_| Ok(needle.as_bytes().to_vec())),
        },
    }
}

/// Whether it is hexadecimal digits, and an odd number of them somewhere.
fn halves(needle: &str) -> bool {
    let digits = |word: &str| word.bytes().all(|digit| digit.is_ascii_hexdigit());
    needle.split_whitespace().all(digits) && needle.split_whitespace().any(|word| word.len() % 2 == 1)
}

#[cfg(test)]
mod tests {
    use super::{Sought, sought};

    #[test]
    fn bytes_or_a_text_are_sought() {
        assert_eq!(sought("0a FF"), Ok(vec![0x0a, 0xff]));
        assert_eq!(sought("\"0a\""), Ok(b"0a".to_vec()));
        assert_eq!(sought("speed"), Ok(b"speed".to_vec()));
        assert_eq!(sought(" "), Ok(Vec::new()));
        assert_eq!((sought("bad"), sought("e")), (Ok(b"bad".to_vec()), Ok(b"e".to_vec())), "letters alone are a text");
    }

    #[test]
    fn half_a_byte_is_said_to_be_one() {
        for half in ["48 6", "4", "48 656", "a b"] {
            assert!(sought(half).is_err_and(|why| why.contains(half) && why.contains("two digits")), "{half}");
        }
        assert_eq!(sought("\"48 6\""), Ok(b"48 6".to_vec()));
    }

    #[test]
    fn it_goes_around_the_end_once_and_says_so() {
        let after = Sought { bytes: vec![1], from: 31, back: false, around: false };
        assert_eq!((after.said(false), after.said(true)), (None, None));
        let again = after.around().unwrap();
        assert_eq!((again.from, again.around()), (0, None));
        assert!(again.said(false).is_some_and(|said| said.contains("from the beginning")));
        assert!(again.said(true).is_some_and(|said| said.contains("only place")));
        assert_eq!(Sought { from: 0, ..after.clone() }.around(), None, "all of it was looked at");
        let before = Sought { back: true, ..after };
        assert_eq!(before.around().map(|again| again.from), Some(u64::MAX));
    }
}
