//! Changes to a profile's text that leave everything else of it as it was: comments, order, blanks.
//!
//! The text is cut at the places that the TOML reader tells, so no second reader is needed. Each change is read back:
//! whatever it would touch beside what it is meant to, it is not done.

use super::outline::{Entry, Outline, Written, join, parent};
use crate::words::{Language, Said, edit as words};
use std::fmt::Write as _;
use std::ops::Range;

/// A change that is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError(Said);

impl EditError {
    /// Why not, in a language.
    #[must_use]
    pub fn say(&self, language: Language) -> &str {
        self.0.say(language)
    }
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for EditError {}

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// Text.
    Text(String),
    /// A number, as it is to be written.
    Number(String),
    /// True or false.
    Truth(bool),
    /// Text of many lines, each on a line of its own.
    Lines(String),
}

impl New {
    /// As TOML.
    #[must_use]
    pub fn to_toml(&self) -> String {
        match self {
            New::Text(text) => quoted(text),
            New::Number(number) => number.clone(),
            New::Truth(truth) => truth.to_string(),
            New::Lines(text) => lines(text),
        }
    }
}

/// A literal string of many lines (TOML 1.0, "String"), where it can hold the text; else a basic one.
fn lines(text: &str) -> String {
    let hidden = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.contains("'''") || text.contains(hidden) || text.ends_with('\'') {
        return quoted(text);
    }
    // The first line break is not part of the text.
    format!("'''\n{text}'''")
}

/// A basic string (TOML 1.0, "String").
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut toml = String::from("\"");
    for c in text.chars() {
        let _ = match c {
            '"' => write!(toml, "\\\""),
            '\\' => write!(toml, "\\\\"),
            '\n' => write!(toml, "\\n"),
            '\r' => write!(toml, "\\r"),
            '\t' => write!(toml, "\\t"),
            c if c.is_control() => write!(toml, "\\u{:04x}", u32::from(c)),
            c => write!(toml, "{c}"),
        };
    }
    toml.push('"');
    toml
}

fn refused<T>(why: Said) -> Result<T, EditError> {
    Err(EditError(why))
}

fn elsewhere<T>(path: &str) -> Result<T, EditError> {
    refused(words::elsewhere(path))
}

/// Puts a value under a key of a table, in place of the one that is there; without a value, takes it away. A table that
/// is not there yet is made, and one that has nothing left goes.
///
/// # Errors
/// The text is no TOML, or written in a way in which this cannot be done without touching something else.
pub fn set(text: &str, table: &str, key: &str, value: Option<&New>) -> Result<String, EditError> {
    let outline = read(text)?;
    let path = join(table, key);
    let made = match (outline.get(&path), value) {
        (None, None) => return Ok(text.to_owned()),
        (Some(entry), Some(value)) => replaced(text, entry.span.clone(), &value.to_toml()),
        (Some(entry), None) => without_empty(without(text, &outline, entry)?, table)?,
        (None, Some(value)) => inserted(text, &outline, table, key, &value.to_toml())?,
    };
    verified(&outline, made, &path)
}

/// Adds an item to a list of tables: these keys with these values.
///
/// # Errors
/// As [`set`].
pub fn add(text: &str, list: &str, pairs: &[(&str, New)]) -> Result<String, EditError> {
    let outline = read(text)?;
    let inline = || {
        let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} = {}", value.to_toml())).collect();
        format!("{{ {} }}", pairs.join(", "))
    };
    let lines = || pairs.iter().map(|(key, value)| format!("{key} = {}\n", value.to_toml())).collect::<String>();
    let count = outline.count(list);
    let last = count.checked_sub(1).and_then(|last| outline.get(&format!("{list}[{last}]")));
    let made = match (outline.get(list), last) {
        (_, Some(item)) if header(text, item) => {
            let block = format!("\n[[{list}]]\n{}", lines());
            let at = line_end(text, end_of(&outline, &item.path));
            replaced(text, at..at, &fitted(text, at, &block))
        }
        (Some(entry), Some(item)) => {
            // As the items before it stand: each on its line, or all in one.
            let before = text.get(entry.span.start..item.span.start).unwrap_or_default();
            let apart = before.rfind('\n').and_then(|at| before.get(at..)).filter(|gap| gap.trim().is_empty());
            let gap = apart.unwrap_or(" ");
            replaced(text, item.span.end..item.span.end, &format!(",{gap}{}", inline()))
        }
        (Some(entry), None) if entry.value == Written::List(0) => {
            replaced(text, entry.span.clone(), &format!("[{}]", inline()))
        }
        (None, None) if !list.contains(['.', '[']) || list.starts_with("protocol.") && !list.contains('[') => {
            replaced(text, text.len()..text.len(), &fitted(text, text.len(), &format!("\n[[{list}]]\n{}", lines())))
        }
        (None, None) => inserted(text, &outline, parent(list), last_key(list), &format!("[{}]", inline()))?,
        _ => return elsewhere(list),
    };
    counted(verified(&outline, made, list)?, list, count.saturating_add(1))
}

