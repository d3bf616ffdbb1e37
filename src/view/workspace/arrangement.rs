//! Which panel stands where: a value that knows nothing of the page it is drawn on.
//!
//! Every panel of [`crate::view::VIEWS`] that is for such a workspace is at exactly one place or closed, whatever is done with it.

use crate::view::{Fits, Place, ViewInfo};
use session::profile::Panels;

/// A panel, by its name in [`crate::view::VIEWS`].
pub type Name = &'static str;

/// The least that a split leaves to either side, in CSS pixels.
pub const LEAST: u16 = 240;

/// The least that the left column keeps, in CSS pixels: what is typed in the terminal has room there.
pub const LEAST_LEFT: u16 = 360;

/// A line between two parts of the workspace that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Between the two columns: the width of the right one.
    Columns,
    /// In the left column: the height of its lower place.
    Left,
    /// In the right column: the height of its lower place.
    Right,
}

/// The panels at one place, one of them in front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// In the order of their tabs.
    pub panels: Vec<Name>,
    /// The one that is seen; there is one unless the place is empty.
    pub front: Option<Name>,
}

impl Stack {
    fn push(&mut self, name: Name) {
        self.panels.push(name);
        self.front = Some(name);
    }

    fn take(&mut self, name: Name) -> bool {
        let Some(at) = self.panels.iter().position(|known| *known == name) else { return false };
        self.panels.remove(at);
        if self.front == Some(name) {
            // The neighbour comes to the front, as with the tabs of a browser.
            self.front = self.panels.get(at.min(self.panels.len().saturating_sub(1))).copied();
        }
        true
    }
}

/// The arrangement of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangement {
    stacks: [Stack; 4],
    /// The closed panels, each with the place it is opened at again.
    closed: Vec<(Name, Place)>,
    maximised: Option<Place>,
    /// By [`Split`]: CSS pixels, where the user moved it.
    splits: [Option<u16>; 3],
    /// Whether it is a fleet's: other panels are for that.
    fleet: bool,
}

impl Default for Arrangement {
    /// That of a device.
    fn default() -> Arrangement {
        Arrangement::standard(false)
    }
}

impl Arrangement {
    /// Every panel at its own place, the first of each in front. Of a fleet the table alone: it wants the room.
    #[must_use]
    pub fn standard(fleet: bool) -> Arrangement {
        let stack = |place: Place| {
            let of_place = ViewInfo::of(fleet).filter(|view| view.place == place);
            let panels: Vec<Name> = of_place.map(|view| view.name).collect();
            Stack { front: panels.first().copied(), panels }
        };
        let stacks = Place::ALL.map(stack);
        let mut arrangement = Arrangement { stacks, closed: Vec::new(), maximised: None, splits: [None; 3], fleet };
        for view in ViewInfo::of(fleet).filter(|view| fleet && view.fits != Fits::Many) {
            arrangement.close(view.name);
        }
        arrangement
    }

    /// As a profile says it, or the browser kept it. A panel that is named nowhere stands at its own place.
    #[must_use]
    pub fn of_panels(panels: &Panels, fleet: bool) -> Arrangement {
        let mut arrangement = Arrangement::standard(fleet);
        let lists = [&panels.upper_left, &panels.upper_right, &panels.lower_left, &panels.lower_right];
        let known = |name: &String| ViewInfo::of(fleet).find(|view| view.name == name);
        for (place, names) in Place::ALL.into_iter().zip(lists) {
            let named: Vec<Name> = names.iter().filter_map(known).map(|view| view.name).collect();
            for name in &named {
                arrangement.take(name);
            }
            let stack = arrangement.stack_mut(place);
            stack.panels.splice(0..0, named);
        }
        for view in panels.closed.iter().filter_map(known) {
            arrangement.close(view.name);
        }
        for place in Place::ALL {
            let stack = arrangement.stack_mut(place);
            let front = stack.panels.iter().find(|name| panels.front.iter().any(|front| front == *name));
            stack.front = front.or(stack.panels.first()).copied();
        }
        arrangement.move_split(Split::Columns, panels.right_px);
        arrangement.move_split(Split::Left, panels.lower_left_px);
        arrangement.move_split(Split::Right, panels.lower_right_px);
        arrangement
    }

