//! The page's language: chosen, remembered, or the first of the browser's that there is.

use crate::browser::{dom, settings};
use crate::words::{self, Language};
use leptos::prelude::*;

/// The language in force. What is read within a screen is of it; a screen is made anew when it changes.
#[derive(Clone, Copy)]
pub struct Spoken(RwSignal<Language>);

impl Spoken {
    /// Puts the language of this visit in force, and itself into the context.
    pub fn settle() -> Spoken {
        let remembered = settings::read("language").and_then(|tag| Language::of_tag(&tag));
        let language = remembered.or_else(|| dom::languages().iter().find_map(|tag| Language::of_tag(tag)));
        let spoken = Spoken(RwSignal::new(language.unwrap_or_default()));
        spoken.put_in_force(spoken.0.get_untracked());
        provide_context(spoken);
        spoken
    }

    /// Whoever tracks this is made anew with the next language.
    pub fn track(self) {
        self.0.track();
    }

    fn put_in_force(self, language: Language) {
        words::put_in_force(language);
        dom::set_root_attribute("lang", Some(language.tag()));
    }

    /// Chooses another, for this visit and the next.
    pub fn choose(self, tag: &str) {
        if let Some(language) = Language::of_tag(tag) {
            settings::write("language", language.tag());
            self.put_in_force(language);
            self.0.set(language);
        }
    }
}

/// The choice. Its options are written in their own language.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let spoken = expect_context::<Spoken>();
    let option = |language: Language| {
        view! { <option value=language.tag() lang=language.tag()>{language.name()}</option> }
    };
    view! {
        <label class="field">
        <span class="field-label">{words::bar::language()}</span>
        <select
            id="language"
            class="field-select"
            prop:value=move || spoken.0.get().tag()
            on:change=move |event| spoken.choose(&event_target_value(&event))
        >
            {Language::ALL.into_iter().map(option).collect_view()}
        </select>
        </label>
    }
}
