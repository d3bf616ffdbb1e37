//! Two adapters that look alike, in the list of the start page: which is open, and how each was opened.

use crate::device::Device;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;

const FIRST: &str = "USB 2e8a:000a";
const SECOND: &str = "USB 2e8a:000a · number 2";

/// Waits until the list has these rows and no others, each with these words in it.
fn rows(stage: &mut Stage<'_>, wanted: &[(&str, &str)]) -> Outcome {
    let script = "[...document.querySelectorAll('ul[aria-label=\"Devices you allowed before\"] .known-name')]\
                  .map((row) => [row.querySelector('b').textContent, row.querySelector('span').textContent])";
    stage.tab.wait(&format!("the rows {wanted:?}"), SOON, |tab| {
        let rows = tab.eval(script)?;
        let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
        let fits = |(row, (name, words)): (&serde_json::Value, &(&str, &str))| {
            row[0] == json!(name) && row[1].as_str().is_some_and(|said| said.contains(words))
        };
        Ok((rows.len() == wanted.len() && rows.iter().zip(wanted).all(fits)).then_some(()))
    })
}

fn start(stage: &mut Stage<'_>) -> Outcome {
    stage.tab.click("link", "Ferrule, start page")
}

/// Opens a row, whose device speaks, and nobody else's.
fn connect(stage: &mut Stage<'_>, row: &str, device: &Device) -> Outcome {
    stage.tab.click("button", &format!("Connect {row}"))?;
    stage.connected()?;
    device.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    device.rest().map(drop)
}

pub fn marks(stage: &mut Stage<'_>) -> Outcome {
    let (first, second) = (Device::new(61)?, Device::new(62)?);
    stage.start()?;
    let profile = stage.wired_drive()?;
    stage.keep(&profile)?;
    stage.plug(0, first.path())?;
    rows(stage, &[(FIRST, "")])?;
    stage.plug(1, second.path())?;
    rows(stage, &[(FIRST, ""), (SECOND, "")])?;
    stage.tab.choose("Profile", "Wired drive (yours)")?;
    connect(stage, FIRST, &first)?;
    stage.close_session()?;

    // The second is open, and only that is said to be.
    connect(stage, SECOND, &second)?;
    start(stage)?;
    rows(stage, &[(FIRST, "Wired drive"), (SECOND, "open as Wired drive")])?;
    ensure!(stage.tab.all("button", "Connect USB*")?.len() == 1, "a port that is open is offered once more");
    stage.tab.click("button", &format!("Show {SECOND}"))?;
    // Another speed is that of the port it was set at.
    stage.tab.click("button", "Signals and speed")?;
    stage.tab.fill("combobox", "Speed in baud", "115200")?;
    second.speaks_at(115_200);
    stage.tab.click("button", "Reopen at 115\u{2009}200 baud")?;
    stage.tab.reads("region", "Device", "115\u{2009}200 baud", SOON)?;
    stage.connected()?;
    start(stage)?;
    rows(stage, &[(FIRST, "921\u{2009}600 baud"), (SECOND, "open as Wired drive")])?;

    // The first goes and comes back: neither mark nor name moves.
    drop(first);
    stage.unplug(0)?;
    rows(stage, &[(SECOND, "open as Wired drive")])?;
    let first = Device::new(61)?;
    stage.plug(0, first.path())?;
    rows(stage, &[(FIRST, "921\u{2009}600 baud"), (SECOND, "open as Wired drive")])?;
    connect(stage, FIRST, &first)?;
    start(stage)?;
    rows(stage, &[(FIRST, "open as Wired drive (2)"), (SECOND, "open as Wired drive")])?;

    // The second does so while both are open.
    drop(second);
    stage.unplug(1)?;
    rows(stage, &[(FIRST, "open as Wired drive (2)")])?;
    let second = Device::new(62)?;
    second.speaks_at(115_200);
    stage.plug(1, second.path())?;
    rows(stage, &[(FIRST, "open as Wired drive (2)"), (SECOND, "open as Wired drive")])?;
    stage.tab.click("button", &format!("Show {SECOND}"))?;
    stage.connected()?;
    let before = stage.ledger()?;
    second.go();
    stage.ledger_until("100 frames more", SOON, |ledger| ledger.frames >= before.frames + 100)?;
    second.rest()?;

    // Closed, and after a reload, each is offered as it was opened last.
    for _ in 0..2 {
        stage.close_session()?;
        if let Some(other) = stage.tab.find("link", "Point to point: Wired drive (2)*")? {
            stage.tab.press(&other)?;
        }
    }
    let closed = [(FIRST, "921\u{2009}600 baud"), (SECOND, "115\u{2009}200 baud")];
    rows(stage, &closed)?;
    stage.tab.reload()?;
    stage.start()?;
    rows(stage, &closed)?;
    connect(stage, SECOND, &second)?;
    stage.no_problems()
}
