//! What comes with npm, at the versions and hashes that package-lock.json names: axe-core, the accessibility checker, and a
//! broker.

use crate::failure::Failure;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checker's program text.
pub fn program(packages: &Path) -> Result<String, Failure> {
    Ok(fs::read_to_string(packages.join("node_modules/axe-core/axe.min.js"))?)
}

/// The folder with the packages; fetched with npm into the target folder the first time.
pub fn packages(here: &Path, target: &Path) -> Result<PathBuf, Failure> {
    let folder = target.join("axe");
    let lock = fs::read_to_string(here.join("package-lock.json"))?;
    let fresh = fs::read_to_string(folder.join("package-lock.json")).is_ok_and(|known| known == lock);
    if !fresh || !folder.join("node_modules").is_dir() {
        fs::create_dir_all(&folder)?;
        fs::copy(here.join("package.json"), folder.join("package.json"))?;
        fs::write(folder.join("package-lock.json"), lock)?;
        let npm = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&folder)
            .output()
            .map_err(|why| {
                format!("axe-core and aedes come with npm, and npm: {why}; install it (apt-get install npm)")
            })?;
        if !npm.status.success() {
            let said = String::from_utf8_lossy(&npm.stderr).into_owned();
            return Err(format!("npm could not fetch axe-core and aedes: {}", said.trim()).into());
        }
    }
    Ok(folder)
}
