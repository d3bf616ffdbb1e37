//! S34: what is built of others may be given on with this project: by the licence that each crate names, as `cargo metadata`
//! says. Known weaknesses are not looked for here, since that needs a list from the network: docs/faults.md says when.

use std::collections::BTreeMap;
use std::process::Command;

/// Licences that ask for no more than to be named and kept, and one (MPL-2.0) that asks for the source of the crate itself.
const GOOD: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that may be there in several versions at most. More is a reason to look, not to despair.
const TWICE: usize = 28;

/// Whether an expression (SPDX; with `/` as crates wrote it once) can be met by good licences.
fn good(expression: &str) -> bool {
    let text = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut at = 0;
    let met = any(&words, &mut at);
    met && at == words.len()
}

fn any(words: &[&str], at: &mut usize) -> bool {
    let mut met = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at);
    }
    met
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut met = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at);
    }
    met
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let met = any(words, at);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return GOOD.contains(&format!("{word} WITH {exception}").as_str());
    }
    GOOD.contains(word)
}

#[test]
fn an_expression_is_met_or_not() {
    for met in ["MIT", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "(MIT OR GPL-3.0-only) AND Unicode-3.0"] {
        assert!(good(met), "{met}");
    }
    for not in
        ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT OR ISC) AND LGPL-2.1", "Apache-2.0 WITH other", "MIT MIT"]
    {
        assert!(!good(not), "{not}");
    }
}

/// What cargo knows of every crate of a lock file; `None` where the network would be needed for it.
fn metadata(folder: &str) -> Option<serde_json::Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let ask = |offline: &[&str]| {
        let manifest = super::root().join(folder).join("Cargo.toml");
        let mut command = Command::new(&cargo);
        command
            .args(["metadata", "--format-version", "1", "--locked"])
            .args(offline)
            .arg("--manifest-path")
            .arg(manifest);
        let output = command.output().ok().filter(|output| output.status.success())?;
        serde_json::from_slice(&output.stdout).ok()
    };
    ask(&["--offline"]).or_else(|| ask(&[]))
}

/// S34: no crate comes under terms that this project does not pass on.
#[test]
fn s34_every_crate_has_a_licence_that_can_be_passed_on_and_few_are_there_twice() {
    for folder in ["", "tests/e2e", "firmware"] {
        let Some(known) = metadata(folder) else {
            eprintln!("{folder:?}: cargo could not fetch every crate, so their licences were not looked at");
            continue;
        };
        let packages = known["packages"].as_array().cloned().unwrap_or_default();
        let others = packages.iter().filter(|package| !package["source"].is_null());
        let mut versions = BTreeMap::<&str, usize>::new();
        let mut bad = Vec::new();
        for package in others {
            let name = package["name"].as_str().unwrap_or_default();
            *versions.entry(name).or_default() += 1;
            let licence = package["license"].as_str().unwrap_or_default();
            if !good(licence) {
                bad.push(format!("{name}: {licence:?}"));
            }
        }
        assert!(versions.len() > 10, "{folder:?} is built of {} crates only", versions.len());
        assert!(bad.is_empty(), "{folder:?}: licences that are not in the list: {bad:#?}");
        let twice: Vec<_> = versions.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.len() <= TWICE, "{folder:?}: crates in several versions: {twice:?}");
    }
}
