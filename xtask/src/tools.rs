//! Compiler targets through rustup; trunk and wasm-bindgen through cargo, at pinned versions, into the target folder.

use crate::shell::{Failure, cargo, command, name, read, root, run, say, tools};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The newest trunk that builds with the Rust this workspace asks for.
const TRUNK: &str = "0.21.14";

/// Adds a compiler target where it is missing.
pub(crate) fn target(triple: &str) -> Result<(), Failure> {
    let sysroot = read(&mut command("rustc", &["--print", "sysroot"])).unwrap_or_default();
    let library = std::path::Path::new(sysroot.trim()).join("lib/rustlib").join(triple).join("lib");
    if library.is_dir() {
        return Ok(());
    }
    say(&format!("adding the compiler target {triple}"));
    run(&mut command("rustup", &["target", "add", triple]))
        .map_err(|why| format!("{why}\nWithout rustup, install the Rust target {triple} by your package manager."))
}

/// trunk, and the wasm-bindgen that fits the library in Cargo.lock. Never a downloaded binary.
pub(crate) fn web() -> Result<(), Failure> {
    target("wasm32-unknown-unknown")?;
    install("trunk", "trunk", TRUNK, true)?;
    let bindgen = locked_version("wasm-bindgen")?;
    install("wasm-bindgen-cli", "wasm-bindgen", &bindgen, true)?;
    // What the tools were built from is a gigabyte that nobody needs again.
    let _ = std::fs::remove_dir_all(tools().join("build"));
    Ok(())
}

fn install(package: &str, program: &str, version: &str, locked: bool) -> Result<(), Failure> {
    if present(program).as_deref() == Some(version) {
        return Ok(());
    }
    if locked {
        say(&format!("building {package} {version} into {} (a few minutes, once)", tools().display()));
    }
    let begun = Instant::now();
    let folder = tools();
    let folder = folder.to_string_lossy();
    let mut words = vec!["install", package, "--version", version, "--root", &folder];
    // A build folder of its own would double the work of a second tool; one beside the tools is shared by both.
    let build = tools().join("build");
    let build = build.to_string_lossy();
    words.extend(["--target-dir", &build]);
    if locked {
        words.push("--locked");
    }
    let mut install = cargo(&words);
    install.current_dir(std::env::temp_dir());
    match attempt(&mut install) {
        Ok(()) => {
            say(&format!("{package} {version} is ready after {} s", begun.elapsed().as_secs()));
            Ok(())
        }
        // Old mirrors, and new releases of what it depends on: the lock file names what is not there.
        Err(why) if locked && unserved(&why) => {
            say(&format!("this registry lacks a release that {package} was locked to; its nearest one is taken"));
            self::install(package, program, version, false)
        }
        Err(why) => Err(format!("{why}\nTo try it alone: {}", name(&install))),
    }
}

/// Runs cargo, its progress on our standard error as it comes; what it says from its first error on is returned.
fn attempt(install: &mut Command) -> Result<(), Failure> {
    let begun = install.stderr(Stdio::piped()).spawn();
    let mut child = begun.map_err(|why| format!("{} does not start: {why}", name(install)))?;
    let mut errors = Vec::new();
    for line in child.stderr.take().map(BufReader::new).into_iter().flat_map(BufRead::lines).map_while(Result::ok) {
        if errors.is_empty() && !line.starts_with("error") {
            eprintln!("{line}");
        } else {
            errors.push(line);
        }
    }
    let status = child.wait().map_err(|why| format!("{} was lost: {why}", name(install)))?;
    if status.success() { Ok(()) } else { Err(errors.join("\n")) }
}

/// Whether cargo found that the registry does not have a release which the lock file names.
fn unserved(errors: &str) -> bool {
    errors.contains("failed to select a version for the requirement") && errors.contains("(locked to ")
}

/// The version of a tool of ours, if it is there.
fn present(program: &str) -> Option<String> {
    let path = tools().join("bin").join(program);
    let text = read(&mut command(path, &["--version"]))?;
    text.split_whitespace().nth(1).map(str::to_owned)
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Result<String, Failure> {
    let text =
        std::fs::read_to_string(root().join("Cargo.lock")).map_err(|why| format!("Cargo.lock is unreadable: {why}"))?;
    version_in(&text, package).ok_or_else(|| format!("Cargo.lock does not name {package}"))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_a_release_that_is_not_served_is_worth_going_without_the_lock_file() {
        let unserved = "error: failed to select a version for the requirement `webpki-roots = \"^1.0.10\"` (locked to 1.0.11)\n\
                        candidate versions found which didn't match: 1.0.10, 1.0.9, 1.0.8, ...\n\
                        location searched: crates.io index\nrequired by package `ureq v3.5.0`";
        assert!(super::unserved(unserved));
        for other in ["error: could not compile `ureq` (lib)", "error: failed to get `serde` as a dependency", ""] {
            assert!(!super::unserved(other), "{other}");
        }
    }

    #[test]
    fn the_version_is_the_one_after_the_exact_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(super::version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(super::version_in(lock, "wasm"), None);
    }
}
