//! The table of a fleet.

use super::messages;

messages! {
    no_column(name: &str, names: &str): "there is no column `{name}`; there are: {names}"
        | "es gibt keine Spalte `{name}`; es gibt: {names}";
    no_value(name: &str): "a value to compare `{name}` with is missing" | "ein Wert, mit dem `{name}` verglichen wird, fehlt";
    no_or: "`||` is not understood: all words and conditions of a filter must hold"
        | "`||` wird nicht verstanden: Alle Wörter und Bedingungen eines Filters müssen gelten";
    no_pattern(word: &str): "`{word}` stands in no name and no text as it is written, and there are no wildcards or brackets; a part \
         of a name is enough, such as room, and conditions are such as zone = 3"
        | "`{word}` steht so in keinem Namen und keinem Text, und Platzhalter oder Klammern gibt es nicht; ein Teil des Namens genügt, \
           etwa room, und Bedingungen sind etwa zone = 3";
    no_name: "a column's name is missing before the comparison" | "vor dem Vergleich fehlt der Name einer Spalte";
}
