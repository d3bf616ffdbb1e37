//! How wide the terminal is: as wide as it is seen, but no narrower than a program believes that places its text.

use super::{COLUMNS, Screen};
use avt::ScreenKind;
use avt::parser::{DecMode, Function};

/// What a program believes in that cannot ask: the columns of a VT100.
const USUAL: u16 = 80;

/// What is wanted of the width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    /// Columns, as it is seen.
    pub(super) wanted: u16,
    /// Whether no program gets more.
    pub(super) exact: bool,
    /// Number of the topmost line when text was last placed.
    placed: Option<u64>,
}

impl Default for Width {
    fn default() -> Width {
        Width { wanted: super::narrow(COLUMNS), exact: false, placed: None }
    }
}

/// Whether a function gives a program the whole screen.
fn takes_all(function: &Function) -> bool {
    let is_other = |mode: &DecMode| matches!(mode, DecMode::AltScreenBuffer | DecMode::SaveCursorAltScreenBuffer);
    matches!(function, Function::Decset(modes) if modes.as_slice().iter().any(is_other))
}

impl Screen {
    /// Takes note of a function before it is executed: the width must be right by then.
    pub(super) fn see_place(&mut self, function: &Function) {
        if takes_all(function) {
            self.set_columns(self.width.of(true));
        } else if matches!(function, Function::Cup(..) | Function::Vpa(..)) && !self.has_all() {
            self.width.placed = Some(self.past.top());
            self.set_columns(self.width.of(true));
        }
    }

    /// How many columns there are to be.
    pub(super) fn columns(&self) -> u16 {
        // As long as any of the lines that text was placed on may still be there.
        let until = |top: u64| top.saturating_add(self.rows as u64);
        let placed = self.width.placed.is_some_and(|top| self.past.top() < until(top));
        self.width.of(placed || self.has_all())
    }

    fn has_all(&self) -> bool {
        self.terminal.active_screen_kind() == ScreenKind::Alternate
    }
}

impl Width {
    /// For a program that places its text, or for others.
    fn of(&self, places: bool) -> u16 {
        if places && !self.exact { self.wanted.max(USUAL) } else { self.wanted }
    }
}
