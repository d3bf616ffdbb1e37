//! Mistakes in macros and in bytes as people write them, each a sentence without its full stop.

use super::{Said, messages};

messages! {
    too_long(kib: usize): "a macro has at most {kib} KiB of text" | "ein Makro hat höchstens {kib} KiB Text";
    too_many(most: usize): "a macro has at most {most} steps" | "ein Makro hat höchstens {most} Schritte";
    too_deep(most: usize): "loops stand in loops at most {most} times" | "Schleifen stehen höchstens {most}-fach ineinander";
    lone_end: "`end` ends no `repeat`" | "`end` beendet kein `repeat`";
    no_end: "this `repeat` has no `end`" | "diesem `repeat` fehlt sein `end`";
    needs_text(verb: &str): "`{verb}` needs a text" | "`{verb}` braucht einen Text";
    needs_bytes(verb: &str): "`{verb}` needs bytes, as 01 02 ff" | "`{verb}` braucht Bytes, wie 01 02 ff";
    needs_command: "`command` needs the name of a command of the profile"
        | "`command` braucht den Namen eines Befehls des Profils";
    needs_expected(verb: &str): "`{verb}` needs what the device is expected to say"
        | "`{verb}` braucht, was das Gerät sagen soll";
    no_regex(why: &str): "this is no regular expression: {why}" | "das ist kein regulärer Ausdruck; gemeldet wird „{why}“";
    repeat(given: &str): "`repeat` takes a number from 1 to 1000000, not \"{given}\""
        | "`repeat` nimmt eine Zahl von 1 bis 1000000, nicht „{given}“";
    after_end: "nothing follows `end`" | "nach `end` folgt nichts";
    no_step(verb: &str):
        "there is no step `{verb}`; there are send, text, bytes, command, wait, expect, match, repeat and end"
        | "es gibt keinen Schritt `{verb}`; es gibt send, text, bytes, command, wait, expect, match, repeat und end";
    time(given: &str): "a time is written as 200 ms or 2 s, from 1 ms to an hour, not \"{given}\""
        | "eine Zeit wird als 200 ms oder 2 s geschrieben, von 1 ms bis zu einer Stunde, nicht „{given}“";
    no_unit(given: &str): "\"{given}\" has no unit; write {given} ms or {given} s"
        | "„{given}“ hat keine Einheit; {given} ms oder {given} s schreiben";
    needs_time: "`wait` needs a time, as 200 ms or 2 s" | "`wait` braucht eine Zeit, wie 200 ms oder 2 s";
    no_colon(verb: &str): "a colon is missing between the time and what is expected: `{verb} within 5 s: ready`"
        | "zwischen der Zeit und dem Erwarteten fehlt ein Doppelpunkt: `{verb} within 5 s: ready`";
    matches_nothing(given: &str): "\"{given}\" is found even where the device said nothing, so it would wait for nothing; name at least one character"
        | "„{given}“ passt auch, wenn das Gerät nichts gesagt hat, und würde auf nichts warten; mindestens ein Zeichen nennen";
    no_blank: "a blank is missing after a quotation mark" | "nach einem Anführungszeichen fehlt ein Leerzeichen";
    half_byte(word: &str): "\"{word}\" is half a byte; write 0{word}" | "„{word}“ ist ein halbes Byte; 0{word} schreiben";
    no_quote: "a quotation mark is missing" | "ein Anführungszeichen fehlt";
    no_text: "this is no text; write \\\\ for a backslash" | "das ist kein Text; für einen Backslash \\\\ schreiben";
    no_command(name: &str): "the profile has no command \"{name}\"" | "das Profil hat keinen Befehl „{name}“";
    takes(name: &str, takes: usize, given: usize): "\"{name}\" takes {takes} arguments, {given} are given"
        | "„{name}“ nimmt {takes} Argumente, angegeben sind {given}";
    arg(name: &str, wanted: &Said, given: &str): "{name} must be {wanted}, not \"{given}\""
        | "{name} muss {wanted} sein, nicht „{given}“";
    escape_digits(digits: &str): "\\x is followed by two hexadecimal digits, not \"{digits}\""
        | "auf \\x folgen zwei Hexadezimalziffern, nicht „{digits}“";
    no_escape(given: char): "\\{given} is no escape; there are \\r \\n \\t \\e \\0 \\\\ and \\xHH"
        | "\\{given} ist kein Escape; es gibt \\r \\n \\t \\e \\0 \\\\ und \\xHH";
    lone_backslash: "a backslash stands alone at the end; \\\\ is one itself"
        | "am Ende steht ein Backslash allein; \\\\ ist er selbst";
    no_hex(word: &str): "\"{word}\" is no hexadecimal number; bytes are written as 01 02 ff"
        | "„{word}“ ist keine Hexadezimalzahl; Bytes werden als 01 02 ff geschrieben";
    odd_hex(word: &str): "\"{word}\" has an odd number of digits; a byte has two"
        | "„{word}“ hat eine ungerade Zahl von Ziffern; ein Byte hat zwei";
    pattern_too_long(most: usize, given: usize): "a pattern has at most {most} bytes, this one has {given}"
        | "ein Muster hat höchstens {most} Bytes, dieses hat {given}";
}
