//! A document that the parser refuses and the grammar permits, in words that the parser takes.

use super::huge::Huge;
use super::surrogate;
use alloc::string::String;

/// A copy of the same length in which numbers too large for a double are 0 and lone surrogates U+FFFD, and which numbers
/// those were; `None` if there is neither.
pub(super) fn mended(text: &str) -> Option<(String, Huge)> {
    let (mut copy, mut huge, mut changed) = (String::with_capacity(text.len()), Huge::default(), false);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let number = matches!(first, '-' | '0'..='9');
        let len = match first {
            '"' => string(rest),
            _ if number => rest.bytes().take_while(|byte| part(*byte)).count(),
            _ => rest.find(|next: char| next == '"' || next == '-' || next.is_ascii_digit()).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at_checked(len.max(first.len_utf8())).unwrap_or((rest, ""));
        rest = after;
        if first == '"' {
            changed |= surrogate::mend(token, &mut copy);
        } else if number {
            changed |= huge.mend(token, &mut copy);
        } else {
            copy.push_str(token);
        }
    }
    changed.then_some((copy, huge))
}

/// Whether a number can hold this byte.
fn part(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E')
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
