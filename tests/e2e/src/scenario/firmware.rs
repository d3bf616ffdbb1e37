//! The reference firmware as the device: one codec at both ends.

use crate::device::Firmware;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;

pub fn chain(stage: &mut Stage<'_>) -> Outcome {
    let board = Firmware::start(&stage.site.firmware)?;
    stage.start()?;
    stage.plug(0, board.path())?;
    stage.tab.choose("Profile", "Reference firmware")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    let ledger = stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    stage.plot_is_drawn()?;
    // What the board sent before the port was open may have been cut; after that all is good.
    let later = stage.ledger_until("300 frames more", SOON, |now| now.frames >= ledger.frames + 300)?;
    ensure!(later.rejected == ledger.rejected, "frames were rejected on the way: {ledger:?}, then {later:?}");
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Ping")?;
    stage.tab.says("Ping: answered after", SOON)?;
    stage.tab.fill("textbox", "amplitude in V", "2.5")?;
    stage.tab.click("button", "Set amplitude")?;
    stage.value_until("amplitude", |value| value.starts_with("2.5"))?;
    stage.no_problems()
}
