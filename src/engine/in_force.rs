//! What follows when a session has another profile in force: what it is called, and what is remembered of its device.

use super::{Engine, Open, find};
use crate::words::device;
use crate::{profiles, remembered};
use leptos::prelude::*;
use session::link::{Line, Link};
use session::profile::title;
use session::wire::SessionId;

impl Engine {
    /// Another text is in force, as if the session had `begun` with it if so.
    pub(super) fn put_in_force(self, session: SessionId, text: String, begun: bool) {
        self.sessions.update(|all| {
            let taken: Vec<String> = all.iter().filter(|open| open.id != session).map(Open::called).collect();
            let Some(open) = all.iter_mut().find(|open| open.id == session) else { return };
            if let Some(name) = name_with(open, &text) {
                (open.name, open.number) = (distinct(name, &taken), 1);
            }
            if begun {
                open.begun.clone_from(&text);
            }
            open.profile = text;
        });
        self.remember_profile(session);
        if let Some(open) = self.sessions.with_untracked(|all| find(all, session).cloned()) {
            open.in_force();
        }
    }

    /// Its device is opened with the profile in force next time, where that is kept.
    pub fn remember_profile(self, session: SessionId) {
        self.sessions.with_untracked(|all| {
            let Some(open) = find(all, session) else { return };
            // One device of many has no address of its own.
            let one_of_many = all.iter().any(|fleet| fleet.link.to_device(&open.name).as_ref() == Some(&open.link));
            if let Some(profile) = profiles::id_of(&open.profile).filter(|_| open.link.is_fleet() || !one_of_many) {
                // A line that is set otherwise in it counts from the next opening on.
                let line = line_of(&open.profile).filter(|line| Some(*line) != line_of(&open.begun));
                remembered::keep_profile(&open.link, &profile, line);
            }
        });
    }
}

fn line_of(profile: &str) -> Option<Line> {
    match session::Profile::parse(profile).ok()?.link {
        Link::Serial(serial) => Some(serial.line),
        _ => None,
    }
}

/// What a session is called with another profile, if it goes by its profile's name: one over a wire does, any other only
/// where it has that name already.
fn name_with(open: &Open, text: &str) -> Option<String> {
    let (was, now) = (title(&open.profile)?, title(text)?);
    let named_so = open.name == was || open.name.strip_prefix(&was) == Some(device::number(&open.name));
    (was != now && (named_so || matches!(open.link, Link::Serial(_)))).then_some(now)
}

/// The name, with a number where it is taken.
#[must_use]
pub fn distinct(name: String, taken: &[String]) -> String {
    numbered(&name, free(&name, taken))
}

/// The first number with which the name is not taken.
pub(super) fn free(name: &str, taken: &[String]) -> u32 {
    (1..).find(|number| !taken.contains(&numbered(name, *number))).unwrap_or(1)
}

/// A name with the number of its session, where it is not the first.
pub(super) fn numbered(name: &str, number: u32) -> String {
    if number == 1 { name.to_owned() } else { format!("{name} ({number})") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::link::{Demo, Serial};

    #[test]
    fn sessions_to_one_address_have_names_of_their_own() {
        let taken = ["a:81".to_owned(), "a:81 (2)".to_owned()];
        assert_eq!(distinct("a:81".to_owned(), &taken), "a:81 (3)");
        assert_eq!(distinct("b".to_owned(), &taken), "b");
    }

    #[test]
    fn of_sessions_of_one_name_every_screen_tells_each_by_the_same_number() {
        let open = |number| {
            let mut open = Open::new(9, "pump-001".into(), Link::Demo(Demo { rate_hz: 10 }), String::new());
            open.number = number;
            open
        };
        let mut all: Vec<Open> = Vec::new();
        for _ in 0..3 {
            let taken: Vec<String> = all.iter().map(Open::called).collect();
            all.push(open(free("pump-001", &taken)));
        }
        // The first is closed: whoever is open keeps his, and who comes next has one that is free.
        all.remove(0);
        let taken: Vec<String> = all.iter().map(Open::called).collect();
        all.push(open(free("pump-001", &taken)));
        let shown: Vec<String> = all.iter().map(Open::shown_name).collect();
        assert_eq!(shown, ["pump-001 (2)", "pump-001 (3)", "pump-001"]);
        assert!(all.iter().all(|open| open.name == "pump-001"), "a fleet knows its device by that");
    }

    #[test]
    fn a_session_goes_by_the_name_of_its_profile_unless_it_has_another() {
        let (pairs, pump) = ("name = \"Pairs\"\n", "name = \"Pump 7\"\n");
        let with = |name: &str, link: Link| name_with(&Open::new(1, name.into(), link, pairs.into()), pump);
        let demo = || Link::Demo(Demo { rate_hz: 10 });
        assert_eq!(with("Pairs", demo()).as_deref(), Some("Pump 7"));
        assert_eq!(with("Pairs (2)", demo()).as_deref(), Some("Pump 7"));
        assert_eq!(with("10.0.0.7:81", demo()), None, "it goes by its address");
        assert_eq!(with("USB 2e8a:000a", Link::Serial(Serial::default())).as_deref(), Some("Pump 7"));
        let same = Open::new(1, "Pairs (2)".into(), demo(), pairs.into());
        assert_eq!(name_with(&same, pairs), None, "its number stays");
    }
}
