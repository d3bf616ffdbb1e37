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
    refused(why: &str): "Not changed: {why}. Correct it here, or change it as text." | "Nicht geändert: {why}. Hier berichtigen oder als Text ändern.";
    /// A field holds what the text does not.
    untaken: "What was typed at a field could not be taken over, and the text is as it was. Correct it at the field."
        | "Was in ein Feld eingegeben wurde, ließ sich nicht übernehmen; der Text ist wie zuvor. Am Feld berichtigen.";
    /// A heading: what the profile calls things in other languages.
    translated: "Words in other languages" | "Wörter in anderen Sprachen";
    /// What they are.
    translated_note: "What people read instead of the profile's own names. Names in data, expressions and exports stay."
        | "Was statt der Namen des Profils zu lesen ist. Namen in Daten, Ausdrücken und Exporten bleiben.";
    /// What is to get a word.
    translate: "Name in the profile" | "Name im Profil";
    /// Adds a word for it.
    add_word: "Add word" | "Wort hinzufügen";
    /// How many words a language has.
    words_count(count: usize): { if count == 1 { "1 word".to_owned() } else { format!("{count} words") } }
        | { if count == 1 { "1 Wort".to_owned() } else { format!("{count} Wörter") } };
    /// What a field is called, in a sentence.
    label_quoted(label: &str): "\"{label}\"" | "„{label}“";
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
    /// A name.
    target: "Target of the gateway" | "Ziel des Gateways";
    /// An address.
    gateway: "Gateway, where it is not the console's own" | "Gateway, wenn es nicht das der Konsole ist";
    /// What the line's settings are for.
    remote_line_note:
        "A speed or another setting of the line asks for a serial port behind the device (RFC 2217)."
        | "Eine Geschwindigkeit oder andere Einstellung der Leitung verlangt einen seriellen Anschluss hinter dem Gerät (RFC 2217).";
    /// When it counts as lost.
    silence: "Opened again after so many silent seconds" | "Neu geöffnet nach so vielen stillen Sekunden";
    /// Text or binary messages.
    sends: "What is sent goes in messages of" | "Gesendetes geht in Nachrichten aus";
    /// A sign of life.
    ping: "Question after life" | "Frage nach Lebenszeichen";
    /// Its answer.
    pong: "Answer to it" | "Antwort darauf";
    /// How often.
    ping_every: "Asked every so many seconds" | "Gefragt alle so viele Sekunden";
    /// How an HTTP device is heard.
    mode: "How it is heard" | "Wie es gehört wird";
    /// A part of an answer.
    select: "Part of the answer" | "Teil der Antwort";
    /// How it is written.
    select_note: "A JSON Pointer, such as /sensors/0." | "Ein JSON-Pointer, etwa /sensors/0.";
    /// How often it is asked.
    interval: "Interval in milliseconds" | "Abstand in Millisekunden";
    /// Where commands go.
    command_url: "Address for commands" | "Adresse für Befehle";
    /// How they are sent.
    command_method: "Method of commands" | "Methode der Befehle";
    /// What a broker is asked for.
    topics: "Topics, with commas" | "Topics, mit Komma";
    /// How filters are written.
    topics_note:
        "+ stands for one level, # for the last ones." | "+ steht für eine Ebene, # für die letzten.";
    /// Where a line goes.
    publish: "Topic for lines that are sent" | "Topic für gesendete Zeilen";
    /// The version of MQTT.
    version: "MQTT version" | "MQTT-Version";
    /// The user.
    username: "User name" | "Benutzername";
    /// What becomes of the password.
    username_note:
        "The password is asked for when it is needed, and kept nowhere."
        | "Nach dem Passwort wird gefragt, wenn es nötig ist; aufbewahrt wird es nirgends.";
    /// The client's name.
    client_id: "Client id" | "Client-ID";
    /// Whether the broker forgets.
    clean_start: "Broker forgets this client" | "Broker vergisst diesen Client";
    /// Signs of life.
    keep_alive: "Seconds between signs of life" | "Sekunden zwischen Lebenszeichen";
    /// How long the broker keeps messages.
    session_expiry: "Seconds for which the broker keeps messages" | "Sekunden, die der Broker Nachrichten bewahrt";
    /// Where a broker publishes that the link is lost.
    will_topic: "Last will: topic" | "Letzter Wille: Topic";
    /// When.
    will_note: "What the broker publishes when the connection ends without a word."
        | "Was der Broker veröffentlicht, wenn die Verbindung wortlos endet.";
    /// What it says.
    will_payload: "Last will: message" | "Letzter Wille: Nachricht";
    /// How it is delivered.
    will_qos: "Last will: QoS" | "Letzter Wille: QoS";
    /// Whether it is retained.
    will_retain: "Last will: retained" | "Letzter Wille: aufbewahrt";
    /// A heading: topics with a protocol of their own.
    own_topics: "Topics with a protocol of their own" | "Topics mit eigenem Protokoll";
    /// An item, and where a message goes.
    topic: "Topic" | "Topic";
    /// How it is written.
    topic_note: "Where this command is published; {name} stands for an argument."
        | "Wohin dieser Befehl veröffentlicht wird; {name} steht für ein Argument.";
    /// Adds one.
    add_topic: "Add topic" | "Topic hinzufügen";
    /// Which topics.
    filter: "Topics" | "Topics";
    /// How a message is delivered.
    qos: "QoS" | "QoS";
    /// Whether the broker keeps a message.
    retain: "Retained by the broker" | "Vom Broker aufbewahrt";
    /// What a message is.
    content_type: "Content type" | "Inhaltstyp";
    /// Where an answer goes.
    response_topic: "Topic for the answer" | "Topic für die Antwort";
    /// What tells which request an answer is of.
    correlation: "Correlation data" | "Korrelationsdaten";
    /// Pairs beside a message.
    user: "User properties, as TOML" | "Eigene Eigenschaften, als TOML";
    /// How they are written.
    user_note: "{ source = \"console\" }" | "{ quelle = \"konsole\" }";
    /// Where the reply comes.
    reply_topic: "Reply on topic" | "Antwort auf Topic";
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
    /// What it may be.
    count_note: "A number, the name of an integer that stands before it, or rest."
        | "Eine Zahl, der Name einer ganzen Zahl davor, oder rest.";
    /// A length in front of what it is of.
    length_before: "Length in front" | "Länge davor";
    /// What it is.
    length_before_note: "The type of a number that says how many bytes follow."
        | "Typ einer Zahl, die sagt, wie viele Bytes folgen.";
    /// What ends a field.
    until: "Up to" | "Bis zu";
    /// How it is written.
    until_note: "The bytes that end it, as text with escapes (\\0) or as hex (0x0d0a)."
        | "Die Bytes, die es beenden, als Text mit Escapes (\\0) oder hexadezimal (0x0d0a).";
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
    /// Leads to the field that the mistake is about.
    to_field: "Go to its field" | "Zum Feld gehen";
    /// A folded part has one.
    has_mistake: "has a mistake" | "enthält einen Fehler";
    /// A heading: the messages a protocol declares.
    messages: "Messages" | "Nachrichten";
    /// A heading: messages that only go to the device.
    sent: "Messages that are only sent" | "Nachrichten, die nur gesendet werden";
    /// A heading: what stands in front of every message.
    header: "Header of every message" | "Kopf jeder Nachricht";
    /// A heading.
    macros: "Macros" | "Makros";
    /// A heading.
    memory: "Memory" | "Speicher";
    /// A heading.
    layout: "Layout" | "Anordnung";
    /// A heading.
    dashboard: "Dashboard" | "Übersicht";
    /// Adds one.
    add_message: "Add message" | "Nachricht hinzufügen";
    /// A number that tells messages apart.
    id: "Id" | "Kennzahl";
    /// What it is for.
    id_note: "The value of the discriminator, where there are several messages."
        | "Der Wert des Diskriminators, wo es mehrere Nachrichten gibt.";
    /// The order of bytes.
    endian: "Byte order" | "Bytereihenfolge";
    /// Words for numbers.
    labels: "Labels, as TOML" | "Bezeichnungen, als TOML";
    /// How they are written.
    labels_note: "{ 0 = \"off\", 1 = \"on\" }" | "{ 0 = \"aus\", 1 = \"ein\" }";
    /// Constant bytes.
    bytes: "Bytes" | "Bytes";
    /// How they are written.
    bytes_note: "0xAA55, for example." | "Zum Beispiel 0xAA55.";
    /// A checksum's.
    algorithm: "Algorithm" | "Verfahren";
    /// How it is called.
    algorithm_note: "Its name in the CRC catalogue, such as CRC-16/MODBUS." | "Der Name im CRC-Katalog, etwa CRC-16/MODBUS.";
    /// The first byte that a checksum covers.
    from: "From byte" | "Ab Byte";
    /// The byte before which it ends.
    to: "To byte" | "Bis Byte";
    /// Its value says which message it is.
    discriminator: "Tells the message" | "Bestimmt die Nachricht";
    /// Some bits of an integer.
    bit_field: "Bits" | "Bits";
    /// Adds them.
    add_bits: "Add bits" | "Bits hinzufügen";
    /// How many.
    width: "Width in bits" | "Breite in Bits";
    /// The least significant of them.
    at_bit: "From bit" | "Ab Bit";
    /// Whether it can be negative.
    signed: "Signed" | "Mit Vorzeichen";
    /// What an option, a list or a map holds.
    of: "Of, as TOML" | "Aus, als TOML";
    /// The keys of a map.
    map_key: "Key, as TOML" | "Schlüssel, als TOML";
    /// The variants of an enum.
    variants: "Variants, as TOML" | "Varianten, als TOML";
    /// The longest frame.
    limit: "Longest frame in bytes" | "Längster Rahmen in Byte";
    /// What is shown in the terminal.
    log_message: "Log message" | "Log-Nachricht";
    /// What it is.
    log_message_note: "The message whose text the terminal shows." | "Die Nachricht, deren Text das Terminal zeigt.";
    /// The values an argument may have.
    choices: "Only these, with commas" | "Nur diese, mit Komma";
    /// Bytes that are sent.
    hex: "Bytes, hex" | "Bytes, hex";
    /// An item.
    macro_item: "Macro" | "Makro";
    /// Adds one.
    add_macro: "Add macro" | "Makro hinzufügen";
    /// What it does.
    steps: "Steps" | "Schritte";
    /// How they are written.
    steps_note: "One a line: send, text, bytes, command, wait, expect, match, repeat and end."
        | "Einer je Zeile: send, text, bytes, command, wait, expect, match, repeat und end.";
    /// How much data is kept.
    budget: "Budget in MiB" | "Grenze in MiB";
    /// What becomes of more.
    budget_note: "The oldest data go first." | "Die ältesten Daten gehen zuerst.";
    /// What is drawn at first.
    plotted: "Plotted fields, with commas" | "Gezeichnete Felder, mit Komma";
    /// What if nothing is said.
    plotted_note: "The first eight numbers, where nothing is said." | "Ohne Angabe die ersten acht Zahlen.";
    /// How much time is shown.
    span: "Seconds shown" | "Gezeigte Sekunden";
    /// By which clock.
    plot_time: "Time of the plot" | "Zeit der Kurven";
    /// Panels of a place.
    upper_left: "Panels upper left" | "Bereiche oben links";
    /// What panels there are.
    panels_note: "Plot, Values, Terminal, Commands, Macros, Transfer, Rejected, Profile, Hex, Dashboard; each at one place."
        | "Plot, Values, Terminal, Commands, Macros, Transfer, Rejected, Profile, Hex, Dashboard; jeder an einem Ort.";
    /// Panels of a place.
    upper_right: "Panels upper right" | "Bereiche oben rechts";
    /// Panels of a place.
    lower_left: "Panels lower left" | "Bereiche unten links";
    /// Panels of a place.
    lower_right: "Panels lower right" | "Bereiche unten rechts";
    /// Panels that are not shown.
    closed: "Closed panels" | "Geschlossene Bereiche";
    /// Panels before the others of their places.
    front: "Panels in front" | "Bereiche vorn";
    /// A size.
    right_px: "Width at the right in pixels" | "Breite rechts in Pixeln";
    /// A size.
    lower_left_px: "Height lower left in pixels" | "Höhe unten links in Pixeln";
    /// A size.
    lower_right_px: "Height lower right in pixels" | "Höhe unten rechts in Pixeln";
    /// The dashboard's heading.
    title: "Title" | "Titel";
    /// When a reading is old.
    stale: "Stale after seconds" | "Veraltet nach Sekunden";
    /// Fields of a fleet.
    fleet_columns: "Columns shown first, with commas" | "Zuerst gezeigte Spalten, mit Komma";
    /// What its rows are grouped by.
    fleet_group: "Grouped by" | "Gruppiert nach";
    /// What may stand there.
    fleet_group_note: "A field, a named level of the topics, or state." | "Ein Feld, eine benannte Ebene der Topics oder state.";
    /// The field with a trend.
    fleet_trend: "Trend of" | "Trend von";
    /// How many are sent.
    fleet_rate: "Commands a second at most" | "Befehle je Sekunde höchstens";
    /// Where it is told whether a device is there.
    presence: "Topic of presence" | "Topic der Anwesenheit";
    /// What it must have.
    presence_note: "With a level {device}; a last will may go there, too." | "Mit einer Ebene {device}; auch ein letzter Wille darf dorthin gehen.";
    /// A payload.
    online: "Payload when it is there" | "Inhalt, wenn es da ist";
    /// A payload.
    offline: "Payload when it is gone" | "Inhalt, wenn es weg ist";
    /// An item.
    tile: "Tile" | "Kachel";
    /// Adds one.
    add_tile: "Add tile" | "Kachel hinzufügen";
    /// What is written on it.
    label: "Label" | "Beschriftung";
    /// What it shows.
    fields: "Fields, with commas" | "Felder, mit Komma";
    /// How many.
    fields_note: "One field, or up to eight." | "Ein Feld, oder bis zu acht.";
    /// Of a position.
    latitude: "Latitude" | "Breitengrad";
    /// Of a position.
    longitude: "Longitude" | "Längengrad";
    /// In which a reading is as it should be.
    band: "Band: from, to" | "Band: von, bis";
    /// Open ends.
    band_note: "Outside of it is an alarm; -inf and inf leave an end open."
        | "Außerhalb ist Alarm; -inf und inf lassen ein Ende offen.";
    /// Words that light a lamp.
    lights: "Lit by, with commas" | "Leuchtet bei, mit Komma";
    /// Where it stands.
    place: "Place" | "Ort";
    /// How it is written.
    place_note: "Column, row, columns, rows; twelve columns, counted from 0." | "Spalte, Zeile, Spalten, Zeilen; zwölf Spalten, ab 0.";
    /// Takes an item out.
    take_away: "Remove" | "Entfernen";
    /// The same, with its name.
    remove(item: &str): "Remove {item}" | "{item} entfernen";
}
