//! The terminal.

use super::messages;
use crate::view::format;

messages! {
    /// The panel's heading.
    title: "Terminal" | "Terminal";
    /// How many lines there are.
    lines(count: u64): { format::plural(count as usize, "line") } | { of(count, "Zeile", "Zeilen") };
    /// How many of all lines are still held.
    last_of(held: u64, total: u64):
        { format!("the last {} of {} lines", format::count(held), format::count(total)) }
        | { format!("die letzten {} von {} Zeilen", format::count(held), format::count(total)) };
    /// The reader has scrolled away from the end.
    reading_back: "reading back, new lines keep coming in" | "zurückgeblättert, neue Zeilen kommen weiter herein";
    /// The view stands still; so many lines came since.
    held(count: u64):
        { format!("held · {} came since", format::plural(count as usize, "line")) }
        | { format!("angehalten · seitdem {}", of(count, "Zeile", "Zeilen")) };
    /// The view stands still while text in it is selected.
    selecting: "held while text is selected" | "angehalten, solange Text markiert ist";
    /// Lines before these are not shown.
    cleared: "cleared · the lines before are kept" | "geleert · frühere Zeilen sind noch da";
    /// Shows the end again.
    follow: "Follow the end" | "Dem Ende folgen";
    /// Opens the search.
    find: "Find" | "Suchen";
    /// Lets the view stand still.
    hold: "Hold" | "Anhalten";
    /// Shows when each line came.
    times: "Times" | "Zeiten";
    /// Lets screen readers say what comes.
    announce: "Announce" | "Vorlesen";
    /// Shows more tools.
    more: "Tools" | "Werkzeuge";
    /// The further tools.
    tools: "Terminal tools" | "Werkzeuge des Terminals";
    /// Shows times as the time since the line before.
    since: "Since the line before" | "Seit der Zeile davor";
    /// Colours lines by the level of the log they are of.
    levels: "Log levels" | "Log-Stufen";
    /// Shows lines that were sent.
    echo: "Sent lines" | "Gesendete Zeilen";
    /// Shows control characters and bytes that are no text.
    controls: "Control characters" | "Steuerzeichen";
    /// What that does.
    controls_why:
        "What comes from now on is shown byte by byte and not obeyed."
        | "Was ab jetzt kommt, wird Zeichen für Zeichen gezeigt und nicht ausgeführt.";
    /// How many columns and rows the screen has.
    screen_size: "Screen size" | "Größe des Schirms";
    /// As many as the panel shows.
    as_panel: "As the panel" | "Wie das Feld";
    /// So many as are filled in.
    own_size: "Own size" | "Eigene Größe";
    /// The fields of that.
    columns: "Columns" | "Spalten";
    rows: "Rows" | "Zeilen";
    /// How a device on a wire, which cannot ask, is told.
    size_why:
        "A device on a wire cannot ask for the size. A shell is told with this line."
        | "Ein Gerät am Draht kann nicht nach der Größe fragen. Einer Shell sagt man sie mit dieser Zeile.";
    /// Copies what is selected, or the lines in sight.
    copy: "Copy" | "Kopieren";
    /// Saves every line held.
    save: "Save as text" | "Als Text sichern";
    /// Hides the lines that there are.
    clear: "Clear view" | "Ansicht leeren";
    /// Shows them again.
    show_earlier: "Show earlier lines" | "Frühere Zeilen zeigen";
    /// Copied.
    copied(count: u64):
        { format!("Copied {}.", format::plural(count as usize, "line")) }
        | { format!("{} kopiert.", of(count, "Zeile", "Zeilen")) };
    /// What was selected was copied.
    copied_selection: "Copied what is selected." | "Markierten Text kopiert.";
    /// The browser did not let it.
    not_copied:
        "Nothing was copied: the browser did not allow it. Select the text and press Ctrl C."
        | "Nichts kopiert: Der Browser hat es nicht erlaubt. Text markieren und Strg C drücken.";
    /// Being gathered.
    saving(percent: u64): "Gathering lines, {percent} %." | "Zeilen werden gesammelt, {percent} %.";
    /// Handed to the browser.
    saved(count: u64, name: String):
        { format!("Saved {} as {name}.", format::plural(count as usize, "line")) }
        | { format!("{} als {name} gesichert.", of(count, "Zeile", "Zeilen")) };
    /// The field for what is sought.
    find_field: "Find in the terminal" | "Im Terminal suchen";
    /// What may be written there.
    find_hint: "Text to find" | "Gesuchter Text";
    /// What is sought is a pattern.
    pattern: "Regular expression" | "Regulärer Ausdruck";
    /// Capitals count.
    case: "Match case" | "Groß/klein";
    /// Only lines in which it is found.
    only: "Only these lines" | "Nur diese Zeilen";
    /// The line found before.
    previous: "Previous" | "Vorige";
    /// The line found after.
    next: "Next" | "Nächste";
    /// Ends the search.
    close_find: "Close search" | "Suche schließen";
    /// How many lines were found.
    found(count: u64): { format::plural(count as usize, "line") } | { of(count, "Zeile", "Zeilen") };
    /// Which of them the present one is.
    place(place: u64, count: u64):
        { format!("{} of {}", format::count(place), format::plural(count as usize, "line")) }
        | { format!("{} von {}", format::count(place), of(count, "Zeile", "Zeilen")) };
    /// Not everything has been looked at.
    searched(percent: u8): "{percent} % searched" | "{percent} % durchsucht";
    /// A pattern that is none.
    wrong_pattern(why: String): "Nothing is sought: {why}." | "Es wird nichts gesucht: {why}.";
}

/// A count with its noun.
fn of(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", format::count(count), if count == 1 { one } else { many })
}
