//! The table of a fleet.

use super::messages;
use crate::view::format;

messages! {
    /// The panel's heading.
    title: "Fleet" | "Flotte";
    /// How many devices there are.
    devices(count: u64): { format!("{} {}", format::count(count), if count == 1 { "device" } else { "devices" }) }
        | { format!("{} {}", format::count(count), if count == 1 { "Gerät" } else { "Geräte" }) };
    /// How many of them are listed.
    listed(shown: u64, all: u64): { format!("{} of {}", format::count(shown), devices(all)) }
        | { format!("{} von {}", format::count(shown), devices(all)) };
    /// Before the first device.
    empty: "No device yet. Each appears with its first message."
        | "Noch kein Gerät. Jedes erscheint mit seiner ersten Nachricht.";
    /// Nothing passes the filter.
    none: "No device has what the filter asks for." | "Kein Gerät hat, was der Filter verlangt.";
    /// The filter's name.
    filter: "Filter devices" | "Geräte filtern";
    /// What stands in an empty filter.
    filter_hint: "name, place, or a condition: flow > 100" | "Name, Ort oder eine Bedingung: flow > 100";
    /// The scrolled region's name.
    table: "Table of devices" | "Tabelle der Geräte";
    /// Column: its state.
    state: "State" | "Zustand";
    /// Column: its name.
    device: "Device" | "Gerät";
    /// Column: when it was heard last.
    seen: "Last seen" | "Zuletzt gehört";
    /// Column: how many messages.
    messages_heard: "Messages" | "Nachrichten";
    /// Column: the trend of a field.
    trend(name: &str, span: &str): "{name}, {span}" | "{name}, {span}";
    /// In the state column.
    connected: "Connected" | "Verbunden";
    /// In the state column.
    stale: "Stale" | "Veraltet";
    /// In the state column.
    silent: "Silent" | "Still";
    /// In the state column.
    offline: "Offline" | "Abgemeldet";
    /// In the state column.
    error: "Not understood" | "Unverstanden";
    /// The choice of states.
    states: "States" | "Zustände";
    /// A state and how many are in it.
    in_state(word: &str, count: u64): "{word}: {count}" | "{word}: {count}";
    /// Which field the rows are grouped by.
    group_by: "Group by" | "Gruppieren nach";
    /// By none.
    no_group: "nothing" | "nichts";
    /// Which field has a trend.
    trend_of: "Trend of" | "Trend von";
    /// Of none.
    no_trend: "none" | "keinem";
    /// The choice of columns.
    columns: "Columns" | "Spalten";
    /// The rows keep their places.
    held(count: u64): { format!("Order held, {} would move.", format::count(count)) }
        | { format!("Reihenfolge gehalten, {} würden rücken.", format::count(count)) };
    /// Puts them in order.
    sort_again: "Sort again" | "Neu ordnen";
    /// A group of rows that have no value.
    no_value: "without a value" | "ohne Wert";
    /// Opens a device as a session of its own.
    open(name: &str): "Open {name}" | "{name} öffnen";
    /// There was no room for all.
    devices_left_out(count: u64): { format!("{} messages of further devices are left out: the table has room for 100 000.", format::count(count)) }
        | { format!("{} Nachrichten weiterer Geräte fehlen: Die Tabelle hat Platz für 100 000.", format::count(count)) };
    /// Nor for all fields.
    columns_left_out(count: u64): { format!("{} further fields are left out: the table has room for 256.", format::count(count)) }
        | { format!("{} weitere Felder fehlen: Die Tabelle hat Platz für 256.", format::count(count)) };
    /// The trend in words.
    trend_words(name: &str, span: &str, low: &str, high: &str, last: &str):
        "{name}, last {span}: from {low} to {high}, now {last}" | "{name}, letzte {span}: von {low} bis {high}, jetzt {last}";
    /// The trend of which nothing is known.
    trend_none(name: &str, span: &str): "{name}, last {span}: no values" | "{name}, letzte {span}: keine Werte";
    /// What is missing of how many.
    missing_of(missing: u64, all: u64): { format!("{} of {}", format::count(missing), format::count(all)) }
        | { format!("{} von {}", format::count(missing), format::count(all)) };
    /// Where alarms are in the whole table.
    ruler: "Where devices want looking at, in the whole table" | "Wo in der ganzen Tabelle Geräte Beachtung brauchen";
}
