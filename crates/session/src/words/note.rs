//! Lines of ours among the device's in the terminal.

use super::{Said, messages};

messages! {
    retained: "retained" | "aufbewahrt";
    duplicate: "sent again" | "erneut gesendet";
    not_shown: "(sent, not shown)" | "(gesendet, nicht gezeigt)";
    empty_message: "(nothing)" | "(nichts)";
    to_be_kept: "to be retained" | "zum Aufbewahren";
    content_type(said: &str): "content type {said}" | "Inhaltstyp {said}";
    response_topic(said: &str): "answer to {said}" | "Antwort an {said}";
    correlation(said: &str): "correlation {said}" | "Zuordnung {said}";
    topics_over(most: usize):
        "{most} topics have tables of their own; messages of further ones are shown here only. Subscribe to fewer for those"
        | "{most} Topics haben eigene Tabellen; Nachrichten von weiteren stehen nur hier. Für diese weniger abonnieren";
    more(count: u64): "… {count} more" | "… {count} weitere";
    connected_again(seconds: i64, tenths: i64): "connected again, {seconds}.{tenths} s without data"
        | "wieder verbunden, {seconds},{tenths} s ohne Daten";
    disconnected: "disconnected" | "getrennt";
    lost(why: &str): "connection lost: {why}" | "Verbindung verloren: {why}";
    given_up(bytes: u64): "the gateway gave up {bytes} bytes: more came than this console took"
        | "das Gateway gab {bytes} Bytes auf: Es kam mehr, als diese Konsole abnahm";
    telnet_flood(most: u32): "more than {most} Telnet questions in one second: the rest is not answered, and counted"
        | "mehr als {most} Telnet-Fragen in einer Sekunde: Die übrigen bleiben unbeantwortet und werden gezählt";
    nothing_selected(select: &str): "the answer has nothing at {select}: see select in the profile's link, and what the device answers"
        | "die Antwort hat nichts unter {select}: select unter [link] im Profil ansehen, und was das Gerät antwortet";
    event_too_long(most: usize): "an event was longer than {most} bytes, and is left out"
        | "ein Ereignis war länger als {most} Bytes und fehlt";
    slept(seconds: i64): "this computer slept for {seconds} s: what came meanwhile is missing"
        | "dieser Rechner hat {seconds} s geschlafen: Was inzwischen kam, fehlt";
    line_break: "break condition on the line" | "Break auf der Leitung";
    line_framing: "framing error on the line" | "Rahmenfehler auf der Leitung";
    line_parity: "parity error on the line" | "Paritätsfehler auf der Leitung";
    line_overrun: "overrun: bytes were lost" | "Überlauf: Bytes gingen verloren";
    line_other: "read error on the line" | "Lesefehler auf der Leitung";
    line(new: u32, format: &str, old: u32, before: &str):
        "{new} baud {format} from here on, {old} baud {before} before" | "ab hier {new} Baud {format}, vorher {old} Baud {before}";
    baud(new: u32, old: u32): "{new} baud from here on, {old} before" | "ab hier {new} Baud, vorher {old}";
    in_force(name: &str): "profile \"{name}\" in force" | "Profil „{name}“ in Kraft";
    asked_who(expected: &str): "waiting for \"{expected}\", by which the profile's identity knows the device; nothing else is sent before"
        | "warte auf „{expected}“, woran [identity] im Profil das Gerät erkennt; vorher wird nichts anderes gesendet";
    identified(said: &str): "it is the device that is meant: it said \"{said}\""
        | "es ist das gemeinte Gerät: es sagte „{said}“";
    silent_stranger: "another device: it did not answer, and the profile's identity expects it to"
        | "ein anderes Gerät: es antwortete nicht, wie [identity] im Profil es erwartet";
    stranger(said: &str): "another device: it did not answer as the profile's identity says, but said \"{said}\""
        | "ein anderes Gerät: es antwortete nicht, wie [identity] im Profil es sagt, sondern sagte „{said}“";
    outgrown(limit: usize): "rejected: longer than limit_bytes, {limit}; the rest of this message is not shown"
        | "verworfen: länger als limit_bytes, {limit}; der Rest dieser Nachricht wird nicht gezeigt";
    outgrown_end(len: u64): "the rejected message had {len} bytes" | "die verworfene Nachricht hatte {len} Bytes";
    rejected(len: u64, why: &str): "rejected {len} bytes: {why}" | "{len} Bytes verworfen: {why}";
    signal(name: &str, on: &Said): "{name} {on}" | "{name} {on}";
    on: "on" | "ein";
    off: "off" | "aus";
    break_begins: "break" | "Break";
    break_over: "break over" | "Break beendet";
    sending(protocol: &str, names: &str): "{protocol}: sending {names}" | "{protocol}: sendet {names}";
    receiving(protocol: &str): "{protocol}: receiving" | "{protocol}: empfängt";
    complete(protocol: &str, files: &Said): "{protocol}: complete, {files}" | "{protocol}: vollständig, {files}";
    broken_off(protocol: &str, files: &Said): "{protocol}: broken off after {files}"
        | "{protocol}: abgebrochen nach {files}";
    files(count: u32): { if count == 1 { "1 file".to_owned() } else { format!("{count} files") } }
        | { if count == 1 { "1 Datei".to_owned() } else { format!("{count} Dateien") } };
    missing(name: &str, missing: u64, number: u64):
        { format!("{name}: {} missing before {number}", if missing == 1 { "1 number is".to_owned() } else { format!("{missing} numbers are") }) }
        | { format!("{name}: vor {number} {}", if missing == 1 { "fehlt 1 Nummer".to_owned() } else { format!("fehlen {missing} Nummern") }) };
    late(name: &str, number: u64): "{name}: number {number} came late" | "{name}: Nummer {number} kam verspätet";
    counts_anew(name: &str, number: u64): "{name}: counts anew from {number}" | "{name}: zählt neu ab {number}";
    again(name: &str, number: u64): "{name}: number {number} came again with the same content, and is kept once"
        | "{name}: Nummer {number} kam noch einmal mit gleichem Inhalt und wird einmal behalten";
    other(name: &str, number: u64): "{name}: number {number} came again with another content"
        | "{name}: Nummer {number} kam noch einmal mit anderem Inhalt";
    clock_back(name: &str, seconds: &str): "{name}: the device's clock went back by {seconds} s"
        | "{name}: die Uhr des Geräts ging um {seconds} s zurück";
    clock_ahead(name: &str, seconds: &str): "{name}: the device's clock went ahead by {seconds} s"
        | "{name}: die Uhr des Geräts ging um {seconds} s vor";
}
