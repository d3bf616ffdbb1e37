//! `tags`.

use super::ProfileError;
use super::read::Section;
use crate::screen::visible;
use crate::words::profile as words;

/// Tags of a profile, and characters of a tag, at most.
const MOST: (usize, usize) = (8, 32);

/// All of them.
pub(super) fn read(root: &Section<'_>) -> Result<Vec<String>, ProfileError> {
    let (tags, characters) = MOST;
    let check = |tag: &str| match tag.chars().count() {
        count if (1..=characters).contains(&count) => Ok(()),
        _ => Err(words::tag_length(characters)),
    };
    let all = root.checked_texts("tags", check)?.unwrap_or_default();
    if all.len() > tags {
        return Err(root.error_at("tags", words::too_many_tags(tags, all.len())));
    }
    Ok(all.iter().map(|tag| visible(tag)).collect())
}
