//! The settings of protocols and framings in a profile's form: what each is called, and what is to be known of it. And
//! what the words mean that a value may be.

use super::messages;

messages! {
    /// Text between two values or pairs.
    separator: "Separator" | "Trennzeichen";
    /// Between values.
    values_note: "The text between two values; with \"auto\", what the line has: a tab, else a semicolon, else a comma, else spaces. Where it is no comma, 21,5 is a number as well."
        | "Der Text zwischen zwei Werten; bei „auto“, was die Zeile hat: ein Tabulator, sonst Semikolon, sonst Komma, sonst Leerzeichen. Wo es kein Komma ist, ist auch 21,5 eine Zahl.";
    /// Between pairs.
    pairs_note: "The text between two pairs; with \"auto\", a comma, a semicolon, a tab, or spaces before another pair."
        | "Der Text zwischen zwei Paaren; bei „auto“ Komma, Semikolon, Tabulator oder Leerzeichen vor einem weiteren Paar.";
    /// Text between a name and its value.
    assign: "Between name and value" | "Zwischen Name und Wert";
    /// What it is usually.
    assign_note: "With \"auto\", a colon or an equals sign." | "Bei „auto“ ein Doppelpunkt oder ein Gleichheitszeichen.";
    /// Whether columns are named by a line.
    heading: "Line with column names" | "Zeile mit Spaltennamen";
    /// When it is.
    heading_note: "yes: the first line names the columns. auto: a line without a number does, if it is the first or as long as the rows."
        | "ja: die erste Zeile nennt die Spalten. Von selbst: eine Zeile ohne Zahl, wenn sie die erste ist oder so lang wie die anderen.";
    /// Names of columns.
    names: "Column names, with commas" | "Spaltennamen, mit Komma";
    /// Without them.
    names_note: "Where nothing names the columns, they are c1, c2 and so on." | "Wo nichts die Spalten nennt, heißen sie c1, c2 und so weiter.";
    /// The name of the only message.
    message: "Message name" | "Name der Nachricht";
    /// Where it is seen.
    message_note: "What stands before the fields' names." | "Steht vor den Namen der Felder.";
    /// What a line of telemetry begins with.
    prefix: "A line begins with" | "Eine Zeile beginnt mit";
    /// Without it.
    prefix_note: "Other lines are text. As \"\" in the profile's text, every line is telemetry, as over UDP."
        | "Andere Zeilen sind Text. Steht im Text des Profils \"\", zählt jede Zeile als Messwert, wie über UDP.";
    /// The number in front of messages.
    discriminator: "Discriminator" | "Diskriminator";
    /// What it is.
    discriminator_note: "The type of a whole number in front of every message. Its value is the message's id."
        | "Typ einer ganzen Zahl vor jeder Nachricht. Ihr Wert ist die Kennzahl der Nachricht.";
    /// What it is in postcard.
    variant_note: "The number in front of every message, its id: varint as an enum of messages has it, or of a fixed width."
        | "Die Zahl vor jeder Nachricht, ihre Kennzahl: varint wie bei einem enum von Nachrichten, oder von fester Breite.";
    /// A checksum at the end of messages.
    crc: "Checksum" | "Prüfsumme";
    /// Over what.
    crc_note: "At the end of every message, over all of it. By its name in the CRC catalogue, such as CRC-16/MODBUS."
        | "Am Ende jeder Nachricht, über die ganze. Mit dem Namen im CRC-Katalog, etwa CRC-16/MODBUS.";
    /// The order of its bytes.
    crc_endian: "Byte order of the checksum" | "Bytereihenfolge der Prüfsumme";
    /// As usual.
    crc_endian_note: "That of the messages, where nothing is said." | "Ohne Angabe die der Nachrichten.";
    /// What it means.
    endian_note: "little: the least significant byte comes first. big: the most significant." | "Welches Byte einer Zahl zuerst kommt.";
    /// What ends a line.
    delimiter: "A frame ends with" | "Ein Rahmen endet mit";
    /// What it may be.
    delimiter_note: "auto (LF, CR LF or CR), lf, cr, crlf; or 1 to 8 bytes as text with escapes (\\x03) or as hex (0x0d0a)."
        | "auto (LF, CR LF oder CR), lf, cr, crlf; oder 1 bis 8 Bytes als Text mit Escapes (\\x03) oder hexadezimal (0x0d0a).";
    /// HDLC's check sequence.
    fcs: "Frame check sequence" | "Prüffolge des Rahmens";
    /// Its width.
    fcs_note: "Its width in bits, or none." | "Ihre Breite in Bits, oder keine.";
    /// The sync word.
    sync: "Sync word" | "Synchronwort";
    /// How it is written.
    sync_note: "What each frame begins with, if anything: up to 8 bytes as text with escapes, or as hex (0xaa55)."
        | "Womit jeder Rahmen beginnt, wenn mit etwas: bis zu 8 Bytes als Text mit Escapes oder hexadezimal (0xaa55).";
    /// The same where it must be there.
    sync_needed_note: "What a frame begins with: 1 to 8 bytes as text with escapes, or as hex (0xaa55)."
        | "Womit ein Rahmen beginnt: 1 bis 8 Bytes als Text mit Escapes oder hexadezimal (0xaa55).";
    /// What ends a frame.
    end: "A frame ends with" | "Ein Rahmen endet mit";
    /// Without it.
    end_note: "Written like the sync word. Without it, a frame ends where the next begins."
        | "Geschrieben wie das Synchronwort. Ohne Angabe endet ein Rahmen, wo der nächste beginnt.";
    /// A length field.
    length_bytes: "Bytes of the length field" | "Bytes des Längenfelds";
    /// Where it stands.
    length_offset: "Bytes before the length field" | "Bytes vor dem Längenfeld";
    /// From where.
    length_offset_note: "Between the sync word and it, 0 to 64." | "Zwischen Synchronwort und Längenfeld, 0 bis 64.";
    /// The order of its bytes.
    length_endian: "Byte order of the length field" | "Bytereihenfolge des Längenfelds";
    /// What it counts.
    length_counts: "The length counts" | "Die Länge zählt";
    /// What the words mean.
    length_counts_note: "payload: the bytes between it and the check sequence. rest: all bytes after it. frame: all bytes from the sync word on."
        | "Nutzdaten: die Bytes zwischen ihr und der Prüffolge. Rest: alle Bytes danach. Rahmen: alle Bytes ab dem Synchronwort.";
    /// What is added to it.
    length_adds: "Added to the length" | "Zur Länge addiert";
    /// When.
    length_adds_note: "A number, if the device counts otherwise." | "Eine Zahl, wenn das Gerät anders zählt.";
    /// What becomes of what stands before the payload.
    length_header: "Bytes up to the length field" | "Bytes bis zum Längenfeld";
    /// What the words mean.
    length_header_note: "dropped: the payload begins after the length field. kept: right after the sync word."
        | "Weggelassen: die Nutzdaten beginnen nach dem Längenfeld. Behalten: gleich nach dem Synchronwort.";
    /// A fixed length.
    length: "Bytes of payload" | "Bytes Nutzdaten";
    /// Between which bounds.
    length_note: "In each frame, 1 to 16777216." | "In jedem Rahmen, 1 bis 16777216.";
    /// The check sequence of a frame.
    checksum: "Check sequence" | "Prüffolge";
    /// How it is called.
    checksum_note: "At the end of each frame, if there is one: by its name in the CRC catalogue, such as CRC-16/MODBUS, or sum8, xor8."
        | "Am Ende jedes Rahmens, falls vorhanden: mit dem Namen im CRC-Katalog, etwa CRC-16/MODBUS, oder sum8, xor8.";
    /// How a line has one.
    line_checksum_note: "At the end of each line, if there is one, as digits behind an asterisk: xor8 for NMEA 0183."
        | "Am Ende jeder Zeile, falls vorhanden, als Ziffern hinter einem Stern: xor8 für NMEA 0183.";
    /// Whether a line may lack it.
    checksum_missing: "A line without check sequence" | "Eine Zeile ohne Prüffolge";
    /// The order of its bytes.
    checksum_endian: "Byte order of the check sequence" | "Bytereihenfolge der Prüffolge";
    /// What it is over.
    checksum_covers: "The check sequence covers" | "Die Prüffolge gilt für";
    /// What the words mean.
    checksum_covers_note: "payload: all bytes between the sync word and it. frame: the sync word too."
        | "Nutzdaten: alle Bytes zwischen Synchronwort und Prüffolge. Rahmen: auch das Synchronwort.";
    /// A silence.
    gap: "Silence in milliseconds" | "Stille in Millisekunden";
    /// How long.
    gap_note: "1 to 60000. Adapters and browsers hold bytes back for some milliseconds: less than 10 seldom works."
        | "1 bis 60000. Adapter und Browser halten Bytes einige Millisekunden zurück: weniger als 10 genügt selten.";
}

