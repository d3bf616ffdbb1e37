//! What went wrong, as a sentence.

use std::fmt;

/// A sentence: what was expected, and what was there instead.
#[derive(Debug)]
pub struct Failure(pub String);

/// A scenario's outcome.
pub type Outcome = Result<(), Failure>;

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! from {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Failure {
            fn from(why: $kind) -> Self {
                Self(why.to_string())
            }
        })*
    };
}

from!(std::io::Error, rustix::io::Errno, serde_json::Error, tungstenite::Error, std::string::FromUtf8Error);

impl From<String> for Failure {
    fn from(why: String) -> Self {
        Self(why)
    }
}

impl From<&str> for Failure {
    fn from(why: &str) -> Self {
        Self(why.to_owned())
    }
}

/// Fails with a sentence unless the condition holds.
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $($sentence:tt)*) => {
        let holds: bool = $condition;
        if !holds {
            return Err($crate::failure::Failure(format!($($sentence)*)));
        }
    };
}
