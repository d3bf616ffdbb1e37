//! Lines of the terminal as text nodes: whatever a device sends, it stays text (S1, S5).

use super::level::Level;
use crate::browser::clock;
use crate::view::format;
use leptos::prelude::*;
use session::query::{Colour, Mark, Run, ScreenLine};

/// How lines are shown.
#[derive(Clone, Copy, Default, PartialEq)]
pub(in crate::view) struct Look {
    pub(in crate::view) times: bool,
    /// Times are since the line before.
    pub(in crate::view) since: bool,
    pub(in crate::view) levels: bool,
    /// The line found that the reader is at.
    pub(in crate::view) current: Option<u64>,
    /// Line and column of the cursor, where it is shown.
    pub(in crate::view) cursor: Option<(u64, u16)>,
}

/// What says whose a line is, where there are lines of several devices.
pub(in crate::view) type Whose<'a> = Option<&'a dyn Fn(&ScreenLine) -> AnyView>;

/// Lines, the first of which comes after one of that time.
pub(super) fn view(lines: &[ScreenLine], mut before: i64, look: Look, whose: Whose<'_>) -> Vec<AnyView> {
    let zone = clock::zone_seconds();
    let row = |line: &ScreenLine| {
        let before = std::mem::replace(&mut before, line.time_nanos);
        row(line, (before, zone), look, whose)
    };
    lines.iter().map(row).collect()
}

fn row(line: &ScreenLine, (before, zone): (i64, i64), look: Look, whose: Whose<'_>) -> AnyView {
    let class = match line.mark {
        Mark::Received => "term-line",
        Mark::Sent => "term-line term-out",
        Mark::Rejected => "term-line term-bad",
        Mark::Gap => "term-line term-gap",
    };
    let (time, sign) = margin(line, before, zone, look);
    let plain = line.runs.iter().all(|run| run.fg == Colour::Default && run.bg == Colour::Default);
    let level = (look.levels && plain && line.mark == Mark::Received).then(|| {
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        Level::of(&text)
    });
    let text = level.flatten().map_or("term-text", Level::class);
    let cursor = look.cursor.filter(|(number, _)| *number == line.number).map(|(_, column)| usize::from(column));
    // The way to a line's bytes is in its own device's terminal.
    let bytes = if whose.is_none() { super::rejected::button(line) } else { None };
    view! {
        <div class=class class:term-bare=!look.times class:term-current=look.current == Some(line.number)>
            <time>{time}</time>
            {whose.map(|whose| whose(line))}
            <span class="term-dir" aria-hidden="true">{sign}</span>
            <span class=text>{runs(line, cursor)}{bytes}</span>
        </div>
    }
    .into_any()
}

/// What stands before a line: its time and its mark, once for a line that takes several rows.
fn margin(line: &ScreenLine, before: i64, zone: i64, look: Look) -> (Option<String>, &'static str) {
    if line.continued {
        return (None, "");
    }
    let sign = match line.mark {
        Mark::Sent => "›",
        Mark::Rejected => "×",
        Mark::Received | Mark::Gap => "",
    };
    let time = (look.times && line.time_nanos > 0).then(|| {
        if look.since && before > 0 { since(line.time_nanos - before) } else { format::clock(line.time_nanos, zone, 3) }
    });
    (time, sign)
}

/// A time between two lines, in seconds.
fn since(nanos: i64) -> String {
    let millis = nanos.max(0) / 1_000_000;
    format!("+{}.{:03}", format::count((millis / 1000).unsigned_abs()), millis % 1000)
}

