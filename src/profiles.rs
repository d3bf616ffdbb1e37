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
const SHIPPED: &[(&str, &str)] = &[("demo", include_str!("../profiles/demo.toml"))];

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

/// Keeps a profile of the user's under an id, in place of one of the same id. Whether the browser kept it.
pub fn keep(id: &str, text: &str) -> bool {
    let mut own = own();
    own.retain(|(known, _)| known != id);
    own.push((id.to_owned(), text.to_owned()));
    serde_json::to_string(&own).is_ok_and(|json| settings::write(OWN, &json))
}

fn own() -> Vec<(String, String)> {
    settings::read(OWN).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

fn choice(id: &str, text: &str, own: bool) -> Choice {
    let name = session::Profile::parse(text).map_or_else(|_| id.to_owned(), |profile| profile.name);
    Choice { id: id.to_owned(), name, text: text.to_owned(), own }
}
