//! The files of a server.

use super::messages;

messages! {
    /// The panel.
    title: "Files" | "Dateien";
    /// How many there are.
    count(count: usize): { if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") } }
        | { if count == 1 { "1 Eintrag".to_owned() } else { format!("{count} Einträge") } };
    /// Being asked for.
    asking: "The server is being asked." | "Der Server wird gefragt.";
    /// Nothing in it.
    empty: "This folder is empty." | "Dieser Ordner ist leer.";
    /// Into the folder above.
    up: "Up" | "Aufwärts";
    /// The list again.
    reload: "Reload" | "Neu laden";
    /// The uppermost folder.
    top: "Top folder" | "Oberster Ordner";
    /// Chooses files and stores them.
    upload: "Upload" | "Hochladen";
    /// How files are opened.
    open_with: "Open with" | "Öffnen mit";
    /// Columns.
    name: "Name" | "Name";
    size: "Size" | "Größe";
    changed_at: "Changed" | "Geändert";
    acts: "Actions" | "Aktionen";
    /// Goes into a folder.
    enter(name: &str): "Open folder {name}" | "Ordner {name} öffnen";
    /// Opens a file as a log.
    open: "Open" | "Öffnen";
    open_file(name: &str): "Open {name}" | "{name} öffnen";
    /// Fetches a file.
    download: "Download" | "Herunterladen";
    download_file(name: &str): "Download {name}" | "{name} herunterladen";
    /// A name with which nothing can be done.
    odd: "This name leads elsewhere or holds what no name should: it is not asked for."
        | "Dieser Name führt anderswohin oder enthält, was in keinen Namen gehört: Danach wird nicht gefragt.";
    /// More rows.
    more: "Show more" | "Mehr zeigen";
    /// What was left out.
    cut: "There is more in this folder than is shown here."
        | "In diesem Ordner ist mehr, als hier gezeigt wird.";
    unreadable(count: u64): "Lines of the server's list that could not be read: {count}."
        | "Zeilen der Liste des Servers, die nicht zu lesen waren: {count}.";
    /// All of a file was handed to the network.
    handed_over(size: &str): "{size} handed over; the server has not said yet that it has them all" | "{size} übergeben; der Server hat noch nicht bestätigt, dass er alles hat";
    /// The list of downloads.
    downloads: "Downloads" | "Heruntergeladenes";
    progress(name: &str): "Progress of {name}" | "Fortschritt von {name}";
    so_far(done: String, size: String): "{done} of {size}" | "{done} von {size}";
    cancel: "Cancel" | "Abbrechen";
    cancel_file(name: &str): "Cancel {name}" | "{name} abbrechen";
    resume: "Resume" | "Fortsetzen";
    resume_file(name: &str): "Resume {name}" | "{name} fortsetzen";
    save: "Save" | "Speichern";
    save_file(name: &str): "Save {name}" | "{name} speichern";
    discard: "Discard" | "Verwerfen";
    discard_file(name: &str): "Discard {name}" | "{name} verwerfen";
    whole: "Saved" | "Gespeichert";
    part: "In part" | "Unvollständig";
    cancelled: "Cancelled: what came so far is kept. Resume goes on from there."
        | "Abgebrochen: Was bisher kam, ist behalten. Fortsetzen macht dort weiter.";
    kept(why: String): "{why} What came so far is kept: Resume goes on from there."
        | "{why} Was bisher kam, ist behalten: Fortsetzen macht dort weiter.";
    /// Storing.
    storing(name: &str): "{name} is being stored." | "{name} wird abgelegt.";
    stored(name: &str): "{name} is stored." | "{name} ist abgelegt.";
    replace: "Replace it" | "Ersetzen";
    too_large(name: &str): "{name} is larger than 64 MiB, which this console does not store. Use another program for it."
        | "{name} ist größer als 64 MiB; das legt diese Konsole nicht ab. Ein anderes Programm dafür nehmen.";
    unreadable_here(name: &str): "The browser cannot read {name}. Choose it again."
        | "Der Browser kann {name} nicht lesen. Die Datei erneut wählen.";
    store_cancelled: "Cancelled. A part of the file may be on the server: store it again, or remove it there."
        | "Abgebrochen. Ein Teil der Datei kann auf dem Server sein: Sie erneut ablegen, oder dort entfernen.";
    /// A file that is read as a log.
    changed: "The file was changed while it was read, so that its rest does not belong to what is shown. Try again reads it anew."
        | "Die Datei wurde geändert, während sie gelesen wurde; ihr Rest gehört nicht zu dem, was zu sehen ist. Erneutes Versuchen liest sie neu.";
    broke_off(why: String, at: u64): "The file broke off after {at} bytes. {why} What came is shown; Try again reads it anew."
        | "Die Datei brach nach {at} Bytes ab. {why} Was kam, ist zu sehen; erneutes Versuchen liest sie neu.";
}
