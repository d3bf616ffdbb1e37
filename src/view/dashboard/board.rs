//! The tiles of a session as they are laid out: what the profile says, changed by hand, written back into its text.

use super::grid;
use crate::engine::{Engine, Open, Part, Unwatched, use_engine};
use crate::words::dashboard as words;
use leptos::prelude::*;
use session::Profile;
use session::profile::{Area, Tile, with_tiles};
use session::wire::{Event, Request};
use std::collections::BTreeMap;

/// Changes that can be taken back at most.
const UNDO: usize = 100;

/// What is kept of a session's dashboard.
#[derive(Clone)]
struct Kept {
    tiles: ArcRwSignal<Vec<Tile>>,
    /// The tiles before each change, the newest last.
    undo: ArcRwSignal<Vec<Vec<Tile>>>,
    text: Unwatched<Text>,
    /// What became of each command that a button sent.
    outcomes: ArcRwSignal<BTreeMap<String, String>>,
    /// The command that was sent last.
    last: Unwatched<String>,
}

/// The profile's text that the tiles are those of, and the texts on their way to be put in force.
#[derive(Default)]
struct Text {
    now: String,
    sent: Vec<String>,
}

impl Part for Kept {
    fn first(open: &Open) -> Kept {
        Kept {
            tiles: ArcRwSignal::new(tiles_of(&open.profile)),
            undo: ArcRwSignal::new(Vec::new()),
            text: Unwatched::new(Text { now: open.profile.clone(), sent: Vec::new() }),
            outcomes: ArcRwSignal::new(BTreeMap::new()),
            last: Unwatched::default(),
        }
    }

    fn heard(&self, event: &Event) {
        let (name, outcome) = match event {
            Event::Replied { name, millis, .. } => (name.clone(), words::answered(*millis)),
            Event::Expired { name } => (name.clone(), words::unanswered().to_owned()),
            Event::Refused { why, line: false } => (self.last.with(|last| last.clone()), why.clone()),
            _ => return,
        };
        self.outcomes.update(|outcomes| drop(outcomes.insert(name, outcome)));
    }
}

fn tiles_of(profile: &str) -> Vec<Tile> {
    Profile::parse(profile).map(|profile| profile.dashboard.tiles).unwrap_or_default()
}

/// The board of a session. Copies are the same board.
#[derive(Clone, Copy)]
pub(super) struct Board {
    pub(super) session: u32,
    engine: Engine,
    pub(super) tiles: RwSignal<Vec<Tile>>,
    undo: RwSignal<Vec<Vec<Tile>>>,
    kept: StoredValue<Kept>,
    /// Whether tiles can be moved.
    pub(super) editing: RwSignal<bool>,
    /// The tile whose form is shown.
    pub(super) chosen: RwSignal<Option<usize>>,
    /// A tile that is being dragged, and where it would stand.
    pub(super) preview: RwSignal<Option<(usize, Area)>>,
    /// Where each tile stands.
    pub(super) areas: Memo<Vec<Area>>,
    /// Why the last change was not made.
    pub(super) wrong: RwSignal<Option<String>>,
    pub(super) outcomes: RwSignal<BTreeMap<String, String>>,
}

impl Board {
    pub(super) fn of(open: &Open) -> Board {
        let kept = open.part::<Kept>();
        let tiles = RwSignal::from(kept.tiles.clone());
        let preview = RwSignal::new(None);
        let areas = Memo::new(move |_| {
            let areas = tiles.with(|tiles| grid::placed(tiles));
            match preview.get() {
                Some((index, to)) => grid::moved(&areas, index, to),
                None => areas,
            }
        });
        let board = Board {
            session: open.id,
            engine: use_engine(),
            tiles,
            undo: kept.undo.clone().into(),
            outcomes: kept.outcomes.clone().into(),
            kept: StoredValue::new(kept),
            editing: RwSignal::new(false),
            chosen: RwSignal::new(None),
            preview,
            areas,
            wrong: RwSignal::new(None),
        };
        board.follow();
        board
    }

    /// Takes on the tiles of another profile that was put in force, but not of those that were written here.
    fn follow(self) {
        let in_force = Memo::new(move |_| self.engine.profile(self.session).unwrap_or_default());
        Effect::new(move |_| {
            let text = in_force.get();
            let text_kept = self.kept.with_value(|kept| kept.text.clone());
            let own = text_kept.with(|kept| {
                let own = kept.now == text || kept.sent.contains(&text);
                kept.sent.retain(|sent| *sent != text);
                if !own {
                    kept.now.clone_from(&text);
                    kept.sent.clear();
                }
                own
            });
            if !own {
                self.undo.set(Vec::new());
                self.chosen.set(None);
                self.tiles.set(tiles_of(&text));
            }
        });
    }

