//! What went wrong with the page itself, and words within numbers.

use super::messages;

messages! {
    /// The way on when the page cannot go on.
    reload: "Reload the page" | "Seite neu laden";
    /// It was read.
    dismiss: "Dismiss" | "Gelesen";
    /// The worker died, and another was started.
    restarted(at: &str): "The part of this page that holds the data stopped at {at}, and another was started."
        | "Der Teil dieser Seite, der die Daten hält, blieb um {at} stehen, und ein neuer wurde gestartet.";
    /// Nothing was lost by it.
    none_open: "No session was open." | "Es war keine Sitzung offen.";
    /// What was lost, and what goes on.
    gone(sessions: usize): {
        match sessions {
            1 => "What was received until then is gone. The session was opened again and goes on.".to_owned(),
            count => format!("What was received until then is gone. The {count} sessions were opened again and go on."),
        }
    } | {
        match sessions {
            1 => "Was bis dahin empfangen wurde, ist verloren. Die Sitzung wurde wieder geöffnet und läuft weiter.".to_owned(),
            count => format!("Was bis dahin empfangen wurde, ist verloren. Die {count} Sitzungen wurden wieder geöffnet und laufen weiter."),
        }
    };
    /// The worker's own last words.
    it_said(words: &str): "It said: {words}" | "Er meldete: {words}";
    /// The worker was restarted too often.
    keeps_stopping: "The part of this page that holds the data keeps stopping. Reload the page to start afresh."
        | "Der Teil dieser Seite, der die Daten hält, bleibt immer wieder stehen. Die Seite neu laden, um von vorn zu beginnen.";
    /// Page and worker are not of one build.
    two_releases: "This page and its worker are of different releases. Reload the page to get one release as a whole."
        | "Diese Seite und ihr Worker stammen aus verschiedenen Versionen. Die Seite neu laden, um eine Version als Ganzes zu erhalten.";
    /// A message that cannot be read.
    not_understood: "The worker said something this page does not understand. Reload the page."
        | "Der Worker meldete etwas, das diese Seite nicht versteht. Die Seite neu laden.";
    /// There is no worker at all.
    no_worker(why: &str): "The worker could not be started: {why}." | "Der Worker ließ sich nicht starten: {why}.";
    /// A file opened with the console that is none for it.
    file_too_large(name: &str): "{name} was not opened: it is larger than 1 MiB, and no profile is. Open another file."
        | "{name} wurde nicht geöffnet: Die Datei ist größer als 1 MiB, und das ist kein Profil. Eine andere Datei öffnen.";
    /// A file opened with the console that is gone.
    file_unreadable(name: &str): "{name} was not opened: the browser could not read it. Was it moved or changed?"
        | "{name} wurde nicht geöffnet: Der Browser konnte die Datei nicht lesen. Wurde sie verschoben oder geändert?";
    /// An age of less than a tenth of a second.
    now: "now" | "jetzt";
}
