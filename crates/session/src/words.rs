//! What a session says to people, in every language: one typed table. A message that lacks a translation does not
//! compile, and one that takes values takes the same in each language.
//!
//! A sentence is made in all languages at once and carried as [`Said`]; which one is shown is decided by whoever shows
//! it. So nothing here knows what language is in force. What a device says, what a profile calls things, its keys and
//! what a standard names are translated nowhere.

pub(crate) mod codec;
pub(crate) mod edit;
pub(crate) mod expression;
pub(crate) mod fleet;
pub(crate) mod hint;
pub(crate) mod import;
pub(crate) mod link;
pub(crate) mod note;
pub(crate) mod profile;
pub(crate) mod script;
pub(crate) mod send;
pub(crate) mod tile;
pub(crate) mod topic;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A language in which a session speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Language; 2] = [Language::English, Language::German];

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

/// Words in every language. Where only text is asked for, as by [`fmt::Display`], they are English.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    english: Cow<'static, str>,
    german: Cow<'static, str>,
}

impl Said {
    /// Words that are the same in every language, or are known in one only: those of another program.
    #[must_use]
    pub fn verbatim(words: &str) -> Said {
        Said::made(|_| words.to_owned())
    }

    /// Fixed words.
    pub(crate) const fn fixed(english: &'static str, german: &'static str) -> Said {
        Said { english: Cow::Borrowed(english), german: Cow::Borrowed(german) }
    }

    /// Words that are made for each language.
    pub(crate) fn made(make: impl Fn(Language) -> String) -> Said {
        Said { english: make(Language::English).into(), german: make(Language::German).into() }
    }

    /// The words in a language.
    #[must_use]
    pub fn say(&self, language: Language) -> &str {
        match language {
            Language::English => &self.english,
            Language::German => &self.german,
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.english, f)
    }
}

impl PartialEq<str> for Said {
    fn eq(&self, other: &str) -> bool {
        self.english == other
    }
}

impl PartialEq<&str> for Said {
    fn eq(&self, other: &&str) -> bool {
        self.english == *other
    }
}

/// What stands in a message: as it is, or itself in the message's language.
pub(crate) trait Speak: Copy {
    /// Its form in a message.
    type Form: fmt::Display;
    /// In this language.
    fn speak(self, language: Language) -> Self::Form;
}

impl<'a> Speak for &'a Said {
    type Form = &'a str;
    fn speak(self, language: Language) -> &'a str {
        self.say(language)
    }
}

impl<'a> Speak for &'a str {
    type Form = &'a str;
    fn speak(self, _: Language) -> &'a str {
        self
    }
}

macro_rules! as_it_is {
    ($($kind:ty),*) => { $(
        impl Speak for $kind {
            type Form = $kind;
            fn speak(self, _: Language) -> $kind {
                self
            }
        }
    )* };
}

as_it_is!(char, u32, u64, usize, i64, f64);

/// Declares messages, one function each: `open: "Open" | "Öffnen";` or, with values as in `format!`,
/// `lines(count: usize): "{count} lines" | "{count} Zeilen";`. Where the words depend on a value, each side is a block
/// that makes a `String`.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident $(($($arg:ident: $kind:ty),*))?: $english:tt | $german:tt;)*) => {
        $($crate::words::message! { $(#[$doc])* $name $(($($arg: $kind),*))? $english $german })*
    };
}

macro_rules! message {
    ($(#[$doc:meta])* $name:ident $english:literal $german:literal) => {
        $(#[$doc])*
        pub(crate) const fn $name() -> $crate::words::Said {
            $crate::words::Said::fixed($english, $german)
        }
    };
    ($(#[$doc:meta])* $name:ident ($($arg:ident: $kind:ty),*) $english:literal $german:literal) => {
        $crate::words::message! { $(#[$doc])* $name ($($arg: $kind),*) { format!($english) } { format!($german) } }
    };
    ($(#[$doc:meta])* $name:ident ($($arg:ident: $kind:ty),*) $english:block $german:block) => {
        $(#[$doc])*
        #[inline(never)]
        pub(crate) fn $name($($arg: $kind),*) -> $crate::words::Said {
            $crate::words::Said::made(|language| {
                $(let $arg = $crate::words::Speak::speak($arg, language);)*
                match language {
                    $crate::words::Language::English => $english,
                    $crate::words::Language::German => $german,
                }
            })
        }
    };
}

pub(crate) use {message, messages};

#[cfg(test)]
mod tests {
    use super::*;

    messages! {
        inner(count: usize): "{count} things" | "{count} Dinge";
        outer(what: &Said): "there are {what}" | "es gibt {what}";
    }

    #[test]
    fn words_within_words_are_of_the_same_language() {
        let said = outer(&inner(3));
        assert_eq!(said.say(Language::English), "there are 3 things");
        assert_eq!(said.say(Language::German), "es gibt 3 Dinge");
        assert_eq!(said.to_string(), "there are 3 things");
    }

    #[test]
    fn a_language_is_found_by_its_tag_whatever_the_region() {
        assert_eq!(Language::of_tag("de-AT"), Some(Language::German));
        assert_eq!(Language::of_tag("EN"), Some(Language::English));
        assert_eq!(Language::of_tag("den"), None);
        assert_eq!(Language::of_tag(""), None);
    }
}
