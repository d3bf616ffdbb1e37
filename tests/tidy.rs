//! The invariants that no compiler checks: which way the crates depend, where the browser may be named, how large files
//! get, what stands in which table.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[path = "tidy/faults.rs"]
mod faults;
#[path = "tidy/licences.rs"]
mod licences;

/// Longest file, in lines; and the most that half of the files may have.
const LONGEST: usize = 600;
const MEDIAN: usize = 150;

/// What may stand at the top. Another entry is a decision about the house, not about a file.
const TOP: &[&str] = &[
    ".cargo",
    ".ci",
    ".gitignore",
    ".gitattributes",
    ".github",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "Trunk.toml",
    "bench",
    "clippy.toml",
    "crates",
    "docs",
    "firmware",
    "fuzz",
    "index.html",
    "profiles",
    "public",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "src",
    "style",
    "tests",
    "webdriver.json",
    "xtask",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Every file of ours below a folder with one of these endings, with its path from the root and its text.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules", "dist", "corpus", "artifacts"].contains(&name.as_str()) {
            if !name.starts_with('.') {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let from_root = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            found.push((from_root, text));
        }
    }
}

fn all_rust() -> Vec<(String, String)> {
    ["src", "crates", "xtask", "tests", "firmware", "fuzz", "bench"].iter().flat_map(|at| files(at, &[".rs"])).collect()
}

/// The text without what follows the first `#[cfg(test)]`, by convention the end of a file, and without comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn manifest(folder: &str) -> toml::Table {
    let text = std::fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    text.parse().unwrap()
}

fn dependencies(folder: &str) -> Vec<String> {
    let manifest = manifest(folder);
    manifest.get("dependencies").and_then(|table| table.as_table()).unwrap().keys().cloned().collect()
}

#[test]
fn the_crates_depend_in_one_line() {
    let ours = ["codec", "store", "raster", "transfer", "session", "sim", "gateway", "ferrule-web"];
    let line: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("codec", &[] as &[&str]),
        ("store", &["codec"]),
        // It draws pixel columns as the store makes them.
        ("raster", &["store"]),
        ("transfer", &["codec"]),
        ("session", &["codec", "store", "transfer"]),
        ("sim", &["codec"]),
        // `serve --demo` puts the simulated devices on a network.
        ("gateway", &["codec", "session", "sim"]),
    ]);
    for entry in std::fs::read_dir(root().join("crates")).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let allowed = line.get(name.as_str()).unwrap_or_else(|| panic!("crates/{name} has no place in the line"));
        for dependency in dependencies(&format!("crates/{name}")) {
            let is_ours = ours.contains(&dependency.as_str());
            assert!(!is_ours || allowed.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
            let browser = ["wasm-bindgen", "js-sys", "web-sys", "gloo", "leptos"];
            assert!(!browser.iter().any(|b| dependency.starts_with(b)), "{name} must not name the browser");
        }
    }
}

#[test]
fn the_pure_crates_take_neither_time_nor_input_nor_sides() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::io::stdin",
        "std::thread",
        "std::process",
        "std::env",
        "Instant::now",
        "SystemTime",
        "async fn",
        "async move",
        "target_arch",
        "target_family",
        "static mut",
        "thread_local!",
        "println!",
        "dbg!",
    ];
    for name in ["codec", "store", "raster", "transfer", "session"] {
        for (path, text) in files(&format!("crates/{name}/src"), &[".rs"]) {
            for word in forbidden {
                assert!(!code(&text).contains(word), "{path} has {word}");
            }
        }
    }
}

#[test]
fn the_browser_is_named_in_few_places() {
    let allowed = ["src/browser", "src/link", "src/engine", "src/worker", "src/main"];
    for (path, text) in files("src", &[".rs"]) {
        if allowed.iter().any(|place| path.starts_with(place)) {
            continue;
        }
        for word in ["web_sys::", "js_sys::", "wasm_bindgen::"] {
            assert!(!code(&text).contains(word), "{path} names {word}; give it a wrapper in src/browser/");
        }
    }
}

#[test]
fn widgets_know_nothing_of_devices() {
    for (path, text) in files("src/ui", &[".rs"]) {
        for word in ["crate::view", "crate::engine", "crate::link", "session::", "codec::", "store::"] {
            assert!(!code(&text).contains(word), "{path} names {word}");
        }
    }
}

/// S1, S2: the page's policy refuses inline style; data never becomes markup.
#[test]
fn views_write_neither_markup_nor_inline_style() {
    for (path, text) in files("src", &[".rs"]) {
        for word in ["inner_html", "set_outer_html", "insert_adjacent_html", "document.write"] {
            assert!(!code(&text).contains(word), "{path} has {word}");
        }
        let inline = code(&text).lines().find(|line| line.contains(" style=\"") || line.contains(" style={")).is_some();
        assert!(!inline, "{path} has an inline style; use style:property, a class or a token");
    }
}

/// S33: the service worker must run before any WebAssembly does; nothing else of the console is written in JavaScript.
#[test]
fn s33_one_script_is_written_by_hand_and_it_is_short() {
    let scripts: Vec<_> = ["src", "public", "style"].iter().flat_map(|at| files(at, &[".js", ".mjs", ".ts"])).collect();
    let [(path, text)] = scripts.as_slice() else { panic!("the console's scripts are {scripts:?}") };
    assert_eq!(path, "public/sw.js");
    assert!(text.lines().count() <= 300, "{path} has more than 300 lines");
    for word in ["eval(", "new Function", "importScripts", "http://", "https://"] {
        assert!(!text.contains(word), "{path} has {word}");
    }
}

