//! What a row must have: words, and conditions.

use super::columns::Columns;
use super::devices::Device;
use crate::query::Cell;
use crate::words::{Said, fleet as words};
use std::cmp::Ordering;

/// A filter that was read.
#[derive(Debug, Default)]
pub(super) struct Filter(Vec<Term>);

#[derive(Debug)]
enum Term {
    /// Its name, or a text of its, contains this; in small letters.
    Word(String),
    /// Its name contains this; in small letters.
    Name(String),
    /// A column's value compares so.
    Condition { column: u16, comparison: Comparison, with: With },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
    /// A text contains another; else as equal.
    Like,
}

#[derive(Debug)]
enum With {
    Number(f64),
    Text(String),
}

const COMPARISONS: [(&str, Comparison); 8] = [
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("!=", Comparison::Unequal),
    ("==", Comparison::Equal),
    ("<", Comparison::Less),
    (">", Comparison::More),
    ("=", Comparison::Equal),
    ("≠", Comparison::Unequal),
];

/// What other searches understand as more than itself.
const PATTERN: [char; 11] = ['*', '?', '(', ')', '[', ']', '{', '}', '^', '$', '\\'];

/// A piece of the text.
#[derive(Debug, PartialEq)]
enum Piece {
    Word(String),
    Comparison(Comparison),
}

impl Filter {
    /// Reads words and conditions, all of which must hold, with `and` or `&&` between them or without. A name or value with
    /// spaces stands in double quotes; `kind:pump` means that the text contains it.
    ///
    /// # Errors
    /// A condition about a column that there is not, or one that lacks a side.
    pub(super) fn read(text: &str, columns: &Columns) -> Result<Filter, Said> {
        let pieces = pieces(text);
        let mut terms = Vec::new();
        let mut rest = pieces.as_slice();
        loop {
            rest = match rest {
                [] => return Ok(Filter(terms)),
                [Piece::Word(name), Piece::Comparison(comparison), Piece::Word(value), rest @ ..] => {
                    let column = columns.find(name).ok_or_else(|| no_column(name, columns))?;
                    terms.push(Term::Condition { column, comparison: *comparison, with: with(value) });
                    rest
                }
                [Piece::Word(name), Piece::Comparison(_), ..] => return Err(words::no_value(name)),
                [Piece::Comparison(_), ..] => return Err(words::no_name()),
                [Piece::Word(word), rest @ ..] if is_and(word) && !terms.is_empty() => rest,
                [Piece::Word(word), ..] if matches!(word.as_str(), "||" | "|") => return Err(words::no_or()),
                [Piece::Word(word), rest @ ..] if asked(word).is_some_and(|(name, _)| is_known(name, columns)) => {
                    let (name, value) = asked(word).unwrap_or_default();
                    // `kind: pump`, with a space.
                    let (value, rest) = match rest {
                        [Piece::Word(next), after @ ..] if value.is_empty() => (next.as_str(), after),
                        _ => (value, rest),
                    };
                    if value.is_empty() {
                        return Err(words::no_value(name));
                    }
                    terms.push(match columns.find(name) {
                        Some(column) => Term::Condition { column, comparison: Comparison::Like, with: with(value) },
                        None => Term::Name(value.to_lowercase()),
                    });
                    rest
                }
                [Piece::Word(word), rest @ ..] => {
                    terms.push(Term::Word(word.to_lowercase()));
                    rest
                }
            }
        }
    }

    /// Why nothing passes, where a word looks like a condition about a column that there is not, or like a pattern.
    pub(super) fn misread(&self, columns: &Columns) -> Option<Said> {
        self.0.iter().find_map(|term| match term {
            Term::Word(word) => {
                let pattern = || word.contains(PATTERN).then(|| words::no_pattern(word));
                asked(word).map(|(name, _)| no_column(name, columns)).or_else(pattern)
            }
            _ => None,
        })
    }

