//! What the table of values can be asked to do, by its tools and by the keyboard.

use super::super::plot::shared::Shared;
use super::arrange::{Group, Heading, Key, Wish, arrange, pin_name, steady};
use super::kept::{Kept, keep};
use super::row::{reading, row_id};
use crate::browser::clock::zone_seconds;
use crate::browser::{clipboard, dom};
use crate::engine::{Open, use_engine};
use crate::view::shortcuts::single_keys;
use crate::words::values as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use session::query::{Cell, FieldId, Message};
use std::collections::BTreeSet;

/// What the rows and the tools of the table share.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) shared: Shared,
    pub(super) wish: RwSignal<Wish>,
    pub(super) folded: RwSignal<BTreeSet<Heading>>,
    /// The row that is chosen.
    pub(super) chosen: RwSignal<Option<FieldId>>,
    pub(super) groups: RwSignal<Vec<Group>>,
    /// What was done last.
    pub(super) said: RwSignal<String>,
    /// The row that is a stop of the tab key.
    pub(super) stop: Memo<Option<FieldId>>,
    open: StoredValue<Open>,
}

impl Table {
    pub(super) fn of(open: Open, shared: Shared) -> Table {
        let kept = open.part::<Kept>();
        let (folded, chosen) = (RwSignal::from(kept.folded), RwSignal::from(kept.chosen));
        let groups = RwSignal::new(Vec::new());
        let stop = Memo::new(move |_| {
            let rows = groups.with(|groups| folded.with(|folded| visible(groups, folded)));
            chosen.get().filter(|id| rows.contains(id)).or_else(|| rows.first().copied())
        });
        Table {
            shared,
            wish: kept.wish.into(),
            folded,
            chosen,
            groups,
            said: RwSignal::new(String::new()),
            stop,
            open: StoredValue::new(open),
        }
    }

    /// Arranges the rows anew whenever the user wishes or fields come, and once a second where their order depends on
    /// readings. While `held`, rows keep their places.
    pub(super) fn follow(self, held: impl Fn() -> bool + 'static) {
        let engine = use_engine();
        let shape = Memo::new(move |_| {
            let of = |message: &Message| (message.table, message.name.clone(), message.fields.len());
            self.shared.messages(|messages| messages.iter().map(of).collect::<Vec<_>>())
        });
        Effect::new(move |before: Option<Wish>| {
            // Read, not only followed: a memo that nobody read follows nothing itself.
            shape.with(|_| ());
            let wish = self.wish.get();
            if !matches!(wish.order.key, None | Some(Key::Name)) {
                engine.second.track();
            }
            let mut now = untrack(|| self.shared.messages(|messages| arrange(messages, &wish, zone_seconds())));
            if before.as_ref() == Some(&wish) && held() {
                now = self.groups.with_untracked(|before| steady(before, now));
            }
            if self.groups.with_untracked(|before| *before != now) {
                self.groups.set(now);
            }
            wish
        });
    }

    /// Whether a row is pinned.
    pub(super) fn pinned(self, id: FieldId) -> bool {
        self.pin_name(id).is_some_and(|name| self.wish.with(|wish| wish.pins.contains(&name)))
    }

    fn pin_name(self, id: FieldId) -> Option<String> {
        let name =
            |messages: &[Message]| reading(messages, id).map(|(message, of)| pin_name(&message.schema, &of.name));
        untrack(|| self.shared.messages(name))
    }

    /// Pins the row that is chosen, or lets it go.
    pub(super) fn pin(self) {
        let Some(name) = self.chosen.get_untracked().and_then(|id| self.pin_name(id)) else { return };
        self.wish.update(|wish| {
            if !wish.pins.remove(&name) {
                wish.pins.insert(name);
            }
        });
        self.wish.with_untracked(|wish| self.open.with_value(|open| keep(open, &wish.pins)));
    }

    /// Copies the value of the row that is chosen, as the device means it: without thin spaces, with a point.
    pub(super) fn copy(self) {
        let Some(id) = self.chosen.get_untracked() else { return };
        let value = |messages: &[Message]| reading(messages, id).map(|(_, reading)| plain(&reading.value));
        let Some(value) = untrack(|| self.shared.messages(value)) else { return };
        leptos::task::spawn_local(async move {
            let copied = clipboard::write(&value).await;
            let words = if copied { words::copied(&value) } else { words::not_copied().to_owned() };
            let _ = self.said.try_set(words);
        });
    }

    /// Shows the bytes that made the value of the row that is chosen.
    pub(super) fn show_bytes(self) {
        let Some(id) = self.chosen.get_untracked() else { return };
        let name = |messages: &[Message]| reading(messages, id).map(|(_, of)| session::screen::visible(&of.name));
        let Some(name) = untrack(|| self.shared.messages(name)) else { return };
        self.open.with_value(|open| crate::view::hex::origin::show(open, id, name));
    }

    /// The keys of a row.
    pub(super) fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => self.go(|at, _| at + 1),
            "ArrowUp" => self.go(|at, _| at.saturating_sub(1)),
            "Home" => self.go(|_, _| 0),
            "End" => self.go(|_, count| count),
            // On the row itself: a button in it has its own.
            "Enter" if dom::data_of(event, "aria-selected").is_some() => self.show_bytes(),
            "p" if single_keys() => self.pin(),
            "c" if single_keys() => self.copy(),
            _ => return,
        }
        event.prevent_default();
    }

    fn go(self, to: impl Fn(usize, usize) -> usize) {
        let rows = self.groups.with_untracked(|groups| self.folded.with_untracked(|folded| visible(groups, folded)));
        let at = self.stop.get_untracked().and_then(|id| rows.iter().position(|row| *row == id)).unwrap_or(0);
        let next = to(at, rows.len()).min(rows.len().saturating_sub(1));
        if let Some(id) = rows.get(next) {
            self.chosen.set(Some(*id));
            dom::focus(&row_id(*id));
        }
    }
}

/// The rows that are not folded away, in order.
fn visible(groups: &[Group], folded: &BTreeSet<Heading>) -> Vec<FieldId> {
    let shown = groups.iter().filter(|group| !folded.contains(&group.heading));
    shown.flat_map(|group| group.lines.iter().map(|line| line.id)).collect()
}

/// A value as other programs read it.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Bool(truth) => truth.to_string(),
        Cell::I64(number) => number.to_string(),
        Cell::U64(number) => number.to_string(),
        Cell::F32(number) => number.to_string(),
        Cell::F64(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Bytes(bytes) => crate::view::format::hex(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_copied_as_other_programs_read_it() {
        let cells = [Cell::F64(-1842.5), Cell::F32(0.1), Cell::U64(u64::MAX), Cell::Text("a b".into()), Cell::Null];
        assert_eq!(cells.each_ref().map(plain), ["-1842.5", "0.1", "18446744073709551615", "a b", ""]);
    }
}
