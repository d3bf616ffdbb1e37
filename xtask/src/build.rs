//! The console in release: trunk builds page and worker into dist/.

use crate::shell::{Failure, cargo, command, root, run, say, target};
use crate::{release, tools};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What goes into the console.
const SOURCES: &[&str] =
    &["Cargo.lock", "Cargo.toml", "index.html", "src", "crates", "style", "public", "profiles", "docs/screens"];

/// Builds the console and returns the folder.
pub(crate) fn console() -> Result<PathBuf, Failure> {
    tools::web()?;
    let dist = root().join("dist");
    let build = build_id(&root());
    say(&format!("building the console in release (build {build})"));
    let begun = Instant::now();
    run(command("trunk", &["build", "--release"])
        // Page and worker both carry it, so that a stale one of the two is recognised.
        .env("FERRULE_BUILD", &build)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // trunk reads this as a boolean and stumbles over the usual "1".
        .env_remove("NO_COLOR"))?;
    release::compress(&dist)?;
    say(&format!("the console is in dist/ after {} s", begun.elapsed().as_secs()));
    Ok(dist)
}

/// Builds the native tool with a built console inside, and returns its path.
pub(crate) fn gateway(dist: &Path) -> Result<PathBuf, Failure> {
    say("building the native tool, with the console inside");
    run(cargo(&["build", "--profile", "native", "--quiet", "--package", "gateway", "--bin", "ferrule"])
        .env("FERRULE_EMBED", dist))?;
    Ok(target().join("native").join("ferrule"))
}

/// Names one state of the sources: 16 hex digits, FNV-1a of every file's path and content.
fn build_id(root: &Path) -> String {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(&root.join(source), &mut files);
    }
    files.sort();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for file in files {
        take(file.strip_prefix(root).unwrap_or(&file).to_string_lossy().as_bytes());
        take(&std::fs::read(&file).unwrap_or_default());
    }
    format!("{hash:016x}")
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.to_owned());
        return;
    }
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        collect(&entry.path(), files);
    }
}
