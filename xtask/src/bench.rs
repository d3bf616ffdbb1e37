//! `cargo xtask bench`: sets up what the benches need, then runs them beside the peers.

use crate::shell::{Failure, command, root, run, say, which};
use crate::{apt, build};

/// Runs all benches, or those named.
pub(crate) fn bench(words: &[String]) -> Result<(), Failure> {
    if which("node").is_none() || which("npm").is_none() {
        return Err("the benches need Node 20 or newer, for the peers; install node and npm, then try again".into());
    }
    apt::ensure(apt::BROWSER)?;
    let ferrule = build::gateway(&build::console()?)?;
    let folder = root().join("bench");
    if !folder.join("node_modules").is_dir() {
        say("installing the peers at the versions in bench/package-lock.json");
        run(command("npm", &["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    }
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.insert(0, "run.mjs");
    run(command("node", &words).current_dir(&folder).env("FERRULE_BIN", ferrule))
}
