//! The table of a fleet.

use super::messages;
use crate::view::format;

messages! {
    /// The panel's heading.
    title: "Fleet" | "Flotte";
    /// How many devices there are.
    devices(count: u64): { format!("{} {}", format::count(count), if count == 1 { "device" } else { "devices" }) }
        | { format!("{} {}", format::count(count), if count == 1 { "Gerät" } else { "Geräte" }) };
    /// The same behind "of".
    of_devices(count: u64): { devices(count).to_string() }
        | { format!("{} {}", format::count(count), if count == 1 { "Gerät" } else { "Geräten" }) };
    /// How many of them are listed.
    listed(shown: u64, all: u64): { format!("{} of {}", format::count(shown), devices(all)) }
        | { format!("{} von {}", format::count(shown), of_devices(all)) };
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
    /// Its name would mean something else in a filter.
    not_opened(name: &str):
        "{name} was not opened: braces have a meaning of their own in a filter of topics. Give the device another name; in this table it stays."
        | "{name} wurde nicht geöffnet: Geschweifte Klammern bedeuten in einem Filter für Themen etwas anderes. Dem Gerät \
           einen anderen Namen geben; in dieser Tabelle bleibt es.";
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
    /// Selects a row.
    select(name: &str): "Select {name}" | "{name} auswählen";
    /// Selects all that are listed.
    select_all(count: u64): { format!("Select all {} listed", devices(count)) } | { format!("Alle {} der Liste auswählen", devices(count)) };
    /// The bar's name while some are selected.
    selection: "Selected devices" | "Ausgewählte Geräte";
    /// How many are selected.
    selected(count: u64): { format!("{} selected", devices(count)) } | { format!("{} ausgewählt", devices(count)) };
    /// Selects none any more.
    clear: "Select none" | "Auswahl aufheben";
    /// The choice of a command.
    command: "Command to the selected devices" | "Befehl an die ausgewählten Geräte";
    /// None of the profile's commands goes to a device.
    no_command: "No command of this profile goes to one device: its topic needs {device}."
        | "Kein Befehl dieses Profils geht an ein einzelnes Gerät: Sein Topic braucht {device}.";
    /// Sends it.
    send_to(command: &str, count: u64): { format!("{command}: send to {}", devices(count)) } | { format!("{command}: an {} senden", devices(count)) };
    /// Said before a dangerous command is sent.
    goes_to(count: u64, rate: u64, time: &str): { format!("It goes to {}, {} a second at most: {time} or more.", devices(count), format::count(rate)) }
        | { format!("Es geht an {}, höchstens {} je Sekunde: mindestens {time}.", devices(count), format::count(rate)) };
    /// The bar's name when a command was sent to many.
    results: "Results" | "Ergebnisse";
    /// The choice of results.
    results_of: "List by result" | "Nach Ergebnis auflisten";
    /// How far it is.
    came(command: &str, sent: u64, all: u64): { format!("{command}: {} of {}", format::count(sent), devices(all)) }
        | { format!("{command}: {} von {}", format::count(sent), of_devices(all)) };
    /// Sends no more.
    cancel: "Cancel" | "Abbrechen";
    /// Forgets what came of it.
    dismiss: "Dismiss results" | "Ergebnisse schließen";
    /// What came of it for a device.
    refused: "refused" | "abgelehnt";
    /// What came of it for a device.
    no_reply: "no reply" | "keine Antwort";
    /// What came of it for a device.
    not_sent: "not sent" | "nicht gesendet";
    /// What came of it for a device.
    waiting: "waiting" | "wartet";
    /// What came of it for a device.
    under_way: "on its way" | "unterwegs";
    /// What came of it for a device.
    sent: "sent" | "gesendet";
    /// What came of it for a device.
    replied: "replied" | "beantwortet";
    /// A reply.
    after(millis: u32, text: &str): "{millis} ms: {text}" | "{millis} ms: {text}";
    /// What is known was kept by the broker.
    retained: "retained" | "aufbewahrt";
    /// Columns, groups and trend as the profile has them.
    as_profile: "As the profile has it" | "Wie im Profil";
    /// The menu for other programs.
    export: "Export" | "Exportieren";
    /// Into the clipboard.
    copy: "Copy the table" | "Tabelle kopieren";
    /// As a file.
    save: "Save as CSV" | "Als CSV speichern";
    /// It was copied.
    copied(rows: u64): { format!("{} copied.", devices(rows)) } | { format!("{} kopiert.", devices(rows)) };
    /// It was not.
    not_copied: "Nothing was copied: the browser did not allow it. Click into the page, then copy again."
        | "Nichts kopiert: Der Browser hat es nicht erlaubt. In die Seite klicken, dann erneut kopieren.";
    /// It was saved.
    saved(rows: u64): { format!("{} handed to the browser to be saved.", devices(rows)) } | { format!("{} dem Browser zum Speichern übergeben.", devices(rows)) };
    /// The way from a device to its fleet.
    back(name: &str): "Back to {name}" | "Zurück zu {name}";
}
