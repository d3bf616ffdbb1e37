//! Parameters of framers and protocols, as a profile or a command line gives them.

mod refusal;

pub use refusal::{Choices, Named, Refusal, SettingKind};

use alloc::{format, string::String, vec::Vec};
use core::fmt;

/// One parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Setting>),
    /// A table, in the order it was written.
    Table(Settings),
}

/// Named parameters, in the order they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(pub Vec<(String, Setting)>);

/// A parameter that cannot be used. `path` leads to it (`messages[0].fields[2].type`), so that whoever
/// read the text can name the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingError {
    /// Where: keys joined by dots, list indices in brackets; empty for the whole.
    pub path: String,
    /// What is wrong and what would be accepted.
    pub reason: Refusal,
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { self.reason.fmt(f) } else { write!(f, "{}: {}", self.path, self.reason) }
    }
}

impl SettingError {
    /// An error at this path.
    pub fn new(path: impl Into<String>, reason: Refusal) -> Self {
        Self { path: path.into(), reason }
    }

    /// The same error, seen from one level further out: `outer` leads to where its path begins.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        self.path = join(outer, &self.path);
        self
    }
}

impl Setting {
    /// What kind of value it is.
    #[must_use]
    pub fn kind(&self) -> SettingKind {
        match self {
            Self::Bool(_) => SettingKind::Truth,
            Self::Int(_) => SettingKind::Whole,
            Self::Float(_) => SettingKind::Number,
            Self::Text(_) => SettingKind::Text,
            Self::List(_) => SettingKind::List,
            Self::Table(_) => SettingKind::Table,
        }
    }

    fn wrong(&self, path: &str, want: SettingKind) -> SettingError {
        SettingError::new(path, Refusal::Kind { want, given: self.kind() })
    }

    /// As text. `path` is named in the error, here and below.
    ///
    /// # Errors
    /// It is something else.
    pub fn text(&self, path: &str) -> Result<&str, SettingError> {
        match self {
            Self::Text(text) => Ok(text),
            other => Err(other.wrong(path, SettingKind::Text)),
        }
    }

    /// As a whole number. Text that spells one will do, since a command line has only text.
    ///
    /// # Errors
    /// It is something else.
    pub fn int(&self, path: &str) -> Result<i64, SettingError> {
        match self {
            Self::Int(value) => Ok(*value),
            Self::Text(text) => parse_int(text).ok_or_else(|| self.wrong(path, SettingKind::Whole)),
            other => Err(other.wrong(path, SettingKind::Whole)),
        }
    }

    /// As a number.
    ///
    /// # Errors
    /// It is something else, or not finite.
    pub fn number(&self, path: &str) -> Result<f64, SettingError> {
        let value = match self {
            #[expect(clippy::cast_precision_loss, reason = "a whole number written where any number will do")]
            Self::Int(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        };
        match value {
            Some(value) if !value.is_finite() => Err(SettingError::new(path, Refusal::NotFinite)),
            Some(value) => Ok(value),
            None => Err(self.wrong(path, SettingKind::Number)),
        }
    }

    /// As true or false.
    ///
    /// # Errors
    /// It is something else.
    pub fn flag(&self, path: &str) -> Result<bool, SettingError> {
        match self {
            Self::Bool(value) => Ok(*value),
            Self::Text(text) => text.parse().map_err(|_| self.wrong(path, SettingKind::Truth)),
            other => Err(other.wrong(path, SettingKind::Truth)),
        }
    }

    /// As a list.
    ///
    /// # Errors
    /// It is something else.
    pub fn list(&self, path: &str) -> Result<&[Setting], SettingError> {
        match self {
            Self::List(list) => Ok(list),
            other => Err(other.wrong(path, SettingKind::List)),
        }
    }

    /// As a table.
    ///
    /// # Errors
    /// It is something else.
    pub fn table(&self, path: &str) -> Result<&Settings, SettingError> {
        match self {
            Self::Table(table) => Ok(table),
            other => Err(other.wrong(path, SettingKind::Table)),
        }
    }
}

impl Settings {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// Text under a key; `None` where there is no such key.
    ///
    /// # Errors
    /// It is no text.
    pub fn text(&self, key: &str) -> Result<Option<&str>, SettingError> {
        self.get(key).map(|value| value.text(key)).transpose()
    }

