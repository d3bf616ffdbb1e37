//! A line to type on, with its ending and its history.

use super::paste::{Paste, PasteBar};
use super::publish::{Publish, PublishTo};
use super::typed::Form;
use crate::browser::{dom, selection};
use crate::engine::{Open, Part, Unwatched, use_engine};
use crate::remembered::choices::Choices;
use crate::ui::remark::{self, RemarkPlace};
use crate::words::send as words;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use session::link::Link;
use session::profile::Ending;
use session::wire::{Event, Request};

/// The endings, each with its key in the document.
const ENDINGS: [(Ending, &str); 4] =
    [(Ending::Lf, "LF"), (Ending::Cr, "CR"), (Ending::CrLf, "CR LF"), (Ending::None, "none")];

fn ending_word(key: &'static str) -> &'static str {
    if key == "none" { words::ending_none() } else { key }
}

/// How many lines are remembered.
const HISTORY: usize = 200;

/// What is typed, and what was sent.
#[derive(Clone, Default)]
struct Typed {
    text: ArcRwSignal<String>,
    /// `None` until the user chose: as the profile has it.
    ending: ArcRwSignal<Option<Ending>>,
    /// How the line is read.
    form: ArcRwSignal<Form>,
    /// Why something sent was refused.
    refused: ArcRwSignal<Option<String>>,
    past: Unwatched<Past>,
}

/// Lines sent before, and the way among them.
#[derive(Default)]
struct Past {
    lines: Vec<String>,
    /// Where the field stands, and what was typed before it went there.
    place: Option<usize>,
    draft: String,
    /// The line sent last, be it empty.
    sent: String,
}

impl Past {
    fn sent(&mut self, line: String) {
        self.lines.retain(|known| *known != line);
        if !line.is_empty() {
            self.lines.push(line.clone());
        }
        if self.lines.len() > HISTORY {
            self.lines.remove(0);
        }
        self.place = None;
        self.sent = line;
    }

    /// The line before, or after, the one that stands in the field now.
    fn go(&mut self, back: bool, now: String) -> String {
        let count = self.lines.len();
        let next = match (self.place, back) {
            (None, true) => count.checked_sub(1),
            (None, false) => None,
            (Some(now), true) => Some(now.saturating_sub(1)),
            (Some(now), false) => Some(now + 1).filter(|next| *next < count),
        };
        if self.place.is_none() {
            self.draft = now;
        }
        self.place = next;
        next.and_then(|index| self.lines.get(index)).unwrap_or(&self.draft).clone()
    }
}

/// Where the ending and how the line is read are kept in the browser, by their keys.
fn choices(open: &Open) -> Choices {
    Choices::of("send", open)
}

impl Part for Typed {
    fn first(open: &Open) -> Typed {
        let chosen = choices(open).read();
        let is_chosen = |key: &str| chosen.iter().any(|word| word == key);
        let ending = ENDINGS.iter().find(|(_, key)| is_chosen(key)).map(|(ending, _)| *ending);
        let form = Form::ALL.into_iter().find(|form| is_chosen(form.key())).unwrap_or_default();
        Typed { ending: ArcRwSignal::new(ending), form: ArcRwSignal::new(form), ..Typed::default() }
    }

    fn heard(&self, event: &Event) {
        match event {
            Event::Refused { why, line } => {
                self.refused.set(Some(why.clone()));
                // Not a byte of it left: it stands in the field again, unless another is being typed there.
                if *line && self.text.with_untracked(String::is_empty) {
                    self.text.set(self.past.with(|past| past.sent.clone()));
                }
            }
            Event::Opened | Event::Accepted => self.refused.set(None),
            _ => {}
        }
    }

    fn begin_again(&self) {
        self.refused.set(None);
    }
}

/// The line to send.
#[component]
pub(super) fn SendLine(
    open: Open,
    /// Whether every key goes to the device instead.
    keys: RwSignal<bool>,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let typed = open.part::<Typed>();
    let (text, refused) = (RwSignal::from(typed.text), RwSignal::from(typed.refused));
    let (chosen, form) = (RwSignal::from(typed.ending), RwSignal::from(typed.form));
    choices(&open).follow(move || {
        let ending = chosen.get().and_then(|of| ENDINGS.iter().find(|(known, _)| *known == of));
        let form = Some(form.get().key()).filter(|key| *key != Form::default().key());
        ending.map(|(_, key)| *key).into_iter().chain(form).map(str::to_owned).collect()
    });
    let paste = open.part::<Paste>();
    // At a broker a line is a message, and goes to a topic.
    let publish = matches!(open.link, Link::Mqtt(_)).then(|| open.part::<Publish>());
    let beside = publish.clone().map(|publish| view! { <PublishTo publish/> });
    let (past, before, typing) = (typed.past.clone(), typed.past.clone(), typed.past);
    let masked = RwSignal::new(false);
    let ending = move || {
        chosen.get().unwrap_or_else(|| {
            let profile = engine.profile(id).and_then(|text| session::Profile::parse(&text).ok());
            profile.map(|profile| profile.ending).unwrap_or_default()
        })
    };
    let send = move |keep: bool| {
        let line = text.get_untracked();
        let form = form.get_untracked();
        let mut bytes = match form.bytes(&line) {
            Ok(bytes) => bytes,
            Err(why) => return refused.set(Some(why)),
        };
        if form.ends() {
            bytes.extend_from_slice(untrack(ending).bytes());
        }
        refused.set(None);
        let secret = masked.get_untracked();
        past.with(|past| if secret { past.sent.clear() } else { past.sent(line) });
        engine.post(match &publish {
            Some(publish) => Request::Publish { session: id, publication: publish.message(bytes) },
            None if secret => Request::SendSecret { session: id, bytes },
            None => Request::Send { session: id, bytes, wrap: false },
        });
        if !keep || secret {
            text.set(String::new());
        }
    };
    let go = move |back: bool| {
        let now = text.get_untracked();
        text.set(before.with(|past| past.go(back, now)));
    };
    let asks = Memo::new(move |_| engine.statuses.with(|all| all.get(&id).is_some_and(|status| status.asks_secret)));
    // What was typed at the question stays hidden until it is gone, whatever the device says meanwhile.
    Effect::new(move |_| {
        let (asks, typed) = (asks.get(), text.with(|text| !text.is_empty()));
        masked.update(|masked| *masked = asks || (*masked && typed));
    });
    let by_button = send.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        by_button(false);
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
    let choose_form = move |event| {
        let key = event_target_value(&event);
        if let Some(known) = Form::ALL.into_iter().find(|form| form.key() == key) {
            form.set(known);
        }
    };
    let taken = paste.clone();
    let pasted = move |event: leptos::ev::Event| {
        let text = selection::pasted(&event);
        if form.get_untracked() != Form::Hex
            && text.is_some_and(|text| taken.take(&text, untrack(ending).bytes(), false))
        {
            event.prevent_default();
        }
    };
    let direct = move |_| {
        keys.update(|on| *on = !*on);
        let to = if keys.get_untracked() { super::ID } else { "send-line" };
        request_animation_frame(move || dom::focus(to));
    };
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some((known, _)) = ENDINGS.iter().find(|(_, name)| *name == word) {
            chosen.set(Some(*known));
        }
    };
    let word = move || ENDINGS.iter().find(|(known, _)| *known == ending()).map_or("LF", |(_, word)| word);
    view! {
        <PasteBar session=id paste/>
        {beside}
        <form class="send" on:submit=submit>
            <label for="send-line" aria-hidden="true">"›"</label>
            <input
                class="field-box"
                id="send-line"
                type=move || if masked.get() { "password" } else { "text" }
                aria-label=words::field()
                autocomplete=move || if masked.get() { "one-time-code" } else { "off" }
                autocapitalize="off"
                spellcheck="false"
                placeholder=words::hint()
                prop:value=move || text.get()
                on:input=move |event| { text.set(event_target_value(&event)); typing.with(|past| past.place = None); }
                on:keydown=key
                on:paste=move |event| pasted(event.into())
            />
            <select
                class="field-select"
                aria-label=words::form()
                prop:value=move || form.get().key()
                on:change=choose_form
            >
                {Form::ALL.map(|form| view! { <option value=form.key()>{form.word()}</option> }).collect_view()}
            </select>
            <select class="field-select" aria-label=words::ending() prop:value=word on:change=choose>
                {ENDINGS.map(|(_, word)| view! { <option value=word>{ending_word(word)}</option> }).collect_view()}
            </select>
            <button class="button" type="submit">{words::send()}</button>
            <button
                class="button button-plain"
                type="button"
                aria-pressed=move || keys.get().to_string()
                on:click=direct
            >
                {words::keys()}
            </button>
        </form>
        {move || masked.get().then(|| view! { <p class="send-keys field-note" role="status">{words::secret()}</p> })}
        {move || keys.get().then(|| view! { <p class="send-keys field-note" role="status">{words::keys_on()}</p> })}
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
        typed.past.with(|past| past.sent("set speed 5".to_owned()));
        refuse(false);
        assert_eq!(typed.text.get_untracked(), "", "a command was refused");
        refuse(true);
        assert_eq!(typed.text.get_untracked(), "set speed 5");
        typed.text.set("another".to_owned());
        refuse(true);
        assert_eq!(typed.text.get_untracked(), "another", "what is being typed stays");
        assert_eq!(typed.refused.get_untracked().as_deref(), Some("Nothing was sent."));
        for over in [Event::Opened, Event::Accepted] {
            refuse(false);
            typed.heard(&over);
            assert_eq!(typed.refused.get_untracked(), None);
        }
    }

    #[test]
    fn the_way_back_and_forth_ends_at_what_was_typed() {
        let mut past = Past::default();
        ["a", "b", "", "a"].iter().for_each(|line| past.sent((*line).to_owned()));
        let mut go = |back| past.go(back, "typed".to_owned());
        assert_eq!([true, true, true].map(&mut go), ["a", "b", "b"]);
        assert_eq!([false, false, false].map(&mut go), ["a", "typed", "typed"]);
    }
}