    /// Whether a device passes.
    pub(super) fn lets(&self, number: u32, device: &Device, columns: &Columns) -> bool {
        self.0.iter().all(|term| match term {
            Term::Word(word) => {
                let within = |text: &str| text.to_lowercase().contains(word.as_str());
                let last = u16::try_from(columns.len()).unwrap_or(u16::MAX);
                within(&device.name)
                    || (0..last).any(|column| match columns.cell(column, number) {
                        Cell::Text(text) => within(&text),
                        _ => false,
                    })
            }
            Term::Name(word) => device.name.to_lowercase().contains(word.as_str()),
            Term::Condition { column, comparison: Comparison::Like, with: With::Text(with) } => {
                match columns.cell(*column, number) {
                    Cell::Text(text) => text.to_lowercase().contains(with.as_str()),
                    Cell::Bool(value) => value.to_string() == *with,
                    _ => false,
                }
            }
            Term::Condition { column, comparison, with } => {
                let ordering = match (columns.cell(*column, number), with) {
                    (Cell::F64(value), With::Number(with)) => value.partial_cmp(with),
                    (Cell::F32(value), With::Number(with)) => f64::from(value).partial_cmp(with),
                    (Cell::Bool(value), With::Text(with)) => Some(value.to_string().cmp(with)),
                    (Cell::Bool(value), With::Number(with)) => f64::from(u8::from(value)).partial_cmp(with),
                    (Cell::Text(value), With::Text(with)) => Some(value.to_lowercase().cmp(with)),
                    (Cell::Text(value), With::Number(with)) => {
                        value.parse::<f64>().ok().and_then(|v| v.partial_cmp(with))
                    }
                    _ => None,
                };
                ordering.is_some_and(|ordering| comparison.holds(ordering))
            }
        })
    }
}

impl Comparison {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Comparison::Less => ordering.is_lt(),
            Comparison::AtMost => ordering.is_le(),
            Comparison::More => ordering.is_gt(),
            Comparison::AtLeast => ordering.is_ge(),
            Comparison::Equal | Comparison::Like => ordering.is_eq(),
            Comparison::Unequal => ordering.is_ne(),
        }
    }
}

/// What a value is compared with. A comma is how some people write what a point is here.
fn with(value: &str) -> With {
    let number = value.replace('−', "-").replace(',', ".").parse().map(With::Number);
    number.unwrap_or_else(|_| With::Text(value.to_lowercase()))
}

fn no_column(name: &str, columns: &Columns) -> Said {
    words::no_column(name, &columns.names().join(", "))
}

/// Whether a word only joins what must hold.
fn is_and(word: &str) -> bool {
    matches!(word, "&&" | "&") || word.eq_ignore_ascii_case("and")
}

/// `kind:pump` as a name and a value; addresses of hardware, which have many colons, are none.
fn asked(word: &str) -> Option<(&str, &str)> {
    word.split_once(':').filter(|(name, value)| !name.is_empty() && !value.contains(':'))
}

fn is_known(name: &str, columns: &Columns) -> bool {
    name.eq_ignore_ascii_case("name") || columns.find(name).is_some()
}

/// Words, quoted words and comparisons, in order.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut word = String::new();
    let mut rest = text;
    let end = |word: &mut String, pieces: &mut Vec<Piece>| {
        if !word.is_empty() {
            pieces.push(Piece::Word(std::mem::take(word)));
        }
    };
    while let Some(next) = rest.chars().next() {
        // With or without spaces around it.
        if let Some(after) = rest.strip_prefix("&&").or_else(|| rest.strip_prefix("||")) {
            end(&mut word, &mut pieces);
            pieces.push(Piece::Word(rest.get(..2).unwrap_or_default().to_owned()));
            rest = after;
            continue;
        }
        if let Some((sign, comparison)) = COMPARISONS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            end(&mut word, &mut pieces);
            pieces.push(Piece::Comparison(*comparison));
            rest = rest.get(sign.len()..).unwrap_or_default();
            continue;
        }
        rest = rest.get(next.len_utf8()..).unwrap_or_default();
        match next {
            '"' => {
                end(&mut word, &mut pieces);
                let (quoted, after) = rest.split_once('"').unwrap_or((rest, ""));
                pieces.push(Piece::Word(quoted.to_owned()));
                rest = after;
            }
            space if space.is_whitespace() => end(&mut word, &mut pieces),
            other => word.push(other),
        }
    }
    end(&mut word, &mut pieces);
    pieces
}
