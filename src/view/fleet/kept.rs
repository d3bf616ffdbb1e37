//! What the table of a fleet keeps of a session, and how its parts share it.

use super::wish::Wish;
use crate::browser::clock::Pace;
use crate::browser::settings;
use crate::engine::{Engine, Open, Part};
use crate::view::narrow::Narrow;
use leptos::html;
use leptos::prelude::*;
use session::query::{Answer, FleetColumn, FleetLine, FleetQuery, FleetRow, FleetTable, Query, SortKey};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows asked for beyond those in sight, so that scrolling has something to show at once.
const MARGIN: u32 = 12;
/// How often what changed is shown, in nanoseconds: nobody reads faster.
const PERIOD: i64 = 100_000_000;

/// What is kept.
#[derive(Clone)]
pub(super) struct Kept {
    wish: ArcRwSignal<Wish>,
    /// The row that has the focus, or had it last.
    at: ArcRwSignal<Option<Key>>,
    /// The devices that are selected.
    selected: ArcRwSignal<BTreeSet<u32>>,
    /// Where the user's choice is kept for the next session with this profile.
    key: String,
    own: Wish,
}

impl Part for Kept {
    fn first(open: &Open) -> Kept {
        let profile = session::Profile::parse(&open.profile).ok();
        let key = format!("fleet.{}", profile.as_ref().map_or("", |profile| &profile.name));
        let own = profile.map(|profile| Wish::of_profile(&profile.fleet)).unwrap_or_default();
        let wish = own.clone().with_kept(&settings::read(&key).unwrap_or_default());
        let (at, selected) = (ArcRwSignal::default(), ArcRwSignal::default());
        Kept { wish: ArcRwSignal::new(wish), at, selected, key, own }
    }

    fn begin_again(&self) {
        // Devices and columns are numbered by what comes first.
        self.wish.update(|wish| {
            wish.sort = if let SortKey::Column(_) = wish.sort { SortKey::Name } else { wish.sort };
            wish.outcomes.clear();
        });
        self.at.set(None);
        self.selected.set(BTreeSet::new());
    }
}

/// A line of the table, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The head of a group.
    Group(String),
    /// A device.
    Device(u32),
}

impl Key {
    /// That of a line.
    pub(super) fn of(line: &FleetLine) -> Key {
        match line {
            FleetLine::Group { name, .. } => Key::Group(name.clone()),
            FleetLine::Device(row) => Key::Device(row.device),
        }
    }
}

/// The table that is shown. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) wish: RwSignal<Wish>,
    pub(super) at: RwSignal<Option<Key>>,
    pub(super) selected: RwSignal<BTreeSet<u32>>,
    /// Whether all that are listed are to be selected, as soon as it is known which they are.
    pub(super) all: RwSignal<bool>,
    /// What the profile says.
    own: StoredValue<Wish>,
    /// The latest part of it.
    pub(super) part: RwSignal<Option<Arc<Answer>>>,
    /// Whether pointer or focus is among the rows: they keep their places then.
    pub(super) held: RwSignal<bool>,
    /// The scrolled region.
    pub(super) region: NodeRef<html::Div>,
    /// How high a row is, in CSS pixels, as it is drawn.
    pub(super) row: RwSignal<f64>,
    /// Why a device was not opened.
    pub(super) unopened: RwSignal<Option<String>>,
}

