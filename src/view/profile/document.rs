//! One text that the editor and the form change both.

use crate::words::profile_form as words;
use leptos::prelude::*;
use session::profile::edit::{self, EditError, New};
use session::profile::{Outline, Written};
use session::{Profile, ProfileError};

/// Texts that can be gone back to.
const STEPS: usize = 64;

/// The longest text that is shown as a form.
const LONGEST: usize = 1 << 17;

/// A profile's text, and what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Document {
    pub(super) text: RwSignal<String>,
    /// What stands in it; none while it is no TOML.
    pub(super) outline: Memo<Option<Outline>>,
    /// Its first mistake.
    pub(super) wrong: Memo<Option<ProfileError>>,
    /// Why the form could not do something.
    pub(super) refused: RwSignal<Option<String>>,
    /// The texts before each change by the form.
    before: RwSignal<Vec<String>>,
}

impl Document {
    pub(super) fn of(text: RwSignal<String>) -> Document {
        let outline =
            Memo::new(move |_| text.with(|text| if text.len() > LONGEST { None } else { Outline::read(text).ok() }));
        let wrong = Memo::new(move |_| text.with(|text| Profile::parse(text).err()));
        Document { text, outline, wrong, refused: RwSignal::new(None), before: RwSignal::new(Vec::new()) }
    }

    /// What stands at a path, as a field shows it.
    pub(super) fn shown(self, path: &str) -> String {
        self.outline.with(|outline| outline.as_ref().map(|outline| outline.shown(path)).unwrap_or_default())
    }

    /// How many items a list has.
    pub(super) fn count(self, path: &str) -> usize {
        self.outline.with(|outline| outline.as_ref().map_or(0, |outline| outline.count(path)))
    }

    /// The texts of a list, joined by commas.
    pub(super) fn texts(self, path: &str) -> String {
        let item = |index| self.shown(&format!("{path}[{index}]"));
        (0..self.count(path)).map(item).collect::<Vec<_>>().join(", ")
    }

    /// What is wrong with the value at a path, if the first mistake of the text is there.
    pub(super) fn mistake(self, path: &str) -> Option<String> {
        let error = self.wrong.get()?;
        let key = path.rsplit('.').next().unwrap_or(path);
        self.outline.with(|outline| {
            let outline = outline.as_ref()?;
            let entry = outline.get(path).filter(|entry| entry.line == error.line)?;
            let value = |value: &Written| !matches!(value, Written::Table | Written::List(_));
            let others = outline.entries().iter().filter(|other| other.line == entry.line && value(&other.value));
            let reason = crate::words::say(&error.reason);
            let named = reason.contains(&format!("`{key}`")) || reason.contains(&format!(".{key}:"));
            (named || others.count() == 1).then(|| reason.to_owned())
        })
    }

    /// Puts a value under a key, or takes it away.
    pub(super) fn set(self, table: &str, key: &str, value: Option<New>) {
        self.change(|text| edit::set(text, table, key, value.as_ref()));
    }

    /// Takes away all keys of a table but these, and says which went.
    pub(super) fn retain(self, table: &str, known: &[&str]) {
        let gone: Vec<String> = self.outline.with_untracked(|outline| {
            let entries = outline.iter().flat_map(|outline| outline.entries());
            let own = entries.filter_map(|entry| entry.path.strip_prefix(table)?.strip_prefix('.'));
            let unknown = own.filter(|key| !key.contains(['.', '[']) && !known.contains(key));
            unknown.map(str::to_owned).collect()
        });
        let mut went = Vec::new();
        for key in gone {
            let before = self.text.with_untracked(String::clone);
            if let Ok(after) = edit::set(&before, table, &key, None) {
                self.text.set(after);
                went.push(key);
            }
        }
        if !went.is_empty() {
            self.refused.set(Some(words::went(&went.join(", "))));
        }
    }

    /// Adds an item to a list of tables.
    pub(super) fn add(self, list: &str, pairs: &[(&str, New)]) {
        self.change(|text| edit::add(text, list, pairs));
    }

    /// Takes an item out of a list.
    pub(super) fn remove(self, list: &str, index: usize) {
        self.change(|text| edit::remove(text, list, index));
    }

    fn change(self, how: impl FnOnce(&str) -> Result<String, EditError>) {
        let before = self.text.get_untracked();
        match how(&before) {
            Ok(after) => {
                self.refused.set(None);
                if after != before {
                    self.before.update(|steps| {
                        steps.push(before);
                        let excess = steps.len().saturating_sub(STEPS);
                        steps.drain(..excess);
                    });
                    self.text.set(after);
                }
            }
            Err(why) => self.refused.set(Some(words::refused(why.say(crate::words::now())))),
        }
    }

    /// Whether a change by the form can be taken back.
    pub(super) fn has_steps(self) -> bool {
        self.before.with(|steps| !steps.is_empty())
    }

    /// Goes back to the text before the last change by the form.
    pub(super) fn undo(self) {
        if let Some(before) = self.before.try_update(Vec::pop).flatten() {
            self.refused.set(None);
            self.text.set(before);
        }
    }
}

/// What was typed as a number: as one if it is, else as text, which the reader will say is none.
pub(super) fn number(typed: &str) -> Option<New> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    if let "true" | "false" = typed {
        return Some(New::Truth(typed == "true"));
    }
    let hex = typed.strip_prefix("0x").is_some_and(|digits| u64::from_str_radix(digits, 16).is_ok());
    let plain = typed.parse::<i64>().is_ok() || typed.parse::<f64>().is_ok_and(f64::is_finite) && toml_float(typed);
    let digits = typed.trim_start_matches(['+', '-']);
    let leading = digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some(if (hex || plain) && !leading { New::Number(typed.to_owned()) } else { New::Text(typed.to_owned()) })
}

/// TOML wants digits on both sides of the point.
fn toml_float(typed: &str) -> bool {
    let digits = typed.trim_start_matches(['+', '-']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.split_once('.').is_none_or(|(_, after)| after.starts_with(|c: char| c.is_ascii_digit()))
}

/// Texts with commas between them, as a list.
pub(super) fn list(typed: &str) -> Option<New> {
    let items: Vec<String> =
        typed.split(',').map(str::trim).filter(|item| !item.is_empty()).map(edit::quoted).collect();
    (!items.is_empty()).then(|| New::Number(format!("[{}]", items.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::{New, list, number};

    #[test]
    fn what_is_typed_is_a_number_only_where_toml_has_it() {
        for good in ["9600", "-40", "0.1", "1e-7", "0x1b4f", "+3"] {
            assert_eq!(number(good), Some(New::Number(good.into())), "{good}");
        }
        for wrong in ["fast", "1.", ".5", "007", "1,5", "0xzz", "nan", "1 2"] {
            assert_eq!(number(wrong), Some(New::Text(wrong.into())), "{wrong}");
        }
        assert_eq!(number("  "), None);
        assert_eq!(list("a,  b \"c\","), Some(New::Number("[\"a\", \"b \\\"c\\\"\"]".into())));
        assert_eq!(list(" , "), None);
    }
}
