//! Commands: forms, what is repeated, what was sent.

use super::messages;

messages! {
    /// A profile without commands.
    none: "This profile has no commands. Add [[commands]] in the profile, or type a line in the terminal."
        | "Dieses Profil hat keine Befehle. [[commands]] im Profil ergänzen oder eine Zeile im Terminal eingeben.";
    /// What stands in place of commands and transfers where a file was opened.
    only_read: "A file is only read: nothing can be sent to it."
        | "Eine Datei wird nur gelesen: Senden lässt sich ihr nichts.";
    /// Before the last command's outcome.
    answered(name: &str, millis: u32): "{name}: answered after {millis} ms." | "{name}: nach {millis} ms beantwortet.";
    /// No reply.
    no_answer(name: &str, late: &str): "{name}: {late}. Check that the device listens, then send it again."
        | "{name}: {late}. Prüfen, ob das Gerät zuhört, dann erneut senden.";
    /// A dangerous command that was not armed.
    arm_first(name: &str): "{name} is marked as dangerous in the profile: arm it, then send it."
        | "{name} ist im Profil als gefährlich markiert: erst scharf schalten, dann senden.";
    /// Arms a dangerous command.
    arm(name: &str): "Arm {name}" | "{name} scharf schalten";
    /// Shows what a dangerous command would send.
    dry_run: "Dry run" | "Probelauf";
    /// The same, with its name.
    dry_run_of(name: &str): "Dry run of {name}" | "Probelauf von {name}";
    /// What it would send.
    would_send(name: &str, bytes: &str, count: String, topic: &str): {
        let to = if topic.is_empty() { String::new() } else { format!(" to {topic}") };
        format!("{name}, dry run: it would send {count}{to}: {bytes}. Nothing was sent.")
    } | {
        let to = if topic.is_empty() { String::new() } else { format!(" an {topic}") };
        format!("{name}, Probelauf: gesendet würden {count}{to}: {bytes}. Nichts wurde gesendet.")
    };
    /// What an armed command will send.
    sends(name: &str, bytes: &str, count: &str, topic: &str): {
        let to = if topic.is_empty() { String::new() } else { format!(" to {topic}") };
        format!("{name} sends {count}{to}: {bytes}.")
    } | {
        let to = if topic.is_empty() { String::new() } else { format!(" an {topic}") };
        format!("{name} sendet {count}{to}: {bytes}.")
    };
    /// Which device an armed command goes to.
    goes_to(device: &str): "It goes to {device}." | "Es geht an {device}.";
    /// An argument and its unit.
    in_unit(name: &str, unit: &str): "{name} in {unit}" | "{name} in {unit}";
    /// The slider of an argument.
    slider(label: &str): "{label}, slider" | "{label}, Schieberegler";
    /// What an argument must be.
    a_number(name: &str): "{name} must be a number, such as 21.5." | "{name} muss eine Zahl sein, etwa 21.5 (mit Punkt).";
    /// What an argument must be.
    a_whole_number(name: &str): "{name} must be a whole number." | "{name} muss eine ganze Zahl sein.";
    /// What an argument must be.
    at_least(name: &str, min: f64): "{name} must be at least {min}." | "{name} muss mindestens {min} sein.";
    /// What an argument must be.
    at_most(name: &str, max: f64): "{name} must be at most {max}." | "{name} darf höchstens {max} sein.";
    /// What an argument must be.
    hex_bytes(name: &str): "{name} must be bytes in hexadecimal digits, as 01 02 ff."
        | "{name} muss aus Bytes in Hexadezimalziffern bestehen, wie 01 02 ff.";
    /// What to type for bytes.
    hex_hint: "01 02 ff" | "01 02 ff";
    /// Sends something typed.
    anything: "Send anything" | "Beliebiges senden";
    /// How it is typed.
    written_as: "Written as" | "Geschrieben als";
    /// Text with escapes, with the line ending.
    as_line: "Line" | "Zeile";
    /// Text with escapes alone.
    as_text: "Text" | "Text";
    /// Hexadecimal digits.
    as_hex: "Hex" | "Hex";
    /// What is typed.
    content: "What to send" | "Was gesendet wird";
    /// What is accepted there.
    content_hint: "\\r \\n \\t \\e \\xHH stand for bytes" | "\\r \\n \\t \\e \\xHH stehen für Bytes";
    /// Sends it.
    send: "Send this" | "Dies senden";
    /// What could not be read.
    not_read(why: &str): "Nothing was sent: {why}." | "Nichts wurde gesendet: {why}.";
    /// Repeats whatever is sent here.
    repeat: "Repeat" | "Wiederholen";
    /// Between two.
    every: "every, in ms" | "alle, in ms";
    /// How often.
    times: "times, empty for until stopped" | "mal, leer für bis zum Stopp";
    /// What the interval must be.
    every_wrong: "The interval must be a whole number of milliseconds from 1 to 3600000."
        | "Der Abstand muss eine ganze Zahl von Millisekunden von 1 bis 3600000 sein.";
    /// What the count must be.
    times_wrong: "The count must be a whole number from 1 to 1000000, or empty."
        | "Die Anzahl muss eine ganze Zahl von 1 bis 1000000 oder leer sein.";
    /// Stops what is repeated.
    stop: "Stop repeating" | "Wiederholen stoppen";
    /// What is repeated.
    repeating(name: &str, round: u32): "{name}: round {round}" | "{name}: Durchgang {round}";
    /// What is repeated, of how many.
    repeating_of(name: &str, round: u32, rounds: u32): "{name}: round {round} of {rounds}"
        | "{name}: Durchgang {round} von {rounds}";
    /// The link closed while something was sent or repeated.
    link_closed(name: &str): "{name}: the link closed. Connect, then send it again."
        | "{name}: Die Verbindung wurde geschlossen. Verbinden, dann erneut senden.";
    /// What was sent from here.
    history: "Sent from here" | "Von hier gesendet";
    /// A reply in the history.
    replied(millis: u32, text: &str): "after {millis} ms: {text}" | "nach {millis} ms: {text}";
    /// No reply in the history.
    expired_within(millis: u32): "no answer within {millis} ms" | "keine Antwort innerhalb von {millis} ms";
    /// The same where the time is not known.
    expired: "no answer in time" | "keine rechtzeitige Antwort";
    /// The device said no, by a status of HTTP.
    declined(status: u16): "answered {status}" | "mit {status} beantwortet";
    /// Not sent, in the history.
    not_sent: "not sent" | "nicht gesendet";
    /// The demo's faults.
    misbehave: "Ask the demo to misbehave" | "Die Demo um Fehlverhalten bitten";
    /// A fault of the demo device.
    fault(name: &str): { format!("Fault: {name}") } | { format!("Fehler: {}", german_fault(name).map_or(name, |(word, _)| word)) };
}

