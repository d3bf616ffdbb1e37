//! `[words]`: what a profile calls things, in other languages. Only what people read: names in data, expressions, exports
//! and addresses stay as the profile has them.

use super::ProfileError;
use super::outline::{Entry, Outline, Written};
use super::read::Section;
use crate::screen::visible;
use crate::words::Language;
use std::collections::BTreeMap;
use std::collections::btree_map::Iter;

/// Where they stand in a profile.
const TABLE: &str = "words";

/// What a profile calls things in one language, by what it calls them itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Those that a profile's text has in a language; none where it has none or is no TOML. The rest of the text is held
    /// against nothing.
    #[must_use]
    pub fn of(text: &str, language: Language) -> Words {
        let path = format!("{TABLE}.{}", language.tag());
        let begins_a_line =
            |at: &usize| text.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with('\n'));
        let place = |what: &str| text.match_indices(what).map(|(at, _)| at).find(begins_a_line);
        // A list of many profiles has to be there at once: where the table stands as it mostly does, it is read alone.
        let alone = place(&format!("[{path}]")).and_then(|from| {
            let rest = text.get(from..)?;
            let end = rest.find("\n[").unwrap_or(rest.len());
            Outline::read(rest.get(..end)?).ok()
        });
        let elsewhere = || [TABLE, "[words"].into_iter().find_map(place).and_then(|_| Outline::read(text).ok());
        let Some(outline) = alone.or_else(elsewhere) else { return Words::default() };
        let pair = |entry: &Entry| match &entry.value {
            Written::Text(word) => Some((entry.path.get(path.len().saturating_add(1)..)?.to_owned(), visible(word))),
            _ => None,
        };
        Words(outline.children_of(&path).filter_map(pair).collect())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them: what the profile says, and what is said for it.
    pub fn iter(&self) -> Iter<'_, String, String> {
        self.0.iter()
    }

    /// What is said for a text; the text itself where there is nothing else. A path of names (`drive.speed`) is said part
    /// for part.
    #[must_use]
    pub fn say(&self, text: &str) -> String {
        if self.is_empty() {
            return text.to_owned();
        }
        if let Some(word) = self.0.get(text) {
            return word.clone();
        }
        let part = |part: &str| self.0.get(part).cloned().unwrap_or_else(|| part.to_owned());
        match text.contains('.') && !text.contains(' ') {
            true => text.split('.').map(part).collect::<Vec<_>>().join("."),
            false => text.to_owned(),
        }
    }
}

/// Reads `[words]`. A key that stands nowhere in the profile is left alone: a text that is changed need not be changed in
/// two places to be put in force.
pub(super) fn check(root: &Section<'_>) -> Result<(), ProfileError> {
    let Some(section) = root.section(TABLE)? else { return Ok(()) };
    let tags = Language::ALL.map(Language::tag);
    section.only(&tags)?;
    for tag in tags {
        let Some(section) = section.section(tag)? else { continue };
        let mut keys: Vec<_> = section.table().keys().collect();
        keys.sort_by_key(|key| key.span().start);
        for key in keys {
            section.required_text(key.get_ref())?;
        }
    }
    Ok(())
}
