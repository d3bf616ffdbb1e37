//! The connection doctor of what is open.

use super::network::open;
use crate::device::Device;
use crate::ensure;
use crate::failure::Outcome;
use crate::server::{Kind, SocketDevice};
use crate::stage::Stage;
use crate::tab::SOON;

/// From the start page it knows what is open, and leads there.
pub fn of_open(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(62)?;
    stage.open_wired(&device)?;
    device.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    stage.tab.go(&format!("{}/#/doctor", stage.site.origin))?;
    stage.tab.the("heading", "Sessions are open: each has a finding of its own.")?;
    let chain = stage.tab.reads("list", "How far the connection got", "Plugged in", SOON)?;
    let plugged = chain.split("Plugged in").nth(1).unwrap_or_default().trim_start();
    ensure!(plugged.starts_with("done"), "the port is listed, and the chain says {chain:?}");
    stage.tab.reads("region", "Open sessions", "Connected", SOON)?;
    stage.tab.click("link", "Look at Wired drive")?;
    stage.tab.the("heading", "All is well.")?;
    stage.no_problems()
}

/// What is reached over a network has no speed, and is not told to change it.
pub fn without_speed(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Binary, 0)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), "Plain text")?;
    stage.connected()?;
    stage.ledger_until("some bytes", SOON, |ledger| ledger.bytes_in > 4000)?;
    stage.tab.go(&format!("{}/#/doctor/1", stage.site.origin))?;
    stage.tab.the("heading", "Bytes arrive, and the profile makes no sense of them.")?;
    let said = stage.tab.eval("document.querySelector('.doctor').innerText")?;
    let said = said.as_str().unwrap_or_default();
    ensure!(!said.contains("baud") && !said.contains("parity"), "it says {said:?}");
    // What makes sense is said to, be it taken as objects or as mere lines.
    let device = SocketDevice::start(Kind::Text, 0)?;
    for (id, profile) in [(2, "JSON messages"), (3, "Plain text")] {
        stage.start_another()?;
        open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), profile)?;
        stage.connected()?;
        stage.ledger_until("some messages", SOON, |ledger| ledger.bytes_in > 200)?;
        stage.tab.go(&format!("{}/#/doctor/{id}", stage.site.origin))?;
        stage.tab.the("heading", "All is well.")?;
    }
    stage.no_problems()
}
