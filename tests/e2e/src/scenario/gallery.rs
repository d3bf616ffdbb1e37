//! The gallery, profiles in addresses, and set-ups of other programs.

use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;
use std::net::TcpListener;
use std::time::Duration;

/// Finds a device by its words, looks at what its profile would do, and takes it to the form of the start page.
pub fn found(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    let all = stage.tab.the("link", "All *")?;
    stage.tab.press(&all)?;
    stage.tab.reads("list", "Profiles", "u-blox GNSS", SOON)?;
    stage.tab.fill("searchbox", "Find a device", "DUST vindriktning")?;
    stage.tab.reads("status", "*", "1 of ", SOON)?;
    let list = stage.tab.reads("list", "Profiles", "Cubic PM1006", SOON)?;
    ensure!(!list.contains("u-blox"), "the filter leaves others: {list}");
    stage.tab.fill("searchbox", "Find a device", "nothing of the kind")?;
    stage.tab.says("No profile has these words.", SOON)?;
    stage.tab.fill("searchbox", "Find a device", " ")?;
    stage.tab.click("radio", "WebSocket")?;
    let list = stage.tab.reads("list", "Profiles", "WLED", SOON)?;
    ensure!(!list.contains("Shelly") && !list.contains("u-blox"), "another kind is listed: {list}");
    stage.tab.click("radio", "Serial")?;
    stage.tab.choose("For", "position")?;
    stage.tab.click("link", "u-blox GNSS")?;
    stage.tab.says("400 baud, 8N1", SOON)?;
    stage.tab.says("NAV-PVT iTOW, year", SOON)?;
    // Back in the list all is as it was, at the device that was looked at.
    stage.tab.eval("history.back()")?;
    let list = stage.tab.reads("list", "Profiles", "u-blox", SOON)?;
    ensure!(!list.contains("WLED"), "the filter is gone: {list}");
    let at = "document.activeElement.textContent + document.getElementById('gallery-tag').value";
    stage.tab.wait("the device looked at", SOON, |tab| Ok((tab.eval(at)? == "u-blox GNSSposition").then_some(())))?;
    stage.tab.click("link", "u-blox GNSS")?;
    stage.tab.says("Nothing is opened and nothing is sent", SOON)?;
    stage.tab.click("button", "Use for a new session")?;
    let chosen =
        "document.getElementById('serial-profile').selectedOptions[0].label + document.getElementById('baud').value";
    stage.tab.wait("the profile in the form", SOON, |tab| {
        Ok((tab.find("button", "Try the demo device")?.is_some() && tab.eval(chosen)? == "u-blox GNSS38400")
            .then_some(()))
    })?;
    stage.no_problems()
}

/// A profile as an address carries it.
fn packed(port: u16) -> String {
    let text = format!(
        "# From a colleague.\nname = \"Shared gauge\"\nabout = \"<b>Sent</b> in a link.\"\n\n[link]\nkind = \"websocket\"\n\
         url = \"ws://127.0.0.1:{port}/live\"\n\n[protocol]\nname = \"json\"\n\n[[commands]]\nname = \"Erase\"\ntext = \"erase everything\"\n\
         dangerous = true\n"
    );
    // A stored block needs no compressor: RFC 1951, section 3.2.4.
    let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
    let mut bytes = vec![1];
    bytes.extend(length.to_le_bytes());
    bytes.extend((!length).to_le_bytes());
    bytes.extend(text.as_bytes());
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// Nobody has knocked.
fn untouched(listener: &TcpListener) -> Outcome {
    std::thread::sleep(Duration::from_millis(500));
    ensure!(listener.accept().is_err(), "a connection was opened");
    Ok(())
}

/// A shared profile is shown, kept and used by hand; the host that it names hears nothing before *Open* (S36).
pub fn shared(stage: &mut Stage<'_>) -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    let packed = packed(port);
    let url = format!("{}/#/profile/{packed}", stage.site.origin);
    stage.tab.go(&url)?;
    stage.tab.says("Shared gauge", Duration::from_secs(90))?;
    stage.tab.says("This profile came with the address.", SOON)?;
    stage.tab.says(&format!("to ws://127.0.0.1:{port}/live"), SOON)?;
    stage.tab.says("<b>Sent</b> in a link.", SOON)?;
    stage.tab.says("Erase erase everything · armed first", SOON)?;
    untouched(&listener)?;
    ensure!(stage.tab.eval("localStorage.getItem('ferrule.profiles')")?.is_null(), "it was kept without a click");
    stage.tab.click("button", "Use for a new session")?;
    stage.tab.wait("the form filled in", SOON, |tab| {
        let filled = tab.eval("document.getElementById('address')?.value")?;
        Ok((filled == format!("ws://127.0.0.1:{port}/live").as_str()).then_some(()))
    })?;
    let chosen = stage.tab.eval("document.getElementById('network-profile').selectedOptions[0].label")?;
    ensure!(chosen == "Shared gauge", "chosen is {chosen}");
    untouched(&listener)?;
    stage.tab.eval("history.back()")?;
    stage.tab.click("button", "Keep")?;
    stage.tab.says("Shared gauge is kept in this browser", SOON)?;
    // 64 KiB of `#` and one more, by zlib 1.2.13.
    let too_long = format!("#/profile/7cGBAAAAAMMgmPk7_iBVAQ{}wA0", "A".repeat(82));
    for (address, words) in [
        ("#/profile/AAAA", "cut off or changed on its way"),
        (too_long.as_str(), "64 KiB"),
        ("#/gallery/nobody", "There is no profile of that name"),
    ] {
        stage.tab.eval(&format!("location.hash = {address:?}"))?;
        stage.tab.says(words, SOON)?;
    }
    untouched(&listener)?;
    stage.no_problems()
}

/// A Serial Studio project becomes a profile; what is not taken over is listed.
pub fn imported(stage: &mut Stage<'_>) -> Outcome {
    let project = r#"{ "title": "Kitchen scale", "frameDetection": 1, "frameStart": "$", "frameEnd": ";", "decoder": 0,
        "frameParser": "function parse(frame) { return frame.split(','); }",
        "groups": [{ "title": "Scale", "widget": "", "datasets": [
            { "index": 1, "title": "Load", "units": "kg", "min": 0, "max": 50, "graph": true }] }], "actions": [] }"#;
    let file = stage.site.target.join("scale.ssproj");
    std::fs::write(&file, project)?;
    stage.start()?;
    stage.tab.choose_file("Import a profile", &file)?;
    stage.tab.says("scale.ssproj is kept in this browser as a profile.", SOON)?;
    stage.tab.reads("list", "Not taken over", "\"Load\" has the range 0 to 50.", SOON)?;
    stage.tab.reads("list", "Profiles kept in this browser", "Kitchen scale", SOON)?;
    // What was brought is what is opened next.
    let chosen = "document.getElementById('serial-profile').selectedOptions[0].textContent";
    ensure!(stage.tab.eval(chosen)? == "Kitchen scale (yours)", "another profile than the imported is chosen");
    std::fs::write(&file, r#"{ "title": "Empty", "frameEnd": ";", "groups": [] }"#)?;
    stage.tab.choose_file("Import a profile", &file)?;
    stage.tab.says("scale.ssproj was not taken. The project has no dataset", SOON)?;
    stage.no_problems()
}
