//! The files of a server: its folders, files to fetch, to open as logs and to store.

mod job;
mod row;
mod shelf;
mod store;

use crate::engine::{Open, use_engine};
use crate::profiles;
use crate::ui::file_button::FilesButton;
use crate::ui::remark::{self, RemarkPlace};
use crate::view::start::ProfileChoice;
use crate::words::files as words;
use job::Jobs;
use leptos::prelude::*;
use row::Rows;
use shelf::Shelf;
use store::MOST_BYTES;

/// Whether a file is on its way from or to the server of a session, if it is one.
#[must_use]
pub fn running(open: &Open) -> bool {
    open.link.is_store() && open.part::<Shelf>().running()
}

/// The files of a session that is a server with files.
#[component]
pub fn Files(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let shelf = open.part::<Shelf>();
    let listing = RwSignal::from(shelf.listing.clone());
    let folder = RwSignal::from(shelf.folder.clone());
    let asking = RwSignal::from(shelf.asking.clone());
    // The server may have been out of reach when it was asked last, and is back.
    let there = use_engine().there(open.id);
    let seen = shelf.clone();
    Effect::new(move |_| {
        if there.get() && !matches!(listing.get_untracked(), Some(Ok(_))) {
            seen.reload();
        }
    });
    let (up, again) = (shelf.clone(), shelf.clone());
    let at_top = Memo::new(move |_| folder.with(String::is_empty));
    let shown = move || folder.with(|folder| if folder.is_empty() { words::top().to_owned() } else { folder.clone() });
    let count = move || listing.with(|list| list.as_ref()?.as_ref().ok().map(|list| words::count(list.entries.len())));
    let said = move || {
        let words = listing.with(|list| match list {
            None => words::asking().to_owned(),
            Some(Err(_)) => String::new(),
            Some(Ok(list)) if list.entries.is_empty() => words::empty().to_owned(),
            Some(Ok(list)) => {
                let unreadable = (list.unreadable > 0).then(|| words::unreadable(list.unreadable));
                [list.cut.then(|| words::cut().to_owned()), unreadable]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" ")
            }
        });
        (!words.is_empty()).then_some(words)
    };
    let wrong =
        Signal::derive(move || listing.with(|list| list.as_ref()?.as_ref().err().cloned()).map(remark::Remark::Wrong));
    let writes = Memo::new(move |_| listing.with(|list| matches!(list, Some(Ok(list)) if list.write)));
    let stores = shelf.clone();
    let upload = Callback::new(move |chosen| stores.store(chosen));
    let choices = RwSignal::new(shelf.own.iter().cloned().chain(profiles::all()).collect::<Vec<_>>());
    let chosen = RwSignal::from(shelf.profile.clone());
    view! {
        <section class="panel work-files" aria-labelledby="files-title">
            <header class="panel-head">
                <h2 id="files-title">{words::title()}</h2>
                <span class="panel-note">{count}</span>
            </header>
            <div class="files-tools">
                <button class="button" type="button" aria-disabled=move || at_top.get().then_some("true") on:click=move |_| up.up()>{words::up()}</button>
                <p class="files-path mono" id="files-path" tabindex="-1">{shown}</p>
                <button class="button" type="button" aria-disabled=move || asking.get().then_some("true") on:click=move |_| if !asking.get_untracked() { again.go_on(); again.reload(); }>{words::reload()}</button>
                {move || {
                    writes.get().then(|| {
                        view! { <FilesButton word=words::upload() multiple=Signal::stored(true) limit=MOST_BYTES on_files=upload/> }
                    })
                }}
                <ProfileChoice id="files-profile" choices chosen usual="csv" word=words::open_with()/>
            </div>
            <div class="files-body">
                <p class="files-said" role="status">{said}</p>
                <RemarkPlace role="alert" class="files-said" remark=wrong/>
                <store::Said shelf=shelf.clone()/>
                <Jobs shelf=shelf.clone()/>
                <Rows shelf/>
            </div>
        </section>
    }
    .into_any()
}
