//! The workspace arranged, the palette, the keys: with the keyboard alone.

use super::demo;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;

/// The name of what has the focus.
pub(super) const FOCUSED: &str = "(() => { const e = document.activeElement; \
     return e.getAttribute('aria-label') ?? e.textContent.trim(); })()";

/// Where a panel is: its place, and whether it is in front there.
fn place_of(stage: &mut Stage<'_>, panel: &str) -> Result<String, Failure> {
    let script = format!(
        "(() => {{ for (const p of document.querySelectorAll('.place:not([hidden])')) {{ \
         if (p.dataset.panel === '{panel}') return p.getAttribute('aria-label'); \
         if ([...p.querySelectorAll('[role=tab]')].some(t => t.textContent === '{panel}')) \
         return p.getAttribute('aria-label') + ', behind'; }} return 'nowhere'; }})()"
    );
    Ok(stage.tab.eval(&script)?.as_str().unwrap_or_default().to_owned())
}

pub(super) fn stands(stage: &mut Stage<'_>, panel: &str, at: &str) -> Outcome {
    let what = format!("{panel} at {at}");
    stage.tab.wait(&what, SOON, |tab| {
        let script = format!(
            "[...document.querySelectorAll('.place:not([hidden])')].some(p => p.dataset.panel === '{panel}' && \
             p.getAttribute('aria-label') === '{at}')"
        );
        Ok((tab.eval(&script)? == true).then_some(()))
    })
}

pub fn arranged(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.tab.click("button", "Arrange Values")?;
    stage.tab.click("menuitem", "Move to lower right")?;
    stands(stage, "Values", "Details")?;
    ensure!(place_of(stage, "Commands")? == "Details, behind", "Commands is {}", place_of(stage, "Commands")?);
    let behind = stage.tab.find("button", "Fault: checksum")?;
    ensure!(behind.is_none(), "a panel behind another is still there");
    stage.tab.click("button", "Arrange Plot")?;
    stage.tab.click("menuitem", "Maximise")?;
    stage.tab.wait("the plot alone", SOON, |tab| Ok(tab.find("log", "Terminal")?.is_none().then_some(())))?;
    stage.tab.click("button", "Arrange Plot")?;
    stage.tab.click("menuitem", "Restore")?;
    stage.tab.the("log", "Terminal")?;
    stage.tab.click("button", "Arrange Terminal")?;
    stage.tab.click("menuitem", "Close Terminal")?;
    stage.tab.wait("no terminal", SOON, |tab| Ok(tab.find("log", "Terminal")?.is_none().then_some(())))?;

    // The same layout comes with the profile, in another session and after a reload.
    stage.tab.reload()?;
    demo::open(stage)?;
    stands(stage, "Values", "Details")?;
    ensure!(place_of(stage, "Terminal")? == "nowhere", "the terminal is {}", place_of(stage, "Terminal")?);
    stage.tab.click("button", "Panels")?;
    stage.tab.click("menuitemcheckbox", "Terminal")?;
    stands(stage, "Terminal", "Lower left")?;
    stage.tab.click("button", "Panels")?;
    stage.tab.click("menuitem", "Undo layout change")?;
    ensure!(place_of(stage, "Terminal")? == "nowhere", "the terminal is {}", place_of(stage, "Terminal")?);
    stage.tab.click("button", "Panels")?;
    stage.tab.click("menuitem", "Reset the layout")?;
    stands(stage, "Values", "Upper right")?;
    stands(stage, "Terminal", "Lower left")?;
    stage.no_problems()
}

