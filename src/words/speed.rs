//! The speed of a serial line: another one, and which one makes sense.

use super::messages;

messages! {
    /// Opens the port anew; without a speed that can be.
    reopen: "Reopen" | "Neu öffnen";
    /// Opens the port anew at that speed.
    reopen_at(baud: String): "Reopen at {baud} baud" | "Mit {baud} Baud neu öffnen";
    /// Sets the speed of a port that stays open; without a speed that can be.
    set: "Set speed" | "Geschwindigkeit setzen";
    /// Sets it.
    set_to(baud: String): "Set {baud} baud" | "{baud} Baud setzen";
    /// Listens at each usual speed.
    try_usual: "Try common speeds" | "Übliche Geschwindigkeiten probieren";
    /// Leaves off with it.
    stop: "Stop trying" | "Nicht weiter probieren";
    /// Which one is being listened at.
    trying(baud: String):
        "Listening at {baud} baud. Nothing is sent meanwhile." | "Lauscht mit {baud} Baud. Dabei wird nichts gesendet.";
    /// What it does to the device.
    try_note:
        "The port is closed and opened for about a second at each; a board that restarts when it is opened, restarts each time."
        | "Der Anschluss wird für etwa eine Sekunde mit jeder geöffnet; eine Platine, die beim Öffnen neu startet, tut es \
           jedes Mal.";
    /// The port is given to another tool.
    released:
        "Nothing was tried: the port is released, and another tool may be using it. Retake it first."
        | "Nichts wurde probiert: Der Anschluss ist frei gegeben, und ein anderes Werkzeug benutzt ihn vielleicht. Ihn zuerst \
           zurückholen.";
    /// The table's name.
    heard: "What came at each speed" | "Was mit jeder Geschwindigkeit kam";
    /// A column.
    baud: "Speed, baud" | "Geschwindigkeit, Baud";
    /// A column.
    bytes: "Bytes" | "Bytes";
    /// A column.
    line_errors: "Line errors" | "Leitungsfehler";
    /// A column.
    printable: "Printable" | "Druckbar";
    /// A column.
    frames: "Frames right" | "Rahmen richtig";
    /// A column.
    verdict: "Verdict" | "Urteil";
    /// So many of so many.
    of(part: String, whole: String): "{part} of {whole}" | "{part} von {whole}";
    /// This one makes sense.
    fits: "fits" | "passt";
    /// This one is set.
    as_set: "as set" | "eingestellt";
    /// One speed makes sense.
    found(baud: String, set: String):
        "It makes sense at {baud} baud only; {set} baud are set. The speed was not changed."
        | "Sinn ergibt es nur mit {baud} Baud; eingestellt sind {set} Baud. Die Geschwindigkeit wurde nicht geändert.";
    /// The speed that is set makes sense.
    right(baud: String):
        "It makes sense at {baud} baud, the speed that is set." | "Sinn ergibt es mit {baud} Baud, wie eingestellt.";
    /// Nothing came.
    silent:
        "Nothing came at any speed: the device is silent. Check its power and the wires TX and RX, or send it something."
        | "Mit keiner Geschwindigkeit kam etwas: Das Gerät schweigt. Strom und die Leitungen TX und RX prüfen, oder ihm etwas \
           senden.";
    /// It does not matter.
    every:
        "It makes sense at every speed: the device does not mind which is set, as USB boards without a serial line behind \
         them do not. Leave it as it is."
        | "Sinn ergibt es mit jeder Geschwindigkeit: Dem Gerät ist gleich, welche eingestellt ist, wie USB-Platinen ohne \
           serielle Leitung dahinter. So lassen, wie es ist.";
    /// It came to nothing.
    unclear:
        "Bytes came, but at none of these speeds alone do they make sense. Check the format (parity and stop bits), the \
         profile's protocol, the common ground, or type the speed that the device's manual names."
        | "Es kamen Bytes, aber mit keiner dieser Geschwindigkeiten allein ergeben sie Sinn. Das Format (Parität und Stoppbits) prüfen, \
           das Protokoll im Profil, die gemeinsame Masse, oder die Geschwindigkeit aus dem Handbuch eingeben.";
    /// It ended early.
    ended(why: &str): "Not all speeds were tried. {why}" | "Nicht alle Geschwindigkeiten wurden probiert. {why}";
    /// The first bytes at a speed.
    first(baud: String): "First bytes at {baud} baud" | "Erste Bytes mit {baud} Baud";
}
