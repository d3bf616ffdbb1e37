//! Frames that were not understood: kept, with their reason and their bytes.

use crate::browser::clock::Pace;
use crate::browser::{clock, dom};
use crate::engine::{Open, use_engine};
use crate::view::device::Scroll;
use crate::view::format;
use crate::view::hex::origin::{self, Wanted};
use crate::words::rejected as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use session::query::{Answer, Query, Rejected as Frame};

/// Frames listed at most; the session keeps no more.
const MOST: usize = 100;

/// The latest rejected frames of a session.
#[component]
pub fn Rejected(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    // Newer ones come in above. Who reads on below, or is among the rows with the pointer or the focus, keeps the place:
    // nothing is moved until that is over, and what came meanwhile is counted.
    let place = expect_context::<Scroll>();
    let (pointer, focus) = (RwSignal::new(false), RwSignal::new(false));
    let held = Memo::new(move |_| pointer.get() || focus.get() || !place.at_top.get());
    let pace = Pace::of_reading();
    let answer = engine.ask_for(open.id, move || {
        (!held.get_untracked() || pace.due()).then_some(Query::Rejected { count: MOST as u16 })
    });
    let latest = Memo::new(move |_| {
        answer.with(|answer| match answer.as_deref() {
            Some(Answer::Rejected(frames)) => frames.clone(),
            _ => Vec::new(),
        })
    });
    let frames = RwSignal::new(Vec::<Frame>::new());
    Effect::new(move |_| {
        let (held, latest) = (held.get(), latest.get());
        if (!held || frames.with_untracked(Vec::is_empty)) && frames.with_untracked(|frames| *frames != latest) {
            frames.set(latest);
        }
    });
    let more = Memo::new(move |_| {
        latest.with(|latest| frames.with(|frames| frames.first().map_or(0, |first| newer(latest, first))))
    });
    let show = move |_| {
        frames.set(latest.get_untracked());
        place.to_top();
        // The button goes; the list is what it was about, and goes on.
        dom::focus_front("Rejected");
    };
    let newest = Memo::new(move |_| frames.with(|frames| frames.first().map(id_of)));
    let frame = move |frame: Frame| {
        let (time, at, len) = (
            format::clock(frame.time_nanos, clock::zone_seconds(), 3),
            format::count(frame.at),
            format::count(frame.len),
        );
        let more = (frame.len as usize > frame.bytes.len()).then(|| words::in_all(&format::count(frame.len)));
        let (id, open) = (id_of(&frame), open.clone());
        let stop = id.clone();
        let wanted = Wanted::Rejected(Some(frame.at), frame.time_nanos);
        view! {
            <li>
                <p><b class="mono">{time}</b>" "{frame.why}</p>
                <p class="field-note">
                    {words::place(&len, &at)}" "
                    <button
                        class="button button-plain button-small"
                        type="button"
                        id=id
                        tabindex=move || if newest.with(|newest| newest.as_ref() == Some(&stop)) { "0" } else { "-1" }
                        aria-label=words::show_bytes_at(&at)
                        on:click=move |_| origin::show(&open, wanted.clone())
                    >
                        {words::show_bytes()}
                    </button>
                </p>
                <code class="rejected-bytes">{format::hex(&frame.bytes)}{more}</code>
            </li>
        }
    };
    // One stop of the tab key, and the arrow keys from there.
    let key = move |event: KeyboardEvent| {
        let back = match event.key().as_str() {
            "ArrowDown" => false,
            "ArrowUp" => true,
            _ => return,
        };
        if dom::step(&event, ".rejected", "button", back) {
            event.prevent_default();
        }
    };
    let none = move || frames.with(Vec::is_empty);
    let stands = Memo::new(move |_| !place.at_top.get() || held.get() && more.get() > 0);
    let stands = move || stands.get();
    view! {
        {move || none().then(|| view! { <p class="panel-empty">{words::none()}</p> })}
        <ol
            class="rejected"
            hidden=none
            on:keydown=key
            on:pointerenter=move |_| pointer.set(true)
            on:pointerleave=move |_| pointer.set(false)
            on:focusin=move |_| focus.set(true)
            on:focusout=move |_| focus.set(false)
        >
            <For each=move || frames.get() key=|frame| (frame.at, frame.time_nanos) children=frame/>
        </ol>
        <div class="rejected-back" class:rejected-held=stands>
            // The count would be announced ten times a second.
            <span role="status">{move || stands().then(words::stands_still)}</span>
            {move || stands().then(|| view! {
                <span>{move || words::more(more.get(), more.get() >= MOST)}</span>
                <button class="button button-small" type="button" on:click=show>{words::newest()}</button>
            })}
        </div>
    }
}

/// How many of the latest frames are newer than one; all of them, where that is no longer among them.
fn newer(latest: &[Frame], than: &Frame) -> usize {
    latest.iter().position(|frame| id_of(frame) == id_of(than)).unwrap_or(latest.len())
}

/// The id of what shows a frame's bytes.
fn id_of(frame: &Frame) -> String {
    format!("rejected-{}", frame.at)
}

#[cfg(test)]
mod tests {
    use super::{Frame, newer};

    #[test]
    fn what_came_since_is_counted_as_far_as_it_is_listed() {
        let frame = |at: u64| Frame { time_nanos: 0, at, len: 1, why: String::new(), bytes: Vec::new() };
        let latest: Vec<Frame> = (10..20).rev().map(frame).collect();
        assert_eq!([19, 15, 10, 3].map(|at| newer(&latest, &frame(at))), [0, 4, 9, 10]);
    }
}
