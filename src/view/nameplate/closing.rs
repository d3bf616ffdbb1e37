//! The question before a session is closed that holds what would be lost.

use crate::engine::{Open, use_engine};
use crate::ui::dialog::Dialog;
use crate::view::at_stake::AtStake;
use crate::view::format;
use crate::words::{at_stake, transfer as words};
use leptos::prelude::*;

/// Asked while `asked` is set. The first button is the safe one, and has the focus.
#[component]
pub(super) fn Closing(open: Open, asked: RwSignal<bool>, close: Callback<()>) -> impl IntoView {
    let engine = use_engine();
    let label = words::close_session(&open.shown_name());
    let inside = move || {
        // As it is when it is asked: a question that changes cannot be read.
        let AtStake { files, data } = untrack(|| AtStake::of(engine, &open));
        let name = open.shown_name();
        let data = data.map(|data| {
            let time = format::duration(data.nanos);
            match data.samples {
                0 => at_stake::bytes(&format::bytes(data.bytes), &name, &time),
                count => at_stake::samples(count, &format::count(count), &name, &time),
            }
        });
        let sentences = [
            data,
            files.running.then(|| words::would_break_off().to_owned()),
            (files.unsaved > 0).then(|| words::unsaved(files.unsaved)),
        ];
        let sentences = sentences.into_iter().flatten().map(|said| view! { <p>{said}</p> }).collect_view();
        view! {
            <h2>{words::close_session(&open.shown_name())}</h2>
            {sentences}
            <div class="closing-acts">
                <button class="button" type="button" on:click=move |_| asked.set(false)>{words::keep_session()}</button>
                <button class="button" type="button" on:click=move |_| close.run(())>{words::close_anyway()}</button>
            </div>
        }
    };
    view! { <Dialog open=asked label=Signal::stored(label) class="closing">{inside()}</Dialog> }
}
