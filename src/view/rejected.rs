//! Frames that were not understood: kept, with their reason and their bytes.

use crate::browser::{clock, dom};
use crate::engine::{Open, use_engine};
use crate::view::device::Scroll;
use crate::view::format;
use crate::view::hex::origin::{self, Wanted};
use crate::words::rejected as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use session::query::{Answer, Query, Rejected as Frame};

/// The latest rejected frames of a session.
#[component]
pub fn Rejected(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    // Newer ones come in above. Who reads on below keeps the place: nothing is moved until the top is in sight again.
    let place = expect_context::<Scroll>();
    let follows = move || place.at_top.get_untracked();
    let answer = engine.ask_for(open.id, move || follows().then_some(Query::Rejected { count: 100 }));
    let frames = Memo::new(move |_| {
        answer.with(|answer| match answer.as_deref() {
            Some(Answer::Rejected(frames)) => frames.clone(),
            _ => Vec::new(),
        })
    });
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
    view! {
        <div class="rejected-back" role="status">
            <p hidden=move || place.at_top.get()>
                {words::stands_still()}
                <button class="button button-small" type="button" on:click=move |_| place.to_top()>{words::newest()}</button>
            </p>
        </div>
        {move || none().then(|| view! { <p class="panel-empty">{words::none()}</p> })}
        <ol class="rejected" hidden=none on:keydown=key>
            <For each=move || frames.get() key=|frame| (frame.at, frame.time_nanos) children=frame/>
        </ol>
    }
}

/// The id of what shows a frame's bytes.
fn id_of(frame: &Frame) -> String {
    format!("rejected-{}", frame.at)
}
