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
}

impl ProfileError {
    /// What is wrong with the whole of it.
    #[must_use]
    pub fn whole(reason: Said) -> ProfileError {
        ProfileError { line: 0, reason, offset: 0 }
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
