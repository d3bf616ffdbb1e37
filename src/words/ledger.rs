//! The ledger.

use super::messages;

messages! {
    /// The footer's name.
    label: "Ledger" | "Bilanz";
    /// The sum holds.
    balanced: "balanced" | "geht auf";
    /// The sum does not hold, which never happens.
    unbalanced: "does not add up: please report this" | "geht nicht auf: bitte melden";
    /// Frames per second, after the number.
    frames_per_second: " frames/s" | " Rahmen/s";
    /// Memory held, of memory allowed.
    of(held: String, allowed: String): "{held} of {allowed}" | "{held} von {allowed}";
    /// Bytes received.
    bytes_in: "In" | "Ein";
    /// Bytes in good frames.
    good: "good" | "gut";
    /// Bytes in rejected frames.
    rejected: "rejected" | "verworfen";
    /// Where it leads.
    list: "Show the rejected frames" | "Die verworfenen Rahmen zeigen";
    /// Where the bytes received lead.
    show_bytes: "Show the newest bytes" | "Die neuesten Bytes zeigen";
    /// Where good frames lead.
    show_good: "Show the last good frame" | "Den letzten guten Rahmen zeigen";
    /// Where skipped bytes lead.
    show_skipped: "Show the last skipped bytes" | "Die letzten übergangenen Bytes zeigen";
    /// Where pending bytes lead.
    show_pending: "Show the pending bytes" | "Die offenen Bytes zeigen";
    /// Where gaps lead.
    show_gap: "Show the last gap in the terminal" | "Die letzte Lücke im Terminal zeigen";
    /// Bytes passed over.
    skipped: "skipped" | "übergangen";
    /// Bytes of a frame that is not complete.
    pending: "pending" | "offen";
    /// Good frames.
    frames: "frames" | "Rahmen";
    /// Bytes that file transfers took.
    in_files: "in files" | "in Dateien";
    /// The store's memory.
    memory: "memory" | "Speicher";
    /// Bytes sent.
    bytes_out: "Out" | "Aus";
    /// Unfolds all of it.
    all: "All counters" | "Alle Zähler";
    /// One gap.
    gap: "gap" | "Lücke";
    /// Several.
    gaps: "gaps" | "Lücken";
    /// One frame with a wrong check sequence.
    checksum: "wrong checksum" | "falsche Prüfsumme";
    /// Several.
    checksums: "wrong checksums" | "falsche Prüfsummen";
    /// One frame against the rules of its framing.
    malformed: "malformed frame" | "fehlerhafter Rahmen";
    /// Several.
    malformed_many: "malformed frames" | "fehlerhafte Rahmen";
    /// One frame over the limit.
    oversize: "oversize frame" | "zu langer Rahmen";
    /// Several.
    oversize_many: "oversize frames" | "zu lange Rahmen";
    /// One frame the decoder did not understand.
    undecodable: "undecodable frame" | "nicht lesbarer Rahmen";
    /// Several.
    undecodable_many: "undecodable frames" | "nicht lesbare Rahmen";
    /// One break condition.
    line_break: "break" | "Break";
    /// Several.
    line_breaks: "breaks" | "Breaks";
    /// One framing error of the line.
    framing: "framing error" | "Formatfehler der Leitung";
    /// Several.
    framing_many: "framing errors" | "Formatfehler der Leitung";
    /// One parity error.
    parity: "parity error" | "Paritätsfehler";
    /// Several.
    parity_many: "parity errors" | "Paritätsfehler";
    /// One overrun.
    overrun: "overrun" | "Überlauf";
    /// Several.
    overruns: "overruns" | "Überläufe";
    /// Another read error.
    read_error: "read error" | "Lesefehler";
    /// Several.
    read_errors: "read errors" | "Lesefehler";
    /// One refused send.
    refused: "send refused" | "Senden abgelehnt";
    /// Several.
    refused_many: "sends refused" | "Mal Senden abgelehnt";
    /// One missing reply.
    expired: "reply missing" | "Antwort ausgeblieben";
    /// Several.
    expired_many: "replies missing" | "Antworten ausgeblieben";
    /// One sample given up.
    sample: "sample given up for memory" | "Messwert für Speicherplatz aufgegeben";
    /// Several.
    samples: "samples given up for memory" | "Messwerte für Speicherplatz aufgegeben";
    /// Memory was refused once.
    memory_refused: "time memory was refused" | "Mal Speicher verweigert";
    /// Several times.
    memory_refused_many: "times memory was refused" | "Mal Speicher verweigert";
    /// One raw byte given up.
    raw_byte: "raw byte given up for memory" | "Rohbyte für Speicherplatz aufgegeben";
    /// Several.
    raw_bytes: "raw bytes given up for memory" | "Rohbytes für Speicherplatz aufgegeben";
    /// One line given up.
    line: "terminal line given up" | "Terminalzeile aufgegeben";
    /// Several.
    lines: "terminal lines given up" | "Terminalzeilen aufgegeben";
    /// Sequence numbers were missing once.
    sequence_gap: "gap in the numbers" | "Lücke in der Zählung";
    /// Several times.
    sequence_gaps: "gaps in the numbers" | "Lücken in der Zählung";
    /// One sequence number did not come.
    sequence_missing: "number missing" | "Nummer fehlt";
    /// Several.
    sequence_missing_many: "numbers missing" | "Nummern fehlen";
    /// One sample came after a later one.
    sequence_late: "number late" | "Nummer verspätet";
    /// Several.
    sequence_late_many: "numbers late" | "Nummern verspätet";
    /// One sequence number came again.
    sequence_repeated: "number twice" | "Nummer doppelt";
    /// Several.
    sequence_repeated_many: "numbers twice" | "Nummern doppelt";
    /// The device counted anew once.
    sequence_restart: "count begun anew" | "Mal neu gezählt";
    /// Several times.
    sequence_restarts: "counts begun anew" | "Mal neu gezählt";
    /// One message that a broker had kept.
    retained: "retained message" | "aufbewahrte Nachricht";
    /// Several.
    retained_many: "retained messages" | "aufbewahrte Nachrichten";
    /// One message of a topic that there was no room for.
    topic_over: "message of one topic too many" | "Nachricht eines Topics zu viel";
    /// Several.
    topics_over: "messages of topics too many" | "Nachrichten von Topics zu viel";
    /// An answer without anything new.
    unchanged: "answer unchanged" | "unveränderte Antwort";
    /// Answers without anything new.
    unchanged_many: "answers unchanged" | "unveränderte Antworten";
    /// An answer that lacks what is selected.
    not_selected: "answer without what is selected" | "Antwort ohne das Ausgewählte";
    /// Answers that lack what is selected.
    not_selected_many: "answers without what is selected" | "Antworten ohne das Ausgewählte";
    /// An event longer than may be.
    event_over: "event too long" | "zu langes Ereignis";
    /// Events longer than may be.
    events_over: "events too long" | "zu lange Ereignisse";
    /// The device's clock went back once.
    clock_back: "device clock jump back" | "Rücksprung der Geräteuhr";
    /// Several times.
    clock_back_many: "device clock jumps back" | "Rücksprünge der Geräteuhr";
    /// It jumped ahead once.
    clock_ahead: "device clock jump ahead" | "Vorwärtssprung der Geräteuhr";
    /// Several times.
    clock_ahead_many: "device clock jumps ahead" | "Vorwärtssprünge der Geräteuhr";
    /// It told a time again once.
    clock_repeated: "device time told twice" | "Gerätezeit doppelt";
    /// Several times.
    clock_repeated_many: "device times told twice" | "Gerätezeiten doppelt";
    /// One sample from before it was set.
    clock_unset: "sample with the device clock not set" | "Messwert mit nicht gestellter Geräteuhr";
    /// Several.
    clock_unset_many: "samples with the device clock not set" | "Messwerte mit nicht gestellter Geräteuhr";
    /// It began again at 0 once.
    clock_wrapped: "device clock wrap, undone" | "Überlauf der Geräteuhr, ausgeglichen";
    /// Several times.
    clock_wrapped_many: "device clock wraps, undone" | "Überläufe der Geräteuhr, ausgeglichen";
    /// A byte that the gateway gave up.
    given_up: "byte given up at the gateway" | "am Gateway aufgegebenes Byte";
    /// Several.
    given_up_many: "bytes given up at the gateway" | "am Gateway aufgegebene Bytes";
    /// A question of Telnet beyond those answered.
    telnet_flood: "Telnet question not answered" | "unbeantwortete Telnet-Frage";
    /// Several.
    telnet_flood_many: "Telnet questions not answered" | "unbeantwortete Telnet-Fragen";
    /// A piece of Telnet that makes no sense.
    telnet_unreadable: "unreadable piece of Telnet" | "unlesbares Stück Telnet";
    /// Several.
    telnet_unreadable_many: "unreadable pieces of Telnet" | "unlesbare Stücke Telnet";
}
