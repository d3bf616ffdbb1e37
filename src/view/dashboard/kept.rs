//! What is kept of a session's dashboard: its tiles with what they were before, in the page and for the next visit.

use crate::browser::settings;
use crate::engine::{Engine, Open, Part, Unwatched};
use crate::profiles;
use crate::words::dashboard as words;
use leptos::prelude::*;
use session::Profile;
use session::profile::{Tile, kept_tiles, with_kept_tiles, with_tiles};
use session::wire::{Event, Request, SessionId};
use std::collections::BTreeMap;

/// Changes that can be taken back at most.
const MOST: usize = 100;

/// The tiles before each change, and those of changes that were taken back; the newest last.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Steps {
    past: Vec<Vec<Tile>>,
    future: Vec<Vec<Tile>>,
}

impl Steps {
    /// Whether there is a change to take back, and one to make again.
    pub(super) fn can(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }

    /// The tiles were changed by hand; before they were these.
    pub(super) fn changed(&mut self, before: Vec<Tile>) {
        self.past.push(before);
        if self.past.len() > MOST {
            self.past.remove(0);
        }
        self.future.clear();
    }

    /// The tiles that a step leads to.
    fn next(&self, redo: bool) -> Option<Vec<Tile>> {
        if redo { self.future.last() } else { self.past.last() }.cloned()
    }

    /// The step was made; before it the tiles were these.
    fn made(&mut self, redo: bool, before: Vec<Tile>) {
        let (from, to) = match redo {
            true => (&mut self.future, &mut self.past),
            false => (&mut self.past, &mut self.future),
        };
        from.pop();
        to.push(before);
    }
}

/// The profile's text that the tiles are those of, and the texts on their way to be put in force.
#[derive(Default)]
struct Text {
    now: String,
    sent: Vec<String>,
    /// Whether the text has tiles of an earlier visit and was not put in force yet.
    waits: bool,
}

/// The tiles as profiles have them that the present ones were laid out from.
#[derive(Default)]
struct Own {
    /// Those of the profile that was put in force last, other than by laying out.
    tiles: Vec<Tile>,
    /// A sum of those, and of each profile's before it: what is kept holds for each of these.
    sums: Vec<String>,
}

/// What is kept of a session's dashboard.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) tiles: ArcRwSignal<Vec<Tile>>,
    pub(super) steps: ArcRwSignal<Steps>,
    text: Unwatched<Text>,
    own: Unwatched<Own>,
    /// Where the tiles are kept for the next visit.
    key: String,
    /// What became of each command that a button sent.
    pub(super) outcomes: ArcRwSignal<BTreeMap<String, String>>,
    /// The command that was sent last.
    pub(super) last: Unwatched<String>,
}

impl Part for Kept {
    fn first(open: &Open) -> Kept {
        let profile = Profile::parse(&open.profile).ok();
        let key = format!("tiles.{}", profile.as_ref().map_or("", |profile| &profile.name));
        let own = profile.map(|profile| profile.dashboard.tiles).unwrap_or_default();
        let before = settings::read(&key).and_then(|kept| laid_out(&open.profile, &own, &kept));
        // What it becomes with the tiles of an earlier visit.
        let now = before.as_ref().and_then(|tiles| with_tiles(&open.profile, tiles).ok());
        let (tiles, text) = match (before, now) {
            (Some(tiles), Some(now)) => (tiles, Text { now, sent: vec![open.profile.clone()], waits: true }),
            _ => (own.clone(), Text { now: open.profile.clone(), ..Text::default() }),
        };
        Kept {
            tiles: ArcRwSignal::new(tiles),
            steps: ArcRwSignal::new(Steps::default()),
            text: Unwatched::new(text),
            own: Unwatched::new(Own { sums: vec![sum(&own)], tiles: own }),
            key,
            outcomes: ArcRwSignal::new(BTreeMap::new()),
            last: Unwatched::default(),
        }
    }

    fn heard(&self, event: &Event) {
        let (name, outcome) = match event {
            Event::Replied { name, millis, .. } => (name.clone(), words::answered(*millis)),
            Event::Expired { name } => (name.clone(), words::unanswered().to_owned()),
            Event::Declined { name, why, .. } => (name.clone(), why.clone()),
            Event::Refused { why, line: false } => (self.last.with(|last| last.clone()), why.clone()),
            _ => return,
        };
        self.outcomes.update(|outcomes| drop(outcomes.insert(name, outcome)));
    }
}

/// What tiles of a profile are told apart by.
fn sum(tiles: &[Tile]) -> String {
    format!("{:08x}", profiles::sum(&kept_tiles(tiles)))
}

/// The tiles of an earlier visit, if they were laid out from those that the profile has. Another profile of that name, or
/// one whose tiles were written anew since, has its own.
fn laid_out(profile: &str, own: &[Tile], kept: &str) -> Option<Vec<Tile>> {
    let (head, tiles) = kept.split_once('\n')?;
    let of = head.strip_prefix("# of ")?;
    of.split(' ').any(|known| known == sum(own)).then(|| with_kept_tiles(profile, tiles).ok())?
}

