//! The console as it ships: `ferrule serve` with its security headers.

use crate::failure::Failure;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The running server.
pub struct Served {
    process: Child,
    /// `http://127.0.0.1:port`, without a slash at the end.
    pub origin: String,
}

impl Served {
    /// Starts it on a free port.
    pub fn start(ferrule: &Path, dist: &Path) -> Result<Self, Failure> {
        Self::start_at(ferrule, dist, 0)
    }

    /// Starts it on this port, 0 for a free one.
    pub fn start_at(ferrule: &Path, dist: &Path, port: u16) -> Result<Self, Failure> {
        Self::start_with(ferrule, dist, &["--listen".as_ref(), format!("127.0.0.1:{port}").as_ref()])
    }

    /// Starts it with these words on its command line.
    pub fn start_with(ferrule: &Path, dist: &Path, words: &[&OsStr]) -> Result<Self, Failure> {
        let mut process = Command::new(ferrule)
            .args(["serve", "--root"])
            .arg(dist)
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|why| format!("{}: {why}", ferrule.display()))?;
        let output = BufReader::new(process.stdout.take().ok_or("no output")?);
        let mut served = Self { process, origin: String::new() };
        for line in output.lines().map_while(Result::ok) {
            if let Some(at) = line.find("http://") {
                let address = line[at..].split_whitespace().next().unwrap_or_default();
                served.origin = address.trim_end_matches('/').to_owned();
                return Ok(served);
            }
        }
        Err(format!("{} serve ended without naming its address", ferrule.display()).into())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
