//! The profiles that ship with the console, and those the user brought.

use crate::browser::settings;

/// A profile to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Stable, used in addresses: its file's name without ending, or "own-" with the name of one that the user brought.
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
    ("teleplot", include_str!("../profiles/teleplot.toml")),
    ("csv", include_str!("../profiles/csv.toml")),
    ("json-lines", include_str!("../profiles/json-lines.toml")),
    ("json", include_str!("../profiles/json.toml")),
    ("demo", include_str!("../profiles/demo.toml")),
    ("firmware", include_str!("../profiles/firmware.toml")),
    ("airgradient", include_str!("../profiles/airgradient.toml")),
    ("razor-imu", include_str!("../profiles/razor-imu.toml")),
    ("ublox", include_str!("../profiles/ublox.toml")),
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
    let id = own_id(&profile.name);
    let mut own = own();
    own.retain(|(known, _)| *known != id);
    own.push((id.clone(), text.to_owned()));
    write(&own)?;
    Ok(id)
}

/// A profile of the user's that was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// Its place among the user's, counted from 0.
    pub at: usize,
    id: String,
    text: String,
}

/// Deletes a profile of the user's. `None` where there is none of that id, or the browser does not let go of it.
pub fn delete(id: &str) -> Option<Deleted> {
    let mut own = own();
    let at = own.iter().position(|(known, _)| known == id)?;
    let (id, text) = own.remove(at);
    write(&own).ok()?;
    Some(Deleted { at, id, text })
}

/// Puts a deleted profile back in its place.
///
/// # Errors
/// That the browser does not keep it.
pub fn put_back(deleted: Deleted) -> Result<(), String> {
    let mut own = own();
    own.retain(|(known, _)| *known != deleted.id);
    own.insert(deleted.at.min(own.len()), (deleted.id, deleted.text));
    write(&own)
}

/// The name of the profile of that id; empty if it is not among these.
#[must_use]
pub fn name_of(choices: &[Choice], id: &str) -> String {
    choices.iter().find(|choice| choice.id == id).map_or_else(String::new, |choice| choice.name.clone())
}

fn write(own: &[(String, String)]) -> Result<(), String> {
    let kept = serde_json::to_string(own).is_ok_and(|json| settings::write(OWN, &json));
    kept.then_some(()).ok_or_else(|| "The browser does not keep it: its storage is full or switched off.".to_owned())
}

/// The id of a profile of the user's: by its whole name, in whatever script, so that two of them never share one. It goes
/// into addresses and lines, so a break in the name counts as a space.
fn own_id(name: &str) -> String {
    format!("own-{}", name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The user's profiles with their ids. One that was kept under a shortened name goes by its whole name now.
fn own() -> Vec<(String, String)> {
    let kept: Option<Vec<(String, String)>> = settings::read(OWN).and_then(|json| serde_json::from_str(&json).ok());
    let named = |(id, text): (String, String)| match session::Profile::parse(&text) {
        Ok(profile) => (own_id(&profile.name), text),
        Err(_) => (id, text),
    };
    kept.unwrap_or_default().into_iter().map(named).collect()
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
    use super::{file_stem, own_id};

    #[test]
    fn a_file_name_is_made_of_plain_characters() {
        assert_eq!(file_stem("Motor drive (rev. C)"), "motor-drive-rev-c");
        assert_eq!(file_stem("../\u{202e}"), "profile");
    }

    #[test]
    fn profiles_of_different_names_have_different_ids() {
        let ids: std::collections::BTreeSet<_> =
            ["Датчик", "传感器", "Größe", "GröBe", "a-b", "a b", "A b"].map(own_id).into();
        assert_eq!(ids.len(), 7, "{ids:?}");
        assert_eq!(own_id(" two\nlines "), "own-two lines");
    }
}
