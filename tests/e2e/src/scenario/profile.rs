//! The profile's editor.

use super::demo;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;

pub fn mistake(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    let good = stage.profile("demo")?;
    stage.tab.click("tab", "Profile")?;
    let wrong = good.replacen("framing = \"cobs\"", "framing = \"cobz\"", 1);
    let line = 1 + good.lines().take_while(|line| !line.contains("framing = ")).count();
    stage.tab.fill("textbox", "Profile as TOML", &wrong)?;
    stage.tab.says(&format!("Line {line}:"), SOON)?;
    let before = stage.ledger()?;
    stage.ledger_until("frames under the profile before", SOON, |now| now.frames > before.frames + 50)?;

    let better = good.replacen("name = \"Motor drive\"", "name = \"Renamed drive\"", 1);
    stage.tab.fill("textbox", "Profile as TOML", &better)?;
    stage.tab.says("No mistakes", SOON)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.reads("region", "Device", "Renamed drive", SOON)?;
    let before = stage.ledger()?;
    let after = stage.ledger_until("frames under the new profile", SOON, |now| now.frames > before.frames + 50)?;
    ensure!(after.rejected == before.rejected, "the change of profile cost frames: {before:?}, then {after:?}");
    stage.no_problems()
}
