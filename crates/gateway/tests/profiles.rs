//! The profiles that ship, as the native tool reads them: against bytes from other people's documents, and against the
//! schema that editors complete profiles by.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use serde_json::Value;
use session::Profile;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn ferrule(arguments: &[&str], input: &[u8]) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ferrule"))
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ext| ext == ending)).collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// `tests/vectors/profiles/<profile>.hex` holds what such a device sends, its first line whose bytes they are;
/// `<profile>.txt` what the profile makes of it. `UPDATE=1` rewrites that.
#[test]
fn what_a_device_sends_is_read_by_its_profile() {
    let mut cases = 0;
    for hex in files("tests/vectors/profiles", "hex") {
        let text = fs::read_to_string(&hex).unwrap();
        let digits: String = text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().concat();
        let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_hexdigit).collect();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        let bytes: Vec<u8> = digits.chunks(2).map(byte).collect();
        let said = ferrule(&["decode", "--profile", &format!("profiles/{}.toml", stem(&hex))], &bytes);
        let expected = hex.with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        assert_eq!(said, fs::read_to_string(&expected).unwrap(), "{}", hex.display());
        cases += 1;
    }
    assert!(cases >= 12, "only {cases} devices have bytes to be read");
}

fn schema() -> Value {
    serde_json::from_str(&ferrule(&["schema"], b"")).unwrap()
}

#[test]
fn the_schema_in_the_documents_is_the_one_that_the_tool_prints() {
    let path = root().join("docs/profile.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, serde_json::to_string_pretty(&schema()).unwrap() + "\n").unwrap();
    }
    let kept: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(kept == schema(), "`UPDATE=1 cargo test -p gateway --test profiles` writes it anew");
}

fn accepted(schema: &Value, toml: &str) -> Result<(), String> {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("file:///profile.schema.json", schema.clone()).unwrap();
    let index = compiler.compile("file:///profile.schema.json", &mut schemas).unwrap();
    let value: Value = toml::from_str(toml).unwrap();
    schemas.validate(&value, index).map_err(|error| format!("{error:#}"))
}

#[test]
fn every_profile_that_ships_is_read_and_fits_the_schema() {
    let schema = schema();
    let profiles = [files("profiles", "toml"), files("profiles/demo", "toml")].concat();
    assert!(profiles.len() >= 29);
    for path in profiles {
        let text = fs::read_to_string(&path).unwrap();
        let profile = Profile::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!profile.about.is_empty() && !profile.tags.is_empty(), "{}", path.display());
        assert_eq!(accepted(&schema, &text), Ok(()), "{}", path.display());
    }
    let wrong = "name = 'x'\n[link]\nkind = 'serial'\nbaud = 'fast'\n[protocol]\nname = 'text'\n";
    assert!(accepted(&schema, wrong).is_err());
    assert!(accepted(&schema, &wrong.replace("'fast'", "9600").replace("baud", "baut")).is_err());
}

/// The keys that the reader knows where `qqqqqqqqqqqqqqqq` stands: it lists them.
fn known(profile: &str) -> BTreeSet<String> {
    let reason = Profile::parse(profile).unwrap_err().reason;
    let reason = reason.to_string();
    let list = reason.split_once("known: ").or_else(|| reason.split_once("one of ")).map(|(_, list)| list);
    list.unwrap_or_else(|| panic!("{reason}\n{profile}")).split(", ").map(str::to_owned).collect()
}

fn keys(schema: &Value, pointer: &str) -> BTreeSet<String> {
    let properties = schema.pointer(&format!("{pointer}/properties")).unwrap_or_else(|| panic!("{pointer}"));
    properties.as_object().unwrap().keys().cloned().collect()
}

/// Where the parts that follow each other in a list are told apart by a `const`.
fn one_of<'a>(schema: &'a Value, list: &str, key: &str, word: &str) -> &'a Value {
    let all = schema.pointer(list).unwrap().as_array().unwrap();
    let is = |one: &&Value| one.pointer(&format!("/properties/{key}/const")).is_some_and(|name| name == word);
    all.iter().find(is).unwrap_or_else(|| panic!("{list} has no {word}"))
}

#[test]
fn the_reader_and_the_schema_know_the_same_keys() {
    let schema = schema();
    let q = "qqqqqqqqqqqqqqqq = 1";
    let link = "[link]\nkind = 'demo'\n";
    let whole = |rest: &str| format!("name = 'x'\n{link}[protocol]\nname = 'json'\n{rest}\n");
    assert_eq!(known(&format!("{q}\n{}", whole(""))), keys(&schema, ""));
    for kind in ["serial", "websocket", "http", "mqtt", "demo"] {
        let text = format!("name = 'x'\n[link]\nkind = '{kind}'\n{q}\n[protocol]\nname = 'json'\n");
        assert_eq!(known(&text), keys(one_of(&schema, "/properties/link/oneOf", "kind", kind), ""), "{kind}");
    }
    for (table, pointer) in [
        (format!("[terminal]\n{q}"), "/properties/terminal"),
        (format!("[memory]\n{q}"), "/properties/memory"),
        (format!("[layout]\n{q}"), "/properties/layout"),
        (format!("[dashboard]\n{q}"), "/properties/dashboard"),
        (format!("[words]\n{q}"), "/properties/words"),
        (format!("[[fields]]\n{q}"), "/properties/fields/items"),
        (format!("[[derived]]\n{q}"), "/properties/derived/items"),
        (format!("[[topic]]\n{q}"), "/properties/topic/items"),
        (format!("[[commands]]\n{q}"), "/properties/commands/items"),
        (format!("[[commands]]\nname = 'c'\nargs = [{{ {q} }}]"), "/properties/commands/items/properties/args/items"),
        (
            format!("[[commands]]\nname = 'c'\ntext = ''\nreply = {{ {q} }}"),
            "/properties/commands/items/properties/reply",
        ),
    ] {
        assert_eq!(known(&whole(&table)), keys(&schema, pointer), "{pointer}");
    }
    let mut tile = BTreeSet::new();
    for (kind, _) in session::profile::TileKind::ALL {
        // What a tile of that kind has is looked at before what it needs.
        tile.extend(known(&whole(&format!("[[tile]]\nkind = '{kind}'\n{q}"))));
    }
    assert_eq!(tile, keys(&schema, "/properties/tile/items"));
    let speaks = |protocol: &str| format!("name = 'x'\n{link}[protocol]\n{protocol}\n");
    for protocol in codec::PROTOCOLS {
        let mut all = BTreeSet::from(["name".to_owned()]);
        for framer in codec::FRAMERS {
            all.extend(known(&speaks(&format!("name = '{}'\nframing = '{}'\n{q}", protocol.name, framer.name))));
        }
        let said = keys(one_of(&schema, "/properties/protocol/oneOf", "name", protocol.name), "");
        assert_eq!(all, said, "{}", protocol.name);
    }
    for (protocol, pointer) in [
        (format!("name = 'layout'\nmessages = [{{ {q} }}]"), "/$defs/layout_message"),
        (format!("name = 'layout'\nmessages = [{{ name = 'm', fields = [{{ {q} }}] }}]"), "/$defs/layout_field"),
        (
            format!(
                "name = 'layout'\nmessages = [{{ name = 'm', fields = [{{ name = 'f', type = 'u8', bits = [{{ {q} }}] }}] }}]"
            ),
            "/$defs/layout_field/properties/bits/items",
        ),
        (format!("name = 'postcard'\nmessages = [{{ {q} }}]"), "/$defs/postcard_message"),
    ] {
        assert_eq!(known(&speaks(&protocol)), keys(&schema, pointer), "{pointer}");
    }
}
