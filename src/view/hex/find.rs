//! What is looked for.

use crate::view::terminal::hex_bytes;

/// What is looked for: a text between quotation marks, or bytes in hexadecimal digits; what is neither is a text.
pub(super) fn sought(needle: &str) -> Result<Vec<u8>, String> {
    let needle = needle.trim();
    match needle.strip_prefix('"') {
        Some(text) => Ok(text.strip_suffix('"').unwrap_or(text).as_bytes().to_vec()),
        None => hex_bytes(needle).or_else(|_| Ok(needle.as_bytes().to_vec())),
    }
}

#[cfg(test)]
mod tests {
    use super::sought;

    #[test]
    fn bytes_or_a_text_are_sought() {
        assert_eq!(sought("0a FF"), Ok(vec![0x0a, 0xff]));
        assert_eq!(sought("\"0a\""), Ok(b"0a".to_vec()));
        assert_eq!(sought("speed"), Ok(b"speed".to_vec()));
        assert_eq!(sought(" "), Ok(Vec::new()));
    }
}
