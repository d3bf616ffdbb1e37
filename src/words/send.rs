//! The line to send.

use super::messages;
use crate::view::format;

messages! {
    /// The field.
    field: "Line to send" | "Zu sendende Zeile";
    /// What may be written there.
    hint: "Type a line for the device" | "Zeile für das Gerät eingeben";
    /// Where it goes at a broker.
    topic: "Topic" | "Topic";
    /// How surely it arrives there.
    quality: "Quality of service" | "Zustellqualität";
    /// Quality 0.
    at_most_once: "at most once (0)" | "höchstens einmal (0)";
    /// Quality 1.
    at_least_once: "at least once (1)" | "mindestens einmal (1)";
    /// Quality 2.
    exactly_once: "exactly once (2)" | "genau einmal (2)";
    /// The broker keeps it for those who come later.
    retain: "Retain" | "Aufbewahren";
    /// What is sent after it.
    ending: "Line ending" | "Zeilenende";
    /// Nothing is sent after it.
    ending_none: "none" | "keins";
    /// Sends it.
    send: "Send" | "Senden";
    /// How the line is read.
    form: "Form of the line" | "Form der Zeile";
    /// As it is.
    form_text: "Text" | "Text";
    /// With escapes.
    form_escapes: "Escapes" | "Escapes";
    /// As bytes.
    form_hex: "Hex" | "Hex";
    /// Not a digit.
    no_hex(what: String):
        "Nothing was sent: \"{what}\" is no hexadecimal digit. Write bytes as in 0a ff or 0x0a,0xff."
        | "Nichts gesendet: „{what}“ ist keine Hexadezimalziffer. Bytes so schreiben: 0a ff oder 0x0a,0xff.";
    /// An odd number of digits.
    odd_hex(what: String):
        "Nothing was sent: \"{what}\" has an odd number of digits, and a byte has two."
        | "Nichts gesendet: „{what}“ hat eine ungerade Zahl von Ziffern, ein Byte hat zwei.";
    /// Not an escape.
    no_escape(what: String):
        r"Nothing was sent: {what} is no escape. There are \n \r \t \0 \a \b \e \\, \x1b for a byte and \u{{20ac}} for a character."
        | r"Nichts gesendet: {what} ist kein Escape. Es gibt \n \r \t \0 \a \b \e \\, \x1b für ein Byte und \u{{20ac}} für ein Zeichen.";
    /// Each key is sent as it is typed.
    keys: "Type directly" | "Direkt tippen";
    /// How to get out of that.
    keys_on:
        "Every key goes to the device. Ctrl Shift X or the button ends that."
        | "Jede Taste geht an das Gerät. Strg Umschalt X oder die Taste oben beendet das.";
    /// The device has asked for a password.
    secret:
        "The device asks for a password: this line is shown and kept nowhere."
        | "Das Gerät fragt nach einem Passwort: Diese Zeile wird nirgends gezeigt und nirgends behalten.";
    /// The question before many lines are sent.
    paste(lines: usize, bytes: usize):
        { format!("Send {}, {} to the device?", format::plural(lines, "line"), format::plural(bytes, "byte")) }
        | { format!("{} {}, {} {} an das Gerät senden?", format::count(lines as u64),
            if lines == 1 { "Zeile" } else { "Zeilen" }, format::count(bytes as u64),
            if bytes == 1 { "Byte" } else { "Bytes" }) };
    /// How they go where a program asked for pastes to be marked.
    paste_bracketed:
        "It goes as one marked paste, as the program at the other end asked."
        | "Sie gehen als eine markierte Einfügung, wie vom Programm am anderen Ende verlangt.";
    /// What was taken out of them.
    paste_removed(count: usize):
        { format!("{} taken out of it.", format::plural(count, "control character")) }
        | { format!("{} Steuerzeichen entfernt.", format::count(count as u64)) };
    /// The pause after each line.
    pause: "Pause after a line, ms" | "Pause nach einer Zeile, ms";
    /// A pause that is none.
    pause_wrong: "The pause is a whole number of milliseconds, at most 60000." | "Die Pause ist eine ganze Zahl von Millisekunden, höchstens 60000.";
    /// The prompt.
    prompt: "Wait for the text" | "Auf den Text warten";
    /// Sends them.
    paste_send: "Send lines" | "Zeilen senden";
    /// Does not send them.
    paste_cancel: "Cancel" | "Abbrechen";
    /// The lines that are asked about.
    paste_label: "Lines to send" | "Zu sendende Zeilen";
    /// How far it is.
    sending(sent: u32, total: u32): "Sent {sent} of {total} lines." | "{sent} von {total} Zeilen gesendet.";
    /// It stopped before the last.
    stopped(sent: u32, total: u32, why: String):
        "Sent {sent} of {total} lines, then stopped: {why}" | "{sent} von {total} Zeilen gesendet, dann angehalten: {why}";
    /// Sends no more of them.
    stop: "Stop sending" | "Senden anhalten";
}
