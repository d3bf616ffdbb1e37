//! A panel taken by its tab or its title and dropped at another place, or between other tabs.

use super::arrangement::Name;
use super::history::Change;
use super::{Workspace, place_word};
use crate::browser::dom;
use crate::view::Place;
use leptos::ev::PointerEvent;
use leptos::prelude::*;

/// Closer than this, in CSS pixels, it is a click.
const FAR: f64 = 6.0;

/// What is held.
#[derive(Clone, Copy)]
struct Held {
    pointer: i32,
    name: Name,
    x: f64,
    y: f64,
    /// Whether it has been moved.
    moving: bool,
}

/// A panel that is being dragged. Copies are the same one.
#[derive(Clone, Copy)]
pub struct Drag {
    held: StoredValue<Option<Held>>,
    /// The place it would go to.
    over: RwSignal<Option<Place>>,
}

/// The place of that name on the page.
fn place_at(x: f64, y: f64) -> Option<Place> {
    let label = dom::under(x, y, ".place", "data-place")?;
    Place::ALL.into_iter().find(|place| place_word(*place) == label)
}

impl Default for Drag {
    fn default() -> Drag {
        Drag::new()
    }
}

impl Drag {
    /// Nothing is held.
    #[must_use]
    pub fn new() -> Drag {
        Drag { held: StoredValue::new(None), over: RwSignal::new(None) }
    }

    /// Whether a panel would go there.
    #[must_use]
    pub fn is_over(self, place: Place) -> bool {
        self.over.get() == Some(place)
    }

    /// A button of the mouse, or a pen, went down at a place. Fingers scroll; they have the panel's menu.
    pub fn begin(self, event: &PointerEvent, workspace: Workspace, place: Place) {
        if event.button() != 0 || event.pointer_type() == "touch" {
            return;
        }
        let tab = dom::within(event, ".place-head [role=tab]");
        let name = workspace.with_untracked(|now| match &tab {
            Some(id) => index(id).and_then(|at| now.stack(place).panels.get(at).copied()),
            None => dom::within(event, ".panel-head h2").and(now.stack(place).front),
        });
        let held = name.map(|name| Held {
            pointer: event.pointer_id(),
            name,
            x: f64::from(event.client_x()),
            y: f64::from(event.client_y()),
            moving: false,
        });
        self.held.set_value(held);
    }

    /// It moved; whether this is its beginning.
    pub fn moved(self, event: &PointerEvent) -> bool {
        let Some(held) = self.held.get_value().filter(|held| held.pointer == event.pointer_id()) else { return false };
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        if !held.moving && (x - held.x).hypot(y - held.y) < FAR {
            return false;
        }
        self.held.set_value(Some(Held { moving: true, ..held }));
        let over = place_at(x, y);
        if self.over.get_untracked() != over {
            self.over.set(over);
        }
        !held.moving
    }

    /// It was let go.
    pub fn dropped(self, event: &PointerEvent, workspace: Workspace) {
        let held = self.held.get_value();
        self.give_up();
        let Some(Held { name, moving: true, .. }) = held else { return };
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let Some(to) = place_at(x, y) else { return };
        let tab = dom::under(x, y, ".place-head [role=tab]", "id").as_deref().and_then(index);
        workspace.change(Change::Panels, |layout| {
            if layout.place_of(name) != Some(to) {
                layout.move_to(name, to);
            }
            let now = layout.stack(to).panels.iter().position(|panel| *panel == name);
            if let (Some(tab), Some(now)) = (tab, now) {
                layout.shift(name, tab as isize - now as isize);
            }
        });
    }

    /// It stays where it was.
    pub fn give_up(self) {
        self.held.set_value(None);
        if self.over.get_untracked().is_some() {
            self.over.set(None);
        }
    }
}

/// The index of a tab, by its id.
fn index(id: &str) -> Option<usize> {
    id.rsplit_once('-')?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::index;

    #[test]
    fn a_tab_is_known_by_its_id() {
        assert_eq!(index(&crate::ui::tabs::tab_id("upper-left", 12)), Some(12));
        assert_eq!(index("term-title"), None);
    }
}
