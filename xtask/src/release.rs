//! What makes the files of a build one release: `release.json`, which the service worker keeps it by, and the files as a
//! server sends them.

use crate::shell::Failure;
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Names the release; the service worker reads it anew each time, so it is never kept.
const LIST: &str = "release.json";

/// The service worker. The browser keeps it by its own rules.
const WORKER: &str = "sw.js";

/// What a release starts and works without: shown by a browser that offers to install it.
const APART: &[&str] = &["screens/"];

/// Called by trunk after a build, with the folder it has built into in its environment.
pub(crate) fn after_trunk() -> Result<(), Failure> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").ok_or("TRUNK_STAGING_DIR is not set: trunk calls this")?;
    let folder = PathBuf::from(folder);
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        list(&folder)
    } else {
        // A page that is built anew with every change must not be answered from a copy.
        std::fs::remove_file(folder.join(WORKER)).map_err(|why| format!("{WORKER}: {why}"))
    }
}

/// Writes `release.json` into a built console.
fn list(dist: &Path) -> Result<(), Failure> {
    let mut files = BTreeMap::new();
    for (path, file) in all(dist)? {
        let apart = [LIST, WORKER].contains(&path.as_str()) || APART.iter().any(|folder| path.starts_with(folder));
        if !apart && !is_compressed(&path) {
            let bytes = std::fs::read(&file).map_err(|why| format!("{path}: {why}"))?;
            // The page goes by the folder's own address: a server may lead from its name to that.
            let path = if path == "index.html" { String::new() } else { path };
            files.insert(path, STANDARD.encode(Sha256::digest(bytes)));
        }
    }
    let build = std::env::var("FERRULE_BUILD").unwrap_or_default();
    std::fs::write(dist.join(LIST), written(&files, &build)).map_err(|why| format!("{LIST}: {why}"))
}

/// The text of `release.json`. Paths and builds of ours need no escapes.
fn written(files: &BTreeMap<String, String>, build: &str) -> String {
    let lines: Vec<String> = files.iter().map(|(path, hash)| format!("    \"{path}\": \"{hash}\"")).collect();
    let lines = lines.join(",\n");
    let identity: String = Sha256::digest(&lines).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{{\n  \"release\": \"{identity}\",\n  \"build\": \"{build}\",\n  \"files\": {{\n{lines}\n  }}\n}}\n")
}

/// Writes what is text or code a second and a third time, as a server sends it to a browser that takes it so.
pub(crate) fn compress(dist: &Path) -> Result<(), Failure> {
    let gains = |path: &str| {
        [".html", ".js", ".css", ".wasm", ".svg", ".json", ".webmanifest"].iter().any(|ending| path.ends_with(ending))
    };
    for (path, file) in all(dist)?.into_iter().filter(|(path, _)| gains(path)) {
        let failed = |why: std::io::Error| format!("{path}: {why}");
        let bytes = std::fs::read(&file).map_err(failed)?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = gzip.write_all(&bytes).and_then(|()| gzip.finish()).map_err(failed)?;
        let mut brotli = Vec::new();
        let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
        brotli::BrotliCompress(&mut bytes.as_slice(), &mut brotli, &settings).map_err(failed)?;
        for (ending, smaller) in [("gz", gzip), ("br", brotli)] {
            std::fs::write(dist.join(format!("{path}.{ending}")), smaller).map_err(failed)?;
        }
    }
    Ok(())
}

fn is_compressed(path: &str) -> bool {
    [".br", ".gz"].iter().any(|ending| path.ends_with(ending))
}

/// Every file in a folder and the folders in it, by its path in an address.
fn all(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(all(&path)?.into_iter().map(|(below, file)| (format!("{name}/{below}"), file)));
        } else {
            found.push((name, path));
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{STANDARD, list};
    use base64::Engine;
    use sha2::{Digest, Sha256};

    #[test]
    fn a_release_is_its_files_and_nothing_that_is_apart() {
        let dist = std::env::temp_dir().join(format!("ferrule-release-{}", std::process::id()));
        std::fs::create_dir_all(dist.join("icons")).unwrap();
        std::fs::create_dir_all(dist.join("screens")).unwrap();
        for path in ["index.html", "worker.js", "icons/192.png", "screens/start.png", "sw.js", "worker.js.br"] {
            std::fs::write(dist.join(path), path).unwrap();
        }
        list(&dist).unwrap();
        let first = std::fs::read_to_string(dist.join("release.json")).unwrap();
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
        for (path, content) in [("", "index.html"), ("worker.js", "worker.js"), ("icons/192.png", "icons/192.png")] {
            assert!(first.contains(&format!("\"{path}\": \"{}\"", hash(content))), "{path}\n{first}");
        }
        for apart in ["screens", "sw.js", ".br", "release.json"] {
            assert!(!first.contains(apart), "{apart}\n{first}");
        }
        // Listing it again changes nothing; another file does.
        list(&dist).unwrap();
        assert_eq!(std::fs::read_to_string(dist.join("release.json")).unwrap(), first);
        std::fs::write(dist.join("worker.js"), "another").unwrap();
        list(&dist).unwrap();
        let second = std::fs::read_to_string(dist.join("release.json")).unwrap();
        assert_ne!(second.lines().nth(1), first.lines().nth(1));
        std::fs::remove_dir_all(dist).unwrap();
    }
}