pub fn keyboard(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    stage.tab.press_keys("Control+k")?;
    stage.tab.the("combobox", "Find or run")?;
    stage.tab.key("Escape")?;
    stage
        .tab
        .wait("the palette closed", SOON, |tab| Ok(tab.find("combobox", "Find or run")?.is_none().then_some(())))?;
    focus(stage, "Try the demo device")?;
    stage.tab.key("Enter")?;
    stage.connected()?;
    stage.plot_is_drawn()?;

    // F6 goes through the panels in reading order, and back.
    let mut around = Vec::new();
    for _ in 0..4 {
        stage.tab.press_keys("F6")?;
        around.push(stage.tab.eval("document.activeElement.closest('.place').dataset.panel")?);
    }
    ensure!(around == ["Plot", "Values", "Terminal", "Commands"], "F6 went to {around:?}");
    stage.tab.press_keys("Shift+F6")?;
    let back = stage.tab.eval("document.activeElement.closest('.place').dataset.panel")?;
    ensure!(back == "Terminal", "Shift F6 went to {back}");

    // A panel is moved with its menu.
    focus(stage, "Arrange Values")?;
    stage.tab.key("Enter")?;
    stage.tab.wait("the menu", SOON, |tab| Ok((tab.eval(FOCUSED)? == "Move to upper left").then_some(())))?;
    stage.tab.key("ArrowDown")?;
    stage.tab.key("Enter")?;
    stands(stage, "Values", "Lower left")?;
    stage.tab.wait("its menu has the focus", SOON, |tab| Ok((tab.eval(FOCUSED)? == "Arrange Values").then_some(())))?;
    stage.tab.press_keys("Control+z")?;
    stands(stage, "Values", "Upper right")?;
    stage.tab.press_keys("Control+Shift+z")?;
    stands(stage, "Values", "Lower left")?;
    stage.tab.press_keys("Control+z")?;

    // A line between panels moves by 16 pixels, and goes back.
    let size = "Math.round(document.querySelector('.place[aria-label=\"Upper right\"]').getBoundingClientRect().width)";
    let before = stage.tab.eval(size)?.as_f64().unwrap_or_default();
    focus(stage, "Width of the right column")?;
    for _ in 0..2 {
        stage.tab.key("ArrowLeft")?;
    }
    let wider = stage.tab.eval(size)?.as_f64().unwrap_or_default();
    ensure!((wider - before - 32.0).abs() < 2.0, "the column was {before} and is {wider} px wide");
    stage.tab.key("Home")?;
    ensure!(stage.tab.eval(size)?.as_f64() == Some(before), "Home does not put it back");
    for _ in 0..60 {
        stage.tab.key("ArrowRight")?;
    }
    let least = stage.tab.eval(size)?.as_f64().unwrap_or_default();
    ensure!((239.0..242.0).contains(&least), "the column is {least} px wide");
    stage.tab.key("Home")?;

    // A command of the profile, found by its name and sent.
    stage.tab.press_keys("Control+k")?;
    stage.tab.fill("combobox", "Find or run", "command get limits")?;
    stage.tab.wait("its line", SOON, |tab| {
        Ok(tab.all("option", "*")?.first().is_some_and(|line| line.name.contains("imits")).then_some(()))
    })?;
    stage.tab.key("Enter")?;
    stage.tab.says("answered after", SOON)?;

    // The list of keys, and the switch that turns single keys off.
    stage.tab.press_keys("F6")?;
    stage.tab.key("?")?;
    stage.tab.the("dialog", "Keyboard shortcuts")?;
    stage.tab.key("Escape")?;
    focus(stage, "Settings")?;
    stage.tab.key("Enter")?;
    let keys = stage.tab.the("checkbox", "Single keys*")?;
    stage.tab.on(&keys, "function () { this.focus(); }", json!([]))?;
    stage.tab.key(" ")?;
    stage.tab.key("Escape")?;
    stage.tab.press_keys("F6")?;
    for key in ["?", " "] {
        stage.tab.key(key)?;
    }
    std::thread::sleep(std::time::Duration::from_millis(300));
    ensure!(stage.tab.find("dialog", "Keyboard shortcuts")?.is_none(), "? does something though it was switched off");
    let paused = stage.tab.eval("document.querySelector('.work-plot .panel-note').textContent.startsWith('paused')")?;
    ensure!(paused == false, "Space does something though it was switched off");
    stage.no_problems()
}

