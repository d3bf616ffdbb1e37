//! The bytes.

use super::messages;
use crate::view::format;

messages! {
    /// The bytes themselves.
    bytes: "Bytes in both directions" | "Bytes in beiden Richtungen";
    /// Nothing came yet.
    empty:
        "No byte came or went so far. They will stand here with their time, their direction and the frames they are part of."
        | "Noch kein Byte. Hier stehen sie mit Zeit, Richtung und dem Rahmen, zu dem sie gehören.";
    /// How many rows.
    rows(count: u64): { format::plural(count as usize, "row") } | { format!("{} Zeilen", format::count(count)) };
    /// Older bytes were given up.
    given_up: "older ones were given up" | "ältere wurden aufgegeben";
    /// The view stands still.
    hold: "Hold bytes" | "Bytes anhalten";
    /// The field for what is sought.
    find: "Find bytes" | "Bytes suchen";
    /// What may be written there.
    find_hint: "0a ff or \"text\"" | "0a ff oder \"Text\"";
    /// The place before.
    previous: "Find before" | "Davor suchen";
    /// The place after.
    next: "Find after" | "Danach suchen";
    /// It is not there.
    not_found: "These bytes are not among those held." | "Diese Bytes sind nicht unter den gehaltenen.";
    /// It went around the end.
    from_beginning: "No more after the selection: found from the beginning." | "Nach der Auswahl keine mehr: vom Anfang an gefunden.";
    /// It went around the beginning.
    from_end: "No more before the selection: found from the end." | "Vor der Auswahl keine mehr: vom Ende her gefunden.";
    /// It is what was selected.
    only_one: "This is the only place with these bytes." | "Nur an dieser Stelle stehen diese Bytes.";
    /// A byte with one digit.
    half_byte(typed: &str):
        "“{typed}” has half a byte in it: a byte is two digits, as 06. For a text, write it between quotation marks."
        | "„{typed}“ enthält ein halbes Byte: Ein Byte hat zwei Ziffern, etwa 06. Einen Text zwischen Anführungszeichen schreiben.";
    /// From the device.
    received: "in" | "ein";
    /// To the device.
    sent: "out" | "aus";
    /// What the marks mean.
    legend:
        "A line before a byte begins a frame; rejected and skipped bytes are tinted, sent ones are marked."
        | "Ein Strich vor einem Byte beginnt einen Rahmen; verworfene und übersprungene Bytes sind getönt, gesendete markiert.";
    /// What is selected.
    selected(count: u64, at: u64):
        { format!("{} from offset {}", format::plural(count as usize, "byte"), format::count(at)) }
        | { format!("{} {} ab Offset {}", format::count(count), if count == 1 { "Byte" } else { "Bytes" }, format::count(at)) };
    /// The bytes that made a value are selected.
    made(name: &str): "The bytes of {name} in the latest frame of its message."
        | "Die Bytes von {name} im letzten Rahmen der Nachricht.";
    /// They cannot be told from the others of their frame.
    made_whole(name: &str): "The latest frame with {name}. Which of its bytes made the value, the protocol does not say."
        | "Der letzte Rahmen mit {name}. Welche seiner Bytes den Wert ergeben, sagt das Protokoll nicht.";
    /// It is computed: of nothing in the frame, or also of what came before.
    computed(name: &str, of_nothing: bool, remembers: bool): {
        match (of_nothing, remembers) {
            (true, _) => format!("{name} is computed, and of nothing in this frame."),
            (false, false) => format!("{name} is computed from fields of this frame. Choose one to see its bytes."),
            (false, true) => format!("{name} is computed from fields of this frame and of those before. Choose one to see its bytes."),
        }
    } | {
        match (of_nothing, remembers) {
            (true, _) => format!("{name} wird berechnet, aus nichts in diesem Rahmen."),
            (false, false) => format!("{name} wird aus Feldern dieses Rahmens berechnet. Eines wählen, um seine Bytes zu sehen."),
            (false, true) => format!("{name} wird aus Feldern dieses Rahmens und der Rahmen davor berechnet. Eines wählen, um seine Bytes zu sehen."),
        }
    };
    /// The expressions and the fields in them.
    made_of: "How it is computed" | "Wie es berechnet wird";
    /// Selects the bytes of a field.
    bytes_of(name: &str): "Bytes of {name}" | "Bytes von {name}";
    /// Selects the frame with a field whose bytes are not known.
    frame_of(name: &str): "Frame with {name}" | "Rahmen mit {name}";
    /// They are no longer held.
    made_given_up(name: &str):
        "The bytes of {name} are no longer held: the oldest are given up when the memory of [memory] is full. The next sample brings new ones."
        | "Die Bytes von {name} sind nicht mehr da: Die ältesten werden aufgegeben, wenn der Speicher aus [memory] voll ist. Der nächste Wert bringt neue.";
    /// Nobody knows them.
    made_unknown(name: &str): "Which bytes made {name} is not known: none of its frames is held here. The next sample brings one."
        | "Welche Bytes {name} ergeben, ist nicht bekannt: Keiner seiner Rahmen ist hier. Der nächste Wert bringt einen.";
    /// A frame that was rejected is selected.
    rejected: "The bytes of the rejected frame." | "Die Bytes des verworfenen Rahmens.";
    /// It is not there any more.
    rejected_gone:
        "The bytes of this frame are no longer held: the oldest are given up. The panel Rejected lists the latest frames with their first bytes."
        | "Die Bytes dieses Rahmens sind nicht mehr da: Die ältesten werden aufgegeben. Unter „Verworfen“ stehen die letzten Rahmen mit ihren ersten Bytes.";
    /// The last good frame is selected.
    last_good: "The last good frame." | "Der letzte gute Rahmen.";
    /// There is none.
    none_good: "No frame came whole of late." | "In letzter Zeit kam kein Rahmen ganz an.";
    /// The last bytes that were passed over are selected.
    last_skipped: "The last skipped bytes." | "Die letzten übergangenen Bytes.";
    /// There are none.
    none_skipped: "No byte was skipped of late." | "In letzter Zeit wurde kein Byte übergangen.";
    /// The bytes that wait for the rest of their frame are selected.
    waiting: "These bytes wait for the rest of their frame." | "Diese Bytes warten auf den Rest ihres Rahmens.";
    /// There are none.
    none_waiting: "No byte waits for the rest of its frame." | "Kein Byte wartet auf den Rest seines Rahmens.";
    /// They are not there any more.
    last_gone: "These bytes are no longer held: the oldest are given up when the memory of [memory] is full."
        | "Diese Bytes sind nicht mehr da: Die ältesten werden aufgegeben, wenn der Speicher aus [memory] voll ist.";
    /// Nothing is selected.
    select: "Select bytes to read them as any number." | "Bytes markieren, um sie als Zahl zu lesen.";
    /// Copies the selected bytes.
    copy: "Copy as hex" | "Als Hex kopieren";
    /// Copied.
    copied: "Copied." | "Kopiert.";
    /// The browser did not let it.
    not_copied: "Nothing was copied: the browser did not allow it." | "Nichts kopiert: Der Browser hat es nicht erlaubt.";
    /// More than is read at once, or some of it was given up.
    too_many(count: u64):
        { format!("Nothing was copied: not all of these {} can be had. Select at most 65 536 bytes that are still held.",
            format::plural(count as usize, "byte")) }
        | { format!("Nichts kopiert: Nicht alle {} Bytes sind zu haben. Höchstens 65 536 noch gehaltene Bytes markieren.",
            format::count(count)) };
    /// The readings of what is selected.
    readings: "As a number" | "Als Zahl";
    /// The bits.
    bits: "bits" | "Bits";
    /// Text in UTF-8.
    text: "text" | "Text";
    /// What the bytes are read as.
    kind: "Read as" | "Gelesen als";
    /// Least significant byte first.
    little: "little endian" | "Little Endian";
    /// Most significant byte first.
    big: "big endian" | "Big Endian";
}
