//! Names that a device gives to files: untrusted.

use alloc::string::String;

/// Longest name kept, in characters.
const LONGEST: usize = 120;

/// The name without folders, without what hides or reorders text, without what a file system refuses, never hidden by a
/// dot and never empty.
pub(crate) fn clean(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = |c: &char| !c.is_control() && !hidden(*c);
    let plain = |c: char| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c };
    let name: String = last.chars().filter(shown).map(plain).take(LONGEST).collect();
    let name = name.trim().trim_matches('.').trim();
    if name.is_empty() { "received.bin".into() } else { name.into() }
}

/// Characters without a width, and those that turn the direction of text.
fn hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn a_name_of_the_device_leads_nowhere() {
        assert_eq!(clean(b"log.txt"), "log.txt");
        assert_eq!(clean(b"../../etc/passwd"), "passwd");
        assert_eq!(clean(b"C:\\Users\\me\\x.exe"), "x.exe");
        assert_eq!(clean(b"/tmp/"), "received.bin");
        assert_eq!(clean(b".."), "received.bin");
        assert_eq!(clean(b".bashrc"), "bashrc");
        assert_eq!(clean(b""), "received.bin");
        assert_eq!(clean("photo\u{202e}gpj.exe".as_bytes()), "photogpj.exe");
        assert_eq!(clean(b"a\0b\x1b[31m<c>"), "ab[31m_c_");
        assert_eq!(clean(&[b'n'; 500]).len(), 120);
        assert_eq!(clean(b"\xffm"), "\u{fffd}m");
        assert_eq!(clean("a\u{2066}b\u{ad}c\u{200b}d\u{2060}e\u{feff}f\u{61c}g".as_bytes()), "abcdefg");
    }
}
