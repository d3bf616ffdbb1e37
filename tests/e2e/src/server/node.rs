//! Devices on servers of other people's making: node's own for HTTP, `ws` of npm for WebSocket.

use super::closed_port;
use crate::failure::Failure;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program.
const PROGRAM: &str = include_str!("node.js");

/// The device.
pub struct Node {
    process: Child,
    /// Its port.
    pub port: u16,
    log: PathBuf,
}

impl Node {
    /// Starts it in a folder of its own; `packages` is where npm's are.
    pub fn start(folder: &Path, packages: &Path) -> Result<Node, Failure> {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder)?;
        let (port, program, log) = (closed_port()?, folder.join("device.js"), folder.join("asked.log"));
        fs::write(&program, PROGRAM)?;
        fs::write(&log, "")?;
        let words = [program.as_os_str(), port.to_string().as_ref(), packages.as_os_str(), log.as_os_str()]
            .map(ToOwned::to_owned);
        let process =
            Command::new("node").args(words).stdin(Stdio::null()).spawn().map_err(|why| format!("node: {why}"))?;
        let node = Node { process, port, log };
        let end = Instant::now() + Duration::from_secs(60);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            crate::ensure!(Instant::now() < end, "node does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(node)
    }

    /// What it was asked so far, a line each: method, address, conditions, body.
    pub fn asked(&self) -> Vec<String> {
        fs::read_to_string(&self.log).unwrap_or_default().lines().map(ToOwned::to_owned).collect()
    }

    /// An address of it.
    pub fn http(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// An address of its WebSocket.
    pub fn ws(&self, path: &str) -> String {
        format!("ws://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