/// The runs, cut where something is found in them and where the cursor is.
fn runs(line: &ScreenLine, cursor: Option<usize>) -> Vec<AnyView> {
    let mut parts = Vec::with_capacity(line.runs.len());
    let mut at = 0;
    let cursor = cursor.map(|column| {
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        let from = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
        let to = text.get(from..).and_then(|rest| rest.chars().next()).map_or(from, |ch| from + ch.len_utf8());
        (from, to)
    });
    for part in &line.runs {
        let mut rest = part.text.as_str();
        while !rest.is_empty() {
            let hit =
                |at: usize| line.matches.iter().any(|(from, to)| (usize::from(*from)..usize::from(*to)).contains(&at));
            let found = hit(at);
            let on_cursor = cursor.is_some_and(|(from, to)| (from..to).contains(&at));
            let changes = |next: &usize| {
                hit(at + next) != found || cursor.is_some_and(|(from, to)| at + next == from || at + next == to)
            };
            // Where nothing is sought, nothing needs to be looked for.
            let next = if line.matches.is_empty() && cursor.is_none() {
                None
            } else {
                rest.char_indices().map(|(next, _)| next).skip(1).find(changes)
            };
            let (head, tail) = rest.split_at_checked(next.unwrap_or(rest.len())).unwrap_or((rest, ""));
            let shown = run(part, head);
            parts.push(if on_cursor {
                view! { <span class="term-cursor">{shown}</span> }.into_any()
            } else if found {
                view! { <mark class="term-found">{shown}</mark> }.into_any()
            } else {
                shown
            });
            at += head.len();
            rest = tail;
        }
    }
    if cursor.is_some_and(|(from, to)| from == to) {
        parts.push(view! { <span class="term-cursor">" "</span> }.into_any());
    }
    parts
}

fn run(run: &Run, text: &str) -> AnyView {
    let text = text.to_owned();
    let (fg, bg) = if run.inverse { (run.bg, run.fg) } else { (run.fg, run.bg) };
    let plain = fg == Colour::Default && bg == Colour::Default && !run.inverse;
    if plain && !(run.bold || run.faint || run.italic || run.underline) {
        return text.into_any();
    }
    let mut class = String::new();
    for (on, name) in [
        (run.bold, "a-bold "),
        (run.faint, "a-d "),
        (run.italic, "a-italic "),
        (run.underline, "a-underline "),
        (run.inverse && fg == Colour::Default && bg == Colour::Default, "a-inverse "),
    ] {
        if on {
            class.push_str(name);
        }
    }
    view! { <span class=class style:color=css(fg) style:background-color=css(bg)>{text}</span> }.into_any()
}
/// A colour as CSS; the eight names follow the scheme, so that they can be read on it.
fn css(colour: Colour) -> String {
    const NAMES: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
    match colour {
        Colour::Default => String::new(),
        Colour::Indexed(index @ 0..=15) => {
            format!("var(--ansi-{})", NAMES.get(usize::from(index % 8)).unwrap_or(&"white"))
        }
        // xterm's cube of 6 by 6 by 6 and its ramp of 24 greys.
        Colour::Indexed(index @ 16..=231) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let cube = index - 16;
            format!("rgb({} {} {})", level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        }
        Colour::Indexed(index) => {
            let grey = 8 + 10 * (index - 232);
            format!("rgb({grey} {grey} {grey})")
        }
        Colour::Rgb(red, green, blue) => format!("rgb({red} {green} {blue})"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, Look, Mark, ScreenLine, css, margin};

    #[test]
    fn time_and_mark_stand_at_the_first_row_of_a_line() {
        let line = |continued| ScreenLine {
            number: 0,
            time_nanos: 1_000_000,
            mark: Mark::Rejected,
            continued,
            runs: Vec::new(),
            matches: Vec::new(),
        };
        let look = Look { times: true, since: false, levels: true, current: None, cursor: None };
        assert_eq!(margin(&line(false), 0, 0, look), (Some("00:00:00.001".to_owned()), "×"));
        assert_eq!(margin(&line(false), 0, 0, Look { times: false, ..look }), (None, "×"));
        assert_eq!(margin(&line(true), 0, 0, look), (None, ""));
        let since = Look { since: true, ..look };
        assert_eq!(margin(&line(false), 1, 0, since).0.as_deref(), Some("+0.000"));
        assert_eq!(margin(&line(false), 0, 0, since).0.as_deref(), Some("00:00:00.001"), "there is no line before");
    }

    #[test]
    fn the_cube_and_the_greys_are_those_of_xterm() {
        assert_eq!(css(Colour::Indexed(16)), "rgb(0 0 0)");
        assert_eq!(css(Colour::Indexed(196)), "rgb(255 0 0)");
        assert_eq!(css(Colour::Indexed(255)), "rgb(238 238 238)");
        assert_eq!(css(Colour::Indexed(9)), "var(--ansi-red)");
    }
}