/// What a word of a choice is called: in English, where the profile's words come from, by itself.
#[must_use]
pub fn option(key: &str, word: &'static str) -> &'static str {
    if super::now() == super::Language::English {
        return word;
    }
    match (key, word) {
        (_, "little") => "niederwertiges zuerst",
        (_, "big") => "höchstwertiges zuerst",
        ("parity", "even") => "gerade",
        ("parity", "odd") => "ungerade",
        ("parity" | "flow" | "fcs", "none") => "keine",
        ("flow", "hardware") => "Hardware",
        ("ending", "none") => "keines",
        ("counts_from", "start") => "Start des Geräts",
        ("time", "arrival") => "Ankunft",
        ("time", "device") => "Uhr des Geräts",
        ("sends", "binary") => "Bytes",
        ("mode", "poll") => "immer wieder gefragt",
        ("mode", "events") => "Ereignisse (SSE)",
        ("mode", "stream") => "Antwort ohne Ende",
        ("header", "auto") => "von selbst erkannt",
        ("header", "yes") => "ja",
        ("header", "no") => "nein",
        (_, "payload") => "Nutzdaten",
        (_, "frame") => "Rahmen",
        ("length_counts", "rest") => "Rest",
        (_, "dropped") => "weggelassen",
        (_, "kept") => "behalten",
        ("kind", "serial") => "seriell",
        ("kind", "websocket") => "WebSocket",
        ("kind", "http") => "HTTP",
        ("kind", "tcp") => "TCP",
        ("kind", "telnet") => "Telnet",
        ("kind", "ftp") => "FTP",
        ("kind", "gateway-serial") => "seriell am Gateway",
        ("kind", "demo") => "Demo",
        ("kind", "number") => "Zahl",
        ("kind", "integer") => "ganze Zahl",
        ("kind", "gauge") => "Skala",
        ("kind", "bar") => "Balken",
        ("kind", "lamp") => "Lampe",
        ("kind", "plot") => "Verlauf",
        ("kind", "map") => "Karte",
        ("kind", "log") => "Protokoll",
        ("kind", "button") => "Taste",
        (_, "bool") => "ja oder nein",
        ("kind" | "type", "text") => "Text",
        ("kind" | "type", "bytes") => "Bytes",
        ("type", "pad") => "Füllbytes",
        ("type", "const") => "feste Bytes",
        ("type", "checksum") => "Prüfsumme",
        ("type", "group") => "Gruppe",
        (_, word) => word,
    }
}
