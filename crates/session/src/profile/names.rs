//! Names of messages and fields that a profile uses beside its `[protocol]`, held against what that declares.
//!
//! Where fields are found in the data (json, pairs, csv without `names`), any name may come, and none is refused.

use super::suggest;
use crate::words::{Said, profile as words};
use codec::Declaration;

/// Names listed in a reason, at most.
const LISTED: usize = 12;

/// What the protocol declares.
pub(super) struct Names {
    /// Nothing is refused: fields are found in the data.
    any: bool,
    /// Message, field, and whether it is only the beginning of names.
    fields: Vec<(String, String, bool)>,
    /// Messages that can be sent.
    sent: Vec<String>,
}

impl Names {
    pub(super) fn of(declared: Declaration) -> Names {
        Names { any: !declared.all, fields: declared.fields, sent: declared.sent }
    }

    /// A field, by `message.field` or by its name alone.
    pub(super) fn field(&self, name: &str) -> Result<(), Said> {
        let known = |(message, field, open): &(String, String, bool)| {
            let full = name.strip_prefix(message.as_str()).and_then(|rest| rest.strip_prefix('.'));
            [Some(name), full].into_iter().flatten().any(|name| fits(name, field, *open))
        };
        if self.any || self.fields.iter().any(known) {
            return Ok(());
        }
        let alone = |(_, field, open): &(String, String, bool)| format!("{field}{}", if *open { ".…" } else { "" });
        let full = |known: &(String, String, bool)| format!("{}.{}", known.0, alone(known));
        let near = |names: &Vec<String>| names.iter().any(|known| suggest::near(name, known));
        // As it was written: with the message or without.
        let alone = Some(self.fields.iter().map(alone).collect()).filter(near);
        let names = alone.unwrap_or_else(|| self.fields.iter().map(full).collect());
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Err(words::with_hint(&words::no_field(name), &hint(name, &names)))
    }

    /// A field of this message.
    pub(super) fn field_of(&self, message: &str, name: &str) -> Result<(), Said> {
        let of = || self.fields.iter().filter(|(known, ..)| known == message);
        if self.any || of().any(|(_, field, open)| fits(name, field, *open)) {
            return Ok(());
        }
        let names: Vec<&str> = of().map(|(_, field, _)| field.as_str()).collect();
        Err(words::with_hint(&words::no_field_of(message, name), &hint(name, &names)))
    }

    /// What another protocol declares, beside this.
    pub(super) fn join(&mut self, other: Names) {
        self.any |= other.any;
        self.fields.extend(other.fields);
        // One that takes any message is one that names none.
        self.sent.extend(other.sent);
    }

    /// One more field that comes.
    pub(super) fn add(&mut self, message: &str, field: &str) {
        self.fields.push((message.to_owned(), field.to_owned(), false));
    }

    /// A message that comes.
    pub(super) fn message(&self, name: &str) -> Result<(), Said> {
        if self.any || self.fields.iter().any(|(message, ..)| message == name) {
            return Ok(());
        }
        let mut names: Vec<&str> = self.fields.iter().map(|(message, ..)| message.as_str()).collect();
        names.dedup();
        Err(words::with_hint(&words::no_message(name), &hint(name, &names)))
    }

    /// A message that a command sends.
    pub(super) fn sent(&self, name: &str) -> Result<(), Said> {
        if self.sent.is_empty() || self.sent.iter().any(|known| known == name) {
            return Ok(());
        }
        let names: Vec<&str> = self.sent.iter().map(String::as_str).collect();
        Err(words::with_hint(&words::no_sent(name), &hint(name, &names)))
    }
}

fn fits(name: &str, field: &str, open: bool) -> bool {
    if open { name.strip_prefix(field).is_some_and(|rest| rest.starts_with('.')) } else { name == field }
}

/// The nearest name if one is near, else those there are, or the first of them.
fn hint(name: &str, names: &[&str]) -> Said {
    if names.len() <= LISTED || names.iter().any(|known| suggest::near(name, known)) {
        return suggest::among(name, names);
    }
    let first = names.iter().take(LISTED).copied().collect::<Vec<_>>();
    words::known_and_more(&first.join(", "), names.len().saturating_sub(LISTED))
}
