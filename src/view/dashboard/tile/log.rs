//! The end of the terminal.

use super::super::board::Board;
use crate::engine::use_engine;
use crate::view::format;
use crate::words::dashboard as words;
use leptos::prelude::*;
use session::profile::Area;
use session::query::{Answer, Mark, Query};

/// The last lines of the terminal.
#[component]
pub(super) fn Log(board: Board, area: Memo<Area>, label: String) -> impl IntoView {
    let pace = crate::browser::clock::Pace::every(250_000_000);
    let answer = use_engine().ask_for(board.session, move || {
        let rows = (area.get_untracked().high * 4).saturating_sub(2).max(1);
        pace.due().then_some(Query::Screen { from: None, rows })
    });
    let lines = move || {
        answer.with(|answer| match answer.as_deref() {
            Some(Answer::Screen(screen)) => {
                let text = |line: &session::query::ScreenLine| {
                    line.runs.iter().map(|run| run.text.as_str()).collect::<String>()
                };
                let zone = crate::browser::clock::zone_seconds();
                let shown = screen.lines.iter().map(|line| (line.time_nanos, line.mark, text(line)));
                let shown = shown.filter(|(.., text)| !text.trim().is_empty());
                let row = |(time, mark, text): (i64, Mark, String)| {
                    let class = match mark {
                        Mark::Received => "",
                        Mark::Sent => "term-out",
                        Mark::Rejected => "term-bad",
                        Mark::Gap => "term-gap",
                    };
                    view! { <li class=class><time>{format::clock(time, zone, 0)}</time><span>{text}</span></li> }
                };
                shown.map(row).collect_view()
            }
            _ => Vec::new(),
        })
    };
    let none = Memo::new(move |_| {
        answer.with(|answer| !matches!(answer.as_deref(), Some(Answer::Screen(screen)) if screen.total > 0))
    });
    view! {
        {move || none.get().then(|| view! { <p class="tile-note">{words::no_lines()}</p> })}
        <div class="tile-room"><ol class="tile-text" aria-label=label tabindex="0">{lines}</ol></div>
    }
}
