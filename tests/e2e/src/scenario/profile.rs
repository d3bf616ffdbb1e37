//! The profile's editor.

use super::demo;
use super::pointer::middle;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;

pub fn mistake(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    let good = stage.profile("demo")?;
    stage.tab.click("tab", "Profile")?;
    let wrong = good.replacen("framing = \"cobs\"", "framing = \"cobz\"", 1);
    let line = 1 + good.lines().take_while(|line| !line.contains("framing = ")).count();
    stage.tab.fill("textbox", "Profile as TOML", &wrong)?;
    stage.tab.says(&format!("Line {line}:"), SOON)?;
    numbered(stage, wrong.split('\n').count(), line)?;
    let before = stage.ledger()?;
    stage.ledger_until("frames under the profile before", SOON, |now| now.frames > before.frames + 50)?;

    let better = good.replacen("name = \"Motor drive\"", "name = \"Renamed drive\"", 1);
    stage.tab.fill("textbox", "Profile as TOML", &better)?;
    stage.tab.says("No mistakes", SOON)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.reads("region", "Device", "Renamed drive", SOON)?;
    let before = stage.ledger()?;
    let after = stage.ledger_until("frames under the new profile", SOON, |now| now.frames > before.frames + 50)?;
    ensure!(after.rejected == before.rejected, "the change of profile cost frames: {before:?}, then {after:?}");

    // Another name for a field, and another rate: the plot shows what is decoded now, and the link is said to stay.
    let other = better.replace("speed_set", "wish").replacen("rate_hz = 100", "rate_hz = 50", 1);
    stage.tab.fill("textbox", "Profile as TOML", &other)?;
    stage.tab.says("No mistakes", SOON)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.says("counts from the next connection", SOON)?;
    stage.tab.the("button", "wish*")?;

    // What leads somewhere else is refused in words, and what was in force stays.
    let elsewhere = other.replacen("kind = \"demo\"\nrate_hz = 50", "kind = \"serial\"", 1);
    stage.tab.fill("textbox", "Profile as TOML", &elsewhere)?;
    stage.tab.says("No mistakes", SOON)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.says("Refused, the one before stays in force", SOON)?;
    let before = stage.ledger()?;
    stage.ledger_until("frames under the profile before", SOON, |now| now.frames > before.frames + 50)?;
    stage.no_problems()
}

/// What was armed for a device of one name is not armed for it by another (S4).
pub fn renamed(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    let eraser = stage.profile("demo")? + "\n[[commands]]\nname = \"Erase\"\ntext = \"erase\"\ndangerous = true\n";
    stage.tab.click("tab", "Profile")?;
    stage.tab.fill("textbox", "Profile as TOML", &eraser)?;
    stage.tab.says("No mistakes", SOON)?;
    stage.tab.click("button", "Put in force")?;
    // Both are seen: the profile's text, and the command's form.
    let (from, to) = (middle(stage, "tab", "Profile")?, middle(stage, "group", "Upper left")?);
    stage.tab.drag(from, to)?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("checkbox", "Arm Erase")?;
    stage.tab.says("It goes to Motor drive.", SOON)?;
    let other = eraser.replacen("name = \"Motor drive\"", "name = \"Renamed drive\"", 1);
    stage.tab.fill("textbox", "Profile as TOML", &other)?;
    stage.tab.says("No mistakes", SOON)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.reads("region", "Device", "Renamed drive", SOON)?;
    let armed = "document.querySelector('.command-arm input').checked";
    stage.tab.wait("a command that is not armed", SOON, |tab| Ok((tab.eval(armed)? == false).then_some(())))?;
    stage.tab.click("checkbox", "Arm Erase")?;
    stage.tab.says("It goes to Renamed drive.", SOON)?;
    stage.no_problems()
}