impl Kept {
    /// The profile in force, or on its way to be, as text.
    pub(super) fn text(&self) -> String {
        self.text.with(|text| text.now.clone())
    }

    /// Puts the tiles of an earlier visit in force, once.
    pub(super) fn begin(&self, engine: Engine, session: SessionId) {
        let profile = self.text.with(|text| {
            std::mem::take(&mut text.waits).then(|| {
                text.sent.push(text.now.clone());
                text.now.clone()
            })
        });
        if let Some(profile) = profile {
            engine.post(Request::SetProfile { session, profile });
        }
    }

    /// Takes on the tiles of another profile that was put in force, but not of those that were written here. Whether it
    /// did.
    pub(super) fn follow(&self, in_force: &str) -> bool {
        let own = self.text.with(|text| {
            let own = text.now == in_force || text.sent.iter().any(|sent| sent == in_force);
            text.sent.retain(|sent| sent != in_force);
            if !own {
                in_force.clone_into(&mut text.now);
                text.sent.clear();
            }
            own
        });
        if own {
            return false;
        }
        let tiles = Profile::parse(in_force).map(|profile| profile.dashboard.tiles).unwrap_or_default();
        self.own.with(|own| {
            own.tiles.clone_from(&tiles);
            let sum = sum(&tiles);
            if !own.sums.contains(&sum) {
                own.sums.push(sum);
            }
        });
        self.steps.set(Steps::default());
        self.tiles.set(tiles);
        true
    }

    /// Puts these tiles in place of the present ones, and keeps them for the next visit.
    ///
    /// # Errors
    /// Why that could not be done.
    pub(super) fn write(&self, engine: Engine, session: SessionId, tiles: Vec<Tile>) -> Result<(), String> {
        let profile = with_tiles(&self.text(), &tiles)
            .map_err(|why| words::not_written(crate::words::say(&why).trim_end_matches('.')))?;
        self.text.with(|text| {
            text.now.clone_from(&profile);
            text.sent.push(profile.clone());
            text.waits = false;
        });
        let kept = self.own.with(|own| match tiles == own.tiles {
            true => String::new(),
            false => format!("# of {}\n{}", own.sums.join(" "), kept_tiles(&tiles)),
        });
        settings::write(&self.key, &kept);
        self.tiles.set(tiles);
        engine.post(Request::SetProfile { session, profile });
        Ok(())
    }

    /// The tiles as the profile has them.
    pub(super) fn own(&self) -> Vec<Tile> {
        self.own.with(|own| own.tiles.clone())
    }

    /// Takes the last change back, or makes it again. Whether there was one.
    ///
    /// # Errors
    /// Why that could not be done.
    pub(super) fn step(&self, engine: Engine, session: SessionId, redo: bool) -> Result<bool, String> {
        let Some(to) = self.steps.with_untracked(|steps| steps.next(redo)) else { return Ok(false) };
        let before = self.tiles.get_untracked();
        self.write(engine, session, to)?;
        self.steps.update(|steps| steps.made(redo, before));
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::profile::TileKind;

    const PROFILE: &str =
        "name = \"x\"\n[link]\nkind = \"demo\"\n[protocol]\nname = \"pairs\"\n\n[[tile]]\nkind = \"log\"\n";

    fn tile(label: &str) -> Tile {
        Tile::new(TileKind::Number, label.to_owned(), vec!["a".to_owned()])
    }

    #[test]
    fn changes_are_taken_back_and_made_again() {
        let mut steps = Steps::default();
        let all: Vec<Vec<Tile>> = (0..4).map(|count| vec![tile("a"); count]).collect();
        for before in &all[..3] {
            steps.changed(before.clone());
        }
        let mut now = all[3].clone();
        let mut step = |redo: bool, now: &mut Vec<Tile>| match steps.next(redo) {
            Some(to) => {
                steps.made(redo, std::mem::replace(now, to));
                true
            }
            None => false,
        };
        for expected in all[..3].iter().rev() {
            assert!(step(false, &mut now) && now == *expected);
        }
        assert!(!step(false, &mut now));
        for expected in &all[1..] {
            assert!(step(true, &mut now) && now == *expected);
        }
        assert!(!step(true, &mut now) && step(false, &mut now));
        steps.changed(now);
        assert_eq!(steps.can(), (true, false), "a new change leaves nothing to make again");
    }

    #[test]
    fn tiles_of_an_earlier_visit_are_those_of_the_profile_they_were_laid_out_from() {
        let own = Profile::parse(PROFILE).unwrap().dashboard.tiles;
        let moved = vec![tile("Mine")];
        let kept = format!("# of 0123 {}\n{}", sum(&own), kept_tiles(&moved));
        assert_eq!(laid_out(PROFILE, &own, &kept), Some(moved));
        assert_eq!(laid_out(PROFILE, &[tile("other")], &kept), None, "its tiles were written anew");
        assert_eq!(laid_out(PROFILE, &own, ""), None);
    }
}
