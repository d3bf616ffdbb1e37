//! A line to type on, with its ending and its history.

use crate::engine::{Open, Part, use_engine};
use crate::ui::remark::{self, RemarkPlace};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use session::profile::Ending;
use session::wire::{Event, Request};

const ENDINGS: [(Ending, &str); 4] =
    [(Ending::Lf, "LF"), (Ending::Cr, "CR"), (Ending::CrLf, "CR LF"), (Ending::None, "none")];

/// How many lines are remembered.
const HISTORY: usize = 200;

/// What is typed, and what was sent.
#[derive(Clone, Default)]
struct Typed {
    text: ArcRwSignal<String>,
    /// `None` until the user chose: as the profile has it.
    ending: ArcRwSignal<Option<Ending>>,
    history: ArcRwSignal<Vec<String>>,
    /// Where in the history the field stands, and what was typed before going there.
    place: ArcRwSignal<Option<usize>>,
    draft: ArcRwSignal<String>,
    /// The line sent last, and why something sent was refused.
    sent: ArcRwSignal<String>,
    refused: ArcRwSignal<Option<String>>,
}

impl Part for Typed {
    fn first(_: &Open) -> Typed {
        Typed::default()
    }

    fn heard(&self, event: &Event) {
        match event {
            Event::Refused { why, line } => {
                self.refused.set(Some(why.clone()));
                // Not a byte of it left: it stands in the field again, unless another is being typed there.
                if *line && self.text.with_untracked(String::is_empty) {
                    self.text.set(self.sent.get_untracked());
                }
            }
            Event::Opened => self.refused.set(None),
            _ => {}
        }
    }

    fn begin_again(&self) {
        self.refused.set(None);
    }
}

/// The line to send.
#[component]
pub(super) fn SendLine(open: Open) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let typed = open.part::<Typed>();
    let (text, history) = (RwSignal::from(typed.text), RwSignal::from(typed.history));
    let (place, draft) = (RwSignal::from(typed.place), RwSignal::from(typed.draft));
    let (sent, refused) = (RwSignal::from(typed.sent), RwSignal::from(typed.refused));
    let chosen = RwSignal::from(typed.ending);
    let given = Memo::new(move |_| {
        let profile = engine.profile(id).and_then(|text| session::Profile::parse(&text).ok());
        profile.map(|profile| profile.ending).unwrap_or_default()
    });
    let ending = Memo::new(move |_| chosen.get().unwrap_or_else(|| given.get()));
    let send = move |keep: bool| {
        let line = text.get_untracked();
        let mut bytes = line.clone().into_bytes();
        bytes.extend_from_slice(ending.get_untracked().bytes());
        refused.set(None);
        sent.set(line.clone());
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
        if let Some((known, _)) = ENDINGS.iter().find(|(_, name)| *name == word) {
            chosen.set(Some(*known));
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
        <RemarkPlace role="alert" class="send-refused" remark=remark::wrong(refused)/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_did_not_leave_is_in_the_field_again() {
        let typed = Typed::default();
        let refuse = |line| typed.heard(&Event::Refused { why: "Nothing was sent.".to_owned(), line });
        typed.sent.set("set speed 5".to_owned());
        refuse(false);
        assert_eq!(typed.text.get_untracked(), "", "a command was refused");
        refuse(true);
        assert_eq!(typed.text.get_untracked(), "set speed 5");
        typed.text.set("another".to_owned());
        refuse(true);
        assert_eq!(typed.text.get_untracked(), "another", "what is being typed stays");
        assert_eq!(typed.refused.get_untracked().as_deref(), Some("Nothing was sent."));
        typed.heard(&Event::Opened);
        assert_eq!(typed.refused.get_untracked(), None);
    }
}