/// The lines have their numbers beside them, wherever the field is scrolled to, and the mistake's is marked.
fn numbered(stage: &mut Stage<'_>, lines: usize, mistake: usize) -> Outcome {
    let numbers = stage.tab.eval("document.querySelector('.editor-numbers').textContent.trim().split('\\n').length")?;
    ensure!(numbers.as_u64() == Some(lines as u64), "{lines} lines have {numbers} numbers");
    let marked = stage.tab.eval("document.querySelector('.editor-wrong').textContent.trim()")?;
    ensure!(marked.as_str() == Some(&mistake.to_string()), "the mistake is in line {mistake}, marked is {marked}");
    stage.tab.eval("document.getElementById('profile-text').scrollTop = 1e6")?;
    let script = "(() => { const [text, numbers] = ['#profile-text', '.editor-numbers'].map(s => document.querySelector(s)); \
                  return text.scrollTop > 0 && text.scrollTop === numbers.scrollTop; })()";
    stage.tab.wait("the numbers scroll with the text", SOON, |tab| Ok((tab.eval(script)? == true).then_some(())))
}

/// Types into a field of the form and leaves it.
fn enter(stage: &mut Stage<'_>, name: &str, words: &str) -> Outcome {
    stage.tab.fill("textbox", name, words)?;
    stage.tab.key("Enter")?;
    Ok(())
}

/// What the profile's text is now.
pub(super) fn text(stage: &mut Stage<'_>) -> Result<String, crate::failure::Failure> {
    stage.tab.click("button", "Text")?;
    stage.tab.the("textbox", "Profile as TOML")?;
    let text = stage.tab.eval("document.getElementById('profile-text').value")?;
    stage.tab.click("button", "Form")?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

pub fn form(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    let before = stage.profile("demo")?;
    stage.tab.click("tab", "Profile")?;
    stage.tab.click("button", "Form")?;
    enter(stage, "About", "A \"simulated\" drive.")?;
    let after = text(stage)?;
    let changed: Vec<&str> = after.lines().filter(|line| !before.lines().any(|other| other == *line)).collect();
    ensure!(changed == ["about = \"A \\\"simulated\\\" drive.\""], "other lines changed: {changed:?}");
    ensure!(after.lines().next() == before.lines().next(), "the comment at the top is gone");

    // A mistake is told at its field and at its line, and what was typed stays.
    enter(stage, "Rate in hertz", "fast")?;
    let id = "document.getElementById('form-link-rate_hz')";
    stage.tab.wait("the mistake at its field", SOON, |tab| {
        let said = tab.eval(&format!("{id}.closest('.field').innerText"))?;
        let invalid = tab.eval(&format!("{id}.ariaInvalid"))?;
        Ok((said.as_str().is_some_and(|said| said.contains("must be a whole number")) && invalid == "true")
            .then_some(()))
    })?;
    let line = 1 + before.lines().take_while(|line| !line.starts_with("rate_hz")).count();
    stage.tab.click("button", &format!("Go to line {line}"))?;
    let marked = "(() => { const f = document.getElementById('profile-text'); \
                  return document.activeElement === f ? f.value.slice(f.selectionStart, f.selectionEnd) : ''; })()";
    stage.tab.wait("the line marked", SOON, |tab| Ok((tab.eval(marked)? == "rate_hz = \"fast\"").then_some(())))?;
    // The text's change is the form's, and back.
    let mended = stage.tab.eval("document.getElementById('profile-text').value")?;
    let mended = mended.as_str().unwrap_or_default().replace("\"fast\"", "50");
    stage.tab.fill("textbox", "Profile as TOML", &mended)?;
    stage.tab.click("button", "Form")?;
    stage.tab.wait("the text's rate in the form", SOON, |tab| {
        Ok((tab.eval(&format!("{id}.value"))? == "50").then_some(()))
    })?;

    // A command is added, put in force, offered, and taken away.
    stage.tab.click("button", "Add command")?;
    let added = stage.tab.all("group", "Command *")?.len();
    stage.tab.click("button", &format!("Remove Command {added}"))?;
    ensure!(text(stage)? == mended, "adding and removing leaves something behind");
    stage.tab.click("button", "Undo")?;
    stage.tab.the("group", &format!("Command {added}"))?;
    stage.tab.says("No mistakes. Not in force yet.", SOON)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.says("counts from the next connection", SOON)?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.the("button", "New")?;
    stage.no_problems()
}
