//! What nobody else has is asked about before it goes.

use super::demo;
use super::network::{JSON, open};
use crate::ensure;
use crate::failure::Outcome;
use crate::server::{Kind, SocketDevice};
use crate::stage::Stage;
use crate::tab::SOON;

pub fn asks(stage: &mut Stage<'_>) -> Outcome {
    // The demo says the same again whenever it is asked.
    demo::open(stage)?;
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    ensure!(!stage.tab.asks_before_reload()?, "nothing of the demo is lost, and it is asked all the same");

    let device = SocketDevice::start(Kind::Text, 0)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), JSON)?;
    stage.connected()?;
    stage.ledger_until("50 frames", SOON, |ledger| ledger.frames >= 50)?;
    ensure!(stage.tab.asks_before_reload()?, "a session holds data, and the page goes without a word");
    stage.tab.click("button", "Close session")?;
    let name = format!("127.0.0.1:{}", device.port);
    let question = format!("Close {name}?");
    let said = stage.tab.reads("dialog", &question, "were not saved", SOON)?;
    ensure!(said.contains(&format!(" samples of {name}, ")), "it is not said how much: {said:?}");
    // Whoever presses a key too many keeps it.
    stage.tab.wait("the focus at what is safe", SOON, |tab| {
        Ok((tab.eval("document.activeElement?.textContent")? == "Keep the session").then_some(()))
    })?;
    stage.tab.key("Enter")?;
    stage.tab.wait("no question", SOON, |tab| Ok(tab.find("dialog", &question)?.is_none().then_some(())))?;
    let before = stage.ledger()?.frames;
    stage.ledger_until("more frames", SOON, |ledger| ledger.frames > before)?;
    stage.tab.click("button", "Close session")?;
    stage.tab.click("button", "Close and lose them")?;
    stage.tab.the("button", "Try the demo device")?;
    ensure!(!stage.tab.asks_before_reload()?, "nothing is open any more, and it is asked all the same");
    stage.no_problems()
}

/// What was made of a profile, by its text or by a macro, is nowhere else until it is kept.
pub fn profile(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.tab.click("tab", "Macros")?;
    stage.tab.click("button", "Add macro")?;
    stage.tab.fill("textbox", "Name of the macro", "Ask")?;
    stage.tab.fill("textbox", "Steps", "send get limits")?;
    stage.tab.click("button", "Save macro")?;
    stage.tab.says("its changes go with this session", SOON)?;
    ensure!(stage.tab.asks_before_reload()?, "a macro is kept nowhere, and the page goes without a word");
    stage.tab.click("button", "Close session")?;
    stage.tab.says("the changes are kept nowhere", SOON)?;
    stage.tab.click("button", "Keep the session")?;
    stage.tab.click("button", "Keep profile")?;
    stage.tab.says("Kept in this browser", SOON)?;
    // Half a thought in the text is no less than a macro.
    stage.tab.click("tab", "Profile")?;
    let text = stage.tab.eval("document.getElementById('profile-text').value")?;
    let text = text.as_str().unwrap_or_default().replacen("name = \"", "name = \"My ", 1);
    stage.tab.fill("textbox", "Profile as TOML", &text)?;
    stage.tab.says("Not in force yet", SOON)?;
    stage.tab.click("button", "Close session")?;
    stage.tab.click("button", "Keep the profile and close")?;
    stage.tab.the("button", "Try the demo device")?;
    let kept = stage.tab.eval("localStorage.getItem('ferrule.profiles')")?;
    let kept = kept.as_str().unwrap_or_default();
    ensure!(kept.contains("My Motor drive") && kept.matches("send get limits").count() == 2, "kept is {kept:?}");
    // What is kept, or was never changed, is not asked about.
    stage.tab.click("button", "Try the demo device")?;
    stage.connected()?;
    ensure!(!stage.tab.asks_before_reload()?, "nothing is lost, and it is asked all the same");
    stage.no_problems()
}
