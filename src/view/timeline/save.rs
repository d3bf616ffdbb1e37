//! Merged lines as text: those in sight to the clipboard, all of them to a file.

use super::kept::Kept;
use super::lines::{merged_of, place_of};
use crate::browser::{clock, file, selection};
use crate::engine::use_engine;
use crate::ui::remark::{self, Remark};
use crate::words::{terminal as term, timeline as words};
use leptos::prelude::*;
use session::query::{Mark, Merge, Merged, Query, ScreenLine, Start};
use session::wire::{SessionId, TOGETHER};
use std::collections::BTreeMap;

/// Lines fetched at once.
const PIECE: u16 = 2048;
/// What the file is called.
const NAME: &str = "timeline.txt";

/// Which lines are being saved.
#[derive(Clone)]
struct Saving {
    sessions: Vec<SessionId>,
    next: u64,
    first: Option<u64>,
    until_nanos: i64,
    lines: u64,
    parts: Vec<String>,
}

/// Adds a line: when it came, whose it is, what it says.
pub(super) fn text_of(merged: &Merged, line: &ScreenLine, names: &BTreeMap<usize, String>, text: &mut String) {
    if line.continued && text.ends_with('\n') {
        text.pop();
    } else {
        let sign = match line.mark {
            Mark::Sent => "› ",
            Mark::Rejected => "× ",
            Mark::Received | Mark::Gap => "",
        };
        let name = names.get(&place_of(merged, line)).map(String::as_str).unwrap_or_default();
        let time = match line.time_nanos {
            0 => String::new(),
            time => format!("{}.{:03}", clock::date_time(time), time.div_euclid(1_000_000).rem_euclid(1000)),
        };
        text.push_str(&format!("{time}\t{name}\t{sign}"));
    }
    line.runs.iter().for_each(|run| text.push_str(&run.text));
    text.push('\n');
}

/// The two buttons.
#[component]
pub(super) fn Save(
    kept: Kept,
    sessions: Memo<Vec<SessionId>>,
    names: Memo<BTreeMap<usize, String>>,
    text: Callback<(), (String, u64)>,
    remark: RwSignal<Option<Remark>>,
    /// The id of the lines.
    id: &'static str,
) -> impl IntoView {
    let copy = move |_| {
        let (text, said) = match selection::within(id) {
            Some(text) => (text, term::copied_selection().to_owned()),
            None => {
                let (text, lines) = text.run(());
                (text, words::copied(lines))
            }
        };
        remark::copy(text, remark, said, term::not_copied());
    };
    let saving = RwSignal::new(None::<Saving>);
    let piece = use_engine().ask_for(TOGETHER, move || {
        let Saving { sessions, next, until_nanos, .. } = saving.get()?;
        let merge = Merge { sessions, start: Start::Line(next), rows: PIECE, until_nanos: Some(until_nanos) };
        Some(Query::Merge(Box::new(merge)))
    });
    Effect::new(move |_| {
        let answer = piece.get();
        let (Some(merged), Some(mut job)) = (merged_of(answer.as_deref()), saving.get_untracked()) else { return };
        let first = *job.first.get_or_insert(merged.screen.from);
        if merged.screen.from < job.next {
            return;
        }
        let mut text = String::new();
        merged.screen.lines.iter().for_each(|line| text_of(merged, line, &names.get_untracked(), &mut text));
        job.lines += merged.screen.lines.len() as u64;
        job.next = merged.screen.from + merged.screen.lines.len() as u64;
        job.parts.push(text);
        if merged.screen.lines.is_empty() || job.next >= merged.screen.total {
            file::save_parts(NAME, "text/plain;charset=utf-8", &job.parts);
            saving.set(None);
            remark.set(Some(Remark::Note(words::saved(job.lines, NAME))));
        } else {
            let all = merged.screen.total.saturating_sub(first).max(1);
            remark.set(Some(Remark::Note(words::saving(job.next.saturating_sub(first).saturating_mul(100) / all))));
            saving.set(Some(job));
        }
    });
    let save = move |_| {
        if saving.with_untracked(Option::is_none) {
            // What stands still is saved as it stands.
            let until_nanos = kept.held.get_untracked().unwrap_or_else(clock::now_nanos);
            let sessions = sessions.get_untracked();
            saving.set(Some(Saving { sessions, next: 0, first: None, until_nanos, lines: 0, parts: Vec::new() }));
        }
    };
    view! {
        <button class="button button-plain button-small" type="button" on:click=copy>{term::copy()}</button>
        <button class="button button-plain button-small" type="button" on:click=save>{term::save()}</button>
    }
    .into_any()
}
