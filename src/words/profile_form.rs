//! The form of a profile.

use super::messages;

messages! {
    /// The form's name.
    form: "Profile as a form" | "Profil als Formular";
    /// Takes back the last change.
    undo: "Undo" | "Rückgängig";
    /// The text cannot be shown as a form.
    unreadable: "The text has a mistake that hides what it says, or is too long for a form. Correct it as text first."
        | "Der Text hat einen Fehler, der seinen Inhalt verdeckt, oder ist zu lang für ein Formular. Zuerst als Text berichtigen.";
    /// A change could not be done.
    refused(why: &str): "Not changed: {why}. Change it as text." | "Nicht geändert: {why}. Als Text ändern.";
    /// Keys that went with what they belonged to.
    went(keys: &str): "Taken out, since they do not belong to what was chosen: {keys}. Undo brings them back."
        | "Herausgenommen, da nicht zur Auswahl gehörig: {keys}. „Rückgängig“ holt sie zurück.";
    /// A heading.
    identity: "Name and purpose" | "Name und Zweck";
    /// A heading.
    link: "Link" | "Verbindung";
    /// A heading.
    protocol: "Protocol" | "Protokoll";
    /// A heading.
    terminal: "Terminal" | "Terminal";
    /// A heading.
    device: "Which device it is" | "Welches Gerät es ist";
    /// A heading.
    clock: "The device's clock" | "Uhr des Geräts";
    /// A heading.
    sequence: "Sequence numbers" | "Laufende Nummern";
    /// What is asked.
    probe: "Asked with" | "Gefragt mit";
    /// What is asked, as bytes.
    probe_hex: "Asked with, hex" | "Gefragt mit, hex";
    /// What must come.
    expect: "Answer holds" | "Antwort enthält";
    /// What must come, as bytes.
    expect_hex: "Answer holds, hex" | "Antwort enthält, hex";
    /// What must come, as a regular expression.
    matches: "Answer fits (regular expression)" | "Antwort passt zu (regulärer Ausdruck)";
    /// Width of a counter.
    bits: "Bits" | "Bits";
    /// What a counter counts to.
    modulus: "Begins again at" | "Beginnt neu bei";
    /// What a clock's zero is.
    counts_from: "Counts from" | "Zählt ab";
    /// A heading, before a message's name.
    fields_of: "Fields of" | "Felder von";
    /// A heading.
    units: "Units of fields" | "Einheiten von Feldern";
    /// A heading.
    derived: "Computed fields" | "Berechnete Felder";
    /// A heading.
    commands: "Commands" | "Befehle";
    /// A name.
    name: "Name" | "Name";
    /// One sentence.
    about: "About" | "Beschreibung";
    /// What it is for.
    tags: "Tags, with commas" | "Stichwörter, mit Komma";
    /// What kind of link or argument.
    kind: "Kind" | "Art";
    /// Symbols per second.
    baud: "Baud" | "Baud";
    /// Bits of a character.
    data_bits: "Data bits" | "Datenbits";
    /// The parity bit.
    parity: "Parity" | "Parität";
    /// Stop bits.
    stop_bits: "Stop bits" | "Stoppbits";
    /// Flow control.
    flow: "Flow control" | "Flusskontrolle";
    /// A signal.
    dtr: "DTR on opening" | "DTR beim Öffnen";
    /// A signal.
    rts: "RTS on opening" | "RTS beim Öffnen";
    /// A USB id.
    vendor: "USB vendor" | "USB-Hersteller";
    /// A USB id.
    product: "USB product" | "USB-Produkt";
    /// The port's buffer.
    buffer: "Read buffer in bytes" | "Lesepuffer in Byte";
    /// An address.
    url: "Address of the device" | "Adresse des Geräts";
    /// Subprotocols of a WebSocket.
    subprotocols: "Subprotocols, with commas" | "Unterprotokolle, mit Komma";
    /// When it counts as lost.
    silence: "Opened again after so many silent seconds" | "Neu geöffnet nach so vielen stillen Sekunden";
    /// How often it is asked.
    interval: "Interval in milliseconds" | "Abstand in Millisekunden";
    /// Where commands go.
    command_url: "Address for commands" | "Adresse für Befehle";
    /// How they are sent.
    command_method: "Method of commands" | "Methode der Befehle";
    /// Samples per second.
    rate: "Rate in hertz" | "Rate in Hertz";
    /// The protocol's name.
    speaks: "Protocol name" | "Protokollname";
    /// The framing.
    framing: "Framing" | "Rahmung";
    /// The protocol's own framing.
    usual(framing: &str): "as usual: {framing}" | "wie üblich: {framing}";
    /// What follows a line.
    ending: "Line ending sent" | "Gesendetes Zeilenende";
    /// A truth.
    yes: "yes" | "ja";
    /// A truth.
    no: "no" | "nein";
    /// Neither.
    not_said: "not said" | "nicht angegeben";
    /// An item.
    field: "Field" | "Feld";
    /// A field's type.
    field_type: "Type" | "Typ";
    /// A unit.
    unit: "Unit" | "Einheit";
    /// What a number is multiplied by.
    scale: "Scale" | "Faktor";
    /// What is added.
    offset: "Offset" | "Versatz";
    /// How many.
    count: "Count" | "Anzahl";
    /// An item.
    derived_field: "Computed field" | "Berechnetes Feld";
    /// A message.
    message: "Message" | "Nachricht";
    /// How it is computed.
    expression: "Expression" | "Ausdruck";
    /// An item.
    argument: "Argument" | "Argument";
    /// Smallest.
    min: "Min" | "Min";
    /// Largest.
    max: "Max" | "Max";
    /// What is there first.
    default: "Default" | "Vorgabe";
    /// An item.
    command: "Command" | "Befehl";
    /// What is sent.
    text: "Text" | "Text";
    /// It is armed first.
    dangerous: "Dangerous" | "Gefährlich";
    /// The reply.
    contains: "Reply contains" | "Antwort enthält";
    /// Until when.
    within: "Within milliseconds" | "Innerhalb von Millisekunden";
    /// Adds one.
    add_field: "Add field" | "Feld hinzufügen";
    /// Adds one.
    add_unit: "Add unit" | "Einheit hinzufügen";
    /// Adds one.
    add_derived: "Add computed field" | "Berechnetes Feld hinzufügen";
    /// Adds one.
    add_command: "Add command" | "Befehl hinzufügen";
    /// Adds one.
    add_argument: "Add argument" | "Argument hinzufügen";
    /// Takes an item out.
    take_away: "Remove" | "Entfernen";
    /// The same, with its name.
    remove(item: &str): "Remove {item}" | "{item} entfernen";
}
