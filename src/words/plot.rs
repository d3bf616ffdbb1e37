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
    /// Nor will there be any by this profile.
    numbers_unread: "These lines have numbers in them. The profile takes them as plain text, so that none are plotted."
        | "Diese Zeilen enthalten Zahlen. Das Profil nimmt sie als einfachen Text, gezeichnet wird daraus nichts.";
    /// Reads them otherwise from here on.
    read_as(what: &str): "Read them as {what}" | "Als {what} lesen";
    /// What lines of a protocol are.
    lines_of(protocol: &str): {
        match protocol {
            "json" => "JSON objects",
            "teleplot" => "Teleplot lines",
            "nmea" => "NMEA sentences",
            _ => "name and value pairs",
        }
        .to_owned()
    } | {
        match protocol {
            "json" => "JSON-Objekte",
            "teleplot" => "Teleplot-Zeilen",
            "nmea" => "NMEA-Sätze",
            _ => "Paare aus Name und Wert",
        }
        .to_owned()
    };
    /// What that changes.
    read_as_note: "The link stays open, and the terminal as it is."
        | "Die Verbindung bleibt offen und das Terminal, wie es ist.";
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
    pause: "Pause" | "Pausieren";
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
    /// What the numbers at an axis are counted from.
    offset(base: &str, unit: &str): {
        if unit.is_empty() { format!("offset {base}") } else { format!("offset {base} {unit}") }
    } | {
        if unit.is_empty() { format!("Offset {base}") } else { format!("Offset {base} {unit}") }
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
    /// The choice of the clock by which the plot is drawn.
    clock: "Clock" | "Uhr";
    /// When samples came: a choice, and a column's head.
    arrival_time: "Arrival time" | "Ankunftszeit";
    /// When the device made them: a choice, and a column's head.
    device_time: "Device time" | "Gerätezeit";
    /// The same of a file that counts seconds from where it begins.
    time_in_file: "Time in the file" | "Zeit in der Datei";
    /// The same of a file that tells no time.
    row_number: "Row" | "Zeile";
    /// A row of a file, by its number.
    row(number: &str): "row {number}" | "Zeile {number}";
    /// So many of them.
    rows(count: &str): { if count == "1" { "1 row".to_owned() } else { format!("{count} rows") } }
        | { if count == "1" { "1 Zeile".to_owned() } else { format!("{count} Zeilen") } };
    /// A frequency by rows.
    per_row(often: &str): "{often} per row" | "{often} je Zeile";
    /// An axis.
    per_row_axis: "Frequency per row" | "Frequenz je Zeile";
    /// The scope of a plot by the device's clock.
    scope_by_device(scope: &str): "{scope} · device time" | "{scope} · Gerätezeit";
    /// In front of what is said of a plot by the device's clock.
    by_device(text: &str): "Device time: {text}" | "Gerätezeit: {text}";
    /// Beside a gap, or in it.
    gap(long: &str): "gap {long}" | "Lücke {long}";
    /// The right edge of a plot that follows the device's clock.
    device_now(clock: &str): "device {clock}" | "Gerät {clock}";
    /// The right edge of a plot that follows, while the link is not open.
    ended(clock: &str): "last data {clock}" | "zuletzt {clock}";
    /// The same in the panel's head.
    not_open(scope: &str): "{scope} · link not open" | "{scope} · nicht verbunden";
    /// The right edge of a plot that follows.
    now(clock: &str): "now {clock}" | "jetzt {clock}";
    /// The choice of what is drawn.
    drawn_as: "Drawn as" | "Dargestellt als";
    /// A mode.
    over_time: "Time" | "Zeit";
    /// A mode: one field against another.
    xy: "XY" | "XY";
    /// A mode: amplitudes by frequency.
    spectrum: "Spectrum" | "Spektrum";
    /// A mode: how often which values come.
    histogram: "Histogram" | "Histogramm";
    /// Unfolds more tools.
    more: "More" | "Mehr";
    /// The tools that were unfolded.
    more_tools: "More of the plot" | "Mehr zum Verlauf";
    /// Shows the table of figures.
    statistics: "Statistics" | "Statistik";
    /// The region with the figures.
    figures: "Cursors and statistics" | "Cursor und Statistik";
    /// Sets the first cursor.
    set_a: "Set A" | "A setzen";
    /// Sets the second cursor.
    set_b: "Set B" | "B setzen";
    /// Takes both cursors away.
    clear_cursors: "Clear cursors" | "Cursor löschen";
    /// While no cursor is set.
    no_cursors: "No cursor is set. A click or C sets A; with Shift it sets B." | "Kein Cursor ist gesetzt. Ein Klick oder C setzt A, mit Umschalt B.";
    /// The first cursor alone.
    cursor_a(at: &str): "A {at}. Shift with a click or C sets B." | "A {at}. Umschalt mit Klick oder C setzt B.";
    /// The second cursor alone.
    cursor_b(at: &str): "B {at}. A click or C sets A." | "B {at}. Ein Klick oder C setzt A.";
    /// Both cursors.
    cursors(a: &str, b: &str, apart: &str, frequency: &str): "A {a} · B {b} · Δt {apart} · 1/Δt {frequency}" | "A {a} · B {b} · Δt {apart} · 1/Δt {frequency}";
    /// While a long span is counted.
    counting: "Counting the samples of a long span." | "Die Werte einer langen Spanne werden gezählt.";
    /// A column's head.
    one_series: "Series" | "Kurve";
    /// A column's head.
    minimum: "Min" | "Min";
    /// A column's head.
    maximum: "Max" | "Max";
    /// A column's head.
    mean: "Mean" | "Mittel";
    /// A column's head: the standard deviation.
    deviation: "Std dev" | "Std-Abw.";
    /// A column's head.
    unit: "Unit" | "Einheit";
    /// A column's head, and an axis.
    count: "Count" | "Anzahl";
    /// Shows the form with the lanes' ranges.
    ranges: "Ranges" | "Bereiche";
    /// A range that follows the values.
    automatic: "Automatic" | "Automatisch";
    /// Makes a lane's range automatic.
    automatic_of(lane: &str): "Automatic range of {lane}" | "Automatischer Bereich von {lane}";
    /// The lower end of a lane's range.
    from_of(lane: &str): "Lowest of {lane}" | "Untergrenze von {lane}";
    /// The upper end of a lane's range.
    to_of(lane: &str): "Highest of {lane}" | "Obergrenze von {lane}";
    /// A range that cannot be.
    bad_range: "Not a range. Two numbers are wanted, the smaller one first; both empty for automatic." | "Kein Bereich. Zwei Zahlen eingeben, die kleinere zuerst; beide leer für automatisch.";
    /// Saves the picture.
    save_png: "Save PNG" | "PNG speichern";
    /// Saves the rows.
    save_csv: "Save CSV" | "CSV speichern";
    /// While rows are fetched: a press cancels.
    saving(rows: &str): "Cancel: {rows} rows…" | "Abbrechen: {rows} Zeilen …";
    /// The picture was handed to the browser.
    saved_picture: "The picture was handed to the browser to be saved." | "Das Bild wurde dem Browser zum Speichern übergeben.";
    /// The browser made no picture.
    no_picture: "No picture was saved: the browser made none. Show the plot, then save again." | "Kein Bild gespeichert: Der Browser hat keines erzeugt. Verlauf zeigen, dann erneut speichern.";
    /// The rows were handed to the browser.
    saved_rows(rows: &str): "{rows} rows were handed to the browser to be saved." | "{rows} Zeilen wurden dem Browser zum Speichern übergeben.";
    /// The same where some were lost meanwhile.
    saved_rows_but(rows: &str, missed: &str): "{rows} rows were handed to the browser to be saved. {missed} more were given up for newer ones before they were written." | "{rows} Zeilen wurden dem Browser zum Speichern übergeben. {missed} weitere wichen neueren, bevor sie geschrieben waren.";
    /// Saving was cancelled.
    not_saved: "Nothing was saved: it was cancelled." | "Nichts gespeichert: abgebrochen.";
    /// There is no series to save.
    nothing_to_save: "Nothing was saved: no series is shown. Choose one in the list, then save again." | "Nichts gespeichert: Keine Kurve ist zu sehen. Eine in der Liste wählen, dann erneut speichern.";
    /// Copies the summary.
    copy_text: "Copy as text" | "Als Text kopieren";
    /// The summary was copied.
    copied: "The plot in words is on the clipboard." | "Der Verlauf in Worten ist in der Zwischenablage.";
    /// The browser refused.
    not_copied: "Nothing was copied: the browser did not allow it. Click into the page, then copy again." | "Nichts kopiert: Der Browser hat es nicht erlaubt. In die Seite klicken, dann erneut kopieren.";
    /// What no longer comes since another profile or program took its place, with the time of its last sample.
    until(name: &str, clock: &str): "{name} until {clock}" | "{name} bis {clock}";
    /// Which field is drawn.
    field: "Field" | "Feld";
    /// Which field is drawn upwards.
    upwards: "Upwards" | "Senkrecht";
    /// Which field is drawn across.
    across: "Across" | "Waagrecht";
    /// Before the first answer.
    computing: "Computing." | "Wird berechnet.";
    /// A spectrum of too little.
    too_few: "No spectrum yet. It takes 8 samples without a gap in the span shown: choose a longer span, or wait." | "Noch kein Spektrum. Es braucht 8 Werte ohne Lücke in der gezeigten Spanne: eine längere wählen oder warten.";
    /// A distribution of nothing.
    no_numbers: "No numbers in the span shown. Choose a longer span, or wait." | "Keine Zahlen in der gezeigten Spanne. Eine längere wählen oder warten.";
    /// A chart of points in words.
    points(up: &str, across: &str, count: &str): {
        format!("{up} against {across}: {count} {}.", if count == "1" { "point" } else { "points" })
    } | {
        format!("{up} über {across}: {count} {}.", if count == "1" { "Punkt" } else { "Punkte" })
    };
    /// The two fields never come together.
    held_points(across: &str): "No message has both: each stands with the newest {across} before it."
        | "Keine Nachricht hat beide: Jeder steht beim neuesten {across} davor.";
    /// The same where there are more.
    newest_points(up: &str, across: &str, count: &str, total: &str): "{up} against {across}: the newest {count} of {total} points." | "{up} über {across}: die neuesten {count} von {total} Punkten.";
    /// How often there is a sample.
    rate(often: &str): "{often} samples/s" | "{often} Werte/s";
    /// The same of a file that tells no time.
    each_row: "1 sample per row" | "1 Wert je Zeile";
    /// A spectrum in words.
    peak(name: &str, at: &str, high: &str, rate: &str, used: &str): "{name}: peak at {at}, amplitude {high}. {rate}, {used} samples, Hann window, mean taken away." | "{name}: Spitze bei {at}, Amplitude {high}. {rate}, {used} Werte, Hann-Fenster, Mittelwert abgezogen.";
    /// A spectrum in which nothing rises.
    no_peak(name: &str, rate: &str, used: &str): "{name}: no peak. {rate}, {used} samples, Hann window, mean taken away." | "{name}: keine Spitze. {rate}, {used} Werte, Hann-Fenster, Mittelwert abgezogen.";
    /// What was left out of a computation.
    unused(count: &str): " {count} older samples of the span are not in it." | " {count} ältere Werte der Spanne sind nicht dabei.";
    /// A distribution in words.
    distribution(name: &str, counted: &str, range: &str, count: &str): "{name}: {counted} values, most of them in {range}: {count}." | "{name}: {counted} Werte, die meisten in {range}: {count}.";
    /// A column's head.
    frequency: "Frequency" | "Frequenz";
    /// A column's head.
    amplitude: "Amplitude" | "Amplitude";
    /// An axis.
    hertz_axis: "Frequency in Hz" | "Frequenz in Hz";
}
