//! Takes the built console into the program: every file of the folder that `FERRULE_EMBED` names, if it names one.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-env-changed=FERRULE_EMBED");
    println!("cargo::rerun-if-changed=build.rs");
    let mut list = String::from("/// Paths in the address, and what is there.\nconst CONSOLE: &[(&str, &[u8])] = &[\n");
    if let Some(folder) = std::env::var_os("FERRULE_EMBED").filter(|folder| !folder.is_empty()).map(PathBuf::from) {
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files = Vec::new();
        collect(&folder, "", &mut files);
        files.sort();
        assert!(files.iter().any(|(path, _)| path == "/index.html"), "{} holds no index.html", folder.display());
        for (path, file) in files {
            let _ = writeln!(list, "    ({path:?}, include_bytes!({:?})),", file.display().to_string());
        }
    }
    list.push_str("];\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    if let Err(why) = std::fs::write(out.join("embedded.rs"), list) {
        println!("cargo::error={why}");
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(kind) = entry.file_type() else { continue };
        let path = format!("{prefix}/{name}");
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            collect(&entry.path(), &path, files);
        } else if kind.is_file() {
            files.push((path, entry.path().canonicalize().unwrap_or_else(|_| entry.path())));
        }
    }
}
