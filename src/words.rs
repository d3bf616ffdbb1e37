//! What the page says, in every language: one typed table. A message that lacks a translation does not compile, and one
//! that takes values takes the same in each language.
//!
//! A screen is made anew when the language changes, so a message is asked for where it is shown and kept nowhere. What a
//! device says, what a profile calls things and what a standard names (`baud`, `HDLC`, `DTR`) is translated nowhere.

pub mod at_stake;
pub mod bar;
pub mod commands;
pub mod dashboard;
pub mod device;
pub mod doctor;
pub mod files;
pub mod fleet;
pub mod gallery;
pub mod hex;
pub mod keys;
pub mod ledger;
pub mod line;
pub mod link;
pub mod macros;
pub mod mqtt;
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
pub mod setting;
pub mod speed;
pub mod start;
pub mod terminal;
pub mod timeline;
pub mod transfer;
pub mod update;
pub mod values;
pub mod views;
pub mod workspace;

pub use session::{Language, Said};
use std::sync::atomic::{AtomicU8, Ordering};

/// The language in force, for the whole page or worker.
static IN_FORCE: AtomicU8 = AtomicU8::new(0);

/// The language in force.
#[must_use]
pub fn now() -> Language {
    if IN_FORCE.load(Ordering::Relaxed) == 1 { Language::German } else { Language::English }
}

/// Puts a language in force. What is on the screen already stays as it is.
pub fn put_in_force(language: Language) {
    IN_FORCE.store(u8::from(language == Language::German), Ordering::Relaxed);
}

/// What the session says, in the language in force.
#[must_use]
pub fn say(said: &Said) -> &str {
    said.say(now())
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
            match $crate::words::now() {
                $crate::words::Language::English => $english,
                $crate::words::Language::German => $german,
            }
        }
    };
    ($(#[$doc:meta])* $name:ident ($($arg:ident: $kind:ty),*) $english:literal $german:literal) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name($($arg: $kind),*) -> String {
            match $crate::words::now() {
                $crate::words::Language::English => format!($english),
                $crate::words::Language::German => format!($german),
            }
        }
    };
    ($(#[$doc:meta])* $name:ident ($($arg:ident: $kind:ty),*) $english:block $german:block) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name($($arg: $kind),*) -> String {
            match $crate::words::now() {
                $crate::words::Language::English => $english,
                $crate::words::Language::German => $german,
            }
        }
    };
}

pub(crate) use {message, messages};
