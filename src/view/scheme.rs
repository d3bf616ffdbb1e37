//! The colour scheme: light, dark, high contrast, or as the system has it.

use crate::browser::{dom, settings};
use crate::words::bar as words;
use leptos::prelude::*;

/// Changes whenever what is painted, and not styled, is to be painted again: with other colours, or on an empty canvas.
#[derive(Clone, Copy)]
pub struct Colours(RwSignal<u32>);

impl Colours {
    /// Follows the system, and puts itself into the context.
    pub fn follow() {
        let changes = RwSignal::new(0);
        provide_context(Colours(changes));
        for feature in ["(prefers-color-scheme: dark)", "(forced-colors: active)"] {
            dom::on_media(feature, move || changes.update(|changes| *changes += 1));
        }
        // A canvas whose surface was lost is empty when it comes back.
        dom::listen_anywhere("contextrestored", move |_| changes.update(|changes| *changes += 1));
    }

    /// The colours are read here: whoever tracks this does so again when they change.
    pub fn track(self) {
        self.0.track();
    }

    fn changed(self) {
        self.0.update(|changes| *changes += 1);
    }
}

/// The system's wish for more contrast.
const MORE: &str = "(prefers-contrast: more)";

/// The high contrast is in force where it was chosen, and where the system wishes it whatever was chosen.
fn follow_contrast(scheme: &str) {
    let more = scheme == "contrast" || dom::media(MORE);
    dom::set_root_attribute("data-contrast", more.then_some("more"));
}

/// A word in the language in force.
type Word = fn() -> &'static str;

/// The schemes there are: as they are kept, and their words.
pub static SCHEMES: &[(&str, Word)] = &[
    ("system", words::scheme_system),
    ("light", words::scheme_light),
    ("dark", words::scheme_dark),
    ("contrast", words::scheme_contrast),
];

/// The scheme that was chosen, for this visit and the next.
#[derive(Clone, Copy)]
pub struct Chosen(RwSignal<String>);

impl Chosen {
    /// Puts the remembered scheme in force, and itself into the context.
    pub fn settle() -> Chosen {
        let colours = expect_context::<Colours>();
        let chosen = Chosen(RwSignal::new(settings::read("scheme").unwrap_or_else(|| "system".to_owned())));
        Effect::new(move |_| {
            let scheme = chosen.0.get();
            let own = matches!(scheme.as_str(), "light" | "dark");
            dom::set_root_attribute("data-theme", own.then_some(scheme.as_str()));
            settings::write("scheme", &scheme);
            follow_contrast(&scheme);
            colours.changed();
        });
        dom::on_media(MORE, move || {
            follow_contrast(&chosen.0.get_untracked());
            colours.changed();
        });
        provide_context(chosen);
        chosen
    }

    /// Chooses another.
    pub fn choose(self, scheme: &str) {
        self.0.set(scheme.to_owned());
    }
}

/// The choice.
#[component]
pub fn Scheme() -> impl IntoView {
    let chosen = expect_context::<Chosen>();
    let option = |(id, word): &(&'static str, Word)| view! { <option value=*id>{word()}</option> };
    view! {
        <label class="field">
            <span class="field-label">{words::scheme()}</span>
            <select
                id="scheme"
                class="field-select"
                prop:value=move || chosen.0.get()
                on:change=move |event| chosen.choose(&event_target_value(&event))
            >
                {SCHEMES.iter().map(option).collect_view()}
            </select>
        </label>
    }
}
