//! Parameters of framers and protocols, as a profile or a command line gives them.

use alloc::{string::String, vec::Vec};
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

/// A parameter that cannot be used. `path` leads to it ("messages[0].fields[2].type"), so that whoever
/// read the text can name the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingError {
    /// Where: keys joined by dots, list indices in brackets; empty for the whole.
    pub path: String,
    /// What is wrong and what would be accepted, as a sentence.
    pub reason: String,
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.reason) } else { write!(f, "{}: {}", self.path, self.reason) }
    }
}

impl Settings {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }
}
