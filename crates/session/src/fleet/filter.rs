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

/// A piece of the text.
#[derive(Debug, PartialEq)]
enum Piece {
    Word(String),
    Comparison(Comparison),
}

impl Filter {
    /// Reads words and conditions, all of which must hold. A name or value with spaces stands in double quotes.
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
                    let column =
                        columns.find(name).ok_or_else(|| words::no_column(name, &columns.names().join(", ")))?;
                    // A comma is how some people write what a point is here.
                    let number = value.replace('−', "-").replace(',', ".").parse().map(With::Number);
                    let with = number.unwrap_or_else(|_| With::Text(value.to_lowercase()));
                    terms.push(Term::Condition { column, comparison: *comparison, with });
                    rest
                }
                [Piece::Word(name), Piece::Comparison(_), ..] => return Err(words::no_value(name)),
                [Piece::Comparison(_), ..] => return Err(words::no_name()),
                [Piece::Word(word), rest @ ..] => {
                    terms.push(Term::Word(word.to_lowercase()));
                    rest
                }
            }
        }
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
            Comparison::Equal => ordering.is_eq(),
            Comparison::Unequal => ordering.is_ne(),
        }
    }
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
