//! What the device on the screen calls things, in the language in force: as its profile's `[words]` say, else as it does
//! itself. Only for what is read: in files, addresses and what is sent, names stay as they are.

use super::now;
use session::profile::Words;
use std::cell::RefCell;

thread_local! {
    /// Those of the session that is shown.
    static SHOWN: RefCell<Words> = RefCell::default();
}

/// The words that a profile's text has in the language in force.
#[must_use]
pub fn words_of(profile: &str) -> Words {
    Words::of(profile, now())
}

/// Puts the words of the session that is shown in force. What is on the screen already stays as it is.
pub fn put_in_force(words: Words) {
    SHOWN.set(words);
}

/// What is said for a text of the profile, or of the device.
#[must_use]
pub fn word(text: &str) -> String {
    SHOWN.with_borrow(|words| words.say(text))
}

/// The same for the name of a message: "drive#2" is a later schema of "drive", "drive derived" what is computed from it.
#[must_use]
pub fn message(name: &str) -> String {
    SHOWN.with_borrow(|words| {
        if words.is_empty() {
            return name.to_owned();
        }
        let (name, number) = name.split_once('#').map_or((name, None), |(name, number)| (name, Some(number)));
        let said = match name.strip_suffix(" derived") {
            Some(of) => super::values::derived(&words.say(of)),
            None => words.say(name),
        };
        number.map_or(said.clone(), |number| format!("{said}#{number}"))
    })
}

/// The same for a field, by its name or as `message.field`.
#[must_use]
pub fn field(name: &str) -> String {
    match name.split_once('.') {
        Some((of, field)) if of.contains([' ', '#']) => format!("{}.{}", message(of), word(field)),
        _ => word(name),
    }
}

/// A name as it can be read and pressed, where a device may have an empty one.
#[must_use]
pub fn named(name: &str) -> String {
    if name.trim().is_empty() { super::bar::no_name() } else { name }.to_owned()
}

/// The number behind a name that several sessions have, with the space before it; empty where there is none.
#[must_use]
pub fn number(name: &str) -> &str {
    let at = name.rfind(" (").filter(|_| name.ends_with(')'));
    let (_, number) = at.and_then(|at| name.split_at_checked(at)).unwrap_or_default();
    let digits = number.trim_start_matches(" (").trim_end_matches(')');
    if !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) { number } else { "" }
}

/// What a session is called, which its profile may have named.
#[must_use]
pub fn session(name: &str, profile: &str) -> String {
    if name.trim().is_empty() {
        return named(name);
    }
    let words = words_of(profile);
    let said = words.say(name);
    // One of several with that name has a number behind it.
    match name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) {
        Some((of, number)) if said == name && number.bytes().all(|digit| digit.is_ascii_digit()) => {
            format!("{} ({number})", words.say(of))
        }
        _ => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::Language;

    #[test]
    fn a_device_without_a_name_can_be_told_and_pressed() {
        assert_eq!(
            (session("", ""), session(" ", ""), named("m2")),
            ("(no name)".into(), "(no name)".into(), "m2".into())
        );
    }

    #[test]
    fn the_number_of_one_of_several_is_found() {
        assert_eq!(["Drive (2)", "Drive (spare)", "Drive", "Drive ()", "(2)"].map(number), [" (2)", "", "", "", ""]);
    }

    #[test]
    fn messages_and_fields_go_by_their_words_and_keep_their_numbers() {
        let profile = "[words.de]\ndrive = \"Antrieb\"\nspeed = \"Drehzahl\"\npower = \"Leistung\"\n";
        put_in_force(Words::of(profile, Language::German));
        assert_eq!(message("drive#2"), "Antrieb#2");
        assert_eq!(message("drive derived"), "Antrieb derived");
        assert_eq!(field("drive derived.power"), "Antrieb derived.Leistung");
        assert_eq!((field("speed"), field("drive.speed")), ("Drehzahl".into(), "Antrieb.Drehzahl".into()));
        put_in_force(Words::default());
        assert_eq!(
            (message("drive derived"), field("drive#2.speed")),
            ("drive derived".into(), "drive#2.speed".into())
        );
    }
}
