//! The question before a session is closed that holds what would be lost.

use crate::engine::Open;
use crate::ui::dialog::Dialog;
use crate::view::transfer::AtStake;
use crate::words::transfer as words;
use leptos::prelude::*;

/// Asked while `asked` is set. The first button is the safe one, and has the focus.
#[component]
pub(super) fn Closing(open: Open, asked: RwSignal<bool>, close: Callback<()>) -> impl IntoView {
    let label = words::close_session(&open.shown_name());
    let inside = move || {
        let at_stake = AtStake::of(&open);
        let sentences = [
            at_stake.running.then(|| words::would_break_off().to_owned()),
            (at_stake.unsaved > 0).then(|| words::unsaved(at_stake.unsaved)),
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
