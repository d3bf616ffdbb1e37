//! Somebody else's program at the far end of a pty, as a shell on a board's serial console is.

use super::{end_of_a_pty, slave};
use crate::failure::Failure;
use rustix::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A shell script whose input and output are the line.
pub struct Program {
    process: Child,
    path: PathBuf,
    _line: OwnedFd,
}

impl Program {
    /// Starts it in a folder. It has a terminal of its own, as behind a board's serial port; what is said there goes
    /// over the line and back.
    pub fn start(script: &str, folder: &Path) -> Result<Self, Failure> {
        let mut command = Command::new("sh");
        // It goes as a whole.
        command.args(["-c", script]).process_group(0);
        Self::run(command, folder)
    }

    /// Starts an interactive shell there, with a terminal of 24 rows and so many columns that it controls, so that Ctrl C
    /// and programs with the whole screen work as on a board's console.
    pub fn shell(folder: &Path, columns: u32) -> Result<Self, Failure> {
        let script = format!("stty sane rows 24 cols {columns}; exec bash --norc --noprofile -i");
        let mut command = Command::new("setsid");
        command
            .args(["--ctty", "sh", "-c", &script])
            .env("TERM", "xterm-256color")
            .env("PS1", "board$ ")
            .env("LC_ALL", "C.UTF-8")
            .env("HOME", folder)
            .env_remove("HISTFILE");
        Self::run(command, folder)
    }

    fn run(mut command: Command, folder: &Path) -> Result<Self, Failure> {
        let (end, console) = (end_of_a_pty()?, end_of_a_pty()?);
        let (path, line) = slave(&end)?;
        let (_, terminal) = slave(&console)?;
        pump(end.try_clone()?, console.try_clone()?);
        pump(console, end);
        let output = terminal.try_clone()?;
        let errors = terminal.try_clone()?;
        let process = command
            .current_dir(folder)
            .stdin(Stdio::from(terminal))
            .stdout(Stdio::from(output))
            .stderr(Stdio::from(errors))
            .spawn()?;
        Ok(Self { process, path, _line: line })
    }

    /// The line, to plug in.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Carries bytes from one end to the other until one of them is gone.
fn pump(from: OwnedFd, to: OwnedFd) {
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = rustix::io::read(&from, &mut buffer) {
            let mut rest = &buffer[..count];
            while let Ok(written @ 1..) = rustix::io::write(&to, rest) {
                rest = &rest[written..];
                if rest.is_empty() {
                    break;
                }
            }
        }
    });
}

impl Drop for Program {
    fn drop(&mut self) {
        let group = i32::try_from(self.process.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(group) = group {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.process.wait();
    }
}