    /// The same as a profile says it: nothing where nothing was changed.
    #[must_use]
    pub fn to_panels(&self) -> Panels {
        let standard = Arrangement::standard(self.fleet);
        let list = |place: Place| {
            let panels = &self.stack(place).panels;
            let names = if *panels == standard.stack(place).panels { &[] } else { panels.as_slice() };
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        Panels {
            upper_left: list(Place::Plot),
            upper_right: list(Place::Values),
            lower_left: list(Place::Terminal),
            lower_right: list(Place::Detail),
            closed: {
                let own = |name: &Name| standard.closed.iter().any(|(known, _)| known == name);
                let names = self.closed.iter().map(|(name, _)| *name).filter(|name| !own(name));
                names.map(str::to_owned).collect()
            },
            front: {
                let behind = |stack: &&Stack| stack.front != stack.panels.first().copied();
                let fronts = self.stacks.iter().filter(behind).filter_map(|stack| stack.front);
                fronts.map(str::to_owned).collect()
            },
            right_px: self.split(Split::Columns),
            lower_left_px: self.split(Split::Left),
            lower_right_px: self.split(Split::Right),
        }
    }

    /// The panels at a place.
    #[must_use]
    pub fn stack(&self, place: Place) -> &Stack {
        let [plot, values, terminal, detail] = &self.stacks;
        match place {
            Place::Plot => plot,
            Place::Values => values,
            Place::Terminal => terminal,
            Place::Detail => detail,
        }
    }

    fn stack_mut(&mut self, place: Place) -> &mut Stack {
        let [plot, values, terminal, detail] = &mut self.stacks;
        match place {
            Place::Plot => plot,
            Place::Values => values,
            Place::Terminal => terminal,
            Place::Detail => detail,
        }
    }

    /// Where a panel is; `None` if it is closed.
    #[must_use]
    pub fn place_of(&self, name: Name) -> Option<Place> {
        Place::ALL.into_iter().find(|place| self.stack(*place).panels.contains(&name))
    }

    /// Whether it is a fleet's.
    #[must_use]
    pub fn of_fleet(&self) -> bool {
        self.fleet
    }

    /// Whether a place is seen: it has a panel, and no other place is maximised.
    #[must_use]
    pub fn visible(&self, place: Place) -> bool {
        !self.stack(place).panels.is_empty() && self.maximised.is_none_or(|only| only == place)
    }

    /// Whether a panel is seen: in front at a place that is.
    #[must_use]
    pub fn in_front(&self, name: Name) -> bool {
        self.place_of(name).is_some_and(|place| self.visible(place) && self.stack(place).front == Some(name))
    }

    /// The place that has the whole workspace.
    #[must_use]
    pub fn maximised(&self) -> Option<Place> {
        self.maximised
    }

    /// Where a split was moved to, in CSS pixels; `None` where the style sheet says so.
    #[must_use]
    pub fn split(&self, split: Split) -> Option<u16> {
        let [columns, left, right] = self.splits;
        match split {
            Split::Columns => columns,
            Split::Left => left,
            Split::Right => right,
        }
    }

    /// Takes a panel from wherever it is. Nothing of it is left.
    fn take(&mut self, name: Name) -> Option<Place> {
        let place = self.place_of(name);
        if let Some(place) = place {
            self.stack_mut(place).take(name);
        }
        let closed = self.closed.iter().position(|(known, _)| *known == name).map(|at| self.closed.remove(at).1);
        if self.maximised.is_some_and(|only| self.stack(only).panels.is_empty()) {
            self.maximised = None;
        }
        place.or(closed)
    }

    /// Moves a panel to a place, in front of what is there. A closed one is opened there.
    pub fn move_to(&mut self, name: Name, place: Place) {
        if ViewInfo::of(self.fleet).any(|view| view.name == name) && self.place_of(name) != Some(place) {
            self.take(name);
            self.stack_mut(place).push(name);
            self.reveal(place);
        }
    }

    /// Moves a panel among the tabs of its place, by so many.
    pub fn shift(&mut self, name: Name, by: isize) {
        let Some(place) = self.place_of(name) else { return };
        let panels = &mut self.stack_mut(place).panels;
        let Some(at) = panels.iter().position(|known| *known == name) else { return };
        let to = at.saturating_add_signed(by).min(panels.len().saturating_sub(1));
        let panel = panels.remove(at);
        panels.insert(to, panel);
    }

    /// Closes a panel.
    pub fn close(&mut self, name: Name) {
        if let Some(place) = self.take(name) {
            self.closed.push((name, place));
        }
    }

    /// Shows a panel: opened where it was closed, brought to the front where it is behind.
    pub fn show(&mut self, name: Name) {
        match self.place_of(name) {
            Some(place) => {
                self.stack_mut(place).front = Some(name);
                self.reveal(place);
            }
            None => {
                if let Some(place) = self.take(name) {
                    self.stack_mut(place).push(name);
                    self.reveal(place);
                }
            }
        }
    }

    /// Gives a place the whole workspace, or back what it had.
    pub fn maximise(&mut self, place: Place) {
        let had = self.maximised == Some(place);
        self.maximised = Some(place).filter(|place| !had && !self.stack(*place).panels.is_empty());
    }

    /// What is to be seen is not behind a maximised place.
    fn reveal(&mut self, place: Place) {
        self.maximised = self.maximised.filter(|only| *only == place);
    }

    /// Moves a split; `None` puts it back. Never below [`LEAST`].
    pub fn move_split(&mut self, split: Split, to: Option<u16>) {
        let [columns, left, right] = &mut self.splits;
        let at = match split {
            Split::Columns => columns,
            Split::Left => left,
            Split::Right => right,
        };
        *at = to.map(|pixels| pixels.max(LEAST));
    }

    /// Brings to the front what is in front in another arrangement, where a place has the same panels: which tab is read is
    /// no part of the layout.
    pub fn keep_fronts_of(&mut self, other: &Arrangement) {
        for place in Place::ALL {
            let theirs = other.stack(place);
            let stack = self.stack_mut(place);
            if stack.panels == theirs.panels {
                stack.front = theirs.front;
            }
        }
    }
}

#[cfg(test)]
mod tests;
