//! A mistake in the file: its line, what is wrong, and what would be accepted.

use std::fmt;
use std::ops::Range;

/// A mistake in the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// From 1.
    pub(crate) line: usize,
    /// A sentence without its full stop.
    pub(crate) what: String,
}

impl Mistake {
    /// One that begins at an offset of the text.
    pub(super) fn at(text: &str, span: &Range<usize>, what: impl Into<String>) -> Mistake {
        let before = text.as_bytes().iter().take(span.start);
        Mistake { line: before.filter(|byte| **byte == b'\n').count().saturating_add(1), what: what.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// What the TOML reader refused. Its sentence names what it knows; the nearest of that is suggested.
pub(super) fn of_toml(text: &str, error: &toml::de::Error) -> Mistake {
    let message = error.message().trim().replace('\n', "; ");
    let span = error.span().unwrap_or(0..0);
    let named: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let what = match named.split_first() {
        Some((word, known)) if message.starts_with("unknown ") => {
            let kind = if message.starts_with("unknown field") { "key" } else { "word" };
            format!("there is no {kind} `{word}` here; {}", hint(word, known))
        }
        Some((word, _)) if message.starts_with("missing field") => format!("the key `{word}` is missing here"),
        _ => message.clone(),
    };
    Mistake::at(text, &span, what)
}

/// The nearest of the known words if one is near, else all of them.
pub(super) fn hint(word: &str, known: &[&str]) -> String {
    let nearest = known.iter().map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate)).min();
    match nearest {
        // Of a short word, two letters are most of it.
        Some((distance, candidate)) if distance <= 2 && distance.saturating_mul(2) <= candidate.len() => {
            format!("did you mean `{candidate}`?")
        }
        None => "there are none".to_owned(),
        _ => format!("known: {}", known.join(", ")),
    }
}
