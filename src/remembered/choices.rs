//! What was chosen in a panel: lists of words, kept in the browser by the panel and the profile's name.

use crate::browser::settings;
use crate::engine::{Open, Part, Unwatched};
use leptos::prelude::*;
use session::profile::title;

/// Profiles whose choices are kept, and words of each, at most.
const MOST: (usize, usize) = (50, 100);

/// Where the choices made in a panel of a session are kept.
#[derive(Clone)]
pub struct Choices {
    panel: &'static str,
    profile: InForce,
}

/// The name of the profile in force.
#[derive(Clone)]
struct InForce(Unwatched<Option<String>>);

impl Part for InForce {
    fn first(open: &Open) -> InForce {
        InForce(Unwatched::new(title(&open.profile)))
    }

    fn in_force(&self, open: &Open) {
        self.0.with(|name| *name = title(&open.profile));
    }
}

type All = Vec<(String, Vec<String>)>;

impl Choices {
    /// Those of a panel, under the name of the session's profile.
    #[must_use]
    pub fn of(panel: &'static str, open: &Open) -> Choices {
        Choices { panel, profile: open.part() }
    }

    /// What was chosen in the last session with that profile; nothing, where all was left as it is by itself.
    #[must_use]
    pub fn read(&self) -> Vec<String> {
        let name = self.profile.0.with(|name| name.clone());
        let of = |name: String| self.all().into_iter().find(|(known, _)| *known == name);
        name.and_then(of).map(|(_, words)| words).unwrap_or_default()
    }

    /// Keeps what is chosen now. Whatever names a secret must not be among it.
    pub fn keep(&self, words: Vec<String>) {
        let Some(name) = self.profile.0.with(|name| name.clone()) else { return };
        let before = self.all();
        let now = with(before.clone(), &name, words);
        if now != before
            && let Ok(json) = serde_json::to_string(&now)
        {
            settings::write(self.panel, &json);
        }
    }

    /// Keeps what the words become, for as long as whoever asks is on the screen.
    pub fn follow(self, words: impl Fn() -> Vec<String> + 'static) {
        let words: Box<dyn Fn() -> Vec<String>> = Box::new(words);
        Effect::new(move |before: Option<Vec<String>>| {
            let now = words();
            if before.is_some_and(|before| before != now) {
                self.keep(now.clone());
            }
            now
        });
    }

    fn all(&self) -> All {
        settings::read(self.panel).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
    }
}

/// The choices with those of one profile first, in place of what it had.
fn with(mut all: All, name: &str, mut words: Vec<String>) -> All {
    if all.iter().any(|(known, had)| known == name && *had == words) {
        return all;
    }
    all.retain(|(known, _)| known != name);
    words.truncate(MOST.1);
    if !words.is_empty() {
        all.insert(0, (name.to_owned(), words));
    }
    all.truncate(MOST.0);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choices_of_a_profile_take_the_place_of_those_before() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let all = with(with(All::new(), "Drive", words(&["a"])), "Meter", words(&["b"]));
        assert_eq!(with(all.clone(), "Drive", words(&["a"])), all, "nothing new, nothing moved");
        let all = with(all, "Drive", words(&["c", "d"]));
        assert_eq!(all, [("Drive".to_owned(), words(&["c", "d"])), ("Meter".to_owned(), words(&["b"]))]);
        assert_eq!(with(all, "Drive", Vec::new()), [("Meter".to_owned(), words(&["b"]))]);
        let many = (0..60).fold(All::new(), |all, n| with(all, &n.to_string(), vec![String::new(); 200]));
        assert_eq!((many.len(), many[0].1.len()), MOST);
    }
}