/// S34: what is built is what was locked: every crate that is not of this project comes from one registry, with its hash.
#[test]
fn s34_every_dependency_is_locked_by_its_hash_and_from_one_registry() {
    const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
    for lock in
        ["Cargo.lock", "tests/e2e/Cargo.lock", "firmware/Cargo.lock", "fuzz/Cargo.lock", "bench/wasm/Cargo.lock"]
    {
        let path = root().join(lock);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{lock}: {why}"));
        let packages: Vec<&str> = text.split("[[package]]").skip(1).collect();
        assert!(packages.len() > 1, "{lock} locks nothing");
        for package in packages {
            let value = |key: &str| {
                let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
                line.map(|value| value.trim_end_matches('"'))
            };
            let name = value("name").unwrap_or_default();
            match value("source") {
                None => assert!(value("checksum").is_none(), "{lock}: {name} has a hash and no source"),
                Some(source) => {
                    assert_eq!(source, REGISTRY, "{lock}: {name} comes from elsewhere");
                    let hash = value("checksum").unwrap_or_default();
                    assert!(
                        hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()),
                        "{lock}: {name}: {hash:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn files_are_short() {
    let mut lengths: Vec<(usize, String)> =
        all_rust().into_iter().map(|(path, text)| (text.lines().count(), path)).collect();
    lengths.sort();
    let (longest, path) = lengths.last().unwrap();
    assert!(*longest <= LONGEST, "{path} has {longest} lines, at most {LONGEST} are accepted");
    let median = lengths[lengths.len() / 2].0;
    assert!(median <= MEDIAN, "half of the files have more than {median} lines");
}

#[test]
fn nothing_is_left_to_do_in_the_code() {
    let marks = ["TO", "FIX", "XX"].map(|half| {
        format!(
            "{half}{}",
            if half == "TO" {
                "DO"
            } else if half == "XX" {
                "X"
            } else {
                "ME"
            }
        )
    });
    for (path, text) in all_rust().into_iter().chain(files("style", &[".css"])) {
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{path} has a {mark}");
        }
        for word in ["todo!(", "unimplemented!("] {
            assert!(!code(&text).contains(word), "{path} has {word}");
        }
    }
}

/// Every file of a folder that defines `what` is named in the table's files by `row`, made from the file's name.
fn table_is_complete(folder: &str, table: &[&str], what: &str, row: fn(&str, &str) -> String) {
    let text: String = table.iter().map(|file| std::fs::read_to_string(root().join(file)).unwrap()).collect();
    let mut rows = 0;
    for (path, content) in files(folder, &[".rs"]) {
        let Some(at) = code(&content).find(what) else { continue };
        let after = code(&content)[at + what.len()..].to_owned();
        let stem = path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        let row = row(stem, after.trim_start());
        assert!(text.contains(&row), "{path} has no row {row} in {table:?}");
        rows += 1;
    }
    assert!(rows > 0, "no file in {folder} has {what}");
}

#[test]
fn every_framer_protocol_and_link_has_its_row() {
    let framers = ["crates/codec/src/frame/table.rs", "crates/codec/src/frame/table/read.rs"];
    table_is_complete("crates/codec/src/frame", &framers, " Framer for ", |_, after| {
        after.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned()
    });
    table_is_complete("crates/codec/src/protocol", &["crates/codec/src/protocol.rs"], "const PROTOCOL:", |stem, _| {
        format!("\n    {stem},\n")
    });
    table_is_complete("src/link", &["src/link.rs"], "const INFO:", |stem, _| format!("{stem}::INFO"));
}

#[test]
fn every_view_is_on_some_screen() {
    let views = std::fs::read_to_string(root().join("src/view.rs")).unwrap();
    let names: Vec<_> = views.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(!names.is_empty());
    for name in names {
        let own = format!("src/view/{name}");
        let used = files("src", &[".rs"])
            .iter()
            .any(|(path, text)| !path.starts_with(&own) && code(text).contains(&format!("{name}::")));
        assert!(used, "nobody shows src/view/{name}.rs");
    }
}

#[test]
fn every_protocol_has_vectors_that_name_their_source() {
    let text = std::fs::read_to_string(root().join("crates/codec/src/protocol.rs")).unwrap();
    let rows = text.split("\nprotocols! {").nth(1).and_then(|rest| rest.split('}').next()).unwrap();
    let names: Vec<&str> = rows.split(',').map(str::trim).filter(|row| !row.is_empty()).collect();
    assert!(!names.is_empty());
    for name in names {
        let folder = root().join("tests/vectors").join(name);
        let cases = std::fs::read_dir(&folder).map(|entries| entries.flatten().count()).unwrap_or(0);
        assert!(cases > 0, "{} holds no vector", folder.display());
    }
    for (path, text) in files("tests/vectors", &[".hex"]) {
        assert!(text.lines().next().is_some_and(|line| line.starts_with('#')), "{path} does not name its source");
    }
}

#[test]
fn the_top_holds_what_it_should() {
    for entry in std::fs::read_dir(root()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let built = ["target", "dist", "node_modules", ".git"].contains(&name.as_str());
        assert!(built || TOP.contains(&name.as_str()), "{name} has no place at the top");
    }
}

#[test]
fn the_architecture_stays_short() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert!(text.lines().count() <= 200, "ARCHITECTURE.md has more than 200 lines");
}
