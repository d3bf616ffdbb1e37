//! A profile's text as a list of what stands in it and where: what a form shows of a profile, finished or not.

use super::ProfileError;
use super::read::{Source, written};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Levels of tables and lists that are followed: TOML's own reader takes no more of inline ones, and headers of more
/// parts are no profile's.
const DEEPEST: usize = 80;

/// What stands under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// Text, without its quotes and escapes.
    Text(String),
    /// A number or a date, as it was written.
    Number(String),
    /// True or false.
    Truth(bool),
    /// A list of so many items.
    List(usize),
    /// A table.
    Table,
}

impl Written {
    /// Text, a number or a truth as a field of a form shows it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Written::Text(text) | Written::Number(text) => text.clone(),
            Written::Truth(truth) => truth.to_string(),
            Written::List(_) | Written::Table => String::new(),
        }
    }
}

/// One thing in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What leads to it: keys joined by dots, places in lists in brackets (`commands[0].args[1].name`).
    pub path: String,
    /// What it is.
    pub value: Written,
    /// Its line, from 1.
    pub line: u32,
    /// Its key's bytes; empty for an item of a list.
    pub(super) key: Range<usize>,
    /// Its value's bytes: for a table under a header, those of the header.
    pub(super) span: Range<usize>,
}

/// Everything that stands in a profile's text, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    entries: Vec<Entry>,
}

impl Entry {
    /// Its value as it is written in the text that was read: TOML.
    #[must_use]
    pub fn source<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.span.clone()).unwrap_or_default()
    }
}

impl Outline {
    /// Reads a text that need be no profile yet, only TOML.
    ///
    /// # Errors
    /// The first breach of TOML's grammar, with its line.
    pub fn read(text: &str) -> Result<Outline, ProfileError> {
        let source = Source::new(text);
        let document = source.parse()?;
        let mut entries = Vec::new();
        table("", document.get_ref(), 0, &mut entries);
        let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        for entry in &mut entries {
            let start = if entry.key.is_empty() { entry.span.start } else { entry.key.start };
            let before = breaks.partition_point(|at| *at < start);
            entry.line = u32::try_from(before.saturating_add(1)).unwrap_or(u32::MAX);
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Outline { entries })
    }

    /// What stands at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Entry> {
        let place = self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        self.entries.get(place)
    }

    /// What a form shows of a path: empty where nothing stands there.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        self.get(path).map_or_else(String::new, |entry| entry.value.shown())
    }

    /// How many items the list at a path has.
    #[must_use]
    pub fn count(&self, path: &str) -> usize {
        match self.get(path).map(|entry| &entry.value) {
            Some(Written::List(count)) => *count,
            _ => 0,
        }
    }

    /// The path of what a mistake of the same text is about: the value that is wrong, the key that is not known or
    /// missing, or a table (empty for the profile itself).
    #[must_use]
    pub fn place(&self, mistake: &ProfileError) -> Option<String> {
        if mistake.line == 0 {
            return None;
        }
        let starts = |entry: &&Entry| {
            let key = !entry.key.is_empty() && entry.key.start == mistake.offset;
            key || entry.span.start == mistake.offset
        };
        let holds = |entry: &&Entry| mistake.lacks.is_none() || entry.value == Written::Table;
        // A list begins where its first item does.
        let deepest = self.entries.iter().filter(starts).filter(holds).max_by_key(|entry| entry.path.len());
        let place = deepest.map(|entry| entry.path.as_str()).or_else(|| (mistake.offset == 0).then_some(""))?;
        Some(mistake.lacks.as_ref().map_or_else(|| place.to_owned(), |key| join(place, key)))
    }

    /// Everything, in order of the paths.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What stands directly in a table whose keys may hold any characters: nothing stands below it.
    pub(super) fn children_of<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Entry> {
        let within = move |entry: &&Entry| entry.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        self.entries.iter().filter(within)
    }

    /// What stands directly in a table, without what stands below that.
    pub(super) fn children<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| parent(&entry.path) == path)
    }

    /// A thing and everything below it.
    pub(super) fn below<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Entry> {
        let within = move |entry: &&Entry| {
            let rest = entry.path.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.entries.iter().filter(within)
    }
}

/// The path of what holds this.
pub(super) fn parent(path: &str) -> &str {
    let end = if path.ends_with(']') { path.rfind('[') } else { path.rfind('.') };
    end.and_then(|end| path.get(..end)).unwrap_or("")
}

/// A path and a key.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn table(path: &str, table: &DeTable<'_>, depth: usize, entries: &mut Vec<Entry>) {
    for (key, value) in table.iter() {
        thing(join(path, key.get_ref()), key.span(), value, depth, entries);
    }
}

fn thing(path: String, key: Range<usize>, value: &Spanned<DeValue<'_>>, depth: usize, entries: &mut Vec<Entry>) {
    let kind = match value.get_ref() {
        DeValue::String(text) => Written::Text(text.to_string()),
        DeValue::Boolean(truth) => Written::Truth(*truth),
        DeValue::Array(items) => Written::List(items.len()),
        DeValue::Table(_) => Written::Table,
        other => Written::Number(written(other)),
    };
    entries.push(Entry { path: path.clone(), value: kind, line: 0, key, span: value.span() });
    if depth >= DEEPEST {
        return;
    }
    match value.get_ref() {
        DeValue::Table(inner) => table(&path, inner, depth.saturating_add(1), entries),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                thing(format!("{path}[{index}]"), 0..0, item, depth.saturating_add(1), entries);
            }
        }
        _ => {}
    }
}
