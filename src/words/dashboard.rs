//! The dashboard.

use super::messages;

messages! {
    /// The panel's heading and the page's name.
    title: "Dashboard" | "Übersicht";
    /// No tile yet.
    empty: "No tiles yet. Edit the dashboard to add some, or put [[tile]] into the profile."
        | "Noch keine Kacheln. Die Übersicht bearbeiten, um welche hinzuzufügen, oder [[tile]] ins Profil schreiben.";
    /// Nothing on the page acts on the device.
    watching: "You are watching. Nothing here can change the device."
        | "Hier wird nur zugesehen. Nichts hier kann das Gerät ändern.";
    /// What sums up, for screen readers.
    summary: "Summary" | "Zusammenfassung";
    /// Leads to the dashboard alone.
    alone: "Open as a page" | "Als Seite öffnen";
    /// Leads back to the workspace.
    workspace: "Workspace" | "Arbeitsplatz";
    /// Fills the screen.
    full_screen: "Full screen" | "Vollbild";
    /// Begins to edit.
    edit: "Edit" | "Bearbeiten";
    /// Ends editing.
    done: "Done" | "Fertig";
    /// Takes the last change back.
    undo: "Undo" | "Rückgängig";
    /// Makes it again.
    redo: "Redo" | "Wiederholen";
    /// Puts the tiles as the profile has them.
    reset: "Reset" | "Zurücksetzen";
    /// Takes the last change back, where it is not seen what of.
    undo_tiles: "Undo dashboard change" | "Änderung der Übersicht zurücknehmen";
    /// Makes it again.
    redo_tiles: "Redo dashboard change" | "Änderung der Übersicht wiederholen";
    /// Saves the profile as a file.
    export: "Export profile" | "Profil exportieren";
    /// How to lay out by keyboard and pointer.
    how: "Drag a tile, or move the one that has the focus with the arrow keys; Shift and arrow keys change its size. Delete removes it, Ctrl Z takes back. What is laid out here comes again with the profile."
        | "Eine Kachel ziehen, oder die mit dem Fokus mit den Pfeiltasten bewegen; Umschalt und Pfeiltasten ändern ihre Größe. Entf entfernt sie, Strg Z nimmt zurück. Was hier eingerichtet ist, kommt mit dem Profil wieder.";
    /// Where the form of the chosen tile will be.
    choose: "Choose a tile to change what it shows." | "Eine Kachel wählen, um zu ändern, was sie zeigt.";
    /// The form that adds a tile.
    add_form: "Add a tile" | "Kachel hinzufügen";
    /// What it shows.
    kind: "Kind" | "Art";
    /// The field it shows.
    field: "Field" | "Feld";
    /// The second field of a map.
    longitude: "Longitude" | "Längengrad";
    /// The first field of a map.
    latitude: "Latitude" | "Breitengrad";
    /// The command it sends.
    command: "Command" | "Befehl";
    /// Adds it.
    add: "Add" | "Hinzufügen";
    /// The form of the chosen tile.
    tile_form(label: &str): "Tile {label}" | "Kachel {label}";
    /// Its heading.
    label: "Label" | "Beschriftung";
    /// The scale's lower end.
    min: "Scale from" | "Skala von";
    /// The scale's upper end.
    max: "Scale to" | "Skala bis";
    /// The band's lower end.
    band_low: "Band from" | "Band von";
    /// The band's upper end.
    band_high: "Band to" | "Band bis";
    /// Seconds shown.
    span: "Seconds shown" | "Gezeigte Sekunden";
    /// The fields that a plot shows.
    fields: "Fields, with commas between" | "Felder, mit Kommas dazwischen";
    /// The field that the chosen tile shows.
    shown_field: "Shown field" | "Gezeigtes Feld";
    /// The words that light a lamp.
    lit_by: "Lit by, with commas between" | "An bei, mit Kommas dazwischen";
    /// What was typed for a tile could not be taken.
    not_taken(label: &str, why: &str): "Tile {label}: {why}" | "Kachel {label}: {why}";
    /// Takes the form's values.
    apply: "Change" | "Ändern";
    /// Removes the tile.
    remove: "Remove" | "Entfernen";
    /// What is no number.
    not_a_number(what: &str): "{what} must be a number, or empty." | "{what} muss eine Zahl sein oder leer.";
    /// Ends that are the wrong way round.
    wrong_way(low: &str, high: &str): "{low} must be below {high}." | "{low} muss unter {high} liegen.";
    /// A scale without ends.
    needs_scale: "A gauge and a bar need both ends of their scale." | "Skala und Balken brauchen beide Enden ihrer Skala.";
    /// There is no field to show.
    needs_field: "Choose a field. Fields appear as soon as the device sends them."
        | "Ein Feld wählen. Felder erscheinen, sobald das Gerät sie sendet.";
    /// A map with one field for both.
    needs_both: "A map needs two fields: one for the latitude, another for the longitude."
        | "Eine Karte braucht zwei Felder: eines für die Breite, ein anderes für die Länge.";
    /// There is no command to send.
    needs_command: "The profile has no command that can be sent without asking: each argument needs a default."
        | "Das Profil hat keinen Befehl, der ohne Rückfrage gesendet werden kann: Jedes Argument braucht einen Vorgabewert.";
    /// It could not be written.
    not_written(why: &str): "The dashboard was not changed: {why}." | "Die Übersicht wurde nicht geändert: {why}.";
    /// A tile as it stands, for screen readers.
    place(label: &str, column: u16, row: u16, wide: u16, high: u16):
        "{label}, column {column}, row {row}, {wide} wide, {high} high"
        | "{label}, Spalte {column}, Zeile {row}, {wide} breit, {high} hoch";
    /// The handle that resizes.
    resize: "Drag to change the size" | "Ziehen, um die Größe zu ändern";
    /// Nothing came of a field.
    not_yet: "Not sent yet." | "Noch nicht gesendet.";
    /// A lamp that is lit.
    on: "on" | "an";
    /// A lamp that is not.
    off: "off" | "aus";
    /// The age of what just came.
    now: "now" | "jetzt";
    /// Below the band.
    too_low: "Too low" | "Zu niedrig";
    /// Above the band.
    too_high: "Too high" | "Zu hoch";
    /// A reading that is not a number, or infinite.
    no_number: "No number" | "Keine Zahl";
    /// The same, as a sentence.
    is_no_number(label: &str): "{label} is no number." | "{label} ist keine Zahl.";
    /// Outside of the scale.
    beyond_scale(low: &str, high: &str): "Beyond its scale, {low} to {high}" | "Außerhalb der Skala, {low} bis {high}";
    /// Below the band, as a sentence.
    is_too_low(label: &str): "{label} is too low." | "{label} ist zu niedrig.";
    /// Above the band, as a sentence.
    is_too_high(label: &str): "{label} is too high." | "{label} ist zu hoch.";
    /// The reading, and how it should be.
    reading_and_band(reading: &str, band: &str): "It is {reading}; it should be {band}." | "Es sind {reading}; es soll sein: {band}.";
    /// Old.
    no_data_for(duration: &str): "No data for {duration}" | "Seit {duration} keine Daten";
    /// The last reading before that.
    last_word(time: &str): "This was its last word, at {time}. It may have changed."
        | "Das war der letzte Stand, um {time}. Er kann sich geändert haben.";
    /// The band, with two ends.
    between(low: &str, high: &str): "Between {low} and {high}" | "Zwischen {low} und {high}";
    /// The band, with a lower end.
    above(low: &str): "Above {low}" | "Über {low}";
    /// The band, with an upper end.
    below(high: &str): "Below {high}" | "Unter {high}";
    /// All is well.
    all_fine(count: usize): { if count == 1 { "The one reading is as it should be.".to_owned() } else { format!("All {count} readings are as they should be.") } }
        | { if count == 1 { "Der eine Wert ist, wie er sein soll.".to_owned() } else { format!("Alle {count} Werte sind, wie sie sein sollen.") } };
    /// Some are well, the others are silent.
    some_fine(count: usize): { if count == 1 { "One reading is as it should be.".to_owned() } else { format!("{count} readings are as they should be.") } }
        | { if count == 1 { "Ein Wert ist, wie er sein soll.".to_owned() } else { format!("{count} Werte sind, wie sie sein sollen.") } };
    /// Some are well, the others are not.
    others_fine(count: usize): { if count == 1 { "One other reading is as it should be.".to_owned() } else { format!("{count} other readings are as they should be.") } }
        | { if count == 1 { "Ein anderer Wert ist, wie er sein soll.".to_owned() } else { format!("{count} andere Werte sind, wie sie sein sollen.") } };
    /// Nobody said of any how it should be.
    no_limits(count: usize): { if count == 1 { "One reading, no limits set.".to_owned() } else { format!("{count} readings, no limits set.") } }
        | { if count == 1 { "Ein Wert, keine Grenzen gesetzt.".to_owned() } else { format!("{count} Werte, keine Grenzen gesetzt.") } };
    /// Nobody said of these how they should be.
    more_without_limits(count: usize): { if count == 1 { "One more has no limits set.".to_owned() } else { format!("{count} more have no limits set.") } }
        | { if count == 1 { "Für einen weiteren sind keine Grenzen gesetzt.".to_owned() } else { format!("Für {count} weitere sind keine Grenzen gesetzt.") } };
    /// Its scale ends before it.
    is_beyond(label: &str): "{label} is beyond its scale." | "{label} ist außerhalb der Skala.";
    /// None of the device's words is for it.
    is_unknown(label: &str, value: &str): "{label} is {value}." | "{label} ist {value}.";
    /// What is silent.
    not_sending(labels: &[&str]): {
        match labels {
            [one] => format!("{one} is not sending."),
            [first, rest @ ..] if rest.len() == 1 => format!("{first} and {} are not sending.", rest.concat()),
            many => format!("{} readings are not coming.", many.len()),
        }
    } | {
        match labels {
            [one] => format!("{one} sendet nicht."),
            [first, rest @ ..] if rest.len() == 1 => format!("{first} und {} senden nicht.", rest.concat()),
            many => format!("{} Werte kommen nicht.", many.len()),
        }
    };
    /// Asked before a dangerous command is sent.
    confirm(command: &str): "Send {command}" | "{command} senden";
    /// Leaves it.
    cancel: "Do not send" | "Nicht senden";
    /// Why it is asked.
    dangerous(device: &str): "The profile marks this as dangerous. It goes to {device}."
        | "Das Profil nennt das gefährlich. Es geht an {device}.";
    /// It was sent.
    sent: "Sent." | "Gesendet.";
    /// The answer came.
    answered(millis: u32): "Answered after {millis} ms." | "Antwort nach {millis} ms.";
    /// It did not.
    unanswered: "No answer in time. Check that the device listens, then send it again."
        | "Keine rechtzeitige Antwort. Prüfen, ob das Gerät zuhört, dann noch einmal senden.";
    /// The command is not in the profile any more.
    no_command(name: &str): "The profile has no command {name}." | "Das Profil hat keinen Befehl {name}.";
    /// Before the terminal has a line.
    no_lines: "No lines yet." | "Noch keine Zeilen.";
    /// A plot in words.
    plot_words(name: &str, low: &str, high: &str, last: &str): "{name}: from {low} to {high}, now {last}."
        | "{name}: von {low} bis {high}, jetzt {last}.";
    /// A plot of which nothing is held.
    plot_none: "No numbers in this span." | "Keine Zahlen in dieser Spanne.";
    /// How much of the past.
    last_span(span: &str): "The last {span}" | "Die letzten {span}";
    /// A map in words.
    map_words(latitude: &str, longitude: &str, points: usize): "At {latitude}, {longitude}; {points} positions on the track."
        | "Bei {latitude}, {longitude}; {points} Positionen auf der Spur.";
    /// A map without a position.
    map_none: "No position yet." | "Noch keine Position.";
    /// A kind of tile.
    kind_number: "Number" | "Zahl";
    /// A kind of tile.
    kind_gauge: "Gauge" | "Skala";
    /// A kind of tile.
    kind_bar: "Bar" | "Balken";
    /// A kind of tile.
    kind_lamp: "Lamp" | "Lampe";
    /// A kind of tile.
    kind_plot: "Plot" | "Verlauf";
    /// A kind of tile.
    kind_map: "Map" | "Karte";
    /// A kind of tile.
    kind_log: "Log" | "Protokoll";
    /// A kind of tile.
    kind_button: "Button" | "Taste";
}
