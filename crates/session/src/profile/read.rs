//! Reading typed values out of TOML with the line of every mistake.

use super::{ProfileError, suggest};
use crate::screen::visible;
use crate::words::{Said, profile as words};
use std::fmt::Display;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text, to turn offsets into lines.
pub(super) struct Source<'a> {
    text: &'a str,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Source { text }
    }

    /// The document, or the first breach of TOML's grammar.
    pub(super) fn parse(&self) -> Result<Spanned<DeTable<'a>>, ProfileError> {
        DeTable::parse(self.text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            self.error(offset, words::not_toml(error.message()))
        })
    }

    pub(super) fn error(&self, offset: usize, reason: Said) -> ProfileError {
        ProfileError { line: self.line(offset), reason, offset, lacks: None, here: None }
    }

    /// The line of an offset, from 1.
    pub(super) fn line(&self, offset: usize) -> u32 {
        let before = self.text.as_bytes().iter().take(offset);
        let breaks = before.filter(|byte| **byte == b'\n').count();
        u32::try_from(breaks.saturating_add(1)).unwrap_or(u32::MAX)
    }
}

/// One TOML table: its name in messages, where it begins, its entries.
pub(super) struct Section<'a> {
    source: &'a Source<'a>,
    name: Said,
    offset: usize,
    table: &'a DeTable<'a>,
}

impl<'a> Section<'a> {
    /// The document itself.
    pub(super) fn root(source: &'a Source<'a>, table: &'a DeTable<'a>) -> Self {
        Section { source, name: words::the_profile(), offset: 0, table }
    }

    pub(super) fn table(&self) -> &'a DeTable<'a> {
        self.table
    }

    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    pub(super) fn error(&self, offset: usize, reason: Said) -> ProfileError {
        self.source.error(offset, reason)
    }

    /// An error at a key's value, or at the table where there is none.
    pub(super) fn error_at(&self, key: &str, reason: Said) -> ProfileError {
        match self.value(key) {
            Some(value) => self.error(value.span().start, reason),
            None => self.error(self.offset, reason).lacking(key),
        }
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// Refuses every key but these; the first in the text is named.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ProfileError> {
        let unknown = self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
        let Some(key) = unknown.min_by_key(|key| key.span().start) else { return Ok(()) };
        let hint = suggest::among(key.get_ref(), known);
        let reason = words::with_hint(&words::no_key(&self.name, key.get_ref()), &hint);
        Err(self.error(key.span().start, reason))
    }

    /// Whether there is a list under that key.
    pub(super) fn is_list(&self, key: &str) -> bool {
        self.value(key).is_some_and(|value| matches!(value.get_ref(), DeValue::Array(_)))
    }

    /// Whether there is a list under that key whose first item is a table.
    pub(super) fn is_list_of_tables(&self, key: &str) -> bool {
        self.value(key).is_some_and(|value| match value.get_ref() {
            DeValue::Array(items) => {
                items.iter().next().is_some_and(|item| matches!(item.get_ref(), DeValue::Table(_)))
            }
            _ => false,
        })
    }

    fn missing(&self, key: &str) -> ProfileError {
        self.error(self.offset, words::needs_key(&self.name, key)).lacking(key).said_there(words::needed())
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &Said) -> ProfileError {
        let reason = words::must_be(key, wanted, &described(value.get_ref()));
        self.error(value.span().start, reason)
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<String>, ProfileError> {
        match self.value(key) {
            None => Ok(None),
            Some(value) => match value.get_ref() {
                DeValue::String(text) => Ok(Some(text.clone().into_owned())),
                _ => Err(self.wrong(key, value, &words::a_text())),
            },
        }
    }

    /// A text that must be there and not be empty.
    pub(super) fn required_text(&self, key: &str) -> Result<String, ProfileError> {
        let text = self.text(key)?.ok_or_else(|| self.missing(key))?;
        if text.is_empty() { Err(self.error_at(key, words::empty(key))) } else { Ok(text) }
    }

    /// A text for people that must be there and not be empty, without anything in it that hides (faults S24, S36): what
    /// cannot be seen has a stand-in.
    pub(super) fn required_shown(&self, key: &str) -> Result<String, ProfileError> {
        Ok(visible(&self.required_text(key)?))
    }

    /// One of some words.
    pub(super) fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Result<Option<T>, ProfileError> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        if let Some((_, choice)) = choices.iter().find(|(word, _)| *word == text) {
            return Ok(Some(*choice));
        }
        let all: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        Err(self.error_at(key, words::one_of(key, &all.join(", "), &text)))
    }

    pub(super) fn truth(&self, key: &str) -> Result<Option<bool>, ProfileError> {
        match self.value(key) {
            None => Ok(None),
            Some(value) => match value.get_ref() {
                DeValue::Boolean(truth) => Ok(Some(*truth)),
                _ => Err(self.wrong(key, value, &words::a_truth())),
            },
        }
    }

    /// A whole number within bounds.
    pub(super) fn whole<T>(&self, key: &str, min: T, max: T) -> Result<Option<T>, ProfileError>
    where
        T: TryFrom<i128> + PartialOrd + Display,
    {
        let Some(value) = self.value(key) else { return Ok(None) };
        let wanted = words::a_whole(&min.to_string(), &max.to_string());
        let DeValue::Integer(integer) = value.get_ref() else { return Err(self.wrong(key, value, &wanted)) };
        let number = i128::from_str_radix(integer.as_str(), integer.radix()).ok().and_then(|n| T::try_from(n).ok());
        match number {
            Some(number) if number >= min && number <= max => Ok(Some(number)),
            _ => Err(self.wrong(key, value, &wanted)),
        }
    }

