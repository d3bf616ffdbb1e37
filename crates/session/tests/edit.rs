//! Changes to a profile's text by a form, and profiles in addresses.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use proptest::prelude::*;
use session::Profile;
use session::profile::edit::{New, add, remove, set};
use session::profile::share::{MAX_SHARED, ShareError, pack, unpack, without_secrets, without_values};
use session::profile::{Outline, Written};

const TEXT: &str = r#"# A heater.
name = "Heater"    # on the plate
about = 'On a bench.'

[link]             # the wire
kind = "serial"
baud = 19_200      # as the manual says

[protocol]
name = "layout"
framing = "slip"

[[protocol.messages]]
name = "state"
fields = [
  { name = "water", type = "i16", scale = 0.1 },   # the inlet
  { name = "volt", type = "u16" },
]

# Two of them.
[[commands]]
name = "Set"
text = "SP {celsius}"
args = [{ name = "celsius", min = 5, max = 90 }]

[[commands]]
name = "Erase"
text = "ERASE"
dangerous = true   # really
"#;

fn text(text: &str) -> New {
    New::Text(text.into())
}

/// What has changed, line by line: those that are gone with `-`, those that came with `+`.
fn changes(before: &str, after: &str) -> Vec<String> {
    let gone = before.lines().filter(|line| !after.lines().any(|other| other == *line)).map(|line| format!("-{line}"));
    let came = after.lines().filter(|line| !before.lines().any(|other| other == *line)).map(|line| format!("+{line}"));
    gone.chain(came).collect()
}

