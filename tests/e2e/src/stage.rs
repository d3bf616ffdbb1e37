//! What every scenario has: a fresh tab, the console's address, adapters to plug in; and the console's own words.

use crate::desktop::Desktop;
use crate::device::Device;
use crate::failure::{Failure, Outcome};
use crate::rig::Rig;
use crate::tab::{SOON, Tab};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What stays the same for all scenarios.
pub struct Site {
    /// The console's address without a slash at the end.
    pub origin: String,
    /// The folder of this program's sources.
    pub here: PathBuf,
    /// The project's folder.
    pub project: PathBuf,
    /// Where files may be written.
    pub target: PathBuf,
    /// The firmware's image.
    pub firmware: PathBuf,
    /// How long the flood lasts.
    pub flood: Duration,
    /// The built console.
    pub dist: PathBuf,
    /// The native tool.
    pub ferrule: PathBuf,
    /// A port for a server of a scenario's own; a page from there may use serial ports too.
    pub own_port: u16,
    /// Where pictures for the documents go, if they are taken.
    pub screens: Option<PathBuf>,
    /// The folder with npm's packages, or why it is not there.
    pub packages: Result<PathBuf, String>,
}

/// A scenario's surroundings.
pub struct Stage<'b> {
    /// The tab.
    pub tab: Tab<'b>,
    /// What does not change.
    pub site: &'b Site,
    /// Where the console is, without a slash at the end; a scenario may have a server of its own.
    pub origin: String,
    /// The screen the browser's windows are on.
    pub desktop: Option<&'b Desktop>,
    rig: Option<&'b mut Rig>,
    plugged: Vec<u8>,
}

/// What the ledger says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub bytes_in: u64,
    pub good: u64,
    pub rejected: u64,
    pub skipped: u64,
    pub pending: u64,
    pub frames: u64,
    pub samples: u64,
    pub gaps: u64,
}

impl Ledger {
    /// The conservation law.
    pub fn balanced(&self) -> bool {
        self.good + self.rejected + self.skipped + self.pending == self.bytes_in
    }
}

impl<'b> Stage<'b> {
    /// Sets it up.
    pub fn new(tab: Tab<'b>, rig: Option<&'b mut Rig>, site: &'b Site) -> Self {
        Self { tab, site, origin: site.origin.clone(), desktop: None, rig, plugged: Vec::new() }
    }

    /// Adapter `number` appears with this line behind it.
    pub fn plug(&mut self, number: u8, line: &Path) -> Outcome {
        self.plugged.push(number);
        // The browser lists its ports when it is first asked to, and then listens for changes: let it begin.
        self.tab.eval("navigator.serial.getPorts().then(ports => ports.length)")?;
        self.rig.as_mut().ok_or("this scenario has no adapters")?.plug(number, line)
    }

    /// Adapter `number` disappears.
    pub fn unplug(&mut self, number: u8) -> Outcome {
        self.plugged.retain(|known| *known != number);
        self.rig.as_mut().ok_or("this scenario has no adapters")?.unplug(number)
    }

    /// Unplugs what is left.
    pub fn clear(&mut self) {
        for number in std::mem::take(&mut self.plugged) {
            let _ = self.unplug(number);
        }
    }

    /// Goes to the start page.
    pub fn start(&mut self) -> Outcome {
        let url = format!("{}/", self.origin);
        self.tab.go(&url)?;
        self.tab.wait("the start page", Duration::from_secs(90), |tab| tab.find("button", "Try the demo device"))?;
        Ok(())
    }

    /// Goes to the start page to open a session beside those that are open, if any is.
    pub fn start_another(&mut self) -> Outcome {
        match self.tab.find("link", "Ferrule, start page")? {
            Some(link) => self.tab.press(&link),
            None => self.start(),
        }
    }

    /// A profile of this project as text.
    pub fn profile(&self, id: &str) -> Result<String, Failure> {
        let file = self.site.project.join("profiles").join(format!("{id}.toml"));
        std::fs::read_to_string(&file).map_err(|why| format!("{}: {why}", file.display()).into())
    }

    /// The demo device's profile as one for a serial port, named "Wired drive".
    pub fn wired_drive(&self) -> Result<String, Failure> {
        let text = self.profile("demo")?;
        let (head, rest) = text.split_once("[link]").ok_or("the demo profile has no [link]")?;
        let (_, rest) = rest.split_once("[protocol]").ok_or("the demo profile has no [protocol]")?;
        let head = head.replace("name = \"Motor drive\"", "name = \"Wired drive\"");
        // Its words are translated by name.
        let rest = rest.replace("\"Motor drive\" =", "\"Wired drive\" =");
        Ok(format!("{head}[link]\nkind = \"serial\"\nbaud = 921600\n\n[protocol]{rest}"))
    }

    /// Imports a profile on the start page, as a user does with a file.
    pub fn keep(&mut self, profile: &str) -> Outcome {
        let file = self.site.target.join("imported.toml");
        std::fs::write(&file, profile)?;
        self.tab.choose_file("Import a profile", &file)?;
        self.tab.says("imported.toml is kept in this browser", SOON)
    }

