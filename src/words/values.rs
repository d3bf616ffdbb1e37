//! The values.

use super::messages;

messages! {
    /// The panel's heading.
    title: "Values" | "Werte";
    /// How much there is.
    count(messages: String, fields: String): "{messages}, {fields}" | "{messages}, {fields}";
    /// Messages counted.
    of_messages(count: usize): { format!("{count} {}", if count == 1 { "message" } else { "messages" }) }
        | { format!("{count} {}", if count == 1 { "Nachricht" } else { "Nachrichten" }) };
    /// Fields counted.
    of_fields(count: usize): { format!("{count} {}", if count == 1 { "field" } else { "fields" }) }
        | { format!("{count} {}", if count == 1 { "Feld" } else { "Felder" }) };
    /// The scrolled region's name.
    table: "Table of values" | "Tabelle der Werte";
    /// What the device calls a field that is shown in other words.
    own_name(name: &str): "The device says “{name}”" | "Beim Gerät heißt es „{name}“";
    /// A message that is computed from another.
    derived(of: &str): "{of} derived" | "{of} (berechnet)";
    /// Before the first frame.
    empty: "No values yet. The fields appear with the first frame that is understood. A device that speaks only when asked is asked from Commands or Macros."
        | "Noch keine Werte. Die Felder erscheinen mit dem ersten Rahmen, der verstanden wird. Ein Gerät, das nur auf Anfrage redet, wird unter „Befehle“ oder „Makros“ gefragt.";
    /// Nothing has the words of the filter.
    none_match(filter: &str): "No field has “{filter}” in its name, its message or its unit."
        | "Kein Feld hat „{filter}“ im Namen, in der Nachricht oder in der Einheit.";
    /// There are more fields than rows.
    more(more: usize, shown: usize): { format!("{} more are not shown: the table has the first {shown}. The filter finds them.", of_fields(more)) }
        | { format!("{} weitere sind nicht gezeigt: Die Tabelle hat die ersten {shown}. Der Filter findet sie.", of_fields(more)) };
    /// Topics without tables.
    untabled(count: String): "Further topics, which are in the terminal only: {count}. To see them here subscribe to fewer of the others; as a \
         fleet (a profile with [fleet]) a broker's devices have a row each."
        | "Weitere Topics, die nur im Terminal stehen: {count}. Um sie hier zu sehen, weniger andere abonnieren; als Flotte (ein Profil mit \
           [fleet]) haben die Geräte eines Brokers je eine Zeile.";
    /// Column: whether it is plotted.
    plotted: "Plotted" | "Im Diagramm";
    /// Column: its name.
    field: "Field" | "Feld";
    /// Column: its latest value.
    value: "Value" | "Wert";
    /// Column: its unit.
    unit: "Unit" | "Einheit";
    /// Column: samples a second.
    rate: "Rate" | "Rate";
    /// Column: the last minute as a line.
    spark: "60 s" | "60 s";
    /// Column: the smallest.
    min: "Min" | "Min";
    /// Column: the largest.
    max: "Max" | "Max";
    /// Column: how old it is.
    age: "Age" | "Alter";
    /// In the place of an age: a broker had kept the reading, and nobody knows since when it is so.
    retained: "retained" | "aufbewahrt";
    /// Behind a message's rate.
    samples: " samples" | " Werte";
    /// Puts a field into the plot, or takes it out.
    plot(name: &str): "Plot {name}" | "{name} ins Diagramm";
    /// The group of rows that were pinned.
    pinned: "Pinned" | "Angeheftet";
    /// Pins the chosen row, or lets it go.
    pin: "Pin" | "Anheften";
    /// Copies the value of the chosen row.
    copy: "Copy" | "Kopieren";
    /// Shows the bytes of the chosen row.
    bytes: "Bytes" | "Bytes";
    /// The same, as the button is called.
    show_bytes: "Show bytes" | "Bytes zeigen";
    /// What that does.
    bytes_hint: "Show the bytes that made the chosen value (Enter)" | "Die Bytes zeigen, die den gewählten Wert ergeben (Eingabe)";
    /// Why neither can be done.
    choose_first: "Choose a row first: click it, or move to it with the arrow keys."
        | "Zuerst eine Zeile wählen: anklicken oder mit den Pfeiltasten hingehen.";
    /// What was copied.
    copied(value: &str): "Copied {value}" | "{value} kopiert";
    /// It was not.
    not_copied: "The browser did not let the value be copied. Select it and copy it by hand."
        | "Der Browser ließ den Wert nicht kopieren. Den Wert markieren und von Hand kopieren.";
    /// Rows stand under their messages.
    group: "Group" | "Gruppieren";
    /// The filter's name.
    filter: "Filter fields" | "Felder filtern";
    /// What stands in an empty filter.
    filter_hint: "Filter" | "Filtern";
    /// The last minute in words.
    spark_words(name: &str, low: &str, high: &str, last: &str, unit: &str):
        "{name}, last 60 s: from {low} to {high}, now {last} {unit}"
        | "{name}, letzte 60 s: von {low} bis {high}, jetzt {last} {unit}";
    /// The last minute of a row that is out of sight.
    spark_name(name: &str): "{name}, last 60 s" | "{name}, letzte 60 s";
    /// The last minute, of which nothing is held.
    spark_none(name: &str): "{name}, last 60 s: no values" | "{name}, letzte 60 s: keine Werte";
}
