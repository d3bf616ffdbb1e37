//! Devices behind an address.

use super::demo::number;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::server::{HttpDevice, Kind, SocketDevice, closed_port};
use crate::stage::Stage;
use crate::tab::SOON;
use std::thread::sleep;
use std::time::Duration;

/// Types an address on the start page and opens it. The profile is named as the page names it.
pub fn open(stage: &mut Stage<'_>, kind: &str, url: &str, profile: &str) -> Outcome {
    stage.tab.click("radio", kind)?;
    stage.tab.choose_nth("Profile", 1, profile)?;
    stage.tab.fill("textbox", "Address", url)?;
    stage.tab.click("button", "Open")
}

pub const JSON: &str = "JSON messages";

pub fn binary(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Binary, 0)?;
    stage.start()?;
    let profile = stage.wired_drive()?;
    stage.keep(&profile)?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), "Wired drive (yours)")?;
    stage.connected()?;
    stage.tab.reads("region", "Device", &format!("talks to 127.0.0.1:{}", device.port), SOON)?;
    let ledger = stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    ensure!(ledger.rejected == 0, "frames cut into small messages were rejected: {ledger:?}");
    stage.value_until("torque", |value| !value.is_empty())?;
    stage.plot_is_drawn()?;
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    ensure!(device.received() == "get limits\n", "the device received {:?}", device.received());
    stage.no_problems()
}

pub fn text(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Text, 0)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), JSON)?;
    stage.connected()?;
    stage.value_until("temp", |value| number(value).is_some_and(|temp| (20.0..24.0).contains(&temp)))?;
    stage.value_until("note", |value| value == "<b>text</b>")?;
    let ledger = stage.ledger_until("50 frames", SOON, |ledger| ledger.frames >= 50)?;
    ensure!(ledger.rejected + ledger.skipped == 0, "whole messages, and yet {ledger:?}");
    stage.plot_is_drawn()?;
    stage.no_problems()
}

pub fn names(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Names, 0)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), JSON)?;
    stage.connected()?;
    // Beyond what the table shows, and beyond what is told of at all.
    stage.ledger_until("250 frames, 5,000 names", SOON, |ledger| ledger.frames + ledger.rejected >= 250)?;
    stage.tab.says("more are not shown", SOON)?;
    let rows = stage.tab.eval("document.querySelectorAll('table.values tbody tr').length")?;
    ensure!(rows.as_u64().is_some_and(|rows| rows <= 520), "the table has {rows} rows");
    stage.close_session()?;
    stage.tab.the("button", "Try the demo device")?;
    stage.no_problems()
}

pub fn reading(stage: &mut Stage<'_>) -> Outcome {
    // Pieces of binary frames are no JSON: each is rejected, without end.
    let device = SocketDevice::start(Kind::Binary, 0)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), JSON)?;
    stage.connected()?;
    stage.tab.click("tab", "Rejected")?;
    stage.ledger_until("rejected frames", SOON, |ledger| ledger.rejected >= 50 * 13)?;
    let scroll =
        "(() => { const body = document.querySelector('.rejected').closest('.panel-body'); body.scrollTop = 300; })()";
    stage.tab.eval(scroll)?;
    stage.tab.says("The list stands still while you read.", SOON)?;
    let place = "(() => { const body = document.querySelector('.rejected').closest('.panel-body'); \
                 const top = body.getBoundingClientRect().top; const row = [...document.querySelectorAll('.rejected li')]\
                 .find(li => li.getBoundingClientRect().bottom > top); \
                 return row.innerText + Math.round(row.getBoundingClientRect().top); })()";
    let before = stage.tab.eval(place)?;
    let newest = "document.querySelector('.rejected li').innerText";
    let first = stage.tab.eval(newest)?;
    let rejected = stage.ledger()?.rejected;
    stage.ledger_until("more rejected frames", SOON, |ledger| ledger.rejected > rejected + 50 * 13)?;
    ensure!(stage.tab.eval(place)? == before, "the reader's place was moved");
    stage.tab.click("button", "Show the newest")?;
    stage.tab.wait("newer frames", SOON, |tab| Ok((tab.eval(newest)? != first).then_some(())))?;
    stage.no_problems()
}

pub fn cut(stage: &mut Stage<'_>) -> Outcome {
    lost(stage, JSON, |device| {
        device.cut();
        Ok(())
    })
}

pub fn reset(stage: &mut Stage<'_>) -> Outcome {
    lost(stage, JSON, SocketDevice::reset)
}

pub fn asleep(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Text, 0)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), JSON)?;
    stage.connected()?;
    let before = stage.ledger_until("some frames", SOON, |ledger| ledger.frames > 10)?;
    // The network goes while nobody looks, and no end of the connection is ever told.
    device.mute();
    let connected = device.accepted();
    stage.tab.asleep(Duration::from_secs(40))?;
    stage.terminal("This computer slept for")?;
    stage.connected()?;
    ensure!(device.accepted() == connected + 1, "it was connected {} times", device.accepted() - connected);
    let after = stage.ledger_until("what comes now", SOON, |ledger| ledger.frames > before.frames + 50)?;
    ensure!(after.gaps == before.gaps + 1, "the gap is not marked once: {before:?}, {after:?}");
    stage.no_problems()
}

