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
