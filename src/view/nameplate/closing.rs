//! The question before a session is closed that holds what would be lost.

use crate::engine::{Open, use_engine};
use crate::ui::dialog::Dialog;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::view::at_stake::AtStake;
use crate::view::{format, profile};
use crate::words::{at_stake, transfer as words};
use leptos::prelude::*;

/// Asked while `asked` is set. The first button is the safe one, and has the focus.
#[component]
pub(super) fn Closing(open: Open, asked: RwSignal<bool>, close: Callback<()>) -> impl IntoView {
    let engine = use_engine();
    let said = RwSignal::new(None::<Remark>);
    let id = open.id;
    let shown_name = engine.name(id);
    let label = Signal::derive(move || words::close_session(&shown_name.get()));
    let inside = move || {
        // As it is when it is asked: a question that changes cannot be read.
        let AtStake { files, data, profile } = untrack(|| AtStake::of(engine, &open));
        let name = shown_name.get_untracked();
        let data = data.map(|data| {
            let time = format::duration(data.nanos);
            match data.samples {
                0 => at_stake::bytes(&format::bytes(data.bytes), &name, &time),
                count => at_stake::samples(count, &format::count(count), &name, &time),
            }
        });
        // One with a mistake cannot be kept: it is told of all the same.
        let keep = profile.clone().filter(|text| session::Profile::parse(text).is_ok()).map(|text| {
            let open = open.clone();
            let keep = move |_| match profile::keep(engine, &open, &text) {
                Ok(_) => close.run(()),
                Err(why) => said.set(Some(Remark::Wrong(why))),
            };
            view! { <button class="button" type="button" on:click=keep>{at_stake::keep_profile()}</button> }
        });
        let sentences = [
            profile.map(|_| at_stake::profile().to_owned()),
            data,
            files.running.then(|| words::would_break_off().to_owned()),
            (files.unsaved > 0).then(|| words::unsaved(files.unsaved)),
        ];
        let sentences = sentences.into_iter().flatten().map(|said| view! { <p>{said}</p> }).collect_view();
        view! {
            <h2>{move || label.get()}</h2>
            {sentences}
            <RemarkPlace role="alert" remark=said.into()/>
            <div class="closing-acts">
                <button class="button" type="button" on:click=move |_| asked.set(false)>{words::keep_session()}</button>
                {keep}
                <button class="button" type="button" on:click=move |_| close.run(())>{words::close_anyway()}</button>
            </div>
        }
    };
    view! { <Dialog open=asked label class="closing">{inside()}</Dialog> }
}
