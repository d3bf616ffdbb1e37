//! The mocked system: two USB serial adapters that a browser inside it takes for real.

use crate::browser;
use crate::desktop::Desktop;
use crate::failure::Failure;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The interpreter that has Debian's GObject introspection.
const PYTHON: &str = "/usr/bin/python3";

/// Where Chromium looks for what its administrator decided.
const POLICY: &str = "/etc/chromium/policies/managed/ferrule-test.json";

/// A running mocked system.
pub struct Rig {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    folder: PathBuf,
}

impl Rig {
    /// Starts it, with the browser not yet running; that will have windows if there is a desktop for them.
    pub fn start(here: &Path, target: &Path, chromium: &Path, desktop: Option<&Desktop>) -> Result<Self, Failure> {
        let shim = target.join("ioctl-shim.so");
        let source = here.join("rig/ioctl-shim.c");
        let built =
            Command::new("cc").args(["-shared", "-fPIC", "-O2", "-o"]).arg(&shim).arg(&source).arg("-ldl").status();
        match built {
            Ok(status) if status.success() => {}
            Ok(status) => return Err(format!("cc could not compile {}: {status}", source.display()).into()),
            Err(why) => return Err(format!("cc: {why}; the serial port's mock needs a C compiler").into()),
        }
        let (name, flags) = match desktop {
            Some(_) => ("chooser", browser::WINDOW),
            None => ("serial", browser::HEADLESS),
        };
        let folder = browser::folder(target, name)?;
        let mut command = Command::new("umockdev-wrapper");
        if let Some(desktop) = desktop {
            command.env("DISPLAY", desktop.display());
        }
        let mut process = command
            .arg(PYTHON)
            .arg(here.join("rig/rig.py"))
            .arg(&shim)
            .args(browser::command_line(chromium, &folder, flags))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(target.join(format!("browser-{name}.log")))?)
            .spawn()
            .map_err(|why| format!("umockdev-wrapper: {why}; install umockdev, gir1.2-umockdev-1.0 and python3-gi"))?;
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().ok_or("the rig has no output")?);
        let mut rig = Self { process, input, output, folder };
        match rig.answer()?.as_str() {
            "ready" => Ok(rig),
            other => Err(format!("the rig did not start, see browser-{name}.log: {other:?}").into()),
        }
    }

    /// The browser's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts the browser.
    pub fn start_browser(&mut self) -> Result<(), Failure> {
        self.command("start")
    }

    /// Adapter `number` appears; `line` is the pty behind it.
    pub fn plug(&mut self, number: u8, line: &Path) -> Result<(), Failure> {
        self.command(&format!("plug {number} {}", line.display()))
    }

    /// Adapter `number` disappears. Both ends of its pty shall be closed before.
    pub fn unplug(&mut self, number: u8) -> Result<(), Failure> {
        self.command(&format!("unplug {number}"))
    }

    fn command(&mut self, text: &str) -> Result<(), Failure> {
        let input = self.input.as_mut().ok_or("the rig has ended")?;
        writeln!(input, "{text}")?;
        match self.answer()?.as_str() {
            "ok" => Ok(()),
            other => Err(format!("the rig answered {text:?} with {other:?}").into()),
        }
    }

    fn answer(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        drop(self.input.take()); // ends the browser, then the rig
        let _ = self.process.wait();
    }
}

/// The administrator's permission: the console may use every serial port without the browser's chooser, which a
/// headless browser does not show. Taken back when dropped.
pub struct Permission;

impl Permission {
    /// Grants it to these origins.
    pub fn grant(origins: &[String]) -> Result<Self, Failure> {
        let text = serde_json::json!({
            "SerialAllowAllPortsForUrls": origins,
            "DefaultSerialGuardSetting": 3,
        });
        let folder = Path::new(POLICY).parent().ok_or("no folder")?;
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(POLICY, text.to_string()));
        if let Err(why) = written {
            let script = format!("mkdir -p {} && echo '{text}' > {POLICY}", folder.display());
            let as_root = Command::new("sudo").args(["-n", "sh", "-c", &script]).status();
            if !as_root.is_ok_and(|status| status.success()) {
                return Err(format!(
                    "{POLICY}: {why}; permission to a serial port is given by this policy file: run as root, or \
                     where sudo asks for no password"
                )
                .into());
            }
        }
        Ok(Self)
    }
}

impl Drop for Permission {
    fn drop(&mut self) {
        if fs::remove_file(POLICY).is_err() {
            let _ = Command::new("sudo").args(["-n", "rm", "-f", POLICY]).status();
        }
    }
}
