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

/// Unfolds a section or an item, by the id of what folds it.
fn unfold(stage: &mut Stage<'_>, id: &str) -> Outcome {
    let script = format!(
        "(() => {{ const e = document.getElementById('{id}'); if (e && !e.parentElement.open) e.click(); return !!e; }})()"
    );
    stage.tab.wait(&format!("what {id} folds"), SOON, |tab| Ok((tab.eval(&script)? == true).then_some(())))
}

/// A field, by its id, is marked or not.
fn marked(stage: &mut Stage<'_>, id: &str, wrong: bool) -> Outcome {
    let script = format!("document.getElementById('{id}')?.getAttribute('aria-invalid')");
    let wanted = if wrong { "true" } else { "false" };
    stage.tab.wait(&format!("{id} marked: {wrong}"), SOON, |tab| Ok((tab.eval(&script)? == wanted).then_some(())))
}

/// Types into a field, by its id, and leaves it.
fn put(stage: &mut Stage<'_>, id: &str, words: &str) -> Outcome {
    let there = format!("(e => {{ e?.focus(); e?.select(); return !!e; }})(document.getElementById('{id}'))");
    stage.tab.wait(&format!("the field {id}"), SOON, |tab| Ok((tab.eval(&there)? == true).then_some(())))?;
    if words.is_empty() {
        stage.tab.key("Backspace")?;
    }
    enter(stage, words)
}

pub fn mistakes(stage: &mut Stage<'_>) -> Outcome {
    super::demo::open(stage)?;
    let before = stage.profile("demo")?;
    let messages = before.matches("[[protocol.messages]]").count();
    stage.tab.click("tab", "Profile")?;
    stage.tab.click("button", "Form")?;

    // A sentence at a field says what the field is called.
    put(stage, "form-link-rate_hz", "fast")?;
    stage.tab.says("\"Rate in hertz\" must be a whole number", SOON)?;
    put(stage, "form-link-rate_hz", "100")?;
    // Closed lists are chosen from.
    stage.tab.choose("Byte order of the checksum", "big")?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;

    // What is missing is marked where it is missing.
    unfold(stage, "form-protocol-messages-fold")?;
    stage.tab.click("button", "Add message")?;
    let new = format!("form-protocol-messages-{messages}-");
    marked(stage, &format!("{new}-id"), true)?;
    stage.tab.reads("group", &format!("Message {}", messages + 1), "a message needs an id", SOON)?;
    put(stage, &format!("{new}-id"), "99")?;
    marked(stage, &format!("{new}-id"), false)?;
    put(stage, &format!("{new}-name"), "")?;
    marked(stage, &format!("{new}-name"), true)?;
    put(stage, &format!("{new}-name"), "extra")?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;

    // What cannot be taken over is a mistake, and nothing else is said beside it.
    unfold(stage, &format!("{new}-fields-0--fold"))?;
    let labels = format!("{new}-fields-0--enum");
    put(stage, &labels, "{ 0 = off }")?;
    marked(stage, &labels, true)?;
    stage.tab.says("What was typed at a field could not be taken over", SOON)?;
    let both = stage.tab.eval("document.body.innerText.includes('No mistakes')")?;
    ensure!(both == false, "a mistake beside \"No mistakes\"");
    stage.tab.click("button", "Go to its field")?;
    at(stage, &labels)?;
    put(stage, &labels, "{ 0 = \"off\" }")?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;

    // Words in another language.
    unfold(stage, "form-words-fold")?;
    unfold(stage, "form-words-de-fold")?;
    put(stage, "form-words-de-add", "extra")?;
    stage.tab.click("button", "Add word")?;
    let word = "form-words-de-6578747261";
    at(stage, word)?;
    marked(stage, word, true)?;
    enter(stage, "Zusatz")?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.says("In force.", SOON)?;
    let text = super::profile::text(stage)?;
    for line in ["extra = \"Zusatz\"", "crc_endian = \"big\"", "id = 99"] {
        ensure!(text.contains(line), "the text lacks {line}");
    }
    stage.no_problems()
}

/// A choice, by its id.
fn choose(stage: &mut Stage<'_>, id: &str, option: &str) -> Outcome {
    let script = format!(
        "(e => {{ if (!e) return false; e.value = '{option}'; e.dispatchEvent(new Event('change', {{ bubbles: true }})); \
         return e.value === '{option}'; }})(document.getElementById('{id}'))"
    );
    stage.tab.wait(&format!("{option} at {id}"), SOON, |tab| Ok((tab.eval(&script)? == true).then_some(())))
}

