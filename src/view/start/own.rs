//! The user's own profiles on the start page: imported, listed, deleted, and brought back.

use super::Brought;
use super::known::{Act, KnownList, row};
use crate::browser::dom;
use crate::profiles::{self, Added, Choice, Deleted};
use crate::route::Route;
use crate::ui::file_button::FileButton;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::words::{gallery, own as import_words, say as say_words, start as words};
use leptos::prelude::*;

/// The profiles that the user keeps in this browser.
#[component]
pub(super) fn Own(choices: RwSignal<Vec<Choice>>) -> impl IntoView {
    let said = RwSignal::new(None::<Remark>);
    let brought = Brought::of_page();
    // What was deleted last: it can be brought back until something else is done.
    let deleted = RwSignal::new(None::<Deleted>);
    // What an import of another program's set-up did not take over.
    let left = RwSignal::new(Vec::<String>::new());
    let say = move |remark: Remark, undo: Option<Deleted>| {
        said.set(Some(remark));
        left.set(Vec::new());
        deleted.set(undo);
        choices.set(profiles::all());
    };
    let import = Callback::new(move |(name, text): (String, String)| {
        let imported = session::import::import(&text, crate::words::now()).transpose();
        let imported = imported.map(|imported| imported.map(|imported| imported.named_after(&name)));
        let (text, gone) = match &imported {
            Ok(Some(imported)) => {
                (imported.profile.as_str(), imported.left.iter().map(|said| say_words(said).to_owned()).collect())
            }
            _ => (text.as_str(), Vec::new()),
        };
        let kept = imported.as_ref().map_err(|why| say_words(why).to_owned()).and_then(|_| profiles::add(text));
        if let Ok((id, _)) = &kept {
            brought.put(id.clone());
        }
        let remark = match kept {
            Ok((_, Added::There(called))) => Remark::Note(import_words::there(&name, &called)),
            Ok((_, Added::Beside(called))) => {
                let beside = import_words::kept_beside(&name, &called);
                let but = if gone.is_empty() { String::new() } else { format!(" {}", import_words::but(gone.len())) };
                Remark::Note(beside + &but)
            }
            Ok(_) if !gone.is_empty() => Remark::Note(import_words::imported_but(&name, gone.len())),
            Ok(_) => Remark::Note(words::kept(&name)),
            Err(why) => Remark::Wrong(words::not_taken(&name, &why)),
        };
        let taken = matches!(remark, Remark::Note(_));
        say(remark, None);
        left.set(if taken { gone } else { Vec::new() });
    });
    let delete = move |choice: &Choice| match profiles::delete(&choice.id) {
        Some(gone) => {
            say(Remark::Note(words::deleted(&choice.shown_name())), Some(gone));
            focus_soon("profile-back".to_owned());
        }
        None => say(Remark::Wrong(words::not_deleted(&choice.shown_name())), None),
    };
    let undo = move |_| {
        let Some(gone) = deleted.get_untracked() else { return };
        let at = gone.at;
        let remark = match profiles::put_back(gone) {
            Ok(()) => Remark::Note(words::back().to_owned()),
            Err(why) => Remark::Wrong(why),
        };
        say(remark, None);
        focus_soon(format!("profile-delete-{at}"));
    };
    let rows = Callback::new(move |()| {
        let own = choices.get().into_iter().filter(|choice| choice.own).enumerate();
        let line = |(at, choice): (usize, Choice)| {
            let name = choice.shown_name();
            let act =
                Act { id: format!("profile-delete-{at}"), ..Act::aside(words::delete(), move || delete(&choice)) };
            row(name, Callback::new(|()| String::new()), false, vec![act])
        };
        own.map(line).collect()
    });
    let not_taken_over = move || {
        let left = left.get();
        let item = |sentence: String| view! { <li>{sentence}</li> };
        (!left.is_empty()).then(|| {
            view! { <ul class="not-taken" aria-label=import_words::left()>{left.into_iter().map(item).collect_view()}</ul> }
        })
    };
    view! {
        <div>
            <div>
                <h2>{words::own()}</h2>
                <p>{words::own_lead()}</p>
            </div>
            <span class="known-acts">
                <a class="button" href=format!("#{}", Route::Gallery.fragment())>{move || gallery::all(choices.with(Vec::len))}</a>
                <FileButton word=words::import() label=words::import() accept=profiles::FILES on_text=import/>
            </span>
            <RemarkPlace role="status" remark=said.into()/>
            {not_taken_over}
            <button class="button" type="button" id="profile-back" hidden=move || deleted.with(Option::is_none) on:click=undo>{words::undo()}</button>
            <KnownList title=words::own_profiles() none=words::no_profiles() rows/>
        </div>
    }
}

/// Moves the focus to what is about to be shown.
fn focus_soon(id: String) {
    request_animation_frame(move || dom::focus(&id));
}