    /// A number, whole or not.
    pub(super) fn number(&self, key: &str) -> Result<Option<f64>, ProfileError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        match number(value.get_ref()) {
            Some(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(self.wrong(key, value, &words::a_number())),
        }
    }

    /// A list of texts.
    pub(super) fn texts(&self, key: &str) -> Result<Option<Vec<String>>, ProfileError> {
        self.checked_texts(key, |_| Ok(()))
    }

    /// A list of texts, each of which must pass; else its line and why not.
    pub(super) fn checked_texts(
        &self,
        key: &str,
        check: impl Fn(&str) -> Result<(), Said>,
    ) -> Result<Option<Vec<String>>, ProfileError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let DeValue::Array(items) = value.get_ref() else {
            return Err(self.wrong(key, value, &words::a_list_of_texts()));
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            let DeValue::String(text) = item.get_ref() else {
                return Err(self.wrong(key, item, &words::a_list_of_texts()));
            };
            check(text).map_err(|reason| self.error(item.span().start, reason))?;
            texts.push(text.clone().into_owned());
        }
        Ok(Some(texts))
    }

    /// A list, each item of which must be readable; else its line and why not. None where the key is absent.
    pub(super) fn checked_items<T>(
        &self,
        key: &str,
        read: impl Fn(&DeValue<'_>) -> Result<T, Said>,
    ) -> Result<Vec<T>, ProfileError> {
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let DeValue::Array(items) = value.get_ref() else { return Err(self.wrong(key, value, &words::a_list())) };
        let item =
            |item: &Spanned<DeValue<'_>>| read(item.get_ref()).map_err(|reason| self.error(item.span().start, reason));
        items.iter().map(item).collect()
    }

    /// An error in a line, from 1, of a key's text.
    pub(super) fn error_in(&self, key: &str, line: u32, reason: Said) -> ProfileError {
        let Some(value) = self.value(key) else { return self.error(self.offset, reason) };
        let mut error = self.error(value.span().start, reason);
        let text = self.source.text.get(value.span()).unwrap_or_default();
        let quotes = ["\"\"\"", "'''"].iter().find(|quotes| text.starts_with(**quotes));
        if let Some(quotes) = quotes {
            // A line break right after the quotation marks is not part of the text (TOML 1.0, "String").
            let inside = text.get(quotes.len()..).unwrap_or_default();
            let first = u32::from(inside.starts_with(['\n', '\r']));
            error.line = error.line.saturating_add(line.saturating_sub(1)).saturating_add(first);
        }
        error
    }

    fn below(&self, key: &str, value: &'a Spanned<DeValue<'a>>, table: &'a DeTable<'a>) -> Section<'a> {
        Section { source: self.source, name: words::table(key), offset: value.span().start, table }
    }

    pub(super) fn section(&self, key: &str) -> Result<Option<Section<'a>>, ProfileError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let DeValue::Table(table) = value.get_ref() else { return Err(self.wrong(key, value, &words::a_table())) };
        Ok(Some(self.below(key, value, table)))
    }

    pub(super) fn required_section(&self, key: &str) -> Result<Section<'a>, ProfileError> {
        let missing = || self.error(self.offset, words::needs_table(&self.name, key)).lacking(key);
        self.section(key)?.ok_or_else(missing)
    }

    /// A list of tables; none where the key is absent.
    pub(super) fn sections(&self, key: &str) -> Result<Vec<Section<'a>>, ProfileError> {
        let Some(value) = self.value(key) else { return Ok(Vec::new()) };
        let DeValue::Array(items) = value.get_ref() else {
            return Err(self.wrong(key, value, &words::a_list_of_tables()));
        };
        let mut sections = Vec::new();
        for item in items.iter() {
            let DeValue::Table(table) = item.get_ref() else {
                return Err(self.wrong(key, item, &words::a_list_of_tables()));
            };
            sections.push(self.below(key, item, table));
        }
        Ok(sections)
    }

    /// A value as it is.
    pub(super) fn raw(&self, key: &str) -> Option<&'a DeValue<'a>> {
        self.value(key).map(Spanned::get_ref)
    }
}

/// A number, whole or not.
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(float) => f64::from_str(float.as_str()).ok(),
        #[expect(clippy::cast_precision_loss, reason = "a limit or a default, written by hand")]
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|whole| whole as f64)
        }
        _ => None,
    }
}

/// A number or a date as it was written; empty for what is neither.
pub(super) fn written(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Integer(integer) => integer.to_string(),
        DeValue::Float(float) => float.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        _ => String::new(),
    }
}

/// What a value is, for messages: numbers and words as they were written.
fn described(value: &DeValue<'_>) -> Said {
    match value {
        DeValue::Integer(integer) => Said::verbatim(&integer.to_string()),
        DeValue::Float(float) => Said::verbatim(&float.to_string()),
        DeValue::Boolean(truth) => Said::verbatim(&truth.to_string()),
        DeValue::String(_) => words::a_text(),
        DeValue::Datetime(_) => words::a_date(),
        DeValue::Array(_) => words::a_list(),
        DeValue::Table(_) => words::a_table(),
    }
}
