//! The profile's form by the keyboard alone.

use super::workspace::{FOCUSED, focus};
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;

/// What has the focus, by its name; a section by its heading.
const REACHED: &str = "(() => { const e = document.activeElement; \
     return e.querySelector('h3')?.textContent ?? e.getAttribute('aria-label') ?? e.textContent.trim(); })()";

/// Goes on with the Tab key until something has the focus.
fn on_to(stage: &mut Stage<'_>, name: &str) -> Outcome {
    for _ in 0..80 {
        if stage.tab.eval(REACHED)? == name {
            return Ok(());
        }
        stage.tab.key("Tab")?;
    }
    Err(format!("the Tab key does not go on to {name:?}").into())
}

/// Types where the focus is, and goes on to the next control.
fn enter(stage: &mut Stage<'_>, words: &str) -> Outcome {
    for (number, line) in words.split('\n').enumerate() {
        if number > 0 {
            stage.tab.key("Enter")?;
        }
        stage.tab.call("Input.insertText", json!({ "text": line }))?;
    }
    stage.tab.key("Tab")
}

/// What has the focus is the element with that id.
fn at(stage: &mut Stage<'_>, id: &str) -> Outcome {
    let asked = "document.activeElement?.id";
    stage.tab.wait(&format!("the focus at {id}"), SOON, |tab| Ok((tab.eval(asked)? == id).then_some(())))
}

/// Brings a panel to the front: from the tab that is in front, with the arrow keys.
fn panel(stage: &mut Stage<'_>, from: &str, to: &str) -> Outcome {
    focus(stage, from)?;
    for _ in 0..10 {
        stage.tab.key("ArrowRight")?;
        if stage.tab.eval(FOCUSED)? == to {
            return Ok(());
        }
    }
    Err(format!("the arrow keys do not come to the tab {to:?}").into())
}

pub fn keys(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    focus(stage, "Try the demo device")?;
    stage.tab.key("Enter")?;
    stage.connected()?;
    let before = stage.profile("demo")?;
    let (macros, tiles) = (before.matches("[[macros]]").count(), before.matches("[[tile]]").count());
    panel(stage, "Commands", "Profile")?;
    focus(stage, "Form")?;
    stage.tab.key("Enter")?;

    // Whoever adds something is in its first field, and what is wrong there is said there.
    on_to(stage, "Macros")?;
    stage.tab.key("Enter")?;
    on_to(stage, "Add macro")?;
    stage.tab.key("Enter")?;
    at(stage, &format!("form-macros-{macros}--name"))?;
    enter(stage, "Twice")?;
    enter(stage, "send get limits\nmach within 10 s: ok limits")?;
    stage.tab.reads("group", &format!("Macro {}", macros + 1), "there is no step `mach`", SOON)?;
    focus(stage, "Go to its field")?;
    stage.tab.key("Enter")?;
    at(stage, &format!("form-macros-{macros}--steps"))?;
    stage.tab.key("Control+a")?;
    stage.tab.eval("document.activeElement.select()")?;
    enter(stage, "send get limits\nmatch within 10 s: ok limits")?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;

    // A kind of tile has fields of its own.
    on_to(stage, "Dashboard")?;
    stage.tab.key("Enter")?;
    on_to(stage, "Add tile")?;
    stage.tab.key("Enter")?;
    at(stage, &format!("form-tile-{tiles}--kind"))?;
    stage.tab.key("b")?;
    stage.tab.wait("the fields of a bar", SOON, |tab| {
        let there = format!("document.getElementById('form-tile-{tiles}--min') !== null");
        Ok((tab.eval(&there)? == true).then_some(()))
    })?;
    stage.tab.key("Tab")?;
    for words in ["Pace", "drive.speed", "0", "2000"] {
        enter(stage, words)?;
    }
    // Whoever takes something away is at its neighbour.
    on_to(stage, "Add tile")?;
    stage.tab.key("Enter")?;
    at(stage, &format!("form-tile-{}--kind", tiles + 1))?;
    on_to(stage, &format!("Remove Tile {}", tiles + 2))?;
    stage.tab.key("Enter")?;
    at(stage, &format!("form-tile-{tiles}--fold"))?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;
    on_to(stage, "Put in force")?;
    stage.tab.key("Enter")?;
    stage.tab.says("In force.", SOON)?;

    // Both are there, and the rest of the text is as it was.
    let text = super::profile::text(stage)?;
    let lost: Vec<&str> = before.lines().filter(|line| !text.lines().any(|other| other == *line)).collect();
    ensure!(lost.is_empty(), "the form lost lines: {lost:?}");
    panel(stage, "Profile", "Dashboard")?;
    stage.tab.reads("region", "Pace", "r/min", SOON)?;
    panel(stage, "Dashboard", "Macros")?;
    focus(stage, "Run Twice")?;
    stage.tab.key("Enter")?;
    stage.tab.says("Twice: done.", SOON)?;
    stage.no_problems()
}