    /// A whole number under a key.
    ///
    /// # Errors
    /// It is no whole number.
    pub fn int(&self, key: &str) -> Result<Option<i64>, SettingError> {
        self.get(key).map(|value| value.int(key)).transpose()
    }

    /// A number under a key.
    ///
    /// # Errors
    /// It is no finite number.
    pub fn number(&self, key: &str) -> Result<Option<f64>, SettingError> {
        self.get(key).map(|value| value.number(key)).transpose()
    }

    /// True or false under a key.
    ///
    /// # Errors
    /// It is neither.
    pub fn flag(&self, key: &str) -> Result<Option<bool>, SettingError> {
        self.get(key).map(|value| value.flag(key)).transpose()
    }

    /// A list under a key; empty where there is no such key.
    ///
    /// # Errors
    /// It is no list.
    pub fn list(&self, key: &str) -> Result<&[Setting], SettingError> {
        self.get(key).map_or(Ok(&[]), |value| value.list(key))
    }

    /// One of a few words under a key, each with its meaning.
    ///
    /// # Errors
    /// It is none of them.
    pub fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)]) -> Result<Option<T>, SettingError> {
        let Some(given) = self.text(key)? else { return Ok(None) };
        match choices.iter().find(|(name, _)| *name == given) {
            Some((_, meaning)) => Ok(Some(*meaning)),
            None => Err(SettingError::new(key, unknown(Named::Value, given, choices.iter().map(|(name, _)| *name)))),
        }
    }

    /// Every key is one of these.
    ///
    /// # Errors
    /// The first that is not, with the nearest that would do.
    pub fn only(&self, known: &[&str]) -> Result<(), SettingError> {
        match self.0.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            Some((key, _)) => Err(SettingError::new(key.as_str(), unknown(Named::Key, key, known.iter().copied()))),
            None => Ok(()),
        }
    }
}

/// "messages" and "[0].name" to "messages[0].name"; "a" and "b" to "a.b".
fn join(outer: &str, inner: &str) -> String {
    let dot = if outer.is_empty() || inner.is_empty() || inner.starts_with('[') { "" } else { "." };
    format!("{outer}{dot}{inner}")
}

/// Names what would be accepted: the nearest if one is near, else all.
pub(crate) fn unknown<'a>(what: Named, given: &str, known: impl Iterator<Item = &'a str> + Clone) -> Refusal {
    let near = known.clone().map(|name| (distance(given, name), name)).min();
    let near = near.filter(|(distance, name)| *distance <= 1 + name.len() / 4).map(|(_, name)| name.into());
    let known = if near.is_some() { String::new() } else { known.collect::<Vec<_>>().join(", ") };
    Refusal::Unknown { what, given: given.into(), near, known }
}

/// Levenshtein's distance, case aside.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().zip([None].into_iter().chain(b.iter().map(Some))) {
            let Some(y) = y else {
                *cell = left;
                continue;
            };
            let substituted = diagonal + usize::from(!x.eq_ignore_ascii_case(y));
            diagonal = *cell;
            left = substituted.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

fn parse_int(text: &str) -> Option<i64> {
    match text.strip_prefix("0x") {
        Some(hex) => i64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Bytes of "0x0d0a".
pub(crate) fn parse_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().filter(|c| *c != ' ').map(|c| c.to_digit(16)).collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs.map(|pair| pair.iter().try_fold(0u8, |byte, &digit| Some(byte << 4 | u8::try_from(digit).ok()?))).collect()
}

/// The bytes that text with escapes means (`\\r`, `\\n`, `\\t`, `\\0`, `\\xNN`, `\\\\`), or that "0x…" spells in hex.
pub(crate) fn unescape(text: &str) -> Option<Vec<u8>> {
    if let Some(hex) = text.strip_prefix("0x") {
        return parse_hex(hex);
    }
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        bytes.extend_from_slice(plain.as_bytes());
        let mut after = escape.chars();
        match after.next()? {
            'r' => bytes.push(b'\r'),
            'n' => bytes.push(b'\n'),
            't' => bytes.push(b'\t'),
            '0' => bytes.push(0),
            '\\' => bytes.push(b'\\'),
            'x' => {
                bytes.extend(parse_hex(after.as_str().get(..2)?)?);
                after = after.as_str().get(2..)?.chars();
            }
            _ => return None,
        }
        rest = after.as_str();
    }
    bytes.extend_from_slice(rest.as_bytes());
    Some(bytes)
}
