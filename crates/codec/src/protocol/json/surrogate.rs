//! Escapes of half a surrogate pair (`"\\ud800"`): by the grammar a string, and yet no character (RFC 8259, section 8.2).

use alloc::string::String;

/// An escape with its four digits, in bytes.
const ESCAPE: usize = 6;

/// Writes a string token with U+FFFD for each lone surrogate, an escape of the same length. Says whether there was one.
pub(super) fn mend(token: &str, into: &mut String) -> bool {
    let (mut rest, mut lone) = (token, false);
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
        into.push_str(before);
        let len = match unit(escape) {
            Some(0xD800..=0xDBFF) if matches!(escape.get(ESCAPE..).and_then(unit), Some(0xDC00..=0xDFFF)) => 2 * ESCAPE,
            Some(0xD800..=0xDFFF) => {
                into.push_str("\\ufffd");
                lone = true;
                rest = escape.get(ESCAPE..).unwrap_or_default();
                continue;
            }
            _ => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        let (escape, after) = escape.split_at_checked(len).unwrap_or((escape, ""));
        into.push_str(escape);
        rest = after;
    }
    into.push_str(rest);
    lone
}

/// The code unit of the escape that the text begins with.
fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}