    /// Plugs the device in, opens it with the drive's profile, and waits until it is connected. It is silent yet.
    pub fn open_wired(&mut self, device: &Device) -> Outcome {
        self.open_line(device.path())
    }

    /// The same for whatever is behind a line.
    pub fn open_line(&mut self, line: &Path) -> Outcome {
        self.start()?;
        let profile = self.wired_drive()?;
        self.keep(&profile)?;
        self.plug(0, line)?;
        self.tab.choose("Profile", "Wired drive (yours)")?;
        self.tab.click("button", "Connect USB 2e8a:000a")?;
        self.connected()
    }

    /// Closes the session that is shown, with all that it holds.
    pub fn close_session(&mut self) -> Outcome {
        self.tab.click("button", "Close session")?;
        let asked = self.tab.wait("the start page, or the question", SOON, |tab| {
            let asked = tab.find("button", "Close and lose them")?.is_some();
            Ok((asked || tab.find("button", "Try the demo device")?.is_some()).then_some(asked))
        })?;
        if asked { self.tab.click("button", "Close and lose them") } else { Ok(()) }
    }

    /// Waits until the link is open.
    pub fn connected(&mut self) -> Outcome {
        self.tab.reads("region", "Device", "Connected", SOON).map(drop)
    }

    /// The ledger as it is now.
    pub fn ledger(&mut self) -> Result<Ledger, Failure> {
        let found = self.tab.all("contentinfo", "Ledger")?;
        let ledger = found.first().ok_or("there is no ledger")?;
        let data = self.tab.on(ledger, "function () { return { ...this.dataset }; }", json!([]))?;
        let number = |name: &str| -> Result<u64, Failure> {
            let text = data[name].as_str().ok_or_else(|| format!("the ledger has no {name}"))?;
            text.parse().map_err(|_| format!("the ledger's {name} is {text:?}").into())
        };
        Ok(Ledger {
            bytes_in: number("bytesIn")?,
            good: number("good")?,
            rejected: number("rejected")?,
            skipped: number("skipped")?,
            pending: number("pending")?,
            frames: number("frames")?,
            samples: number("samples")?,
            gaps: number("gaps")?,
        })
    }

    /// Waits for a ledger that satisfies `wish`; every ledger seen on the way must balance (R1).
    pub fn ledger_until(
        &mut self,
        what: &str,
        limit: Duration,
        wish: impl Fn(&Ledger) -> bool,
    ) -> Result<Ledger, Failure> {
        let end = std::time::Instant::now() + limit;
        loop {
            let ledger = self.ledger()?;
            crate::ensure!(ledger.balanced(), "the ledger does not balance: {ledger:?}");
            if wish(&ledger) {
                return Ok(ledger);
            }
            crate::ensure!(std::time::Instant::now() < end, "not within {} s: {what}: {ledger:?}", limit.as_secs());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Types a line and sends it with Enter.
    pub fn send(&mut self, line: &str) -> Outcome {
        self.tab.fill("textbox", "Line to send", line)?;
        self.tab.key("Enter")
    }

    /// Waits until the terminal shows some text.
    pub fn terminal(&mut self, part: &str) -> Result<String, Failure> {
        self.tab.reads("log", "Terminal", part, SOON)
    }

    /// The value of a field, by its row in the table of values.
    pub fn value(&mut self, field: &str) -> Result<Option<String>, Failure> {
        let script = format!(
            "[...document.querySelectorAll('table.values tbody tr')].filter(r => r.querySelector('th[scope=row]')?.\
             textContent.trim() === {}).map(r => r.querySelector('td.num').textContent.trim())[0] ?? null",
            json!(field)
        );
        Ok(self.tab.eval(&script)?.as_str().map(str::to_owned))
    }

    /// Waits until the field's value satisfies `wish`.
    pub fn value_until(&mut self, field: &str, wish: impl Fn(&str) -> bool) -> Result<String, Failure> {
        let end = std::time::Instant::now() + SOON;
        loop {
            self.tab.pump()?;
            let value = self.value(field)?;
            if let Some(value) = value.as_ref().filter(|value| wish(value)) {
                return Ok(value.clone());
            }
            crate::ensure!(std::time::Instant::now() < end, "{field} is {value:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until the plot's canvas shows lines in more than one colour.
    pub fn plot_is_drawn(&mut self) -> Outcome {
        let script = "(() => { const c = document.querySelector('.plot canvas'); if (!c || !c.width) return 0; \
                      const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; const seen = new Set(); \
                      for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 200) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); \
                      return seen.size; })()";
        let what = "the plot's canvas shows lines";
        self.tab.wait(what, SOON, |tab| Ok((tab.eval(script)?.as_u64().unwrap_or(0) > 3).then_some(())))
    }

    /// Fails if the browser had anything to complain of.
    pub fn no_problems(&mut self) -> Outcome {
        let problems = self.tab.problems()?;
        crate::ensure!(problems.is_empty(), "the browser complains: {}", problems.join(" | "));
        Ok(())
    }
}
