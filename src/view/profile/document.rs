//! One text that the editor and the form change both.

use super::known::known;
use crate::words::profile_form as words;
use leptos::prelude::*;
use session::profile::edit::{self, EditError, New};
use session::profile::{Outline, Written};
use session::{Profile, ProfileError};
use std::collections::BTreeSet;

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
    /// The path of what that is about.
    pub(super) place: Memo<Option<String>>,
    /// What the form did not do, or did beside what was asked, as long as the text is the one it is said of.
    refused: RwSignal<Option<Told>>,
    /// The sections and items that are unfolded, by their keys and paths.
    open: RwSignal<BTreeSet<String>>,
    /// The texts before each change by the form.
    before: RwSignal<Vec<String>>,
}

/// What is to be told of a change by the form.
#[derive(Clone)]
struct Told {
    /// At which path nothing was changed; none where something was.
    refused: Option<String>,
    what: String,
    /// The text that it is said of.
    of: String,
}

/// Whether a path leads to something, or to a thing in it.
pub(super) fn within(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The path of a key in a table.
pub(super) fn path_of(table: &str, key: &str) -> String {
    if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") }
}

impl Document {
    pub(super) fn of(text: RwSignal<String>, open: RwSignal<BTreeSet<String>>) -> Document {
        let outline =
            known(move || text.with(|text| if text.len() > LONGEST { None } else { Outline::read(text).ok() }));
        let wrong = known(move || text.with(|text| Profile::parse(text).err()));
        let place = known(move || {
            let wrong = wrong.get()?;
            outline.with(|outline| outline.as_ref()?.place(&wrong))
        });
        Document { text, outline, wrong, place, refused: RwSignal::new(None), open, before: RwSignal::new(Vec::new()) }
    }

    /// What stands at a path, as a field shows it.
    pub(super) fn shown(self, path: &str) -> String {
        self.outline.with(|outline| outline.as_ref().map(|outline| outline.shown(path)).unwrap_or_default())
    }

    /// What stands at a path, as the text has it.
    pub(super) fn source(self, path: &str) -> String {
        self.outline.with(|outline| {
            let entry = outline.as_ref().and_then(|outline| outline.get(path));
            entry.map(|entry| self.text.with_untracked(|text| entry.source(text).to_owned())).unwrap_or_default()
        })
    }

    /// How many items a list has.
    pub(super) fn count(self, path: &str) -> usize {
        self.outline.with(|outline| outline.as_ref().map_or(0, |outline| outline.count(path)))
    }

    /// The texts or numbers of a list, joined by commas.
    pub(super) fn items(self, path: &str) -> String {
        let item = |index| self.shown(&format!("{path}[{index}]"));
        (0..self.count(path)).map(item).collect::<Vec<_>>().join(", ")
    }

    /// Whether an item of a list is no text, or one with a comma in it.
    pub(super) fn has_commas(self, path: &str) -> bool {
        let other = |shown: String| shown.is_empty() || shown.contains(',');
        (0..self.count(path)).any(|index| other(self.shown(&format!("{path}[{index}]"))))
    }

    /// The fields that the profile declares, by `message.field`.
    pub(super) fn fields(self) -> Vec<String> {
        let mut all = Vec::new();
        for index in 0..self.count("protocol.messages") {
            let message = format!("protocol.messages[{index}]");
            let name = self.shown(&path_of(&message, "name"));
            for field in 0..self.count(&path_of(&message, "fields")) {
                all.push(format!("{name}.{}", self.shown(&format!("{message}.fields[{field}].name"))));
            }
        }
        for index in 0..self.count("derived") {
            let shown = |key: &str| self.shown(&format!("derived[{index}].{key}"));
            all.push(format!("{} derived.{}", shown("message"), shown("name")));
        }
        all.retain(|name| !name.ends_with('.'));
        all
    }

    /// What the profile calls things and has words for in other languages: its own name, messages, fields, labels,
    /// commands.
    pub(super) fn names(self) -> Vec<String> {
        let mut all: Vec<String> = self.outline.with(|outline| {
            let entries = outline.iter().flat_map(|outline| outline.entries());
            let name = |path: &str| {
                let key = path.rsplit('.').next().unwrap_or(path);
                let word = ["name", "about", "message", "label", "title"].contains(&key) || path.contains(".enum");
                let own = path.ends_with("protocol.name") || within(path, "link") || within(path, "words");
                word && !own
            };
            let named = entries.filter(|entry| name(&entry.path));
            named.map(|entry| entry.value.shown()).filter(|word| !word.is_empty()).collect()
        });
        all.sort();
        all.dedup();
        all
    }

    /// The words of a language, each with what it stands for.
    pub(super) fn words(self, language: &str) -> Vec<String> {
        let table = format!("words.{language}.");
        self.outline.with(|outline| {
            let entries = outline.iter().flat_map(|outline| outline.entries());
            entries.filter_map(|entry| entry.path.strip_prefix(&table)).map(str::to_owned).collect()
        })
    }

    /// The names of the profile's commands.
    pub(super) fn commands(self) -> Vec<String> {
        (0..self.count("commands")).map(|index| self.shown(&format!("commands[{index}].name"))).collect()
    }

    /// What an item of a list is called: its name, else its label, what it is about, its kind.
    pub(super) fn called(self, item: &str) -> String {
        let keys = ["name", "label", "command", "field", "kind", "filter"];
        let mut shown = keys.iter().map(|key| self.shown(&path_of(item, key)));
        shown.find(|shown| !shown.is_empty()).unwrap_or_default()
    }

    /// What stands at a path, in a line: a list's items by what they are called, a table's values.
    pub(super) fn brief(self, path: &str) -> String {
        let parts: Vec<String> = self.outline.with(|outline| {
            let Some(outline) = outline else { return Vec::new() };
            match outline.get(path).map(|entry| &entry.value) {
                Some(Written::List(count)) => {
                    (0..*count).map(|index| self.called(&format!("{path}[{index}]"))).collect()
                }
                Some(Written::Table) => {
                    let entries = outline.entries().iter();
                    let own = entries.filter(|entry| {
                        let key = entry.path.strip_prefix(path).and_then(|rest| rest.strip_prefix('.'));
                        key.is_some_and(|key| !key.contains(['.', '[']))
                    });
                    own.map(|entry| entry.value.shown()).collect()
                }
                Some(value) => vec![value.shown()],
                None => Vec::new(),
            }
        });
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// What is wrong with the value under a key: the first mistake of the text if it is there, or what could not be done.
    pub(super) fn mistake(self, table: &str, key: &str) -> Option<String> {
        let path = path_of(table, key);
        if let Some(told) = self.told().filter(|told| told.refused.as_ref() == Some(&path)) {
            return Some(told.what);
        }
        let place = self.place.get()?;
        let error = self.wrong.get()?;
        let reason = crate::words::say(error.at_its_place());
        (within(&place, &path) || place == table && self.lacks(table, key, reason)).then(|| reason.to_owned())
    }

    /// What could not be done at a path, or is wrong with all that stands there, and not with something in it.
    pub(super) fn mistake_of(self, path: &str) -> Option<String> {
        if let Some(told) = self.told().filter(|told| told.refused.as_deref() == Some(path)) {
            return Some(told.what);
        }
        let here = self.place.get()? == path;
        here.then(|| self.wrong.get().map(|error| crate::words::say(error.at_its_place()).to_owned())).flatten()
    }

    /// Whether a key that is not there is the one that a reason asks for.
    fn lacks(self, table: &str, key: &str, reason: &str) -> bool {
        let there =
            self.outline.with(|outline| outline.as_ref().is_some_and(|all| all.get(&path_of(table, key)).is_some()));
        !there && reason.contains(&format!("`{key}`"))
    }

    /// The first mistake, if it is in a table and none of these keys is what it is about.
    pub(super) fn stray(self, table: &str, keys: &[&str]) -> Option<String> {
        let place = self.place.get()?;
        let rest = place.strip_prefix(table)?;
        let error = self.wrong.get()?;
        let reason = crate::words::say(&error.reason);
        let elsewhere = match rest.strip_prefix('.') {
            Some(rest) => {
                let key = rest.split(['.', '[']).next().unwrap_or_default();
                !keys.contains(&key)
            }
            None => rest.is_empty() && !keys.iter().any(|key| self.lacks(table, key, reason)),
        };
        elsewhere.then(|| reason.to_owned())
    }

    /// What is told of the last change, of this text.
    fn told(self) -> Option<Told> {
        let told = self.refused.get()?;
        self.text.with(|text| *text == told.of).then_some(told)
    }

    /// What the last change did beside what was asked.
    pub(super) fn aside(self) -> Option<String> {
        self.told().filter(|told| told.refused.is_none()).map(|told| told.what)
    }

    /// Where the last change could not be done: what was typed there is not in the text.
    pub(super) fn refused(self) -> Option<String> {
        self.told()?.refused
    }

    /// Puts a value under a key, or takes it away.
    pub(super) fn set(self, table: &str, key: &str, value: Option<New>) {
        self.change(&path_of(table, key), |text| edit::set(text, table, key, value.as_ref()));
    }

    /// Takes keys out of a table that do not belong to what was chosen in it, and says which went.
    pub(super) fn retain(self, table: &str, belongs: impl Fn(&str) -> bool) {
        let gone: Vec<String> = self.outline.with_untracked(|outline| {
            let entries = outline.iter().flat_map(|outline| outline.entries());
            let own = entries.filter_map(|entry| entry.path.strip_prefix(table)?.strip_prefix('.'));
            let unknown = own.filter(|key| !key.contains(['.', '[']) && !belongs(key));
            unknown.map(str::to_owned).collect()
        });
        let mut went = Vec::new();
        for key in gone {
            let before = self.text.with_untracked(String::clone);
            if let Ok(after) = without(&before, table, &key) {
                self.text.set(after);
                went.push(key);
            }
        }
        if !went.is_empty() {
            let of = self.text.get_untracked();
            self.refused.set(Some(Told { refused: None, what: words::went(&went.join(", ")), of }));
        }
    }

    /// Adds an item to a list of tables. Whether it is there.
    pub(super) fn add(self, list: &str, pairs: &[(&str, New)]) -> bool {
        self.change(list, |text| edit::add(text, list, pairs))
    }

    /// Takes an item out of a list. Whether it is gone.
    pub(super) fn remove(self, list: &str, index: usize) -> bool {
        let gone = self.change(list, |text| edit::remove(text, list, index));
        if gone {
            self.open.update(|open| *open = closed_up(open, list, index));
        }
        gone
    }

    /// Changes the text. Whether that could be done.
    fn change(self, path: &str, how: impl FnOnce(&str) -> Result<String, EditError>) -> bool {
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
                true
            }
            Err(why) => {
                let what = words::refused(why.say(crate::words::now()));
                self.refused.set(Some(Told { refused: Some(path.to_owned()), what, of: before }));
                false
            }
        }
    }

    /// Whether a section or an item is unfolded.
    pub(super) fn is_open(self, key: &str) -> bool {
        self.open.with(|open| open.contains(key))
    }

    /// Folds or unfolds it.
    pub(super) fn unfold(self, key: &str, open: bool) {
        self.open.update(|all| {
            if open {
                all.insert(key.to_owned())
            } else {
                all.remove(key)
            };
        });
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

/// A text without what stands under a key: a table with a header of its own goes with the last of its values.
fn without(text: &str, table: &str, key: &str) -> Result<String, EditError> {
    edit::set(text, table, key, None).or_else(|error| {
        let path = path_of(table, key);
        let outline = Outline::read(text).unwrap_or_default();
        let values = outline.entries().iter().filter_map(|entry| entry.path.strip_prefix(&path)?.strip_prefix('.'));
        let mut values = values.peekable();
        if values.peek().is_none() {
            return Err(error);
        }
        values.try_fold(text.to_owned(), |text, value| edit::set(&text, &path, value, None))
    })
}

/// What is unfolded once an item of a list is gone: those behind it move up.
fn closed_up(open: &BTreeSet<String>, list: &str, gone: usize) -> BTreeSet<String> {
    let moved = |key: &String| {
        let Some((index, rest)) =
            key.strip_prefix(list).and_then(|rest| rest.strip_prefix('[')).and_then(|rest| rest.split_once(']'))
        else {
            return Some(key.clone());
        };
        match index.parse::<usize>() {
            Ok(index) if index == gone => None,
            Ok(index) if index > gone => Some(format!("{list}[{}]{rest}", index - 1)),
            _ => Some(key.clone()),
        }
    };
    open.iter().filter_map(moved).collect()
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

/// Numbers with commas between them, as a list; what is none of them as text, which the reader will say is none.
pub(super) fn numbers(typed: &str) -> Option<New> {
    let infinite = |item: &str| matches!(item.trim_start_matches(['+', '-']), "inf");
    let item = |item: &str| {
        if infinite(item) { item.to_owned() } else { number(item).map_or_else(String::new, |new| new.to_toml()) }
    };
    let items: Vec<String> = typed.split(',').map(str::trim).filter(|item| !item.is_empty()).map(item).collect();
    (!items.is_empty()).then(|| New::Number(format!("[{}]", items.join(", "))))
}

/// Texts with commas between them, as a list.
pub(super) fn list(typed: &str) -> Option<New> {
    let items: Vec<String> =
        typed.split(',').map(str::trim).filter(|item| !item.is_empty()).map(edit::quoted).collect();
    (!items.is_empty()).then(|| New::Number(format!("[{}]", items.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::{New, closed_up, list, number, numbers, within};

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
        assert_eq!(numbers("-inf, 85.5"), Some(New::Number("[-inf, 85.5]".into())));
        assert_eq!(numbers("0, low"), Some(New::Number("[0, \"low\"]".into())));
    }

    #[test]
    fn what_is_unfolded_moves_up_with_its_item() {
        let open = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        let before = open(&["link", "tile[0]", "tile[1]", "tile[1].x[2]", "tile[12].x", "tiles[1]"]);
        assert_eq!(closed_up(&before, "tile", 1), open(&["link", "tile[0]", "tile[11].x", "tiles[1]"]));
    }

    #[test]
    fn a_path_leads_to_what_is_in_it_and_to_nothing_that_begins_alike() {
        assert!(within("link.baud", "link") && within("tile[1].at", "tile[1]") && within("link", "link"));
        assert!(!within("linked", "link") && !within("tile[12]", "tile[1]"));
    }
}
