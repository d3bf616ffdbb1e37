//! What the page says, in every language: one typed table. A message that lacks a translation does not compile, and one
//! that takes values takes the same in each language.
//!
//! A screen is made anew when the language changes, so a message is asked for where it is shown and kept nowhere. What a
//! device says, what a profile calls things and what a standard names (`baud`, `HDLC`, `DTR`) is translated nowhere.

pub mod bar;
pub mod commands;
pub mod dashboard;
pub mod doctor;
pub mod gallery;
pub mod hex;
pub mod ledger;
pub mod line;
pub mod link;
pub mod macros;
pub mod nameplate;
pub mod own;
pub mod page;
pub mod palette;
pub mod plot;
pub mod preview;
pub mod profile;
pub mod profile_form;
pub mod rejected;
pub mod send;
pub mod speed;
pub mod start;
pub mod terminal;
pub mod transfer;
pub mod update;
pub mod values;
pub mod views;
pub mod workspace;

use std::sync::atomic::{AtomicU8, Ordering};

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

/// The language in force, for the whole page or worker.
static IN_FORCE: AtomicU8 = AtomicU8::new(0);

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// The language in force.
    #[must_use]
    pub fn now() -> Language {
        if IN_FORCE.load(Ordering::Relaxed) == 1 { Language::German } else { Language::English }
    }

    /// Puts it in force. What is on the screen already stays as it is.
    pub fn put_in_force(self) {
        IN_FORCE.store(self as u8, Ordering::Relaxed);
    }

    /// Its tag after BCP 47 (RFC 5646).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "Deutsch",
        }
    }

    /// The language of a tag, whatever its region.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Language> {
        let primary = tag.split('-').next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

/// Declares messages, one function each: `open: "Open" | "Öffnen";` or, with values as in `format!`,
/// `lines(count: usize): "{count} lines" | "{count} Zeilen";`. Where the words depend on a value, each side is a block
/// that makes a `String`: `lines(count: usize): { … } | { … };`.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident $(($($arg:ident: $kind:ty),*))?: $english:tt | $german:tt;)*) => {
        $($crate::words::message! { $(#[$doc])* $name $(($($arg: $kind),*))? $english $german })*
    };
}

macro_rules! message {
    ($(#[$doc:meta])* $name:ident $english:literal $german:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name() -> &'static str {
            match $crate::words::Language::now() {
                $crate::words::Language::English => $english,
                $crate::words::Language::German => $german,
            }
        }
    };
    ($(#[$doc:meta])* $name:ident ($($arg:ident: $kind:ty),*) $english:literal $german:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name($($arg: $kind),*) -> String {
            match $crate::words::Language::now() {
                $crate::words::Language::English => format!($english),
                $crate::words::Language::German => format!($german),
            }
        }
    };
    ($(#[$doc:meta])* $name:ident ($($arg:ident: $kind:ty),*) $english:block $german:block) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name($($arg: $kind),*) -> String {
            match $crate::words::Language::now() {
                $crate::words::Language::English => $english,
                $crate::words::Language::German => $german,
            }
        }
    };
}

pub(crate) use {message, messages};

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_language_is_found_by_its_tag_whatever_the_region() {
        assert_eq!(Language::of_tag("de-AT"), Some(Language::German));
        assert_eq!(Language::of_tag("EN"), Some(Language::English));
        assert_eq!(Language::of_tag("den"), None);
        assert_eq!(Language::of_tag(""), None);
    }
}
