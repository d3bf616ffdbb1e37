//! What the table of values can be asked to do, by its tools and by the keyboard.

use super::super::plot::fields::superseded;
use super::super::plot::shared::Shared;
use super::arrange::{Group, Heading, Key, Wish, arrange, pin_name, steady};
use super::kept::{Kept, arrangement, keep};
use super::row::reading;
use super::stop::{Stop, first_of, led_to, stops};
use crate::browser::clock::zone_seconds;
use crate::browser::{clipboard, dom};
use crate::engine::{Open, use_engine};
use crate::view::hex::origin::{self, Wanted};
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
    ended: RwSignal<BTreeSet<Heading>>,
    /// The row that is chosen.
    pub(super) chosen: RwSignal<Option<FieldId>>,
    pub(super) groups: RwSignal<Vec<Group>>,
    /// What was done last.
    pub(super) said: RwSignal<String>,
    /// The heading that has the focus, or had it last.
    pub(super) heading: RwSignal<Option<Heading>>,
    /// What is a stop of the tab key.
    pub(super) stop: Memo<Option<Stop>>,
    open: StoredValue<Open>,
}

impl Table {
    pub(super) fn of(open: Open, shared: Shared) -> Table {
        let kept = open.part::<Kept>();
        let (folded, chosen) = (RwSignal::from(kept.folded), RwSignal::from(kept.chosen));
        let (groups, heading) = (RwSignal::new(Vec::new()), RwSignal::new(None));
        let stop = Memo::new(move |_| {
            let stops = groups.with(|groups| folded.with(|folded| stops(groups, folded)));
            first_of(&stops, [heading.get().map(Stop::Heading), chosen.get().map(Stop::Row)])
        });
        Table {
            shared,
            wish: kept.wish.into(),
            folded,
            ended: kept.ended.into(),
            chosen,
            groups,
            said: RwSignal::new(String::new()),
            heading,
            stop,
            open: StoredValue::new(open),
        }
    }

    /// Arranges the rows anew whenever the user wishes or fields come, and once a second where their order depends on
    /// readings. While `held`, rows keep their places.
    pub(super) fn follow(self, held: impl Fn() -> bool + 'static) {
        let engine = use_engine();
        let shape = Memo::new(move |_| {
            let of = |message: &Message| (message.table, message.name.clone(), message.fields.len(), message.ended);
            self.shared.messages(|messages| messages.iter().map(of).collect::<Vec<_>>())
        });
        self.open.with_value(arrangement).follow(move || self.wish.with(Wish::words));
        Effect::new(move |before: Option<Wish>| {
            // Read, not only followed: a memo that nobody read follows nothing itself.
            shape.with(|_| ());
            untrack(|| self.fold_ended());
            let wish = self.wish.get();
            if !wish.filter.trim().is_empty() && before.as_ref().is_none_or(|before| before.filter != wish.filter) {
                // What is sought may be in what was folded by itself.
                let ended = self.ended.get_untracked();
                self.folded.update(|folded| folded.retain(|heading| !ended.contains(heading)));
            }
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

    /// Folds the groups that a profile before has left behind.
    fn fold_ended(self) {
        let ended = self.shared.messages(|messages| {
            let ended = messages.iter().enumerate().filter(|(index, _)| superseded(messages, *index));
            ended.map(|(_, message)| Heading::Message(message.table)).collect::<BTreeSet<_>>()
        });
        let before = self.ended.get_untracked();
        if before != ended {
            // What goes on after all is shown again.
            self.folded.update(|folded| *folded = &(&*folded | &(&ended - &before)) - &(&before - &ended));
            self.ended.set(ended);
        }
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
        self.open.with_value(|open| origin::show(open, Wanted::Value(id, name)));
    }

    /// Chooses a row.
    pub(super) fn choose(self, id: FieldId) {
        if self.heading.get_untracked().is_some() {
            self.heading.set(None);
        }
        if self.chosen.get_untracked() != Some(id) {
            self.chosen.set(Some(id));
        }
    }

    /// The keys of a row, of what is in it, and of a heading.
    pub(super) fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        // A row says whether it is selected, the toggle in it whether it is pressed.
        let is = |mark: &str| dom::data_of(event, mark).is_some();
        match (event.key().as_str(), self.stop.get_untracked()) {
            (key @ ("ArrowDown" | "ArrowUp" | "Home" | "End"), now) => self.go(now, key, is("aria-pressed")),
            ("ArrowRight", Some(row @ Stop::Row(_))) => drop(dom::focus_first(&toggle_of(row))),
            ("ArrowLeft", Some(row @ Stop::Row(_))) => dom::focus(&row.id()),
            ("ArrowRight", Some(Stop::Heading(heading))) => self.fold(heading, false),
            ("ArrowLeft", Some(Stop::Heading(heading))) => self.fold(heading, true),
            _ => return self.act(event, is("aria-selected")),
        }
        event.prevent_default();
    }

    fn fold(self, heading: Heading, fold: bool) {
        if self.folded.with_untracked(|folded| folded.contains(&heading)) != fold {
            self.folded.update(|folded| *folded = &*folded ^ &BTreeSet::from([heading]));
        }
    }

    fn act(self, event: &KeyboardEvent, on_row: bool) {
        match event.key().as_str() {
            // On the row itself: a button in it has its own.
            "Enter" if on_row => self.show_bytes(),
            "p" if single_keys() => self.pin(),
            "c" if single_keys() => self.copy(),
            _ => return,
        }
        event.prevent_default();
    }

    /// Goes where a key leads; from a row's toggle to the next one's.
    fn go(self, now: Option<Stop>, key: &str, on_toggle: bool) {
        let stops = self.groups.with_untracked(|groups| self.folded.with_untracked(|folded| stops(groups, folded)));
        if let Some(stop) = led_to(&stops, now, key)
            && !(on_toggle && dom::focus_first(&toggle_of(stop)))
        {
            dom::focus(&stop.id());
        }
    }
}

/// Selects the toggle in a row.
fn toggle_of(row: Stop) -> String {
    format!("#{} .values-toggle", row.id())
}

fn long(number: f64) -> bool {
    number.is_finite() && number != 0.0 && !(1e-6..1e16).contains(&number.abs())
}

/// A value as other programs read it.
pub(super) fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Bool(truth) => truth.to_string(),
        Cell::I64(number) => number.to_string(),
        Cell::U64(number) => number.to_string(),
        // Without a power of ten 1e300 has three hundred zeros.
        Cell::F32(number) if long(f64::from(*number)) => format!("{number:e}"),
        Cell::F32(number) => number.to_string(),
        Cell::F64(number) if long(*number) => format!("{number:e}"),
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
        assert_eq!([Cell::F64(1e300), Cell::F32(-1e-9), Cell::F64(0.0)].each_ref().map(plain), ["1e300", "-1e-9", "0"]);
    }
}
