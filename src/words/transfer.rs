//! The panel for files, and the offer of one.

use super::messages;

messages! {
    /// The choice of protocol.
    protocol: "Protocol" | "Protokoll";
    /// Chooses files and sends them.
    send: "Send file" | "Datei senden";
    /// Begins to receive.
    receive: "Receive" | "Empfangen";
    /// What a file is called whose protocol does not say.
    name: "Name of the received file" | "Name der empfangenen Datei";
    /// Breaks it off.
    cancel: "Cancel" | "Abbrechen";
    /// Saves a received file.
    save: "Save" | "Speichern";
    /// Its name for screen readers.
    save_file(name: &str): "Save {name}" | "{name} speichern";
    /// Gives a received file up.
    discard: "Discard" | "Verwerfen";
    /// Its name for screen readers.
    discard_file(name: &str): "Discard {name}" | "{name} verwerfen";
    /// The list of received files.
    received: "Received files" | "Empfangene Dateien";
    /// What to start at the other end.
    about_zmodem: "Any number of files with names and sizes; what the line spoils is sent again from there, and what was broken off goes on where it was. At the other end: rz takes files, sz FILE gives them."
        | "Beliebig viele Dateien mit Namen und Größen; was die Leitung verfälscht, wird von dort an erneut gesendet; Abgebrochenes geht dort weiter, wo es war. Am anderen Ende: rz nimmt Dateien an, sz DATEI gibt sie.";
    /// What to start at the other end.
    about_ymodem: "Any number of files with names and sizes, each block confirmed. At the other end: rb takes files, sb FILE gives them."
        | "Beliebig viele Dateien mit Namen und Größen, jeder Block wird bestätigt. Am anderen Ende: rb nimmt Dateien an, sb DATEI gibt sie.";
    /// What to start at the other end.
    about_ymodem_g: "As YMODEM, without confirmations: quick, and one error ends it. For lines that lose nothing. At the other end: sb FILE gives them; rb asks for each block to be confirmed."
        | "Wie YMODEM, aber ohne Bestätigungen: schnell, und ein einziger Fehler beendet es. Für Leitungen, die nichts verlieren. Am anderen Ende: sb DATEI gibt sie; rb lässt jeden Block bestätigen.";
    /// What to start at the other end.
    about_xmodem: "One file, without name or size: what is received ends with up to 127 fill bytes. At the other end: rx FILE takes it, sx FILE gives it."
        | "Eine Datei, ohne Namen und Größe: Empfangenes endet mit bis zu 127 Füllbytes. Am anderen Ende: rx DATEI nimmt sie an, sx DATEI gibt sie.";
    /// What to start at the other end.
    about_xmodem_1k: "As XMODEM, in blocks of 1024 bytes: received files end with up to 1023 fill bytes."
        | "Wie XMODEM, in Blöcken von 1024 Bytes: empfangene Dateien enden mit bis zu 1023 Füllbytes.";
    /// No stream goes over requests.
    not_over_http: "Files need a stream of bytes both ways, and an HTTP link has none. Use a serial port or a WebSocket."
        | "Dateien brauchen einen Bytestrom in beide Richtungen, und eine HTTP-Verbindung hat keinen. Eine serielle Schnittstelle oder ein WebSocket kann es.";
    /// What the progress bar is of.
    progress: "Progress of the file" | "Fortschritt der Datei";
    /// The far end is silent so far.
    waiting(protocol: &str): "{protocol}: waiting for the other end. Start {protocol} on the device."
        | "{protocol}: wartet auf das andere Ende. {protocol} am Gerät starten.";
    /// The far end has not asked for the file so far.
    unasked(protocol: &str): "{protocol}: waiting for the device to ask for the file. A receiver that runs already asks every 10 seconds or so; else start {protocol} there."
        | "{protocol}: wartet, bis das Gerät die Datei anfordert. Ein Empfänger, der schon läuft, fragt etwa alle 10 Sekunden; sonst {protocol} dort starten.";
    /// Bytes of a file of known size.
    so_far(done: &str, size: &str): "{done} of {size}" | "{done} von {size}";
    /// Time left.
    left(time: &str): "{time} left" | "noch {time}";
    /// Which file of how many.
    nth(nth: u32, of: u32): "file {nth} of {of}" | "Datei {nth} von {of}";
    /// Errors that were mended.
    corrected(count: u32): { if count == 1 { "1 error corrected".to_owned() } else { format!("{count} errors corrected") } }
        | { if count == 1 { "1 Fehler behoben".to_owned() } else { format!("{count} Fehler behoben") } };
    /// Files the device did not want.
    skipped(count: u32): { if count == 1 { "1 file not wanted by the device".to_owned() } else { format!("{count} files not wanted by the device") } }
        | { if count == 1 { "1 Datei vom Gerät nicht angenommen".to_owned() } else { format!("{count} Dateien vom Gerät nicht angenommen") } };
    /// Everything was sent.
    sent(count: u32): { if count == 1 { "Sent: 1 file.".to_owned() } else { format!("Sent: {count} files.") } }
        | { if count == 1 { "Gesendet: 1 Datei.".to_owned() } else { format!("Gesendet: {count} Dateien.") } };
    /// Everything was received.
    got(count: u32): { if count == 1 { "Received: 1 file.".to_owned() } else { format!("Received: {count} files.") } }
        | { if count == 1 { "Empfangen: 1 Datei.".to_owned() } else { format!("Empfangen: {count} Dateien.") } };
    /// Cancelled by the user.
    cancelled: "Cancelled. The device was told." | "Abgebrochen. Das Gerät weiß davon.";
    /// Cancelled by the user before the other end was heard.
    cancelled_unheard: "Cancelled. Nothing had been heard of the other end: look in the terminal whether it still waits."
        | "Abgebrochen. Vom anderen Ende war noch nichts zu hören: im Terminal nachsehen, ob es noch wartet.";
    /// Cancelled by the device.
    cancelled_by_device: "The device broke the transfer off. Look what it says in the terminal, then begin again."
        | "Das Gerät hat die Übertragung abgebrochen. Im Terminal nachsehen, was es sagt, dann neu beginnen.";
    /// No answer.
    no_answer: "The other end did not answer. Start the same protocol on the device, then begin again."
        | "Das andere Ende hat nicht geantwortet. Dasselbe Protokoll am Gerät starten, dann neu beginnen.";
    /// Too many errors.
    too_many_errors: "The line spoilt the same piece again and again. Check baud rate, parity and cable, then begin again."
        | "Die Leitung hat dasselbe Stück immer wieder verfälscht. Baudrate, Parität und Kabel prüfen, dann neu beginnen.";
    /// Out of step.
    out_of_step: "A block came that was not the next one, so the file would have had a hole. Begin again."
        | "Es kam ein Block, der nicht der nächste war; die Datei hätte ein Loch. Neu beginnen.";
    /// The same where nothing had come before it.
    speaks_ymodem: "The other end did not begin with the first block of XMODEM: most likely it speaks YMODEM. Choose that, then begin again."
        | "Das andere Ende begann nicht mit dem ersten Block von XMODEM: Wahrscheinlich spricht es YMODEM. Dieses wählen, dann neu beginnen.";
    /// Too large.
    too_large: "A file is larger than 64 MiB, or all of them than 128 MiB: that much is not held in a tab. Send less at once."
        | "Eine Datei ist größer als 64 MiB oder alle zusammen größer als 128 MiB: so viel hält ein Tab nicht. Weniger auf einmal senden.";
    /// Short.
    short: "A file ended before the size that was announced, so it was not kept. Send it again."
        | "Eine Datei endete vor der angekündigten Größe und wurde nicht behalten. Erneut senden.";
    /// Refused.
    refused: "The device could not read or write the file. Is its storage full or write-protected?"
        | "Das Gerät konnte die Datei nicht lesen oder schreiben. Ist sein Speicher voll oder schreibgeschützt?";
    /// The link closed.
    link_closed: "The link closed in the middle. Connect, then begin again."
        | "Die Verbindung wurde mittendrin geschlossen. Verbinden, dann neu beginnen.";
    /// Nothing is taken.
    not_taken: "The device takes nothing that is sent. Is its flow control holding the line?"
        | "Das Gerät nimmt nichts an. Hält seine Flusskontrolle die Leitung an?";
    /// No word that these were all.
    not_closed: "The other end did not say whether there are more files. Look in the terminal whether it is done."
        | "Das andere Ende hat nicht gesagt, ob noch Dateien kommen. Im Terminal nachsehen, ob es fertig ist.";
    /// A chosen file is too large.
    chosen_too_large(name: &str): "{name} was not sent: it is larger than 64 MiB."
        | "{name} wurde nicht gesendet: die Datei ist größer als 64 MiB.";
    /// A chosen file cannot be read.
    unreadable(name: &str): "{name} was not sent: the browser could not read it. Was it moved or changed?"
        | "{name} wurde nicht gesendet: der Browser konnte die Datei nicht lesen. Wurde sie verschoben oder geändert?";
    /// The device wants to send.
    offers: "The device offers files by ZMODEM. Nothing is received until you say so."
        | "Das Gerät bietet Dateien über ZMODEM an. Ohne Zustimmung wird nichts empfangen.";
    /// The device wants to receive.
    awaits: "The device waits for files by ZMODEM." | "Das Gerät wartet auf Dateien über ZMODEM.";
    /// Accepts the offer.
    accept: "Receive the files" | "Dateien empfangen";
    /// Accepts the other offer.
    choose: "Choose files to send" | "Dateien zum Senden wählen";
    /// Lets an offer pass.
    not_now: "Not now" | "Jetzt nicht";
    /// A transfer is under way.
    under_way(protocol: &str): "A file transfer by {protocol} is under way: see Transfer. Nothing else is sent meanwhile."
        | "Eine Dateiübertragung mit {protocol} läuft: siehe Transfer. Währenddessen wird nichts anderes gesendet.";
    /// A received file that was not saved yet.
    not_saved: "not saved yet" | "noch nicht gespeichert";
    /// One that was.
    saved: "saved" | "gespeichert";
    /// How many are not saved, and what becomes of them.
    unsaved(count: usize): { if count == 1 { "1 received file is not saved yet. It is gone when this tab or the session is closed.".to_owned() } else { format!("{count} received files are not saved yet. They are gone when this tab or the session is closed.") } }
        | { if count == 1 { "1 empfangene Datei ist noch nicht gespeichert. Mit diesem Tab oder der Sitzung geht sie verloren.".to_owned() } else { format!("{count} empfangene Dateien sind noch nicht gespeichert. Mit diesem Tab oder der Sitzung gehen sie verloren.") } };
    /// Leads to the panel.
    show: "Show Transfer" | "Transfer zeigen";
    /// Read, and done with.
    dismiss: "Dismiss" | "Ausblenden";
    /// What the session's end would break off.
    would_break_off: "A file transfer is under way. Closing the session breaks it off."
        | "Eine Dateiübertragung läuft. Mit der Sitzung bricht sie ab.";
    /// The question before a session is closed.
    close_session(name: &str): "Close {name}?" | "{name} schließen?";
    /// The safe answer.
    keep_session: "Keep the session" | "Sitzung behalten";
    /// The other one.
    close_anyway: "Close and lose them" | "Schließen und verwerfen";
    /// The worker died meanwhile.
    worker_gone: "The transfer was broken off: the part of this page that did it stopped, and another was started. Begin it again."
        | "Die Übertragung brach ab: Der Teil dieser Seite, der sie ausführte, blieb stehen, und ein neuer wurde gestartet. Neu beginnen.";
    /// The far end was there and is silent now.
    fell_silent: "The other end fell silent in the middle. Is the device still there? Look at it (a shell takes Ctrl C), then begin the file again."
        | "Das andere Ende ist mittendrin verstummt. Ist das Gerät noch da? Nachsehen (eine Shell nimmt Strg C), dann die Datei neu beginnen.";
    /// What a shell may have been sent.
    poured(bytes: &str): "Up to {bytes} B of the file may have reached what reads the line now, as if they had been typed."
        | "Bis zu {bytes} B der Datei können bei dem angekommen sein, was jetzt die Leitung liest, als wären sie getippt.";
    /// The beginning of a file that was broken off.
    kept(bytes: &str, file: &str): "{bytes} B of {file} are kept: receive it again by ZMODEM in this session, and only the rest is sent."
        | "{bytes} B von {file} sind aufgehoben: in dieser Sitzung erneut mit ZMODEM empfangen, dann kommt nur der Rest.";
    /// Where a file went on.
    resumed(bytes: &str): "resumed after {bytes} B" | "fortgesetzt nach {bytes} B";
    /// Nothing received yet.
    nothing_yet: "Received files are listed here until they are saved or discarded."
        | "Empfangene Dateien stehen hier, bis sie gespeichert oder verworfen werden.";
}
