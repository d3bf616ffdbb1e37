//! What a profile calls things in other languages, in its form: for each language a list of names with their words.

use super::control::id_of;
use super::document::{Document, path_of};
use super::fold::{mark, summary_id, toggle};
use super::known::{brief, known, shown_if};
use super::values::Offer;
use crate::browser::dom;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::ui::whole::whole;
use crate::words::{Language, profile_form as words};
use leptos::prelude::*;
use session::profile::edit::New;

/// The tables of words, one for each language.
pub(super) fn translated(document: Document) -> AnyView {
    whole(view! {
        <p class="field-note">{words::translated_note()}</p>
        <div class="form-list">{Language::ALL.map(|language| one(document, language)).collect_view()}</div>
    })
}

/// A language, folded or not.
fn one(document: Document, language: Language) -> AnyView {
    let (tag, name) = (language.tag(), language.name());
    let table = format!("words.{tag}");
    let all = known(move || document.words(tag));
    let open = {
        let table = table.clone();
        known(move || document.is_open(&table))
    };
    let count = known(move || match all.with(Vec::len) {
        0 => String::new(),
        count => words::words_count(count),
    });
    let wrong = {
        let table = format!("{table}.");
        known(move || document.place.with(|place| place.as_ref().is_some_and(|place| place.starts_with(&table))))
    };
    let (id, fold) = (summary_id(&table), toggle(document, table.clone()));
    let inside = shown_if(open, move || inside(document, table.clone(), all));
    whole(view! {
        <div class="form-item" role="group" aria-label=name>
            <details prop:open=open>
                <summary id=id on:click=fold><span lang=tag>{name}</span>{brief(count)}{mark(wrong)}</summary>
                {inside}
            </details>
        </div>
    })
}

/// The words of a language, and a place to add one.
fn inside(document: Document, table: String, all: Memo<Vec<String>>) -> AnyView {
    let new_id = id_of(&path_of(&table, "add"));
    let row = {
        let (table, new_id) = (table.clone(), new_id.clone());
        move |key: String| word(document, &table, key, new_id.clone())
    };
    let typed = RwSignal::new(String::new());
    let add = {
        let new_id = new_id.clone();
        move || {
            let key = typed.get_untracked().trim().to_owned();
            if key.is_empty() {
                return dom::focus(&new_id);
            }
            if !all.with_untracked(|all| all.contains(&key)) {
                document.set(&table, &key, Some(New::Text(String::new())));
            }
            typed.set(String::new());
            let id = word_id(&table, &key);
            request_animation_frame(move || dom::focus(&id));
        }
    };
    let clicked = add.clone();
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    let label_for = new_id.clone();
    whole(view! {
        <div class="form-words"><For each=move || all.get() key=String::clone children=row/></div>
        <div class="form-new-word">
            <div class="field">
                <label class="field-label" for=label_for>{words::translate()}</label>
                <input class="field-box" type="text" id=new_id list=Offer::Names.id() autocomplete="off" spellcheck="false"
                    prop:value=typed on:input=move |event| typed.set(event_target_value(&event)) on:keydown=pressed/>
            </div>
            <button class="button button-small" type="button" on:click=move |_| clicked()>{words::add_word()}</button>
        </div>
    })
}

/// The id of a word's field. Keys hold any characters, and two of them never have one id.
fn word_id(table: &str, key: &str) -> String {
    let hex: String = key.bytes().map(|byte| format!("{byte:02x}")).collect();
    id_of(&path_of(table, &hex))
}

/// A name of the profile with its word.
fn word(document: Document, table: &str, key: String, after: String) -> AnyView {
    let (id, path) = (word_id(table, &key), path_of(table, &key));
    let said = format!("{id}-said");
    let shown = known(move || document.shown(&path));
    let mistake = {
        let (table, key) = (table.to_owned(), key.clone());
        let named = words::label_quoted(&key);
        known(move || {
            let said = document.mistake_of(&path_of(&table, &key));
            said.map(|said| Remark::Wrong(said.replace(&format!("`{key}`"), &named)))
        })
    };
    let invalid = move || mistake.with(Option::is_some).to_string();
    let remove_label = words::remove(&key);
    let label = key.clone();
    let changed = {
        let (table, key) = (table.to_owned(), key.clone());
        move |event| document.set(&table, &key, Some(New::Text(event_target_value(&event))))
    };
    let table = table.to_owned();
    let remove = move |_| {
        document.set(&table, &key, None);
        let after = after.clone();
        request_animation_frame(move || dom::focus(&after));
    };
    whole(view! {
        <div class="field form-word">
            <label class="field-label" for=id.clone()>{label}</label>
            <input class="field-box" type="text" id=id autocomplete="off" aria-describedby=said.clone() aria-invalid=invalid
                prop:value=move || shown.get() on:change=changed/>
            <button class="button button-plain button-small" type="button" aria-label=remove_label on:click=remove>{words::take_away()}</button>
            <div id=said><RemarkPlace role="status" remark=mistake.into()/></div>
        </div>
    })
}
