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
fn words_for_what_the_profile_does_not_say_are_refused() {
    let refused = |words: &str| Profile::parse(&with(words)).unwrap_err();
    let error = refused("[words.de]\nflow = \"Durchfluss\"\nStat = \"Los\"\n");
    let english = "[words] has `Stat`, and the profile nowhere says that; did you mean `Start`?";
    assert_eq!((error.line, error.reason.say(Language::English)), (13, english));
    let german = "[words] hat `Stat`, und das steht nirgends im Profil; ist `Start` gemeint?";
    assert_eq!(error.reason.say(Language::German), german);
    assert_eq!(refused("[words.fr]\nflow = \"débit\"\n").reason.to_string(), "[words] has no key `fr`; known: en, de");
    assert_eq!(refused("[words.de]\nflow = 3\n").reason.to_string(), "`flow` must be text, not 3");
    assert_eq!(refused("[words.de]\nflow = \"\"\n").reason.to_string(), "`flow` must not be empty");
    // A word may not be vouched for by another language's table.
    assert!(Profile::parse(&with("[words.en]\nflow = \"Fluss\"\n[words.de]\nFluss = \"x\"\n")).is_err());
}

#[test]
fn where_fields_are_found_in_the_data_any_may_be_named() {
    let text =
        "name = \"x\"\n[link]\nkind = \"demo\"\n[protocol]\nname = \"json\"\n[words.de]\ntemp = \"Temperatur\"\n";
    assert!(Profile::parse(text).is_ok());
}

#[test]
fn a_word_that_hides_something_has_stand_ins() {
    let text = with("[words.de]\nPump = \"\\u202EePmuP\"\n");
    assert!(!Words::of(&text, Language::German).say("Pump").contains('\u{202e}'));
}