#[test]
fn a_value_is_changed_and_its_comment_stays() {
    let after = set(TEXT, "link", "baud", Some(&New::Number("9600".into()))).unwrap();
    assert_eq!(
        changes(TEXT, &after),
        ["-baud = 19_200      # as the manual says", "+baud = 9600      # as the manual says"]
    );
    let after = set(TEXT, "", "about", Some(&text("\"Quoted\"\tand\u{7}\\"))).unwrap();
    assert!(after.contains(r#"about = "\"Quoted\"\tand\u0007\\""#), "{after}");
    // What hides is shown by its stand-in.
    assert_eq!(Profile::parse(&after).unwrap().about, "\"Quoted\"␉and␇\\");
}

#[test]
fn a_key_or_a_table_that_is_not_there_is_made_where_it_belongs() {
    for (table, key, value, line) in [
        ("link", "dtr", New::Truth(false), "+dtr = false"),
        ("", "tags", New::Number("[\"heat\"]".into()), "+tags = [\"heat\"]"),
        ("memory", "budget_mib", New::Number("64".into()), "+budget_mib = 64"),
        ("commands[1]", "message", text("x"), "+message = \"x\""),
    ] {
        let after = set(TEXT, table, key, Some(&value)).unwrap();
        let changed = changes(TEXT, &after);
        assert!(changed.contains(&line.to_owned()) && changed.iter().all(|line| line.starts_with('+')), "{changed:?}");
        let path = if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
        assert!(Outline::read(&after).unwrap().get(&path).is_some(), "{path}");
    }
    let after = set(TEXT, "commands[0].args[0]", "unit", Some(&text("Cel"))).unwrap();
    assert!(after.contains(r#"args = [{ name = "celsius", min = 5, max = 90, unit = "Cel" }]"#), "{after}");
    let after = set(TEXT, "protocol.messages[0].fields[1]", "scale", Some(&New::Number("0.01".into()))).unwrap();
    assert!(after.contains(r#"  { name = "volt", type = "u16", scale = 0.01 },"#), "{after}");
    let after = set(TEXT, "commands[0].reply", "contains", Some(&text("OK"))).unwrap();
    assert!(after.contains("reply = { contains = \"OK\" }\n\n[[commands]]"), "{after}");
}

#[test]
fn a_table_that_has_nothing_left_goes() {
    let clock = "# How it counts.\n[clock]\nbits = 32\n";
    let text = format!("{TEXT}\n{clock}");
    assert_eq!(set(&text, "clock", "bits", None).unwrap(), format!("{TEXT}\n# How it counts.\n"));
    let two = format!("{text}field = \"t\"\n");
    assert_eq!(set(&two, "clock", "bits", None).unwrap(), two.replace("bits = 32\n", ""));
    // An item of a list stays where it is.
    let list = format!("{TEXT}\n[[macros]]\nname = \"m\"\n");
    assert_eq!(set(&list, "macros[0]", "name", None).unwrap(), format!("{TEXT}\n[[macros]]\n"));
}

#[test]
fn what_is_taken_away_takes_nothing_along() {
    let after = set(TEXT, "commands[1]", "dangerous", None).unwrap();
    assert_eq!(changes(TEXT, &after), ["-dangerous = true   # really"]);
    let after = set(TEXT, "protocol.messages[0].fields[0]", "scale", None).unwrap();
    assert!(after.contains(r#"{ name = "water", type = "i16" },   # the inlet"#), "{after}");
    assert_eq!(set(TEXT, "link", "rts", None).unwrap(), TEXT);
}

#[test]
fn items_of_lists_are_added_and_removed() {
    let fields = "protocol.messages[0].fields";
    let after = add(TEXT, fields, &[("name", text("amp")), ("type", text("u8"))]).unwrap();
    assert!(
        after.contains("  { name = \"volt\", type = \"u16\" },\n  { name = \"amp\", type = \"u8\" },\n]"),
        "{after}"
    );
    let after = remove(&after, fields, 0).unwrap();
    assert!(!after.contains("inlet") && after.contains("  { name = \"volt\""), "{after}");
    let after = add(TEXT, "commands", &[("name", text("Read")), ("text", text("?"))]).unwrap();
    assert!(after.ends_with("dangerous = true   # really\n\n[[commands]]\nname = \"Read\"\ntext = \"?\"\n"), "{after}");
    assert_eq!(remove(&after, "commands", 2).unwrap(), TEXT);
    let after = remove(TEXT, "commands", 0).unwrap();
    assert!(Profile::parse(&after).is_ok_and(|profile| profile.commands.len() == 1), "{after}");
    let after = add(TEXT, "fields", &[("name", text("volt")), ("unit", text("V"))]).unwrap();
    assert_eq!(Profile::parse(&after).unwrap().unit("state", "volt"), Some("V"));
    let after = remove(TEXT, "commands[0].args", 0).unwrap();
    assert!(after.contains("args = []"), "{after}");
    let after = add(&after, "commands[0].args", &[("name", text("celsius"))]).unwrap();
    assert!(after.contains(r#"args = [{ name = "celsius" }]"#), "{after}");
    let after = add(TEXT, "commands[1].args", &[("name", text("x"))]).unwrap();
    assert!(after.contains(r#"args = [{ name = "x" }]"#), "{after}");
}

#[test]
fn what_only_the_text_can_change_is_left_to_it() {
    for (source, table, key) in [("link.kind = \"serial\"\n", "link", "baud"), ("[a.b]\nc = 1\n", "a", "d")] {
        let refused = set(source, table, key, Some(&New::Number("1".into()))).unwrap_err().to_string();
        assert!(refused.contains("only the text can change"), "{refused}");
    }
    assert!(set("name = ", "link", "baud", None).unwrap_err().to_string().starts_with("line 1: this is not TOML"));
}

proptest! {
    /// Whatever a form writes is what a form reads then, and everything else is what it was.
    #[test]
    fn what_is_written_is_read(value in ".{0,40}", place in 0usize..6) {
        let (table, key) = [("", "name"), ("link", "kind"), ("commands[0]", "text"), ("commands[1]", "about"),
            ("protocol.messages[0].fields[0]", "unit"), ("commands[0].args[0]", "name")][place];
        let after = set(TEXT, table, key, Some(&text(&value))).unwrap();
        let path = if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
        let outline = Outline::read(&after).unwrap();
        prop_assert_eq!(&outline.get(&path).unwrap().value, &Written::Text(value));
        let others = |outline: &Outline| -> Vec<_> {
            let all = outline.entries().iter().filter(|entry| entry.path != path);
            all.map(|entry| (entry.path.clone(), entry.value.clone())).collect()
        };
        prop_assert_eq!(others(&outline), others(&Outline::read(TEXT).unwrap()));
    }

    /// No address, whatever is in it, does more than be refused (S29, S36).
    #[test]
    fn s36_any_address_is_read_or_refused(packed in "[A-Za-z0-9_-]{0,200}") {
        if let Ok(text) = unpack(&packed) {
            prop_assert!(text.len() <= MAX_SHARED);
        }
    }
}

#[test]
fn s29_s36_a_profile_goes_into_an_address_and_out_again_within_bounds() {
    let packed = pack(TEXT).unwrap();
    assert!(packed.len() < TEXT.len() && packed.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
    assert_eq!(unpack(&packed).as_deref(), Ok(TEXT));
    // As it comes out of a sentence, and out of a line that was broken.
    for sent in [format!("{packed}."), format!("{packed}>)"), format!("{}\r\n {}", &packed[..40], &packed[40..])] {
        assert_eq!(unpack(&sent).as_deref(), Ok(TEXT), "{sent:?}");
    }
    assert_eq!(pack(&"x".repeat(MAX_SHARED + 1)), Err(ShareError::TooLong));
    // Made by zlib 1.2.13 as raw DEFLATE at level 9: 64 KiB of `#`, and one more.
    let hashes = |begin: &str, zeros: usize, end: &str| unpack(&format!("{begin}{}{end}", "A".repeat(zeros)));
    assert_eq!(hashes("7cGBAAAAAIAgmP0dF6kK", 84, "ag"), Ok("#".repeat(MAX_SHARED)));
    assert_eq!(hashes("7cGBAAAAAMMgmPk7_iBVAQ", 82, "wA0"), Err(ShareError::TooLong));
    for (broken, why) in [
        ("", ShareError::Broken),
        ("!", ShareError::Broken),
        ("AAAA", ShareError::Broken),
        (&packed[..packed.len() / 2], ShareError::Broken),
    ] {
        assert_eq!(unpack(broken), Err(why), "{broken:?}");
    }
    assert_eq!(unpack(&"A".repeat(1 << 18)), Err(ShareError::TooLong));
}

#[test]
fn s35_what_is_secret_by_its_name_is_not_kept_and_all_else_is() {
    let http = "name = \"x\"\n[link]\nkind = \"http\" # c\nurl = \"https://u:p@host:81/a?cmnd=on&token=hush\"\n\
                headers = { Authorization = \"Bearer hush\", Accept = \"a/b\" }\n[protocol]\nname = \"json\"\n";
    let kept = without_values(http).unwrap();
    assert!(kept.contains("url = \"https://host:81/a?cmnd=on&token=\"\n") && kept.contains("# c"), "{kept}");
    assert!(
        kept.contains("Authorization = \"\"") && kept.contains("Accept = \"a/b\"") && !kept.contains("hush"),
        "{kept}"
    );
    assert_eq!(without_values(&kept), Ok(kept.clone()));
    assert_eq!(without_values(TEXT), Ok(TEXT.to_owned()));
}

#[test]
fn s35_what_may_be_secret_in_an_address_is_not_shared() {
    let http = "name = \"x\"\n[link]\nkind = \"http\" # c\nurl = \"https://u:p@host:81/a/b?token=hush#x\"\n\
                command_url = \"http://host/c\"\n[protocol]\nname = \"json\"\n";
    let (bare, any) = without_secrets(http).unwrap();
    assert!(any && bare.contains("url = \"https://host:81/a/b\"\n"), "{bare}");
    assert!(bare.contains("command_url = \"http://host/c\"\n") && bare.contains("# c"), "{bare}");
    assert_eq!(without_secrets(TEXT), Ok((TEXT.to_owned(), false)));
}

#[test]
fn text_of_many_lines_is_written_line_by_line_and_read_again() {
    for steps in ["send a\nwait 5 ms\n", "text \\x41\tb\n", "send it's\n", "'''", "a'", "\r\n", ""] {
        let written = set(TEXT, "commands[0]", "about", Some(&New::Lines(steps.into()))).unwrap();
        assert_eq!(Outline::read(&written).unwrap().shown("commands[0].about"), steps, "{written}");
    }
    let written = set(TEXT, "", "steps", Some(&New::Lines("send a\nwait 5 ms\n".into()))).unwrap();
    assert!(written.contains("steps = '''\nsend a\nwait 5 ms\n'''\n"), "{written}");
}

#[test]
fn the_place_of_a_mistake_is_the_value_the_key_or_the_table() {
    let place = |text: &str| {
        let mistake = Profile::parse(text).unwrap_err();
        Outline::read(text).unwrap().place(&mistake)
    };
    let at = |from: &str, to: &str| place(&TEXT.replacen(from, to, 1));
    assert_eq!(at("19_200", "\"fast\"").as_deref(), Some("link.baud"));
    assert_eq!(at("baud = ", "boud = ").as_deref(), Some("link.boud"));
    assert_eq!(at("min = 5", "min = 500").as_deref(), Some("commands[0].args[0].min"));
    assert_eq!(at("type = \"u16\"", "type = \"u17\"").as_deref(), Some("protocol.messages[0].fields[1].type"));
    assert_eq!(at("name = \"Erase\"\n", "").as_deref(), Some("commands[1].name"));
    assert_eq!(at("name = \"Heater\"", "title = \"Heater\"").as_deref(), Some("title"));
    let tile = format!("{TEXT}[[tile]]\nkind = \"gauge\"\nmin = 0\nmax = 1\n");
    assert_eq!(place(&tile).as_deref(), Some("tile[0].field"));
    let plot = format!("{TEXT}[layout]\nplot = [\"water\", \"wine\"]\n");
    assert_eq!(place(&plot).as_deref(), Some("layout.plot[1]"));
}

const LAYOUT: &str = "name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"layout\"\ndiscriminator = \"u8\"\n\
                      [[protocol.messages]]\nname = \"a\"\nid = 1\nfields = [{ name = \"value\", type = \"u8\" }]\n";

#[test]
fn what_is_missing_is_a_mistake_at_its_own_key_and_is_said_there_without_the_way_to_it() {
    let added = |more: &str| format!("{LAYOUT}{more}");
    let one = "[[protocol.messages]]\nfields = [{ name = \"value\", type = \"u8\" }]\n";
    for (text, place, said) in [
        (added(&format!("{one}name = \"new\"\n")), "protocol.messages[1].id", "a message needs an id"),
        (added(&format!("{one}id = 2\n")), "protocol.messages[1].name", "a message needs a name"),
        (added(&format!("{one}id = 2\nname = \"\"\n")), "protocol.messages[1].name", "a message needs a name"),
        (added(&one.replace("messages", "commands")), "protocol.commands[0].name", "a message needs a name"),
        (added("[[protocol.header]]\nname = \"h\"\ntype = \"u7\"\n"), "protocol.header[0].type", "unknown type \"u7\""),
        (
            added(&format!("{one}id = 2\nname = \"new\"\n"))
                .replace("discriminator = \"u8\"\n", "")
                .replace("id = 1\n", ""),
            "protocol.discriminator",
            "several messages need one",
        ),
        (added("[[commands]]\ntext = \"\"\n"), "commands[0].name", "this must be said"),
        (added("[[commands]]\nname = \"\"\ntext = \"\"\n"), "commands[0].name", "`name` must not be empty"),
        (added("[[macros]]\nname = \"m\"\n"), "macros[0].steps", "this must be said"),
        (LAYOUT.replace("kind = \"serial\"", "baud = 9600"), "link.kind", "this must be said"),
    ] {
        let mistake = Profile::parse(&text).unwrap_err();
        let there = Outline::read(&text).unwrap().place(&mistake);
        assert_eq!(there.as_deref(), Some(place), "{mistake} in {text}");
        assert!(mistake.at_its_place().to_string().starts_with(said), "{}", mistake.at_its_place());
    }
}

#[test]
fn a_key_of_any_characters_is_written_and_taken_away_again() {
    let text = |text: &str| Some(New::Text(text.into()));
    let mut made = set(TEXT, "words.de", "speed", text("Drehzahl").as_ref()).unwrap();
    assert!(made.starts_with(TEXT.trim_end()) && made.ends_with("\n[words.de]\nspeed = \"Drehzahl\"\n"), "{made}");
    for key in ["Motor drive", "one. Two \"three\".", "größe", ""] {
        let before = made.clone();
        made = set(&made, "words.de", key, text("Wort").as_ref()).unwrap();
        assert_eq!(Outline::read(&made).unwrap().shown(&format!("words.de.{key}")), "Wort", "{made}");
        assert_eq!(set(&made, "words.de", key, None).unwrap(), before);
    }
    assert_eq!(
        set(&set(TEXT, "words.de", "a", text("b").as_ref()).unwrap(), "words.de", "a", None).unwrap().trim_end(),
        TEXT.trim_end()
    );
}
