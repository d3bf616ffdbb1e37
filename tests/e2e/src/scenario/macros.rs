//! Commands repeated and listed, anything sent, macros written, recorded, run and stopped: against the demo device.

use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;

pub fn commands(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    stage.tab.click("button", "Try the demo device")?;
    stage.connected()?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Get limits")?;
    stage.tab.says("Get limits: answered after", SOON)?;
    stage.tab.reads("list", "Sent from here", "command \"Get limits\"", SOON)?;
    stage.tab.reads("list", "Sent from here", "ok limits", SOON)?;
    // Bytes, with the frame's delimiter around them: the demo takes lines.
    stage.tab.choose("Written as", "Hex")?;
    stage.tab.fill("textbox", "What to send", "67 65 74 20 6g")?;
    stage.tab.click("button", "Send this")?;
    stage.tab.says("\"6g\" is no hexadecimal number", SOON)?;
    stage.tab.fill("textbox", "What to send", "67 65 74 20 6c 69 6d 69 74 73 0a")?;
    stage.tab.click("button", "Send this")?;
    stage.terminal("get limits")?;
    // Again and again, until it is stopped.
    stage.tab.click("checkbox", "Repeat")?;
    stage.tab.fill("textbox", "every, in ms", "300")?;
    stage.tab.fill("textbox", "times, empty for until stopped", "")?;
    stage.tab.click("button", "Get limits")?;
    stage.tab.says("Get limits: round 3", SOON)?;
    stage.tab.click("button", "Stop repeating")?;
    stage.tab.wait("the end of it", SOON, |tab| Ok(tab.find("button", "Stop repeating")?.is_none().then_some(())))?;
    stage.no_problems()
}

pub fn macros(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    stage.tab.click("button", "Try the demo device")?;
    stage.connected()?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Get limits")?;
    stage.tab.says("Get limits: answered after", SOON)?;
    let before = stage.ledger()?;
    stage.tab.click("tab", "Macros")?;
    stage.tab.click("button", "Add macro")?;
    stage.tab.fill("textbox", "Name of the macro", "Twice")?;
    stage.tab.click("button", "Add what was sent from Commands")?;
    stage.tab.says("1 step, no mistakes.", SOON)?;
    stage.tab.fill("textbox", "Steps", "repeat 2\nsnd get limits\nend")?;
    stage.tab.says("Line 2: there is no step `snd`", SOON)?;
    stage.tab.fill("textbox", "Steps", "repeat 2\ncommand \"Get limits\"\nwait 300 ms\nend\nwait 1 h")?;
    stage.tab.says("Line 5: a time is written as", SOON)?;
    stage.tab.fill(
        "textbox",
        "Steps",
        "repeat 2\ncommand \"Get limits\"\nwait 300 ms\nend\nexpect within 60 s: never said",
    )?;
    stage.tab.click("button", "Save macro")?;
    stage.tab.click("button", "Run Twice")?;
    stage.tab.reads("region", "Twice", "waits for \"never said\"", SOON)?;
    stage.tab.click("button", "Stop Twice")?;
    stage.tab.says("Twice: stopped in line 5.", SOON)?;
    // Nothing that is decoded was interrupted by it.
    let ledger = stage.ledger()?;
    ensure!(ledger.gaps == before.gaps && ledger.skipped == before.skipped, "{before:?} then {ledger:?}");
    stage.tab.click("button", "Edit Twice")?;
    stage.tab.fill("textbox", "Steps", "send get limits\nmatch within 10 s: ok limits")?;
    stage.tab.click("button", "Save macro")?;
    stage.tab.click("button", "Run Twice")?;
    stage.tab.says("Twice: done.", SOON)?;
    stage.tab.click("tab", "Profile")?;
    stage.tab.wait("the macro in the profile's text", SOON, |tab| {
        let text = tab.eval("document.getElementById('profile-text').value")?;
        Ok(text.as_str().is_some_and(|text| text.contains("name = \"Twice\"")).then_some(()))
    })?;
    stage.tab.click("tab", "Macros")?;
    stage.tab.click("button", "Edit Twice")?;
    stage.tab.click("button", "Delete macro")?;
    stage.tab.wait("no macro", SOON, |tab| Ok(tab.find("button", "Run Twice")?.is_none().then_some(())))?;
    stage.no_problems()
}
