//! The timeline: several devices on one clock.

use super::messages;
use crate::view::format;

messages! {
    /// The screen's heading, and what leads to it.
    title: "Timeline" | "Zeitleiste";
    /// What it is.
    about: "All open devices on one clock: by the time at which this browser received what they sent. A click in the plot shows the lines of that time."
        | "Alle offenen Geräte auf einer Uhr: nach der Zeit, zu der dieser Browser empfing, was sie sandten. Ein Klick in den Verlauf zeigt die Zeilen dieser Zeit.";
    /// With no session.
    none: "Nothing is open. The timeline shows two or more devices together: open them, then come back." | "Nichts ist offen. Die Zeitleiste zeigt zwei oder mehr Geräte zusammen: diese öffnen, dann zurückkommen.";
    /// With one session.
    only_one(name: &str): "Only {name} is open. The timeline shows two or more devices together: open another, then come back." | "Nur {name} ist offen. Die Zeitleiste zeigt zwei oder mehr Geräte zusammen: ein weiteres öffnen, dann zurückkommen.";
    /// The way there.
    open_device: "Open a device" | "Gerät öffnen";
    /// The devices' switches.
    devices: "Devices" | "Geräte";
    /// More devices are open than it shows.
    too_many(most: usize): "The timeline shows {most} devices; the others are left out." | "Die Zeitleiste zeigt {most} Geräte; die übrigen fehlen.";
    /// Unfolds the choice of series.
    choose: "Series" | "Kurven";
    /// The choice of series.
    choice: "Series to draw" | "Kurven zur Wahl";
    /// How many can be drawn.
    most(count: usize, most: usize): "{count} of at most {most} chosen" | "{count} von höchstens {most} gewählt";
    /// No more can be drawn.
    full(most: usize): "{most} of at most {most} chosen: take one away to choose another" | "{most} von höchstens {most} gewählt: eine abwählen, um eine andere zu wählen";
    /// Devices of which nothing is drawn, though there is something.
    left_out(names: &str): "Nothing of {names} is drawn: there are lines of other devices enough. Choose under Series." | "Nichts von {names} wird gezeichnet: von anderen Geräten sind Kurven genug. Unter „Kurven“ wählen.";
    /// A device whose fields cannot be drawn.
    no_numbers: "no numbers yet" | "noch keine Zahlen";
    /// Devices that have a clock of their own are drawn by arrival.
    by_arrival(names: &str): "{names}: drawn by arrival, not by the device's own clock" | "{names}: nach Ankunft gezeichnet, nicht nach der Uhr des Geräts";
    /// In place of a picture.
    nothing_chosen: "No series is drawn. Numbers of the devices shown can be chosen under Series." | "Keine Kurve wird gezeichnet. Zahlen der gezeigten Geräte sind unter „Kurven“ zu wählen.";
    /// The lower half's heading.
    lines: "Lines" | "Zeilen";
    /// The list of lines.
    merged: "Lines of all devices" | "Zeilen aller Geräte";
    /// A device whose program has the whole screen.
    full_screen(names: &str): "{names}: a program has the whole screen. That is no lines: it is shown in the device's terminal only." | "{names}: Ein Programm belegt den ganzen Schirm. Das sind keine Zeilen: zu sehen nur im Terminal des Geräts.";
    /// Every device is switched off.
    all_hidden: "Every device is hidden. Show one above." | "Alle Geräte sind ausgeblendet. Oben eines einblenden.";
    /// Before the first line.
    no_lines: "No lines yet. What the devices print and what is sent to them stands here, in the order in which it came." | "Noch keine Zeilen. Was die Geräte ausgeben und was ihnen gesandt wird, steht hier in der Reihenfolge der Ankunft.";
    /// The lines were saved.
    saved(lines: u64, name: &str):
        { format!("{} handed to the browser to be saved as {name}.", format::plural(lines as usize, "line")) }
        | { format!("{lines} Zeilen dem Browser zum Speichern als {name} übergeben.") };
    /// Lines are being fetched.
    saving(percent: u64): "Saving: {percent} %." | "Wird gespeichert: {percent} %.";
    /// The lines in sight were copied.
    copied(lines: u64):
        { format!("{} copied.", format::plural(lines as usize, "line")) }
        | { format!("{lines} Zeilen kopiert.") };
    /// A way here.
    open_timeline: "Open the timeline" | "Zeitleiste öffnen";
    /// A key.
    key: "the timeline of all devices" | "die Zeitleiste aller Geräte";
    /// A series of a device.
    of(device: &str, field: &str): "{device} · {field}" | "{device} · {field}";
}
