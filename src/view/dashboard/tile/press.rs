//! A button that sends a command.

use super::super::board::Board;
use crate::browser::dom;
use crate::engine::use_engine;
use crate::ui::whole::whole;
use crate::view::commands::foreseen;
use crate::words::{dashboard as words, device};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// A button that sends a command; a dangerous one asks first.
#[component]
pub(super) fn Press(board: Board, command: String) -> impl IntoView {
    let asking = RwSignal::new(false);
    let button = NodeRef::<leptos::html::Button>::new();
    let engine = use_engine();
    let there = engine.there(board.session);
    let shown_name = engine.name(board.session);
    // What was asked before the link was lost is not sent after it is back, nor to a device of another name.
    Effect::new(move |_| {
        // Read, and not only tracked: a memo that nobody has read changes when somebody does.
        let _now = (there.get(), shown_name.get());
        asking.set(false);
    });
    let open = untrack(|| engine.session(board.session));
    let device = move || session::screen::visible(&shown_name.get());
    let name = command.clone();
    let sends = move |()| asking.get().then(|| board.dangerous(&name).into_iter().collect());
    let sends = open.map(|open| foreseen(&open, Callback::new(sends)));
    let leave = move || {
        asking.set(false);
        request_animation_frame(move || {
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        });
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            leave();
        }
    };
    let dangerous = {
        let name = command.clone();
        move || board.dangerous(&name).is_some()
    };
    let send = {
        let name = command.clone();
        Callback::new(move |()| {
            asking.set(false);
            board.send(&name);
        })
    };
    let press = move |_| {
        if board.editing.get_untracked() {
            return;
        }
        if dangerous() {
            asking.set(true);
            request_animation_frame(|| dom::focus("tile-cancel"));
        } else {
            send.run(());
        }
    };
    let outcome = {
        let name = command.clone();
        move || board.outcomes.with(|outcomes| outcomes.get(&name).cloned())
    };
    let confirm = words::confirm(&device::word(&command));
    let ask = move || {
        asking.get().then(|| {
            whole(view! {
                <p class="tile-note">{words::dangerous(&device())}" "{sends}</p>
                <div class="tile-acts" on:keydown=key>
                    <button class="button" id="tile-cancel" type="button" on:click=move |_| leave()>{words::cancel()}</button>
                    <button class="button" type="button" on:click=move |_| send.run(())>{confirm.clone()}</button>
                </div>
            })
        })
    };
    view! {
        <button class="button button-large tile-press" type="button" node_ref=button hidden=move || asking.get() on:click=press>{device::word(&command)}</button>
        {ask}
        <p class="tile-note" role="status">{outcome}</p>
    }
}
