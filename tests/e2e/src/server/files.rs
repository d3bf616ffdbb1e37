//! A host that serves the console's files and nothing else, as any static host does: Python's own.

use super::closed_port;
use crate::failure::Failure;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The running server.
pub struct Files {
    process: Child,
    port: u16,
}

impl Files {
    /// Starts it on a free port.
    pub fn start(dist: &Path) -> Result<Files, Failure> {
        let port = closed_port()?;
        let process = Command::new("python3")
            .args(["-m", "http.server", "--bind", "127.0.0.1", "--directory"])
            .arg(dist)
            .arg(port.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let files = Files { process, port };
        let end = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            crate::ensure!(Instant::now() < end, "python3 serves no files");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(files)
    }

    /// Its address, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
