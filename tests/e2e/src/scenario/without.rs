//! A browser that has no Web Serial.

use super::demo;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;

pub fn serial(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    let there = stage.tab.eval("'serial' in navigator")?;
    ensure!(there.as_bool() == Some(false), "this browser has Web Serial after all");
    stage.tab.says("This browser has no Web Serial. Open this page in Chrome", SOON)?;
    let button = stage.tab.the("button", "Connect a USB serial device")?;
    let function =
        "function () { return [this.getAttribute('aria-disabled'), this.getAttribute('aria-describedby')]; }";
    let said = stage.tab.on(&button, function, serde_json::json!([]))?;
    ensure!(said[0] == "true", "the button does not say that it is disabled: {said}");
    ensure!(said[1].is_string(), "the button does not say why: {said}");
    demo::streams(stage)
}

pub fn doctor(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    stage.tab.click("link", "Connection doctor")?;
    stage.tab.the("heading", "This browser cannot open serial ports.")?;
    stage.tab.says("Open this page in Chrome, Edge or another Chromium browser", SOON)?;
    stage.tab.reads("list", "How far the connection got", "not reached", SOON)?;
    stage.tab.reads("table", "What was looked at", "has no Web Serial here", SOON)?;
    stage.tab.click("link", "To the start page")?;
    stage.tab.the("button", "Try the demo device")?;
    stage.no_problems()
}
