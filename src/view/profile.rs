//! The profile as text: edited with the error at its line, put in force, kept, exported.

use crate::browser::file;
use crate::engine::{Open, use_engine};
use crate::profiles;
use leptos::prelude::*;
use session::wire::{Event, Request};

/// The profile of a session, as text.
#[component]
pub fn ProfileEditor(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let in_force = Memo::new(move |_| {
        let find = |sessions: &Vec<Open>| sessions.iter().find(|open| open.id == id).map(|open| open.profile.clone());
        engine.sessions.with(find).unwrap_or_default()
    });
    let text = RwSignal::new(in_force.get_untracked());
    let said = RwSignal::new(None::<String>);
    let wrong = Memo::new(move |_| session::Profile::parse(&text.get()).err());
    let changed = Memo::new(move |_| text.get() != in_force.get());
    Effect::new(move |_| {
        let news = engine.news.get().filter(|news| news.session == id);
        match news.map(|news| news.event) {
            Some(Event::ProfileAccepted) => said.set(Some("In force.".to_owned())),
            Some(Event::ProfileRefused { line, reason }) => said.set(Some(format!("Refused, the one before stays in force. Line {line}: {reason}"))),
            _ => {}
        }
    });
    let apply = move |_| {
        let profile = text.get_untracked();
        if wrong.get_untracked().is_none() {
            engine.sessions.update(|sessions| {
                if let Some(open) = sessions.iter_mut().find(|open| open.id == id) {
                    open.profile.clone_from(&profile);
                }
            });
            engine.post(Request::SetProfile { session: id, profile });
        }
    };
    let keep = move |_| {
        let profile = text.get_untracked();
        if let Ok(parsed) = session::Profile::parse(&profile) {
            let kept = profiles::keep(&file_stem(&parsed.name), &profile);
            said.set(Some(
                if kept { "Kept in this browser: it can be chosen on the start page." } else { "The browser did not keep it. Export it as a file instead." }
                    .to_owned(),
            ));
        }
    };
    let export = move |_| {
        let profile = text.get_untracked();
        let name = session::Profile::parse(&profile).map_or_else(|_| "profile".to_owned(), |parsed| file_stem(&parsed.name));
        file::save_text(&format!("{name}.toml"), "application/toml", &profile);
    };
    let import = move |event| {
        leptos::task::spawn_local(async move {
            if let Some((_, imported)) = file::read_chosen(event).await {
                text.set(imported);
                said.set(None);
            }
        });
    };
    let verdict = move || match wrong.get() {
        Some(error) if error.line > 0 => view! { <p class="field-error">{format!("Line {}: {}", error.line, error.reason)}</p> }.into_any(),
        Some(error) => view! { <p class="field-error">{error.reason}</p> }.into_any(),
        None if changed.get() => view! { <p class="field-note">"No mistakes. Not in force yet."</p> }.into_any(),
        None => view! { <p class="field-note">{said.get().unwrap_or_default()}</p> }.into_any(),
    };
    let disabled = move || (wrong.get().is_some() || !changed.get()).then_some("true");
    view! {
        <div class="profile">
            <label class="hidden" for="profile-text">"Profile as TOML"</label>
            <textarea
                class="field-box profile-text"
                id="profile-text"
                spellcheck="false"
                autocomplete="off"
                wrap="off"
                aria-describedby="profile-verdict"
                aria-invalid=move || wrong.get().is_some().to_string()
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <div id="profile-verdict" role="status">{verdict}</div>
            <div class="profile-acts">
                <button class="button" type="button" aria-disabled=disabled aria-describedby="profile-verdict" on:click=apply>"Put in force"</button>
                <button class="button button-plain" type="button" on:click=keep>"Keep"</button>
                <button class="button button-plain" type="button" on:click=export>"Export"</button>
                <label class="button button-plain file-button">
                    "Import"<input type="file" accept=".toml,application/toml,text/plain" aria-label="Import a profile" on:change=import/>
                </label>
            </div>
        </div>
    }
}

/// A profile's name as a file's.
fn file_stem(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let stem = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if stem.is_empty() { "profile".to_owned() } else { stem }
}

#[cfg(test)]
mod tests {
    use super::file_stem;

    #[test]
    fn a_file_name_is_made_of_plain_characters() {
        assert_eq!(file_stem("Motor drive (rev. C)"), "motor-drive-rev-c");
        assert_eq!(file_stem("../\u{202e}"), "profile");
    }
}
