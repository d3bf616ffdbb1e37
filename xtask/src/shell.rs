//! Running other programs, in the project's root, with our own tools first on the path.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What went wrong, as a sentence for the person at the terminal.
pub(crate) type Failure = String;

/// The project's root.
pub(crate) fn root() -> PathBuf {
    // Set by `cargo run`; an xtask binary started by hand is started in the root.
    match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(here) => PathBuf::from(here).join(".."),
        None => PathBuf::from("."),
    }
    .canonicalize()
    .unwrap_or_else(|_| PathBuf::from("."))
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Where the project's own tools live.
pub(crate) fn tools() -> PathBuf {
    target().join("tools")
}

/// A command in the root, with our tools first on the path.
pub(crate) fn command(program: impl AsRef<Path>, words: &[&str]) -> Command {
    let mut command = Command::new(program.as_ref());
    command.args(words).current_dir(root()).env("PATH", path());
    // These describe xtask, not what it starts.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// A cargo command in the root.
pub(crate) fn cargo(words: &[&str]) -> Command {
    command("cargo", words)
}

fn path() -> OsString {
    let mut parts = vec![tools().join("bin")];
    parts.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    std::env::join_paths(parts).unwrap_or_default()
}

/// Runs to the end, its output on ours.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|why| format!("{} does not start: {why}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command))) }
}

/// Runs to the end and returns what it printed; nothing if it failed or is missing.
pub(crate) fn read(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program is, if it is on the path.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&path()).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A command as a person would type it.
pub(crate) fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

/// Says what is being done; to stderr, so that it stands between what the programs say.
pub(crate) fn say(text: &str) {
    eprintln!("xtask: {text}");
}
