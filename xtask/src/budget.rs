//! How large the console may be: the one place with the numbers.

use crate::shell::Failure;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::path::Path;

/// The end of a file's name in dist/, and its largest size in KiB, compressed as a server would send it (gzip -9).
/// The first ending that fits counts. Raising a number is a decision: say in the commit what was bought with it.
const BUDGET: &[(&str, usize)] = &[("worker_bg.wasm", 910), ("_bg.wasm", 1525), (".js", 30), (".css", 23)];

/// Checks every file in `dist` and reports its size.
pub(crate) fn check(dist: &Path) -> Result<Vec<String>, Failure> {
    let mut lines = Vec::new();
    let mut over = Vec::new();
    let entries = std::fs::read_dir(dist).map_err(|why| format!("{} is unreadable: {why}", dist.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((_, limit)) = BUDGET.iter().find(|(ending, _)| name.ends_with(ending)) else { continue };
        let bytes = std::fs::read(&path).map_err(|why| format!("{name} is unreadable: {why}"))?;
        let size = compressed(&bytes).map_err(|why| format!("{name} cannot be compressed: {why}"))?;
        let line = format!("{name}: {} KiB, {} KiB compressed of {limit}", bytes.len() / 1024, size.div_ceil(1024));
        if size > limit * 1024 {
            over.push(line.clone());
        }
        lines.push(line);
    }
    lines.sort();
    if !lines.iter().any(|line| line.contains("_bg.wasm")) {
        return Err(format!("no wasm file in {}", dist.display()));
    }
    if over.is_empty() { Ok(lines) } else { Err(format!("over the size budget: {}", over.join("; "))) }
}

fn compressed(bytes: &[u8]) -> std::io::Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
