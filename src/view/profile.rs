//! The profile, as text and as a form of the same text: edited with the error at its line and its field, put in force,
//! kept, exported, shared.

mod control;
mod document;
mod fold;
mod form;
mod known;
mod link;
mod lists;
mod rows;
mod settings;
mod translated;
mod unkept;
mod values;

use crate::browser::{clipboard, dom, file};
use crate::engine::{Open, Part, use_engine};
use crate::profiles::{self, Deleted};
use crate::route::Route;
use crate::ui::editor::{self, Editor};
use crate::ui::file_button::FileButton;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::ui::whole::whole;
use crate::words::{profile as words, profile_form as form_words};
use document::Document;
use form::Form;
use leptos::prelude::*;
use session::profile::share;
use session::wire::{Event, Request};
use std::collections::BTreeSet;
use unkept::Safe;
pub use unkept::{Unkept, keep, unkept};

/// The id of the field with the text.
const FIELD: &str = "profile-text";

/// The profile as it is being edited.
#[derive(Clone)]
struct Draft {
    text: ArcRwSignal<String>,
    /// What became of it last, and of which text.
    said: ArcRwSignal<Option<(String, String)>>,
    /// The text in force that it was the same as last: what is not edited here follows what is changed elsewhere.
    base: ArcRwSignal<String>,
    /// Whether what is to be put in force says something else of the link. An open one stays as it is.
    relink: ArcRwSignal<bool>,
    /// Whether the form is shown.
    as_form: ArcRwSignal<bool>,
    /// What of the form is unfolded.
    unfolded: ArcRwSignal<BTreeSet<String>>,
}

impl Part for Draft {
    fn first(open: &Open) -> Draft {
        let text = ArcRwSignal::new(open.profile.clone());
        let base = ArcRwSignal::new(open.profile.clone());
        let (relink, as_form) = (ArcRwSignal::new(false), ArcRwSignal::new(false));
        let unfolded = ArcRwSignal::new(form::FIRST.iter().map(|key| (*key).to_owned()).collect());
        Draft { text, said: ArcRwSignal::new(None), base, relink, as_form, unfolded }
    }

    fn heard(&self, event: &Event) {
        let said = match event {
            Event::ProfileAccepted if self.relink.get_untracked() => words::in_force_but_link().to_owned(),
            Event::ProfileAccepted => words::in_force().to_owned(),
            // What counted from the next connection counts now.
            Event::Opened if self.relink.get_untracked() => {
                self.relink.set(false);
                words::in_force().to_owned()
            }
            Event::ProfileRefused { line, reason } => words::refused(&profiles::mistake(*line, reason)),
            _ => return,
        };
        self.said.set(Some((said, self.text.get_untracked())));
    }
}

