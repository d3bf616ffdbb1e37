//! A profile before it is used.

use super::messages;

messages! {
    /// What the page does not do.
    nothing_happens: "Nothing is opened and nothing is sent until you say so."
        | "Nichts wird geöffnet und nichts gesendet, bevor es ausgelöst wird.";
    /// A profile from an address: anybody could have written it.
    from_address: "This profile came with the address. Whoever made the address wrote it."
        | "Dieses Profil kam mit der Adresse. Geschrieben hat es, wer die Adresse erstellt hat.";
    /// How the device is reached.
    link: "Link" | "Verbindung";
    /// What it speaks.
    protocol: "Protocol" | "Protokoll";
    /// What comes.
    messages: "Messages" | "Nachrichten";
    /// Fields that are found in the data.
    found: "found in the data" | "aus den Daten";
    /// Fields that are computed.
    derived: "Computed" | "Berechnet";
    /// What can be sent.
    commands: "Commands" | "Befehle";
    /// What is sent by itself once the link is open, to learn which device it is.
    asked: "Sent by itself on opening" | "Beim Öffnen von selbst gesendet";
    /// No command.
    no_commands: "none" | "keine";
    /// Sent after it was armed.
    dangerous: "armed first" | "erst nach dem Scharfschalten";
    /// A command that is a message of the protocol.
    message(name: &str): "message {name}" | "Nachricht {name}";
    /// Memory that the data may take.
    memory: "Memory" | "Speicher";
    /// At most so much.
    mebibytes(mib: u32): "at most {mib} MiB" | "höchstens {mib} MiB";
    /// A serial link.
    serial(baud: &str, frame: &str): "{baud} baud, {frame}" | "{baud} Baud, {frame}";
    /// With hardware flow control.
    flow: ", hardware flow control" | ", Hardware-Flusskontrolle";
    /// A signal that is set when the port is opened.
    signal(name: &str, on: &str): ", {name} {on}" | ", {name} {on}";
    /// A signal is set.
    on: "on" | "an";
    /// A signal is cleared.
    off: "off" | "aus";
    /// A link over a network.
    to_host(host: &str): "to {host}" | "zu {host}";
    /// A target of a gateway.
    to_target(place: &str): "to {place}, through a gateway" | "zu {place}, über ein Gateway";
    /// How often it is asked.
    every(seconds: f64): ", asked every {seconds} s" | ", gefragt alle {seconds} s";
    /// Where commands go, if elsewhere.
    topics(filters: &str): ", topics {filters}" | ", Topics {filters}";
    /// Where commands go.
    commands_to(host: &str): ", commands go to {host}" | ", Befehle gehen an {host}";
    /// The simulated device.
    demo: "A simulated device in this tab. It reaches nothing and nobody."
        | "Ein simuliertes Gerät in diesem Tab. Es erreicht nichts und niemanden.";
    /// The profile's text.
    text: "The profile as text" | "Das Profil als Text";
    /// Leads to the form of the start page.
    take: "Use for a new session" | "Für eine neue Sitzung verwenden";
    /// Keeps it in the browser.
    keep: "Keep" | "Behalten";
    /// As a file.
    export: "Export" | "Exportieren";
    /// The whole list.
    all: "All profiles" | "Alle Profile";
    /// It was kept.
    kept(name: &str): "{name} is kept in this browser and can be chosen on the start page."
        | "{name} bleibt in diesem Browser und lässt sich auf der Startseite wählen.";
    /// Another one of its name is kept.
    kept_beside(name: &str, called: &str): "Another profile is kept as {name}. This one is kept in this browser as {called} and can be chosen on the start page."
        | "Ein anderes Profil heißt schon {name}. Dieses bleibt in diesem Browser als {called} und lässt sich auf der Startseite wählen.";
    /// It is kept already.
    there(called: &str): "It was kept already, word for word, as {called}."
        | "Es wird schon Wort für Wort aufbewahrt, als {called}.";
    /// The heading where there is no profile.
    nothing: "No profile" | "Kein Profil";
    /// There is none of that id.
    unknown: "There is no profile of that name in this browser. Choose one of the list, or import it on the start page."
        | "In diesem Browser gibt es kein Profil dieses Namens. Eines aus der Liste wählen oder auf der Startseite importieren.";
    /// It was too long.
    too_long: "The address carries more than the 64 KiB that a profile may have here. Ask for the profile as a file."
        | "Die Adresse enthält mehr als die 64 KiB, die ein Profil hier haben darf. Um das Profil als Datei bitten.";
    /// It was changed or cut off.
    broken: "The address was cut off or changed on its way. Ask for it again, or for the profile as a file."
        | "Die Adresse wurde unterwegs abgeschnitten oder verändert. Noch einmal darum bitten oder um das Profil als Datei.";
    /// It is no profile that can be used.
    mistaken(why: &str): "What the address carries cannot be used. {why}"
        | "Was die Adresse enthält, ist nicht verwendbar. {why}";
}
