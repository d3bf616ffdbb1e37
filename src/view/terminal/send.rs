//! A line to type on, with its ending and its history.

use crate::engine::{Open, use_engine};
use crate::ui::remark::{Remark, RemarkPlace};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use session::profile::Ending;
use session::wire::{Event, Request};

const ENDINGS: [(Ending, &str); 4] =
    [(Ending::Lf, "LF"), (Ending::Cr, "CR"), (Ending::CrLf, "CR LF"), (Ending::None, "none")];

/// How many lines are remembered.
const HISTORY: usize = 200;

/// The line to send.
#[component]
pub(super) fn SendLine(open: Open) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let first = session::Profile::parse(&open.profile).map(|profile| profile.ending).unwrap_or_default();
    let ending = RwSignal::new(first);
    let text = RwSignal::new(String::new());
    let history = RwSignal::new(Vec::<String>::new());
    // Where in the history the field stands, and what was typed before going there.
    let place = RwSignal::new(None::<usize>);
    let draft = RwSignal::new(String::new());
    let refused = Signal::derive(move || {
        engine.news.with(|news| match news.as_ref().filter(|news| news.session == id)?.event.clone() {
            Event::Refused { why } => Some(Remark::Wrong(why)),
            _ => None,
        })
    });
    let send = move |keep: bool| {
        let line = text.get_untracked();
        let mut bytes = line.clone().into_bytes();
        bytes.extend_from_slice(ending.get_untracked().bytes());
        engine.post(Request::Send { session: id, bytes, wrap: false });
        history.update(|history| {
            history.retain(|known| *known != line);
            if !line.is_empty() {
                history.push(line);
            }
            if history.len() > HISTORY {
                history.remove(0);
            }
        });
        place.set(None);
        if !keep {
            text.set(String::new());
        }
    };
    let go = move |back: bool| {
        let count = history.with_untracked(Vec::len);
        let next = match (place.get_untracked(), back) {
            (None, true) => count.checked_sub(1),
            (None, false) => None,
            (Some(now), true) => Some(now.saturating_sub(1)),
            (Some(now), false) => Some(now + 1).filter(|next| *next < count),
        };
        if place.get_untracked().is_none() {
            draft.set(text.get_untracked());
        }
        place.set(next);
        text.set(match next {
            Some(index) => history.with_untracked(|history| history.get(index).cloned().unwrap_or_default()),
            None => draft.get_untracked(),
        });
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowUp" => {
            event.prevent_default();
            go(true);
        }
        "ArrowDown" => {
            event.prevent_default();
            go(false);
        }
        "Enter" => {
            event.prevent_default();
            send(event.ctrl_key());
        }
        _ => {}
    };
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some((chosen, _)) = ENDINGS.iter().find(|(_, known)| *known == word) {
            ending.set(*chosen);
        }
    };
    let word = move || ENDINGS.iter().find(|(known, _)| *known == ending.get()).map_or("LF", |(_, word)| word);
    view! {
        <form class="send" on:submit=move |event| { event.prevent_default(); send(false); }>
            <label for="send-line" aria-hidden="true">"›"</label>
            <input
                class="field-box"
                id="send-line"
                type="text"
                aria-label="Line to send"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder="Type a line for the device"
                prop:value=move || text.get()
                on:input=move |event| { text.set(event_target_value(&event)); place.set(None); }
                on:keydown=key
            />
            <select class="field-select" aria-label="Line ending" prop:value=word on:change=choose>
                {ENDINGS.map(|(_, word)| view! { <option value=word>{word}</option> }).collect_view()}
            </select>
            <button class="button" type="submit">"Send"</button>
        </form>
        <RemarkPlace role="alert" class="send-refused" remark=refused/>
    }
}
