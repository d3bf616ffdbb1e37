//! How the user wants to see the fleet: plain values, without a page.

use serde::{Deserialize, Serialize};
use session::query::{FleetQuery, SortKey, State};
use std::collections::BTreeSet;

/// Columns shown until the user chooses.
const FIRST: usize = 6;

/// What the user chose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// Which column the rows are sorted by, and which way.
    pub sort: SortKey,
    /// Whether the largest stands first.
    pub descending: bool,
    /// What a row must have.
    pub filter: String,
    /// The states that are wanted; all if empty.
    pub states: BTreeSet<State>,
    /// The column by whose values the rows are grouped.
    pub group: Option<u16>,
    /// The groups that are folded.
    pub folded: BTreeSet<String>,
    /// The column whose trend is shown; `None` for the first one that has numbers.
    pub trend: Option<Trend>,
    /// The columns that were hidden or shown by hand.
    pub columns: Columns,
}

/// Which trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trend {
    /// That of a column.
    Of(u16),
    /// None.
    No,
}

/// Which columns are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    shown: BTreeSet<u16>,
    hidden: BTreeSet<u16>,
}

impl Columns {
    /// Whether a column is shown: the first few are, unless the user says otherwise.
    #[must_use]
    pub fn has(&self, column: u16) -> bool {
        self.shown.contains(&column) || (usize::from(column) < FIRST && !self.hidden.contains(&column))
    }

    /// Shows a column, or hides it.
    pub fn toggle(&mut self, column: u16) {
        let (to, from) =
            if self.has(column) { (&mut self.hidden, &mut self.shown) } else { (&mut self.shown, &mut self.hidden) };
        to.insert(column);
        from.remove(&column);
    }

    /// Those that are shown, of so many.
    #[must_use]
    pub fn of(&self, count: usize) -> Vec<u16> {
        (0..u16::try_from(count).unwrap_or(u16::MAX)).filter(|column| self.has(*column)).collect()
    }
}

impl Wish {
    /// Pressing a heading: sorts by it, and the other way when pressed again.
    pub fn press(&mut self, key: SortKey) {
        self.descending = self.sort == key && !self.descending;
        self.sort = key;
    }

    /// What `aria-sort` says of a heading.
    #[must_use]
    pub fn aria(&self, key: SortKey) -> &'static str {
        match (self.sort == key, self.descending) {
            (false, _) => "none",
            (true, false) => "ascending",
            (true, true) => "descending",
        }
    }

    /// The question for so many lines.
    #[must_use]
    pub fn query(&self, from: u32, count: u16, trend: Option<u16>, hold: bool) -> FleetQuery {
        FleetQuery {
            from,
            count,
            sort: self.sort,
            descending: self.descending,
            filter: self.filter.trim().to_owned(),
            states: self.states.iter().copied().collect(),
            group: self.group,
            folded: self.folded.iter().cloned().collect(),
            trend,
            hold,
            all: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_turns_the_order_round_when_it_is_pressed_again() {
        let mut wish = Wish::default();
        assert_eq!((wish.aria(SortKey::Name), wish.aria(SortKey::State)), ("ascending", "none"));
        wish.press(SortKey::Column(2));
        assert_eq!(wish.aria(SortKey::Column(2)), "ascending");
        wish.press(SortKey::Column(2));
        assert_eq!(wish.aria(SortKey::Column(2)), "descending");
        wish.press(SortKey::Name);
        assert_eq!(wish.aria(SortKey::Name), "ascending");
    }

    #[test]
    fn the_first_columns_are_shown_and_others_by_choice() {
        let mut columns = Columns::default();
        assert_eq!(columns.of(8), [0, 1, 2, 3, 4, 5]);
        columns.toggle(7);
        columns.toggle(0);
        assert_eq!(columns.of(8), [1, 2, 3, 4, 5, 7]);
        columns.toggle(0);
        columns.toggle(7);
        assert_eq!(columns.of(8), [0, 1, 2, 3, 4, 5]);
    }
}