impl Table {
    /// That of a session, asked for while it is on the screen.
    pub(super) fn of(engine: Engine, open: &Open) -> Table {
        let kept = open.part::<Kept>();
        let (held, region, row) = (RwSignal::new(false), NodeRef::<html::Div>::new(), RwSignal::new(26.0));
        let (wish, selected) = (RwSignal::from(kept.wish), RwSignal::from(kept.selected));
        let (key, all) = (kept.key, RwSignal::new(false));
        let pace = Pace::every(PERIOD);
        let asked = StoredValue::new(None::<FleetQuery>);
        let last = StoredValue::new(None::<Arc<Answer>>);
        let part = engine.ask_for(open.id, move || {
            let region = region.get_untracked()?;
            let height = row.get_untracked();
            let first = (f64::from(region.scroll_top()) / height) as u32;
            let count = (f64::from(region.client_height()) / height) as u32 + 2 * MARGIN;
            let query = wish.with_untracked(|wish| {
                let (from, count) = (first.saturating_sub(MARGIN), count.min(400) as u16);
                let query = last.with_value(|last| wish.query(from, count, columns_of(last.as_deref())));
                FleetQuery { hold: held.get_untracked(), all: all.get_untracked(), ..query }
            });
            let other = asked.with_value(|asked| asked.as_ref() != Some(&query));
            if !other && !pace.due() {
                return None;
            }
            asked.set_value(Some(query.clone()));
            Some(Query::Fleet(Box::new(query)))
        });
        Effect::new(move |_| {
            let now = part.get();
            if let Some(table) = table_of(now.as_deref())
                && all.get_untracked()
                && table.all.len() == table.shown as usize
            {
                selected.set(table.all.iter().copied().collect());
                all.set(false);
            }
            last.set_value(now);
        });
        // What the profile says by itself is not kept: it may come to say something else.
        let own = kept.own.kept();
        Effect::new(move |before: Option<String>| {
            let now = wish.with(Wish::kept);
            if before.is_some_and(|before| before != now) {
                settings::write(&key, if now == own { "" } else { &now });
            }
            now
        });
        let (own, unopened) = (StoredValue::new(kept.own), RwSignal::new(None));
        Table { wish, at: kept.at.into(), selected, all, own, part, held, region, row, unopened }
    }

    /// Columns, groups and trend as the profile has them.
    pub(super) fn as_profile(self) {
        let own = self.own.get_value();
        self.wish.update(|wish| (wish.group, wish.trend, wish.columns) = (own.group, own.trend, own.columns));
    }

    /// Selects a device, or does not any more.
    pub(super) fn toggle(self, device: u32) {
        self.all.set(false);
        self.selected.update(|selected| {
            if !selected.remove(&device) {
                selected.insert(device);
            }
        });
    }

    /// The same, with all between it and the row that was the last to have the focus.
    pub(super) fn extend(self, device: u32) {
        let rows = self.with(|table| table.rows.iter().map(Key::of).collect::<Vec<_>>());
        let at = |key: Option<Key>| rows.iter().position(|row| Some(row) == key.as_ref());
        let (Some(from), Some(to)) = (at(self.at.get_untracked()), at(Some(Key::Device(device)))) else {
            return self.toggle(device);
        };
        self.selected.update(|selected| {
            for key in rows.iter().take(from.max(to) + 1).skip(from.min(to)) {
                if let Key::Device(device) = key {
                    selected.insert(*device);
                }
            }
        });
    }

    /// Selects all that are listed, or none.
    pub(super) fn select_all(self, all: bool) {
        self.all.set(all);
        if !all {
            self.selected.set(BTreeSet::new());
        }
    }

    /// Reads something of the latest part.
    pub(super) fn with<T: Default>(self, read: impl FnOnce(&FleetTable) -> T) -> T {
        self.part.with(|part| table_of(part.as_deref()).map(read).unwrap_or_default())
    }

    /// Reads something of a device's row, while it is among those that are known.
    pub(super) fn row_of<T: Default>(self, device: u32, read: impl FnOnce(&FleetTable, &FleetRow) -> T) -> T {
        self.with(|table| {
            let row = table.rows.iter().find_map(|line| match line {
                FleetLine::Device(row) if row.device == device => Some(row),
                _ => None,
            });
            row.map(|row| read(table, row)).unwrap_or_default()
        })
    }

    /// The columns that are shown. On a phone readings come first: there is room for little more than one of them.
    pub(super) fn columns(self) -> Memo<Vec<u16>> {
        let narrow = expect_context::<Narrow>();
        Memo::new(move |_| {
            self.part.with(|part| {
                let known = columns_of(part.as_deref());
                let mut columns = self.wish.with(|wish| wish.columns.of(known));
                if narrow.get() {
                    columns.sort_by_key(|at| known.get(usize::from(*at)).is_none_or(|column| !column.numeric));
                }
                columns
            })
        })
    }

    /// The column whose trend is shown.
    pub(super) fn trend(self) -> Memo<Option<u16>> {
        Memo::new(move |_| self.part.with(|part| self.wish.with(|wish| wish.trend(columns_of(part.as_deref())))))
    }
}

fn table_of(answer: Option<&Answer>) -> Option<&FleetTable> {
    match answer {
        Some(Answer::Fleet(table)) => Some(table),
        _ => None,
    }
}

fn columns_of(answer: Option<&Answer>) -> &[FleetColumn] {
    table_of(answer).map_or(&[], |table| &table.columns)
}
