//! A new release of the console: said, and put in place when the user allows it and nothing is open.

use crate::browser::dom;
use crate::browser::install::{self, Word};
use crate::engine::{Engine, use_engine};
use crate::ui::notice::{Notice, Step, Weight};
use crate::ui::whole::whole;
use crate::words::{page, update as words};
use leptos::prelude::*;

/// Another tab may have a session open. It is asked again after so many seconds.
const AGAIN: i64 = 3;

/// What is known of releases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Release {
    /// This page is of the one there is.
    #[default]
    Current,
    /// Another one waits.
    Ready,
    /// Another one took over in another tab.
    Taken,
    /// None is kept any more, by the server's word.
    Withdrawn,
}

/// What is known of releases, and whether the user allowed an update.
#[derive(Clone, Copy)]
pub struct Updates {
    release: RwSignal<Release>,
    wanted: RwSignal<bool>,
    /// Whether a session in another tab is in the way.
    elsewhere: RwSignal<bool>,
}

impl Updates {
    /// Has this release kept and follows what comes after it; puts itself into the context.
    pub fn follow(engine: Engine) {
        let updates = Updates {
            release: RwSignal::new(Release::Current),
            wanted: RwSignal::new(false),
            elsewhere: RwSignal::new(false),
        };
        provide_context(updates);
        install::keep(move |word| updates.heard(word));
        // Allowed, and nothing open here: asked for now, and now and then while another tab is in the way.
        let asked = Memo::new(move |_| {
            let idle = updates.wanted.get() && updates.release.get() == Release::Ready && engine.idle();
            idle.then(|| engine.second.get() / AGAIN)
        });
        Effect::new(move |_| {
            if asked.get().is_some() {
                install::take();
            }
        });
    }

    fn heard(self, word: Word) {
        match word {
            Word::Ready => self.release.set(Release::Ready),
            Word::None if self.release.get_untracked() == Release::Ready => self.release.set(Release::Current),
            Word::None => {}
            Word::Held => self.elsewhere.set(true),
            Word::Taken if self.wanted.get_untracked() => dom::reload(),
            Word::Taken => self.release.set(Release::Taken),
            Word::Withdrawn => self.release.set(Release::Withdrawn),
        }
    }
}

/// Says that there is a new release, while there is.
#[component]
pub fn Update() -> impl IntoView {
    let Updates { release, wanted, elsewhere } = expect_context::<Updates>();
    let engine = use_engine();
    let sentence = move || match (wanted.get(), engine.idle()) {
        (false, true) => words::ready(),
        (false, false) => words::ready_later(),
        (true, true) if elsewhere.get() => words::elsewhere(),
        (true, _) => words::wanted(),
    };
    let toggle = move |_| {
        elsewhere.set(false);
        wanted.update(|wanted| *wanted = !*wanted);
    };
    let offer = move || {
        let pressed = move || wanted.get().to_string();
        view! {
            <div class="notice" role="status">
                <p>{sentence}</p>
                <button class="button" type="button" aria-pressed=pressed on:click=toggle>{words::when_idle()}</button>
            </div>
        }
    };
    let notice = |words: &str, step: Step| {
        let words = words.to_owned();
        view! { <Notice weight=Weight::Note words step=Some(step)/> }
    };
    move || match release.get() {
        Release::Current => None,
        Release::Ready => Some(whole(offer())),
        Release::Taken => {
            let reload = Step { word: page::reload(), next: false, take: Callback::new(|()| dom::reload()) };
            Some(whole(notice(words::taken(), reload)))
        }
        Release::Withdrawn => {
            let away = Callback::new(move |()| release.set(Release::Current));
            Some(whole(notice(words::withdrawn(), Step { word: page::dismiss(), next: false, take: away })))
        }
    }
}