/// Takes an item out of a list of tables.
///
/// # Errors
/// As [`set`].
pub fn remove(text: &str, list: &str, index: usize) -> Result<String, EditError> {
    let outline = read(text)?;
    let Some(item) = outline.get(&format!("{list}[{index}]")) else { return Ok(text.to_owned()) };
    let made = if header(text, item) {
        let end = line_end(text, end_of(&outline, &item.path));
        let start = line_start(text, item.span.start);
        // The blank line before it goes along.
        let start = if text.get(..start).is_some_and(|before| before.ends_with("\n\n")) { start - 1 } else { start };
        replaced(text, start..end, "")
    } else {
        replaced(text, item_span(text, item.span.clone()), "")
    };
    counted(verified(&outline, made, list)?, list, outline.count(list).saturating_sub(1))
}

/// The text, if its list has so many items.
fn counted(text: String, list: &str, count: usize) -> Result<String, EditError> {
    if read(&text)?.count(list) == count { Ok(text) } else { elsewhere(list) }
}

fn read(text: &str) -> Result<Outline, EditError> {
    Outline::read(text).or_else(|error| refused(error.said()))
}

/// Holds a changed text against the one before: outside `path` nothing is other than it was.
fn verified(before: &Outline, made: String, path: &str) -> Result<String, EditError> {
    let after = read(&made)?;
    let outside = |outline: &Outline| -> Vec<(String, Written)> {
        let within = |entry: &&Entry| {
            let below = |longer: &str, shorter: &str| {
                longer.strip_prefix(shorter).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            };
            // Tables that had to be made for it count with it.
            below(&entry.path, path) || entry.value == Written::Table && below(path, &entry.path)
        };
        let entries = outline.entries().iter().filter(|entry| !within(entry));
        entries.map(|entry| (entry.path.clone(), entry.value.clone())).collect()
    };
    if outside(before) == outside(&after) { Ok(made) } else { elsewhere(path) }
}

/// A key as it is written: bare where it can be (TOML 1.0, "Keys").
fn written_key(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if bare { key.to_owned() } else { quoted(key) }
}

fn last_key(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Whether a table or an item stands under a header of its own.
fn header(text: &str, entry: &Entry) -> bool {
    text.get(entry.span.start..).is_some_and(|rest| rest.starts_with('[')) && entry.value == Written::Table
}

fn replaced(text: &str, span: Range<usize>, with: &str) -> String {
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    format!("{before}{with}{after}")
}

/// Where everything of a thing ends: the last byte of what is written below it.
fn end_of(outline: &Outline, path: &str) -> usize {
    outline.below(path).map(|entry| entry.span.end).max().unwrap_or(0)
}

/// Behind the end of the line.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at.saturating_add(rest.find('\n').map_or(rest.len(), |end| end.saturating_add(1)))
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end.saturating_add(1))
}

/// Lines for a place that may be the end of a text without a last line ending.
fn fitted(text: &str, at: usize, lines: &str) -> String {
    let before = text.get(..at).unwrap_or_default();
    if before.is_empty() {
        lines.trim_start_matches('\n').to_owned()
    } else if before.ends_with('\n') {
        lines.to_owned()
    } else {
        format!("\n{lines}")
    }
}

/// The text without a key and its value.
fn without(text: &str, outline: &Outline, entry: &Entry) -> Result<String, EditError> {
    if entry.key.is_empty() || header(text, entry) {
        return elsewhere(&entry.path);
    }
    let holder = outline.get(parent(&entry.path));
    if holder.is_some_and(|holder| text.get(holder.span.start..).is_some_and(|rest| rest.starts_with('{'))) {
        return Ok(replaced(text, item_span(text, entry.key.start..entry.span.end), ""));
    }
    Ok(replaced(text, line_start(text, entry.key.start)..line_end(text, entry.span.end), ""))
}

