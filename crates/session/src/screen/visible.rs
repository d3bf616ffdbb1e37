//! Characters that cannot be seen, or that move others about, shown by a visible stand-in (faults F24, S24).

use std::borrow::Cow;
use std::fmt::Write;

/// A text with a stand-in for every character that cannot be seen.
#[must_use]
pub fn visible(text: &str) -> String {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    for ch in text.chars() {
        match stand_in(ch) {
            Some(stand_in) => shown.push_str(&stand_in),
            None => shown.push(ch),
        }
    }
    shown
}

/// A text without the sequences that colour it (SGR) or erase the rest of its line (EL; ECMA-48, sections 8.3.117 and
/// 8.3.41), as programs that colour their lines send them.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if memchr::memchr(0x1b, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for (index, piece) in text.split('\u{1b}').enumerate() {
        let after = piece
            .strip_prefix('[')
            .map(|rest| rest.trim_start_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, ';' | ':')));
        match after.and_then(|rest| rest.strip_prefix(['m', 'K'])).filter(|_| index > 0) {
            Some(rest) => plain.push_str(rest),
            None => {
                if index > 0 {
                    plain.push('\u{1b}');
                }
                plain.push_str(piece);
            }
        }
    }
    Cow::Owned(plain)
}

/// What is shown for a character that cannot be seen; `None` where it can.
///
/// C0 controls and DEL become their pictures (Unicode block "Control Pictures"), C1 controls, bidirectional controls,
/// zero-width and other format characters (general category Cf, and fillers that draw nothing) their code point.
/// U+FE0E and U+FE0F choose between text and emoji form and are dropped.
pub(super) fn stand_in(ch: char) -> Option<String> {
    let code = u32::from(ch);
    match ch {
        '\0'..='\u{1f}' => Some(char::from_u32(code.saturating_add(0x2400)).map_or_else(String::new, String::from)),
        '\u{7f}' => Some('\u{2421}'.into()),
        '\u{fe0e}' | '\u{fe0f}' => Some(String::new()),
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{600}'..='\u{605}'
        | '\u{61c}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0d}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => {
            let mut shown = String::new();
            let _ = write!(shown, "‹U+{code:04X}›");
            Some(shown)
        }
        _ => None,
    }
}
