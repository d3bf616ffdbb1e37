//! axe-core, the accessibility checker, at the version and hash that package-lock.json names.

use crate::failure::Failure;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Its program text; fetched with npm into the target folder the first time.
pub fn program(here: &Path, target: &Path) -> Result<String, Failure> {
    let folder = target.join("axe");
    let file = folder.join("node_modules/axe-core/axe.min.js");
    let lock = fs::read_to_string(here.join("package-lock.json"))?;
    let fresh = fs::read_to_string(folder.join("package-lock.json")).is_ok_and(|known| known == lock);
    if !fresh || !file.is_file() {
        fs::create_dir_all(&folder)?;
        fs::copy(here.join("package.json"), folder.join("package.json"))?;
        fs::write(folder.join("package-lock.json"), lock)?;
        let npm = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&folder)
            .output()
            .map_err(|why| format!("axe-core comes with npm, and npm: {why}; install it (apt-get install npm)"))?;
        if !npm.status.success() {
            let said = String::from_utf8_lossy(&npm.stderr).into_owned();
            return Err(format!("npm could not fetch axe-core: {}", said.trim()).into());
        }
    }
    Ok(fs::read_to_string(file)?)
}
