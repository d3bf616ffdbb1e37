//! The profile of a session: its text, its form, and what becomes of it.

use super::messages;

messages! {
    /// The text.
    text: "Profile as TOML" | "Profil als TOML";
    /// What the profile is shown as.
    shown_as: "Shown as" | "Gezeigt als";
    /// Its text.
    as_text: "Text" | "Text";
    /// A form.
    as_form: "Form" | "Formular";
    /// The new text is in force.
    in_force: "In force." | "In Kraft.";
    /// It is, but for the link.
    in_force_but_link: "In force. What [link] says counts from the next connection: disconnect, then connect again."
        | "In Kraft. Was [link] sagt, gilt ab der nächsten Verbindung: trennen, dann wieder verbinden.";
    /// It is not.
    refused(why: &str): "Refused, the one before stays in force. {why}" | "Abgelehnt, das bisherige bleibt in Kraft. {why}";
    /// It was kept in the browser.
    kept: "Kept in this browser: it can be chosen on the start page."
        | "Bleibt in diesem Browser: Auf der Startseite lässt es sich wählen.";
    /// It was kept, and what was kept under its name is gone.
    kept_over: "Kept in this browser in place of the one of that name: it can be chosen on the start page."
        | "Bleibt in diesem Browser anstelle des bisherigen dieses Namens: Auf der Startseite lässt es sich wählen.";
    /// Another one is kept under its name, and did not come from here.
    another_kept: "Not kept: another profile of that name is kept here, in another tab perhaps. Keep again to replace it, or change the name first."
        | "Nicht behalten: Ein anderes Profil dieses Namens ist hier aufbewahrt, vielleicht aus einem anderen Tab. Noch einmal „Behalten“ ersetzt es; oder erst den Namen ändern.";
    /// Brings back what was kept under the name before.
    keep_before: "Undo" | "Rückgängig";
    /// It was brought back.
    kept_before: "The one before is kept again. This text stays here."
        | "Das bisherige wird wieder aufbewahrt. Dieser Text bleibt hier.";
    /// It was not.
    not_kept: "The browser did not keep it. Export it as a file instead."
        | "Der Browser hat es nicht behalten. Stattdessen als Datei exportieren.";
    /// It could be put in force.
    waiting: "No mistakes. Not in force yet." | "Keine Fehler. Noch nicht in Kraft.";
    /// Puts it in force.
    apply: "Put in force" | "In Kraft setzen";
    /// Keeps it.
    keep: "Keep" | "Behalten";
    /// What is in force is kept nowhere.
    unkept: "The profile was changed, and its changes go with this session."
        | "Das Profil wurde geändert, und die Änderungen gehen mit dieser Sitzung verloren.";
    /// Keeps it, where no profile is seen.
    keep_profile: "Keep profile" | "Profil behalten";
    /// Writes it to a file.
    export: "Export" | "Exportieren";
    /// Reads it from a file.
    import: "Import" | "Importieren";
    /// The file field.
    import_label: "Import a profile" | "Profil importieren";
    /// Another program's set-up was taken over.
    imported(left: usize): "Made of another program's set-up. Noted at the top, as not taken over: {left}. Not in force yet."
        | "Aus der Einrichtung eines anderen Programms erstellt. Oben als nicht übernommen vermerkt: {left}. Noch nicht in Kraft.";
    /// It was not.
    not_imported(why: &str): "Not imported. {why}" | "Nicht importiert. {why}";
    /// Copies an address with the profile.
    copy_link: "Copy link" | "Link kopieren";
    /// It was copied.
    copied: "Copied: an address that carries this profile, its commands too. Whoever opens it sees what it does before anything happens."
        | "Kopiert: eine Adresse mit diesem Profil, auch mit seinen Befehlen. Wer sie öffnet, sieht vorher, was es tut.";
    /// It was copied without something.
    copied_bare: "Copied, without what stands after the question mark of an address and without passwords: they may be secret. The address carries the rest of this profile, its commands too."
        | "Kopiert, ohne das, was in einer Adresse nach dem Fragezeichen steht, und ohne Kennwörter: Sie können geheim sein. Der Link enthält das übrige Profil, auch seine Befehle.";
    /// It was not copied.
    not_copied: "The browser does not let this page copy. Export the profile as a file instead."
        | "Der Browser lässt diese Seite nicht kopieren. Das Profil stattdessen als Datei exportieren.";
    /// It is too long for an address.
    too_long: "The profile is longer than the 64 KiB that an address carries. Export it as a file instead."
        | "Das Profil ist länger als die 64 KiB, die eine Adresse trägt. Stattdessen als Datei exportieren.";
    /// A mistake of the whole.
    mistake_whole(why: &str): "The profile as a whole: {why}" | "Das Profil als Ganzes: {why}";
    /// A mistake in a line.
    mistake(line: u32, why: &str): "Line {line}: {why}" | "Zeile {line}: {why}";
    /// Leads to the mistake.
    go_to(line: u32): "Go to line {line}" | "Zu Zeile {line}";
    /// The browser keeps nothing.
    storage: "The browser does not keep it: its storage is full or switched off."
        | "Der Browser behält es nicht: Sein Speicher ist voll oder ausgeschaltet.";
}
