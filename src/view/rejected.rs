//! Frames that were not understood: kept, with their reason and their bytes.

use crate::browser::clock;
use crate::engine::{Open, use_engine};
use crate::view::device::Scroll;
use crate::view::format;
use crate::words::rejected as words;
use leptos::prelude::*;
use session::query::{Answer, Query};

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
    let frame = |frame: &session::query::Rejected| {
        let (time, at, len) = (
            format::clock(frame.time_nanos, clock::zone_seconds(), 3),
            format::count(frame.at),
            format::count(frame.len),
        );
        let more = (frame.len as usize > frame.bytes.len()).then(|| words::in_all(&format::count(frame.len)));
        view! {
            <li>
                <p><b class="mono">{time}</b>" "{frame.why.clone()}</p>
                <p class="field-note">{words::place(&len, &at)}</p>
                <code class="rejected-bytes">{format::hex(&frame.bytes)}{more}</code>
            </li>
        }
    };
    let shown = move || {
        answer.with(|answer| match answer.as_deref() {
            Some(Answer::Rejected(frames)) if !frames.is_empty() => {
                view! { <ol class="rejected">{frames.iter().map(frame).collect_view()}</ol> }.into_any()
            }
            _ => view! { <p class="panel-empty">{words::none()}</p> }.into_any(),
        })
    };
    view! {
        <div class="rejected-back" role="status">
            <p hidden=move || place.at_top.get()>
                {words::stands_still()}
                <button class="button button-small" type="button" on:click=move |_| place.to_top()>{words::newest()}</button>
            </p>
        </div>
        {shown}
    }
}
