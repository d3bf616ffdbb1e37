//! Set-ups of other programs as profiles: what is plain in them is taken over, and the rest is listed.

mod lines;
mod serial_studio;

use crate::profile::edit::quoted;
use crate::profile::{MAX_TEXT, Profile};

/// A profile made of something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The profile, as TOML.
    pub profile: String,
    /// What it was made of, as a noun phrase.
    pub from: &'static str,
    /// What was not taken over, a sentence each.
    pub left: Vec<String>,
}

/// Makes a profile of what another program wrote: a project of Serial Studio (`.ssproj`, `.json`), or lines as a device
/// prints them for the Arduino plotter or for Teleplot. `None` where the text is neither, so that it is a profile or
/// nothing.
///
/// # Errors
/// It is such a project and cannot be used: why not, as a sentence.
#[must_use]
pub fn import(text: &str) -> Option<Result<Imported, String>> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let imported = match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) if serial_studio::is_project(&value) => serial_studio::import(&value),
        _ => Ok(lines::import(text)?),
    };
    Some(imported.and_then(|imported| match Profile::parse(&imported.profile) {
        Ok(_) => Ok(noted(imported)),
        Err(error) => Err(format!("What it says makes no profile: {error}.")),
    }))
}

/// What was not taken over stands in the profile too, so that it is not forgotten.
fn noted(imported: Imported) -> Imported {
    let mut profile = format!("# Made of {}.", imported.from);
    if !imported.left.is_empty() {
        profile += " Not taken over:";
    }
    profile.push('\n');
    for sentence in &imported.left {
        // A line break in a name must not end the comment.
        let plain: String = sentence.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        profile += &format!("# - {plain}\n");
    }
    Imported { profile: profile + &imported.profile, ..imported }
}

/// A key and a text, as a line of TOML.
fn pair(key: &str, text: &str) -> String {
    format!("{key} = {}\n", quoted(text))
}