/// What people type is found: pages, and what can be pressed on the screen.
pub fn found(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    let first = |stage: &mut Stage<'_>, typed: &str, name: &str| {
        stage.tab.press_keys("Control+k")?;
        stage.tab.fill("combobox", "Find or run", typed)?;
        stage.tab.wait(&format!("{name} for {typed}"), SOON, |tab| {
            Ok(tab.all("option", "*")?.first().is_some_and(|line| line.name.contains(name)).then_some(()))
        })
    };
    first(stage, "import", "Import a profile")?;
    stage.tab.key("Enter")?;
    stage.tab.wait("the field for a file", SOON, |tab| {
        Ok((tab.eval("document.activeElement.type")? == "file").then_some(()))
    })?;
    first(stage, "gallery", "Devices with a profile")?;
    stage.tab.key("Enter")?;
    stage.tab.the("heading", "Devices with a profile")?;
    first(stage, "settings", "Settings")?;
    stage.tab.key("Enter")?;
    stage.tab.the("checkbox", "Single keys*")?;
    first(stage, "demo", "Try the demo device")?;
    stage.tab.key("Enter")?;
    stage.connected()?;
    stage.plot_is_drawn()?;
    first(stage, "pause", "Pause")?;
    stage.tab.key("Enter")?;
    stage.tab.wait("the plot paused", SOON, |tab| {
        let paused = "document.querySelector('.work-plot .panel-note').textContent.startsWith('paused')";
        Ok((tab.eval(paused)? == true).then_some(()))
    })?;
    first(stage, "csv", "Save CSV")?;
    stage.tab.key("Enter")?;
    stage.tab.says("rows were handed to the browser to be saved", SOON)?;
    first(stage, "close session", "Close session")?;
    stage.tab.key("Escape")?;
    first(stage, "doctor", "Connection doctor")?;
    stage.tab.key("Enter")?;
    stage.tab.the("heading", "All is well.")?;
    stage.no_problems()
}

/// F44: what a canvas goes through. The plot is drawn again from the data each time, also while it stands still.
pub fn canvas(stage: &mut Stage<'_>) -> Outcome {
    const WIPE: &str = "(() => { const c = document.querySelector('.plot canvas'); c.getContext('2d').clearRect(0, 0, \
         c.width, c.height); c.dispatchEvent(new Event('contextrestored')); return [c.width, c.height]; })()";
    demo::open(stage)?;
    stage.plot_is_drawn()?;
    stage.tab.click("button", "Pause")?;
    stage.tab.eval(WIPE)?;
    stage.plot_is_drawn()?;
    for (what, width, height, ratio) in [
        ("a screen of 8k", 7680, 4320, 1.0),
        ("pixels of a third", 1280, 800, 3.0),
        ("a zoom of 67 %", 1910, 1194, 0.67),
    ] {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false });
        stage.tab.call("Emulation.setDeviceMetricsOverride", metrics)?;
        stage.tab.wait(&format!("the canvas fits {what}"), SOON, |tab| {
            let fits = "(() => { const c = document.querySelector('.plot canvas'); \
                        return c.width === Math.round(c.clientWidth * devicePixelRatio); })()";
            Ok((tab.eval(fits)? == true).then_some(()))
        })?;
        stage.plot_is_drawn()?;
    }
    // No size at all, and back.
    stage.tab.eval("document.querySelector('.plot').style.display = 'none'")?;
    std::thread::sleep(std::time::Duration::from_millis(300));
    stage.tab.eval("document.querySelector('.plot').style.display = ''")?;
    stage.plot_is_drawn()?;
    stage.no_problems()
}

/// Goes to a control with the Tab key: from the top of the page, as far as it takes.
pub(super) fn focus(stage: &mut Stage<'_>, name: &str) -> Outcome {
    stage.tab.eval("document.activeElement?.blur()")?;
    for _ in 0..200 {
        stage.tab.key("Tab")?;
        if stage.tab.eval(FOCUSED)? == name {
            return Ok(());
        }
    }
    Err(format!("the Tab key does not come to {name:?}").into())
}
