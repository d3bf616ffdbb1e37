//! The plot.

use super::messages;

messages! {
    /// The panel, and its picture.
    plot: "Plot" | "Verlauf";
    /// The scope where nothing is drawn.
    no_series: "no series" | "keine Kurven";
    /// The scope: how long, and how many series.
    scope(length: &str, count: usize): {
        if count == 1 { format!("{length} · 1 series") } else { format!("{length} · {count} series") }
    } | {
        if count == 1 { format!("{length} · 1 Kurve") } else { format!("{length} · {count} Kurven") }
    };
    /// In front of the scope while the plot stands still.
    paused(scope: &str): "paused · {scope}" | "angehalten · {scope}";
    /// In place of a picture with every series switched off.
    all_hidden: "Every series is hidden. Choose one in the list to show it again." | "Alle Kurven sind ausgeblendet. Eine davon in der Liste wählen, um sie wieder zu zeigen.";
    /// In place of a picture before the first number.
    nothing_yet: "No numbers yet. Numeric fields are plotted as soon as the device sends them." | "Noch keine Zahlen. Zahlenfelder werden gezeichnet, sobald das Gerät sie sendet.";
    /// The choice of how much time is shown.
    length: "Length of the plot" | "Länge des Verlaufs";
    /// A length that is none of those offered.
    other_length: "Other" | "Andere";
    /// Makes the window shorter.
    zoom_in: "Zoom in" | "Vergrößern";
    /// Makes the window longer.
    zoom_out: "Zoom out" | "Verkleinern";
    /// Shows everything held.
    fit: "Fit" | "Alles";
    /// Shows rows in place of the picture.
    as_table: "As table" | "Als Tabelle";
    /// Stands still.
    pause: "Pause" | "Anhalten";
    /// The legend.
    series: "Series" | "Kurven";
    /// The summary's first sentence.
    shown(length: &str): "{length} shown." | "{length} zu sehen.";
    /// The summary's sentence about a series.
    course(name: &str, low: &str, high: &str, last: &str, unit: &str): {
        format!(" {name}: from {low} to {high}, last {last}{unit}.")
    } | {
        format!(" {name}: von {low} bis {high}, zuletzt {last}{unit}.")
    };
    /// The summary's sentence about missing data.
    gaps(count: usize): {
        if count == 1 { " 1 gap.".to_owned() } else { format!(" {count} gaps.") }
    } | {
        if count == 1 { " 1 Lücke.".to_owned() } else { format!(" {count} Lücken.") }
    };
    /// Which message's rows are in the table.
    message: "Message" | "Nachricht";
    /// What the table holds.
    newest_hundred: "The newest hundred, or the last before the end of a paused plot." | "Die neuesten hundert, oder die letzten vor dem Ende eines angehaltenen Verlaufs.";
    /// The table's region.
    plot_as_table: "Plot as table" | "Verlauf als Tabelle";
    /// Before the first rows.
    waiting_for_rows: "Waiting for the first rows." | "Warten auf die ersten Zeilen.";
    /// A column's head.
    in_unit(name: &str, unit: &str): "{name} in {unit}" | "{name} in {unit}";
    /// A column's head.
    time: "Time" | "Zeit";
    /// The right edge of a plot that follows.
    now(clock: &str): "now {clock}" | "jetzt {clock}";
}
