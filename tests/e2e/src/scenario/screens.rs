//! Every screen, for the accessibility checker and for pictures.

mod list;
mod palette;
mod pictures;

use crate::device::Device;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::{Look, SOON};
use list::SCREENS;
pub use pictures::{of_wires, pictures};
use serde_json::Value;
use std::time::Duration;

pub fn accessible(stage: &mut Stage<'_>) -> Outcome {
    checked(stage, &Look::ALL)
}

pub fn in_contrast(stage: &mut Stage<'_>) -> Outcome {
    checked(stage, &Look::CONTRASTS)
}

fn checked(stage: &mut Stage<'_>, looks: &[Look]) -> Outcome {
    let mut found = Findings::new(stage)?;
    for look in looks {
        stage.tab.look(*look)?;
        for screen in SCREENS {
            if let Err(why) = (screen.go)(stage) {
                found.all.push(format!("{}, {}: not reached: {why}", screen.name, look.name));
                break;
            }
            found.look(stage, &format!("{}, {}", screen.name, look.name))?;
        }
    }
    found.none()
}

/// The same in German: what is longer must not be cut, and what is named must have its name.
pub fn in_german(stage: &mut Stage<'_>) -> Outcome {
    let mut found = Findings::new(stage)?;
    for look in [Look::ALL[0], Look::ALL[2]] {
        stage.tab.look(look)?;
        let url = format!("{}/", stage.origin);
        stage.tab.go(&url)?;
        stage.tab.wait("the start page", SOON, |tab| tab.find("link", "Ferrule, *"))?;
        if stage.tab.find("button", "Settings")?.is_some() {
            stage.tab.click("button", "Settings")?;
            stage.tab.choose("Language", "Deutsch")?;
            stage.tab.key("Escape")?;
        }
        stage.tab.the("button", "Einstellungen")?;
        found.look(stage, &format!("start in German, {}", look.name))?;
        for address in ["gallery", "gallery/shelly", "doctor", "demo"] {
            stage.tab.eval(&format!("location.hash = '#/{address}'"))?;
            std::thread::sleep(Duration::from_millis(700));
            found.look(stage, &format!("{address} in German, {}", look.name))?;
        }
        for tab in stage.tab.all("tab", "*")? {
            stage.tab.press(&tab)?;
            std::thread::sleep(Duration::from_millis(400));
            found.look(stage, &format!("{} in German, {}", tab.name, look.name))?;
        }
        stage.tab.click("button", "Einstellungen")?;
        found.look(stage, &format!("settings in German, {}", look.name))?;
        stage.tab.key("Escape")?;
    }
    found.none()
}

/// What only a session with a wire has: the line's signals and speed, its doctor, a port that is lent.
pub fn wired(stage: &mut Stage<'_>) -> Outcome {
    let mut found = Findings::new(stage)?;
    let device = Device::new(12)?;
    stage.open_wired(&device)?;
    stage.tab.click("button", "Signals and speed")?;
    stage.tab.reads("list", "Signals of the device", "CTS", SOON)?;
    let all: Vec<Look> = Look::ALL.into_iter().chain(Look::CONTRASTS).collect();
    for look in &all {
        stage.tab.look(*look)?;
        found.look(stage, &format!("line, {}", look.name))?;
    }
    stage.tab.eval("location.hash = location.hash.replace('session', 'doctor')")?;
    stage.tab.the("button", "Copy report")?;
    for look in &all {
        stage.tab.look(*look)?;
        found.look(stage, &format!("doctor of a wire, {}", look.name))?;
    }
    stage.tab.click("link", "Back to the device")?;
    stage.tab.click("button", "Release port")?;
    stage.tab.the("button", "Retake")?;
    for look in &all {
        stage.tab.look(*look)?;
        found.look(stage, &format!("port lent, {}", look.name))?;
    }
    found.none()
}

/// What axe-core found so far.
pub struct Findings {
    axe: String,
    all: Vec<String>,
}

impl Findings {
    /// None yet.
    pub fn new(stage: &Stage<'_>) -> Result<Findings, Failure> {
        let packages = stage.site.packages.clone().map_err(Failure)?;
        Ok(Findings { axe: crate::axe::program(&packages)?, all: Vec::new() })
    }

    /// Looks at the page as it stands.
    pub fn look(&mut self, stage: &mut Stage<'_>, screen: &str) -> Outcome {
        self.all.extend(check(stage, &self.axe)?.into_iter().map(|found| format!("{screen}: {found}")));
        Ok(())
    }

    /// Fails if there were any.
    pub fn none(mut self) -> Outcome {
        self.all.sort();
        self.all.dedup();
        crate::ensure!(self.all.is_empty(), "{} findings:\n   {}", self.all.len(), self.all.join("\n   "));
        Ok(())
    }
}

/// What axe-core finds on the page as it stands.
fn check(stage: &mut Stage<'_>, axe: &str) -> Result<Vec<String>, Failure> {
    if stage.tab.eval("typeof axe")?.as_str() != Some("object") {
        stage.tab.eval(&format!("{axe}; 0"))?;
    }
    let script = "axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => \
                  v.id + ' (' + v.impact + '): ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ': ' + \
                  (n.any[0] ?? n.all[0] ?? n.none[0])?.message).join('; ')))";
    let found = stage.tab.eval(script)?;
    Ok(found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}
