//! The whole console for somebody whose browser speaks German.

use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::{Value, json};

/// What is written and what is said on the screen, but for what a device or a profile says: its text in the terminal, the
/// profile's own, its names of fields, messages and commands, and what stands in a language of its own.
const WORDS: &str = "(() => { const own = '[role=log], textarea, [lang]:not(html), code, kbd, option, .mono, th[scope=row], \
     .rows-group, .plate-name, .sessions-tabs, .command, .faults, .legend-row, .values-text, .values-toggle, .editor, \
     .palette-list, .profile-outline, .rejected, .macro, .tile, [data-device]'; \
     const lines = []; \
     for (const e of document.body.querySelectorAll('*')) { if (e.matches(own) || e.parentElement.closest(own)) continue; \
     if (!e.checkVisibility() && !e.matches('.hidden')) continue; \
     for (const name of ['aria-label', 'title', 'placeholder']) if (e.hasAttribute(name)) lines.push(e.getAttribute(name)); \
     for (const n of e.childNodes) if (n.nodeType === 3 && n.data.trim()) lines.push(n.data.trim()); } return lines; })()";

/// English words of controls and sentences that no German text has.
const ENGLISH: &[&str] = &[
    "the",
    "and",
    "with",
    "Connect",
    "Disconnect",
    "Close",
    "Settings",
    "Panels",
    "Values",
    "Value",
    "Commands",
    "Rejected",
    "Send",
    "Zoom",
    "Fit",
    "Find",
    "Keep",
    "Import a",
    "Put",
    "balanced",
    "good",
    "frames",
    "memory",
    "Address",
    "Speed",
    "Try",
    "Language",
    "Colour",
    "Age",
    "Field",
    "Unit",
    "Series",
    "series",
    "Times",
    "Announce",
    "Move",
    "Upper",
    "Lower",
    "Connected",
    "Opening",
    "Waiting",
    "Closed",
    "Point to point",
    "Device",
    "Dismiss",
    "No",
    "not",
    "All",
    "Out",
    "lines",
    "line",
    "message",
    "messages",
    "fields",
    "Type",
    "Line",
    "Skip",
    "Show",
    "for",
    "is",
    "are",
    "of",
];

/// Speaks German from the next page on.
fn speaks_german(stage: &mut Stage<'_>) -> Outcome {
    let agent = stage.tab.eval("navigator.userAgent")?;
    stage.tab.call("Network.setUserAgentOverride", json!({ "userAgent": agent, "acceptLanguage": "de-AT,en" }))?;
    Ok(())
}

/// The English that is on the screen.
fn english(stage: &mut Stage<'_>) -> Result<Vec<String>, Failure> {
    let lines = stage.tab.eval(WORDS)?;
    let lines: Vec<&str> = lines.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(lines.len() > 15, "there are but {} lines on the screen", lines.len());
    let has = |line: &str, word: &str| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        line.match_indices(word)
            .any(|(at, _)| !letter(line[..at].chars().next_back()) && !letter(line[at + word.len()..].chars().next()))
    };
    let found = lines.iter().filter(|line| ENGLISH.iter().any(|word| has(line, word))).map(|line| (*line).to_owned());
    let mut found: Vec<String> = found.collect();
    found.sort();
    found.dedup();
    Ok(found)
}

pub fn whole(stage: &mut Stage<'_>) -> Outcome {
    speaks_german(stage)?;
    let mut found = Vec::new();
    let url = format!("{}/", stage.site.origin);
    stage.tab.go(&url)?;
    stage.tab.wait("the start page", SOON, |tab| tab.find("button", "Einstellungen"))?;
    let language = stage.tab.eval("document.documentElement.lang")?;
    ensure!(language == "de", "the page says that its language is {language}");
    look(stage, "start", &mut found)?;

    stage.tab.eval("location.hash = '#/demo'")?;
    stage.tab.wait("the workspace", SOON, |tab| tab.find("button", "Ansichten"))?;
    stage.tab.wait("300 frames", SOON, |tab| {
        Ok((tab.eval("Number(document.querySelector('.ledger').dataset.frames) >= 300")? == true).then_some(()))
    })?;
    look(stage, "device", &mut found)?;
    let tabs = stage.tab.all("tab", "*")?;
    for tab in &tabs {
        stage.tab.press(tab)?;
        look(stage, &format!("panel {}", tab.name), &mut found)?;
    }
    for (button, leads) in [("Ansichten", "menu"), ("Verlauf anordnen", "menu"), ("Einstellungen", "group")] {
        stage.tab.click("button", button)?;
        look(stage, &format!("{leads} {button}"), &mut found)?;
        stage.tab.key("Escape")?;
    }
    stage.tab.press_keys("Control+k")?;
    stage.tab.the("combobox", "Suchen oder ausführen")?;
    look(stage, "palette", &mut found)?;
    stage.tab.key("Escape")?;
    stage.tab.press_keys("F6")?;
    stage.tab.key("?")?;
    stage.tab.the("dialog", "Tastenkürzel")?;
    look(stage, "shortcuts", &mut found)?;
    stage.tab.key("Escape")?;
    stage.tab.eval("location.hash = '#/session/99'")?;
    look(stage, "gone", &mut found)?;

    // Another language is chosen, and everything is said in it.
    stage.tab.click("button", "Einstellungen")?;
    stage.tab.choose("Sprache", "English")?;
    stage.tab.the("button", "Settings")?;
    ensure!(found.is_empty(), "{} lines of English:\n   {}", found.len(), found.join("\n   "));
    stage.no_problems()
}

fn look(stage: &mut Stage<'_>, screen: &str, found: &mut Vec<String>) -> Outcome {
    std::thread::sleep(std::time::Duration::from_millis(400)); // what is asked of the worker has come
    found.extend(english(stage)?.into_iter().map(|line| format!("{screen}: {line}")));
    Ok(())
}
