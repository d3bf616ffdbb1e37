//! Compiler targets through rustup; trunk and wasm-bindgen through cargo, at pinned versions, into the target folder.

use crate::shell::{Failure, cargo, command, name, read, root, run, say, tools};
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
    say(&format!("building {package} {version} into {} (a few minutes, once)", tools().display()));
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
    match run(&mut install) {
        Ok(()) => {
            say(&format!("{package} {version} is ready after {} s", begun.elapsed().as_secs()));
            Ok(())
        }
        // A lock file may name a release that the registry at hand does not serve.
        Err(_) if locked => {
            say(&format!("{package} with its own lock file failed; trying without"));
            install_unlocked(package, program, version)
        }
        Err(why) => Err(format!("{why}\nTo see more: {}", name(&install))),
    }
}

fn install_unlocked(package: &str, program: &str, version: &str) -> Result<(), Failure> {
    install(package, program, version, false)
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
    fn the_version_is_the_one_after_the_exact_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(super::version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(super::version_in(lock, "wasm"), None);
    }
}
