//! The whole console for somebody whose browser speaks German.

mod english;
mod states;

pub use states::{refusals, screens};

use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;
use english::look;
use serde_json::json;

/// Speaks German from the next page on.
pub(super) fn speaks_german(stage: &mut Stage<'_>) -> Outcome {
    let agent = stage.tab.eval("navigator.userAgent")?;
    stage.tab.call("Network.setUserAgentOverride", json!({ "userAgent": agent, "acceptLanguage": "de-AT,en" }))?;
    Ok(())
}

pub fn whole(stage: &mut Stage<'_>) -> Outcome {
    speaks_german(stage)?;
    let mut found = Vec::new();
    let url = format!("{}/", stage.site.origin);
    stage.tab.go(&url)?;
    stage.tab.wait("the start page", SOON, |tab| tab.find("button", "Einstellungen"))?;
    let language = stage.tab.eval("document.documentElement.lang")?;
    ensure!(language == "de", "the page says that its language is {language}");
    look(stage, "start", &mut found)?;

    stage.tab.eval("location.hash = '#/demo'")?;
    stage.tab.wait("the workspace", SOON, |tab| tab.find("button", "Ansichten"))?;
    stage.tab.wait("300 frames", SOON, |tab| {
        Ok((tab.eval("Number(document.querySelector('.ledger').dataset.frames) >= 300")? == true).then_some(()))
    })?;
    look(stage, "device", &mut found)?;
    let tabs = stage.tab.all("tab", "*")?;
    for tab in &tabs {
        stage.tab.press(tab)?;
        look(stage, &format!("panel {}", tab.name), &mut found)?;
    }
    for (button, leads) in [("Ansichten", "menu"), ("Verlauf anordnen", "menu"), ("Einstellungen", "group")] {
        stage.tab.click("button", button)?;
        look(stage, &format!("{leads} {button}"), &mut found)?;
        stage.tab.key("Escape")?;
    }
    stage.tab.press_keys("Control+k")?;
    stage.tab.the("combobox", "Suchen oder ausführen")?;
    look(stage, "palette", &mut found)?;
    stage.tab.key("Escape")?;
    stage.tab.press_keys("F6")?;
    stage.tab.key("?")?;
    stage.tab.the("dialog", "Tastenkürzel")?;
    look(stage, "shortcuts", &mut found)?;
    stage.tab.key("Escape")?;
    stage.tab.eval("location.hash = '#/session/99'")?;
    look(stage, "gone", &mut found)?;

    // Another language is chosen, and everything is said in it.
    stage.tab.click("button", "Einstellungen")?;
    stage.tab.choose("Sprache", "English")?;
    stage.tab.the("button", "Settings")?;
    english::none(found)?;
    stage.no_problems()
}
