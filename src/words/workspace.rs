//! The workspace: its places, and what can be done with a panel.

use super::messages;

messages! {
    /// The place of several panels.
    details: "Details" | "Details";
    /// A place.
    upper_left: "Upper left" | "Oben links";
    /// A place.
    upper_right: "Upper right" | "Oben rechts";
    /// A place.
    lower_left: "Lower left" | "Unten links";
    /// A place.
    lower_right: "Lower right" | "Unten rechts";
    /// The menu of one panel.
    arrange(panel: &str): "Arrange {panel}" | "{panel} anordnen";
    /// Moves a panel to a place.
    move_upper_left: "Move to upper left" | "Nach oben links";
    /// Moves a panel to a place.
    move_upper_right: "Move to upper right" | "Nach oben rechts";
    /// Moves a panel to a place.
    move_lower_left: "Move to lower left" | "Nach unten links";
    /// Moves a panel to a place.
    move_lower_right: "Move to lower right" | "Nach unten rechts";
    /// Moves a panel among the tabs of its place.
    earlier: "Move tab left" | "Reiter nach links";
    /// Moves a panel among the tabs of its place.
    later: "Move tab right" | "Reiter nach rechts";
    /// Gives a panel's place the whole workspace.
    maximise: "Maximise" | "Maximieren";
    /// Gives the others their room again.
    restore: "Restore" | "Wiederherstellen";
    /// Closes a panel.
    close(panel: &str): "Close {panel}" | "{panel} schließen";
    /// The menu of all panels.
    panels: "Panels" | "Ansichten";
    /// Takes the last change of the layout back.
    undo: "Undo layout change" | "Änderung der Anordnung zurücknehmen";
    /// Makes it again.
    redo: "Redo layout change" | "Änderung der Anordnung wiederholen";
    /// Every panel at its own place.
    reset: "Reset the layout" | "Anordnung zurücksetzen";
    /// Puts the layout into the profile's text.
    write: "Write the layout into the profile" | "Anordnung ins Profil schreiben";
    /// It was.
    layout_written: "The layout stands under [layout]. Put it in force, keep it or export it."
        | "Die Anordnung steht unter [layout]. Sie kann in Kraft gesetzt, behalten oder exportiert werden.";
    /// Nothing to undo.
    nothing_to_undo: "Nothing was changed yet." | "Es wurde noch nichts geändert.";
    /// Nothing to redo.
    nothing_to_redo: "Nothing was taken back." | "Es wurde nichts zurückgenommen.";
    /// No panel is open.
    all_closed: "Every panel is closed. The session goes on." | "Alle Ansichten sind geschlossen. Die Sitzung läuft weiter.";
    /// A split.
    split_columns: "Width of the right column" | "Breite der rechten Spalte";
    /// A split.
    split_left: "Height of the lower left place" | "Höhe des Platzes unten links";
    /// A split.
    split_right: "Height of the lower right place" | "Höhe des Platzes unten rechts";
}