pub fn hosted(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Text, 0)?;
    let origin = stage.origin.clone();
    stage.tab.permit_loopback(&origin, false)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), JSON)?;
    stage.tab.says("that permission was denied. Allow it in the site's settings", SOON)?;
    ensure!(device.accepted() == 0, "the browser let the page reach the device");
    stage.tab.permit_loopback(&origin, true)?;
    stage.tab.click("button", "Connect again")?;
    stage.connected()?;
    stage.value_until("temp", |value| number(value).is_some()).map(drop)
}

/// A profile that says how long is too long.
pub const QUIET: &str = "name = \"Gauge\"\n[link]\nkind = \"websocket\"\nurl = \"ws://gauge.example/\"\nsilence_s = 3\n\
                     [protocol]\nname = \"json\"\nframing = \"whole\"\n";

pub fn half_open(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    stage.keep(QUIET)?;
    lost(stage, "Gauge (yours)", |device| {
        device.mute();
        Ok(())
    })
}

/// A profile with a command that cannot be taken back.
const ERASER: &str = "name = \"Eraser\"\n[link]\nkind = \"websocket\"\nurl = \"ws://gauge.example/\"\n\
                      [protocol]\nname = \"json\"\nframing = \"whole\"\n\
                      [[commands]]\nname = \"Erase\"\ntext = \"erase\"\ndangerous = true\n\
                      [[macros]]\nname = \"Wipe\"\nsteps = \"command Erase\"\n\
                      [dashboard]\n[[tile]]\nkind = \"button\"\nlabel = \"Wipe it\"\ncommand = \"Erase\"\nat = [0, 0, 4, 3]\n";

pub fn dangerous(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Text, 0)?;
    stage.start()?;
    stage.keep(ERASER)?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), "Eraser (yours)")?;
    stage.connected()?;
    // Found by its name it leads to its form, and no further.
    stage.tab.press_keys("Control+k")?;
    stage.tab.fill("combobox", "Find or run", "erase command")?;
    stage.tab.wait("its line", SOON, |tab| {
        Ok(tab.all("option", "*")?.first().is_some_and(|line| line.name.contains("dangerous")).then_some(()))
    })?;
    stage.tab.key("Enter")?;
    stage.tab.wait("the focus on its button", SOON, |tab| {
        Ok((tab.eval("document.activeElement.textContent")? == "Erase").then_some(()))
    })?;
    ensure!(device.received().is_empty(), "sent straight from the palette: {:?}", device.received());
    // What it would send is seen, without arming it, and is not sent.
    stage.tab.click("button", "Dry run of Erase")?;
    stage.tab.says("Erase, dry run: it would send 6 bytes: 65 72 61 73 65 0a. Nothing was sent.", SOON)?;
    ensure!(device.received().is_empty(), "a dry run sent something: {:?}", device.received());
    for sent in ["erase\n", "erase\nerase\n"] {
        // Not armed, and not any more once it was sent.
        stage.tab.click("button", "Erase")?;
        stage.tab.says("arm it, then send it", SOON)?;
        ensure!(device.received().len() < sent.len(), "sent without being armed: {:?}", device.received());
        stage.tab.click("checkbox", "Arm Erase")?;
        stage.tab.says("Erase sends 6 bytes: “erase”.", SOON)?;
        stage.tab.click("button", "Erase")?;
        stage.tab.wait("the command at the device", SOON, |_| Ok((device.received() == sent).then_some(())))?;
        // Another one is refused for a second.
        std::thread::sleep(Duration::from_millis(1200));
    }
    // A macro and a button of the dashboard say as much before they do it.
    stage.tab.click("tab", "Macros")?;
    stage.tab.click("checkbox", "Arm Wipe")?;
    stage.tab.reads("region", "Wipe", "Erase sends 6 bytes: “erase”.", SOON)?;
    stage.tab.click("tab", "Dashboard")?;
    stage.tab.click("button", "Erase")?;
    stage.tab.reads("region", "Wipe it", "Erase sends 6 bytes: “erase”.", SOON)?;
    stage.tab.click("button", "Do not send")?;
    ensure!(device.received() == "erase\nerase\n", "a question sent something: {:?}", device.received());
    stage.no_problems()
}

/// A device that is lost twice and comes back each time.
fn lost(stage: &mut Stage<'_>, profile: &str, lose: fn(&SocketDevice) -> Outcome) -> Outcome {
    let device = SocketDevice::start(Kind::Text, 0)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), profile)?;
    stage.connected()?;
    stage.ledger_until("20 frames", SOON, |ledger| ledger.frames >= 20)?;
    for round in 2..=3 {
        let before = stage.ledger()?;
        lose(&device)?;
        let what = "frames on a new connection, and the gap counted";
        stage.ledger_until(what, SOON, |now| now.frames > before.frames + 20 && now.gaps > before.gaps)?;
        ensure!(device.accepted() == round, "{} connections, {round} expected", device.accepted());
        stage.connected()?;
    }
    Ok(())
}

