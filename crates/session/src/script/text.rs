//! Bytes as a person writes them: text with escapes, or hexadecimal digits.

use crate::words::{Said, script as words};
use std::fmt::Write as _;

/// Text with escapes as bytes: `\r`, `\n`, `\t`, `\e`, `\0`, `\\`, `\"` and `\xHH`.
///
/// # Errors
/// What is no escape, as words.
pub fn unescaped(text: &str) -> Result<Vec<u8>, Said> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            let mut buffer = [0; 4];
            bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
            continue;
        }
        bytes.push(match chars.next() {
            Some('r') => b'\r',
            Some('n') => b'\n',
            Some('t') => b'\t',
            Some('e') => 0x1b,
            Some('0') => 0,
            Some('\\') => b'\\',
            Some('"') => b'"',
            Some('x') => {
                let digits: String = chars.by_ref().take(2).collect();
                let digits_only = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                let byte = u8::from_str_radix(&digits, 16).ok().filter(|_| digits_only);
                byte.ok_or_else(|| words::escape_digits(&digits))?
            }
            Some(other) => {
                return Err(words::no_escape(other));
            }
            None => return Err(words::lone_backslash()),
        });
    }
    Ok(bytes)
}

/// Bytes as text with escapes: what [`unescaped`] reads back.
#[must_use]
pub fn escaped(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\r' => text.push_str("\\r"),
                '\n' => text.push_str("\\n"),
                '\t' => text.push_str("\\t"),
                '\u{1b}' => text.push_str("\\e"),
                '\\' => text.push_str("\\\\"),
                c if c.is_control() => {
                    let mut buffer = [0; 4];
                    c.encode_utf8(&mut buffer).bytes().for_each(|byte| push_byte(&mut text, byte));
                }
                c => text.push(c),
            }
        }
        chunk.invalid().iter().for_each(|byte| push_byte(&mut text, *byte));
    }
    text
}

fn push_byte(text: &mut String, byte: u8) {
    let _ = write!(text, "\\x{byte:02x}");
}

/// Hexadecimal digits as bytes: in pairs, blanks, commas and `0x` between them as one likes. After `0x` one digit will do.
///
/// # Errors
/// What is no pair of digits, as words.
pub fn unhex(text: &str) -> Result<Vec<u8>, Said> {
    let mut bytes = Vec::new();
    for word in text.split([' ', ',', ':', '\t', '-']).filter(|word| !word.is_empty()) {
        let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).unwrap_or(word);
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) || digits.is_empty() {
            return Err(words::no_hex(word));
        }
        // A number as C writes it, `0x7`, has a value; a digit alone is half of something.
        let number = digits.len() < word.len();
        match digits.len() {
            1 if !number => return Err(words::half_byte(word)),
            len if len % 2 == 1 && len > 1 => return Err(words::odd_hex(word)),
            _ => {}
        }
        let pairs = digits.as_bytes().chunks(2).map(|pair| {
            pair.iter().fold(0u8, |byte, digit| {
                let value = char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
                byte << 4 | value.unwrap_or(0)
            })
        });
        bytes.extend(pairs);
    }
    Ok(bytes)
}

/// Bytes as hexadecimal digits in pairs.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(" ")
}

/// Text for between quotes.
pub(super) fn quotable(text: &str) -> String {
    escaped(text.as_bytes()).replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_and_digits_are_read_and_mistakes_named() {
        assert_eq!(unescaped(r"AT\r\n\x1b\e\0\\ü").unwrap(), "AT\r\n\u{1b}\u{1b}\0\\ü".as_bytes());
        assert!(unescaped(r"\q").unwrap_err().to_string().contains(r"\q is no escape"));
        assert!(unescaped(r"\x1").unwrap_err().to_string().contains("two hexadecimal digits"));
        assert!(unescaped(r"\x+1").unwrap_err().to_string().contains("two hexadecimal digits"));
        assert!(unescaped("a\\").unwrap_err().to_string().contains("alone"));
        assert_eq!(unhex("01 02,ff 0x10 A0b1 0x7").unwrap(), [1, 2, 255, 16, 0xa0, 0xb1, 7]);
        assert!(unhex("0g").unwrap_err().to_string().contains("\"0g\""));
        assert!(unhex("123").unwrap_err().to_string().contains("odd"));
        assert_eq!(unhex("01 7").unwrap_err(), "\"7\" is half a byte; write 07");
        assert_eq!(unhex(" ").unwrap(), Vec::<u8>::new());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            prop_assert_eq!(unescaped(&escaped(&bytes)).unwrap(), bytes.clone());
            prop_assert_eq!(unhex(&hex(&bytes)).unwrap(), bytes);
        }
    }
}
