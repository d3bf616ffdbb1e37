//! The browser's own chooser of ports, which no page can see: a mouse and a keyboard on a screen.

use crate::desktop::Desktop;
use crate::device::Device;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;
use std::thread::sleep;
use std::time::Duration;

/// From the window's corner to the first line of the chooser; downwards from where the page begins.
const FIRST_LINE: (f64, f64) = (186.0, 88.0);

/// How often something is tried on a busy machine that takes its time to show the chooser.
const TRIES: u32 = 8;

fn desktop<'b>(stage: &Stage<'b>) -> Result<&'b Desktop, Failure> {
    stage.desktop.ok_or_else(|| "this scenario has no screen".into())
}

/// Where the page begins on the screen.
fn corner(stage: &mut Stage<'_>) -> Result<(f64, f64), Failure> {
    let script = "[screenX + (outerWidth - innerWidth) / 2, screenY + outerHeight - innerHeight]";
    let place = stage.tab.eval(script)?;
    Ok((place[0].as_f64().unwrap_or_default(), place[1].as_f64().unwrap_or_default()))
}

/// Clicks a button with the mouse that is on the desk.
fn click(stage: &mut Stage<'_>, name: &str) -> Outcome {
    let button = stage.tab.the("button", name)?;
    let script = "function () { this.scrollIntoView({ block: 'center', behavior: 'instant' }); \
                  const r = this.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }";
    let place = stage.tab.on(&button, script, json!([]))?;
    let (left, top) = corner(stage)?;
    let (x, y) = (place[0].as_f64().unwrap_or_default(), place[1].as_f64().unwrap_or_default());
    desktop(stage)?.click(left + x, top + y)
}

pub fn chosen(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(22)?;
    stage.start()?;
    let profile = stage.wired_drive()?;
    stage.keep(&profile)?;
    stage.plug(0, device.path())?;
    stage.tab.choose("Profile", "Wired drive (yours)")?;
    let allowed = stage.tab.eval("navigator.serial.getPorts().then(ports => ports.length)")?;
    ensure!(allowed == 0, "{allowed} ports are allowed before anybody was asked");

    // Looked at, and left.
    click(stage, "Connect a USB serial device")?;
    let mut tries = 0;
    loop {
        sleep(Duration::from_secs(1));
        desktop(stage)?.key("Escape")?;
        match stage.tab.says("No port was chosen, and nothing was opened.", Duration::from_secs(2)) {
            Ok(()) => break,
            Err(why) if tries == TRIES => return Err(why),
            Err(_) => tries += 1,
        }
    }
    ensure!(stage.tab.all("link", "Point to point:*")?.is_empty(), "a session was opened by leaving the chooser");

    // Chosen: its line with the mouse, then Enter.
    click(stage, "Connect a USB serial device")?;
    let (left, top) = corner(stage)?;
    let mut tries = 0;
    loop {
        sleep(Duration::from_secs(1));
        desktop(stage)?.click(left + FIRST_LINE.0, top + FIRST_LINE.1)?;
        sleep(Duration::from_millis(300));
        desktop(stage)?.key("Return")?;
        match stage.tab.reads("region", "Device", "Connected", Duration::from_secs(4)) {
            Ok(_) => break,
            Err(why) if tries == TRIES => return Err(why),
            Err(_) => tries += 1,
        }
        // A click beside the chooser, before it stood where it stands, has closed it.
        if stage.tab.says("No port was chosen, and nothing was opened.", Duration::from_millis(200)).is_ok() {
            click(stage, "Connect a USB serial device")?;
        }
    }
    device.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    ensure!(device.received().contains("get limits"), "the device received {:?}", device.received());

    // It is known from now on, and only it.
    stage.tab.click("link", "Ferrule, start page")?;
    stage.tab.the("button", "Show USB 2e8a:000a")?;
    stage.no_problems()
}
