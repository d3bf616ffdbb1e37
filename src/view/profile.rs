//! The profile as text: edited with the error at its line, put in force, kept, exported.

use crate::browser::file;
use crate::engine::{Open, Part, use_engine};
use crate::profiles;
use crate::ui::editor::Editor;
use crate::ui::file_button::FileButton;
use crate::ui::remark::{Remark, RemarkPlace};
use leptos::prelude::*;
use session::wire::{Event, Request};

/// The profile as it is being edited.
#[derive(Clone)]
struct Draft {
    text: ArcRwSignal<String>,
    /// What became of it last, and of which text.
    said: ArcRwSignal<Option<(String, String)>>,
    /// Whether what is to be put in force says something else of the link. An open one stays as it is.
    relink: ArcRwSignal<bool>,
}

impl Part for Draft {
    fn first(open: &Open) -> Draft {
        let text = ArcRwSignal::new(open.profile.clone());
        Draft { text, said: ArcRwSignal::new(None), relink: ArcRwSignal::new(false) }
    }

    fn heard(&self, event: &Event) {
        let said = match event {
            Event::ProfileAccepted if self.relink.get_untracked() => {
                "In force. What [link] says counts from the next connection: disconnect, then connect again.".to_owned()
            }
            Event::ProfileAccepted => "In force.".to_owned(),
            Event::ProfileRefused { line, reason } => {
                format!("Refused, the one before stays in force. {}", profiles::mistake(*line, reason))
            }
            _ => return,
        };
        self.said.set(Some((said, self.text.get_untracked())));
    }
}

/// The profile of a session, as text.
#[component]
pub fn ProfileEditor(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let in_force = Memo::new(move |_| engine.profile(id).unwrap_or_default());
    let draft = open.part::<Draft>();
    let (text, said, relink) = (RwSignal::from(draft.text), RwSignal::from(draft.said), draft.relink);
    let wrong = Memo::new(move |_| session::Profile::parse(&text.get()).err());
    let changed = Memo::new(move |_| text.get() != in_force.get());
    let apply = move |_| {
        let profile = text.get_untracked();
        if wrong.get_untracked().is_none() && changed.get_untracked() {
            let link = |text: &str| session::Profile::parse(text).ok().map(|profile| profile.link);
            relink.set(link(&profile) != link(&in_force.get_untracked()));
            engine.post(Request::SetProfile { session: id, profile });
        }
    };
    let keep = move |_| {
        let profile = text.get_untracked();
        if session::Profile::parse(&profile).is_ok() {
            let kept = profiles::keep(&profile).is_ok();
            let words = if kept {
                "Kept in this browser: it can be chosen on the start page."
            } else {
                "The browser did not keep it. Export it as a file instead."
            };
            said.set(Some((words.to_owned(), profile)));
        }
    };
    let export = move |_| {
        let profile = text.get_untracked();
        let name = session::Profile::parse(&profile)
            .map_or_else(|_| "profile".to_owned(), |parsed| profiles::file_stem(&parsed.name));
        file::save_text(&format!("{name}.toml"), "application/toml", &profile);
    };
    let import = Callback::new(move |(_, imported)| {
        text.set(imported);
        said.set(None);
    });
    let verdict = Signal::derive(move || match wrong.get() {
        Some(error) => Some(Remark::Wrong(profiles::mistake(error.line, &error.reason))),
        None => {
            // What was said holds for as long as the text is what it was said of.
            let said = said.get().filter(|(_, of)| text.with(|text| text == of)).map(|(said, _)| said);
            let waiting = || changed.get().then(|| "No mistakes. Not in force yet.".to_owned());
            said.or_else(waiting).map(Remark::Note)
        }
    });
    let wrong_line = Signal::derive(move || wrong.get().map(|error| error.line));
    let disabled = move || (wrong.get().is_some() || !changed.get()).then_some("true");
    view! {
        <div class="profile">
            <Editor id="profile-text" label="Profile as TOML" text wrong=wrong_line described_by="profile-verdict"/>
            <RemarkPlace role="status" id="profile-verdict" remark=verdict/>
            <div class="profile-acts">
                <button class="button" type="button" aria-disabled=disabled aria-describedby="profile-verdict" on:click=apply>"Put in force"</button>
                <button class="button button-plain" type="button" on:click=keep>"Keep"</button>
                <button class="button button-plain" type="button" on:click=export>"Export"</button>
                <FileButton word="Import" label="Import a profile" accept=profiles::FILES class="button-plain" on_text=import/>
            </div>
        </div>
    }
}
