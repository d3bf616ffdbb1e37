//! Chromium, started afresh with a folder of its own, alone or inside the mocked system.

use crate::cdp::Cdp;
use crate::desktop::Desktop;
use crate::failure::Failure;
use crate::rig::Rig;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A cold disk makes the first start slow.
const START_LIMIT: Duration = Duration::from_secs(120);

/// `--no-zygote` and `--in-process-gpu` are for the mocked system, where the GPU process would not start and that of the
/// network now and then hangs.
const FLAGS: &[&str] = &[
    "--no-sandbox",
    "--no-zygote",
    "--in-process-gpu",
    "--enable-features=NetworkServiceInProcess2",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--lang=en-GB",
    "--window-size=1280,800",
    "--remote-debugging-port=0",
];

/// Without a window, as long as nobody needs to see one.
pub const HEADLESS: &[&str] = &["--headless=new"];

/// With a window at the screen's corner, and without a bar that says which flags are not supported.
pub const WINDOW: &[&str] = &["--window-position=0,0", "--test-type"];

/// A running browser.
pub struct Browser {
    /// Its remote control.
    pub cdp: Cdp,
    /// The mocked system it lives in, if it does.
    pub rig: Option<Rig>,
    /// The screen its windows are on, if it has any.
    pub desktop: Option<Desktop>,
    process: Option<Child>,
}

/// The command line of a browser that keeps its files in `folder`.
pub fn command_line(program: &Path, folder: &Path, more: &[&str]) -> Vec<String> {
    let mut line = vec![program.display().to_string()];
    line.extend(FLAGS.iter().chain(more).map(|flag| (*flag).to_owned()));
    line.push(format!("--user-data-dir={}", folder.display()));
    line.push("about:blank".into());
    line
}

/// An empty folder for a browser's files.
pub fn folder(target: &Path, name: &str) -> Result<PathBuf, Failure> {
    let folder = target.join("browser").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl Browser {
    /// Starts one that has this system's real devices, which is none.
    pub fn start(program: &Path, target: &Path, name: &str, more: &[&str]) -> Result<Self, Failure> {
        let folder = folder(target, name)?;
        let line = command_line(program, &folder, &[HEADLESS, more].concat());
        let log = File::create(target.join(format!("browser-{name}.log")))?;
        let process = Command::new(&line[0])
            .args(&line[1..])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .map_err(|why| format!("{}: {why}", line[0]))?;
        let cdp = connect(&folder)?;
        Ok(Self { cdp, rig: None, desktop: None, process: Some(process) })
    }

    /// Starts one inside the mocked system, on a desktop if it has one.
    pub fn start_in(mut rig: Rig, desktop: Option<Desktop>) -> Result<Self, Failure> {
        rig.start_browser()?;
        let cdp = connect(rig.folder())?;
        Ok(Self { cdp, rig: Some(rig), desktop, process: None })
    }
}

/// Waits for the browser to write down its port, then connects.
fn connect(folder: &Path) -> Result<Cdp, Failure> {
    let limit = Instant::now() + START_LIMIT;
    let file = folder.join("DevToolsActivePort");
    while Instant::now() < limit {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if let Some((port, path)) = text.split_once('\n')
            && let Ok(port) = port.trim().parse()
            && path.starts_with('/')
        {
            return Cdp::connect(port, path.trim());
        }
        sleep(Duration::from_millis(50));
    }
    Err(format!("the browser did not start within {} s", START_LIMIT.as_secs()).into())
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.cdp.call("", "Browser.close", serde_json::json!({}));
        if let Some(mut process) = self.process.take() {
            let limit = Instant::now() + Duration::from_secs(10);
            while Instant::now() < limit && matches!(process.try_wait(), Ok(None)) {
                sleep(Duration::from_millis(50));
            }
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
