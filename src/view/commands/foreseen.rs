//! What dangerous commands would send, said while the user is asked whether they shall (security S37).

use crate::engine::{Open, Part, Unwatched, use_engine};
use crate::view::format;
use crate::words::commands as words;
use crate::words::device;
use leptos::prelude::*;
use session::query::Cell;
use session::screen::visible;
use session::wire::{Event, Request};

/// Bytes that are shown of each.
const SHOWN: usize = 16;

/// Commands with their arguments.
pub(crate) type Commands = Vec<(String, Vec<Cell>)>;

/// What was asked for, and what was answered.
#[derive(Clone)]
struct Foreseen {
    /// By the number under which it was asked.
    lines: ArcRwSignal<Vec<(u32, String)>>,
    last: Unwatched<u32>,
}

impl Part for Foreseen {
    fn first(_: &Open) -> Foreseen {
        Foreseen { lines: ArcRwSignal::default(), last: Unwatched::new(0) }
    }

    fn heard(&self, event: &Event) {
        if let Event::DryRun { number: number @ 1.., name, len, first, topic, why } = event {
            let line = if *len == 0 && !why.is_empty() { why.clone() } else { line(name, *len, first, topic) };
            self.lines.update(|lines| lines.push((*number, line)));
        }
    }
}

/// What these commands would send, for as long as there are any, as sentences.
pub(crate) fn foreseen(open: &Open, commands: Callback<(), Option<Commands>>) -> Signal<String> {
    let (engine, session) = (use_engine(), open.id);
    let Foreseen { lines, last } = open.part();
    let asked = RwSignal::new(0_u32);
    let answers = lines.clone();
    Effect::new(move |_| {
        let commands = commands.run(()).unwrap_or_default();
        let number = last.with(|last| {
            *last = last.wrapping_add(1).max(1);
            *last
        });
        let before = asked.get_untracked();
        answers.update(|lines| lines.retain(|(number, _)| *number != before));
        asked.set(number);
        for (name, args) in commands {
            engine.post(Request::DryRun { session, number, name, args });
        }
    });
    Signal::derive(move || {
        let asked = asked.get();
        let own = |(number, line): &(u32, String)| (*number == asked).then(|| line.clone());
        lines.with(|lines| lines.iter().filter_map(own).collect::<Vec<_>>().join(" "))
    })
}

/// What one would send: its first bytes, and their text where it is one.
fn line(name: &str, len: u64, first: &[u8], topic: &str) -> String {
    let shown = first.get(..SHOWN).unwrap_or(first);
    let text = str::from_utf8(first).unwrap_or_default().trim_end();
    let text = if text.contains(char::is_control) { "" } else { text };
    let more = |cut: bool| if cut { " …" } else { "" };
    let bytes = if text.is_empty() {
        format!("{}{}", format::hex(shown), more(len > shown.len() as u64))
    } else {
        format!("“{}”{}", visible(text), more(len > first.len() as u64))
    };
    let count = format::plural(usize::try_from(len).unwrap_or(usize::MAX), "byte");
    words::sends(&device::word(name), &bytes, &count, topic)
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn s37_what_would_be_sent_is_text_or_digits_and_cut() {
        assert_eq!(line("Erase", 9, b"erase 3\r\n", ""), "Erase sends 9 bytes: “erase 3”.");
        assert_eq!(
            line("Arm", 3, &[1, 0xaa, 0], "plant/{device}/set"),
            "Arm sends 3 bytes to plant/{device}/set: 01 aa 00."
        );
        let long = line("Write", 100, &[0xaa; 64], "");
        assert!(long.starts_with("Write sends 100 bytes: aa aa") && long.ends_with("aa …."), "{long}");
        assert_eq!(long.matches("aa").count(), 16, "{long}");
        assert_eq!(line("Write", 100, &[b'x'; 64], ""), format!("Write sends 100 bytes: “{}” ….", "x".repeat(64)));
    }
}
