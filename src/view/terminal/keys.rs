//! Keys as a terminal sends them (xterm's, with DECCKM for the arrows).

use leptos::ev::KeyboardEvent;

/// The bytes of a key; none where it sends nothing.
pub(super) fn bytes(event: &KeyboardEvent, application: bool) -> Option<Vec<u8>> {
    of(&event.key(), event.ctrl_key(), event.alt_key(), event.meta_key(), application)
}

/// Whether a key leaves character mode: it is named beside the lines.
pub(super) fn leaves(event: &KeyboardEvent) -> bool {
    event.ctrl_key() && event.shift_key() && matches!(event.key().as_str(), "x" | "X")
}

fn of(key: &str, ctrl: bool, alt: bool, meta: bool, application: bool) -> Option<Vec<u8>> {
    if meta {
        return None;
    }
    let arrow = |letter: char| if application { format!("\x1bO{letter}") } else { format!("\x1b[{letter}") };
    let named = match key {
        "Enter" => "\r".to_owned(),
        "Backspace" => "\x7f".to_owned(),
        "Tab" => "\t".to_owned(),
        "Escape" => "\x1b".to_owned(),
        "ArrowUp" => arrow('A'),
        "ArrowDown" => arrow('B'),
        "ArrowRight" => arrow('C'),
        "ArrowLeft" => arrow('D'),
        "Home" => arrow('H'),
        "End" => arrow('F'),
        "Insert" => "\x1b[2~".to_owned(),
        "Delete" => "\x1b[3~".to_owned(),
        "PageUp" => "\x1b[5~".to_owned(),
        "PageDown" => "\x1b[6~".to_owned(),
        "F1" => "\x1bOP".to_owned(),
        "F2" => "\x1bOQ".to_owned(),
        "F3" => "\x1bOR".to_owned(),
        "F4" => "\x1bOS".to_owned(),
        "F5" => "\x1b[15~".to_owned(),
        "F7" => "\x1b[18~".to_owned(),
        "F8" => "\x1b[19~".to_owned(),
        "F9" => "\x1b[20~".to_owned(),
        "F10" => "\x1b[21~".to_owned(),
        // F6 goes to the next panel, F11 and F12 are the browser's.
        _ => String::new(),
    };
    if !named.is_empty() {
        return Some(named.into_bytes());
    }
    let mut chars = key.chars();
    let (Some(ch), None) = (chars.next(), chars.next()) else { return None };
    // AltGr is Ctrl and Alt on some systems, and then the key is what it writes.
    if ctrl && !alt {
        let code = match ch.to_ascii_lowercase() {
            ch @ 'a'..='z' => ch as u8 - b'a' + 1,
            '@' | ' ' => 0,
            '[' => 0x1b,
            '\\' => 0x1c,
            ']' => 0x1d,
            '^' => 0x1e,
            '_' => 0x1f,
            _ => return None,
        };
        return Some(vec![code]);
    }
    let mut bytes = if alt && !ctrl { vec![0x1b] } else { Vec::new() };
    bytes.extend_from_slice(ch.encode_utf8(&mut [0; 4]).as_bytes());
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn keys_are_those_of_xterm() {
        let plain = |key| of(key, false, false, false, false);
        assert_eq!(plain("a"), Some(b"a".to_vec()));
        assert_eq!(plain("ß"), Some("ß".as_bytes().to_vec()));
        assert_eq!(plain("Enter"), Some(b"\r".to_vec()));
        assert_eq!(plain("ArrowUp"), Some(b"\x1b[A".to_vec()));
        assert_eq!(of("ArrowUp", false, false, false, true), Some(b"\x1bOA".to_vec()));
        assert_eq!(of("c", true, false, false, false), Some(vec![3]));
        assert_eq!(of("C", true, false, false, false), Some(vec![3]));
        assert_eq!(of("x", false, true, false, false), Some(b"\x1bx".to_vec()));
        assert_eq!(of("@", true, true, false, false), Some(b"@".to_vec()), "AltGr");
        assert_eq!(of("c", false, false, true, false), None);
        assert_eq!(plain("Shift"), None);
        assert_eq!(plain("Dead"), None);
    }
}
