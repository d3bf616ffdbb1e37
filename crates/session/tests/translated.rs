//! A profile's words in another language.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use session::profile::Words;
use session::{Language, Profile};

const HEAD: &str = "name = \"Pump\"\nabout = \"A pump.\"\n[link]\nkind = \"demo\"\n[protocol]\nname = \"layout\"\n\
    messages = [{ name = \"state\", fields = [{ name = \"flow\", type = \"u8\", enum = [\"off\", \"on\"] }] }]\n\
    [[commands]]\nname = \"Start\"\ntext = \"start\"\n";

fn with(words: &str) -> String {
    format!("{HEAD}{words}")
}

#[test]
fn what_a_profile_says_is_said_in_the_language_it_has_words_in() {
    let text =
        with("[words.de]\nPump = \"Pumpe\"\n\"A pump.\" = \"Eine Pumpe.\"\nflow = \"Durchfluss\"\noff = \"aus\"\n");
    let profile = Profile::parse(&text).unwrap();
    let german = Words::of(&text, Language::German);
    let said = ["Pump", "A pump.", "flow", "state.flow", "off", "Start", "Pump A"].map(|word| german.say(word));
    assert_eq!(said, ["Pumpe", "Eine Pumpe.", "Durchfluss", "state.Durchfluss", "aus", "Start", "Pump A"]);
    assert!(Words::of(&text, Language::English).is_empty());
    // What machines go by is as it was.
    assert_eq!((profile.name.as_str(), profile.commands[0].name.as_str()), ("Pump", "Start"));
    assert_eq!(profile.to_toml(), text, "the text is kept as it was read");
}

#[test]
fn every_way_toml_has_to_write_the_table_will_do() {
    for table in [
        "[words]\nde = { Pump = \"Pumpe\" }\n",
        "[words.de]\nPump = \"\"\"\nPum\\\n[pe\"\"\"\n",
        "[words]\n[words.en]\nPump = \"P\"\n[words.de] # German\nPump = \"Pumpe\"\n[memory]\nbudget_mib = 4\n",
    ] {
        let text = with(table);
        assert!(Profile::parse(&text).is_ok(), "{text}");
        assert!(Words::of(&text, Language::German).say("Pump").starts_with("Pum"), "{text}");
        assert_ne!(Words::of(&text, Language::German).say("Pump"), "Pump", "{text}");
    }
    let first = format!("words = {{ de = {{ Pump = \"Pumpe\" }} }}\n{HEAD}");
    assert_eq!(Words::of(&first, Language::German).say("Pump"), "Pumpe");
}

#[test]
fn what_cannot_be_a_word_is_refused() {
    let refused = |words: &str| Profile::parse(&with(words)).unwrap_err();
    let error = refused("[words.de]\nflow = \"Durchfluss\"\nStart = 3\n");
    assert_eq!((error.line, error.reason.say(Language::English)), (13, "`Start` must be text, not 3"));
    assert_eq!(refused("[words.fr]\nflow = \"débit\"\n").reason.to_string(), "[words] has no key `fr`; known: en, de");
    assert_eq!(refused("[words.de]\nflow = \"\"\n").reason.to_string(), "`flow` must not be empty");
}

/// Whoever gives a thing another name need not do it in two places.
#[test]
fn a_word_for_what_is_called_otherwise_by_now_is_left_alone() {
    let text = with("[words.de]\nPump = \"Pumpe\"\n").replacen("name = \"Pump\"", "name = \"Pump 2\"", 1);
    assert!(Profile::parse(&text).is_ok());
    assert_eq!(Words::of(&text, Language::German).say("Pump 2"), "Pump 2");
}

/// The terminal shows a log's level as the device says it: the same word stands in its values.
#[test]
fn a_level_is_called_the_same_in_values_and_in_the_terminal() {
    for name in ["demo", "firmware"] {
        let path = format!("{}/../../profiles/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let german = Words::of(&std::fs::read_to_string(path).unwrap(), Language::German);
        assert!(!german.is_empty());
        assert_eq!(["info", "warning", "error"].map(|level| german.say(level)), ["info", "warning", "error"], "{name}");
    }
}

/// The profiles that ship have no word too many.
#[test]
fn shipped_profiles_say_all_that_they_have_words_for() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../profiles");
    let mut words = 0;
    let files = |folder: &str| std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect::<Vec<_>>();
    for path in files(folder).into_iter().chain(files(&format!("{folder}/demo"))) {
        if path.is_dir() {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let said = text.split("[words").next().unwrap();
        // Where fields are found in the data, or are those of the protocol itself, any may be named.
        let any = ["json", "pairs", "teleplot", "nmea"].iter().any(|name| said.contains(&format!("name = \"{name}\"")));
        for (key, _) in Words::of(&text, Language::German).iter() {
            assert!(any || said.contains(key.as_str()), "{}: nothing is called `{key}`", path.display());
            words += 1;
        }
    }
    assert!(words > 200, "{words} words");
}

#[test]
fn a_word_that_hides_something_has_stand_ins() {
    let text = with("[words.de]\nPump = \"\\u202EePmuP\"\n");
    assert!(!Words::of(&text, Language::German).say("Pump").contains('\u{202e}'));
}
