//! What a session says in German: never English beside it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use session::script::Script;
use session::transfer::{File, Protocol};
use session::wire::Event;
use session::{CloseKind, Input, Language, LineError, Output, Profile};

const PAIRS: &str = "name = \"pairs\"";

/// A bench whose session speaks German.
fn german(rest: &str) -> Bench {
    let mut bench = Bench::new(&profile(SERIAL, PAIRS, rest));
    bench.session.set_language(Language::German);
    bench
}

fn refused(outputs: &[Output]) -> &str {
    let [Output::Event(Event::Refused { why, .. })] = outputs else { panic!("{outputs:?}") };
    why
}

#[test]
fn refusals_are_in_the_language_that_was_set() {
    let mut bench = german("[[commands]]\nname = \"Set\"\ntext = \"s {to}\"\nargs = [{ name = \"to\", max = 3 }]\n");
    let closed = "Nichts gesendet: Die Verbindung ist geschlossen. Wieder verbinden, dann senden.";
    assert_eq!(refused(&bench.input(Input::Send { bytes: b"x\n", wrap: false })), closed);
    let file = File { name: "a".into(), bytes: vec![1], modified: None };
    let send = Input::SendFiles { protocol: Protocol::Zmodem, files: vec![file] };
    let begun = "Die Übertragung wurde nicht begonnen: Die Verbindung ist nicht offen. Verbinden, dann beginnen.";
    assert_eq!(refused(&bench.input(send)), begun);
    bench.input(Input::Open);
    bench.input(Input::Opened);
    let args = [session::query::Cell::F64(4.0)];
    let command = Input::Command { name: "Set", args: &args };
    assert_eq!(refused(&bench.input(command)), "Set: to darf höchstens 3 sein");
    bench.session.set_language(Language::English);
    let command = Input::Command { name: "Set", args: &args };
    assert_eq!(refused(&bench.input(command)), "Set: to must be at most 3", "it can be changed at any time");
}

#[test]
fn marks_and_hints_are_in_the_language_that_was_set() {
    let mut bench = german("");
    bench.input(Input::Open);
    bench.input(Input::Opened);
    for _ in 0..4 {
        bench.input(Input::LineError(LineError::Framing));
    }
    assert_eq!(
        bench.status().hint.as_deref(),
        Some("Immer wieder Rahmen- oder Paritätsfehler: Stimmen Baudrate und Parität?")
    );
    bench.closed(CloseKind::Lost, "Das Kabel ist ab.");
    let lines = bench.lines();
    let said = |text: &str| lines.iter().any(|(_, line)| line.contains(text));
    assert!(said("Rahmenfehler auf der Leitung") && said("Verbindung verloren: Das Kabel ist ab."), "{lines:?}");
}

#[test]
fn mistakes_are_known_in_both_languages_at_once() {
    let text = "name = \"x\"\n[link]\nkind = \"serial\"\nbaut = 9600\n[protocol]\nname = \"text\"\n";
    let error = Profile::parse(text).unwrap_err();
    assert_eq!(error.reason.say(Language::English), "[link] has no key `baut`; did you mean `baud`?");
    assert_eq!(error.reason.say(Language::German), "[link] hat keinen Schlüssel `baut`; ist `baud` gemeint?");
    assert_eq!(error.said().say(Language::German), "Zeile 4: [link] hat keinen Schlüssel `baut`; ist `baud` gemeint?");
    let error = Profile::parse(&text.replace("baut = 9600", "baud = true")).unwrap_err();
    let german = "`baud` muss eine ganze Zahl von 1 bis 4294967295 sein, nicht true";
    assert_eq!(error.reason.say(Language::German), german);
    let error = Script::parse("wait soon").unwrap_err();
    let german = "eine Zeit wird als 200 ms oder 2 s geschrieben, von 1 ms bis zu einer Stunde, nicht „soon“";
    assert_eq!(error.reason.say(Language::German), german);
}

#[test]
fn what_the_codec_refuses_is_known_in_both_languages() {
    let said = |protocol: &str| {
        let text = format!("name = \"x\"\n[link]\nkind = \"demo\"\n[protocol]\n{protocol}\n");
        let reason = Profile::parse(&text).unwrap_err().reason;
        (reason.say(Language::English).to_owned(), reason.say(Language::German).to_owned())
    };
    let pair = |english: &str, german: &str| (english.to_owned(), german.to_owned());
    assert_eq!(
        said("name = \"text\"\nframing = \"length\"\nlength_bytes = 9"),
        pair("length_bytes: must be 1 to 4, not 9", "length_bytes: muss 1 bis 4 sein, nicht 9")
    );
    assert_eq!(
        said("name = \"layout\"\nmessages = [{ name = \"m\", fields = [{ name = \"f\", type = \"u9\" }] }]"),
        pair(
            "messages[0].fields[0].type: unknown type \"u9\"; did you mean \"u8\"?",
            "messages[0].fields[0].type: unbekannter Typ „u9“; ist „u8“ gemeint?"
        )
    );
    assert_eq!(
        said("name = \"text\"\ndelimiter = \"\""),
        pair(
            "delimiter: \"\" is not 1 to 8 bytes; write \"auto\", \"lf\", \";\", \"\\\\r\\\\n\" or \"0x0d0a\"",
            "delimiter: „“ ist nicht 1 bis 8 Bytes lang; zu schreiben ist \"auto\", \"lf\", \";\", \"\\\\r\\\\n\" oder \"0x0d0a\""
        )
    );
    assert_eq!(
        said("name = \"layout\""),
        pair(
            "messages: at least one message must be declared",
            "messages: mindestens eine Nachricht muss deklariert sein"
        )
    );
}
