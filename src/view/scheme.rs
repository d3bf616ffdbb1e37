//! The colour scheme: light, dark, or as the system has it.

use crate::browser::{dom, settings};
use crate::words::bar as words;
use leptos::prelude::*;

/// Changes whenever colours do; for what is painted and not styled.
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
    }

    /// The colours are read here: whoever tracks this does so again when they change.
    pub fn track(self) {
        self.0.track();
    }

    fn changed(self) {
        self.0.update(|changes| *changes += 1);
    }
}

/// The choice.
#[component]
pub fn Scheme() -> impl IntoView {
    let colours = expect_context::<Colours>();
    let chosen = RwSignal::new(settings::read("scheme").unwrap_or_else(|| "system".to_owned()));
    Effect::new(move |_| {
        let scheme = chosen.get();
        dom::set_root_attribute("data-theme", Some(scheme.as_str()).filter(|scheme| *scheme != "system"));
        settings::write("scheme", &scheme);
        colours.changed();
    });
    view! {
        <label class="hidden" for="scheme">{words::scheme()}</label>
        <select
            id="scheme"
            class="field-select"
            prop:value=move || chosen.get()
            on:change=move |event| chosen.set(event_target_value(&event))
        >
            <option value="system">{words::scheme_system()}</option>
            <option value="light">{words::scheme_light()}</option>
            <option value="dark">{words::scheme_dark()}</option>
        </select>
    }
}
