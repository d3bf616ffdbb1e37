//! `tags`.

use super::ProfileError;
use super::read::Section;

/// Tags of a profile, and characters of a tag, at most.
const MOST: (usize, usize) = (8, 32);

/// All of them.
pub(super) fn read(root: &Section<'_>) -> Result<Vec<String>, ProfileError> {
    let (tags, characters) = MOST;
    let check = |tag: &str| match tag.chars().count() {
        count if (1..=characters).contains(&count) => Ok(()),
        _ => Err(format!("a tag has 1 to {characters} characters")),
    };
    let all = root.checked_texts("tags", check)?.unwrap_or_default();
    if all.len() > tags {
        return Err(root.error_at("tags", format!("a profile has at most {tags} tags, not {}", all.len())));
    }
    Ok(all)
}
