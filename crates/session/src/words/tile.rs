//! Mistakes in a profile's tiles, each a sentence without its full stop.

use super::messages;

messages! {
    too_many(most: usize): "a dashboard has at most {most} tiles" | "ein Dashboard hat höchstens {most} Kacheln";
    lies_on(label: &str):
        "this tile lies on \"{label}\"; move it, or leave out `at` and it stands in the first gap that takes it"
        | "diese Kachel liegt auf „{label}“; verschieben oder `at` weglassen, dann steht sie in der ersten passenden Lücke";
    kind(words: &str): "a tile needs the key `kind`: one of {words}" | "eine Kachel braucht den Schlüssel `kind`: eines von {words}";
    scale(kind: &str): "a {kind} has a scale: it needs `min` and `max`"
        | "{kind} hat eine Skala: `min` und `max` sind nötig";
    min_not_below_max(min: f64, max: f64): "`min` {min} is not below `max` {max}" | "`min` {min} liegt nicht unter `max` {max}";
    field_or_fields: "a plot has either `field` or `fields`" | "ein Plot hat entweder `field` oder `fields`";
    fields(most: usize): "a plot has from 1 to {most} fields" | "ein Plot hat 1 bis {most} Felder";
    band: "`band` must be two numbers, the lower first, such as [10, 80]; -inf and inf leave an end open"
        | "`band` muss aus zwei Zahlen bestehen, die kleinere zuerst, wie [10, 80]; -inf und inf lassen ein Ende offen";
    at(columns: u32, high: u32):
        "`at` must be four whole numbers: column from 0, row from 0, columns (together at most {columns}), rows (1 to {high})"
        | "`at` muss aus vier ganzen Zahlen bestehen: Spalte ab 0, Zeile ab 0, Spalten (zusammen höchstens {columns}), Zeilen (1 bis {high})";
    asks(arg: &str, name: &str): "a button sends without asking, and `{arg}` of \"{name}\" has no `default`: give it one"
        | "eine Taste sendet, ohne zu fragen, und `{arg}` von „{name}“ hat keinen `default`: einen angeben";
    no_form: "the tiles stand in the profile in a form that cannot be changed here: write each as [[tile]]"
        | "die Kacheln stehen im Profil in einer Form, die sich hier nicht ändern lässt: jede als [[tile]] schreiben";
    not_written: "the tiles could not be written into the profile: write each as [[tile]] there"
        | "die Kacheln ließen sich nicht in das Profil schreiben: dort jede als [[tile]] schreiben";
}