/// What a fault of the demo device does; `english` is what it says of it itself.
#[must_use]
pub fn fault_does(name: &str, english: &'static str) -> &'static str {
    match super::now() {
        super::Language::English => english,
        super::Language::German => german_fault(name).map_or(english, |(_, does)| does),
    }
}

/// A fault by a German word, and what it does. On the wire it keeps its name.
fn german_fault(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "garbage" => ("Datenmüll", "Sendet 2 048 zufällige Bytes zwischen zwei Rahmen."),
        "checksum" => {
            ("Prüfsumme", "Kippt ein Bit in jedem der nächsten 50 Rahmen, sodass die Prüfsumme nicht stimmt.")
        }
        "truncate" => ("halber Rahmen", "Sendet einen halben Rahmen und fährt mit dem nächsten fort."),
        "silence" => ("Stille", "Sendet 3 Sekunden lang nichts."),
        "flood" => ("Datenflut", "Sendet 5 Sekunden lang 10 000 Rahmen je Sekunde."),
        "disconnect" => ("Trennung", "Trennt die Verbindung mitten in einem Rahmen."),
        "hostile" => (
            "feindlicher Text",
            "Protokolliert Text, dem eine sorglose Konsole gehorchen würde: Auszeichnungen, Escape-Sequenzen, verborgene Zeichen.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::german_fault;

    #[test]
    fn every_fault_of_the_demo_device_has_german_words() {
        for (name, _) in sim::FAULTS {
            assert!(german_fault(name).is_some_and(|(word, _)| word != *name), "{name}");
        }
    }
}
