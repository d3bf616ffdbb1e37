//! "Did you mean": the nearest of the known words.

use crate::words::{Said, profile as words};

/// The nearest known word if one is near, else all of them.
pub(super) fn among(word: &str, known: &[&str]) -> Said {
    let near = known.iter().map(|candidate| (distance(word, candidate), *candidate)).min();
    match near {
        Some((_, candidate)) if self::near(word, candidate) => words::did_you_mean(candidate),
        None => words::none_known(),
        _ => words::known(&known.join(", ")),
    }
}

/// Whether one word may be meant for the other.
pub(crate) fn near(word: &str, known: &str) -> bool {
    let distance = distance(word, known);
    distance <= 2 && distance < known.len()
}

/// Edit distance (Levenshtein 1966), on characters.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut left = i.saturating_add(1);
        let mut corner = i;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, y) in row.iter_mut().skip(1).zip(b.chars()) {
            let substituted = corner.saturating_add(usize::from(x != y));
            corner = *cell;
            left = substituted.min(left.saturating_add(1)).min(cell.saturating_add(1));
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("baut", "baud", 1)] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn near_words_are_suggested_and_far_ones_listed() {
        assert_eq!(among("baut", &["baud", "kind"]), "did you mean `baud`?");
        assert_eq!(among("zzzzzz", &["baud", "kind"]), "known: baud, kind");
        assert_eq!(among("state", &[]), "there are none yet");
    }
}
