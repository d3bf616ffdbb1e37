//! A screen without a monitor, with a mouse and a keyboard: for what the browser shows outside the page.

use crate::failure::{Failure, Outcome};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running X server, and nothing on it.
pub struct Desktop {
    process: Child,
    display: String,
}

impl Desktop {
    /// Starts one on a display that is free.
    pub fn start() -> Result<Self, Failure> {
        let mut process = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|why| format!("Xvfb: {why}; install xvfb and xdotool"))?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let desktop = Self { process, display: format!(":{}", line.trim()) };
        crate::ensure!(!line.trim().is_empty(), "Xvfb found no display that is free");
        Ok(desktop)
    }

    /// Its address.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Clicks a place on the screen.
    pub fn click(&self, x: f64, y: f64) -> Outcome {
        let (x, y) = (format!("{x:.0}"), format!("{y:.0}"));
        self.does(&["mousemove", &x, &y, "sleep", "0.1", "click", "1"])
    }

    /// Presses a key, by its X name (`Return`, `Escape`).
    pub fn key(&self, name: &str) -> Outcome {
        self.does(&["key", name])
    }

    fn does(&self, words: &[&str]) -> Outcome {
        let output = Command::new("xdotool")
            .args(words)
            .env("DISPLAY", &self.display)
            .output()
            .map_err(|why| format!("xdotool: {why}; install xdotool"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        crate::ensure!(output.status.success(), "xdotool {words:?}: {said}");
        Ok(())
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
