//! Names of keys as they stand on a keyboard of the language (for German DIN 2137-1).

use super::{Language, now};

const GERMAN: [(&str, &str); 9] = [
    ("Page Up", "Bild ↑"),
    ("Page Down", "Bild ↓"),
    ("Ctrl", "Strg"),
    ("Shift", "Umschalt"),
    ("Space", "Leertaste"),
    ("Delete", "Entf"),
    ("Home", "Pos 1"),
    ("End", "Ende"),
    ("Escape", "Esc"),
];

/// Keys that are written in English, in the language in force.
#[must_use]
pub fn keys(written: &str) -> String {
    in_language(written, now())
}

fn in_language(written: &str, language: Language) -> String {
    match language {
        Language::English => written.to_owned(),
        Language::German => GERMAN.iter().fold(written.to_owned(), |keys, (from, to)| keys.replace(from, to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_called_as_they_stand_on_the_keyboard() {
        for (english, german) in [
            ("Ctrl Shift Z", "Strg Umschalt Z"),
            ("Page Down", "Bild ↓"),
            ("Ctrl Enter", "Strg Enter"),
            ("Home", "Pos 1"),
            ("?", "?"),
        ] {
            assert_eq!(in_language(english, Language::English), english);
            assert_eq!(in_language(english, Language::German), german);
        }
    }
}
