//! English that is on the screen of somebody who chose German.

use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use serde_json::Value;

/// What is written and what is said on the screen, but for what a device says (its lines, its texts), the profile's own
/// text, code, and what stands in a language of its own. What is quoted in a sentence
/// („…“, `…`), a path of settings or fields, and an example in JSON are no words of ours.
const WORDS: &str = "(() => { const own = '[role=log], textarea, [lang]:not(html), code, kbd, .mono, .editor, .tile-text, \
     .values-text, .hex-rows, .commands-reply, .macro-steps, [data-device]'; const lines = []; \
     for (const e of document.body.querySelectorAll('*')) { if (e.matches(own) || e.parentElement.closest(own)) continue; \
     if (!e.checkVisibility() && !e.matches('.hidden')) continue; \
     for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder']) \
     if (e.hasAttribute(name)) lines.push(e.getAttribute(name)); \
     for (const n of e.childNodes) if (n.nodeType === 3 && n.data.trim()) lines.push(n.data.trim()); } \
     return lines.map(l => l.replace(/„[^“]*“/g, '').replace(/`[^`]*`/g, '').replace(/\\{.*\\}/g, '').replace(/[\\w\\[\\]]+(\\.[\\w\\[\\]]+)+/g, '')); })()";

/// Words without which there is hardly an English sentence, and which no German one has, in whatever letters.
const FUNCTION: &[&str] = &[
    "the", "and", "of", "is", "are", "with", "for", "from", "to", "this", "that", "these", "it", "its", "when",
    "which", "has", "have", "be", "been", "by", "or", "no", "but", "can", "cannot", "your", "you", "there", "here",
    "if", "than", "then", "only", "at", "must", "does", "did", "please", "nothing", "every", "each", "into", "while",
    "until", "again", "before", "after", "other", "another", "what", "how", "why", "where", "who", "they", "their",
    "as", "on", "one", "first",
];

/// English words of controls, as they stand there.
const CONTROLS: &[&str] = &[
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
    "samples",
    "bytes",
    "speed",
    "Fault",
    "Stop",
];

/// Names that look like English words: steps of macros, and a framing.
const NAMES: &[&str] = &["bytes 01 ff", "bytes, command", "· lines"];

/// The English that is on the screen.
pub(super) fn on_screen(stage: &mut Stage<'_>) -> Result<Vec<String>, Failure> {
    let lines = stage.tab.eval(WORDS)?;
    let lines: Vec<&str> = lines.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(lines.len() > 8, "there are but {} lines on the screen", lines.len());
    let found = lines.iter().filter(|line| is_english(line)).map(|line| (*line).to_owned());
    let mut found: Vec<String> = found.collect();
    found.sort();
    found.dedup();
    Ok(found)
}

fn is_english(line: &str) -> bool {
    let plain = NAMES.iter().fold(line.to_owned(), |line, name| line.replace(name, ""));
    let small = plain.to_lowercase();
    FUNCTION.iter().any(|word| stands_in(&small, word)) || CONTROLS.iter().any(|word| stands_in(&plain, word))
}

/// Whether a word stands in a line, not only as a part of another or of a name (`length_bytes`, `drive.on`).
fn stands_in(line: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '='));
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        let dotted = before.ends_with('.') && !before.ends_with("..")
            || after.starts_with('.') && after[1..].starts_with(char::is_alphanumeric);
        !dotted && !part(before.chars().next_back()) && !part(after.chars().next())
    })
}

/// Looks at a screen, and notes the English there.
pub(super) fn look(stage: &mut Stage<'_>, screen: &str, found: &mut Vec<String>) -> Outcome {
    std::thread::sleep(std::time::Duration::from_millis(400)); // what is asked of the worker has come
    found.extend(on_screen(stage)?.into_iter().map(|line| format!("{screen}: {line}")));
    Ok(())
}

/// Nothing was found.
pub(super) fn none(mut found: Vec<String>) -> Outcome {
    found.sort();
    found.dedup();
    ensure!(found.is_empty(), "{} lines of English:\n   {}", found.len(), found.join("\n   "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_english;

    #[test]
    fn english_sentences_are_told_from_german_ones_and_from_names() {
        for english in
            ["Nothing is sent.", "The port is open", "waiting for lines", "Speed", "must be text", "Not in force"]
        {
            assert!(is_english(english), "{english}");
        }
        for german in [
            "Es wird nichts gesucht",
            "Die Verbindung ist geschlossen. Wieder verbinden, dann senden.",
            "length_bytes muss 1 bis 4 sein",
            "Seite in diesem Tab, also privat",
            "drive.on",
        ] {
            assert!(!is_english(german), "{german}");
        }
    }
}
