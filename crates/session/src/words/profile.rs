//! Mistakes in a profile, each a sentence without its full stop.

use super::{Said, messages};

messages! {
    topic_without_broker: "[[topic]] tells the topics of an MQTT broker apart, or the events of HTTP (mode = \"events\"); this [link] has neither"
        | "[[topic]] unterscheidet die Topics eines MQTT-Brokers oder Ereignisse über HTTP (mode = \"events\"); dieser [link] hat keines von beiden";
    fleet_without_devices: "[fleet] is for a link with many devices: a filter in its topics has a level {device}"
        | "[fleet] ist für eine Verbindung zu vielen Geräten: Ein Filter ihrer topics hat eine Ebene {device}";
    too_many_columns(most: usize): "at most {most} columns are named" | "höchstens {most} Spalten werden genannt";
    presence_same: "`online` and `offline` are the same, and nothing would tell them apart"
        | "`online` und `offline` sind gleich, nichts würde sie unterscheiden";
    needs_topic(key: &str): "{key} is for what is published: topic says where to"
        | "{key} ist für Veröffentlichtes: topic sagt, wohin";
    too_long: "the profile is longer than 1 MiB" | "das Profil ist länger als 1 MiB";
    not_toml(why: &str): "this is not TOML: {why}" | "das ist kein TOML; gemeldet wird „{why}“";
    no_protocol(name: &str): "there is no protocol \"{name}\"" | "es gibt kein Protokoll „{name}“";
    with_hint(what: &Said, hint: &Said): "{what}; {hint}" | "{what}; {hint}";
    no_memory: "there is no memory for a terminal" | "für ein Terminal ist kein Speicher da";
    the_profile: "the profile" | "das Profil";
    table(key: &str): "[{key}]" | "[{key}]";
    no_key(table: &Said, key: &str): "{table} has no key `{key}`" | "{table} hat keinen Schlüssel `{key}`";
    needs_key(table: &Said, key: &str): "{table} needs the key `{key}`" | "{table} braucht den Schlüssel `{key}`";
    needed: "this must be said" | "diese Angabe ist nötig";
    needs_table(table: &Said, key: &str): "{table} needs the table [{key}]" | "{table} braucht die Tabelle [{key}]";
    must_be(key: &str, wanted: &Said, given: &Said): "`{key}` must be {wanted}, not {given}"
        | "`{key}` muss {wanted} sein, nicht {given}";
    empty(key: &str): "`{key}` must not be empty" | "`{key}` darf nicht leer sein";
    one_of(key: &str, words: &str, given: &str): "`{key}` must be one of {words}, not \"{given}\""
        | "`{key}` muss eines von {words} sein, nicht „{given}“";
    a_text: "text" | "Text";
    a_truth: "true or false" | "true oder false";
    a_whole(min: &str, max: &str): "a whole number from {min} to {max}" | "eine ganze Zahl von {min} bis {max}";
    a_whole_number: "a whole number" | "eine ganze Zahl";
    a_number: "a number" | "eine Zahl";
    a_list: "a list" | "eine Liste";
    a_list_of_texts: "a list of texts" | "eine Liste von Texten";
    a_list_of_tables: "a list of tables" | "eine Liste von Tabellen";
    a_table: "a table" | "eine Tabelle";
    a_date: "a date" | "ein Datum";
    some_bytes: "bytes in hexadecimal digits, as \"01 02 ff\"" | "Bytes in Hexadezimalziffern, wie \"01 02 ff\"";

    did_you_mean(near: &str): "did you mean `{near}`?" | "ist `{near}` gemeint?";
    none_known: "there are none yet" | "es gibt noch keine";
    known(names: &str): "known: {names}" | "bekannt: {names}";
    known_and_more(names: &str, more: usize): "known: {names}, and {more} more" | "bekannt: {names} und {more} weitere";
    no_field(name: &str): "no message has a field `{name}`" | "keine Nachricht hat ein Feld `{name}`";
    no_field_of(message: &str, name: &str): "`{message}` has no field `{name}`" | "`{message}` hat kein Feld `{name}`";
    no_message(name: &str): "the protocol declares no message `{name}`" | "das Protokoll kennt keine Nachricht `{name}`";
    no_sent(name: &str): "the protocol has no message `{name}` to send"
        | "das Protokoll hat keine Nachricht `{name}` zum Senden";

    too_many_derived(most: usize): "a profile has at most {most} derived fields"
        | "ein Profil hat höchstens {most} abgeleitete Felder";
    derived_twice(name: &str): "`{name}` is the name of two derived fields" | "zwei abgeleitete Felder heißen `{name}`";
    tag_length(most: usize): "a tag has 1 to {most} characters" | "ein Tag hat 1 bis {most} Zeichen";
    too_many_tags(most: usize, given: usize): "a profile has at most {most} tags, not {given}"
        | "ein Profil hat höchstens {most} Tags, nicht {given}";
    int_size: "a whole number must fit in 64 bits with sign" | "eine ganze Zahl muss in 64 Bits mit Vorzeichen passen";
    not_a_number: "not a number" | "keine Zahl";
    no_date: "no setting is a date; write it as text" | "keine Einstellung ist ein Datum; als Text schreiben";
    macro_twice(name: &str): "there are two macros \"{name}\"" | "es gibt zwei Makros „{name}“";
    steps_are_text: "`steps` is one text, not a list: write it between \'\'\', one step a line"
        | "`steps` ist ein Text, keine Liste: zwischen \'\'\' schreiben, ein Schritt je Zeile";
    expects_nothing(key: &str): "`{key}` is empty or fits nothing, and every answer would do"
        | "`{key}` ist leer oder passt auf nichts, und jede Antwort würde genügen";
    expects_one: "[identity] needs one of `expect`, `expect_hex` and `match`"
        | "[identity] braucht eines von `expect`, `expect_hex` und `match`";
    two_probes: "[identity] has either `probe` or `probe_hex`" | "[identity] hat entweder `probe` oder `probe_hex`";

    panel(name: &str): "there is no panel \"{name}\"" | "es gibt keine Ansicht „{name}“";
    panel_twice(name: &str): "the panel \"{name}\" stands at two places" | "die Ansicht „{name}“ steht an zwei Stellen";
    layout_not_written:
        "the layout cannot be written into this profile by itself: write [layout] as a table of its own, one key a line"
        | "die Anordnung lässt sich nicht von selbst in dieses Profil schreiben: [layout] als eigene Tabelle schreiben, ein Schlüssel je Zeile";

    command_twice(name: &str): "there are two commands \"{name}\"" | "es gibt zwei Befehle „{name}“";
    argument_twice(name: &str): "there are two arguments \"{name}\"" | "es gibt zwei Argumente „{name}“";
    command_path: "path begins with one slash and has no spaces, backslashes or #: it stays on the device's own host"
        | "path beginnt mit einem Schrägstrich und hat keine Leerzeichen, Backslashes oder #: Es bleibt auf dem Host des Geräts";
    command_body(name: &str): "the command \"{name}\" needs either `text`, `message` or `hex`"
        | "der Befehl „{name}“ braucht entweder `text`, `message` oder `hex`";
    min_above_max(min: f64, max: f64): "`min` {min} is above `max` {max}" | "`min` {min} liegt über `max` {max}";
    default_must_be(wanted: &Said): "`default` must be {wanted}" | "`default` muss {wanted} sein";
    choices_must_be(wanted: &Said): "each of `choices` must be {wanted}" | "jedes von `choices` muss {wanted} sein";
    arg_one_of(name: &str, words: &str): "{name} must be one of {words}" | "{name} muss eines von {words} sein";
    arg_number(name: &str): "{name} must be a number" | "{name} muss eine Zahl sein";
    arg_whole(name: &str): "{name} must be a whole number" | "{name} muss eine ganze Zahl sein";
    arg_least(name: &str, min: f64): "{name} must be at least {min}" | "{name} muss mindestens {min} sein";
    arg_most(name: &str, max: f64): "{name} must be at most {max}" | "{name} darf höchstens {max} sein";
    arg_control(name: &str): "{name} must not hold control characters" | "{name} darf keine Steuerzeichen enthalten";
    arg_text(name: &str): "{name} must be text" | "{name} muss Text sein";
    arg_truth(name: &str): "{name} must be true or false" | "{name} muss true oder false sein";
    arg_bytes(name: &str): "{name} must be bytes" | "{name} muss aus Bytes bestehen";
    lone_brace: "a brace stands alone; write `{{` or `}}` for a brace itself"
        | "eine geschweifte Klammer steht allein; für sie selbst `{{` oder `}}` schreiben";
    no_argument(name: &str): "the text names an argument `{name}`" | "der Text nennt ein Argument `{name}`";
    not_bytes(name: &str): "`{name}` stands among bytes: its `kind` must be \"bytes\""
        | "`{name}` steht zwischen Bytes: sein `kind` muss \"bytes\" sein";
    at_line(line: u32, why: &Said): "line {line}: {why}" | "Zeile {line}: {why}";
    modulus_twice: "`bits` and `modulus` say the same: leave one of them out"
        | "`bits` und `modulus` sagen dasselbe: eines davon weglassen";
    no_clock: "`time` is \"device\", and the profile names no clock: add `[clock]`"
        | "`time` ist \"device\", und das Profil nennt keine Uhr: `[clock]` ergänzen";
}
