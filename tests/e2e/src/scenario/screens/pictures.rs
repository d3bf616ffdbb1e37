//! Pictures of every screen, for the documents: wide in light and dark, and on a phone.

use super::list::{SCREENS, Show};
use super::palette;
use crate::device::Device;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::{Site, Stage};
use crate::tab::{Look, SOON, Tab};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// Bytes of all pictures at most, and of one.
const ALL: u64 = 5_000_000;
const ONE: u64 = 100_000;

/// Of every screen that has something to show.
pub fn pictures(tab: Tab<'_>, site: &Site, folder: &Path) -> Outcome {
    let mut stage = Stage::new(tab, None, site);
    for look in Look::ALL {
        stage.tab.look(look)?;
        for screen in SCREENS {
            (screen.go)(&mut stage).map_err(|why| format!("{}, {}: {why}", screen.name, look.name))?;
            if screen.name == "device" {
                std::thread::sleep(Duration::from_secs(24)); // so that the plot has something to show
            }
            if let Some(show) = &screen.show {
                take(&mut stage, (screen.name, look), show, folder)?;
            }
        }
    }
    Ok(())
}

/// Of what only real wires have: two equal adapters, a line's signals and speed, its doctor, a port that is lent.
pub fn of_wires(stage: &mut Stage<'_>) -> Outcome {
    let folder = stage.site.screens.clone().ok_or("no folder for pictures")?;
    let every = |stage: &mut Stage<'_>, name: &str, show: &Show| -> Outcome {
        for look in Look::ALL {
            stage.tab.look(look)?;
            std::thread::sleep(Duration::from_millis(500));
            take(stage, (name, look), show, &folder)?;
        }
        stage.tab.look(Look::ALL[0])
    };
    let (device, other) = (Device::new(12)?, Device::new(13)?);
    stage.open_wired(&device)?;
    device.rate(200);
    device.go();
    stage.ledger_until("3,000 frames", Duration::from_secs(60), |ledger| ledger.frames >= 3000)?;
    stage.tab.click("button", "Signals and speed")?;
    stage.tab.reads("list", "Signals of the device", "CTS", SOON)?;
    every(stage, "wire", &Show::At("[aria-label=Device]"))?;
    stage.tab.eval("location.hash = location.hash.replace('session', 'doctor')")?;
    stage.tab.the("button", "Copy report")?;
    every(stage, "wire-doctor", &Show::Top)?;
    stage.tab.click("link", "Back to the device")?;
    stage.start_another()?;
    stage.plug(1, other.path())?;
    stage.tab.reads("list", "Devices you allowed before", "number 2", SOON)?;
    every(stage, "wire-ports", &Show::Top)?;
    stage.tab.click("link", "Point to point: Wired drive*")?;
    stage.tab.click("button", "Release port")?;
    stage.tab.the("button", "Retake")?;
    every(stage, "wire-lent", &Show::Top)?;
    let sizes = std::fs::read_dir(&folder)?.flatten().filter_map(|file| file.metadata().ok());
    let all: u64 = sizes.map(|file| file.len()).sum();
    ensure!(all < ALL, "the pictures have {all} bytes");
    Ok(())
}

fn take(stage: &mut Stage<'_>, (name, look): (&str, Look), show: &Show, folder: &Path) -> Result<(), Failure> {
    // No button is drawn as if somebody pointed at it.
    let away = json!({ "type": "mouseMoved", "x": 1, "y": 300 });
    stage.tab.call("Input.dispatchMouseEvent", away)?;
    let place = match show {
        Show::AsItIs => String::new(),
        Show::Top => {
            "document.activeElement?.blur(); scrollTo(0, 0); document.querySelector('main').scrollTop = 0".into()
        }
        Show::At(what) => {
            format!("document.activeElement?.blur(); document.querySelector({}).scrollIntoView()", json!(what))
        }
    };
    stage.tab.eval(&place)?;
    std::thread::sleep(Duration::from_millis(500));
    let file = folder.join(format!("{name}-{}.png", look.name));
    stage.tab.picture(&file)?;
    let size = palette::reduce(&file)?;
    println!("{} {} KB", file.display(), size / 1000);
    ensure!(size < ONE, "{} has {size} bytes", file.display());
    Ok(())
}
