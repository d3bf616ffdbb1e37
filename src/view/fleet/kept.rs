//! What the table of a fleet keeps of a session, and how its parts share it.

use super::wish::{Trend, Wish};
use crate::browser::clock::Pace;
use crate::engine::{Engine, Open, Part};
use leptos::html;
use leptos::prelude::*;
use session::query::{Answer, FleetLine, FleetQuery, FleetRow, FleetTable, Query};
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
}

impl Part for Kept {
    fn first(_: &Open) -> Kept {
        Kept { wish: ArcRwSignal::default(), at: ArcRwSignal::default() }
    }

    fn begin_again(&self) {
        // Devices and columns are numbered by what comes first.
        let Wish { sort, descending, filter, .. } = self.wish.get_untracked();
        self.wish.set(Wish { sort, descending, filter, ..Wish::default() });
        self.at.set(None);
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
    /// The latest part of it.
    pub(super) part: RwSignal<Option<Arc<Answer>>>,
    /// Whether pointer or focus is among the rows: they keep their places then.
    pub(super) held: RwSignal<bool>,
    /// The scrolled region.
    pub(super) region: NodeRef<html::Div>,
    /// How high a row is, in CSS pixels, as it is drawn.
    pub(super) row: RwSignal<f64>,
}

impl Table {
    /// That of a session, asked for while it is on the screen.
    pub(super) fn of(engine: Engine, open: &Open) -> Table {
        let kept = open.part::<Kept>();
        let (held, region, row) = (RwSignal::new(false), NodeRef::<html::Div>::new(), RwSignal::new(26.0));
        let wish = RwSignal::from(kept.wish);
        let pace = Pace::every(PERIOD);
        let asked = StoredValue::new(None::<FleetQuery>);
        let last = StoredValue::new(None::<Arc<Answer>>);
        let part = engine.ask_for(open.id, move || {
            let region = region.get_untracked()?;
            let height = row.get_untracked();
            let first = (f64::from(region.scroll_top()) / height) as u32;
            let count = (f64::from(region.client_height()) / height) as u32 + 2 * MARGIN;
            let query = wish.with_untracked(|wish| {
                let trend = last.with_value(|last| trend(wish, table_of(last.as_deref())));
                wish.query(first.saturating_sub(MARGIN), count.min(400) as u16, trend, held.get_untracked())
            });
            let other = asked.with_value(|asked| asked.as_ref() != Some(&query));
            if !other && !pace.due() {
                return None;
            }
            asked.set_value(Some(query.clone()));
            Some(Query::Fleet(Box::new(query)))
        });
        Effect::new(move |_| last.set_value(part.get()));
        Table { wish, at: kept.at.into(), part, held, region, row }
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

    /// The columns that are shown.
    pub(super) fn columns(self) -> Memo<Vec<u16>> {
        Memo::new(move |_| {
            let count = self.with(|table| table.columns.len());
            self.wish.with(|wish| wish.columns.of(count))
        })
    }

    /// The column whose trend is shown.
    pub(super) fn trend(self) -> Memo<Option<u16>> {
        Memo::new(move |_| self.part.with(|part| self.wish.with(|wish| trend(wish, table_of(part.as_deref())))))
    }
}

fn table_of(answer: Option<&Answer>) -> Option<&FleetTable> {
    match answer {
        Some(Answer::Fleet(table)) => Some(table),
        _ => None,
    }
}

fn trend(wish: &Wish, table: Option<&FleetTable>) -> Option<u16> {
    match wish.trend {
        Some(Trend::Of(column)) => Some(column),
        Some(Trend::No) => None,
        None => table?.columns.iter().position(|column| column.numeric).and_then(|at| u16::try_from(at).ok()),
    }
}
