//! Why a topic or a filter is none.

use super::messages;

messages! {
    empty: "a topic has at least one character" | "ein Topic hat mindestens ein Zeichen";
    too_long(most: usize): "a topic has at most {most} bytes" | "ein Topic hat höchstens {most} Bytes";
    nul: "a topic has no character NUL in it" | "in einem Topic steht kein NUL-Zeichen";
    share(given: &str): "a shared subscription is $share/NAME/FILTER, not \"{given}\""
        | "ein geteiltes Abonnement ist $share/NAME/FILTER, nicht „{given}“";
    rest_not_last(given: &str): "# stands for the last levels, so nothing follows it: \"{given}\""
        | "# steht für die letzten Ebenen, danach kommt nichts: „{given}“";
    part_of_level(given: &str): "+ and # stand for a whole level each, between two slashes: \"{given}\""
        | "+ und # stehen für je eine ganze Ebene, zwischen zwei Schrägstrichen: „{given}“";
    unknown_level(given: &str): "a level in braces is {{device}}, and others by name only beside it, not \"{given}\""
        | "eine Ebene in Klammern ist {{device}}, andere mit Namen nur daneben, nicht „{given}“";
    level_twice(level: &str, given: &str): "two levels are {level}: \"{given}\"" | "zwei Ebenen sind {level}: „{given}“";
    two_devices(given: &str): "one level at most is {{device}}: \"{given}\""
        | "höchstens eine Ebene ist {{device}}: „{given}“";
    no_device(given: &str): "one level of this topic must be {{device}}: \"{given}\""
        | "eine Ebene dieses Topics muss {{device}} sein: „{given}“";
    levels(most: usize): "a filter has at most {most} levels" | "ein Filter hat höchstens {most} Ebenen";
    wildcard(given: &str): "a message goes to one topic, without + and #: \"{given}\""
        | "eine Nachricht geht an ein Topic, ohne + und #: „{given}“";
    qos(given: i64): "qos is 0, 1 or 2, not {given}" | "qos ist 0, 1 oder 2, nicht {given}";
    none: "an MQTT link needs topics: a list like [\"meters/7/#\"]"
        | "eine MQTT-Verbindung braucht topics: eine Liste wie [\"meters/7/#\"]";
    twice(given: &str): "the filter \"{given}\" is there twice" | "den Filter „{given}“ gibt es zweimal";
}
