//! A profile that is refused.

use crate::words::{Said, profile as words};
use std::fmt;

/// A profile that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileError {
    /// Line in its text, from 1; 0 if it concerns the whole.
    pub line: u32,
    /// What is wrong and what would be accepted, as a sentence.
    pub reason: Said,
    /// Where in its text, in bytes: where the value that is wrong begins, or the table that lacks one.
    pub(in super::super) offset: usize,
    /// The key that is missing from what stands there.
    pub(in super::super) lacks: Option<String>,
    /// The reason without what leads to its place.
    pub(in super::super) here: Option<Box<Said>>,
}

impl ProfileError {
    /// What is wrong with the whole of it.
    #[must_use]
    pub fn whole(reason: Said) -> ProfileError {
        ProfileError { line: 0, reason, offset: 0, lacks: None, here: None }
    }

    /// What is wrong, as it is said at the very value: without a path or a table that leads to it. Keys stand between
    /// backticks.
    #[must_use]
    pub fn at_its_place(&self) -> &Said {
        self.here.as_deref().unwrap_or(&self.reason)
    }

    /// About a key that is not there.
    pub(super) fn lacking(self, key: &str) -> ProfileError {
        ProfileError { lacks: Some(key.to_owned()), ..self }
    }

    /// With other words for its place itself.
    pub(super) fn said_there(self, reason: Said) -> ProfileError {
        ProfileError { here: Some(Box::new(reason)), ..self }
    }

    /// With its line, in every language.
    #[must_use]
    pub fn said(&self) -> Said {
        if self.line == 0 { self.reason.clone() } else { words::at_line(self.line, &self.reason) }
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for ProfileError {}
