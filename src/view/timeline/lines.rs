//! The lower half: lines of all devices, in the order in which they came. The worker merges what is in sight.

use super::kept::Kept;
use super::save::{Save, text_of};
use crate::browser::{clock, selection};
use crate::engine::use_engine;
use crate::ui::remark::RemarkPlace;
use crate::view::terminal::Toggle;
use crate::view::terminal::follow::Follow;
use crate::view::terminal::lines::Look;
use crate::view::terminal::place::{self, Extent};
use crate::view::text_size::TextSize;
use crate::words::{terminal as term, timeline as words};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use session::query::{Answer, Merge, Merged, Query, ScreenLine, Start};
use session::wire::{SessionId, TOGETHER};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The id of the lines.
const ID: &str = "timeline-lines";
/// Lines asked for beyond those in sight.
const MARGIN: u64 = 10;

/// The lines of several devices.
#[component]
pub(super) fn Lines(kept: Kept) -> impl IntoView {
    let engine = use_engine();
    let node = NodeRef::<html::Div>::new();
    let sessions = kept.shown();
    // Names by place, for the lines.
    let names = Memo::new(move |_| {
        let names = kept.sessions(engine).into_iter();
        names.map(|(place, open)| (place, open.shown_name())).collect::<BTreeMap<usize, String>>()
    });
    let text_size = expect_context::<TextSize>();
    let none = Extent::none(text_size.row_untracked());
    let (now, shown) = (RwSignal::new(none), RwSignal::new(None::<Arc<Answer>>));
    let in_sight = move || {
        let room = node.get_untracked().map(|element| f64::from(element.client_height()));
        room.map_or(0, |room| (room / text_size.row_untracked()) as u64 + 1)
    };
    let asked = StoredValue::new(None::<i64>);
    // With other devices shown, be it since another screen was left, lines have other numbers: the reader stays at the same time.
    let stay = move |sessions: &Vec<SessionId>| {
        let moved = kept.anchor.get_value().filter(|(of, _)| of != sessions);
        if let Some((_, time)) = moved.filter(|_| kept.from.get_untracked().is_some()) {
            kept.time.set(Some(time));
        }
    };
    // Before anything is asked: the answer to a question by number would move it.
    untrack(|| stay(&sessions.get()));
    let answer = engine.ask_for(TOGETHER, move || {
        node.get_untracked()?;
        let start = match (kept.time.get(), kept.from.get()) {
            (Some(time), _) => Start::Time(time),
            (None, Some(line)) => Start::Line(line.saturating_sub(MARGIN)),
            (None, None) => Start::End,
        };
        asked.set_value(kept.time.get());
        let rows = (in_sight() + 2 * MARGIN).min(400) as u16;
        Some(Query::Merge(Box::new(Merge { sessions: sessions.get(), start, rows, until_nanos: kept.held.get() })))
    });
    Effect::new(move |_| stay(&sessions.get()));
    // Where cursor A is set in the plot, there the lines are shown.
    Effect::new(move |before: Option<Option<i64>>| {
        let mark = kept.plot.with(|plot| plot.marks.first().copied().flatten());
        if mark.is_some() && before.is_some_and(|before| before != mark) {
            kept.time.set(mark);
        }
        mark
    });
    let follow_end = Follow::new(node, now, kept.from, shown);
    if kept.time.get_untracked().is_some() {
        follow_end.renumbered();
    }
    let late = StoredValue::new(None::<Arc<Answer>>);
    Effect::new(move |_| {
        let answer = answer.get();
        let Some(merged) = merged_of(answer.as_deref()) else { return };
        let extent = Extent::new(&merged.screen, None, 0, text_size.row());
        if now.get_untracked() != extent {
            now.set(extent);
        }
        let wanted = kept.time.get_untracked();
        if wanted.is_some() && wanted == asked.get_value() {
            let from = merged.screen.from;
            kept.from.set((from < extent.total).then_some(from));
            // Until it is in sight, where the lines were scrolled to before says nothing.
            request_animation_frame(move || {
                follow_end.show_line(from);
                kept.time.set(None);
            });
        }
        let first = kept.from.get_untracked();
        let line = first.and_then(|first| merged.screen.lines.iter().find(|line| line.number >= first));
        if let Some(line) = line.filter(|_| kept.time.get_untracked().is_none()) {
            let time = Some(line.time_nanos).filter(|time| *time > 0);
            kept.anchor.set_value(time.map(|time| (sessions.get_untracked(), time)));
        }
        match selection::within(ID) {
            Some(_) => late.set_value(answer),
            None => shown.set(answer),
        }
    });
    // What was not shown while text was selected.
    Effect::new(move |_| {
        engine.second.track();
        if selection::within(ID).is_none()
            && let Some(answer) = late.try_update_value(Option::take).flatten()
        {
            shown.set(Some(answer));
        }
    });
    let scrolled = move |_| {
        // Until a time is in sight, where the lines are scrolled to says nothing.
        if kept.time.get_untracked().is_none() {
            follow_end.scrolled();
        }
    };
    let lines = move || {
        let names = names.get();
        shown.with(|shown| {
            let merged = merged_of(shown.as_deref())?;
            let whose = |line: &ScreenLine| {
                let place = place_of(merged, line);
                let name = if line.continued { String::new() } else { names.get(&place).cloned().unwrap_or_default() };
                view! { <span class=super::colour(place) title=name.clone()>{name.clone()}</span> }.into_any()
            };
            let look = Look { times: true, levels: true, ..Look::default() };
            Some(place::view(&merged.screen, now.get(), kept.from.get(), look, Some(&whose)))
        })
    };
    let of_all = Memo::new(move |_| {
        shown.with(|shown| {
            merged_of(shown.as_deref()).map_or((0, 0), |merged| (merged.screen.total, merged.screen.ever))
        })
    });
    let note = move || {
        let (total, ever) = of_all.get();
        let lines = term::lines(now.get().count());
        match (kept.held.get(), kept.from.get()) {
            (Some(_), _) => format!("{lines} · {}", term::held(ever.saturating_sub(total))),
            (None, Some(_)) => format!("{lines} · {}", term::reading_back()),
            (None, None) => lines,
        }
    };
    let focus = move || {
        if let Some(element) = node.get_untracked() {
            let _ = element.focus();
        }
    };
    let follow = move |_| {
        kept.from.set(None);
        kept.held.set(None);
        // The button goes, and what it is about gets the focus.
        focus();
    };
    let holds = RwSignal::new(kept.held.get_untracked().is_some());
    Effect::new(move |_| holds.set(kept.held.get().is_some()));
    // What is followed moves under a browser's own scrolling, which takes its time.
    let key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let (extent, rows) = (now.get_untracked(), in_sight().saturating_sub(1).max(1));
        let last = extent.total.saturating_sub(rows).max(extent.oldest);
        let at = kept.from.get_untracked().unwrap_or(last);
        let to = match event.key().as_str() {
            "Home" => extent.oldest,
            "PageUp" => at.saturating_sub(rows),
            "ArrowUp" => at.saturating_sub(1),
            "ArrowDown" => at.saturating_add(1),
            "PageDown" => at.saturating_add(rows),
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        let to = to.max(extent.oldest);
        // At once: a scroll that is told of late must find it there.
        if to < last {
            follow_end.show_line(to);
        }
        kept.from.set((to < last).then_some(to));
    };
    let hold = Callback::new(move |()| {
        kept.held.set(holds.get_untracked().then(clock::now_nanos));
        if !holds.get_untracked() {
            kept.from.set(None);
        }
    });
    let aside = Memo::new(move |_| {
        let ids = shown.with(|shown| merged_of(shown.as_deref()).map(|merged| merged.full_screen.clone()));
        let names: Vec<String> =
            ids.unwrap_or_default().into_iter().filter_map(|id| Some(engine.session(id)?.shown_name())).collect();
        (!names.is_empty()).then(|| words::full_screen(&names.join(", ")))
    });
    let nothing = move || {
        let none = shown.with(Option::is_some) && now.get().count() == 0;
        let hidden = sessions.with(|sessions| sessions.iter().all(|id| *id == 0));
        none.then(|| if hidden { words::all_hidden() } else { words::no_lines() })
    };
    let text = Callback::new(move |()| {
        let rows = usize::try_from(in_sight()).unwrap_or(usize::MAX);
        shown.with_untracked(|shown| {
            let Some(merged) = merged_of(shown.as_deref()) else { return (String::new(), 0) };
            let from =
                kept.from.get_untracked().unwrap_or_else(|| now.get_untracked().total.saturating_sub(rows as u64));
            let lines = merged.screen.lines.iter().filter(|line| line.number >= from).take(rows);
            let mut text = String::new();
            let count = lines.map(|line| text_of(merged, line, &names.get_untracked(), &mut text)).count();
            (text, count as u64)
        })
    });
    let remark = RwSignal::new(None);
    view! {
        <section class="panel timeline-terminal" aria-labelledby="lines-title">
            <header class="panel-head">
                <h2 id="lines-title">{words::lines()}</h2>
                <span class="panel-note">{note}</span>
                <div class="panel-tools">
                    {move || {
                        (kept.from.get().is_some() || kept.held.get().is_some()).then(|| view! {
                            <button class="button button-small" type="button" on:click=follow>{term::follow()}</button>
                        })
                    }}
                    <Toggle word=term::hold() on=holds changed=hold/>
                    <Save kept sessions names text remark id=ID/>
                </div>
            </header>
            <RemarkPlace role="status" class="term-remark" remark=remark.into()/>
            {move || aside.get().map(|why| view! { <p class="timeline-note">{why}</p> })}
            {move || nothing().map(|why| view! { <p class="panel-empty">{why}</p> })}
            <div class="term" id=ID node_ref=node role="log" aria-label=words::merged() aria-live="off" tabindex="0" on:scroll=scrolled on:keydown=key>
                <div class="term-extent" style:min-height=move || format!("{}px", now.get().height())>{lines}</div>
            </div>
        </section>
    }
    .into_any()
}

/// The place of the device that a line is of.
pub(super) fn place_of(merged: &Merged, line: &ScreenLine) -> usize {
    let index = usize::try_from(line.number.saturating_sub(merged.screen.from)).unwrap_or(usize::MAX);
    merged.whose.get(index).map_or(usize::MAX, |place| usize::from(*place))
}

pub(super) fn merged_of(answer: Option<&Answer>) -> Option<&Merged> {
    match answer {
        Some(Answer::Merged(merged)) => Some(merged),
        _ => None,
    }
}
