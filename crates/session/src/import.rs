//! Set-ups of other programs as profiles: what is plain in them is taken over, and the rest is listed.

mod lines;
mod serial_studio;

use crate::profile::edit::{self, New, quoted};
use crate::profile::{MAX_TEXT, Profile};
use crate::words::{Language, Said, import as words};

/// The largest set-up that is read: 16 MiB of text. What becomes of it is a profile, of 1 MiB at most.
pub const LARGEST: usize = 16 << 20;

/// A profile made of something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The profile, as TOML.
    pub profile: String,
    /// What it was made of, as a noun phrase.
    pub from: Said,
    /// What was not taken over, a sentence each.
    pub left: Vec<Said>,
    /// Whether what it was made of has a name; if not, `profile` has one that says what it is.
    pub named: bool,
}

impl Imported {
    /// Calls it as its file, without the ending, where what it was made of has no name.
    #[must_use]
    pub fn named_after(mut self, file: &str) -> Imported {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim();
        if !self.named && !stem.is_empty() {
            let called = edit::set(&self.profile, "", "name", Some(&New::Text(stem.to_owned())));
            self.profile = called.unwrap_or(self.profile);
        }
        self
    }
}

/// Makes a profile of what another program wrote: a project of Serial Studio (`.ssproj`, `.json`), or lines as a device
/// prints them for the Arduino plotter or for Teleplot. `None` where the text is neither, so that it is a profile or
/// nothing. What the profile says of itself is in `language`.
///
/// # Errors
/// It is such a project and cannot be used, or it is neither that nor a profile: why not, as a sentence.
#[must_use]
pub fn import(text: &str, language: Language) -> Option<Result<Imported, Said>> {
    if text.len() > LARGEST {
        return Some(Err(words::too_large(LARGEST >> 20)));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let imported = match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) if serial_studio::is_project(&value) => serial_studio::import(&value, language),
        // What is too long for a profile is one nowhere else either.
        _ if text.len() > MAX_TEXT => return None,
        _ => match lines::import(text, language) {
            Some(imported) => Ok(imported),
            None if is_no_toml(text) => Err(words::neither()),
            None => return None,
        },
    };
    Some(imported.and_then(|imported| match Profile::parse(&imported.profile) {
        Ok(_) => Ok(noted(imported, language)),
        Err(error) => Err(words::no_profile(&error.said())),
    }))
}

/// Whether a text is written as something else than a profile: as JSON, or without a single key.
fn is_no_toml(text: &str) -> bool {
    let text = text.trim_start();
    !text.is_empty() && (text.starts_with('{') || !text.contains('='))
}

/// What was not taken over stands in the profile too, so that it is not forgotten.
fn noted(imported: Imported, language: Language) -> Imported {
    let mut profile = format!("# {}", words::made_of(&imported.from).say(language));
    if !imported.left.is_empty() {
        profile.push(' ');
        profile += words::not_taken_over().say(language);
    }
    profile.push('\n');
    for sentence in &imported.left {
        // A line break in a name must not end the comment.
        let plain: String = sentence.say(language).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        profile += &format!("# - {plain}\n");
    }
    Imported { profile: profile + &imported.profile, ..imported }
}

/// A key and a text, as a line of TOML.
fn pair(key: &str, text: &str) -> String {
    format!("{key} = {}\n", quoted(text))
}
