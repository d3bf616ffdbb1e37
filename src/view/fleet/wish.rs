//! How the user wants to see the fleet: plain values, without a page. Columns go by their names, as the profile has them
//! and as they are kept: their numbers are by what came first.

use session::profile::FleetSettings;
use session::query::{FleetColumn, FleetQuery, GroupKey, OutcomeKind, SortKey, State};
use std::collections::BTreeSet;

/// Columns shown where neither the profile nor the user says which.
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
    /// What must have come of the last command to many; anything if empty.
    pub outcomes: BTreeSet<OutcomeKind>,
    /// What the rows are grouped by.
    pub group: Group,
    /// The groups that are folded.
    pub folded: BTreeSet<String>,
    /// The column whose trend is shown.
    pub trend: Trend,
    /// The columns that were hidden or shown by hand.
    pub columns: Columns,
}

/// What the rows are grouped by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// Not at all.
    #[default]
    No,
    /// Their state.
    State,
    /// A column.
    Column(String),
}

/// Which trend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trend {
    /// That of the first column that has numbers.
    #[default]
    First,
    /// That of a column.
    Of(String),
    /// None.
    No,
}

/// The number of a column of that name, as it is shown or without its message's.
#[must_use]
pub fn number_of(name: &str, columns: &[FleetColumn]) -> Option<u16> {
    let tail = |column: &FleetColumn| column.name.rsplit_once('.').is_some_and(|(_, field)| field == name);
    let at = columns.iter().position(|column| column.name == name).or_else(|| columns.iter().position(tail));
    at.and_then(|at| u16::try_from(at).ok())
}

/// Which columns are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Those that the profile names, in its order.
    named: Vec<String>,
    shown: BTreeSet<String>,
    hidden: BTreeSet<String>,
}

impl Columns {
    /// Those that are shown, of these, in order.
    #[must_use]
    pub fn of(&self, columns: &[FleetColumn]) -> Vec<u16> {
        let named: Vec<u16> = self.named.iter().filter_map(|name| number_of(name, columns)).collect();
        let name = |number: &u16| columns.get(usize::from(*number)).map_or("", |column| column.name.as_str());
        let first = |number: &u16| self.named.is_empty() && usize::from(*number) < FIRST;
        let rest = (0..u16::try_from(columns.len()).unwrap_or(u16::MAX)).filter(|number| !named.contains(number));
        let rest = rest.filter(|number| first(number) || self.shown.contains(name(number)));
        let all = named.iter().copied().chain(rest);
        all.filter(|number| !self.hidden.contains(name(number))).collect()
    }

    /// Shows a column, or hides it.
    pub fn toggle(&mut self, name: &str, columns: &[FleetColumn]) {
        let is_shown = number_of(name, columns).is_some_and(|number| self.of(columns).contains(&number));
        let (to, from) =
            if is_shown { (&mut self.hidden, &mut self.shown) } else { (&mut self.shown, &mut self.hidden) };
        to.insert(name.to_owned());
        from.remove(name);
    }
}

impl Wish {
    /// What a profile says.
    #[must_use]
    pub fn of_profile(fleet: &FleetSettings) -> Wish {
        Wish {
            group: match fleet.group.as_deref() {
                None => Group::No,
                Some("state") => Group::State,
                Some(name) => Group::Column(name.to_owned()),
            },
            trend: fleet.trend.clone().map_or(Trend::First, Trend::Of),
            columns: Columns { named: fleet.columns.clone(), ..Columns::default() },
            ..Wish::default()
        }
    }

    /// What is kept for the next session with the same profile: a line for each choice.
    #[must_use]
    pub fn kept(&self) -> String {
        let group = match &self.group {
            Group::No => "group".to_owned(),
            Group::State => "group state".to_owned(),
            Group::Column(name) => format!("group by {name}"),
        };
        let trend = match &self.trend {
            Trend::First => None,
            Trend::Of(name) => Some(format!("trend of {name}")),
            Trend::No => Some("trend".to_owned()),
        };
        let shown = self.columns.shown.iter().map(|name| format!("show {name}"));
        let hidden = self.columns.hidden.iter().map(|name| format!("hide {name}"));
        std::iter::once(group).chain(trend).chain(shown).chain(hidden).collect::<Vec<_>>().join("\n")
    }

    /// Takes what was kept. A line that says nothing is passed over.
    #[must_use]
    pub fn with_kept(mut self, kept: &str) -> Wish {
        for line in kept.lines() {
            if line == "group" {
                self.group = Group::No;
            } else if line == "group state" {
                self.group = Group::State;
            } else if let Some(name) = line.strip_prefix("group by ") {
                self.group = Group::Column(name.to_owned());
            } else if line == "trend" {
                self.trend = Trend::No;
            } else if let Some(name) = line.strip_prefix("trend of ") {
                self.trend = Trend::Of(name.to_owned());
            } else if let Some(name) = line.strip_prefix("show ") {
                self.columns.shown.insert(name.to_owned());
            } else if let Some(name) = line.strip_prefix("hide ") {
                self.columns.hidden.insert(name.to_owned());
            }
        }
        self
    }

    /// The number of the column whose trend is shown.
    #[must_use]
    pub fn trend(&self, columns: &[FleetColumn]) -> Option<u16> {
        match &self.trend {
            Trend::Of(name) => number_of(name, columns),
            Trend::No => None,
            Trend::First => columns.iter().position(|column| column.numeric).and_then(|at| u16::try_from(at).ok()),
        }
    }

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
    pub fn query(&self, from: u32, count: u16, columns: &[FleetColumn]) -> FleetQuery {
        FleetQuery {
            from,
            count,
            sort: self.sort,
            descending: self.descending,
            filter: self.filter.trim().to_owned(),
            states: self.states.iter().copied().collect(),
            outcomes: self.outcomes.iter().copied().collect(),
            group: match &self.group {
                Group::No => None,
                Group::State => Some(GroupKey::State),
                Group::Column(name) => number_of(name, columns).map(GroupKey::Column),
            },
            folded: self.folded.iter().cloned().collect(),
            trend: self.trend(columns),
            ..FleetQuery::default()
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

    fn columns(count: usize) -> Vec<FleetColumn> {
        let column = |name| FleetColumn { name, unit: String::new(), numeric: true, decimals: 0 };
        (0..count).map(|number| column(format!("c{number}"))).collect()
    }

    #[test]
    fn the_first_columns_are_shown_and_others_by_choice() {
        let (all, mut chosen) = (columns(8), Columns::default());
        assert_eq!(chosen.of(&all), [0, 1, 2, 3, 4, 5]);
        chosen.toggle("c7", &all);
        chosen.toggle("c0", &all);
        assert_eq!(chosen.of(&all), [1, 2, 3, 4, 5, 7]);
        chosen.toggle("c0", &all);
        chosen.toggle("c7", &all);
        assert_eq!(chosen.of(&all), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_profiles_columns_stand_first_and_a_choice_is_kept() {
        let fleet = FleetSettings {
            columns: vec!["c5".into(), "c1".into()],
            group: Some("state".into()),
            ..FleetSettings::default()
        };
        let (all, mut wish) = (columns(8), Wish::of_profile(&fleet));
        assert_eq!((wish.columns.of(&all), &wish.group), (vec![5, 1], &Group::State));
        wish.columns.toggle("c5", &all);
        wish.columns.toggle("c7", &all);
        wish.group = Group::Column("zone of c".into());
        wish.trend = Trend::No;
        let again = Wish::of_profile(&fleet).with_kept(&wish.kept());
        assert_eq!((again.columns.of(&all), again), (vec![1, 7], wish));
    }
}