/// The text without a table that has a header of its own and nothing in it: most tables need a key or another.
fn without_empty(text: String, table: &str) -> Result<String, EditError> {
    let outline = read(&text)?;
    let empty = |entry: &&Entry| header(&text, entry) && outline.below(table).count() == 1;
    // An item of a list stays: which one comes next would change.
    let at = outline.get(table).filter(empty).map(|entry| entry.span.start);
    match at.filter(|at| text.get(*at..).is_some_and(|rest| !rest.starts_with("[["))) {
        Some(at) => Ok(replaced(&text, line_start(&text, at)..line_end(&text, at), "")),
        None => Ok(text),
    }
}

/// An item of an inline list or table with the comma that goes with it, and its line if it has one of its own.
fn item_span(text: &str, span: Range<usize>) -> Range<usize> {
    let after = text.get(span.end..).unwrap_or_default();
    let blank = after.len().saturating_sub(after.trim_start_matches([' ', '\t']).len());
    let comma = after.get(blank..).is_some_and(|rest| rest.starts_with(','));
    let before = text.get(..span.start).unwrap_or_default();
    if comma {
        let end = span.end.saturating_add(blank).saturating_add(1);
        let rest = text.get(end..).unwrap_or_default();
        let own_line = before.trim_end_matches([' ', '\t']).ends_with('\n');
        let line = rest.split('\n').next().unwrap_or_default().trim();
        if own_line && (line.is_empty() || line.starts_with('#')) {
            return line_start(text, span.start)..line_end(text, end);
        }
        let blank = rest.len().saturating_sub(rest.trim_start_matches(' ').len());
        return span.start..end.saturating_add(blank);
    }
    // The last one: the comma before it goes.
    let trimmed = before.trim_end();
    let start = trimmed.strip_suffix(',').map_or(span.start, str::len);
    start..span.end
}

/// The text with a key more in a table.
fn inserted(text: &str, outline: &Outline, table: &str, key: &str, toml: &str) -> Result<String, EditError> {
    let key = &written_key(key);
    let line = format!("{key} = {toml}\n");
    // What is written under a header of its own stands further down.
    let last = outline.children(table).filter(|entry| !entry.key.is_empty() && !headed(text, outline, entry));
    let last = last.map(|entry| entry.span.end).max();
    if table.is_empty() {
        let at = last.map_or_else(|| after_comments(text), |end| line_end(text, end));
        return Ok(replaced(text, at..at, &fitted(text, at, &line)));
    }
    let Some(holder) = outline.get(table) else {
        // A table within one that is written under headers, or within none, gets a header of its own.
        let within = outline.get(parent(table));
        if table.contains(['.', '[']) && (table.contains('[') || within.is_some_and(|within| !header(text, within))) {
            return inserted(text, outline, parent(table), last_key(table), &format!("{{ {key} = {toml} }}"));
        }
        let block = fitted(text, text.len(), &format!("\n[{table}]\n{line}"));
        return Ok(replaced(text, text.len()..text.len(), &block));
    };
    if header(text, holder) {
        let at = line_end(text, last.unwrap_or(holder.span.end));
        return Ok(replaced(text, at..at, &fitted(text, at, &line)));
    }
    match text.get(holder.span.clone()).and_then(|inline| inline.strip_prefix('{')) {
        Some(_) => Ok(match last {
            Some(end) => replaced(text, end..end, &format!(", {key} = {toml}")),
            None => replaced(text, holder.span.clone(), &format!("{{ {key} = {toml} }}")),
        }),
        None => elsewhere(table),
    }
}

/// Whether a key's value stands under headers: a table, or a list of tables.
fn headed(text: &str, outline: &Outline, entry: &Entry) -> bool {
    header(text, entry) || outline.get(&format!("{}[0]", entry.path)).is_some_and(|item| header(text, item))
}

/// Behind the comments that a text begins with.
fn after_comments(text: &str) -> usize {
    let comment = |line: &&str| line.trim_start().starts_with('#');
    text.split_inclusive('\n').take_while(comment).map(str::len).sum()
}