/// The profile of a session.
#[component]
pub fn ProfileEditor(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let in_force = Memo::new(move |_| engine.profile(id).unwrap_or_default());
    let draft = open.part::<Draft>();
    let safe = StoredValue::new(open.part::<Safe>());
    let (text, said, relink) = (RwSignal::from(draft.text), RwSignal::from(draft.said), draft.relink);
    let base = draft.base;
    Effect::new(move |_| {
        let now = in_force.get();
        if text.get_untracked() == base.get_untracked() {
            text.set(now.clone());
        }
        if text.get_untracked() == now {
            base.set(now);
        }
    });
    let as_form = RwSignal::from(draft.as_form);
    let document = Document::of(text, RwSignal::from(draft.unfolded));
    let wrong = document.wrong;
    let changed = Memo::new(move |_| text.get() != in_force.get());
    let to_line = move || {
        if let Some(error) = wrong.get_untracked().filter(|error| error.line > 0) {
            as_form.set(false);
            let text = text.get_untracked();
            request_animation_frame(move || editor::go_to(FIELD, &text, error.line));
        }
    };
    let to_mistake = move || {
        if !(as_form.get_untracked() && form::to_mistake(document)) {
            to_line();
        }
    };
    // What was put in force elsewhere, a dashboard's layout for one, is taken over where nothing was typed meanwhile.
    Effect::new(move |before: Option<String>| {
        let now = in_force.get();
        if before.is_some_and(|before| before != now && text.with_untracked(|text| *text == before)) {
            text.set(now.clone());
        }
        now
    });
    // What was typed at a field of the form and is not in the text.
    let untaken = Memo::new(move |_| as_form.get() && document.refused().is_some());
    let mistaken = Memo::new(move |_| untaken.get() || wrong.with(Option::is_some));
    let apply = move |_| {
        let profile = text.get_untracked();
        if mistaken.get_untracked() {
            to_mistake();
        } else if changed.get_untracked() {
            let link = |text: &str| session::Profile::parse(text).ok().map(|profile| profile.link);
            relink.set(link(&profile) != link(&in_force.get_untracked()));
            engine.post(Request::SetProfile { session: id, profile });
        }
    };
    let say = move |words: &str, of: String| said.set(Some((words.to_owned(), of)));
    // What was kept under the name till now: it can be brought back until something else is said.
    let replaced = RwSignal::new(None::<Deleted>);
    let keep = move |_| {
        let profile = text.get_untracked();
        if !mistaken.get_untracked() {
            let (done, before) = match safe.with_value(|safe| safe.keep(&profile)) {
                Ok((done, before)) => (done.to_owned(), before),
                Err(why) => (why, None),
            };
            engine.remember_profile(id);
            say(&done, profile);
            replaced.set(before);
        } else {
            to_mistake();
        }
    };
    let export = move |_| {
        let profile = text.get_untracked();
        file::save_text(&profiles::file_name(&profile), "application/toml", &profiles::exported(&profile));
        safe.with_value(|safe| safe.note(&profile));
    };
    let copy = move |_| {
        let profile = text.get_untracked();
        if mistaken.get_untracked() {
            return to_mistake();
        }
        // What cannot be taken out of an address is not shared.
        let Ok((bare, secrets)) = share::without_secrets(&profile) else { return say(words::not_copied(), profile) };
        let Ok(packed) = share::pack(&bare) else { return say(words::too_long(), profile) };
        let link = format!("{}#{}", dom::base(), Route::Shared(packed).fragment());
        leptos::task::spawn_local(async move {
            let copied = clipboard::write(&link).await;
            let done = if secrets { words::copied_bare() } else { words::copied() };
            say(if copied { done } else { words::not_copied() }, profile);
        });
    };
    let import = Callback::new(move |(file, imported): (String, String)| {
        let words = match session::import::import(&imported, crate::words::now()) {
            None => {
                text.set(imported);
                None
            }
            Some(Ok(made)) => {
                let made = made.named_after(&file);
                text.set(made.profile.clone());
                Some((words::imported(made.left.len()), made.profile))
            }
            Some(Err(why)) => Some((words::not_imported(crate::words::say(&why)), text.get_untracked())),
        };
        said.set(words);
        to_mistake();
    });
    let verdict = Signal::derive(move || match wrong.get() {
        Some(error) => Some(Remark::Wrong(profiles::mistake(error.line, crate::words::say(&error.reason)))),
        None if untaken.get() => Some(Remark::Wrong(form_words::untaken().to_owned())),
        None => {
            // What was said holds for as long as the text is what it was said of.
            let said = said.get().filter(|(_, of)| text.with(|text| text == of)).map(|(said, _)| said);
            let waiting = || changed.get().then(|| words::waiting().to_owned());
            said.or_else(waiting).map(Remark::Note)
        }
    });
    let wrong_line = Signal::derive(move || wrong.get().map(|error| error.line));
    let disabled = move || (mistaken.get() || !changed.get()).then_some("true");
    let changed_since_said =
        move || said.with(|said| text.with(|text| said.as_ref().is_some_and(|(_, of)| text != of)));
    let put_back = move |_| {
        if let Some(before) = replaced.get_untracked() {
            replaced.set(None);
            let back = profiles::put_back(before).is_ok();
            say(if back { words::kept_before() } else { words::not_kept() }, text.get_untracked());
        }
    };
    let go = move || {
        let line = wrong_line.get().filter(|line| *line > 0);
        let field = as_form.get() && (line.is_some() || untaken.get());
        let field = field.then(|| {
            view! {
                <button class="as-link" type="button" on:click=move |_| { form::to_mistake(document); }>{form_words::to_field()}</button>
            }
        });
        let line = line.map(|line| {
            view! { <button class="as-link" type="button" on:click=move |_| to_line()>{words::go_to(line)}</button> }
        });
        let kept_over = said.with(|said| said.as_ref().is_some_and(|(said, _)| said == words::kept_over()));
        let undo = (replaced.with(Option::is_some) && kept_over && !changed_since_said()).then(|| {
            view! { <button class="as-link" type="button" on:click=put_back>{words::keep_before()}</button> }
        });
        view! { {field}{line}{undo} }
    };
    let editor = move || {
        whole(view! { <Editor id=FIELD label=words::text() text wrong=wrong_line described_by="profile-verdict"/> })
    };
    let body = move || {
        if as_form.get() {
            // Where there is room the text stands beside it.
            whole(view! {
                <div class="profile-sides">
                    <div class="profile-pair"><Form document/><div class="profile-beside">{editor()}</div></div>
                </div>
            })
        } else {
            editor()
        }
    };
    let undo = move || {
        as_form.get().then(|| {
            view! {
                <button
                    class="button button-plain"
                    type="button"
                    aria-disabled=move || (!document.has_steps()).then_some("true")
                    on:click=move |_| document.undo()
                >
                    {form_words::undo()}
                </button>
            }
        })
    };
    let side = move |form: bool, word: &'static str| {
        view! {
            <button type="button" aria-pressed=move || (as_form.get() == form).to_string() on:click=move |_| as_form.set(form)>
                {word}
            </button>
        }
    };
    view! {
        <div class="profile">
            <div class="profile-head">
                <div class="choice" role="group" aria-label=words::shown_as()>
                    {side(false, words::as_text())}{side(true, words::as_form())}
                </div>
                {undo}
            </div>
            {body}
            <div class="profile-verdict"><RemarkPlace role="status" id="profile-verdict" remark=verdict/>{go}</div>
            <div class="profile-acts">
                <button class="button" type="button" aria-disabled=disabled aria-describedby="profile-verdict" on:click=apply>{words::apply()}</button>
                <button class="button button-plain" type="button" on:click=keep>{words::keep()}</button>
                <button class="button button-plain" type="button" on:click=export>{words::export()}</button>
                <button class="button button-plain" type="button" on:click=copy>{words::copy_link()}</button>
                <FileButton word=words::import() label=words::import_label() accept=profiles::FILES class="button-plain" on_text=import/>
            </div>
        </div>
    }
}

/// Writes where the panels stand into the text that is being edited, from where it is put in force, kept or exported.
pub fn write_layout(open: &Open, panels: &session::profile::Panels) {
    let draft = open.part::<Draft>();
    let text = draft.text.get_untracked();
    match panels.write_into(&text) {
        Ok(written) => {
            draft.text.set(written.clone());
            draft.said.set(Some((crate::words::workspace::layout_written().to_owned(), written)));
        }
        Err(why) => draft.said.set(Some((crate::words::say(&why.said()).to_owned(), text))),
    }
}