pub fn refused(stage: &mut Stage<'_>) -> Outcome {
    let port = closed_port()?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{port}/"), JSON)?;
    stage.tab.says("Could not connect", SOON)?;
    stage.tab.says("Check that the device is on", SOON)?;
    // Now the device is switched on, and the next step that the page offers works.
    let device = SocketDevice::start(Kind::Text, port)?;
    let again = stage.tab.wait("connected, or asked to try again", SOON, |tab| {
        let words = tab.eval("document.querySelector('main').innerText")?;
        if words.as_str().is_some_and(|words| words.contains("Connected")) {
            return Ok(Some(None));
        }
        Ok(tab.find("button", "Try again now")?.map(Some))
    })?;
    if let Some(button) = again {
        // It may have come back by itself meanwhile, which takes the button away.
        let _ = stage.tab.press(&button);
    }
    stage.connected()?;
    ensure!(device.accepted() > 0, "connected to whom?");
    stage.ledger_until("frames", SOON, |ledger| ledger.frames > 5).map(drop)
}

pub fn http(stage: &mut Stage<'_>) -> Outcome {
    let device = HttpDevice::start()?;
    stage.start()?;
    open(stage, "HTTP", &format!("http://127.0.0.1:{}/state", device.port), JSON)?;
    stage.connected()?;
    stage.value_until("temp", |value| number(value) == Some(21.5))?;
    stage.value_until("relay.on", |value| value == "true")?;
    let ledger = stage.ledger_until("3 answers", SOON, |ledger| ledger.frames >= 3)?;
    ensure!(ledger.rejected + ledger.skipped == 0, "whole answers, and yet {ledger:?}");
    stage.send("{\"relay\": false}")?;
    for _ in 0..600 {
        if !device.commands().is_empty() {
            break;
        }
        stage.tab.pump()?;
        sleep(Duration::from_millis(50));
    }
    let commands = device.commands();
    ensure!(commands.iter().any(|body| body.contains("\"relay\": false")), "the device was asked {commands:?}");
    stage.no_problems()
}

pub fn cors(stage: &mut Stage<'_>) -> Outcome {
    let device = HttpDevice::start()?;
    stage.start()?;
    open(stage, "HTTP", &format!("http://127.0.0.1:{}/closed", device.port), JSON)?;
    stage.tab.says("CORS", SOON)?;
    stage.tab.says("Access-Control-Allow-Origin", SOON)
}

/// What the page says of the link now.
fn trouble(stage: &mut Stage<'_>) -> Result<String, Failure> {
    let words = stage.tab.eval("document.querySelector('.trouble').innerText")?;
    Ok(words.as_str().unwrap_or_default().to_owned())
}

pub fn missing(stage: &mut Stage<'_>) -> Outcome {
    let device = HttpDevice::start()?;
    stage.start()?;
    open(stage, "HTTP", &format!("http://127.0.0.1:{}/nothing", device.port), JSON)?;
    stage.tab.says("said 404 Not Found: the device has nothing there. Check the path", SOON)?;
    stage.tab.says("It is tried again by itself", SOON)?;
    stage.tab.wait("another try", SOON, |_| Ok((device.asked() >= 3).then_some(())))?;
    let words = trouble(stage)?;
    ensure!(words.contains("404") && !words.contains("onnect again"), "while it is tried again: {words:?}");
    stage.tab.click("button", "Disconnect")
}

pub fn endless(stage: &mut Stage<'_>) -> Outcome {
    let device = HttpDevice::start()?;
    stage.start()?;
    open(stage, "HTTP", &format!("http://127.0.0.1:{}/head", device.port), JSON)?;
    stage
        .tab
        .says("stood still for 10 s. Check that the device ends its answers. It is tried again by itself", SOON)?;
    // The next try takes ten seconds more, and the words stay while it does.
    stage.tab.wait("another try", SOON, |_| Ok((device.asked() >= 2).then_some(())))?;
    let words = trouble(stage)?;
    ensure!(words.contains("stood still"), "while it is tried again: {words:?}");
    stage.close_session()?;
    open(stage, "HTTP", &format!("http://127.0.0.1:{}/drip", device.port), JSON)?;
    stage.connected()?;
    stage.tab.says("The first answer goes on and on: name an address whose answers end", SOON)
}

pub fn forbidden(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Forbids, 0)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), JSON)?;
    stage.tab.says("code 1008). Check what the device allows, and to whom. It is tried again by itself", SOON)?;
    stage.tab.wait("another try", SOON, |_| Ok((device.accepted() >= 3).then_some(())))?;
    let words = trouble(stage)?;
    ensure!(!words.contains("onnect again"), "it says {words:?} and tries by itself");
    stage.tab.click("button", "Disconnect")
}
