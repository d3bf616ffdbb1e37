//! What can be found or done from anywhere: the palette, the keys, the settings.

use super::messages;

messages! {
    /// Opens the palette.
    find_or_run: "Find or run" | "Suchen oder ausführen";
    /// The palette's field.
    hint: "A session, panel, field, command or action" | "Sitzung, Ansicht, Feld, Befehl oder Aktion";
    /// Nothing fits.
    nothing(typed: &str): "Nothing is called “{typed}”. Sessions, panels, fields, commands and actions are found by their names."
        | "Nichts heißt „{typed}“. Sitzungen, Ansichten, Felder, Befehle und Aktionen werden nach ihren Namen gefunden.";
    /// How many lines fit, for those who do not see them.
    results(count: usize): {
        if count == 1 { "1 result".to_owned() } else { format!("{count} results") }
    } | {
        if count == 1 { "1 Treffer".to_owned() } else { format!("{count} Treffer") }
    };
    /// A kind of line.
    session: "Session" | "Sitzung";
    /// A kind of line.
    panel: "Panel" | "Ansicht";
    /// A kind of line.
    field: "Field" | "Feld";
    /// A kind of line.
    command: "Command" | "Befehl";
    /// A kind of line.
    action: "Action" | "Aktion";
    /// A command that needs values.
    has_form: "opens its form" | "öffnet das Formular";
    /// A command that is marked as dangerous.
    dangerous: "dangerous: opens its form" | "gefährlich: öffnet das Formular";
    /// A command that is sent as it is.
    sends: "sends it" | "sendet ihn";
    /// Leads to the start page.
    open_another: "Open another session" | "Weitere Sitzung öffnen";
    /// Closes the link.
    disconnect: "Disconnect" | "Trennen";
    /// Opens the link again.
    connect_again: "Connect again" | "Wieder verbinden";
    /// Changes the colours.
    scheme(name: &str): "Colour scheme: {name}" | "Farbschema: {name}";
    /// Changes the language.
    language(name: &str): "Language: {name}" | "Sprache: {name}";
    /// The list of keys.
    shortcuts: "Keyboard shortcuts" | "Tastenkürzel";
    /// The settings.
    settings: "Settings" | "Einstellungen";
    /// Closes a dialog.
    close: "Close" | "Schließen";
    /// A setting.
    single_keys: "Single keys" | "Einzelne Tasten";
    /// What the setting does.
    single_keys_note: "A key alone does something while a panel has the focus, as Space does on the plot."
        | "Eine Taste allein bewirkt etwas, solange eine Ansicht den Fokus hat, etwa die Leertaste im Verlauf.";
    /// Heads keys.
    everywhere: "Everywhere" | "Überall";
    /// Heads keys.
    in_panels: "While a panel has the focus" | "Solange eine Ansicht den Fokus hat";
    /// Heads keys.
    on_plot: "On the plot" | "Im Verlauf";
    /// Heads keys.
    on_terminal: "In the terminal" | "Im Terminal";
    /// A key.
    key_rejected: "show the bytes of the newest rejected line" | "die Bytes der neuesten verworfenen Zeile zeigen";
    /// Heads keys.
    on_line: "In the line to send" | "In der Sendezeile";
    /// A key.
    key_palette: "find or run something" | "etwas suchen oder ausführen";
    /// A key.
    key_panels: "next panel, previous panel" | "nächste, vorige Ansicht";
    /// A key.
    key_sessions: "open session 1 to 9" | "Sitzung 1 bis 9 zeigen";
    /// A key.
    key_undo: "undo, redo a layout change, or one of a dashboard that is edited" | "Änderung der Anordnung oder der Übersicht, die bearbeitet wird, zurücknehmen, wiederholen";
    /// A key.
    key_escape: "close what is open, then leave the selection, then the field"
        | "Offenes schließen, dann die Auswahl verlassen, dann das Feld";
    /// A key.
    key_find: "find in this panel" | "in dieser Ansicht suchen";
    /// A key.
    key_list: "this list" | "diese Liste";
    /// A key.
    key_tabs: "tab beside, first, last" | "Reiter daneben, erster, letzter";
    /// A key.
    key_split: "move a line between panels; Home puts it back"
        | "Linie zwischen Ansichten verschieben; Pos 1 stellt sie zurück";
    /// A key.
    key_pause: "pause or follow again" | "anhalten oder wieder folgen";
    /// A key.
    key_cursor: "cursor by a pixel; Shift: by a sample" | "Cursor um einen Bildpunkt; Umschalt: um eine Messung";
    /// A key.
    key_events: "previous, next event: a gap, a rejected frame" | "voriges, nächstes Ereignis: Lücke, verworfener Rahmen";
    /// A key.
    key_marks: "set the first cursor here, the second" | "ersten Cursor hier setzen, zweiten";
    /// Arrow keys in the legend.
    key_series: "in the legend: the series above, below" | "in der Legende: die Reihe darüber, darunter";
    /// A key.
    key_pan: "half a window back, forward" | "ein halbes Fenster zurück, vor";
    /// A key.
    key_zoom: "zoom in, out, show everything" | "vergrößern, verkleinern, alles zeigen";
    /// A key.
    key_send: "send; keep the line" | "senden; die Zeile behalten";
    /// A key.
    key_history: "lines sent before" | "früher gesendete Zeilen";
    /// Heads the keys of a row of values.
    on_values: "In the values, on a row" | "In den Werten, auf einer Zeile";
    /// Arrow keys go from row to row.
    key_row: "The row above, below" | "Die Zeile darüber, darunter";
    /// Arrow keys within a row, and on the name of a message.
    key_in_row: "To the toggle in the row, and back; on a message's name unfold it, fold it"
        | "Zum Schalter in der Zeile und zurück; auf dem Namen einer Nachricht auf- und zuklappen";
    /// Enter on a row.
    key_bytes: "Show the bytes that made the value; Escape there leads back" | "Die Bytes zeigen, die den Wert ergeben; Escape führt von dort zurück";
    /// Pin, copy.
    key_value: "Pin the row; copy its value" | "Die Zeile anheften; ihren Wert kopieren";
    /// Heads the keys of a tile.
    on_tile: "On a tile, while the dashboard is edited" | "Auf einer Kachel, während die Übersicht bearbeitet wird";
    /// Arrow keys.
    key_tile: "Move it" | "Bewegen";
    /// Arrow keys with Shift.
    key_tile_size: "Change its size" | "Größe ändern";
    /// Delete, undo.
    key_tile_remove: "Remove it; take the last change back" | "Entfernen; die letzte Änderung zurücknehmen";
}
