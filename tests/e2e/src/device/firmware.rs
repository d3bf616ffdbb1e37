//! The reference firmware on an emulated microcontroller, its serial port on a pty.

use crate::failure::Failure;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// QEMU with the firmware in it.
pub struct Firmware {
    process: Child,
    path: PathBuf,
}

impl Firmware {
    /// Switches the board on.
    pub fn start(image: &Path) -> Result<Self, Failure> {
        if !image.is_file() {
            return Err(
                format!("{} is not there: `cargo build --release` in firmware/ makes it", image.display()).into()
            );
        }
        let mut process = Command::new("qemu-system-arm")
            .args(["-M", "lm3s6965evb", "-nographic", "-monitor", "none", "-serial", "pty", "-kernel"])
            .arg(image)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|why| format!("qemu-system-arm: {why}"))?;
        // It says where the serial port is on the one or the other, depending on its version.
        let (out, err) = (process.stdout.take(), process.stderr.take());
        let (sender, lines) = std::sync::mpsc::channel();
        for stream in [out.map(|s| Box::new(s) as Box<dyn std::io::Read + Send>), err.map(|s| Box::new(s) as _)] {
            let (Some(stream), sender) = (stream, sender.clone()) else { continue };
            std::thread::spawn(move || {
                BufReader::new(stream).lines().map_while(Result::ok).for_each(|line| drop(sender.send(line)));
            });
        }
        drop(sender);
        let mut firmware = Self { process, path: PathBuf::new() };
        for line in lines {
            if let Some(rest) = line.split("redirected to ").nth(1) {
                firmware.path = PathBuf::from(rest.split_whitespace().next().unwrap_or_default());
                return Ok(firmware);
            }
        }
        Err("QEMU ended without naming its serial port".into())
    }

    /// The line, to plug in.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Firmware {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
