//! The tiles of a session as they are laid out: what the profile says, changed by hand, written back into its text.

use super::grid;
use super::kept::{Kept, Steps};
use crate::engine::{Engine, Open, use_engine};
use crate::words::dashboard as words;
use leptos::prelude::*;
use session::Profile;
use session::profile::{Area, Command, Tile};
use session::query::Cell;
use session::wire::Request;
use std::collections::BTreeMap;

/// The board of a session. Copies are the same board.
#[derive(Clone, Copy)]
pub(super) struct Board {
    pub(super) session: u32,
    engine: Engine,
    pub(super) tiles: RwSignal<Vec<Tile>>,
    steps: RwSignal<Steps>,
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

/// A button sends what the profile gives for each argument.
fn args_of(command: Command) -> Vec<Cell> {
    command.args.into_iter().filter_map(|arg| arg.default).collect()
}

impl Board {
    /// What a button would send, where the profile marks its command as dangerous.
    pub(super) fn dangerous(self, name: &str) -> Option<(String, Vec<Cell>)> {
        let command = Profile::parse(&self.text()).ok()?.command(name).filter(|command| command.dangerous)?.clone();
        Some((name.to_owned(), args_of(command)))
    }

    pub(super) fn of(open: &Open) -> Board {
        let kept = open.part::<Kept>();
        let tiles = RwSignal::from(kept.tiles.clone());
        let preview = RwSignal::new(None);
        let areas = Memo::new(move |_| {
            let areas = tiles.with(|tiles| grid::placed(tiles));
            match preview.get() {
                Some((index, to)) => grid::moved(&areas, &tiles.with(|tiles| grid::least_of(tiles)), index, to),
                None => areas,
            }
        });
        let board = Board {
            session: open.id,
            engine: use_engine(),
            tiles,
            steps: kept.steps.clone().into(),
            outcomes: kept.outcomes.clone().into(),
            kept: StoredValue::new(kept),
            editing: RwSignal::new(false),
            chosen: RwSignal::new(None),
            preview,
            areas,
            wrong: RwSignal::new(None),
        };
        board.kept.with_value(|kept| kept.begin(board.engine, board.session));
        board.follow();
        board
    }

    /// Takes on the tiles of another profile that was put in force, but not of those that were written here.
    fn follow(self) {
        let in_force = Memo::new(move |_| self.engine.profile(self.session).unwrap_or_default());
        Effect::new(move |_| {
            if self.kept.with_value(|kept| kept.follow(&in_force.get())) {
                self.chosen.set(None);
            }
        });
    }

    /// The profile in force, or on its way to be, as text.
    pub(super) fn text(self) -> String {
        self.kept.with_value(Kept::text)
    }

    /// Says why something was not done. Whether it was.
    fn say<T: Default>(self, outcome: Result<T, String>) -> T {
        let (done, wrong) = match outcome {
            Ok(done) => (done, None),
            Err(why) => (T::default(), Some(why)),
        };
        self.wrong.set(wrong);
        done
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
        let written = self.kept.with_value(|kept| kept.write(self.engine, self.session, after));
        let made = self.say(written.map(|()| true));
        if made {
            self.steps.update(|steps| steps.changed(before));
        }
        made
    }

    /// Whether there is a change to take back, and one to make again.
    pub(super) fn steps(self) -> (bool, bool) {
        self.steps.with(Steps::can)
    }

    /// Takes the last change back, or makes it again. The tile that is chosen stays so.
    pub(super) fn step(self, redo: bool) {
        let stepped = self.kept.with_value(|kept| kept.step(self.engine, self.session, redo));
        if self.say(stepped) {
            let count = self.tiles.with_untracked(Vec::len);
            self.chosen.update(|chosen| *chosen = chosen.filter(|index| *index < count));
        }
    }

    /// Whether the tiles are other than the profile has them.
    pub(super) fn changed(self) -> bool {
        self.tiles.with(|tiles| *tiles != self.kept.with_value(Kept::own))
    }

    /// Puts the tiles back as the profile has them; that can be taken back, too.
    pub(super) fn reset(self) {
        let own = self.kept.with_value(Kept::own);
        self.chosen.set(None);
        self.change(|tiles, _| *tiles = own);
    }

    /// Puts a tile elsewhere; what lies there makes room.
    pub(super) fn put(self, index: usize, to: Area) {
        self.preview.set(None);
        self.change(|tiles, areas| {
            let least = grid::least_of(tiles);
            for (tile, area) in tiles.iter_mut().zip(grid::moved(areas, &least, index, to)) {
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
                let args = args_of(command);
                self.engine.post(Request::Command { session: self.session, name: name.to_owned(), args });
                words::sent().to_owned()
            }
        };
        self.outcomes.update(|outcomes| drop(outcomes.insert(name.to_owned(), outcome)));
    }
}
