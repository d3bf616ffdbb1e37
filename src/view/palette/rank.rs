//! How well a line of the palette fits what was typed.

/// How well `line` fits `typed`: the more the better, `None` if it does not. Every word that was typed must be found; a
/// beginning counts more than the inside of a word, and that more than letters in the same order with others between.
#[must_use]
pub fn rank(typed: &str, line: &str) -> Option<u32> {
    let line: Vec<char> = line.chars().flat_map(char::to_lowercase).collect();
    let words = typed.split_whitespace().map(|word| word.chars().flat_map(char::to_lowercase).collect::<Vec<_>>());
    let mut sum = 0u32;
    for word in words {
        sum = sum.saturating_add(rank_word(&word, &line)?);
    }
    // Of two that fit alike the shorter one is closer to what was typed.
    Some(sum.saturating_mul(256).saturating_sub(u32::try_from(line.len()).unwrap_or(u32::MAX).min(255)))
}

fn rank_word(word: &[char], line: &[char]) -> Option<u32> {
    let starts_word = |at: usize| {
        at.checked_sub(1).and_then(|before| line.get(before)).is_none_or(|before| !before.is_alphanumeric())
    };
    let whole = |at: usize| line.get(at..at + word.len()) == Some(word);
    let found: Vec<usize> = (0..line.len()).filter(|at| whole(*at)).collect();
    if found.first() == Some(&0) {
        return Some(8);
    }
    if found.iter().any(|at| starts_word(*at)) {
        return Some(6);
    }
    if !found.is_empty() {
        return Some(4);
    }
    // One letter alone says nothing, and neither do letters strewn over a sentence.
    if word.len() < 2 {
        return None;
    }
    let mut wanted = word.iter().peekable();
    let mut first = None;
    for (at, letter) in line.iter().enumerate() {
        if wanted.next_if_eq(&letter).is_some() {
            let first = *first.get_or_insert(at);
            if wanted.peek().is_none() {
                return (at - first < 4 * word.len()).then_some(1);
            }
        }
    }
    None
}

/// The lines that fit, the best first, with what is alike in the order it came.
#[must_use]
pub fn ranked<T>(typed: &str, lines: Vec<T>, words: impl Fn(&T) -> &str, most: usize) -> Vec<T> {
    let mut fitting: Vec<(u32, T)> =
        lines.into_iter().filter_map(|line| rank(typed, words(&line)).map(|rank| (rank, line))).collect();
    if !typed.trim().is_empty() {
        fitting.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    }
    fitting.into_iter().take(most).map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_comes_before_the_inside_of_a_word_and_that_before_strewn_letters() {
        let lines = vec!["Field: v_bus", "Command: reset", "Reset the layout", "Preset", "Stop every repeat"];
        let found = ranked("reset", lines.clone(), |line| line, 10);
        assert_eq!(found, ["Reset the layout", "Command: reset", "Preset"]);
        assert_eq!(ranked("rst", lines.clone(), |line| line, 10), ["Preset", "Command: reset", "Reset the layout"]);
        assert_eq!(ranked("", lines.clone(), |line| line, 10), lines, "nothing typed: as they came");
        assert_eq!(ranked("", lines, |line| line, 2).len(), 2);
    }

    #[test]
    fn every_word_must_fit_in_any_order_and_any_case() {
        assert!(rank("LAYOUT reset", "Reset the layout").is_some());
        assert!(rank("layout demo", "Reset the layout").is_none());
        assert!(rank("ÄNDER", "Änderung zurücknehmen").is_some());
        assert!(rank("x", "Reset the layout").is_none());
    }

    #[test]
    fn hostile_text_is_only_text() {
        let long = "a".repeat(100_000);
        assert!(rank(&long, "a").is_none());
        assert!(rank("b", &long).is_none());
        assert!(rank("\u{202e}\0", "name").is_none());
    }
}