pub fn parts(stage: &mut Stage<'_>) -> Outcome {
    super::demo::open(stage)?;
    let messages = stage.profile("demo")?.matches("[[protocol.messages]]").count();
    stage.tab.click("tab", "Profile")?;
    stage.tab.click("button", "Form")?;

    // A message whose length the data say.
    unfold(stage, "form-protocol-messages-fold")?;
    stage.tab.click("button", "Add message")?;
    let new = format!("form-protocol-messages-{messages}-");
    put(stage, &format!("{new}-id"), "99")?;
    put(stage, &format!("{new}-name"), "names")?;
    unfold(stage, &format!("{new}-fields-0--fold"))?;
    put(stage, &format!("{new}-fields-0--name"), "n")?;
    let add = format!("document.getElementById('{new}-fields-add').click()");
    for (index, name, key, said) in
        [(1, "label", "length", "u16"), (2, "unit", "until", "\\0"), (3, "raw", "count", "n")]
    {
        stage.tab.eval(&add)?;
        at(stage, &format!("{new}-fields-{index}--name"))?;
        put(stage, &format!("{new}-fields-{index}--name"), name)?;
        choose(stage, &format!("{new}-fields-{index}--type"), if key == "count" { "bytes" } else { "text" })?;
        let field = format!("{new}-fields-{index}--{key}");
        if key == "length" {
            choose(stage, &field, said)?;
        } else {
            put(stage, &field, said)?;
        }
        stage.tab.says("No mistakes. Not in force yet.", SOON)?;
    }
    // What is counted must stand before; that is said at the field.
    let count = format!("{new}-fields-3--count");
    put(stage, &count, "m")?;
    marked(stage, &count, true)?;
    put(stage, &count, "n")?;
    // Another type takes along what does not belong to it.
    choose(stage, &format!("{new}-fields-2--type"), "u8")?;
    stage.tab.says("Taken out, since they do not belong to what was chosen: until", SOON)?;
    stage.tab.click("button", "Undo")?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;

    // A broker's: the last will, topics that speak something else, where a command goes.
    choose(stage, "form-link-kind", "mqtt")?;
    put(stage, "form-link-url", "wss://broker.example/mqtt")?;
    put(stage, "form-link-topics", "meters/+/state, meters/+/raw")?;
    put(stage, "form-link-will-topic", "consoles/+")?;
    marked(stage, "form-link-will-topic", true)?;
    put(stage, "form-link-will-topic", "consoles/one")?;
    choose(stage, "form-link-will-qos", "1")?;
    unfold(stage, "form-topic-fold")?;
    stage.tab.click("button", "Add topic")?;
    at(stage, "form-topic-0--filter")?;
    put(stage, "form-topic-0--filter", "meters/+/raw")?;
    choose(stage, "form-topic-0--protocol-name", "layout")?;
    stage.tab.eval("document.getElementById('form-topic-0--protocol-messages-add').click()")?;
    put(stage, "form-topic-0--protocol-messages-0--name", "power")?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;
    unfold(stage, "form-commands-fold")?;
    unfold(stage, "form-commands-0--fold")?;
    put(stage, "form-commands-0--topic", "meters/7/set")?;
    choose(stage, "form-commands-0--qos", "1")?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;
    // What goes with a topic can be taken out after it.
    put(stage, "form-commands-0--topic", "")?;
    marked(stage, "form-commands-0--qos", true)?;
    choose(stage, "form-commands-0--qos", "0")?;
    put(stage, "form-commands-0--topic", "meters/7/set")?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;

    let text = super::profile::text(stage)?;
    for part in [
        "{ name = \"label\", type = \"text\", length = \"u16\" }",
        "{ name = \"unit\", type = \"text\", until = \"\\\\0\" }",
        "{ name = \"raw\", type = \"bytes\", count = \"n\" }",
        "filter = \"meters/+/raw\"",
        "topic = \"consoles/one\"",
        "topic = \"meters/7/set\"",
    ] {
        ensure!(text.contains(part), "the text lacks {part}:\n{text}");
    }
    // Another link has no last will.
    choose(stage, "form-link-kind", "demo")?;
    stage.tab.says("will", SOON)?;
    let text = super::profile::text(stage)?;
    ensure!(!text.contains("consoles/one"), "a demo with a last will");
    stage.no_problems()
}
