//! The profiles that ship with the console, and those the user brought.

use crate::browser::settings;

/// A profile to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its file's name without ending: stable, used in addresses.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether the user brought it.
    pub own: bool,
}

/// Adding a profile is a file in `profiles/` and a row here.
const SHIPPED: &[(&str, &str)] = &[
    ("text", include_str!("../profiles/text.toml")),
    ("pairs", include_str!("../profiles/pairs.toml")),
    ("csv", include_str!("../profiles/csv.toml")),
    ("json-lines", include_str!("../profiles/json-lines.toml")),
    ("json", include_str!("../profiles/json.toml")),
    ("demo", include_str!("../profiles/demo.toml")),
    ("firmware", include_str!("../profiles/firmware.toml")),
    ("airgradient", include_str!("../profiles/airgradient.toml")),
    ("razor-imu", include_str!("../profiles/razor-imu.toml")),
];

const OWN: &str = "profiles";

/// Every profile, those that ship first.
#[must_use]
pub fn all() -> Vec<Choice> {
    let shipped = SHIPPED.iter().map(|(id, text)| choice(id, text, false));
    let own = own().into_iter().map(|(id, text)| choice(&id, &text, true));
    shipped.chain(own).collect()
}

/// The profile of that id.
#[must_use]
pub fn find(id: &str) -> Option<Choice> {
    all().into_iter().find(|choice| choice.id == id)
}

/// What a profile's file may be called.
pub const FILES: &str = ".toml,application/toml,text/plain";

/// Keeps a profile of the user's, in place of one of the same name; returns its id.
///
/// # Errors
/// A sentence: the mistake with its line, or that the browser does not keep it.
pub fn keep(text: &str) -> Result<String, String> {
    let profile = session::Profile::parse(text).map_err(|error| mistake(error.line, &error.reason))?;
    let id = format!("own-{}", file_stem(&profile.name));
    let mut own = own();
    own.retain(|(known, _)| *known != id);
    own.push((id.clone(), text.to_owned()));
    let kept = serde_json::to_string(&own).is_ok_and(|json| settings::write(OWN, &json));
    if kept { Ok(id) } else { Err("The browser does not keep it: its storage is full or switched off.".to_owned()) }
}

fn own() -> Vec<(String, String)> {
    settings::read(OWN).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

fn choice(id: &str, text: &str, own: bool) -> Choice {
    let name = session::Profile::parse(text).map_or_else(|_| id.to_owned(), |profile| profile.name);
    Choice { id: id.to_owned(), name, text: text.to_owned(), own }
}

/// A profile's name as a file's.
#[must_use]
pub fn file_stem(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let stem = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if stem.is_empty() { "profile".to_owned() } else { stem }
}

/// A profile's mistake in words; line 0 is the whole of it.
#[must_use]
pub fn mistake(line: u32, reason: &str) -> String {
    if line == 0 { format!("The profile as a whole: {reason}") } else { format!("Line {line}: {reason}") }
}

#[cfg(test)]
mod tests {
    use super::file_stem;

    #[test]
    fn a_file_name_is_made_of_plain_characters() {
        assert_eq!(file_stem("Motor drive (rev. C)"), "motor-drive-rev-c");
        assert_eq!(file_stem("../\u{202e}"), "profile");
    }
}
