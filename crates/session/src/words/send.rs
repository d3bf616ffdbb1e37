//! Why something was not sent.

use super::{Said, Speak, messages};

messages! {
    not_sent(why: &Said): "Nothing was sent: {why}." | "Nichts gesendet: {why}.";
    no_topic: "Nothing was sent: no topic is chosen. Choose one beside the line, or set publish in the profile's [link]."
        | "Nichts gesendet: Kein Topic ist gewählt. Neben der Zeile eines wählen, oder im Profil publish in [link] setzen.";
    no_broker: "Nothing was sent: this link leads to no MQTT broker, and a topic means nothing to it. Take the topic away."
        | "Nichts gesendet: Diese Verbindung führt zu keinem MQTT-Broker, ein Topic sagt ihr nichts. Das Topic weglassen.";
    no_http: "Nothing was sent: this command is an HTTP request, and the link leads to no HTTP device. Take method and path away."
        | "Nichts gesendet: Dieser Befehl ist eine HTTP-Anfrage, die Verbindung führt zu keinem HTTP-Gerät. method und path weglassen.";
    no_keys: "Nothing was sent: a broker takes messages, not single keys. Write a line and send it."
        | "Nichts gesendet: Ein Broker nimmt Nachrichten, keine einzelnen Tasten. Eine Zeile schreiben und senden.";
    no_files: "No transfer was begun: a broker takes messages, no files. Send files over a wire."
        | "Keine Übertragung begonnen: Ein Broker nimmt Nachrichten, keine Dateien. Dateien über ein Kabel senden.";
    no_device: "its topic has {device}, and the topics of this session name none; open the device from its fleet"
        | "sein Topic hat {device}, und die Topics dieser Sitzung nennen keines; das Gerät aus seiner Flotte öffnen";
    link_lost: "the link was lost" | "die Verbindung ging verloren";
    unacknowledged: "not acknowledged before the link was lost: it may have arrived, or not"
        | "vor dem Verlust der Verbindung nicht bestätigt: kam vielleicht an, vielleicht nicht";
    bulk_under_way: "Nothing was sent: a command to many devices is still under way. Wait for its end, or cancel it."
        | "Nichts gesendet: Ein Befehl an viele Geräte läuft noch. Sein Ende abwarten oder ihn abbrechen.";
    not_to_device(name: &str): "Nothing was sent: the topic of {name} has no {{device}}, so it would go to the same place each time."
        | "Nichts gesendet: Das Topic von {name} hat kein {{device}}, er ginge jedes Mal an dieselbe Stelle.";
    not_a_level(name: &str): "{name} is a part of the topic: it is not empty, and has no /, + or # in it"
        | "{name} ist ein Teil des Topics: Es ist nicht leer und enthält kein /, + oder #";
    opening: "Nothing was sent: the link is still being opened. Send it again when it is open."
        | "Nichts gesendet: Die Verbindung wird noch geöffnet. Erneut senden, wenn sie offen ist.";
    waiting: "Nothing was sent: the link is waiting for the device. Send it again when it is back."
        | "Nichts gesendet: Die Verbindung wartet auf das Gerät. Erneut senden, wenn es wieder da ist.";
    closed: "Nothing was sent: the link is closed. Connect again, then send it."
        | "Nichts gesendet: Die Verbindung ist geschlossen. Wieder verbinden, dann senden.";
    transfer_under_way: "Nothing was sent: a file transfer is under way. Wait for its end, or cancel it."
        | "Nichts gesendet: Eine Dateiübertragung läuft. Ihr Ende abwarten oder sie abbrechen.";
    too_long(len: usize, most: usize):
        "Nothing was sent: {len} bytes at once are more than the {most} that may wait for the device. Send shorter lines, or a file (Transfer)."
        | "Nichts gesendet: {len} Bytes auf einmal sind mehr als die {most}, die auf das Gerät warten dürfen. Kürzere Zeilen senden, oder eine Datei (Transfer).";
    outstanding(waiting: usize):
        "Nothing was sent: {waiting} bytes still wait for the device to take them. Is its flow control holding the line?"
        | "Nichts gesendet: {waiting} Bytes warten noch darauf, dass das Gerät sie annimmt. Hält seine Flusskontrolle die Leitung an?";
    unidentified:
        "Nothing was sent: the device has not said yet whether it is the one that is meant. Send it again in a moment."
        | "Nichts gesendet: Das Gerät hat noch nicht gesagt, ob es das gemeinte ist. In einem Augenblick erneut senden.";
    strangers(said: &str, expected: &str):
        "The device said \"{said}\", and [identity] in the profile expects \"{expected}\": the one that is meant is not here. \
         Plug it in, or correct the profile."
        | "Das Gerät sagte „{said}“, und [identity] im Profil erwartet „{expected}“: Das gemeinte ist nicht da. Es einstecken, oder das \
           Profil berichtigen.";
    silent_strangers(expected: &str):
        "No device answered, and [identity] in the profile expects \"{expected}\": the one that is meant is not here. Plug it in, \
         or correct the profile."
        | "Kein Gerät hat geantwortet, und [identity] im Profil erwartet „{expected}“: Das gemeinte ist nicht da. Es einstecken, oder \
           das Profil berichtigen.";
    no_command(name: &str): "Nothing was sent: the profile has no command \"{name}\"."
        | "Nichts gesendet: Das Profil hat keinen Befehl „{name}“.";
    of_command(name: &str, why: &Said): "{name}: {why}" | "{name}: {why}";
    unfit(name: &str, value: &str): "{name} does not fit: its field in the message cannot hold {value}"
        | "{name} passt nicht: Das Feld der Nachricht kann {value} nicht aufnehmen"
        ;
    too_soon(name: &str): "Nothing was sent: {name} is marked as dangerous, and such a command was sent less than a second ago. Look at what it did, then send it again."
        | "Nichts gesendet: {name} ist als gefährlich markiert, und vor weniger als einer Sekunde ging ein solcher Befehl hinaus. Ansehen, was er tat, dann erneut senden.";
    count(needed: usize, given: usize): "{needed} arguments are needed, {given} were given"
        | "{needed} Argumente sind nötig, {given} wurden angegeben";
    no_message(message: &str): "the protocol has no message \"{message}\" to send"
        | "das Protokoll hat keine Nachricht „{message}“ zum Senden";
    other_lines: "Nothing was sent: other lines are still being sent. Stop them first."
        | "Nichts gesendet: Andere Zeilen werden noch gesendet. Erst diese anhalten.";
    stopped: "Stopped." | "Angehalten.";
    no_prompt(prompt: &str): "\"{prompt}\" did not come within 30 s." | "„{prompt}“ kam nicht innerhalb von 30 s.";
    file_too_large(name: &str, mib: u64): "Nothing was sent: {name} is larger than {mib} MiB."
        | "Nichts gesendet: {name} ist größer als {mib} MiB.";
    no_file: "Nothing was sent: no file was chosen." | "Nichts gesendet: Keine Datei wurde gewählt.";
    transfer_already: "A transfer is under way already. Wait for its end, or cancel it."
        | "Es läuft schon eine Übertragung. Ihr Ende abwarten oder sie abbrechen.";
    transfer_closed: "The transfer was not begun: the link is not open. Connect, then begin it."
        | "Die Übertragung wurde nicht begonnen: Die Verbindung ist nicht offen. Verbinden, dann beginnen.";
    transfer_unidentified:
        "The transfer was not begun: the device has not said yet whether it is the one that is meant. Begin it again in a moment."
        | "Die Übertragung wurde nicht begonnen: Das Gerät hat noch nicht gesagt, ob es das gemeinte ist. In einem Augenblick erneut beginnen.";
    macro_running(name: &str): "\"{name}\" is still running. Stop it, or wait for its end."
        | "„{name}“ läuft noch. Anhalten oder das Ende abwarten.";
    macro_not_run(name: &str, line: u32, why: &Said): "\"{name}\" was not run: line {line}: {why}."
        | "„{name}“ wurde nicht ausgeführt: Zeile {line}: {why}.";
}

/// What the codec refuses, as it is in each language.
pub(crate) fn plain(why: impl Speak<Form = String>) -> Said {
    Said::made(|language| why.speak(language))
}
