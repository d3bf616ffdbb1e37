//! Mistakes in the expressions of derived fields.

use super::{Said, messages};

messages! {
    at(at: usize, why: &Said): "at character {at}: {why}" | "bei Zeichen {at}: {why}";
    not_expected(what: &Said): "{what} is not expected here" | "{what} wird hier nicht erwartet";
    the_number(number: f64): "the number {number}" | "die Zahl {number}";
    the_word(word: &str): "`{word}`" | "`{word}`";
    too_many(most: usize): "the expression has more than {most} operations"
        | "der Ausdruck hat mehr als {most} Operationen";
    name_end: "a ` to end the name is missing" | "ein ` am Ende des Namens fehlt";
    no_number: "this is no number" | "das ist keine Zahl";
    no_meaning(first: char): "`{first}` means nothing here; a field of that name stands in ` `"
        | "`{first}` bedeutet hier nichts; ein Feld dieses Namens steht in ` `";
    too_deep(most: usize): "more than {most} parentheses or calls within one another"
        | "mehr als {most} Klammern oder Aufrufe ineinander";
    missing: "something is missing: a number, a field or a parenthesis" | "etwas fehlt: eine Zahl, ein Feld oder eine Klammer";
    no_closing: "a `)` is missing" | "eine `)` fehlt";
    no_comma: "a `,` or a `)` is missing" | "ein `,` oder eine `)` fehlt";
    no_function(name: &str, names: &str): "there is no function `{name}`; there are {names}"
        | "es gibt keine Funktion `{name}`; es gibt {names}";
    values(name: &str, given: usize, usages: &Said): "`{name}` is not given {given} values so; write {usages}"
        | "`{name}` nimmt so keine {given} Werte; zu schreiben ist {usages}";
    or(one: &Said, other: &Said): "{one} or {other}" | "{one} oder {other}";
    positive(what: &str, name: &str, number: f64): "`{what}` of `{name}` must be above 0, not {number}"
        | "`{what}` von `{name}` muss über 0 liegen, nicht {number}";
}
