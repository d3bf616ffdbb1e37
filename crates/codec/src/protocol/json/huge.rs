//! Numbers that are too large for a double.
//!
//! The parser refuses a document for one of them. So each is written as 0 and remembered by its place among the
//! document's numbers.

use alloc::string::String;
use alloc::vec::Vec;
use serde::de::IgnoredAny;

/// Which numbers of a document are infinite, in order.
#[derive(Default)]
pub(super) struct Huge {
    found: Vec<(usize, f64)>,
    /// Numbers passed so far.
    passed: usize,
}

impl Huge {
    /// What the number at this place is, if it is infinite.
    pub(super) fn get(&self, place: usize) -> Option<f64> {
        if self.found.is_empty() {
            return None;
        }
        let at = self.found.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        self.found.get(at).map(|(_, value)| *value)
    }

    /// Writes the document's next number; where it is too large, 0 and blanks of the same length. Says whether it is.
    pub(super) fn mend(&mut self, number: &str, into: &mut String) -> bool {
        let infinite = beyond(number);
        match infinite {
            None => into.push_str(number),
            Some(value) => {
                self.found.push((self.passed, value));
                into.push('0');
                into.extend(core::iter::repeat_n(' ', number.len().saturating_sub(1)));
            }
        }
        self.passed = self.passed.saturating_add(1);
        infinite.is_some()
    }
}

/// The infinity that a token means if it is a number by JSON's grammar.
fn beyond(token: &str) -> Option<f64> {
    let value: f64 = token.parse().ok().filter(|value: &f64| value.is_infinite())?;
    // What is skipped is read by the grammar alone.
    serde_json::from_str::<IgnoredAny>(token).ok().map(|_| value)
}
