//! Lines of the terminal as text nodes: whatever a device sends, it stays text (S1).

use crate::browser::clock;
use crate::view::format;
use leptos::prelude::*;
use session::query::{Colour, Mark, Run, Screen, ScreenLine};

/// The lines of a screen.
pub(super) fn view(screen: &Screen, timestamps: bool) -> Vec<AnyView> {
    let zone = clock::zone_seconds();
    screen.lines.iter().map(|line| row(line, zone, timestamps)).collect()
}

fn row(line: &ScreenLine, zone: i64, timestamps: bool) -> AnyView {
    let class = match line.mark {
        Mark::Received => "term-line",
        Mark::Sent => "term-line term-out",
        Mark::Rejected => "term-line term-bad",
        Mark::Gap => "term-line term-gap",
    };
    let (time, sign) = margin(line, zone, timestamps);
    let runs = line.runs.iter().map(run).collect_view();
    view! {
        <div class=class class:term-bare=!timestamps>
            <time>{time}</time>
            <span class="term-dir">{sign}</span>
            <span class="term-text">{runs}</span>
        </div>
    }
    .into_any()
}

/// What stands before a line: its time and its mark, once for a line that takes several rows.
fn margin(line: &ScreenLine, zone: i64, timestamps: bool) -> (Option<String>, &'static str) {
    if line.continued {
        return (None, "");
    }
    let sign = match line.mark {
        Mark::Sent => "›",
        Mark::Rejected => "×",
        Mark::Received | Mark::Gap => "",
    };
    ((timestamps && line.time_nanos > 0).then(|| format::clock(line.time_nanos, zone, 3)), sign)
}

fn run(run: &Run) -> AnyView {
    let (fg, bg) = if run.inverse { (run.bg, run.fg) } else { (run.fg, run.bg) };
    let plain = fg == Colour::Default && bg == Colour::Default && !run.inverse;
    if plain && !(run.bold || run.faint || run.italic || run.underline) {
        return run.text.clone().into_any();
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
    view! { <span class=class style:color=css(fg) style:background-color=css(bg)>{run.text.clone()}</span> }.into_any()
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
    use super::{Colour, Mark, ScreenLine, css, margin};

    #[test]
    fn time_and_mark_stand_at_the_first_row_of_a_line() {
        let line = |continued| ScreenLine { time_nanos: 1_000_000, mark: Mark::Rejected, continued, runs: Vec::new() };
        assert_eq!(margin(&line(false), 0, true), (Some("00:00:00.001".to_owned()), "×"));
        assert_eq!(margin(&line(false), 0, false), (None, "×"));
        assert_eq!(margin(&line(true), 0, true), (None, ""));
    }

    #[test]
    fn the_cube_and_the_greys_are_those_of_xterm() {
        assert_eq!(css(Colour::Indexed(16)), "rgb(0 0 0)");
        assert_eq!(css(Colour::Indexed(196)), "rgb(255 0 0)");
        assert_eq!(css(Colour::Indexed(255)), "rgb(238 238 238)");
        assert_eq!(css(Colour::Indexed(9)), "var(--ansi-red)");
    }
}
