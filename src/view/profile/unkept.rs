//! Whether a session's profile was changed and is kept nowhere: it would be gone with the session.

use super::Draft;
use crate::engine::{Engine, Open, Part, Unwatched, use_engine};
use crate::profiles::{self, Deleted, Kept};
use crate::ui::remark::{Remark, RemarkPlace};
use crate::words::profile as words;
use leptos::prelude::*;
use session::Profile;

/// What a profile says, its tiles aside, which are kept by themselves; the text of one with a mistake.
#[derive(Clone, PartialEq)]
enum Said {
    Whole(Box<Profile>),
    Mistaken(String),
}

impl Said {
    fn of(text: &str) -> Said {
        match Profile::parse(text) {
            Ok(mut profile) => {
                profile.dashboard.tiles.clear();
                Said::Whole(Box::new(profile))
            }
            Err(_) => Said::Mistaken(text.to_owned()),
        }
    }
}

/// The texts of a session's profile that are somewhere else as well.
#[derive(Clone)]
pub(super) struct Safe {
    said: Unwatched<Vec<Said>>,
    /// Texts that were looked at, and whether they are safe: numbers of a session change often, its profile seldom.
    judged: Unwatched<Vec<(String, bool)>>,
    changed: ArcRwSignal<()>,
}

impl Part for Safe {
    fn first(open: &Open) -> Safe {
        let said = Unwatched::new(vec![Said::of(&open.begun)]);
        Safe { said, judged: Unwatched::default(), changed: ArcRwSignal::new(()) }
    }

    fn in_force(&self, open: &Open) {
        self.note(&open.begun);
        if profiles::shipped_as(&open.profile).is_some() {
            self.note(&open.profile);
        }
    }
}

impl Safe {
    /// This text was kept, or saved to a file.
    pub(super) fn note(&self, text: &str) {
        let now = Said::of(text);
        self.said.with(|said| match said.contains(&now) {
            true => (),
            false => said.push(now),
        });
        self.judged.with(Vec::clear);
        self.changed.set(());
    }

    fn has(&self, text: &str) -> bool {
        self.changed.track();
        let known = self.judged.with(|judged| judged.iter().find(|(known, _)| known == text).map(|(_, safe)| *safe));
        known.unwrap_or_else(|| {
            let now = Said::of(text);
            let safe = self.said.with(|said| said.contains(&now));
            self.judged.with(|judged| {
                judged.truncate(3);
                judged.insert(0, (text.to_owned(), safe));
            });
            safe
        })
    }
}

/// The text of a session's profile that is kept nowhere: what is being written, or else what is in force.
pub fn unkept(engine: Engine, open: &Open) -> Option<String> {
    let safe = open.part::<Safe>();
    let in_force = engine.profile(open.id).unwrap_or_default();
    let draft = open.part::<Draft>().text.get();
    [draft, in_force].into_iter().find(|text| !safe.has(text))
}

impl Safe {
    /// Keeps a text; what is to be said of that, and what it replaced. Another that was kept under its name meanwhile, in
    /// another tab for one, is replaced only by whoever says so twice.
    ///
    /// # Errors
    /// What is wrong with the profile, or that the browser keeps nothing, or that there is another.
    pub(super) fn keep(&self, text: &str) -> Result<(&'static str, Option<Deleted>), String> {
        if let Some(other) = profiles::of_its_name(text).filter(|other| other != text && !self.has(other)) {
            self.note(&other);
            return Err(words::another_kept().to_owned());
        }
        let Kept { replaced, .. } = profiles::keep(text)?;
        self.note(text);
        Ok((if replaced.is_some() { words::kept_over() } else { words::kept() }, replaced))
    }
}

/// Keeps the profile of a session.
///
/// # Errors
/// Why it was not.
pub fn keep(engine: Engine, open: &Open, text: &str) -> Result<&'static str, String> {
    let (said, _) = open.part::<Safe>().keep(text)?;
    engine.remember_profile(open.id);
    Ok(said)
}

/// Says that the profile in force is kept nowhere, and keeps it.
#[component]
pub fn Unkept(open: Open) -> impl IntoView {
    let engine = use_engine();
    let said = RwSignal::new(None::<Remark>);
    let id = open.id;
    let safe = open.part::<Safe>();
    let lost = Memo::new(move |_| engine.profile(id).is_some_and(|text| !safe.has(&text)));
    let keep = move |_| {
        let text = engine.profile(id).unwrap_or_default();
        said.set(Some(match keep(engine, &open, &text) {
            Ok(done) => Remark::Note(done.to_owned()),
            Err(why) => Remark::Wrong(why),
        }));
    };
    let remark = Signal::derive(move || match lost.get() {
        true => Some(Remark::Note(words::unkept().to_owned())),
        false => said.get(),
    });
    view! {
        <div class="unkept">
            <RemarkPlace role="status" id="profile-unkept" remark/>
            <button class="button button-plain" type="button" hidden=move || !lost.get() on:click=keep>{words::keep_profile()}</button>
        </div>
    }
}