    /// The profile in force, or on its way to be, as text.
    pub(super) fn text(self) -> String {
        self.kept.with_value(|kept| kept.text.with(|text| text.now.clone()))
    }

    /// Puts these tiles in place of the present ones. Whether that could be done.
    fn write(self, tiles: Vec<Tile>) -> bool {
        match with_tiles(&self.text(), &tiles) {
            Ok(profile) => {
                self.kept.with_value(|kept| {
                    kept.text.with(|text| {
                        text.now.clone_from(&profile);
                        text.sent.push(profile.clone());
                    });
                });
                self.wrong.set(None);
                self.tiles.set(tiles);
                self.engine.post(Request::SetProfile { session: self.session, profile });
                true
            }
            Err(why) => {
                self.wrong.set(Some(words::not_written(crate::words::say(&why).trim_end_matches('.'))));
                false
            }
        }
    }

    /// Makes a change that can be taken back. Whether it was made.
    fn change(self, act: impl FnOnce(&mut Vec<Tile>, &[Area])) -> bool {
        let before = self.tiles.get_untracked();
        let areas = grid::placed(&before);
        let mut after = before.clone();
        // Once one is moved, the others no longer stand wherever there is a gap.
        for (tile, area) in after.iter_mut().zip(&areas) {
            tile.area = Some(*area);
        }
        act(&mut after, &areas);
        if after == before {
            return true;
        }
        let made = self.write(after);
        if made {
            self.undo.update(|undo| {
                undo.push(before);
                if undo.len() > UNDO {
                    undo.remove(0);
                }
            });
        }
        made
    }

    /// Whether there is a change to take back.
    pub(super) fn can_undo(self) -> bool {
        self.undo.with(|undo| !undo.is_empty())
    }

    /// Takes the last change back.
    pub(super) fn undo(self) {
        if let Some(before) = self.undo.with_untracked(|undo| undo.last().cloned())
            && self.write(before)
        {
            self.undo.update(|undo| drop(undo.pop()));
            self.chosen.set(None);
        }
    }

    /// Puts a tile elsewhere; what lies there makes room.
    pub(super) fn put(self, index: usize, to: Area) {
        self.preview.set(None);
        self.change(|tiles, areas| {
            for (tile, area) in tiles.iter_mut().zip(grid::moved(areas, index, to)) {
                tile.area = Some(area);
            }
        });
        super::tile::keep_focus(index);
    }

    /// Removes a tile.
    pub(super) fn remove(self, index: usize) {
        self.chosen.set(None);
        self.change(|tiles, _| {
            if index < tiles.len() {
                tiles.remove(index);
            }
        });
    }

    /// Adds a tile in the first gap that takes it, and chooses it.
    pub(super) fn add(self, tile: Tile) {
        let added = self.change(|tiles, _| {
            tiles.push(tile);
            let area = grid::placed(tiles).last().copied();
            if let Some(tile) = tiles.last_mut() {
                tile.area = area;
            }
        });
        if added {
            self.chosen.set(self.tiles.with_untracked(|tiles| tiles.len().checked_sub(1)));
        }
    }

    /// Changes what a tile shows. Whether that could be done.
    pub(super) fn edit(self, index: usize, act: impl FnOnce(&mut Tile)) -> bool {
        self.change(|tiles, _| tiles.get_mut(index).map_or((), act))
    }

    /// Sends a command of the profile with the values it has without asking.
    pub(super) fn send(self, name: &str) {
        let command = Profile::parse(&self.text()).ok().and_then(|profile| profile.command(name).cloned());
        let outcome = match command {
            None => words::no_command(name),
            Some(command) => {
                self.kept.with_value(|kept| kept.last.with(|last| name.clone_into(last)));
                let args = command.args.into_iter().filter_map(|arg| arg.default).collect();
                self.engine.post(Request::Command { session: self.session, name: name.to_owned(), args });
                words::sent().to_owned()
            }
        };
        self.outcomes.update(|outcomes| drop(outcomes.insert(name.to_owned(), outcome)));
    }
}
