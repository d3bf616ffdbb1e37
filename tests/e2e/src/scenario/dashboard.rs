//! The dashboard: watched on a phone, and laid out by keyboard.

use super::demo;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::{Look, SOON};
use serde_json::{Value, json};

/// Leads from a session to its dashboard alone.
pub const ALONE: &str = "location.hash = location.hash + '/dashboard'";

/// Presses a key with Shift or Ctrl: 8 or 2, as the protocol has them.
fn press(stage: &mut Stage<'_>, key: &str, modifiers: u8) -> Outcome {
    for kind in ["rawKeyDown", "keyUp"] {
        let event = json!({ "type": kind, "key": key, "code": key, "modifiers": modifiers });
        stage.tab.call("Input.dispatchKeyEvent", event)?;
    }
    stage.tab.pump()
}

pub fn phone(stage: &mut Stage<'_>) -> Outcome {
    stage.tab.look(Look::ALL[2])?;
    demo::open(stage)?;
    stage.value_until("winding", |value| value != "–")?;
    stage.tab.eval(ALONE)?;
    stage.tab.reads("region", "Winding", "°C", SOON)?;
    stage.tab.the("meter", "Speed")?;
    let wide = stage.tab.eval("document.documentElement.scrollWidth - innerWidth")?;
    ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "the page is {wide} pixels wider than the phone");

    stage.tab.click("button", "Stop")?;
    stage.tab.reads("region", "Stop the drive", "Answered after", SOON)?;
    stage.tab.reads("region", "What it says", "stop", SOON)?;

    // The device goes: each tile keeps its last word and says since when.
    stage.tab.click("link", "Workspace")?;
    stage.tab.click("button", "Disconnect")?;
    stage.tab.the("button", "Connect again")?;
    stage.tab.eval(ALONE)?;
    stage.tab.reads("region", "Bus voltage", "No data for", SOON)?;
    stage.tab.reads("region", "Bus voltage", "was its last word, at", SOON)?;
    stage.no_problems()
}

/// The profile's text as the workspace shows it.
fn profile(stage: &mut Stage<'_>) -> Result<String, Failure> {
    stage.tab.click("link", "Workspace")?;
    stage.tab.click("tab", "Profile")?;
    stage.tab.the("textbox", "Profile as TOML")?;
    let text = stage.tab.eval("document.getElementById('profile-text').value")?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

pub fn lay_out(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.value_until("winding", |value| value != "–")?;
    let frames = stage.ledger_until("frames", SOON, |ledger| ledger.frames > 100)?.frames;
    stage.tab.eval(ALONE)?;
    stage.tab.click("button", "Edit")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    stage.tab.eval("[...document.querySelectorAll('.tile')].find(t => t.ariaLabel.startsWith('Power in')).focus()")?;
    press(stage, "ArrowLeft", 0)?;
    stage.tab.the("group", "Power in, column 6, row 1, 3 wide, 4 high")?;
    press(stage, "ArrowDown", 8)?;
    stage.tab.the("group", "Power in, column 6, row 1, 3 wide, 5 high")?;
    // What lay there made room; none lies on another.
    let apart = "(() => { const all = [...document.querySelectorAll('.tile')].map(t => t.getBoundingClientRect()); \
                 return all.every((a, i) => all.every((b, k) => i === k || a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || \
                 a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5)); })()";
    ensure!(stage.tab.eval(apart)? == json!(true), "a tile lies on another");
    let label = stage.tab.eval("document.activeElement.ariaLabel")?;
    ensure!(label.as_str().is_some_and(|label| label.starts_with("Power in")), "the focus went to {label}");
    press(stage, "z", 2)?;
    stage.tab.the("group", "Power in, column 6, row 1, 3 wide, 4 high")?;

    stage.tab.choose("Kind", "Lamp")?;
    stage.tab.choose("Field", "drive.duty")?;
    stage.tab.click("button", "Add")?;
    stage.tab.fill("textbox", "Label", "Duty \"now\"")?;
    stage.tab.click("button", "Change")?;
    stage.tab.wait("the lamp under its new name", SOON, |tab| {
        let labels = tab.eval("[...document.querySelectorAll('.tile')].map(t => t.ariaLabel)")?;
        let is = |label: &Value| label.as_str().is_some_and(|label| label.starts_with("Duty \"now\", "));
        Ok(labels.as_array().is_some_and(|labels| labels.iter().any(is)).then_some(()))
    })?;

    // It is in the profile's text, with what else stood there, and no table began anew.
    let text = profile(stage)?;
    ensure!(text.contains("label = \"Duty \\\"now\\\"\"") && text.contains("at = [5, 0, 3, 4]"), "{text}");
    ensure!(text.starts_with("# The built-in simulated motor drive"), "the first comment is gone:\n{text}");
    let tables =
        stage.tab.eval("[...document.querySelectorAll('.rows-group th')].map(th => th.textContent).join(' ')")?;
    ensure!(!tables.as_str().unwrap_or_default().contains("drive#2"), "the tables began anew: {tables}");
    stage.ledger_until("more frames", SOON, |ledger| ledger.frames > frames && ledger.rejected == 0)?;
    stage.no_problems()
}
