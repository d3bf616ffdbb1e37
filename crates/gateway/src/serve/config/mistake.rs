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

/// A list of tables that was written as a table: with one bracket where two belong.
pub(super) fn single(text: &str) -> Option<Mistake> {
    text.lines().zip(1..).find_map(|(written, line)| {
        let name = written.trim().strip_prefix('[')?.strip_suffix(']')?;
        let what = format!("there may be many of them: write [[{name}]], with two brackets");
        ["target", "token"].contains(&name).then_some(Mistake { line, what })
    })
}

/// What the TOML reader refused. Its sentence names what it knows; the nearest of that is suggested.
pub(super) fn of_toml(text: &str, error: &toml::de::Error) -> Mistake {
    let message = error.message().trim().replace('\n', "; ");
    let span = error.span().unwrap_or(0..0);
    let named: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let what = match named.split_first() {
        _ if message.starts_with("invalid type: ") || message.starts_with("invalid value: ") => unlike(&message),
        Some((word, known)) if message.starts_with("unknown ") => {
            let kind = if message.starts_with("unknown field") { "key" } else { "word" };
            format!("there is no {kind} `{word}` here; {}", hint(word, known))
        }
        Some((word, _)) if message.starts_with("missing field") => format!("the key `{word}` is missing here"),
        _ => message.clone(),
    };
    Mistake::at(text, &span, what)
}

/// A value of another kind, in a user's words: `invalid type: string "9600", expected i64`.
fn unlike(message: &str) -> String {
    let Some((given, wanted)) = message.split_once(", expected ") else { return message.to_owned() };
    let given = given.trim_start_matches("invalid type: ").trim_start_matches("invalid value: ");
    let (kind, value) = given.split_once(' ').unwrap_or((given, ""));
    let value = value.trim_start_matches("point ").trim_matches('`').split("` as ").next().unwrap_or_default();
    let given = match kind {
        "string" => format!("the text {value}"),
        "integer" | "floating" => format!("the number {value}"),
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        _ => value.to_owned(),
    };
    let whole = |word: &str| word.strip_prefix(['i', 'u']).is_some_and(|bits| bits.parse::<u8>().is_ok());
    let wanted = match wanted {
        word if whole(word) => "a whole number, without quotes",
        "a string" => "a text in quotes, as \"text\"",
        "a sequence" => "a list in brackets, as [\"one\", \"two\"]",
        "a boolean" => "true or false, without quotes",
        "a TOML datetime" => "a date without quotes, as 2027-01-31",
        word if word.starts_with("struct ") => "a table",
        word => word,
    };
    format!("{wanted} is expected here, and not {given}")
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
