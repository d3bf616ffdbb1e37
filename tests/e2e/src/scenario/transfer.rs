//! Files to and from lrzsz at the far end of a serial line.

use crate::device::Program;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A folder of this test's own, with a file of every kind of byte in it.
fn folder(stage: &Stage<'_>, name: &str, len: usize) -> Result<(PathBuf, Vec<u8>), Failure> {
    let folder = stage.site.target.join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for part in ["device", "here", "saved"] {
        std::fs::create_dir_all(folder.join(part))?;
    }
    let bytes: Vec<u8> = (0..len).map(|i| (i as u32).wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    std::fs::write(folder.join("device/log.bin"), &bytes)?;
    std::fs::write(folder.join("here/new.bin"), &bytes)?;
    Ok((folder, bytes))
}

fn save_into(stage: &mut Stage<'_>, folder: &Path) -> Outcome {
    let params = json!({ "behavior": "allow", "downloadPath": folder.display().to_string() });
    stage.tab.call("Page.setDownloadBehavior", params)?;
    Ok(())
}

/// Waits until a file has these bytes.
fn holds(stage: &mut Stage<'_>, file: &Path, bytes: &[u8]) -> Outcome {
    let what = format!("{} with what was sent", file.display());
    stage.tab.wait(&what, SOON, |_| {
        let found = std::fs::read(file).is_ok_and(|found| found == bytes);
        Ok(found.then_some(()))
    })
}

pub fn zmodem(stage: &mut Stage<'_>) -> Outcome {
    let (folder, bytes) = folder(stage, "zmodem", 300_000)?;
    save_into(stage, &folder.join("saved"))?;
    // What a shell on a board does when one types `sz log.bin` and then `rz`. Afterwards it says something.
    let script = "read go; sz -b log.bin; echo sz is done; rz -b; sleep 1; echo rz is done; sleep 600";
    let device = Program::start(script, &folder.join("device"))?;
    stage.open_line(device.path())?;
    stage.send("go")?;
    stage.tab.says("The device offers files by ZMODEM", SOON)?;
    let before = stage.ledger()?;
    std::thread::sleep(Duration::from_millis(1500));
    ensure!(stage.tab.all("button", "Save log.bin")?.is_empty(), "something was received without being asked for");
    // The panel comes forward by itself.
    stage.tab.click("button", "Receive the files")?;
    stage.tab.says("Received: 1 file.", SOON)?;
    stage.tab.click("button", "Save log.bin")?;
    holds(stage, &folder.join("saved/log.bin"), &bytes)?;
    let ledger = stage.ledger()?;
    ensure!(ledger.balanced() && ledger.good >= before.good + 300_000, "{before:?} then {ledger:?}");
    // Now the device waits for a file, and the panel sends one.
    stage.tab.says("The device waits for files by ZMODEM", SOON)?;
    stage.tab.choose_file("Send file", &folder.join("here/new.bin"))?;
    stage.tab.says("Sent: 1 file.", SOON)?;
    holds(stage, &folder.join("device/new.bin"), &bytes)?;
    // The line is the terminal's again.
    let before = stage.ledger()?;
    stage.ledger_until("what the shell says next", SOON, |now| now.bytes_in >= before.bytes_in)?;
    let ledger = stage.ledger()?;
    ensure!(ledger.balanced(), "{ledger:?}");
    stage.tab.click("button", "Discard log.bin")?;
    ensure!(stage.tab.all("button", "Save log.bin")?.is_empty(), "a discarded file is still there");
    stage.no_problems()
}

pub fn ymodem(stage: &mut Stage<'_>) -> Outcome {
    let (folder, bytes) = folder(stage, "ymodem", 100_000)?;
    save_into(stage, &folder.join("saved"))?;
    let script = "rb -b; sb -b log.bin; sleep 600";
    let device = Program::start(script, &folder.join("device"))?;
    stage.open_line(device.path())?;
    stage.tab.click("tab", "Transfer")?;
    stage.tab.choose("Protocol", "YMODEM")?;
    stage.tab.choose_file("Send file", &folder.join("here/new.bin"))?;
    stage.tab.says("Sent: 1 file.", SOON)?;
    holds(stage, &folder.join("device/new.bin"), &bytes)?;
    stage.tab.click("button", "Receive")?;
    stage.tab.says("Received: 1 file.", SOON)?;
    stage.tab.click("button", "Save log.bin")?;
    holds(stage, &folder.join("saved/log.bin"), &bytes)?;
    // Nobody is there any more: it waits, and can be cancelled.
    stage.tab.click("button", "Receive")?;
    stage.tab.says("YMODEM: waiting for the other end", SOON)?;
    stage.send("not now")?;
    stage.tab.says("a file transfer is under way", SOON)?;
    stage.tab.click("button", "Cancel")?;
    stage.tab.says("Cancelled. Nothing had been heard of the other end", SOON)?;
    stage.no_problems()
}

pub fn unsaved(stage: &mut Stage<'_>) -> Outcome {
    let (folder, bytes) = folder(stage, "unsaved", 2_000_000)?;
    save_into(stage, &folder.join("saved"))?;
    stage.start()?;
    ensure!(!stage.tab.asks_before_reload()?, "nothing is open, and it is asked all the same");
    // A device that stands still in the middle, until it is told to go on.
    let slowly =
        "sz -q -b log.bin 2>/dev/null | (dd bs=1 count=20000 status=none; while [ ! -e on ]; do sleep 0.1; done; cat)";
    let script = format!("read go; {slowly}; rm on; read go; {slowly}; sleep 600");
    let device = Program::start(&script, &folder.join("device"))?;
    stage.open_line(device.path())?;
    stage.send("go")?;
    stage.tab.click("button", "Receive the files")?;
    stage.tab.wait("the panel tells of it", SOON, |tab| tab.find("progressbar", "Progress of the file"))?;
    ensure!(stage.tab.asks_before_reload()?, "a transfer is under way, and the page goes without a word");
    // Another panel comes to the front: the strip over them has the progress, once, and leads back.
    stage.tab.click("tab", "Rejected")?;
    stage.tab.says("A file transfer by ZMODEM is under way", SOON)?;
    ensure!(stage.tab.all("progressbar", "Progress of the file")?.len() == 1, "there is not one progress bar");
    stage.tab.the("button", "Cancel")?;
    std::fs::write(folder.join("device/on"), "")?;
    stage.tab.says("Received: 1 file.", SOON)?;
    ensure!(stage.tab.asks_before_reload()?, "a file is not saved, and the page goes without a word");
    stage.tab.click("button", "Show Transfer")?;
    stage.tab.says("1 received file is not saved yet", SOON)?;
    // Nor does the session go without a word.
    stage.tab.click("button", "Close session")?;
    stage.tab.click("button", "Keep the session")?;
    stage.tab.click("button", "Save log.bin")?;
    holds(stage, &folder.join("saved/log.bin"), &bytes)?;
    // From the strip it can be cancelled too.
    stage.send("go")?;
    stage.tab.click("button", "Receive the files")?;
    stage.tab.click("tab", "Rejected")?;
    stage.tab.click("button", "Cancel")?;
    stage.tab.says("Cancelled. The device was told.", SOON)?;
    stage.tab.click("button", "Dismiss")?;
    // What the device said is in this tab only, and not even that once the session is closed.
    ensure!(stage.tab.asks_before_reload()?, "a session holds data, and the page goes without a word");
    stage.close_session()?;
    stage.tab.the("button", "Try the demo device")?;
    ensure!(!stage.tab.asks_before_reload()?, "nothing is open any more, and it is asked all the same");
    stage.no_problems()
}
