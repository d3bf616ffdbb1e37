//! Numbers that are too large for a double.
//!
//! The parser refuses a document for one of them. So each is written as 0 in a copy of the same length, and remembered by
//! its place among the document's numbers.

use alloc::string::String;
use alloc::vec::Vec;
use serde::de::IgnoredAny;

/// Which numbers of a document are infinite, in order.
#[derive(Default)]
pub(super) struct Huge(Vec<(usize, f64)>);

impl Huge {
    /// What the number at this place is, if it is infinite.
    pub(super) fn get(&self, place: usize) -> Option<f64> {
        if self.0.is_empty() {
            return None;
        }
        let at = self.0.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        self.0.get(at).map(|(_, value)| *value)
    }
}

/// The document with 0 and blanks for each number that is too large, and which they were; `None` if there is none.
pub(super) fn tamed(text: &str) -> Option<(String, Huge)> {
    let (mut tame, mut huge) = (String::with_capacity(text.len()), Huge::default());
    let (mut rest, mut place) = (text, 0usize);
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '"' => string(rest),
            '-' | '0'..='9' => rest.bytes().take_while(|byte| part(*byte)).count(),
            _ => rest.find(|next: char| next == '"' || next == '-' || next.is_ascii_digit()).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at_checked(len.max(first.len_utf8())).unwrap_or((rest, ""));
        rest = after;
        let infinite = if first == '"' { None } else { beyond(token) };
        match infinite {
            None => tame.push_str(token),
            Some(value) => {
                huge.0.push((place, value));
                tame.push('0');
                tame.extend(core::iter::repeat_n(' ', token.len().saturating_sub(1)));
            }
        }
        place = place.saturating_add(usize::from(matches!(first, '-' | '0'..='9')));
    }
    if huge.0.is_empty() { None } else { Some((tame, huge)) }
}

/// Whether a number can hold this byte.
fn part(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E')
}

/// The infinity that a token means if it is a number by JSON's grammar.
fn beyond(token: &str) -> Option<f64> {
    let value: f64 = token.parse().ok().filter(|value: &f64| value.is_infinite())?;
    // What is skipped is read by the grammar alone.
    serde_json::from_str::<IgnoredAny>(token).ok().map(|_| value)
}

/// The length of a string with its quotes; all of the text where it does not end.
fn string(text: &str) -> usize {
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return at.saturating_add(1),
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
    text.len()
}
